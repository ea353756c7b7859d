import { nameOf, parentOf, type Path } from "../files/path.js";
import { guessPreset, isSourceFile, type Candidate, type HqPreset, type PolicyFiles } from "./detect.js";
import { escapeGlob, globMatcher } from "./glob.js";
import { outputGlobs } from "./output.js";
import type { PresetName, RouteFamily } from "./policy.js";
import { presets, type Preset } from "./presets.js";
import type { RawConfig } from "./schema.js";
import { locate } from "./tree.js";

/** A config that fits a workspace, with a reason for each of its top-level keys. */
export interface Proposal {
  readonly config: RawConfig & { readonly extends: PresetName };
  readonly reasons: Readonly<Partial<Record<keyof RawConfig, string>>>;
}

/** More files than this mount nothing in common; the guess is not worth writing down. */
const MOST_MOUNT_FILES = 3;

/** Describes a workspace by the preset that it follows and by what differs from that. */
export function propose(files: PolicyFiles): Proposal {
  const guess = guessPreset(files);
  if (guess.preset !== "none") return fromPreset(files, guess.preset, guess.manifest);
  const layers = layersOf(files.paths);
  if (Object.keys(layers).length === 0) {
    const nothing = "No manifest and no projects were found: nothing is checked until this file names something.";
    return { config: { extends: "none" }, reasons: { extends: nothing } };
  }
  return {
    config: { extends: "none", layout: { layers }, ...under("authority", under("mayImport", matrixOf(Object.keys(layers)))) },
    reasons: {
      extends: "No manifest was found: only what this file names is required and checked.",
      layout: "Globs of project folders by layer.",
      authority: "Who may import whom; a layer that is not listed may import everything.",
    },
  };
}

function fromPreset(files: PolicyFiles, name: HqPreset, manifest: Candidate): Proposal {
  const preset = presets[name];
  const mounts = movedMounts(files, preset);
  const host = movedHost(files.paths, preset, Object.values(mounts).flat());
  const layout = {
    ...under("manifest", {
      ...(preset.layout.manifest.files.includes(manifest.path) ? {} : { files: [escapeGlob(manifest.path)] }),
      ...(manifest.export === undefined || manifest.export === preset.layout.manifest.export ? {} : { export: manifest.export }),
      ...(host.length > 0 && preset.layout.manifest.entries.every((entry) => preset.layout.host.includes(entry)) ? { entries: host } : {}),
    }),
    ...(host.length > 0 ? { host } : {}),
    ...under("pluginRoots", movedPluginRoots(files, preset)),
  };
  const families = Object.fromEntries(Object.entries(mounts).map(([family, mountedIn]) => [family, { mountedIn }]));
  return {
    config: { extends: name, ...under("layout", layout), ...under("routes", under("families", families)) },
    reasons: {
      extends: `The manifest is ${manifest.path}; all that is not named here comes from this preset.`,
      layout: "Where this workspace differs from the preset.",
      routes: "The files that mount each family here.",
    },
  };
}

/** An object under a key, or nothing when it is empty. */
function under<Key extends string, Value extends object>(key: Key, value: Value): { readonly [K in Key]?: Value } {
  const out: { [K in Key]?: Value } = {};
  if (Object.keys(value).length > 0) out[key] = value;
  return out;
}

/** Families whose mount files are not there, with the files that seem to mount them instead. */
function movedMounts({ paths, read }: PolicyFiles, preset: Preset): Readonly<Record<string, readonly string[]>> {
  const lost = Object.entries(preset.routes.families).filter(([, { mountedIn }]) => !paths.some(globMatcher(mountedIn)));
  if (lost.length === 0) return {};
  const live = liveSources(paths, preset);
  const found = lost.map(([name, family]): [string, readonly string[]] => {
    const mounts = mountOf(family);
    return [name, live.filter((path) => mounts.test(read(path)?.text ?? "")).map(escapeGlob)];
  });
  return Object.fromEntries(found.filter(([, mountedIn]) => mountedIn.length > 0 && mountedIn.length <= MOST_MOUNT_FILES));
}

/** What mounting a family looks like in text: good enough for a proposal that a person reads. */
function mountOf({ prefix }: RouteFamily): RegExp {
  return new RegExp(String.raw`\.(?:all|any|get|group|mount|on|post|route|use)\(\s*["'\x60]${prefix}(?=["'\x60/*])`, "u");
}

function liveSources(paths: readonly Path[], preset: Preset): readonly Path[] {
  const dead = globMatcher([...outputGlobs(paths), ...preset.exclude, ...preset.layout.tests, ...preset.layout.generated]);
  return paths.filter((path) => isSourceFile(path) && !dead(path));
}

/** The folders of the mount files, when the preset's host files are not there. */
function movedHost(paths: readonly Path[], preset: Preset, mountFiles: readonly string[]): readonly string[] {
  if (paths.some(globMatcher(preset.layout.host))) return [];
  return [...new Set(mountFiles.map((file) => file.replace(/[^/]*$/u, "**")))].sort();
}

/** Where packages with plugin metadata live, when no plugin root of the preset holds anything. */
function movedPluginRoots({ paths, read }: PolicyFiles, preset: Preset): Readonly<Record<string, string>> {
  if (paths.some(globMatcher(Object.keys(preset.layout.pluginRoots).map((root) => `${root}/**`)))) return {};
  const roots: Record<string, string> = {};
  for (const path of paths) {
    if (nameOf(path) !== "package.json") continue;
    const facts = read(path)?.facts;
    const kind = facts?.kind === "json" && facts.root !== undefined ? locate(facts.root, ["rawr", "kind"])?.value : undefined;
    const root = parentOf(parentOf(path));
    if (kind?.kind !== "value" || typeof kind.value !== "string" || !preset.metadata.kinds.includes(kind.value) || root === "") continue;
    roots[`${escapeGlob(root)}/*`] ??= kind.value;
  }
  return roots;
}

/** Layers from low to high, by the name of the folder that holds their projects. */
const RANKS: readonly string[] = ["package", "resource", "service", "plugin", "app"];
const LAYER_BY_FOLDER: Readonly<Record<string, string>> = {
  packages: "package",
  libs: "package",
  lib: "package",
  shared: "package",
  resources: "resource",
  services: "service",
  plugins: "plugin",
  apps: "app",
  applications: "app",
};

/** What the law lets these layers import, as far as it knows them. */
function matrixOf(layers: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const { mayImport } = presets["rawr-hq"].authority;
  const known = layers.filter((layer) => RANKS.includes(layer));
  return Object.fromEntries(known.map((layer) => [layer, (mayImport[layer] ?? []).filter((target) => layers.includes(target))]));
}

/** Groups projects into layers by the first folder of their path. */
function layersOf(paths: readonly Path[]): Readonly<Record<string, readonly string[]>> {
  const dead = globMatcher([
    ...outputGlobs(paths),
    ...presets["rawr-hq"].exclude,
    ...presets.none.layout.tests,
    "**/fixtures/**",
    "**/node_modules/**",
  ]);
  const layers = new Map<string, Set<string>>();
  for (const path of paths) {
    if ((nameOf(path) !== "package.json" && nameOf(path) !== "project.json") || dead(path)) continue;
    const parent = parentOf(parentOf(path));
    if (parent === "") continue;
    const [folder = parent] = parent.split("/");
    const layer = LAYER_BY_FOLDER[folder] ?? folder;
    if (!/^[\w$@./:-]+$/u.test(layer)) continue;
    const globs = layers.get(layer) ?? new Set();
    layers.set(layer, globs.add(`${escapeGlob(parent)}/*`));
  }
  const rankOf = (layer: string): number => (RANKS.includes(layer) ? RANKS.indexOf(layer) : RANKS.length);
  const sorted = [...layers].sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([layer, globs]) => [layer, [...globs].sort()]));
}
