import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { render } from "../../src/reporters/render.js";
import { aFinding, aReport, everything, options, rules } from "./report.js";

const lineOf = (): string => "    const a = read(manifest.channel);";

describe("stylish", () => {
  it("shows a finding with its code, its cure and its evidence", () => {
    const finding = aFinding({
      column: 11,
      endColumn: 15,
      related: [{ file: aFinding().file, line: 1, column: 2, message: "imported here" }],
    });
    expect(render("stylish", aReport([finding]), rules, { ...options, lineOf })).toBe(
      [
        "plugins/web/a/src/index.ts",
        "  3:5  error  Something is broken.  drift-guard/no-one".replace("3:5", "3:11"),
        "    │ const a = read(manifest.channel);",
        "    │       ^^^^",
        "    → Mend it.",
        "    plugins/web/a/src/index.ts:1:2  imported here",
        "",
        "✖ 1 finding (1 error, 0 warnings). 2 rules looked at 3 subjects in 7 files.",
        "  drift-guard explain no-one says why the rule is there and how to cure a breach.",
        "  metadata: no-one 3, no-two 0",
        "",
      ].join("\n"),
    );
  });

  it("is friendly when nothing drifted, and says what was examined", () => {
    expect(render("stylish", aReport([]), rules, options)).toBe(
      "✔ No drift: 2 rules looked at 3 subjects in 7 files.\n  metadata: no-one 3, no-two 0\n",
    );
  });

  it("never calls a run with problems clean", () => {
    const text = render("stylish", aReport([], [{ message: "No manifest." }]), rules, options);
    expect(text).not.toContain("No drift");
    expect(text).toBe("The run is not to be trusted:\n  No manifest.\n\n✖ 1 problem.\n  metadata: no-one 3, no-two 0\n");
  });

  it("counts what is known and does not print it", () => {
    const text = render("stylish", aReport([aFinding({ state: "known" })]), rules, options);
    expect(text).toMatch(/^✔ No drift: .* 1 known finding in the baseline\.\n/u);
  });

  it("lets no text steer the terminal", () => {
    const text = render("stylish", everything, rules, { ...options, lineOf: () => "\u001B]0;title\u0007 x" });
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/u);
    expect(text).toContain("\\u{1b}[31mred\\u{7}\\u{0}\\u{202e}trojan");
  });

  it("colours only what it is told to, and says the same in colour", () => {
    const plain = render("stylish", everything, rules, options);
    const coloured = render("stylish", everything, rules, { ...options, color: true });
    expect(plain).not.toContain("\u001B");
    expect(coloured).toContain("\u001B[31m");
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  it.each([
    { title: "a place that runs over the line", place: { endLine: 4, endColumn: 2 }, marks: "      ^^^^^^^^^^^^^^^^^^^^^^^^^^^" },
    { title: "an empty place", place: { endColumn: 11 }, marks: "      ^" },
    { title: "a whole line", place: { column: 1, endColumn: 38 }, marks: "^".repeat(33) },
  ])("marks $title", ({ place, marks }) => {
    const text = render("stylish", aReport([aFinding({ column: 11, ...place })]), rules, { ...options, lineOf });
    expect(text.split("\n")[3]).toBe(`    │ ${marks}`);
  });

  it("says how many findings --fix cures", () => {
    expect(render("stylish", aReport([aFinding({ fix: [{ span: [0, 1], text: "" }] }), aFinding()]), rules, options)).toContain(
      "--fix cures 1 of them.",
    );
  });
});
