import { readdirSync, statSync, type Dirent } from "node:fs";
import type { Ignore } from "ignore";
import { absoluteFolder, absolutePath, foldersUpward, gitTopOf, textAt } from "./disk.js";
import { whyUnreadable } from "./failure.js";
import { withIgnoreFile } from "./gitignore.js";
import { languageOf } from "./language.js";
import { childPath, nameOf, parentOf, toPath, type Path } from "./path.js";
import type { UnreadableFile } from "./snapshot.js";

/** All files of a workspace, whatever their language. */
export interface Listing {
  /** Sorted by UTF-16 code units: the same in every locale. */
  readonly paths: readonly Path[];
  /** Folders, and files in our languages, that are there and cannot be taken in. */
  readonly unreadable: readonly UnreadableFile[];
}

/** What package managers install, committed or not: somebody else's code. */
const foreignFolders: ReadonlySet<string> = new Set([".git", "node_modules", ".yarn"]);

/** Yarn's generated loaders, and the dangling links by which Emacs locks a file that is being edited. */
const foreignFile = /^(?:\.pnp\.|\.#)/u;

/** Whether a file is never listed, whoever tracks it: what package managers install, and what is no file to people. */
export function isForeign(path: Path): boolean {
  return foreignFile.test(nameOf(path)) || parentOf(path).split("/").some((folder) => foreignFolders.has(folder));
}

/**
 * Lists the files of a workspace: all but installed packages, what .gitignore files name (from the git top-level down), and
 * other git repositories that stand inside it (clones and worktrees; submodules are part of the tree).
 *
 * @remarks Links to files count as files; links to folders are not followed, so there are no loops and nothing is listed twice.
 * A file that is tracked although a .gitignore names it is left out: only git's index knows of it (the history room adds it). Ignore rules outside the
 * tree (`.git/info/exclude`, a person's own excludes file) are not read, so that every machine sees the same files.
 *
 * @param root absolute folder
 */
export function listPaths(root: string): Listing {
  const paths: Path[] = [];
  const unreadable: UnreadableFile[] = [];
  const above = rulesAbove(absoluteFolder(root));

  const walk = (folder: Path, inherited: Ignore | undefined): void => {
    let entries: readonly Dirent[];
    try {
      entries = readdirSync(absolutePath(root, folder), { withFileTypes: true });
    } catch (error) {
      unreadable.push({ path: folder, message: `The folder "${folder === "" ? "." : folder}" ${whyUnreadable(error)}` });
      return;
    }
    if (folder !== "" && isForeignRepository(absolutePath(root, folder), entries)) return;
    const rules = entries.some((entry) => entry.name === ".gitignore")
      ? withIgnoreFile(inherited, `${above.prefix}${folder}`, textAt(`${absolutePath(root, folder)}/.gitignore`) ?? "")
      : inherited;
    for (const entry of entries) {
      const path = childPath(folder, entry.name);
      if (entry.isDirectory()) {
        if (!foreignFolders.has(entry.name) && rules?.ignores(`${above.prefix}${path}/`) !== true) walk(path, rules);
      } else if (!foreignFile.test(entry.name) && rules?.ignores(above.prefix + path) !== true) {
        const kind = kindOf(root, path, entry);
        if (kind === "file") paths.push(path);
        else if (kind !== "folder" && languageOf(path) !== undefined) unreadable.push({ path, message: kind.fault });
      }
    }
  };

  walk(toPath(""), above.rules);
  return { paths: paths.sort(), unreadable };
}

/**
 * Whether a file would be listed once it is written: for what an editor has not saved yet.
 *
 * @remarks Another repository that stands inside is not looked for.
 */
export function wouldList(root: string, file: Path): boolean {
  const above = rulesAbove(absoluteFolder(root));
  let { rules } = above;
  let folder = toPath("");
  for (const name of file.split("/")) {
    const ignoreFile = textAt(`${absolutePath(root, folder)}/.gitignore`);
    if (ignoreFile !== undefined) rules = withIgnoreFile(rules, `${above.prefix}${folder}`, ignoreFile);
    const path = childPath(folder, name);
    if (path === file) return !foreignFile.test(name) && rules?.ignores(above.prefix + path) !== true;
    if (foreignFolders.has(name) || rules?.ignores(`${above.prefix}${path}/`) === true) return false;
    // Linters give names like "README.md/0.ts" to the code inside a file.
    if (statSync(absolutePath(root, path), { throwIfNoEntry: false })?.isFile() === true) return false;
    folder = path;
  }
  return false;
}

/** What an entry is that is not itself a folder; links are looked through. */
function kindOf(root: string, path: Path, entry: Dirent): "file" | "folder" | { readonly fault: string } {
  let target: { isFile(): boolean; isDirectory(): boolean } = entry;
  if (entry.isSymbolicLink()) {
    try {
      target = statSync(absolutePath(root, path));
    } catch (error) {
      return { fault: `The link "${path}" ${whyUnreadable(error)}` };
    }
  }
  if (target.isDirectory()) return "folder";
  if (!target.isFile()) return { fault: `"${path}" is named like a source file but is a pipe, socket or device. Rename or ignore it.` };
  if (entry.name.includes("\\")) return { fault: `"${path}" has a backslash in its name, which elsewhere separates folders. Rename it.` };
  return "file";
}

/** Whether a folder belongs to another repository: a clone or a worktree. A submodule's `.git` file points into `modules`. */
function isForeignRepository(folder: string, entries: readonly Dirent[]): boolean {
  const git = entries.find((entry) => entry.name === ".git");
  return git !== undefined && !/^gitdir:.*[\\/]modules[\\/]/u.test(textAt(`${folder}/.git`) ?? "");
}

/**
 * The ignore rules that hold in the root from folders above it, and the way from the git top-level down to the root.
 *
 * @remarks A root that its own repository ignores (a checkout in a scratch folder, say) was named on purpose: then they are silent.
 */
function rulesAbove(root: string): { readonly rules: Ignore | undefined; readonly prefix: string } {
  const top = gitTopOf(root);
  if (top === undefined || top === root) return { rules: undefined, prefix: "" };
  let rules: Ignore | undefined;
  const between = [...foldersUpward(root)].filter((folder) => folder.length < root.length && folder.length >= top.length).reverse();
  for (const folder of between) {
    const text = textAt(`${folder}/.gitignore`);
    if (text !== undefined) rules = withIgnoreFile(rules, folder.slice(top.length + 1), text);
  }
  const prefix = `${root.slice(top.length + 1)}/`;
  return rules?.ignores(prefix) === true ? { rules: undefined, prefix } : { rules, prefix };
}
