import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { seeded } from "../bench/workspace/random.js";
import { repository } from "./build.js";
import { Consumer } from "./consumer.js";

const bin = `${repository}/dist/src/cli/bin.js`;
const file = "node_modules/.cache/drift-guard/facts.bin";

let consumer: Consumer;
beforeEach(() => {
  consumer = new Consumer();
  consumer.edit("plugins/api/state/package.json", '"kind": "api"', '"kind": "web"');
});
afterEach(() => {
  consumer.delete();
});

const withoutTime = (printed: string): string => printed.replace(/"ms": \d+/u, '"ms": 0');
const check = (...flags: readonly string[]): string => withoutTime(consumer.run("node", [bin, "check", "-f", "json", ...flags]).stdout);

/** Starts a check in a process of its own, which may be killed. */
function start(): { readonly kill: () => void; readonly printed: Promise<string> } {
  const child = spawn(process.execPath, [bin, "check", "-f", "json"], { cwd: consumer.root, stdio: ["ignore", "pipe", "ignore"] });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  return { kill: () => child.kill("SIGKILL"), printed: once(child, "close").then(() => withoutTime(stdout)) };
}

test("many runs at once say the same, and leave a cache behind that says it too", async () => {
  const expected = check("--no-cache");
  expect(expected).toContain("no-kind-mismatch");
  for (const printed of await Promise.all([start(), start(), start(), start()].map((run) => run.printed))) expect(printed).toBe(expected);
  expect(check()).toBe(expected);
});

test("a run that is killed, whenever that is, leaves nothing false behind", async () => {
  const random = seeded("kill");
  for (let round = 0; round < 8; round += 1) {
    if (random.chance(0.5)) consumer.write("packages/core/src/more.ts", `export const more = ${String(round)};\n`);
    const run = start();
    await setTimeout(random.int(50, 900));
    run.kill();
    await run.printed;
  }
  const expected = check("--no-cache");
  expect(check()).toBe(expected);
  expect(check()).toBe(expected);
}, 120_000);

test("a run in which nothing has changed loads no parser", () => {
  const hook = "data:text/javascript,import{createRequire}from'node:module';process.on('exit',()=>console.error('loaded',Object.keys(createRequire('/').cache).filter(p=>/typescript.cjs$/.test(p)).length))";
  const loaded = (): string => consumer.run("node", ["--import", hook, bin, "check"]).stderr;
  expect(loaded()).toMatch(/loaded [1-9]/u);
  expect(loaded()).toContain("loaded 0");
  consumer.write("packages/core/src/more.ts", "export const more = 1;\n");
  expect(loaded()).toMatch(/loaded [1-9]/u);
});

test("a cache that another user owns costs time and nothing else", () => {
  const expected = check("--no-cache");
  check();
  consumer.remove(file);
  consumer.write(`${file}/in-the-way`, "");
  expect(check()).toBe(expected);
  expect(check()).toBe(expected);
});
