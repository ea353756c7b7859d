import { rules } from "../../rules/index.js";
import type { Cache } from "../cache.js";
import { limitedTo, type ChangedRun } from "../changed.js";
import { reportOf, type ReportScope } from "../check/report.js";
import { selectRules } from "../check/select.js";
import { GitError } from "../history/git.js";
import type { Rule } from "../rule/rule.js";
import { open, report, type Opened, type RunOptions } from "../run.js";
import { absoluteFrom } from "../files/named.js";
import { baselineOf, termsOf, writeBaseline, type BaselineOptions } from "./baseline.js";
import { type CacheOptions, keep } from "./cache.js";
import { CliError } from "./cli-error.js";
import type { CommonOptions } from "./common-options.js";
import { conclude, type ConclusionOptions } from "./conclude.js";
import { fix } from "./fix.js";
import type { ExitCode, Io } from "./io.js";
import { CHECK, isRecallable, questionOf } from "./recalled.js";
import { configOf, rootOf } from "./root.js";
import { covering } from "./targets.js";
import { unknownRule } from "./unknown-rule.js";

/** Flags of `check`. */
export interface CheckOptions extends CommonOptions, BaselineOptions, CacheOptions, ConclusionOptions {
  readonly rule?: readonly string[];
  readonly since?: string;
  readonly staged?: boolean;
  readonly fix?: boolean;
  readonly now?: string;
  readonly showSuppressed?: boolean;
}

/**
 * Analyses the whole workspace, prints the report, and says in the exit code what came of it.
 *
 * @param cache what is known from earlier runs, where that is wanted
 */
export function check(paths: readonly string[], options: CheckOptions, cache: Cache | undefined, io: Io): ExitCode {
  const started = performance.now();
  const selected = options.rule === undefined ? undefined : selection(options.rule);
  const config = configOf(options.config, io);
  const baseline = baselineOf(options, io);
  refuseContradictions(paths, options);
  const root = rootOf(options.root, io);
  const run: RunOptions = {
    root,
    ...(cache === undefined ? {} : { cache }),
    ...(config === undefined ? {} : { config }),
    ...(baseline === undefined ? {} : { baseline }),
    ...(options.now === undefined ? {} : { now: options.now }),
    debug: options.debug ?? false,
  };

  const changed = changedRun(options, run, selected);
  let opening = open(changed?.run ?? run, selected);
  const scoped: ReportScope = {
    showSuppressed: options.showSuppressed ?? false,
    ...(paths.length === 0 || opening.listed === undefined ? {} : { covers: covering(paths, root, opening.listed, io.cwd) }),
    ...(changed === undefined ? {} : { concerns: changed.concerns }),
  };
  if (!("faults" in opening)) {
    warnOfOff(selected ?? [], opening, io);
    if (options.fix === true) opening = fix(opening, selected ?? rules, { ...scoped, quiet: options.quiet ?? false }, io);
  }

  const whole = report(opening, { ...run, showSuppressed: true }, selected, started);
  let full = reportOf({ ...whole, ...whole.summary }, scoped);
  if (cache !== undefined) {
    // What is not to be trusted is not to be remembered.
    if (isRecallable(options) && whole.problems.length === 0) cache.remember(CHECK, questionOf(options, config), JSON.stringify(whole));
    keep(cache, options, io);
  }
  if (options.updateBaseline === true && !("faults" in opening) && writeBaseline(whole, opening, selected, options, io)) {
    opening = open({ ...uncached(run), ...(options.baseline === undefined ? {} : { baseline: absoluteFrom(io.cwd, options.baseline) }) }, selected);
    full = report(opening, { ...uncached(run), ...scoped }, selected, started);
  }
  return conclude(full, "faults" in opening ? undefined : opening.textOf, options, io);
}

/** Flags that together mean nothing, refused before anything is analysed. */
function refuseContradictions(paths: readonly string[], options: CheckOptions): void {
  termsOf(options);
  const { since, staged = false, updateBaseline = false, fix: fixes = false } = options;
  if (since !== undefined && staged) throw new CliError("--since and --staged each say what has changed; give one of them.");
  if (fixes && staged) throw new CliError("--fix writes the working tree, and --staged looks at the index; give one of them.");
  if (updateBaseline && (paths.length > 0 || since !== undefined || staged))
    throw new CliError("--update-baseline needs the whole workspace: what is not reported would be dropped.");
}

/** The run when it is limited to a change. */
function changedRun({ since, staged = false }: CheckOptions, run: RunOptions, selected: readonly Rule[] | undefined): ChangedRun | undefined {
  if (since === undefined && !staged) return undefined;
  try {
    return limitedTo(since === undefined ? { staged: true } : { since }, run, selected);
  } catch (error) {
    if (error instanceof GitError) throw new CliError(error.message);
    throw error;
  }
}

/** A run that sees what has been written since. */
function uncached({ cache: _, ...run }: RunOptions): RunOptions {
  return run;
}

function selection(names: readonly string[]): readonly Rule[] {
  const { selected, unknown } = selectRules(rules, names);
  if (unknown.length > 0) throw new CliError(unknown.map(({ name, nearest }) => unknownRule(name, nearest, rules)).join("\n"));
  return selected;
}

/** A rule that was asked for by name and is off: silence would look like a clean answer. */
function warnOfOff(selected: readonly Rule[], { workspace }: Opened, io: Io): void {
  const { rules: severities, configFile } = workspace.policy;
  for (const { name } of selected) {
    if (severities[name] === "off")
      io.stderr.write(`"${name}" is off (by ${configFile ?? `the preset "${workspace.policy.preset}"`}) and was not run.\n`);
  }
}
