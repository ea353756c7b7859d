import { startOf, type ts } from "./compiler.cjs";
import type { Span } from "./expression.js";
import {
  isBinaryExpression, isElementAccessExpression, isIdentifier, isOmittedExpression, isPropertyAccessExpression, isStringLiteralLike,
  SyntaxKind,
} from "./typescript.js";

/** A node's place, without the trivia before it. */
export function spanOf(node: ts.Node, file: ts.SourceFile): Span {
  const start = startOf(node, file);
  return [Math.min(start, node.end), node.end];
}

/** Takes off what has no effect at run time: parentheses, type assertions, `!`. */
export function unwrap(node: ts.Expression): ts.Expression {
  let inner = node;
  while (isWrapper(inner)) inner = inner.expression;
  return inner;
}

type Wrapper = ts.ParenthesizedExpression | ts.AsExpression | ts.NonNullExpression | ts.SatisfiesExpression | ts.TypeAssertion;

function isWrapper(node: ts.Expression): node is Wrapper {
  switch (node.kind) {
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.AsExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.SatisfiesExpression:
    case SyntaxKind.TypeAssertionExpression:
      return true;
    default:
      return false;
  }
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
  while (isBinaryExpression(first)) {
    operations.push(first);
    first = first.left;
  }
  return { first, operations: operations.reverse() };
}

/** Every identifier that a declaration's name or pattern binds, in source order. */
export function boundNames(name: ts.BindingName): ts.Identifier[] {
  if (isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (isOmittedExpression(element) ? [] : boundNames(element.name)));
}

/** Whether a declaration carries a modifier such as `export` or `async`. */
export function hasModifier(node: ts.HasModifiers, kind: ts.SyntaxKind): boolean {
  return node.modifiers?.some((modifier) => modifier.kind === kind) ?? false;
}

/** The key of `object.key` or `object["key"]`. */
export function memberKey(node: ts.Expression): string | undefined {
  if (isPropertyAccessExpression(node)) return node.name.text;
  return isElementAccessExpression(node) && isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
}

/** Whether a node is `object.key` or `object[…]`. */
export function isMember(node: ts.Expression): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return isPropertyAccessExpression(node) || isElementAccessExpression(node);
}
