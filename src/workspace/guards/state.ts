import { joined, NOTHING, type Claim } from "./claims.js";
import { either, under, type AbstractValue } from "./values.js";

/**
 * What names hold, by call: `<serial of the call>:<name>`. Copies share the names of every call in which neither has changed any, since
 * ways part and meet far more often than anything happens on them.
 */
export class Held {
  readonly #calls: Map<string, ReadonlyMap<string, AbstractValue>>;
  /** The calls whose names no copy shares. */
  readonly #own = new Map<string, Map<string, AbstractValue>>();

  constructor(from?: Held) {
    this.#calls = new Map(from === undefined ? [] : from.#calls);
    if (from !== undefined) from.#own.clear();
  }

  get(name: string): AbstractValue | undefined {
    return this.#calls.get(callOf(name))?.get(name);
  }

  set(name: string, value: AbstractValue): void {
    const call = callOf(name);
    let own = this.#own.get(call);
    if (own === undefined) {
      own = new Map(this.#calls.get(call));
      this.#own.set(call, own);
      this.#calls.set(call, own);
    }
    own.set(name, value);
  }

  /** Forgets the names of a call. */
  leave(call: string): void {
    this.#calls.delete(call);
    this.#own.delete(call);
  }

  /** The names that do not hold the same here and there. */
  *differing(other: Held): Generator<string> {
    for (const [call, names] of this.#calls) {
      const others = other.#calls.get(call);
      if (others === names) continue;
      for (const [name, value] of names) if (others?.get(name) !== value) yield name;
    }
    for (const [call, names] of other.#calls) {
      const own = this.#calls.get(call);
      if (own === names) continue;
      for (const name of names.keys()) if (own?.has(name) !== true) yield name;
    }
  }
}

function callOf(name: string): string {
  return name.slice(0, name.indexOf(":"));
}

/** Where a run has got to: what the names hold and what was decided on the way; changes as the run goes on. */
export class State {
  vars: Held;
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
    this.vars = new Held(from?.vars);
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
function differing([first, ...others]: readonly State[]): ReadonlySet<string> {
  return new Set(first === undefined ? [] : others.flatMap(({ vars }) => [...first.vars.differing(vars)]));
}

/** The decisions of a way that are not those of all ways. */
export function beyond(claim: Claim, common: Claim): Claim {
  if (claim === common) return NOTHING;
  return new Map([...claim].filter(([key]) => !common.has(key)));
}
