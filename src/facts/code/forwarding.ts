import type { ts } from "../compiler.cjs";
import { unwrap } from "../syntax.js";
import {
  isArrowFunction, isAwaitExpression, isBlock, isCallExpression, isExpressionStatement, isFunctionDeclaration, isFunctionExpression, isIdentifier,
  isPropertyAccessExpression, isReturnStatement, isVariableStatement,
} from "../typescript.js";

/** Whether a statement declares nothing but other names for what is imported: the import itself, or functions that only call it. */
export function forwards(statement: ts.Statement, imported: ReadonlyMap<string, unknown>): boolean {
  if (isFunctionDeclaration(statement)) return statement.body !== undefined && forwardsBody(statement.body, imported);
  if (!isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.every(({ initializer }) => {
    const value = initializer && unwrap(initializer);
    if (value === undefined) return false;
    return isArrowFunction(value) || isFunctionExpression(value) ? forwardsBody(value.body, imported) : isImported(value, imported);
  });
}

function forwardsBody(body: ts.ConciseBody, imported: ReadonlyMap<string, unknown>): boolean {
  if (!isBlock(body)) return isCallOfImport(body, imported);
  const [only, ...more] = body.statements;
  if (only === undefined || more.length > 0) return false;
  const value = isReturnStatement(only) || isExpressionStatement(only) ? only.expression : undefined;
  return value !== undefined && isCallOfImport(value, imported);
}

function isCallOfImport(node: ts.Expression, imported: ReadonlyMap<string, unknown>): boolean {
  const value = unwrap(node);
  const call = isAwaitExpression(value) ? unwrap(value.expression) : value;
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
