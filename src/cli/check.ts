import { rules } from "../../rules/index.js";
import { selectRules } from "../check/select.js";
import type { Format } from "../reporters/report-options.js";
import { render } from "../reporters/render.js";
import type { Report } from "../rule/finding.js";
import type { Rule } from "../rule/rule.js";
import { open, report, type Opened, type RunOptions } from "../run.js";
import { ownPackage } from "../files/package.js";
import { type CacheOptions, cacheOf, keep } from "./cache.js";
import { checkoutAround } from "./checkout.js";
import { CliError } from "./cli-error.js";
import { usesColor } from "./color.js";
import type { CommonOptions } from "./common-options.js";
import { fix } from "./fix.js";
import type { ExitCode, Io } from "./io.js";
import { linesOf } from "./lines.js";
import { writeOutput } from "./output.js";
import { configOf, rootOf } from "./root.js";
import { covering } from "./targets.js";
import { tellProblems } from "./tell-problems.js";
import { unknownRule } from "./unknown-rule.js";

/** Flags of `check`. */
export interface CheckOptions extends CommonOptions, CacheOptions {
  readonly format: Format;
  readonly outputFile?: string;
  readonly rule?: readonly string[];
  readonly fix?: boolean;
  readonly maxWarnings?: number;
  readonly now?: string;
  readonly showSuppressed?: boolean;
  readonly quiet?: boolean;
}

/** Analyses the whole workspace, prints the report, and says in the exit code what came of it. */
export function check(paths: readonly string[], options: CheckOptions, io: Io): ExitCode {
  const started = performance.now();
  const selected = options.rule === undefined ? undefined : selection(options.rule);
  const config = configOf(options.config, io);
  const root = rootOf(options.root, io);
  const cache = cacheOf(root, options, io);
  const run: RunOptions = {
    root,
    ...(cache === undefined ? {} : { cache }),
    ...(config === undefined ? {} : { config }),
    ...(options.now === undefined ? {} : { now: options.now }),
    showSuppressed: options.showSuppressed ?? false,
    debug: options.debug ?? false,
  };

  let opening = open(run, selected);
  const scoped =
    paths.length === 0 || opening.listed === undefined ? run : { ...run, covers: covering(paths, run.root, opening.listed, io.cwd) };
  if (!("faults" in opening)) {
    warnOfOff(selected ?? [], opening, io);
    if (options.fix === true) opening = fix(opening, selected ?? rules, { covers: scoped.covers, quiet: options.quiet ?? false }, io);
  }

  const full = report(opening, scoped, selected, started);
  if (cache !== undefined) keep(cache, options, io);
  print(options.quiet === true ? quieted(full) : full, "faults" in opening ? undefined : opening, options, io);
  const { maxWarnings = -1 } = options;
  const tooManyWarnings = maxWarnings >= 0 && full.summary.warnings > maxWarnings;
  if (tooManyWarnings) io.stderr.write(`Too many warnings: ${full.summary.warnings}, and --max-warnings is ${maxWarnings}.\n`);
  if (full.problems.length > 0) return 2;
  return full.summary.errors > 0 || tooManyWarnings ? 1 : 0;
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

/** The report without its warnings. */
function quieted(full: Report): Report {
  return { ...full, findings: full.findings.filter(({ severity }) => severity === "error"), summary: { ...full.summary, warnings: 0 } };
}

function print(full: Report, opened: Opened | undefined, { format, outputFile, color }: CheckOptions, io: Io): void {
  const text = render(format, full, rules, {
    version: ownPackage().version,
    // A file is no terminal, whatever the environment says of the one that the command runs in.
    color: outputFile === undefined ? usesColor(color, io, io.stdout.isTTY) : color === true,
    ...(opened === undefined ? {} : { lineOf: linesOf(opened.textOf) }),
    ...checkoutAround(full.root, io),
  });
  if (outputFile === undefined) io.stdout.write(text);
  else writeOutput(outputFile, text, io);
  // Where the report is for machines or in a file, people must still see why the run failed.
  if (outputFile !== undefined || format !== "stylish") tellProblems(full.problems, io);
}
