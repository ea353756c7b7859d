import { nameOf, type Path } from "./path.js";
import type { Language } from "./snapshot.js";

/** By extension. */
const languages: ReadonlyMap<string, Language> = new Map([
  ["ts", "ts"],
  ["mts", "ts"],
  ["cts", "ts"],
  ["tsx", "tsx"],
  ["js", "js"],
  ["mjs", "js"],
  ["cjs", "js"],
  ["jsx", "jsx"],
  ["json", "json"],
  ["jsonc", "json"],
]);

/** Written by machines, large, and never an answer to a question about architecture. */
const lockfiles: ReadonlySet<string> = new Set(["package-lock.json", "npm-shrinkwrap.json", "composer.lock.json"]);

/**
 * The language of a file by its name.
 *
 * @returns undefined when the file is not ours to analyse
 */
export function languageOf(path: Path): Language | undefined {
  const name = nameOf(path);
  // The only YAML that says how a workspace is put together; reading every CI file would cost and answer nothing.
  if (name === "pnpm-workspace.yaml") return "yaml";
  if (lockfiles.has(name)) return undefined;
  const dot = name.lastIndexOf(".");
  return dot < 0 ? undefined : languages.get(name.slice(dot + 1));
}

/** Whether a file of ours holds code, not data. */
export function isSource(path: Path): boolean {
  const language = languageOf(path);
  return language !== undefined && language !== "json" && language !== "yaml";
}

/**
 * Whether a file only carries data: JSON that no tool of the workspace reads as its description.
 *
 * @remarks Data may be huge or broken (fixtures are, on purpose), and the run is still to be trusted.
 */
export function isData(path: Path): boolean {
  return languageOf(path) === "json" && !/^(?:package|project|nx|(?:ts|js)config(?:\..+)?|drift-guard\..+)\.jsonc?$/u.test(nameOf(path));
}
