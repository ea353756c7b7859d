import { statSync } from "node:fs";
import { absolutePath } from "./disk.js";
import type { Path } from "./path.js";

/** By what a changed file is noticed without reading it; a tool may set the time of the last change, not that of the last status change. */
export interface FileStamp {
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly size: number;
}

/** The stamp of a file, where there is one. */
export function stampOf(root: string, path: Path): FileStamp | undefined {
  const status = statSync(absolutePath(root, path), { throwIfNoEntry: false });
  return status?.isFile() === true ? { mtimeMs: status.mtimeMs, ctimeMs: status.ctimeMs, size: status.size } : undefined;
}

/** Stamps of the files that are there; cheap enough to ask on every keystroke's pause. */
export function statFiles(root: string, paths: readonly Path[]): ReadonlyMap<Path, FileStamp> {
  const stamps = new Map<Path, FileStamp>();
  for (const path of paths) {
    const stamp = stampOf(root, path);
    if (stamp !== undefined) stamps.set(path, stamp);
  }
  return stamps;
}

/** Whether two stamps are of the same state of a file. */
export function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.size === b.size;
}

/** How slowly the clocks of file systems may tick, in milliseconds: some know full seconds only, or every second one. */
const tick = { fine: 100, coarse: 2100 };

/**
 * Whether a file had rested for so long when it was looked at that another change would show in its stamp.
 *
 * @remarks Git calls an entry that has not "racily clean".
 *
 * @param at when the stamp was taken, in milliseconds since the epoch
 */
export function isSettled({ mtimeMs, ctimeMs }: FileStamp, at: number): boolean {
  const last = Math.max(mtimeMs, ctimeMs);
  return last <= at - (last % 1000 === 0 ? tick.coarse : tick.fine);
}
