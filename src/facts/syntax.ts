import { ts } from "ts-morph";
import type { Span } from "./expression.js";

/** A node's place, without the trivia before it. */
export function spanOf(node: ts.Node, file: ts.SourceFile): Span {
  const start = node.getStart(file);
  return [Math.min(start, node.end), node.end];
}

/** Takes off what has no effect at run time: parentheses, type assertions, `!`. */
export function unwrap(node: ts.Expression): ts.Expression {
  let inner = node;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isTypeAssertionExpression(inner)
  ) {
    inner = inner.expression;
  }
  return inner;
}

/** A left-associative chain: its leftmost operand, then each operation that has the one before as its left side. */
export interface BinaryChain {
  readonly first: ts.Expression;
  readonly operations: readonly ts.BinaryExpression[];
}

/** Unrolls the left side of a binary expression without recursion: `a + b + …` nests as deep as it is long. */
export function binaryChain(node: ts.BinaryExpression): BinaryChain {
  const operations = [node];
  let first = node.left;
  while (ts.isBinaryExpression(first)) {
    operations.push(first);
    first = first.left;
  }
  return { first, operations: operations.reverse() };
}

/** Every identifier that a declaration's name or pattern binds, in source order. */
export function boundNames(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}

/** Whether a declaration carries a modifier such as `export` or `async`. */
export function hasModifier(node: ts.HasModifiers, kind: ts.SyntaxKind): boolean {
  return node.modifiers?.some((modifier) => modifier.kind === kind) ?? false;
}

/** The key of `object.key` or `object["key"]`. */
export function memberKey(node: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
}

/** Whether a node is `object.key` or `object[…]`. */
export function isMember(node: ts.Expression): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}
