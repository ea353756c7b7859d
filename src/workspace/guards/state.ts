import { joined, NOTHING, type Claim } from "./claims.js";
import { either, under, type AbstractValue } from "./values.js";

/** Where a run has got to: what the names hold and what was decided on the way; changes as the run goes on. */
export class State {
  vars: Map<string, AbstractValue>;
  claim: Claim;
  /** An answer of 401, 403 or 404 was prepared on the way. */
  denied: boolean;
  /** What is protected has run. */
  reached: boolean;
  /** Nothing gets here. */
  dead: boolean;
  /** Names of lists that are known to hold something. */
  nonEmpty: ReadonlySet<string>;

  constructor(from?: State) {
    this.vars = new Map(from?.vars);
    this.claim = from?.claim ?? NOTHING;
    this.denied = from?.denied ?? false;
    this.reached = from?.reached ?? false;
    this.dead = from?.dead ?? false;
    this.nonEmpty = from?.nonEmpty ?? new Set();
  }

  copy(): State {
    return new State(this);
  }

  become(other: State): void {
    this.vars = other.vars;
    this.claim = other.claim;
    this.denied = other.denied;
    this.reached = other.reached;
    this.dead = other.dead;
    this.nonEmpty = other.nonEmpty;
  }
}

/** The state where several ways meet; dead where no way gets there. */
export function meet(states: readonly State[]): State {
  const live = states.filter(({ dead }) => !dead);
  const [first] = live;
  if (first === undefined) {
    const dead = new State(states[0]);
    dead.dead = true;
    return dead;
  }
  if (live.length === 1) return first.copy();
  const state = new State(first);
  state.claim = joined(live.map(({ claim }) => claim));
  state.denied = live.every(({ denied }) => denied);
  state.reached = live.some(({ reached }) => reached);
  state.nonEmpty = new Set([...first.nonEmpty].filter((name) => live.every(({ nonEmpty }) => nonEmpty.has(name))));
  for (const name of differing(live)) {
    // What only one way knows is read afresh where it is unknown: names that were not yet declared.
    const known = live.flatMap(({ vars, claim }) => {
      const value = vars.get(name);
      return value === undefined ? [] : [under(value, beyond(claim, state.claim))];
    });
    state.vars.set(name, either(known));
  }
  return state;
}

/** The names that not all states hold the same under: few, where ways part for a moment. */
function differing(states: readonly State[]): ReadonlySet<string> {
  const names = new Set<string>();
  let [one] = states;
  for (const other of states.slice(1)) {
    if (one === undefined || one.vars === other.vars) continue;
    for (const [name, value] of other.vars) if (one.vars.get(name) !== value) names.add(name);
    for (const name of one.vars.keys()) if (!other.vars.has(name)) names.add(name);
    one = other;
  }
  return names;
}

/** The decisions of a way that are not those of all ways. */
export function beyond(claim: Claim, common: Claim): Claim {
  if (claim === common) return NOTHING;
  return new Map([...claim].filter(([key]) => !common.has(key)));
}
