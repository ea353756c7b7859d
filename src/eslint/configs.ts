import json from "@eslint/json";
import * as parser from "@typescript-eslint/parser";
import type { ESLint, Linter } from "eslint";
import { extractOutline } from "../facts/outline.js";
import { pathWithin } from "../files/disk.js";
import { hashText } from "../files/hash.js";
import { isInside, nameOf, parentOf, type Path, toPath } from "../files/path.js";
import { CONFIG_FILE, loadPolicy } from "../policy/load.js";
import type { Severity } from "../policy/policy.js";
import type { FindingLanguage, Rule } from "../rule/rule.js";
import type { Session } from "./session.js";
import type { Picture } from "./sighting.js";
import type { Fingerprints } from "./verdict.js";

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
    const { picture, fingerprints } = session.survey(".");
    const configured = configuredSeverities(picture);
    const entries = (language: FindingLanguage): Linter.RulesRecord =>
      Object.fromEntries(
        rules
          .filter(({ languages }) => languages.includes(language))
          .map((rule) => [`drift-guard/${rule.name}`, severityOf(configured[rule.name] ?? rule.severity)]),
      );
    const shared = { plugins: { "drift-guard": plugin }, settings: { "drift-guard": { fingerprint: fingerprints.common } } };
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
      ...ownEntries(name, fingerprints, picture),
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

/** More files than this share one fingerprint: ESLint looks every one of its files up among all entries. */
const MOST_ENTRIES = 200;

/**
 * ESLint's cache keeps a file's result as long as the file and its configuration are the same; what is said in it may come and go with a
 * change in another file. So what is said in a file is part of its configuration, and of no other's.
 */
function ownEntries(preset: string, { own }: Fingerprints, picture: Picture): Linter.Config[] {
  if (own.size > MOST_ENTRIES) {
    const all = hashText(JSON.stringify([...own]));
    return [{ name: `drift-guard/${preset}/findings`, settings: { "drift-guard": { findings: all } } }];
  }
  return [...own].map(([path, fingerprint]) => ({
    name: `drift-guard/${preset}/findings/${path}`,
    files: [...patternsOf(path, picture)],
    settings: { "drift-guard": { [path]: fingerprint } },
  }));
}

/**
 * Patterns of which one matches a file wherever the configuration stands that they are part of: patterns count from its folder, and it may
 * be any that has one above the file, or the one that ESLint runs in.
 *
 * @remarks They may match other files as well; those only lose a cached result when this one does.
 */
function* patternsOf(path: Path, { root, paths }: Picture): Iterable<string> {
  const from = (folder: Path): string => escaped(folder === "" ? path : path.slice(folder.length + 1));
  yield `**/${from(toPath(""))}`;
  const configured = paths.filter((file) => /^eslint\.config\.[cm]?[jt]s$/u.test(nameOf(file))).map(parentOf);
  const here = pathWithin(root, ".");
  for (const folder of new Set([...configured, ...(here === undefined ? [] : [here, ...foldersAbove(here)])])) {
    if (folder !== "" && isInside(path, folder)) yield `**/${from(folder)}`;
  }
}

function* foldersAbove(folder: Path): Iterable<Path> {
  for (let above = parentOf(folder); above !== ""; above = parentOf(above)) yield above;
}

/** A path as a pattern that means itself. */
function escaped(path: string): string {
  return path.replace(/[[\]{}()*?!+@\\]/gu, "\\$&");
}
