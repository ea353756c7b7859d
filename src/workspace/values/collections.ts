import type { Located } from "../workspace.js";
import { addedBy, arrayOf, itemValue, listOf } from "./arrays.js";
import { entriesOf } from "./array-methods.js";
import { gapAt, type Evaluation } from "./evaluation.js";
import type { Form, Items } from "./form.js";
import type { FrameArgument } from "./frame.js";
import { areSame, EITHER } from "./operators.js";
import { blocked, constant, each, only, union, withGap, type Gap, type Outcome, type Possible } from "./outcome.js";

type Collection = Extract<Form, { kind: "map" | "set" }>;

/** `new Map(iterable)`, `new Set(iterable)`, with all that is put in later. */
export function collection(ev: Evaluation, at: Located, kind: "map" | "set", passed: readonly FrameArgument[]): Form {
  const circle = (): Items => ({ items: [], exact: false, gap: gapAt(at, "it depends on itself") });
  return { kind, items: () => ev.lists.ask(at.expression, at.frame, false, () => contents(ev, at, kind, passed), circle) };
}

function contents(ev: Evaluation, at: Located, kind: "map" | "set", passed: readonly FrameArgument[]): Items {
  const [source] = passed;
  let items: readonly Located[] = [];
  let exact = true;
  let gap: Gap | undefined;
  if (source !== undefined) {
    const outcome = ev.evaluate(source.at);
    const lists = outcome.values.filter(({ form }) => form.kind !== "primitive" || typeof form.value === "string").map((possible) => listOf(source.at, possible));
    gap = outcome.gap ?? lists.find((list) => list?.gap !== undefined)?.gap ?? (lists.includes(undefined) || source.spread ? gapAt(source.at, "what it is made of is not known") : undefined);
    items = lists.flatMap((list) => list?.items ?? []);
    exact = lists.length < 2 && lists.every((list) => list?.exact === true);
  }
  const uses = ev.usesOf(at);
  for (const write of uses.writes) {
    exact = false;
    if (write.kind === "method" && write.method === "set" && kind === "map") {
      const [key, value] = write.arguments;
      if (key === undefined || value === undefined || key.spread || value.spread) gap ??= gapAt(write.at, "what is put in is not known");
      else {
        const pair = [{ file: write.at.file, expression: key.value }, { file: write.at.file, expression: value.value }];
        items = [...items, { file: write.at.file, expression: write.at.expression, frame: { kind: "pinned", read: () => only(arrayOf(pair)) } }];
      }
    } else if (write.kind === "method" && kind === "set") items = [...items, ...addedBy(ev, at, write).items];
    else if (write.kind === "unknown") gap ??= gapAt(write.at, "it is changed here");
  }
  if (uses.doubt !== undefined) gap ??= gapAt(uses.doubt.at, uses.doubt.reason);
  return { items, exact: exact && gap === undefined && areDistinct(ev, at, kind, items), ...(gap !== undefined && { gap }) };
}

/** Whether no element, or key, is surely or perhaps there twice: a collection keeps one of them. */
function areDistinct(ev: Evaluation, at: Located, kind: "map" | "set", items: readonly Located[]): boolean {
  const seen = new Set<unknown>();
  return items.every((item) => {
    const whole = ev.evaluate(item);
    const { values, gap } = kind === "set" ? whole : each(at, whole, (possible) => partOf(ev, at, possible, 0));
    const [value, other] = values;
    if (value?.form.kind !== "primitive" || other !== undefined || gap !== undefined || seen.has(value.form.value)) return items.length < 2;
    seen.add(value.form.value);
    return true;
  });
}

/** What a standard method of a map or set returns. */
export function collectionMethod(ev: Evaluation, at: Located, of: Possible, form: Collection, name: string, passed: readonly FrameArgument[]): Outcome {
  const list = form.items();
  const [first] = passed;
  switch (name) {
    case "get":
      return form.kind === "map" && first !== undefined && !first.spread ? got(ev, at, list, first.at) : constant(undefined);
    case "has":
    case "delete":
      return EITHER;
    case "set":
    case "add":
      return { values: [of] };
    case "keys":
    case "values":
    case "entries":
      return only({ kind: "iterator", items: () => viewed(ev, at, form.kind, list, name) });
    case "forEach":
    case "clear":
      return constant(undefined);
    default:
      return blocked(at, `\`${name}\` is not evaluated`);
  }
}

/** A property of a map or set. */
export function collectionMember(at: Located, of: Possible, form: Collection, key: string): Outcome {
  if (key !== "size") return only({ kind: "method", of, name: key });
  const { items, exact, gap } = form.items();
  // A set drops what it already has.
  return exact && gap === undefined && form.kind === "set" && items.length < 2 ? constant(items.length) : blocked(at, "how much it holds is not known");
}

function got(ev: Evaluation, at: Located, list: Items, key: Located): Outcome {
  return each(at, ev.evaluate(key), (wanted) => {
    const found: Outcome[] = [];
    let certain = false;
    for (const item of list.items) {
      const pair = ev.evaluate(item);
      const keys = each(at, pair, (possible) => partOf(ev, at, possible, 0));
      const answers = keys.values.map(({ form }) => areSame(form, wanted.form));
      if (keys.gap === undefined && answers.every((answer) => answer === false)) continue;
      const value = each(at, pair, (possible) => partOf(ev, at, possible, 1));
      // The last entry of a key counts.
      if (list.exact && keys.gap === undefined && keys.values.length === 1 && answers[0] === true) {
        found.length = 0;
        certain = true;
      }
      found.push(value);
    }
    return withGap(union(at, certain ? found : [...found, constant(undefined)]), list.gap);
  });
}

function partOf(ev: Evaluation, at: Located, { form }: Possible, index: number): Outcome {
  return form.kind === "array" ? itemValue(ev, at, form.items(), index) : blocked(at, "an entry is not known");
}

function viewed(ev: Evaluation, at: Located, kind: "map" | "set", list: Items, name: "keys" | "values" | "entries"): Items {
  if (kind === "set") return name === "entries" ? entriesOf(at, list) : list;
  if (name === "entries") return list;
  const part = name === "keys" ? 0 : 1;
  return { ...list, items: list.items.map((item) => ev.lazily(at, () => each(at, ev.evaluate(item), (possible) => partOf(ev, at, possible, part)))) };
}
