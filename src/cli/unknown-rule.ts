import type { Rule } from "../rule/rule.js";

/** The sentence about a name that no rule has. */
export function unknownRule(name: string, nearest: string | undefined, rules: readonly Rule[]): string {
  if (nearest !== undefined) return `There is no rule "${name}"; did you mean "${nearest}"?`;
  return `There is no rule "${name}"; there are ${rules.map((rule) => rule.name).join(", ")}.`;
}
