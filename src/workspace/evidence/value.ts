import type { ClassFact, Expression, FunctionId, BindingId } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Located } from "../workspace.js";

/** What a test's expression can be while the test is read. */
export type Value =
  | { readonly kind: "primitive"; readonly value: string | number | boolean | null | undefined }
  /** A text of which parts are not known: those read as `\0`. URLs are texts too. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "object"; readonly members: Map<string, Value>; readonly open: boolean }
  | { readonly kind: "array"; readonly items: readonly Value[] }
  | { readonly kind: "set"; readonly items: readonly Value[] }
  | { readonly kind: "regex"; readonly regex: RegExp }
  | { readonly kind: "function"; readonly file: Path; readonly function: FunctionId; readonly scope: Scope; readonly self?: Value }
  | { readonly kind: "class"; readonly fact: ClassFact; readonly scope: Scope }
  /** A module of the workspace, as a namespace. */
  | { readonly kind: "module"; readonly file: Path }
  /** A function of the platform or of the test's tools, by name. */
  | { readonly kind: "native"; readonly name: string; readonly self?: Value }
  /** `it`, `describe` and their like with what was read from them. */
  | { readonly kind: "block"; readonly role: "test" | "suite"; readonly marks: readonly string[]; readonly rows?: readonly (readonly Value[])[] }
  | { readonly kind: "expectation"; readonly of: Value; readonly negated: boolean }
  | { readonly kind: "request"; readonly url: string; readonly init: Value | undefined; readonly at: Located }
  | { readonly kind: "response"; readonly answer: Answer }
  /** Something that follows from the status of an answer. */
  | { readonly kind: "depends"; readonly on: Answer; readonly of: (status: number) => Value }
  /** What a package's class makes; `ours` once code of the workspace has been given it. */
  | { readonly kind: "instance"; readonly of: string; readonly seen: { ours: boolean }; /** It stands in the place of something. */ readonly double?: boolean }
  /** Control does not get here. */
  | { readonly kind: "never" }
  | { readonly kind: "unknown" };

/** What a request is answered with. */
export interface Answer {
  /** The path that is asked for; a part that is not known reads as `\0`. */
  readonly path: string;
  /** Headers by which callers differ, as text; undefined where they are not known. */
  readonly caller: string | undefined;
  readonly at: Located;
  /** Whether code of the workspace answers, and no double of the test's own. */
  readonly real: boolean;
  /** Whether an app in the test's own process answers, and not what runs behind an address. */
  readonly inProcess: boolean;
}

/** The names of one run of a function. */
export interface Scope {
  readonly file: Path;
  readonly function: FunctionId;
  readonly passed: readonly Value[];
  readonly self?: Value;
  readonly outer?: Scope;
  readonly cells: Map<BindingId, Value>;
  /** The elements that loops are at, by what they go through. */
  readonly rows: Map<string, Value>;
}

/** What stands in the place of something: it answers what the test says. */
export function doubleOf(what: string): Value {
  return { kind: "instance", of: what, seen: { ours: false }, double: true };
}

export const UNKNOWN: Value = { kind: "unknown" };
export const NEVER: Value = { kind: "never" };
export const NOTHING: Value = { kind: "primitive", value: undefined };

export function primitive(value: string | number | boolean | null | undefined): Value {
  return { kind: "primitive", value };
}

/** A value as it is put into a text. */
export function textOf(value: Value): string {
  if (value.kind === "primitive") return String(value.value);
  if (value.kind === "text") return value.text;
  return value.kind === "request" ? value.url : "\0";
}

export function toText(text: string): Value {
  return text.includes("\0") ? { kind: "text", text } : primitive(text);
}

/** Whether a value is true in a test; undefined when that is not known. */
export function truth(value: Value): boolean | undefined {
  if (value.kind === "primitive") return Boolean(value.value);
  if (value.kind === "text") return value.text.replaceAll("\0", "") === "" ? undefined : true;
  return value.kind === "unknown" || value.kind === "depends" || value.kind === "never" ? undefined : true;
}

/** Computes with values, for each status where one of them depends on it. */
export function lift(values: readonly Value[], compute: (values: readonly Value[]) => Value): Value {
  const answers = new Set(values.flatMap((value) => (value.kind === "depends" ? [value.on] : [])));
  const [on] = answers;
  if (on === undefined) return compute(values);
  if (answers.size > 1) return UNKNOWN;
  return { kind: "depends", on, of: (status) => compute(values.map((value) => (value.kind === "depends" ? value.of(status) : value))) };
}

/** Whether two values are equal, as far as that can be told; of objects, whether one has the members of the other. */
export function equal(a: Value, b: Value, member: (of: Value, key: string) => Value): Value {
  return lift([a, b], ([left = UNKNOWN, right = UNKNOWN]) => {
    if (left.kind === "primitive" && right.kind === "primitive") return primitive(left.value === right.value);
    if (right.kind === "object" && (left.kind === "object" || left.kind === "response")) {
      return all([...right.members].map(([key, value]) => equal(member(left, key), value, member)));
    }
    if (left.kind === "array" && right.kind === "array") return left.items.length === right.items.length ? all(left.items.map((item, at) => equal(item, right.items[at] ?? UNKNOWN, member))) : primitive(false);
    return UNKNOWN;
  });
}

/** Whether all hold; what is not known is left out, since the rest must hold anyway. */
export function all(values: readonly Value[]): Value {
  return values.reduce((a, b) => lift([a, b], ([left = UNKNOWN, right = UNKNOWN]) => {
    const both = [truth(left), truth(right)];
    if (both.includes(false)) return primitive(false);
    return both.includes(undefined) ? UNKNOWN : primitive(true);
  }), primitive(true));
}

export function some(values: readonly Value[]): Value {
  return values.reduce((a, b) => lift([a, b], ([left = UNKNOWN, right = UNKNOWN]) => {
    const both = [truth(left), truth(right)];
    if (both.includes(true)) return primitive(true);
    return both.includes(undefined) ? UNKNOWN : primitive(false);
  }), primitive(false));
}

export function not(value: Value): Value {
  return lift([value], ([one = UNKNOWN]) => {
    const is = truth(one);
    return is === undefined ? UNKNOWN : primitive(!is);
  });
}

/** Applies an operator to constants. */
export function operate(operator: string, a: Value, b: Value): Value {
  return lift([a, b], ([left = UNKNOWN, right = UNKNOWN]) => {
    if (operator === "+" && (isText(left) || isText(right))) return toText(textOf(left) + textOf(right));
    if (left.kind !== "primitive" || right.kind !== "primitive") return UNKNOWN;
    const [x, y] = [left.value, right.value];
    switch (operator) {
      case "===":
        return primitive(x === y);
      case "!==":
        return primitive(x !== y);
      case "==":
        return primitive(x === y || (x ?? null) === (y ?? null) || String(x) === String(y));
      case "!=":
        return primitive(!(x === y || (x ?? null) === (y ?? null) || String(x) === String(y)));
      default:
        return typeof x === "number" && typeof y === "number" ? arithmetic(operator, x, y) : UNKNOWN;
    }
  });
}

function arithmetic(operator: string, x: number, y: number): Value {
  const results: Readonly<Record<string, number | boolean>> = { "<": x < y, "<=": x <= y, ">": x > y, ">=": x >= y, "+": x + y, "-": x - y, "*": x * y, "/": x / y, "%": x % y, "|": x | y, "&": x & y };
  const result = results[operator];
  return result === undefined ? UNKNOWN : primitive(result);
}

function isText(value: Value): boolean {
  return value.kind === "text" || (value.kind === "primitive" && typeof value.value === "string");
}

/** The name of something that is called, in messages and tables of what tools offer. */
export function nameOf(node: Expression): string | undefined {
  if (node.kind === "global" || node.kind === "reference") return node.name;
  return node.kind === "member" && node.key.kind === "string" ? node.key.value : undefined;
}
