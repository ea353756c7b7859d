import { describe, expect, test } from "vitest";
import type { Language } from "../../src/files/snapshot.js";
import { Show } from "./show.js";
import { bindingIn, bodyOf } from "./source.js";

/** What `const it = <code>` is bound to. */
function valueOf(code: string, language: Language = "ts", before = ""): string {
  const body = bodyOf(`${before}\nconst it = ${code};`, language);
  return new Show(body).expression(bindingIn(body, "it").value);
}

describe("literals", () => {
  test.each([
    ["'a'", '"a"'],
    ['"\\u0061\\n"', '"a\\n"'],
    ["`a`", '"a"'],
    ["`a${b}c${d}`", "`a${@b}c${@d}`"],
    ["`${b}`", "`${@b}`"],
    ["tag`a${b}`", "@tag`a${@b}`"],
    ["tag`\\d`", "@tag`d`"],
    ["String.raw`\\d${b}`", "`\\d${@b}`"],
    ["0x10", "16"],
    ["1_000", "1000"],
    ["1e999", "@Infinity"],
    ["-1", "-1"],
    ["10n", "opaque(bigint)"],
    ["true", "true"],
    ["null", "null"],
    ["undefined", "undefined"],
    ["void f()", "void @f()"],
    ["/a\\/b/gi", "/a\\/b/gi"],
    ["/[/]/", "/[/]/"],
  ])("%s → %s", (code, expected) => {
    expect(valueOf(code)).toBe(expected);
  });
});

describe("operators", () => {
  test.each([
    ["(a)", "@a"],
    ["a!", "@a"],
    ["a as T", "<as T>@a"],
    ["a as const", "<const>@a"],
    ["<const>a", "<const>@a"],
    ["<T>a", "<as T>@a"],
    ["a satisfies T", "<satisfies T>@a"],
    ["f<string>", "@f"],
    ["a + b - c", "((@a + @b) - @c)"],
    ["a ** b ** c", "(@a ** (@b ** @c))"],
    ["a && b || c ?? d", "(((@a && @b) || @c) ?? @d)"],
    ["a ? b : c", "(@a ? @b : @c)"],
    ["(a, b, c)", "(@a, @b, @c)"],
    ["'k' in o", '("k" in @o)'],
    ["a instanceof B", "(@a instanceof @B)"],
    ["!a", "!@a"],
    ["~a", "~@a"],
    ["+a", "+@a"],
    ["typeof a", "typeof @a"],
    ["delete a.b", "delete @a.b"],
    ["await a", "await @a"],
  ])("%s → %s", (code, expected) => {
    expect(valueOf(code)).toBe(expected);
  });
});

describe("members and calls", () => {
  test.each([
    ["a.b", "@a.b"],
    ["a?.b.c", "@a?.b.c"],
    ["a['b']", '@a["b"]'],
    ["a?.[b]", "@a?[@b]"],
    ["a[0]", "@a[0]"],
    ["f()", "@f()"],
    ["f?.(a, ...b)", "@f?(@a, ...@b)"],
    ["f<A, 'b'>(c)", '@f<A, "b">(@c)'],
    ["a.b().c(d)", "@a.b().c(@d)"],
    ["new A", "new @A()"],
    ["new A.B<C>(d)", "new @A.B<C>(@d)"],
    ["import('x')", 'import("x")'],
    ["import(a + b)", "import((@a + @b))"],
    ["import.meta.url", "import.meta.url"],
    ["require('x')", '@require("x")'],
    ["import('x').then((m) => m.a)", 'import("x").then(fn1)'],
  ])("%s → %s", (code, expected) => {
    expect(valueOf(code)).toBe(expected);
  });

  test("super reads from this", () => {
    const body = bodyOf("class A extends B { constructor() { super(1); } m() { return super.m() + super['n']; } }");
    const show = new Show(body);
    expect(body.functions.map((fn) => show.statements(fn.body))).toEqual([
      expect.anything(),
      "opaque(super)(1);",
      'return (this.m() + this["n"]);',
    ]);
  });

  test("private names keep their sign", () => {
    const body = bodyOf("class A { #x = 1; m(o) { return #x in o && o.#x; } }");
    const show = new Show(body);
    expect(show.statements(body.functions[1]?.body ?? [])).toBe('return (("#x" in o) && o.#x);');
  });
});

describe("objects and arrays", () => {
  test.each([
    ["{ a: 1, 'b c': 2, 3: 4, [d]: 5, ['e']: 6 }", '{a: 1, b c: 2, 3: 4, [@d]: 5, ["e"]: 6}'],
    ["{ a, ...b }", "{a~@a, ...@b}"],
    ["{ m() {}, get g() { return 1 }, set g(v) {}, async *n() {} }", "{m: fn1, get g: fn2, set g: fn3, n: fn4}"],
    ["[a, ...b, , c]", "[@a, ...@b, undefined, @c]"],
    ["{ 'it': it }", "{it: it}"],
  ])("%s → %s", (code, expected) => {
    expect(valueOf(code)).toBe(expected);
  });
});

describe("assignments", () => {
  test.each([
    ["(a = b)", "(@a = @b)"],
    ["(a.b += c)", "(@a.b += @c)"],
    ["(a ??= b)", "(@a ??= @b)"],
    ["a++", "(@a ++ 1)"],
    ["--a.b", "(@a.b -- 1)"],
    ["([a, b] = c)", "((@a = @c[#0]), (@b = @c[#1]), @c)"],
    ["({ a, b: c.d = 1, ...e } = f)", "((@a = @f.a), (@c.d = (@f.b ?= 1)), (@e = rest(@f - a - b)), @f)"],
    ["([a] = f())", "((*destructured* = @f()), (@a = *destructured*[#0]), *destructured*)"],
    ["({ a = 1 } = b)", "((@a = (@b.a ?= 1)), @b)"],
    ["([[a], ...b] = c)", "((@a = @c[#0][#0]), (@b = rest(@c)), @c)"],
  ])("%s → %s", (code, expected) => {
    expect(valueOf(code)).toBe(expected);
  });

  test("a name remembers the assignments to it, the first value apart", () => {
    const body = bodyOf("let a = 1; a = 2; a += 3; [a] = [4]; for (a of b) {} a++; function f() { a = 5; }");
    const show = new Show(body);
    expect(bindingIn(body, "a").writes.map((write) => show.expression(write))).toEqual([
      "(a = 2)",
      "(a += 3)",
      "(a = *destructured*[#0])",
      "(a = @b[#])",
      "(a ++ 1)",
      "(a = 5)",
    ]);
  });
});

describe("JSX", () => {
  test.each([
    ["<a href='x' b {...c} data-d={e}>t{f}{}<g/></a>", '<a href: "x" b: true ...@c data-d: @e>"t"@f<g ></></>'],
    ["<A.B x:y='1'/>", '<A.B=@A.B x:y: "1"></>'],
    ["<><A/></>", "< ><A=@A ></></>"],
    ["<this.x/>", "<this.x=this.x ></>"],
    ["<a:b/>", "<a:b ></>"],
  ])("%s → %s", (code, expected) => {
    expect(valueOf(code, "tsx")).toBe(expected);
    expect(valueOf(code, "jsx")).toBe(expected);
    expect(valueOf(code, "js")).toBe(expected);
  });
});

describe("long chains", () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `a${String(index)}`);

  test("a text of many parts is one template", () => {
    expect(valueOf(`x + 'a' + ${names.slice(0, 70).join(" + ")} + 'b' + 'c'`)).toMatch(/^`\$\{@x\}a\$\{@a0\}.*\$\{@a69\}bc`$/u);
    expect(valueOf(`1 + x + 'a' + ${names.slice(0, 70).join(" + ")}`)).toMatch(/^`\$\{\(1 \+ @x\)\}a\$\{@a0\}/u);
  });

  test.each([
    ["||", /^\(.*@a0 \|\| .*@a9999\)+$/u],
    ["&&", /^\(.*@a0 && .*@a9999\)+$/u],
    [",", /^\(@a0, .*@a9999\)$/u],
    ["*", /^opaque\(a long chain of operators; @a0; .*@a9999\)$/u],
    ["+", /^opaque\(a long chain of operators; @a0; .*@a9999\)$/u],
  ])("%s of ten thousand does not nest", (operator, expected) => {
    expect(valueOf(`(${names.join(` ${operator} `)})`)).toMatch(expected);
  });

  test("shorter ones stay as they are written", () => {
    expect(valueOf("a + 'b' + c")).toBe('((@a + "b") + @c)');
  });
});
