import type { ts } from "../compiler.cjs";
import { DEFAULT_BINDING } from "../exports.js";
import type { Expression, Span, Statement, TypeExpression } from "../expression.js";
import { unwrap } from "../syntax.js";
import {
  isBinaryExpression, isBlock, isBreakOrContinueStatement, isBreakStatement, isCaseClause, isClassDeclaration, isDoStatement,
  isEnumDeclaration, isExportAssignment, isExpressionStatement, isExternalModuleReference, isForInStatement, isForOfStatement,
  isForStatement, isFunctionDeclaration, isIdentifier, isIfStatement, isImportEqualsDeclaration, isInterfaceDeclaration,
  isIterationStatement, isLabeledStatement, isModuleDeclaration, isOmittedExpression, isReturnStatement, isSwitchStatement,
  isThrowStatement, isTryStatement, isTypeAliasDeclaration, isVariableDeclarationList, isVariableStatement, isWhileStatement,
  isWithStatement,
} from "../typescript.js";
import { assignments, exportTarget } from "./assignments.js";
import { bindTo, define, keep } from "./bindings.js";
import { declareStatements, declareVariables, isVar } from "./declare.js";
import { lowerEnum } from "./enums.js";
import { opaque } from "./expressions.js";
import { declareTypeParameters } from "./functions.js";
import { lowerNamespace } from "./namespaces.js";
import type { Scope } from "./scope.js";
import { lowerParameterTypes } from "./types.js";

/** Lowers the statements of a block whose names are declared already. */
export function lowerStatements(scope: Scope, nodes: readonly ts.Statement[]): Statement[] {
  const statements: Statement[] = [];
  for (const node of nodes) statements.push(...lowerStatement(scope, node));
  return statements;
}

function lowerStatement(scope: Scope, node: ts.Statement, label?: string): Statement[] {
  const { module } = scope;
  if (!module.enter()) {
    const span = module.spanOf(node);
    return [{ kind: "expression", expression: opaque("code nested too deeply", [], span), span }];
  }
  const statements = lowerByKind(scope, node, label);
  module.leave();
  return statements;
}

function lowerByKind(scope: Scope, node: ts.Statement, label: string | undefined): Statement[] {
  const { module } = scope;
  const span = module.spanOf(node);
  const lower = (inner: ts.Expression): Expression => module.lower.expression(scope, inner);
  if (isExpressionStatement(node)) return [lowerExpressionStatement(scope, node, span)];
  if (isVariableStatement(node)) return lowerVariables(scope, node.declarationList);
  if (isReturnStatement(node)) return [{ kind: "return", ...(node.expression && { value: lower(node.expression) }), span }];
  if (isIfStatement(node)) {
    const test = lower(node.expression);
    const then = lowerNested(scope, node.thenStatement);
    return [{ kind: "if", test, then, else: node.elseStatement ? lowerNested(scope, node.elseStatement) : [], span }];
  }
  if (isBlock(node)) return [{ kind: "block", body: lowerBlock(scope, node), ...labelled(label), span }];
  if (isFunctionDeclaration(node)) return lowerFunctionDeclaration(scope, node);
  if (isClassDeclaration(node)) return [lowerClassDeclaration(scope, node, span)];
  if (isThrowStatement(node)) return [{ kind: "throw", value: lower(node.expression), span }];
  if (isTryStatement(node)) return [lowerTry(scope, node, span)];
  if (isSwitchStatement(node)) return [lowerSwitch(scope, node, span)];
  if (isForOfStatement(node) || isForInStatement(node)) return [lowerEach(scope, node, span, label)];
  if (isForStatement(node)) return [lowerFor(scope, node, span, label)];
  if (isWhileStatement(node) || isDoStatement(node)) {
    const once = isDoStatement(node);
    return [
      {
        kind: "loop",
        await: false,
        test: lower(node.expression),
        once,
        init: [],
        body: lowerNested(scope, node.statement),
        ...labelled(label),
        span,
      },
    ];
  }
  if (isLabeledStatement(node)) return lowerLabelled(scope, node, span);
  if (isBreakOrContinueStatement(node))
    return [{ kind: isBreakStatement(node) ? "break" : "continue", ...labelled(node.label?.text), span }];
  if (isEnumDeclaration(node)) return defineNamed(scope, node.name.text, (id) => lowerEnum(scope, node, id), span);
  if (isModuleDeclaration(node)) return lowerNamespace(scope, node);
  if (isInterfaceDeclaration(node)) return lowerInterface(scope, node, span);
  if (isTypeAliasDeclaration(node)) return lowerAlias(scope, node);
  if (isExportAssignment(node))
    return defineNamed(scope, DEFAULT_BINDING, () => module.lower.expression(scope, node.expression, "default"), span);
  if (isImportEqualsDeclaration(node)) return lowerImportAlias(scope, node, span);
  if (isWithStatement(node)) return lowerWith(scope, node, span);
  return [];
}

function labelled(label: string | undefined): { readonly label?: string } {
  return label === undefined ? {} : { label };
}

/** A statement that stands alone where a block could; declarations in it see only it. */
function lowerNested(scope: Scope, node: ts.Statement): Statement[] {
  if (isBlock(node)) return lowerBlock(scope, node);
  const inner = scope.block();
  declareStatements(inner, [node]);
  return lowerStatement(inner, node);
}

function lowerBlock(scope: Scope, node: ts.Block): Statement[] {
  const inner = scope.block();
  declareStatements(inner, node.statements);
  return lowerStatements(inner, node.statements);
}

/** `module.exports = …` as a statement of its own is the declaration of what it exports. */
function lowerExpressionStatement(scope: Scope, node: ts.ExpressionStatement, span: Span): Statement {
  const { module } = scope;
  const assignment = unwrap(node.expression);
  const target = isBinaryExpression(assignment) ? exportTarget(scope, assignment) : undefined;
  if (target && isBinaryExpression(assignment))
    return define(scope, target.binding, module.lower.expression(scope, assignment.right, target.name), span);
  return { kind: "expression", expression: module.lower.expression(scope, node.expression), span };
}

function lowerVariables(scope: Scope, list: ts.VariableDeclarationList): Statement[] {
  const { module } = scope;
  const statements: Statement[] = [];
  for (const { name, type, initializer } of list.declarations) {
    const hint = isIdentifier(name) ? name.text : undefined;
    const draft = hint === undefined ? undefined : scope.binding(hint)?.draft;
    if (draft && type) draft.type = module.lower.type(scope, type);
    if (initializer) bindTo(scope, name, module.lower.expression(scope, initializer, hint), statements);
  }
  return statements;
}

function defineNamed(scope: Scope, name: string, value: (id: number) => Expression, span: Span): Statement[] {
  const id = scope.value(name);
  if (typeof id !== "number") return [];
  const lowered = value(id);
  const draft = scope.draft(id)?.draft;
  // An enum that is declared again adds to itself.
  if (draft?.kind === "enum" && draft.value) {
    draft.value = lowered;
    return [{ kind: "declare", binding: id, span }];
  }
  return [define(scope, id, lowered, span)];
}

function lowerFunctionDeclaration(scope: Scope, node: ts.FunctionDeclaration): Statement[] {
  const { module } = scope;
  const id = scope.value(node.name?.text ?? DEFAULT_BINDING);
  const draft = typeof id === "number" ? module.bindings[id] : undefined;
  const span = module.spanOf(node);
  if (!draft) return [];
  if (node.body) {
    draft.value = { kind: "function", function: module.lower.function(scope, node, "default"), span };
    delete draft.ambient;
  } else if (!draft.value) {
    draft.ambient = true;
    draft.type ??= signature(scope, node, span);
  }
  return [];
}

/** The type of a function that is only declared. */
function signature(scope: Scope, node: ts.FunctionDeclaration, span: Span): TypeExpression {
  const inner = scope.block();
  declareTypeParameters(inner, node.typeParameters);
  const parameters = lowerParameterTypes(inner, node.parameters);
  return { kind: "function", ...(node.type && { returns: scope.module.lower.type(inner, node.type) }), parameters, span };
}

function lowerClassDeclaration(scope: Scope, node: ts.ClassDeclaration, span: Span): Statement {
  const fact = scope.module.lower.class(scope, node, "default");
  const found = scope.binding(node.name?.text ?? DEFAULT_BINDING);
  if (found) found.draft.value ??= { kind: "class", class: fact, span };
  return { kind: "class", ...(found && { binding: found.id }), class: fact, span };
}

function lowerTry(scope: Scope, node: ts.TryStatement, span: Span): Statement {
  return {
    kind: "try",
    block: lowerBlock(scope, node.tryBlock),
    ...(node.catchClause && lowerCatch(scope, node.catchClause)),
    ...(node.finallyBlock && { finalizer: lowerBlock(scope, node.finallyBlock) }),
    span,
  };
}

function lowerCatch(scope: Scope, node: ts.CatchClause): Pick<Statement & { kind: "try" }, "caught" | "handler"> {
  const { module } = scope;
  const inner = scope.block();
  const name = node.variableDeclaration?.name;
  if (!name) return { handler: lowerBlock(scope, node.block) };
  declareCaught(inner, name);
  const prologue: Statement[] = [];
  const caught = isIdentifier(name)
    ? inner.value(name.text)
    : module.bind({ name: "*caught*", span: module.spanOf(name), kind: "catch", function: inner.function, depth: inner.depth });
  if (!isIdentifier(name) && typeof caught === "number") {
    bindTo(inner, name, { kind: "reference", binding: caught, name: "*caught*", span: module.spanOf(name) }, prologue);
  }
  return { ...(typeof caught === "number" && { caught }), handler: [...prologue, ...lowerBlock(inner, node.block)] };
}

function declareCaught(scope: Scope, name: ts.BindingName): void {
  if (isIdentifier(name)) scope.declareValue(name.text, "catch", name);
  else for (const element of name.elements) if (!isOmittedExpression(element)) declareCaught(scope, element.name);
}

function lowerSwitch(scope: Scope, node: ts.SwitchStatement, span: Span): Statement {
  const { module } = scope;
  const on = module.lower.expression(scope, node.expression);
  const inner = scope.block();
  for (const clause of node.caseBlock.clauses) declareStatements(inner, clause.statements);
  const cases = node.caseBlock.clauses.map((clause) => ({
    ...(isCaseClause(clause) && { test: module.lower.expression(inner, clause.expression) }),
    body: lowerStatements(inner, clause.statements),
  }));
  return { kind: "switch", on, cases, span };
}

function lowerEach(scope: Scope, node: ts.ForOfStatement | ts.ForInStatement, span: Span, label: string | undefined): Statement {
  const { module } = scope;
  const inner = scope.block();
  const init: Statement[] = [];
  const iterated = module.lower.expression(scope, node.expression);
  const each = isNamed(iterated) ? iterated : keep(scope, "*iterated*", iterated, init);
  const of = isForOfStatement(node) ? "element" : "key-of";
  const item: Expression = { kind: of, of: each, span: module.spanOf(node.initializer) };
  const body: Statement[] = [];
  if (isVariableDeclarationList(node.initializer)) {
    if (!isVar(node.initializer)) declareVariables(inner, node.initializer);
    for (const { name } of node.initializer.declarations) bindTo(inner, name, item, body);
  } else {
    for (const expression of assignments(inner, node.initializer, item, item.span))
      body.push({ kind: "expression", expression, span: item.span });
  }
  body.push(...lowerNested(inner, node.statement));
  const isAwaited = isForOfStatement(node) && node.awaitModifier !== undefined;
  return { kind: "loop", each, await: isAwaited, once: false, init, body, ...labelled(label), span };
}

function isNamed(value: Expression): boolean {
  return (
    value.kind === "reference" ||
    value.kind === "global" ||
    value.kind === "this" ||
    (value.kind === "member" && !value.computed && isNamed(value.object))
  );
}

function lowerFor(scope: Scope, node: ts.ForStatement, span: Span, label: string | undefined): Statement {
  const { module } = scope;
  const inner = scope.block();
  const { initializer, condition, incrementor } = node;
  const init: Statement[] = [];
  if (initializer && isVariableDeclarationList(initializer)) {
    if (!isVar(initializer)) declareVariables(inner, initializer);
    init.push(...lowerVariables(inner, initializer));
  } else if (initializer) {
    init.push({ kind: "expression", expression: module.lower.expression(inner, initializer), span: module.spanOf(initializer) });
  }
  return {
    kind: "loop",
    await: false,
    ...(condition && { test: module.lower.expression(inner, condition) }),
    ...(incrementor && { update: module.lower.expression(inner, incrementor) }),
    once: false,
    init,
    body: lowerNested(inner, node.statement),
    ...labelled(label),
    span,
  };
}

function lowerLabelled(scope: Scope, node: ts.LabeledStatement, span: Span): Statement[] {
  const label = node.label.text;
  const inner = node.statement;
  const takesLabel = isBlock(inner) || isIterationStatement(inner, false);
  return takesLabel ? lowerStatement(scope, inner, label) : [{ kind: "block", body: lowerStatement(scope, inner), label, span }];
}

function lowerInterface(scope: Scope, node: ts.InterfaceDeclaration, span: Span): Statement[] {
  const { module } = scope;
  const inner = scope.block();
  declareTypeParameters(inner, node.typeParameters);
  const own = module.lower.typeMembers(inner, node.members, span);
  const parents = (node.heritageClauses ?? []).flatMap((clause) => clause.types).map((parent) => module.lower.type(inner, parent));
  addType(scope, node.name.text, [own, ...parents], span);
  return [];
}

function lowerAlias(scope: Scope, node: ts.TypeAliasDeclaration): Statement[] {
  const inner = scope.block();
  declareTypeParameters(inner, node.typeParameters);
  addType(scope, node.name.text, [scope.module.lower.type(inner, node.type)], scope.module.spanOf(node));
  return [];
}

/** An interface that is declared again adds to itself. */
function addType(scope: Scope, name: string, types: readonly TypeExpression[], span: Span): void {
  const id = scope.type(name);
  const draft = id === undefined ? undefined : scope.module.bindings[id];
  if (!draft) return;
  const parts = draft.type ? [draft.type, ...types] : types;
  const [only] = parts;
  draft.type = only && parts.length === 1 ? only : { kind: "intersection", parts, span };
}

/** `import A = N.B` is a constant. */
function lowerImportAlias(scope: Scope, node: ts.ImportEqualsDeclaration, span: Span): Statement[] {
  const { moduleReference: target } = node;
  const found = scope.binding(node.name.text);
  if (!found || isExternalModuleReference(target)) return [];
  found.draft.value = entityValue(scope, target);
  return [{ kind: "declare", binding: found.id, span }];
}

function entityValue(scope: Scope, name: ts.EntityName): Expression {
  const { module } = scope;
  if (isIdentifier(name)) return module.lower.expression(scope, name);
  const keySpan = module.spanOf(name.right);
  const key: Expression = { kind: "string", value: name.right.text, span: keySpan };
  return {
    kind: "member",
    object: entityValue(scope, name.left),
    key,
    keySpan,
    computed: false,
    optional: false,
    span: module.spanOf(name),
  };
}

/** Names inside `with` may be anybody's: its object is evaluated, its body runs. */
function lowerWith(scope: Scope, node: ts.WithStatement, span: Span): Statement[] {
  const object = opaque("with", [scope.module.lower.expression(scope, node.expression)], span);
  return [{ kind: "expression", expression: object, span }, { kind: "block", body: lowerNested(scope, node.statement), span }];
}
