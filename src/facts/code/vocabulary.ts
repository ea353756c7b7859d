import type { ts } from "../compiler.cjs";
import { unwrap } from "../syntax.js";
import {
  isArrayLiteralExpression, isCallExpression, isEnumDeclaration, isExpression, isLiteralTypeNode, isObjectLiteralExpression, isPropertyAssignment,
  isStringLiteralLike, isUnionTypeNode, SyntaxKind,
} from "../typescript.js";

/** The texts that a declaration lists and nothing else: a union or enum of texts, a list, a set, an object of texts. */
export function vocabularyOf(node: ts.Node): readonly string[] | undefined {
  const words = wordsOf(node);
  return words && words.length > 1 ? [...new Set(words)].sort() : undefined;
}

function wordsOf(node: ts.Node): readonly string[] | undefined {
  if (isUnionTypeNode(node)) return every(node.types, (type) => (isLiteralTypeNode(type) ? textOf(type.literal) : undefined));
  if (isEnumDeclaration(node)) return every(node.members, ({ initializer }) => initializer && textOf(initializer));
  return isExpression(node) ? wordsOfExpression(unwrap(node)) : undefined;
}

function wordsOfExpression(node: ts.Expression): readonly string[] | undefined {
  if (isArrayLiteralExpression(node)) return every(node.elements, textOf);
  if (isObjectLiteralExpression(node)) return every(node.properties, (one) => (isPropertyAssignment(one) ? textOf(one.initializer) : undefined));
  // `new Set([…])`, `Object.freeze([…])`, `z.enum([…])`: one list, whatever holds it.
  const [only, ...more] = isCallExpression(node) || isNewExpression(node) ? (node.arguments ?? []) : [];
  if (only === undefined || more.length > 0) return undefined;
  const list = unwrap(only);
  return isArrayLiteralExpression(list) ? every(list.elements, textOf) : undefined;
}

function isNewExpression(node: ts.Expression): node is ts.NewExpression {
  return node.kind === SyntaxKind.NewExpression;
}

function every<Node>(nodes: readonly Node[], text: (node: Node) => string | undefined): readonly string[] | undefined {
  const texts = nodes.map(text);
  return texts.every((one) => one !== undefined) ? texts : undefined;
}

function textOf(node: ts.Node): string | undefined {
  const value = isExpression(node) ? unwrap(node) : node;
  return isStringLiteralLike(value) ? value.text : undefined;
}
