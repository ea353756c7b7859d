import type { Effort } from "./table.js";
import { valueFrom } from "./values/constants.js";
import type { Evaluation } from "./values/evaluation.js";
import type { Located, Value } from "./workspace.js";

/** Answers what expressions can be, each once. */
export type ValueQuestion = (at: Located) => Value;

/**
 * Makes the question "what can this expression be?".
 *
 * Work is bounded: what costs more than its budget is unprovable.
 */
export function valueOf(ev: Evaluation, effort: Effort, budget?: number): ValueQuestion {
  const tooMuch = (at: Located): Value => {
    const reason = "finding out what it is takes too long";
    return { kind: "unprovable", at: { file: at.file, span: at.expression.span, note: reason }, reason, steps: [], partial: [] };
  };
  return (at) => effort.root(() => valueFrom(ev, at, ev.evaluate(at)), () => tooMuch(at), budget);
}
