import { describe, expect, it } from "vitest";
import { ABOUT_MOUNTS, ORPC, APP, GATE, edit, gate, of, rpc, judged, type Case } from "./headquarters.js";

/** Where the request is handed on. */
const go = "const { response } = await rpc.handle(request, { prefix: RPC, context }); return response ?? notFound();";

const breaches: readonly Case[] = [
  ["no gate", ["no-ungated-rpc"], gate(go)],
  ["ignored", ["no-ungated-rpc"], gate(`isFirstParty(request); ${go}`)],
  ["wrong polarity", ["no-ungated-rpc"], gate(`if (isFirstParty(request)) return forbidden(); ${go}`)],
  ["gate after", ["no-ungated-rpc"], gate(`const { response } = await rpc.handle(request, { prefix: RPC, context }); if (!isFirstParty(request)) return forbidden(); return response ?? notFound();`)],
  ["only logs", ["no-ungated-rpc"], gate(`if (!isFirstParty(request)) console.warn("external"); ${go}`)],
  ["no return", ["no-ungated-rpc"], gate(`if (!isFirstParty(request)) forbidden(); ${go}`)],
  ["denial object without return", ["no-ungated-rpc"], gate(`const denial = isFirstParty(request) ? undefined : forbidden(); ${go}`)],
  ["status 200 refusal", ["no-ungated-rpc"], gate(`if (!isFirstParty(request)) return new Response("no", { status: 200 }); ${go}`)],
  ["status 500 refusal", ["no-ungated-rpc"], gate(`if (!isFirstParty(request)) return new Response("no", { status: 500 }); ${go}`)],
  ["or true", ["no-ungated-rpc"], gate(`if (!(isFirstParty(request) || true)) return forbidden(); ${go}`)],
  ["always true gate", ["no-ungated-rpc"], gate(`if (!allow(request)) return forbidden(); ${go}`, `const allow = (_request: Request) => true;`)],
  ["cookie gate", ["no-ungated-rpc"], gate(`if (!request.headers.get("cookie")?.includes("rawr_session=")) return forbidden(); ${go}`)],
  ["cookie context", ["no-ungated-rpc"], gate(`if (!cookie.session.value) return forbidden(); ${go}`)],
  ["ua gate", ["no-ungated-rpc"], gate(`if (!/rawr-cli/.test(request.headers.get("user-agent") ?? "")) return forbidden(); ${go}`)],
  ["bearer prefix", ["no-ungated-rpc"], gate(`if (!request.headers.get("authorization")?.startsWith("Bearer ")) return forbidden(); ${go}`)],
  ["authorization present", ["no-ungated-rpc"], gate(`if (!headers.authorization) return forbidden(); ${go}`)],
  ["authorization regex", ["no-ungated-rpc"], gate(`if (!/^Bearer .+/.test(headers["authorization"] ?? "")) return forbidden(); ${go}`)],
  ["cookie helper", ["no-ungated-rpc"], gate(`if (!hasSession(request)) return forbidden(); ${go}`, `const HEADER = "Cookie"; function hasSession(request: Request) { const raw = request.headers.get(HEADER); return raw !== null && raw.split(";").some((part) => part.trim().startsWith("sid=")); }`)],
  ["env bypass", ["no-ungated-rpc"], gate(`if (process.env.NODE_ENV === "production" && !isFirstParty(request)) return forbidden(); ${go}`)],
  ["async not awaited", ["no-ungated-rpc"], gate(`if (!check(request)) return forbidden(); ${go}`, `const check = async (request: Request) => isFirstParty(request);`)],
  ["swallowed", ["no-ungated-rpc"], gate(`try { assertOurs(request); } catch {} ${go}`, `function assertOurs(request: Request) { if (!isFirstParty(request)) throw new Error("403"); }`)],
  ["method only", ["no-ungated-rpc"], gate(`if (request.method !== "POST") return new Response("", { status: 404 }); ${go}`)],
  ["path only", ["no-ungated-rpc"], gate(`if (!new URL(request.url).pathname.startsWith("/rpc/")) return notFound(); ${go}`)],
  ["content type only", ["no-ungated-rpc"], gate(`if (request.method !== "POST" && !isFirstParty(request)) return forbidden(); ${go}`)],
  ["one of two mounts", ["no-ungated-rpc"], rpc(`  app.all(RPC, async ({ request }) => { if (!isFirstParty(request)) return forbidden(); ${go} });\n  app.all(\`\${RPC}/*\`, async ({ request }) => { ${go} });`)],
  ["gate on get only", ["no-ungated-rpc"], rpc(`  const handle = async ({ request }: { request: Request }) => { ${go} };\n  app.get(RPC, handle, { beforeHandle: ({ request }) => { if (!isFirstParty(request)) return forbidden(); } });\n  app.post(\`\${RPC}/*\`, handle);`)],
  ["hook async ignored", ["no-ungated-rpc"], rpc(`  app.guard({ beforeHandle: ({ request }) => { void isFirstParty(request); } }, (inner) => inner.all("/rpc/*", async ({ request }) => { ${go} }));`)],
  ["gate of a sibling app", ["no-ungated-rpc"], rpc(`  app.use(new Elysia().onBeforeHandle(({ request }) => { if (!isFirstParty(request)) return forbidden(); }));\n  app.all("/rpc/*", async ({ request }) => { ${go} });`, `import { Elysia } from "elysia";`)],
  ["wrapper that calls anyway", ["no-ungated-rpc"], rpc(`  app.all("/rpc/*", gated(async (request) => { ${go} }));`, `const gated = (next: (request: Request) => Promise<Response>) => async ({ request }: { request: Request }) => { if (!isFirstParty(request)) { forbidden(); } return next(request); };`)],
  ["class ungated", ["no-ungated-rpc"], rpc(`  new RpcMount(rpc, context).mount(app);`, `class RpcMount { constructor(private readonly handler: RPCHandler<HqContext>, private readonly context: HqContext) {} mount(app: AnyElysia) { app.all("/rpc/*", async ({ request }) => { const { response } = await this.handler.handle(request, { prefix: "/rpc", context: this.context }); return response ?? notFound(); }); } }`)],
  ["gate made lax", ["no-ungated-rpc"], { [GATE]: `export function isFirstParty(_request: Request): boolean { return true; }` }],
  ["gate made lax by default", ["no-ungated-rpc"], { [GATE]: edit([`FIRST_PARTY_CALLERS.some((known) => known === caller)`, `caller !== "external" || true`]) }],
  ["jose swallowed", ["no-ungated-rpc"], gate(`try { await jwtVerify((headers.authorization ?? "").slice(7), KEY); } catch { console.warn("bad token"); } ${go}`, `import { jwtVerify } from "jose"; const KEY = new Uint8Array();`)],
  ["decode only", ["no-ungated-rpc"], gate(`const claims = decodeJwt((headers.authorization ?? "").slice(7)); if (!headers.authorization) return new Response("", { status: 401 }); void claims; ${go}`, `import { decodeJwt } from "jose";`)],
  ["default first-party", ["no-ungated-rpc"], gate(`const caller = request.headers.get("x-rawr-caller") ?? "web"; if (caller === "external") return forbidden(); ${go}`)],
  ["gate not on star", ["no-ungated-rpc"], rpc(`  app.all(RPC, async ({ request }) => { if (!isFirstParty(request)) return forbidden(); ${go} });\n  app.group(RPC, (inner) => inner.all("/*", async ({ request }) => { ${go} }));`)],
  ["mount handler", ["no-ungated-rpc"], rpc(`  app.mount("/rpc", (request) => rpc.handle(request, { prefix: RPC, context }).then(({ response }) => response ?? notFound()));`)],
  ["rpc elsewhere: catch-all with prefix", ["no-misplaced-mount", "no-ungated-rpc"], { [APP]: edit([`  return app;`, `  const rest = new RPCHandler(rawrHqManifest.orpc.router);\n  app.all("/*", ({ request }) => rest.handle(request, { prefix: "/rpc" }));\n  return app;`], [`/** The whole host`, `import { RPCHandler } from "@orpc/server/fetch";\nimport { rawrHqManifest } from "../../../rawr.hq";\n/** The whole host`]) }],
  ["rpc under another prefix", ["no-misplaced-mount"], { [APP]: edit([`  return app;`, `  const rest = new RPCHandler(rawrHqManifest.orpc.router);\n  app.all("/internal/*", ({ request }) => rest.handle(request, { prefix: "/internal" }));\n  return app;`], [`/** The whole host`, `import { RPCHandler } from "@orpc/server/fetch";\nimport { rawrHqManifest } from "../../../rawr.hq";\n/** The whole host`]) }],
  ["handler prefix workflows", ["no-misplaced-mount"], { [ORPC]: edit([`rpc.handle(request, { prefix: RPC, context })`, "rpc.handle(request, { prefix: `${RPC}/workflows`, context })"]) }],
];

const harmless: readonly Case[] = [
  ["ternary", [], gate(`return isFirstParty(request) ? (await rpc.handle(request, { prefix: RPC, context })).response ?? notFound() : forbidden();`)],
  ["helper denial", [], gate(`const denial = gate(request); if (denial !== undefined) return denial; ${go}`, `const gate = (request: Request) => (isFirstParty(request) ? undefined : forbidden());`)],
  ["helper instanceof", [], gate(`const outcome = gate(request); if (outcome instanceof Response) return outcome; ${go}`, `const gate = (request: Request) => (isFirstParty(request) ? { caller: "web" } : forbidden());`)],
  ["throw", [], gate(`assertOurs(request); ${go}`, `class HttpError extends Error { constructor(readonly status: number) { super(String(status)); } } function assertOurs(request: Request) { if (!isFirstParty(request)) throw new HttpError(403); }`)],
  ["set status", [], gate(`if (!isFirstParty(request)) { set.status = 403; return { error: "forbidden" }; } ${go}`)],
  ["allow list", [], gate(`if (!["web", "cli"].includes(request.headers.get("x-rawr-caller") ?? "")) return forbidden(); ${go}`)],
  ["map lookup", [], gate(`if (!CALLERS.has(request.headers.get("x-rawr-caller") ?? "")) return forbidden(); ${go}`, `const CALLERS = new Set(["web", "cli"]);`)],
  ["token compare", [], gate(`if (request.headers.get("authorization") !== \`Bearer \${process.env.RPC_TOKEN}\`) return new Response("", { status: 401 }); ${go}`)],
  ["timing safe token", [], gate(`const given = Buffer.from(request.headers.get("authorization") ?? ""); const want = Buffer.from(\`Bearer \${process.env.RPC_TOKEN}\`); if (given.length !== want.length || !timingSafeEqual(given, want)) return new Response("", { status: 401 }); ${go}`, `import { timingSafeEqual } from "node:crypto";`)],
  ["async awaited", [], gate(`if (!(await check(request))) return forbidden(); ${go}`, `const check = async (request: Request) => isFirstParty(request);`)],
  ["session lookup", [], gate(`const session = await sessions.find(request.headers.get("x-session") ?? ""); if (session === undefined) return forbidden(); ${go}`, `const sessions = { list: new Map<string, { id: string }>(), async find(id: string) { return this.list.get(id); } };`)],
  ["external auth", [], gate(`const session = await auth.api.getSession({ headers: request.headers }); if (!session) return new Response("", { status: 401 }); ${go}`, `import { betterAuth } from "better-auth"; const auth = betterAuth({});`)],
  ["try catch around", [], gate(`try { if (!isFirstParty(request)) return forbidden(); ${go} } catch (error) { console.error(error); return new Response("", { status: 500 }); }`)],
  ["external says no", [], gate(`const isExternal = !isFirstParty(request); if (isExternal) return forbidden(); ${go}`)],
  ["deny external namesake", [], gate(`if (isExternal(request)) return forbidden(); ${go}`, `const isExternal = (request: Request) => !isFirstParty(request);`)],
  ["logging first", [], gate(`console.log("rpc", request.url); const started = Date.now(); if (!isFirstParty(request)) return forbidden(); const { response } = await rpc.handle(request, { prefix: RPC, context }); console.log(Date.now() - started); return response ?? notFound();`)],
  ["switch caller", [], gate(`switch (callerOf(request)) { case "first-party": { ${go} } case "external": return forbidden(); default: return notFound(); }`, `const callerOf = (request: Request) => (isFirstParty(request) ? "first-party" : "external") as const;`.replace(" as const", ""))],
  ["optional options preflight", [], gate(`if (request.method === "OPTIONS") return new Response(null, { status: 204 }); if (!isFirstParty(request)) return forbidden(); ${go}`)],
  ["beforeHandle", [], rpc(`  app.guard({ beforeHandle: ({ request }) => { if (!isFirstParty(request)) return forbidden(); } }, (inner) => inner.all("/rpc", async ({ request }) => { ${go} }).all("/rpc/*", async ({ request }) => { ${go} }));`)],
  ["plugin gate", [], rpc(`  app.use(new Elysia({ prefix: "/rpc" }).onBeforeHandle(({ request }) => { if (!isFirstParty(request)) return forbidden(); }).all("/", async ({ request }) => { ${go} }).all("/*", async ({ request }) => { ${go} }));`, `import { Elysia } from "elysia";`)],
  ["shared scoped gate", [], rpc(`  app.use(new Elysia({ name: "rpc" }).use(gate).all("/rpc/*", async ({ request }) => { ${go} }));`, `import { Elysia } from "elysia"; const gate = new Elysia().onBeforeHandle({ as: "scoped" }, ({ request }) => { if (!isFirstParty(request)) return forbidden(); });`)],
  ["gate from factory", [], rpc(`  app.all("/rpc/*", async ({ request }) => { ${go} }, { beforeHandle: requireCaller("web", "cli") });`, `const requireCaller = (...allowed: string[]) => ({ request }: { request: Request }) => { if (!allowed.includes(request.headers.get("x-rawr-caller") ?? "")) return forbidden(); };`)],
  ["class gated", [], rpc(`  new RpcMount(rpc, context).mount(app);`, `class RpcMount { constructor(private readonly handler: RPCHandler<HqContext>, private readonly context: HqContext) {} mount(app: AnyElysia) { app.all("/rpc/*", ({ request }) => this.answer(request)); } private async answer(request: Request) { if (!isFirstParty(request)) return forbidden(); const { response } = await this.handler.handle(request, { prefix: "/rpc", context: this.context }); return response ?? notFound(); } }`)],
  ["handler by method", [], rpc(`  for (const method of ["get", "post"] as const) app[method]("/rpc/*", async ({ request }) => { if (!isFirstParty(request)) return forbidden(); ${go} });`)],
  ["withGate", [], rpc(`  const handle = withGate(async (request: Request) => { ${go} });\n  app.all("/rpc", ({ request }) => handle(request)).all("/rpc/*", ({ request }) => handle(request));`, `function withGate<T>(run: (request: Request) => Promise<T>) { return async (request: Request) => { if (!isFirstParty(request)) return forbidden(); return run(request); }; }`)],
  ["gate chain", [], gate(`for (const check of CHECKS) { const denial = check(request); if (denial) return denial; } ${go}`, `const CHECKS = [(request: Request) => (isFirstParty(request) ? undefined : forbidden()), (request: Request) => (request.method === "TRACE" ? notFound() : undefined)];`)],
  ["every", [], gate(`if (!CHECKS.every((check) => check(request))) return forbidden(); ${go}`, `const CHECKS = [isFirstParty, (request: Request) => request.method !== "TRACE"];`)],
  ["gate moved into package", [], { [GATE]: `export { isFirstParty } from "./gates/first-party";`, "apps/server/src/gates/first-party.ts": of(GATE) }],
  ["gate missing caller passes", [], { [GATE]: edit([`FIRST_PARTY_CALLERS.some((known) => known === caller)`, `caller === null ? false : FIRST_PARTY_CALLERS.some((known) => known === caller)`]) }],
  ["ip", [], gate(`if (server?.requestIP(request)?.address !== "127.0.0.1") return forbidden(); ${go}`)],
  ["jose", [], gate(`try { await jwtVerify((headers.authorization ?? "").slice(7), KEY); } catch { return new Response("", { status: 401 }); } ${go}`, `import { jwtVerify } from "jose"; const KEY = new Uint8Array();`)],
  ["weakmap memo", [], gate(`if (!ours(request)) return forbidden(); ${go}`, `const seen = new WeakMap<Request, boolean>(); function ours(request: Request) { let known = seen.get(request); if (known === undefined) { known = isFirstParty(request); seen.set(request, known); } return known; }`)],
  ["derive context", [], rpc(`  app.use(new Elysia().derive(({ request }) => ({ caller: isFirstParty(request) ? "web" : undefined })).all("/rpc/*", async ({ caller, request }) => { if (caller === undefined) return forbidden(); ${go} }));`, `import { Elysia } from "elysia";`)],
  ["gate for another header echo", [], gate(`const caller = CALLERS[request.headers.get("x-rawr-caller") ?? ""]; if (!caller) return forbidden(); ${go}`, `const CALLERS: Record<string, string> = { web: "web" };`)],
  ["origin check", [], gate(`if (!ORIGINS.includes(request.headers.get("origin") ?? "")) return forbidden(); ${go}`, `const ORIGINS = ["https://hq.example.com"];`)],
  ["mount gated", [], rpc(`  app.mount("/rpc", async (request) => { if (!isFirstParty(request)) return forbidden(); return rpc.handle(request, { prefix: RPC, context }).then(({ response }) => response ?? notFound()); });`)],
  ["openapi handler on rpc prefix", [], { [ORPC]: edit([`openapi.handle(request, { prefix: OPENAPI, context })`, "openapi.handle(request, { prefix: `${RPC}/workflows`, context })"]) }],
];

describe("what asks who calls before the RPC handler", () => {
  it.each(breaches)("is a breach: %s", (_, rules, edits) => {
    expect(judged(edits, ABOUT_MOUNTS)).toEqual(rules);
  });
  it.each(harmless)("is none: %s", (_, rules, edits) => {
    expect(judged(edits, ABOUT_MOUNTS)).toEqual(rules);
  });
});
