import type { Located } from "../workspace.js";
import { arrayOf, itemValue } from "./arrays.js";
import { gapAt, type Evaluation } from "./evaluation.js";
import type { ArrayForm, Items } from "./form.js";
import type { FrameArgument } from "./frame.js";
import { constantAt } from "./objects.js";
import { areSame, checked, EITHER, isNullish, textOf, truthOf } from "./operators.js";
import { blocked, combine, constant, each, joined, MAX_VALUES, only, union, withGap, type Outcome, type Possible } from "./outcome.js";

/** How many versions of an array a filter may leave. */
const MAX_VERSIONS = 64;

/** What a standard method of an array returns. */
export function arrayMethod(ev: Evaluation, at: Located, form: ArrayForm, name: string, passed: readonly FrameArgument[]): Outcome {
  const list = form.items();
  const [first] = passed;
  if (passed.some((argument) => argument.spread) && name !== "concat") return blocked(at, `what \`${name}\` is given is not known`);
  switch (name) {
    case "join":
      return first === undefined ? arrayText(ev, at, form, ",") : each(at, ev.evaluate(first.at), (separator) => each(at, textOf(ev, at, separator), (text) => arrayText(ev, at, form, String(text.form.kind === "primitive" ? text.form.value : ""))));
    case "toString":
      return arrayText(ev, at, form, ",");
    case "concat":
      return concat(ev, list, passed);
    case "slice":
    case "at":
    case "with":
      return numbered(ev, at, list, name, passed);
    case "reverse":
    case "toReversed":
      return only(arrayOf(list.items.toReversed(), list.exact, list.gap));
    case "map":
      return first === undefined ? blocked(at, "`map` gets no function") : only(mapped(ev, at, list, first.at));
    case "filter":
      return first === undefined ? blocked(at, "`filter` gets no function") : filtered(ev, at, list, first.at);
    case "flat":
      return first === undefined ? only(flattened(ev, list)) : blocked(at, "`flat` to a depth is not evaluated");
    case "flatMap":
      return first === undefined ? blocked(at, "`flatMap` gets no function") : only(flattened(ev, mapped(ev, at, list, first.at).items()));
    case "find":
    case "findLast":
      return first === undefined ? blocked(at, "`find` gets no function") : found(ev, at, name === "find" ? list : { ...list, items: list.items.toReversed() }, first.at);
    case "some":
    case "every":
      return first === undefined ? EITHER : quantified(ev, at, list, first.at, name);
    case "includes":
      return first === undefined ? EITHER : includes(ev, at, list, first.at);
    case "indexOf":
    case "findIndex":
    case "lastIndexOf":
    case "findLastIndex":
      return blocked(at, "an index is not evaluated");
    case "reduce":
    case "reduceRight":
      return reduced(ev, at, name === "reduce" ? list : { ...list, items: list.items.toReversed() }, passed);
    case "sort":
    case "toSorted":
      return only(sorted(ev, list, first !== undefined));
    case "values":
      return only({ kind: "iterator", items: () => list });
    case "keys":
      return only({ kind: "iterator", items: () => ({ ...list, items: list.items.map((_, index) => constantAt(at, index)) }) });
    case "entries":
      return only({ kind: "iterator", items: () => entriesOf(at, list) });
    case "forEach":
      return constant(undefined);
    case "pop":
    case "shift":
      return itemValue(ev, at, { ...list, exact: false }, 0);
    default:
      return blocked(at, `\`${name}\` is not evaluated`);
  }
}

/** An array as text. */
export function arrayText(ev: Evaluation, at: Located, form: ArrayForm, separator: string): Outcome {
  const { items, exact, gap } = form.items();
  if (!exact || gap !== undefined) return gap === undefined ? blocked(at, "the array's elements are not known one by one") : { values: [], gap };
  let text = constant("");
  for (const [index, item] of items.entries()) {
    const piece = each(at, ev.evaluate(item), (possible) => (isNullish(possible) ? constant("", possible.trail) : textOf(ev, at, possible)));
    text = combine(at, [text, piece], (pair) => {
      const [before, next] = pair.map((possible) => (possible.form.kind === "primitive" ? String(possible.form.value) : ""));
      return checked(at, `${before ?? ""}${index === 0 ? "" : separator}${next ?? ""}`, joined(pair));
    });
  }
  return text;
}

/** `[0, first], [1, second], …` */
export function entriesOf(at: Located, list: Items): Items {
  const pair = (item: Located, index: number): Located => ({ file: at.file, expression: at.expression, frame: { kind: "pinned", read: () => only(arrayOf([constantAt(at, index), item])) } });
  return { ...list, items: list.items.map(pair) };
}

function concat(ev: Evaluation, list: Items, passed: readonly FrameArgument[]): Outcome {
  let items = [...list.items];
  let { exact, gap } = list;
  for (const { at: argument, spread } of passed) {
    const outcome = ev.evaluate(argument);
    const [value, other] = outcome.values;
    const added = value === undefined || other !== undefined || outcome.gap !== undefined || spread ? undefined : value.form.kind === "array" ? value.form.items() : { items: [argument], exact: value.form.kind !== "external" };
    if (added !== undefined) {
      items = [...items, ...added.items];
      exact &&= added.exact;
    } else {
      // Arrays among the possible values are flattened, others stay as they are.
      for (const possible of outcome.values) items.push(...(possible.form.kind === "array" ? possible.form.items().items : [argument]));
      exact = false;
      gap ??= outcome.gap ?? (spread ? gapAt(argument, "how much it spreads is not known") : undefined);
    }
    if (value?.form.kind === "array") gap ??= value.form.items().gap;
  }
  return only(arrayOf(items, exact, gap));
}

function numbered(ev: Evaluation, at: Located, list: Items, name: "slice" | "at" | "with", passed: readonly FrameArgument[]): Outcome {
  if (name === "with") {
    const [, value] = passed;
    return value === undefined ? blocked(at, "`with` gets no value") : only(arrayOf([...list.items, value.at], false, list.gap));
  }
  return combine(at, passed.slice(0, 2).map((argument) => ev.evaluate(argument.at)), (values) => {
    const numbers = values.map(({ form }) => (form.kind === "primitive" && (form.value === undefined || typeof form.value === "number") ? form.value : NaN));
    if (numbers.some((number) => Number.isNaN(number))) return blocked(at, "an index is not a number");
    if (name === "at") return itemValue(ev, at, list, Math.trunc(numbers[0] ?? 0));
    return only(list.exact ? arrayOf(list.items.slice(numbers[0], numbers[1]), true, list.gap) : arrayOf(list.items, false, list.gap));
  });
}

/** Applies a function to every element when it is read. */
export function mapped(ev: Evaluation, at: Located, list: Items, fn: Located): ArrayForm {
  const items = list.items.map((item, index) => ev.lazily(at, () => applied(ev, at, fn, item, list.exact ? constantAt(at, index) : undefined)));
  return arrayOf(items, list.exact, list.gap);
}

/** What a callback returns for an element. */
function applied(ev: Evaluation, at: Located, fn: Located, item: Located, index?: Located): Outcome {
  const position = index ?? ev.lazily(at, () => blocked(at, "the index is not known"));
  return each(at, ev.evaluate(fn), (possible) => ev.apply(at, possible, [{ at: item, spread: false }, { at: position, spread: false }]));
}

/** The array once for each choice of the elements that may be left out. */
function filtered(ev: Evaluation, at: Located, list: Items, fn: Located): Outcome {
  let versions: readonly (readonly Located[])[] = [[]];
  let exact = list.exact;
  for (const item of list.items) {
    const { kept, dropped } = split(ev, at, fn, item);
    if (kept === undefined) continue;
    if (!dropped) versions = versions.map((version) => [...version, kept]);
    else if (!exact || versions.length * 2 > MAX_VERSIONS) {
      exact = false;
      versions = versions.slice(0, 1).map(() => [...new Set([...versions.flat(), kept])]);
    } else versions = versions.flatMap((version) => [version, [...version, kept]]);
  }
  const forms = versions.map((items) => ({ form: arrayOf(items, exact, list.gap), trail: { from: [] } }));
  return { values: forms };
}

/** The element as far as the test keeps it, and whether it may be dropped. */
function split(ev: Evaluation, at: Located, fn: Located, item: Located): { readonly kept: Located | undefined; readonly dropped: boolean } {
  const values = ev.evaluate(item);
  const kept: Possible[] = [];
  let dropped = values.gap !== undefined;
  for (const possible of values.values) {
    const alone: Located = { file: item.file, expression: item.expression, frame: { kind: "pinned", read: () => ({ values: [possible] }) } };
    const result = applied(ev, at, fn, alone);
    const truths = result.values.map(truthOf);
    if (result.gap !== undefined || truths.some((truth) => truth !== false)) kept.push(possible);
    if (result.gap !== undefined || truths.some((truth) => truth !== true)) dropped = true;
  }
  if (kept.length === 0 && values.gap === undefined) return { kept: undefined, dropped };
  if (kept.length === values.values.length) return { kept: item, dropped };
  return { kept: { file: item.file, expression: item.expression, frame: { kind: "pinned", read: () => withGap({ values: kept }, values.gap) } }, dropped };
}

function flattened(ev: Evaluation, list: Items): ArrayForm {
  const items: Located[] = [];
  let { exact, gap } = list;
  for (const item of list.items) {
    const outcome = ev.evaluate(item);
    const arrays = outcome.values.filter(({ form }) => form.kind === "array");
    if (arrays.length === 0 && outcome.gap === undefined) items.push(item);
    else {
      if (outcome.values.length > 1 || outcome.gap !== undefined) exact = false;
      gap ??= outcome.gap;
      for (const { form } of arrays) {
        const inner = form.kind === "array" ? form.items() : undefined;
        items.push(...(inner?.items ?? []));
        if (inner?.exact !== true) exact = false;
        gap ??= inner?.gap;
      }
      if (arrays.length < outcome.values.length) items.push(item);
    }
  }
  return arrayOf(items, exact, gap);
}

function found(ev: Evaluation, at: Located, list: Items, fn: Located): Outcome {
  const outcomes: Outcome[] = [];
  for (const item of list.items) {
    const { kept, dropped } = split(ev, at, fn, item);
    if (kept !== undefined) outcomes.push(ev.evaluate(kept));
    // The first that surely passes ends the search.
    if (kept !== undefined && !dropped && list.exact) return union(at, outcomes);
  }
  return withGap(union(at, [...outcomes, constant(undefined)]), list.gap);
}

function quantified(ev: Evaluation, at: Located, list: Items, fn: Located, name: "some" | "every"): Outcome {
  if (list.gap !== undefined) return EITHER;
  const parts = list.items.map((item) => split(ev, at, fn, item));
  if (name === "every") {
    if (parts.every(({ dropped }) => !dropped)) return constant(true);
    return list.exact && parts.some(({ kept }) => kept === undefined) ? constant(false) : EITHER;
  }
  if (parts.every(({ kept }) => kept === undefined)) return constant(false);
  return list.exact && parts.some(({ kept, dropped }) => kept !== undefined && !dropped) ? constant(true) : EITHER;
}

function includes(ev: Evaluation, at: Located, list: Items, wanted: Located): Outcome {
  const items = list.items.map((item) => ev.evaluate(item));
  return each(at, ev.evaluate(wanted), (possible) => {
    const answers = items.map((item) => (item.gap !== undefined || item.values.length !== 1 ? undefined : item.values.map(({ form }) => areSame(form, possible.form))[0]));
    if (list.exact && answers.includes(true)) return constant(true);
    const certainlyNot = items.every((item) => item.gap === undefined && item.values.every(({ form }) => areSame(form, possible.form) === false));
    // `includes` finds NaN, which equals nothing.
    const isNaNConstant = possible.form.kind === "primitive" && Number.isNaN(possible.form.value);
    return certainlyNot && !isNaNConstant && list.gap === undefined ? constant(false) : EITHER;
  });
}

function reduced(ev: Evaluation, at: Located, list: Items, passed: readonly FrameArgument[]): Outcome {
  const [fn, initial] = passed;
  if (fn === undefined || !list.exact || list.gap !== undefined) return blocked(at, "what it reduces is not known one by one");
  if (list.items.length > MAX_VALUES) return blocked(at, "it reduces too many elements");
  const [head, ...tail] = list.items;
  const start = initial?.at ?? head;
  if (start === undefined) return blocked(at, "it reduces nothing");
  const rest = initial === undefined ? tail : list.items;
  let result = ev.evaluate(start);
  for (const item of rest) {
    const before = result;
    const passedOn: Located = { file: at.file, expression: at.expression, frame: { kind: "pinned", read: () => before } };
    result = each(at, ev.evaluate(fn.at), (possible) => ev.apply(at, possible, [{ at: passedOn, spread: false }, { at: item, spread: false }]));
  }
  return result;
}

function sorted(ev: Evaluation, list: Items, compared: boolean): ArrayForm {
  if (compared || !list.exact || list.gap !== undefined) return arrayOf(list.items, list.items.length < 2 && list.exact, list.gap);
  const keyed = list.items.map((item) => {
    const { values, gap } = ev.evaluate(item);
    const [value, other] = values;
    return { item, text: gap === undefined && other === undefined && value?.form.kind === "primitive" && value.form.value !== undefined ? String(value.form.value) : undefined };
  });
  if (keyed.some(({ text }) => text === undefined)) return arrayOf(list.items, false, list.gap);
  return arrayOf(keyed.toSorted((a, b) => ((a.text ?? "") < (b.text ?? "") ? -1 : (a.text ?? "") > (b.text ?? "") ? 1 : 0)).map(({ item }) => item));
}

