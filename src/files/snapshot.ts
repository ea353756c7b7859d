import type { Path } from "./path.js";

/** What kind of text a file is, which decides who extracts its facts. */
export type Language = "ts" | "tsx" | "js" | "jsx" | "json" | "yaml";

/** One file as it was read: text without byte order mark. */
export interface SourceText {
  readonly path: Path;
  readonly language: Language;
  readonly text: string;
  /** Whether this is the text, for those that know without reading it. */
  isText?(text: string): boolean;
}

/** A file that is there and could not be taken in, with the reason in words for its owner. */
export interface UnreadableFile {
  readonly path: Path;
  /** A full sentence that says what is wrong and what to do. */
  readonly message: string;
}

/** The workspace's files at one moment; the only thing later rooms know of the disk. */
export interface Snapshot {
  /** Absolute folder on disk, `/`-separated, without trailing slash. */
  readonly root: string;
  /** Files to analyse, sorted by path. */
  readonly files: readonly SourceText[];
  readonly unreadable: readonly UnreadableFile[];
}
