import type { ts } from "./compiler.cjs";
import { decodeLiteral } from "./escapes.js";
import type { Span } from "./expression.js";
import { binaryChain, spanOf, unwrap } from "./syntax.js";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isPropertyAccessExpression,
  isStringLiteralLike,
  isTemplateExpression,
  SyntaxKind,
} from "./typescript.js";

/** A part of a text that is put together: what a literal spells, or a hole (without text) that is filled at run time. */
export type Piece =
  | { readonly text: string; placeOf(index: number): Span }
  | { readonly text?: undefined; readonly span: Span };

/** The pieces of a literal, a template, a sum, `[…].join("…")` or `"…".concat(…)`, in order; anything else is one hole. */
export function piecesOf(node: ts.Expression, file: ts.SourceFile): Piece[] {
  const at = unwrap(node);
  if (isStringLiteralLike(at)) return [literalPiece(at, file)];
  if (isTemplateExpression(at)) {
    return [
      literalPiece(at.head, file),
      ...at.templateSpans.flatMap((part) => [holeAt(part.expression, file), literalPiece(part.literal, file)]),
    ];
  }
  if (isBinaryExpression(at) && at.operatorToken.kind === SyntaxKind.PlusToken) {
    const { first, operations } = binaryChain(at);
    const isSum = operations.every((operation) => operation.operatorToken.kind === SyntaxKind.PlusToken);
    return isSum
      ? [first, ...operations.map((operation) => operation.right)].flatMap((operand) => operandPieces(operand, file))
      : [holeAt(at, file)];
  }
  return isCallExpression(at) ? joinedPieces(at, file) : [holeAt(at, file)];
}

/** What the text of {@link piecesOf} begins with, found without making the pieces. */
export function firstText(node: ts.Expression): string {
  const at = unwrap(node);
  if (isStringLiteralLike(at)) return at.text;
  if (isTemplateExpression(at)) return at.head.text;
  if (isBinaryExpression(at)) return firstText(binaryChain(at).first);
  const receiver = isCallExpression(at) && isPropertyAccessExpression(at.expression) ? unwrap(at.expression.expression) : undefined;
  const first = receiver && isArrayLiteralExpression(receiver) ? receiver.elements[0] : receiver;
  return first ? firstText(first) : "";
}

/** A literal or template among others; nothing else is looked into. */
function operandPieces(node: ts.Expression, file: ts.SourceFile): Piece[] {
  const at = unwrap(node);
  return isStringLiteralLike(at) || isTemplateExpression(at) ? piecesOf(at, file) : [holeAt(node, file)];
}

/** `[…].join("…")` and `"…".concat(…)`. */
function joinedPieces(node: ts.CallExpression, file: ts.SourceFile): Piece[] {
  const callee = node.expression;
  if (isPropertyAccessExpression(callee) && callee.name.text === "concat" && isStringLiteralLike(unwrap(callee.expression)))
    return [callee.expression, ...node.arguments].flatMap((operand) => operandPieces(operand, file));
  const list = isPropertyAccessExpression(callee) && callee.name.text === "join" ? unwrap(callee.expression) : undefined;
  const separator = node.arguments[0];
  if (!list || !isArrayLiteralExpression(list) || !separator || !isStringLiteralLike(separator)) return [holeAt(node, file)];
  return list.elements.flatMap((element, index) => [
    ...(index === 0 ? [] : [placedPiece(separator.text, spanOf(element, file)[0])]),
    ...operandPieces(element, file),
  ]);
}

function holeAt(node: ts.Node, file: ts.SourceFile): Piece {
  return { span: spanOf(node, file) };
}

/** Text that stands at no place of its own. */
function placedPiece(text: string, at: number): Piece {
  return { text, placeOf: () => [at, at] };
}

function literalPiece(node: ts.StringLiteralLike | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail, file: ts.SourceFile): Piece {
  const [start, end] = spanOf(node, file);
  const closing = node.kind === SyntaxKind.TemplateHead || node.kind === SyntaxKind.TemplateMiddle ? 2 : 1;
  const raw = file.text.slice(start + 1, end - closing);
  if (raw === node.text) return { text: raw, placeOf: (index) => [start + 1 + index, start + 2 + index] };
  const places = decodeLiteral(raw);
  const isDecoded = places.length === node.text.length;
  return { text: node.text, placeOf: (index) => (isDecoded ? shifted(places[index] ?? [0, 0], start + 1) : [start, end]) };
}

function shifted([from, to]: Span, by: number): Span {
  return [from + by, to + by];
}
