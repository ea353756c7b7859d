import type { Expression, ObjectEntry } from "../../facts/expression.js";
import type { Located } from "../workspace.js";
import { gapAt, inside, type Evaluation } from "./evaluation.js";
import type { ObjectForm, Shape, Slot } from "./form.js";
import { pinned } from "./frame.js";
import { blocked, constant, each, only, union, withGap, type Gap, type Outcome, type Possible } from "./outcome.js";
import { isNullish } from "./operators.js";
import { settledWrites, writeFrame } from "./writes.js";
import type { Write } from "../uses.js";

type ObjectLiteral = Extract<Expression, { kind: "object" }>;

const ABSENT: Slot = { alternatives: [], certain: false };

/** An object under construction: properties are set one after the other, as the code does. */
export class ShapeBuilder {
  readonly #slots: Map<string, Slot>;
  #open: Gap | undefined;

  constructor(start?: Shape) {
    this.#slots = new Map(start?.slots);
    this.#open = start?.open;
  }

  /** The property is set. */
  set(key: string, value: Located): void {
    this.#slots.set(key, { alternatives: [value], certain: true });
  }

  /** The property may be set. */
  maybe(key: string, values: readonly Located[], gap?: Gap): void {
    const slot = this.#slots.get(key) ?? this.#missing();
    const known = gap ?? slot.gap;
    this.#slots.set(key, { alternatives: [...slot.alternatives, ...values], certain: slot.certain, ...(known !== undefined && { gap: known }) });
  }

  /** The property is or may be gone. */
  drop(key: string, certain: boolean): void {
    const slot = this.#slots.get(key);
    if (certain && this.#open === undefined) this.#slots.delete(key);
    else if (slot !== undefined) this.#slots.set(key, { ...slot, certain: false });
  }

  /** Any property may have been set to anything. */
  blur(gap: Gap): void {
    for (const [key, slot] of this.#slots) this.#slots.set(key, { ...slot, gap: slot.gap ?? gap });
    this.#open ??= gap;
  }

  /** The properties of one of the shapes are set. */
  spread(shapes: readonly Shape[], gap: Gap | undefined): void {
    const keys = new Set(shapes.flatMap((shape) => [...shape.slots.keys()]));
    const open = gap ?? shapes.find((shape) => shape.open !== undefined)?.open;
    if (open !== undefined) this.blur(open);
    for (const key of keys) {
      const slots = shapes.map((shape) => shape.slots.get(key));
      const there = slots.filter((slot) => slot !== undefined);
      const certain = gap === undefined && there.length === slots.length && there.every((slot) => slot.certain);
      const before = certain ? ABSENT : (this.#slots.get(key) ?? this.#missing());
      const unknown = there.find((slot) => slot.gap !== undefined)?.gap ?? before.gap;
      this.#slots.set(key, {
        alternatives: [...before.alternatives, ...there.flatMap((slot) => slot.alternatives)],
        certain: certain || before.certain,
        ...(unknown !== undefined && { gap: unknown }),
      });
    }
  }

  build(): Shape {
    return { slots: this.#slots, ...(this.#open !== undefined && { open: this.#open }) };
  }

  #missing(): Slot {
    return this.#open === undefined ? ABSENT : { ...ABSENT, gap: this.#open };
  }
}

/** The object that a literal makes, with all that is written into it. */
export function objectLiteral(ev: Evaluation, at: Located, node: ObjectLiteral): ObjectForm {
  return { kind: "object", shape: () => ev.shapes.ask(node, at.frame, false, () => literalShape(ev, at, node), () => ({ slots: new Map(), open: gapAt(at, "it depends on itself") })) };
}

/** An object with known properties. */
export function objectOf(shape: () => Shape): ObjectForm {
  let known: Shape | undefined;
  return { kind: "object", shape: () => (known ??= shape()), fresh: true };
}

/** What is known of one property. */
export function lookup(form: ObjectForm, key: string): Slot {
  const { slots, open } = form.shape();
  return slots.get(key) ?? (open === undefined ? ABSENT : { ...ABSENT, gap: open });
}

/** Every value that a slot can have; `undefined` where it may be missing. */
export function slotValue(ev: Evaluation, at: Located, slot: Slot): Outcome {
  const values = slot.alternatives.map((alternative) => ev.evaluate(alternative));
  if (!slot.certain && slot.gap === undefined) values.push(constant(undefined));
  return withGap(union(at, values), slot.gap);
}

/** Property names in the order in which the language lists them: array indexes first. */
export function orderedKeys(shape: Shape): readonly string[] {
  const keys = [...shape.slots.keys()];
  const isIndex = (key: string): boolean => /^(?:0|[1-9]\d{0,9})$/u.test(key) && Number(key) < 2 ** 32 - 1;
  return [...keys.filter(isIndex).sort((a, b) => Number(a) - Number(b)), ...keys.filter((key) => !isIndex(key))];
}

/** The name that a value means as a property key; undefined for what is no plain key. */
export function keyText({ form }: Possible): string | undefined {
  return form.kind === "primitive" ? String(form.value) : undefined;
}

function literalShape(ev: Evaluation, at: Located, node: ObjectLiteral): Shape {
  const builder = new ShapeBuilder();
  for (const entry of node.entries) {
    if (entry.kind === "spread") spreadInto(ev, builder, inside(at, entry.value));
    else setEntry(ev, builder, at, node, entry);
  }
  return writtenShape(ev, at, builder);
}

/** The properties of an object that is made at an expression, with all that is written into it. */
export function writtenShape(ev: Evaluation, at: Located, builder: ShapeBuilder): Shape {
  const uses = ev.usesOf(at);
  const settled = settledWrites(ev, at, uses);
  for (const write of settled ?? uses.writes) writeInto(ev, builder, at, write, settled !== undefined);
  if (uses.doubt !== undefined) builder.blur(gapAt(uses.doubt.at, uses.doubt.reason));
  return builder.build();
}

function setEntry(ev: Evaluation, builder: ShapeBuilder, at: Located, node: ObjectLiteral, entry: Extract<ObjectEntry, { kind: "property" }>): void {
  if (entry.accessor === "set") return;
  const value = entry.accessor === "get" ? getter(ev, at, node, entry.value) : inside(at, entry.value);
  if (!entry.computed && entry.key.kind === "string" && entry.key.value === "__proto__" && !entry.shorthand) {
    builder.blur(gapAt(value, "it is a prototype"));
    return;
  }
  setKey(ev, builder, inside(at, entry.key), value, true);
}

/** Sets a property under every name that the key can be. */
function setKey(ev: Evaluation, builder: ShapeBuilder, key: Located, value: Located, certain: boolean): void {
  const keys = ev.evaluate(key);
  const [first, second] = keys.values;
  const text = first === undefined ? undefined : keyText(first);
  if (certain && text !== undefined && second === undefined && keys.gap === undefined) {
    builder.set(text, value);
    return;
  }
  if (keys.gap !== undefined) builder.blur(keys.gap);
  for (const possible of keys.values) {
    const name = keyText(possible);
    if (name === undefined) builder.blur(gapAt(key, "the key is no text"));
    else builder.maybe(name, [value]);
  }
}

function getter(ev: Evaluation, at: Located, node: ObjectLiteral, value: Expression): Located {
  const located = inside(at, value);
  return ev.lazily(located, () => each(located, ev.evaluate(located), (fn) => ev.apply(located, fn, [], inside(at, node))));
}

/** Sets the properties of a spread, or merged, value. */
export function spreadInto(ev: Evaluation, builder: ShapeBuilder, source: Located): void {
  const outcome = ev.evaluate(source);
  let gap = outcome.gap;
  const shapes: Shape[] = [];
  for (const possible of outcome.values) {
    const shape = ownShape(source, possible);
    if (shape === undefined) gap ??= gapAt(source, "what is spread is not known");
    else shapes.push(shape);
  }
  builder.spread(shapes, gap);
}

/** The own enumerable properties of a value, as spreading sees them. */
export function ownShape(at: Located, possible: Possible): Shape | undefined {
  const { form } = possible;
  if (form.kind === "object") return form.shape();
  if (form.kind === "primitive") {
    const text = typeof form.value === "string" ? [...form.value.split("").entries()] : [];
    return { slots: new Map(text.map(([index, unit]) => [String(index), { alternatives: [constantAt(at, unit)], certain: true }])) };
  }
  if (form.kind === "array") {
    const { items, exact, gap } = form.items();
    if (!exact || gap !== undefined) return { slots: new Map(), open: gap ?? gapAt(at, "the array's elements are not known one by one") };
    return { slots: new Map(items.map((item, index) => [String(index), { alternatives: [item], certain: true }])) };
  }
  return isNullish(possible) ? { slots: new Map() } : undefined;
}

/** A constant that stands for a place. */
export function constantAt(at: Located, value: string | number | boolean | null | undefined): Located {
  return pinned(at, () => constant(value));
}

function writeInto(ev: Evaluation, builder: ShapeBuilder, at: Located, write: Write, settled: boolean): void {
  const place = (located: Located): Located => ({ ...located, ...writeFrame(ev, at, write) });
  switch (write.kind) {
    case "set":
      if (ev.evaluate(place(write.key)).values.some((key) => keyText(key) === "__proto__")) builder.blur(gapAt(write.at, "it gets a prototype"));
      setKey(ev, builder, place(write.key), place(write.value), settled);
      return;
    case "delete": {
      const keys = ev.evaluate(place(write.key));
      for (const possible of keys.values) builder.drop(keyText(possible) ?? "", settled && keys.values.length === 1 && keys.gap === undefined);
      if (keys.gap !== undefined) builder.blur(keys.gap);
      return;
    }
    case "merge":
      for (const source of write.sources) {
        if (settled) spreadInto(ev, builder, place(source));
        else mergeMaybe(ev, builder, place(source));
      }
      return;
    case "method":
      // A plain object has no standard method that changes it; its own methods are followed through `this`.
      return;
    case "unknown":
      builder.blur(gapAt(write.at, "it is changed here"));
  }
}

function mergeMaybe(ev: Evaluation, builder: ShapeBuilder, source: Located): void {
  const inner = new ShapeBuilder();
  spreadInto(ev, inner, source);
  const { slots, open } = inner.build();
  for (const [key, slot] of slots) builder.maybe(key, slot.alternatives, slot.gap);
  if (open !== undefined) builder.blur(open);
}

/** What is left of an object after some keys are taken. */
export function without(form: ObjectForm, keys: readonly string[]): Outcome {
  return only(
    objectOf(() => {
      const { slots, open } = form.shape();
      const left = new Map([...slots].filter(([key]) => !keys.includes(key)));
      return { slots: left, ...(open !== undefined && { open }) };
    }),
  );
}

/** The value of one property of an object, inherited ones included. */
export function objectMember(ev: Evaluation, at: Located, of: Possible, form: ObjectForm, key: string): Outcome {
  const slot = lookup(form, key);
  if (slot.alternatives.length === 0 && slot.gap === undefined && key in Object.prototype) {
    return key === "constructor" || key === "__proto__" ? blocked(at, `"${key}" is inherited`) : only({ kind: "method", of, name: key });
  }
  return slotValue(ev, at, slot);
}

