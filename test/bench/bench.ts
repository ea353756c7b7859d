/**
 * `pnpm bench`: what a cold `drift-guard check` costs beside a process that only reads and parses the same files.
 *
 * @remarks Both run side by side, one after the other in alternating order, several rounds; ratios are taken pair by pair, so that a slow
 * machine or a noisy neighbour changes both sides. Options: `--files 1000,10000`, `--rounds 5`, `--seed <text>`, `--root <dir>` (an
 * existing workspace instead of generated ones), `--assert` (exit 1 when a goal is missed).
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeWorkspace } from "./workspace/generate.js";
import { measure, runToEnd, type Program, type Usage } from "./measure.js";
import { median, table } from "./table.js";

/** What the product has promised; `ratio` holds at the size it names. */
const GOALS = { ratio: { files: 1000, most: 1.6 }, growth: 1, rss: 1.5 * 2 ** 30 };

interface Options {
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly seed: string;
  readonly root: string | undefined;
  readonly assert: boolean;
}

/** One workspace, measured. */
interface Measured {
  readonly files: number;
  readonly bytes: number;
  readonly findings: number;
  readonly bare: readonly Usage[];
  readonly check: readonly Usage[];
}

const options = readOptions(process.argv.slice(2));
const measured =
  options.root === undefined ? await measureGenerated(options) : [await measureWorkspace(resolve(options.root), options.rounds)];
console.log(report(measured));
const misses = missesOf(measured);
for (const miss of misses) console.log(`missed: ${miss}`);
if (options.assert && misses.length > 0) process.exitCode = 1;

function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== "--"),
    options: {
      files: { type: "string", default: "1000,10000" },
      rounds: { type: "string", default: "5" },
      seed: { type: "string", default: "drift" },
      root: { type: "string" },
      assert: { type: "boolean", default: false },
    },
  });
  return {
    sizes: values.files.split(",").map(Number),
    rounds: Number(values.rounds),
    seed: values.seed,
    root: values.root,
    assert: values.assert,
  };
}

async function measureGenerated({ sizes, seed, rounds }: Options): Promise<Measured[]> {
  const out: Measured[] = [];
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), "drift-guard-bench-"));
    try {
      writeWorkspace(folder, size, seed);
      out.push(await measureWorkspace(folder, rounds));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return out;
}

async function measureWorkspace(root: string, rounds: number): Promise<Measured> {
  const bin = fileURLToPath(new URL("../../src/cli/bin.js", import.meta.url));
  const yardstick = fileURLToPath(new URL("parse-only.js", import.meta.url));
  const bareProgram: Program = { name: "parse-only", script: yardstick, args: [root], accepts: [0] };
  const checkProgram: Program = { name: "drift-guard check", script: bin, args: ["check", "--root", root], accepts: [0, 1] };
  const findings = await findingsOf(checkProgram);
  const bare: Usage[] = [];
  const check: Usage[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (process.stderr.isTTY) process.stderr.write(`\r${root}: round ${String(round + 1)} of ${String(rounds)} `);
    const pair = [async () => bare.push(await measure(bareProgram)), async () => check.push(await measure(checkProgram))];
    for (const run of round % 2 === 0 ? pair : pair.reverse()) await run();
  }
  if (process.stderr.isTTY) process.stderr.write("\n");
  return { ...sizeOf(root), findings, bare, check };
}

/** Runs the check once before anything is measured: it must work, and files are in the disk cache for all that follow. */
async function findingsOf(check: Program): Promise<number> {
  const printed: unknown = JSON.parse(await runToEnd({ ...check, args: [...check.args, "--format", "json"] }));
  const findings = typeof printed === "object" && printed !== null && "findings" in printed ? printed.findings : undefined;
  if (!Array.isArray(findings)) throw new Error("drift-guard check printed no findings array.");
  return findings.length;
}

function sizeOf(root: string): { files: number; bytes: number } {
  let [files, bytes] = [0, 0];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== "node_modules" && entry.name !== ".git") visit(path);
      if (!entry.isFile() || !/\.[cm]?[jt]sx?$/u.test(entry.name)) continue;
      files += 1;
      bytes += statSync(path).size;
    }
  };
  visit(root);
  return { files, bytes };
}

function report(all: readonly Measured[]): string {
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  const mib = (value: number): string => `${(value / 2 ** 20).toFixed(0)} MiB`;
  const middle = (usages: readonly Usage[], what: keyof Usage): number => median(usages.map((usage) => usage[what]));
  const head = [
    "files",
    "KiB",
    "findings",
    "parse cpu",
    "check cpu",
    "ratio",
    "parse wall",
    "check wall",
    "ratio",
    "parse peak",
    "check peak",
    "cpu growth",
  ];
  const rows = all.map((each, index) => [
    String(each.files),
    (each.bytes / 1024).toFixed(0),
    String(each.findings),
    ms(middle(each.bare, "cpu")),
    ms(middle(each.check, "cpu")),
    ratio(each, "cpu").toFixed(2),
    ms(middle(each.bare, "wall")),
    ms(middle(each.check, "wall")),
    ratio(each, "wall").toFixed(2),
    mib(middle(each.bare, "rss")),
    mib(middle(each.check, "rss")),
    index === 0 ? "" : growth(all[0], each).toFixed(2),
  ]);
  const legend = "Medians; ratios are medians over pairs; growth is processor time over bytes beside the first row's (1 = linear).";
  return `${table(head, rows)}\n\n${legend}`;
}

/** The median over rounds of what the check took beside the parse of the same round. */
function ratio({ bare, check }: Measured, what: "cpu" | "wall"): number {
  return median(check.map((usage, round) => usage[what] / (bare[round]?.[what] ?? Number.NaN)));
}

/** How much more processor time per byte the larger workspace takes. */
function growth(small: Measured | undefined, large: Measured): number {
  if (small === undefined) return Number.NaN;
  const perByte = ({ check, bytes }: Measured): number => median(check.map((usage) => usage.cpu)) / bytes;
  return perByte(large) / perByte(small);
}

function missesOf(all: readonly Measured[]): string[] {
  return all.flatMap((each, index) => {
    const at = `at ${String(each.files)} files`;
    const peak = median(each.check.map((usage) => usage.rss));
    return [
      ...(each.files === GOALS.ratio.files && ratio(each, "cpu") > GOALS.ratio.most
        ? [`${at} the ratio is above ${String(GOALS.ratio.most)}`]
        : []),
      ...(index > 0 && growth(all[0], each) > GOALS.growth ? [`${at} time grows faster than the files`] : []),
      ...(peak > GOALS.rss ? [`${at} the peak is above ${String(GOALS.rss / 2 ** 30)} GiB`] : []),
    ];
  });
}
