import { describe, expect, it } from "vitest";
import { toPath } from "../../src/files/path.js";
import { workspaceOf, type Files } from "./memory.js";

const PREFIXES = ["/api/workflows", "/api/orpc", "/rpc", "/api/inngest"];

/** The calls of a workspace that address our paths: who, by what, where to. */
function calls(code: string, more: Files = {}): readonly string[] {
  const workspace = workspaceOf({ "apps/web/src/a.ts": code, ...more });
  return workspace.addressesTo(PREFIXES).map(({ caller, by, path, base }) => `${caller === "apps/web/src/a.ts" ? "" : `${caller} `}${by} ${base} ${path}`);
}

describe("what sends a request", () => {
  it.each([
    ["fetch('/rpc/x')", ["fetch local /rpc/x"]],
    ["window.fetch('/rpc/x')", ["fetch local /rpc/x"]],
    ["const f = fetch; f('/rpc/x')", ["fetch local /rpc/x"]],
    ["fetch(new Request('/rpc/x'))", ["fetch local /rpc/x"]],
    ["const request = new Request('/rpc/x'); fetch(request)", ["fetch local /rpc/x"]],
    ["export const request = new Request('/rpc/x')", ["Request local /rpc/x"]],
    ["export const run = (app: any) => app.handle(new Request('http://localhost/rpc/x'))", []],
    ["import { RPCLink } from '@orpc/client/fetch'; new RPCLink({ url: '/rpc' })", ["RPCLink local /rpc"]],
    ["import { RPCLink as Link } from '@orpc/client/fetch'; new Link({ url: () => `${location.origin}/rpc` })", ["RPCLink open /rpc"]],
    ["import { OpenAPILink } from '@orpc/openapi-client/fetch'; new OpenAPILink(contract, { url: '/api/orpc' }); declare const contract: any", ["OpenAPILink local /api/orpc"]],
    ["const send = fetch.bind(window); send('/rpc/x')", ["fetch local /rpc/x"]],
    ["import $ from 'jquery'; $.ajax({ url: '/api/orpc/x' })", ["ajax local /api/orpc/x"]],
    ["import axios from 'axios'; axios.get('/api/orpc/x')", ["axios.get local /api/orpc/x"]],
    ["import axios from 'axios'; axios({ method: 'post', url: '/api/orpc/x' })", ["axios local /api/orpc/x"]],
    ["import axios from 'axios'; const api = axios.create({ baseURL: '/api' }); api.get('/orpc/x')", ["axios.get local /api/orpc/x"]],
    ["import axios from 'axios'; const api = axios.create({ baseURL: url }); api.post('/api/workflows/x'); declare const url: string", ["axios.post open /api/workflows/x"]],
    ["import ky from 'ky'; ky.post('api/workflows/x', { prefixUrl: '/' })", ["ky.post open /api/workflows/x"]],
    ["import ky from 'ky'; ky('/api/workflows/x')", ["ky local /api/workflows/x"]],
    ["import { ofetch } from 'ofetch'; ofetch('/rpc/x')", ["ofetch local /rpc/x"]],
    ["import got from 'got'; got.get('http://localhost:3000/rpc/x')", ["got.get local /rpc/x"]],
    ["import { request } from 'undici'; request('http://127.0.0.1:3000/rpc/x')", ["request local /rpc/x"]],
    ["import { get } from 'node:http'; get('http://localhost:3000/rpc/x')", ["get local /rpc/x"]],
    ["import http from 'node:http'; http.request({ host: 'localhost', path: '/rpc/x' })", ["node:http.request local /rpc/x"]],
    ["import { Client } from 'undici'; const client = new Client('http://localhost:3000'); client.request({ path: '/rpc/x', method: 'GET' })", ["undici.request local /rpc/x"]],
    ["Promise.all(['/rpc/x', '/health'].map(fetch))", ["fetch local /rpc/x"]],
    ["navigator.sendBeacon('/api/inngest')", ["navigator.sendBeacon local /api/inngest"]],
    ["new EventSource('/api/workflows/x')", ["EventSource local /api/workflows/x"]],
    ["new WebSocket('ws://localhost:3000/rpc')", ["WebSocket local /rpc"]],
    ["const x = new XMLHttpRequest(); x.open('GET', '/api/orpc/x')", ["XMLHttpRequest local /api/orpc/x"]],
    ["import useSWR from 'swr'; useSWR('/api/orpc/x', f); declare const f: any", ["useSWR local /api/orpc/x"]],
    ["import { createAuthClient } from 'x'; createAuthClient({ baseURL: '/rpc' })", ["createAuthClient local /rpc"]],
    ["export const make = (fetchImpl: typeof fetch) => fetchImpl('/rpc/x')", ["fetchImpl local /rpc/x"]],
    ["new Map<string, string>().get('/rpc')", []],
    ["new URLSearchParams().get('/rpc')", []],
    ["console.log('/rpc/x'); export const label = '/rpc'", []],
    ["export const a = { url: `${base}/api/orpc/x` }; declare const base: string", []],
  ])("%s", (code, expected) => {
    expect(calls(code)).toEqual(expected);
  });
});

describe("where it goes", () => {
  it.each([
    ["const p = c ? '/api/workflows/a' : '/api/workflows/b'; fetch(p); declare const c: boolean", ["fetch local /api/workflows/a"]],
    ["const p = '/api'; fetch(`${p}/workflows/${id}`); declare const id: string", ["fetch local /api/workflows/…"]],
    ["fetch(base + '/api/orpc/x'); declare const base: string", ["fetch open /api/orpc/x"]],
    ["fetch(`http://localhost:${port}/rpc/x`); declare const port: number", ["fetch local /rpc/x"]],
    ["fetch(`https://${host}/rpc/x`); declare const host: string", ["fetch open /rpc/x"]],
    ["fetch('https://api.example.com/rpc/x')", ["fetch external /rpc/x"]],
    ["fetch(new URL('/rpc/x', import.meta.url))", ["fetch open /rpc/x"]],
    ["fetch(new URL('/rpc/x', 'http://localhost:3000/app').href)", ["fetch local /rpc/x"]],
    ["fetch(new URL('/rpc/x', location.href).toString())", ["fetch open /rpc/x"]],
    ["const url = new URL(location.href); url.pathname = '/api/orpc/x'; fetch(url)", ["fetch local /api/orpc/x"]],
    ["const url = new URL(location.href); url.pathname = `/rpc/${id}`; fetch(url.toString()); declare const id: string", ["fetch local /rpc/…"]],
    ["fetch(['', 'api', 'orpc', 'x'].join('/'))", ["fetch local /api/orpc/x"]],
    ["fetch(base.replace(/\\/$/, '') + '/rpc'); declare const base: string", ["fetch open /rpc"]],
    ["const R = new Map([['runs', '/api/workflows/runs'], ['up', '/health']]); fetch(R.get(name)!); declare const name: string", ["fetch local /api/workflows/runs"]],
    ["const R = { runs: '/api/workflows/runs' } as const; fetch(R.runs)", ["fetch local /api/workflows/runs"]],
    ["enum R { Runs = '/api/workflows/runs' } fetch(R.Runs)", ["fetch local /api/workflows/runs"]],
    ["const { runs: path = '/rpc' } = { runs: '/api/orpc/x' }; fetch(path)", ["fetch local /api/orpc/x"]],
    ["const url = () => { if (c) return '/rpc'; return '/health'; }; fetch(url()); declare const c: boolean", ["fetch local /rpc"]],
    ["fetch(`/rpc${path}`); declare const path: string", ["fetch local /rpc…"]],
    ["fetch('/rpcs'); fetch('/api/orpcx'); fetch('/x/rpc')", []],
    ["fetch('/api/orpc?x=1')", ["fetch local /api/orpc"]],
    ["for (const p of ['/api/orpc/a', '/health']) fetch(p)", ["fetch local /api/orpc/a"]],
  ])("%s", (code, expected) => {
    expect(calls(code)).toEqual(expected);
  });
});

describe("who calls", () => {
  it("is the code that hands the path to a wrapper", () => {
    expect(calls("import { get } from '@x/http'; get('/api/workflows/x')", {
      "packages/http/package.json": { name: "@x/http" },
      "packages/http/src/index.ts": "export const get = (path: string) => fetch(process.env.BASE + path);",
    })).toEqual([]);
    expect(calls("import { get } from '../../../packages/http/src/index'; get('/api/workflows/x')", {
      "packages/http/src/index.ts": "export const get = (path: string) => fetch(process.env.BASE + path);",
    })).toEqual(["fetch open /api/workflows/x"]);
  });

  it("is the wrapper where it spells the path itself", () => {
    expect(calls("import { runs } from './b'; runs('http://localhost')", { "apps/web/src/b.ts": "export const runs = (base: string) => fetch(`${base}/api/orpc/x`);" })).toEqual(["apps/web/src/b.ts fetch local /api/orpc/x"]);
  });

  it("is the caller whatever module owns the constant", () => {
    expect(calls("import { RUNS } from './b'; fetch(RUNS)", { "apps/web/src/b.ts": "export const RUNS = '/api/orpc/x';" })).toEqual(["fetch local /api/orpc/x"]);
  });

  it("is no test", () => {
    expect(calls("", { "apps/web/test/a.test.ts": "fetch('/rpc/x')", "apps/web/src/sdk.gen.ts": "fetch('/rpc/x')" })).toEqual([]);
  });
});

describe("addresses that are spelled", () => {
  const spelled = (code: string): readonly string[] => workspaceOf({ "packages/a/src/a.ts": code }).spelledAddresses(toPath("packages/a/src/a.ts"), PREFIXES).map(({ path, use }) => `${path} as ${use}`);
  it.each([
    ["go('/rpc/x'); declare const go: any", ["/rpc/x as an argument of `go`"]],
    ["export const a = { path: '/api/orpc/x' }", ["/api/orpc/x as `path`"]],
    ["export const a = { href: c ? '/rpc' : '/x' }; declare const c: boolean", ["/rpc as `href`"]],
    ["export const a = (base: string) => `${base}/rpc/x`", ["/rpc/x as what follows a base"]],
    ["export const a = (base: string) => base + '/rpc/x'", ["/rpc/x as what follows a base"]],
    ["export const a = new URL('/api/orpc/x', 'http://localhost')", ["/api/orpc/x as an argument of `URL`"]],
    ["export const a = new URL('/api/orpc/x', 'https://example.com')", []],
    ["export const a = ['/rpc', '/api/orpc']", []],
    ["import path from 'node:path'; export const a = (root: string) => path.join(root, '/rpc/schema.json')", []],
    ["import { readFile } from 'node:fs/promises'; export const a = (root: string) => readFile(`${root}/rpc/schema.json`)", []],
    ["export const a = '/rpc'", []],
    ["export const a = (p: string) => p === '/rpc' || p.startsWith('/api/orpc/')", []],
    ["export const a = (p: string) => p.startsWith(`${'/rpc'}/`)", []],
    ["throw new Error(`${x} is not under /rpc`); declare const x: string", []],
    ["console.info('/rpc')", []],
    ["export const a = { label: '/rpc', title: '/api/orpc' }", []],
    ["export const a = { path: '/rpcs', url: 'https://example.com/rpc' }", []],
    ["export type A = '/rpc'; export interface B { path: '/rpc' }", []],
  ])("%s", (code, expected) => {
    expect(spelled(code)).toEqual(expected);
  });
});
