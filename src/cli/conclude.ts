import { rules } from "../../rules/index.js";
import type { TextOf } from "../check/identity.js";
import { ownPackage } from "../files/package.js";
import { render } from "../reporters/render.js";
import type { Format } from "../reporters/report-options.js";
import type { Report } from "../rule/finding.js";
import { checkoutAround } from "./checkout.js";
import { usesColor } from "./color.js";
import type { ExitCode, Io } from "./io.js";
import { linesOf } from "./lines.js";
import { writeOutput } from "./output.js";
import { tellProblems } from "./tell-problems.js";

/** Flags that say how a report is told. */
export interface ConclusionOptions {
  readonly format: Format;
  readonly outputFile?: string;
  readonly maxWarnings?: number;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

/**
 * Prints a report, and says in the exit code what came of the run.
 *
 * @param textOf texts of the files that it is about, where there are any
 */
export function conclude(full: Report, textOf: TextOf | undefined, options: ConclusionOptions, io: Io): ExitCode {
  print(options.quiet === true ? quieted(full) : full, textOf, options, io);
  const { maxWarnings = -1 } = options;
  const tooManyWarnings = maxWarnings >= 0 && full.summary.warnings > maxWarnings;
  if (tooManyWarnings) io.stderr.write(`Too many warnings: ${full.summary.warnings}, and --max-warnings is ${maxWarnings}.\n`);
  if (full.problems.length > 0) return 2;
  return full.summary.errors > 0 || tooManyWarnings ? 1 : 0;
}

/** The report without its warnings. */
function quieted(full: Report): Report {
  return { ...full, findings: full.findings.filter(({ severity }) => severity === "error"), summary: { ...full.summary, warnings: 0 } };
}

function print(full: Report, textOf: TextOf | undefined, { format, outputFile, color }: ConclusionOptions, io: Io): void {
  const text = render(format, full, rules, {
    version: ownPackage().version,
    // A file is no terminal, whatever the environment says of the one that the command runs in.
    color: outputFile === undefined ? usesColor(color, io, io.stdout.isTTY) : color === true,
    ...(textOf === undefined ? {} : { lineOf: linesOf(textOf) }),
    ...checkoutAround(full.root, io),
  });
  if (outputFile === undefined) io.stdout.write(text);
  else writeOutput(outputFile, text, io);
  // Where the report is for machines or in a file, people must still see why the run failed.
  if (outputFile !== undefined || format !== "stylish") tellProblems(full.problems, io);
}
