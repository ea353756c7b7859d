import { expect, test } from "vitest";
import { toPath } from "../../src/files/path.js";
import { indexPaths } from "../../src/workspace/paths.js";

const paths = ["a/x.test.ts", "a/x.ts", "b/_archive/y.ts", "rawr.hq.ts"].map(toPath);
const index = indexPaths(paths);

test("paths that match any of the globs, in their order", () => {
  expect(index.matching(["**/*.test.*", "rawr.hq.ts"])).toEqual(["a/x.test.ts", "rawr.hq.ts"]);
  expect(index.matching(["**/*.ts", "!**/_archive/**", "!**/*.test.*"])).toEqual(["a/x.ts", "rawr.hq.ts"]);
  expect(index.matching([])).toEqual([]);
});

test("a path need not be there to match", () => {
  expect(index.matches(toPath("c/d.ts"), ["c/*"])).toBe(true);
  expect(index.matches(toPath("c/d/e.ts"), ["c/*"])).toBe(false);
  expect(index.matches(toPath("c"), [])).toBe(false);
});

test("the same list is answered from memory", () => {
  expect(index.matching(["a/*"])).toBe(index.matching(["a/*"]));
});
