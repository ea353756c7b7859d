import { describe, expect, test } from "vitest";
import type { ImportFact } from "../../src/facts/facts.js";
import { extractOutline } from "../../src/facts/outline.js";
import { Show } from "./show.js";
import { bodyOf, outlineOf, sourceText } from "./source.js";

/** An import on one line: form, type mark, specifier, names taken. */
function line({ form, specifier, typeOnly, names }: ImportFact): string {
  const taken = names.map(({ name, local, typeOnly: isType }) => `${isType ? "type " : ""}${name}${local === name ? "" : ` as ${local}`}`);
  const show = new Show({ bindings: [], functions: [], embedded: [] });
  return `${form}${typeOnly ? " type" : ""} ${show.expression(specifier)} {${taken.join(", ")}}`;
}

/** The open keys of a text, each with how it is open. */
function openTexts(code: string): readonly string[] {
  const { taken, changed } = outlineOf(code).openKeys;
  const show = (how: string, spans: readonly (readonly [number, number])[]): string[] => spans.map(([start, end]) => `${how} ${code.slice(start, end)}`);
  return [...show("taken", taken), ...show("changed", changed)];
}

describe("imports", () => {
  test.each<[code: string, imports: string[]]>([
    ["import 'x'", ['import "x" {}']],
    ["import {} from 'x'", ['import "x" {}']],
    ["import a from 'x'", ['import "x" {default as a}']],
    ["import * as a from 'x'", ['import "x" {* as a}']],
    [
      "import a, { b, c as d, type e, 'f g' as h, default as i } from 'x'",
      ['import "x" {default as a, b, c as d, type e, f g as h, default as i}'],
    ],
    ["import type a from 'x'", ['import type "x" {type default as a}']],
    ["import type { a } from 'x'", ['import type "x" {type a}']],
    ["import { type a, type b } from 'x'", ['import type "x" {type a, type b}']],
    ["import defer * as a from 'x'", ['import "x" {* as a}']],
    ["import a from './x.json' with { type: 'json' }", ['import "./x.json" {default as a}']],
    ["export { a, b as c, default as d } from 'x'", ['export-from "x" {a, b as c, default as d}']],
    ["export { type a } from 'x'", ['export-from type "x" {type a}']],
    ["export type { a } from 'x'", ['export-from type "x" {type a}']],
    ["export * from 'x'", ['export-from "x" {*}']],
    ["export * as a from 'x'", ['export-from "x" {* as a}']],
    ["export type * from 'x'", ['export-from type "x" {type *}']],
    ["export {} from 'x'", ['export-from "x" {}']],
    ["import a = require('x')", ['import-equals "x" {}']],
    ["import type a = require('x')", ['import-equals type "x" {}']],
    ["import A = N.B", []],
    ["type T = import('x').A.B<import('y')>", ['import-type type "x" {type A}', 'import-type type "y" {}']],
    ["const a: typeof import('x') = b", ['import-type type "x" {}']],
    ["import('x')", ['dynamic "x" {}']],
    ["const { a, b: c, ['d']: e } = await import('x')", ['dynamic "x" {}']],
    ["const { a, b: c } = await import('x')", ['dynamic "x" {a, b as c}']],
    ["const { a, ...b } = await import('x')", ['dynamic "x" {}']],
    [
      "import(`x`), import('x' + `y${'z'}`), import(['a', 'b'].join('/')), import('a'.concat('b'))",
      ['dynamic "x" {}', 'dynamic "xyz" {}', 'dynamic "a/b" {}', 'dynamic "ab" {}'],
    ],
    ["import('x' as string)", ['dynamic "x" {}']],
    ["import()", []],
    ["require('x')", ['require "x" {}']],
    ["const { a } = require('x')", ['require "x" {a}']],
    ["module.require('x'); require.resolve('y'); require?.('z')", ['require "x" {}', 'require "y" {}', 'require "z" {}']],
    ["require.cache('x'); a.require('y')", []],
    [
      "load('a'); const load = createRequire(import.meta.url); load('x'); load.resolve('y')",
      ['require "a" {}', 'require "x" {}', 'require "y" {}'],
    ],
    [
      "import { createRequire as make } from 'node:module'; const r = make(f); r('x')",
      ['import "node:module" {createRequire as make}', 'require "x" {}'],
    ],
    ["createRequire(f)('x'); module.createRequire(f)('y')", ['require "x" {}', 'require "y" {}']],
    ["const r = require; r('x')", ['require "x" {}']],
    [
      "new URL('./x', import.meta.url); new URL('x.js', import.meta.url); new URL('https://x', import.meta.url)",
      ['new-url "./x" {}', 'new-url "./x.js" {}', 'new-url "https://x" {}'],
    ],
    ["new URL('./x', base); new URL('./y')", []],
    ["import.meta.resolve('x')", ['meta-resolve "x" {}']],
    ["path.resolve('x')", []],
    [
      "vi.mock('a'); vi.doMock('b', f); vi.unmock('c'); vi.importActual('d'); vi.hoisted(f)",
      ['mock "a" {}', 'mock "b" {}', 'mock "c" {}', 'mock "d" {}'],
    ],
    [
      "jest.mock('a'); jest.requireActual<T>('b'); jest.unstable_mockModule('c', f); mock.module('d', f)",
      ['mock "a" {}', 'mock "b" {}', 'mock "c" {}', 'mock "d" {}'],
    ],
    ["import { vi as v } from 'vitest'; v.mock('a'); other.mock('b')", ['import "vitest" {vi as v}', 'mock "a" {}']],
    ["vi.mock(import('a'), f)", ['dynamic "a" {}']],
    ["import * as t from 'vitest'; t.vi.mock('a')", ['import "vitest" {* as t}', 'mock "a" {}']],
    [
      '/// <reference path="a.d.ts" />\n/// <reference path=\'../b.ts\' />\n/// <reference types="node" />\nf()',
      ['reference type "./a.d.ts" {}', 'reference type "../b.ts" {}', 'reference type "node" {}'],
    ],
    ["declare module 'm' { import { a } from 'x'; export * from 'y' }", ['import type "x" {a}', 'export-from type "y" {*}']],
    ["import x from foo", []],
    ["f(); import('a'); import 'b'", ['import "b" {}', 'dynamic "a" {}']],
  ])("%s", (code, imports) => {
    expect(outlineOf(code).imports.map(line)).toEqual(imports);
  });

  test("comments, texts and JSX text import nothing", () => {
    const code = "// import 'a'\n/* require('b') */ const t = \"import('c')\" + `require('d')`; const j = <p>import('e')</p>;";
    expect(outlineOf(code, "tsx").imports).toEqual([]);
  });

  test("a specifier that is no literal is the expression that the body has", () => {
    const code = "const base = './a'; export const load = (name: string) => import(base + name);";
    const body = bodyOf(code);
    const [fact] = outlineOf(code).imports;
    const [returned] = body.functions[1]?.body ?? [];
    expect(returned).toMatchObject({ kind: "return", value: { kind: "import", specifier: fact?.specifier } });
    expect(new Show(body).expression(fact?.specifier)).toBe("(base + name)");
  });

  test.each(["require(...a)", "new URL(a, import.meta.url)", "vi.mock(a)", "import(a ? 'x' : 'y')", "import.meta.resolve(a)"])(
    "%s keeps its specifier",
    (code) => {
      expect(outlineOf(code).imports).toHaveLength(1);
      expect(outlineOf(code).imports[0]?.specifier.kind).not.toBe("string");
    },
  );

  test("places", () => {
    const code = " import { a as b } from 'x';";
    const [fact] = outlineOf(code).imports;
    expect(fact && [fact.span, fact.specifier.span, fact.names[0]?.span].map((span) => code.slice(...(span ?? [])))).toEqual([
      "import { a as b } from 'x';",
      "'x'",
      "a as b",
    ]);
  });
});

describe("exports", () => {
  test.each<[code: string, exports: object[]]>([
    ["export const a = 1, { b, c: [d], ...e } = x;", ["a", "b", "d", "e"].map((name) => ({ name, local: name, typeOnly: false }))],
    [
      "export function f() {} export class C {} export enum E {} export namespace N {}",
      ["f", "C", "E", "N"].map((name) => ({ name, local: name, typeOnly: false })),
    ],
    ["export declare const a: 1; export abstract class B {}", ["a", "B"].map((name) => ({ name, local: name, typeOnly: false }))],
    ["export type T = 1; export interface I {}", ["T", "I"].map((name) => ({ name, local: name, typeOnly: true }))],
    ["export default x", [{ name: "default", local: "*default*", typeOnly: false }]],
    ["export default function f() {}", [{ name: "default", local: "f", typeOnly: false }]],
    ["export default class {}", [{ name: "default", local: "*default*", typeOnly: false }]],
    ["export default interface I {}", [{ name: "default", local: "I", typeOnly: true }]],
    ["export = x", [{ name: "default", local: "*default*", typeOnly: false }]],
    ["export { a, b as c, d as default, e as 'f g', type h }", [
      { name: "a", local: "a", typeOnly: false },
      { name: "c", local: "b", typeOnly: false },
      { name: "default", local: "d", typeOnly: false },
      { name: "f g", local: "e", typeOnly: false },
      { name: "h", local: "h", typeOnly: true },
    ]],
    ["import 'x'; export { a as b } from 'y'; export * from 'z'; export * as n from 'w'", [
      { name: "b", from: { import: 1, name: "a" }, typeOnly: false },
      { name: "*", from: { import: 2, name: "*" }, typeOnly: false },
      { name: "n", from: { import: 3, name: "*" }, typeOnly: false },
    ]],
    ["export type { a } from 'x'; export type { b }", [
      { name: "a", from: { import: 0, name: "a" }, typeOnly: true },
      { name: "b", local: "b", typeOnly: true },
    ]],
    ["export import a = require('x')", [{ name: "a", local: "a", typeOnly: false }]],
    ["namespace N { export const a = 1 }", []],
    ["module.exports = x", [{ name: "default", local: "*default*", typeOnly: false }]],
    ["exports.a = 1; if (x) { module.exports.b = 2 }", ["a", "b"].map((name) => ({ name, local: `*${name}*`, typeOnly: false }))],
    ["module.exports = { a, b: 1 }", ["default", "a", "b"].map((name) => ({ name, local: `*${name}*`, typeOnly: false }))],
    ["function f() { exports.a = 1 }", []],
  ])("%s", (code, exports) => {
    expect(outlineOf(code).exports.map(({ span: _, ...fact }) => fact)).toEqual(exports);
  });

  test.each([
    "export const a = 1, { b, c: [d] } = x;",
    "export default 1;",
    "export default function () {}",
    "module.exports = { a, b: 1 }; exports.c = 2;",
    "export import a = require('x');",
    "namespace N {} export { N };",
  ])("every local name of %s is a binding of the module", (code) => {
    const { bindings } = bodyOf(code);
    const top = bindings.filter((binding) => binding.function === 0 && binding.depth === 0).map((binding) => binding.name);
    for (const { local } of outlineOf(code).exports) expect(top).toContain(local);
  });
});

describe("names", () => {
  test.each<[code: string, names: string[]]>([
    ["a.b?.c['d']", ["a", "b", "c", "d"]],
    ["({ a: 1, 'b c': 2, ['d']: 3, e, f() {}, get g() { return 1 }, 'h-i'() {} })", ["a", "b c", "d", "e", "f", "g", "h-i"]],
    ["class A { #b = 1; 'c' = 2; static d() {} }", ["A", "b", "c", "d"]],
    ["interface A { b: 1; 'c d': 2; e(): 3 } type F = { g: 'h' }", ["A", "b", "c d", "e", "F", "g", "h"]],
    ["import { a as b, 'c d' as e } from 'x'; export { b as 'f g' }", ["a", "b", "c d", "e", "x", "f g"]],
    ["const { a: b, 'c d': e } = f", ["a", "b", "c d", "e", "f"]],
    ["enum A { 'b c', d }", ["A", "b c", "d"]],
    ["\\u0061bc", ["abc"]],
    ["__proto__; ___x", ["__proto__", "___x"]],
    ["'temp' + 'late' + `Role`", ["templateRole"]],
    ["'xchannel'.slice(1); 'ab'.at(-1); 'abc'.substring(1, 2); 'PUB'.toLowerCase(); (' r ').trim()", ["channel", "b", "pub", "r"]],
    ["'a_b_c'.replaceAll('_', '-'); 'tier-x'.replace('-x', '').toUpperCase()", ["a-b-c", "tier", "TIER"]],
    ["`temp${'late'}Role`", ["templateRole"]],
    ["['template', 'Role'].join('')", ["templateRole"]],
    ["'template'.concat('Role')", ["templateRole"]],
    ["'a b c'", []],
    ["`{ \"templateRole\": ${x} }`", ["templateRole", "x"]],
    ["a: for (;;) break a", ["a"]],
    ["declare module 'm' {}", ["m"]],
    ["@A b() {}", ["A"]],
  ])("%s", (code, names) => {
    expect(outlineOf(code).names).toEqual(expect.arrayContaining(names));
    expect(new Set(outlineOf(code).names).size).toBe(outlineOf(code).names.length);
  });

  test("JSX", () => {
    expect(outlineOf("<A.B c-d={e} f:g='h' {...i}/>", "tsx").names).toEqual(
      expect.arrayContaining(["A", "B", "c-d", "e", "f:g", "f", "g", "h", "i"]),
    );
  });

  test("those in texts come first", () => {
    const { names, texts } = outlineOf("const role = { tier: 'chan' + x, ['pub']: `a.b` }; 'tier'; f('{ \"q\": 1 }')");
    expect(new Set(names.slice(0, texts))).toEqual(new Set(["chan", "pub", "a", "b", "tier", "q"]));
    expect(names.slice(texts)).toEqual(expect.arrayContaining(["role", "x", "f"]));
  });

  test("prose is no name", () => {
    expect(outlineOf("const a = 'published channel'; // templateRole").names).toEqual(["a"]);
  });
});

describe("keys that may fold to a name that is not spelled", () => {
  test.each([
    "o[a + b]",
    "o[`${a}Role`]",
    "const k = a + b; o[k]",
    "import { K } from './k'; o[K]",
    "import { K } from './k'; o[K.a]",
    "import { K } from './k'; const { a } = K; o[a]",
    "import { K } from './k'; for (const k of K) o[k]",
    "import { K } from './k'; K.forEach((k) => o[k])",
    "import { K } from './k'; K in o",
    "import { K } from './k'; Object.hasOwn(o, K)",
    "import { K } from './k'; o.hasOwnProperty(K)",
    "import { K } from './k'; Object.prototype.hasOwnProperty.call(o, K)",
    "import { K } from './k'; ({ [K]: 1 })",
    "import { K } from './k'; const { [K]: v } = o",
    "import { K } from './k'; function f(o, k) { return o[k] } f(x, K)",
    "import { K } from './k'; const f = (o, k) => o[k]; f(x, K)",
    "import { K } from './k'; const all = [K]; o[all[0]]",
    "import { K } from './k'; o[c ? K : 'a']",
    "o[key()]",
    "'xa'.split('a')[0] in o",
    "const k = 'templateX'; o[k.replace('X', 'Role')]",
    "o[`${a}-${b}`]",
    "const k = `rawr/${a}`; o[k.split('/')[1]]",
    "const k = 'rawr.' + a; o[k.slice(5)]",
  ])("%s", (code) => {
    expect(openTexts(code)).not.toEqual([]);
  });

  test.each([
    "o.a; o['b']; o[0]; o[i]; o[i + 1]; o[-1]",
    "for (let i = 0; i < n; i++) o[i]",
    "const k = 'a'; o[k]",
    "o['template' + 'Role']",
    "o[['a', 'b'].join('')]",
    "o['xa'.slice(1)]; for (const { k } of [{ k: 'a b'.replaceAll(' ', '') }]) o[k]",
    "for (const k of Object.keys(x)) o[k]",
    "for (const k in x) o[k]",
    "function f(o, k) { return o[k] }",
    "function f(o, k) { return o[k] } f(x, 'a')",
    "o[Symbol.iterator]; o[this.k]; o[x.y]",
    "import { K } from './k'; f(K + 1)",
    "o[Number(x)]; o[x.length - 1]",
    "o[`${a}/${b}`]; const k = `${a}:${b}`; o[k]",
    "o[a + ' ' + b]; o['/' + a]; o[`${`${a}/`}b`]",
  ])("not %s", (code) => {
    expect(openTexts(code)).toEqual([]);
  });

  test.each<[code: string, open: readonly string[]]>([
    ["import { K } from './k'; o[K]; o[b]; const [a] = o", ["taken K"]],
    ["import { K } from './k'; o[K + 'Role']; o[`${K}X`]; o[[K, 'x'].join('')]", ["taken K + 'Role'", "taken `${K}X`", "taken [K, 'x'].join('')"]],
    ["import { K } from './k'; o[K.replace('X', 'Role')]", ["changed K.replace('X', 'Role')"]],
    ["import { K } from './k'; o[K]; 'xa'.split('a')[0] in o; o.k in o", ["taken K", "changed 'xa'.split('a')[0]"]],
    ["const k = `rawr/${a}`; o[k.split('/')[1]]; ({ [k]: 1 })", ["changed k.split('/')[1]"]],
    ["import { K } from './k'; o[K]; K.slice(1)", ["taken K"]],
    ["const k = K.slice(1); o[k]; o[k]; import { K } from './k'", ["changed k", "changed k"]],
  ])("%s", (code, open) => {
    expect(openTexts(code)).toEqual(open);
  });

  test("where there are too many to tell apart, any key counts", () => {
    const names = Array.from({ length: 300 }, (_, index) => `k${String(index)}`);
    const code = `import { k0 } from './k';${names.slice(1).map((name, index) => `const ${name} = k${String(index)}; o[${name}];`).join("")}`;
    expect(outlineOf(code).openKeys).toEqual({ taken: [[0, code.length]], changed: [] });
  });
});

describe("segments", () => {
  test.each<[code: string, segments: string[]]>([
    ["f('/rpc')", ["rpc"]],
    ["f(`${base}/api/orpc/runs?x=1`)", ["api", "orpc", "runs"]],
    ["f('/api' + `/in` + 'ngest')", ["api", "in", "inngest"]],
    ["<a href='/api/workflows'/>", ["api", "workflows"]],
    ["import a from '@x/rpc'; import b from './rpc'", []],
    ["f('rpc', /\\/rpc/, a / rpc) // '/rpc'", []],
  ])("%s", (code, segments) => {
    expect(outlineOf(code, "tsx").segments.toSorted()).toEqual(segments.toSorted());
  });
});

describe("the file itself", () => {
  test.each([
    ["// @generated by x\nf()", true],
    ["#!/usr/bin/env node\n/* Code generated. DO NOT EDIT. */\nf()", true],
    ["/** a */\n// Do not modify.\nf()", true],
    ["f();\n// @generated", false],
    ["// a generator of things\nf()", false],
    ["'@generated'", false],
  ])("%s is generated: %s", (code, expected) => {
    expect(outlineOf(code).generated).toBe(expected);
  });

  test.each([
    ["const = 1", "ts"],
    ["a(", "ts"],
    ["<a>", "tsx"],
    ["'", "js"],
    ["`", "js"],
    ["{", "ts"],
  ] as const)("%s is a syntax error in %s, and the rest is kept", (code, language) => {
    const facts = outlineOf(`import { a } from "x";\n${code}`, language);
    expect(facts.syntaxErrors.length).toBeGreaterThan(0);
    expect(facts.imports).toHaveLength(1);
    for (const { message, span } of facts.syntaxErrors) {
      expect(message).toMatch(/\w/u);
      expect(span[0]).toBeLessThanOrEqual(span[1]);
    }
  });

  test.each([
    ["const a = <b>c</b>;", "js"],
    ["const a = <b>c</b>;", "jsx"],
    ["const a = <T>c;", "ts"],
    ["function f() { return }\nreturn f", "js"],
    ["await f(); for await (const a of b) {}", "ts"],
    ["class A { @B accessor c = 1; static { } #d }", "ts"],
  ] as const)("%s is fine in %s", (code, language) => {
    expect(outlineOf(code, language).syntaxErrors).toEqual([]);
  });

  test("lines", () => {
    expect(outlineOf("a\nb\r\nc\rd\u2028e").lineStarts).toEqual([0, 2, 5, 7, 9]);
  });

  test.each([
    ["package.json", '{ "a": 1, } // b', 2],
    ["tsconfig.json", '{ "a": 1, } // b', 0],
    ["drift-guard.config.json", '{ /* b */ "a": 1 }', 0],
  ])("%s is read in its own dialect", (path, text, errors) => {
    const facts = extractOutline(sourceText(text, "json", path));
    expect(facts).toMatchObject({ kind: "json", root: { kind: "object" } });
    expect(facts.syntaxErrors).toHaveLength(errors);
  });

  test("YAML", () => {
    expect(extractOutline(sourceText("a: [1]", "yaml", "pnpm-workspace.yaml"))).toMatchObject({ kind: "yaml", root: { kind: "object" } });
  });
});
