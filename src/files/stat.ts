import { statSync } from "node:fs";
import { absolutePath } from "./disk.js";
import type { Path } from "./path.js";

/** By what a changed file is noticed without reading it. */
export interface FileStamp {
  readonly mtimeMs: number;
  readonly size: number;
}

/** Stamps of the files that are there; cheap enough to ask on every keystroke's pause. */
export function statFiles(root: string, paths: readonly Path[]): ReadonlyMap<Path, FileStamp> {
  const stamps = new Map<Path, FileStamp>();
  for (const path of paths) {
    const status = statSync(absolutePath(root, path), { throwIfNoEntry: false });
    if (status?.isFile() === true) stamps.set(path, { mtimeMs: status.mtimeMs, size: status.size });
  }
  return stamps;
}
