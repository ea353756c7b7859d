import type { Expression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Workspace } from "../workspace.js";
import { grammar } from "./assertions.js";
import { Claims, type Claim } from "./claims.js";
import type { Reading } from "./expectations.js";
import { evaluate } from "./expressions.js";
import { Failures } from "./failures.js";
import { memberOf } from "./library.js";
import { exportedFrom } from "./names.js";
import { runAll } from "./statements.js";
import { NOTHING, UNKNOWN, type Scope, type Value } from "./value.js";

/** What reading tests asks of the workspace. */
export type Ground = Pick<Workspace, "source" | "body" | "resolve" | "exported" | "isTest">;

/** One test of a file, with what it claims. */
export interface TestRun {
  readonly only: boolean;
  readonly claims: readonly Claim[];
}

/** How a test or suite stands among others. */
interface Standing {
  readonly dead: boolean;
  readonly only: boolean;
}

const MAX_STEPS = 400_000;
const MAX_DEPTH = 60;
/** Steps that looking into code that is no test may take. */
const MAX_GLANCE = 4_000;

/**
 * Reads test code as it would run: the module registers tests, tables are gone through row by row, helpers are entered, and each test's
 * requests and claims are noted.
 *
 * @remarks Bounded, and without what only the run knows: a status is a name for every status, and a test claims those with which it passes.
 * What each kind of code does stands in the files beside this one; here is what all of them share.
 */
export class TestReader implements Reading {
  readonly ground: Ground;
  readonly claims = new Claims();
  readonly failures: Failures;
  /** A double stands in the place of `fetch`. */
  isFetchDouble = false;
  /** Modules in whose place doubles stand. */
  readonly doubledModules = new Set<Path>();
  /** Methods in whose place doubles stand while a test runs. */
  doubledMethods: ReadonlySet<string> = new Set();
  /** Code that is no test is looked into. */
  isGlancing = false;
  readonly #modules = new Map<Path, Scope>();
  readonly #runs: TestRun[] = [];
  #standing: Standing = { dead: false, only: false };
  #steps = 0;
  #limit = MAX_STEPS;
  #depth = 0;

  constructor(ground: Ground) {
    this.ground = ground;
    this.failures = new Failures(ground);
  }

  /** The tests of a file that run. */
  tests(file: Path): readonly TestRun[] {
    const body = this.ground.body(file)?.functions[0]?.body;
    if (body !== undefined) runAll(this, body, this.module(file));
    const isLimited = this.#runs.some(({ only }) => only);
    return this.#runs.filter(({ only }) => only || !isLimited);
  }

  /** Counts one more step; false when there have been too many. */
  step(): boolean {
    this.#steps += 1;
    return this.#steps < this.#limit;
  }

  /** The names of a module's own code. */
  module(file: Path): Scope {
    const known = this.#modules.get(file);
    if (known !== undefined) return known;
    const scope: Scope = { file, function: 0, passed: [], cells: new Map(), rows: new Map() };
    this.#modules.set(file, scope);
    return scope;
  }

  evaluate(node: Expression, scope: Scope): Value {
    return this.step() ? evaluate(this, node, scope) : UNKNOWN;
  }

  /** A member of a value. */
  member(of: Value, key: string): Value {
    if (of.kind === "module") return exportedFrom(this, of.file, key);
    return of.kind === "expectation" ? grammar(this, of, key) : memberOf(of, key);
  }

  /** Runs a function. */
  call(fn: Value, passed: readonly Value[], self?: Value): Value {
    if (fn.kind !== "function" || this.#depth > MAX_DEPTH) return UNKNOWN;
    const fact = this.ground.body(fn.file)?.functions[fn.function];
    if (fact === undefined) return UNKNOWN;
    const own = self ?? fn.self;
    const scope: Scope = { file: fn.file, function: fn.function, passed, outer: fn.scope, cells: new Map(), rows: new Map(), ...(own !== undefined && { self: own }) };
    this.#depth += 1;
    const value = runAll(this, fact.body, scope);
    this.#depth -= 1;
    // A rejected promise that nobody waits for stops nothing; who awaits one gets no further.
    return value ?? NOTHING;
  }

  /** Runs a function of code that is no test, and not for long. */
  glance(fn: Value, passed: readonly Value[]): Value {
    const [limit, isGlancing] = [this.#limit, this.isGlancing];
    this.isGlancing = true;
    this.#limit = Math.min(limit, this.#steps + MAX_GLANCE);
    const value = this.claims.aside(() => this.call(fn, passed));
    [this.#limit, this.isGlancing] = [limit, isGlancing];
    return value;
  }

  /** Runs a test, or the suite around some. */
  register(role: "test" | "suite", fn: Value, row: readonly Value[], { dead, only }: Standing): void {
    const outer = this.#standing;
    if (dead || outer.dead || this.isGlancing) return;
    this.#standing = { dead: false, only: only || outer.only };
    if (role === "suite") this.call(fn, row);
    else {
      const { doubledMethods } = this;
      const claims = this.claims.of(() => this.call(fn, [...row, { kind: "native", name: "test context" }]));
      this.doubledMethods = doubledMethods;
      this.#runs.push({ only: this.#standing.only, claims });
    }
    this.#standing = outer;
  }
}
