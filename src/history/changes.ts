import type { Path } from "../files/path.js";
import { git, GitError, namesIn, within, type Repository } from "./git.js";

/** What has changed, against what. */
export interface Changes {
  /** The commit that is compared with, by its hash; undefined where there is none yet. */
  readonly base: string | undefined;
  /** Files that were added, changed or deleted; a renamed one under both of its names. */
  readonly paths: ReadonlySet<Path>;
}

/**
 * What the working tree has that the merge base with another commit has not, and the other way round; files that git does not track yet
 * are new.
 *
 * @throws GitError when the commit is not there, or has no merge base with this one
 */
export function changesSince(repository: Repository, ref: string): Changes {
  const there = commitOf(repository, ref);
  if (there === undefined) throw new GitError(`"${ref}" is no commit of this repository. In CI, fetch it first.`);
  const head = commitOf(repository, "HEAD");
  if (head === undefined) throw new GitError("There is no commit yet, and so nothing to compare with.");
  const base = mergeBase(repository, there, head);
  if (base === undefined) throw new GitError(`"${ref}" and HEAD have no commit in common. In CI, fetch more of the history.`);
  const tracked = namesIn(git(repository, ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", base, "--"]));
  const untracked = namesIn(git(repository, ["ls-files", "--others", "--exclude-standard", "-z", "--", spelled(repository)]));
  return { base, paths: new Set(within(repository, [...tracked, ...untracked])) };
}

/** What the index has that the last commit has not, and the other way round. */
export function stagedChanges(repository: Repository): Changes {
  const names = namesIn(git(repository, ["diff", "--cached", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--"]));
  return { base: commitOf(repository, "HEAD"), paths: new Set(within(repository, names)) };
}

function commitOf(repository: Repository, ref: string): string | undefined {
  try {
    return line(git(repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]));
  } catch (error) {
    if (error instanceof GitError && repositoryAnswers(repository)) return undefined;
    throw error;
  }
}

/** Whether git takes this for a repository at all. */
function repositoryAnswers(repository: Repository): boolean {
  git(repository, ["rev-parse", "--git-dir"]);
  return true;
}

function mergeBase(repository: Repository, ...commits: readonly string[]): string | undefined {
  try {
    return line(git(repository, ["merge-base", ...commits]));
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}

function line(output: Buffer): string {
  return output.toString("utf8").trim();
}

/** The workspace's folder as a pathspec that git takes literally. */
function spelled({ prefix }: Repository): string {
  return `:(top,literal)${prefix}`;
}
