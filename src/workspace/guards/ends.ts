import { State } from "./state.js";
import type { AbstractValue } from "./values.js";

/** A way that returns. */
export interface Ended {
  readonly state: State;
  readonly value: AbstractValue;
}

/** A way that leaves a loop or a block. */
export interface Jump {
  readonly kind: "break" | "continue";
  readonly label: string | undefined;
  readonly state: State;
}

/** How the statements of one function end. */
export interface Ends {
  readonly returns: Ended[];
  readonly jumps: Jump[];
}

/** Takes the jumps that end here. */
export function landing(ends: Ends, lands: (jump: Jump) => boolean): State[] {
  const landed = ends.jumps.filter(lands);
  const others = ends.jumps.filter((jump) => !lands(jump));
  ends.jumps.splice(0, ends.jumps.length, ...others);
  return landed.map(({ state }) => state);
}
