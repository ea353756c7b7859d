import { rules as allRules } from "../rules/index.js";
import { checkWorkspace } from "./check/check.js";
import { reportOf, type ReportScope } from "./check/report.js";
import { selectRules, withTrust } from "./check/select.js";
import { absoluteFolder } from "./files/disk.js";
import { absoluteFrom, pathFrom } from "./files/named.js";
import type { Cache } from "./cache.js";
import { cachedFacts } from "./cached-facts.js";
import { openSources, openWorkspace, type Opened, type OpenOptions, type Refused, type Sources } from "./open.js";
import type { Path } from "./files/path.js";
import { hashesIn, keepRuns, recallRuns } from "./kept-runs.js";
import { usableOf } from "./past.js";
import type { Report, RunProblem } from "./rule/finding.js";
import type { Rule } from "./rule/rule.js";

export {
  openSources,
  openWorkspace,
  policyFiles,
  withTexts,
  type Extractor,
  type Memory,
  type Opened,
  type OpenOptions,
  type Refused,
  type Sources,
} from "./open.js";
export { listFiles } from "./history/listing.js";
export { today } from "./today.js";

/** One run over one workspace. */
export interface RunOptions extends ReportScope {
  /** The workspace's folder. */
  readonly root: string;
  /** The config file, absolute or relative to the root; left out, `drift-guard.config.json` in the root if it is there. */
  readonly config?: string;
  /** The baseline, absolute or relative to the root; left out, `drift-guard.baseline.json` in the root if it is there. */
  readonly baseline?: string;
  /** Names of the only rules to run, with or without prefix; what they do not need may be missing. Left out, all run. */
  readonly rules?: readonly string[];
  /** The day that due dates are judged on, `YYYY-MM-DD`; left out, today. */
  readonly now?: string;
  /** Say where in drift-guard an internal error came from. */
  readonly debug?: boolean;
  /** What is known from earlier runs; left out, everything is read and parsed. */
  readonly cache?: Cache;
  /** The files; left out, those on disk. */
  readonly sources?: Sources;
}

/**
 * Checks a workspace: open it, run the rules, report.
 *
 * @throws RangeError when `rules` names one that does not exist; everything else that goes wrong is a problem in the report
 */
export function run(options: RunOptions): Report {
  const started = performance.now();
  const selected = options.rules === undefined ? undefined : known(options.rules);
  return report(open(options, selected), options, selected, started);
}

/** Opens the workspace of a run; an error in drift-guard itself is a reason to refuse, never a crash. */
export function open({ root, config, baseline, now, cache, sources = cache, debug = false }: RunOptions, selected?: readonly Rule[]): Opened | Refused {
  try {
    const pathOf = (named: string): Path => pathFrom(absoluteFolder(root), absoluteFrom(root, named));
    const options: OpenOptions = {
      ...(config === undefined ? {} : { configFile: pathOf(config) }),
      ...(baseline === undefined ? {} : { baselineFile: pathOf(baseline) }),
      ...(selected === undefined ? {} : { only: selected }),
      ...(now === undefined ? {} : { now }),
    };
    if (sources === undefined) return openWorkspace(root, options);
    if (cache === undefined) return openSources(sources, options);
    // What is found in other files than those on disk, or by some of the rules, is not to be built on.
    const isWhole = sources === cache && selected === undefined;
    const memory = isWhole ? { past: recallRuns(cache), hashOf: hashesIn(cache) } : undefined;
    return openSources(sources, { ...options, memory, extractor: cachedFacts(cache) });
  } catch (error) {
    return { faults: [internalError(error, debug)] };
  }
}

/** Checks what was opened and reports on it, or on why it could not be opened. */
export function report(opening: Opened | Refused, options: RunOptions, selected: readonly Rule[] | undefined, started: number): Report {
  // The top of the disk is spelled "" inside the house.
  const root = absoluteFolder(options.root) || "/";
  if ("faults" in opening) return reportOf({ root, findings: [], examined: {}, problems: opening.faults, files: 0, ms: since(started) });
  const { workspace, snapshot, textOf, ground, before } = opening;
  const rules = rulesOf(selected);
  const { cache, debug = false } = options;
  const { earlier, copySurvey } = usableOf(before, workspace);
  const { findings, examined, problems, runs } = checkWorkspace(workspace, rules, { textOf, among: allRules, debug, earlier });
  if (cache !== undefined && ground !== undefined) keepRuns(cache, opening, { runs, ground, survey: copySurvey() });
  const files = snapshot.files.length;
  const moved = (cache?.changed ?? []).map(changedProblem);
  return reportOf({ root, findings, examined, problems: [...opening.problems, ...problems, ...moved], files, ms: since(started) }, options);
}

/** The rules that run when some are selected, or none. */
export function rulesOf(selected: readonly Rule[] | undefined): readonly Rule[] {
  return selected === undefined ? allRules : withTrust(selected, allRules);
}

function changedProblem(file: Path): RunProblem {
  return { message: `"${file}" changed while it was being checked. Run again.`, file };
}

function known(names: readonly string[]): readonly Rule[] {
  const { selected, unknown } = selectRules(allRules, names);
  const [first] = unknown;
  if (first === undefined) return selected;
  throw new RangeError(`There is no rule "${first.name}"${first.nearest === undefined ? "" : `; did you mean "${first.nearest}"?`}`);
}

/** An error in drift-guard itself, as a reason not to trust a run. */
export function internalError(error: unknown, debug: boolean): RunProblem {
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  return {
    message: debug
      ? `Internal error: ${stack}`
      : `Internal error: ${message.replace(/\.$/u, "")}. Run with --debug for the stack, and report it.`,
  };
}

function since(started: number): number {
  return Math.round(performance.now() - started);
}
