import { styleText } from "node:util";
import type { Finding, FindingRelated, Report, RunProblem } from "../rule/finding.js";
import type { Rule } from "../rule/rule.js";
import type { ReportOptions } from "./report-options.js";
import { count, countsOf, examinedSentence, placeOf, placeOfProblem, severityWord, visible } from "./words.js";

type Paint = (style: "red" | "yellow" | "green" | "cyan" | "dim" | "bold" | "underline", text: string) => string;

/** Longer lines of code (minified files, mostly) say nothing on a terminal. */
const MAX_CODE_WIDTH = 160;

/** The report for a terminal: by file, each finding with its code, its cure and the places that belong to it. */
export function stylish(report: Report, rules: readonly Rule[], options: ReportOptions): string {
  // Whether there is a terminal was decided by the caller.
  const paint: Paint = (style, text) => (options.color ? styleText(style, text, { validateStream: false }) : text);
  const blocks = [...byFile(report.findings)].map(([file, findings]) =>
    [paint("underline", visible(file)), ...findings.flatMap((finding) => lines(finding, options, paint))].join("\n"));
  return `${[...blocks, ...problems(report.problems, paint), summary(report, rules, paint)].join("\n\n")}\n`;
}

function byFile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const own = files.get(finding.file);
    if (own === undefined) files.set(finding.file, [finding]);
    else own.push(finding);
  }
  return files;
}

function lines(finding: Finding, options: ReportOptions, paint: Paint): readonly string[] {
  const { line, column, severity, state, message, rule, help, related } = finding;
  const word = paint(severity === "error" ? "red" : "yellow", severityWord(finding));
  const mark = state === "new" ? "" : ` (${state})`;
  return [
    `  ${paint("dim", `${line}:${column}`)}  ${word}${mark}  ${indented(message, 4)}  ${paint("dim", `drift-guard/${rule}`)}`,
    ...code(finding, options, paint),
    ...(help === "" ? [] : [`    ${paint("cyan", `→ ${indented(help, 6)}`)}`]),
    ...related.map((one) => `    ${paint("dim", relatedText(one))}`),
  ];
}

function relatedText(related: FindingRelated): string {
  return `${visible(placeOf(related))}  ${indented(related.message, 6)}`;
}

/** The line that a finding starts on, without its indentation, and what of it is meant. */
function code({ file, line, column, endLine, endColumn }: Finding, { lineOf }: ReportOptions, paint: Paint): readonly string[] {
  const text = lineOf?.(file, line)?.trimEnd() ?? "";
  const indent = text.length - text.trimStart().length;
  if (text.length === indent || text.length - indent > MAX_CODE_WIDTH) return [];
  const start = Math.max(column - 1, indent);
  const end = Math.max(endLine === line ? Math.min(endColumn - 1, text.length) : text.length, start + 1);
  const before = visible(text.slice(indent, start));
  const meant = visible(text.slice(start, end));
  return [
    `    ${paint("dim", "│")} ${before}${meant}${visible(text.slice(end))}`,
    `    ${paint("dim", "│")} ${" ".repeat(before.length)}${paint("red", "^".repeat(Math.max(1, meant.length)))}`,
  ];
}

function problems(found: readonly RunProblem[], paint: Paint): readonly string[] {
  if (found.length === 0) return [];
  const items = found.map((problem) => {
    const place = visible(placeOfProblem(problem));
    return `  ${place === "" ? "" : `${paint("dim", place)}  `}${indented(problem.message, 4)}`;
  });
  return [[paint("bold", "The run is not to be trusted:"), ...items].join("\n")];
}

function summary(report: Report, rules: readonly Rule[], paint: Paint): string {
  const { errors, warnings, known } = report.summary;
  const fresh = report.findings.filter(({ state }) => state === "new");
  const baseline = known === 0 ? "" : ` ${count(known, "known finding")} in the baseline.`;
  if (errors + warnings === 0) {
    if (report.problems.length > 0) return paint("red", `✖ ${count(report.problems.length, "problem")}.${baseline}`);
    return [paint("green", `✔ No drift: ${examinedSentence(report)}${baseline}`), ...examined(report, rules, paint)].join("\n");
  }
  const fixable = fresh.filter(({ fix }) => fix.length > 0).length;
  const trust = report.problems.length === 0 ? "" : ` ${count(report.problems.length, "problem")}.`;
  return [
    paint(errors > 0 ? "red" : "yellow", `✖ ${count(errors + warnings, "finding")} (${countsOf(report.summary)}).${trust}${baseline} ${examinedSentence(report)}`),
    ...(fixable === 0 ? [] : [paint("dim", `  ${fixable} can be fixed with --fix.`)]),
    ...(fresh[0] === undefined ? [] : [paint("dim", `  drift-guard explain ${fresh[0].rule} says why a rule is there and how to cure a breach.`)]),
  ].join("\n");
}

/** Per family, what its rules looked at: a rule that looked at nothing protects nothing. */
function examined(report: Report, rules: readonly Rule[], paint: Paint): readonly string[] {
  const families = new Map<string, string[]>();
  for (const { name, family } of rules) {
    const number = report.examined[name];
    if (number === undefined) continue;
    families.set(family.name, [...(families.get(family.name) ?? []), `${name} ${number}`]);
  }
  return [...families].map(([family, each]) => paint("dim", `  ${family}: ${each.join(", ")}`));
}

function indented(text: string, spaces: number): string {
  return visible(text).split("\n").join(`\n${" ".repeat(spaces)}`);
}
