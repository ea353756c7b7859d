import { NOTHING, type Value } from "./value.js";

const TESTS = /^(?:it|test|specify|fit)$/u;
const SUITES = /^(?:describe|suite|context|fdescribe)$/u;
const SKIPPED_NAMES = /^x(?:it|test|describe|context|specify)$/u;
const HOOKS = /^(?:before|beforeAll|beforeEach|setup|suiteSetup|aroundEach)$/u;
const LATER_HOOKS = /^(?:after|afterAll|afterEach|teardown|suiteTeardown|onTestFinished)$/u;
const TOOLS = /^(?:vitest|bun:test|node:test|test|@jest\/globals|mocha|chai|@playwright\/test|(?:node:)?assert(?:\/strict)?|uvu(?:\/assert)?|ava|tap|@japa\/runner|@effect\/vitest)$/u;

/** Marks of tests and suites that do not run, or that pass by failing. */
export const SKIPS: ReadonlySet<string> = new Set(["skip", "todo", "fails", "failing", "fixme", "fail"]);

/** A name that a package exports. */
export function exportedBy(module: string, name: string): Value {
  if (!TOOLS.test(module)) return { kind: "native", name: name === "default" ? module : name };
  if (/assert/u.test(module)) return { kind: "native", name: name === "default" || name === "*" || name === "strict" ? "assert" : `assert.${name}` };
  return tool(name === "default" || name === "*" ? "test" : name) ?? { kind: "native", name };
}

/** A name that nothing in the file declares. */
export function globalOf(name: string): Value {
  if (name === "undefined") return NOTHING;
  return tool(name) ?? { kind: "native", name };
}

/** What test tools offer under a name. */
function tool(name: string): Value | undefined {
  if (SKIPPED_NAMES.test(name)) return { kind: "block", role: /describe|context/u.test(name) ? "suite" : "test", marks: ["skip"] };
  if (TESTS.test(name)) return { kind: "block", role: "test", marks: name === "fit" ? ["only"] : [] };
  if (SUITES.test(name)) return { kind: "block", role: "suite", marks: name === "fdescribe" ? ["only"] : [] };
  if (HOOKS.test(name)) return { kind: "native", name: "hook" };
  if (LATER_HOOKS.test(name)) return { kind: "native", name: "later" };
  if (name === "expect" || name === "assert") return { kind: "native", name };
  return name === "vi" || name === "jest" || name === "mock" || name === "sinon" ? { kind: "native", name: "vi" } : undefined;
}
