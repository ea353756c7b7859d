import { checkWorkspace } from "../check/check.js";
import { languageOf } from "../files/language.js";
import { nameOf, type Path } from "../files/path.js";
import type { Finding, RunProblem } from "../rule/finding.js";
import type { Rule } from "../rule/rule.js";
import type { Place, Workspace } from "../workspace/workspace.js";

/** A place without its file, as people read it: 1-based, end exclusive. */
export type Spot = Omit<Place, "file">;

/** Why what is said of a workspace, or that nothing is said, is not to be trusted. */
export interface Trouble extends Spot {
  readonly message: string;
}

/** What is to be reported in each file of a workspace. */
export interface Judgement {
  /** What is wrong with the workspace as a whole, as far as this file is the one to say it. */
  troublesIn(path: Path): readonly Trouble[];
  /** What a rule found, and what kept it from looking. The rule runs when it is first asked for. */
  of(rule: Rule, path: Path): { readonly findings: readonly Finding[]; readonly troubles: readonly Trouble[] };
}

/** The judgement where no policy could be made: every file says why, since none is watched. */
export function unjudged(faults: readonly RunProblem[]): Judgement {
  return { troublesIn: (path) => faults.map((fault) => troubleIn(path, fault)), of: () => ({ findings: [], troubles: [] }) };
}

/**
 * @param problems what keeps the workspace as a whole from being trusted
 * @param textOf the text that the workspace was built from
 */
export function judge(workspace: Workspace, problems: readonly RunProblem[], textOf: (path: Path) => string | undefined): Judgement {
  const results = new Map<Rule, RuleResult>();
  const resultOf = (rule: Rule): RuleResult => {
    const result = results.get(rule) ?? runRule(rule, workspace, textOf);
    results.set(rule, result);
    return result;
  };
  const speaker = speakerOf(workspace);
  const speaksOf = (path: Path, { file }: RunProblem): boolean => path === (file !== undefined && isLinted(file) ? file : speaker);
  return {
    troublesIn: (path) => problems.filter((problem) => speaksOf(path, problem)).map((problem) => troubleIn(path, problem)),
    of: (rule, path) => {
      const result = resultOf(rule);
      // A rule that failed says so wherever it is asked; there may be no other place where it is.
      return { findings: result.findings.get(path) ?? [], troubles: result.problems.map((problem) => troubleIn(path, problem)) };
    },
  };
}

interface RuleResult {
  readonly findings: ReadonlyMap<Path, readonly Finding[]>;
  readonly problems: readonly RunProblem[];
}

function runRule(rule: Rule, workspace: Workspace, textOf: (path: Path) => string | undefined): RuleResult {
  // Whether the rule is on is ESLint's to say; its severity there is too.
  const { findings, problems } = checkWorkspace(workspace, [rule], { textOf, severities: { [rule.name]: "error" } });
  return {
    // Suppressed findings are reported as well: ESLint applies the same comments itself, and knows then that they are used.
    findings: byFile(findings.filter(({ state }) => state !== "known")),
    // A finding that makes the run untrustworthy is said once, as a finding.
    problems: problems.filter(({ message, file }) => !findings.some((finding) => finding.message === message && finding.file === file)),
  };
}

function byFile(findings: readonly Finding[]): ReadonlyMap<Path, readonly Finding[]> {
  const groups = new Map<Path, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.file);
    if (group === undefined) groups.set(finding.file, [finding]);
    else group.push(finding);
  }
  return groups;
}

/** The file that speaks for a workspace: the one that is surely linted. */
function speakerOf(workspace: Workspace): Path | undefined {
  return workspace.manifest ?? workspace.paths.find((path) => path === "package.json") ?? workspace.paths.find(isLinted);
}

/** Whether the presets have ESLint lint a file. */
function isLinted(path: Path): boolean {
  const language = languageOf(path);
  if (language === "json") return /^(?:package|drift-guard\.config|drift-guard\.baseline)\.json$/u.test(nameOf(path));
  return language !== undefined && language !== "yaml";
}

/** A problem as it is said in a file: at its line, or on line 1 of a file that it is not about. */
function troubleIn(path: Path, { message, file, line = 1 }: RunProblem): Trouble {
  const isHere = file === path;
  const at = isHere ? line : 1;
  const where = file === undefined || isHere ? "" : `${file}:${String(line)}: `;
  return { message: `${where}${message}`, line: at, column: 1, endLine: at, endColumn: 2 };
}
