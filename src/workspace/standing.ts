import type { SourceFacts } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import { copiesStaySame } from "./copies.js";
import type { CopySurvey } from "./copies/survey.js";
import { facetFrom } from "./facets.js";
import { changedImports } from "./imports.js";
import { ANSWER, ANYTHING, type Key, type Ledger, type Reads, WHOLE } from "./ledger.js";
import { memo, memoOn } from "./memo.js";
import type { Workspace } from "./workspace.js";

/** A source file whose text has become another. */
export interface Change {
  readonly path: Path;
  readonly before: SourceFacts;
  readonly after: SourceFacts;
}

/** Answers whether everything that an answer rests on is still the same. */
export type StandingQuestion = (reads: Reads) => boolean;

/** Answers that are compared themselves: they stay the same through most changes of what they rest on, and much rests on them. */
const answers: Readonly<Record<string, (workspace: Workspace) => unknown>> = {
  manifest: ({ manifest }) => manifest,
  manifestModules: ({ manifestModules }) => manifestModules,
};

/** The answer what is a copy of what, of which a survey tells whether it stays the same. */
export const COPIES = "copies";

/** What is known of a workspace as it was: the ledger that answers were recorded in, and those that are compared themselves. */
export interface EarlierAnswers {
  readonly ledger: Ledger;
  answerOf(name: string): unknown;
  /** What was compared in the search for copies that answers rest on; undefined where that is not known. */
  readonly copySurvey: CopySurvey | undefined;
}

/**
 * A workspace as what it will have been.
 *
 * @param survey what was compared in the search for copies that its answers rest on; one that stands from before was not made in it
 */
export function answersIn(workspace: Workspace, survey: () => CopySurvey | undefined): EarlierAnswers {
  return {
    ledger: workspace.ledger,
    answerOf: (name) => answers[name]?.(workspace),
    get copySurvey() {
      return survey();
    },
  };
}

/** The answers that are compared themselves, by name; plain JSON. */
export function comparedAnswers(workspace: Workspace): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, answer(workspace)]));
}

/** Makes the question which answers of one workspace still stand in another, which differs from it by some source files. */
export function standing(before: EarlierAnswers, now: Workspace, changes: readonly Change[]): StandingQuestion {
  const { ledger } = before;
  const imports = changes.flatMap((change) => [...changedImports(now, change)]);
  const staysSame = memoOn((survey: CopySurvey) => copiesStaySame(now, survey, changes.map(({ path }) => path)));
  // Asked for only by what rests on copies: what was compared is known once those have been searched for.
  const areCopiesSame = (): boolean => before.copySurvey !== undefined && staysSame(before.copySurvey);
  const differing = memo((what: string): readonly Key[] => {
    if (what === ANSWER) return Object.entries(answers).flatMap(([of, answer]) => (isSame(before.answerOf(of), answer(now)) ? [] : [{ what, of }]));
    const facet = facetFrom(what);
    return changes.flatMap(({ path, before: old, after }) => (what === WHOLE || (facet !== undefined && !isSame(facet.of(old), facet.of(after))) ? [{ what, of: path }] : []));
  });
  let seen = -1;
  let changed: readonly number[] = [];
  // Somebody may have read something new since.
  const changedKeys = (): readonly number[] => {
    if (seen === ledger.keys.length) return changed;
    seen = ledger.keys.length;
    changed = [{ what: ANYTHING, of: "" }, ...imports, ...[...ledger.whats].flatMap(differing)].flatMap((key) => ledger.known(key) ?? []);
    return changed;
  };
  const restsOnCopies = ({ keys }: Reads): boolean => holds(keys, ledger.known({ what: ANSWER, of: COPIES }) ?? -1);
  const stands = memo(
    (reads: Reads): boolean => reads.parts.every((part) => stands(part)) && !changedKeys().some((key) => holds(reads.keys, key)) && (!restsOnCopies(reads) || areCopiesSame()),
  );
  return stands;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether a number is among others, which ascend. */
function holds(numbers: readonly number[], wanted: number): boolean {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return numbers[low] === wanted;
}
