import type { ts } from "../compiler.cjs";
import type { Argument, Expression, ObjectEntry, Span } from "../expression.js";
import { memberKey } from "../syntax.js";
import {
  isConstTypeReference, isGetAccessor, isMetaProperty, isMethodDeclaration, isPropertyAccessExpression, isPropertyAssignment,
  isSatisfiesExpression, isShorthandPropertyAssignment, isSpreadAssignment, isSpreadElement, isTemplateExpression, SyntaxKind,
} from "../typescript.js";
import { lowerAssignment, lowerStep } from "./assignments.js";
import { lowerChain } from "./chains.js";
import type { FunctionNode } from "./draft.js";
import { collectEmbedded } from "./embed.js";
import { lowerJsx } from "./jsx.js";
import { lowerKey } from "./property-keys.js";
import type { Scope } from "./scope.js";

/** Expression syntax as a union that `kind` tells apart. */
type ExpressionNode =
  | ts.Identifier | ts.PrivateIdentifier | ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.NumericLiteral | ts.BigIntLiteral
  | ts.RegularExpressionLiteral | ts.TrueLiteral | ts.FalseLiteral | ts.NullLiteral | ts.ThisExpression | ts.SuperExpression
  | ts.TemplateExpression | ts.TaggedTemplateExpression | ts.ParenthesizedExpression | ts.NonNullExpression
  | ts.ExpressionWithTypeArguments | ts.AsExpression | ts.TypeAssertion | ts.SatisfiesExpression
  | ts.PropertyAccessExpression | ts.ElementAccessExpression | ts.CallExpression | ts.NewExpression | ts.MetaProperty
  | ts.ObjectLiteralExpression | ts.ArrayLiteralExpression | ts.SpreadElement
  | ts.FunctionExpression | ts.ArrowFunction | ts.ClassExpression
  | ts.ConditionalExpression | ts.BinaryExpression | ts.PrefixUnaryExpression | ts.PostfixUnaryExpression
  | ts.TypeOfExpression | ts.VoidExpression | ts.DeleteExpression | ts.AwaitExpression | ts.YieldExpression
  | ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment | ts.JsxExpression | ts.OmittedExpression;

/** Lowers an expression; what is nested too deeply becomes opaque. */
export function lowerExpression(scope: Scope, node: ts.Expression, name?: string): Expression {
  const { module } = scope;
  if (!module.enter()) return opaque("code nested too deeply", [], module.spanOf(node));
  const expression = lowerByKind(scope, node, name);
  module.leave();
  if (module.wanted.has(node)) module.lowered.set(node, expression);
  return expression;
}

function lowerByKind(scope: Scope, at: ts.Expression, name: string | undefined): Expression {
  // A node's kind decides its type; the declared base class leaves that tie out.
  const node = at as ExpressionNode;
  const { module } = scope;
  const span = module.spanOf(at);
  const lower = (inner: ts.Expression): Expression => lowerExpression(scope, inner);
  switch (node.kind) {
    case SyntaxKind.Identifier:
      return lowerName(scope, node.text, span);
    case SyntaxKind.PrivateIdentifier:
      return { kind: "string", value: node.text, span };
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
      collectEmbedded(module, at);
      return { kind: "string", value: node.text, span };
    case SyntaxKind.NumericLiteral:
      return numberExpression(Number(node.text), span);
    case SyntaxKind.BigIntLiteral:
      return opaque("bigint", [], span);
    case SyntaxKind.RegularExpressionLiteral: {
      const end = node.text.lastIndexOf("/");
      return { kind: "regex", pattern: node.text.slice(1, end), flags: node.text.slice(end + 1), span };
    }
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
      return { kind: "boolean", value: node.kind === SyntaxKind.TrueKeyword, span };
    case SyntaxKind.NullKeyword:
      return { kind: "nothing", value: "null", span };
    case SyntaxKind.ThisKeyword:
      return { kind: "this", span };
    case SyntaxKind.SuperKeyword:
      return opaque("super", [], span);
    case SyntaxKind.TemplateExpression:
      collectEmbedded(module, at);
      return { kind: "template", parts: templateParts(scope, node), span };
    case SyntaxKind.TaggedTemplateExpression:
      return lowerTagged(scope, node, span);
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.ExpressionWithTypeArguments:
      return lowerExpression(scope, node.expression, name);
    case SyntaxKind.AsExpression:
    case SyntaxKind.TypeAssertionExpression:
    case SyntaxKind.SatisfiesExpression:
      return lowerTyped(scope, node, name, span);
    case SyntaxKind.PropertyAccessExpression: {
      const key = lowerKey(scope, node.name);
      const object = isSuper(node.expression) ? ({ kind: "this", span: module.spanOf(node.expression) } as const) : lower(node.expression);
      return { kind: "member", object, ...key, optional: node.questionDotToken !== undefined, span };
    }
    case SyntaxKind.ElementAccessExpression: {
      const object = isSuper(node.expression) ? ({ kind: "this", span: module.spanOf(node.expression) } as const) : lower(node.expression);
      const keySpan = module.spanOf(node.argumentExpression);
      const optional = node.questionDotToken !== undefined;
      return { kind: "member", object, key: lower(node.argumentExpression), keySpan, computed: true, optional, span };
    }
    case SyntaxKind.CallExpression:
      return lowerCall(scope, node, span);
    case SyntaxKind.NewExpression:
      return {
        kind: "new",
        callee: lower(node.expression),
        arguments: lowerArguments(scope, node.arguments ?? []),
        ...typeArguments(scope, node.typeArguments),
        span,
      };
    case SyntaxKind.MetaProperty:
      return node.name.text === "meta" ? { kind: "import-meta", span } : opaque("new.target", [], span);
    case SyntaxKind.ObjectLiteralExpression:
      return { kind: "object", entries: node.properties.map((property) => lowerProperty(scope, property)), span };
    case SyntaxKind.ArrayLiteralExpression:
      return { kind: "array", items: lowerArguments(scope, node.elements), span };
    case SyntaxKind.SpreadElement:
      return opaque("a spread", [lower(node.expression)], span);
    case SyntaxKind.FunctionExpression:
    case SyntaxKind.ArrowFunction:
      return functionExpression(scope, node, name);
    case SyntaxKind.ClassExpression:
      return { kind: "class", class: module.lower.class(scope, node, name), span };
    case SyntaxKind.ConditionalExpression:
      return {
        kind: "conditional",
        test: lower(node.condition),
        then: lowerExpression(scope, node.whenTrue, name),
        else: lowerExpression(scope, node.whenFalse, name),
        span,
      };
    case SyntaxKind.BinaryExpression:
      return isAssignment(node) ? lowerAssignment(scope, node) : lowerChain(scope, node, name);
    case SyntaxKind.PrefixUnaryExpression:
    case SyntaxKind.PostfixUnaryExpression:
      return lowerUnary(scope, node, span);
    case SyntaxKind.TypeOfExpression:
      return { kind: "unary", operator: "typeof", operand: lower(node.expression), span };
    case SyntaxKind.DeleteExpression:
      return { kind: "unary", operator: "delete", operand: lower(node.expression), span };
    case SyntaxKind.VoidExpression:
      return { kind: "nothing", value: "undefined", operand: lower(node.expression), span };
    case SyntaxKind.AwaitExpression:
      return { kind: "await", operand: lower(node.expression), span };
    case SyntaxKind.YieldExpression:
      return { kind: "yield", ...(node.expression && { operand: lower(node.expression) }), span };
    case SyntaxKind.JsxElement:
    case SyntaxKind.JsxSelfClosingElement:
    case SyntaxKind.JsxFragment:
      return lowerJsx(scope, node, span);
    case SyntaxKind.JsxExpression:
      return node.expression ? lower(node.expression) : { kind: "nothing", value: "undefined", span };
    case SyntaxKind.OmittedExpression:
      return { kind: "nothing", value: "undefined", span };
    default:
      return opaque("unknown syntax", [], span);
  }
}

/** Syntax whose value nobody asks for. */
export function opaque(what: string, operands: readonly Expression[], span: Span): Expression {
  return { kind: "opaque", what, operands, span };
}

/** A number, as far as plain JSON can carry it. */
export function numberExpression(value: number, span: Span): Expression {
  if (Number.isFinite(value)) return { kind: "number", value: value + 0, span };
  return Number.isNaN(value) ? { kind: "global", name: "NaN", span } : { kind: "global", name: "Infinity", span };
}

/** What a name stands for where it is used. */
export function lowerName(scope: Scope, name: string, span: Span): Expression {
  const meaning = scope.value(name);
  if (typeof meaning === "number") return { kind: "reference", binding: meaning, name, span };
  if (meaning) return meaning(span);
  return name === "undefined" ? { kind: "nothing", value: "undefined", span } : { kind: "global", name, span };
}

/** A function expression, lowered where it stands. */
export function functionExpression(scope: Scope, node: FunctionNode, name: string | undefined): Expression {
  const { module } = scope;
  return { kind: "function", function: module.lower.function(scope, node, name), span: module.spanOf(node) };
}

/** Arguments or array items, holes as `undefined`. */
function lowerArguments(scope: Scope, nodes: readonly ts.Expression[]): Argument[] {
  return nodes.map((node) =>
    isSpreadElement(node)
      ? { value: lowerExpression(scope, node.expression), spread: true }
      : { value: lowerExpression(scope, node), spread: false },
  );
}

function isSuper(node: ts.Expression): boolean {
  return node.kind === SyntaxKind.SuperKeyword;
}

function isAssignment(node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  return kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
}

function lowerCall(scope: Scope, node: ts.CallExpression, span: Span): Expression {
  const [specifier] = node.arguments;
  const isImport = node.expression.kind === SyntaxKind.ImportKeyword || isDeferredImport(node.expression);
  if (isImport) {
    const inner = specifier && (isSpreadElement(specifier) ? specifier.expression : specifier);
    return inner ? { kind: "import", specifier: lowerExpression(scope, inner), span } : opaque("import without a specifier", [], span);
  }
  if (isPropertyAccessExpression(node.expression) && /^(?:join|concat)$/u.test(node.expression.name.text))
    collectEmbedded(scope.module, node);
  return {
    kind: "call",
    callee: lowerExpression(scope, node.expression),
    arguments: lowerArguments(scope, node.arguments),
    optional: node.questionDotToken !== undefined,
    ...typeArguments(scope, node.typeArguments),
    span,
  };
}

/** `import.defer(…)`, `import.source(…)`. */
function isDeferredImport(node: ts.Expression): boolean {
  return isMetaProperty(node) && node.keywordToken === SyntaxKind.ImportKeyword && node.name.text !== "meta";
}

function typeArguments(scope: Scope, nodes: ts.NodeArray<ts.TypeNode> | undefined): Pick<Expression & { kind: "call" }, "typeArguments"> {
  return nodes ? { typeArguments: nodes.map((node) => scope.module.lower.type(scope, node)) } : {};
}

/** `String.raw` gives the text as it is spelled; what other tags do nobody knows. */
function lowerTagged(scope: Scope, { tag, template }: ts.TaggedTemplateExpression, span: Span): Expression {
  collectEmbedded(scope.module, template);
  const lowered = lowerExpression(scope, tag);
  const isRaw =
    lowered.kind === "member" && lowered.object.kind === "global" && lowered.object.name === "String" && memberKey(tag) === "raw";
  const text = (node: ts.TemplateLiteralLikeNode): string => (isRaw ? (node.rawText ?? node.text) : node.text);
  const parts = isTemplateExpression(template) ? templateParts(scope, template, text) : [text(template)];
  return { kind: "template", parts, ...(!isRaw && { tag: lowered }), span };
}

function templateParts(
  scope: Scope,
  node: ts.TemplateExpression,
  text = (literal: ts.TemplateLiteralLikeNode): string => literal.text,
): (string | Expression)[] {
  return [text(node.head), ...node.templateSpans.flatMap((part) => [lowerExpression(scope, part.expression), text(part.literal)])];
}

function lowerTyped(
  scope: Scope,
  node: ts.AsExpression | ts.TypeAssertion | ts.SatisfiesExpression,
  name: string | undefined,
  span: Span,
): Expression {
  const operand = lowerExpression(scope, node.expression, name);
  if (isConstTypeReference(node.type)) return { kind: "typed", operand, how: "const", span };
  return {
    kind: "typed",
    operand,
    how: isSatisfiesExpression(node) ? "satisfies" : "as",
    type: scope.module.lower.type(scope, node.type),
    span,
  };
}

function lowerUnary(scope: Scope, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression, span: Span): Expression {
  switch (node.operator) {
    case SyntaxKind.PlusPlusToken:
    case SyntaxKind.MinusMinusToken:
      return lowerStep(scope, node.operand, node.operator === SyntaxKind.PlusPlusToken ? "++" : "--", span);
    case SyntaxKind.ExclamationToken:
      return { kind: "unary", operator: "!", operand: lowerExpression(scope, node.operand), span };
    case SyntaxKind.MinusToken:
      return { kind: "unary", operator: "-", operand: lowerExpression(scope, node.operand), span };
    case SyntaxKind.PlusToken:
      return { kind: "unary", operator: "+", operand: lowerExpression(scope, node.operand), span };
    default:
      return { kind: "unary", operator: "~", operand: lowerExpression(scope, node.operand), span };
  }
}

function lowerProperty(scope: Scope, node: ts.ObjectLiteralElementLike): ObjectEntry {
  if (isSpreadAssignment(node)) return { kind: "spread", value: lowerExpression(scope, node.expression) };
  const key = lowerKey(scope, node.name);
  const name = key.key.kind === "string" ? key.key.value : undefined;
  const base = { kind: "property", ...key, shorthand: isShorthandPropertyAssignment(node) } as const;
  if (isShorthandPropertyAssignment(node)) return { ...base, value: lowerName(scope, node.name.text, key.keySpan) };
  if (isPropertyAssignment(node)) return { ...base, value: lowerExpression(scope, node.initializer, name) };
  const value = functionExpression(scope, node, name);
  if (isMethodDeclaration(node)) return { ...base, value };
  return { ...base, value, accessor: isGetAccessor(node) ? "get" : "set" };
}
