import { updateBaseline, type Terms } from "../check/baseline.js";
import { severityOf } from "../check/results.js";
import { absolutePath } from "../files/disk.js";
import { entryAt } from "../files/entry.js";
import { absoluteFrom } from "../files/named.js";
import { writeText } from "../files/write.js";
import { count } from "../reporters/words.js";
import type { Report } from "../rule/finding.js";
import type { Rule } from "../rule/rule.js";
import { rulesOf, type Opened } from "../run.js";
import { BASELINE_FILE } from "../workspace/baseline.js";
import { importerCounts } from "../workspace/bridges.js";
import { exitState, readUntil } from "../workspace/exit.js";
import type { Workspace } from "../workspace/workspace.js";
import { CliError } from "./cli-error.js";
import type { Io } from "./io.js";
import { orSayWhy } from "./output.js";

/** Flags that are about the baseline. */
export interface BaselineOptions {
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly allowAdditions?: boolean;
  readonly owner?: string;
  readonly reason?: string;
  readonly until?: string;
}

/** The baseline that was named, absolute, where it is there; undefined when none was, or when it is yet to be written. */
export function baselineOf({ baseline: named, updateBaseline: isUpdated = false }: BaselineOptions, { cwd }: Io): string | undefined {
  if (named === undefined) return undefined;
  const file = absoluteFrom(cwd, named);
  if (!/\.jsonc?$/u.test(file)) throw new CliError(`The baseline "${named}" must be a .json or .jsonc file.`);
  const entry = entryAt(file);
  if (entry === "folder") throw new CliError(`The baseline "${named}" is a folder.`);
  if (entry === "file") return file;
  if (isUpdated) return undefined;
  throw new CliError(`The baseline "${named}" does not exist; --update-baseline writes one.`);
}

/** The terms for additions, as far as flags tell; undefined where nothing may be added. */
export function termsOf({ updateBaseline: isUpdated = false, allowAdditions = false, owner, reason, until }: BaselineOptions): Terms | undefined {
  if (!allowAdditions) {
    const idle = Object.entries({ owner, reason, until }).find(([, value]) => value !== undefined);
    if (idle !== undefined) throw new CliError(`--${idle[0]} is for what --allow-additions adds to the baseline.`);
    return undefined;
  }
  if (!isUpdated) throw new CliError("--allow-additions says what --update-baseline may do; give both.");
  const terms = { owner: owner?.trim() ?? "", reason: reason?.trim() ?? "", until: until?.trim() ?? "" };
  const missing = Object.entries(terms).flatMap(([name, value]) => (value === "" ? [`--${name}`] : []));
  if (missing.length > 0) throw new CliError(`What is added to the baseline needs ${missing.join(", ")}: why it is there, whose it is and when it ends.`);
  return terms;
}

/**
 * Brings the baseline file up to date.
 *
 * @param selected the rules that ran; left out, all
 * @returns whether it was written
 */
export function writeBaseline(full: Report, { workspace, snapshot }: Opened, selected: readonly Rule[] | undefined, options: BaselineOptions, io: Io): boolean {
  const additions = termsOf(options);
  if (additions !== undefined) refuseEnded(additions, workspace);
  const file = options.baseline === undefined ? absolutePath(snapshot.root, BASELINE_FILE) : absoluteFrom(io.cwd, options.baseline);
  if (full.problems.length > 0) {
    io.stderr.write(`"${file}" was not written: while the run is not to be trusted, nobody can tell what is gone.\n`);
    return false;
  }
  const { text, kept, dropped, added, refused } = updateBaseline({
    before: workspace.baseline,
    findings: full.findings,
    rules: rulesOf(selected).filter((rule) => severityOf(rule, workspace, {}) !== "off"),
    examined: full.examined,
    importers: importerCounts(workspace),
    ...(additions === undefined ? {} : { additions }),
  });
  orSayWhy(file, () => writeText(file, text, "replace"));
  io.stderr.write(`Wrote "${file}": ${[count(kept, "entry", "entries"), `${dropped} dropped`, `${added} added`].join(", ")}.\n`);
  if (refused > 0)
    io.stderr.write(
      `${count(refused, "new finding")} not added: a baseline only shrinks. --allow-additions adds ${refused === 1 ? "it" : "them"}, with --owner, --reason and --until.\n`,
    );
  return true;
}

/** An end that has come already would make every entry a finding. */
function refuseEnded({ until }: Terms, workspace: Workspace): void {
  const read = readUntil(until);
  if ("fault" in read) throw new CliError(`--until "${until}" ${read.fault}.`);
  const state = exitState(read.exit, workspace);
  if (state.kind === "overdue") throw new CliError(`--until "${until}" has passed (today is ${workspace.now}).`);
  if (state.kind === "met") throw new CliError(`--until "${until}" is met already: ${state.because}.`);
}
