import type { Finding, Report, RunProblem } from "../rule/finding.js";
import type { Rule } from "../rule/rule.js";
import type { ReportOptions } from "./report-options.js";
import { examinedSentence } from "./words.js";

/**
 * The report as workflow commands, which GitHub Actions turns into annotations.
 *
 * @remarks Known findings annotate nothing: an annotation is for what this change brought. What was examined is a debug line.
 */
export function github(report: Report, _rules: readonly Rule[], _options: ReportOptions): string {
  const shown = report.findings.filter(({ state }) => state !== "known");
  const examined = Object.entries(report.examined).map(([rule, number]) => `${rule} ${number}`);
  return [
    ...report.problems.map(annotationOfProblem),
    ...shown.map(annotationOf),
    command("debug", {}, [examinedSentence(report), ...examined].join("\n")),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function annotationOf(finding: Finding): string {
  const { file, line, endLine, column, rule, message, help, state } = finding;
  const level = state === "suppressed" ? "notice" : finding.severity === "error" ? "error" : "warning";
  return command(level, { file, line, endLine, col: column, title: `drift-guard/${rule}` }, `${message}\n${help}`.trimEnd());
}

function annotationOfProblem({ file, line, message }: RunProblem): string {
  return command("error", { file, line, title: "drift-guard" }, message);
}

function command(name: string, properties: Readonly<Record<string, string | number | undefined>>, text: string): string {
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeProperty(String(value))}`],
  );
  return `::${name}${given.length === 0 ? "" : ` ${given.join(",")}`}::${escapeText(text)}`;
}

function escapeText(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
