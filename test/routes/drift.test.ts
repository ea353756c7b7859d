import { describe, expect, it } from "vitest";
import { app, edit, gate, handler, INGRESS, ingress, judged, MANIFEST, of, RAWR, ROUTE_TESTS, rpc, tests, web, type Case } from "./headquarters.js";

/* The drift that the family was made to catch, and the edits that must never be called drift, each judged by every routes rule. */

const go = "const { response } = await rpc.handle(request, { prefix: RPC, context }); return response ?? notFound();";
const CALLER_TESTS = `import { expect, it } from "vitest"; import { CALLER_HEADER } from "@rawr/orpc-client"; import { createTestApp } from "./support";
const call = (headers: Record<string, string> = {}) => createTestApp().handle(new Request("http://localhost/rpc/coordination/list", { method: "POST", headers, body: "{}" }));
it("serves our own callers", async () => { expect((await call({ [CALLER_HEADER]: "web" })).status).toBe(200); });
it("refuses others", async () => { expect((await call()).status).toBe(403); });`;

const drift: readonly Case[] = [
  ["an ingress verifier whose result is ignored", ["no-unsigned-ingress"], handler("await isSignedByInngest(request, signingKey); return handleIngress(request);")],
  ["a second unguarded ingress mount", ["no-misplaced-mount", "no-unsigned-ingress"], ingress(`${INGRESS}\n  app.post("/api/inngest-v2", ({ request }) => handleIngress(request));`)],
  ["/rpc/workflows through a template", ["no-misplaced-mount", "no-ungated-rpc"], app("const base = '/rpc'; app.all(`${base}/workflows/*`, () => 1);")],
  ["a web plugin that mounts /api/orpc/shadow", ["no-misplaced-mount"], { "plugins/web/run-board/src/server.ts": 'import { Elysia } from "elysia"; export const app = new Elysia({ prefix: "/api/orpc" }).get("/shadow", () => 1);' }],
  ["a hoisted order of registration", ["no-mount-reorder"], { [RAWR]: edit([INGRESS, `  function mountIngress() {\n${INGRESS}\n  }`], ["  registerOrpcRoutes(app, orpc, context);", "  registerOrpcRoutes(app, orpc, context);\n  mountIngress();"]) }],
  ["negative tests commented out while their titles stay", ["no-untested-family"], tests(edit(
    ['  { title: "refuses callers without a name"', '  // { title: "refuses callers without a name"'],
    ['  { title: "refuses the world"', '  // { title: "refuses the world"'],
    ["const openapi:", 'export const suites = ["refuses callers without a name", "refuses the world", "/rpc 403"];\nconst openapi:'],
  ))],
  ["a web client that fetches workflows through a ternary constant", ["no-wrong-transport"], web('const path = location.hash ? "/api/workflows/digest/x" : "/health"; export const run = () => fetch(path);')],
  ["trigger router and router from one factory", ["no-shared-trigger-router"], { [MANIFEST]: edit(
    ["/** What this", "const makeRouter = () => ({ coordination: coordinationApi.internal });\n/** What this"],
    ["router: { coordination: coordinationApi.internal, state: stateApi.internal },", "router: makeRouter(),"],
    ["triggerRouter: { coordination: coordinationTriggers, digest: digestTriggers },", "triggerRouter: makeRouter(),"],
  ) }],
];

const harmless: readonly Case[] = [
  ["nothing at all", [], {}],
  ["aliases", [], handler("const check = isSignedByInngest; const run = handleIngress; if (!(await check(request, signingKey))) return forbidden(); return run(request);")],
  ["an import under another name", [], { [RAWR]: edit(["import { isSignedByInngest }", "import { isSignedByInngest as isGenuine }"], ["await isSignedByInngest(", "await isGenuine("]) }],
  ["destructuring", [], ingress('  const routes = { ingress: "/api/inngest" } as const; const { ingress: at } = routes;\n  app.all(at, async ({ request }) => { if (!(await isSignedByInngest(request, signingKey))) return forbidden(); return handleIngress(request); });')],
  ["a path in a constant", [], { [RAWR]: edit(['    "/api/inngest",', "    INGRESS,"], ["const WORKFLOWS =", 'const INGRESS = "/api/inngest";\nconst WORKFLOWS =']) }],
  ["single quotes", [], { [RAWR]: (text) => text.replaceAll('"', "'") }],
  ["comments that name routes", [], app('// app.all("/api/inngest") and app.get("/rpc/workflows") are none of ours\n  /** `/api/orpc/shadow` */')],
  ["the gate in a helper", [], gate(`const denial = deny(request); if (denial !== undefined) return denial; ${go}`, "const deny = (request: Request) => (isFirstParty(request) ? undefined : forbidden());")],
  ["the gate in a hook", [], rpc(`  app.guard({ beforeHandle: ({ request }) => { if (!isFirstParty(request)) return forbidden(); } }, (inner) => inner.all("/rpc", async ({ request }) => { ${go} }).all("/rpc/*", async ({ request }) => { ${go} }));`)],
  ["tests split into two files", [], { [ROUTE_TESTS]: edit([rpcSuite(), ""]), "apps/server/test/callers.test.ts": CALLER_TESTS }],
];

function rpcSuite(): string {
  return of(ROUTE_TESTS).slice(of(ROUTE_TESTS).indexOf('describe("rpc"'), of(ROUTE_TESTS).indexOf('describe("openapi"'));
}

describe("the headquarters", () => {
  it.each(drift)("drifts by %s", (_, rules, edits) => {
    expect(judged(edits)).toEqual(rules);
  });
  it.each(harmless)("does not drift by %s", (_, rules, edits) => {
    expect(judged(edits)).toEqual(rules);
  });
});
