import type { Path } from "../files/path.js";
import { git, GitError, type Repository } from "./git.js";

/**
 * The day on which a line was written, `YYYY-MM-DD` in UTC; white space and moves do not make it new.
 *
 * @param line 1-based
 * @returns undefined where git cannot tell: the line is not committed yet, or the file is none of the repository's
 */
export function dayWritten(repository: Repository, path: Path, line: number): string | undefined {
  try {
    const range = `${String(line)},${String(line)}`;
    const told = git(repository, ["blame", "-w", "-M", "--porcelain", "-L", range, "HEAD", "--", repository.prefix + path]).toString("utf8");
    const seconds = /^author-time (?<seconds>\d+)$/mu.exec(told)?.groups?.["seconds"];
    return seconds === undefined ? undefined : new Date(Number(seconds) * 1000).toISOString().slice(0, 10);
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
