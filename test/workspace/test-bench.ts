/** An answer as tests see it. */
export interface Answer {
  readonly status: number;
}

interface Registered {
  readonly run: () => unknown;
  readonly hooks: readonly (() => unknown)[];
  readonly only: boolean;
}

/** What `it` or `describe` takes. */
type Block = ((title: string, run?: (...row: unknown[]) => unknown) => void) & Record<"skip" | "todo" | "only", (title: string, run?: () => unknown) => void> & {
  readonly each: (rows: readonly unknown[]) => (title: string, run: (...row: unknown[]) => unknown) => void;
};

/** Runs the code of a test file for real, with as much of a test tool as its tests need. */
export class Bench {
  readonly #registered: Registered[] = [];
  #hooks: readonly (() => unknown)[] = [];

  constructor(code: string, at: (path: string) => Promise<Answer>) {
    const beforeEach = (hook: () => unknown): void => {
      this.#hooks = [...this.#hooks, hook];
    };
    const suite = (run: () => unknown): void => {
      const outer = this.#hooks;
      run();
      this.#hooks = outer;
    };
    const test = (run: () => unknown, only: boolean): void => {
      this.#registered.push({ run, hooks: this.#hooks, only });
    };
    // The program is made by a test.
    const load = new Function("it", "describe", "beforeEach", "expect", "at", "console", code) as (...of: unknown[]) => void;
    load(blockOf(test), blockOf(suite), beforeEach, expectation, at, { warn: () => undefined });
  }

  /** Whether every test passes that runs. */
  async passes(): Promise<boolean> {
    const isLimited = this.#registered.some(({ only }) => only);
    for (const { run, hooks, only } of this.#registered) {
      if (isLimited && !only) continue;
      try {
        for (const hook of hooks) await hook();
        await run();
      } catch {
        return false;
      }
    }
    return true;
  }
}

function blockOf(register: (run: () => unknown, only: boolean) => void): Block {
  const block = (title: string, run?: (...row: unknown[]) => unknown): void => {
    if (run === undefined) throw new Error(`"${title}" has nothing to run`);
    register(run, false);
  };
  return Object.assign(block, {
    skip: () => undefined,
    todo: () => undefined,
    only: (_: string, run?: () => unknown) => {
      if (run !== undefined) register(run, true);
    },
    each: (rows: readonly unknown[]) => (_: string, run: (...row: unknown[]) => unknown) => {
      for (const row of rows) register(() => run(row), false);
    },
  });
}

/** `expect`, with the matchers that the tests use. */
function expectation(actual: unknown, isNegated = false): Record<string, unknown> {
  const must = (holds: boolean): void => {
    if (holds === isNegated) throw new Error("the expectation does not hold");
  };
  return {
    toBe: (wanted: unknown) => must(actual === wanted),
    toEqual: (wanted: unknown) => must(actual === wanted),
    toContain: (wanted: unknown) => must(Array.isArray(actual) && actual.includes(wanted)),
    ...(isNegated ? {} : { not: expectation(actual, true) }),
  };
}
