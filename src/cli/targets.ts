import { absoluteFrom, pathFrom } from "../files/named.js";
import { isInside, type Path } from "../files/path.js";
import { globMatcher } from "../policy/glob.js";
import { CliError } from "./cli-error.js";

/**
 * The files that path arguments name: files, folders or globs, absolute or relative to where the caller stands or to the root.
 *
 * @throws CliError for one that names no file of the workspace: a typing error must not look like a clean answer
 */
export function covering(named: readonly string[], root: string, listed: readonly Path[], cwd: string): (file: Path) => boolean {
  const covers = named.map((name) => {
    const fromHere = pathFrom(root, absoluteFrom(cwd, name));
    const places = [fromHere, pathFrom(root, absoluteFrom(root, name))];
    const folder = places.find((place) => listed.some((file) => isInside(file, place)));
    if (folder !== undefined) return (file: Path): boolean => isInside(file, folder);
    const glob = places.map((place) => globMatcher([place])).find((matches) => listed.some(matches));
    if (glob !== undefined) return glob;
    throw new CliError(
      fromHere.startsWith("../")
        ? `"${name}" lies outside the workspace ("${root}").`
        : `"${name}" matches no file of the workspace ("${root}"); files that git ignores are none of it.`,
    );
  });
  return (file) => covers.some((matches) => matches(file));
}
