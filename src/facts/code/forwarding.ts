import type { ts } from "../compiler.cjs";
import { unwrap } from "../syntax.js";
import {
  isArrowFunction, isAwaitExpression, isBlock, isCallExpression, isClassDeclaration, isConstructorDeclaration, isExpressionStatement,
  isFunctionDeclaration, isFunctionExpression, isIdentifier, isMethodDeclaration, isPropertyAccessExpression, isPropertyDeclaration,
  isReturnStatement, isVariableStatement, SyntaxKind,
} from "../typescript.js";

/**
 * Whether a statement declares nothing but other names for what is imported: the import itself, functions that only call it, or a class
 * whose methods only call what it was given.
 */
export function forwards(statement: ts.Statement, imported: ReadonlyMap<string, unknown>): boolean {
  if (isClassDeclaration(statement)) return statement.members.some(isMethodDeclaration) && statement.members.every((member) => forwardsMember(member, imported));
  if (isFunctionDeclaration(statement)) return statement.body !== undefined && forwardsBody(statement.body, imported);
  if (!isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.every(({ initializer }) => {
    const value = initializer && unwrap(initializer);
    if (value === undefined) return false;
    return isArrowFunction(value) || isFunctionExpression(value) ? forwardsBody(value.body, imported) : isImported(value, imported);
  });
}

/** Fields and a constructor that only takes them are no code; a method forwards to a field or an import, with what it was given. */
function forwardsMember(member: ts.ClassElement, imported: ReadonlyMap<string, unknown>): boolean {
  if (isConstructorDeclaration(member)) return member.body?.statements.length === 0;
  if (isPropertyDeclaration(member)) return member.initializer === undefined;
  const [only, ...more] = isMethodDeclaration(member) ? (member.body?.statements ?? []) : [];
  if (only === undefined || more.length > 0) return false;
  const value = isReturnStatement(only) || isExpressionStatement(only) ? only.expression : undefined;
  const call = value && awaited(value);
  if (call === undefined || !isCallExpression(call) || !call.arguments.every((argument) => isIdentifier(unwrap(argument)))) return false;
  return isImported(call.expression, imported) || isOfField(call.expression);
}

/** `this.field.method`: a method of what the class holds, not of its own. */
function isOfField(node: ts.Expression): boolean {
  const value = unwrap(node);
  const field = isPropertyAccessExpression(value) ? unwrap(value.expression) : undefined;
  return field !== undefined && isPropertyAccessExpression(field) && field.expression.kind === SyntaxKind.ThisKeyword;
}

function awaited(node: ts.Expression): ts.Expression {
  const value = unwrap(node);
  return isAwaitExpression(value) ? unwrap(value.expression) : value;
}

function forwardsBody(body: ts.ConciseBody, imported: ReadonlyMap<string, unknown>): boolean {
  if (!isBlock(body)) return isCallOfImport(body, imported);
  const [only, ...more] = body.statements;
  if (only === undefined || more.length > 0) return false;
  const value = isReturnStatement(only) || isExpressionStatement(only) ? only.expression : undefined;
  return value !== undefined && isCallOfImport(value, imported);
}

function isCallOfImport(node: ts.Expression, imported: ReadonlyMap<string, unknown>): boolean {
  const call = awaited(node);
  return isCallExpression(call) && isImported(call.expression, imported) && call.arguments.every(isPassedOn);
}

/** A call with code of its own among its arguments does more than forward. */
function isPassedOn(argument: ts.Expression): boolean {
  const value = unwrap(argument);
  return !isArrowFunction(value) && !isFunctionExpression(value);
}

function isImported(node: ts.Expression, imported: ReadonlyMap<string, unknown>): boolean {
  const value = unwrap(node);
  return isPropertyAccessExpression(value) ? isImported(value.expression, imported) : isIdentifier(value) && imported.has(value.text);
}
