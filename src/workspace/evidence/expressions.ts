import type { Expression } from "../../facts/expression.js";
import { tagged } from "./blocks.js";
import { callExpression, listOf } from "./calls.js";
import { homeOf, readName, rowOf, selfOf } from "./names.js";
import { assign, construct, objectLiteral } from "./objects.js";
import type { TestReader } from "./reader.js";
import { choose } from "./statements.js";
import { globalOf } from "./tools.js";
import { lift, not, NOTHING, operate, primitive, textOf, toText, truth, UNKNOWN, type Scope, type Value } from "./value.js";

/** What an expression is while the test is read. */
export function evaluate(reader: TestReader, node: Expression, scope: Scope): Value {
  const of = (inner: Expression): Value => reader.evaluate(inner, scope);
  switch (node.kind) {
    case "string":
    case "number":
    case "boolean":
      return primitive(node.value);
    case "nothing":
      if (node.operand !== undefined) of(node.operand);
      return primitive(node.value === "null" ? null : undefined);
    case "regex":
      return regexOf(node.pattern, node.flags);
    case "template":
      return node.tag === undefined ? toText(node.parts.map((part) => (typeof part === "string" ? part : textOf(of(part)))).join("")) : tagged(reader, of(node.tag), node.parts, scope);
    case "reference":
      return readName(reader, node.binding, scope);
    case "global":
      return globalOf(node.name);
    case "this":
      return selfOf(scope);
    case "member":
      return reader.member(of(node.object), textOf(of(node.key)));
    case "call":
      return callExpression(reader, node, scope);
    case "new":
      return construct(reader, node, scope);
    case "object":
      return objectLiteral(reader, node.entries, scope);
    case "array":
      return { kind: "array", items: listOf(reader, node.items, scope) };
    case "function":
      return { kind: "function", file: scope.file, function: node.function, scope };
    case "class":
      return { kind: "class", fact: node.class, scope };
    case "conditional": {
      const test = of(node.test);
      const is = truth(test);
      return is === undefined ? choose(test, of(node.then), of(node.else)) : of(is ? node.then : node.else);
    }
    case "logical":
      return logical(reader, node, scope);
    case "binary":
      return node.operator === "in" || node.operator === "instanceof" ? UNKNOWN : operate(node.operator, of(node.left), of(node.right));
    case "unary":
      return unary(node.operator, of(node.operand));
    case "assign":
      return assign(reader, node, scope);
    case "sequence":
      return node.items.map(of).at(-1) ?? UNKNOWN;
    case "await":
    case "typed":
      return of(node.operand);
    case "element": {
      const row = node.index === undefined ? rowOf(node.of, scope) : undefined;
      if (row !== undefined) return row;
      const list = of(node.of);
      return node.index === undefined ? UNKNOWN : reader.member(list, String(node.index));
    }
    case "key-of":
      return rowOf(node.of, scope) ?? UNKNOWN;
    case "rest": {
      const whole = of(node.of);
      if (whole.kind !== "object") return whole;
      return { ...whole, members: new Map([...whole.members].filter(([key]) => !node.without.includes(key))) };
    }
    case "default": {
      const value = of(node.operand);
      return value.kind === "primitive" && value.value === undefined ? of(node.fallback) : value;
    }
    case "parameter": {
      const { passed } = homeOf(reader, scope, node.function);
      return node.rest ? { kind: "array", items: passed.slice(node.index) } : (passed[node.index] ?? NOTHING);
    }
    default:
      return UNKNOWN;
  }
}

function logical(reader: TestReader, node: Extract<Expression, { kind: "logical" }>, scope: Scope): Value {
  const left = reader.evaluate(node.left, scope);
  const isSet = left.kind === "primitive" ? left.value !== undefined && left.value !== null : left.kind === "unknown" || left.kind === "depends" ? undefined : true;
  const is = node.operator === "??" ? isSet : truth(left);
  if (is !== undefined) return is === (node.operator === "&&") ? reader.evaluate(node.right, scope) : left;
  const right = reader.evaluate(node.right, scope);
  if (node.operator === "&&") return choose(left, right, left);
  return node.operator === "||" ? choose(left, left, right) : right;
}

function unary(operator: string, value: Value): Value {
  if (operator === "!") return not(value);
  if (operator === "typeof") return lift([value], ([one = UNKNOWN]) => typeOf(one));
  return operator === "-" ? operate("-", primitive(0), value) : operator === "+" ? value : UNKNOWN;
}

function typeOf(value: Value): Value {
  switch (value.kind) {
    case "primitive":
      return primitive(value.value === null ? "object" : typeof value.value);
    case "text":
      return primitive("string");
    case "function":
      return primitive("function");
    case "unknown":
      return UNKNOWN;
    default:
      return primitive("object");
  }
}

function regexOf(pattern: string, flags: string): Value {
  try {
    return { kind: "regex", regex: new RegExp(pattern, flags.replace(/[gy]/gu, "")) };
  } catch {
    return UNKNOWN;
  }
}
