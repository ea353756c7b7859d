import { describe, expect, test } from "vitest";
import { toPath } from "../../src/files/path.js";
import type { Files } from "./memory.js";
import { asked } from "./questions.js";

/** The members of the type that the alias or interface `T` of `main.ts` stands for. */
function members(main: string, files: Files = {}): readonly string[] {
  const questions = asked({ "main.ts": main, ...files });
  const declared = questions.workspace.body(toPath("main.ts"))?.bindings.find((binding) => binding.name === "T" && binding.type !== undefined)?.type;
  expect(declared).toBeDefined();
  return declared === undefined ? [] : questions.membersOf({ file: toPath("main.ts"), type: declared });
}

describe("membersOf", () => {
  const rows: readonly (readonly [string, Files, readonly string[]])[] = [
    ["type T = { a: 1; b?: 2; m(): void; get g(): number }", {}, ["a", "b", "m", "g"]],
    ["interface T { a: 1 } interface T { b: 2 }", {}, ["a", "b"]],
    ["interface A { a: 1 } interface B { b: 1 } interface T extends A, B { c: 1 }", {}, ["c", "a", "b"]],
    ["type A = { a: 1 }; type B = A; type T = B & { b: 1 }", {}, ["a", "b"]],
    ["type T = { a: 1 } | { b: 1 } | null", {}, ["a", "b"]],
    ["type A = { a: 1; b: 2 }; type T = Readonly<Partial<Required<A>>>", {}, ["a", "b"]],
    ["type A = { a: 1; b: 2; c: 3 }; type K = 'a' | 'b'; type T = Pick<A, K>", {}, ["a", "b"]],
    ["type A = { a: 1; b: 2; c: 3 }; type T = Omit<A, 'a'> & Record<'x' | 'y', string>", {}, ["b", "c", "x", "y"]],
    ["type A = { a: { b: { c: 1 } } }; type T = A['a']['b']", {}, ["c"]],
    ["type A = { a: 1 }[]; type T = A[number]", {}, ["a"]],
    ["type T = Awaited<ReturnType<typeof f>>; declare function f(): Promise<{ a: 1 }>", {}, []],
    ["async function f(): Promise<{ a: 1 }> { throw 1 } type T = Awaited<ReturnType<typeof f>>", {}, ["a"]],
    ["function f() { return { a: 1, b: 2 } } type T = ReturnType<typeof f>", {}, ["a", "b"]],
    ["type F = () => { a: 1 }; type T = ReturnType<F>", {}, ["a"]],
    ["const o = { a: 1, b: { c: 2 } } as const; type T = typeof o & typeof o.b", {}, ["a", "b", "c"]],
    ["type K = 'a' | 'b'; type T = { [P in K]: string }", {}, ["a", "b"]],
    ["type A = { a: 1 }; type T = { [P in keyof A]?: string }", {}, ["a"]],
    ["class A { a = 1; static s = 2; m() {} constructor(readonly p: string) {} } class B extends A { b = 1 } type T = B", {}, ["b", "a", "m", "p"]],
    ["interface T { self: T; a: 1 }", {}, ["self", "a"]],
    ["type A = B; type B = A; type T = A", {}, []],
    ["import type { A } from './b'; import * as ns from './b'; type T = A & ns.C", { "b.ts": "export type A = { a: 1 }; export interface C { c: 1 }" }, ["a", "c"]],
    ["import type D from './b'; type T = D", { "b.ts": "export default interface D { d: 1 }" }, ["d"]],
    ["type T = import('./b').A", { "b.ts": "export * from './c'", "c.ts": "export type A = { a: 1 }" }, ["a"]],
    ["import { S } from './b'; type T = S", { "b.ts": "import { z } from 'zod'; export const S = z.object({ a: z.string() }); export type S = z.infer<typeof S>" }, ["a"]],
    ["import { z } from 'zod'; const S = z.object({ a: z.string() }).extend({ b: z.string().optional() }).strict(); type T = z.infer<typeof S>", {}, ["a", "b"]],
    ["import { z } from 'zod'; const A = z.object({ a: z.string(), b: z.string() }); const S = A.omit({ a: true }).merge(z.object({ c: z.number() })); type T = z.output<typeof S>", {}, ["b", "c"]],
    ["import { z } from 'zod'; const A = z.object({ a: z.string() }); const S = z.union([A, z.object({ ...A.shape, b: z.string() })]); type T = z.input<typeof S>", {}, ["a", "b"]],
    ["import { Type, type Static } from '@sinclair/typebox'; const A = Type.Object({ a: Type.String() }); const S = Type.Intersect([A, Type.Partial(Type.Object({ b: Type.String() }))]); type T = Static<typeof S>", {}, ["a", "b"]],
    ["import { z } from 'zod'; const make = () => z.object({ a: z.string() }); const S = make(); type T = z.infer<typeof S>", {}, ["a"]],
    ["import { z } from 'zod'; const S = z.object({ n: z.object({ a: z.string() }) }); type T = z.infer<typeof S.shape.n>", {}, ["a"]],
    ["type Box<V> = { value: V }; type T = Box<{ a: 1 }>", {}, ["value"]],
    ["type T = Unknown", {}, []],
  ];
  for (const [main, files, expected] of rows) {
    test(main, () => {
      expect(members(main, files)).toEqual(expected);
    });
  }
});
