import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toPath } from "../../src/files/path.js";
import { Bench } from "./test-bench.js";
import { workspaceOf } from "./memory.js";

/* Tests that are rewritten. Whether each of them would notice an open boundary is told by running it against one. */

/** A test file in texts that can be rewritten one by one. */
interface Suite {
  /** Statements at the top of the file. */
  readonly head: string;
  /** The claim that `/rpc` refuses a caller: statements that may await. */
  readonly claim: string;
  /** The statement that registers the test with a body. */
  readonly register: (body: string) => string;
}

const base: Suite = { head: "", claim: "expect((await at('/rpc/x')).status).toBe(403);", register: (body) => `it("refuses", async () => { ${body} });` };

type Rewrite = (suite: Suite, id: string) => Suite;

const claim = (make: (claim: string, id: string) => string): Rewrite => (suite, id) => ({ ...suite, claim: make(suite.claim, id) });
const helper = (make: (claim: string, id: string) => string, call: (id: string) => string): Rewrite => (suite, id) => ({ ...suite, head: `${suite.head}\n${make(suite.claim, id)}`, claim: call(id) });
const registered = (make: (registered: string, id: string) => string): Rewrite => ({ register, ...suite }, id) => ({ ...suite, register: (body) => make(register(body), id) });

/** Each notices the same. */
const refactorings: Record<string, Rewrite> = {
  "a function": helper((body, id) => `async function check${id}() { ${body} }`, (id) => `await check${id}();`),
  "an arrow": helper((body, id) => `const check${id} = async () => { ${body} };`, (id) => `await check${id}();`),
  "a class": helper((body, id) => `class Client${id} { async check() { ${body} } }`, (id) => `await new Client${id}().check();`),
  "a promise that is returned": helper((body, id) => `const check${id} = async () => { ${body} };`, (id) => `return check${id}().then(() => undefined);`),
  "a catch that throws": helper((body, id) => `const check${id} = async () => { ${body} };`, (id) => `await check${id}().catch((error) => { throw error; });`),
  "a loop": claim((body) => `for (const _ of [1]) { ${body} }`),
  "a condition that holds": claim((body) => `if (true) { ${body} }`),
  "a block": claim((body) => `{ ${body} }`),
  "a try that throws": claim((body) => `try { ${body} } catch (error) { throw new Error("open", { cause: error }); }`),
  "a finally": claim((body) => `try { ${body} } finally { await at("/health"); }`),
  "another claim": claim((body) => `expect(1).toBe(1); ${body}`),
  "another request": claim((body) => `await at("/health"); ${body}`),
  "a suite": registered((inner, id) => `describe("suite ${id}", () => { ${inner} });`),
  "a suite for each": registered((inner) => `describe.each([1])("%s", () => { ${inner} });`),
  "a loop of suites": registered((inner) => `for (const name of ["a"]) describe(name, () => { ${inner} });`),
  "a function that registers": ({ head, register, claim: body }, id) => ({ head, claim: body, register: (inner) => `const register${id} = () => { ${register(inner)} }; register${id}();` }),
  "a hook before it": registered((inner) => `beforeEach(async () => { await at("/health"); }); ${inner}`),
  "another test": registered((inner, id) => `it("other ${id}", () => { expect(1).toBe(1); }); ${inner}`),
  "a test that is skipped": registered((inner, id) => `it.skip("later ${id}", () => { expect(1).toBe(2); }); ${inner}`),
};

/** Ways to say the same claim. */
const claims: readonly string[] = [
  base.claim,
  "const { status } = await at('/rpc/x'); expect(status).toBe(403);",
  "const answer = await at('/rpc/x'); expect(answer.status).toEqual(403);",
  "const path = '/rpc' + '/x'; expect((await at(path)).status).toBe(403);",
  "const answer = await at('/rpc/x'); expect([401, 403]).toContain(answer.status);",
  "const answer = await at('/rpc/x'); expect(answer.status === 403).toBe(true);",
  "const answer = await at('/rpc/x'); if (answer.status !== 403) throw new Error('open');",
  "const answers = await Promise.all([at('/rpc/x')]); for (const { status } of answers) expect(status).toBe(403);",
  "const table = { '/rpc/x': 403 }; for (const [path, status] of Object.entries(table)) expect((await at(path)).status).toBe(status);",
  "await at('/rpc/x').then((answer) => { expect(answer.status).toBe(403); });",
];

/** Each notices nothing. */
const mutations: Record<string, Rewrite> = {
  "no claim": claim(() => "await at('/rpc/x');"),
  "the opposite": claim(() => "expect((await at('/rpc/x')).status).not.toBe(500);"),
  "either": claim(() => "expect([200, 403]).toContain((await at('/rpc/x')).status);"),
  "another path": claim(() => "expect((await at('/rpcs/x')).status).toBe(403);"),
  "a comment": claim((body) => `/* ${body.replaceAll("*/", "")} */`),
  "a condition that does not hold": claim((body) => `if (false) { ${body} }`),
  "a return before": claim((body) => `if (true) return; ${body}`),
  "a loop over nothing": claim((body) => `for (const _ of []) { ${body} }`),
  "a failure that is swallowed": claim((body) => `try { ${body} } catch {}`),
  "a failure that is logged": claim((body) => `try { ${body} } catch (error) { console.warn(error); }`),
  "a rejection that is forgotten": helper((body, id) => `const check${id} = async () => { ${body} };`, (id) => `await check${id}().catch(() => {});`),
  "a function that nobody calls": helper((body, id) => `async function check${id}() { ${body} }`, (id) => `void check${id};`),
  "skip": registered((inner, id) => `describe.skip("suite ${id}", () => { ${inner} });`),
  "todo": registered((inner, id) => `describe.todo("suite ${id}"); const later${id} = () => { ${inner} };`),
  "a suite for none": registered((inner) => `describe.each([])("%s", () => { ${inner} });`),
  "a suite that is not registered": registered((inner) => `if (false) { ${inner} }`),
  "only another": registered((inner, id) => `it.only("other ${id}", () => { expect(1).toBe(1); }); ${inner}`),
};

function written({ head, claim: body, register }: Suite): string {
  return `${head}\n${register(body)}`;
}

const HEAD = 'import { createApp } from "../src/app"; const app = createApp(); const at = (path) => app.handle(new Request(`http://localhost${path}`));\n';
const APP = 'export const createApp = () => ({ handle: (request: Request) => respond(request) }); export function register(app: any) { app.all("/rpc/*", () => 1); } declare const respond: any;';

/** Whether the reader finds that `/rpc` is proven to refuse. */
function isProven(code: string): boolean {
  const workspace = workspaceOf({ "apps/server/src/app.ts": APP, "apps/server/test/a.test.ts": `${HEAD}${code}` });
  return workspace.evidenceFor("/rpc", toPath("apps/server/src/app.ts")).some(({ outcome }) => outcome === "refused");
}

/** Whether the tests pass where `/rpc` refuses, and fail where it is open. */
async function notices(code: string): Promise<boolean> {
  const answer = (rpc: number) => (path: string) => Promise.resolve({ status: path.startsWith("/rpc/") ? rpc : path.startsWith("/rpcs") ? 403 : 200 });
  const [closed, open] = [await new Bench(code, answer(403)).passes(), await new Bench(code, answer(200)).passes()];
  expect(closed, code).toBe(true);
  return !open;
}

const steps = fc.array(fc.constantFrom(...Object.keys(refactorings)), { maxLength: 4 });

function rewritten(names: readonly string[], from: Suite, prefix: string): Suite {
  return names.reduce((suite, name, at) => refactorings[name]?.(suite, `${prefix}${String(at)}`) ?? suite, from);
}

describe("a test that is rewritten", () => {
  it("proves the same where it notices the same", async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(...claims), steps, async (said, names) => {
      const code = written(rewritten(names, { ...base, claim: said }, "a"));
      expect(await notices(code), code).toBe(true);
      expect(isProven(code), code).toBe(true);
    }), { seed: 20_265, numRuns: 200 });
  });

  it("proves nothing where it would not notice an open boundary", async () => {
    const broken = fc.tuple(fc.constantFrom(...claims), steps, fc.constantFrom(...Object.keys(mutations)), steps);
    await fc.assert(fc.asyncProperty(broken, async ([said, before, name, after]) => {
      const mutated = mutations[name]?.(rewritten(before, { ...base, claim: said }, "a"), "m") ?? base;
      const code = written(rewritten(after, mutated, "b"));
      // A promise that is returned from a `try` leaves it.
      fc.pre(!(await notices(code)));
      expect(isProven(code), code).toBe(false);
    }), { seed: 20_266, numRuns: 250 });
  });
});
