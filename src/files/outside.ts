import { relative, resolve, sep } from "node:path";
import type { Path } from "./path.js";

/**
 * The path of a file that was named on the command line, which may lie outside the workspace: then it climbs with `..`.
 *
 * @remarks Only for files that are read by name, such as a config kept elsewhere; what is listed under the root never climbs.
 */
export function pathFrom(root: string, file: string): Path {
  return relative(root === "" ? "/" : root, resolve(file)).split(sep).join("/") as Path;
}
