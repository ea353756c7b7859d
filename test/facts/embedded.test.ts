import { describe, expect, test } from "vitest";
import type { JsonNode } from "../../src/facts/facts.js";
import { bodyOf } from "./source.js";

/** What a JSON node reads as. */
function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case "object":
      return Object.fromEntries(node.properties.map(({ key, value }) => [key, plain(value)]));
    case "array":
      return node.items.map(plain);
    case "value":
      return node.value;
  }
}

/** Every key of a tree as it is spelled in the file. */
function keys(code: string, node: JsonNode): string[] {
  if (node.kind === "array") return node.items.flatMap((item) => keys(code, item));
  if (node.kind === "value") return [];
  return node.properties.flatMap(({ keySpan, value }) => [code.slice(...keySpan), ...keys(code, value)]);
}

describe("JSON inside literals", () => {
  test.each<[code: string, value: unknown]>([
    ["`{ \"a\": 1 }`", { a: 1 }],
    ["'{ \"a\": 1 }'", { a: 1 }],
    ['"{ \\"a\\": [1, true] }"', { a: [1, true] }],
    ["`\n{\n  \"a\": {}\n}\n`", { a: {} }],
    ["`{ \"a\": ${b} }`", { a: null }],
    ["`{ \"a\": \"${b}\" }`", { a: null }],
    ["`{ \"a\": \"x/${b}/y\" }`", { a: null }],
    ["`{ \"a\": [${b}, ${c}] }`", { a: [null, null] }],
    ["`{ \"a\": 1, ${b} }`", { a: 1 }],
    ["`{ ${b} \"a\": 1 }`", { a: 1 }],
    ["`{ \"a\": 1${b} }`", { a: 1 }],
    ["`{ \"a\": ${b}${c} }`", { a: null }],
    ["`{ \"${b}\": 1, \"c\": 2 }`", { null: 1, c: 2 }],
    ["`{ ${JSON.stringify(b)}: 1 }`", { null: 1 }],
    ["`{ \"a\": 1 ${b ? ', \"c\": 2' : ''} \"d\": 3 }`", { a: 1, d: 3 }],
    ["dedent`{ \"a\": 1 }`", { a: 1 }],
    ["'{' + '\"a\": 1' + '}'", { a: 1 }],
    ["'{ \"a\": ' + b + ' }'", { a: null }],
    ["['{', `\"a\": ${b}`, '}'].join('\\n')", { a: null }],
    ["`{ \"a\": 1 }` + '\\n'", { a: 1 }],
    ["'{'.concat('\"a\": ', b, '}')", { a: null }],
    ["`{ \"a\": 1, /* b */ }`", { a: 1 }],
    ["f({ c: `{ \"a\": 1 }` })", { a: 1 }],
  ])("%s", (code, value) => {
    expect(bodyOf(`x(${code});`).embedded.map(({ root }) => plain(root))).toEqual([value]);
  });

  test.each(["`{}`", "'{ a: 1 }'", '`{ "a": f() }`', "'[1]'", "'x { \"a\": 1 }'", '`{ "a": 1 } x`', "`{${b}}`", "'{' + b", "f('{', '}')"])(
    "not %s",
    (code) => {
      expect(bodyOf(`x(${code});`).embedded).toEqual([]);
    },
  );

  test.each<[code: string, keys: string[]]>([
    ["x('{ \"a\": { \"b\": 1 } }')", ['"a"', '"b"']],
    ['x("\\t{ \\"a\\": \\"\\u{1F600}\\", \\"b\\": 1 }")', ['\\"a\\"', '\\"b\\"']],
    ["x(`{\\n \"a\": \"\\x41\\u0042\",\\\n \"b\": ${c},\r\n \"d\": 1 }`)", ['"a"', '"b"', '"d"']],
    ["x('{' + '\"a\": 1,' + `\"b\": 2 }`)", ['"a"', '"b"']],
    ["x(['{', ' \"a\": 1', '}'].join(','))", []],
    ["x(['{', ' \"a\": 1', '}'].join('\\n'))", ['"a"']],
  ])("places in %j", (code, expected) => {
    const { embedded } = bodyOf(code);
    expect(embedded.flatMap(({ root }) => keys(code, root))).toEqual(expected);
    for (const { span, root } of embedded) {
      expect(root.span[0]).toBeGreaterThanOrEqual(span[0]);
      expect(root.span[1]).toBeLessThanOrEqual(span[1]);
      expect(code.slice(...root.span)).toMatch(/^\{[^]*\}$/u);
    }
  });
});
