import { describe, expect, test } from "vitest";
import { probe } from "./questions.js";

/** A program, and what the arguments of its calls of `probe` can be; `? …` for what is unprovable, and why. */
type Row = readonly [text: string, ...values: readonly unknown[]];

function holds(rows: readonly Row[]): void {
  for (const [text, ...values] of rows) {
    test(text, () => {
      expect(probe(text)).toEqual(values.map((value) => (typeof value === "string" && value.startsWith("?") ? expect.stringContaining(value.slice(1)) : value)));
    });
  }
}

describe("literals and operators", () => {
  holds([
    ['probe("/a", `/b`, 1, true, null, undefined, void 0)', ["/a"], ["/b"], [1], [true], [null], [undefined], [undefined]],
    ['probe("/a" + "/b", `/a${"/b"}`, `${1}${true}${null}${undefined}`)', ["/a/b"], ["/a/b"], ["1truenullundefined"]],
    ['probe("a" + 1 + 2, 1 + 2 + "a", 0.1 + 0.2, 7 % 4, 2 ** 3)', ["a12"], ["3a"], [0.1 + 0.2], [3], [8]],
    ["probe(`${[1, [2, null]]}`, String([1, 2]), [1, 2] + '')", ["1,2,"], ["1,2"], ["1,2"]],
    ['probe("a" === "a", "a" !== "a", 1 < 2, "b" > "a", 1 == "1", null == undefined)', [true], [false], [true], [true], [true], [true]],
    ['probe(!0, -"3", +"4", ~1, typeof "x", typeof (() => 1), typeof null, typeof {})', [true], [-3], [4], [-2], ["string"], ["function"], ["object"], ["object"]],
    ['probe(("x" as string)!, "y" satisfies string, <string>"z", ("w"))', ["x"], ["y"], ["z"], ["w"]],
    ['probe(("a", "b"))', ["b"]],
    ["probe({} + '')", "?an object becomes text"],
    ["probe(String.raw`/a`)", ["/a"]],
    ["probe(1n)", "?"],
  ]);
});

describe("branches", () => {
  holds([
    ['declare const c: boolean;\nprobe(c ? "/a" : "/b", c || "/a", c && "/a", c ?? "/a")', ["/a", "/b"], "?", "?", "?"],
    ['probe(true ? "/a" : "/b", 0 ? "/a" : "/b", "x" === "x" ? 1 : 2)', ["/a"], ["/b"], [1]],
    ['probe("" || "/a", "/a" || "/b", null ?? "/a", "" ?? "/a", "x" && "/a", 0 && "/a")', ["/a"], ["/a"], ["/a"], [""], ["/a"], [0]],
    ['declare const c: boolean;\nconst x = c ? "" : "/x";\nprobe(x || "/d", x && "/e", x ?? "/f")', ["/d", "/x"], ["", "/e"], ["", "/x"]],
    ['const o: { p?: string } = {};\nprobe(o?.p, o.p ?? "/d", (o as any)?.q?.r, (undefined as any)?.x.y.z)', [undefined], ["/d"], [undefined], [undefined]],
    ['declare const c: boolean;\nprobe(c === true, `${c ? 1 : 2}`, !c, c in {})', [false, true], ["1", "2"], [false, true], [false, true]],
  ]);
});

describe("names", () => {
  holds([
    ['const a = "/a";\nconst b = a;\nprobe(b)', ["/a"]],
    ['let a = "/a";\nprobe(a)', ["/a"]],
    ['let a = "/a";\nprobe(a);\na = "/b";\nprobe(a)', ["/a"], ["/b"]],
    ['let a;\nprobe(a);\na = "/b";\nprobe(a)', [undefined], ["/b"]],
    ['declare const c: boolean;\nlet a = "/a";\nif (c) a = "/b";\nprobe(a)', ["/a", "/b"]],
    ['declare const c: boolean;\nlet a;\nif (c) a = "/a"; else a = "/b";\nprobe(a)', ["/a", "/b"]],
    ['let a = "/a";\na += "/b";\na += "/c";\nprobe(a)', ["/a/b/c"]],
    ['let a: string | undefined;\na ??= "/a";\na ||= "/b";\nprobe(a)', ["/a"]],
    ['let a = "/a";\nfunction set() { a = "/b"; }\nprobe(a)', ["/a", "/b"]],
    ['let a = "/a";\nfor (;;) { probe(a); a = "/b"; }', ["/a", "/b"]],
    ['let a = "";\nfor (const x of ["p", "q"]) a += x;\nprobe(a)', "?"],
    ['var a = "/a";\nprobe(a)', ["/a"]],
    ['probe(a);\nvar a = "/a"', [undefined]],
    ['let n = 0;\nprobe(n++, `/p${n}`)', "?it is counted", "?it is counted"],
    ["declare const a: string;\nprobe(a)", "?"],
    ["probe(process.env.X)", "?"],
    ["try { } catch (e) { probe(e) }", "?it is what was thrown"],
    ['const { a: x = "/d", b: { c: [, y] }, ...rest } = { b: { c: ["p", "q"] }, z: "/z" } as any;\nprobe(x, y, rest)', ["/d"], ["q"], [{ z: "/z" }]],
    ['const [x, , y = "/d", ...rest] = ["p", "q", undefined, "r"];\nprobe(x, y)', ["p"], ["/d"]],
    ['let x, y;\n({ a: x, b: [y] } = { a: "/a", b: ["/b"] });\nprobe(x, y)', ["/a"], ["/b"]],
    ['let a = "/a", b = "/b";\n[a, b] = [b, a];\nprobe(a, b)', ["/b"], ["/a"]],
    ['enum E { A = "/a", B = `/b`, C = A + "c" }\nprobe(E.A, E["B"], E.C, E)', ["/a"], ["/b"], ["/ac"], [{ A: "/a", B: "/b", C: "/ac" }]],
    ["enum N { A, B = 5, C }\nprobe(N.A, N.C, N[5], N)", [0], [6], ["B"], [{ "0": "A", "5": "B", "6": "C", A: 0, B: 5, C: 6 }]],
    ['namespace N { export const p = "/p"; export namespace M { export const q = p + "/q" } }\nprobe(N.p, N.M.q)', ["/p"], ["/p/q"]],
  ]);
});

describe("objects", () => {
  holds([
    ['const o = { a: "/a", "b-c": "/b", 3: "/c", ["d" + 1]: "/d" } as const;\nprobe(o.a, o["b-c"], o[3], o["3"], o.d1, o.none)', ["/a"], ["/b"], ["/c"], ["/c"], ["/d"], [undefined]],
    ['const o = { a: "1", ...{ a: "2", b: "3" }, b: "4" };\nprobe(o)', [{ a: "2", b: "4" }]],
    ['const o = { ...null, ...undefined, ..."ab", ...["x"] };\nprobe(o)', [{ "0": "x", "1": "b" }]],
    ['declare const c: boolean;\nconst o = { a: "1", ...(c ? { a: "2" } : {}) };\nprobe(o.a)', ["1", "2"]],
    ['declare const c: boolean;\nconst o = { a: "1", ...(c && { a: "2" }) };\nprobe(o.a)', "?"],
    ['declare const u: object;\nprobe({ ...u, a: "1" }.a, { a: "1", ...u }.a, { ...u }.b)', ["1"], "?", "?"],
    ['declare const k: string;\nconst o = { a: "/a", b: "/b" };\nprobe(o[k as "a"])', "?`k` is declared without a value"],
    ['const k = "a" as "a" | "b";\nprobe({ a: "/a", b: "/b" }[k])', ["/a"]],
    ['const o = { get p() { return "/" + this.q; }, q: "q", m() { return this.p; } };\nprobe(o.p, o.m())', ["/q"], ["/q"]],
    ['probe(Object.keys({ b: 1, a: 2, 1: 3 }), Object.values({ a: "x" }), Object.entries({ a: "x" }))', [["1", "b", "a"]], [["x"]], [[["a", "x"]]]],
    ['probe(Object.fromEntries([["a", "/a"], ["b", "/b"]]), Object.assign({ a: 1 }, { b: 2 }, { a: 3 }), Object.freeze({ a: 1 }))', [{ a: "/a", b: "/b" }], [{ a: 3, b: 2 }], [{ a: 1 }]],
    ['probe("a" in { a: 1 }, "b" in { a: 1 }, "toString" in {})', [true], [false], [false, true]],
    ['const P = { api: { rpc: "/rpc" } };\nconst { api: { rpc: renamed } } = P;\nprobe(renamed)', ["/rpc"]],
    ["const o = { __proto__: { a: 1 } } as any;\nprobe(o.a)", "?it is a prototype"],
    ["probe(({} as any).constructor, ({} as any).toString)", "?", "?"],
    ['for (const k in { a: 1, b: 2 }) probe(k, `/${k}`)', ["a", "b"], ["/a", "/b"]],
    ['probe(JSON.parse(\'{"a":"/x","b":{}}\').a, JSON.parse(\'{"a":{"b":"/x"}}\').a.b, JSON.stringify({ a: ["x", 1, null] }))', ["/x"], "?what lies deeper in parsed JSON", ['{"a":["x",1,null]}']],
    ['probe(structuredClone({ a: "/a" }).a, Reflect.get({ a: "/a" }, "a"))', ["/a"], ["/a"]],
  ]);
});

describe("arrays", () => {
  holds([
    ['const a = ["x", "y", ...["z"]];\nprobe(a[0], a[9], a.at(-1), a.length, a)', ["x"], [undefined], ["z"], [3], [["x", "y", "z"]]],
    ['probe(["a", "", "b"].filter(Boolean).join("/"), ["a", "b"].map((x, i) => x + i), ["a", "b"].reverse())', ["a/b"], [["a0", "b1"]], [["b", "a"]]],
    ['probe(["a"].concat("b", ["c"]), [["a"], ["b"]].flat(), ["a"].flatMap((x) => [x, x]), ["b", "a"].sort())', [["a", "b", "c"]], [["a", "b"]], [["a", "a"]], [["a", "b"]]],
    ['probe(["a", "b", "c"].slice(1), ["a", "b"].slice(-1), ["a"].includes("a"), ["a"].includes("b"))', [["b", "c"]], [["b"]], [true], [false]],
    ['probe(["a", "b"].find((x) => x === "b"), ["a"].find((x) => x === "z"), ["a"].some((x) => x === "a"), ["a"].every((x) => x === "b"))', ["b"], [undefined], [true], [false]],
    ['probe(["a", "b"].reduce((all, x) => all + x, ""), ["a", "b"].reduce((all, x) => `${all}/${x}`))', ["ab"], ["a/b"]],
    ['probe(Array.from("ab"), Array.from(["a"], (x) => x + "!"), Array.of("a"), Array.isArray([]), [..."ab"])', [["a", "b"]], [["a!"]], [["a"]], [true], [["a", "b"]]],
    ['probe([...["a"].entries()], [...["a"].keys()], [...["a"].values()])', [[[0, "a"]]], [[0]], [["a"]]],
    ['declare const c: boolean;\nprobe(["/a", c ? "b" : "", "c"].filter(Boolean).join("/"))', ["/a/b/c", "/a/c"]],
    ['declare const c: boolean;\nprobe([...(c ? ["a"] : []), "b"].join("/"))', ["a/b", "b"]],
    ['for (const [k, v] of [["a", "/a"], ["b", "/b"]] as const) probe(k, v)', ["a", "b"], ["/a", "/b"]],
    ['["/a", "/b"].forEach((p) => probe(p))', ["/a", "/b"]],
    ['["/a", "/b"].map((p) => ({ p })).forEach(({ p }) => probe(p))', ["/a", "/b"]],
    ['const routes = [{ path: "/a", m: "get" }, { path: "/b", m: "post" }];\nfor (const { path } of routes) probe(path);\nfor (const r of Object.values({ x: { path: "/c" } })) probe(r.path)', ["/a", "/b"], ["/c"]],
    ['for (const x of []) probe(x)', "?no value reaches it"],
  ]);
});

describe("texts", () => {
  holds([
    ['probe("/A".toLowerCase(), "a".toUpperCase(), " a ".trim(), "a".padStart(3, "/"), "ab".repeat(2))', ["/a"], ["A"], ["a"], ["//a"], ["abab"]],
    ['probe("abc".slice(1), "abc".substring(0, 2), "abc".at(-1), "abc".charAt(0), "abc"[1], "abc".length)', ["bc"], ["ab"], ["c"], ["a"], ["b"], [3]],
    ['probe("a-b-c".replace("-", "/"), "a-b-c".replaceAll("-", "/"), "a-b".replace(/-/g, "_"), "/a/".replace(/^\\/|\\/$/g, ""))', ["a/b-c"], ["a/b/c"], ["a_b"], ["a"]],
    ['probe("a/b".split("/"), "a/b".startsWith("a"), "a/b".indexOf("/"), "a".concat("b", "c"))', [["a", "b"]], [true], [1], ["abc"]],
    ['probe("a".replace("a", () => "b"), "x".replace(/(a+)+$/, ""))', "?", "?"],
    ["probe((5).toString(), (1.5).toFixed(2), String(5), Number('5'), parseInt('5px', 10), Boolean(''))", ["5"], ["1.50"], ["5"], [5], [5], [false]],
    ['probe(encodeURIComponent("a b"), decodeURIComponent("a%20b"), Math.max(1, 2))', ["a%20b"], ["a b"], [2]],
    ['probe(new URL("/x?y=1", "http://h:8080/z").pathname, new URL("http://h/a").href, `${new URL("http://h/a")}`)', ["/x"], ["http://h/a"], ["http://h/a"]],
    ['const u = new URL("http://h/a");\nu.pathname = "/b";\nprobe(u.pathname)', "?"],
    ['const { join } = Array.prototype;\nprobe(join)', "?"],
    ['const { keys } = Object;\nprobe(keys({ a: 1 }))', [["a"]]],
  ]);
});

describe("calls", () => {
  holds([
    ['const f = () => "/a";\nfunction g() { return f() + "/b"; }\nprobe(f(), g(), (() => "/c")(), (function () { return "/d"; })())', ["/a"], ["/a/b"], ["/c"], ["/d"]],
    ['function f(a: string, b = "/b", ...rest: string[]) { return [a, b, ...rest].join(""); }\nprobe(f("/a"), f("/a", "/x", "/y"), f(...(["/p", "/q"] as const)))', ["/a/b"], ["/a/x/y"], ["/p/q"]],
    ['function f({ p, q = "/q" }: { p: string; q?: string }) { return p + q; }\nprobe(f({ p: "/p" }))', ["/p/q"]],
    ['function f(k: string) { if (k === "a") return "/a"; if (k === "b") { return "/b"; } return "/c"; }\nprobe(f("a"), f("b"), f("z"))', ["/a"], ["/b"], ["/c"]],
    ['function f(k: string) { switch (k) { case "a": case "b": return "/ab"; default: return "/z"; } }\nprobe(f("b"), f("q"))', ["/ab"], ["/z"]],
    ['declare const c: boolean;\nfunction f() { if (c) return "/a"; }\nfunction g() { if (c) throw new Error(); return "/g"; }\nprobe(f(), g())', ["/a", undefined], ["/g"]],
    ['function f() { while (true) { return "/a"; } }\nfunction g() { for (const x of ["p"]) { return x; } return "z"; }\nprobe(f(), g())', ["/a"], ["p", "z"]],
    ['function f() { try { return "/a"; } finally { } }\nfunction g() { try { throw 1; } catch { return "/b"; } }\nprobe(f(), g())', ["/a"], ["/b"]],
    ['const add = (a: string) => (b: string) => a + b;\nconst p = add("/p");\nconst q = add("/q");\nprobe(p("1"), q("2"))', ["/p1"], ["/q2"]],
    ['function f(n: number): string { return n === 0 ? "" : "/x" + f(n - 1); }\nprobe(f(3))', ["/x/x/x"]],
    ["function f(): string { return f(); }\nprobe(f())", "?"],
    ['function f(this: any, x: string) { return this.p + x; }\nprobe(f.call({ p: "/p" }, "1"), f.apply({ p: "/p" }, ["2"]), f.bind({ p: "/p" }, "3")())', ["/p1"], ["/p2"], ["/p3"]],
    ['const o = { p: "/p", f(x: string) { return this.p + x; } };\nprobe(o.f("/x"), o["f"]("/y"), o.f?.("/z"))', ["/p/x"], ["/p/y"], ["/p/z"]],
    ['async function f() { return "/a"; }\nasync function g() { return await f() + "/b"; }\nasync function main() { probe(await g(), await Promise.all([f(), "/c"]), await f().then((x) => x + "!"), await Promise.resolve("/d")); }', ["/a/b"], [["/a", "/c"]], ["/a!"], ["/d"]],
    ['async function f() { return "/a"; }\nprobe(`${f()}`)', "?"],
    ['function* f() { yield "/a"; yield "/b"; }\nfor (const x of f()) probe(x);\nprobe([...f()])', ["/a", "/b"], [["/a", "/b"]]],
    ["import { x } from 'pkg';\nprobe(x, x('/a'), x.y)", "?", '?"pkg" makes it', "?"],
    ['probe("/a".toUpperCase.call("b"))', "?"],
  ]);
});

describe("parameters", () => {
  holds([
    ['function mount(app: unknown, path: string) { probe(path) }\nmount(1, "/a");\nmount(2, "/b")', ["/a", "/b"]],
    ['function outer(p: string) { inner(p + "/x") }\nfunction inner(q: string) { probe(q) }\nouter("/a");\nouter("/b")', ["/a/x", "/b/x"]],
    ['const mount = (p = "/d") => { probe(p) };\nmount();\nmount("/a")', ["/a", "/d"]],
    ['function mount({ path }: { path: string }) { probe(path) }\nmount({ path: "/a" })', ["/a"]],
    ['function mount(...ps: string[]) { for (const p of ps) probe(p) }\nmount("/a", "/b")', ["/a", "/b"]],
    ["function mount(p: string) { probe(p) }", "?no call of the function is known"],
    ["export function mount(p: string) { probe(p) }", "?no call of the function is known"],
    ['import { use } from "pkg";\nfunction mount(p: string) { probe(p) }\nmount("/a");\nuse(mount)', '?who calls the function is not known: "pkg" gets it'],
    ['function mount(p: string) { probe(p) }\nconst table = { go: mount };\ntable.go("/a");\nconst { go } = table;\ngo("/b")', ["/a", "/b"]],
    ['function each(f: (p: string) => void) { f("/a") }\neach((p) => { probe(p) })', ["/a"]],
    ['function mount(p: string) { probe(p); if (p === "/a") mount("/b") }\nmount("/a")', ["/a", "/b"]],
    ['function mount(p: string) { probe(p); mount(p) }\nmount("/a")', ["/a"]],
    ['class Host { constructor(private readonly base: string) {} mount(p: string) { probe(this.base + p) } }\nnew Host("/api").mount("/x")', ["/api/x"]],
  ]);
});

describe("classes", () => {
  holds([
    ['class A { static readonly P = "/p"; static Q = A.P + "/q"; static get R() { return this.P; } static make() { return "/m"; } }\nprobe(A.P, A.Q, A.R, A.make(), A.none)', ["/p"], ["/p/q"], ["/p"], ["/m"], [undefined]],
    ['class A { readonly p = "/p"; #q = "/q"; get q() { return this.#q; } m(x: string) { return this.p + x; } }\nconst a = new A();\nprobe(a.p, a.q, a.m("/x"))', ["/p"], ["/q"], ["/p/x"]],
    ['class A { p: string; constructor(x: string) { this.p = x; } }\nprobe(new A("/a").p, new A("/b").p)', ["/a"], ["/b"]],
    ['declare const c: boolean;\nclass A { p; constructor(x: string) { this.p = x; if (c) return; this.p = "/z"; } }\nprobe(new A("/a").p)', ["/a", "/z"]],
    ['class A { constructor(public p: string, readonly q = p + "/q") {} }\nprobe(new A("/a").q)', ["/a/q"]],
    ['class A { constructor(readonly p: string) {} get x() { return this.p + "/x"; } }\nclass B extends A { constructor() { super("/b"); } }\nclass C extends A {}\nprobe(new B().p, new B().x, new C("/c").x)', ["/b"], ["/b/x"], ["/c/x"]],
    ['class A { p = "/a"; }\nclass B extends A { override p = "/b"; }\nprobe(new A().p, new B().p)', ["/a"], ["/b"]],
    ['class A { p = "/a"; set() { this.p = "/b"; } }\nprobe(new A().p)', ["/a", "/b"]],
    ['class A { p = "/a"; }\nconst a = new A();\na.p = "/b";\nprobe(a.p, new A().p)', ["/a", "/b"], ["/a"]],
    ['class A { static p = "/a"; }\nA.p = "/b";\nprobe(A.p)', ["/a", "/b"]],
    ['class A { p() { return "/a"; } }\nclass B extends A { override p() { return super.p() + "/b"; } }\nprobe(new B().p())', ["/a/b"]],
    ['class A { q() { return "/a"; } }\nclass B extends A { p() { return super.q(); } override q() { return "/b"; } }\nprobe(new B().p())', ["/a"]],
    ['class A { get q() { return "/a"; } }\nclass B extends A { p() { return super.q; } }\nprobe(new B().p())', "?it reads what a parent class has"],
    ['class A { path = "/a"; go() { probe(this.path) } }\nclass B extends A { override path = "/b"; }\nclass C extends B { override path = "/c"; }\nnew C().go()', ["/a", "/b", "/c"]],
    ['class A { constructor(readonly p: string) { probe(p) } }\nclass B extends A { constructor() { super("/b") } }\nclass C extends A {}\nnew B();\nnew C("/c");\nnew A("/a")', ["/a", "/b", "/c"]],
    ['class A { f(x: string) { probe(x) } }\nclass B extends A { g() { this.f("/g") } }\nnew B().f("/b");\nnew A().f("/a")', ["/a", "/b", "/g"]],
    ['class A { p = "/a"; constructor() { init(this) } }\nfunction init(x: any) { x.p = "/b" }\nprobe(new A().p)', ["/a", "/b"]],
    ['class A { static p = "/a"; static { this.p = "/b"; A.p = "/c"; } }\nprobe(A.p)', ["/a", "/b", "/c"]],
    ['import { d } from "pkg";\nclass A { @d p = "/a"; }\n@d class B { p = "/b" }\nprobe(new A().p, new B().p)', "?a decorator may change it", "?a decorator may change it"],
    ['import { Base } from "pkg";\nclass A extends Base { p = "/a"; }\nprobe(new A().p, new A().q)', ["/a"], "?"],
  ]);
});

describe("collections", () => {
  holds([
    ['const m = new Map([["a", "/a"], ["b", "/b"]]);\nprobe(m.get("a"), m.get("z"), m.has("a"));\nfor (const [k, v] of m) probe(k, v);\nm.forEach((v) => probe(v))', ["/a"], [undefined], [false, true], ["a", "b"], ["/a", "/b"], ["/a", "/b"]],
    ['const m = new Map<string, string>();\nm.set("a", "/a").set("b", "/b");\nprobe(m.get("a"))', ["/a", undefined]],
    ['for (const x of new Set(["/a", "/b"])) probe(x)', ["/a", "/b"]],
    ['probe([...new Set(["a", "a"])].join(""), [...new Set(["a", "b"])].join(""), [...new Map([["a", 1], ["a", 2]])].length)', "?", ["ab"], "?"],
    ['const m = new Map<string, string>();\ndeclare function fill(x: unknown): void;\nfor (const x of m.values()) probe(x)', "?no value reaches it"],
  ]);
});

describe("what is written later", () => {
  holds([
    ['const o: any = {};\no.a = "/a";\no["b"] = "/b";\nprobe(o.a, o.b, o)', ["/a"], ["/b"], [{ a: "/a", b: "/b" }]],
    ['const o = { a: "/a" };\nprobe(o.a);\no.a = "/b"', ["/a", "/b"]],
    ['const o = { a: "/a" };\nfunction later() { o.a = "/b"; }\nprobe(o.a)', ["/a", "/b"]],
    ['const o = { a: "/a" };\nconst p = o;\np.a = "/b";\nprobe(o.a)', ["/a", "/b"]],
    ['const o = { a: "/a" };\nfunction set(x: any) { x.a = "/b"; }\nset(o);\nprobe(o.a)', ["/a", "/b"]],
    ['declare const k: string;\nconst o: any = { a: "/a" };\no[k] = "/b";\nprobe(o.a)', "?"],
    ['const o: any = { a: "/a" };\ndelete o.a;\nprobe(o.a)', [undefined]],
    ['const o = { a: "/a" };\nObject.assign(o, { a: "/b" });\nprobe(o.a)', ["/b"]],
    ['const o = { a: "/a" };\nObject.defineProperty(o, "a", { value: "/b" });\nprobe(o.a)', "?it is changed here"],
    ['const o = Object.freeze({ a: "/a" });\nexport function f(g: (x: unknown) => void) { g(o); }\nprobe(o.a)', ["/a"]],
    ['const o = { a: "/a" };\nexport function f(g: (x: unknown) => void) { g(o); }\nprobe(o.a)', "?"],
    ['const o = { a: "/a" } as const;\nexport function f(g: (x: unknown) => void) { g(o); }\nprobe(o.a)', ["/a"]],
    ['import { g } from "pkg";\nconst o = { a: "/a" };\ng(o);\nconsole.log(o);\nprobe(o.a)', ["/a"]],
    ['const a = ["/a"];\na.push("/b");\nprobe(a, a.join(""))', [["/a", "/b"]], ["/a/b"]],
    ['const a: string[] = [];\nfor (const x of ["p", "q"]) a.push("/" + x);\nfor (const p of a) probe(p);\nprobe(a.join(""))', ["/p", "/q"], "?"],
    ['const a = "a/b".split("/");\na[0] = "z";\nprobe(a[0])', ["a", "b", "z", undefined]],
    ['const a = ["/a"];\na.length = 0;\nprobe(a[0])', ["/a", undefined]],
    ['function make() { const o: any = { a: "/a" }; o.b = "/b"; return o; }\nprobe(make())', [{ a: "/a", b: "/b" }]],
    ['const o = JSON.parse(\'{"a":"/a"}\');\no.a = "/b";\nprobe(o.a)', ["/b"]],
    ['const o = { a: "/a", m: { k: "/k" } };\nconst c = structuredClone(o);\nc.a = "/b";\nc.m.k = "/c";\nprobe(c.a, c.m.k)', ["/a", "/b"], ["/c", "/k"]],
    ['function f() {}\nf.path = "/a";\nprobe(f.path)', ["/a", undefined]],
  ]);
});

describe("bounds", () => {
  test("a long chain of names is followed or given up, never a crash", () => {
    const lines = ["const a0 = \"x\";", ...Array.from({ length: 2000 }, (_, index) => `const a${String(index + 1)} = a${String(index)};`), "probe(a2000);"];
    expect(probe(lines.join("\n"))).toEqual(["? finding out what it is takes too long"]);
  });

  test("doubling ends", () => {
    const lines = ["const a0 = \"x\";", ...Array.from({ length: 40 }, (_, index) => `const a${String(index + 1)} = a${String(index)} + a${String(index)};`), "probe(a40);"];
    expect(probe(lines.join("\n"))).toEqual(["? the text is too long"]);
  });

  test("too many combinations end", () => {
    const pick = `(c ? "a" : d ? "b" : "c")`;
    expect(probe(`declare const c: boolean, d: boolean;\nprobe(${Array.from({ length: 9 }, () => pick).join(" + ")});`)).toEqual(["? it can be too many different things"]);
  });

  test("circles end", () => {
    expect(probe("const a: any = b;\nconst b: any = a;\nconst o: any = { get x() { return this.x; } };\nprobe(a, a + 1, o.x, `${a}`)")).toEqual([expect.stringMatching(/^\?/u), expect.stringMatching(/^\?/u), expect.stringMatching(/^\?/u), expect.stringMatching(/^\?/u)]);
  });
});
