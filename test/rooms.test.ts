import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { extractBody } from "../src/facts/body.js";
import { extractOutline } from "../src/facts/outline.js";
import { listPaths } from "../src/files/list.js";
import { toPath, type Path } from "../src/files/path.js";
import { readFiles } from "../src/files/read.js";
import type { SourceText } from "../src/files/snapshot.js";
import { breachesOf, packageOf, roomOf, ROOMS, type OwnModule } from "./rooms.js";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/u, "");
const { paths } = listPaths(root);
const ours = paths.filter((path) => /^(?:src|rules)\/.*\.[cm]?[jt]sx?$/u.test(path));
const modules = readFiles(root, ours).files.map(asModule);

describe("the house", () => {
  it("is all there", () => {
    expect(modules.length).toBe(ours.length);
    expect(new Set(modules.map((module) => roomOf(module.path)))).toContain("facts");
  });

  it("keeps its rooms apart", () => {
    expect(modules.flatMap(breachesOf)).toEqual([]);
  });

  it("grants no package that nobody uses", () => {
    const used = new Set(
      modules.flatMap((module) => module.facts.imports.map((fact) => `${roomOf(module.path) ?? ""} ${packageOf(fact) ?? ""}`)),
    );
    const built = Object.entries(ROOMS).filter(([name]) => modules.some((module) => roomOf(module.path) === name));
    expect(built.flatMap(([name, room]) => room.packages.map((each) => `${name} ${each}`)).filter((grant) => !used.has(grant))).toEqual([]);
  });

  it("has no vague folder outside its rooms either", () => {
    expect(paths.filter((path) => /^test\/(?:.*\/)?(?:utils?|common|helpers|types)\//u.test(path))).toEqual([]);
  });
});

describe("the law of the house", () => {
  it.each<[path: string, code: string, breach: string]>([
    ["src/rule/a.ts", `import { b } from "../check/check.js";`, "(rule) imports ../check/check.js (check)"],
    ["src/rule/a.ts", `import type { B } from "../check/check.js";`, "(rule) imports ../check/check.js (check)"],
    ["src/rule/a.ts", `export * from "../check/check.js";`, "(rule) imports ../check/check.js (check)"],
    ["src/rule/a.ts", `const b = await import("../check/check.js");`, "(rule) imports ../check/check.js (check)"],
    ["src/rule/a.ts", `type B = import("../check/check.js").B;`, "(rule) imports ../check/check.js (check)"],
    ["src/eslint/a.ts", `import { main } from "../cli/main.js";`, "(eslint) imports ../cli/main.js (cli)"],
    ["src/cli/a.ts", `import plugin from "../eslint/plugin.js";`, "(cli) imports ../eslint/plugin.js (eslint)"],
    ["src/facts/deep/a.ts", `import { run } from "../../run.js";`, "(facts) imports ../../run.js (pipeline)"],
    ["src/index.ts", `import { Finding } from "./rule/finding.js";`, "for more than types"],
    ["rules/metadata/a.ts", `import { readFileSync } from "node:fs";`, "(rules) imports the package node:fs"],
    ["src/facts/a.ts", `import { readFileSync } from "fs";`, "(facts) imports the package fs"],
    ["src/workspace/a.ts", `import { ts } from "ts-morph";`, "(workspace) imports the package ts-morph"],
    ["src/facts/a.ts", `import { ts } from "ts-morph";`, "imports ts-morph past src/facts/compiler.cjs"],
    ["src/cli/a.ts", `import { x } from "@typescript-eslint/utils/ast";`, "(cli) imports the package @typescript-eslint/utils"],
    ["src/check/a.ts", `const fs = require("node:fs");`, "(check) imports the package node:fs"],
    ["src/check/a.ts", "const x = await import(`./${name()}.js`);", "imports something that cannot be read off"],
    ["src/check/a.ts", `import { x } from "../../test/rooms.js";`, "which is in no room"],
    ["src/utils/a.ts", "", "is in no room"],
    ["src/stray.ts", "", "is in no room"],
    ["src/facts/helpers/a.ts", "", "in a folder named helpers"],
    ["src/check/a.ts", "export const home = process.env.HOME;", "reads the global process"],
    ["src/check/a.ts", "export function home() { return [1].map(() => process.cwd()); }", "reads the global process"],
    ["src/check/a.ts", "let count = 0; export const next = () => ++count;", "declares the variable count"],
    ["src/check/a.ts", "const seen = new Map(); export function see(x: string) { seen.set(x, 1); }", "changes seen"],
    ["src/check/a.ts", "const seen: string[] = []; export const see = (x: string) => { seen.push(x); };", "changes seen"],
    ["src/check/a.ts", "const seen: Record<string, number> = {}; export const see = (x: string) => { seen[x] = 1; };", "changes seen"],
    ["src/check/a.ts", "const state = { seen: new Set() }; export const see = (x: string) => state.seen.add(x);", "changes state"],
    ["src/check/a.ts", "const seen = { a: 1 }; export const see = () => { delete seen.a; };", "changes seen"],
    ["src/check/a.ts", "export function see() { see.count += 1; }", "changes see"],
    ["src/check/a.ts", "export class See { static count = 0; see() { See.count++; } }", "changes See"],
  ])("%s: %s", (path, code, breach) => {
    expect(breachesOf(moduleOf(path, code)).join("\n")).toContain(breach);
  });

  it.each<[path: string, code: string]>([
    ["src/check/a.ts", `import { rule } from "../rule/rule.js"; import { b } from "./b.js";`],
    ["src/index.ts", `import type { Finding } from "./rule/finding.js";`],
    ["src/cli/a.ts", "export const home = process.env.HOME;"],
    ["src/check/a.ts", "export const name = (process: { name: string }) => process.name;"],
    ["src/check/a.ts", `// process\nexport const text = "process";`],
    ["src/check/a.ts", "const known = new Set([1]); export const has = (x: number) => known.has(x);"],
    ["src/check/a.ts", "export const sorted = (list: string[]) => { const seen = new Set(); seen.add(1); return list.sort(); };"],
    ["src/check/a.ts", "const base = [1]; export const more = () => [...base].sort();"],
    ["src/check/a.ts", "export function f() { let count = 0; count += 1; return count; }"],
    ["src/eslint/session.ts", "const seen = new Map(); export function see(x: string) { seen.set(x, 1); }"],
  ])("leaves alone %s: %s", (path, code) => {
    expect(breachesOf(moduleOf(path, code))).toEqual([]);
  });
});

function moduleOf(path: string, text: string): OwnModule {
  return asModule({ path: toPath(path), language: "ts", text });
}

function asModule(source: SourceText): OwnModule {
  const facts = extractOutline(source);
  if (facts.kind !== "source") throw new TypeError(`${source.path} is no source file`);
  return { path: source.path satisfies Path, facts, body: extractBody(source) };
}
