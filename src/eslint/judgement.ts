import { resultsOn, type CheckOptions, type ResultOf, type Results } from "../check/results.js";
import { languageOf } from "../files/language.js";
import { nameOf, type Path } from "../files/path.js";
import type { Finding, RunProblem } from "../rule/finding.js";
import type { Rule } from "../rule/rule.js";
import type { Opened } from "../run.js";
import { BASELINE_FILE } from "../workspace/baseline.js";
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

/** What a judgement rests on. */
export interface Case {
  /** What keeps the workspace as a whole from being trusted. */
  readonly problems: readonly RunProblem[];
  /** The file that speaks for the workspace: the one that is surely linted. */
  readonly speaker: Path | undefined;
  readonly resultOf: ResultOf;
}

/**
 * Judges a workspace, rule by rule as they are asked for.
 *
 * @param rules every rule that there is
 */
export function judge({ problems, speaker, resultOf }: Case, rules: readonly Rule[]): Judgement {
  const shown = new Map<Rule, Shown>();
  const shownBy = (rule: Rule): Shown => {
    const one = shown.get(rule) ?? shownOf(resultOf(rule));
    shown.set(rule, one);
    return one;
  };
  const speaksOf = (path: Path, { file }: RunProblem): boolean => path === (file !== undefined && isLinted(file) ? file : speaker);
  return {
    troublesIn: (path) => {
      // What a rule has lost sight of stands in the baseline, where few rules are asked.
      const lost = path === BASELINE_FILE ? rules.flatMap((rule) => resultOf(rule).problems.filter(({ file }) => file === path)) : [];
      return [...problems.filter((problem) => speaksOf(path, problem)), ...lost].map((problem) => troubleIn(path, problem));
    },
    of: (rule, path) => {
      const result = shownBy(rule);
      // A rule that failed says so wherever it is asked; there may be no other place where it is.
      const told = result.problems.filter(({ file }) => file === undefined);
      return { findings: result.findings.get(path) ?? [], troubles: told.map((problem) => troubleIn(path, problem)) };
    },
  };
}

/**
 * A case whose rules have yet to run.
 *
 * @param earlier how a rule ran before something changed, and what of it still stands
 */
export function caseOf({ workspace, problems, textOf }: Pick<Opened, "workspace" | "problems" | "textOf">, rules: readonly Rule[], earlier?: CheckOptions["earlier"]): Case & Results {
  // Whether a rule is on is ESLint's to say; its severity there is too.
  const results = resultsOn(workspace, { textOf, among: rules, ...(earlier !== undefined && { earlier }) });
  return { problems, speaker: speakerOf(workspace), ...results };
}

interface Shown {
  readonly findings: ReadonlyMap<Path, readonly Finding[]>;
  readonly problems: readonly RunProblem[];
}

/** Suppressed findings are shown as well: ESLint applies the same comments itself, and knows then that they are used. */
function shownOf({ findings, problems }: ReturnType<ResultOf>): Shown {
  return { findings: byFile(findings.filter(({ state }) => state !== "known")), problems };
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

function speakerOf(workspace: Workspace): Path | undefined {
  return workspace.manifest ?? workspace.paths.find((path) => path === "package.json") ?? workspace.paths.find(isLinted);
}

/** Whether the presets have ESLint lint a file. */
export function isLinted(path: Path): boolean {
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
