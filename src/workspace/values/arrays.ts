import type { Expression } from "../../facts/expression.js";
import type { Write } from "../uses.js";
import type { Located } from "../workspace.js";
import { gapAt, inside, type Evaluation } from "./evaluation.js";
import type { ArrayForm, Items } from "./form.js";
import { keyText, constantAt, objectOf, orderedKeys, ownShape, without } from "./objects.js";
import { isNullish } from "./operators.js";
import { blocked, constant, each, MAX_VALUES, NEVER, only, union, withGap, type Gap, type Outcome, type Possible } from "./outcome.js";
import { settledWrites, writeFrame } from "./writes.js";

type ArrayLiteral = Extract<Expression, { kind: "array" }>;

const ITERATES: Items = { items: [], exact: false };

/** The array that a literal makes, with all that is written into it. */
export function arrayLiteral(ev: Evaluation, at: Located, node: ArrayLiteral): ArrayForm {
  return { kind: "array", items: () => ev.lists.ask(node, at.frame, false, () => literalItems(ev, at, node), () => ({ ...ITERATES, gap: gapAt(at, "it depends on itself") })) };
}

/** An array with known elements. */
export function arrayOf(items: readonly Located[], exact = true, gap?: Gap): ArrayForm {
  const list: Items = { items, exact, ...(gap !== undefined && { gap }) };
  return { kind: "array", items: () => list, fresh: true };
}

/** The elements that iterating a value gives; undefined when it cannot be iterated, or not be known. */
export function listOf(at: Located, { form }: Possible): Items | undefined {
  switch (form.kind) {
    case "array":
    case "map":
    case "set":
    case "iterator":
      return form.items();
    case "primitive":
      return typeof form.value === "string" ? { items: [...form.value].map((unit) => constantAt(at, unit)), exact: true } : undefined;
    default:
      return undefined;
  }
}

/** The value of any element of what is iterated. */
export function elementsOf(ev: Evaluation, at: Located, iterated: Outcome): Outcome {
  return each(at, iterated, (possible) => {
    const list = listOf(at, possible);
    if (list !== undefined) return withGap(union(at, list.items.map((item) => ev.evaluate(item))), list.gap);
    return throwsWhenIterated(possible) ? NEVER : blocked(at, "what it iterates is not known");
  });
}

/** The element that `for…of`, or array destructuring, takes. */
export function elementValue(ev: Evaluation, at: Located, node: Extract<Expression, { kind: "element" }>): Outcome {
  const of = inside(at, node.of);
  const iterated = ev.evaluate(of);
  const { index } = node;
  if (index === undefined) return elementsOf(ev, of, iterated);
  return each(at, iterated, (possible) => {
    const list = listOf(of, possible);
    if (list !== undefined) return itemValue(ev, at, list, index);
    return throwsWhenIterated(possible) ? NEVER : blocked(of, "what it takes apart is not known");
  });
}

/** The value at an index; negative ones count from the end. */
export function itemValue(ev: Evaluation, at: Located, list: Items, index: number): Outcome {
  if (list.exact) {
    const item = list.items.at(index);
    // Elements that are not known come after those that are.
    if (item !== undefined && (index >= 0 || list.gap === undefined)) return ev.evaluate(item);
    return list.gap === undefined ? constant(undefined) : { values: [], gap: list.gap };
  }
  return withGap(union(at, [...list.items.map((item) => ev.evaluate(item)), constant(undefined)]), list.gap);
}

/** What is left of an object or array after destructuring. */
export function restValue(ev: Evaluation, at: Located, node: Extract<Expression, { kind: "rest" }>): Outcome {
  const of = inside(at, node.of);
  return each(at, ev.evaluate(of), (possible) => {
    const { form } = possible;
    if (node.without.length > 0 || form.kind === "object") {
      if (form.kind === "object") return without(form, node.without);
      const shape = ownShape(of, possible);
      return shape === undefined ? blocked(of, "what it takes apart is not known") : without(objectOf(() => shape), node.without);
    }
    const list = listOf(of, possible);
    if (list === undefined) return throwsWhenIterated(possible) ? NEVER : blocked(of, "what it takes apart is not known");
    // How many elements were taken before is not told.
    return only(arrayOf(list.items, false, list.gap));
  });
}

/** A property name of what `for…in` runs over. */
export function keyOfValue(ev: Evaluation, at: Located, node: Extract<Expression, { kind: "key-of" }>): Outcome {
  const of = inside(at, node.of);
  return each(at, ev.evaluate(of), (possible) => {
    if (isNullish(possible)) return NEVER;
    const shape = ownShape(of, possible);
    if (shape === undefined) return blocked(of, "the names it runs over are not known");
    return withGap(union(at, orderedKeys(shape).map((key) => constant(key))), shape.open);
  });
}

/** A property of an array. */
export function arrayMember(ev: Evaluation, at: Located, of: Possible, form: ArrayForm, key: string): Outcome {
  const list = form.items();
  if (/^(?:0|[1-9]\d*)$/u.test(key)) return itemValue(ev, at, list, Number(key));
  if (key === "length") return list.exact && list.gap === undefined ? constant(list.items.length) : blocked(at, "the array's length is not known");
  if (key in Array.prototype) return only({ kind: "method", of, name: key });
  return constant(undefined);
}

function throwsWhenIterated({ form }: Possible): boolean {
  return form.kind === "primitive" ? typeof form.value !== "string" : form.kind === "closure" || form.kind === "class" || form.kind === "regex";
}

/** An array literal, once for each combination of what its spreads can be. */
export function arrayValue(ev: Evaluation, at: Located, node: ArrayLiteral): Outcome {
  const spreads = node.items.filter((item) => item.spread);
  if (spreads.length === 0) return only(arrayLiteral(ev, at, node));
  const rows = spreadRows(ev, at, node);
  if (rows === undefined) return only(arrayLiteral(ev, at, node));
  const uses = ev.usesOf(at);
  if (uses.writes.length > 0 || uses.doubt !== undefined) return only(arrayLiteral(ev, at, node));
  return { values: rows.map((items) => ({ form: arrayOf(items), trail: { from: [] } })) };
}

/** The elements for each combination of exactly known spreads; undefined when one is not exactly known. */
function spreadRows(ev: Evaluation, at: Located, node: ArrayLiteral): readonly (readonly Located[])[] | undefined {
  let rows: readonly (readonly Located[])[] = [[]];
  for (const { value, spread } of node.items) {
    const item = inside(at, value);
    if (!spread) rows = rows.map((row) => [...row, item]);
    else {
      const outcome = ev.evaluate(item);
      if (outcome.gap !== undefined) return undefined;
      const lists: (readonly Located[])[] = [];
      for (const possible of outcome.values) {
        const list = listOf(item, possible);
        if (list === undefined || !list.exact || list.gap !== undefined) return undefined;
        lists.push(list.items);
      }
      rows = rows.flatMap((row) => lists.map((list) => [...row, ...list]));
    }
    if (rows.length > MAX_VALUES / 4) return undefined;
  }
  return rows;
}

function literalItems(ev: Evaluation, at: Located, node: ArrayLiteral): Items {
  const items: Located[] = [];
  let exact = true;
  let gap: Gap | undefined;
  for (const { value, spread } of node.items) {
    const item = inside(at, value);
    if (isHole(value)) gap ??= gapAt(at, "the array has holes");
    if (!spread) items.push(item);
    else {
      const list = spreadItems(ev, item);
      items.push(...list.items);
      exact &&= list.exact;
      gap ??= list.gap;
    }
  }
  return writtenItems(ev, at, { items, exact, ...(gap !== undefined && { gap }) });
}

/** A place between commas where nothing stands: some methods pass it over. */
function isHole({ kind, span: [start, end] }: Expression): boolean {
  return kind === "nothing" && start === end;
}

/** The elements of an array that is made at an expression, with all that is written into it. */
export function writtenItems(ev: Evaluation, at: Located, made: Items): Items {
  let items = [...made.items];
  let { exact, gap } = made;
  const uses = ev.usesOf(at);
  const settled = settledWrites(ev, at, uses);
  if (settled?.every((write) => write.kind === "method" && (write.method === "push" || write.method === "unshift")) === true) {
    for (const write of settled) {
      const added = addedBy(ev, at, write);
      items = write.kind === "method" && write.method === "push" ? [...items, ...added.items] : [...added.items, ...items];
      exact &&= added.exact;
      gap ??= added.gap;
    }
  } else if (!uses.writes.every((write) => isOwnCall(at, write))) {
    exact = false;
    for (const write of uses.writes) {
      const added = addedBy(ev, at, write);
      items.push(...added.items);
      gap ??= added.gap;
    }
  }
  if (uses.doubt !== undefined) {
    exact = false;
    gap ??= gapAt(uses.doubt.at, uses.doubt.reason);
  }
  return { items, exact: exact && gap === undefined, ...(gap !== undefined && { gap }) };
}

/** `[…].sort()`: nothing sees the array as it was before. */
function isOwnCall(at: Located, write: Write): boolean {
  if (write.kind !== "method" || write.at.expression.kind !== "call" || write.at.expression.callee.kind !== "member") return false;
  return (write.method === "reverse" || write.method === "sort") && write.at.expression.callee.object === at.expression;
}

/** The elements of a spread value. */
export function spreadItems(ev: Evaluation, at: Located): Items {
  const { values, gap: unknown } = ev.evaluate(at);
  const lists = values.filter((possible) => !throwsWhenIterated(possible)).map((possible) => listOf(at, possible));
  const [first, other] = lists;
  if (first !== undefined && other === undefined && lists.length === 1 && unknown === undefined) return first;
  const gap = unknown ?? lists.find((list) => list?.gap !== undefined)?.gap ?? (lists.includes(undefined) ? gapAt(at, "what is spread is not known") : undefined);
  return { items: lists.flatMap((list) => list?.items ?? []), exact: false, ...(gap !== undefined && { gap }) };
}

/** What a write can add to an array's elements. */
export function addedBy(ev: Evaluation, made: Located, write: Write): Items {
  const place = (located: Located): Located => ({ ...located, ...writeFrame(ev, made, write) });
  if (write.kind === "set") {
    const keys = ev.evaluate(place(write.key));
    const onlyLength = keys.gap === undefined && keys.values.every((possible) => keyText(possible) === "length");
    return { items: onlyLength ? [] : [place(write.value)], exact: true };
  }
  if (write.kind === "delete") return { items: [constantAt(made, undefined)], exact: true };
  if (write.kind !== "method") return { items: [], exact: false, gap: gapAt(write.at, "it is changed here") };
  const values = write.arguments.map(({ value, spread }) => ({ at: place({ file: write.at.file, expression: value }), spread }));
  const added = write.method === "splice" ? values.slice(2) : write.method === "fill" ? values.slice(0, 1) : write.method === "push" || write.method === "unshift" || write.method === "add" ? values : [];
  const lists = added.map(({ at, spread }): Items => (spread ? spreadItems(ev, at) : { items: [at], exact: true }));
  const gap = lists.find((list) => list.gap !== undefined)?.gap;
  return { items: lists.flatMap((list) => list.items), exact: lists.every((list) => list.exact), ...(gap !== undefined && { gap }) };
}

