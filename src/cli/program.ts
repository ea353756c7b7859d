import { Command, InvalidArgumentError, Option } from "commander";
import { ownPackage } from "../files/package.js";
import { formats } from "../reporters/report-options.js";
import type { CheckOptions } from "./check.js";
import { mapFormats } from "../reporters/map-formats.js";
import type { CommonOptions } from "./common-options.js";
import type { FactsOptions } from "./facts.js";
import type { ExitCode, Io } from "./io.js";
import type { MapOptions } from "./map.js";

const exitCodes = `
Exit codes:
  0  nothing new; warnings alone are 0 unless --max-warnings is exceeded
  1  findings
  2  the run is not to be trusted: usage or config error, no manifest, dead policy, a file that cannot be read or parsed, internal error`;

/**
 * The command line as commander sees it.
 *
 * Each command is loaded when it runs: `--help`, `--version` and `explain <rule>` must not wait for a TypeScript parser.
 *
 * @param finish takes the exit code of the command that ran
 */
export function createProgram(io: Io, finish: (code: ExitCode) => void): Command {
  const program = new Command("drift-guard")
    .description("Keeps a TypeScript monorepo's architecture true.")
    .version(ownPackage().version, "-v, --version", "print the version")
    .option("--root <dir>", "folder of the workspace (default: found from the current folder upward)")
    .option("-c, --config <file>", "config file (default: drift-guard.config.json in the root)")
    .option("--color", "force colour")
    .option("--no-color", "no colour (so do NO_COLOR and a pipe)")
    .option("--debug", "show where in drift-guard an internal error came from")
    .helpOption("-h, --help", "print help")
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .showHelpAfterError("(drift-guard --help lists commands, flags and exit codes)");

  const check = program
    .command("check", { isDefault: true })
    .description("analyse the whole workspace (the default command)")
    .argument("[paths...]", "report only what stands in these files, folders or globs; everything is analysed all the same")
    .addOption(new Option("-f, --format <format>", "how to print the report").choices(formats).default("stylish"))
    .option("-o, --output-file <file>", "write the report there instead of printing it")
    .option("--rule <id>", "run this rule only (repeatable; with or without drift-guard/)", collect, undefined)
    .option("--since <ref>", "report only what has to do with changes since the merge base with a commit; everything is analysed all the same")
    .option("--staged", "report only what has to do with what is staged, as it is staged: for hooks")
    .option("--baseline <file>", "known findings (default: drift-guard.baseline.json in the root, where there is one)")
    .option("--update-baseline", "drop from the baseline what is gone, and record how much each rule looks at")
    .option("--allow-additions", "let --update-baseline add new errors, under the terms that the next three say")
    .option("--owner <name>", "who answers for what is added")
    .option("--reason <text>", "why it is there")
    .option("--until <exit>", "when it ends: YYYY-MM-DD, no-importers-of <path>, package <name>@<range> or file-gone <path>")
    .option("--fix", "apply the fixes that need no person, then report what remains")
    .option("--max-warnings <count>", "exit 1 when there are more warnings than this", warningLimit)
    .option("--now <date>", "the day, YYYY-MM-DD, that due dates are judged on (default: today, UTC)", day)
    .option("--show-suppressed", "also report what eslint-disable comments silence")
    .option("--quiet", "report errors only")
    .option("--cache", "keep what is known of unchanged files between runs (the default)")
    .option("--no-cache", "read and parse everything anew")
    .option("--cache-location <dir>", "folder of the cache (default: node_modules/.cache/drift-guard in the root)")
    .option("--facts <glob>", "take the facts that `drift-guard facts` wrote into these files (repeatable)", collect, undefined)
    .addHelpText("after", exitCodes)
    .action(async (paths: readonly string[], _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<CheckOptions>();
      const { recalled } = await import("./recalled.js");
      const known = recalled(paths, options, io);
      if ("code" in known) {
        finish(known.code);
        return;
      }
      const { check: run } = await import("./check.js");
      finish(run(paths, options, known.cache, io));
    });

  program
    .command("explain")
    .description("explain <rule>: the law, why, breach and cure; explain <file>:<line>: every finding there with its evidence")
    .argument("<rule|file:line>", "a rule's name, or a place in the workspace")
    .addHelpText("after", exitCodes)
    .action(async (subject: string, _options: unknown, command: Command) => {
      const { explain } = await import("./explain.js");
      finish(await explain(subject, command.optsWithGlobals<CommonOptions>(), io));
    });

  program
    .command("facts")
    .description("write down the facts of one project, for `check --facts` to join: a task that a build engine can cache")
    .requiredOption("--project <dir>", "the project's folder")
    .requiredOption("-o, --output-file <file>", "where to write them")
    .addHelpText("after", exitCodes)
    .action(async (_options: unknown, command: Command) => {
      const { facts } = await import("./facts.js");
      finish(facts(command.optsWithGlobals<FactsOptions>(), io));
    });

  program
    .command("map")
    .description("the composition as it is: manifest, seams, mounts, families, tests, the plugins and packages behind them, and the bridges")
    .addOption(new Option("-f, --format <format>", "how to draw it").choices(mapFormats).default("mermaid"))
    .option("-o, --output-file <file>", "write the map there instead of printing it")
    .option("--now <date>", "the day, YYYY-MM-DD, on which the age of bridges is told (default: today, UTC)", day)
    .addHelpText("after", exitCodes)
    .action(async (_options: unknown, command: Command) => {
      const { map } = await import("./map.js");
      finish(map(command.optsWithGlobals<MapOptions>(), io));
    });

  program
    .command("init")
    .description("write a config from what is detected; never overwrites")
    .addHelpText("after", exitCodes)
    .action(async (_options: unknown, command: Command) => {
      const { init } = await import("./init.js");
      finish(init(command.optsWithGlobals<CommonOptions>(), io));
    });

  return program.addHelpText("after", () => `\n${flagsOf(check)}\n${exitCodes}`);
}

/** The flags of the default command, which the program's own help would hide. */
function flagsOf(check: Command): string {
  const help = check.createHelp();
  const width = help.padWidth(check, help);
  const items = help.visibleOptions(check).filter((option) => option.long !== "--help");
  return [
    "Flags of check:",
    ...items.map((option) => help.formatItem(help.optionTerm(option), width, help.optionDescription(option), help)),
  ].join("\n");
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function warningLimit(value: string): number {
  if (!/^(?:\d{1,9}|-1)$/u.test(value)) throw new InvalidArgumentError("Give a whole number (-1: no limit).");
  return Number(value);
}

function day(value: string): string {
  const date = new Date(`${value}T00:00:00Z`);
  const isDay = /^\d{4}-\d{2}-\d{2}$/u.test(value) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
  if (!isDay) throw new InvalidArgumentError("Give a day as YYYY-MM-DD.");
  return value;
}
