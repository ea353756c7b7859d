import type { ts } from "../compiler.cjs";
import type { Expression, Span, TypeExpression, TypeMember } from "../expression.js";
import {
  forEachChild,
  isArrayTypeNode,
  isCallSignatureDeclaration,
  isComputedPropertyName,
  isConditionalTypeNode,
  isConstructorTypeNode,
  isConstructSignatureDeclaration,
  isExpressionWithTypeArguments,
  isFunctionTypeNode,
  isGetAccessor,
  isIdentifier,
  isImportTypeNode,
  isIndexedAccessTypeNode,
  isIndexSignatureDeclaration,
  isInferTypeNode,
  isIntersectionTypeNode,
  isLiteralTypeNode,
  isMappedTypeNode,
  isMethodSignature,
  isNamedTupleMember,
  isNumericLiteral,
  isOptionalTypeNode,
  isParenthesizedTypeNode,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertySignature,
  isRestTypeNode,
  isSetAccessor,
  isStringLiteralLike,
  isTemplateLiteralTypeNode,
  isTemplateLiteralTypeSpan,
  isThisTypeNode,
  isTupleTypeNode,
  isTypeLiteralNode,
  isTypeNode,
  isTypeOperatorNode,
  isTypePredicateNode,
  isTypeQueryNode,
  isTypeReferenceNode,
  isUnionTypeNode,
  SyntaxKind,
  tokenToString,
} from "../typescript.js";
import { declareTypeParameters, isThisParameter } from "./functions.js";
import { boundNames } from "../syntax.js";
import type { Scope } from "./scope.js";

/** Lowers a type. */
export function lowerType(scope: Scope, node: ts.TypeNode): TypeExpression {
  const { module } = scope;
  if (!module.enter()) return { kind: "other", what: "a type nested too deeply", parts: [], span: module.spanOf(node) };
  const type = lowerByKind(scope, node);
  module.leave();
  return type;
}

function lowerByKind(scope: Scope, node: ts.TypeNode): TypeExpression {
  const span = scope.module.spanOf(node);
  const lower = (inner: ts.TypeNode): TypeExpression => lowerType(scope, inner);
  if (isTypeReferenceNode(node)) return named(scope, node.typeName, node.typeArguments, span);
  if (isExpressionWithTypeArguments(node)) return heritage(scope, node, span);
  if (isLiteralTypeNode(node)) return literal(node, span);
  if (isTypeLiteralNode(node)) return lowerTypeMembers(scope, node.members, span);
  if (isArrayTypeNode(node)) return { kind: "array", element: lower(node.elementType), span };
  if (isTupleTypeNode(node)) return { kind: "tuple", elements: node.elements.map(lower), span };
  if (isUnionTypeNode(node)) return { kind: "union", parts: node.types.map(lower), span };
  if (isIntersectionTypeNode(node)) return { kind: "intersection", parts: node.types.map(lower), span };
  if (isFunctionTypeNode(node) || isConstructorTypeNode(node)) return functionType(scope, node, span);
  if (isTypeQueryNode(node)) return { kind: "typeof", expression: entity(scope, node.exprName), span };
  if (isIndexedAccessTypeNode(node)) return { kind: "indexed", object: lower(node.objectType), index: lower(node.indexType), span };
  if (isImportTypeNode(node)) return importType(scope, node, span);
  if (isParenthesizedTypeNode(node) || isOptionalTypeNode(node) || isRestTypeNode(node) || isNamedTupleMember(node))
    return lower(node.type);
  if (isTypeOperatorNode(node)) {
    return node.operator === SyntaxKind.ReadonlyKeyword
      ? lower(node.type)
      : { kind: "other", what: tokenToString(node.operator) ?? "operator", parts: [lower(node.type)], span };
  }
  return otherType(scope, node, span);
}

/** Members of an interface or type literal; call signatures make it a function as well. */
export function lowerTypeMembers(scope: Scope, nodes: readonly ts.TypeElement[], span: Span): TypeExpression {
  const { module } = scope;
  const members: TypeMember[] = [];
  const callable: TypeExpression[] = [];
  let index: TypeExpression | undefined;
  for (const node of nodes) {
    if (isCallSignatureDeclaration(node) || isConstructSignatureDeclaration(node))
      callable.push(functionType(scope, node, module.spanOf(node)));
    else if (isIndexSignatureDeclaration(node)) index = indexType(scope, node);
    else members.push(...lowerTypeMember(scope, node));
  }
  const own: TypeExpression = { kind: "members", members, ...(index && { index }), span };
  const [only] = callable;
  if (!only) return own;
  return members.length === 0 && !index && callable.length === 1 ? only : { kind: "intersection", parts: [own, ...callable], span };
}

/** A broken index signature has no type, whatever the compiler's types say. */
function indexType(scope: Scope, { type }: { readonly type?: ts.TypeNode }): TypeExpression | undefined {
  return type && lowerType(scope, type);
}

function lowerTypeMember(scope: Scope, node: ts.TypeElement): TypeMember[] {
  const key = node.name && typeKey(node.name);
  if (!node.name || key === undefined) return [];
  const keySpan = scope.module.spanOf(node.name);
  const type = memberType(scope, node);
  return [{ key, keySpan, optional: node.questionToken !== undefined, ...(type && { type }) }];
}

function memberType(scope: Scope, node: ts.TypeElement): TypeExpression | undefined {
  if (isMethodSignature(node)) return functionType(scope, node, scope.module.spanOf(node));
  if (isPropertySignature(node) || isGetAccessor(node)) return node.type && lowerType(scope, node.type);
  const [parameter] = isSetAccessor(node) ? node.parameters : [];
  return parameter?.type && lowerType(scope, parameter.type);
}

function typeKey(name: ts.PropertyName): string | undefined {
  if (!isComputedPropertyName(name)) return name.text;
  return isStringLiteralLike(name.expression) ? name.expression.text : undefined;
}

function functionType(scope: Scope, node: ts.SignatureDeclarationBase, span: Span): TypeExpression {
  const inner = scope.block();
  declareTypeParameters(inner, node.typeParameters);
  const parameters = lowerParameterTypes(inner, node.parameters);
  return { kind: "function", ...(node.type && { returns: lowerType(inner, node.type) }), parameters, span };
}

/** The types of a signature's parameters; one without is `any`. Their names are names of the file as well. */
export function lowerParameterTypes(scope: Scope, parameters: readonly ts.ParameterDeclaration[]): TypeExpression[] {
  const own = parameters.filter((parameter) => !isThisParameter(parameter));
  for (const { name } of own) {
    for (const bound of boundNames(name)) {
      const declared = scope.draft(scope.declareValue(bound.text, "parameter", bound));
      if (declared) declared.draft.ambient = true;
    }
  }
  return own.map((parameter) =>
    parameter.type ? lowerType(scope, parameter.type) : { kind: "other", what: "any", parts: [], span: scope.module.spanOf(parameter) },
  );
}

function named(scope: Scope, name: ts.EntityName, args: ts.NodeArray<ts.TypeNode> | undefined, span: Span): TypeExpression {
  const binding = scope.type(firstOf(name));
  return {
    kind: "named",
    name: dotted(name),
    ...(binding !== undefined && { binding }),
    arguments: (args ?? []).map((argument) => lowerType(scope, argument)),
    span,
  };
}

/** `extends A.B<C>` names its parent by an expression. */
function heritage(scope: Scope, node: ts.ExpressionWithTypeArguments, span: Span): TypeExpression {
  const name = expressionName(node.expression);
  const binding = scope.type(name.split(".")[0] ?? name);
  const types = (node.typeArguments ?? []).map((argument) => lowerType(scope, argument));
  return { kind: "named", name, ...(binding !== undefined && { binding }), arguments: types, span };
}

function expressionName(node: ts.Expression): string {
  if (isPropertyAccessExpression(node)) return `${expressionName(node.expression)}.${node.name.text}`;
  return isIdentifier(node) ? node.text : "";
}

function firstOf(name: ts.EntityName): string {
  return isIdentifier(name) ? name.text : firstOf(name.left);
}

function dotted(name: ts.EntityName): string {
  return isIdentifier(name) ? name.text : `${dotted(name.left)}.${name.right.text}`;
}

/** `x.y` after `typeof` is a value. */
function entity(scope: Scope, name: ts.EntityName | ts.ImportTypeNode): Expression {
  const { module } = scope;
  const span = module.spanOf(name);
  if (isImportTypeNode(name)) return { kind: "opaque", what: "typeof import", operands: [], span };
  if (isIdentifier(name)) return module.lower.expression(scope, name);
  const keySpan = module.spanOf(name.right);
  const key: Expression = { kind: "string", value: name.right.text, span: keySpan };
  return { kind: "member", object: entity(scope, name.left), key, keySpan, computed: false, optional: false, span };
}

function importType(scope: Scope, node: ts.ImportTypeNode, span: Span): TypeExpression {
  const specifier = isLiteralTypeNode(node.argument) && isStringLiteralLike(node.argument.literal) ? node.argument.literal.text : "";
  const types = (node.typeArguments ?? []).map((argument) => lowerType(scope, argument));
  return { kind: "import", specifier, ...(node.qualifier && { name: dotted(node.qualifier) }), arguments: types, span };
}

function literal(node: ts.LiteralTypeNode, span: Span): TypeExpression {
  const value = literalValue(node.literal);
  return value === undefined ? { kind: "other", what: "literal", parts: [], span } : { kind: "literal", value, span };
}

function literalValue(node: ts.Node): string | number | boolean | null | undefined {
  if (isStringLiteralLike(node)) return node.text;
  if (isNumericLiteral(node)) return finite(Number(node.text));
  if (isPrefixUnaryExpression(node) && isNumericLiteral(node.operand)) return finite(-Number(node.operand.text));
  if (node.kind === SyntaxKind.TrueKeyword) return true;
  if (node.kind === SyntaxKind.FalseKeyword) return false;
  return node.kind === SyntaxKind.NullKeyword ? null : undefined;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value + 0 : undefined;
}

/** Mapped, conditional and template types, predicates, `infer` and keywords: the types inside are kept. */
function otherType(scope: Scope, node: ts.TypeNode, span: Span): TypeExpression {
  const inner = scope.block();
  if (isMappedTypeNode(node)) inner.types.set(node.typeParameter.name.text, undefined);
  const parts: TypeExpression[] = [];
  const collect = (child: ts.Node): void => {
    if (isTypeNode(child) && !isTemplateLiteralTypeSpan(child)) parts.push(lowerType(inner, child));
    else forEachChild(child, collect);
  };
  forEachChild(node, collect);
  return { kind: "other", what: tokenToString(node.kind) ?? whatIs(node), parts, span };
}

function whatIs(node: ts.TypeNode): string {
  if (isMappedTypeNode(node)) return "mapped";
  if (isConditionalTypeNode(node)) return "conditional";
  if (isTemplateLiteralTypeNode(node)) return "template";
  if (isTypePredicateNode(node)) return "predicate";
  if (isInferTypeNode(node)) return "infer";
  return isThisTypeNode(node) ? "this" : "unknown";
}
