import type { ts } from "../compiler.cjs";
import type { Expression } from "../expression.js";
import {
  isArrayBindingPattern, isArrayLiteralExpression, isBinaryExpression, isBindingElement, isIdentifier, isObjectBindingPattern,
  isObjectLiteralExpression, isOmittedExpression, isPropertyAssignment, isShorthandPropertyAssignment, isSpreadAssignment,
  isSpreadElement, SyntaxKind,
} from "../typescript.js";
import { lowerKey } from "./property-keys.js";
import type { Scope } from "./scope.js";

/** What takes a value apart: in a declaration, or on the left of an assignment. */
export type Pattern = ts.BindingPattern | ts.ObjectLiteralExpression | ts.ArrayLiteralExpression;

/** What receives a part. */
export type Target = ts.BindingName | ts.Expression;

/** Where the parts of a pattern go. */
export interface Receiver {
  /** A name, or an expression to assign to, receives its part. */
  take(target: ts.Expression, value: Expression): void;
  /** Keeps a value that several parts are read from, so that what makes it stands in the facts once; gives what refers to it. */
  keep(value: Expression): Expression;
}

/** Takes a value apart along a pattern: every part becomes reads of the value, with its default. */
export function takeApart(scope: Scope, target: Target, value: Expression, receiver: Receiver): void {
  if (!isPattern(target)) return receiver.take(target, value);
  const source = isPlain(value) ? value : receiver.keep(value);
  const parts =
    isObjectBindingPattern(target) || isObjectLiteralExpression(target)
      ? objectParts(scope, target, source)
      : arrayParts(scope, target, source);
  for (const part of parts) {
    const taken: Expression = part.fallback
      ? {
          kind: "default",
          operand: part.value,
          fallback: scope.module.lower.expression(scope, part.fallback, nameOf(part.target)),
          span: part.value.span,
        }
      : part.value;
    takeApart(scope, part.target, taken, receiver);
  }
}

/** Whether a node on the left of `=` or in a declaration is a pattern. */
export function isPattern(node: Target): node is Pattern {
  return isObjectBindingPattern(node) || isArrayBindingPattern(node) || isObjectLiteralExpression(node) || isArrayLiteralExpression(node);
}

interface Part {
  readonly target: Target;
  readonly value: Expression;
  readonly fallback?: ts.Expression;
}

function objectParts(scope: Scope, pattern: ts.ObjectBindingPattern | ts.ObjectLiteralExpression, source: Expression): Part[] {
  const taken: string[] = [];
  const parts: Part[] = [];
  const elements: readonly ObjectPart[] = isObjectBindingPattern(pattern)
    ? pattern.elements.map(bindingPart)
    : pattern.properties.flatMap(propertyPart);
  for (const { node, name, target, fallback } of elements) {
    const span = scope.module.spanOf(node);
    if (!name) {
      parts.push({ target, value: { kind: "rest", of: source, without: [...taken], span } });
      continue;
    }
    const key = lowerKey(scope, name);
    if (key.key.kind === "string") taken.push(key.key.value);
    parts.push({ target, value: { kind: "member", object: source, ...key, optional: false, span }, ...(fallback && { fallback }) });
  }
  return parts;
}

interface ObjectPart {
  readonly node: ts.Node;
  /** Undefined for what is left (`...rest`). */
  readonly name?: ts.PropertyName;
  readonly target: Target;
  readonly fallback?: ts.Expression;
}

function bindingPart(node: ts.BindingElement): ObjectPart {
  if (node.dotDotDotToken) return { node, target: node.name };
  const name = node.propertyName ?? (isIdentifier(node.name) ? node.name : undefined);
  return { node, ...(name && { name }), target: node.name, ...(node.initializer && { fallback: node.initializer }) };
}

function propertyPart(node: ts.ObjectLiteralElementLike): ObjectPart[] {
  if (isSpreadAssignment(node)) return [{ node, target: node.expression }];
  if (isShorthandPropertyAssignment(node)) {
    return [
      { node, name: node.name, target: node.name, ...(node.objectAssignmentInitializer && { fallback: node.objectAssignmentInitializer }) },
    ];
  }
  return isPropertyAssignment(node) ? [{ node, name: node.name, ...withDefault(node.initializer) }] : [];
}

function arrayParts(scope: Scope, pattern: ts.ArrayBindingPattern | ts.ArrayLiteralExpression, source: Expression): Part[] {
  return [...pattern.elements].flatMap((node: ts.ArrayBindingElement | ts.Expression, index): Part[] => {
    if (isOmittedExpression(node)) return [];
    const span = scope.module.spanOf(node);
    if (isSpreadElement(node)) return [{ target: node.expression, value: { kind: "rest", of: source, without: [], span } }];
    const value: Expression = { kind: "element", of: source, index, span };
    if (!isBindingElement(node)) return [{ value, ...withDefault(node) }];
    if (node.dotDotDotToken) return [{ target: node.name, value: { kind: "rest", of: source, without: [], span } }];
    return [{ target: node.name, value, ...(node.initializer && { fallback: node.initializer }) }];
  });
}

/** `target = fallback` inside an assignment pattern. */
function withDefault(node: ts.Expression): { readonly target: ts.Expression; readonly fallback?: ts.Expression } {
  const isDefault = isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken;
  return isDefault ? { target: node.left, fallback: node.right } : { target: node };
}

function nameOf(target: Target): string | undefined {
  return isIdentifier(target) ? target.text : undefined;
}

/** Whether a value may be repeated in the facts: small, and reading it twice is reading it once. */
function isPlain(value: Expression): boolean {
  switch (value.kind) {
    case "reference":
    case "global":
    case "this":
    case "parameter":
    case "nothing":
    case "import-meta":
      return true;
    case "member":
      return isPlain(value.object) && (value.key.kind === "string" || value.key.kind === "number");
    case "element":
    case "rest":
      return isPlain(value.of);
    case "typed":
      return isPlain(value.operand);
    case "default":
      return (
        isPlain(value.operand) && (isPlain(value.fallback) || (value.fallback.kind === "object" && value.fallback.entries.length === 0))
      );
    default:
      return false;
  }
}
