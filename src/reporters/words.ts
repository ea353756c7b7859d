import type { Finding, Report, RunProblem } from "../rule/finding.js";

/** A count with its noun: `1 error`, `2 errors`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** `file:line:column`, as terminals and editors open it. */
export function placeOf(at: { readonly file: string; readonly line: number; readonly column: number }): string {
  return `${at.file}:${at.line}:${at.column}`;
}

/** `file:line`, or what of it a problem knows. */
export function placeOfProblem({ file, line }: RunProblem): string {
  if (file === undefined) return "";
  return line === undefined ? file : `${file}:${line}`;
}

/** What was looked at, in one sentence: the rules that ran, their subjects, the files. */
export function examinedSentence(report: Report): string {
  const subjects = Object.values(report.examined).reduce((sum, each) => sum + each, 0);
  const rules = count(Object.keys(report.examined).length, "rule");
  return `${rules} looked at ${count(subjects, "subject")} in ${count(report.summary.files, "file")}.`;
}

/** ` (known)` or ` (suppressed)` behind the severity of a finding that does not count. */
export function stateMark({ state }: Finding): string {
  return state === "new" ? "" : ` (${state})`;
}

/** `2 errors, 1 warning`. */
export function countsOf({ errors, warnings }: Report["summary"]): string {
  return `${count(errors, "error")}, ${count(warnings, "warning")}`;
}

/** Severity in ESLint's printed words. */
export function severityWord(finding: Finding): "error" | "warning" {
  return finding.severity === "error" ? "error" : "warning";
}

/** Control characters, and those that reorder text, spelled out: a name from a file must not steer the reader's terminal. */
export function visible(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(/(?!\n)[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, (character) => {
    return character === "\t" ? "    " : `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`;
  });
}

/** The text with lone halves of surrogate pairs replaced, which no encoding can carry. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** A message pattern for people: `{{name}}` as `<name>`. */
export function pattern(text: string): string {
  return text.replace(/\{\{(\w+)\}\}/gu, "<$1>");
}

/** Text for a terminal whose further lines stand under the first. */
export function indented(text: string, spaces: number): string {
  return visible(text)
    .split("\n")
    .join(`\n${" ".repeat(spaces)}`);
}
