import { describe, expect, it } from "vitest";
import { judged, ORPC, RAWR, type Case } from "./headquarters.js";

const MANIFEST = "apps/hq/rawr.hq.ts";
const WORKER = "apps/server/src/worker.ts";

/** Puts a line on top of a module. */
function top(line: string): (text: string) => string {
  return (text) => `${line}\n${text}`;
}

/** Puts a line at the end of a module. */
function end(line: string): (text: string) => string {
  return (text) => `${text}\n${line}`;
}

/** Puts a statement before what the manifest's factory returns. */
function ret(line: string): (text: string) => string {
  return (text) => text.replace("  return {\n", `  ${line}\n  return {\n`);
}

/** A module of the host that makes a router of its own. */
const own = { "apps/server/src/own.ts": 'import { os } from "@orpc/server";\nexport const router = { ping: os.handler(() => 1) };' };

const breaches: readonly Case[] = [
  ["new", ["no-impure-manifest"], { [MANIFEST]: ret("const m = new Map();") }],
  ["env", ["no-impure-manifest"], { [MANIFEST]: ret('const on = process.env.X === "1";') }],
  ["env destructured", ["no-impure-manifest"], { [MANIFEST]: end("const { env } = process;\nexport const e = env.X;") }],
  ["import.meta.env", ["no-impure-manifest"], { [MANIFEST]: ret("const on = import.meta.env.X;") }],
  ["globalThis.process", ["no-impure-manifest"], { [MANIFEST]: ret("const on = globalThis.process.env.X;") }],
  ["node:process import", ["no-impure-manifest"], { [MANIFEST]: (t) => top('import process from "node:process";')(ret("const on = process.env.X;")(t)) }],
  ["fs", ["no-impure-manifest"], { [MANIFEST]: (t) => top('import { readFileSync } from "node:fs";')(ret('const c = readFileSync("x", "utf8");')(t)) }],
  ["implement", ["no-impure-manifest"], { [MANIFEST]: (t) => top('import { implement } from "@orpc/server";')(ret("const os = implement({});")(t)) }],
  ["createClient", ["no-impure-manifest"], { [MANIFEST]: (t) => top('import { createORPCClient } from "@orpc/client";')(ret("const os = createORPCClient({} as any);")(t)) }],
  ["let state", ["no-impure-manifest"], { [MANIFEST]: end("let calls = 0;\nexport const count = () => ++calls;") }],
  ["const mutable cache", ["no-impure-manifest"], { [MANIFEST]: end("const cache: Record<string, unknown> = {};\nexport const put = (k: string, v: unknown) => { cache[k] = v; };") }],
  ["const array push", ["no-impure-manifest"], { [MANIFEST]: end("const seen: string[] = [];\nexport const put = (k: string) => seen.push(k);") }],
  ["top-level await", ["no-impure-manifest"], { [MANIFEST]: end("export const x = await Promise.resolve(1);") }],
  ["fetch", ["no-impure-manifest"], { [MANIFEST]: ret('const x = fetch("https://x");') }],
  ["console.log", ["no-impure-manifest"], { [MANIFEST]: ret('console.log("building");') }],
  ["Date.now", ["no-impure-manifest"], { [MANIFEST]: ret("const now = Date.now();") }],
  ["Math.random", ["no-impure-manifest"], { [MANIFEST]: ret("const id = Math.random();") }],
  ["setTimeout", ["no-impure-manifest"], { [MANIFEST]: end("setTimeout(() => undefined, 10);") }],
  ["mount elysia", ["no-impure-manifest"], { [MANIFEST]: (t) => top('import { Elysia } from "elysia";')(end('export const app = new Elysia().get("/x", () => 1);')(t)) }],
  ["helper module impure", ["no-impure-manifest"], { "apps/hq/parts.ts": "export const flag = process.env.FLAG;", [MANIFEST]: (t) => top('import { flag } from "./parts";')(end("export const f = flag;")(t)) }],
  ["type helpers", ["no-host-import-in-manifest"], { [MANIFEST]: (t) => top('import type { Roles } from "@rawr/server";')(t) + "\nexport type R = Roles;" }],
  ["own router rpc", ["no-local-composition"], { ...own, [ORPC]: (t) => top('import { router } from "./own";')(t.replace("new RPCHandler(internal)", "new RPCHandler(router)")) }],
  ["merged own", ["no-local-composition"], { ...own, [ORPC]: (t) => top('import { router } from "./own";')(t.replace("new RPCHandler(internal)", "new RPCHandler({ ...internal, ...router })")) }],
  ["fallback", ["no-local-composition"], { ...own, [ORPC]: (t) => top('import { router } from "./own";')(t.replace("new RPCHandler(internal)", "new RPCHandler(api ? internal : router)")) }],
  ["plugin direct", ["no-local-composition"], { [ORPC]: (t) => top('import { declareCatalogApi } from "@rawr/plugin-catalog-api";')(t.replace("new RPCHandler(internal)", "new RPCHandler(declareCatalogApi().internal)")) }],
  ["own function served", ["no-local-composition"], { [WORKER]: (t) => t.replace("return { client, functions };", 'functions.push(client.createFunction({ id: "own", triggers: { cron: "* * * * *" } }, async () => 1));\n  return { client, functions };') }],
  ["own functions only", ["no-local-composition"], { [RAWR]: (t) => t.replace("serve({ client, functions })", 'serve({ client, functions: [client.createFunction({ id: "own", triggers: { cron: "* * * * *" } }, async () => 1)] })') }],
  ["host imports manifest", ["no-second-authority"], { "apps/server/src/m.ts": 'import { createRawrHqManifest } from "../../hq/rawr.hq";\nexport const m = createRawrHqManifest();' }],
  ["second entry", ["no-second-authority"], { "apps/hq/other.ts": 'import { createRawrHqManifest } from "./rawr.hq";\nexport const m = createRawrHqManifest();' }],
  ["aggregate", ["no-second-authority"], { "apps/server/src/agg.ts": 'import { declareCatalogApi } from "@rawr/plugin-catalog-api";\nimport { declareRestock } from "@rawr/plugin-restock";\nexport const all = { catalog: declareCatalogApi(), restock: declareRestock() };' }],
  ["api added", ["no-unregistered-plugin"], { "plugins/server/api/bills/package.json": JSON.stringify({ name: "@rawr/plugin-bills", exports: { ".": "./src/index.ts" }, rawr: { kind: "api", capability: "bills" } }), "plugins/server/api/bills/src/index.ts": "export const declareBills = () => ({ internal: {}, published: {} });" }],
  ["package-less workflow added", ["no-unregistered-plugin"], { "plugins/async/workflows/mail/project.json": JSON.stringify({ name: "mail" }), "plugins/async/workflows/mail/src/index.ts": "export const declareMail = () => ({ functions: () => [] });" }],
  ["manifest imports host", ["no-host-import-in-manifest"], { [MANIFEST]: (t) => top('import { createHost } from "@rawr/server";')(t) + "\nexport const h = createHost;" }],
];

const harmless: readonly Case[] = [
  ["nothing at all", [], {}],
  ["freeze", [], { [MANIFEST]: (t) => t.replace("return {\n", "return Object.freeze({\n").replace("} as const;", "} as const);") }],
  ["const literals", [], { [MANIFEST]: (t) => end('const ID = "rawr-hq";')(t.replace('id: "rawr-hq"', "id: ID")) }],
  ["spread", [], { [MANIFEST]: (t) => t.replace("api: { catalog: declareCatalogApi() }", "api: { ...apis() }") + "\nfunction apis() { return { catalog: declareCatalogApi() }; }" }],
  ["satisfies", [], { [MANIFEST]: (t) => t.replace("} as const;", "} as const satisfies { id: string };") }],
  ["split", [], { "apps/hq/apis.ts": 'import { declareCatalogApi } from "@rawr/plugin-catalog-api";\nexport const apis = () => ({ catalog: declareCatalogApi() });', [MANIFEST]: (t) => top('import { apis } from "./apis";')(t.replace('import { declareCatalogApi } from "@rawr/plugin-catalog-api";\n', "").replace("api: { catalog: declareCatalogApi() }", "api: apis()")) }],
  ["arrow manifest", [], { [MANIFEST]: (t) => t.replace("export function createRawrHqManifest() {\n  return {", "export const createRawrHqManifest = () => {\n  return {") }],
  ["options param", [], { [MANIFEST]: (t) => t.replace("createRawrHqManifest() {", "createRawrHqManifest(options: { readonly nightly?: boolean } = {}) {").replace("{ nightly: declareNightly() }", "options.nightly === false ? {} : { nightly: declareNightly() }") }],
  ["merging os.router", [], { [ORPC]: (t) => top('import { os } from "@orpc/server";')(t.replace("new RPCHandler(internal)", "new RPCHandler(os.router(internal as any))")) }],
  ["implement contract in host from declaration", [], { [ORPC]: (t) => top('import { implement } from "@orpc/server";')(t.replace("new RPCHandler(internal)", "new RPCHandler(Object.fromEntries(Object.entries(api).map(([name, d]) => [name, implement(d.contract).router(d.internal)])))")) }],
  ["loop accumulate", [], { [ORPC]: (t) => t.replace(/const internal = .*\n/, "const internal: Record<string, unknown> = {};\n  for (const name of Object.keys(api)) internal[name] = api[name]!.internal;\n") }],
  ["reduce", [], { [ORPC]: (t) => t.replace(/const internal = .*\n/, "const internal = Object.entries(api).reduce((all, [name, d]) => ({ ...all, [name]: d.internal }), {});\n") }],
  ["entry test", [], { "apps/hq/test/m.test.ts": 'import { createRawrHqManifest } from "../rawr.hq";\nexport const m = createRawrHqManifest();' }],
  ["type in host", [], { "apps/server/src/m.ts": 'import type { RawrHqManifest } from "../../hq/rawr.hq";\nexport type M = RawrHqManifest;' }],
  ["package-less registered", [], { "plugins/async/workflows/mail/project.json": JSON.stringify({ name: "mail" }), "plugins/async/workflows/mail/src/index.ts": "export const declareMail = () => ({ triggers: {}, functions: () => [] });", [MANIFEST]: (t) => top('import { declareMail } from "../../plugins/async/workflows/mail/src/index";')(t.replace("restock: declareRestock()", "restock: declareRestock(), mail: declareMail()")) }],
];

describe("a headquarters whose manifest only declares", () => {
  it.each(breaches)("drifts by: %s", (_, rules, edits) => {
    expect(judged(edits, "hq-shell")).toEqual(rules);
  });
  it.each(harmless)("does not drift by: %s", (_, rules, edits) => {
    expect(judged(edits, "hq-shell")).toEqual(rules);
  });
});
