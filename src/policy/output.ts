import { nameOf, parentOf, type Path } from "../files/path.js";
import { escapeGlob } from "./glob.js";

/** Folders that tools write into, when they stand directly in a project; deeper down the same names may hold sources. */
const OUTPUT: ReadonlySet<string> = new Set([
  "dist",
  "build",
  "out",
  "coverage",
  ".cache",
  ".next",
  ".nuxt",
  ".nx",
  ".output",
  ".svelte-kit",
  ".turbo",
  ".vercel",
  ".wrangler",
  "storybook-static",
]);

const PROJECT_FILES: ReadonlySet<string> = new Set(["package.json", "project.json"]);

/**
 * Globs of the build output in a workspace.
 *
 * @returns one glob per folder that is there, so that matching costs nothing where there is none
 */
export function outputGlobs(paths: readonly Path[]): readonly string[] {
  const projects = new Set<string>([""]);
  for (const path of paths) if (PROJECT_FILES.has(nameOf(path))) projects.add(parentOf(path));
  const found = new Set<string>();
  for (const path of paths) {
    const segments = path.split("/");
    const depth = segments.findIndex(
      (segment, index) => index < segments.length - 1 && OUTPUT.has(segment) && projects.has(segments.slice(0, index).join("/")),
    );
    if (depth >= 0) found.add(segments.slice(0, depth + 1).join("/"));
  }
  return [...found].sort().map((folder) => `${escapeGlob(folder)}/**`);
}
