import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { policyWith, workspaceOf } from "../memory.js";

/** How a guard asks, refuses and goes on, in texts that can be rewritten one by one. */
interface Guard {
  readonly helpers: string;
  /** The question, as an expression that is true for whom to let in. */
  readonly test: string;
  readonly body: (test: string) => string;
}

const good: Guard = { helpers: "", test: `(request.headers.get("x-caller") === "first-party")`, body: (test) => `if (!${test}) return no(); return serve(request);` };

type Rewrite = (guard: Guard, index: number) => Guard;

/** Each keeps what the guard does. */
const refactorings: Record<string, Rewrite> = {
  "move to a helper": ({ helpers, test, body }, index) => ({ helpers: `${helpers} function h${String(index)}(request: Request) { return ${test}; }`, test: `h${String(index)}(request)`, body }),
  "early returns in a helper": ({ helpers, test, body }, index) => ({ helpers: `${helpers} function e${String(index)}(request: Request) { if (${test}) return true; return false; }`, test: `e${String(index)}(request)`, body }),
  "a let": ({ helpers, test, body }, index) => ({ helpers: `${helpers} function l${String(index)}(request: Request) { let good = false; if (${test}) good = true; return good; }`, test: `l${String(index)}(request)`, body }),
  "double negation": ({ test, ...guard }) => ({ ...guard, test: `!!${test}` }),
  "Boolean()": ({ test, ...guard }) => ({ ...guard, test: `Boolean(${test})` }),
  "a ternary": ({ test, ...guard }) => ({ ...guard, test: `(${test} ? true : false)` }),
  "one more demand": ({ test, ...guard }) => ({ ...guard, test: `(${test} && request.method !== "TRACE")` }),
  "an arrow": ({ helpers, test, body }, index) => ({ helpers: `${helpers} const a${String(index)} = (request: Request) => ${test};`, test: `a${String(index)}(request)`, body }),
  "an else": (guard) => ({ ...guard, body: (test) => `if (${test}) { return serve(request); } else { return no(); }` }),
  "a conditional answer": (guard) => ({ ...guard, body: (test) => `return ${test} ? serve(request) : no();` }),
  "a name": (guard) => ({ ...guard, body: (test) => `const isGood = ${test}; if (!isGood) { return no(); } return await serve(request);` }),
  "a try": ({ body, ...guard }) => ({ ...guard, body: (test) => `try { ${body(test)} } catch (error) { console.error(error); throw error; }` }),
};

/** Each lets somebody in who was not asked. */
const mutations: Record<string, Rewrite> = {
  "a question that is not asked": (guard) => ({ ...guard, test: "true" }),
  "the wrong way around": ({ test, ...guard }) => ({ ...guard, test: `!${test}` }),
  "or always": ({ test, ...guard }) => ({ ...guard, test: `(${test} || true)` }),
  "or in development": ({ test, ...guard }) => ({ ...guard, test: `(process.env.DEV === "1" || ${test})` }),
  "a warning instead of an answer": (guard) => ({ ...guard, body: (test) => `if (!${test}) console.warn("no"); return serve(request);` }),
  "the handler first": (guard) => ({ ...guard, body: (test) => `const answer = await serve(request); if (!${test}) return no(); return answer; ` }),
  "a result that nobody reads": (guard) => ({ ...guard, body: (test) => `void ${test}; return serve(request);` }),
  "on one branch": ({ body, ...guard }) => ({ ...guard, body: (test) => `if (request.method === "POST") { ${body(test)} } return serve(request);` }),
};

function judge({ helpers, test, body }: Guard): string {
  const text = `import { RPCHandler } from "@orpc/server/fetch";
import { Elysia } from "elysia";
const rpc = new RPCHandler({});
const no = () => new Response("forbidden", { status: 403 });
async function serve(request: Request) { return (await rpc.handle(request, { prefix: "/rpc" })).response; }
${helpers}
new Elysia().all("/rpc", async ({ request }) => { ${body(test)} });`;
  const workspace = workspaceOf({ "a.ts": text }, policyWith());
  const [mount] = workspace.mounts;
  if (mount === undefined) throw new Error("nothing is mounted");
  return workspace.guardsOf(mount, "gate").verdict.kind;
}

const steps = fc.array(fc.constantFrom(...Object.keys(refactorings)), { maxLength: 5 });

function rewritten(names: readonly string[], from: Guard = good): Guard {
  return names.reduce((guard, name, index) => refactorings[name]?.(guard, index) ?? guard, from);
}

describe("a gate that is rewritten", () => {
  it("is never called a breach where it does the same", () => {
    fc.assert(fc.property(steps, (names) => judge(rewritten(names)) !== "unguarded"), { seed: 20_261, numRuns: 60 });
  });
  it("is never called proven where it lets somebody in", () => {
    const broken = fc.tuple(steps, fc.constantFrom(...Object.keys(mutations)));
    fc.assert(fc.property(broken, ([names, name]) => judge(mutations[name]?.(rewritten(names), names.length) ?? good) !== "guarded"), { seed: 20_262, numRuns: 60 });
  });
  it("is proven as it stands", () => {
    expect(judge(good)).toBe("guarded");
  });
});
