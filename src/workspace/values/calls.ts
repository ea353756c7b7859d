import type { Expression } from "../../facts/expression.js";
import type { Located } from "../workspace.js";
import { arrayMethod } from "./array-methods.js";
import { arrayOf, listOf, writtenItems } from "./arrays.js";
import { builtinCall, builtinConstruction } from "./builtins.js";
import { collectionMethod } from "./collections.js";
import { inside, passedBy, type Evaluation } from "./evaluation.js";
import type { ClosureForm } from "./form.js";
import { callFrame, type FrameArgument } from "./frame.js";
import { isSuperRead, shortCircuits } from "./members.js";
import { requiredModule } from "./names.js";
import { keyText, objectOf, ShapeBuilder, writtenShape } from "./objects.js";
import { isNullish, textOf } from "./operators.js";
import { blocked, constant, each, NEVER, only, open, via, withGap, type Outcome, type Possible } from "./outcome.js";
import { promiseMethod, promiseOf } from "./promises.js";
import { returnedBy, yieldedBy } from "./returns.js";
import { primitiveMethod } from "./text-methods.js";

type Call = Extract<Expression, { kind: "call" }>;

/** How deep calls may nest. */
const MAX_CALLS = 24;

/** What a call gives. */
export function callValue(ev: Evaluation, at: Located, node: Call): Outcome {
  const { callee } = node;
  const passed = passedBy(at, node.arguments);
  if (callee.kind === "global" && callee.name === "require") {
    const [specifier] = passed;
    return specifier === undefined ? blocked(at, "`require` gets no specifier") : requiredModule(ev, at, ev.evaluate(specifier.at));
  }
  if (callee.kind !== "member") return each(at, ev.evaluate(inside(at, callee)), (fn) => callOf(ev, at, node, fn, passed));
  if (isSuperRead(callee)) return each(at, ev.evaluate(inside(at, callee)), (fn) => callOf(ev, at, node, fn, passed));
  const keys = ev.evaluate(inside(at, callee.key));
  const receivers = ev.evaluate(inside(at, callee.object));
  return each(at, receivers, (receiver) => {
    if (isNullish(receiver)) return shortCircuits(callee) ? constant(undefined) : NEVER;
    const self: Located = receivers.values.length === 1 ? inside(at, callee.object) : { file: at.file, expression: callee.object, frame: { kind: "pinned", read: () => ({ values: [receiver] }) } };
    return each(at, keys, (key) => {
      const name = keyText(key);
      const fn = name === undefined ? blocked(inside(at, callee.key), "the method is not known") : ev.member(inside(at, callee), receiver, name);
      return each(at, fn, (possible) => callOf(ev, at, node, possible, passed, self));
    });
  });
}

function callOf(ev: Evaluation, at: Located, node: Call, fn: Possible, passed: readonly FrameArgument[], self?: Located): Outcome {
  if (isNullish(fn)) return node.optional || shortCircuits(node.callee) ? constant(undefined) : NEVER;
  return ev.apply(at, fn, passed, self);
}

/** What `new` makes. */
export function constructed(ev: Evaluation, at: Located, node: Extract<Expression, { kind: "new" }>): Outcome {
  const callee = inside(at, node.callee);
  const passed = passedBy(at, node.arguments);
  return each(at, ev.evaluate(callee), (fn) => {
    const { form } = fn;
    if (form.kind === "class") return only({ kind: "instance", of: form, made: { at, arguments: passed } }, { from: [fn.trail] });
    if (form.kind === "builtin") return builtinConstruction(ev, at, form.name, passed);
    if (form.kind === "external") return blocked(at, `it is made by "${form.module}"`);
    return form.kind === "closure" ? blocked(at, "a function constructs it") : NEVER;
  });
}

/** Runs what is called. */
export function applied(ev: Evaluation, at: Located, fn: Possible, passed: readonly FrameArgument[], self: Located | undefined): Outcome {
  const { form } = fn;
  switch (form.kind) {
    case "closure":
      return closureCall(ev, at, form, passed, self);
    case "method":
      return methodCall(ev, at, form.of, form.name, passed);
    case "builtin":
      return builtinCall(ev, at, form.name, passed);
    case "external":
      return blocked(at, `"${form.module}" makes it`);
    default:
      // Nothing else can be called: the program throws.
      return NEVER;
  }
}

function closureCall(ev: Evaluation, at: Located, fn: ClosureForm, passed: readonly FrameArgument[], self: Located | undefined): Outcome {
  const fact = ev.index(fn.file)?.body.functions[fn.function];
  if (fact === undefined) return blocked(at, "the function is not found");
  if ((callFrame(at)?.depth ?? 0) > MAX_CALLS) return open(at, "calls nest too deep");
  const dead = fact.generator ? undefined : ev.deadEnd(fn);
  if (dead !== undefined) return { values: [], gap: dead };
  const frame = ev.enter(at, fn, [...(fn.bound ?? []), ...passed], fn.self ?? self);
  if (fact.generator) {
    if (fact.async) return blocked(at, "an async generator makes it");
    const items = yieldedBy(ev, frame);
    return items === undefined ? blocked(at, "a generator makes it") : only({ kind: "iterator", items: () => items });
  }
  const note = `\`${fact.name ?? "a function"}\` returns it`;
  if (!fact.async) return via(fn.file, fact.span, note, returnedBy(ev, at, frame));
  return only(promiseOf(ev, at, () => via(fn.file, fact.span, note, each(at, returnedBy(ev, at, frame), (value) => (value.form.kind === "promise" ? ev.evaluate(value.form.of) : { values: [value] })))));
}

/** A standard method of a value. */
function methodCall(ev: Evaluation, at: Located, of: Possible, name: string, passed: readonly FrameArgument[]): Outcome {
  const { form } = of;
  if (name === "call" || name === "apply" || name === "bind") return functionMethod(ev, at, of, name, passed);
  switch (form.kind) {
    case "primitive":
      return form.value === null || form.value === undefined ? NEVER : primitiveMethod(ev, at, of, form.value, name, passed);
    case "array":
      return arrayMethod(ev, at, form, name, passed);
    case "map":
    case "set":
      return collectionMethod(ev, at, of, form, name, passed);
    case "promise":
      return promiseMethod(ev, at, of, name, passed);
    case "url":
      return name === "toString" || name === "toJSON" ? constant(form.href) : blocked(at, `\`${name}\` is not evaluated`);
    case "regex":
      return name === "toString" ? textOf(ev, at, of) : blocked(at, `\`${name}\` is not evaluated`);
    case "iterator":
      return name === "toArray" ? only(arrayOf(form.items().items, form.items().exact, form.items().gap)) : blocked(at, `\`${name}\` is not evaluated`);
    default:
      return blocked(at, `\`${name}\` is not evaluated`);
  }
}

function functionMethod(ev: Evaluation, at: Located, of: Possible, name: "call" | "apply" | "bind", passed: readonly FrameArgument[]): Outcome {
  const [self, ...rest] = passed;
  if (self?.spread === true) return blocked(at, "what it is called with is not known");
  if (name === "call") return ev.apply(at, of, rest, self?.at);
  if (name === "bind") {
    if (of.form.kind !== "closure") return blocked(at, "what it binds is not evaluated");
    return only({ ...of.form, bound: [...(of.form.bound ?? []), ...rest], ...(self !== undefined && of.form.self === undefined && { self: self.at }) });
  }
  const [list] = rest;
  if (list === undefined) return ev.apply(at, of, [], self?.at);
  return each(at, ev.evaluate(list.at), (possible) => (listOf(at, possible) === undefined ? blocked(list.at, "what it is called with is not known") : ev.apply(at, of, [{ at: list.at, spread: true }], self?.at)));
}

/** Counts what is written later into what a call made. */
export function withLaterWrites(ev: Evaluation, at: Located, outcome: Outcome): Outcome {
  if (!outcome.values.some(({ form }) => (form.kind === "array" || form.kind === "object") && form.fresh === true)) return outcome;
  const uses = ev.usesOf(at);
  const isChanged = uses.writes.length > 0 || uses.doubt !== undefined;
  const values = outcome.values.map((possible): Possible => {
    const { form, trail } = possible;
    if (form.kind === "array" && form.fresh === true) {
      const items = isChanged ? writtenItems(ev, at, form.items()) : undefined;
      return { form: { kind: "array", items: items === undefined ? form.items : () => items }, trail };
    }
    if (form.kind === "object" && form.fresh === true) return { form: { kind: "object", shape: isChanged ? objectOf(() => writtenShape(ev, at, new ShapeBuilder(form.shape()))).shape : form.shape }, trail };
    return possible;
  });
  return withGap({ values }, outcome.gap);
}

