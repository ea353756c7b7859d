import type { Located } from "../workspace.js";
import { arrayOf, listOf } from "./arrays.js";
import { mapped } from "./array-methods.js";
import { collection } from "./collections.js";
import { gapAt, type Evaluation } from "./evaluation.js";
import type { Items, Shape } from "./form.js";
import type { FrameArgument } from "./frame.js";
import { jsonText, jsonValueOf } from "./json.js";
import { constantAt, keyText, objectOf, orderedKeys, ownShape, ShapeBuilder, slotValue, spreadInto } from "./objects.js";
import { EITHER, isNullish, textOf, truthOf } from "./operators.js";
import { blocked, combine, constant, each, joined, only, union, type Gap, type Outcome, type Possible } from "./outcome.js";
import { allOf, awaited, promiseOf } from "./promises.js";

/** Standard globals that evaluation knows; what stands under them is read as `Name.key`. */
const GLOBALS: ReadonlySet<string> = new Set([
  "Object", "Array", "String", "Number", "Boolean", "Math", "JSON", "Promise", "Reflect", "URL", "Map", "Set", "WeakMap", "WeakSet", "globalThis", "parseInt", "parseFloat", "isNaN",
  "encodeURIComponent", "decodeURIComponent", "encodeURI", "decodeURI", "structuredClone", "console", "Symbol", "Function",
]);
const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ["NaN", NaN], ["Infinity", Infinity], ["Math.PI", Math.PI], ["Math.E", Math.E], ["Number.MAX_SAFE_INTEGER", Number.MAX_SAFE_INTEGER],
  ["Number.MIN_SAFE_INTEGER", Number.MIN_SAFE_INTEGER], ["Number.EPSILON", Number.EPSILON], ["Number.MAX_VALUE", Number.MAX_VALUE],
]);
const PURE: ReadonlyMap<string, (...list: never[]) => unknown> = new Map<string, (...list: never[]) => unknown>([
  ["parseInt", (text: string, base?: number) => parseInt(text, base)],
  ["parseFloat", (text: string) => parseFloat(text)],
  ["Number.parseInt", (text: string, base?: number) => parseInt(text, base)],
  ["Number.parseFloat", (text: string) => parseFloat(text)],
  ["isNaN", (value: unknown) => Number.isNaN(Number(value))],
  ["Number.isInteger", (value: unknown) => Number.isInteger(value)],
  ["encodeURIComponent", (text: string) => encodeURIComponent(text)],
  ["decodeURIComponent", (text: string) => decodeURIComponent(text)],
  ["encodeURI", (text: string) => encodeURI(text)],
  ["decodeURI", (text: string) => decodeURI(text)],
  ["Math.max", (...list: number[]) => Math.max(...list)],
  ["Math.min", (...list: number[]) => Math.min(...list)],
  ["Math.floor", (value: number) => Math.floor(value)],
  ["Math.ceil", (value: number) => Math.ceil(value)],
  ["Math.round", (value: number) => Math.round(value)],
  ["Math.trunc", (value: number) => Math.trunc(value)],
  ["Math.abs", (value: number) => Math.abs(value)],
  ["String.fromCharCode", (...list: number[]) => String.fromCharCode(...list)],
  ["String.fromCodePoint", (...list: number[]) => String.fromCodePoint(...list)],
  ["Object.is", (a: unknown, b: unknown) => Object.is(a, b)],
]);

/** What a global name stands for. */
export function globalValue(at: Located, name: string): Outcome {
  const value = CONSTANTS.get(name);
  if (value !== undefined) return constant(value);
  return GLOBALS.has(name) ? only({ kind: "builtin", name }) : blocked(at, `\`${name}\` is not known`);
}

/** What stands under a standard global. */
export function builtinMember(at: Located, name: string, key: string): Outcome {
  if (name === "globalThis") return globalValue(at, key);
  const inner = `${name}.${key}`;
  const value = CONSTANTS.get(inner);
  if (value !== undefined) return constant(value);
  return key === "prototype" || inner.split(".").length > 2 ? blocked(at, `\`${inner}\` is not evaluated`) : only({ kind: "builtin", name: inner });
}

/** What calling a standard function gives. */
export function builtinCall(ev: Evaluation, at: Located, name: string, passed: readonly FrameArgument[]): Outcome {
  const [first, second] = passed;
  if (name === "Array.of" || name === "Array") return name === "Array" ? blocked(at, "`Array` is not evaluated") : only(arrayOf(passed.map((argument) => argument.at), passed.every((argument) => !argument.spread)));
  if (name.startsWith("console.")) return constant(undefined);
  if (passed.some((argument) => argument.spread)) return blocked(at, `what \`${name}\` is given is not known`);
  const pure = PURE.get(name);
  if (pure !== undefined) return purely(ev, at, name, pure, passed);
  if (first === undefined) return name === "String" ? constant("") : name === "Boolean" ? constant(false) : name === "Number" ? constant(0) : name === "Promise.resolve" ? only(promiseOf(ev, at, () => constant(undefined))) : blocked(at, `\`${name}\` is not evaluated`);
  const given = ev.evaluate(first.at);
  switch (name) {
    case "String":
      return each(at, given, (possible) => textOf(ev, at, possible));
    case "Number":
      return each(at, given, (possible) => (possible.form.kind === "primitive" ? constant(Number(possible.form.value), possible.trail) : blocked(at, "an object becomes a number")));
    case "Boolean":
      return truths(at, given);
    case "structuredClone":
    case "Object.freeze":
    case "Object.seal":
    case "Object.preventExtensions":
    case "Object":
      return given;
    case "Array.isArray":
      return each(at, given, ({ form }) => (form.kind === "external" || form.kind === "builtin" ? EITHER : constant(form.kind === "array")));
    case "Array.from":
      return listFrom(ev, at, given, second);
    case "Object.keys":
    case "Object.getOwnPropertyNames":
    case "Reflect.ownKeys":
    case "Object.values":
    case "Object.entries":
      return each(at, given, (possible) => listing(ev, at, possible, name));
    case "Object.fromEntries":
      return each(at, given, (possible) => fromEntries(ev, at, possible));
    case "Object.assign":
      return merged(ev, at, given, passed);
    case "Object.hasOwn":
    case "Reflect.has":
    case "Number.isNaN":
      return EITHER;
    case "Reflect.get":
      return second === undefined ? constant(undefined) : combine(at, [given, ev.evaluate(second.at)], ([object, key]) => property(ev, at, object, key));
    case "JSON.stringify":
      return passed.length === 1 ? each(at, given, (possible) => jsonText(ev, at, possible)) : blocked(at, "`JSON.stringify` with a replacer is not evaluated");
    case "JSON.parse":
      return passed.length === 1 ? each(at, given, (possible) => jsonValueOf(at, possible)) : blocked(at, "`JSON.parse` with a reviver is not evaluated");
    case "Promise.resolve":
      return only(promiseOf(ev, at, () => each(at, given, (possible) => awaited(ev, at, possible))));
    case "Promise.all":
      return each(at, given, (possible) => {
        const list = listOf(at, possible);
        return list === undefined ? blocked(first.at, "what it waits for is not known") : allOf(ev, at, list);
      });
    default:
      return blocked(at, `\`${name}\` is not evaluated`);
  }
}

/** What constructing a standard class gives. */
export function builtinConstruction(ev: Evaluation, at: Located, name: string, passed: readonly FrameArgument[]): Outcome {
  if (/^(?:Weak)?(?:Map|Set)$/u.test(name)) return only(collection(ev, at, name.endsWith("Map") ? "map" : "set", passed));
  if (name !== "URL" || passed.some((argument) => argument.spread)) return blocked(at, `\`new ${name}\` is not evaluated`);
  const uses = ev.usesOf(at);
  if (uses.writes.length > 0 || uses.doubt !== undefined || ev.code.source(at.file)?.names.includes("searchParams") === true) return blocked(at, "the URL is changed later");
  const texts = passed.slice(0, 2).map((argument) => each(at, ev.evaluate(argument.at), (possible) => textOf(ev, at, possible)));
  return combine(at, texts, (values) => {
    const [url = "", base] = values.map(({ form }) => (form.kind === "primitive" ? String(form.value) : ""));
    return URL.canParse(url, base) ? only({ kind: "url", href: new URL(url, base).href }, joined(values)) : { values: [] };
  });
}

function truths(at: Located, given: Outcome): Outcome {
  if (given.gap !== undefined) return EITHER;
  return union(at, given.values.map((possible) => {
    const truth = truthOf(possible);
    return truth === undefined ? EITHER : constant(truth, possible.trail);
  }));
}

function purely(ev: Evaluation, at: Located, name: string, pure: (...list: never[]) => unknown, passed: readonly FrameArgument[]): Outcome {
  return combine(at, passed.map((argument) => ev.evaluate(argument.at)), (values) => {
    if (values.some(({ form }) => form.kind !== "primitive")) return blocked(at, `\`${name}\` gets an object`);
    try {
      const result: unknown = Reflect.apply(pure, undefined, values.map(({ form }) => (form.kind === "primitive" ? form.value : undefined)));
      return typeof result === "string" || typeof result === "number" || typeof result === "boolean" ? constant(result, joined(values)) : blocked(at, `\`${name}\` is not evaluated`);
    } catch {
      // It throws in the analysed program too.
      return { values: [] };
    }
  });
}

function listFrom(ev: Evaluation, at: Located, given: Outcome, fn: FrameArgument | undefined): Outcome {
  return each(at, given, (possible) => {
    const list = listOf(at, possible);
    if (list === undefined) return blocked(at, "what the array is made of is not known");
    // A set drops what it already has.
    const exact = list.exact && (possible.form.kind !== "set" || list.items.length < 2);
    const items: Items = { ...list, exact };
    return only(fn === undefined ? arrayOf(items.items, items.exact, items.gap) : mapped(ev, at, items, fn.at));
  });
}

/** Whether every property of a shape is there, and no other. */
function isClosed(shape: Shape): boolean {
  return shape.open === undefined && [...shape.slots.values()].every((slot) => slot.certain);
}

function listing(ev: Evaluation, at: Located, possible: Possible, name: string): Outcome {
  if (isNullish(possible)) return { values: [] };
  const shape = ownShape(at, possible);
  if (shape === undefined) return blocked(at, "the object's properties are not known");
  const keys = orderedKeys(shape);
  const items = keys.map((key): Located => {
    if (!name.endsWith("values") && !name.endsWith("entries")) return constantAt(at, key);
    const value = ev.lazily(at, () => presentValue(ev, at, shape, key));
    return name.endsWith("values") ? value : { file: at.file, expression: at.expression, frame: { kind: "pinned", read: () => only(arrayOf([constantAt(at, key), value])) } };
  });
  return only(arrayOf(items, isClosed(shape), shape.open));
}

/** A property's value where it is there. */
function presentValue(ev: Evaluation, at: Located, shape: Shape, key: string): Outcome {
  const slot = shape.slots.get(key);
  return slot === undefined ? constant(undefined) : slotValue(ev, at, { ...slot, certain: true });
}

function fromEntries(ev: Evaluation, at: Located, possible: Possible): Outcome {
  const list = listOf(at, possible);
  if (list === undefined) return blocked(at, "the entries are not known");
  const shape = (): Shape => {
    const builder = new ShapeBuilder();
    for (const item of list.items) addEntry(ev, at, builder, item, list.exact);
    if (list.gap !== undefined) builder.blur(list.gap);
    return builder.build();
  };
  return only(objectOf(() => ev.shapes.ask(list, undefined, false, shape, () => ({ slots: new Map(), open: gapAt(at, "it depends on itself") }))));
}

function addEntry(ev: Evaluation, at: Located, builder: ShapeBuilder, item: Located, exact: boolean): void {
  const pairs = ev.evaluate(item);
  let gap: Gap | undefined = pairs.gap;
  for (const pair of pairs.values) {
    const parts = listOf(at, pair);
    const [key, value] = parts?.items ?? [];
    if (parts?.exact !== true || key === undefined) {
      gap ??= gapAt(item, "an entry is not known");
      continue;
    }
    const keys = ev.evaluate(key);
    gap ??= keys.gap;
    const isOne = exact && keys.values.length === 1 && pairs.values.length === 1 && gap === undefined;
    for (const possible of keys.values) {
      const name = keyText(possible);
      if (name === undefined) gap ??= gapAt(key, "a key is no text");
      else if (isOne) builder.set(name, value ?? constantAt(at, undefined));
      else builder.maybe(name, [value ?? constantAt(at, undefined)]);
    }
  }
  if (gap !== undefined) builder.blur(gap);
}

function merged(ev: Evaluation, at: Located, target: Outcome, passed: readonly FrameArgument[]): Outcome {
  return each(at, target, (possible) => {
    if (possible.form.kind !== "object") return possible.form.kind === "primitive" ? blocked(at, "it merges into a primitive") : blocked(at, "what it merges into is not evaluated");
    const { form } = possible;
    const shape = (): Shape => {
      const builder = new ShapeBuilder(form.shape());
      for (const source of passed.slice(1)) spreadInto(ev, builder, source.at);
      return builder.build();
    };
    return only(objectOf(() => ev.shapes.ask(at.expression, at.frame, false, shape, () => ({ slots: new Map(), open: gapAt(at, "it depends on itself") }))), possible.trail);
  });
}

function property(ev: Evaluation, at: Located, object: Possible | undefined, key: Possible | undefined): Outcome {
  const name = key === undefined ? undefined : keyText(key);
  return object === undefined || name === undefined ? blocked(at, "the property is not known") : ev.member(at, object, name);
}

