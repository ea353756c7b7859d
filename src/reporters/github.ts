import type { Path } from "../files/path.js";
import type { Finding, Report } from "../rule/finding.js";
import type { Rule } from "../rule/rule.js";
import type { ReportOptions } from "./report-options.js";
import { examinedSentence } from "./words.js";

/**
 * The report as workflow commands, which GitHub Actions turns into annotations.
 *
 * @remarks Annotations are few, so each is for something that this change brought, and is there once: known findings have none, and
 * a problem that is a finding as well has one. What was examined is a debug line.
 */
export function github(report: Report, _rules: readonly Rule[], options: ReportOptions): string {
  const pathOf = options.pathInRepository ?? ((file: Path): string => file);
  const shown = report.findings.filter(({ state }) => state !== "known");
  const problems = report.problems.filter(
    ({ file, line, message }) => !shown.some((finding) => finding.file === file && finding.line === line && finding.message === message),
  );
  const examined = Object.entries(report.examined).map(([rule, number]) => `${rule} ${number}`);
  return [
    ...problems.map(({ file, line, message }) => command("error", { file: file && pathOf(file), line, title: "drift-guard" }, message)),
    ...shown.map((finding) => annotationOf(finding, pathOf(finding.file))),
    command("debug", {}, [examinedSentence(report), ...examined].join("\n")),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function annotationOf({ line, endLine, column, rule, message, help, state, severity }: Finding, file: string): string {
  const level = state === "suppressed" ? "notice" : severity === "error" ? "error" : "warning";
  return command(level, { file, line, endLine, col: column, title: `drift-guard/${rule}` }, `${message}\n${help}`.trimEnd());
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
