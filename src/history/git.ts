import { spawnSync } from "node:child_process";
import { absoluteFolder, gitTopOf } from "../files/disk.js";
import { childPath, toPath, type Path } from "../files/path.js";

/** A git repository, as far as the workspace in it goes. */
export interface Repository {
  /** Absolute folder of its top. */
  readonly top: string;
  /** The way from there to the workspace, with a slash at its end; empty where they are the same. */
  readonly prefix: string;
}

/** Why git could not answer: a full sentence. */
export class GitError extends Error {}

/** The repository that a workspace lies in; undefined where it lies in none. */
export function repositoryAround(root: string): Repository | undefined {
  const folder = absoluteFolder(root);
  const top = gitTopOf(folder);
  return top === undefined ? undefined : { top, prefix: top === folder ? "" : `${folder.slice(top.length + 1)}/` };
}

/**
 * Runs git at the top of a repository, where also the relative paths hold that a hook finds in its environment.
 *
 * @remarks A monitor that the repository's own configuration names is a program of its owner, and not asked for.
 * @param input what git reads
 * @throws GitError
 */
export function git({ top }: Repository, args: readonly string[], input?: string): Buffer {
  const { status, stdout, stderr, error } = spawnSync("git", ["-c", "core.fsmonitor=false", ...args], {
    cwd: top,
    maxBuffer: Number.MAX_SAFE_INTEGER,
    windowsHide: true,
    ...(input === undefined ? {} : { input }),
  });
  if (error !== undefined) throw new GitError(isMissing(error) ? "git is needed for that and cannot be found." : `git cannot be run: ${error.message}.`);
  if (status === 0) return stdout;
  const [said = ""] = stderr.toString("utf8").split("\n");
  throw new GitError(`git ${args[0] ?? ""} failed${said === "" ? "" : `: ${said.replace(/^(?:fatal|error): /u, "").replace(/\.$/u, "")}`}.`);
}

function isMissing(error: Error): boolean {
  return "code" in error && error.code === "ENOENT";
}

/** What git lists with `-z`. */
export function namesIn(output: Buffer): readonly string[] {
  return output.toString("utf8").split("\0").filter((name) => name !== "");
}

const TOP = toPath("");

/** The paths of the workspace among those that git names from the top. */
export function within({ prefix }: Repository, names: readonly string[]): readonly Path[] {
  return names.flatMap((name) => (name.startsWith(prefix) ? [childPath(TOP, name.slice(prefix.length))] : []));
}
