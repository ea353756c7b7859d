import type { ESLint } from "eslint";
import { ownPackage } from "../files/package.js";
import type { Rule } from "../rule/rule.js";
import { type Configs, configsOf } from "./configs.js";
import { Session } from "./session.js";
import { toEslintRule } from "./to-eslint-rule.js";

/** The ESLint plugin as users get it. */
export type Plugin = ESLint.Plugin & { readonly configs: Configs };

/** Makes an ESLint plugin of rules, with a session of its own. */
export function createPlugin(rules: readonly Rule[]): Plugin {
  const session = new Session(rules);
  const named: readonly (readonly [string, object])[] = rules.map((rule) => [rule.name, toEslintRule(rule, session)]);
  const plugin: ESLint.Plugin = {
    meta: { name: "eslint-plugin-drift-guard", version: ownPackage().version, namespace: "drift-guard" },
    rules: Object.fromEntries(named.filter(isNamedRule)),
  };
  // The presets name the plugin, and ESLint insists that it is one object wherever it is named.
  return Object.assign(plugin, { configs: configsOf(plugin, rules, session) });
}

type NamedRule = readonly [string, NonNullable<ESLint.Plugin["rules"]>[string]];

/** The types of typescript-eslint and of ESLint describe the same rules and do not know of each other. */
function isNamedRule(entry: readonly [string, object]): entry is NamedRule {
  return "create" in entry[1] && typeof entry[1].create === "function";
}
