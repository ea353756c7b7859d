import type { Located } from "../workspace.js";
import type { Evaluation } from "./evaluation.js";
import type { Form, Primitive } from "./form.js";
import { lookup } from "./objects.js";
import { blocked, combine, constant, each, joined, MAX_TEXT, union, withGap, type Outcome, type Possible } from "./outcome.js";
import { arrayText } from "./array-methods.js";

/** `null` or `undefined`. */
export function isNullish({ form }: Possible): boolean {
  return form.kind === "primitive" && (form.value === null || form.value === undefined);
}

export function isUndefined({ form }: Possible): boolean {
  return form.kind === "primitive" && form.value === undefined;
}

/** Whether a value is truthy; undefined when that cannot be told. */
export function truthOf({ form }: Possible): boolean | undefined {
  if (form.kind === "primitive") return Boolean(form.value);
  return form.kind === "external" ? undefined : true;
}

/** Whether everything that an outcome can be is truthy, or falsy; undefined when it can be both, or anything. */
export function truthOfAll(outcome: Outcome): boolean | undefined {
  if (outcome.gap !== undefined || outcome.values.length === 0) return undefined;
  const truths = new Set(outcome.values.map(truthOf));
  const [first] = truths;
  return truths.size === 1 ? first : undefined;
}

/** `true` and `false`: any comparison is one of them, whatever it compares. */
export const EITHER: Outcome = { values: [...constant(true).values, ...constant(false).values] };

const COMPARISONS: ReadonlySet<string> = new Set(["==", "!=", "===", "!==", "<", "<=", ">", ">=", "instanceof", "in"]);

/** A binary operator on everything that its operands can be. */
export function binary(ev: Evaluation, at: Located, operator: string, left: Outcome, right: Outcome): Outcome {
  const result = combine(at, [left, right], (pair) => {
    const [a, b] = pair;
    return a === undefined || b === undefined ? blocked(at, "an operand is missing") : binaryOf(ev, at, operator, a, b);
  });
  return COMPARISONS.has(operator) && result.gap !== undefined ? EITHER : result;
}

function binaryOf(ev: Evaluation, at: Located, operator: string, a: Possible, b: Possible): Outcome {
  if (operator === "in") return isIn(at, a, b);
  if (operator === "===" || operator === "!==") {
    const same = areSame(a.form, b.form);
    return same === undefined ? EITHER : constant(operator === "===" ? same : !same, joined([a, b]));
  }
  if (a.form.kind === "primitive" && b.form.kind === "primitive") {
    const value = compute(operator, a.form.value, b.form.value);
    return value === NOTHING ? blocked(at, `the operator "${operator}" is not evaluated`) : checked(at, value, joined([a, b]));
  }
  if (operator !== "+" || [a, b].some(({ form }) => form.kind === "instance")) return blocked(at, `the operator "${operator}" is applied to an object`);
  return combine(at, [textOf(ev, at, a), textOf(ev, at, b)], (texts) => concatenate(at, texts));
}

/** Strict equality; undefined when it cannot be told. */
export function areSame(a: Form, b: Form): boolean | undefined {
  if (a.kind === "primitive" && b.kind === "primitive") return a.value === b.value;
  // A form can stand for several values that are made in the same place.
  return a.kind === "primitive" || b.kind === "primitive" ? unlessExternal(a, b) : undefined;
}

function unlessExternal(a: Form, b: Form): false | undefined {
  return a.kind === "external" || b.kind === "external" || a.kind === "builtin" || b.kind === "builtin" ? undefined : false;
}

function isIn(at: Located, key: Possible, object: Possible): Outcome {
  if (key.form.kind !== "primitive") return EITHER;
  if (object.form.kind === "object") {
    const slot = lookup(object.form, String(key.form.value));
    if (slot === undefined || (slot.gap !== undefined && !slot.certain)) return EITHER;
    if (slot.certain) return constant(true);
    if (String(key.form.value) in Object.prototype) return EITHER;
    return slot.alternatives.length === 0 ? constant(false) : EITHER;
  }
  return object.form.kind === "primitive" ? blocked(at, "the right side of `in` is no object") : EITHER;
}

const NOTHING = Symbol("no value");

/** Applies an operator to constants, as the language defines it. */
function compute(operator: string, left: Primitive, right: Primitive): Primitive | typeof NOTHING {
  if (operator === "+") {
    if (typeof left === "string" || typeof right === "string") return String(left) + String(right);
    return Number(left) + Number(right);
  }
  if (operator === "==" || operator === "!=") {
    const same = looselySame(left, right);
    return operator === "==" ? same : !same;
  }
  if (operator === "<" || operator === ">" || operator === "<=" || operator === ">=") return compare(operator, left, right);
  const a = Number(left);
  const b = Number(right);
  switch (operator) {
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      return a % b;
    case "**":
      return a ** b;
    case "&":
      return a & b;
    case "|":
      return a | b;
    case "^":
      return a ^ b;
    case "<<":
      return a << b;
    case ">>":
      return a >> b;
    case ">>>":
      return a >>> b;
    default:
      return NOTHING;
  }
}

function looselySame(left: Primitive, right: Primitive): boolean {
  const nothing = [left, right].filter((value) => value === null || value === undefined).length;
  if (nothing > 0) return nothing === 2;
  return typeof left === typeof right ? left === right : Number(left) === Number(right);
}

function compare(operator: "<" | ">" | "<=" | ">=", left: Primitive, right: Primitive): boolean {
  const [a, b] = typeof left === "string" && typeof right === "string" ? [left, right] : [Number(left), Number(right)];
  if (operator === "<") return a < b;
  if (operator === ">") return a > b;
  return operator === "<=" ? a <= b : a >= b;
}

/** A unary operator on everything that its operand can be. */
export function unary(at: Located, operator: "!" | "-" | "+" | "~" | "typeof" | "delete", operand: Outcome): Outcome {
  if (operator === "delete") return EITHER;
  if (operator === "!") {
    const truth = truthOfAll(operand);
    return truth === undefined ? EITHER : constant(!truth, joined(operand.values));
  }
  return each(at, operand, (possible) => {
    const { form } = possible;
    if (operator === "typeof") {
      const name = typeName(form);
      return name === undefined ? blocked(at, "its type is not known") : constant(name, joined([possible]));
    }
    if (form.kind !== "primitive") return blocked(at, `the operator "${operator}" is applied to an object`);
    const number = Number(form.value);
    return constant(operator === "-" ? -number : operator === "+" ? number : ~number, joined([possible]));
  });
}

function typeName(form: Form): string | undefined {
  switch (form.kind) {
    case "primitive":
      return form.value === null ? "object" : typeof form.value;
    case "closure":
    case "class":
    case "method":
      return "function";
    case "external":
    case "builtin":
      return undefined;
    default:
      return "object";
  }
}

/** A value as text, as `String(x)` and templates make it. */
export function textOf(ev: Evaluation, at: Located, possible: Possible): Outcome {
  const { form } = possible;
  switch (form.kind) {
    case "primitive":
      return constant(String(form.value), joined([possible]));
    case "array":
      return arrayText(ev, at, form, ",");
    case "url":
      return constant(form.href, joined([possible]));
    case "regex":
      return constant(`/${form.pattern}/${form.flags}`, joined([possible]));
    case "instance":
      return each(at, ev.member(at, possible, "toString"), (method) =>
        method.form.kind === "closure" ? ev.apply(at, method, [], ev.lazily(at, () => ({ values: [possible] }))) : blocked(at, "an object becomes text"),
      );
    default:
      return blocked(at, "an object becomes text");
  }
}

/** Pieces of text one after the other, every combination. */
export function concatenated(ev: Evaluation, at: Located, parts: readonly Outcome[]): Outcome {
  const texts = parts.map((part) => each(at, part, (possible) => textOf(ev, at, possible)));
  // Pairwise, so that equal results fold before they multiply.
  return texts.reduce((before, next) => combine(at, [before, next], (pair) => concatenate(at, pair)), constant(""));
}

function concatenate(at: Located, pieces: readonly Possible[]): Outcome {
  return checked(at, pieces.map(({ form }) => (form.kind === "primitive" ? String(form.value) : "")).join(""), joined(pieces));
}

/** A constant, unless it is too long to be of use. */
export function checked(at: Located, value: Primitive, trail: ReturnType<typeof joined>): Outcome {
  return typeof value === "string" && value.length > MAX_TEXT ? blocked(at, "the text is too long") : constant(value, trail);
}

/** `left && right`, `left || right`, `left ?? right`. */
export function logical(at: Located, operator: "&&" | "||" | "??", left: Outcome, right: () => Outcome): Outcome {
  const kept: Possible[] = [];
  let goesOn = left.gap !== undefined;
  for (const possible of left.values) {
    const stops = operator === "??" ? !isNullish(possible) : truthOf(possible) === undefined ? undefined : truthOf(possible) === (operator === "||");
    if (stops !== false || (operator === "??" && possible.form.kind === "external")) kept.push(possible);
    if (stops !== true || (operator === "??" && possible.form.kind === "external")) goesOn = true;
  }
  const stays: Outcome = { values: kept };
  return withGap(goesOn ? union(at, [stays, right()]) : stays, left.gap);
}

/** `operand`, or `fallback` where it is undefined. */
export function defaulted(at: Located, operand: Outcome, fallback: () => Outcome): Outcome {
  const kept = operand.values.filter((possible) => !isUndefined(possible));
  const goesOn = operand.gap !== undefined || kept.length < operand.values.length || kept.some(({ form }) => form.kind === "external");
  return withGap(goesOn ? union(at, [{ values: kept }, fallback()]) : { values: kept }, operand.gap);
}

