import type { Expression, Statement } from "../../facts/expression.js";
import type { Located } from "../workspace.js";
import type { Evaluation } from "./evaluation.js";
import type { Items } from "./form.js";
import type { CallFrame } from "./frame.js";
import { areSame, truthOfAll } from "./operators.js";
import { blocked, constant, union, type Outcome } from "./outcome.js";

/** What a function returns in one call: the values of all `return`s that its branches allow. */
export function returnedBy(ev: Evaluation, at: Located, frame: CallFrame): Outcome {
  const fact = ev.index(frame.file)?.body.functions[frame.function];
  if (fact === undefined) return blocked(at, "the function is not found");
  const run = new Run(ev, frame);
  const falls = run.list(fact.body);
  const outcomes: Outcome[] = falls || run.empty ? [constant(undefined)] : [];
  for (const value of run.returns) {
    const outcome = ev.evaluate({ file: frame.file, expression: value, frame });
    outcomes.push(outcome);
    // It is not proven, whatever else the function returns.
    if (outcome.gap !== undefined) break;
  }
  return union(at, outcomes);
}

/** What a generator yields in one call; exactly that when nothing but `yield`s one after the other can run. */
export function yieldedBy(ev: Evaluation, frame: CallFrame): Items | undefined {
  const index = ev.index(frame.file);
  if (index === undefined) return undefined;
  const yields = index.all.filter((cursor) => cursor.node.kind === "yield" && cursor.function === frame.function);
  const items: Located[] = [];
  for (const { node, parent } of yields) {
    // `yield*` cannot be told from `yield`, and the value of a `yield` is whatever `next` gets.
    if (node.kind !== "yield" || node.operand === undefined || parent?.of !== "statement") return undefined;
    items.push({ file: frame.file, expression: node.operand, frame });
  }
  const body = index.body.functions[frame.function]?.body ?? [];
  const exact = yields.every(({ parent }) => parent?.of === "statement" && body.includes(parent.node)) && body.every((statement) => statement.kind === "expression" || statement.kind === "declare");
  return { items, exact };
}

interface Jump {
  readonly label: string | undefined;
  readonly loop: boolean;
  broken: boolean;
}

/** Runs statements for their jumps only; each method tells whether the code behind can be reached. */
class Run {
  readonly returns: Expression[] = [];
  /** A `return` without value. */
  empty = false;
  readonly #ev: Evaluation;
  readonly #frame: CallFrame;
  readonly #jumps: Jump[] = [];

  constructor(ev: Evaluation, frame: CallFrame) {
    this.#ev = ev;
    this.#frame = frame;
  }

  list(statements: readonly Statement[]): boolean {
    return statements.every((statement) => this.#statement(statement));
  }

  #statement(node: Statement): boolean {
    switch (node.kind) {
      case "return":
        if (node.value === undefined) this.empty = true;
        else this.returns.push(node.value);
        return false;
      case "throw":
        return false;
      case "if": {
        const truth = truthOfAll(this.#evaluate(node.test));
        const then = truth !== false && this.list(node.then);
        const otherwise = truth !== true && this.list(node.else);
        return then || otherwise;
      }
      case "loop":
        return this.#loop(node);
      case "switch":
        return this.#switch(node);
      case "try": {
        const end = this.list(node.block);
        const handled = node.handler !== undefined && this.list(node.handler);
        const finished = node.finalizer === undefined || this.list(node.finalizer);
        return (end || handled) && finished;
      }
      case "block":
        return this.#breakable(node.label, false, () => this.list(node.body));
      case "break":
      case "continue": {
        const target = this.#jumps.findLast((jump) => (node.label === undefined ? node.kind === "break" || jump.loop : jump.label === node.label));
        if (target !== undefined && node.kind === "break") target.broken = true;
        return false;
      }
      default:
        return true;
    }
  }

  #breakable(label: string | undefined, loop: boolean, run: () => boolean): boolean {
    const jump: Jump = { label, loop, broken: false };
    this.#jumps.push(jump);
    const end = run();
    this.#jumps.pop();
    return end || jump.broken;
  }

  #loop(node: Extract<Statement, { kind: "loop" }>): boolean {
    // `for (;;)` never ends by itself; how often `for…of` runs is not asked.
    const endless = node.each === undefined ? true : undefined;
    const truth = node.test === undefined ? endless : truthOfAll(this.#evaluate(node.test));
    if (truth === false && !node.once) return true;
    return this.#breakable(node.label, true, () => {
      this.list(node.body);
      return truth !== true;
    });
  }

  #switch(node: Extract<Statement, { kind: "switch" }>): boolean {
    const starts = this.#starts(node);
    return this.#breakable(undefined, false, () => {
      let falls = starts.has(node.cases.length);
      for (const start of starts) {
        if (start < node.cases.length && this.list(node.cases.slice(start).flatMap((one) => one.body))) falls = true;
      }
      return falls;
    });
  }

  /** The cases that can be chosen; their number for none. */
  #starts(node: Extract<Statement, { kind: "switch" }>): ReadonlySet<number> {
    const on = this.#evaluate(node.on);
    const otherwise = node.cases.findIndex((one) => one.test === undefined);
    const none = otherwise < 0 ? node.cases.length : otherwise;
    const every = new Set([...node.cases.keys(), none]);
    if (on.gap !== undefined) return every;
    const starts = new Set<number>();
    for (const value of on.values) {
      let matched = false;
      for (const [position, { test }] of node.cases.entries()) {
        if (test === undefined) continue;
        const { values, gap } = this.#evaluate(test);
        const answers = values.map(({ form }) => areSame(form, value.form));
        if (gap !== undefined || answers.some((answer) => answer !== false)) starts.add(position);
        matched ||= gap === undefined && answers.length > 0 && answers.every((answer) => answer === true);
        if (matched) break;
      }
      if (!matched) starts.add(none);
    }
    return starts;
  }

  #evaluate(expression: Expression): Outcome {
    return this.#ev.test({ file: this.#frame.file, expression, frame: this.#frame });
  }
}

