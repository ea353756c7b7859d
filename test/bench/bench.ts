/**
 * `pnpm bench`: what drift-guard costs beside a process that only reads and parses the same files, and beside its peers.
 *
 * @remarks All programs run side by side, one after the other in alternating order, several rounds; ratios are taken round by round, so
 * that a slow machine or a noisy neighbour changes all sides. Options:
 *
 * - `--files 300,1000,10000,50000` and `--seed <text>`: generated workspaces; `--root <dir>`: an existing one instead
 * - `--rounds 5`: for workspaces above 5,000 files half as many
 * - `--slow 1000`: ESLint and the peers, which take minutes on large workspaces, run up to this many files (0: not at all)
 * - `--write`: the table into BENCHMARKS.md, the ratios into `recorded.json`
 * - `--assert`: exit 1 when a ratio is more than 1.3 times the recorded one, twice in a row
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ownPackage } from "../../src/files/package.js";
import { type Candidate, candidates } from "./candidates.js";
import { measure, measureFamily, type Usage } from "./measure.js";
import { installPeers, type Peers } from "./peers.js";
import { median, table } from "./table.js";
import { sizeOf, type Size } from "./workspace-size.js";
import { writeWorkspace } from "./workspace/generate.js";

/** How much worse than recorded a ratio may be. */
const TOLERANCE = 1.3;

/** Where the repository lies, wherever this is built to. */
const home = ownPackage().folder;
const recorded = join(home, "test/bench/recorded.json");

interface Options {
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly seed: string;
  readonly root: string | undefined;
  readonly slow: number;
  readonly write: boolean;
  readonly assert: boolean;
}

/** One workspace, measured. */
interface Measured {
  readonly size: Size;
  readonly rounds: number;
  readonly bare: readonly Usage[];
  readonly rows: readonly { readonly name: string; readonly usages: readonly Usage[] }[];
}

/** By workspace and candidate: processor time beside the bare parse. */
type Ratios = Readonly<Record<string, Readonly<Record<string, number>>>>;

const options = readOptions(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), "drift-guard-bench-"));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true });
}

async function main(): Promise<void> {
  const all = await measureAll();
  console.log(report(all));
  if (options.write) {
    writeFileSync(join(home, "BENCHMARKS.md"), withTables(readFileSync(join(home, "BENCHMARKS.md"), "utf8"), all));
    writeFileSync(recorded, `${JSON.stringify({ ...readRecorded(), ...ratiosOf(all) }, undefined, 2)}\n`);
  }
  if (!options.assert) return;
  const worse = regressionsIn(all);
  if (worse.length === 0) return;
  console.log(`Worse than recorded, measured once more: ${worse.join(", ")}.`);
  const again = new Set(regressionsIn(await measureAll()));
  const still = worse.filter((name) => again.has(name));
  for (const name of still) console.log(`regression: ${name} is more than ${String(TOLERANCE)} times the recorded ratio`);
  if (still.length > 0) process.exitCode = 1;
}

function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== "--"),
    options: {
      files: { type: "string", default: "300,1000,10000" },
      rounds: { type: "string", default: "5" },
      seed: { type: "string", default: "drift" },
      root: { type: "string" },
      slow: { type: "string", default: "1000" },
      write: { type: "boolean", default: false },
      assert: { type: "boolean", default: false },
    },
  });
  return {
    sizes: values.files.split(",").map(Number),
    rounds: Number(values.rounds),
    seed: values.seed,
    root: values.root,
    slow: Number(values.slow),
    write: values.write,
    assert: values.assert,
  };
}

async function measureAll(): Promise<readonly Measured[]> {
  const { root, sizes, seed, slow } = options;
  const peers = slow === 0 ? undefined : installPeers(join(folder, "peers"));
  if (root !== undefined) return [await measureWorkspace(resolve(root), peers)];
  const out: Measured[] = [];
  for (const size of sizes) {
    const workspace = mkdtempSync(join(folder, "workspace-"));
    writeWorkspace(workspace, size, seed);
    out.push(await measureWorkspace(workspace, size <= slow ? peers : undefined));
    rmSync(workspace, { recursive: true });
  }
  return out;
}

async function measureWorkspace(root: string, peers: Peers | undefined): Promise<Measured> {
  const size = sizeOf(root);
  const rounds = Math.max(1, size.files > 5000 ? Math.floor(options.rounds / 2) : options.rounds);
  const { bare, others } = candidates(root, size, join(folder, "eslint"), peers);
  // Once before anything is measured: it must work, the disk's cache is warm for all that follow, and so is ours.
  for (const candidate of others) await runOnce(candidate);
  const usages = new Map<Candidate, Usage[]>([bare, ...others].map((candidate) => [candidate, []]));
  for (let round = 0; round < rounds; round += 1) {
    const order = [...usages];
    for (const [candidate, taken] of round % 2 === 0 ? order : order.reverse()) {
      process.stderr.write(`\r${String(size.files)} files, round ${String(round + 1)} of ${String(rounds)}: ${candidate.name.padEnd(40)}`);
      taken.push(await runOnce(candidate));
    }
  }
  process.stderr.write("\n");
  const rows = others.map((candidate) => ({ name: candidate.name, usages: usages.get(candidate) ?? [] }));
  return { size, rounds, bare: usages.get(bare) ?? [], rows };
}

async function runOnce(candidate: Candidate): Promise<Usage> {
  candidate.before?.(folder);
  const usage = candidate.answers !== undefined ? await candidate.answers() : await (candidate.isFamily ? measureFamily : measure)(candidate);
  candidate.after?.();
  return usage;
}

/** The median over rounds of what a program took beside the bare parse of the same round. */
function ratio({ bare }: Measured, usages: readonly Usage[], what: "cpu" | "wall"): number {
  return median(usages.map((usage, round) => usage[what] / (bare[round]?.[what] ?? Number.NaN)));
}

function nameOf({ size }: Measured): string {
  return `${String(Math.round(size.files / 100) * 100)} files`;
}

function ratiosOf(all: readonly Measured[]): Ratios {
  return Object.fromEntries(
    all.map((each) => [
      nameOf(each),
      Object.fromEntries(each.rows.map(({ name, usages }) => [name, Number(ratio(each, usages, "cpu").toFixed(3))])),
    ]),
  );
}

function readRecorded(): Ratios {
  return JSON.parse(readFileSync(recorded, "utf8")) as Ratios;
}

/** What is ours and has become worse than recorded. */
function regressionsIn(all: readonly Measured[]): string[] {
  const before = readRecorded();
  return Object.entries(ratiosOf(all)).flatMap(([workspace, rows]) =>
    Object.entries(rows).flatMap(([name, now]) => {
      const then = before[workspace]?.[name];
      return name.startsWith("drift-guard") && then !== undefined && now > then * TOLERANCE
        ? [`"${name}" at ${workspace} (${now.toFixed(2)}, recorded ${then.toFixed(2)})`]
        : [];
    }),
  );
}

/** The file with its generated part anew; what stands around it is written by people. */
function withTables(text: string, all: readonly Measured[]): string {
  const [begin, end] = ["<!-- begin: pnpm bench -->", "<!-- end: pnpm bench -->"];
  const [before = "", rest = ""] = text.split(begin);
  const [, after = ""] = rest.split(end);
  const machine = `${String(cpus().length)} cores (${cpus()[0]?.model ?? "unknown"}), Node ${process.version}`;
  return `${before}${begin}\n\nMeasured on ${machine}.\n\n${report(all)}\n\n${end}${after}`;
}

function report(all: readonly Measured[]): string {
  return all.map(section).join("\n\n");
}

function section(each: Measured): string {
  const ms = (value: number): string => (value < 10_000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(1)} s`);
  const middle = (usages: readonly Usage[], what: keyof Usage): number => median(usages.map((usage) => usage[what]));
  const mib = (value: number): string => (Number.isNaN(value) ? "" : `${(value / 2 ** 20).toFixed(0)} MiB`);
  const row = (name: string, usages: readonly Usage[]): readonly string[] => [
    name,
    ms(middle(usages, "cpu")),
    ratio(each, usages, "cpu").toFixed(2),
    ms(middle(usages, "wall")),
    ratio(each, usages, "wall").toFixed(2),
    mib(middle(usages, "rss")),
  ];
  const rows = [row("read and parse, nothing else", each.bare), ...each.rows.map(({ name, usages }) => row(name, usages))];
  const { files, bytes } = each.size;
  const title = `### ${String(files)} source files, ${(bytes / 2 ** 20).toFixed(1)} MiB, ${String(each.rounds)} rounds`;
  return `${title}\n\n${table(["", "cpu", "ratio", "wall", "ratio", "peak memory"], rows)}`;
}
