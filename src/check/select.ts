import { RULE_PREFIX } from "../policy/law.js";
import { nearest } from "../policy/nearest.js";
import type { Policy } from "../policy/policy.js";
import type { Rule } from "../rule/rule.js";

/** A name that no rule has, and the rule that was probably meant. */
export interface UnknownRule {
  readonly name: string;
  readonly nearest: string | undefined;
}

/** The rules with the given names (with or without prefix), in the order of the house. */
export function selectRules(
  rules: readonly Rule[],
  names: readonly string[],
): { readonly selected: readonly Rule[]; readonly unknown: readonly UnknownRule[] } {
  const wanted = new Set(names.map((name) => (name.startsWith(RULE_PREFIX) ? name.slice(RULE_PREFIX.length) : name)));
  const known = rules.map(({ name }) => name);
  return {
    selected: rules.filter(({ name }) => wanted.has(name)),
    unknown: [...wanted].filter((name) => !known.includes(name)).map((name) => ({ name, nearest: nearest(name, known) })),
  };
}

/** A selection together with the rules that say whether a run is to be trusted: no selection does without those. */
export function withTrust(selected: readonly Rule[], rules: readonly Rule[]): readonly Rule[] {
  return rules.filter((rule) => rule.distrust || selected.includes(rule));
}

/**
 * The policy with only what the selected rules lose their ground without.
 *
 * @remarks A rule that watches the policy itself needs all of it.
 */
export function narrowed(policy: Policy, selected: readonly Rule[]): Policy {
  if (selected.some(({ distrust }) => distrust)) return policy;
  const names = new Set(selected.map(({ name }) => name));
  return { ...policy, required: policy.required.filter(({ rules }) => rules.some((rule) => names.has(rule))) };
}
