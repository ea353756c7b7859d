import type { Finding } from "../rule/finding.js";
import { pageOf } from "../rule/page.js";
import type { Rule } from "../rule/rule.js";
import { codeFrame } from "./code-frame.js";
import { painter } from "./paint.js";
import type { ReportOptions } from "./report-options.js";
import { indented, pattern, placeOf, severityWord, stateMark, visible } from "./words.js";

/**
 * A rule for somebody who has just met it: the law, the ways to break it and their cures, then its page.
 *
 * @param page text of the rule's page; undefined when it was not shipped
 */
export function explainRule(rule: Rule, page: string | undefined, { color }: Pick<ReportOptions, "color">): string {
  const paint = painter(color);
  const facts = [
    `family ${rule.family.name}`,
    ...(rule.decisions.length === 0 ? [] : [rule.decisions.join(", ")]),
    `default severity ${rule.severity}`,
    ...(rule.fixable ? ["some breaches are fixed by --fix"] : []),
    ...(rule.distrust ? ["a finding means that the run is not to be trusted (exit 2)"] : []),
  ];
  const ways = Object.entries(rule.messages).map(([id, message]) => {
    const cure = rule.help[id];
    return `  ${indented(pattern(message), 2)}${cure === undefined ? "" : `\n    ${paint("cyan", `→ ${indented(pattern(cure), 6)}`)}`}`;
  });
  return (
    [
      `${paint("bold", `drift-guard/${rule.name}`)}\n${rule.summary}\n${paint("dim", facts.join(" · "))}`,
      `${rule.family.sentence}`,
      [paint("bold", "Breaches and their cures"), ...ways].join("\n"),
      ...(page === undefined ? [] : [proseOf(page)]),
      pageOf(rule),
    ].join("\n\n") + "\n"
  );
}

/** The page without its title and its generated facts, which have been said. */
function proseOf(page: string): string {
  return page
    .replace(/^#[^\n]*\n/u, "")
    .replace(/<!-- facts -->[\s\S]*?<!-- \/facts -->/u, "")
    .trim();
}

/** Findings with all that was found out about them, step by step. */
export function explainFindings(
  findings: readonly Finding[],
  rules: readonly Rule[],
  { color, lineOf }: Pick<ReportOptions, "color" | "lineOf">,
): string {
  const paint = painter(color);
  const blocks = findings.map((finding) => {
    const law = rules.find(({ name }) => name === finding.rule)?.summary ?? "";
    const level = paint(finding.severity === "error" ? "red" : "yellow", severityWord(finding));
    const evidence = finding.related.map((one, index) => `  ${index + 1}. ${visible(placeOf(one))}  ${indented(one.message, 5)}`);
    const chain = (finding.chain ?? []).map((one, index) => `  ${index + 1}. ${visible(placeOf(one))}  ${indented(one.message, 5)}`);
    return [
      `${visible(placeOf(finding))}  ${level}${stateMark(finding)}  ${paint("bold", `drift-guard/${finding.rule}`)}`,
      `  ${indented(finding.message, 2)}`,
      ...codeFrame(finding, lineOf, paint).map((line) => `  ${line}`),
      `${paint("bold", "The law")}\n  ${indented(law, 2)}`,
      ...(finding.help === "" ? [] : [`${paint("bold", "The cure")}\n  ${indented(finding.help, 2)}`]),
      ...(evidence.length === 0 ? [] : [[paint("bold", "The evidence"), ...evidence].join("\n")]),
      ...(chain.length === 0 ? [] : [[paint("bold", "Step by step"), ...chain].join("\n")]),
      paint("dim", `drift-guard explain ${finding.rule} says why the law is there.`),
    ].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}
