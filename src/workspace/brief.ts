import type { FileFacts, ImportFact } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import { directed } from "./facets.js";
import type { ImportEdge } from "./workspace.js";

/** The little of a source file that is asked about all files; plain JSON, and kept where facts are not read. */
export interface Brief {
  /** The files that its imports with literal specifiers lead to. */
  readonly targets: readonly Path[];
  /** Some specifier is computed. */
  readonly computes: boolean;
  /** It has ESLint directives. */
  readonly directed: boolean;
  /** It cannot be parsed. */
  readonly broken: boolean;
}

/** Whether an import's specifier is not written out. */
export function isComputed({ specifier }: ImportFact): boolean {
  return specifier.kind !== "string";
}

const NOTHING: Brief = { targets: [], computes: false, directed: false, broken: false };

/**
 * The brief of a file; of one that is no source, that there is nothing.
 *
 * @param edges of its imports with literal specifiers
 */
export function briefFrom(facts: FileFacts | undefined, edges: readonly ImportEdge[]): Brief {
  if (facts?.kind !== "source") return NOTHING;
  return {
    targets: [...new Set(edges.flatMap(({ to }) => (to.kind === "file" ? [to.path] : [])))],
    computes: facts.imports.some(isComputed),
    directed: directed.of(facts),
    broken: facts.syntaxErrors.length > 0,
  };
}
