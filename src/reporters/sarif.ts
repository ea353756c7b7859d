import type { Finding, FindingRelated, Report, RunProblem } from "../rule/finding.js";
import { pageOf } from "../rule/page.js";
import type { Rule } from "../rule/rule.js";
import type { ReportOptions } from "./report-options.js";
import { pattern, severityWord, wellFormed } from "./words.js";

const ROOT = "%SRCROOT%";

/** The report as a SARIF 2.1.0 log. Comments name the sections of the standard that a choice rests on. */
export function sarif(report: Report, rules: readonly Rule[], options: ReportOptions): string {
  const indices = new Map(rules.map(({ name }, index) => [name, index]));
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "drift-guard",
            version: options.version,
            semanticVersion: options.version,
            informationUri: "https://github.com/rawr-ai/eslint-plugin-drift-guard",
            rules: rules.map(descriptorOf),
          },
        },
        // §3.20.14: false when the run is not to be trusted, so that no service closes alerts because of it.
        invocations: [
          { executionSuccessful: report.problems.length === 0, toolExecutionNotifications: report.problems.map(notificationOf) },
        ],
        originalUriBaseIds: { [ROOT]: { uri: rootUri(report.root) } },
        columnKind: "utf16CodeUnits",
        results: report.findings.map((finding) => resultOf(finding, indices.get(finding.rule))),
        properties: { examined: report.examined },
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptorOf(rule: Rule): object {
  const cures = [...new Set(Object.values(rule.help).map(pattern))];
  return {
    id: `drift-guard/${rule.name}`,
    name: rule.name,
    shortDescription: { text: rule.summary },
    fullDescription: { text: [rule.summary, rule.family.sentence].join(" ") },
    help: {
      text: [rule.summary, ...cures, pageOf(rule)].join("\n"),
      markdown: [
        rule.summary,
        cures.map((cure) => `- ${cure.replace(/[<>*_`[\]\\]/gu, "\\$&")}`).join("\n"),
        `[The rule's page](${pageOf(rule)})`,
      ].join("\n\n"),
    },
    helpUri: pageOf(rule),
    defaultConfiguration: { level: rule.severity === "error" ? "error" : "warning" },
    properties: { family: rule.family.name, tags: ["architecture", rule.family.name, ...rule.decisions] },
  };
}

function resultOf(finding: Finding, ruleIndex: number | undefined): object {
  const { rule, message, help, file, line, column, endLine, endColumn, related, chain = [], state, key, fix } = finding;
  return {
    ruleId: `drift-guard/${rule}`,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: severityWord(finding),
    message: { text: help === "" ? message : `${message}\n${help}` },
    locations: [
      { physicalLocation: { artifactLocation: artifact(file), region: { startLine: line, startColumn: column, endLine, endColumn } } },
    ],
    ...(related.length === 0 ? {} : { relatedLocations: related.map(relatedLocation) }),
    ...(chain.length === 0 ? {} : { codeFlows: [{ threadFlows: [{ locations: chain.map(flowLocation) }] }] }),
    partialFingerprints: { "driftGuardKey/v1": key },
    baselineState: state === "known" ? "unchanged" : "new",
    // §3.27.23: an empty array says that the result is not suppressed, which an absent one leaves open.
    suppressions: suppressionsOf(finding),
    ...(fix.length === 0 ? {} : { fixes: [fixOf(finding)] }),
  };
}

function suppressionsOf({ state, exception }: Finding): readonly object[] {
  switch (state) {
    case "new":
      return [];
    case "known":
      return [{ kind: "external", status: "accepted", justification: exception?.reason ?? "Known: it is in the baseline." }];
    case "suppressed":
      return [{ kind: "inSource", status: "accepted", ...(exception?.reason !== undefined && { justification: exception.reason }) }];
  }
}

function relatedLocation({ file, line, column, message }: FindingRelated, id: number): object {
  return {
    id,
    physicalLocation: { artifactLocation: artifact(file), region: { startLine: line, startColumn: column } },
    message: { text: message },
  };
}

function flowLocation({ file, line, column, message }: FindingRelated): object {
  const physicalLocation = { artifactLocation: artifact(file), region: { startLine: line, startColumn: column } };
  return { location: { physicalLocation, message: { text: message } } };
}

function fixOf({ file, fix, help, message }: Finding): object {
  return {
    description: { text: help === "" ? message : help },
    artifactChanges: [
      {
        artifactLocation: artifact(file),
        replacements: fix.map(({ span: [start, end], text }) => ({
          deletedRegion: { charOffset: start, charLength: end - start },
          ...(text === "" ? {} : { insertedContent: { text } }),
        })),
      },
    ],
  };
}

function notificationOf({ message, file, line }: RunProblem): object {
  const region = line === undefined ? {} : { region: { startLine: line } };
  return {
    level: "error",
    message: { text: message },
    ...(file === undefined ? {} : { locations: [{ physicalLocation: { artifactLocation: artifact(file), ...region } }] }),
  };
}

function artifact(file: string): object {
  return { uri: encodePath(file), uriBaseId: ROOT };
}

/** A file URI with the slash that the standard (§3.14.14) asks of a base. */
function rootUri(root: string): string {
  const path = encodePath(root.replace(/\/*$/u, "/"));
  return path.startsWith("/") ? `file://${path}` : `file:///${path.replace(/^(\w)%3A/u, "$1:")}`;
}

function encodePath(path: string): string {
  return wellFormed(path).split("/").map(encodeURIComponent).join("/");
}
