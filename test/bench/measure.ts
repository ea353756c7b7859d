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
  /** Where it runs; left out, where the bench does. */
  readonly cwd?: string;
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
 * The same for a program that leaves the work to processes of its own.
 *
 * @remarks A shell adds up what its children took; their memory it does not know.
 */
export async function measureFamily({ name, script, args, accepts, cwd }: Program): Promise<Usage> {
  const started = performance.now();
  const told = await new Promise<string>((resolve, reject) => {
    const command = '"$0" "$@" >/dev/null 2>&1; echo "status $?"; times';
    const options = { ...(cwd !== undefined && { cwd }), maxBuffer: 2 ** 20 };
    execFile("sh", ["-c", command, process.execPath, script, ...args], options, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(error);
    });
  });
  const wall = performance.now() - started;
  const status = /^status (\d+)$/mu.exec(told)?.[1];
  if (status === undefined || !accepts.includes(Number(status))) throw new Error(`${name} ended with ${status ?? "nothing"}.`);
  const seconds = [...(told.trim().split("\n").at(-1) ?? "").matchAll(/(\d+)m([\d.]+)s/gu)];
  return { cpu: seconds.reduce((sum, [, minutes, rest]) => sum + (Number(minutes) * 60 + Number(rest)) * 1000, 0), wall, rss: Number.NaN };
}

/**
 * Runs a program and gives back what it printed on stdout.
 *
 * @throws Error when it exits with a code that it should not
 */
export async function runToEnd(program: Program, nodeOptions: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const argv = [...nodeOptions, program.script, ...program.args];
  return await new Promise((resolve, reject) => {
    const child = execFile(process.execPath, argv, { ...(program.cwd !== undefined && { cwd: program.cwd }), env: { ...process.env, ...env }, maxBuffer: 2 ** 28 }, (_, stdout, stderr) => {
      if (child.exitCode !== null && program.accepts.includes(child.exitCode)) resolve(stdout);
      else reject(new Error(`${program.name} ended with ${String(child.exitCode ?? child.signalCode)}:\n${stderr}${stdout.slice(-2000)}`));
    });
  });
}
