import { describe, expect, it } from "vitest";
import { toPath } from "../../src/files/path.js";
import { workspaceOf, type Files } from "./memory.js";

const APP = 'export const createApp = () => ({ handle: (request: Request) => respond(request) }); export function register(app: any) { app.all("/rpc/*", () => 1); } declare const respond: any;';
const HEAD = 'import { createApp } from "../src/app"; const app = createApp(); const at = (path: string, headers: any = {}) => app.handle(new Request(`http://localhost${path}`, { headers }));';

/** What a test file proves of `/rpc`, in words. */
function proven(code: string, more: Files = {}): string {
  const workspace = workspaceOf({ "apps/server/src/app.ts": APP, "apps/server/test/a.test.ts": `${HEAD}\n${code}`, ...more });
  const outcomes = workspace.evidenceFor("/rpc", toPath("apps/server/src/app.ts")).map(({ outcome }) => outcome);
  return [...new Set(outcomes)].sort().join(" ");
}

describe("claims about a status", () => {
  it.each([
    ["expect((await at('/rpc/x')).status).toBe(403)", "refused"],
    ["expect((await at('/rpc/x')).status).toEqual(401)", "refused"],
    ["expect((await at('/rpc/x')).status).toStrictEqual(200)", "reached"],
    ["expect((await at('/rpc/x')).status).toBe(500)", ""],
    ["expect((await at('/rpc/x')).status).toBe(400)", ""],
    ["expect((await at('/rpc/x')).status).not.toBe(403)", ""],
    ["expect((await at('/rpc/x')).status).not.toBe(200)", ""],
    ["expect((await at('/rpc/x')).ok).toBe(true)", "reached"],
    ["expect((await at('/rpc/x')).ok).toBeTruthy()", "reached"],
    ["expect((await at('/rpc/x')).ok).toBe(false)", ""],
    ["expect([401, 403]).toContain((await at('/rpc/x')).status)", "refused"],
    ["expect([200, 403]).toContain((await at('/rpc/x')).status)", ""],
    ["expect((await at('/rpc/x')).status).toBeOneOf([401, 403, 404])", "refused"],
    ["expect((await at('/rpc/x')).status).toBeLessThan(300)", "reached"],
    ["expect((await at('/rpc/x')).status).toBeLessThan(500)", ""],
    ["const { status } = await at('/rpc/x'); expect(status).toBe(403)", "refused"],
    ["const res = await at('/rpc/x'); expect(res.status).toBeGreaterThanOrEqual(200); expect(res.status).toBeLessThan(300)", "reached"],
    ["expect(await at('/rpc/x')).toMatchObject({ status: 403 })", "refused"],
    ["expect(await at('/rpc/x')).toHaveProperty('status', 403)", "refused"],
    ["await expect(at('/rpc/x')).resolves.toMatchObject({ status: 403 })", "refused"],
    ["await expect(at('/rpc/x')).resolves.toHaveProperty('status', 200)", "reached"],
    ["await at('/rpc/x').then((res: any) => expect(res.status).toBe(403))", "refused"],
    ["const res = await at('/rpc/x'); expect(res.status === 403).toBe(true)", "refused"],
    ["const res = await at('/rpc/x'); expect(res.status === 403 || res.status === 401).toBe(true)", "refused"],
    ["const res = await at('/rpc/x'); expect({ status: res.status, path: '/rpc/x' }).toEqual({ status: 403, path: '/rpc/x' })", "refused"],
    ["const res = await at('/rpc/x'); if (res.status !== 403) throw new Error('open')", "refused"],
    ["const res = await at('/rpc/x'); if (res.status === 200) throw new Error('open')", ""],
    ["const res = await at('/rpc/x'); expect(res.status, 'why').toBe(403)", "refused"],
    ["expect.soft((await at('/rpc/x')).status).toBe(403)", "refused"],
    ["expect((await at('/rpc/x')).status).toSatisfy((s: number) => s === 403)", "refused"],
    ["const denied = (s: number) => { if (s === 401) return true; return s === 403; }; expect(denied((await at('/rpc/x')).status)).toBe(true)", "refused"],
    ["const OK = new Set([200, 204]); expect(OK.has((await at('/rpc/x')).status)).toBe(true)", "reached"],
    ["expect(Math.floor((await at('/rpc/x')).status / 100)).toBe(2)", "reached"],
    ["expect(/^40[134]$/.test(String((await at('/rpc/x')).status))).toBe(true)", "refused"],
    ["expect((await at('/rpc/x')).status).toMatchInlineSnapshot('403')", "refused"],
    ["expect((await at('/rpc/x')).status).toMatchSnapshot()", ""],
    ["const res = await at('/rpc/x'); switch (res.status) { case 401: case 403: return; default: throw new Error('open'); }", "refused"],
    ["const res = await at('/rpc/x'); switch (res.status) { case 200: throw new Error('open'); default: return; }", ""],
    ["const res = await at('/rpc/x'); switch (res.status) { case 200: break; default: throw new Error('closed'); }", "reached"],
    ["const url = new URL('http://localhost'); url.pathname = '/rpc/x'; expect((await app.handle(new Request(url))).status).toBe(403)", "refused"],
    ["await at('/rpc/x'); expect(new Response(null, { status: 403 }).status).toBe(403)", ""],
    ["const expect = (_: unknown) => ({ toBe: (_: unknown) => undefined }); expect((await at('/rpc/x')).status).toBe(403)", ""],
    ["vi.spyOn(app, 'handle').mockResolvedValue(new Response(null, { status: 403 })); expect((await app.handle(new Request('http://localhost/rpc/x'))).status).toBe(403)", ""],
    ["const spy = vi.spyOn(app, 'handle'); expect((await app.handle(new Request('http://localhost/rpc/x'))).status).toBe(403); expect(spy).toHaveBeenCalled()", "refused"],
    ["await at('/rpc/x')", ""],
    ["expect(await (await at('/rpc/x')).text()).toBe('ok')", ""],
    ["expect((await at('/api/rpc')).status).toBe(403)", ""],
    ["expect((await at('/rpcs')).status).toBe(403)", ""],
    ["const path = '/rpc' + '/x'; expect((await at(path)).status).toBe(403)", "refused"],
    ["const [a] = await Promise.all([at('/rpc/x')]); expect(a.status).toBe(403)", "refused"],
  ])("%s: %s", (code, outcome) => {
    expect(proven(`it("x", async () => { ${code} });`)).toBe(outcome);
  });

  it.each([
    ["import assert from 'node:assert'; it('x', async () => assert.equal((await at('/rpc/x')).status, 403));", "refused"],
    ["import assert from 'node:assert/strict'; it('x', async () => { assert.ok((await at('/rpc/x')).status === 200) });", "reached"],
    ["import { strictEqual as same } from 'node:assert'; it('x', async () => same((await at('/rpc/x')).status, 403));", "refused"],
    ["import assert from 'node:assert'; it('x', async () => assert((await at('/rpc/x')).ok));", "reached"],
    ["import { expect as must } from 'chai'; it('x', async () => { must((await at('/rpc/x')).status).to.equal(403) });", "refused"],
    ["it('x', async () => { expect((await at('/rpc/x')).status).to.be.oneOf([401, 403]) });", "refused"],
    ["it('x', async () => { expect((await at('/rpc/x')).ok).to.be.true });", "reached"],
    ["import request from 'supertest'; it('x', () => request(app).get('/rpc/x').set('a', 'b').expect(403));", "refused"],
    ["import request from 'supertest'; it('x', async () => { const res = await request(app).post('/rpc/x').send({}); expect(res.status).toBe(200) });", "reached"],
    ["it('x', async () => { const res = await app.inject({ method: 'POST', url: '/rpc/x' }); expect(res.statusCode).toBe(403) });", "refused"],
    ["it('x', async () => { const res = await app.request('/rpc/x', { method: 'POST' }); expect(res.status).toBe(403) });", "refused"],
    ["it('x', async () => { const res = await fetch(`${process.env.BASE}/rpc/x`); expect(res.status).toBe(403) });", "refused"],
    ["const base = 'http://localhost:3000'; it('x', async () => { const res = await fetch(new URL('/rpc/x', base)); expect(res.status).toBe(403) });", "refused"],
    ["import axios from 'axios'; it('x', () => expect(axios.get('http://localhost/rpc/x')).rejects.toMatchObject({ response: { status: 403 } }));", "refused"],
  ])("%s: %s", (code, outcome) => {
    expect(proven(code)).toBe(outcome);
  });
});

describe("failures that nobody hears of", () => {
  const claim = "expect((await at('/rpc/x')).status).toBe(403)";
  it.each([
    [`it("x", async () => { try { ${claim} } catch {} });`, ""],
    [`it("x", async () => { try { ${claim} } catch (error) { console.warn("flaky", error); } });`, ""],
    [`it("x", async () => { try { ${claim} } catch (error) { void error; } });`, ""],
    [`it("x", async () => { try { ${claim} } catch (error) { throw error; } });`, "refused"],
    [`it("x", async () => { try { ${claim} } catch (error) { if (process.env.DEBUG) console.error(error); throw new Error("open", { cause: error }); } });`, "refused"],
    [`it("x", async () => { try { ${claim} } finally { console.log("done"); } });`, "refused"],
    [`it("x", async () => { const errors: unknown[] = []; try { ${claim} } catch (error) { errors.push(error); } expect(errors).toEqual([]); });`, "refused"],
    [`it("x", async () => { try { await at('/rpc/y') } catch { /* not there */ } ${claim} });`, "refused"],
    [`const check = async () => { ${claim} }; it("x", async () => { await check().catch(() => {}); });`, ""],
    [`const check = async () => { ${claim} }; it("x", async () => { await check().catch((error) => console.warn(error)); });`, ""],
    [`const check = async () => { ${claim} }; it("x", async () => { await check().then(() => {}, () => {}); });`, ""],
    [`const check = async () => { ${claim} }; it("x", async () => { await check().catch((error) => { throw error; }); });`, "refused"],
    [`const check = async () => { ${claim} }; it("x", (done) => { check().then(() => done(), done); });`, "refused"],
  ])("%s: %s", (code, outcome) => {
    expect(proven(code)).toBe(outcome);
  });
});

describe("tests that run, and those that do not", () => {
  const body = "async () => { expect((await at('/rpc/x')).status).toBe(403) }";
  it.each([
    [`it("x", ${body});`, "refused"],
    [`test("x", ${body});`, "refused"],
    [`describe("a", () => { describe("b", () => { it("x", ${body}); }); });`, "refused"],
    [`import { it as check } from "vitest"; check("x", ${body});`, "refused"],
    [`it.concurrent("x", ${body});`, "refused"],
    [`it("x", { timeout: 5 }, ${body});`, "refused"],
    [`it.skip("x", ${body});`, ""],
    [`it.todo("x", ${body});`, ""],
    [`xit("x", ${body});`, ""],
    [`it.fails("x", ${body});`, ""],
    [`it("x", { skip: true }, ${body});`, ""],
    [`it("x", { skip: false }, ${body});`, "refused"],
    [`it.skipIf(true)("x", ${body});`, ""],
    [`it.skipIf(false)("x", ${body});`, "refused"],
    [`it.runIf(false)("x", ${body});`, ""],
    [`describe.skip("a", () => { it("x", ${body}); });`, ""],
    [`describe("a", { skip: true }, () => { it("x", ${body}); });`, ""],
    [`it.only("y", () => {}); it("x", ${body});`, ""],
    [`it("y", () => {}); it.only("x", ${body});`, "refused"],
    [`describe.only("a", () => { it("x", ${body}); });`, "refused"],
    [`// it("x", ${body});`, ""],
    [`const suites = ["suite:reject-rpc"]; it("x", () => expect(suites).toContain("suite:reject-rpc"));`, ""],
    [`it("x", async (context) => { context.skip(); expect((await at('/rpc/x')).status).toBe(403) });`, ""],
    [`it("x", async () => { return; expect((await at('/rpc/x')).status).toBe(403) });`, ""],
    [`it("x", async () => { if (false) { expect((await at('/rpc/x')).status).toBe(403) } });`, ""],
    [`const never = ${body}; it("x", () => {});`, ""],
    [`if (false) it("x", ${body});`, ""],
    [`const skipped = it.skip; skipped("x", ${body});`, ""],
  ])("%s", (code, outcome) => {
    expect(proven(code)).toBe(outcome);
  });
});

describe("tables", () => {
  const run = "async ({ path, status }: any) => { expect((await at(path)).status).toBe(status) }";
  it.each([
    [`const T = [{ path: "/rpc/x", status: 403 }]; it.each(T)("$path", ${run});`, "refused"],
    [`const T = [["/rpc/x", 403], ["/rpc/y", 200]]; it.each(T)("%s", async (path, status) => { expect((await at(path)).status).toBe(status) });`, "reached refused"],
    ['it.each`path | status\n${"/rpc/x"} | ${403}\n${"/api/orpc"} | ${200}`("$path", ' + run + ");", "refused"],
    [`for (const one of [{ path: "/rpc/x", status: 403 }]) it(one.path, () => (${run})(one));`, "refused"],
    [`[{ path: "/rpc/x", status: 403 }].forEach((one) => { it(one.path, async () => { expect((await at(one.path)).status).toBe(one.status) }); });`, "refused"],
    [`describe.each([{ path: "/rpc/x" }])("$path", ({ path }) => { it("x", async () => { expect((await at(path)).status).toBe(403) }); });`, "refused"],
    [`const T = { "/rpc/x": 403, "/rpc/y": 200 }; for (const [path, status] of Object.entries(T)) it(path, async () => { expect((await at(path)).status).toBe(status) });`, "reached refused"],
    [`const T = [{ path: "/rpc/x", ok: (s: number) => s === 404 || s === 403 }]; it("x", async () => { for (const one of T) expect(one.ok((await at(one.path)).status)).toBe(true) });`, "refused"],
    [`const T = [{ path: "/rpc/x", status: [401, 403] }]; it.each(T)("x", async ({ path, status }) => { expect(status).toContain((await at(path)).status) });`, "refused"],
    [`const T = [{ path: "/rpc/x", status: 403 }]; it("x", () => { expect(T).toHaveLength(1) });`, ""],
    [`const T = [{ path: "/rpc/x", status: 403, live: false }]; it.each(T.filter((one) => one.live))("x", ${run});`, ""],
    [`const base = [{ path: "/rpc/x", status: 403 }]; const T = [...base, { path: "/rpc/y", status: 200 }]; it.each(T)("x", ${run});`, "reached refused"],
    [`const cases = ["/rpc/x", "/rpc/y"].map((path) => ({ path, status: 403 })); it.each(cases)("x", ${run});`, "refused"],
    [`const T = [{ path: "/rpc/x", status: 403 }]; for (let i = 0; i < T.length; i++) { it("x", async () => { expect((await at(T[i].path)).status).toBe(T[i].status) }); }`, "refused"],
    [`const enum S { No = 403 } const E = { no: 403 } as const; it("x", async () => { expect((await at("/rpc/x")).status).toBe(E.no) });`, "refused"],
  ])("%s", (code, outcome) => {
    expect(proven(code)).toBe(outcome);
  });
});

describe("helpers and doubles", () => {
  const more = {
    "apps/server/test/support.ts": 'import { createApp } from "../src/app"; export async function refuses(path: string) { const res = await createApp().handle(new Request("http://localhost" + path)); expect(res.status).toBe(403); } export const PATHS = { rpc: "/rpc/x" }; export const suite = (path: string) => it(path, () => refuses(path));',
  };
  it.each([
    ['import { refuses, PATHS } from "./support"; it("x", () => refuses(PATHS.rpc));', "refused"],
    ['import { suite } from "./support"; suite("/rpc/x");', "refused"],
    ['import * as s from "./support"; it("x", async () => { await s.refuses("/rpc/x") });', "refused"],
    ['const withEnv = async (env: any, run: () => Promise<any>) => { try { return await run(); } finally { void env; } }; it("x", async () => { const res = await withEnv({}, async () => at("/rpc/x")); expect(res.status).toBe(403) });', "refused"],
    ['let res: any; beforeEach(async () => { res = await at("/rpc/x"); }); it("x", () => { expect(res.status).toBe(403) });', "refused"],
    ['class Client { constructor(private base: string) {} get(path: string) { return fetch("http://localhost" + path); } } it("x", async () => { expect((await new Client("").get("/rpc/x")).status).toBe(403) });', "refused"],
    ['import { Elysia } from "elysia"; it("x", async () => { const own = new Elysia().get("/rpc/x", () => "no"); expect((await own.handle(new Request("http://localhost/rpc/x"))).status).toBe(403) });', ""],
    ['import { Elysia } from "elysia"; import { register } from "../src/app"; it("x", async () => { const own = new Elysia(); register(own); expect((await own.handle(new Request("http://localhost/rpc/x"))).status).toBe(403) });', "refused"],
    ['class Suite { constructor(private readonly path: string) {} register() { it(this.path, async () => { expect((await at(this.path)).status).toBe(403); }); } } new Suite("/rpc/x").register();', "refused"],
    ['it("a", async () => { vi.spyOn(app, "handle").mockReturnValue(1 as never); }); it("x", async () => { expect((await at("/rpc/x")).status).toBe(403) });', "refused"],
    ['vi.mock("./support", () => ({ refuses: async () => undefined, send: async () => new Response(null, { status: 403 }) })); import { send } from "./support"; it("x", async () => { expect((await send(new Request("http://localhost/rpc/x"))).status).toBe(403) });', ""],
    ['vi.mock("./support", async (original) => ({ ...(await original()), PATHS: {} })); import { refuses } from "./support"; it("x", () => refuses("/rpc/x"));', "refused"],
    ['vi.stubGlobal("fetch", async () => new Response(null, { status: 403 })); it("x", async () => { expect((await fetch("/rpc/x")).status).toBe(403) });', ""],
    ['globalThis.fetch = async () => new Response(null, { status: 403 }); it("x", async () => { expect((await fetch("/rpc/x")).status).toBe(403) });', ""],
    ['it("x", () => { const res = new Map([["/rpc", { status: 403 }]]).get("/rpc")!; expect(res.status).toBe(403) });', ""],
  ])("%s", (code, outcome) => {
    expect(proven(code, more)).toBe(outcome);
  });

  it.each([
    // Who is let in elsewhere is not refused by a 404: there is nothing at the path.
    ['const web = { "x-caller": "web" }; it("a", async () => { expect((await at("/rpc/a", web)).status).toBe(200); expect((await at("/rpc/none", web)).status).toBe(404) });', "reached"],
    ['const web = { "x-caller": "web" }; it("a", async () => { expect((await at("/rpc/a", web)).status).toBe(200); expect((await at("/rpc/a")).status).toBe(404) });', "reached refused"],
    ['const web = { "x-caller": "web", "content-type": "application/json" }; it("a", async () => { expect((await at("/rpc/a", web)).status).toBe(200); expect((await at("/rpc/b", { "X-Caller": "web" })).status).toBe(404) });', "reached"],
  ])("%s", (code, outcome) => {
    expect(proven(code)).toBe(outcome);
  });

  it("needs the app of the host where the test's process answers", () => {
    const code = 'import { other } from "../src/other"; it("x", async () => { expect((await other.handle(new Request("http://localhost/rpc/x"))).status).toBe(403) });';
    const workspace = workspaceOf({ "apps/server/src/app.ts": APP, "tools/oracle/src/other.ts": "export const other: any = 1;", "tools/oracle/test/a.test.ts": code });
    expect(workspace.evidenceFor("/rpc", toPath("apps/server/src/app.ts"))).toEqual([]);
  });
});
