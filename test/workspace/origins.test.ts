import { describe, expect, test } from "vitest";
import type { Origin } from "../../src/workspace/workspace.js";
import type { Files } from "./memory.js";
import { asked } from "./questions.js";

/** Where the first argument of each `probe(…)` comes from, in words; without what is unknown unless `all`. */
function origins(text: string, files: Files = {}): readonly (readonly string[])[] {
  const all: Files = { "main.ts": text, ...files };
  const questions = asked(all);
  return questions.argumentsOf("probe").map((at) => {
    const { origins: found, complete } = questions.originsOf(at);
    expect(complete).toBe(true);
    return [...new Set(found.map((origin) => inWords(origin, all)))].toSorted();
  });
}

function inWords(origin: Origin, files: Files): string {
  const code = (file: string, [start, end]: readonly [number, number]): string => String(files[file]).slice(start, end);
  switch (origin.kind) {
    case "literal":
      return `literal ${code(origin.at.file, origin.at.expression.span)}`;
    case "member":
      return `member ${origin.key ?? "?"}`;
    case "call":
      return `call ${code(origin.callee.file, origin.callee.expression.span)}`;
    case "external":
      return `external ${origin.module}#${origin.name}`;
    case "parameter":
      return `parameter ${String(origin.index)}`;
    case "typed":
      return `typed ${code(origin.type.file, origin.type.type.span)}`;
    case "unknown":
      return "unknown";
  }
}

type Row = readonly [text: string, ...origins: readonly (readonly string[])[]];

function lists(all: readonly (string | readonly string[])[]): readonly (readonly string[])[] {
  return all.filter((one) => typeof one !== "string");
}

/** The origins must hold all that are named; `!x` must not be among them. */
function holds(rows: readonly Row[], files: Files = {}): void {
  for (const [text, ...expected] of rows) {
    test(text, () => {
      const found = origins(text, files);
      expect(found).toHaveLength(expected.length);
      for (const [index, wanted] of expected.entries()) {
        expect(found[index]).toEqual(expect.arrayContaining(wanted.filter((origin) => !origin.startsWith("!"))));
        for (const unwanted of wanted.filter((origin) => origin.startsWith("!"))) expect(found[index]).not.toContain(unwanted.slice(1));
      }
    });
  }
}

describe("what is read of something", () => {
  const pkg = "declare const pkg: any;\n";
  holds(
    [
      ["probe(pkg.rawr)", ["member rawr"]],
      ['probe(pkg["rawr"]); probe(pkg?.["ra" + "wr"]); probe((pkg as any).rawr!)', ["member rawr"], ["member rawr"], ["member rawr"]],
      ["const { rawr } = pkg; probe(rawr)", ["member rawr"]],
      ["const { a: { rawr: x = {} } } = pkg; probe(x)", ["member rawr", "literal {}"]],
      ["const r = pkg.rawr; const s = r; probe(s)", ["member rawr"]],
      ["let r; r = pkg.rawr; probe(r)", ["member rawr"]],
      ["probe({ ...pkg.rawr }); probe(Object.assign({}, pkg.rawr)); probe(structuredClone(pkg.rawr))", ["member rawr"], ["member rawr", "literal {}"], ["member rawr"]],
      ["const copy: any = {}; Object.assign(copy, pkg.rawr); probe(copy)", ["member rawr"]],
      ["probe(Object.entries(pkg.rawr)); for (const [k, v] of Object.entries(pkg.rawr)) { probe(k); probe(v) }", ["member rawr"], ["member rawr"], ["member rawr"]],
      ["for (const k in pkg.rawr) probe(k)", ["member rawr"]],
      ["probe(JSON.parse(text()).rawr); declare function text(): string", ["member rawr"]],
      ["async function f() { return pkg.rawr } async function g() { probe(await f()); const [a] = await Promise.all([f()]); probe(a) }", ["member rawr"], ["member rawr"]],
      ["f().then((x) => { probe(x) }); async function f() { return pkg.rawr }", ["member rawr"]],
      ["function f(x: unknown) { probe(x) } f(pkg.rawr)", ["member rawr", "parameter 0"]],
      ["function f(o: any) { return o.rawr } probe(f(pkg))", ["member rawr"]],
      ["const f = ({ rawr }: any) => rawr; probe(f(pkg))", ["member rawr"]],
      ["pkg.plugins.map((p: any) => { probe(p); return p.rawr }).forEach((r: any) => probe(r))", ["member plugins"], ["member rawr", "!member plugins"]],
      ["probe(pkg.a || pkg.rawr); probe(pkg.a ? pkg.rawr : null); probe(pkg.a ?? pkg.rawr)", ["member a", "member rawr"], ["member rawr", "literal null"], ["member a", "member rawr"]],
      ["const m = new Map<string, any>(); m.set('k', pkg.rawr); probe(m.get('k'))", ["member rawr"]],
      ["const m = new Map([['k', pkg.rawr]]); probe(m.get('k'))", ["member rawr"]],
      ["class A { r; constructor(p: any) { this.r = p.rawr } go() { probe(this.r) } } new A(pkg).go(); probe(new A(pkg).r)", ["member rawr"], ["member rawr"]],
      ["class A { constructor(private p: any) {} go() { probe(this.p) } } new A(pkg.rawr)", ["member rawr"]],
      ["const holder = { meta: pkg.rawr }; probe(holder.meta); const { meta } = holder; probe(meta)", ["member rawr", "!member meta"], ["member rawr", "!member meta"]],
      ["const holder: any = {}; holder.meta = pkg.rawr; probe(holder.meta)", ["member rawr"]],
      ["const spread = { ...pkg }; probe(spread.rawr)", ["member rawr"]],
      ["const { name, ...rest } = pkg.rawr; probe(rest)", ["member rawr"]],
      ["const xs = [pkg.rawr]; probe(xs[0]); probe(xs.find(Boolean)); probe(xs.filter(Boolean)[0]); const [x] = xs; probe(x)", ["member rawr"], ["member rawr"], ["member rawr"], ["member rawr"]],
      ["const xs: any[] = []; xs.push(pkg.rawr); for (const x of xs) probe(x)", ["member rawr"]],
      ["probe(`${pkg.rawr.kind}`); probe('a' + pkg.b)", ["member kind", "!member rawr"], ["member b", "literal 'a'"]],
      ["declare const k: string; probe(pkg[k])", ["member ?"]],
      ["const k = Math.random() > 1 ? 'a' : 'b'; probe(pkg[k])", ["member a", "member b"]],
      ["import { parse } from 'pkg'; probe(parse(pkg.rawr))", ["call parse", "member rawr"]],
      ["probe(pkg.rawr.channel.toUpperCase())", ["member channel"]],
      ["probe([1, 2].reduce((all: any) => all, pkg.rawr))", ["member rawr"]],
    ].map(([text = "", ...rest]): Row => [`${pkg}${String(text)}`, ...lists(rest)]),
  );
});

describe("what a value is made of", () => {
  holds([
    ["probe('a'); probe({ a: 1 }); probe([1]); probe(() => 1); probe(null)", ["literal 'a'"], ["literal { a: 1 }"], ["literal [1]"], ["literal () => 1"], ["literal null"]],
    ["const o = { a: { b: 'x' } }; probe(o.a.b); probe(o.a)", ["literal 'x'", "!member b"], ["literal { b: 'x' }"]],
    ["function make() { return { r: 1 } } probe(make()); probe(make().r)", ["literal { r: 1 }"], ["literal 1", "!member r"]],
    ["import { Router } from 'lib'; probe(Router()); probe(new Router()); probe(Router.x.y)", ["call Router", "external lib#Router"].slice(0, 1), ["call Router"], ["external lib#Router.x.y"]],
    ["import * as lib from 'lib'; import d from 'lib'; probe(lib.make); probe(d); probe(lib.make())", ["external lib#make"], ["external lib#default"], ["call lib.make"]],
    ["import { P } from './b'; import * as ns from './b'; probe(P); probe(ns.P); probe(ns.o.p)", ["literal '/p'"], ["literal '/p'"], ["literal '/o'"]],
    ["import { withLog } from 'lib'; const r = { a: 1 }; probe(withLog(r))", ["call withLog", "literal { a: 1 }"]],
    ["declare const options: any; const own = { o: 1 }; probe(options.router ?? own)", ["member router", "literal { o: 1 }"]],
    ["function pass<T>(x: T) { return x } const a = { a: 1 }; const b = { b: 1 }; probe(pass(a)); probe(pass(b))", ["literal { a: 1 }", "!literal { b: 1 }"], ["literal { b: 1 }", "!literal { a: 1 }"]],
    ["function f(x: unknown) { probe(x) }", ["parameter 0", "unknown"]],
    ["let x = { a: 1 } as any; x = x; probe(x)", ["literal { a: 1 }"]],
    ["const xs: any[] = []; const ys = [...xs, ...ys2]; var ys2: any[] = [...ys]; for (const y of ys) probe(y)", []],
    ["class A { static s = 'v'; get g() { return 'w' } m() { return 'x' } } probe(A.s); probe(new A().g); probe(new A().m()); probe(A)", ["literal 'v'"], ["literal 'w'"], ["literal 'x'"], []],
    ["class A { f = 'v' } class B extends A {} probe(new B().f)", ["literal 'v'"]],
    ["import pkg from './p.json'; probe(pkg.rawr.kind)", ['literal "web"']],
    ["async function g() { const m = await import('./b'); probe(m.P) } const { P } = require('./b'); probe(P)", ["literal '/p'"], ["literal '/p'"]],
    ["probe(globalThis.x); probe(this)", ["member x"], ["unknown"]],
    ["function* g() { yield 'a' } for (const x of g()) probe(x)", ["literal 'a'"]],
    ["const t = (p: TemplateStringsArray, x: unknown) => x; const v = { v: 1 }; probe(t`a${v}`)", ["literal { v: 1 }"]],
    ["void (async () => { for await (const x of xs()) probe(x) })(); async function* xs() { yield { y: 1 } }", ["literal { y: 1 }"]],
  ], { "b.ts": "export const P = '/p'; export const o = { p: '/o' };", "p.json": '{ "rawr": { "kind": "web" } }' });
});

describe("declared types", () => {
  const types = "interface Plugin { channel?: string }\ninterface Holder { plugin: Plugin; list: Plugin[]; byName: Map<string, Plugin>; get(): Promise<Plugin> }\ndeclare const plugin: Plugin; declare const h: Holder; declare const list: readonly Plugin[];\n";
  holds(
    [
      ["probe(plugin); const p: Plugin = JSON.parse(''); probe(p)", ["typed Plugin"], ["typed Plugin"]],
      ["probe(x() as Plugin); probe(x() satisfies Plugin); declare function x(): any", ["typed Plugin"], ["typed Plugin"]],
      ["function f(p: Plugin) { probe(p) }", ["typed Plugin", "parameter 0"]],
      ["probe(f()); declare function f(): Plugin", ["typed Plugin"]],
      ["const f = (): Plugin => JSON.parse(''); probe(f())", ["typed Plugin"]],
      ["async function f(): Promise<Plugin> { return JSON.parse('') } async function g() { probe(await f()) }", ["typed Plugin"]],
      ["for (const p of list) probe(p); list.map((p) => { probe(p) }); probe(list[0]); const [a] = list; probe(a); probe(list.find(Boolean))", ["typed Plugin"], ["typed Plugin"], ["typed Plugin"], ["typed Plugin"], ["typed Plugin"]],
      ["probe(h.plugin); const { plugin: p } = h; probe(p); for (const q of h.list) probe(q)", ["typed Plugin", "member plugin"], ["typed Plugin"], ["typed Plugin"]],
      ["probe(h.byName.get('x')); async function g() { probe(await h.get()) }", ["typed Plugin"], ["typed Plugin"]],
      ["const f: (p: Plugin) => void = (p) => { probe(p) }", ["typed Plugin"]],
      ["class A { p!: Plugin; go() { probe(this.p) } }", ["typed Plugin"]],
      ["declare function read<T>(): T; probe(read<Plugin>())", ["typed Plugin"]],
      ["declare const r: Record<string, Plugin>; probe(r['x']); for (const p of Object.values(r)) probe(p); for (const [, p] of Object.entries(r)) probe(p)", ["typed Plugin"], ["typed Plugin"], ["typed Plugin"]],
      ["declare const many: Promise<Plugin[]>; async function g() { for (const p of await many) probe(p); (await many).forEach((p) => { probe(p) }) }", ["typed Plugin"], ["typed Plugin"]],
      ["declare const t: [string, Plugin]; const [, p] = t; probe(p)", ["typed Plugin", "!typed string"]],
    ].map(([text = "", ...rest]): Row => [`${types}${String(text)}`, ...lists(rest)]),
  );
});

test("steps lead from the value to where it comes from", () => {
  const files = { "main.ts": 'import { make } from "./b"; const r = make(); probe(r)', "b.ts": "export function make() { return { r: 1 } }" };
  const questions = asked(files);
  const [at] = questions.argumentsOf("probe");
  const { origins: found } = at === undefined ? { origins: [] } : questions.originsOf(at);
  expect(found.map(({ steps }) => steps.map(({ file, note }) => `${file} ${note}`))).toEqual([["main.ts `r`", "main.ts what it returns"]]);
});
