import { describe, expect, it } from "vitest";
import { workspaceOf, type Files } from "./memory.js";

/* What "resolve" means, form by form as the law lists them: each within one file and across files, ending in one mounted path. */

const HEAD = 'import { Elysia, type AnyElysia } from "elysia"; const h = () => "ok"; const app = new Elysia();\n';

/** The paths mounted by `main.ts`; with `?` where one is not proven. */
function mounted(code: string, files: Files = {}): readonly string[] {
  return workspaceOf({ "main.ts": HEAD + code, ...files }).mounts.flatMap(({ paths, blocked }) => [...paths.map(({ path }) => path), ...(blocked === undefined ? [] : ["?"])]);
}

type Form = readonly [form: string, own: string, across: string, files: Files];

/** Forms of a path that is `/rpc/x`. */
const paths: readonly Form[] = [
  ["string concatenation", `app.all("/r" + "pc" + "/x", h)`, `import { R } from "./b"; app.all(R + "/x", h)`, { "b.ts": `export const R = "/r" + "pc";` }],
  ["a template literal", "const r = 'rpc'; app.all(`/${r}/x`, h)", "import { R } from './b'; app.all(`${R}/x`, h)", { "b.ts": "const r = 'rpc'; export const R = `/${r}`;" }],
  ["a const", `const R = "/rpc/x"; app.all(R, h)`, `import { R } from "./b"; app.all(R, h)`, { "b.ts": `export const R = "/rpc/x";` }],
  ["an enum member", `enum E { R = "/rpc/x" } app.all(E.R, h)`, `import { E } from "./b"; app.all(E.R, h)`, { "b.ts": `export enum E { R = "/rpc/x" }` }],
  ["an as const object", `const o = { rpc: { x: "/rpc/x" } } as const; app.all(o.rpc.x, h)`, `import { o } from "./b"; app.all(o.rpc.x, h)`, { "b.ts": `export const o = { rpc: { x: "/rpc/x" } } as const;` }],
  ["an as const array", `const l = ["/a", "/rpc/x"] as const; app.all(l[1], h)`, `import { l } from "./b"; app.all(l[1], h)`, { "b.ts": `export const l = ["/a", "/rpc/x"] as const;` }],
  ["destructuring with a rename", `const { rpc: at } = { rpc: "/rpc/x" }; app.all(at, h)`, `import { o } from "./b"; const { rpc: at } = o; app.all(at, h)`, { "b.ts": `export const o = { rpc: "/rpc/x" };` }],
  ["destructuring with a default", `const { rpc = "/rpc/x" } = {} as { rpc?: string }; app.all(rpc, h)`, `import { o, R } from "./b"; const { rpc = R } = o as { rpc?: string }; app.all(rpc, h)`, { "b.ts": `export const o = {}; export const R = "/rpc/x";` }],
  ["destructuring of an array", `const [, at] = ["/a", "/rpc/x"]; app.all(at, h)`, `import { l } from "./b"; const [, at] = l; app.all(at, h)`, { "b.ts": `export const l = ["/a", "/rpc/x"];` }],
  ["concat", `app.all("/rpc".concat("/", "x"), h)`, `import { R } from "./b"; app.all(R.concat("/x"), h)`, { "b.ts": `export const R = "/rpc";` }],
  ["join", `app.all(["", "rpc", "x"].join("/"), h)`, `import { parts } from "./b"; app.all(parts.join("/"), h)`, { "b.ts": `export const parts = ["", "rpc", "x"];` }],
  ["slice", `app.all("xx/rpc/x".slice(2), h)`, `import { R } from "./b"; app.all(R.slice(2), h)`, { "b.ts": `export const R = "xx/rpc/x";` }],
  ["replace", `app.all("/api/x".replace("api", "rpc"), h)`, `import { R } from "./b"; app.all(R.replace("api", "rpc"), h)`, { "b.ts": `export const R = "/api/x";` }],
  ["a parameter of a helper", `const mount = (to: AnyElysia, at: string) => to.all(at, h); mount(app, "/rpc/x")`, `import { mount } from "./b"; mount(app, "/rpc/x")`, { "b.ts": `import type { AnyElysia } from "elysia"; export const mount = (to: AnyElysia, at: string) => to.all(at, () => 1);` }],
  ["parameters of helpers, two levels deep", `const mount = (to: AnyElysia, at: string) => to.all(at, h); const under = (to: AnyElysia, base: string) => mount(to, base + "/x"); under(app, "/rpc")`, `import { under } from "./b"; under(app, "/rpc")`, { "b.ts": `import { mount } from "./c"; export function under(to: any, base: string) { mount(to, base + "/x"); }`, "c.ts": `export function mount(to: any, at: string) { to.all(at, () => 1); }` }],
  ["an array that for…of goes through", `for (const at of ["/rpc/x"]) app.all(at, h)`, `import { l } from "./b"; for (const at of l) app.all(at, h)`, { "b.ts": `export const l = ["/rpc/x"];` }],
  ["an array that forEach goes through", `["/rpc/x"].forEach((at) => app.all(at, h))`, `import { l } from "./b"; l.forEach(({ at }) => { app.all(at, h); })`, { "b.ts": `export const l = [{ at: "/rpc/x" }];` }],
  ["an array that map goes through", `["x"].map((name) => "/rpc/" + name).forEach((at) => app.all(at, h))`, `import { l } from "./b"; l.map((at) => app.all(at, h))`, { "b.ts": `export const l = ["x"].map((name) => "/rpc/" + name);` }],
];

/** The same path from what frameworks put before it. */
const prefixes: readonly Form[] = [
  ["new Elysia({ prefix })", `new Elysia({ prefix: "/rpc" }).all("/x", h)`, `import { sub } from "./b"; app.use(sub)`, { "b.ts": `import { Elysia } from "elysia"; export const sub = new Elysia({ prefix: "/rpc" }).all("/x", () => 1);` }],
  [".group", `app.group("/rpc", (inner) => inner.all("/x", h))`, `import { fill } from "./b"; app.group("/rpc", fill)`, { "b.ts": `import type { AnyElysia } from "elysia"; export const fill = (inner: AnyElysia) => inner.all("/x", () => 1);` }],
  [".use", `app.use(new Elysia({ prefix: "/rpc" }).use(new Elysia().all("/x", h)))`, `import { plugin } from "./b"; app.use(plugin("/rpc"))`, { "b.ts": `import { Elysia } from "elysia"; export const plugin = (prefix: string) => new Elysia({ prefix }).all("/x", () => 1);` }],
  [".mount", `app.mount("/rpc", new Elysia().all("/x", h).fetch)`, `import { sub } from "./b"; app.mount("/rpc", sub.fetch)`, { "b.ts": `import { Elysia } from "elysia"; export const sub = new Elysia().all("/x", () => 1);` }],
  ["a handler's prefix option", `import { RPCHandler } from "@orpc/server/fetch"; const rpc = new RPCHandler({}); app.all("/*", ({ request }) => rpc.handle(request, { prefix: "/rpc/x" }))`, `import { answer } from "./b"; app.mount(answer)`, { "b.ts": `import { RPCHandler } from "@orpc/server/fetch"; import { R } from "./c"; const rpc = new RPCHandler({}); export const answer = (request: Request) => rpc.handle(request, { prefix: R });`, "c.ts": `export const R = "/rpc/x";` }],
  ["Hono .route", `import { Hono } from "hono"; new Hono().route("/rpc", new Hono().all("/x", h))`, `import { Hono } from "hono"; import { sub } from "./b"; new Hono().route("/rpc", sub)`, { "b.ts": `import { Hono } from "hono"; export const sub = new Hono().all("/x", (c) => c.text("x"));` }],
  ["Hono .basePath", `import { Hono } from "hono"; new Hono().basePath("/rpc").all("/x", h)`, `import { base } from "./b"; base.all("/x", h)`, { "b.ts": `import { Hono } from "hono"; export const base = new Hono().basePath("/rpc");` }],
  ["an Express router", `import express from "express"; const r = express.Router(); r.all("/x", h); express().use("/rpc", r)`, `import express from "express"; import { r } from "./b"; express().use("/rpc", r)`, { "b.ts": `import { Router } from "express"; export const r = Router(); r.route("/x").all((_q, s) => s.end());` }],
  ["a Fastify plugin", `import fastify from "fastify"; fastify().register(async (inner) => { inner.all("/x", h); }, { prefix: "/rpc" })`, `import fastify from "fastify"; import { plugin } from "./b"; fastify().register(plugin, { prefix: "/rpc" })`, { "b.ts": `import type { FastifyInstance } from "fastify"; export async function plugin(inner: FastifyInstance) { inner.route({ method: "GET", url: "/x", handler: async () => 1 }); }` }],
];

/** Ways that a constant comes from another module. */
const imports: readonly (readonly [form: string, main: string, files: Files])[] = [
  ["an imported constant", `import { R } from "./b"; app.all(R, h)`, { "b.ts": `export const R = "/rpc/x";` }],
  ["a namespace import", `import * as b from "./b"; app.all(b.R, h)`, { "b.ts": `export const R = "/rpc/x";` }],
  ["a re-export", `import { R } from "./b"; app.all(R, h)`, { "b.ts": `export { Q as R } from "./c";`, "c.ts": `export const Q = "/rpc/x";` }],
  ["a barrel", `import { R } from "./b"; app.all(R, h)`, { "b/index.ts": `export * from "./c"; export * from "./d";`, "b/c.ts": `export const Q = 1;`, "b/d.ts": `export const R = "/rpc/x";` }],
  ["a namespace that is exported again", `import { paths } from "./b"; app.all(paths.R, h)`, { "b.ts": `export * as paths from "./c";`, "c.ts": `export const R = "/rpc/x";` }],
  ["a default export", `import R from "./b"; app.all(R, h)`, { "b.ts": `export default "/rpc/x";` }],
  ["a default export of an object", `import paths from "./b"; app.all(paths.rpc, h)`, { "b.ts": `const paths = { rpc: "/rpc/x" }; export { paths as default };` }],
];

describe("a path is resolved", () => {
  it.each([...paths, ...prefixes])("through %s", (_, own, across, files) => {
    expect(mounted(own), "in one file").toEqual(["/rpc/x"]);
    expect(mounted(across, files), "across files").toEqual(["/rpc/x"]);
  });
  it.each(imports)("through %s", (_, main, files) => {
    expect(mounted(main, files)).toEqual(["/rpc/x"]);
  });
});

describe("every branch counts", () => {
  it.each([
    ["a ternary", `app.all(process.env.A ? "/rpc" : "/api/orpc", h)`, {}],
    ["a ternary elsewhere", `import { at } from "./b"; app.all(at, h)`, { "b.ts": `export const at = process.env.A ? "/rpc" : "/api/orpc";` }],
    ["a function with two returns", `function at() { if (process.env.A) return "/rpc"; return "/api/orpc"; } app.all(at(), h)`, {}],
    ["a let that is set", `let at = "/rpc"; if (process.env.A) at = "/api/orpc"; app.all(at, h)`, {}],
  ])("of %s", (_, code, files) => {
    expect(mounted(code, files).toSorted()).toEqual(["/api/orpc", "/rpc"]);
  });
});

describe("what cannot be proven is never called fine", () => {
  it.each([
    ["the environment", `app.all(process.env.AT, h)`, ["?"]],
    ["the environment behind a known prefix", "app.all(`/rpc/${process.env.AT}`, h)", ["?"]],
    ["the environment or a constant", `app.all(process.env.AT ?? "/rpc", h)`, ["/rpc", "?"]],
    ["a package", `import { at } from "some-package"; app.all(at, h)`, ["?"]],
    ["what is read from a file", `import { readFileSync } from "node:fs"; app.all(readFileSync("at", "utf8"), h)`, ["?"]],
    ["the time", "app.all(`/rpc/${Date.now()}`, h)", ["?"]],
    ["a parameter that nobody gives", `export function mount(to: AnyElysia, at: string) { to.all(at, h); }`, ["?"]],
    ["an element at an unknown index", `const l = ["/a", "/b"]; app.all(l[Number(process.env.I)], h)`, ["/a", "/b", "?"]],
    ["a prefix", `new Elysia({ prefix: process.env.AT }).all("/x", h)`, ["?"]],
    ["what a list may have been given", `const l: string[] = []; l.push(String(process.env.AT)); for (const at of l) app.all(at, h)`, ["?"]],
  ])("%s", (_, code, expected) => {
    const found = mounted(code);
    expect(found.includes("?"), found.join(" ")).toBe(true);
    expect(expected.filter((path) => path !== "?").every((path) => found.includes(path))).toBe(true);
  });
});
