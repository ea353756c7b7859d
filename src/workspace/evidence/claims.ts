import { not, truth, type Answer, type Value } from "./value.js";

/** A test's claim about the status of an answer. */
export interface Claim {
  readonly answer: Answer;
  /** The statuses with which the test passes. */
  readonly accepts: ReadonlySet<number>;
}

/** Final ones: a test sees no other. */
const STATUSES: readonly number[] = Array.from({ length: 400 }, (_, at) => at + 200);

/** Notes what the test that is being read claims. */
export class Claims {
  #current: Map<Answer, ReadonlySet<number>> | undefined;
  #isDeaf = false;

  /** Whether a test is being read. */
  get isOpen(): boolean {
    return this.#current !== undefined;
  }

  /** Notes that the test fails unless a value is true. */
  add(value: Value): void {
    if (value.kind !== "depends" || this.#current === undefined || this.#isDeaf) return;
    const accepts = STATUSES.filter((status) => truth(value.of(status)) !== false);
    const known = this.#current.get(value.on);
    this.#current.set(value.on, new Set(known === undefined ? accepts : accepts.filter((status) => known.has(status))));
  }

  /** Notes that the test fails where a value is true. */
  deny(value: Value): void {
    this.add(not(value));
  }

  /** Forgets everything: the test takes itself out. */
  clear(): void {
    this.#current?.clear();
  }

  /** Reads one test. */
  of(read: () => void): readonly Claim[] {
    const outer = this.#current;
    const own = new Map<Answer, ReadonlySet<number>>();
    this.#current = own;
    read();
    this.#current = outer;
    return [...own].map(([answer, accepts]) => ({ answer, accepts }));
  }

  /** Reads code that is no part of a test. */
  aside<T>(read: () => T): T {
    const outer = this.#current;
    this.#current = undefined;
    const value = read();
    this.#current = outer;
    return value;
  }

  /** Reads code whose failures nobody hears of. */
  unheard<T>(read: () => T): T {
    const outer = this.#isDeaf;
    this.#isDeaf = true;
    const value = read();
    this.#isDeaf = outer;
    return value;
  }
}
