import type { Finding, Report, RunProblem } from "../rule/finding.js";
import type { Rule } from "../rule/rule.js";
import { codeFrame } from "./code-frame.js";
import { painter, type Paint } from "./paint.js";
import type { ReportOptions } from "./report-options.js";
import { count, countsOf, examinedSentence, indented, placeOf, placeOfProblem, severityWord, stateMark, visible } from "./words.js";

/** The report for a terminal: by file, each finding with its code, its cure and the places that belong to it. What is known is counted only. */
export function stylish(report: Report, rules: readonly Rule[], options: ReportOptions): string {
  const paint = painter(options.color);
  const blocks = [...byFile(report.findings.filter(({ state }) => state !== "known"))].map(([file, findings]) =>
    [paint("underline", visible(file)), ...findings.flatMap((finding) => lines(finding, options, paint))].join("\n"),
  );
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
  const { line, column, severity, message, rule, help, related } = finding;
  const word = paint(severity === "error" ? "red" : "yellow", severityWord(finding));
  return [
    `  ${paint("dim", `${line}:${column}`)}  ${word}${stateMark(finding)}  ${indented(message, 4)}  ${paint("dim", `drift-guard/${rule}`)}`,
    ...codeFrame(finding, options.lineOf, paint).map((text) => `    ${text}`),
    ...(help === "" ? [] : [`    ${paint("cyan", `→ ${indented(help, 6)}`)}`]),
    ...related.map((one) => `    ${paint("dim", `${visible(placeOf(one))}  ${indented(one.message, 6)}`)}`),
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
  const baseline = known === 0 ? "" : ` ${count(known, "known finding")} in the baseline.`;
  const trust = report.problems.length === 0 ? "" : ` ${count(report.problems.length, "problem")}.`;
  if (errors + warnings === 0) {
    if (trust !== "") return [paint("red", `✖${trust}${baseline}`), ...examined(report, rules, paint)].join("\n");
    return [paint("green", `✔ No drift: ${examinedSentence(report)}${baseline}`), ...examined(report, rules, paint)].join("\n");
  }
  const fresh = report.findings.filter(({ state }) => state === "new");
  const fixable = fresh.filter(({ fix }) => fix.length > 0).length;
  const total = `✖ ${count(errors + warnings, "finding")} (${countsOf(report.summary)}).`;
  return [
    paint(errors > 0 ? "red" : "yellow", `${total}${trust}${baseline} ${examinedSentence(report)}`),
    ...(fixable === 0 ? [] : [paint("dim", `  --fix cures ${fixable} of them.`)]),
    ...fresh
      .slice(0, 1)
      .map(({ rule }) => paint("dim", `  drift-guard explain ${rule} says why the rule is there and how to cure a breach.`)),
    ...examined(report, rules, paint),
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
