import { describe, expect, it } from "vitest";
import { ROUTE_TESTS, edit, of, tests, judged, type Case } from "./headquarters.js";

const breaches: readonly Case[] = [
  ["rpc refusal removed", ["no-untested-family"], tests(edit([`  { title: "refuses callers without a name", method: "POST", path: "/rpc/coordination/list", body: rpcCall, status: 403 },\n`, ""], [`  { title: "refuses the world", method: "POST", path: "/rpc/coordination/list", headers: external, body: rpcCall, status: 403 },\n`, ""]))],
  ["refusals commented", ["no-untested-family"], tests(edit([`  { title: "refuses callers without a name"`, `  // { title: "refuses callers without a name"`], [`  { title: "refuses the world"`, `  // { title: "refuses the world"`]))],
  ["describe.skip", ["no-untested-family"], tests(edit([`describe("rpc", () => {`, `describe.skip("rpc", () => {`]))],
  ["describe.todo", ["no-untested-family"], tests(edit([`describe("rpc", () => {`, `describe.todo("rpc", () => {`]))],
  ["xdescribe", ["no-untested-family"], tests(edit([`describe("rpc", () => {`, `const xdescribe = describe.skip;\nxdescribe("rpc", () => {`]))],
  ["it.skip.each", ["no-untested-family"], tests(edit([`it.each(rpc)`, `it.skip.each(rpc)`]))],
  ["it.todo", ["no-untested-family"], tests(edit([`it.each(rpc)("$title", check);`, `it.todo("rpc");`]))],
  ["describe only other", ["no-untested-family"], tests(edit([`describe("workflows", () => {`, `describe.only("workflows", () => {`]))],
  ["skipIf CI", ["no-untested-family"], tests(edit([`it.each(rpc)`, `it.skipIf(true).each(rpc)`]))],
  ["table emptied", ["no-untested-family"], tests(edit([`it.each(rpc)`, `it.each(rpc.filter(() => false))`]))],
  ["table sliced", ["no-untested-family"], tests(edit([`it.each(rpc)`, `it.each(rpc.slice(0, 1))`]))],
  ["never called fn", ["no-untested-family"], tests(edit([`describe("rpc", () => {\n  it.each(rpc)("$title", check);\n});`, `function later() { describe("rpc", () => { it.each(rpc)("$title", check); }); }\nexport { later };`]))],
  ["conditional false", ["no-untested-family"], tests(edit([`describe("rpc", () => {`, `if (false) describe("rpc", () => {`]))],
  ["no expectation", ["no-untested-family"], tests(edit([`if (typeof status === "number") expect(response.status).toBe(status);\n  else expect(response.status).toSatisfy(status);`, `void status; void response;`]))],
  ["expect without matcher", ["no-untested-family"], tests(edit([`if (typeof status === "number") expect(response.status).toBe(status);\n  else expect(response.status).toSatisfy(status);`, `void status; expect(response.status);`]))],
  ["expect defined", ["no-untested-family"], tests(edit([`if (typeof status === "number") expect(response.status).toBe(status);\n  else expect(response.status).toSatisfy(status);`, `void status; expect(response.status).toBeDefined();`]))],
  ["expect number type", ["no-untested-family"], tests(edit([`if (typeof status === "number") expect(response.status).toBe(status);\n  else expect(response.status).toSatisfy(status);`, `void status; expect(typeof response.status).toBe("number");`]))],
  ["swallowed expectations", ["no-untested-family"], tests(edit([`const response = await createTestApp().handle(request);\n  if (typeof status === "number") expect(response.status).toBe(status);\n  else expect(response.status).toSatisfy(status);`, `const response = await createTestApp().handle(request);\n  try { if (typeof status === "number") expect(response.status).toBe(status);\n  else expect(response.status).toSatisfy(status); } catch { /* flaky */ }`]))],
  ["promise not awaited", ["no-untested-family"], tests(edit([`const response = await createTestApp().handle(request);`, `const response = { status: typeof status === "number" ? status : 200 }; void createTestApp().handle(request);`]))],
  ["early return", ["no-untested-family"], tests(edit([`async function check({ method, path, headers, body, status }: Case) {`, `async function check({ method, path, headers, body, status }: Case) {\n  if (path.startsWith("/rpc")) return;`]))],
  ["mocked app", ["no-untested-family"], tests(edit([`import { createTestApp, signed } from "./support";`, `import { signed } from "./support";\nconst createTestApp = () => ({ handle: async (_request: Request) => new Response(null, { status: 403 }) });`]))],
  ["own elysia", ["no-untested-family"], tests(edit([`import { createTestApp, signed } from "./support";`, `import { Elysia } from "elysia";\nimport { signed } from "./support";\nconst createTestApp = () => new Elysia().all("/*", () => new Response(null, { status: 403 }));`]))],
  ["200 or 403 accepted", ["no-untested-family"], tests(edit([`status: 403 },\n  { title: "refuses the world"`, `status: (actual) => actual < 500 },\n  { title: "refuses the world"`], [`headers: external, body: rpcCall, status: 403 }`, `headers: external, body: rpcCall, status: (actual) => [200, 403].includes(actual) }`]))],
  ["wrong path", ["no-untested-family"], tests(edit([`path: "/rpc/coordination/list"`, `path: "/rcp/coordination/list"`]))],
  ["ingress refusals 200", ["no-untested-family"], tests(edit([`title: "refuses unsigned calls", method: "POST", path: "/api/inngest", body: {}, status: 403`, `title: "refuses unsigned calls", method: "POST", path: "/api/inngest", body: {}, status: 200`], [`title: "refuses our own callers", method: "POST", path: "/api/inngest", headers: firstParty, body: {}, status: 403`, `title: "x", method: "POST", path: "/health", status: 403`], [`headers: signature(signed("", "other")), status: 403`, `headers: signature(signed("", "other")), status: 500`], [`headers: signature(signed("", undefined, 1)), status: 403`, `headers: signature(signed("", undefined, 1)), status: 400`]))],
  ["suite ids only", ["no-untested-family"], tests(() => `import { expect, it } from "vitest"; const suites = ["suite:web:boundary:deny-rpc", "/rpc 403", "/api/inngest 403", "/api/orpc 200", "/api/workflows 200"]; it("has ids", () => { expect(suites).toContain("/rpc 403"); });`)],
  ["string search of source", ["no-untested-family"], tests(() => `import { readFileSync } from "node:fs"; import { expect, it } from "vitest"; it("mounts /rpc", () => { const source = readFileSync("src/orpc.ts", "utf8"); expect(source).toContain("/rpc"); expect(source).toContain("403"); });`)],
  ["negated expectation", ["no-untested-family"], tests(edit([`expect(response.status).toBe(status);`, `expect(response.status).not.toBe(status);`]))],
  ["return before via guard env", ["no-untested-family"], tests(edit([`it.each(rpc)("$title", check);`, `it.each(rpc)("$title", async (one) => { if (true) return; await check(one); });`]))],
  ["loop over empty", ["no-untested-family"], tests(edit([`it.each(rpc)("$title", check);`, `for (const one of [] as Case[]) it(one.title, () => check(one)); void rpc;`]))],
  ["todo tag option", ["no-untested-family"], tests(edit([`it.each(rpc)("$title", check);`, `it.each(rpc)("$title", { todo: true }, check);`]))],
  ["file not a test", ["no-untested-family"], tests((old) => old && `export {};`)],
  ["in a file that is no test", ["no-untested-family"], { [ROUTE_TESTS]: undefined, "apps/server/test/published-api.test.ts": undefined, "apps/server/src/manual-check.ts": of(ROUTE_TESTS).replaceAll("./support", "../test/support") }],
];

const harmless: readonly Case[] = [
  ["env conditional", [], tests(edit([`describe("rpc", () => {`, `if (process.env.CI) describe("rpc", () => {`]))],
  ["expect in then not returned", [], tests(edit([`const response = await createTestApp().handle(request);\n  if (typeof status === "number") expect(response.status).toBe(status);\n  else expect(response.status).toSatisfy(status);`, `return createTestApp().handle(request).then((response) => { if (typeof status === "number") expect(response.status).toBe(status);\n  else expect(response.status).toSatisfy(status); });`]))],
  ["split in two files", [], { [ROUTE_TESTS]: edit([`describe("rpc", () => {\n  it.each(rpc)("$title", check);\n});\n`, ""]), "apps/server/test/rpc.test.ts": `import { expect, it } from "vitest"; import { CALLER_HEADER } from "@rawr/orpc-client"; import { createTestApp } from "./support"; const call = (headers: Record<string, string> = {}) => createTestApp().handle(new Request("http://localhost/rpc/coordination/list", { method: "POST", headers, body: "{}" })); it("serves", async () => { expect((await call({ [CALLER_HEADER]: "web" })).status).toBe(200); }); it("refuses", async () => { expect((await call()).status).toBe(403); });` }],
  ["for loop", [], tests(edit([`  it.each(rpc)("$title", check);`, `  for (const one of rpc) it(one.title, () => check(one));`]))],
  ["forEach test", [], tests(edit([`  it.each(rpc)("$title", check);`, `  rpc.forEach((one) => { test(one.title, async () => { await check(one); }); });`], [`import { beforeAll, describe, expect, it } from "vitest";`, `import { beforeAll, describe, expect, it, test } from "vitest";`]))],
  ["concurrent", [], tests(edit([`it.each(rpc)`, `it.concurrent.each(rpc)`]))],
  ["node:test assert", [], tests(edit([`import { beforeAll, describe, expect, it } from "vitest";`, `import assert from "node:assert/strict";\nimport { before as beforeAll, describe, it as nodeIt } from "node:test";\nconst it = { each: (rows: readonly Case[]) => (_title: string, run: (one: Case) => Promise<void>) => { for (const row of rows) nodeIt(row.title, () => run(row)); } };`], [`if (typeof status === "number") expect(response.status).toBe(status);\n  else expect(response.status).toSatisfy(status);`, `if (typeof status === "number") assert.equal(response.status, status);\n  else assert.ok(status(response.status));`]))],
  ["bun test", [], tests(edit([`from "vitest"`, `from "bun:test"`], [`expect(response.status).toSatisfy(status)`, `expect(status(response.status)).toBe(true)`]))],
  ["matchers", [], tests(edit([`if (typeof status === "number") expect(response.status).toBe(status);\n  else expect(response.status).toSatisfy(status);`, `const isRight = typeof status === "number" ? response.status === status : status(response.status);\n  expect(isRight).toBe(true);`]))],
  ["object match", [], tests(edit([`if (typeof status === "number") expect(response.status).toBe(status);`, `if (typeof status === "number") expect(response).toMatchObject({ status });`]))],
  ["table object", [], tests(edit([`const rpc: readonly Case[] = [`, `const rpc: readonly Case[] = Object.values({ list: [`], [`headers: firstParty, body: rpcCall, status: 404 },\n];`, `headers: firstParty, body: rpcCall, status: 404 },\n] }).flat();`]))],
  ["status in const", [], tests(edit([`status: 403 }`, `status: FORBIDDEN }`], [`interface Case {`, `const FORBIDDEN = 403;\ninterface Case {`]))],
  ["map builder", [], tests(edit([`it.each(rpc)`, `it.each(rpc.map((one) => ({ ...one, title: "rpc " + one.title })))`]))],
  ["predicate", [], tests(edit([`headers: external, body: rpcCall, status: 403 }`, `headers: external, body: rpcCall, status: (actual) => actual === 401 || actual === 403 }`]))],
  ["client class", [], tests(edit([`async function check({`, `class Client { #app = createTestApp(); async send(request: Request) { return this.#app.handle(request); } }\nasync function check({`], [`const response = await createTestApp().handle(request);`, `const response = await new Client().send(request);`]))],
  ["helper returns status", [], tests(edit([`const response = await createTestApp().handle(request);\n  if (typeof status === "number") expect(response.status).toBe(status);\n  else expect(response.status).toSatisfy(status);`, `const actual = await statusOf(request);\n  if (typeof status === "number") expect(actual).toBe(status);\n  else expect(actual).toSatisfy(status);`], [`async function check({`, `const statusOf = async (request: Request) => (await createTestApp().handle(request)).status;\nasync function check({`]))],
  ["describe.each", [], tests(edit([`describe("rpc", () => {\n  it.each(rpc)("$title", check);\n});\n`, `describe.each([{ name: "rpc", cases: rpc }])("$name", ({ cases }) => {\n  it.each(cases)("$title", check);\n});\n`]))],
  ["suites map", [], tests(edit([`describe("rpc", () => {\n  it.each(rpc)("$title", check);\n});\n`, `for (const [name, cases] of Object.entries({ rpc })) describe(name, () => {\n  it.each(cases)("$title", check);\n});\n`]))],
  ["beforeEach app", [], tests(edit([`async function check({`, `let app: ReturnType<typeof createTestApp>;\nbeforeEach(() => { app = createTestApp(); });\nasync function check({`], [`await createTestApp().handle(request)`, `await app.handle(request)`], [`import { beforeAll,`, `import { beforeAll, beforeEach,`]))],
  ["listen and fetch", [], tests(edit([`const response = await createTestApp().handle(request);`, `const server = createTestApp().listen(0); const response = await fetch(new Request(\`http://localhost:\${server.server?.port}\${path}\`, request));`]))],
  ["timeouts and retry", [], tests(edit([`it.each(rpc)("$title", check);`, `it.each(rpc)("$title", { timeout: 1000, retry: 2 }, check);`]))],
  ["assertions count", [], tests(edit([`const response = await createTestApp().handle(request);`, `expect.assertions(1);\n  const response = await createTestApp().handle(request);`]))],
  ["expect extend", [], tests(edit([`beforeAll(() => {`, `expect.extend({ toBeFine: () => ({ pass: true, message: () => "" }) });\nbeforeAll(() => {`]))],
  ["switch on expected", [], tests(edit([`if (typeof status === "number") expect(response.status).toBe(status);\n  else expect(response.status).toSatisfy(status);`, `switch (typeof status) { case "number": expect(response.status).toBe(status); break; default: expect((status as (n: number) => boolean)(response.status)).toBe(true); }`]))],
];

describe("what tests prove of the boundaries", () => {
  it.each(breaches)("is a breach: %s", (_, rules, edits) => {
    expect(judged(edits, ["no-untested-family"])).toEqual(rules);
  });
  it.each(harmless)("is none: %s", (_, rules, edits) => {
    expect(judged(edits, ["no-untested-family"])).toEqual(rules);
  });
});
