import { expect, test } from "vitest";
import { nearest } from "../../src/policy/nearest.js";

test.each([
  ["layot", "layout"],
  ["LAYOUT", "layout"],
  ["rule", "rules"],
  ["xyz", undefined],
  ["", undefined],
  ["layout".repeat(1_000), undefined],
])("%s → %s", (word, found) => {
  expect(nearest(word, ["layout", "rules", "extends"])).toBe(found);
});

test("among no words nothing is near", () => {
  expect(nearest("layout", [])).toBeUndefined();
});
