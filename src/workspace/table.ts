import type { Entry, Ledger, Reads } from "./ledger.js";

/** Work that one question may do before it is given up. */
const BUDGET = 20_000;
/** How deep answers may rest on answers. */
const DEPTH = 500;

/** A question costs more than it is worth. */
export class Exhausted extends Error {}

/** A remembered answer, with what it cost by itself and the answers that it rests on. */
interface Answer<Result = unknown> {
  readonly result: Result;
  readonly cost: number;
  readonly rests: readonly Answer[];
  readonly reads: Reads;
  /** The outermost question that has paid for it last. */
  paid: number;
}

/** What an answer costs at least that was given up, and what has been read before. */
interface Floor {
  readonly cost: number;
  readonly reads: Reads;
}

/** A question that is being answered. */
interface Open {
  readonly depth: number;
  /** The answer is the union of the answers it rests on, so that resting on itself adds nothing. */
  readonly passes: boolean;
  cost: number;
  readonly rests: Answer[];
}

/** The work under way: questions that rest on each other, outermost first, and what they may still cost. */
export class Effort {
  readonly ledger: Ledger;
  readonly #stack: Open[] = [];
  #budget = BUDGET;
  #roots = 0;
  /** Depth of the outermost open question that the current one turned out to rest on. */
  #circle = Infinity;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  /** Asks the outermost question; `instead` answers it when it costs more than the budget. */
  root<Result>(ask: () => Result, instead: () => Result, budget = BUDGET): Result {
    if (this.#stack.length > 0) return ask();
    this.#budget = budget;
    this.#roots += 1;
    try {
      return ask();
    } catch (error) {
      if (error instanceof Exhausted) return instead();
      throw error;
    }
  }

  /** Asks a question that may be given up alone: `instead` answers it when it costs more than `limit`. */
  attempt<Result>(limit: number, ask: () => Result, instead: () => Result): Result {
    const budget = this.#budget;
    if (limit >= budget) return ask();
    this.#budget = limit;
    try {
      const result = ask();
      this.#budget += budget - limit;
      return result;
    } catch (error) {
      if (!(error instanceof Exhausted)) throw error;
      this.#budget = budget;
      this.spend(limit);
      return instead();
    }
  }

  /** What the current question may still cost. */
  get left(): number {
    return this.#budget;
  }

  /** Counts work of the current question. */
  spend(cost: number): void {
    const current = this.#stack.at(-1);
    if (current !== undefined) current.cost += cost;
    this.#pay(cost);
  }

  /** The current question rests on a remembered answer: it costs what finding it would, but nothing twice. */
  restOn(answer: Answer): void {
    this.ledger.rest(answer.reads);
    this.#stack.at(-1)?.rests.push(answer);
    const unpaid = [answer];
    for (let next = unpaid.pop(); next !== undefined; next = unpaid.pop()) {
      if (next.paid === this.#roots) continue;
      next.paid = this.#roots;
      this.#pay(next.cost);
      unpaid.push(...next.rests);
    }
  }

  /** The current question rests on an open one; tells whether only through unions. */
  restOnOpen(open: Open): boolean {
    this.#circle = Math.min(this.#circle, open.depth);
    return this.#stack.slice(open.depth).every((entry) => entry.passes);
  }

  /** Answers a question inside the current one, whose entry in the ledger it closes; without answer to remember when it rests on something still open. */
  inside<Result>(passes: boolean, entry: Entry | undefined, ask: (open: Open) => Result): { readonly result: Result; readonly answer?: Answer<Result> } {
    if (this.#stack.length >= DEPTH) throw new Exhausted();
    const outer = this.#circle;
    const open: Open = { depth: this.#stack.length, passes, cost: 0, rests: [] };
    this.#circle = Infinity;
    this.#stack.push(open);
    try {
      this.spend(1);
      const result = ask(open);
      const reads = this.ledger.close(entry);
      const isFinal = this.#circle >= open.depth;
      if (isFinal) this.#circle = Infinity;
      this.#stack.pop();
      const around = this.#stack.at(-1);
      if (!isFinal) {
        around?.rests.push(...open.rests);
        if (around !== undefined) around.cost += open.cost;
        return { result };
      }
      const answer: Answer<Result> = { result, cost: open.cost, rests: open.rests, reads, paid: this.#roots };
      around?.rests.push(answer);
      return { result, answer };
    } finally {
      this.#stack.length = open.depth;
      this.#circle = Math.min(this.#circle, outer);
    }
  }

  #pay(cost: number): void {
    this.#budget -= cost;
    if (this.#budget < 0) throw new Exhausted();
  }
}

/**
 * Remembers answers that rest on each other, and finds circles among them.
 *
 * @remarks An answer found while a circle around it was still open is not kept, so that no answer depends on what was asked first. For the
 * same reason a remembered answer costs a question what finding it would. (Tabling: Warren, "Memoing for logic programs", 1992.)
 */
export class Table<Result> {
  readonly #effort: Effort;
  readonly #answers = new WeakMap<object, Map<unknown, Answer<Result>>>();
  readonly #open = new Map<object, Map<unknown, Open>>();
  /** What answers cost at least that were given up for their cost, and what showed it: not tried again with less. */
  readonly #floors = new WeakMap<object, Map<unknown, Floor>>();

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
      this.#effort.restOn(known);
      return known.result;
    }
    const under = this.#open.get(subject) ?? new Map<unknown, Open>();
    const open = under.get(circumstance);
    if (open !== undefined) return circle(this.#effort.restOnOpen(open));
    const { left } = this.#effort;
    const floor = this.#floors.get(subject)?.get(circumstance);
    if (floor !== undefined && floor.cost > left) {
      this.#effort.ledger.rest(floor.reads);
      throw new Exhausted();
    }
    this.#open.set(subject, under);
    const entry = this.#effort.ledger.open();
    try {
      const { result, answer } = this.#effort.inside(passes, entry, (asked) => {
        under.set(circumstance, asked);
        return ask();
      });
      if (answer !== undefined) this.#remember(subject, circumstance, answer);
      return result;
    } catch (error) {
      const reads = this.#effort.ledger.close(entry);
      if (error instanceof Exhausted) this.#giveUp(subject, circumstance, left - this.#effort.left, reads);
      throw error;
    } finally {
      under.delete(circumstance);
      if (under.size === 0) this.#open.delete(subject);
    }
  }

  #giveUp(subject: object, circumstance: unknown, cost: number, reads: Reads): void {
    const floors = this.#floors.get(subject) ?? new Map<unknown, Floor>();
    const known = floors.get(circumstance);
    if (known === undefined || known.cost < cost) floors.set(circumstance, { cost, reads });
    this.#floors.set(subject, floors);
  }

  #remember(subject: object, circumstance: unknown, answer: Answer<Result>): void {
    const answers = this.#answers.get(subject) ?? new Map<unknown, Answer<Result>>();
    answers.set(circumstance, answer);
    this.#answers.set(subject, answers);
  }
}
