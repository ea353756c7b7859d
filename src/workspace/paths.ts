import type { Path } from "../files/path.js";
import { globMatcher } from "../policy/glob.js";
import { memo } from "./memo.js";

/** Questions about paths by globs; each list is compiled once, and answers once for a path. */
export interface PathIndex {
  matches(path: Path, globs: readonly string[]): boolean;
  matching(globs: readonly string[]): readonly Path[];
}

/** Indexes the analysed paths for questions by globs. */
export function indexPaths(paths: readonly Path[]): PathIndex {
  // A list's text is its identity: rules build theirs anew on every call.
  const matcherOf = memo((list: string) => memo(globMatcher(list.split("\0"))));
  const matchingOf = memo((list: string) => paths.filter(matcherOf(list)));
  return {
    matches: (path, globs) => globs.length > 0 && matcherOf(globs.join("\0"))(path),
    matching: (globs) => (globs.length === 0 ? [] : matchingOf(globs.join("\0"))),
  };
}
