import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { childPath, isInside, joinPath, nameOf, parentOf, toPath } from "../../src/files/path.js";

describe("toPath", () => {
  test.each([
    ["a/b.ts", "a/b.ts"],
    ["./a//b/./c.ts", "a/b/c.ts"],
    ["a/../b", "b"],
    [String.raw`a\b\c.ts`, "a/b/c.ts"],
    ["", ""],
    [".", ""],
    ["a/", "a"],
    ["ä ö/日本.ts", "ä ö/日本.ts"],
  ])("%j is %j", (text, path) => {
    expect(toPath(text)).toBe(path);
  });

  test.each(["..", "a/../..", "./../a"])("%j leaves the root", (text) => {
    expect(() => toPath(text)).toThrow(RangeError);
    expect(joinPath(toPath(""), text)).toBeUndefined();
  });

  test("composed and decomposed letters stay apart: they are different files", () => {
    expect(toPath("\u00E4.ts")).not.toBe(toPath("a\u0308.ts"));
  });
});

test("a path is its parent's child by its name", () => {
  const name = fc.string({ minLength: 1 }).filter((text) => !/[\\/]/u.test(text) && text !== "." && text !== "..");
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (names) => {
      const path = toPath(names.join("/"));
      expect(childPath(parentOf(path), nameOf(path))).toBe(path);
      expect(isInside(path, parentOf(path))).toBe(true);
    }),
  );
});

test("a folder does not hold its namesake with a longer name", () => {
  expect(isInside(toPath("packages/ab/x.ts"), toPath("packages/a"))).toBe(false);
});
