import type { Log, Result, Run } from "sarif";
import { describe, expect, it } from "vitest";
import { render } from "../../src/reporters/render.js";
import type { Report } from "../../src/rule/finding.js";
import { aFinding, aReport, everything, hostile, options, rules } from "./report.js";
import { faultsOfSarif } from "./schemas.js";

function runOf(report: Report): Run | undefined {
  return (JSON.parse(render("sarif", report, rules, options)) as Log).runs[0];
}

function resultsOf(report: Report): readonly Result[] {
  return runOf(report)?.results ?? [];
}

describe("sarif", () => {
  it("is valid by the schema of SARIF 2.1.0, whatever is in the report", () => {
    expect(faultsOfSarif(render("sarif", everything, rules, options))).toEqual([]);
    expect(faultsOfSarif(render("sarif", aReport([]), [], options))).toEqual([]);
  });

  it("is rejected by the schema when a region is wrong, so that the schema is known to bite", () => {
    const text = render("sarif", aReport([aFinding()]), rules, options);
    expect(faultsOfSarif(text.replace('"startLine": 3', '"startLine": 0'))).not.toEqual([]);
    expect(faultsOfSarif(text.replace('"ruleId"', '"rule"'))).not.toEqual([]);
  });

  it("places results relative to the root, in UTF-16 columns", () => {
    expect(runOf(aReport([aFinding()]))).toMatchObject({
      columnKind: "utf16CodeUnits",
      originalUriBaseIds: { "%SRCROOT%": { uri: "file:///home/me/my%20repo/" } },
      results: [
        {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: "plugins/web/a/src/index.ts", uriBaseId: "%SRCROOT%" },
                region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
              },
            },
          ],
        },
      ],
    });
  });

  it.each([
    ["/", "file:///"],
    ["C:/work/a", "file:///C:/work/a/"],
    ["/a#b/ü", "file:///a%23b/%C3%BC/"],
  ])("spells the root %s as %s", (root, uri) => {
    expect(runOf({ ...aReport([]), root })?.originalUriBaseIds).toEqual({ "%SRCROOT%": { uri } });
  });

  it("encodes what a URI cannot hold in file names", () => {
    expect(resultsOf(everything)[4]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(
      "p%C3%A4ckages/a%20b/100%2525%2C%3A%23%3F.ts",
    );
  });

  it("lists every rule with help, whether it ran or not, and points at it from results", () => {
    const run = runOf(aReport([aFinding({ rule: "no-two", severity: "warn" })]));
    const [first, second] = run?.tool.driver.rules ?? [];
    expect(first).toMatchObject({ id: "drift-guard/no-one", help: { text: expect.stringContaining("Mend <subject>.") } });
    expect(second).toMatchObject({ defaultConfiguration: { level: "warning" } });
    expect(run?.results?.[0]).toMatchObject({ ruleId: "drift-guard/no-two", ruleIndex: 1, level: "warning" });
  });

  it("keeps identity, state and evidence", () => {
    const [fresh, , known, suppressed] = resultsOf(everything);
    expect(fresh).toMatchObject({
      message: { text: `${hostile}\n${hostile}` },
      partialFingerprints: { "driftGuardKey/v1": "k1" },
      baselineState: "new",
      suppressions: [],
      relatedLocations: [{ id: 0, message: { text: hostile } }],
    });
    expect(known).toMatchObject({ baselineState: "unchanged", suppressions: [{ kind: "external" }] });
    expect(suppressed).toMatchObject({ baselineState: "new", suppressions: [{ kind: "inSource" }] });
  });

  it("carries fixes as replacements of characters", () => {
    expect(resultsOf(everything)[1]?.fixes?.[0]?.artifactChanges[0]?.replacements).toEqual([
      { deletedRegion: { charOffset: 4, charLength: 5 } },
      { deletedRegion: { charOffset: 12, charLength: 0 }, insertedContent: { text: "x" } },
    ]);
  });

  it("says that a run with problems did not succeed, and why", () => {
    expect(runOf(everything)?.invocations?.[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [
        { message: { text: hostile } },
        { message: { text: "No such thing." } },
        {
          level: "error",
          message: { text: "Broken." },
          locations: [{ physicalLocation: { artifactLocation: { uri: "a%2Cb.ts", uriBaseId: "%SRCROOT%" }, region: { startLine: 9 } } }],
        },
      ],
    });
    expect(runOf(aReport([]))?.invocations).toMatchObject([{ executionSuccessful: true }]);
  });
});
