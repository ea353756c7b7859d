import { describe, expect, test } from "vitest";
import { toPath } from "../../src/files/path.js";
import { workspaceOf } from "./memory.js";

const PRELUDE = 'const GONE = ["lane", "tier"] as const;\n';

/** Whether every use of a wanted name in a program is refused. */
function refusals(text: string): readonly boolean[] {
  const file = toPath("main.ts");
  return workspaceOf({ [file]: PRELUDE + text }).keyUses(file, ["lane", "tier"]).map((use) => use.refused());
}

describe("a hit is refused by", () => {
  test.each([
    ["a throw", 'if ("lane" in x) throw new Error("gone")'],
    ["a throw for each of a list", "for (const key of GONE) if (key in x) throw new Error(key)"],
    ["a throw after the way out", 'for (const key of GONE) { if (!(key in x)) continue; throw new Error(key) }'],
    ["a throw behind a name", 'const has = "lane" in x; if (has) throw new Error("gone")'],
    ["a throw in a callback", "GONE.forEach((key) => { if (key in x) throw new Error(key) })"],
    ["a throw for the first hit", "const [first] = GONE.filter((key) => key in x); if (first !== undefined) throw new Error(first)"],
    ["a throw for some hit", "if (GONE.some((key) => Object.hasOwn(x, key))) throw new Error()"],
    ["a throw for a found one", "const hit = GONE.find((key) => x[key] !== undefined); if (hit !== undefined) throw new Error(hit)"],
    ["a throw for a place in the list of keys", 'if (Object.keys(x).indexOf("lane") !== -1) throw new Error("gone")'],
    ["a throw over all hits", "for (const hit of GONE.filter((key) => key in x)) throw new Error(hit)"],
    ["a throw in its case", 'switch (true) { case "lane" in x: throw new Error("gone") }'],
    ["a throw in the case of a key", 'for (const key in x) switch (key) { case "lane": case "tier": throw new Error(key) }'],
    ["a throw in a helper", 'const refuse = (o, key) => { if (key in o) throw new Error(key) }; refuse(x, "lane")'],
    ["an assertion", 'assert(!("lane" in x))'],
    ["an assertion of equality", 'assert.equal(x.lane, undefined, "gone")'],
    ["a returned error", 'function f(x) { if ("lane" in x) return err("gone"); return ok(x) }'],
    ["a returned sentence", 'const f = (x) => ("lane" in x ? "lane is gone" : undefined)'],
    ["a call that never returns", 'function fatal(m) { throw new Error(m) } function f(x) { if ("lane" in x) return fatal("gone"); return x }'],
    ["a collected violation", 'const errors = []; for (const key of GONE) if (key in x) errors.push(`${key} is gone`)'],
    ["a list of hits", "const f = (x) => GONE.filter((key) => key in x).map((key) => ({ key }))"],
    ["a spread list of hits", "const errors = []; errors.push(...GONE.filter((key) => key in x))"],
    ["a list of texts", "const f = (x) => GONE.reduce((all, key) => (key in x ? [...all, `no ${key}`] : all), [])"],
    ["a generator of hits", "function* f(x) { for (const key of GONE) if (key in x) yield key }"],
    ["a verdict", "const f = (x) => GONE.every((key) => !(key in x))"],
    ["a verdict in a loop", "const f = (x) => { for (const key of GONE) if (key in x) return false; return true }"],
    ["a bad mark", "let valid = true; for (const key of GONE) if (key in x) valid = false"],
    ["a refinement", 'z.record(z.unknown()).refine((x) => !("lane" in x))'],
    ["a schema that admits nothing", "z.object({ lane: z.never().optional() })"],
    ["a JSON schema that admits nothing", "({ properties: { lane: false, tier: { not: {} } } })"],
    ["a type that admits nothing", "type A = { lane?: never }"],
    ["a mapped type that admits nothing", 'type A = { [K in "lane" | "tier"]?: never }'],
    ["a table of reasons", 'const WHY = { lane: "use the kind instead", tier: "there are no tiers" }'],
    ["a map of reasons", 'const WHY = new Map([["lane", "use the kind instead"], ["tier", "there are no tiers"]])'],
    ["a lookup of the reason", 'const WHY = { lane: "use the kind instead", tier: "no more tiers" }; for (const key of GONE) log(WHY[key])'],
  ])("%s", (_, text) => {
    const answers = refusals(text);
    expect(answers.length).toBeGreaterThan(0);
    expect(answers).not.toContain(false);
  });
});

describe("a hit is not refused by", () => {
  test.each([
    ["a read", "use(x.lane)"],
    ["a filter over the objects", 'const f = (xs) => xs.filter((x) => "lane" in x)'],
    ["a search for an object", "const f = (xs) => xs.find((x) => x.lane)"],
    ["a list of the objects", "const found = []; for (const x of xs) if (x.lane) found.push(x)"],
    ["a generator of the objects", 'function* f(xs) { for (const x of xs) if ("lane" in x) yield x.name }'],
    ["a list of the values", 'const f = (x) => Object.entries(x).flatMap(([key, value]) => (key === "lane" ? [value] : []))'],
    ["a throw for what is missing", 'if (!("lane" in x)) throw new Error("lane is missing")'],
    ["a throw in a helper for what is missing", 'const need = (o, key) => { if (!(key in o)) throw new Error(key) }; need(x, "lane")'],
    ["a throw for one value", 'if (x.lane === "B") throw new Error("lane B is closed")'],
    ["a throw in the case of another key", 'for (const key in x) switch (key) { case "lane": use(x); break; default: throw new Error(key) }'],
    ["a throw elsewhere", 'try { if ("lane" in x) use(x) } catch { throw new Error("failed") }'],
    ["a throw in the other branch", 'if ("lane" in x) use(x); else throw new Error("lane is missing")'],
    ["a question that nobody asks", "export const has = (x) => GONE.some((key) => key in x)"],
    ["a good mark", "let valid = false; for (const key of GONE) if (key in x) valid = true"],
    ["a table of values", 'const given = { lane: "A", tier: "candidate" }'],
    ["a false value", "const given = { lane: false }"],
  ])("%s", (_, text) => {
    expect(refusals(text)).toContain(false);
  });
});
