/** What the operating system's error codes mean to the owner of a file. */
const meanings: Readonly<Record<string, string>> = {
  EACCES: "may not be read by this user. Give it read permission, or exclude it",
  EPERM: "may not be read by this user. Give it read permission, or exclude it",
  ENOENT: "leads nowhere or is gone. Restore or delete it",
  ELOOP: "is part of a loop of links. Delete the link",
  EISDIR: "is a folder and was asked for as a file",
  ENAMETOOLONG: "has a name that is too long for this system. Rename it",
  EMFILE: "cannot be opened because too many files are open. Raise the limit (ulimit -n)",
};

/** The predicate of a sentence about a file that the disk refuses, with what to do. */
export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown error";
  return `${meanings[code] ?? "cannot be read"} (${code}).`;
}
