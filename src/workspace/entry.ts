import { exports as exportsOf, imports as importsOf } from "resolve.exports";
import { childPath, joinPath, type Path } from "../files/path.js";
import { findEntry, findModule, findSource, isDeclaration, spellingsOf, type LookupGround } from "./lookup.js";
import type { PackageJson, Targets } from "./package.js";
import type { CompilerSettings } from "./tsconfig.js";

/** A package of the workspace, ready to be entered. */
export interface EnterablePackage {
  readonly folder: Path;
  readonly json: PackageJson;
  readonly settings: CompilerSettings;
}

/** Where a package's subpath leads. */
export type Entry =
  /** `private`: the package has `exports`, and they do not offer the subpath. */
  { readonly path: Path; readonly private: boolean } | { readonly looked: readonly Path[] };

/** The module behind `name` (`.`) or `name/x` (`./x`), whether or not the package's exports offer it. */
export function enterPackage(ground: LookupGround, pack: EnterablePackage, subpath: string): Entry {
  const { folder, json, settings } = pack;
  const targets = offeredTargets(json, subpath);
  const path = findTarget(ground, folder, targets, settings) ?? findByPath(ground, pack, subpath);
  const isOffered = json.exports === undefined || targets.length > 0;
  if (path !== undefined) return { path, private: !isOffered };
  const asked = [...targets, subpath].flatMap((target) => joinPath(folder, target) ?? []);
  return { looked: asked.flatMap((target) => (target === folder ? [childPath(folder, "index.ts")] : spellingsOf(target))) };
}

/** The module that a package's `exports` lead to for a subpath; undefined when they do not offer it. */
export function findOffered(ground: LookupGround, { folder, json, settings }: EnterablePackage, subpath: string): Path | undefined {
  return findTarget(ground, folder, offeredTargets(json, subpath), settings);
}

/** The targets of a `#name` by the package's `imports`; none when the package does not know the name. */
export function internalTargets({ imports }: PackageJson, specifier: string): readonly string[] {
  return targetsFor(imports, (known) => importsOf({ name: "", imports: known }, specifier, { unsafe: true }));
}

function offeredTargets({ exports: offers }: PackageJson, subpath: string): readonly string[] {
  return targetsFor(offers, (known) => exportsOf({ name: "", exports: known }, subpath, { unsafe: true }));
}

/** Asks the library, which throws where a package offers nothing. */
function targetsFor(known: Targets | undefined, ask: (known: Targets) => ReturnType<typeof importsOf>): readonly string[] {
  if (known === undefined) return [];
  try {
    return ask(known) ?? [];
  } catch {
    return [];
  }
}

/**
 * The first of a package's targets that leads to a module.
 *
 * @remarks A target that is there beats one that would have to be built, and a source beats a declaration.
 */
export function findTarget(ground: LookupGround, folder: Path, targets: readonly string[], settings: CompilerSettings): Path | undefined {
  const paths = targets.flatMap((target) => joinPath(folder, target) ?? []);
  const direct = paths.map((path) => findModule(ground, path));
  const built = paths.map((path) => findSource(ground, folder, path, settings));
  const found = [...direct, ...built].filter((path) => path !== undefined);
  return found.find((path) => !isDeclaration(path)) ?? found[0];
}

/** The module that a subpath leads to as a path in the package's folder, or in its sources. */
function findByPath(ground: LookupGround, { folder, settings }: EnterablePackage, subpath: string): Path | undefined {
  const sources = childPath(folder, "src");
  if (subpath === ".") return findEntry(ground, folder, settings) ?? findEntry(ground, sources, settings);
  const inside = joinPath(folder, subpath);
  const below = joinPath(sources, subpath);
  return inside && (findModule(ground, inside) ?? findSource(ground, folder, inside, settings) ?? (below && findModule(ground, below)));
}
