import type { OriginSearch } from "./origins/search.js";
import type { Found } from "./origins/found.js";
import type { Effort } from "./table.js";
import { stepsOf } from "./values/outcome.js";
import type { Located, Origin, Origins } from "./workspace.js";

/** Answers where values come from, each once. */
export type OriginsQuestion = (at: Located) => Origins;

/** Makes the question "where does this value come from?". */
export function originsOf(search: OriginSearch, effort: Effort): OriginsQuestion {
  return (at) =>
    effort.root<Origins>(
      () => ({ origins: search.find(at).map(withSteps), complete: true }),
      () => ({ origins: [{ at, steps: [], kind: "unknown", reason: "finding out where it comes from takes too long" }], complete: false }),
    );
}

function withSteps({ trail, ...origin }: Found): Origin {
  return { ...origin, steps: stepsOf([trail]) };
}
