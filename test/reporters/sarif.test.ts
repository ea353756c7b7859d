import { describe, expect, it } from "vitest";
import { render } from "../../src/reporters/render.js";
import type { Report } from "../../src/rule/finding.js";
import { aFinding, aReport, everything, hostile, options, rules } from "./report.js";
import { faultsOfSarif } from "./schemas.js";

function runOf(report: Report): Record<string, any> {
  return JSON.parse(render("sarif", report, rules, options)).runs[0];
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
    const run = runOf(aReport([aFinding()]));
    expect(run["columnKind"]).toBe("utf16CodeUnits");
    expect(run["originalUriBaseIds"]).toEqual({ "%SRCROOT%": { uri: "file:///home/me/my%20repo/" } });
    expect(run["results"][0].locations).toEqual([{
      physicalLocation: {
        artifactLocation: { uri: "plugins/web/a/src/index.ts", uriBaseId: "%SRCROOT%" },
        region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
      },
    }]);
  });

  it.each([
    ["/", "file:///"],
    ["C:/work/a", "file:///C:/work/a/"],
    ["/a#b/ü", "file:///a%23b/%C3%BC/"],
  ])("spells the root %s as %s", (root, uri) => {
    expect(runOf({ ...aReport([]), root })["originalUriBaseIds"]["%SRCROOT%"].uri).toBe(uri);
  });

  it("encodes what a URI cannot hold in file names", () => {
    const uri: string = runOf(everything)["results"][4].locations[0].physicalLocation.artifactLocation.uri;
    expect(uri).toBe("p%C3%A4ckages/a%20b/100%2525%2C%3A%23%3F.ts");
  });

  it("lists every rule with help, whether it ran or not, and points at it from results", () => {
    const run = runOf(aReport([aFinding({ rule: "no-two", severity: "warn" })]));
    const [first, second] = run["tool"].driver.rules;
    expect(first.id).toBe("drift-guard/no-one");
    expect(first.help.text).toContain("Mend <subject>.");
    expect(second.defaultConfiguration.level).toBe("warning");
    expect(run["results"][0]).toMatchObject({ ruleId: "drift-guard/no-two", ruleIndex: 1, level: "warning" });
  });

  it("keeps identity, state and evidence", () => {
    const [fresh, , known, suppressed] = runOf(everything)["results"];
    expect(fresh).toMatchObject({ partialFingerprints: { "driftGuardKey/v1": "k1" }, baselineState: "new", suppressions: [] });
    expect(fresh.message.text).toBe(`${hostile}\n${hostile}`);
    expect(fresh.relatedLocations[0]).toMatchObject({ id: 0, message: { text: hostile } });
    expect(known).toMatchObject({ baselineState: "unchanged", suppressions: [{ kind: "external" }] });
    expect(suppressed).toMatchObject({ baselineState: "new", suppressions: [{ kind: "inSource" }] });
  });

  it("carries fixes as replacements of characters", () => {
    expect(runOf(everything)["results"][1].fixes[0].artifactChanges[0].replacements).toEqual([
      { deletedRegion: { charOffset: 4, charLength: 5 } },
      { deletedRegion: { charOffset: 12, charLength: 0 }, insertedContent: { text: "x" } },
    ]);
  });

  it("says that a run with problems did not succeed, and why", () => {
    const [invocation] = runOf(everything)["invocations"];
    expect(invocation.executionSuccessful).toBe(false);
    expect(invocation.toolExecutionNotifications[2]).toEqual({
      level: "error",
      message: { text: "Broken." },
      locations: [{ physicalLocation: { artifactLocation: { uri: "a%2Cb.ts", uriBaseId: "%SRCROOT%" }, region: { startLine: 9 } } }],
    });
    expect(runOf(aReport([]))["invocations"][0].executionSuccessful).toBe(true);
  });
});
