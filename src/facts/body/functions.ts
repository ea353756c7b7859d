import type { ts } from "../compiler.cjs";
import type { BindingId, Expression, FunctionId, Statement } from "../expression.js";
import { boundNames, hasModifier } from "../syntax.js";
import {
  isArrowFunction, isBlock, isComputedPropertyName, isConstructorDeclaration, isFunctionExpression, isIdentifier, SyntaxKind,
} from "../typescript.js";
import { bindTo } from "./bindings.js";
import { declareStatements, hoistVariables } from "./declare.js";
import type { FunctionDraft, FunctionNode } from "./draft.js";
import type { Scope } from "./scope.js";

/** Lowers a function with its parameters and body. */
export function lowerFunction(scope: Scope, node: FunctionNode, name: string | undefined): FunctionId {
  const { module } = scope;
  const own = ownName(node);
  const id = addFunction(scope, node, own ?? name, node);
  const outer = isFunctionExpression(node) && own !== undefined ? selfScope(scope, node, own, id) : scope;
  const inner = outer.inFunction(id);
  declareTypeParameters(inner, node.typeParameters);
  const parameters = node.parameters.filter((parameter) => !isThisParameter(parameter));
  for (const parameter of parameters) for (const bound of boundNames(parameter.name)) inner.declareValue(bound.text, "parameter", bound);
  const statements = node.body && isBlock(node.body) ? node.body.statements : [];
  hoistVariables(inner, statements);
  declareStatements(inner, statements);
  const draft = module.functions[id];
  if (!draft) return id;
  const prologue: Statement[] = [];
  draft.parameters = parameters.map((parameter, index) => lowerParameter(inner, parameter, index, prologue));
  if (node.type) draft.returns = module.lower.type(inner, node.type);
  draft.body = [...prologue, ...(node.body ? lowerBody(inner, node.body) : [])];
  return id;
}

/** Adds a function without parameters to the module: a class's static block, or the start of any other. */
export function addFunction(scope: Scope, node: ts.Node, name: string | undefined, signature?: FunctionNode): FunctionId {
  const draft: FunctionDraft = {
    ...(name !== undefined && { name }),
    span: scope.module.spanOf(node),
    parent: scope.function,
    async: signature !== undefined && hasModifier(signature, SyntaxKind.AsyncKeyword),
    generator:
      signature !== undefined && !isArrowFunction(signature) && "asteriskToken" in signature && signature.asteriskToken !== undefined,
    arrow: signature !== undefined && isArrowFunction(signature),
    parameters: [],
    body: [],
  };
  scope.module.functions.push(draft);
  return scope.module.functions.length - 1;
}

/** Type parameters hide outer types of their name; one with a constraint stands for what it extends. */
export function declareTypeParameters(scope: Scope, parameters: readonly ts.TypeParameterDeclaration[] | undefined): void {
  for (const { name } of parameters ?? []) scope.types.set(name.text, undefined);
  for (const { name, constraint } of parameters ?? []) {
    if (constraint === undefined) continue;
    const type = scope.module.lower.type(scope, constraint);
    const own = scope.draft(scope.declareType(name.text, "type", name));
    if (own) own.draft.type = type;
  }
}

/** The `this` that TypeScript lets one declare is no parameter. */
export function isThisParameter(parameter: ts.ParameterDeclaration): boolean {
  return isIdentifier(parameter.name) && parameter.name.text === "this";
}

function ownName(node: FunctionNode): string | undefined {
  if (isConstructorDeclaration(node)) return "constructor";
  if (isArrowFunction(node) || !node.name) return undefined;
  return isComputedPropertyName(node.name) ? undefined : node.name.text;
}

/** A named function expression sees itself under its name. */
function selfScope(scope: Scope, node: ts.FunctionExpression, name: string, id: FunctionId): Scope {
  const self = scope.inFunction(id);
  const binding = self.declareValue(name, "function", node.name ?? node);
  const draft = self.draft(binding)?.draft;
  if (draft) draft.value = { kind: "function", function: id, span: scope.module.spanOf(node) };
  return self;
}

function lowerParameter(
  scope: Scope,
  node: ts.ParameterDeclaration,
  index: number,
  prologue: Statement[],
): FunctionDraft["parameters"][number] {
  const { module } = scope;
  const span = module.spanOf(node);
  const rest = node.dotDotDotToken !== undefined;
  const given: Expression = { kind: "parameter", function: scope.function, index, rest, span };
  const name = isIdentifier(node.name) ? node.name.text : undefined;
  const value: Expression = node.initializer
    ? { kind: "default", operand: given, fallback: module.lower.expression(scope, node.initializer, name), span }
    : given;
  const reached: Statement[] = [];
  bindTo(scope, node.name, value, reached);
  // A plain parameter is there from the start; what a default or a pattern runs is run in the function.
  if (name === undefined || node.initializer) prologue.push(...reached);
  const type = node.type && module.lower.type(scope, node.type);
  const binding = name === undefined ? undefined : bindingOf(scope, name);
  if (binding !== undefined && type) annotate(scope, binding, type);
  return {
    ...(binding !== undefined && { binding }),
    ...(type && { type }),
    rest,
    optional: node.questionToken !== undefined || node.initializer !== undefined,
  };
}

function bindingOf(scope: Scope, name: string): BindingId | undefined {
  const meaning = scope.values.get(name);
  return typeof meaning === "number" ? meaning : undefined;
}

function annotate(scope: Scope, id: BindingId, type: NonNullable<FunctionDraft["returns"]>): void {
  const draft = scope.draft(id)?.draft;
  if (draft) draft.type = type;
}

function lowerBody(scope: Scope, body: ts.ConciseBody): Statement[] {
  const { module } = scope;
  if (isBlock(body)) return module.lower.statements(scope, body.statements);
  return [{ kind: "return", value: module.lower.expression(scope, body), span: module.spanOf(body) }];
}
