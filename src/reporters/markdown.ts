import type { Finding, Report, RunProblem } from "../rule/finding.js";
import { pageOf } from "../rule/page.js";
import type { Rule } from "../rule/rule.js";
import type { ReportOptions } from "./report-options.js";
import { count, countsOf, examinedSentence, placeOfProblem, visible } from "./words.js";

/** The report as a review comment: findings ranked by severity, each with its place and its cure. */
export function markdown(report: Report, rules: readonly Rule[], options: ReportOptions): string {
  const pages = new Map(rules.map((rule) => [rule.name, pageOf(rule)]));
  const section = (title: string, findings: readonly Finding[]): readonly string[] =>
    findings.length === 0 ? [] : [`### ${title}`, findings.map((finding) => item(finding, pages.get(finding.rule), options)).join("\n")];
  const fresh = report.findings.filter(({ state }) => state === "new");
  return `${[
    `## drift-guard: ${headline(report)}`,
    ...problems(report.problems, options),
    ...section(
      "Errors",
      fresh.filter(({ severity }) => severity === "error"),
    ),
    ...section(
      "Warnings",
      fresh.filter(({ severity }) => severity === "warn"),
    ),
    ...section(
      "Known",
      report.findings.filter(({ state }) => state === "known"),
    ),
    ...section(
      "Suppressed",
      report.findings.filter(({ state }) => state === "suppressed"),
    ),
    examined(report),
  ].join("\n\n")}\n`;
}

function headline({ problems, summary }: Report): string {
  const trust = problems.length === 0 ? "" : ", and the run is not to be trusted";
  return summary.errors + summary.warnings === 0 && trust === "" ? "no drift" : `${countsOf(summary)}${trust}`;
}

function problems(found: readonly RunProblem[], options: ReportOptions): readonly string[] {
  if (found.length === 0) return [];
  const items = found.map((problem) => {
    const { file, line } = problem;
    const place = file === undefined ? "" : `${placeText(placeOfProblem(problem), options.linkTo?.(file, line ?? 1))} · `;
    return `- ${place}${prose(problem.message, "  ")}`;
  });
  return ["### Problems", items.join("\n")];
}

function item(finding: Finding, page: string | undefined, options: ReportOptions): string {
  const { file, line, rule, message, help, related } = finding;
  const name = code(`drift-guard/${rule}`);
  return [
    `- **${placeText(`${file}:${line}`, options.linkTo?.(file, line))}** · ${page === undefined ? name : `[${name}](${page})`}  `,
    `  ${prose(message, "  ")}`,
    ...(help === "" ? [] : [`  - **Cure:** ${prose(help, "    ")}`]),
    ...related.map(
      (one) => `  - ${placeText(`${one.file}:${one.line}`, options.linkTo?.(one.file, one.line))} ${prose(one.message, "    ")}`,
    ),
  ].join("\n");
}

function examined(report: Report): string {
  const rows = Object.entries(report.examined).map(([rule, number]) => `| ${code(rule)} | ${number} |`);
  const known = report.summary.known === 0 ? "" : ` ${count(report.summary.known, "known finding")} in the baseline.`;
  return [
    `<details><summary>${examinedSentence(report)}${known}</summary>`,
    "",
    ...(rows.length === 0 ? [] : ["| rule | subjects |", "| --- | ---: |", ...rows, ""]),
    "</details>",
  ].join("\n");
}

function placeText(place: string, link: string | undefined): string {
  return link === undefined ? code(place) : `[${code(place)}](${link})`;
}

/** A code span that holds any text: fenced by more backticks than it contains in a row. */
function code(text: string): string {
  const line = visible(text.replace(/\r?\n/gu, " "));
  const longest = Math.max(0, ...(line.match(/`+/gu) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/**
 * Text that Markdown shows as it is: what could open a construct is escaped, and an empty comment keeps `@name` and `#1` from notifying
 * people and issues and addresses from becoming links.
 */
function prose(text: string, indent: string): string {
  return visible(text)
    .replace(/[\\`*_[\]<>|~&]/gu, "\\$&")
    .replace(/[@#](?=[\w-])|(?:https?|ftp|mailto|xmpp|www)(?=[.:])/giu, "$&<!-- -->")
    .split("\n")
    .map((line) => line.trim().replace(/^([#+=:-]|\d+(?=[.)]))/u, escapeStart))
    .filter((line) => line !== "")
    .join(`<br>\n${indent}`);
}

/** A block marker at the start of a line, disarmed. */
function escapeStart(marker: string): string {
  return /^\d/u.test(marker) ? `${marker}<!-- -->` : `\\${marker}`;
}
