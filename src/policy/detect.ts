import type { FileFacts, SourceFacts } from "../facts/facts.js";
import { languageOf } from "../files/language.js";
import { nameOf, toPath, type Path } from "../files/path.js";
import { globMatcher } from "./glob.js";
import type { PresetName } from "./policy.js";
import { presets } from "./presets.js";

/** What policy may know of the workspace's files. */
export interface PolicyFiles {
  /** Every file, sorted. */
  readonly paths: readonly Path[];
  /** A file's text and facts; undefined when it is not there or cannot be read. */
  readonly read: (path: Path) => { readonly text: string; readonly facts: FileFacts } | undefined;
}

/** A module that could be the manifest of a layout that no preset knows. */
export interface Candidate {
  readonly path: Path;
  /** The export that looks like a manifest, when there is one. */
  readonly export?: string;
}

/** A preset that a manifest gives away. */
export type HqPreset = Exclude<PresetName, "none">;

/** Where manifests are looked for, in this order. */
const DETECTABLE = (["rawr-hq", "rawr-hq-shell"] as const satisfies readonly HqPreset[]).flatMap((preset) =>
  presets[preset].layout.manifest.files.map((file) => ({ preset, file: toPath(file) })),
);

const MANIFEST_FILE = /\.hq\.[cm]?[jt]sx?$/u;
/** A module with this in its name may call its manifest whatever it likes, as long as it ends in "manifest". */
const MANIFEST_MODULE = /manifest|\bhq\b/iu;
const MANIFEST_EXPORT = /^(?:(?:create|define|build)?\w*hq\w*manifest|manifest|(?:create|define|build)manifest)$/iu;
const ANY_MANIFEST = /^(?!parse|read|load|write|is|same|validate)\w*manifest$/iu;

/** Looking into a file costs a parse; who finds nothing in so many does not get a better guess from more. */
const MOST_READ = 2_000;
const MOST_NAMED = 5;

/**
 * The preset that a workspace follows, told by where its manifest stands; both manifests: the root one, unless it only forwards.
 *
 * @returns undefined when neither is there
 */
export function detectPreset({ paths, read }: PolicyFiles): HqPreset | undefined {
  const found = DETECTABLE.filter(({ file }) => paths.includes(file));
  const [first] = found;
  if (first === undefined) return undefined;
  const facts = tellsPreset(paths, first.file) ? read(first.file)?.facts : undefined;
  const forwards = facts?.kind === "source" && onlyForwards(facts);
  return (forwards ? found[1] : first)?.preset;
}

/** Whether what stands in a file may tell which preset a workspace follows. */
export function tellsPreset(paths: readonly Path[], path: Path): boolean {
  const [first, ...others] = DETECTABLE.filter(({ file }) => paths.includes(file));
  return path === first?.file && others.length > 0;
}

/** Whether every value that a module exports comes from another module. */
function onlyForwards({ exports, imports }: SourceFacts): boolean {
  const imported = new Set(imports.flatMap(({ names }) => names.map(({ local }) => local)));
  const values = exports.filter(({ typeOnly }) => !typeOnly);
  return values.length > 0 && values.every(({ from, local }) => from !== undefined || (local !== undefined && imported.has(local)));
}

/** Modules that look like a manifest: by file name, else by what they export; sure ones first, then shallow paths. */
export function manifestCandidates(files: PolicyFiles): readonly Candidate[] {
  const isTest = globMatcher(presets.none.layout.tests);
  const sources = files.paths.filter((path) => isSourceFile(path) && !isTest(path)).sort((a, b) => depth(a) - depth(b));
  const named = sources.filter((path) => MANIFEST_FILE.test(path));
  if (named.length > 0) return named.slice(0, MOST_NAMED).map((path) => candidate(files, path));
  const found = sources
    .slice(0, MOST_READ)
    .map((path) => candidate(files, path))
    .filter(({ export: name }) => name !== undefined);
  const isSure = (likely: Candidate): boolean => MANIFEST_EXPORT.test(likely.export ?? "");
  return [...found.filter(isSure), ...found.filter((likely) => !isSure(likely))].slice(0, MOST_NAMED);
}

function candidate({ read }: PolicyFiles, path: Path): Candidate {
  const facts = read(path)?.facts;
  if (facts?.kind !== "source") return { path };
  const names = facts.exports.filter(({ typeOnly }) => !typeOnly).map(({ name }) => name);
  const forms = MANIFEST_MODULE.test(nameOf(path)) ? [MANIFEST_EXPORT, ANY_MANIFEST] : [MANIFEST_EXPORT];
  const found = forms.flatMap((form) => names.filter((name) => form.test(name)))[0];
  return found === undefined ? { path } : { path, export: found };
}

/** Whether a path is TypeScript or JavaScript. */
export function isSourceFile(path: Path): boolean {
  const language = languageOf(path);
  return language !== undefined && language !== "json" && language !== "yaml";
}

function depth(path: Path): number {
  return path.split("/").length;
}

/** The preset to build on, and the manifest that speaks for it: the detected one, else the likeliest module. */
export function guessPreset(files: PolicyFiles): { readonly preset: "none" } | { readonly preset: HqPreset; readonly manifest: Candidate } {
  const detected = detectPreset(files);
  const path = detected && DETECTABLE.find(({ preset }) => preset === detected)?.file;
  if (detected !== undefined && path !== undefined) return { preset: detected, manifest: candidate(files, path) };
  const [likeliest] = manifestCandidates(files);
  return likeliest === undefined ? { preset: "none" } : { preset: "rawr-hq", manifest: likeliest };
}

/** Why no preset was detected, and what to do about it. */
export function noManifest(files: PolicyFiles, configFile: string): string {
  const looked = DETECTABLE.map(({ preset, file }) => `"${file}" (preset "${preset}")`).join(" and ");
  const candidates = manifestCandidates(files);
  const [first] = candidates;
  const found = `No manifest was found: ${looked} were looked for, from the workspace root.`;
  const init = `"drift-guard init" would write "${configFile}" with`;
  if (first === undefined) return `${found} No module looks like one. ${init} "extends": "none" and the layers that it finds.`;
  const alike = candidates.map(({ path, export: name }) => `"${path}"${name === undefined ? "" : ` (exports "${name}")`}`).join(", ");
  return `${found} Modules that look like one: ${alike}. ${init} "extends": "rawr-hq" and "layout.manifest.files": ["${first.path}"].`;
}
