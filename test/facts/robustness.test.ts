import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { extractBody } from "../../src/facts/body.js";
import type { ts } from "../../src/facts/compiler.cjs";
import type { ModuleBody } from "../../src/facts/expression.js";
import type { FileFacts } from "../../src/facts/facts.js";
import { extractOutline } from "../../src/facts/outline.js";
import { parseSource } from "../../src/facts/parse.js";
import { forEachChild, isIdentifier } from "../../src/facts/typescript.js";
import type { Language } from "../../src/files/snapshot.js";
import { bodyOf, outlineOf, sourceText } from "./source.js";

/** Real code, and every rare form on few lines. */
const corpus = [
  ...["../../src/facts/body/statements.ts", "../../src/facts/embedded.ts", "./show.ts"].map((file) =>
    readFileSync(new URL(file, import.meta.url), "utf8"),
  ),
  `@D class A<T> extends B implements C { static #a = 1; @E() accessor b?: T; constructor(private c = 1) { super(); }
   static { var d; } get e() { return this; } }`,
  `enum E { A = 1 << 2, B = \`x\${A}\`, C } namespace N.M { export const a = E.A } declare global { interface I { [k: string]: 1 } }
   declare module 'm' { import 'x' }`,
  `a: for await (const { b: [c = 1, ...d], ...e } of f?.g?.[h]\`i\${j}\`) {
   try { using k = l; } catch ({ m }) { continue a } finally { break a } }`,
  "const j = <A.B c:d='e' {...f} g={<></>}>h &amp; {/* i */}<j-k/>{...l}</A.B>;",
  `module.exports = { a, b: 1, ...c }; exports.d = exports['e'] = function* () { yield* f; };
   if (g) { with (h) { var i = require('j' + k) } }`,
  `import a, { type b, c as 'd' } from 'e' with { type: 'json' }; export * as f from 'g';
   export default async <T,>(x: T) => await import(\`h\${x}\`); export = 1`,
  `type A = { [K in keyof B as \`\${K}x\`]?: C extends infer D ? typeof import('e').f[g] : asserts h is [i?, ...j[]] };
   let x = <const>y! satisfies z;`,
  `([a, { b }] = [c ??= d], e ||= f++, ({ g: h = 1, ...i } = j)); switch (k) { case 1: default: let l } do ; while (m);
   /* eslint-disable */ \`{ "n": \${o} }\``,
];

const languages: readonly Language[] = ["ts", "tsx", "js", "jsx"];

/** Pieces of the corpus, cut, doubled and mixed with what upsets parsers. */
const texts = fc
  .tuple(
    fc.constantFrom(...corpus),
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        drop: fc.nat({ max: 60 }),
        put: fc.oneof(
          fc.constantFrom(
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            "<",
            ">",
            "`",
            "${",
            "'",
            '"',
            "/",
            "/*",
            "*/",
            "//",
            "=>",
            "...",
            "?.",
            "@",
            "#",
            "\\u{",
            "\0",
            "\ud800",
            "\r\n",
            "\u2028",
          ),
          fc.constantFrom(...corpus).chain((text) => fc.nat({ max: text.length }).map((start) => text.slice(start, start + 80))),
          fc.string({ unit: "binary", maxLength: 4 }),
        ),
      }),
      { maxLength: 4 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((edited, { at, drop, put }) => {
      const index = Math.floor(at * edited.length);
      return edited.slice(0, index) + put + edited.slice(index + drop);
    }, text),
  );

/** Every span in facts, whatever holds it. */
function spansIn(value: unknown, found: [number, number][] = []): [number, number][] {
  if (Array.isArray(value)) for (const item of value) spansIn(item, found);
  else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === "span" || key === "keySpan") found.push(inner as [number, number]);
      else spansIn(inner, found);
    }
  }
  return found;
}

function expectSound(text: string, facts: FileFacts | ModuleBody): void {
  expect(JSON.parse(JSON.stringify(facts))).toStrictEqual(facts);
  for (const [start, end] of spansIn(facts)) {
    if (!(start >= 0 && start <= end && end <= text.length))
      throw new Error(`span ${String(start)}–${String(end)} of ${String(text.length)}`);
  }
}

/** Every index in a body leads somewhere. */
function expectLinked(body: ModuleBody, imports: number): void {
  const check = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(check);
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner !== "number") check(inner);
      else if (key === "binding" || key === "caught") expect(body.bindings[inner]).toBeDefined();
      else if (key === "function" || key === "constructorFunction" || key === "parent") expect(body.functions[inner]).toBeDefined();
    }
  };
  check(body.bindings);
  check(body.functions);
  for (const binding of body.bindings) if (binding.import) expect(binding.import.index).toBeLessThan(imports);
}

describe("any text", () => {
  test("gives sound facts, and the same ones again", () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...languages), (text, language) => {
        const source = sourceText(text, language);
        const outline = extractOutline(source);
        const body = extractBody(source);
        expectSound(text, outline);
        expectSound(text, body);
        expectLinked(body, outline.kind === "source" ? outline.imports.length : 0);
        expect(extractOutline(source)).toStrictEqual(outline);
        expect(extractBody(source)).toStrictEqual(body);
      }),
      { numRuns: 150 },
    );
  });

  test("gives sound facts of JSON and YAML", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      '"a"',
      '"',
      "1",
      "-",
      "true",
      "null",
      "\n",
      "  ",
      "- ",
      "&a ",
      "*a",
      "? ",
      "|\n",
      "# b",
      "//",
      "/*",
      "'",
      "\\u00",
      "\u2028",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 }))), fc.constantFrom<Language>("json", "yaml"), (parts, language) => {
        const text = parts.join("");
        expectSound(text, extractOutline(sourceText(text, language)));
      }),
      { numRuns: 300 },
    );
  });

  test("has names for every identifier that TypeScript's own walk finds", () => {
    for (const text of corpus) {
      const { file } = parseSource(sourceText(text, "tsx"));
      const names = new Set(outlineOf(text, "tsx").names);
      const missing: string[] = [];
      const visit = (node: ts.Node): void => {
        if (isIdentifier(node) && node.text !== "" && !names.has(node.text)) missing.push(node.text);
        forEachChild(node, visit);
      };
      visit(file);
      expect(missing).toEqual([]);
    }
  });
});

describe("code nested deeply", () => {
  const shapes: readonly [what: string, code: (depth: number) => string][] = [
    ["parentheses", (depth) => `${"(".repeat(depth)}a${")".repeat(depth)}`],
    ["arrays", (depth) => `x = ${"[".repeat(depth)}${"]".repeat(depth)}`],
    ["arrows", (depth) => `x = ${"() => ".repeat(depth)}1`],
    ["blocks", (depth) => `${"{".repeat(depth)}${"}".repeat(depth)}`],
    ["else if", (depth) => `${"if (a) {} else ".repeat(depth)}{}`],
    ["method chains", (depth) => `a${".b()".repeat(depth)}`],
    ["ternaries", (depth) => `${"a ? b : ".repeat(depth)}c`],
    ["types", (depth) => `type A = ${"[".repeat(depth)}${"]".repeat(depth)}`],
    ["patterns", (depth) => `const ${"[".repeat(depth)}a${"]".repeat(depth)} = b`],
    ["templates", (depth) => `${"`${".repeat(depth)}a${"}`".repeat(depth)}`],
  ];

  test.each(shapes)("%s: a few levels are read, ten thousand are a syntax error", (_, code) => {
    for (const depth of [20, 100]) {
      expect(outlineOf(code(depth)).syntaxErrors).toEqual([]);
      expect(JSON.stringify(bodyOf(code(depth)))).not.toContain("too deeply");
    }
    for (const depth of [450, 1_000, 10_000]) {
      const source = sourceText(code(depth));
      expectSound(source.text, extractOutline(source));
      expectSound(source.text, extractBody(source));
    }
    expect(outlineOf(code(10_000)).syntaxErrors).toHaveLength(1);
    expect(outlineOf(code(10_000)).syntaxErrors[0]?.message).toMatch(/nested/u);
  });

  test("what the body leaves out is a syntax error of the outline", () => {
    for (const [, code] of shapes) {
      for (const depth of [150, 200, 300, 390, 400, 410]) {
        const isCut = JSON.stringify(bodyOf(code(depth))).includes("too deeply");
        if (isCut) expect(outlineOf(code(depth)).syntaxErrors).not.toEqual([]);
      }
    }
  });

  test("a long sum is none", () => {
    const code = `const a = ${Array.from({ length: 10_000 }, (_, index) => `a${String(index)}`).join(" + ")};`;
    expect(outlineOf(code).syntaxErrors).toEqual([]);
    expect(outlineOf(code).names).toContain("a9999");
  });
});
