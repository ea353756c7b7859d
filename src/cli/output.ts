import { absoluteFrom } from "../files/named.js";
import { writeText } from "../files/write.js";
import { CliError } from "./cli-error.js";
import type { Io } from "./io.js";

/** What the operating system's error codes mean to somebody who wants to write a file. */
const meanings: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the disk is read-only",
  EISDIR: "it is a folder",
  ENOTDIR: "part of its path is a file",
  EEXIST: "part of its path is a file",
  ENOENT: "its folder cannot be made",
  ENOSPC: "the disk is full",
  ENAMETOOLONG: "its name is too long",
};

/** Writes what a command made into the file that was asked for, or says why not. */
export function writeOutput(named: string, text: string, io: Io): void {
  orSayWhy(named, () => writeText(absoluteFrom(io.cwd, named), text, "replace"));
}

/** Runs something that writes a file, and turns the disk's refusal into a sentence. */
export function orSayWhy<Result>(named: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    const why = refusalOf(error);
    if (why === undefined) throw error;
    throw new CliError(`"${named}" cannot be written: ${why}.`);
  }
}

/** Why the disk refuses to be written to, in words; undefined for an error that is none of the disk's. */
export function refusalOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
  return code === undefined ? undefined : `${meanings[code] ?? "the system refuses"} (${code})`;
}
