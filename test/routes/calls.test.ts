import { describe, expect, it } from "vitest";
import { web, judged, type Case } from "./headquarters.js";

const breaches: readonly Case[] = [
  ["fetch workflows", ["no-wrong-transport"], web(`export const run = () => fetch("/api/workflows/digest/2026-01-01");`)],
  ["ternary const", ["no-wrong-transport"], web(`const path = location.hash ? "/api/workflows/digest/x" : "/health"; export const run = () => fetch(path);`)],
  ["published", ["no-wrong-transport"], web(`export const run = () => fetch("/api/orpc/coordination/runs");`)],
  ["ingress", ["no-wrong-transport"], web(`export const run = () => fetch("/api/inngest", { method: "PUT" });`)],
  ["raw rpc link", ["no-wrong-transport"], web(`import { RPCLink } from "@orpc/client/fetch"; export const link = new RPCLink({ url: "/rpc" });`)],
  ["openapi link", ["no-wrong-transport"], web(`import { OpenAPILink } from "@orpc/openapi-client/fetch"; export const link = new OpenAPILink({} as any, { url: "/api/orpc" });`)],
  ["axios instance", ["no-wrong-transport"], web(`import axios from "axios"; const api = axios.create({ baseURL: "/api/orpc" }); export const run = () => api.get("/coordination/runs");`)],
  ["ky extend", ["no-wrong-transport"], web(`import ky from "ky"; const api = ky.extend({ prefixUrl: "/api/orpc" }); export const run = () => api.get("coordination/runs");`)],
  ["wrapper", ["no-wrong-transport"], web(`const request = async (path: string, init?: RequestInit) => { const answer = await fetch(path, init); return answer.json(); }; export const runs = () => request("/api/orpc/coordination/runs");`)],
  ["wrapper class", ["no-wrong-transport"], web(`class Api { constructor(private readonly base: string) {} get(path: string) { return fetch(this.base + path); } } const api = new Api("/api"); export const run = () => api.get("/orpc/x");`)],
  ["wrapper in other file", ["no-wrong-transport"], web(`import { get } from "./http"; export const run = () => get("orpc", "runs");`, { "apps/web/src/http.ts": "export const get = (...parts: string[]) => fetch(['', 'api', ...parts].join('/'));" })],
  ["url object", ["no-wrong-transport"], web(`export const run = () => { const url = new URL(location.origin); url.pathname = "/api/orpc/runs"; return fetch(url); };`)],
  ["url second arg", ["no-wrong-transport"], web(`export const run = () => fetch(new URL("/api/orpc/runs", location.origin));`)],
  ["request object", ["no-wrong-transport"], web(`const request = new Request("/api/orpc/x"); export const run = () => fetch(request);`)],
  ["xhr", ["no-wrong-transport"], web(`export const run = () => { const x = new XMLHttpRequest(); x.open("POST", "/api/workflows/x"); x.send(); };`)],
  ["sendBeacon", ["no-wrong-transport"], web(`export const run = () => navigator.sendBeacon("/api/inngest", "x");`)],
  ["event source", ["no-wrong-transport"], web(`export const live = new EventSource("/api/workflows/x");`)],
  ["global fetch alias", ["no-wrong-transport"], web(`const { fetch: send } = globalThis; export const run = () => send("/api/orpc/x");`)],
  ["fetch bound", ["no-wrong-transport"], web(`const send = fetch.bind(window); export const run = () => send("/api/orpc/x");`)],
  ["injected fetch", ["no-wrong-transport"], web(`export const make = (send = fetch) => ({ run: () => send("/api/orpc/x") });`)],
  ["useQuery", ["no-wrong-transport"], web(`import { useQuery } from "@tanstack/react-query"; export const useRuns = () => useQuery({ queryKey: ["runs"], queryFn: () => fetch("/api/orpc/x").then((r) => r.json()) });`)],
  ["template origin", ["no-wrong-transport"], web("export const run = () => fetch(`${location.origin}/api/orpc/x`);")],
  ["env base", ["no-wrong-transport"], web("export const run = () => fetch(`${import.meta.env.VITE_BASE}/api/orpc/x`);")],
  ["table of endpoints", ["no-wrong-transport"], web(`const endpoints = { runs: "/api/orpc/runs", health: "/health" } as const; export const call = (name: keyof typeof endpoints) => fetch(endpoints[name]);`)],
  ["rpc fetch", ["no-wrong-transport"], web(`export const run = () => fetch("/rpc/coordination/list", { method: "POST" });`)],
  ["jquery-like", ["no-wrong-transport"], web(`import $ from "jquery"; export const run = () => $.ajax({ url: "/api/orpc/x" });`)],
  ["server: self call", ["no-wrong-transport"], { "apps/server/src/self.ts": `export const run = () => fetch("http://localhost:3000/api/orpc/x");` }],
  ["server: self call by config", ["no-wrong-transport"], { "apps/server/src/self.ts": "export const run = (base: string) => fetch(`${base}/rpc/x`);" }],
  ["package: fetch", ["no-route-literal-in-package", "no-wrong-transport"], { "packages/core/src/call.ts": "export const run = (base: string) => fetch(`${base}/rpc/x`);" }],
  ["cli: workflows", ["no-wrong-transport"], { "apps/cli/src/flow.ts": "export const run = (origin: string) => fetch(new URL('/api/workflows/digest/x', origin));" }],
  ["literal: path prop", ["no-route-literal-in-package"], { "packages/core/src/lit.ts": `export const route = { method: "GET", path: "/api/orpc/runs" };` }],
  ["literal: arg", ["no-route-literal-in-package"], { "packages/core/src/lit.ts": `import { join } from "./j"; export const url = (base: string) => join(base, "/api/workflows/x");`, "packages/core/src/j.ts": "export const join = (a: string, b: string) => a + b;" }],
  ["literal: template", ["no-route-literal-in-package"], { "packages/core/src/lit.ts": "export const url = (base: string) => `${base}/rpc/x`;" }],
];

const harmless: readonly Case[] = [
  ["link text", [], web(`export const label = "POST /api/workflows/digest"; export const doc = { title: "/rpc", description: "see /api/orpc" };`)],
  ["href trace", [], web(`export const Trace = ({ id }: { id: string }) => { const link = document.createElement("a"); link.href = "/api/orpc/coordination/runs/" + id; return link; };`)],
  ["external", [], web(`export const run = () => fetch("https://api.github.com/rpc/x");`)],
  ["health", [], web(`export const run = () => fetch("/health");`)],
  ["switch on path", [], web(`export const isRpc = (path: string) => path.startsWith("/rpc") || path === "/api/orpc";`)],
  ["map", [], web(`const seen = new Map<string, number>(); export const hit = (p: string) => seen.get("/rpc") ?? seen.get(p);`)],
  ["test", [], web("", { "apps/web/src/extra.test.ts": `import { it } from "vitest"; it("x", () => fetch("/api/orpc/x"));` })],
  ["msw", [], web("", { "apps/web/test/handlers.ts": `import { http } from "msw"; export const handlers = [http.get("/api/orpc/x", () => new Response())];` })],
  ["vite proxy", [], web("", { "apps/web/vite.config.ts": `import { defineConfig } from "vite"; export default defineConfig({ server: { proxy: { "/rpc": "http://localhost:3000", "/api/orpc": { target: "http://localhost:3000" } } } });` })],
  ["cli: shared client", [], { "apps/cli/src/flow.ts": `import { createHqClient } from "@rawr/orpc-client"; export const client = createHqClient({ origin: "http://localhost:3000", caller: "cli" });` }],
  ["literal: list", [], { "packages/core/src/lit.ts": `export const FAMILIES = ["/rpc", "/api/orpc"] as const; export const isFamily = (path: string) => FAMILIES.some((one) => path.startsWith(one));` }],
  ["literal: label", [], { "packages/core/src/lit.ts": `export const text = "The RPC routes live under /rpc"; export const label = { name: "/rpc" };` }],
  ["literal: throw", [], { "packages/core/src/lit.ts": `export function fail(): never { throw new Error("/rpc is closed"); }` }],
  ["literal: switch", [], { "packages/core/src/lit.ts": `export function familyOf(path: string) { switch (path) { case "/rpc": return "rpc"; case "/api/orpc": return "openapi"; default: return undefined; } }` }],
  ["literal: test", [], { "packages/core/test/lit.test.ts": `import { it } from "vitest"; it("x", () => { fetch("/rpc/x"); });` }],
];

describe("who calls and spells which routes", () => {
  it.each(breaches)("is a breach: %s", (_, rules, edits) => {
    expect(judged(edits, ["no-wrong-transport", "no-route-literal-in-package"])).toEqual(rules);
  });
  it.each(harmless)("is none: %s", (_, rules, edits) => {
    expect(judged(edits, ["no-wrong-transport", "no-route-literal-in-package"])).toEqual(rules);
  });
});
