import { statSync } from "node:fs";

/** What stands at a place on disk, links looked through; undefined when nothing does, or nobody may look. */
export function entryAt(file: string): "file" | "folder" | undefined {
  try {
    const status = statSync(file, { throwIfNoEntry: false });
    if (status === undefined) return undefined;
    return status.isDirectory() ? "folder" : "file";
  } catch {
    return undefined;
  }
}
