import type { ESLint } from "eslint";
import { rules } from "../../rules/index.js";
import { ownPackage } from "../files/package.js";
import { type Configs, configsOf } from "./configs.js";
import { Session } from "./session.js";
import { toEslintRule } from "./to-eslint-rule.js";

type NamedRule = readonly [string, NonNullable<ESLint.Plugin["rules"]>[string]];

const session = new Session();

const namedRules: readonly (readonly [string, object])[] = rules.map((rule) => [rule.name, toEslintRule(rule, session)]);

const core: ESLint.Plugin = {
  meta: { name: "eslint-plugin-drift-guard", version: ownPackage().version, namespace: "drift-guard" },
  rules: Object.fromEntries(namedRules.filter(isNamedRule)),
};

/** The ESLint plugin. The presets name the plugin itself, and ESLint wants it to be one object wherever it is named. */
export const plugin: ESLint.Plugin & { readonly configs: Configs } = Object.assign(core, { configs: configsOf(core, rules, session) });

/** The types of typescript-eslint and of ESLint describe the same rules and do not know of each other. */
function isNamedRule(entry: readonly [string, object]): entry is NamedRule {
  return "create" in entry[1] && typeof entry[1].create === "function";
}
