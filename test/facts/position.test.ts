import { expect, test } from "vitest";
import { lineColumn, lineStartsOf } from "../../src/facts/position.js";

test.each([
  ["", [0]],
  ["a", [0]],
  ["\n", [0, 1]],
  ["a\nb\n", [0, 2, 4]],
  ["a\r\nb\rc", [0, 3, 5]],
  ["a\u2028b\u2029c", [0, 2, 4]],
  ["\n\r", [0, 1, 2]],
])("lines of %j", (text, starts) => {
  expect(lineStartsOf(text)).toEqual(starts);
});

test.each([
  [0, 1, 1],
  [1, 1, 2],
  [2, 2, 1],
  [3, 2, 2],
  [4, 3, 1],
  [9, 3, 6],
])("offset %i stands in line %i, column %i", (offset, line, column) => {
  expect(lineColumn([0, 2, 4], offset)).toEqual({ line, column });
});
