import { describe, expect, it } from "vitest";
import { edit, judged, MANIFEST, ORPC, PORTS, RAWR, type Case } from "./headquarters.js";

const OWN = `import { os } from "@orpc/server";\nexport const router = { ping: os.handler(() => "pong") };\n`;
/** A module of the host that makes a router of its own. */
const own = { "apps/server/src/own.ts": OWN };

const TRIGGERS = "new OpenAPIHandler<HqContext>(workflows.triggerRouter)";

/** What answers on `/api/workflows` is given another router; `head` goes to the top of the module, `tail` to its end. */
function triggers(router: string, head = "", tail = ""): (text: string) => string {
  const put = edit([TRIGGERS, `new OpenAPIHandler<HqContext>(${router})`]);
  return (text) => `${head}\n${put(text)}\n${tail}`;
}

const breaches: readonly Case[] = [
  ["own router, namespace import, comma", ["no-local-composition"], { ...own, [RAWR]: triggers("(workflows.triggerRouter, own.router)", 'import * as own from "./own";') }],
  ["own router through class static", ["no-local-composition"], { [RAWR]: triggers("Routers.main", 'import { os } from "@orpc/server";\nclass Routers { static main = { ping: os.handler(() => "p") }; }') }],
  ["own router through Map", ["no-local-composition"], { ...own, [RAWR]: triggers('table.get("x")!', 'import { router } from "./own";\nconst table = new Map([["x", router]]);') }],
  ["own router by ternary env", ["no-local-composition"], { ...own, [RAWR]: triggers('process.env.OWN ? router : workflows.triggerRouter', 'import { router } from "./own";') }],
  ["own router through dynamic import", ["no-local-composition"], { ...own, [RAWR]: (t) => t.replace("export function registerRawrRoutes", "export async function registerRawrRoutes").replace("new OpenAPIHandler<HqContext>(workflows.triggerRouter)", 'new OpenAPIHandler<HqContext>((await import("./own")).router)') }],
  ["own router through re-export barrel", ["no-local-composition"], { ...own, "apps/server/src/barrel.ts": 'export * from "./own";', [RAWR]: triggers("router", 'import { router } from "./barrel";') }],
  ["own router spread over manifest", ["no-local-composition"], { ...own, [RAWR]: triggers("{ ...workflows.triggerRouter, ...router }", 'import { router } from "./own";') }],
  ["own procedure merged", ["no-local-composition"], { [RAWR]: triggers('{ ...workflows.triggerRouter, extra: os.handler(() => 1) }', 'import { os } from "@orpc/server";') }],
  ["Object.assign own", ["no-local-composition"], { ...own, [RAWR]: triggers('Object.assign({}, workflows.triggerRouter, router)', 'import { router } from "./own";') }],
  ["factory default param", ["no-local-composition"], { ...own, [RAWR]: (t) => 'import { router } from "./own";\n' + t.replace("{ ports, signingKey }: HostOptions): void {", "{ ports, signingKey }: HostOptions, triggersRouter = router): void {").replace("(workflows.triggerRouter)", "(triggersRouter)") }],
  ["option with ?? own", ["no-local-composition"], { ...own, "apps/server/src/ports.ts": edit(["readonly webPluginsFolder: string;", "readonly webPluginsFolder: string;\n  readonly triggerRouter?: unknown;"]), [RAWR]: (t) => 'import { router } from "./own";\n' + t.replace("{ ports, signingKey }: HostOptions): void {", "{ ports, signingKey, triggerRouter }: HostOptions): void {").replace("(workflows.triggerRouter)", "(triggerRouter ?? router)") }],
  ["option with ||= own", ["no-local-composition"], { ...own, "apps/server/src/ports.ts": edit(["readonly webPluginsFolder: string;", "readonly webPluginsFolder: string;\n  readonly triggerRouter?: unknown;"]), [RAWR]: (t) => 'import { router } from "./own";\n' + t.replace("{ ports, signingKey }: HostOptions): void {", "{ ports, signingKey, triggerRouter }: HostOptions): void {\n  triggerRouter ||= router;").replace("(workflows.triggerRouter)", "(triggerRouter)") }],
  ["reassigned let", ["no-local-composition"], { ...own, [RAWR]: (t) => 'import { router } from "./own";\n' + t.replace("const triggers = new", "let r: any = workflows.triggerRouter;\n  if (process.env.X) r = router;\n  const triggers = new").replace("(workflows.triggerRouter)", "(r)") }],
  ["host imports plugin and mounts its router", ["no-local-composition"], { [RAWR]: triggers("coordinationTriggers", 'import { coordinationTriggers } from "@rawr/plugin-workflows-coordination";') }],
  ["host imports api plugin, aggregate of two", ["no-local-composition", "no-second-authority"], { [ORPC]: (t) => 'import { coordinationApi } from "@rawr/plugin-api-coordination";\nimport { stateApi } from "@rawr/plugin-api-state";\n' + t.replace("new RPCHandler<HqContext>(router)", "new RPCHandler<HqContext>({ coordination: coordinationApi.internal, state: stateApi.internal })") }],
  ["implement in host aliased", ["no-local-composition"], { "apps/server/src/impl.ts": 'import * as server from "@orpc/server";\nconst { implement: impl } = server;\nexport const make = (c: any) => impl(c);\n' }],
  ["implement in host via require", ["no-local-composition"], { "apps/server/src/impl.ts": 'const server = require("@orpc/server");\nexport const make = (c: any) => server.implement(c);\n' }],
  ["implement via dynamic import", ["no-local-composition"], { "apps/server/src/impl.ts": 'export async function make(c: any) { const { implement } = await import("@orpc/server"); return implement(c); }\n' }],
  ["implement passed by reference", ["no-local-composition"], { "apps/server/src/impl.ts": 'import { implement } from "@orpc/server";\nexport const all = [{}].map(implement as any);\n' }],
  ["implement re-exported by host helper", ["no-local-composition"], { "apps/server/src/lib.ts": 'export { implement as build } from "@orpc/server";', "apps/server/src/impl.ts": 'import { build } from "./lib";\nexport const make = (c: any) => build(c);\n' }],
  ["implement through package wrapper", ["no-local-composition"], { "packages/orpc-standards/src/index.ts": (t) => t + '\nexport { implement } from "@orpc/server";\n', "apps/server/src/impl.ts": 'import { implement } from "@rawr/orpc-standards";\nexport const make = (c: any) => implement(c);\n' }],
  ["seam factory called in host", ["no-local-composition"], { [RAWR]: (t) => 'import { createDurableClient } from "@rawr/coordination-inngest";\n' + t + "\nexport const mine = createDurableClient();" }],
  ["seam factory aliased ns", ["no-local-composition"], { [RAWR]: (t) => 'import * as d from "@rawr/coordination-inngest";\n' + t + "\nconst make = d.createDurableClient;\nexport const mine = make();" }],
  ["seam factory via call/apply", ["no-local-composition"], { [RAWR]: (t) => 'import { createDurableClient } from "@rawr/coordination-inngest";\n' + t + "\nexport const mine = createDurableClient.call(undefined);" }],
  ["seam factory via Reflect.apply", ["no-local-composition"], { [RAWR]: (t) => 'import { createDurableClient } from "@rawr/coordination-inngest";\n' + t + "\nexport const mine = Reflect.apply(createDurableClient, undefined, []);" }],
  ["seam factory via bind", ["no-local-composition"], { [RAWR]: (t) => 'import { createDurableClient } from "@rawr/coordination-inngest";\n' + t + "\nconst b = createDurableClient.bind(null);\nexport const mine = b();" }],
  ["seam factory passed to helper", ["no-local-composition"], { [RAWR]: (t) => 'import { createDurableClient } from "@rawr/coordination-inngest";\n' + t + "\nconst lazy = <T>(make: () => T) => make();\nexport const mine = lazy(createDurableClient);" }],
  ["seam factory inside table", ["no-local-composition"], { [RAWR]: (t) => 'import { createDurableClient } from "@rawr/coordination-inngest";\n' + t + "\nconst makers = { client: createDurableClient };\nexport const mine = makers.client();" }],
  ["seam factory optional call", ["no-local-composition"], { [RAWR]: (t) => 'import { createDurableClient } from "@rawr/coordination-inngest";\n' + t + "\nexport const mine = createDurableClient?.();" }],
  ["serve own functions", ["no-local-composition"], { [RAWR]: (t) => 'import { Inngest } from "inngest";\nimport { serve } from "inngest/bun";\n' + t.replace("inngest.createHandler(bundle)", 'serve({ client: bundle.client, functions: [bundle.client.createFunction({ id: "x", triggers: { cron: "* * * * *" } }, async () => 1)] })') }],
  ["serve: functions via shorthand options", ["no-local-composition"], { [RAWR]: (t) => 'import { serve } from "inngest/bun";\n' + t.replace("const handleIngress = inngest.createHandler(bundle)", 'const functions = [bundle.client.createFunction({ id: "x", triggers: { cron: "* * * * *" } }, async () => 1)];\n  const options = { client: bundle.client, functions };\n  const handleIngress = serve(options)') }],
  ["sham: void reads own everywhere", ["no-local-composition"], { ...own, [RAWR]: (t) => 'import { router } from "./own";\n' + t.replace("(workflows.triggerRouter)", "(router)").replace("const triggers", "void workflows.triggerRouter;\n  const triggers") }],
  ["getter returning own", ["no-local-composition"], { ...own, [RAWR]: triggers("source.router", 'import { router } from "./own";\nconst source = { get router() { return router; } };') }],
  ["Proxy? function wrapper own", ["no-local-composition"], { ...own, [RAWR]: triggers("wrap(() => router)", 'import { router } from "./own";\nconst wrap = <T>(f: () => T) => f();') }],
  ["async helper own", ["no-local-composition"], { ...own, "apps/server/src/load.ts": 'import { router } from "./own";\nexport async function load() { return router; }', [RAWR]: (t) => 'import { load } from "./load";\n' + t.replace("export function registerRawrRoutes", "export async function registerRawrRoutes").replace("(workflows.triggerRouter)", "(await load())") }],
  ["try/catch fallback own", ["no-local-composition"], { ...own, [RAWR]: (t) => 'import { router } from "./own";\nfunction pick(m: any) { try { return m.workflows.triggerRouter; } catch { return router; } }\n' + t.replace("(workflows.triggerRouter)", "(pick(rawrHqManifest))") }],
  ["switch fallback own", ["no-local-composition"], { ...own, [RAWR]: (t) => 'import { router } from "./own";\nfunction pick(m: any) { switch (process.env.MODE) { case "x": return m.workflows.triggerRouter; default: return router; } }\n' + t.replace("(workflows.triggerRouter)", "(pick(rawrHqManifest))") }],
  ["testing seam as default", ["no-local-composition"], { [RAWR]: (t) => t.replace("(workflows.triggerRouter)", "((workflows as any).testing?.router ?? workflows.triggerRouter)") , [MANIFEST]: edit(["triggerRouter: {", "testing: { router: { coordination: coordinationTriggers } },\n    triggerRouter: {"]) }],
  ["array of routers find", ["no-local-composition"], { ...own, [RAWR]: triggers('[router].find(Boolean)!', 'import { router } from "./own";') }],
  ["module mutable holder set", ["no-local-composition"], { ...own, "apps/server/src/holder.ts": "export const holder: { router?: any } = {};", [RAWR]: (t) => 'import { router } from "./own";\nimport { holder } from "./holder";\nholder.router = router;\n' + t.replace("(workflows.triggerRouter)", "(holder.router)") }],
  ["Handler subclass", ["no-local-composition"], { ...own, [RAWR]: (t) => 'import { router } from "./own";\nclass My extends OpenAPIHandler<any> { constructor() { super(router); } }\n' + t.replace("new OpenAPIHandler<HqContext>(workflows.triggerRouter)", "new My()") }],
  ["Handler via alias const", ["no-local-composition"], { ...own, [RAWR]: (t) => 'import { router } from "./own";\nconst H = OpenAPIHandler;\n' + t.replace("new OpenAPIHandler<HqContext>(workflows.triggerRouter)", "new H(router)") }],
  ["Reflect.construct handler", ["no-local-composition"], { ...own, [RAWR]: (t) => 'import { router } from "./own";\n' + t.replace("new OpenAPIHandler<HqContext>(workflows.triggerRouter)", "Reflect.construct(OpenAPIHandler, [router])") }],
  ["handler factory in package", ["no-local-composition"], { ...own, "packages/orpc-standards/src/index.ts": (t) => 'import { OpenAPIHandler } from "@orpc/openapi/fetch";\n' + t + "\nexport const handlerFor = (r: any) => new OpenAPIHandler(r);\n", [RAWR]: (t) => 'import { router } from "./own";\nimport { handlerFor } from "@rawr/orpc-standards";\n' + t.replace("new OpenAPIHandler<HqContext>(workflows.triggerRouter)", "handlerFor(router)") }],
  ["own router in package mounted", ["no-local-composition"], { "packages/state/src/router.ts": OWN, "packages/state/src/index.ts": (t) => t + '\nexport { router } from "./router";', [RAWR]: triggers("router", 'import { router } from "@rawr/state";') }],
  ["node handler of orpc", ["no-local-composition"], { ...own, "apps/server/src/node.ts": 'import { RPCHandler } from "@orpc/server/node";\nimport { router } from "./own";\nexport const h = new RPCHandler(router);' }],
];

const harmless: readonly Case[] = [
  ["clean", [], {}],
  ["createRouterClient of own", [], { ...own, "apps/server/src/node.ts": 'import { createRouterClient } from "@orpc/server";\nimport { router } from "./own";\nexport const h = createRouterClient(router);' }],
  ["alias manifest", [], { [RAWR]: (t) => t.replace('import { rawrHqManifest }', 'import { rawrHqManifest as hq }').replace("= rawrHqManifest;", "= hq;") }],
  ["namespace manifest", [], { [RAWR]: (t) => t.replace('import { rawrHqManifest }', 'import * as m').replace("= rawrHqManifest;", "= m.rawrHqManifest;") }],
  ["renamed destructuring nested", [], { [RAWR]: (t) => t.replace("const { inngest, orpc, workflows } = rawrHqManifest;", "const { inngest, orpc, workflows, workflows: { triggerRouter: tr } } = rawrHqManifest;").replace("(workflows.triggerRouter)", "(tr)") }],
  ["typed options and two helpers", [], { [RAWR]: (t) => t.replace(`const triggers = ${TRIGGERS}`, `const triggers = build({ router: workflows.triggerRouter })`) + "\ninterface Opts { readonly router: any }\nfunction build(o: Opts) { return inner(o); }\nfunction inner({ router }: Opts) { return new OpenAPIHandler<HqContext>(router); }\n" }],
  ["logging wrapper in package", [], { "packages/telemetry/src/index.ts": (t) => t + "\nexport function withLogging<T extends object>(router: T): T { return new Proxy(router, { get(o, k) { console.log(k); return (o as any)[k]; } }); }\n", [RAWR]: triggers("withLogging(workflows.triggerRouter)", 'import { withLogging } from "@rawr/telemetry";') }],
  ["class field", [], { [RAWR]: triggers("new Host(workflows.triggerRouter).router", "", "class Host { readonly router; constructor(router: any) { this.router = router; } }") }],
  ["class param property + method", [], { [RAWR]: triggers("new Host(workflows).get()", "", "class Host { constructor(private readonly w: any) {} get() { return this.w.triggerRouter; } }") }],
  ["private field", [], { [RAWR]: triggers("new Host(workflows).get()", "", "class Host { #w; constructor(w: any) { this.#w = w; } get() { return this.#w.triggerRouter; } }") }],
  ["async helper", [], { [RAWR]: (t) => t.replace("export function registerRawrRoutes", "export async function registerRawrRoutes").replace("(workflows.triggerRouter)", "(await load())") + "\nasync function load() { return rawrHqManifest.workflows.triggerRouter; }" }],
  ["dynamic import of manifest", [], { [RAWR]: (t) => t.replace("export function registerRawrRoutes", "export async function registerRawrRoutes").replace("= rawrHqManifest;", '= (await import("../../../rawr.hq")).rawrHqManifest;').replace('import { rawrHqManifest } from "../../../rawr.hq";\n', "") }],
  ["re-export module in host", [], { "apps/server/src/manifest.ts": 'export { rawrHqManifest as manifest } from "../../../rawr.hq";', [RAWR]: (t) => t.replace('import { rawrHqManifest } from "../../../rawr.hq"', 'import { manifest as rawrHqManifest } from "./manifest"') }],
  ["spread copy", [], { [RAWR]: triggers("{ ...workflows.triggerRouter }") }],
  ["Object.freeze", [], { [RAWR]: triggers("Object.freeze(workflows.triggerRouter)") }],
  ["structuredClone / entries map", [], { [RAWR]: triggers("Object.fromEntries(Object.entries(workflows.triggerRouter).map(([k, v]) => [k, v]))") }],
  ["lazy memo", [], { [RAWR]: triggers("lazy()", "let cached: any;\nfunction lazy() { return (cached ??= rawrHqManifest.workflows.triggerRouter); }") }],
  ["memo if undefined", [], { [RAWR]: triggers("lazy()", "let cached: any;\nfunction lazy() { if (!cached) cached = rawrHqManifest.workflows.triggerRouter; return cached; }") }],
  ["Map holder of manifest", [], { [RAWR]: triggers('table.get("t")!', "const table = new Map<string, any>();\ntable.set('t', rawrHqManifest.workflows.triggerRouter);") }],
  ["option with ?? seam", [], { [PORTS]: edit(["readonly webPluginsFolder: string;", "readonly webPluginsFolder: string;\n  readonly triggerRouter?: unknown;"]), [RAWR]: (t) => t.replace("{ ports, signingKey }: HostOptions): void {", "{ ports, signingKey, triggerRouter }: HostOptions): void {").replace("(workflows.triggerRouter)", "(triggerRouter ?? workflows.triggerRouter)") }],
  ["pass router via context of elysia plugin", [], { [RAWR]: triggers('mountAll(workflows).triggers', "", "const mountAll = (w: any) => ({ triggers: w.triggerRouter, caps: w.capabilities });") }],
  ["generic pick by key", [], { [RAWR]: triggers('pick(workflows, "triggerRouter")', "", "function pick<TRIGGERS, K extends keyof T>(o: TRIGGERS, k: K): T[K] { return o[k]; }") }],
  ["computed constant key", [], { [RAWR]: triggers('workflows[KEY]', 'const KEY = "triggerRouter" as const;') }],
  ["lodash get external", [], { [RAWR]: triggers('get(rawrHqManifest, "workflows.triggerRouter")', 'import get from "lodash/get";') }],
  ["router.use middleware wrapper of orpc", [], { [RAWR]: triggers('os.use(mw).router(workflows.triggerRouter)', 'import { os } from "@orpc/server";\nconst mw: any = ({ next }: any) => next();') }],
  ["os.prefix router of manifest", [], { [RAWR]: triggers('os.prefix("/x").router(workflows.triggerRouter as any)', 'import { os } from "@orpc/server";') }],
  ["splits host in two with callback", [], { "apps/server/src/triggers.ts": 'import { OpenAPIHandler } from "@orpc/openapi/fetch";\nexport const triggerHandler = (router: any) => new OpenAPIHandler<any>(router);', [RAWR]: (t) => 'import { triggerHandler } from "./triggers";\n' + t.replace(TRIGGERS, "triggerHandler(workflows.triggerRouter)") }],
  ["dependency-injected host options given from index", [], { [PORTS]: edit(["readonly webPluginsFolder: string;", "readonly webPluginsFolder: string;\n  readonly manifest: any;"]), "apps/server/src/index.ts": (t) => 'import { rawrHqManifest } from "../../../rawr.hq";\n' + t.replace("signingKey: config.signingKey,", "signingKey: config.signingKey,\n  manifest: rawrHqManifest,"), [RAWR]: (t) => t.replace('import { rawrHqManifest } from "../../../rawr.hq";\n', "").replace("{ ports, signingKey }: HostOptions): void {", "{ ports, signingKey, manifest }: HostOptions): void {").replace("= rawrHqManifest;", "= manifest;") }],
  ["loop over handlers table", [], { [RAWR]: (t) => t.replace(`const triggers = ${TRIGGERS}`, `const [triggers] = [workflows.triggerRouter].map((r) => new OpenAPIHandler<HqContext>(r)) as any`) }],
  ["test helper calls implement", [], { "apps/server/test/impl.ts": 'import { implement } from "@orpc/server";\nexport const make = (c: any) => implement(c);' }],
  ["host imports plugin type only", [], { [RAWR]: (t) => 'import type { CoordinationTriggerContext } from "@rawr/plugin-workflows-coordination";\n' + t + "\nexport type X = CoordinationTriggerContext;" }],
  ["host own health router with Elysia", [], { "apps/server/src/health.ts": 'import { Elysia } from "elysia";\nexport const health = new Elysia().get("/health", () => "ok");' }],
  ["local function called implement", [], { "apps/server/src/x.ts": 'function implement(x: number) { return x; }\nexport const y = implement(1);' }],
  ["RPCLink / client in host of published", [], { "apps/server/src/x.ts": 'import { createORPCClient } from "@orpc/client";\nexport const y = (link: any) => createORPCClient(link);' }],
  ["log seam names beside use", [], { [RAWR]: (t) => t.replace("const triggers =", "console.log(Object.keys(workflows.triggerRouter));\n  const triggers =") }],
  ["host counts capabilities", [], { "apps/server/src/count.ts": 'import { rawrHqManifest } from "../../../rawr.hq";\nexport const count = () => Object.keys(rawrHqManifest.workflows.capabilities).length;' }],
  ["factory name reused locally", [], { "apps/server/src/x.ts": 'function createDurableClient() { return 1; }\nexport const y = createDurableClient();' }],
  ["seam createBundle called in host (manifest's seam)", [], {}],
  ["app context: manifest in WeakMap", [], { [RAWR]: triggers('store.get(rawrHqManifest)', "const store = new WeakMap<object, any>([[rawrHqManifest, rawrHqManifest.workflows.triggerRouter]]);") }],
  ["currying", [], { [RAWR]: triggers('serveWith(workflows)("x")', "", "const serveWith = (w: any) => (_: string) => w.triggerRouter;") }],
  ["Promise.all", [], { [RAWR]: (t) => t.replace("export function registerRawrRoutes", "export async function registerRawrRoutes").replace(`const triggers = ${TRIGGERS}`, `const [tr] = await Promise.all([Promise.resolve(workflows.triggerRouter)]);\n  const triggers = new OpenAPIHandler<HqContext>(tr)`) }],
  ["then", [], { [RAWR]: (t) => t.replace("export function registerRawrRoutes", "export async function registerRawrRoutes").replace(`const triggers = ${TRIGGERS}`, `const triggers: any = await import("../../../rawr.hq").then((m) => new OpenAPIHandler<HqContext>(m.rawrHqManifest.workflows.triggerRouter))`) }],
  ["generator", [], { [RAWR]: triggers('[...routers()][0]', "", "function* routers() { yield rawrHqManifest.workflows.triggerRouter; }") }],
  ["static class block", [], { [RAWR]: triggers('Holder.r', "class Holder { static r: any; static { this.r = rawrHqManifest.workflows.triggerRouter; } }") }],
  ["module state set function", [], { "apps/server/src/state.ts": "let current: any;\nexport function setRouter(r: any) { current = r; }\nexport function getRouter() { return current; }", [RAWR]: (t) => 'import { setRouter, getRouter } from "./state";\n' + t.replace(`const triggers = ${TRIGGERS}`, `setRouter(workflows.triggerRouter);\n  const triggers = new OpenAPIHandler<HqContext>(getRouter())`) }],
  ["elysia decorate/store", [], { [RAWR]: (t) => t.replace(`const triggers = ${TRIGGERS}`, `const decorated: any = app.decorate("router", workflows.triggerRouter);\n  const triggers = new OpenAPIHandler<HqContext>(decorated.decorator.router)`) }],
  ["enum-keyed record", [], { [RAWR]: triggers('routers[Kind.T]', "enum Kind { T = 't' }\nconst routers: Record<Kind, any> = { [Kind.T]: rawrHqManifest.workflows.triggerRouter };") }],
  ["assert function", [], { [RAWR]: (t) => t.replace(`const triggers = ${TRIGGERS}`, `assertRouter(workflows.triggerRouter);\n  const triggers = ${TRIGGERS}`) + "\nfunction assertRouter(r: unknown): asserts r is object { if (typeof r !== 'object') throw new Error('no'); }" }],
  ["using withFallback error", [], { [RAWR]: triggers('workflows.triggerRouter ?? fail("no router")', "", "function fail(m: string): never { throw new Error(m); }") }],
  ["throws inline", [], { [RAWR]: triggers('pick(workflows)', "", "function pick(w: any) { if (w.triggerRouter === undefined) throw new Error('x'); return w.triggerRouter; }") }],
  ["type-only manifest import in web app", [], { "apps/web/src/t.ts": 'import type { RawrHqManifest } from "../../../rawr.hq";\nexport type X = RawrHqManifest;' }],
];

describe("what the host mounts", () => {
  it.each(breaches)("is composed past the manifest: %s", (_, rules, edits) => {
    expect(judged(edits)).toEqual(rules);
  });
  it.each(harmless)("comes from the manifest: %s", (_, rules, edits) => {
    expect(judged(edits)).toEqual(rules);
  });
});
