import { describe, expect, test } from "vitest";
import { Show } from "./show.js";
import { bindingIn, bodyOf } from "./source.js";

function moduleOf(code: string): string {
  const body = bodyOf(code);
  return new Show(body).statements(body.functions[0]?.body ?? []);
}

describe("statements", () => {
  test.each([
    ["f(); ; debugger;", "@f();"],
    ["const a = 1, b = a; let c;", "a := 1; b := a;"],
    ["var a = 1; var a = 2;", "a := 1; (a = 2);"],
    ["const { a, b } = f();", "*destructured* := @f(); a := *destructured*.a; b := *destructured*.b;"],
    ["if (a) b(); else { c(); }", "if @a {@b();} else {@c();}"],
    ["if (a) {} else if (b) {}", "if @a {} else {if @b {} else {}}"],
    ["for (let i = 0, n = f(); i < n; i++) g(i);", "loop init {i := 0; n := @f();} test (i < n) update (i ++ 1) {@g(i);}"],
    ["for (i = 0; ; ) {}", "loop init {(@i = 0);} {}"],
    ["for (const a of b) f(a);", "loop each @b {a := @b[#]; @f(a);}"],
    ["for (const { a } of f()) {}", "loop init {*iterated* := @f();} each *iterated* {a := *iterated*[#].a;}"],
    ["for (a.b of c) {}", "loop each @c {(@a.b = @c[#]);}"],
    ["for ([a, b] of c) {}", "loop each @c {(@a = @c[#][#0]); (@b = @c[#][#1]);}"],
    ["for (const k in o) {}", "loop each @o {k := keyof @o;}"],
    ["while (a) break;", "loop test @a {break;}"],
    ["do { continue; } while (a)", "loop test @a once {continue;}"],
    ["a: for (;;) { break a; }", "a: loop  {break a;}"],
    ["a: { break a; }", "a: {break a;}"],
    ["a: if (b) {}", "a: {if @b {} else {}}"],
    ["a: b: for (;;) continue a;", "a: {b: loop  {continue a;}}"],
    ["switch (a) { case 1: b(); case 2: break; default: c(); }", "switch @a {1: @b(); | 2: break; | default: @c();}"],
    ["try { a(); } catch { b(); } finally { c(); }", "try {@a();} catch {@b();} finally {@c();}"],
    ["try {} catch (e) { f(e); }", "try {} catch e {@f(e);}"],
    ["try {} catch ({ a }) { f(a); }", "try {} catch *caught* {a := *caught*.a; @f(a);}"],
    ["try {} finally {}", "try {} finally {}"],
    ["throw new Error('x');", 'throw new @Error("x");'],
    ["using a = f();", "a := @f();"],
    ["enum E { A } namespace N { f(); } namespace M {}", "E := {A: 0}; {@f();}"],
    ["declare enum E { A } declare namespace N { const a: 1 }", "E := {A: 0};"],
    ["function f() {} type T = 1; interface I {} import 'x'; export * from 'y'; export {};", ""],
    ["export default f();", "*default* := @f();"],
    ["export const a = 1;", "a := 1;"],
    ["module.exports = f();", "*default* := @f();"],
    ["export default class A {}", "class A {};"],
  ])("%s", (code, expected) => {
    expect(moduleOf(code)).toBe(expected);
  });

  test("the body of `with` runs", () => {
    const body = bodyOf("with (a) { f(); }", "js");
    expect(new Show(body).statements(body.functions[0]?.body ?? [])).toBe("opaque(with; @a); {@f();}");
  });

  test("for await", () => {
    expect(moduleOf("for await (const a of b) {}")).toBe("loop each @b await {a := @b[#];}");
  });
});

describe("functions", () => {
  test.each([
    ["function f(a, b?: string, ...c: number[]): void { return; }", "f(a, b?: string, ...c: number[]): void {return -;}"],
    [
      "function f({ a }: T = g(), b = 1) {}",
      "f(pattern?: T, b?) {*destructured* := ($1.0 ?= @g()); a := *destructured*.a; b := ($1.1 ?= 1);}",
    ],
    ["async function* f() { yield 1; yield; await x; }", "async *f() {yield 1; yield -; await @x;}"],
    ["const f = (a) => a;", "arrow f(a) {return a;}"],
    ["const f = async () => { g(); };", "async arrow f() {@g();}"],
    ["const f = function g() {};", "g() {}"],
    ["const o = { f: () => 1 };", "arrow f() {return 1;}"],
    ["const o = { async *f() {} };", "async *f() {}"],
    ["class A { f() {} }", "f() {}"],
    ["class A { constructor(private a: T, b) { this.c = b; } }", "constructor(a: T, b) {(this.c = b);}"],
    ["class A { static { f(); } }", "() {@f();}"],
    ["class A { f = () => this; }", "arrow f() {return this;}"],
    ["export default () => 1;", "arrow default() {return 1;}"],
    ["export default function () {}", "default() {}"],
    ["x ??= () => 1; ", "arrow x() {return 1;}"],
    ["function f(this: T, a) {}", "f(a) {}"],
    ["const f = cond ? () => 1 : g;", "arrow f() {return 1;}"],
  ])("%s", (code, expected) => {
    const body = bodyOf(code);
    expect(new Show(body).function(body.functions[1])).toBe(expected);
  });

  test("functions know what they stand in", () => {
    const body = bodyOf("function a() { function b() { return () => 1; } } const c = () => 1;");
    expect(body.functions.map(({ name, parent }) => [name, parent])).toEqual([
      [undefined, 0],
      ["a", 0],
      ["b", 1],
      [undefined, 2],
      ["c", 0],
    ]);
  });
});

describe("classes", () => {
  test.each([
    ["class A extends B.C<D> {}", "class A extends @B.C {}"],
    [
      "class A { a = 1; static b; c: T; #d = 2; ['e'] = 3; accessor f = 4 }",
      'class A {field a = 1; static field b; field c: T; field #d = 2; field ["e"] = 3; field f = 4}',
    ],
    [
      "class A { m() {} static async n() {} get g() { return 1 } set g(v) {} }",
      "class A {method m = fn1; static method n = fn2; get g = fn3; set g = fn4}",
    ],
    ["class A { m(): 1; m() { return 1 } }", "class A {method m = fn1}"],
    ["abstract class A { abstract m(): 1; abstract a: T }", "class A {method m; field a: T}"],
    ["class A { constructor(readonly a: T, b) {} }", "class A {constructor fn1; field a: T = a}"],
    ["class A { static { f(); } }", "class A {static field *static* = fn1()}"],
    ["class A { constructor(); constructor(a?) {} }", "class A {constructor fn1}"],
    ["@D(1) class A { @E a = 1; @F() m(@G b) {} }", "@(@D(1)) class A {@(@E) field a = 1; @(@F()) @(@G) method m = fn1}"],
    ["const A = class {}", "class A {}"],
    ["const A = class B {}", "class B {}"],
    ["export default class {}", "class default {}"],
    ["class A { [k: string]: T; ; }", "class A {}"],
    ["declare class A { m(): 1; a: T }", "class A {method m; field a: T}"],
  ])("%s", (code, expected) => {
    const body = bodyOf(code);
    const value = body.bindings.find((binding) => binding.value?.kind === "class")?.value;
    expect(new Show(body).expression(value)).toBe(expected);
  });
});

describe("types", () => {
  test.each([
    ["string", "string"],
    ["'a' | 1 | -1 | true | null | undefined", '("a" | 1 | -1 | true | null | undefined)'],
    ["1n", "literal"],
    ["A & B", "(A & B)"],
    ["A.B<C>", "A.B<C>"],
    ["X", "X°"],
    ["X.Y", "X.Y°"],
    ["{ a: 1; 'b-c'?: 2; readonly d: 3; ['e']: 4; m(x: A): B; get g(): C }", '{a: 1; b-c?: 2; d: 3; e: 4; m: ((A) => B); g: C}'],
    ["{ [key: string]: A; b: B }", "{b: B; []: A}"],
    ["{ (x: A): B }", "((A) => B)"],
    ["{ (x: A): B; new (): C; d: D }", "({d: D} & ((A) => B) & (() => C))"],
    ["A[]", "A[]"],
    ["readonly A[]", "A[]"],
    ["[a: A, B?, ...C[]]", "[A, B, C[]]"],
    ["(A)", "A"],
    ["<U>(x: U, y) => X", "((U, any) => X°)"],
    ["<X>(x: X) => X", "((X) => X)"],
    ["new () => A", "(() => A)"],
    ["typeof v.w", "typeof v.w"],
    ["typeof v['w']", 'typeof v["w"]'],
    ["A['b']", 'A["b"]'],
    ["import('x').Y.Z<A>", 'import("x").Y.Z<A>'],
    ["typeof import('x')", 'import("x")'],
    ["keyof A", "keyof(A)"],
    ["A extends infer B ? C : D", "conditional(A, infer, C, D)"],
    ["{ [K in A]: K }", "mapped(A, K)"],
    ["`a${B}`", "template(B)"],
    ["(x) => x is A", "((any) => predicate(A))"],
    ["this", "this"],
  ])("%s", (code, expected) => {
    const body = bodyOf(`import X from "x"; const v = 1; type It = ${code};`);
    expect(new Show(body).type(bindingIn(body, "It").type)).toBe(expected);
  });
});
