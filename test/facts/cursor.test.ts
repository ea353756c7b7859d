import { describe, expect, test } from "vitest";
import { type Cursor, walk } from "../../src/facts/cursor.js";
import type { Language } from "../../src/files/snapshot.js";
import { bodyOf } from "./source.js";

/** The way to every use of `it`, innermost first. */
function waysTo(code: string, language: Language = "ts"): string[] {
  const way = (cursor: Cursor | undefined): string => (cursor ? `${cursor.role} ${way(cursor.parent)}`.trim() : "");
  return walk(bodyOf(code, language))
    .filter((cursor) => cursor.of === "expression" && cursor.node.kind === "global" && cursor.node.name === "it")
    .map(way);
}

describe("walking a body", () => {
  test.each([
    ["f(it)", ["argument expression body"]],
    ["const a = [it]", ["item value body"]],
    ["const { a } = f(it)", ["argument value body"]],
    ["for (const a of f(it)) {}", ["argument value init body"]],
    ["f(function g() { it; })", ["expression body argument expression body"]],
    ["const C = class D { m = it; }", ["member expression value body"]],
    ["class C { m = it; }", ["member declaration body"]],
    ["@it class C { @it m() {} }", ["decorator declaration body", "decorator declaration body"]],
    ["class C { static { it; } }", ["expression body callee member declaration body"]],
    ["function f(a = it) {}", ["fallback value value"]],
    ["namespace N { it; }", ["expression body body"]],
    ["try {} catch ({ a = it }) {}", ["fallback value catch body"]],
    ["export default it", ["value body"]],
    ["export default () => it", ["value body value body"]],
    ["enum E { A = it }", ["property value body"]],
    ["module.exports = it", ["value body"]],
    ["exports.a = exports.b = it", ["value value body"]],
    ["[a] = f(it)", ["argument value item expression body"]],
    ["x = y = it", ["value value expression body"]],
  ])("%s", (code, ways) => {
    expect(waysTo(code)).toEqual(ways);
  });

  test("JSX components", () => {
    expect(waysTo("const a = <it.x b={it}>{it}</it.x>", "tsx")).toEqual([
      "object component value body",
      "property value body",
      "child value body",
    ]);
  });
});
