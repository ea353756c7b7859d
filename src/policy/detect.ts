import type { FileFacts, SourceFacts } from "../facts/facts.js";
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

/** Presets that a manifest gives away, in the order in which they are looked for. */
const DETECTABLE = (["rawr-hq", "rawr-hq-shell"] as const).flatMap((preset) =>
  presets[preset].layout.manifest.files.map((file) => ({ preset, file: toPath(file) })),
);

const SOURCE = /\.[cm]?[jt]sx?$/u;
const MANIFEST_FILE = /\.hq\.[cm]?[jt]sx?$/u;
/** A module with this in its name may call its manifest whatever it likes, as long as it ends in "manifest". */
const MANIFEST_MODULE = /manifest|(?:^|\b)hq\b/iu;
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
export function detectPreset({ paths, read }: PolicyFiles): PresetName | undefined {
  const found = DETECTABLE.filter(({ file }) => paths.includes(file));
  const [first] = found;
  if (first === undefined) return undefined;
  const facts = found.length > 1 ? read(first.file)?.facts : undefined;
  const forwards = facts?.kind === "source" && onlyForwards(facts);
  return (forwards ? found[1] : first)?.preset;
}

/** Whether every value that a module exports comes from another module. */
function onlyForwards({ exports, imports }: SourceFacts): boolean {
  const imported = new Set(imports.flatMap(({ names }) => names.map(({ local }) => local)));
  const values = exports.filter(({ typeOnly }) => !typeOnly);
  return values.length > 0 && values.every(({ from, local }) => from !== undefined || (local !== undefined && imported.has(local)));
}

/** Modules that look like a manifest: by file name first, else by what they export; shallow paths first. */
export function manifestCandidates({ paths, read }: PolicyFiles): readonly Candidate[] {
  const isTest = globMatcher(presets.none.layout.tests);
  const sources = paths.filter((path) => SOURCE.test(path) && !path.includes(".d.") && !isTest(path)).sort((a, b) => depth(a) - depth(b));
  const exportOf = (path: Path): string | undefined => {
    const facts = read(path)?.facts;
    if (facts?.kind !== "source") return undefined;
    const names = facts.exports.filter(({ typeOnly }) => !typeOnly).map(({ name }) => name);
    return names.find((name) => MANIFEST_EXPORT.test(name)) ?? (MANIFEST_MODULE.test(nameOf(path)) ? names.find((name) => ANY_MANIFEST.test(name)) : undefined);
  };
  const candidate = (path: Path): Candidate => {
    const name = exportOf(path);
    return name === undefined ? { path } : { path, export: name };
  };
  const named = sources.filter((path) => MANIFEST_FILE.test(path));
  if (named.length > 0) return named.slice(0, MOST_NAMED).map(candidate);
  const found: Candidate[] = [];
  for (const path of sources.slice(0, MOST_READ)) {
    const name = exportOf(path);
    if (name !== undefined) found.push({ path, export: name });
    if (found.length >= MOST_NAMED) break;
  }
  return found;
}

function depth(path: Path): number {
  return path.split("/").length;
}

/** Why no preset was detected, and what to do about it. */
export function noManifest(files: PolicyFiles, configFile: string): string {
  const looked = DETECTABLE.map(({ preset, file }) => `"${file}" (preset "${preset}")`).join(" and ");
  const candidates = manifestCandidates(files);
  const alike = candidates.map((candidate) => `"${candidate.path}"${candidate.export === undefined ? "" : ` (exports "${candidate.export}")`}`).join(", ");
  const [first] = candidates;
  const sentences = [
    `No manifest was found: ${looked} were looked for in the workspace root.`,
    first === undefined ? "No module looks like a manifest." : `Modules that look like one: ${alike}.`,
    first === undefined
      ? `"drift-guard init" would write "${configFile}" with "extends": "none" and the layers that it finds.`
      : `"drift-guard init" would write "${configFile}" with "extends": "rawr-hq" and "layout.manifest.files": ["${first.path}"].`,
  ];
  return sentences.join(" ");
}
