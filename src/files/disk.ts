import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { toPath, type Path } from "./path.js";

/** An absolute folder as the rest of the house spells it: resolved, `/` on every platform, no slash at the end. */
export function absoluteFolder(folder: string): string {
  const spelled = sep === "/" ? resolve(folder) : resolve(folder).replaceAll(sep, "/");
  return spelled.endsWith("/") ? spelled.slice(0, -1) : spelled;
}

/** Where a path of the workspace lies on disk. */
export function absolutePath(root: string, path: Path): string {
  return path === "" ? root : `${root}/${path}`;
}

/**
 * The path of a file on disk inside the workspace.
 *
 * @returns undefined when it lies outside
 */
export function pathWithin(root: string, file: string): Path | undefined {
  const way = relative(root, resolve(file));
  // On Windows the way to another drive is absolute.
  return way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way) ? undefined : toPath(way);
}

/** The folder and every folder above it, nearest first; the disk's own top is `""` (on Windows the drive). */
export function* foldersUpward(start: string): Generator<string> {
  let folder = absoluteFolder(start);
  for (let cut = 0; cut >= 0; folder = folder.slice(0, cut)) {
    yield folder;
    cut = folder.lastIndexOf("/");
  }
}

/** The top-level folder of the git repository that holds a folder, by where `.git` stands. */
export function gitTopOf(folder: string): string | undefined {
  for (const above of foldersUpward(folder)) if (existsSync(`${above}/.git`)) return above;
  return undefined;
}

/** A small file's text, when it can be read. */
export function textAt(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/u, "");
  } catch {
    return undefined;
  }
}
