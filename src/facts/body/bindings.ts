import type { ts } from "../compiler.cjs";
import type { BindingId, Expression, Span, Statement } from "../expression.js";
import { assignTo } from "./assignments.js";
import { takeApart } from "./patterns.js";
import type { Scope } from "./scope.js";

/** Gives a declared name, or the names of a pattern, their values; adds what reaches them to the statements. */
export function bindTo(scope: Scope, target: ts.BindingName, value: Expression, statements: Statement[]): void {
  takeApart(scope, target, value, {
    take: (name, part) => initialise(scope, name, part, statements),
    keep: (kept) => keep(scope, "*destructured*", kept, statements),
  });
}

/** Holds a value under a name that the source does not give, where it is reached. */
export function keep(scope: Scope, name: string, value: Expression, statements: Statement[]): Expression {
  const binding = scope.bindUnnamed(name, value, value.span);
  statements.push({ kind: "declare", binding, span: value.span });
  return { kind: "reference", binding, name, span: value.span };
}

/** Sets the value of a binding where its declaration is reached; a second one (`var` twice) is an assignment. */
export function define(scope: Scope, binding: BindingId, value: Expression, span: Span): Statement {
  const draft = scope.draft(binding)?.draft;
  if (!draft || draft.value || draft.kind === "function" || draft.kind === "import") {
    const target: Expression = { kind: "reference", binding, name: draft?.name ?? "", span };
    return { kind: "expression", expression: assignTo(scope, target, "=", value, span), span };
  }
  draft.value = value;
  return { kind: "declare", binding, span };
}

function initialise(scope: Scope, name: ts.Expression, value: Expression, statements: Statement[]): void {
  const span = scope.module.spanOf(name);
  const target = scope.module.lower.expression(scope, name);
  if (target.kind === "reference") statements.push(define(scope, target.binding, value, span));
}
