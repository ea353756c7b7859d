import { describe, expect, it } from "vitest";
import type { Mount } from "../../src/workspace/mounts.js";
import { workspaceOf, type Files } from "./memory.js";

/** Every mount in few words: methods, paths, `…` for a subtree, `? reason` where the path is not proven. */
function mounted(text: string, files: Files = {}): readonly string[] {
  return workspaceOf({ "main.ts": text, ...files }).mounts.map(inWords);
}

function inWords({ methods, paths, subtree, blocked }: Mount): string {
  const words = [methods === "all" ? "ALL" : methods.join(","), paths.map(({ path }) => path).join("|") + (subtree ? "/…" : "")];
  return [...words, ...(blocked === undefined ? [] : [`? ${blocked.reason}`])].filter((word) => word !== "").join(" ");
}

const elysia = (code: string): string => `import { Elysia, type AnyElysia } from "elysia";\nconst h = () => "ok";\n${code}`;

describe("Elysia", () => {
  it.each([
    ["a method", `new Elysia().get("/rpc", h)`, ["GET /rpc"]],
    ["all", `const app = new Elysia(); app.all("/rpc/*", h, { parse: "none" })`, ["ALL /rpc/*"]],
    ["a chain", `new Elysia().get("/a", h).post("/b", h).all("/c", h)`, ["GET /a", "POST /b", "ALL /c"]],
    ["every method", `const a = new Elysia(); a.put("/a", h); a.patch("/a", h); a.delete("/a", h); a.options("/a", h); a.head("/a", h)`, ["PUT /a", "PATCH /a", "DELETE /a", "OPTIONS /a", "HEAD /a"]],
    ["route", `new Elysia().route("PROPFIND", "/rpc", h)`, ["PROPFIND /rpc"]],
    ["ws", `new Elysia().ws("/live", {})`, ["GET /live"]],
    ["a prefix", `new Elysia({ prefix: "/api" }).get("/orpc", h)`, ["GET /api/orpc"]],
    ["a prefix from an options object", `const o = { prefix: "/api" } as const; new Elysia(o).get("/orpc", h)`, ["GET /api/orpc"]],
    ["a group", `new Elysia().group("/api", (app) => app.get("/a", h).group("/v1", (inner) => inner.all("/b", h)))`, ["GET /api/a", "ALL /api/v1/b"]],
    ["a group with a guard", `new Elysia().group("/api", { beforeHandle: h }, (app) => app.get("/a", h))`, ["GET /api/a"]],
    ["a guard", `new Elysia().guard({ beforeHandle: h }, (app) => app.get("/a", h)).get("/b", h)`, ["GET /a", "GET /b"]],
    ["a sub-app", `const sub = new Elysia({ prefix: "/rpc" }).all("/*", h); new Elysia({ prefix: "/v1" }).use(sub)`, ["ALL /v1/rpc/*"]],
    ["a plugin function", `const plugin = (app: AnyElysia) => app.get("/p", h); new Elysia({ prefix: "/x" }).use(plugin)`, ["GET /x/p"]],
    ["a plugin that a function makes", `const plugin = (path: string) => (app: AnyElysia) => app.get(path, h); new Elysia().use(plugin("/a")).use(plugin("/b"))`, ["GET /a", "GET /b"]],
    ["a factory of sub-apps", `const sub = (prefix: string) => new Elysia({ prefix }).get("/x", h); new Elysia().use(sub("/a")).use(sub("/b"))`, ["GET /a/x", "GET /b/x"]],
    ["mount with a handler", `new Elysia().mount("/rpc", (request: Request) => fetch(request))`, ["ALL /rpc/…"]],
    ["mount with an app", `const sub = new Elysia().get("/x", h); new Elysia().mount("/rpc", sub.fetch)`, ["GET /rpc/x"]],
    ["a computed method name", `const app = new Elysia(); app["all"]("/rpc", h); const m = "get"; app[m]("/x", h)`, ["ALL /rpc", "GET /x"]],
    ["a method taken from the app", `const app = new Elysia(); const { all } = app; all("/rpc", h); const get = app.get.bind(app); get("/x", h)`, ["ALL /rpc", "GET /x"]],
    ["a method that is called for the app", `const app = new Elysia(); app.all.call(app, "/rpc", h); const { get } = app; get.call(app, "/x", h)`, ["ALL /rpc", "GET /x"]],
    ["a method that is applied to the app", `const app = new Elysia(); app.all.apply(app, ["/rpc", h]); const args = ["/x", h] as const; Reflect.apply(app.get, app, args)`, ["ALL /rpc", "GET /x"]],
    ["an alias of the app", `const app = new Elysia(); const other = app; other.all("/rpc", h)`, ["ALL /rpc"]],
    ["an app that is assigned again", `let app = new Elysia(); app = app.get("/a", h); app.get("/b", h)`, ["GET /a", "GET /b"]],
    ["an awaited app", `const make = async () => new Elysia(); const app = await make(); app.get("/a", h)`, ["GET /a"]],
    ["an app in an object", `const ctx = { app: new Elysia() }; ctx.app.all("/rpc", h)`, ["ALL /rpc"]],
    ["an app whose class mounts when it is made", `class Server { readonly app = new Elysia(); constructor() { this.app.all("/rpc", h); } } new Server()`, ["ALL /rpc"]],
    ["an app in a class", `class Server { readonly app = new Elysia(); mount() { this.app.all("/rpc", h); } } new Server().mount()`, ["ALL /rpc"]],
    ["a subclass of the app", `class App extends Elysia {} new App().all("/rpc", h)`, ["ALL /rpc"]],
    ["an import under another name", `import { Elysia as E } from "elysia"; new E().all("/rpc", h)`, ["ALL /rpc"]],
    ["a namespace import", `import * as lib from "elysia"; new lib.Elysia().all("/rpc", h)`, ["ALL /rpc"]],
    ["a conditional app", `const app = process.env.X ? new Elysia() : new Elysia({ prefix: "/v2" }); app.get("/a", h)`, ["GET /a", "GET /v2/a"]],
  ])("%s", (_, code, expected) => {
    expect(mounted(elysia(code))).toEqual(expected);
  });
});

describe("paths", () => {
  it.each([
    ["a constant", `const RPC = "/rpc"; app.all(RPC, h)`, ["ALL /rpc"]],
    ["a template", "const RPC = '/rpc'; app.all(`${RPC}/*`, h)", ["ALL /rpc/*"]],
    ["a concatenation", `app.all("/r" + "pc" + "/*", h)`, ["ALL /rpc/*"]],
    ["an enum", `enum Path { Rpc = "/rpc" } app.all(Path.Rpc, h)`, ["ALL /rpc"]],
    ["a member of an object", `const paths = { rpc: "/rpc" } as const; app.all(paths.rpc, h)`, ["ALL /rpc"]],
    ["destructuring with a default", `const { rpc = "/rpc" } = {} as { rpc?: string }; app.all(rpc, h)`, ["ALL /rpc"]],
    ["a ternary", `app.all(process.env.X ? "/rpc" : "/api/orpc", h)`, ["ALL /rpc|/api/orpc"]],
    ["string methods", `app.all("/".concat(["api", "orpc"].join("/")).slice(0), h)`, ["ALL /api/orpc"]],
    ["a helper's parameter", `const mount = (to: AnyElysia, path: string) => to.all(path, h); mount(app, "/rpc"); mount(app, "/api/orpc")`, ["ALL /rpc", "ALL /api/orpc"]],
    ["two levels of helpers", `const mount = (to: AnyElysia, path: string) => to.all(path, h); const both = (to: AnyElysia, base: string) => { mount(to, base); mount(to, base + "/*"); }; both(app, "/rpc")`, ["ALL /rpc", "ALL /rpc/*"]],
    ["a helper with options", `const mount = (to: AnyElysia, { path }: { path: string }) => to.all(path, h); mount(app, { path: "/rpc" })`, ["ALL /rpc"]],
    ["for of over an array", `for (const path of ["/rpc", "/rpc/*"]) app.all(path, h)`, ["ALL /rpc", "ALL /rpc/*"]],
    ["for of over entries", `for (const [path, handler] of Object.entries({ "/a": h, "/b": h })) app.all(path, handler)`, ["ALL /a", "ALL /b"]],
    ["forEach over rows", `[{ path: "/a" }, { path: "/b" }].forEach(({ path }) => app.all(path, h))`, ["ALL /a", "ALL /b"]],
    ["map over an array", `["/a", "/b"].map((path) => app.all(path, h))`, ["ALL /a", "ALL /b"]],
    ["reduce into the app", `["/a", "/b"].reduce((to, path) => to.all(path, h), app).get("/c", h)`, ["ALL /a", "ALL /b", "GET /c"]],
    ["a loop that counts", `const l = ["/a", "/b"]; for (let i = 0; i < l.length; i++) app.all(l[i], h); for (let j = 0; j < l.length; j += 1) { const at = l[j]; app.get(at, h); }`, ["ALL /a", "ALL /b", "GET /a", "GET /b"]],
    ["a function that calls itself with the rest", `function all(to: AnyElysia, [first, ...rest]: string[]) { if (first === undefined) return; to.all(first, h); all(to, rest); } all(app, ["/a", "/b"])`, ["ALL /a", ...Array.from({ length: 5 }, () => "ALL /a|/b|/")]],
    ["rows of which a condition leaves some out", `for (const row of [{ path: "/a" }, { note: "none" }, { path: "/b" }]) if (row.path) app.all(row.path, h)`, ["ALL /a", "ALL /b"]],
    ["a tree of routes", `interface Node { path?: string; children?: Node[] } function tree(to: AnyElysia, nodes: Node[]) { for (const node of nodes) { if (node.path) to.all(node.path, h); if (node.children) tree(to, node.children); } } tree(app, [{ path: "/a" }, { children: [{ path: "/b" }, { children: [{ path: "/c" }] }] }])`, ["ALL /a", "ALL /b", "ALL /c"]],
    ["nested loops", "for (const a of ['/x', '/y']) for (const b of ['/1', '/2']) app.all(`${a}${b}`, h)", ["ALL /x/1", "ALL /x/2", "ALL /y/1", "ALL /y/2"]],
    ["a spread argument list", `const route = ["/rpc", h] as const; app.all(...route)`, ["ALL /rpc"]],
    ["slashes", `app.get("rpc/", h); app.get("//rpc", h); app.get("", h)`, ["GET /rpc", "GET /rpc", "GET /"]],
    ["an environment variable", `app.all(process.env.AT, h)`, ["ALL ? `process.env` is known only when it runs"]],
    ["an environment variable with a default", `app.all(process.env.AT ?? "/rpc", h)`, ["ALL /rpc ? `process.env` is known only when it runs"]],
  ])("%s", (_, code, expected) => {
    expect(mounted(elysia(`const app = new Elysia();\n${code}`)).map((one) => one.replace(/\? .*$/u, "?"))).toEqual(expected.map((one) => one.replace(/\? .*$/u, "?")));
  });
});

describe("files", () => {
  it("follow an app through helpers of other files, in the order of the calls", () => {
    const text = elysia(`import { registerRpc } from "./rpc"; import register from "./ingress"; const app = new Elysia(); register(app); registerRpc(app);`);
    const files = {
      "rpc.ts": `import { RPC } from "./paths"; export function registerRpc<App extends import("elysia").AnyElysia>(app: App) { app.all(RPC, () => 1); return app; }`,
      "ingress.ts": `export default function (app: any) { app.all("/api/inngest", () => 1); }`,
      "paths.ts": `export const RPC = "/rpc";`,
    };
    expect(mounted(text, files)).toEqual(["ALL /api/inngest", "ALL /rpc"]);
  });

  it("follow sub-apps, barrels and typed parameters without callers", () => {
    const files = {
      "types.ts": `import type { Elysia } from "elysia"; export type App = Elysia<any>;`,
      "sub/index.ts": `export * from "./app"; export { default as late } from "./late";`,
      "sub/app.ts": `import { Elysia } from "elysia"; export const sub = new Elysia({ prefix: "/sub" }).get("/a", () => 1);`,
      "sub/late.ts": `import { Elysia } from "elysia"; export default new Elysia().get("/late", () => 1);`,
      "alone.ts": `import type { App } from "./types"; export function alone(app: App) { app.get("/alone", () => 1); }`,
    };
    expect(mounted(elysia(`import { sub, late } from "./sub"; new Elysia({ prefix: "/v1" }).use(sub).use(late);`), files)).toEqual(["GET /v1/sub/a", "GET /v1/late", "GET /alone"]);
  });

  it("leave tests out", () => {
    expect(mounted("", { "app.test.ts": elysia(`new Elysia().get("/rpc", h)`) })).toEqual([]);
  });
});

describe("Hono", () => {
  it.each([
    ["methods", `app.get("/a", h).post("/b", h)`, ["GET /a", "POST /b"]],
    ["on", `app.on(["GET", "POST"], ["/a", "/b"], h)`, ["GET,POST /a|/b"]],
    ["basePath", `app.basePath("/api").get("/a", h)`, ["GET /api/a"]],
    ["route", `const sub = new Hono(); sub.get("/x", h); app.route("/rpc", sub)`, ["GET /rpc/x"]],
    ["mount", `app.mount("/rpc", (request: Request) => fetch(request))`, ["ALL /rpc/…"]],
    ["a middleware that hands on", `app.use("/rpc/*", async (c, next) => { const { matched, response } = await rpc.handle(c.req.raw, { prefix: "/rpc" }); if (matched) return response; await next(); })`, ["ALL /rpc/*/…"]],
    ["a middleware that does not", `app.use("/rpc/*", async (c, next) => { await next(); })`, []],
    ["middleware before the handler", `app.get("/a", gate, h)`, ["GET /a"]],
  ])("%s", (_, code, expected) => {
    expect(mounted(`import { Hono } from "hono"; declare const h: any, gate: any, rpc: any; const app = new Hono(); ${code}`)).toEqual(expected);
  });
});

describe("Express", () => {
  it.each([
    ["methods", `app.get("/a", h); app.all("/b", gate, h)`, ["GET /a", "ALL /b"]],
    ["a list of paths", `app.all(["/a", "/b"], h)`, ["ALL /a|/b"]],
    ["a router", `const r = express.Router(); r.get("/x", h); app.use("/rpc", r)`, ["GET /rpc/x"]],
    ["a named router", `const r = Router(); r.route("/x").get(h).post(h); app.use("/rpc", r)`, ["GET /rpc/x", "POST /rpc/x"]],
    ["routers in routers", `const a = Router(); const b = Router(); b.get("/x", h); a.use("/b", b); app.use("/a", a)`, ["GET /a/b/x"]],
    ["a serve handler", `app.use("/api/inngest", serve({ client, functions: [] }))`, ["ALL /api/inngest/…"]],
    ["middleware", `app.use(express.json()); app.use("/api", cors()); app.set("x", 1); app.get("setting")`, []],
    ["a pattern", `app.get(/^\\/rpc/, h)`, ["GET ? it is no constant"]],
  ])("%s", (_, code, expected) => {
    const head = `import express, { Router } from "express"; import cors from "cors"; import { serve } from "inngest/express"; declare const h: any, gate: any, client: any; const app = express();`;
    expect(mounted(`${head} ${code}`)).toEqual(expected);
  });
});

describe("Fastify", () => {
  it.each([
    ["methods", `app.get("/a", h); app.post("/b", { preHandler: h }, h)`, ["GET /a", "POST /b"]],
    ["route", `app.route({ method: ["GET", "POST"], url: "/a", handler: h })`, ["GET,POST /a"]],
    ["register", `app.register(async (inner) => { inner.get("/x", h); }, { prefix: "/rpc" })`, ["GET /rpc/x"]],
    ["a plugin", `async function plugin(inner: FastifyInstance) { inner.all("/x", h); } app.register(plugin, { prefix: "/rpc" })`, ["ALL /rpc/x"]],
    ["plugins in plugins", `app.register(async (a) => { a.register(async (b) => { b.get("/x", h); }, { prefix: "/b" }); }, { prefix: "/a" })`, ["GET /a/b/x"]],
  ])("%s", (_, code, expected) => {
    expect(mounted(`import Fastify, { type FastifyInstance } from "fastify"; declare const h: any; const app = Fastify(); ${code}`)).toEqual(expected);
  });
});

describe("Bun.serve", () => {
  it("mounts its routes", () => {
    expect(mounted(`Bun.serve({ routes: { "/rpc/*": () => new Response(), "/x": { GET: () => new Response() } } })`)).toEqual(["ALL /rpc/*", "GET /x"]);
  });

  it("mounts what its fetch function tests the path for", () => {
    expect(mounted(`Bun.serve({ fetch(request) { const url = new URL(request.url); if (url.pathname.startsWith("/rpc")) return rpc(request); return new Response(); } })`)).toEqual(["ALL /rpc/…"]);
  });
});

describe("what is no mount", () => {
  it.each([
    ["a Map", `const m = new Map<string, () => void>(); m.get("/rpc"); m.delete("/rpc")`],
    ["search parameters", `new URLSearchParams(location.search).get("/rpc")`],
    ["a cache with a loader", `class Cache { get(key: string, load: () => string) { return load(); } } new Cache().get("/rpc", () => "x")`],
    ["a cache that another package makes", `import { createCache } from "cache"; const cache = createCache(); cache.get("/rpc", () => "x")`],
    ["axios", `import axios from "axios"; axios.get("/rpc", { headers: {} }); axios.create({ baseURL: "/x" }).post("/rpc", {})`],
    ["ky", `import ky from "ky"; ky.get("/rpc", { retry: 1 })`],
    ["a test client", `import request from "supertest"; request(app).get("/rpc").set("x", "y")`],
    ["the app's own client", `app.handle(new Request("http://x/rpc")); app.fetch(new Request("http://x/rpc"))`],
    ["a headers parameter", `export const read = (headers: Headers) => headers.get("/rpc")`],
    ["a mock of the browser", `self.caches.match("/rpc"); window.history.pushState({}, "", "/rpc")`],
    ["a vite proxy", `export default { server: { proxy: { "/rpc": "http://localhost:3000" } } }`],
  ])("%s", (_, code) => {
    expect(mounted(elysia(`const app = new Elysia();\n${code}`))).toEqual([]);
  });
});

describe("circumstances", () => {
  const only = (code: string): Mount => {
    const [mount] = workspaceOf({ "main.ts": elysia(code) }).mounts.slice(-1);
    if (mount === undefined) throw new Error("nothing is mounted");
    return mount;
  };
  const hooks = (code: string): readonly string[] => only(code).hooks.map(({ kind, certain }) => `${kind}${certain ? "" : "?"}`);

  it("knows the hooks that run before a handler, and those registered too late", () => {
    expect(hooks(`new Elysia().onBeforeHandle(h).get("/a", h)`)).toEqual(["beforeHandle"]);
    expect(hooks(`new Elysia().get("/a", h).onBeforeHandle(h)`)).toEqual([]);
    expect(hooks(`new Elysia().get("/a", h, { beforeHandle: [h, h], resolve: h })`)).toEqual(["beforeHandle", "beforeHandle", "resolve"]);
    expect(hooks(`new Elysia().guard({ beforeHandle: h }).get("/a", h)`)).toEqual(["beforeHandle"]);
    expect(hooks(`new Elysia().guard({ beforeHandle: h }, (app) => app.get("/a", h))`)).toEqual(["beforeHandle"]);
    expect(hooks(`new Elysia().guard({ beforeHandle: h }, (app) => app).get("/a", h)`)).toEqual([]);
    expect(hooks(`const auth = new Elysia().onBeforeHandle(h); new Elysia().use(auth).get("/a", h)`)).toEqual([]);
    expect(hooks(`const auth = new Elysia().onBeforeHandle({ as: "global" }, h); new Elysia().use(auth).get("/a", h)`)).toEqual(["beforeHandle"]);
    expect(hooks(`const auth = (app: AnyElysia) => app.derive(h); new Elysia().use(auth).get("/a", h)`)).toEqual(["derive"]);
    expect(hooks(`const sub = new Elysia().get("/a", h); new Elysia().onBeforeHandle(h).use(sub)`)).toEqual(["beforeHandle"]);
  });

  it("knows the patterns of Hono's middleware", () => {
    const mounts = workspaceOf({ "main.ts": `import { Hono } from "hono"; const h: any = 1; const app = new Hono(); app.use("/rpc/*", async (c, next) => next()); app.all("/rpc/x", h); app.all("/other", h);` }).mounts;
    expect(mounts.map(({ hooks: found }) => found.map(({ certain }) => certain))).toEqual([[true], []]);
  });

  it("says which call decides a path", () => {
    const mount = only(`function mount(to: AnyElysia, path: string) { to.all(path, h); }\nmount(new Elysia(), "/rpc");`);
    expect(mount.paths[0]?.parts.map(({ call }) => call.expression.span)).not.toEqual([mount.call.expression.span]);
    expect(mount.through).toHaveLength(2);
  });

  it("reads the prefix of the handler that a catch-all asks", () => {
    expect(inWords(only(`new Elysia().all("/*", ({ request }) => rpc.handle(request, { prefix: "/rpc" }))`))).toBe("ALL /rpc/…");
  });
});

describe("an app that mounts on itself", () => {
  const hono = 'import { Hono } from "hono"; export class X extends Hono ';
  it.each<[what: string, files: Files, paths: readonly string[]]>([
    [
      "in its constructor, under the prefix that it gives itself",
      { "main.ts": 'import { Elysia } from "elysia"; class X extends Elysia { constructor() { super({ prefix: "/rpc" }); this.get("/a", () => 1); } } new X();' },
      ["/rpc/a"],
    ],
    [
      "under the prefix that it is made with",
      {
        "x.ts": 'import { Elysia } from "elysia"; export class X extends Elysia { constructor(o: { prefix: string }) { super(o); this.get("/a", () => 1); } }',
        "main.ts": 'import { Elysia } from "elysia"; import { X } from "./x"; new Elysia().use(new X({ prefix: "/rpc" })).get("/z", () => 2);',
      },
      ["/rpc/a", "/z"],
    ],
    [
      "and is itself mounted",
      {
        "x.ts": `${hono}{ constructor() { super(); this.get("/a", () => 1); } }`,
        "main.ts": 'import { Hono } from "hono"; import { X } from "./x"; const app = new Hono(); app.route("/api/orpc", new X());',
      },
      ["/api/orpc/a"],
    ],
    [
      "in a method",
      {
        "x.ts": `${hono}{ routes() { this.get("/rpc/a", () => 1); return this; } }`,
        "main.ts": 'import { X } from "./x"; const app = new X(); app.routes(); app.get("/b", () => 2);',
      },
      ["/b", "/rpc/a"],
    ],
    [
      "is no class that extends something else",
      { "main.ts": 'import { Elysia } from "elysia"; class Z extends Map { constructor() { super(); this.set("/rpc/b", () => 1); } } new Z(); new Elysia().get("/ok", () => 1);' },
      ["/ok"],
    ],
  ])("%s", (_, files, paths) => {
    expect(workspaceOf(files).mounts.flatMap((mount) => mount.paths.map(({ path }) => path))).toEqual(paths);
  });
});
