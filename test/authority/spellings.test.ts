import { describe, expect, it } from "vitest";
import { rules as all } from "../../rules/index.js";
import { mergeConfig } from "../../src/policy/merge.js";
import { workspaceOf, type Files } from "../workspace/memory.js";

const plugin = "no-plugin-to-plugin-import";
const path = "no-cross-project-relative-import";
const layer = "no-upward-import";
const unprovable = "no-unprovable-import";
const rules = all.filter(({ name }) => [plugin, path, layer, unprovable].includes(name));
const from = "plugins/web/one/src/from.ts";

const projects: Files = {
  "package.json": { name: "root", private: true, workspaces: ["apps/*", "packages/*", "plugins/*/*"] },
  "packages/core/package.json": { name: "@rawr/core", exports: { ".": "./src/index.ts", "./sub": "./src/sub.ts" } },
  "packages/core/src/index.ts": "export const core = 1;\nexport function load(to: string) { return import(to); }",
  "packages/core/src/sub.ts": "export const sub = 1;",
  "plugins/web/one/package.json": { name: "@rawr/plugin-one", dependencies: { innocent: "npm:@rawr/plugin-two@*", linked: "link:../two" } },
  "plugins/web/one/src/own.ts": "export const own = 1;",
  "plugins/web/one/src/names.ts": 'export const TWO = "@rawr/plugin-two";\nexport const NAMES = { two: "@rawr/plugin-two", core: "@rawr/core" } as const;\nexport enum Names { Two = "@rawr/plugin-two" }\nexport default TWO;',
  "plugins/web/two/package.json": { name: "@rawr/plugin-two", exports: "./src/index.ts" },
  "plugins/web/two/src/index.ts": "export const two = 1;\nexport interface Two { a: string }",
  "apps/web/package.json": { name: "@rawr/web", exports: "./src/index.ts" },
  "apps/web/src/index.ts": "export const web = 1;",
};

/** The rules that tell of a file of a plugin. */
function found(text: string): readonly string[] {
  const workspace = workspaceOf({ ...projects, [from]: text }, { ...mergeConfig("rawr-hq", {}), required: [] });
  return rules.flatMap((rule) => rule.run(workspace).problems.filter(({ at }) => at.file === from).map(() => rule.name));
}

describe("an import that is forbidden", () => {
  it.each<readonly [string, string]>([
    ['import { TWO } from "./names"; export const x = import(TWO);', plugin],
    ['import TWO from "./names"; export const x = import(TWO);', plugin],
    ['import * as n from "./names"; export const x = import(n.NAMES.two);', plugin],
    ['import { Names } from "./names"; export const x = import(Names.Two);', plugin],
    ['import { NAMES } from "./names"; export const f = (k: keyof typeof NAMES) => import(NAMES[k]);', plugin],
    ['import { NAMES } from "./names"; export const x = Promise.all(Object.values(NAMES).map((n) => import(n)));', plugin],
    ['import { NAMES } from "./names"; export async function f() { for (const n of Object.values(NAMES)) await import(n); }', plugin],
    ['export async function f() { for (const n of ["@rawr/plugin-two", "x"]) await import(n); }', plugin],
    ['export const x = ["@rawr/plugin-two"].map((n) => import(n));', plugin],
    ['export const x = import("@rawr/" + ["plugin", "two"].join("-"));', plugin],
    ['export const x = import(String.raw`@rawr/plugin-two`);', plugin],
    ['export const x = import("@rawr/plugin-one".replace("one", "two"));', plugin],
    ['export const x = import(["@rawr", "plugin-two"].join("/"));', plugin],
    ['export const x = import(decodeURIComponent("%40rawr/plugin-two"));', plugin],
    ['export const x = import("@rawr/plugin-two".trim().toLowerCase());', plugin],
    ['function load(n: string) { return import(n); }\nexport const x = load("@rawr/plugin-two");', plugin],
    ['const load = (n: string) => import(n);\nexport const x = load("@rawr/plugin-two");', plugin],
    ['const load = async (n = "@rawr/plugin-two") => import(n);\nexport const x = load();', plugin],
    ['const loaders = { two: () => import("@rawr/plugin-two") };\nexport const x = loaders;', plugin],
    ['import { lazy } from "react"; export const X = lazy(() => import("@rawr/plugin-two"));', plugin],
    ['export const x = require.resolve("@rawr/plugin-two");', plugin],
    ['export const x = module.require("@rawr/plugin-two");', plugin],
    ['const r = require; export const x = r("@rawr/plugin-two");', plugin],
    ['import module from "node:module"; export const x = module.createRequire(import.meta.url)("@rawr/plugin-two");', plugin],
    ['import { createRequire } from "module"; const require = createRequire(import.meta.url); export const x = require("@rawr/plugin-two");', plugin],
    ['import { createRequire } from "node:module"; const r = createRequire(import.meta.url); export const x = r.resolve("@rawr/plugin-two");', plugin],
    ['export const w = new Worker(new URL("../../two/src/index.ts", import.meta.url));', plugin],
    ['const u = new globalThis.URL("../../two/src/index.ts", import.meta.url); export const x = u;', plugin],
    ['import { vi } from "vitest"; export const x = vi.importActual("@rawr/plugin-two");', plugin],
    ['export const x = jest.requireActual("@rawr/plugin-two");', plugin],
    ['import "innocent";', plugin],
    ['import "linked";', plugin],
    ['import "linked/src/index";', plugin],
    ['import "../node_modules/@rawr/plugin-two/src/index.ts";', plugin],
    ['import "@rawr/plugin-two/src/index.js";', plugin],
    ['import "@rawr/plugin-two/package.json";', plugin],
    ['import "/plugins/web/two/src/index";', plugin],
    ['import "./x/../../../two/src/index";', plugin],
    ['import type { Two } from "@rawr/plugin-two"; export type X = Two;', layer],
    ['import { type Two } from "@rawr/plugin-two"; export type X = Two;', layer],
    ['import { Two } from "@rawr/plugin-two"; export type X = Two;', layer],
    ['export type X = typeof import("@rawr/plugin-two");', layer],
    ['export type { Two } from "@rawr/plugin-two";', layer],
    ['export let x: import("@rawr/plugin-two").Two;', layer],
    ['import type { Two } from "../../two/src/index"; export type X = Two;', path],
    ['/// <reference types="@rawr/plugin-two" />\nexport {};', layer],
    ['import two = require("@rawr/plugin-two"); export const x = two;', plugin],
    ['export import two = require("@rawr/plugin-two");', plugin],
    ['import { two } from "@rawr/plugin-two" with { type: "x" }; export const x = two;', plugin],
    ['import web from "@rawr/web"; export const x = web;', layer],
    ['import { web } from "../../../../apps/web/src/index"; export const x = web;', path],
    ['import { core } from "../../../../packages/core/src/index"; export const x = core;', path],
  ])("is found: %s", (text, rule) => {
    expect(found(text)).toEqual([rule]);
  });

  it.each([
    'export const x = import("owt-nigulp/rwar@".split("").reverse().join(""));',
    'export const x = import(atob("QHJhd3IvcGx1Z2luLXR3bw=="));',
    'export const x = import(JSON.parse("\\"@rawr/plugin-two\\""));',
    'import "@rawr/core/../../../plugins/web/two/src/index";',
  ])("is found or cannot be proven: %s", (text) => {
    expect([[plugin], [unprovable]]).toContainEqual(found(text));
  });
});

describe("an import that leads who knows where", () => {
  it.each([
    "export const f = (n: string) => import(n);",
    "export const f = (n: string) => require(n);",
    "export const x = import(process.env.PLUGIN!);",
    "export const x = import(await (await fetch('/x')).text());",
    "export const f = (n: string) => import(`@rawr/${n}`);",
    "export const f = (n: string) => import(`./${n}`);",
    "let n = './own'; export const set = (v: string) => { n = v; }; export const f = () => import(n);",
    "export const f = (n?: string) => import(n ?? './own');",
    "export const f = (n: string) => jest.mock(n);",
    "import { createRequire } from 'node:module'; const r = createRequire(import.meta.url); export const f = (n: string) => r(n);",
    "export class L { constructor(private n: string) {} load() { return import(this.n); } }",
    "export const f = (n: string) => import(/* @vite-ignore */ n);",
    "export const f = (n: string) => import.meta.resolve(n);",
    "const T: Record<string, string> = { a: './own' }; export const set = (k: string, v: string) => { T[k] = v; }; export const f = (k: string) => import(T[k]);",
    "const T: Record<string, string> = { a: './own' }; export const set = (v: string) => { T.b = v; }; export const f = (k: string) => import(T[k]);",
    "export const T: Record<string, string> = { a: './own' }; export const set = (v: object) => Object.assign(T, v); export const f = (k: string) => import(T[k]);",
    "const T = ['./own']; export const set = (v: string) => T.push(v); export const f = (i: number) => import(T[i]!);",
    "export const f = (T: Record<string, string>, k: string) => import(T[k]!);",
    "export const f = (k: string, v: string) => import({ a: './own', b: v }[k]!);",
  ])("cannot be proven: %s", (text) => {
    expect(found(text)).toEqual([unprovable]);
  });
});

describe("an import that is allowed, and what is none", () => {
  it.each([
    "const T = ['./own', './names'] as const; export const f = (i: number) => import(T[i]!);",
    "const T = { a: './own', b: './names' } as const; export const f = (k: keyof typeof T) => { const to = T[k]; return import(to); };",
    "const T = { a: './own', b: './names' } as const; export const f = (k: string) => import(T[k as keyof typeof T] ?? './own');",
    "export const f = (k: 'a' | 'b') => import({ a: './own', b: './names' }[k]);",
    "export const f = (k: string) => { switch (k) { case 'a': return import('./own'); default: return import('./names'); } };",
    'import { core } from "@rawr/core"; export const x = core;',
    'import { sub } from "@rawr/core/sub"; export const x = sub;',
    'import "./own"; import "../src/own"; import "../../one/src/own";',
    'import "@rawr/plugin-one";',
    'import fs from "node:fs"; import React from "react"; export const x = [fs, React];',
    'export const f = (a: boolean) => import(a ? "./own" : "./names");',
    'export const f = (k: "own" | "names") => ({ own: () => import("./own"), names: () => import("./names") })[k]();',
    'const load = (n: "./own" | "./names") => import(n); export const x = [load("./own"), load("./names")];',
    'export const text = "import \\"@rawr/plugin-two\\"";',
    'export const t = `import { two } from "@rawr/plugin-two";`;',
    '// import "@rawr/plugin-two"\n/** {@link import("@rawr/plugin-two")} */\nexport const x = 1;',
    'export const deps = ["@rawr/plugin-two"]; export const has = (n: string) => deps.includes(n);',
    'const require = (n: string) => n; export const x = require("@rawr/plugin-two");',
    'export const x = { import: (n: string) => n }.import("@rawr/plugin-two");',
    'export const x = new URL("/api", "https://x.example").href;',
    'export const x = new URL("./logo.svg", import.meta.url).href;',
    'export const f = (n: string) => new URL(`./assets/${n}.svg`, import.meta.url).href;',
    'import { jest } from "@jest/globals"; jest.mock("./own");',
    'export const url = import.meta.url; export const env = import.meta.env;',
    'import { readFile } from "node:fs/promises"; export const x = readFile(new URL("./x.txt", import.meta.url));',
    'import { pathToFileURL } from "node:url"; export const f = (p: string) => import(pathToFileURL(p).href);',
    'const modules = import.meta.glob("./*.ts"); export const x = modules;',
    'declare module "@rawr/plugin-two" { interface Two { b: string } }\nexport {};',
  ])("is left alone: %s", (text) => {
    expect(found(text)).toEqual([]);
  });
});
