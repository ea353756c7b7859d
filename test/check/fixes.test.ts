import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyFixes } from "../../src/check/fixes.js";

describe("applyFixes", () => {
  it.each([
    { title: "deletes", fixes: [[{ span: [0, 2], text: "" }]], text: "cdefgh", applied: 1 },
    { title: "inserts", fixes: [[{ span: [2, 2], text: "-" }]], text: "ab-cdefgh", applied: 1 },
    { title: "applies in any order", fixes: [[{ span: [6, 7], text: "G" }], [{ span: [0, 1], text: "A" }]], text: "AbcdefGh", applied: 2 },
    {
      title: "takes the first of two that overlap",
      fixes: [[{ span: [1, 4], text: "X" }], [{ span: [3, 6], text: "Y" }]],
      text: "aXefgh",
      applied: 1,
    },
    {
      title: "takes the first of two that touch",
      fixes: [[{ span: [0, 2], text: "" }], [{ span: [2, 4], text: "" }]],
      text: "cdefgh",
      applied: 1,
    },
    {
      title: "takes a fix of several edits whole",
      fixes: [
        [
          { span: [6, 7], text: "G" },
          { span: [0, 1], text: "A" },
        ],
      ],
      text: "AbcdefGh",
      applied: 1,
    },
    {
      title: "leaves a fix of several edits whole",
      fixes: [
        [
          { span: [0, 1], text: "A" },
          { span: [4, 5], text: "E" },
        ],
        [{ span: [2, 3], text: "C" }],
      ],
      text: "AbcdEfgh",
      applied: 1,
    },
    {
      title: "takes one of two inserts at one place",
      fixes: [[{ span: [1, 1], text: "x" }], [{ span: [1, 1], text: "y" }]],
      text: "axbcdefgh",
      applied: 1,
    },
    { title: "does nothing for a fix without edits", fixes: [[]], text: "abcdefgh", applied: 0 },
  ] as const)("$title", ({ fixes, text, applied }) => {
    expect(applyFixes("abcdefgh", fixes)).toEqual({ text, applied });
  });

  it("gives inserted lines the line ends of the file", () => {
    expect(applyFixes("a\r\nb\r\n", [[{ span: [1, 1], text: "\nx\n" }]]).text).toBe("a\r\nx\r\n\r\nb\r\n");
    expect(applyFixes("a\nb\n", [[{ span: [1, 1], text: "\nx" }]]).text).toBe("a\nx\nb\n");
  });

  it("puts every text where its fix says, wherever the others are", () => {
    const marks = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 });
    fc.assert(
      fc.property(marks, (starts) => {
        const text = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+/".slice(0, 64);
        // Every other character at most, so that no two touch.
        const fixes = starts.map((start) => [{ span: [start * 2, start * 2 + 1] as const, text: `<${start}>` }]);
        const expected = [...text]
          .map((character, index) => (index % 2 === 0 && starts.includes(index / 2) ? `<${index / 2}>` : character))
          .join("");
        expect(applyFixes(text, fixes)).toEqual({ text: expected, applied: starts.length });
      }),
    );
  });
});
