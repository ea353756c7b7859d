import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What one run of a program took. */
export interface Usage {
  /** Milliseconds of processor time, user and system, all threads of the process; child processes apart. */
  readonly cpu: number;
  /** Milliseconds from start to end, seen from outside. */
  readonly wall: number;
  /** Peak resident memory in bytes. */
  readonly rss: number;
}

/** A program to measure: a script for this Node, and the exit codes that mean that it did its work. */
export interface Program {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly accepts: readonly number[];
}

const USAGE_AT_EXIT = new URL("usage-at-exit.js", import.meta.url).href;

/**
 * Runs a program once and reports what it took.
 *
 * @throws Error when it exits with a code that it should not, with what it printed
 */
export async function measure(program: Program): Promise<Usage> {
  const folder = mkdtempSync(join(tmpdir(), "drift-guard-usage-"));
  try {
    const file = join(folder, "usage");
    const started = performance.now();
    await runToEnd(program, ["--import", USAGE_AT_EXIT], { BENCH_USAGE_FILE: file });
    const wall = performance.now() - started;
    const [cpu, rss] = readFileSync(file, "utf8").split(" ").map(Number);
    if (cpu === undefined || rss === undefined) throw new Error(`${program.name} left no usage behind.`);
    return { cpu, rss, wall };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Runs a program and gives back what it printed on stdout.
 *
 * @throws Error when it exits with a code that it should not
 */
export async function runToEnd(program: Program, nodeOptions: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const argv = [...nodeOptions, program.script, ...program.args];
  return await new Promise((resolve, reject) => {
    const child = execFile(process.execPath, argv, { env: { ...process.env, ...env }, maxBuffer: 2 ** 28 }, (_, stdout, stderr) => {
      if (child.exitCode !== null && program.accepts.includes(child.exitCode)) resolve(stdout);
      else reject(new Error(`${program.name} ended with ${String(child.exitCode ?? child.signalCode)}:\n${stderr}${stdout.slice(-2000)}`));
    });
  });
}
