import { describe, expect, test } from "vitest";
import type { Binding } from "../../src/facts/expression.js";
import { Show } from "./show.js";
import { bindingIn, bodyOf } from "./source.js";

/** Names that the source writes, each with its value. */
function valuesIn(code: string): Record<string, string> {
  const body = bodyOf(code);
  const show = new Show(body);
  return Object.fromEntries(body.bindings.map((binding) => [binding.name, show.expression(binding.value)]));
}

describe("destructuring becomes reads", () => {
  test.each<[code: string, values: Record<string, string>]>([
    ["const { a, b: c, ...d } = x;", { a: "@x.a", c: "@x.b", d: "rest(@x - a - b)" }],
    ["const { a = 1, b: { c } = {} } = x;", { a: "(@x.a ?= 1)", c: "(@x.b ?= {}).c" }],
    ["const { 'a-b': a, [k]: b } = x.y;", { a: "@x.y.a-b", b: "@x.y[@k]" }],
    ["const [a, , b = 2, ...c] = x;", { a: "@x[#0]", b: "(@x[#2] ?= 2)", c: "rest(@x)" }],
    ["const { a, b } = f();", { "*destructured*": "@f()", "a": "*destructured*.a", "b": "*destructured*.b" }],
    ["const { a: { b, c } = f() } = x;", { "*destructured*": "(@x.a ?= @f())", "b": "*destructured*.b", "c": "*destructured*.c" }],
    ["const { a } = x as T;", { a: "<as T>@x.a" }],
    ["const { a } = require('x');", { "*destructured*": '@require("x")', a: "*destructured*.a" }],
    ["const { a } = await import('x');", { "*destructured*": 'await import("x")', a: "*destructured*.a" }],
    ["for (const [k, v] of Object.entries(x)) {}", { "*iterated*": "@Object.entries(@x)", k: "*iterated*[#][#0]", v: "*iterated*[#][#1]" }],
    ["for (const k in x.y) {}", { k: "keyof @x.y" }],
    ["function f({ a, b = 1 }, [c], ...d) {}", { f: "fn1", a: "$1.0.a", b: "($1.0.b ?= 1)", c: "$1.1[#0]", d: "...$1.2" }],
    ["function f({ a } = {}, b = a) {}", { f: "fn1", a: "($1.0 ?= {}).a", b: "($1.1 ?= a)" }],
    ["function f(this: T, a) {}", { f: "fn1", a: "$1.0" }],
    ["try {} catch ({ message: m }) {}", { "*caught*": "-", "m": "*caught*.message" }],
  ])("%s", (code, values) => {
    expect(valuesIn(code)).toEqual(values);
  });

  test("what makes a value stands in the facts once", () => {
    const body = bodyOf("const { a, b: [c] } = make(() => 1);");
    expect(body.functions).toHaveLength(2);
    expect(JSON.stringify(body.bindings).match(/"name":"make"/gu)).toHaveLength(1);
  });
});

describe("what a name is", () => {
  test.each<[code: string, name: string, expected: Partial<Binding>]>([
    ["const a = 1", "a", { kind: "const", function: 0, depth: 0 }],
    ["let a", "a", { kind: "let" }],
    ["var a", "a", { kind: "var" }],
    ["using a = b()", "a", { kind: "using" }],
    ["await using a = b()", "a", { kind: "using" }],
    ["function a() {}", "a", { kind: "function" }],
    ["class a {}", "a", { kind: "class" }],
    ["enum a {}", "a", { kind: "enum" }],
    ["namespace a {}", "a", { kind: "namespace" }],
    ["type a = 1", "a", { kind: "type" }],
    ["interface a {}", "a", { kind: "interface" }],
    ["try {} catch (a) {}", "a", { kind: "catch", depth: 1 }],
    ["import a from 'x'", "a", { kind: "import", import: { index: 0, name: "default" } }],
    ["import './y'; export * from 'z'; import { b as a } from 'x'", "a", { kind: "import", import: { index: 2, name: "b" } }],
    ["import * as a from 'x'", "a", { kind: "import", import: { index: 0, name: "*" } }],
    ["import type { a } from 'x'", "a", { kind: "import", import: { index: 0, name: "a" } }],
    ["import { 'b c' as a } from 'x'", "a", { kind: "import", import: { index: 0, name: "b c" } }],
    ["import a = require('x')", "a", { kind: "import", import: { index: 0, name: "*" } }],
    ["function f() { if (x) { let a; } }", "a", { kind: "let", function: 1, depth: 1 }],
    ["function f() { if (x) { var a; } }", "a", { kind: "var", function: 1, depth: 0 }],
    ["function f(a) {}", "a", { kind: "parameter", function: 1, depth: 0 }],
    ["declare const a: string;", "a", { kind: "const", ambient: true }],
    ["declare var a: string, b;", "a", { kind: "var", ambient: true }],
    ["declare function a(): void;", "a", { kind: "function", ambient: true }],
    ["declare namespace N { const a: string }", "a", { ambient: true }],
    ["export default 1", "*default*", { kind: "const" }],
    ["export default function () {}", "*default*", { kind: "function" }],
    ["export default class {}", "*default*", { kind: "class" }],
    ["export = x", "*default*", { kind: "const" }],
  ])("%s", (code, name, expected) => {
    expect(bindingIn(bodyOf(code), name)).toMatchObject(expected);
  });

  test.each([
    ["const a: T = 1", "a", "T"],
    ["function f(a?: string) {}", "a", "string"],
    ["declare function a(x: T): U;", "a", "((T) => U)"],
    ["type a<T> = T[]", "a", "T[]"],
    ["interface a { b: 1 } interface a extends C { d: 2 }", "a", "({b: 1} & {d: 2} & C)"],
  ])("the type of %s", (code, name, expected) => {
    const body = bodyOf(code);
    expect(new Show(body).type(bindingIn(body, name).type)).toBe(expected);
  });

  test("a name that is only declared is ambient, one without a value yet is not", () => {
    expect(bindingIn(bodyOf("let a"), "a")).not.toHaveProperty("ambient");
    expect(bindingIn(bodyOf("function a(): 1; function a() { return 1 }"), "a")).not.toHaveProperty("ambient");
  });
});

describe("scopes", () => {
  /** Every reference and global by name, in source order, with the line of what it refers to. */
  function uses(code: string): string[] {
    const body = bodyOf(code);
    const found: { at: number; text: string }[] = [];
    JSON.stringify(body, (_, value: unknown) => {
      const node = value as { kind?: string; name?: string; binding?: number; span?: [number, number] } | null;
      if (node && (node.kind === "reference" || node.kind === "global") && node.span && node.name) {
        const target = node.kind === "reference" ? body.bindings[node.binding ?? -1] : undefined;
        const line = target && code.slice(0, target.span[0]).split("\n").length;
        found.push({ at: node.span[0], text: `${node.name}@${line === undefined ? "global" : String(line)}` });
      }
      return value;
    });
    return [...new Set(found.sort((a, b) => a.at - b.at).map(({ at, text }) => `${String(at)} ${text}`))].map((use) =>
      use.slice(use.indexOf(" ") + 1),
    );
  }

  test.each<[what: string, code: string, uses: string[]]>([
    ["a block hides", "const a = 1;\n{ const a = 2;\nf(a); }\na;", ["f@global", "a@2", "a@1"]],
    ["var and functions are hoisted", "g(v);\nvar v;\nfunction g() {}", ["g@3", "v@2"]],
    ["var leaves its block", "if (x) {\nvar v = 1; }\nv;", ["x@global", "v@2"]],
    ["let does not", "{\nlet v; }\nv;", ["v@global"]],
    ["a loop variable is its loop's", "for (let i = 0;\ni < 1; i++) { i; }\ni;", ["i@1", "i@1", "i@1", "i@global"]],
    ["a function expression knows itself", "const f = function g() { return g; };\ng;", ["g@1", "g@global"]],
    ["a class expression knows itself", "const C = class D { m() { return D; } };\nD;", ["D@1", "D@global"]],
    ["a parameter hides", "const a = 1;\nconst f = (a = a) => a;", ["a@2", "a@2"]],
    ["a catch parameter hides", "const e = 1;\ntry {} catch (e) { e; }\ne;", ["e@2", "e@1"]],
    ["a switch is one block", "const a = 1;\nswitch (a) { case a: let a = 2;\ndefault: a; }", ["a@1", "a@2", "a@2"]],
    ["a static block has its own var", "class A { static {\nvar v = 1; v; } }\nv;", ["v@2", "v@global"]],
    ["a type is no value", "type T = 1;\nconst T = 2;\nT;", ["T@2"]],
    ["an enum sees its members", "enum E { A = x, B = A }\nA;", ["x@global", "E@1", "A@global"]],
    ["a namespace sees what its earlier part exports", "namespace N { export const a = 1; }\nnamespace N { a; }", ["a@1", "a@1"]],
    ["a namespace keeps its var", "namespace N { var v = 1; v; }\nv;", ["v@1", "v@global"]],
    ["two declarations of var are one", "var a = 1;\nvar a = 2;\na;", ["a@1", "a@1"]],
    ["arguments and this are no names", "function f() { return arguments; }", ["arguments@global"]],
  ])("%s", (_, code, expected) => {
    expect(uses(code)).toEqual(expected);
  });

  test("a function in a block is seen from its function in scripts only", () => {
    expect(uses("if (x) {\nfunction f() {} }\nf();")).toEqual(["x@global", "f@2"]);
    expect(uses("if (x) {\nfunction f() {} }\nf();\nexport {};")).toEqual(["x@global", "f@global"]);
  });
});

describe("values behind names", () => {
  test.each<[code: string, name: string, expected: string]>([
    ["function f(): 1; function f() { return 1 }", "f", "fn1"],
    ["export default x + 1", "*default*", "(@x + 1)"],
    ["export default async () => {}", "*default*", "fn1"],
    ["import A = N.b.c", "A", "@N.b.c"],
    ["var f = 1; function f() {}", "f", "fn1"],
    [
      "enum E { A, B = 5, C, D = A | C, F = 'x', G = `${F}y`, H = E.F + 1, I = -B }",
      "E",
      '{A: 0, B: 5, C: 6, D: 6, F: "x", G: "xy", H: "x1", I: -5}',
    ],
    ["const enum E { A = 1 << 3, 'b-c' }", "E", "{A: 8, b-c: 9}"],
    ["enum E { A = f(), B = A, C }", "E", "{A: @f(), B: E.A, C: opaque(an enum member without a value)}"],
    ["enum E { A = 1 } enum E { B = 2 }", "E", "{A: 1, B: 2}"],
    ["enum E { A = 1 / 0, B = 0 / 0 }", "E", "{A: (1 / 0), B: (0 / 0)}"],
    [
      "namespace N { export const a = 1; const b = 2; export function f() {} export class C {} export namespace M { export let c = b; } }",
      "N",
      "{a: a, f: f, C: C, M: M}",
    ],
    ["namespace A.B { export const c = 1 }", "A", "{B: B}"],
    ["namespace N { export const { a, b } = x }", "N", "{a: a, b: b}"],
    ["namespace N { export const a = 1 } namespace N { export const b = 2 }", "N", "{a: a, b: b}"],
    ["function f() {} namespace f { export const a = 1 }", "f", "fn1"],
  ])("%s", (code, name, expected) => {
    const body = bodyOf(code);
    expect(new Show(body).expression(bindingIn(body, name).value)).toBe(expected);
  });
});

describe("CommonJS", () => {
  test.each<[code: string, values: Record<string, string>]>([
    ["module.exports = f();", { "*default*": "@f()" }],
    ["exports.a = 1; module.exports.b = 2; exports['c'] = 3;", { "*a*": "1", "*b*": "2", "*c*": "3" }],
    [
      "module.exports = { a, b: 1, c() {} };",
      { "*default*": "{a~@a, b: 1, c: fn1}", "*a*": "*default*.a", "*b*": "*default*.b", "*c*": "*default*.c" },
    ],
    ["exports = module.exports = f;", { "*default*": "@f" }],
    ["exports.a = exports.b = 1;", { "*a*": "(*b* = 1)", "*b*": "1" }],
    ["if (x) { module.exports = a; } else { module.exports = b; }", { "*default*": "@a" }],
    ["(function (exports) { exports.a = 1; })(x);", { exports: "$1.0" }],
    ["const exports = {}; exports.a = 1;", { exports: "{}" }],
  ])("%s", (code, values) => {
    const body = bodyOf(code, "js");
    const show = new Show(body);
    expect(Object.fromEntries(body.bindings.map((binding) => [binding.name, show.expression(binding.value)]))).toEqual(values);
  });

  test("what is assigned later is a write", () => {
    const body = bodyOf("if (x) { module.exports = a; } else { module.exports = b; }", "js");
    expect(bindingIn(body, "*default*").writes.map((write) => new Show(body).expression(write))).toEqual(["(*default* = @b)"]);
  });
});
