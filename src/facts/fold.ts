import type { ts } from "./compiler.cjs";
import { binaryChain, unwrap } from "./syntax.js";
import {
  isArrayLiteralExpression, isBinaryExpression, isCallExpression, isNumericLiteral, isPropertyAccessExpression, isStringLiteralLike,
  isTemplateExpression, SyntaxKind,
} from "./typescript.js";

/** How many levels of concatenation inside concatenation are folded. */
const MAX_NESTING = 20;

/**
 * The text that an expression is, as far as its own tokens prove it: literals, and `+`, templates, `concat` and `join` of such.
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
  const list = unwrap(callee.expression);
  if (callee.name.text !== "join" || !isArrayLiteralExpression(list)) return undefined;
  const separator = node.arguments[0] ? constantText(node.arguments[0], nesting + 1) : ",";
  if (separator === undefined) return undefined;
  const last = list.elements.length - 1;
  return joined(list.elements.map((element, index) => [element, index === last ? "" : separator] as const), nesting);
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
