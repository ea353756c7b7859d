import * as nodeCrypto from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toPath } from "../../../src/files/path.js";
import { truthyWhen } from "../../../src/workspace/guards/judge.js";
import { policyWith, workspaceOf } from "../memory.js";

/* Verifiers that are rewritten. Which requests each of them lets in is told by running it. */

/** A verifier in texts that can be rewritten one by one. */
interface Verifier {
  readonly helpers: string;
  /** True for a request that is signed; may await, reads `request`. */
  readonly test: string;
  readonly body: (test: string) => string;
}

const HEAD = `const KEY = "secret";
function sign(body) { return createHmac("sha256", KEY).update(body).digest("hex"); }
async function signed(request) {
  const given = Buffer.from(request.headers.get("x-signature") ?? "");
  const expected = Buffer.from(sign(await request.clone().text()));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
`;
const base: Verifier = { helpers: "", test: "(await signed(request))", body: (test) => `return ${test};` };

type Rewrite = (verifier: Verifier, id: string) => Verifier;

const helper = (make: (name: string, test: string) => string, call: (name: string) => string): Rewrite => ({ helpers, test, body }, id) => ({ helpers: `${helpers}\n${make(`h${id}`, test)}`, test: call(`h${id}`), body });
const around = (make: (test: string, id: string) => string): Rewrite => ({ test, ...rest }, id) => ({ ...rest, test: make(test, id) });
const body = (make: (test: string, id: string) => string): Rewrite => (verifier, id) => ({ ...verifier, helpers: `${verifier.helpers}\nasync function b${id}(request) { ${make(verifier.test, id)} }`, test: `(await b${id}(request))` });

/** Each says yes to the same requests. */
const refactorings: Record<string, Rewrite> = {
  "a function": helper((name, test) => `async function ${name}(request) { return ${test}; }`, (name) => `(await ${name}(request))`),
  "an arrow": helper((name, test) => `const ${name} = async (request) => ${test};`, (name) => `(await ${name}(request))`),
  "a factory": helper((name, test) => `const ${name} = () => async (request) => ${test};`, (name) => `(await ${name}()(request))`),
  "a class": helper((name, test) => `class C${name} { async verify(request) { return ${test}; } } const ${name} = new C${name}();`, (name) => `(await ${name}.verify(request))`),
  "a result object": helper((name, test) => `async function ${name}(request) { return ${test} ? { ok: true } : { ok: false, why: "unsigned" }; }`, (name) => `(await ${name}(request)).ok`),
  "a word": helper((name, test) => `async function ${name}(request) { return ${test} ? "signed" : "unsigned"; }`, (name) => `((await ${name}(request)) === "signed")`),
  "a then": helper((name, test) => `const ${name} = async (request) => ${test};`, (name) => `(await ${name}(request).then((answer) => answer))`),
  "a catch that says no": helper((name, test) => `const ${name} = async (request) => ${test};`, (name) => `(await ${name}(request).catch(() => false))`),
  "Promise.all": helper((name, test) => `const ${name} = async (request) => ${test};`, (name) => `(await Promise.all([${name}(request)])).every((one) => one)`),
  "a throw": helper((name, test) => `async function assert${name}(request) { if (!${test}) throw new Error("unsigned"); } async function ${name}(request) { try { await assert${name}(request); return true; } catch { return false; } }`, (name) => `(await ${name}(request))`),
  "double negation": around((test) => `!!${test}`),
  "Boolean()": around((test) => `Boolean(${test})`),
  "a ternary": around((test) => `(${test} ? true : false)`),
  "a ternary turned around": around((test) => `(!${test} ? false : true)`),
  "equality with true": around((test) => `(${test} === true)`),
  "one more demand": around((test) => `(${test} && request.method !== "TRACE")`),
  "one more demand first": around((test) => `(request.method !== "TRACE" && ${test})`),
  "twice": around((test) => `(${test} || ${test})`),
  "early returns": body((test) => `if (${test}) return true; return false;`),
  "an early no": body((test) => `if (!${test}) return false; return true;`),
  "a let": body((test) => `let good = false; if (${test}) { good = true; } return good;`),
  "a name": body((test) => `const good = ${test}; console.log("asked"); return good;`),
  "an else": body((test) => `if (${test}) { return true; } else { return false; }`),
  "a loop with a break": body((test) => `let good = false; for (const _ of [1, 2]) { if (${test}) { good = true; break; } } return good;`),
  "a loop that returns": body((test) => `for (const _ of ["a"]) { if (${test}) return true; } return false;`),
  "a try": body((test) => `try { return ${test}; } catch { return false; }`),
  "a finally": body((test) => `try { return ${test}; } finally { console.log("asked"); }`),
  "a switch": body((test) => `switch (${test}) { case true: return true; default: return false; }`),
  "destructuring": body((test) => `const { answer } = { answer: ${test} }; return answer;`),
  "an array": body((test) => `const [answer] = [${test}]; return answer;`),
};

/** Each lets in who is not signed, where it is reached. */
const mutations: Record<string, Rewrite> = {
  "yes": around(() => "true"),
  "or yes": around((test) => `(${test} || true)`),
  "no instead of yes": around((test) => `!${test}`),
  "or in development": around((test) => `(process.env.DEV === "1" || ${test})`),
  "or by a header": around((test) => `(${test} || request.headers.get("x-debug") === "1")`),
  "the header is there": around(() => `request.headers.has("x-signature")`),
  "a comma": around((test) => `(${test}, true)`),
  "nothing waits": helper((name, test) => `async function ${name}(request) { return ${test}; }`, (name) => `Boolean(${name}(request))`),
  "the object instead of its answer": helper((name, test) => `async function ${name}(request) { return { ok: ${test} }; }`, (name) => `Boolean(await ${name}(request))`),
  "a catch that says yes": helper((name, test) => `async function ${name}(request) { if (!${test}) throw new Error("unsigned"); return true; }`, (name) => `(await ${name}(request).catch(() => true))`),
  "a throw that is swallowed": body((test) => `try { if (!${test}) throw new Error("unsigned"); } catch { console.log("unsigned"); } return true;`),
  "an answer that nobody reads": body((test) => `void ${test}; return true;`),
  "no signature is fine": body((test) => `if (!request.headers.has("x-signature")) return true; return ${test};`),
  "only for POST": body((test) => `if (request.method === "POST") return ${test}; return true;`),
  "yes to begin with": body((test) => `let good = true; if (process.env.KEY) good = ${test}; return good;`),
  "a finally that says yes": body((test) => `try { return ${test}; } finally { return true; }`),
  "the last says yes": body((test) => `let good = ${test}; for (const _ of [1]) good = true; return good;`),
};

function written({ helpers, test, body: statements }: Verifier): string {
  return `${HEAD}${helpers}\nasync function verify(request) { ${statements(test)} }`;
}

function judge(code: string): string {
  const text = `import { createHmac, timingSafeEqual } from "node:crypto";\n${code}`;
  const workspace = workspaceOf({ "a.ts": text }, policyWith());
  const file = toPath("a.ts");
  const binding = workspace.body(file)?.bindings.find(({ name }) => name === "verify");
  if (binding?.value === undefined) throw new Error("no function `verify`");
  return truthyWhen({ ask: workspace, routes: workspace.policy.routes, manifest: undefined }, "signature", { file, expression: binding.value }).kind;
}

const signatureOf = (text: string): string => nodeCrypto.createHmac("sha256", "secret").update(text).digest("hex");
const unsigned: readonly RequestInit[] = [
  { method: "POST", body: "x" },
  { method: "GET" },
  { method: "POST", body: "x", headers: { "x-signature": signatureOf("y") } },
  { method: "POST", body: "x", headers: { "x-signature": "short", "x-debug": "1" } },
];

type Verify = (request: Request) => unknown;

/** What running a verifier shows: whether it knows a signed request, and whether it lets in one that is not. */
async function ran(code: string): Promise<{ readonly knows: boolean; readonly leaks: boolean }> {
  // The program is made by this test.
  const load = new Function("createHmac", "timingSafeEqual", "process", "console", `${code}\nreturn verify;`) as (...of: unknown[]) => Verify;
  const verifiers = [{}, { DEV: "1" }].map((env) => load(nodeCrypto.createHmac, nodeCrypto.timingSafeEqual, { env }, { log: () => undefined }));
  let [knows, leaks] = [true, false];
  for (const verify of verifiers) {
    knows &&= Boolean(await verify(new Request("http://localhost/", { method: "POST", body: "x", headers: { "x-signature": signatureOf("x") } })));
    for (const init of unsigned) leaks ||= Boolean(await verify(new Request("http://localhost/", init)));
  }
  return { knows, leaks };
}

const steps = fc.array(fc.constantFrom(...Object.keys(refactorings)), { maxLength: 4 });

function rewritten(names: readonly string[], from: Verifier, prefix: string): Verifier {
  return names.reduce((verifier, name, at) => refactorings[name]?.(verifier, `${prefix}${String(at)}`) ?? verifier, from);
}

describe("a verifier that is rewritten", () => {
  it("is proven where it says yes to the same requests", async () => {
    await fc.assert(fc.asyncProperty(steps, async (names) => {
      const code = written(rewritten(names, base, "a"));
      expect(await ran(code), code).toEqual({ knows: true, leaks: false });
      expect(judge(code), code).toBe("proven");
    }), { seed: 20_263, numRuns: 150 });
  });

  it("is never proven where it lets somebody in", async () => {
    const broken = fc.tuple(steps, fc.constantFrom(...Object.keys(mutations)), steps);
    await fc.assert(fc.asyncProperty(broken, async ([before, name, after]) => {
      const mutated = mutations[name]?.(rewritten(before, base, "a"), "m") ?? base;
      const code = written(rewritten(after, mutated, "b"));
      expect((await ran(code)).leaks, code).toBe(true);
      expect(judge(code), code).not.toBe("proven");
    }), { seed: 20_264, numRuns: 250 });
  });
});
