/** Work that one question may do before it is given up. */
const BUDGET = 60_000;
/** How deep answers may rest on answers. */
const DEPTH = 500;

/** A question costs more than it is worth. */
class Exhausted extends Error {}

interface Open {
  readonly depth: number;
  /** The answer is the union of the answers it rests on, so that resting on itself adds nothing. */
  readonly passes: boolean;
}

/** The work under way: questions that rest on each other, outermost first, and what they may still cost. */
export class Effort {
  readonly #stack: Open[] = [];
  #budget = BUDGET;
  /** Depth of the outermost open question that the current one turned out to rest on. */
  #rests = Infinity;

  /** Asks the outermost question; `instead` answers it when it costs too much. */
  root<Result>(ask: () => Result, instead: () => Result): Result {
    if (this.#stack.length > 0) return ask();
    this.#budget = BUDGET;
    try {
      return ask();
    } catch (error) {
      if (error instanceof Exhausted) return instead();
      throw error;
    }
  }

  spend(cost: number): void {
    this.#budget -= cost;
    if (this.#budget < 0) throw new Exhausted();
  }

  /** Notes that the current question rests on an open one; tells whether only through unions. */
  restOn(open: Open): boolean {
    this.#rests = Math.min(this.#rests, open.depth);
    return this.#stack.slice(open.depth).every((entry) => entry.passes);
  }

  /** Runs a question inside the current one; `final` when its answer rests on nothing still open. */
  inside<Result>(passes: boolean, ask: (open: Open) => Result): { readonly result: Result; readonly final: boolean; readonly cost: number } {
    if (this.#stack.length >= DEPTH) throw new Exhausted();
    this.spend(1);
    const before = this.#budget;
    const outer = this.#rests;
    const open: Open = { depth: this.#stack.length, passes };
    this.#rests = Infinity;
    this.#stack.push(open);
    try {
      const result = ask(open);
      const final = this.#rests >= open.depth;
      if (final) this.#rests = Infinity;
      return { result, final, cost: before - this.#budget + 1 };
    } finally {
      this.#stack.pop();
      this.#rests = Math.min(this.#rests, outer);
    }
  }
}

/**
 * Remembers answers that rest on each other, and finds circles among them.
 *
 * @remarks An answer found while a circle around it was still open is not kept, so that no answer depends on what was asked first. For the
 * same reason a remembered answer costs what finding it did. (Tabling: Warren, "Memoing for logic programs", 1992.)
 */
export class Table<Result> {
  readonly #effort: Effort;
  readonly #answers = new WeakMap<object, Map<unknown, { readonly result: Result; readonly cost: number }>>();
  readonly #open = new Map<object, Map<unknown, Open>>();

  constructor(effort: Effort) {
    this.#effort = effort;
  }

  /**
   * Answers a question once.
   *
   * @param subject what is asked about
   * @param circumstance tells questions on the same subject apart
   * @param passes the answer is the union of those it rests on
   * @param ask finds the answer
   * @param circle the answer when it rests on itself; `harmless` when only through unions
   */
  ask(subject: object, circumstance: unknown, passes: boolean, ask: () => Result, circle: (harmless: boolean) => Result): Result {
    const known = this.#answers.get(subject)?.get(circumstance);
    if (known !== undefined) {
      this.#effort.spend(known.cost);
      return known.result;
    }
    const under = this.#open.get(subject) ?? new Map<unknown, Open>();
    const open = under.get(circumstance);
    if (open !== undefined) return circle(this.#effort.restOn(open));
    this.#open.set(subject, under);
    try {
      const { result, final, cost } = this.#effort.inside(passes, (entry) => {
        under.set(circumstance, entry);
        return ask();
      });
      if (final) {
        const answers = this.#answers.get(subject) ?? new Map<unknown, { readonly result: Result; readonly cost: number }>();
        answers.set(circumstance, { result, cost });
        this.#answers.set(subject, answers);
      }
      return result;
    } finally {
      under.delete(circumstance);
      if (under.size === 0) this.#open.delete(subject);
    }
  }
}
