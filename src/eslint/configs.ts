import json from "@eslint/json";
import * as parser from "@typescript-eslint/parser";
import type { ESLint, Linter } from "eslint";
import { extractOutline } from "../facts/outline.js";
import { hashText } from "../files/hash.js";
import { nameOf, toPath } from "../files/path.js";
import { CONFIG_FILE, loadPolicy } from "../policy/load.js";
import type { Severity } from "../policy/policy.js";
import type { FindingLanguage, Rule } from "../rule/rule.js";
import { today } from "../run.js";
import type { Session } from "./session.js";
import type { Picture } from "./sighting.js";

/** The presets. */
export interface Configs {
  /** Every rule with the severity that drift-guard.config.json gives it, else its own. */
  readonly recommended: Linter.Config[];
  /** The same with warnings as errors. */
  readonly strict: Linter.Config[];
}

const typescript = ["**/*.{ts,tsx,mts,cts}"];
const javascript = ["**/*.{js,jsx,mjs,cjs}"];

/**
 * Makes the presets.
 *
 * They are made when they are read, since what stands in them depends on the workspace around the working folder: severities, because a
 * rule cannot change its own, and the fingerprint.
 */
export function configsOf(plugin: ESLint.Plugin, rules: readonly Rule[], session: Session): Configs {
  const preset = (name: string, severityOf: (severity: Severity) => Severity): Linter.Config[] => {
    const picture = session.look(".");
    const configured = configuredSeverities(picture);
    const entries = (language: FindingLanguage): Linter.RulesRecord =>
      Object.fromEntries(
        rules
          .filter(({ languages }) => languages.includes(language))
          .map((rule) => [`drift-guard/${rule.name}`, severityOf(configured[rule.name] ?? rule.severity)]),
      );
    const shared = { plugins: { "drift-guard": plugin }, settings: { "drift-guard": { fingerprint: fingerprintOf(picture) } } };
    const sharedJson = { ...shared, plugins: { ...shared.plugins, json } };
    return [
      // Naming files here has ESLint lint them, so it must be able to parse them where nobody else has said how.
      { name: `drift-guard/${name}/typescript`, files: typescript, languageOptions: { parser } },
      { name: `drift-guard/${name}/javascript`, files: javascript, languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
      { name: `drift-guard/${name}/source`, files: [...typescript, ...javascript], ...shared, rules: entries("source") },
      {
        name: `drift-guard/${name}/package.json`,
        files: ["**/package.json"],
        ...sharedJson,
        language: "json/json",
        rules: { ...unfitForJson, ...entries("package.json") },
      },
      {
        name: `drift-guard/${name}/config`,
        files: ["**/drift-guard.config.json", "**/drift-guard.baseline.json"],
        ...sharedJson,
        language: "json/jsonc",
        rules: { ...unfitForJson, ...entries("config") },
      },
    ];
  };
  return {
    get recommended() {
      return preset("recommended", (severity) => severity);
    },
    get strict() {
      return preset("strict", (severity) => (severity === "off" ? "off" : "error"));
    },
  };
}

/**
 * Core rules that crash on a JSON file. A JavaScript preset that names no files, as most configurations have one, would turn them on in
 * ours.
 */
const unfitForJson: Linter.RulesRecord = Object.fromEntries(
  ["indent", "lines-around-comment", "logical-assignment-operators", "newline-after-var", "no-irregular-whitespace", "strict"].map(
    (name) => [name, "off"],
  ),
);

function configuredSeverities({ paths, files }: Picture): Readonly<Record<string, Severity>> {
  // Without a config there are none, and no reason to go looking for a preset.
  if (!files.has(toPath(CONFIG_FILE))) return {};
  const loaded = loadPolicy({
    paths,
    read: (path) => {
      const source = files.get(path);
      return source && { text: source.text, facts: extractOutline(source) };
    },
  });
  // A config that cannot be read is reported by the rules themselves.
  return "policy" in loaded ? loaded.policy.rules : {};
}

/**
 * Changes whenever any file of the workspace does. ESLint's cache keeps a file's result as long as the file and its configuration are the
 * same; a finding may come and go with a change in another file, so the other files must be part of the configuration.
 */
function fingerprintOf({ paths, files, unfit, unlisted }: Picture): string {
  const texts = [...files.values()].map(({ path, text }) => [path, hashText(text)]);
  // ESLint's own cache file must not be what makes the cache useless.
  const listed = paths.filter((path) => nameOf(path) !== ".eslintcache");
  // Due dates make findings come and go with the days.
  return hashText(JSON.stringify([today(), listed, texts, [...unfit.values()], unlisted]));
}
