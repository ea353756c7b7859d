import type { ts } from "../compiler.cjs";
import type { ClassFact, ClassMember, Expression, FunctionId } from "../expression.js";
import { boundNames, hasModifier } from "../syntax.js";
import {
  getDecorators, isAccessor, isClassExpression, isClassStaticBlockDeclaration, isConstructorDeclaration, isGetAccessor,
  isMethodDeclaration, isParameterPropertyDeclaration, isPropertyDeclaration, SyntaxKind,
} from "../typescript.js";
import { declareStatements, hoistVariables, isAmbient } from "./declare.js";
import { addFunction, declareTypeParameters } from "./functions.js";
import { lowerKey } from "./property-keys.js";
import type { Scope } from "./scope.js";

type MemberNode = ts.MethodDeclaration | ts.GetAccessorDeclaration | ts.SetAccessorDeclaration | ts.PropertyDeclaration;

/** Lowers a class with its members; a static block is a static member that calls itself. */
export function lowerClass(scope: Scope, node: ts.ClassLikeDeclaration, name: string | undefined): ClassFact {
  const { module } = scope;
  const inner = scope.block(isAmbient(scope, node));
  declareTypeParameters(inner, node.typeParameters);
  if (isClassExpression(node) && node.name) inner.declareBoth(node.name.text, "class", node.name);
  const parent = node.heritageClauses?.find((clause) => clause.token === SyntaxKind.ExtendsKeyword)?.types[0];
  const decorators = decoratorsOf(inner, node);
  const extended = parent && module.lower.expression(inner, parent.expression);
  const members: ClassMember[] = [];
  let constructorFunction: FunctionId | undefined;
  for (const member of node.members) {
    if (isConstructorDeclaration(member)) {
      if (!member.body) continue;
      constructorFunction = module.lower.function(inner, member, undefined);
      members.push(...parameterProperties(inner, member, constructorFunction));
    } else if (isClassStaticBlockDeclaration(member)) members.push(staticBlock(inner, member));
    else if (isMemberNode(member) && !isOverload(inner, member)) members.push(lowerMember(inner, member));
  }
  const own = node.name?.text ?? name;
  const fact: ClassFact = {
    ...(own !== undefined && { name: own }),
    ...(extended && { extends: extended }),
    ...(decorators.length > 0 && { decorators }),
    members,
    ...(constructorFunction !== undefined && { constructorFunction }),
  };
  if (isClassExpression(node) && node.name) {
    const draft = inner.binding(node.name.text)?.draft;
    if (draft) draft.value = { kind: "class", class: fact, span: module.spanOf(node) };
  }
  return fact;
}

function isMemberNode(node: ts.ClassElement): node is MemberNode {
  return isMethodDeclaration(node) || isAccessor(node) || isPropertyDeclaration(node);
}

/** A method's overload signature; its implementation follows. */
function isOverload(scope: Scope, node: MemberNode): boolean {
  return isMethodDeclaration(node) && !node.body && !scope.ambient && !hasModifier(node, SyntaxKind.AbstractKeyword);
}

function lowerMember(scope: Scope, node: MemberNode): ClassMember {
  const { module } = scope;
  const key = lowerKey(scope, node.name);
  const name = key.key.kind === "string" ? key.key.value : undefined;
  const decorators = decoratorsOf(scope, node);
  const value = memberValue(scope, node, name);
  const type = isPropertyDeclaration(node) && node.type ? module.lower.type(scope, node.type) : undefined;
  return {
    ...key,
    static: hasModifier(node, SyntaxKind.StaticKeyword),
    role: roleOf(node),
    ...(value && { value }),
    ...(type && { type }),
    ...(decorators.length > 0 && { decorators }),
  };
}

function memberValue(scope: Scope, node: MemberNode, name: string | undefined): Expression | undefined {
  const { module } = scope;
  if (isPropertyDeclaration(node)) return node.initializer && module.lower.expression(scope, node.initializer, name);
  return node.body && { kind: "function", function: module.lower.function(scope, node, name), span: module.spanOf(node) };
}

function roleOf(node: MemberNode): ClassMember["role"] {
  if (isPropertyDeclaration(node)) return "field";
  if (isMethodDeclaration(node)) return "method";
  return isGetAccessor(node) ? "get" : "set";
}

/** `constructor(private readonly x: T)` declares the field `x`, which holds the parameter. */
function parameterProperties(scope: Scope, node: ts.ConstructorDeclaration, id: FunctionId): ClassMember[] {
  const { module } = scope;
  return node.parameters.flatMap((parameter, index): ClassMember[] => {
    if (!isParameterPropertyDeclaration(parameter, node)) return [];
    const { binding, type } = module.functions[id]?.parameters[index] ?? {};
    return boundNames(parameter.name).map((name) => {
      const keySpan = module.spanOf(name);
      const value: Expression | undefined =
        binding === undefined ? undefined : { kind: "reference", binding, name: name.text, span: keySpan };
      const key: Expression = { kind: "string", value: name.text, span: keySpan };
      return { key, keySpan, computed: false, static: false, role: "field", ...(value && { value }), ...(type && { type }) };
    });
  });
}

function staticBlock(scope: Scope, node: ts.ClassStaticBlockDeclaration): ClassMember {
  const { module } = scope;
  const span = module.spanOf(node);
  const id = addFunction(scope, node, undefined);
  const inner = scope.inFunction(id);
  hoistVariables(inner, node.body.statements);
  declareStatements(inner, node.body.statements);
  const draft = module.functions[id];
  if (draft) draft.body = module.lower.statements(inner, node.body.statements);
  const value: Expression = { kind: "call", callee: { kind: "function", function: id, span }, arguments: [], optional: false, span };
  return { key: { kind: "string", value: "*static*", span }, keySpan: span, computed: false, static: true, role: "field", value };
}

/** Decorators of a class or member, those of a method's parameters included: they run when the class is made. */
function decoratorsOf(scope: Scope, node: ts.ClassLikeDeclaration | MemberNode): Expression[] {
  const own = getDecorators(node) ?? [];
  const parameters = isMethodDeclaration(node) ? node.parameters.flatMap((parameter) => getDecorators(parameter) ?? []) : [];
  return [...own, ...parameters].map((decorator) => scope.module.lower.expression(scope, decorator.expression));
}
