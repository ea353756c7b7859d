import { readFileSync } from "node:fs";
import path from "node:path";
import type { Rule } from "../src/rule/rule.js";

/** A rule's page: its prose is written by hand, the table between the marks is made from the rule. */
export interface Page {
  readonly file: string;
  readonly text: string;
  /** Files that the code blocks of a section stand for, by path. */
  examples(section: string): Readonly<Record<string, string>>;
}

/** Reads the page beside a rule. */
export function pageFor(rule: Rule): Page {
  const file = path.resolve(import.meta.dirname, "../rules", rule.family.name, `${rule.name}.md`);
  const text = readFileSync(file, "utf8");
  return { file, text, examples: (section) => examplesIn(sectionOf(text, section)) };
}

/** The page with the facts as they are now. */
export function withFacts(page: Page, rule: Rule): string {
  return page.text.replace(/<!-- facts -->[\s\S]*?<!-- \/facts -->/u, () => `<!-- facts -->\n${factsOf(rule)}\n<!-- /facts -->`);
}

function factsOf(rule: Rule): string {
  const places = { source: "source files", "package.json": "package.json", config: "drift-guard's own files" };
  const rows = [
    ["Holds", rule.summary],
    ["Family", `${rule.family.name}: ${rule.family.sentence}`],
    ["Decisions", rule.decisions.length === 0 ? "–" : rule.decisions.join(", ")],
    ["Severity", rule.severity],
    ["Reported in", rule.languages.map((language) => places[language]).join(", ")],
    ["Fix", rule.fixable ? "`--fix` where it is safe" : "by hand"],
    ["ESLint", `\`drift-guard/${rule.name}\``],
  ];
  return ["", "| | |", "|---|---|", ...rows.map(([name, value]) => `| ${name} | ${value} |`), ""].join("\n");
}

function sectionOf(text: string, title: string): string {
  return new RegExp(`^## ${title}$([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, "mu").exec(text)?.[1] ?? "";
}

function examplesIn(section: string): Readonly<Record<string, string>> {
  const blocks = section.matchAll(/^```\w+ (?<file>\S+)\n(?<code>[\s\S]*?)^```$/gmu);
  return Object.fromEntries([...blocks].map(({ groups }) => [groups?.["file"] ?? "", groups?.["code"] ?? ""]));
}
