import { describe, expect, it } from "vitest";
import { render } from "../../src/reporters/render.js";
import { aFinding, aReport, everything, options, rules } from "./report.js";
import { faultsOfJsonReport } from "./schemas.js";

describe("json", () => {
  it("has the promised shape, whatever is in the report", () => {
    const text = render("json", everything, rules, options);
    expect(faultsOfJsonReport(text)).toEqual([]);
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("says everything, and nothing that only hosts need", () => {
    const finding = aFinding({
      fix: [{ span: [0, 1], text: "" }],
      related: [{ file: aFinding().file, line: 1, column: 1, message: "here" }],
    });
    expect(JSON.parse(render("json", aReport([finding], [{ message: "p" }]), rules, options))).toEqual({
      tool: { name: "drift-guard", version: "1.2.3" },
      root: "/home/me/my repo",
      findings: [
        {
          rule: "no-one",
          family: "metadata",
          message: "Something is broken.",
          severity: "error",
          file: "plugins/web/a/src/index.ts",
          line: 3,
          column: 5,
          endLine: 3,
          endColumn: 9,
          help: "Mend it.",
          related: [{ file: "plugins/web/a/src/index.ts", line: 1, column: 1, message: "here" }],
          state: "new",
          key: "k1",
        },
      ],
      examined: { "no-one": 3, "no-two": 0 },
      problems: [{ message: "p" }],
      summary: { errors: 1, warnings: 0, known: 0, files: 7, ms: 12 },
    });
  });

  it("is rejected by the schema when a key is missing or new, so that the schema is known to bite", () => {
    const text = render("json", aReport([aFinding()]), rules, options);
    expect(faultsOfJsonReport(text.replace('"key": "k1"', '"keys": "k1"'))).not.toEqual([]);
    expect(faultsOfJsonReport(text.replace('"line": 3', '"line": 0'))).not.toEqual([]);
  });
});
