import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { repository } from "../hosts/build.js";
import { run } from "../hosts/command.js";

// Ratios to a process that only parses the same files, in rounds that alternate: no times, and measured again before it is believed.
test("nothing costs more than 1.3 times what is recorded, beside a bare parse", () => {
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  expect(run(repository, process.execPath, [compiler, "-p", "test/bench/tsconfig.json"])).toMatchObject({ code: 0, output: "" });
  const { code, output } = run(repository, process.execPath, ["node_modules/.cache/drift-guard-bench/test/bench/bench.js", "--files", "300", "--rounds", "3", "--slow", "0", "--assert"]);
  expect(code, output).toBe(0);
}, 600_000);
