import type { Expression, FunctionFact, FunctionId, ModuleBody, Statement } from "../../facts/expression.js";
import type { SourceFacts } from "../../facts/facts.js";
import type { Path } from "../../files/path.js";
import type { Exported, Located, Resolution, Value } from "../workspace.js";
import type { Claim } from "./claims.js";
import { split } from "./decisions.js";
import { evaluate } from "./expressions.js";
import { elementOf, memberOfValue, textsOf } from "./members.js";
import { scopeOfFrame } from "./names.js";
import { compared } from "./operators.js";
import type { Route } from "./paths.js";
import { awaited } from "./promises.js";
import type { Ran } from "./reuse.js";
import { callValue, isTrustedName, runCallbacks, start, unknownCall } from "./runs.js";
import type { Ends } from "./ends.js";
import type { Scope } from "./scope.js";
import { State } from "./state.js";
import { runAll } from "./statements.js";
import { label, labelsOf, lazily, some, type AbstractValue } from "./values.js";

/** What running code on paper asks of the workspace. */
export interface GuardAsk {
  body(path: Path): ModuleBody | undefined;
  source(path: Path): SourceFacts | undefined;
  resolve(from: Path, specifier: string): Resolution;
  exported(file: Path, name: string): Exported;
  callersOf(file: Path, fn: number): readonly Located[];
  valueOf(at: Located): Value;
  isTest(path: Path): boolean;
}

/** What is to be shown of the code: that it compares a signature, or that it asks who is calling. */
export type Mode = "signature" | "gate";

/** What a machine is told. */
export interface MachineOptions {
  readonly mode: Mode;
  /** `name` or `module#name`. */
  readonly trusted: readonly string[];
  /** Where the manifest stands: what its `inngest` gives answers the runtime. */
  readonly manifest: Path | undefined;
  /** Where the requests go that are judged; absent for a function by itself. */
  readonly route?: Route;
  /** The collections that files put something into, kept from one mount to the next. */
  readonly setsByFile: Map<Path, ReadonlySet<string>>;
}

/** A run of what is protected. */
export interface Reach {
  readonly what: "ingress" | "rpc" | "answer";
  readonly id: string;
  readonly at: Located;
  readonly claim: Claim;
}

const BUDGET = 20_000;
/** What looking up one thing that was made before may cost, and what of it counts. */
const ASIDE_BUDGET = 2_000;
const ASIDE_COST = 10;
/** Loops over longer lists are run as over any list. */
const MAX_ROWS = 8;

/** The code is too much to run on paper. */
export class Exhausted extends Error {}

/**
 * Runs code on paper: every way through it at once, each with what was decided on it.
 *
 * @remarks An abstract interpreter (Cousot and Cousot, 1977) whose values remember the decisions that they rest on. Ways are joined where
 * they meet; a decision survives where it holds on all of them. What each kind of code does stands in the files beside this one; here is
 * what all of them share.
 */
export class Machine {
  readonly ask: GuardAsk;
  readonly options: MachineOptions;
  readonly reaches: Reach[] = [];
  /** Comparisons of a signature, wherever they stand. */
  readonly comparisons: Located[] = [];
  /** Promises whose truth was asked instead of what they promise. */
  readonly unawaited: Located[] = [];
  /** Answers of 401, 403 or 404 before what is protected runs. */
  denials = 0;
  /** What continues to the handler, while a hook runs. */
  continued: Claim[] = [];
  /** What a hook has answered ends the request, returned or not. */
  endsOnReply = false;
  /** States at the places that may throw, for the innermost `try`. */
  throws: State[] | undefined;
  /** The functions that are running, innermost last. */
  stack: string[] = [];
  /** A request is being handled; else what was made before any came is looked up. */
  isLive = false;
  /** Runs of functions while a request is handled. */
  readonly live = new Set<string>();
  /** What names hold that no run has. */
  readonly outside = new Map<string, AbstractValue | "open">();
  readonly frames = new Map<number, Scope>();
  /** What caches hold. */
  readonly cells = new Map<string, AbstractValue>();
  cellsChanged = false;
  /** How often a cache was asked or told something. */
  cellsTouched = 0;
  /** Which turn of each loop around is running. */
  turns: readonly number[] = [];
  /** The elements that loops over lists of which each element is known are at. */
  readonly #rows = new Map<string, AbstractValue>();
  /** Runs that need no repetition, by their situation. */
  readonly ran = new Map<string, Ran>();
  #budget = BUDGET;
  #serial = 0;
  #isAside = false;

  constructor(ask: GuardAsk, options: MachineOptions) {
    this.ask = ask;
    this.options = options;
  }

  /** Counts one more step. */
  step(): void {
    this.#budget -= 1;
    if (this.#budget < 0) throw new Exhausted();
  }

  /** Begins a run that may take all its steps. */
  begin(): void {
    this.isLive = true;
    this.#isAside = false;
  }

  /** Runs one turn of a loop. */
  turn<T>(index: number, run: () => T): T {
    const before = this.turns;
    this.turns = [...before, index];
    try {
      return run();
    } finally {
      this.turns = before;
    }
  }

  /** The elements of a list, where it is known one by one what they are. */
  rowsOf({ alternatives }: AbstractValue): readonly AbstractValue[] | undefined {
    const [one, ...others] = alternatives;
    const isKnown = one?.form.kind === "list" && one.form.exact && others.length === 0 && one.form.items.length > 0 && one.form.items.length <= MAX_ROWS;
    return isKnown && one.form.kind === "list" ? one.form.items : undefined;
  }

  /** Says which element a loop is at. */
  atRow(each: Located, row: AbstractValue | undefined): void {
    if (row === undefined) this.#rows.delete(rowKey(each));
    else this.#rows.set(rowKey(each), row);
  }

  /** The element that the loop over a list is at. */
  rowOf(each: Located): AbstractValue | undefined {
    return this.#rows.get(rowKey(each));
  }

  refill(): void {
    this.#budget = BUDGET;
  }

  /** The value of an expression, read where nothing around it has run. */
  ambient(at: Located): AbstractValue {
    return this.aside(at, () => this.evaluate(at.expression, scopeOfFrame(this, at.frame?.kind === "call" ? at.frame : undefined), at.file, new State()));
  }

  /** Reads what was made before any request came: only what is asked for is found, and nothing else is run. */
  aside(at: Located, read: () => AbstractValue): AbstractValue {
    if (!this.isLive && this.#isAside) return read();
    const before = { isLive: this.isLive, isAside: this.#isAside, throws: this.throws, budget: this.#budget, stack: this.stack };
    this.isLive = false;
    this.#isAside = true;
    this.throws = undefined;
    this.stack = [];
    this.#budget = ASIDE_BUDGET;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Exhausted)) throw error;
      return some(at, label.other | label.unsure);
    } finally {
      this.isLive = before.isLive;
      this.#isAside = before.isAside;
      this.throws = before.throws;
      this.stack = before.stack;
      this.#budget = before.budget - ASIDE_COST;
    }
  }

  /** A part of what is read aside: found when it is asked for. */
  part(expression: Expression, scope: Scope | undefined, file: Path, state: State): AbstractValue {
    if (this.isLive || expression.kind === "string") return this.evaluate(expression, scope, file, state);
    return lazily(() => this.aside({ file, expression }, () => this.evaluate(expression, scope, file, state)));
  }

  fresh(): string {
    this.#serial += 1;
    return String(this.#serial);
  }

  site(at: Located, scope: Scope | undefined): string {
    return `${at.file}:${at.expression.span.join("-")}#${scope?.serial ?? ""}${this.turns.map((turn) => `@${String(turn)}`).join("")}`;
  }

  fact(file: Path, fn: FunctionId): FunctionFact | undefined {
    return this.ask.body(file)?.functions[fn];
  }

  /** Notes that what is protected runs here. */
  reach(what: Reach["what"], id: string, at: Located, state: State): AbstractValue {
    this.reaches.push({ what, id, at, claim: state.claim });
    state.reached = true;
    return some(at, label.answer);
  }

  /** Notes an answer of 401, 403 or 404. */
  deny(state: State): void {
    state.denied = true;
    if (!state.reached) this.denials += 1;
  }

  /** Notes that control may leave here. */
  mayThrow(state: State): void {
    if (this.throws !== undefined && !state.dead) this.throws.push(state.copy());
  }

  // What follows runs code, each kind in a file of its own; they reach each other through here.

  evaluate(node: Expression, scope: Scope | undefined, file: Path, state: State): AbstractValue {
    return evaluate(this, node, scope, file, state);
  }

  statements(list: readonly Statement[], scope: Scope, state: State, ends: Ends): void {
    runAll(this, list, scope, state, ends);
  }

  member(at: Located, object: AbstractValue, key: string | undefined, keys: readonly string[] | undefined, scope: Scope | undefined, state: State): AbstractValue {
    return memberOfValue(this, at, object, key, keys, scope, state);
  }

  elementOf(at: Located, list: AbstractValue, index: number | undefined): AbstractValue {
    return elementOf(at, list, index);
  }

  textsOf(at: Located): readonly string[] | undefined {
    return textsOf(this, at);
  }

  split(value: AbstractValue, at: Located, scope: Scope | undefined): { readonly yes: AbstractValue; readonly no: AbstractValue } {
    return split(this, value, at, scope);
  }

  compared(at: Located, scope: Scope | undefined, labels: number, equalIs = true): AbstractValue {
    return compared(this, at, scope, labels, equalIs);
  }

  /** What the policy trusts answers a truth, or a promise of one that is awaited. */
  trusted(at: Located, scope: Scope | undefined, passed: readonly AbstractValue[]): AbstractValue {
    return this.compared(at, scope, labelsOf(passed) & ~label.list);
  }

  isTrustedName(module: string, name: string): boolean {
    return isTrustedName(this, module, name);
  }

  start(at: Located, fn: AbstractValue, passed: readonly AbstractValue[], state: State): AbstractValue {
    return start(this, at, fn, passed, state);
  }

  call(at: Located, fn: AbstractValue, passed: readonly AbstractValue[], state: State, scope: Scope | undefined, self?: AbstractValue): AbstractValue {
    return callValue(this, at, fn, passed, state, scope, self);
  }

  unknownCall(at: Located, fn: AbstractValue, passed: readonly AbstractValue[], state: State, scope: Scope | undefined): AbstractValue {
    return unknownCall(this, at, fn, passed, state, scope);
  }

  runCallbacks(at: Located, value: AbstractValue, passed: readonly AbstractValue[], state: State, scope: Scope | undefined, always = false): AbstractValue | undefined {
    return runCallbacks(this, at, value, passed, state, scope, always);
  }

  await(value: AbstractValue, state: State): AbstractValue {
    return awaited(this, value, state);
  }
}

function rowKey({ file, expression }: Located): string {
  return `${file}:${expression.span.join("-")}`;
}
