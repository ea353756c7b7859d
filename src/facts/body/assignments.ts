import type { CommonJsExport } from "../commonjs.js";
import type { ts } from "../compiler.cjs";
import type { BindingId, Expression, Span } from "../expression.js";
import { isIdentifier, isParenthesizedExpression, tokenToString } from "../typescript.js";
import { isPattern, takeApart } from "./patterns.js";
import type { Scope } from "./scope.js";

/** Lowers `target = value` and its compound forms; a pattern on the left becomes a sequence of single assignments. */
export function lowerAssignment(scope: Scope, node: ts.BinaryExpression): Expression {
  const { module } = scope;
  const span = module.spanOf(node);
  const exported = exportTarget(scope, node);
  if (exported) return assignExport(scope, exported, module.lower.expression(scope, node.right, exported.name), span);
  const target = skipParentheses(node.left);
  const operator = tokenToString(node.operatorToken.kind) ?? "=";
  if (operator === "=" && isPattern(target)) return takeApartInto(scope, target, module.lower.expression(scope, node.right), span);
  const name = isIdentifier(target) ? target.text : undefined;
  return assignTo(scope, module.lower.expression(scope, target), operator, module.lower.expression(scope, node.right, name), span);
}

/** Lowers `x++` and its kin. */
export function lowerStep(scope: Scope, operand: ts.Expression, operator: "++" | "--", span: Span): Expression {
  return assignTo(scope, scope.module.lower.expression(scope, operand), operator, { kind: "number", value: 1, span }, span);
}

/** The expressions that assign a value to a target or along a pattern. */
export function assignments(scope: Scope, target: ts.Expression, value: Expression, span: Span): Expression[] {
  const items: Expression[] = [];
  takeApart(scope, skipParentheses(target), value, {
    take: (inner, part) => items.push(assignTo(scope, scope.module.lower.expression(scope, inner), "=", part, span)),
    keep: (kept) => {
      const id = scope.bindUnnamed("*destructured*", kept, kept.span);
      items.push({ kind: "assign", operator: "=", target: reference(id, "*destructured*", kept.span), value: kept, span: kept.span });
      return reference(id, "*destructured*", kept.span);
    },
  });
  return items;
}

/** An assignment; the binding behind its target remembers it. */
export function assignTo(scope: Scope, target: Expression, operator: string, value: Expression, span: Span): Expression {
  const assign: Expression = { kind: "assign", operator, target, value, span };
  const name = untyped(target);
  if (name.kind === "reference") scope.draft(name.binding)?.draft.writes.push(assign);
  return assign;
}

/** `(x as T) = value` writes `x`. */
function untyped(target: Expression): Expression {
  return target.kind === "typed" ? untyped(target.operand) : target;
}

function reference(binding: BindingId, name: string, span: Span): Expression & { readonly kind: "reference" } {
  return { kind: "reference", binding, name, span };
}

/** The value of the whole is what was taken apart. */
function takeApartInto(scope: Scope, target: ts.Expression, value: Expression, span: Span): Expression {
  const items = assignments(scope, target, value, span);
  const [first] = items;
  const whole = first?.kind === "assign" && first.value === value ? first.target : value;
  return { kind: "sequence", items: [...items, whole], span };
}

/** The binding that an assignment to `exports.x` or `module.exports` gives its value. */
export function exportTarget(scope: Scope, node: ts.BinaryExpression): (Expression & { readonly kind: "reference" }) | undefined {
  const [exported, ...properties] = scope.module.commonJs.get(node) ?? [];
  const found = exported && scope.binding(exported.local);
  if (!found) return undefined;
  const target = reference(found.id, exported.local, scope.module.spanOf(node.left));
  // `module.exports = { a }` exports `a` as well: it is read from the whole.
  for (const property of properties) readExport(scope, property, target);
  return target;
}

/** The first assignment, wherever in an expression it stands, is what makes the export. */
function assignExport(scope: Scope, target: Expression & { readonly kind: "reference" }, value: Expression, span: Span): Expression {
  const draft = scope.draft(target.binding)?.draft;
  if (!draft || draft.value) return assignTo(scope, target, "=", value, span);
  draft.value = value;
  return { kind: "assign", operator: "=", target, value, span };
}

function readExport(scope: Scope, { name, local, node }: CommonJsExport, from: Expression): void {
  const draft = scope.binding(local)?.draft;
  if (!draft || draft.value) return;
  const span = scope.module.spanOf(node);
  draft.value = {
    kind: "member",
    object: from,
    key: { kind: "string", value: name, span },
    keySpan: span,
    computed: false,
    optional: false,
    span,
  };
}

function skipParentheses(node: ts.Expression): ts.Expression {
  return isParenthesizedExpression(node) ? skipParentheses(node.expression) : node;
}
