import { exports as exportsOf, imports as importsOf } from "resolve.exports";
import { childPath, joinPath, type Path } from "../files/path.js";
import { findEntry, findModule, findSource, type LookupGround } from "./lookup.js";
import type { PackageJson, Targets } from "./package.js";
import type { CompilerSettings } from "./tsconfig.js";

/** A package of the workspace, ready to be entered. */
export interface EnterablePackage {
  readonly folder: Path;
  readonly json: PackageJson;
  readonly settings: CompilerSettings;
}

/** Where a package's subpath leads. */
export interface Entry {
  readonly path: Path;
  /** The package has `exports` and they do not offer the subpath. */
  readonly private: boolean;
}

/** The module behind `name` (`.`) or `name/x` (`./x`), whether or not the package's exports offer it. */
export function enterPackage(ground: LookupGround, pack: EnterablePackage, subpath: string): Entry | undefined {
  const { folder, json } = pack;
  const offered = offeredBy(ground, pack, subpath);
  if (offered !== undefined) return { path: offered, private: false };
  const inside = joinPath(folder, subpath);
  if (inside === undefined) return undefined;
  const path =
    subpath === "."
      ? (findEntry(ground, folder) ?? findEntry(ground, childPath(folder, "src")))
      : (findModule(ground, inside) ?? findSource(ground, folder, inside, pack.settings));
  return path === undefined ? undefined : { path, private: json.exports !== undefined };
}

/** The module that the package's `exports` offer for a subpath. */
export function offeredBy(ground: LookupGround, pack: EnterablePackage, subpath: string): Path | undefined {
  const { folder, json, settings } = pack;
  if (json.exports === undefined) return undefined;
  return findTarget(ground, folder, targetsFor(() => exportsOf({ name: json.name ?? "", exports: json.exports }, subpath, { unsafe: true })), settings);
}

/** Targets of a `#name` by the package's `imports`; undefined when the package does not know the name. */
export function internalTargets(imports: Targets, specifier: string): readonly string[] | undefined {
  return targetsFor(() => importsOf({ name: "", imports }, specifier, { unsafe: true }));
}

/** The library throws where a package offers nothing. */
function targetsFor(ask: () => readonly string[] | void): readonly string[] | undefined {
  try {
    return ask() ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * The first of a package's targets that leads to a module.
 *
 * @remarks A target that is there beats one that would have to be built, and a source beats a declaration.
 */
export function findTarget(ground: LookupGround, folder: Path, targets: readonly string[] | undefined, settings: CompilerSettings): Path | undefined {
  const paths = (targets ?? []).flatMap((target) => joinPath(folder, target) ?? []);
  const found = [
    ...paths.map((path) => findModule(ground, path)),
    ...paths.map((path) => findSource(ground, folder, path, settings)),
  ].filter((path) => path !== undefined);
  return found.find((path) => !/\.d\.[cm]?ts$/u.test(path)) ?? found[0];
}
