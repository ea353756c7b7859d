import { describe, expect, test } from "vitest";
import { probe } from "./questions.js";
import type { Files } from "./memory.js";

type Row = readonly [title: string, main: string, files: Files, ...values: readonly unknown[]];

function holds(rows: readonly Row[]): void {
  for (const [title, main, files, ...values] of rows) {
    test(title, () => {
      expect(probe(main, files)).toEqual(values.map((value) => (typeof value === "string" ? expect.stringContaining(value) : value)));
    });
  }
}

describe("imports", () => {
  holds([
    ["named", 'import { P, Q as R } from "./b.js"; probe(P, R)', { "b.ts": 'export const P = "/p"; export const Q = P + "/q"' }, ["/p"], ["/p/q"]],
    ["default", 'import d, { P } from "./b"; probe(d, P)', { "b.ts": 'export const P = "/p"; export default "/d"' }, ["/d"], ["/p"]],
    ["default declared before", 'import d from "./b"; probe(d.p)', { "b.ts": 'const paths = { p: "/p" }; export default paths' }, ["/p"]],
    ["namespace", 'import * as ns from "./b"; probe(ns.P, ns["P"], ns.o.p); const { P } = ns; probe(P)', { "b.ts": 'export const P = "/p"; export const o = { p: "/o" }' }, ["/p"], ["/p"], ["/o"], ["/p"]],
    ["barrel", 'import { P, Q, N } from "./b"; probe(P, Q, N.P)', { "b.ts": 'export * from "./c"; export { P as Q } from "./c"; export * as N from "./c"', "c.ts": 'export const P = "/p"' }, ["/p"], ["/p"], ["/p"]],
    ["imported and exported again", 'import { P } from "./b"; probe(P)', { "b.ts": 'import { P } from "./c"; export { P }', "c.ts": 'export const P = "/p"' }, ["/p"]],
    ["enum and class", 'import { E, C } from "./b"; probe(E.A, C.P, new C("/x").x)', { "b.ts": 'export enum E { A = "/a" } export class C { static P = "/p"; constructor(readonly x: string) {} }' }, ["/a"], ["/p"], ["/x"]],
    ["function", 'import { f } from "./b"; probe(f("/x"))', { "b.ts": 'const base = "/b"; export function f(p: string) { return base + p }' }, ["/b/x"]],
    ["by package name", 'import { P } from "@x/b"; probe(P)', { "package.json": { name: "root", workspaces: ["packages/*"] }, "packages/b/package.json": { name: "@x/b", exports: "./src/index.ts" }, "packages/b/src/index.ts": 'export const P = "/p"' }, ["/p"]],
    ["let that is set elsewhere", 'import { P } from "./b"; probe(P)', { "b.ts": 'export let P = "/a"; export function set() { P = "/b" }' }, ["/a", "/b"]],
    ["missing", 'import { P } from "./gone"; import { Q } from "./b"; probe(P, Q)', { "b.ts": "" }, '"./gone" is not found', 'does not export "Q"'],
    ["circle of re-exports", 'import { P } from "./b"; probe(P)', { "b.ts": 'export * from "./c"', "c.ts": 'export * from "./b"' }, "does not export"],
    ["circle of values", 'import { P } from "./b"; probe(P)', { "b.ts": 'import { Q } from "./c"; export const P = Q', "c.ts": 'import { P } from "./b"; export const Q = P' }, "no value reaches it"],
    ["json", 'import pkg from "./p.json"; import { name } from "./p.json"; probe(pkg.name, name, pkg.list[1], pkg.none)', { "p.json": { name: "n", list: [1, "x"] } }, ["n"], ["n"], ["x"], [undefined]],
    ["import()", 'async function f() { const { P } = await import("./b"); probe(P); (await import("./b")).P; probe(await import("./b").then((m) => m.P)) }', { "b.ts": 'export const P = "/p"' }, ["/p"], ["/p"]],
    ["type and value of one name", 'import { P } from "./b"; probe(P.a)', { "b.ts": 'export const P = { a: "/a" } as const; export type P = typeof P' }, ["/a"]],
  ]);
});

describe("CommonJS", () => {
  holds([
    ["an object", 'const b = require("./b"); const { P } = require("./b"); probe(b.P, P)', { "b.cjs": 'module.exports = { P: "/p" }', "b.js": 'module.exports = { P: "/p" }' }, ["/p"], ["/p"]],
    ["a value", 'probe(require("./b"))', { "b.js": 'module.exports = "/p"' }, ["/p"]],
    ["names", 'const { P } = require("./b"); probe(P)', { "b.js": 'exports.P = "/p"' }, ["/p"]],
    ["imported as a module", 'import b, { P } from "./b"; import * as ns from "./b"; probe(b.P, P, ns.P)', { "b.js": 'module.exports = { P: "/p" }' }, ["/p"], ["/p"], ["/p"]],
    ["a module required", 'const { P, default: d } = require("./b"); probe(P, d)', { "b.ts": 'export const P = "/p"; export default "/d"' }, ["/p"], ["/d"]],
    ["import equals", 'import b = require("./b"); probe(b.P)', { "b.ts": 'export const P = "/p"' }, ["/p"]],
    ["computed", 'const name = "./" + "b"; probe(require(name).P)', { "b.js": 'exports.P = "/p"' }, ["/p"]],
  ]);
});

describe("callers in other modules", () => {
  const mount = 'export function mount(path: string) { probe(path) }';
  holds([
    ["named, namespace, barrel and alias", mount, { "a.ts": 'import { mount as m } from "./main"; m("/a")', "b.ts": 'import * as ns from "./barrel"; ns.mount("/b")', "barrel.ts": 'export * from "./main"', "c.ts": 'import { mount } from "./main"; const alias = mount; alias("/c")', "d.ts": 'const { mount } = require("./main"); mount("/d")' }, ["/a", "/b", "/c", "/d"]],
    ["tests say nothing of the product", mount, { "a.ts": 'import { mount } from "./main"; mount("/a")', "a.test.ts": 'import { mount } from "./main"; mount("/test")' }, ["/a"]],
    ["handed to a package", mount, { "a.ts": 'import { mount } from "./main"; import { use } from "pkg"; use(mount)' }, '"pkg" gets it'],
    ["written from another module", 'export const o = { a: "/a" }; probe(o.a)', { "b.ts": 'import { o } from "./main"; o.a = "/b"' }, ["/a", "/b"]],
    ["written by a helper of another module", 'import { set } from "./b"; const o = { a: "/a" }; set(o); probe(o.a)', { "b.ts": 'export function set(x: any) { change(x) } function change(y: any) { y.a = "/b" }' }, ["/a", "/b"]],
    ["built in one, read in another", 'import { routes } from "./b"; for (const r of routes) probe(r.path)', { "b.ts": 'export const routes: { path: string }[] = []; routes.push({ path: "/a" })', "c.ts": 'import { routes } from "./b"; routes.push({ path: "/c" })' }, ["/a", "/c"]],
  ]);
});
