import type { Finding, Report } from "../rule/finding.js";
import type { Rule } from "../rule/rule.js";
import type { ReportOptions } from "./report-options.js";
import { count, placeOf, placeOfProblem, severityWord, wellFormed } from "./words.js";

/** A suite of cases. */
interface Suite {
  readonly cases: readonly Case[];
  /** What was looked at, where no case says it. */
  readonly output?: string;
}

/** One test case with what befell it. */
interface Case {
  readonly suite: string;
  readonly name: string;
  readonly at?: { readonly file: string; readonly line?: number | undefined };
  readonly outcome?: {
    readonly kind: "failure" | "error" | "skipped";
    readonly message: string;
    readonly type?: string;
    readonly text?: string;
  };
}

/**
 * The report as JUnit XML: a suite per rule that ran, a failed case per finding, and a passed one for a rule without findings.
 *
 * What makes the run untrustworthy is an error in a suite of its own.
 */
export function junit(report: Report, _rules: readonly Rule[], _options: ReportOptions): string {
  const suites: readonly Suite[] = [
    ...(report.problems.length === 0
      ? []
      : [
          {
            cases: report.problems.map((problem): Case => ({
              suite: "drift-guard",
              name: placeOfProblem(problem) || "run",
              ...(problem.file === undefined ? {} : { at: { file: problem.file, line: problem.line } }),
              outcome: { kind: "error", message: problem.message, type: "problem" },
            })),
          },
        ]),
    ...Object.entries(report.examined).map(([rule, examined]) => suiteOf(rule, examined, report.findings)),
  ];
  const all = suites.flatMap(({ cases }) => cases);
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites name="drift-guard" ${tally(all)}>`,
    ...suites.flatMap(({ cases, output }) => [
      `  <testsuite name=${attribute(cases[0]?.suite ?? "")} ${tally(cases)}>`,
      ...cases.flatMap(element),
      ...(output === undefined ? [] : [`    <system-out>${escape(output)}</system-out>`]),
      `  </testsuite>`,
    ]),
    `</testsuites>`,
    "",
  ].join("\n");
}

function suiteOf(rule: string, examined: number, findings: readonly Finding[]): Suite {
  const suite = `drift-guard/${rule}`;
  const looked = `${count(examined, "subject")} examined`;
  const own = findings.filter((finding) => finding.rule === rule);
  if (own.length === 0) return { cases: [{ suite, name: looked }] };
  return { cases: own.map((finding) => ({ suite, name: placeOf(finding), at: finding, outcome: outcomeOf(finding) })), output: looked };
}

function outcomeOf(finding: Finding): NonNullable<Case["outcome"]> {
  if (finding.state !== "new") return { kind: "skipped", message: `${finding.state}: ${finding.message}` };
  const related = finding.related.map((one) => `${placeOf(one)} ${one.message}`);
  return {
    kind: "failure",
    message: finding.message,
    type: severityWord(finding),
    text: [placeOf(finding), finding.help, ...related].join("\n"),
  };
}

function element({ suite, name, at, outcome }: Case): readonly string[] {
  const place = at === undefined ? "" : ` file=${attribute(at.file)}${at.line === undefined ? "" : ` line="${at.line}"`}`;
  const open = `    <testcase classname=${attribute(suite)} name=${attribute(name)}${place}`;
  if (outcome === undefined) return [`${open}/>`];
  const type = outcome.type === undefined ? "" : ` type="${outcome.type}"`;
  const body = outcome.text === undefined ? "/>" : `>${escape(outcome.text)}</${outcome.kind}>`;
  return [`${open}>`, `      <${outcome.kind} message=${attribute(outcome.message)}${type}${body}`, `    </testcase>`];
}

function tally(cases: readonly Case[]): string {
  const of = (kind: string): number => cases.filter(({ outcome }) => outcome?.kind === kind).length;
  return `tests="${cases.length}" failures="${of("failure")}" errors="${of("error")}" skipped="${of("skipped")}"`;
}

function attribute(text: string): string {
  return `"${escape(text).replaceAll("\n", "&#10;").replaceAll("\t", "&#9;")}"`;
}

/** Escaped for both text and attributes; what XML 1.0 cannot carry at all becomes the replacement character. */
function escape(text: string): string {
  return wellFormed(text)
    .replace(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", "&#13;");
}
