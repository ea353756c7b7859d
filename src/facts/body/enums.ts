import type { ts } from "../compiler.cjs";
import type { BindingId, Expression, ObjectEntry, Span } from "../expression.js";
import { lowerKey } from "./property-keys.js";
import type { Scope } from "./scope.js";

type Constant = string | number;

/** The value of an enum: an object with a property for each member, constants computed. */
export function lowerEnum(scope: Scope, node: ts.EnumDeclaration, id: BindingId): Expression {
  const { module } = scope;
  const inner = scope.block();
  const known = module.bindings[id]?.value;
  const entries: ObjectEntry[] = known?.kind === "object" ? [...known.entries] : [];
  const constants = new Map<string, Constant>();
  let next: number | undefined = 0;
  for (const member of node.members) {
    const key = lowerKey(inner, member.name);
    const span = module.spanOf(member.initializer ?? member);
    const written = member.initializer && module.lower.expression(inner, member.initializer);
    const constant: Constant | undefined = written ? constantOf(written, (name) => constants.get(name), id) : next;
    next = typeof constant === "number" ? constant + 1 : undefined;
    const value =
      constant === undefined
        ? (written ?? { kind: "opaque", what: "an enum member without a value", operands: [], span })
        : constantExpression(constant, span);
    entries.push({ kind: "property", ...key, shorthand: false, value });
    if (key.key.kind !== "string") continue;
    if (constant !== undefined) constants.set(key.key.value, constant);
    const memberKey = key.key.value;
    inner.values.set(memberKey, (at) =>
      constant === undefined ? memberOf(id, node.name.text, memberKey, at) : constantExpression(constant, at),
    );
  }
  return { kind: "object", entries, span: module.spanOf(node) };
}

function constantExpression(value: Constant, span: Span): Expression {
  return typeof value === "string" ? { kind: "string", value, span } : { kind: "number", value, span };
}

function memberOf(binding: BindingId, name: string, key: string, span: Span): Expression {
  const object: Expression = { kind: "reference", binding, name, span };
  return { kind: "member", object, key: { kind: "string", value: key, span }, keySpan: span, computed: false, optional: false, span };
}

/** What a member's initialiser computes to, from literals and the members before it. */
function constantOf(node: Expression, member: (name: string) => Constant | undefined, id: BindingId): Constant | undefined {
  const of = (inner: Expression): Constant | undefined => constantOf(inner, member, id);
  switch (node.kind) {
    case "string":
    case "number":
      return node.value;
    case "member":
      return node.object.kind === "reference" && node.object.binding === id && node.key.kind === "string"
        ? member(node.key.value)
        : undefined;
    case "template": {
      const parts = node.tag ? [undefined] : node.parts.map((part) => (typeof part === "string" ? part : of(part)));
      return parts.includes(undefined) ? undefined : parts.join("");
    }
    case "unary":
      return unary(node.operator, of(node.operand));
    case "binary":
      return binary(node.operator, of(node.left), of(node.right));
    default:
      return undefined;
  }
}

function unary(operator: string, value: Constant | undefined): Constant | undefined {
  if (typeof value !== "number") return undefined;
  switch (operator) {
    case "-":
      return finite(-value);
    case "+":
      return value;
    case "~":
      return ~value;
    default:
      return undefined;
  }
}

function binary(operator: string, left: Constant | undefined, right: Constant | undefined): Constant | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (operator === "+" && (typeof left === "string" || typeof right === "string")) return `${left}${right}`;
  return typeof left === "number" && typeof right === "number" ? finite(arithmetic(operator, left, right)) : undefined;
}

function arithmetic(operator: string, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
    case "**":
      return left ** right;
    case "<<":
      return left << right;
    case ">>":
      return left >> right;
    case ">>>":
      return left >>> right;
    case "&":
      return left & right;
    case "|":
      return left | right;
    case "^":
      return left ^ right;
    default:
      return Number.NaN;
  }
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value + 0 : undefined;
}
