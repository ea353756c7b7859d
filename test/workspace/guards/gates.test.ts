import { describe, expect, it } from "vitest";
import { policyWith, workspaceOf } from "../memory.js";

const HEAD = `import { RPCHandler } from "@orpc/server/fetch";
import { Elysia } from "elysia";
import { Hono } from "hono";
import express from "express";
import fastify from "fastify";
const rpc = new RPCHandler({});
const isOurs = (request: Request) => request.headers.get("x-caller") === "first-party";
const no = () => new Response("forbidden", { status: 403 });
async function serve(request: Request) { return (await rpc.handle(request, { prefix: "/rpc" })).response; }
`;

/** What is shown of the mount at `/rpc`: the verdict, and what lacks. */
function judge(code: string): string {
  const workspace = workspaceOf({ "a.ts": `${HEAD}${code}` }, policyWith());
  const mount = workspace.mounts.find(({ paths }) => paths.some(({ path }) => path.startsWith("/rpc")));
  if (mount === undefined) throw new Error("nothing is mounted at /rpc");
  const { verdict } = workspace.guardsOf(mount, "gate");
  return verdict.kind === "unguarded" ? verdict.lack : verdict.kind;
}

const elysia = (body: string): string => `new Elysia().all("/rpc", async ({ request, set }) => { ${body} });`;

const guarded: Record<string, string> = {
  "an early answer": elysia(`if (!isOurs(request)) return no(); return serve(request);`),
  "an answer of 401": elysia(`if (!isOurs(request)) return new Response("", { status: 401 }); return serve(request);`),
  "an answer of 404": elysia(`if (!isOurs(request)) return Response.json({}, { status: 404 }); return serve(request);`),
  "an else": elysia(`if (isOurs(request)) { return serve(request); } else { return no(); }`),
  "a ternary": elysia(`return isOurs(request) ? serve(request) : no();`),
  "an inequality": elysia(`if (request.headers.get("x-caller") !== "first-party") return no(); return serve(request);`),
  "a result in a name": elysia(`const ours = isOurs(request); if (!ours) return no(); return serve(request);`),
  "an answer in a name": elysia(`const answer = isOurs(request) ? undefined : no(); if (answer) return answer; return serve(request);`),
  "a status that is set": elysia(`if (!isOurs(request)) { set.status = 403; return "forbidden"; } return serve(request);`),
  "a gate that throws": `class ForbiddenError extends Error {} function assertOurs(request: Request) { if (!isOurs(request)) throw new ForbiddenError(); } ${elysia(`assertOurs(request); return serve(request);`)}`,
  "an awaited gate": `async function gate(request: Request) { return isOurs(request); } ${elysia(`if (!(await gate(request))) return no(); return serve(request);`)}`,
  "a list of gates": `const gates = [(request: Request) => request.method === "TRACE" ? no() : undefined, (request: Request) => isOurs(request) ? undefined : no()]; ${elysia(`for (const gate of gates) { const answer = gate(request); if (answer) return answer; } return serve(request);`)}`,
  "every one of many": `const checks = [isOurs, (request: Request) => request.method !== "TRACE"]; ${elysia(`if (!checks.every((check) => check(request))) return no(); return serve(request);`)}`,
  "one of many": `const checks = [isOurs, (request: Request) => request.headers.get("x-caller") === "cli"]; ${elysia(`if (!checks.some((check) => check(request))) return no(); return serve(request);`)}`,
  "some of a list": elysia(`if (!["web", "cli"].some((one) => one === request.headers.get("x-caller"))) return no(); return serve(request);`),
  "none of a list": elysia(`if (["web", "cli"].every((one) => one !== request.headers.get("x-caller"))) return no(); return serve(request);`),
  "not found in a list": elysia(`if (["web", "cli"].indexOf(request.headers.get("x-caller") ?? "") === -1) return no(); return serve(request);`),
  "those who are refused, then those who are let in": elysia(`const caller = request.headers.get("x-caller"); if (caller === "external") return no(); if (caller !== "web") return no(); return serve(request);`),
  "a name for who is not let in": `const isExternal = (request: Request) => !isOurs(request); ${elysia(`if (isExternal(request)) return no(); return serve(request);`)}`,
  "what a package says is wrong": `import { check } from "some-auth"; ${elysia(`const denied = await check(request); if (denied) return no(); return serve(request);`)}`,
  "a token that a package verifies or throws": `import { jwtVerify } from "jose"; ${elysia(`try { await jwtVerify(request.headers.get("authorization") ?? "", KEY); } catch { return new Response("", { status: 401 }); } return serve(request); const KEY = new Uint8Array();`)}`,
  "a table of callers": `const CALLERS: Record<string, string> = { web: "web" }; ${elysia(`if (!CALLERS[request.headers.get("x-caller") ?? ""]) return no(); return serve(request);`)}`,
  "a hook for what starts with the path": `new Elysia().onBeforeHandle(({ path, request }) => { if (path.startsWith("/rpc") && !isOurs(request)) return no(); }).all("/rpc/*", ({ request }) => serve(request));`,
  "a hook for all but health": `new Elysia().onBeforeHandle(({ request }) => { const { pathname } = new URL(request.url); if (pathname.startsWith("/health")) return; if (!isOurs(request)) return no(); }).all("/rpc", ({ request }) => serve(request));`,
  "a middleware for this very path": `const app = new Hono(); app.use(async (c, next) => { if (c.req.path === "/rpc" && !isOurs(c.req.raw)) return c.text("no", 403); await next(); }); app.all("/rpc", (c) => serve(c.req.raw));`,
  "a switch": elysia(`switch (request.headers.get("x-caller")) { case "first-party": return serve(request); default: return no(); }`),
  "a wrapper": `const gated = (next: (request: Request) => unknown) => ({ request }: { request: Request }) => isOurs(request) ? next(request) : no(); new Elysia().all("/rpc", gated(serve));`,
  "a try around": elysia(`try { if (!isOurs(request)) return no(); return await serve(request); } catch { return new Response("", { status: 500 }); }`),
  "a span around": `async function span(run: () => Promise<Response>) { try { return await run(); } finally { console.log("done"); } } ${elysia(`return span(async () => { if (!isOurs(request)) return no(); return serve(request); });`)}`,
  "Elysia onBeforeHandle": `new Elysia().onBeforeHandle(({ request }) => { if (!isOurs(request)) return no(); }).all("/rpc", ({ request }) => serve(request));`,
  "Elysia beforeHandle": `new Elysia().all("/rpc", ({ request }) => serve(request), { beforeHandle: ({ request }) => { if (!isOurs(request)) return no(); } });`,
  "Elysia guard": `new Elysia().guard({ beforeHandle: ({ request }) => { if (!isOurs(request)) return no(); } }).all("/rpc", ({ request }) => serve(request));`,
  "Elysia resolve": `class ForbiddenError extends Error {} new Elysia().resolve(({ request }) => { if (!isOurs(request)) throw new ForbiddenError(); return {}; }).all("/rpc", ({ request }) => serve(request));`,
  "Elysia derive": `class ForbiddenError extends Error {} new Elysia().derive(({ request }) => { if (!isOurs(request)) throw new ForbiddenError(); return {}; }).all("/rpc", ({ request }) => serve(request));`,
  "Hono middleware": `const app = new Hono(); app.use(async (c, next) => { if (!isOurs(c.req.raw)) return c.text("no", 403); await next(); }); app.all("/rpc", (c) => serve(c.req.raw));`,
  "Express middleware": `const app = express(); app.use((req, res, next) => { if (req.headers["x-caller"] !== "ours") { res.status(403).end(); return; } next(); }); app.all("/rpc", (req, res) => rpc.handle(req, res));`,
  "a Fastify hook that replies": `const app = fastify(); app.addHook("preHandler", async (req, reply) => { if (req.headers["x-caller"] !== "ours") { reply.code(403).send(); return; } }); app.all("/rpc", (req, reply) => rpc.handle(req, reply));`,
  "a Fastify hook with a callback": `const app = fastify(); app.addHook("preHandler", (req, reply, done) => { if (req.headers["x-caller"] !== "ours") { reply.code(403).send(); return; } done(); }); app.all("/rpc", (req, reply) => rpc.handle(req, reply));`,
  "a Fastify hook": `const app = fastify(); app.addHook("preHandler", async (req, reply) => { if (req.headers["x-caller"] !== "ours") return reply.code(403).send(); }); app.all("/rpc", (req, reply) => rpc.handle(req, reply));`,
};

const unguarded: Record<string, readonly [code: string, lack: string]> = {
  "no gate": [elysia(`return serve(request);`), "missing"],
  "a result that nobody reads": [elysia(`isOurs(request); return serve(request);`), "missing"],
  "a gate that only warns": [elysia(`if (!isOurs(request)) console.warn("no"); return serve(request);`), "missing"],
  "after the handler": [elysia(`const answer = await serve(request); if (!isOurs(request)) return no(); return answer;`), "missing"],
  "on one branch": [elysia(`if (request.method === "POST") { if (!isOurs(request)) return no(); } return serve(request);`), "evaded"],
  "a namesake that says yes": [`const allowed = (request: Request) => true; ${elysia(`if (!allowed(request)) return no(); return serve(request);`)}`, "missing"],
  "a cookie": [elysia(`if (!request.headers.get("cookie")?.includes("session")) return no(); return serve(request);`), "distrusted"],
  "a user agent": [elysia(`if (!request.headers.get("user-agent")?.startsWith("ours")) return no(); return serve(request);`), "distrusted"],
  "the form of a token": [elysia(`if (!request.headers.get("authorization")?.startsWith("Bearer ")) return no(); return serve(request);`), "distrusted"],
  "the wrong way around": [elysia(`if (isOurs(request)) return no(); return serve(request);`), "evaded"],
  "a list of those who are refused": [`const OTHERS = new Set(["external", "partner"]); ${elysia(`if (OTHERS.has(request.headers.get("x-caller") ?? "")) return no(); return serve(request);`)}`, "evaded"],
  "one who is refused": [elysia(`if (request.headers.get("x-caller") === "external") return no(); return serve(request);`), "evaded"],
  "the wrong way around in a helper": [`const known = ["web", "cli"]; const isExternal = (request: Request) => known.some((one) => one === request.headers.get("x-caller")); ${elysia(`if (isExternal(request)) return no(); return serve(request);`)}`, "evaded"],
  "a token that is wrong and forgiven": [`import { jwtVerify } from "jose"; ${elysia(`try { await jwtVerify(request.headers.get("authorization") ?? "", KEY); } catch { console.warn("bad"); } return serve(request); const KEY = new Uint8Array();`)}`, "missing"],
  "a hook for another path": [`new Elysia().onBeforeHandle(({ path, request }) => { if (path.startsWith("/api") && !isOurs(request)) return no(); }).all("/rpc", ({ request }) => serve(request));`, "missing"],
  "a hook for all but this path": [`new Elysia().onBeforeHandle(({ path, request }) => { if (path.startsWith("/rpc")) return; if (!isOurs(request)) return no(); }).all("/rpc/*", ({ request }) => serve(request));`, "missing"],
  "a hook for the path without a slash, where one more is the same": [`new Elysia().onBeforeHandle(({ path, request }) => { if (path === "/rpc" && !isOurs(request)) return no(); }).all("/rpc", ({ request }) => serve(request));`, "evaded"],
  "a promise": [`async function gate(request: Request) { return isOurs(request); } ${elysia(`if (!gate(request)) return no(); return serve(request);`)}`, "unawaited"],
  "a hook behind the route": [`new Elysia().all("/rpc", ({ request }) => serve(request)).onBeforeHandle(({ request }) => { if (!isOurs(request)) return no(); });`, "missing"],
  "an Elysia hook that sets a status and goes on": [`new Elysia().onBeforeHandle(({ request, set }) => { if (!isOurs(request)) { set.status = 403; } }).all("/rpc", ({ request }) => serve(request));`, "evaded"],
  "a Fastify hook that goes on": [`const app = fastify(); app.addHook("preHandler", async (req, reply) => { if (req.headers["x-caller"] !== "ours") console.warn("no"); }); app.all("/rpc", (req, reply) => rpc.handle(req, reply));`, "missing"],
  "a middleware that goes on": [`const app = new Hono(); app.use(async (c, next) => { if (!isOurs(c.req.raw)) console.warn("no"); await next(); }); app.all("/rpc", (c) => serve(c.req.raw));`, "missing"],
};

describe("what makes a gate", () => {
  it.each(Object.entries(guarded))("guards: %s", (_, code) => {
    expect(judge(code)).toBe("guarded");
  });
  it.each(Object.entries(unguarded))("does not guard: %s", (_, [code, lack]) => {
    expect(judge(code)).toBe(lack);
  });
});
