/**
 * A file or folder inside the workspace: relative to its root, `/` on every platform, no leading `./`, `""` for the root itself.
 *
 * @remarks Branded so that an absolute or platform path cannot be passed by mistake; {@link toPath} is the only way in.
 */
export type Path = string & { readonly __path: "root-relative" };

/**
 * Normalises a root-relative path and brands it.
 *
 * @param text root-relative path, with `/` or `\` between segments; `.` and `..` are folded
 * @returns the branded path
 * @throws RangeError when the path leaves the root
 */
export function toPath(text: string): Path {
  const path = folded(text);
  if (path === undefined) throw new RangeError(`"${text}" leaves the workspace root`);
  return path;
}

function folded(text: string): Path | undefined {
  const out: string[] = [];
  for (const segment of text.split(/[\\/]/u)) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") out.push(segment);
    else if (out.pop() === undefined) return undefined;
  }
  return out.join("/") as Path;
}

/**
 * Joins a folder with a relative path as an import specifier would.
 *
 * @returns undefined when the result leaves the workspace root
 */
export function joinPath(folder: Path, relative: string): Path | undefined {
  return folded(folder === "" ? relative : `${folder}/${relative}`);
}

/**
 * The path of an entry of a folder, its name taken as it is.
 *
 * @remarks For names that the disk lists: on POSIX a `\\` is an ordinary character of a name.
 */
export function childPath(folder: Path, name: string): Path {
  return (folder === "" ? name : `${folder}/${name}`) as Path;
}

/** The folder that holds a path; the root's parent is the root. */
export function parentOf(path: Path): Path {
  const cut = path.lastIndexOf("/");
  return (cut < 0 ? "" : path.slice(0, cut)) as Path;
}

/** The last segment of a path. */
export function nameOf(path: Path): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Whether `path` is `folder` or lies below it. */
export function isInside(path: Path, folder: Path): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}
