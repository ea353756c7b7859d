import type { ts } from "../compiler.cjs";
import { unwrap } from "../syntax.js";
import {
  isArrayLiteralExpression, isCallExpression, isEnumDeclaration, isExpression, isIdentifier, isLiteralTypeNode, isObjectLiteralExpression,
  isPropertyAssignment, isStringLiteralLike, isUnionTypeNode, SyntaxKind,
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
  if (isObjectLiteralExpression(node)) return wordsOfObject(node);
  // `new Set([…])`, `Object.freeze([…])`, `z.enum([…])`: one list, whatever holds it.
  const [only, ...more] = isCallExpression(node) || isNewExpression(node) ? (node.arguments ?? []) : [];
  if (only === undefined || more.length > 0) return undefined;
  const list = unwrap(only);
  return isArrayLiteralExpression(list) ? every(list.elements, textOf) : undefined;
}

/** An object that names its texts lists them, as an enum does; one that maps texts to others says which belong together. */
function wordsOfObject({ properties }: ts.ObjectLiteralExpression): readonly string[] | undefined {
  const pairs = every(properties, (one) => {
    const [key, text] = isPropertyAssignment(one) ? [isIdentifier(one.name) ? one.name.text : textOf(one.name), textOf(one.initializer)] : [];
    return key === undefined || text === undefined ? undefined : { key, text };
  });
  if (pairs === undefined) return undefined;
  const named = pairs.filter(({ key, text }) => bare(key) === bare(text)).length;
  return pairs.map(({ key, text }) => (2 * named > pairs.length ? text : `${key}: ${text}`));
}

/** A name without what its spelling adds: `IN_APP`, `inApp` and `in-app` are one. */
function bare(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}

function isNewExpression(node: ts.Expression): node is ts.NewExpression {
  return node.kind === SyntaxKind.NewExpression;
}

function every<Node, Found>(nodes: readonly Node[], read: (node: Node) => Found | undefined): readonly Found[] | undefined {
  const found = nodes.flatMap((node) => read(node) ?? []);
  return found.length === nodes.length ? found : undefined;
}

function textOf(node: ts.Node): string | undefined {
  const value = isExpression(node) ? unwrap(node) : node;
  return isStringLiteralLike(value) ? value.text : undefined;
}
