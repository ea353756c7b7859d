import { checkWorkspace } from "../check/check.js";
import { applyFixes } from "../check/fixes.js";
import type { ReportScope } from "../check/report.js";
import { absolutePath } from "../files/disk.js";
import type { Path } from "../files/path.js";
import { rewriteText } from "../files/rewrite.js";
import { count } from "../reporters/words.js";
import type { Finding } from "../rule/finding.js";
import type { Rule } from "../rule/rule.js";
import { withTexts, type Opened } from "../run.js";
import type { Io } from "./io.js";
import { orSayWhy } from "./output.js";

/** One fix makes room for the next (two that touch cannot be applied at once); whoever needs more passes than this does not end. */
const MAX_PASSES = 10;

/** Which findings may be fixed. */
interface FixScope extends Pick<ReportScope, "covers" | "concerns"> {
  /** Errors only. */
  readonly quiet: boolean;
}

/**
 * Applies fixes until none is left, then writes the files whose text is another than before.
 *
 * @returns the workspace as it is afterwards
 */
export function fix(before: Opened, rules: readonly Rule[], { covers, concerns, quiet }: FixScope, io: Io): Opened {
  const inScope = (finding: Finding): boolean =>
    finding.state === "new" && (!quiet || finding.severity === "error") && (covers?.(finding.file) ?? true) && (concerns?.(finding) ?? true);
  let now = before;
  let fixed = 0;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const { textOf } = now;
    const texts = new Map<Path, string>();
    for (const [file, fixes] of fixesByFile(checkWorkspace(now.workspace, rules, { textOf }).findings.filter(inScope))) {
      const text = textOf(file);
      if (text === undefined) continue;
      const result = applyFixes(text, fixes);
      fixed += result.applied;
      if (result.text !== text) texts.set(file, result.text);
    }
    if (texts.size === 0) break;
    now = withTexts(now, texts);
  }

  const changed = now.snapshot.files.filter(({ path, text }) => text !== before.textOf(path));
  for (const { path, text } of changed) orSayWhy(path, () => rewriteText(absolutePath(now.snapshot.root, path), text));
  io.stderr.write(
    changed.length === 0
      ? "Nothing could be fixed.\n"
      : `Fixed ${count(fixed, "finding")} in ${count(changed.length, "file")}: ${changed.map(({ path }) => path).join(", ")}.\n`,
  );
  return now;
}

function fixesByFile(findings: readonly Finding[]): ReadonlyMap<Path, readonly Finding["fix"][]> {
  const files = new Map<Path, Finding["fix"][]>();
  for (const { file, fix: edits } of findings) if (edits.length > 0) files.set(file, [...(files.get(file) ?? []), edits]);
  return files;
}
