import { entryAt } from "../files/entry.js";
import { absolutePath } from "../files/disk.js";
import { isForeign, listPaths, type Listing } from "../files/list.js";
import type { Path } from "../files/path.js";
import { git, GitError, namesIn, repositoryAround, within, type Repository } from "./git.js";

/**
 * Lists the files of a workspace, those too that git tracks although a .gitignore names them, or although a `.git` stands in their folder:
 * they are built and shipped like any other.
 *
 * @remarks Where git cannot answer, .gitignore files alone decide.
 * @param root absolute folder
 */
export function listFiles(root: string): Listing {
  const listing = listPaths(root);
  const repository = repositoryAround(root);
  if (repository === undefined) return listing;
  const known = new Set(listing.paths);
  const more = tracked(repository).filter(
    (path) => !known.has(path) && !isForeign(path) && entryAt(absolutePath(root, path)) === "file",
  );
  return more.length === 0 ? listing : { ...listing, paths: [...listing.paths, ...more].sort() };
}

function tracked(repository: Repository): readonly Path[] {
  try {
    return within(repository, namesIn(git(repository, ["ls-files", "-z"])));
  } catch (error) {
    if (error instanceof GitError) return [];
    throw error;
  }
}
