import { describe, expect, test } from "vitest";
import { toPath } from "../../src/files/path.js";
import type { Files } from "./memory.js";
import { asked } from "./questions.js";

/** The calls of the function `f` of `main.ts`, as they are written. */
function callers(main: string, files: Files = {}): readonly string[] {
  const all: Files = { "main.ts": main, ...files };
  const questions = asked(all);
  const fn = questions.workspace.body(toPath("main.ts"))?.functions.findIndex(({ name }) => name === "f") ?? -1;
  expect(fn).toBeGreaterThan(0);
  return questions.callersOf(toPath("main.ts"), fn).map(({ file, expression }) => `${file} ${String(all[file]).slice(...expression.span)}`);
}

describe("callersOf", () => {
  const rows: readonly (readonly [string, Files, readonly string[]])[] = [
    ["function f() {} f(); f();", {}, ["main.ts f()", "main.ts f()"]],
    ["const f = () => 1; const g = f; g(); (f as any)(); f!()", {}, ["main.ts (f as any)()", "main.ts f!()", "main.ts g()"]],
    ["function f() {} f.call(null, 1); f.apply(null, [1]); f?.()", {}, ["main.ts f.call(null, 1)", "main.ts f.apply(null, [1])", "main.ts f?.()"]],
    ["const o = { f() {} }; o.f(); o['f'](); const { f: g } = o; g()", {}, ["main.ts g()", "main.ts o.f()", "main.ts o['f']()"]],
    ["class A { f() {} } new A().f(); const a = new A(); a.f(); class B { g(x: A) { x.f() } } new B().g(a)", {}, ["main.ts a.f()", "main.ts new A().f()", "main.ts x.f()"]],
    ["class A { static f() {} } A.f()", {}, ["main.ts A.f()"]],
    ["class A { f() { this.g() } g() { this.f() } }", {}, ["main.ts this.f()"]],
    ["function f() {} function run(cb: () => void) { cb() } run(f)", {}, ["main.ts cb()"]],
    ["function f() {} [1].forEach(f)", {}, []],
    ["function f() {} import { use } from 'pkg'; use(f)", {}, []],
    ["function f() {} const list = [f]; list[0](); for (const g of list) g()", {}, ["main.ts g()", "main.ts list[0]()"]],
    ["function f() {} const m = new Map([['a', f]]); m.get('a')!()", {}, ["main.ts m.get('a')!()"]],
    ["function make() { return function f() {} } make()(); const g = make(); g()", {}, ["main.ts g()", "main.ts make()()"]],
    ["const f = function () {}; declare const c: boolean; (c ? f : null)?.(); (c && f)()", {}, ["main.ts (c && f)()", "main.ts (c ? f : null)?.()"]],
    ["async function f() {} async function load() { return { f } } async function g() { (await load()).f() }", {}, ["main.ts (await load()).f()"]],
    ["export function f() {}", { "a.ts": "import { f } from './main'; f()", "b.ts": "import * as m from './main'; m.f()", "c.ts": "export { f as g } from './main'", "d.ts": "import { g } from './c'; g()", "e.ts": "const { f } = await import('./main'); f()" }, ["a.ts f()", "b.ts m.f()", "d.ts g()", "e.ts f()"]],
    ["export default function f() {}", { "a.ts": "import anything from './main'; anything()" }, ["a.ts anything()"]],
    ["export function f() {}", { "a.ts": "import type { f } from './main'; declare const g: typeof f; g()" }, []],
    ["module.exports = { f() {} }", { "a.js": "require('./main').f()" }, ["a.js require('./main').f()"]],
    ["function f() { f() }", {}, ["main.ts f()"]],
    ["namespace N { export function f() {} } N.f()", {}, ["main.ts N.f()"]],
  ];
  for (const [main, files, expected] of rows) {
    test(main, () => {
      expect(callers(main, files).toSorted()).toEqual(expected.toSorted());
    });
  }

  test("reads only the bodies of modules that can hold the function", () => {
    const files: Files = { "main.ts": "export function f() {} f()", "a.ts": "import { f } from './main'; f()", "b.ts": "import { g } from './other'; g()", "other.ts": "export const g = () => 1", "c.ts": "import './main'" };
    const read: string[] = [];
    const questions = asked(files, (path) => read.push(path));
    expect(questions.callersOf(toPath("main.ts"), 1)).toHaveLength(2);
    expect([...new Set(read)].toSorted()).toEqual(["a.ts", "main.ts"]);
  });
});
