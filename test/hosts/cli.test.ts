import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { Folder } from "../folder.js";
import { faultsOfJsonReport } from "../reporters/schemas.js";
import { repository } from "./build.js";
import { run, type Outcome } from "./command.js";

const bin = path.join(repository, "dist/src/cli/bin.js");
const fixture = (name: string): string => path.join(repository, "fixtures", name);

/** The command as a process of its own. */
function driftGuard(args: readonly string[], env: NodeJS.ProcessEnv = {}): Outcome {
  return run(repository, process.execPath, [bin, ...args], env);
}

test("a clean workspace exits 0, a drifted one 1, and nothing is said on stderr", () => {
  expect(driftGuard(["--root", fixture("hq")])).toMatchObject({ code: 0, stdout: expect.stringContaining("✔ No drift: "), stderr: "" });
  expect(driftGuard(["check", "--root", fixture("hq-drifted")])).toMatchObject({
    code: 1,
    stdout: expect.stringContaining("✖ "),
    stderr: "",
  });
});

test("a run that is not to be trusted exits 2, prints JSON on stdout and its reason on stderr, and no stack", () => {
  using folder = new Folder({ "package.json": "{}" });
  const { code, stdout, stderr } = driftGuard(["--root", folder.root, "-f", "json"]);
  expect(code).toBe(2);
  expect(faultsOfJsonReport(stdout)).toEqual([]);
  expect(stderr).toMatch(/No manifest was found/u);
  expect(stderr).not.toMatch(/\n\s+at /u);
});

test("a wrong call exits 2 and prints nothing on stdout", () => {
  expect(driftGuard(["--no-such-flag"])).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining("unknown option '--no-such-flag'"),
  });
});

test.each([[["--version"]], [["--help"]], [["explain", "no-kind-mismatch"]], [["explain", "no-such-rule"]]])(
  "%j does not wait for a TypeScript parser",
  (args) => {
    expect(loadsParser(args)).toBe(false);
  },
);

test("check does load the parser, so that the tests above can fail", () => {
  expect(loadsParser(["--no-cache", "--root", fixture("hq")])).toBe(true);
});

test.each([["json"], ["stylish"]])("a reader that closes the pipe (%s) is no error", async (format) => {
  const child = spawn(process.execPath, [bin, "--root", fixture("hq-drifted"), "-f", format]);
  child.stdout.destroy();
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect([code, stderr]).toEqual([1, ""]);
});

test.skipIf(!existsSync("/dev/full"))("a full disk behind stdout exits 2 with a sentence", () => {
  const { code, stderr } = run(repository, "sh", ["-c", `"${process.execPath}" "${bin}" --root "${fixture("hq")}" > /dev/full`]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: The output cannot be written: ENOSPC.*\n$/u);
});

test("a report that is larger than a pipe arrives whole", () => {
  using folder = new Folder({
    "drift-guard.config.json": '{ "extends": "none", "metadata": { "legacyKeys": ["templateRole"] } }',
    "package.json": '{ "name": "root", "workspaces": ["packages/*"] }',
  });
  for (let index = 0; index < 400; index += 1)
    folder.write(`packages/p${index}/package.json`, `{ "name": "p${index}", "templateRole": "x" }\n`);
  const { code, stdout } = driftGuard(["--root", folder.root, "-f", "json"]);
  expect(code).toBe(1);
  expect(stdout.length).toBeGreaterThan(65_536);
  expect(faultsOfJsonReport(stdout)).toEqual([]);
});

/** Whether a command line loads TypeScript, by Node's own list of what was loaded. */
function loadsParser(args: readonly string[]): boolean {
  using folder = new Folder({
    "watch.cjs":
      'const { _cache } = require("node:module"); process.on("exit", () => console.error("loaded:", Object.keys(_cache).join(" ")));\n',
  });
  const { stderr } = driftGuard(args, { NODE_OPTIONS: `--require ${folder.at("watch.cjs")}` });
  expect(stderr).toContain("loaded:");
  return stderr.includes("typescript.cjs");
}
