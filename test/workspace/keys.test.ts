import { describe, expect, test } from "vitest";
import { toPath } from "../../src/files/path.js";
import type { KeyUse } from "../../src/workspace/keys.js";
import { workspaceOf, type Files } from "./memory.js";

const WANTED = ["lane", "tier"];

function usesIn(text: string, files: Files = {}, file = "main.tsx"): readonly KeyUse[] {
  return workspaceOf({ [file]: text, ...files }).keyUses(toPath(file), WANTED);
}

/** Uses as `how key`, sorted by place. */
function shown(text: string, files?: Files): readonly string[] {
  return usesIn(text, files).map(({ how, keys }) => `${how} ${keys.join("|")}`);
}

describe("a key is found", () => {
  test.each([
    ["read by name", "x.lane", ["read lane"]],
    ["read through brackets", 'x["lane"]', ["read lane"]],
    ["read by a constant", 'const key = "la" + "ne"; x[key]', ["read lane"]],
    ["read on one branch of what cannot be proven", 'x[y ? "lane" : z]', ["read lane"]],
    ["read by what a list hands out", '["kind", "lane"].map((key) => x[key])', ["read lane"]],
    ["private", "class A { #lane = 1 }", ["declared lane"]],
    ["taken apart", "const { lane: other } = x", ["read lane"]],
    ["asked for with in", '"lane" in x', ["tested lane"]],
    ["asked for with hasOwn", 'Object.hasOwn(x, "lane")', ["tested lane"]],
    ["asked for in a list of keys", 'Object.keys(x).includes("lane")', ["tested lane"]],
    ["looked up in a list of keys", 'Object.keys(x).indexOf("lane")', ["tested lane"]],
    ["asked for in a set of keys", 'new Set(Object.keys(x)).has("lane")', ["tested lane"]],
    ["compared with a key", 'for (const key in x) if (key === "lane") y()', ["tested lane"]],
    ["a case", 'switch (key) { case "lane": y() }', ["tested lane"]],
    ["reached by a path", 'get(x, "a.lane")', ["read lane"]],
    ["reached by a list", 'pick(x, ["kind", "tier"])', ["read tier"]],
    ["what a list is grouped by", 'groupBy(x, "tier")', ["read tier"]],
    ["given to a function that reads it", 'const read = (o, key) => o[key]; read(x, "lane")', ["read lane"]],
    ["given by an object", "({ lane: 1 })", ["declared lane"]],
    ["optional in ArkType's spelling", 'type({ "lane?": "string" })', ["declared lane"]],
    ["a row of a map", 'new Map([["lane", 1]])', ["declared lane"]],
    ["an attribute", "<Plugin lane={1} />", ["declared lane"]],
    ["a member of a type", "type A = { lane: string }", ["declared lane"]],
    ["of a mapped type", 'type A = { [K in "lane"]: string }', ["declared lane"]],
    ["of a record", 'type A = Record<"kind" | "lane", string>', ["declared lane"]],
    ["of a record with named keys", 'type K = "kind" | "lane"; type A = Record<K, string>', ["declared lane", "declared lane"]],
    ["of an indexed type", 'type A = B["lane"]', ["declared lane"]],
    ["the name of a variable", "const lane = 1", ["named lane"]],
    ["the name of a global", "lane = 1", ["named lane"]],
    ["what an import takes", 'import { lane as other } from "x"', ["named lane"]],
    ["what an export is called", "const x = 1; export { x as lane }", ["named lane"]],
    ["forwarded", 'export { lane as other } from "x"', ["named lane"]],
    ["in a JSON text", 'const text = `{ "lane": ${x} }`', ["emitted lane"]],
  ])("%s", (_, text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  test.each([
    ["in a list of names", 'const keys = ["lane", "kind"]'],
    ["as a value", 'const x = { kind: "lane" }'],
    ["in a text", 'log("lane is gone"); log("lane")'],
    ["in a union of nothing but wanted names", 'type Gone = "lane" | "tier"'],
    ["in a record of a union of nothing but wanted names", 'type Gone = "lane" | "tier"; type A = Record<Gone, string>'],
    ["in a comment", "// lane"],
    ["in a function whose callers name the key", "const read = (o, key) => o[key]; read(x, y)"],
  ])("not %s", (_, text) => {
    expect(shown(text)).toEqual([]);
  });
});

/** The holder of the first use, as sorted lists. */
function holder(text: string, files?: Files): { readonly keys: readonly string[]; readonly under: readonly string[] } {
  const found = usesIn(text, files)[0]?.holder();
  return { keys: [...(found?.keys ?? [])].sort(), under: [...(found?.under ?? [])].sort() };
}

describe("the object that has the key stands under", () => {
  test.each([
    ["the key it is read from", "x.block.lane", "block"],
    ["the key its copy is read from", "({ ...x.block }).lane", "block"],
    ["the key its parameter is passed from", "const f = (o) => o.lane; f(x.block)", "block"],
    ["the name of its parameter", "const f = (block) => block.lane;", "block"],
    ["the key that it is put at", "({ block: { lane: 1 } })", "block"],
    ["the key that its schema is put at", "z.object({ block: z.object({ lane: z.string() }).strict().optional() })", "block"],
    ["the key that its lazy schema is put at", "({ block: z.lazy(() => z.object({ lane: z.string() })) })", "block"],
    ["the key of its JSON schema", "({ properties: { block: { properties: { lane: {} } } } })", "block"],
    ["the attribute that it is given to", "<Plugin block={{ lane: 1 }} />", "block"],
    ["the last segment of a path", 'get(x, "block.lane")', "block"],
    ["the member whose type it is", "type A = { block: { lane: string } }", "block"],
    ["the parameter whose type it is", "const f = (block: { lane: string }) => 1", "block"],
    ["the variable that it is made for", "const block = { lane: 1 }", "block"],
  ])("%s", (_, text, expected) => {
    expect(holder(text).under).toContain(expected);
  });

  test("only what this call passes", () => {
    const text = 'const read = (o, key) => o[key]; read(x.block, "kind"); read(x.other, "lane")';
    expect(holder(text).under).toEqual(["other"]);
  });
});

describe("the object that has the key also has", () => {
  test.each([
    ["what the literal has", "({ lane: 1, kind: 2 })"],
    ["what is spread into it", "const base = { kind: 1 }; const all = { ...base, lane: 1 }"],
    ["what the shape spread into it has", "const base = z.object({ kind: z.string() }); const all = z.object({ ...base.shape, lane: z.string() })"],
    ["what it is merged with", "const base = z.object({ kind: z.string() }); base.merge(z.object({ lane: z.string() }))"],
    ["what extends it", "z.object({ lane: z.string() }).extend({ kind: z.string() })"],
    ["what its class inherits", "class Base { kind = 1 } class All extends Base { lane = 1 }"],
    ["what its interface declares elsewhere", "interface A { kind: string } interface A { lane: string }"],
    ["the other rows of its map", 'new Map([["lane", 1], ["kind", 2]])'],
    ["the other attributes", "<Plugin lane={1} kind={2} />"],
  ])("%s", (_, text) => {
    expect(holder(text).keys).toContain("kind");
  });
});
