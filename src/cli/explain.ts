import { rules } from "../../rules/index.js";
import { selectRules } from "../check/select.js";
import { textAt } from "../files/disk.js";
import { absoluteFrom, pathFrom } from "../files/named.js";
import { ownPackage } from "../files/package.js";
import type { Path } from "../files/path.js";
import { explainFindings, explainRule } from "../reporters/explanation.js";
import { CliError } from "./cli-error.js";
import { usesColor } from "./color.js";
import type { CommonOptions } from "./common-options.js";
import type { ExitCode, Io } from "./io.js";
import { linesOf } from "./lines.js";
import { configOf, rootOf } from "./root.js";
import { tellProblems } from "./tell-problems.js";
import { unknownRule } from "./unknown-rule.js";

/** Explains a rule, or what was found at a place. */
export async function explain(subject: string, options: CommonOptions, io: Io): Promise<ExitCode> {
  const place = /^(?<file>.+?):(?<line>\d+)(?::\d+)?$/u.exec(subject)?.groups;
  const color = usesColor(options.color, io, io.stdout.isTTY);
  if (place?.["file"] !== undefined && place["line"] !== undefined)
    return explainPlace(place["file"], Number(place["line"]), color, options, io);
  const {
    selected: [rule],
    unknown: [unknown],
  } = selectRules(rules, [subject]);
  if (rule === undefined)
    throw new CliError(`${unknownRule(unknown?.name ?? subject, unknown?.nearest, rules)} For a place, name its line: <file>:<line>.`);
  const page = textAt(`${ownPackage().folder}/rules/${rule.family.name}/${rule.name}.md`);
  io.stdout.write(explainRule(rule, page, { color }));
  return 0;
}

async function explainPlace(named: string, line: number, color: boolean, options: CommonOptions, io: Io): Promise<ExitCode> {
  // Only this half needs a workspace, and with it the parser.
  const { open, report } = await import("../run.js");
  const config = configOf(options.config, io);
  const run = {
    root: rootOf(options.root, io),
    ...(config === undefined ? {} : { config }),
    debug: options.debug ?? false,
    showSuppressed: true,
  };
  const opening = open(run);
  if ("faults" in opening) {
    tellProblems(opening.faults, io);
    return 2;
  }
  const { root } = opening.snapshot;
  const candidates = [pathFrom(root, absoluteFrom(io.cwd, named)), pathFrom(root, absoluteFrom(root, named))];
  const file = candidates.find((path) => opening.listed.includes(path));
  if (file === undefined) throw new CliError(`"${named}" is no file of the workspace ("${root}"); files that git ignores are none of it.`);
  const here = report(opening, { ...run, covers: (path: Path) => path === file }, undefined, performance.now());
  const findings = here.findings.filter((finding) => finding.line <= line && line <= finding.endLine);
  const elsewhere = [...new Set(here.findings.map((finding) => `${file}:${finding.line}`))];
  const hint = elsewhere.length === 0 ? "" : ` There is something at ${elsewhere.join(", ")}.`;
  io.stdout.write(
    findings.length > 0
      ? explainFindings(findings, rules, { color, lineOf: linesOf(opening.textOf) })
      : `Nothing was found at ${file}:${line}.${hint}\n`,
  );
  return 0;
}
