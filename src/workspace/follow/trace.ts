import type { Expression } from "../../facts/expression.js";
import { arrivalsOf } from "../imported-names.js";
import type { ExpressionCursor, ModuleIndex } from "../module-index.js";
import type { Blame, Callback, Invocation, Subclass, Uses, Write } from "../uses.js";
import type { Evaluation } from "../values/evaluation.js";
import { keyText } from "../values/objects.js";
import type { Located } from "../workspace.js";
import { ANY, KeyPath } from "./key-path.js";

const MAX_LENGTH = 6;
const MAX_PLACES = 3000;
/** What looking at a place costs, against an answer. */
const PLACE_COST = 0.05;

/** A value, or what holds it, at a place on its way. */
export interface Flow {
  readonly index: ModuleIndex;
  readonly cursor: ExpressionCursor;
  /** Keys from what stands here to the value. */
  readonly path: KeyPath;
}

/** Where a value has been seen so far, and the places still to look at. */
export class Trace {
  readonly ev: Evaluation;
  readonly made: Located;
  /** The path of the value itself. */
  readonly whole = new KeyPath();
  readonly invocations: Invocation[] = [];
  readonly callbacks: Callback[] = [];
  readonly writes: Write[] = [];
  readonly subclasses: Subclass[] = [];
  #escape: Blame | undefined;
  #doubt: Blame | undefined;
  readonly #frozen: boolean;
  readonly #seen = new Map<ExpressionCursor, Set<KeyPath>>();
  readonly #reported = new Set<string>();
  readonly #waiting: Flow[] = [];
  readonly #ownCalls: { readonly flow: Flow; readonly key: string }[] = [];
  /** Paths by which calls of the value return it. */
  readonly #returns: KeyPath[] = [];

  /** @param frozen nobody is taken to write into the value */
  constructor(ev: Evaluation, made: Located, frozen: boolean) {
    this.ev = ev;
    this.made = made;
    this.#frozen = frozen;
  }

  /** Notes that a property of the value is called: what `this` is there is known when all that is put under the key is. */
  callsOwn(flow: Flow, key: string): void {
    this.#ownCalls.push({ flow, key });
  }

  /**
   * Takes one step after the other until there is nowhere left to look.
   *
   * @param step looks where a value goes from one place
   * @param enter looks into a function that is called on the value
   */
  run(step: (flow: Flow) => void, enter: (flow: Flow, key: string) => void): Uses {
    let entered = 0;
    for (let next = 0; next < this.#waiting.length || entered < this.#ownCalls.length; next += 1) {
      const flow = this.#waiting[next];
      if (flow === undefined) {
        for (; entered < this.#ownCalls.length; entered += 1) {
          const call = this.#ownCalls[entered];
          if (call !== undefined) enter(call.flow, call.key);
        }
        next -= 1;
        continue;
      }
      if (next > MAX_PLACES) {
        this.lose(flow, "it goes to too many places");
        break;
      }
      this.ev.effort.spend(PLACE_COST);
      step(flow);
    }
    return {
      invocations: this.invocations,
      callbacks: this.callbacks,
      writes: this.writes,
      subclasses: this.subclasses,
      ...(this.#escape !== undefined && { escape: this.#escape }),
      ...(this.#doubt !== undefined && { doubt: this.#doubt }),
    };
  }

  visit(index: ModuleIndex, cursor: ExpressionCursor, path: KeyPath): void {
    const seen = this.#seen.get(cursor);
    if (seen?.has(path) === true) return;
    if (seen === undefined) this.#seen.set(cursor, new Set([path]));
    else seen.add(path);
    if (path.length > MAX_LENGTH) this.lose({ index, cursor, path }, "it lies too deep in other values");
    else this.#waiting.push({ index, cursor, path });
  }

  visitAll(index: ModuleIndex, cursors: Iterable<ExpressionCursor>, path: KeyPath): void {
    for (const cursor of cursors) this.visit(index, cursor, path);
  }

  /** Everywhere an expression of a file stands. */
  visitAt({ file, expression }: Located, path: KeyPath): void {
    const index = this.ev.index(file);
    if (index !== undefined) this.visitAll(index, index.occurrences(expression), path);
  }

  /** Everywhere a name's value arrives. */
  names(index: ModuleIndex, binding: number, path: KeyPath): void {
    this.visitAll(index, index.references(binding), path);
    for (const arrival of arrivalsOf(this.ev, index.file, binding)) {
      const module = this.ev.index(arrival.file);
      if (module !== undefined) this.visit(module, arrival.cursor, arrival.path.reduceRight((inner, key) => inner.under(key), path));
    }
  }

  /** A call of the value returns what holds it: to the calls found so far, and those to come. */
  returnsSelf(path: KeyPath): void {
    this.#returns.push(path);
    for (const { at } of this.invocations) this.visitAt(at, path);
  }

  invoked(invocation: Invocation): void {
    if (!this.#isNew("call", invocation.at)) return;
    this.invocations.push(invocation);
    for (const path of this.#returns) this.visitAt(invocation.at, path);
  }

  calledBack(callback: Callback): void {
    if (this.#isNew("callback", callback.at)) this.callbacks.push(callback);
  }

  wrote(write: Write): void {
    if (this.#isNew(write.kind, write.at)) this.writes.push(write);
  }

  /** It goes to code outside the workspace: that is taken to call what it gets, and not to write into it. */
  leaves({ index, cursor }: Flow, reason: string): void {
    this.#escape ??= { at: { file: index.file, expression: cursor.node }, reason };
  }

  /** It is lost inside the workspace: any code might call it or write into it. */
  lose(flow: Flow, reason: string): void {
    this.leaves(flow, reason);
    if (!this.#frozen) this.#doubt ??= { at: { file: flow.index.file, expression: flow.cursor.node }, reason };
  }

  /** The names that a key can be; any when that is not known. */
  keys({ index }: Flow, key: Expression): readonly string[] {
    if (key.kind === "string") return [key.value];
    const outcome = this.ev.evaluate({ file: index.file, expression: key });
    return outcome.gap === undefined ? outcome.values.map((possible) => keyText(possible) ?? ANY) : [ANY];
  }

  #isNew(kind: string, { file, expression }: Located): boolean {
    const place = `${kind} ${file} ${expression.kind} ${expression.span[0]}:${expression.span[1]}`;
    if (this.#reported.has(place)) return false;
    this.#reported.add(place);
    return true;
  }
}
