import type { Rule } from "./rule.js";

/** Where the rules' pages are published; each also ships in the package, under `rules/`. */
const pages = "https://github.com/rawr-ai/eslint-plugin-drift-guard/blob/main/rules";

/** The address of a rule's page: why the invariant matters, what breaks it, how to cure it. */
export function pageOf(rule: Pick<Rule, "name" | "family">): string {
  return `${pages}/${rule.family.name}/${rule.name}.md`;
}
