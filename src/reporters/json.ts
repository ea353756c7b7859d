import type { Finding, Report } from "../rule/finding.js";
import type { Rule } from "../rule/rule.js";
import type { ReportOptions } from "./report-options.js";

/** The report as one JSON object, in the shape that is promised to users. */
export function json(report: Report, _rules: readonly Rule[], options: ReportOptions): string {
  const { root, findings, examined, problems, summary } = report;
  const object = {
    tool: { name: "drift-guard", version: options.version },
    root,
    findings: findings.map(shapeOf),
    examined,
    problems,
    summary,
  };
  return `${JSON.stringify(object, undefined, 2)}\n`;
}

/** The promised keys in their promised order, without what only hosts need. */
function shapeOf(finding: Finding): object {
  const { rule, family, message, severity, file, line, column, endLine, endColumn, help, related, state, key } = finding;
  return { rule, family, message, severity, file, line, column, endLine, endColumn, help, related, state, key };
}
