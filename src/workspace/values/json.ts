import type { Expression, Span } from "../../facts/expression.js";
import type { JsonNode } from "../../facts/facts.js";
import type { Located } from "../workspace.js";
import { arrayOf } from "./arrays.js";
import type { Evaluation } from "./evaluation.js";
import { pinned } from "./frame.js";
import { lookup, objectOf, orderedKeys, slotValue } from "./objects.js";
import { checked } from "./operators.js";
import { blocked, combine, constant, each, joined, MAX_TEXT, NEVER, only, type Outcome, type Possible } from "./outcome.js";

/** A JSON tree as an expression, so that it is read like a literal in the file. */
export function jsonExpression(node: JsonNode): Expression {
  const { span } = node;
  if (node.kind === "array") return { kind: "array", items: node.items.map((item) => ({ value: jsonExpression(item), spread: false })), span };
  if (node.kind === "value") return scalar(node.value, span);
  return { kind: "object", entries: node.properties.map(({ key, keySpan, value }) => property(key, keySpan, jsonExpression(value))), span };
}

/** What `JSON.parse` makes of a constant. */
export function jsonValueOf(at: Located, { form }: Possible): Outcome {
  if (form.kind !== "primitive" || typeof form.value !== "string" || form.value.length > MAX_TEXT) return blocked(at, "what it parses is not known");
  let parsed: unknown;
  try {
    parsed = JSON.parse(form.value);
  } catch {
    return NEVER;
  }
  if (Array.isArray(parsed)) return only(arrayOf(parsed.map((item: unknown) => parsedPart(at, item))));
  if (typeof parsed !== "object" || parsed === null) return isScalar(parsed) ? constant(parsed) : NEVER;
  const slots = new Map(Object.entries(parsed).map(([key, value]) => [key, { alternatives: [parsedPart(at, value)], certain: true }]));
  return only(objectOf(() => ({ slots })));
}

/** Objects inside parsed JSON have no place from which what is written into them could be followed. */
function parsedPart(at: Located, value: unknown): Located {
  return pinned(at, () => (isScalar(value) ? constant(value) : blocked(at, "what lies deeper in parsed JSON is not followed")));
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** What `JSON.stringify` makes of a value; objects only where all is known. */
export function jsonText(ev: Evaluation, at: Located, { form, trail }: Possible): Outcome {
  if (form.kind === "primitive") return form.value === undefined ? constant(undefined) : constant(JSON.stringify(form.value), trail);
  if (form.kind === "array") {
    const { items, exact, gap } = form.items();
    if (!exact || gap !== undefined) return blocked(at, "the array's elements are not known one by one");
    const pieces = items.map((item) => textOrNull(ev, at, item));
    return combine(at, pieces, (values) => checked(at, `[${values.map(textIn).join(",")}]`, joined(values)));
  }
  if (form.kind !== "object") return blocked(at, "it is not written as JSON here");
  const shape = form.shape();
  const keys = orderedKeys(shape);
  if (shape.open !== undefined || keys.includes("toJSON")) return blocked(at, "the object's properties are not known");
  const pieces: Outcome[] = [];
  for (const key of keys) {
    const slot = lookup(form, key);
    if (!slot.certain) return blocked(at, "the object's properties are not known");
    pieces.push(each(at, slotValue(ev, at, slot), (possible) => jsonText(ev, at, possible)));
  }
  return combine(at, pieces, (values) => {
    const written = keys.flatMap((key, index) => {
      const value = values[index];
      return value?.form.kind === "primitive" && value.form.value !== undefined ? [`${JSON.stringify(key)}:${String(value.form.value)}`] : [];
    });
    return checked(at, `{${written.join(",")}}`, joined(values));
  });
}

function textOrNull(ev: Evaluation, at: Located, item: Located): Outcome {
  const outcome = each(at, ev.evaluate(item), (possible) => jsonText(ev, at, possible));
  return { ...outcome, values: outcome.values.map((possible) => (possible.form.kind === "primitive" && possible.form.value === undefined ? { ...possible, form: { kind: "primitive", value: "null" } } : possible)) };
}

function textIn({ form }: Possible): string {
  return form.kind === "primitive" ? String(form.value) : "";
}

function scalar(value: string | number | boolean | null, span: Span): Expression {
  if (value === null) return { kind: "nothing", value: "null", span };
  if (typeof value === "string") return { kind: "string", value, span };
  return typeof value === "number" ? { kind: "number", value, span } : { kind: "boolean", value, span };
}

/** Computed, since `__proto__` is an ordinary key in JSON. */
function property(key: string, keySpan: Span, value: Expression): Extract<Expression, { kind: "object" }>["entries"][number] {
  return { kind: "property", key: { kind: "string", value: key, span: keySpan }, keySpan, computed: true, shorthand: false, value };
}
