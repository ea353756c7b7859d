import type { Located } from "../workspace.js";
import type { Evaluation } from "./evaluation.js";
import type { Form, Items } from "./form.js";
import type { FrameArgument } from "./frame.js";
import { arrayOf } from "./arrays.js";
import { blocked, each, only, union, type Outcome, type Possible } from "./outcome.js";

/** What `await` makes of a value. */
export function awaited(ev: Evaluation, at: Located, possible: Possible): Outcome {
  const { form } = possible;
  if (form.kind === "promise") return each(at, ev.evaluate(form.of), (inner) => awaited(ev, at, inner));
  if (form.kind === "external") return { values: [possible] };
  // An object with a `then` of its own is awaited by calling it.
  if (form.kind === "instance") return each(at, ev.member(at, possible, "then"), (then) => (then.form.kind === "primitive" ? { values: [possible] } : blocked(at, "it has a `then` of its own")));
  return { values: [possible] };
}

/** A promise of what an outcome says. */
export function promiseOf(ev: Evaluation, at: Located, read: () => Outcome): Form {
  return { kind: "promise", of: ev.lazily(at, read) };
}

/** What a standard method of a promise returns. */
export function promiseMethod(ev: Evaluation, at: Located, of: Possible, name: string, passed: readonly FrameArgument[]): Outcome {
  const [first] = passed;
  const whole = (): Outcome => each(at, { values: [of] }, (possible) => awaited(ev, at, possible));
  if (name === "catch") {
    return only(promiseOf(ev, at, () => union(at, [whole(), blocked(at, "what it becomes after an error is not evaluated")])));
  }
  if (name === "finally" || (name === "then" && first === undefined)) return only(promiseOf(ev, at, whole));
  if (name !== "then" || first === undefined) return blocked(at, `\`${name}\` is not evaluated`);
  const next = (): Outcome =>
    each(at, whole(), (value) => {
      const passedOn: Located = { file: at.file, expression: at.expression, frame: { kind: "pinned", read: () => ({ values: [value] }) } };
      return each(at, ev.evaluate(first.at), (fn) => each(at, ev.apply(at, fn, [{ at: passedOn, spread: false }]), (result) => awaited(ev, at, result)));
    });
  return only(promiseOf(ev, at, next));
}

/** `Promise.all` of what is iterated. */
export function allOf(ev: Evaluation, at: Located, list: Items): Outcome {
  const items = list.items.map((item) => ev.lazily(at, () => each(at, ev.evaluate(item), (possible) => awaited(ev, at, possible))));
  return only(promiseOf(ev, at, () => only(arrayOf(items, list.exact, list.gap))));
}

