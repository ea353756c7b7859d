import type { ts } from "./compiler.cjs";
import { binaryChain, unwrap } from "./syntax.js";
import {
  isArrayLiteralExpression, isBinaryExpression, isCallExpression, isNumericLiteral, isPrefixUnaryExpression, isPropertyAccessExpression,
  isStringLiteralLike, isTemplateExpression, SyntaxKind,
} from "./typescript.js";

type Given = string | number | undefined;

/** Methods of texts that make one text of it and of constants; without answer where they are given what they do not take. */
const TEXT_METHODS: ReadonlyMap<string, (text: string, first: Given, second: Given) => string | undefined> = new Map([
  ["at", (text: string, index: Given) => (isText(index) ? undefined : text.at(index ?? 0))],
  ["charAt", (text: string, index: Given) => (isText(index) ? undefined : text.charAt(index ?? 0))],
  ["slice", (text: string, from: Given, to: Given) => (isText(from) || isText(to) ? undefined : text.slice(from, to))],
  ["substring", (text: string, from: Given, to: Given) => (isText(from) || isText(to) ? undefined : text.substring(from ?? 0, to))],
  ["replace", (text: string, what: Given, by: Given) => (isText(what) && isText(by) ? text.replace(what, by) : undefined)],
  ["replaceAll", (text: string, what: Given, by: Given) => (isText(what) && isText(by) ? text.replaceAll(what, by) : undefined)],
  ["toLowerCase", (text: string) => text.toLowerCase()],
  ["toUpperCase", (text: string) => text.toUpperCase()],
  ["trim", (text: string) => text.trim()],
  ["trimStart", (text: string) => text.trimStart()],
  ["trimEnd", (text: string) => text.trimEnd()],
]);

/** Methods whose calls may be constant. */
export const FOLDED_METHODS: ReadonlySet<string> = new Set([...TEXT_METHODS.keys(), "concat", "join"]);

/** How many levels of concatenation inside concatenation are folded. */
const MAX_NESTING = 20;

/**
 * The text that an expression is, as far as its own tokens prove it: literals, and `+`, templates and methods of such.
 *
 * @returns undefined when anything but constants takes part
 */
export function constantText(node: ts.Expression, nesting = 0): string | undefined {
  if (nesting > MAX_NESTING) return undefined;
  if (isStringLiteralLike(node)) return node.text;
  if (isNumericLiteral(node)) return node.text;
  if (isTemplateExpression(node)) {
    const holes = joined(node.templateSpans.map((span) => [span.expression, span.literal.text] as const), nesting);
    return holes === undefined ? undefined : node.head.text + holes;
  }
  if (isBinaryExpression(node)) return constantSum(node, nesting);
  if (isCallExpression(node)) return constantCall(node, nesting);
  const inner = unwrap(node);
  return inner === node ? undefined : constantText(inner, nesting + 1);
}

function constantSum(node: ts.BinaryExpression, nesting: number): string | undefined {
  const { first, operations } = binaryChain(node);
  if (operations.some((operation) => operation.operatorToken.kind !== SyntaxKind.PlusToken)) return undefined;
  const operands = [first, ...operations.map((operation) => operation.right)];
  // Numbers add up; only next to a text are they spelled out.
  if (!operands.slice(0, 2).some((operand) => !isNumericLiteral(unwrap(operand)))) return undefined;
  return joined(operands.map((operand) => [operand, ""] as const), nesting);
}

function constantCall(node: ts.CallExpression, nesting: number): string | undefined {
  const callee = node.expression;
  if (!isPropertyAccessExpression(callee)) return undefined;
  if (callee.name.text === "concat") return joined([callee.expression, ...node.arguments].map((part) => [part, ""] as const), nesting);
  const method = TEXT_METHODS.get(callee.name.text);
  if (method !== undefined) return changedText(node, callee.expression, method, nesting);
  const list = unwrap(callee.expression);
  if (callee.name.text !== "join" || !isArrayLiteralExpression(list)) return undefined;
  const separator = node.arguments[0] ? constantText(node.arguments[0], nesting + 1) : ",";
  if (separator === undefined) return undefined;
  const last = list.elements.length - 1;
  return joined(list.elements.map((element, index) => [element, index === last ? "" : separator] as const), nesting);
}

function changedText(
  node: ts.CallExpression,
  receiver: ts.Expression,
  method: (text: string, first: Given, second: Given) => string | undefined,
  nesting: number,
): string | undefined {
  const at = unwrap(receiver);
  const text = isNumericLiteral(at) ? undefined : constantText(at, nesting + 1);
  if (text === undefined || node.arguments.length > 2) return undefined;
  const given = node.arguments.map((argument) => constantArgument(unwrap(argument), nesting));
  return given.includes(undefined) ? undefined : method(text, given[0], given[1]);
}

function constantArgument(node: ts.Expression, nesting: number): Given {
  if (isNumericLiteral(node)) return Number(node.text);
  const isNegative = isPrefixUnaryExpression(node) && node.operator === SyntaxKind.MinusToken && isNumericLiteral(node.operand);
  return isNegative ? -Number(node.operand.text) : constantText(node, nesting + 1);
}

function isText(given: Given): given is string {
  return typeof given === "string";
}

function joined(parts: readonly (readonly [ts.Expression, after: string])[], nesting: number): string | undefined {
  let text = "";
  for (const [part, after] of parts) {
    const value = constantText(part, nesting + 1);
    if (value === undefined) return undefined;
    text += value + after;
  }
  return text;
}
