import { isSource } from "../files/language.js";
import { childPath, isInside, nameOf, parentOf, type Path } from "../files/path.js";
import { globMatcher } from "../policy/glob.js";
import type { LayoutPolicy } from "../policy/policy.js";
import { memo } from "./memo.js";
import { treeOf } from "./tree.js";
import type { Plugin } from "./workspace.js";

/** A folder that a plugin root names. */
interface Candidate {
  readonly folder: Path;
  readonly root: string;
  /** Place of the root among all, the most specific first. */
  readonly rank: number;
  readonly kind: string;
  readonly packageJson: Path | undefined;
  readonly projectJson: Path | undefined;
}

/**
 * Finds the plugins: the folders that the layout's plugin roots name and that hold an analysed file. Where roots overlap, the more
 * specific one gives the kind, and a folder that merely holds the plugins of another root is none itself.
 *
 * @returns the plugins, sorted by folder
 */
export function findPlugins(paths: readonly Path[], layout: LayoutPolicy): readonly Plugin[] {
  const roots = Object.keys(layout.pluginRoots)
    .sort((a, b) => specificity(b) - specificity(a) || (a < b ? -1 : 1))
    .map((root, rank) => ({ root, rank, kind: layout.pluginRoots[root] ?? "", matches: globMatcher([root]) }));
  const tree = treeOf(paths);
  const existing = (folder: Path, name: string): Path | undefined => [childPath(folder, name)].find((path) => tree.hasFile(path));
  const candidates = [...tree.folders].sort().flatMap((folder): readonly Candidate[] => {
    const found = folder === "" ? undefined : roots.find(({ matches }) => matches(folder));
    if (found === undefined) return [];
    const { root, rank, kind } = found;
    return [{ folder, root, rank, kind, packageJson: existing(folder, "package.json"), projectJson: existing(folder, "project.json") }];
  });
  const plugins: Candidate[] = [];
  for (const candidate of candidates) {
    // Folders come before what they hold, so a plugin around this folder is known by now.
    const isPart = plugins.some(({ folder }) => isInside(candidate.folder, folder));
    if (isDeclared(candidate) || !(isPart || isContainer(candidate, candidates))) plugins.push(candidate);
  }
  const sourcesOf = groupByFolder(
    paths.filter(isSource),
    new Set(plugins.map(({ folder }) => folder)),
  );
  return plugins.map(({ folder, root, kind, packageJson, projectJson }) => ({
    folder,
    name: nameOf(folder),
    root,
    kind,
    ...(packageJson !== undefined && { packageJson }),
    ...(projectJson !== undefined && { projectJson }),
    sources: sourcesOf.get(folder) ?? [],
  }));
}

function isDeclared({ packageJson, projectJson }: Candidate): boolean {
  return packageJson !== undefined || projectJson !== undefined;
}

/** Whether a folder without a package of its own only holds plugins: those of a closer root, or declared ones. */
function isContainer({ folder, rank }: Candidate, candidates: readonly Candidate[]): boolean {
  const held = candidates.filter((other) => other.folder !== folder && isInside(other.folder, folder));
  return held.some((other) => other.rank < rank || isDeclared(other));
}

/** Gives every path to the nearest of the folders above it. */
function groupByFolder(paths: readonly Path[], folders: ReadonlySet<Path>): ReadonlyMap<Path, readonly Path[]> {
  const nearest = memo((folder: Path): Path | undefined => {
    if (folders.has(folder)) return folder;
    return folder === "" ? undefined : nearest(parentOf(folder));
  });
  const groups = new Map<Path, Path[]>();
  for (const path of paths) {
    const folder = nearest(parentOf(path));
    if (folder === undefined) continue;
    const group = groups.get(folder);
    if (group === undefined) groups.set(folder, [path]);
    else group.push(path);
  }
  return groups;
}

/** How closely a glob says what it means: by its named segments first, then by their letters. */
function specificity(glob: string): number {
  const segments = glob.split("/").filter((segment) => segment !== "**");
  return segments.length * 1000 + glob.replace(/[*?[\]{}()!+@|,]/gu, "").length;
}
