import { relative, resolve, sep } from "node:path";
import type { Path } from "./path.js";

/** The absolute place of a file that people name, relative to where they stand. */
export function absoluteFrom(folder: string, named: string): string {
  return resolve(folder === "" ? "/" : folder, named);
}

/**
 * The path of a file that people name, which may lie outside the workspace: then it climbs with `..`.
 *
 * @remarks Only for files that are read by name, such as a config kept elsewhere; what is listed under the root never climbs.
 *
 * @param file absolute
 */
export function pathFrom(root: string, file: string): Path {
  return relative(root === "" ? "/" : root, file)
    .split(sep)
    .join("/") as Path;
}
