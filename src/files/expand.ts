import { readdirSync } from "node:fs";
import { absoluteFrom } from "./named.js";

/** Makes a test of names out of one segment of a glob. */
export type SegmentMatcher = (segment: string) => (name: string) => boolean;

/** What nobody means by `**`. */
const skipped: ReadonlySet<string> = new Set([".git", "node_modules"]);

/**
 * The files on disk that a glob names, ignored by git or not, sorted.
 *
 * @param folder absolute, where the glob counts from
 * @param matcherOf what a segment of the glob means; `**` is known here
 */
export function expandGlob(folder: string, glob: string, matcherOf: SegmentMatcher): readonly string[] {
  const [head = "", ...rest] = glob.replaceAll("\\", "/").split("/");
  const isAbsolute = head === "" || /^[A-Za-z]:$/u.test(head);
  const start = isAbsolute ? `${head}/` : absoluteFrom(folder, ".");
  const found = new Set<string>();
  const walk = (at: string, [segment, ...below]: readonly string[]): void => {
    if (segment === undefined) return;
    if (segment === "." || segment === "..") {
      walk(absoluteFrom(at, segment), below);
      return;
    }
    if (segment === "**") walk(at, below);
    const matches = segment === "**" ? (name: string): boolean => !skipped.has(name) : matcherOf(segment);
    for (const entry of entriesOf(at)) {
      if (!matches(entry.name)) continue;
      const path = absoluteFrom(at, entry.name);
      if (entry.isDirectory()) walk(path, segment === "**" ? [segment, ...below] : below);
      else if (below.length === 0 && segment !== "**") found.add(path);
    }
  };
  walk(start, isAbsolute ? rest : [head, ...rest]);
  return [...found].sort();
}

function entriesOf(folder: string): readonly { readonly name: string; isDirectory(): boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // What cannot be listed holds nothing that anybody can name.
    return [];
  }
}
