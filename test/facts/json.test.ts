import { describe, expect, test } from "vitest";
import type { JsonNode } from "../../src/facts/facts.js";
import { parseJson } from "../../src/facts/json.js";
import { parseYaml } from "../../src/facts/yaml.js";

/** A tree as the text that each of its parts stands in: `key:value`, objects and arrays by their parts. */
function parts(text: string, node: JsonNode | undefined): unknown {
  if (!node) return undefined;
  switch (node.kind) {
    case "object":
      return node.properties.map(({ key, keySpan, value }) => [key, text.slice(...keySpan), parts(text, value)]);
    case "array":
      return node.items.map((item) => parts(text, item));
    case "value":
      return [node.value, text.slice(...node.span)];
  }
}

describe("JSON", () => {
  test("every key and value has its place", () => {
    const text = '{ "a": 1, "b\\n": ["x", true, null, -1.5e2], "c": {} }';
    const { root, syntaxErrors, lineStarts } = parseJson(text);
    expect(syntaxErrors).toEqual([]);
    expect(lineStarts).toEqual([0]);
    expect(parts(text, root)).toEqual([
      ["a", '"a"', [1, "1"]],
      ["b\n", '"b\\n"', [["x", '"x"'], [true, "true"], [null, "null"], [-150, "-1.5e2"]]],
      ["c", '"c"', []],
    ]);
    expect(root?.span).toEqual([0, text.length]);
  });

  test("keys that are repeated are all kept", () => {
    const text = '{ "a": 1, "a": 2 }';
    expect(parts(text, parseJson(text).root)).toEqual([["a", '"a"', [1, "1"]], ["a", '"a"', [2, "2"]]]);
  });

  test.each<[text: string, strict: string[], lenient: string[]]>([
    ['{ "a": 1, }', ["A comma must not stand before a closing bracket in this file."], []],
    ["[1, ]", ["A comma must not stand before a closing bracket in this file."], []],
    ["// a\n{}", ["Comments are not allowed in this file."], []],
    ["/* a */ {}", ["Comments are not allowed in this file."], []],
    ["", ["A value was expected."], ["A value was expected."]],
    ['{ "a" 1 }', ["A colon was expected after the property name."], ["A colon was expected after the property name."]],
    ['{ "a": }', ["A value was expected."], ["A value was expected."]],
    ['{ "a": 1 "b": 2 }', ["A comma was expected."], ["A comma was expected."]],
    [
      "{ a: 1 }",
      ["This is not a JSON value.", "A property name in double quotes was expected."],
      ["This is not a JSON value.", "A property name in double quotes was expected."],
    ],
    ['{ "a": 1', ['A closing "}" was expected.'], ['A closing "}" was expected.']],
    ["[1", ['A closing "]" was expected.'], ['A closing "]" was expected.']],
    ["1 2", ["Only one value may stand in the file."], ["Only one value may stand in the file."]],
    ['"a', ["The string does not end."], ["The string does not end."]],
    ['"\\q"', ["The string holds an invalid escape sequence."], ["The string holds an invalid escape sequence."]],
    ['"\\u12"', ["The string holds an invalid escape sequence."], ["The string holds an invalid escape sequence."]],
    [
      '"a\tb"',
      ["The string holds a control character that must be escaped."],
      ["The string holds a control character that must be escaped."],
    ],
    ["1.", ["This is not a number as JSON writes them."], ["This is not a number as JSON writes them."]],
    ["/* a", ["Comments are not allowed in this file."], ["The comment does not end."]],
  ])("%j", (text, strict, lenient) => {
    expect(parseJson(text, { strict: true }).syntaxErrors.map((error) => error.message)).toEqual(
      expect.arrayContaining(strict.slice(0, 1)),
    );
    expect(parseJson(text).syntaxErrors.map((error) => error.message)).toEqual(expect.arrayContaining(lenient.slice(0, 1)));
    expect(parseJson(text).syntaxErrors.length > 0).toBe(lenient.length > 0);
  });

  test("what stands before an error is kept, and a key without value is a key", () => {
    const text = '{ "a": { "b": 1, "c": ';
    expect(parts(text, parseJson(text).root)).toEqual([["a", '"a"', [["b", '"b"', [1, "1"]], ["c", '"c"', [null, ""]]]]]);
    expect(parts('{ "a", "b": 2 }', parseJson('{ "a", "b": 2 }').root)).toEqual([["a", '"a"', [null, ""]], ["b", '"b"', [2, "2"]]]);
  });

  test("numbers that JSON cannot carry on become ones that it can", () => {
    expect(parseJson("[1e999, -1e999, -0]").root).toMatchObject({
      items: [{ value: Number.MAX_VALUE }, { value: -Number.MAX_VALUE }, { value: 0 }],
    });
  });

  test("a hundred thousand brackets are a syntax error", () => {
    expect(parseJson("[".repeat(100_000)).syntaxErrors).toHaveLength(1);
  });
});

describe("YAML", () => {
  test("every key and value has its place", () => {
    const text = "# c\npackages:\n  - 'apps/*'\n  - a b\nn: 1\nt: true\nz:\n";
    const { root, syntaxErrors } = parseYaml(text);
    expect(syntaxErrors).toEqual([]);
    expect(parts(text, root)).toEqual([
      ["packages", "packages", [["apps/*", "'apps/*'"], ["a b", "a b"]]],
      ["n", "n", [1, "1"]],
      ["t", "t", [true, "true"]],
      ["z", "z", [null, ""]],
    ]);
  });

  test.each<[text: string, value: unknown]>([
    ["a: &x [1]\nb: *x", [["a", "a", [[1, "1"]]], ["b", "b", [[1, "1"]]]]],
    ["&x a: *x", [["a", "a", ["a", "*x"]]]],
    ["a: &x\n  b: *x", [["a", "a", [["b", "b", [null, "*x"]]]]]],
    ["1: a", [["1", "1", ["a", "a"]]]],
    ["? [a, b]\n: c", [["[a, b]", "[a, b]", ["c", "c"]]]],
    ["a: 1\na: 2", [["a", "a", [1, "1"]], ["a", "a", [2, "2"]]]],
    ["a: .inf", [["a", "a", [".inf", ".inf"]]]],
    ["--- 1\n--- 2", [1, "1"]],
  ])("%j", (text, value) => {
    expect(parts(text, parseYaml(text).root)).toEqual(value);
  });

  test("an empty text has no root", () => {
    expect(parseYaml("").root).toBeUndefined();
  });

  test.each(["a: [1", "a: 'b", "\t- a: b\n c", "a: b: c"])("%j has syntax errors", (text) => {
    const { syntaxErrors } = parseYaml(text);
    expect(syntaxErrors.length).toBeGreaterThan(0);
    for (const { span } of syntaxErrors) expect(text.length).toBeGreaterThanOrEqual(span[1]);
  });

  test("aliases that unfold without end are a syntax error", () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `l${String(level + 1)}: &l${String(level + 1)} [${`*l${String(level)}, `.repeat(9)}]`,
    );
    expect(parseYaml(["l0: &l0 x", ...levels].join("\n")).syntaxErrors).toHaveLength(1);
  });
});
