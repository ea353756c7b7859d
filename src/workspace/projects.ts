import type { JsonNode } from "../facts/facts.js";
import { childPath, nameOf, parentOf, type Path } from "../files/path.js";
import { globMatcher, isNegated, positive } from "../policy/glob.js";
import type { LayoutPolicy } from "../policy/policy.js";
import { jsonProperty, jsonString } from "./json.js";
import { memo } from "./memo.js";
import { readPackage, stringItems } from "./package.js";
import type { Project } from "./workspace.js";

/** The projects of a workspace and who owns what. */
export interface ProjectIndex {
  /** Sorted by folder. */
  readonly all: readonly Project[];
  /** The project that a path belongs to: the nearest one above it. */
  of(path: Path): Project | undefined;
  at(folder: Path): Project | undefined;
}

/** Where discovery looks. */
export interface Ground {
  readonly paths: readonly Path[];
  json(path: Path): JsonNode | undefined;
}

const root = "" as Path;

/** pnpm never takes packages from these folders, whatever its globs say. */
const pnpmIgnores = ["!**/node_modules/**", "!**/bower_components/**", "!**/test/**", "!**/tests/**"];

/**
 * Finds the projects: the root, what the workspace definition of npm, Yarn, Bun or pnpm names, every Nx project, every folder with a
 * package.json that the layout names as a layer or plugin, and plugin folders.
 *
 * @remarks The layout counts although a package manager may not know the folder: forgetting a plugin in `workspaces` must not hide it.
 */
export function indexProjects(ground: Ground, layout: LayoutPolicy, pluginFolders: readonly Path[]): ProjectIndex {
  const isWorkspace = workspaceMatcher(ground);
  const inLayout = [...Object.values(layout.layers), Object.keys(layout.pluginRoots)].map(globMatcher);
  const folders = new Set<Path>([root, ...pluginFolders]);
  for (const path of ground.paths) {
    const name = nameOf(path);
    const folder = parentOf(path);
    if (name === "project.json") folders.add(folder);
    else if (name === "package.json" && (isWorkspace(folder) || inLayout.some((matches) => matches(folder)))) folders.add(folder);
  }
  const files = new Set(ground.paths);
  const all = [...folders].sort().map((folder) => projectAt(ground, files, layout, folder));
  const byFolder = new Map(all.map((project) => [project.folder, project]));
  const ofFolder = memo((folder: Path): Project | undefined => {
    const project = byFolder.get(folder);
    return project !== undefined || folder === root ? project : ofFolder(parentOf(folder));
  });
  return { all, of: (path) => ofFolder(parentOf(path)), at: (folder) => byFolder.get(folder) };
}

function projectAt(ground: Ground, files: ReadonlySet<Path>, layout: LayoutPolicy, folder: Path): Project {
  const existing = (name: string): Path | undefined => (files.has(childPath(folder, name)) ? childPath(folder, name) : undefined);
  const packageJson = existing("package.json");
  const projectJson = existing("project.json");
  const packageRoot = packageJson && ground.json(packageJson);
  const projectRoot = projectJson && ground.json(projectJson);
  const nx = jsonProperty(packageRoot, "nx")?.value;
  const tags = [...new Set([...stringItems(jsonProperty(projectRoot, "tags")?.value), ...stringItems(jsonProperty(nx, "tags")?.value)])];
  const names = [jsonString(packageRoot, "name"), jsonString(nx, "name"), jsonString(projectRoot, "name")];
  const layer = layerOf(layout, folder, tags);
  return {
    folder,
    name: names.find((text) => text !== undefined && text !== "") ?? (folder === root ? "." : folder),
    ...(packageJson !== undefined && { packageJson }),
    ...(projectJson !== undefined && { projectJson }),
    ...(layer !== undefined && { layer }),
    tags,
  };
}

/** The first layer whose last entry that names the folder, or one of its tags as `tag:x`, does not take it away. */
function layerOf(layout: LayoutPolicy, folder: Path, tags: readonly string[]): string | undefined {
  const spellings = [folder, ...tags.map((tag) => `tag:${tag}`)];
  const names = (glob: string): boolean => spellings.some(globMatcher([positive(glob)]));
  return Object.entries(layout.layers).find(([, globs]) => {
    const last = globs.findLast(names);
    return last !== undefined && !isNegated(last);
  })?.[0];
}

/** Whether a folder is one that the package manager's workspace definition names. */
function workspaceMatcher(ground: Ground): (folder: Path) => boolean {
  const npm = readPackage(ground.json("package.json" as Path)).workspaces;
  const pnpm = stringItems(jsonProperty(ground.json("pnpm-workspace.yaml" as Path), "packages")?.value);
  const matchers = [globMatcher(npm.map(folderGlob)), globMatcher([...pnpm.map(folderGlob), ...pnpmIgnores])];
  return (folder) => matchers.some((matches) => matches(folder));
}

/** A workspace glob as a glob of folders: a leading `./`, a trailing slash and a trailing `/package.json` add nothing. */
function folderGlob(glob: string): string {
  const folder = positive(glob)
    .replace(/^\.?\//u, "")
    .replace(/\/package\.json$/u, "")
    .replace(/\/+$/u, "");
  return `${isNegated(glob) ? "!" : ""}${folder}`;
}
