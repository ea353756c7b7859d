import type { Cursor } from "../facts/cursor.js";
import type { ExpressionCursor } from "./module-index.js";
import { intoSelf } from "./follow/arguments.js";
import { isStatic, step } from "./follow/step.js";
import { Trace, type Flow } from "./follow/trace.js";
import type { Uses } from "./uses.js";
import type { Evaluation } from "./values/evaluation.js";
import type { ClosureForm } from "./values/form.js";
import type { Located } from "./workspace.js";

/**
 * Follows a value forward from where it is made: through names, imports and exports, arguments of known functions, returns, members of
 * objects and elements of arrays.
 *
 * @param ev answers what is called and which keys are read
 * @param made the expression that makes the value: a function, class, object or array literal, or a construction
 */
export function follow(ev: Evaluation, made: Located): Uses {
  const index = ev.index(made.file);
  const places = index?.occurrences(made.expression) ?? [];
  const trace = new Trace(ev, made, places.some(isFrozen));
  const { whole } = trace;
  if (index !== undefined) {
    const { expression } = made;
    trace.visitAll(index, places, whole);
    if (expression.kind === "object") trace.visitAll(index, index.selves(expression), whole);
    if (expression.kind === "new") {
      for (const { form } of ev.evaluate({ file: made.file, expression: expression.callee }).values) {
        const module = form.kind === "class" ? ev.index(form.file) : undefined;
        if (form.kind === "class" && module !== undefined) trace.visitAll(module, module.selves(form.fact).filter((self) => !isStatic(module, self)), whole);
      }
    }
    if (expression.kind === "class") {
      trace.visitAll(index, index.selves(expression.class).filter((self) => isStatic(index, self)), whole);
      // A declared class stands in no expression.
      for (const binding of index.namesOf(expression)) trace.names(index, binding, whole);
    }
  }
  return trace.run(
    (flow) => {
      step(trace, flow);
    },
    (flow, key) => {
      enterOwn(trace, flow, key);
    },
  );
}

/** Looks into functions that are not written in the value itself and that are called on it: what is put under the key. */
function enterOwn(trace: Trace, flow: Flow, key: string): void {
  const { file, expression } = trace.made;
  if (expression.kind !== "object") return;
  const values: Located[] = [];
  for (const entry of expression.entries) {
    if (entry.kind === "spread") {
      // A method of another object may write into this one.
      for (const method of methodsIn(trace, { file, expression: entry.value }, key)) intoSelf(trace, method, trace.whole);
    } else if (entry.value.kind !== "function" && trace.keys(flow, entry.key).includes(key)) values.push({ file, expression: entry.value });
  }
  for (const write of trace.writes) if (write.kind === "set" && write.value.expression.kind === "assign") values.push({ file: write.value.file, expression: write.value.expression.value });
  for (const value of values) {
    const outcome = trace.ev.evaluate(value);
    for (const { form } of outcome.values) if (form.kind === "closure" && form.self === undefined) intoSelf(trace, form, trace.whole);
    if (outcome.gap !== undefined && outcome.values.length === 0 && value.expression.kind === "reference") trace.lose(flow, "an unknown function is called on it");
  }
}

function methodsIn(trace: Trace, at: Located, key: string): readonly Pick<ClosureForm, "file" | "function">[] {
  return trace.ev.evaluate(at).values.flatMap((possible) => (possible.form.kind === "object" ? trace.ev.member(at, possible, key).values.flatMap(({ form }) => (form.kind === "closure" ? [form] : [])) : []));
}

/** Whether a literal is declared constant (`as const`, also around it) or frozen where it is made. */
function isFrozen(place: ExpressionCursor): boolean {
  for (let at: Cursor | undefined = place.parent; at?.of === "expression"; at = at.parent) {
    const { node } = at;
    if (node.kind === "typed" && node.how === "const") return true;
    if (node.kind === "call") {
      const { callee } = node;
      return at === place.parent && callee.kind === "member" && callee.object.kind === "global" && callee.object.name === "Object" && callee.key.kind === "string" && callee.key.value === "freeze";
    }
    if (node.kind !== "typed" && node.kind !== "object" && node.kind !== "array") return false;
  }
  return false;
}
