import { parentOf, type Path } from "../files/path.js";

/** Which files and folders there are. */
export interface Tree {
  hasFile(path: Path): boolean;
  /** Whether a folder holds a file, itself or further down. */
  hasFolder(path: Path): boolean;
  readonly files: ReadonlySet<Path>;
  readonly folders: ReadonlySet<Path>;
}

/** The tree that a list of files spans. */
export function treeOf(paths: Iterable<Path>): Tree {
  const files = new Set(paths);
  const folders = new Set<Path>();
  for (const path of files) {
    for (let folder = parentOf(path); !folders.has(folder); folder = parentOf(folder)) folders.add(folder);
  }
  return { hasFile: (path) => files.has(path), hasFolder: (path) => folders.has(path), files, folders };
}
