import type { FileFacts } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import { facetFrom } from "./facets.js";
import { changedImports } from "./imports.js";
import { ANYTHING, keyText, type Key, type Ledger, type Reads, WHOLE } from "./ledger.js";
import { memo } from "./memo.js";
import type { Workspace } from "./workspace.js";

/** A source file whose text has become another. */
export interface Change {
  readonly path: Path;
  readonly before: FileFacts;
  readonly after: FileFacts;
}

/** Answers whether everything that an answer rests on is still the same. */
export type StandingQuestion = (reads: Reads) => boolean;

/** Makes the question which answers still stand after some changes. */
export function standing(ledger: Ledger, ground: Pick<Workspace, "resolve">, changes: readonly Change[]): StandingQuestion {
  const byPath = new Map(changes.map((change) => [change.path as string, change]));
  const imports = new Set(changes.flatMap((change) => [...changedImports(ground, change)]).map(keyText));
  const facetOf = memo(facetFrom);
  const hasChanged = ({ what, of }: Key): boolean => {
    if (what === ANYTHING || imports.has(keyText({ what, of }))) return true;
    const change = byPath.get(of);
    const facet = change === undefined || what === WHOLE ? undefined : facetOf(what);
    if (change === undefined || facet === undefined) return change !== undefined && what === WHOLE;
    const seenIn = (facts: FileFacts): string => JSON.stringify(facts.kind === "source" ? facet.of(facts) : undefined);
    return seenIn(change.before) !== seenIn(change.after);
  };
  const isChanged = memo((key: number) => {
    const found = ledger.keys[key];
    return found === undefined || hasChanged(found);
  });
  return memo((reads: Reads) => !reads.keys.some(isChanged));
}
