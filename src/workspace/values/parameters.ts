import type { Expression, FunctionId } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Callback, Uses } from "../uses.js";
import type { Located } from "../workspace.js";
import { elementsOf, itemValue, listOf } from "./arrays.js";
import { passedBy, type Evaluation } from "./evaluation.js";
import type { Items } from "./form.js";
import { callFrame, frameOf, type CallFrame, type FrameArgument } from "./frame.js";
import { blocked, constant, each, only, open, union, via, type Outcome, type Possible } from "./outcome.js";
import { awaited } from "./promises.js";

type Parameter = Extract<Expression, { kind: "parameter" }>;

/** Methods that pass an element of the receiver first, and then its index. */
const ELEMENT_FIRST: ReadonlySet<string> = new Set([
  "map", "forEach", "filter", "some", "every", "find", "findIndex", "findLast", "findLastIndex", "flatMap",
]);

/** What a parameter can stand for: the argument of the call that is being read, or those of every known call. */
export function parameterValue(ev: Evaluation, at: Located, node: Parameter): Outcome {
  if (ev.index(at.file)?.readsArguments(node.function) === true) return blocked(at, "`arguments` is read");
  const frame = frameOf(callFrame(at), at.file, node.function);
  if (frame?.isOpen === true) return open(at, "it is a parameter");
  if (frame !== undefined) return passedValue(ev, at, frame.arguments, node);
  const uses = usesOfFunction(ev, at.file, node.function);
  if (uses === undefined) return blocked(at, "who calls the function is not known");
  if (uses.escape !== undefined) return blocked(at, `who calls the function is not known: ${uses.escape.reason}`);
  // What tests pass says nothing about the product.
  const counts = (place: Located): boolean => ev.code.isTest(at.file) || !ev.code.isTest(place.file);
  const outcomes = [
    ...uses.invocations.filter((one) => counts(one.at)).map((one) => passedValue(ev, at, passedBy(one.at, one.arguments), node)),
    ...uses.callbacks.filter((one) => counts(one.at)).map((one) => callbackValue(ev, at, one, node)),
  ];
  return outcomes.length === 0 ? blocked(at, "no call of the function is known") : union(at, outcomes);
}

/** Where a function's value goes; a constructor goes where its class goes. */
export function usesOfFunction(ev: Evaluation, file: Path, fn: FunctionId): Uses | undefined {
  const index = ev.index(file);
  const [site] = index?.functionSites(fn) ?? [];
  if (site !== undefined) return ev.usesOf({ file, expression: site.node });
  const made = index?.classes.find((one) => one.node.constructorFunction === fn);
  const value = made === undefined ? undefined : (index?.classExpression(made.node) ?? undefined);
  return value === undefined ? undefined : ev.usesOf({ file, expression: value });
}

/** The n-th of the passed arguments, or all from there on. */
function passedValue(ev: Evaluation, at: Located, passed: readonly FrameArgument[], node: Pick<Parameter, "index" | "rest">): Outcome {
  if (node.rest) return only({ kind: "array", items: () => restItems(ev, passed, node.index) });
  let position = 0;
  for (const argument of passed) {
    if (!argument.spread) {
      if (position === node.index) return via(argument.at.file, argument.at.expression.span, "it is passed here", ev.evaluate(argument.at));
      position += 1;
      continue;
    }
    const lists = ev.evaluate(argument.at);
    const sizes = new Set<number>();
    const found: Outcome[] = [];
    for (const possible of lists.values) {
      const list = listOf(argument.at, possible);
      if (list === undefined || !list.exact || list.gap !== undefined) return blocked(argument.at, "how many arguments it spreads is not known");
      sizes.add(list.items.length);
      const item = list.items[node.index - position];
      if (item !== undefined) found.push(ev.evaluate(item));
    }
    const [size, otherSize] = sizes;
    if (size === undefined || otherSize !== undefined || lists.gap !== undefined) return blocked(argument.at, "how many arguments it spreads is not known");
    if (node.index < position + size) return union(at, found);
    position += size;
  }
  return constant(undefined);
}

function restItems(ev: Evaluation, passed: readonly FrameArgument[], from: number): Items {
  const items: Located[] = [];
  let exact = true;
  let gap: Items["gap"];
  for (const argument of passed) {
    if (!argument.spread) items.push(argument.at);
    else {
      const { values, gap: unknown } = ev.evaluate(argument.at);
      const lists = values.map((possible) => listOf(argument.at, possible));
      if (lists.length !== 1 || unknown !== undefined || lists[0]?.exact !== true) exact = false;
      for (const list of lists) {
        items.push(...(list?.items ?? []));
        gap ??= list === undefined ? blocked(argument.at, "what it spreads is not known").gap : list.gap;
      }
      gap ??= unknown;
    }
  }
  // Without knowing how many come before, any of them may be among the rest.
  const rest = exact ? items.slice(from) : items;
  return { items: rest, exact, ...(gap !== undefined && { gap }) };
}

/** What a standard method passes to its callback. */
function callbackValue(ev: Evaluation, at: Located, callback: Callback, node: Parameter): Outcome {
  const { receiver, method } = callback;
  if (node.rest) return blocked(at, `what \`${method}\` passes is not evaluated`);
  if (method === "then") return node.index === 0 ? each(at, ev.evaluate(receiver), (possible) => awaited(ev, at, possible)) : constant(undefined);
  const elementAt = ELEMENT_FIRST.has(method) ? 0 : method.startsWith("reduce") ? 1 : -1;
  const isElement = node.index === elementAt || ((method === "sort" || method === "toSorted") && node.index < 2);
  const received = ev.evaluate(receiver);
  if (method === "forEach" && node.index < 2 && received.values.some(({ form }) => form.kind === "map")) return each(at, received, (possible) => entryPart(ev, receiver, possible, 1 - node.index));
  if (isElement) return via(receiver.file, receiver.expression.span, "it is an element of this", elementsOf(ev, receiver, received));
  if (ELEMENT_FIRST.has(method) && node.index === 2) return received;
  return blocked(at, `what \`${method}\` passes here is not evaluated`);
}

/** Key (0) or value (1) of any entry of a map. */
function entryPart(ev: Evaluation, at: Located, possible: Possible, part: number): Outcome {
  return each(at, elementsOf(ev, at, { values: [possible] }), ({ form }) => (form.kind === "array" ? itemValue(ev, at, form.items(), part) : blocked(at, "an entry is not known")));
}

/** What `this` can stand for. */
export function selfValue(ev: Evaluation, at: Located): Outcome {
  const index = ev.index(at.file);
  const [place] = index?.occurrences(at.expression) ?? [];
  if (index === undefined || place === undefined) return blocked(at, "what `this` is is not known");
  for (let frame: CallFrame | undefined = callFrame(at); frame !== undefined; frame = frame.outer) {
    if (index.body.functions[frame.function]?.arrow === true) continue;
    if (frame.isOpen === true && frame.self === undefined) return open(at, "it is what a method is called on");
    return frame.self === undefined ? blocked(at, "what `this` is is not known") : ev.evaluate(frame.self);
  }
  const owner = index.ownerOfThis(place);
  if (owner === undefined) return blocked(at, "what `this` is is not known");
  if (owner.kind === "object") return ev.evaluate({ file: at.file, expression: owner.literal });
  const form = ev.classForm(at.file, owner.fact, undefined);
  return only(owner.static ? form : { kind: "instance", of: form });
}

