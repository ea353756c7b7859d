import type { ts } from "../compiler.cjs";
import type { Expression, ObjectEntry, Span } from "../expression.js";
import {
  isIdentifier, isJsxElement, isJsxExpression, isJsxFragment, isJsxNamespacedName, isJsxSelfClosingElement, isJsxSpreadAttribute,
  isJsxText, isPropertyAccessExpression,
} from "../typescript.js";
import type { Scope } from "./scope.js";

/** Lowers a JSX element; a fragment has the name `""`. */
export function lowerJsx(scope: Scope, node: ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment, span: Span): Expression {
  const children = isJsxSelfClosingElement(node) ? [] : node.children.flatMap((child) => lowerChild(scope, child) ?? []);
  if (isJsxFragment(node)) return { kind: "jsx", name: "", attributes: [], children, span };
  const opening = isJsxElement(node) ? node.openingElement : node;
  const attributes = opening.attributes.properties.map((attribute) => lowerAttribute(scope, attribute));
  const name = tagName(opening.tagName);
  // A lower-case name is an element of the page, anything else a component of the code.
  const isComponent = !isJsxNamespacedName(opening.tagName) && !/^[a-z][^.]*$/u.test(name);
  const component = isComponent ? { component: scope.module.lower.expression(scope, opening.tagName) } : {};
  return { kind: "jsx", name, ...component, attributes, children, span };
}

function lowerChild(scope: Scope, child: ts.JsxChild): Expression | undefined {
  if (isJsxText(child)) {
    return child.containsOnlyTriviaWhiteSpaces ? undefined : { kind: "string", value: child.text, span: scope.module.spanOf(child) };
  }
  return isJsxExpression(child) && !child.expression ? undefined : scope.module.lower.expression(scope, child);
}

function lowerAttribute(scope: Scope, attribute: ts.JsxAttributeLike): ObjectEntry {
  const { module } = scope;
  if (isJsxSpreadAttribute(attribute)) return { kind: "spread", value: module.lower.expression(scope, attribute.expression) };
  const keySpan = module.spanOf(attribute.name);
  const name = attributeName(attribute.name);
  const value: Expression = attribute.initializer
    ? module.lower.expression(scope, attribute.initializer, name)
    : { kind: "boolean", value: true, span: keySpan };
  return { kind: "property", key: { kind: "string", value: name, span: keySpan }, keySpan, computed: false, shorthand: false, value };
}

function attributeName(name: ts.JsxAttributeName): string {
  return isJsxNamespacedName(name) ? `${name.namespace.text}:${name.name.text}` : name.text;
}

function tagName(node: ts.JsxTagNameExpression): string {
  if (isPropertyAccessExpression(node)) return `${tagName(node.expression)}.${node.name.text}`;
  if (isJsxNamespacedName(node)) return attributeName(node);
  return isIdentifier(node) ? node.text : "this";
}
