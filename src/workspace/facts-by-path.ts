import type { FileFacts } from "../facts/facts.js";
import type { Path } from "../files/path.js";

/** The facts of all analysed files; found out when they are asked for. */
export interface FactsByPath {
  keys(): Iterable<Path>;
  has(path: Path): boolean;
  get(path: Path): FileFacts | undefined;
}

/** The same with other facts of one file, which may be new. */
export function withFacts(facts: FactsByPath, path: Path, next: FileFacts): FactsByPath {
  return {
    keys: () => (facts.has(path) ? facts.keys() : [...facts.keys(), path]),
    has: (asked) => asked === path || facts.has(asked),
    get: (asked) => (asked === path ? next : facts.get(asked)),
  };
}
