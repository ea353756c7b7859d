import type { Constant, Located, Step, Value } from "../workspace.js";
import type { Evaluation } from "./evaluation.js";
import { slotValue } from "./objects.js";
import { stepsOf, type Outcome, type Possible } from "./outcome.js";

/** An outcome as others see it: constants with their evidence, or what blocks the proof. */
export function valueFrom(ev: Evaluation, at: Located, outcome: Outcome): Value {
  const constants: Constant[] = [];
  let { gap } = outcome;
  for (const possible of outcome.values) {
    const constant = constantFrom(ev, at, possible);
    if (constant !== undefined) constants.push(constant);
    else gap ??= { at, reason: "it is no constant", trail: possible.trail };
  }
  if (gap === undefined && constants.length > 0) return { kind: "known", values: constants, steps: stepsOf(outcome.values.map(({ trail }) => trail)) };
  // A set without members: the code does not get here, as far as can be told. That proves nothing.
  const { at: place, reason, trail } = gap ?? { at, reason: "no value reaches it", trail: { from: [] } };
  const blocking: Step = { file: place.file, span: place.expression.span, note: reason };
  return { kind: "unprovable", at: blocking, reason, steps: stepsOf([trail]), partial: constants, ...(gap === undefined && { unreached: true }) };
}

function constantFrom(ev: Evaluation, at: Located, { form, trail }: Possible): Constant | undefined {
  const steps = stepsOf([trail]);
  switch (form.kind) {
    case "primitive":
      return { kind: "primitive", value: form.value, steps };
    case "closure":
      return { kind: "function", file: form.file, function: form.function, steps };
    case "array": {
      const { items, exact, gap } = form.items();
      return { kind: "array", items, complete: exact && gap === undefined, steps };
    }
    case "object": {
      const { slots, open } = form.shape();
      const members = new Map<string, Located>();
      for (const [key, slot] of slots) {
        const [only, other] = slot.alternatives;
        const isPlain = slot.certain && slot.gap === undefined && only !== undefined && other === undefined;
        members.set(key, isPlain ? only : ev.lazily(at, () => slotValue(ev, at, slot)));
      }
      return { kind: "object", members, complete: open === undefined && [...slots.values()].every((slot) => slot.certain), steps };
    }
    default:
      return undefined;
  }
}
