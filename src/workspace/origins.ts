import { OriginSearch } from "./origins/search.js";
import type { Found } from "./origins/found.js";
import type { Effort } from "./table.js";
import type { Types } from "./types.js";
import type { Evaluation } from "./values/evaluation.js";
import { stepsOf } from "./values/outcome.js";
import type { Located, Origin, Origins } from "./workspace.js";

/** Answers where values come from, each once. */
export type OriginsQuestion = (at: Located) => Origins;

/** How many calls in a row are told apart at first; with none, a function's parameters derive from what anybody passes. */
const PRECISE = 3;
const COARSE = 0;

/** Makes the question "where does this value come from?"; what costs too much is answered once more without telling calls apart. */
export function originsOf(ev: Evaluation, types: Types, effort: Effort): OriginsQuestion {
  const searches = [PRECISE, COARSE].map((calls) => new OriginSearch(ev, types, effort, calls));
  const answer = (at: Located, [search, ...rest]: readonly OriginSearch[]): Origins =>
    search === undefined
      ? { origins: [{ at, steps: [], kind: "unknown", reason: "finding out where it comes from takes too long" }], complete: false }
      : effort.root<Origins>(
          () => ({ origins: search.find(at).map(withSteps), complete: true }),
          () => answer(at, rest),
        );
  return (at) => answer(at, searches);
}

function withSteps({ trail, ...origin }: Found): Origin {
  return { ...origin, steps: stepsOf([trail]) };
}
