import type { ts } from "./compiler.cjs";
import { isMember, memberKey } from "./syntax.js";
import {
  isBinaryExpression, isBlock, isComputedPropertyName, isExpressionStatement, isIdentifier, isIfStatement, isObjectLiteralExpression,
  isTryStatement, isVariableStatement, SyntaxKind,
} from "./typescript.js";

/** An export that a file makes by assigning to `exports` or `module.exports`. */
export interface CommonJsExport {
  readonly name: string;
  /** Name of the binding that holds the value. */
  readonly local: string;
  /** The assignment, or the property of the object that is assigned to `module.exports`. */
  readonly node: ts.BinaryExpression | ts.ObjectLiteralElementLike;
  readonly assignment: ts.BinaryExpression;
}

/** The binding that holds what CommonJS code exports under a name: `*default*` for `module.exports` itself. */
export function commonJsLocal(name: string): string {
  return `*${name}*`;
}

/**
 * The CommonJS exports of a file, in source order.
 *
 * @remarks Only what module-level code assigns counts (also inside its `if`, `try` and blocks): a function that fills an `exports`
 * parameter of its own is a bundle's inner module.
 */
export function commonJsExports(file: ts.SourceFile): CommonJsExport[] {
  if (!file.text.includes("exports") || declaresCommonJsNames(file)) return [];
  const found: CommonJsExport[] = [];
  for (const statement of moduleLevelStatements(file)) {
    let at: ts.Expression | undefined = isExpressionStatement(statement) ? statement.expression : undefined;
    while (at && isBinaryExpression(at) && at.operatorToken.kind === SyntaxKind.EqualsToken) {
      found.push(...exportsOfAssignment(at));
      at = at.right;
    }
  }
  return found;
}

/** The name that an assignment exports: `exports.x = …`, `module.exports.x = …`, `module.exports = …` (`default`). */
export function exportedBy(assignment: ts.BinaryExpression): string | undefined {
  const target = assignment.left;
  if (isModuleExports(target)) return "default";
  const key = memberKey(target);
  if (key === undefined || !isMember(target)) return undefined;
  const owner = target.expression;
  return isModuleExports(owner) || (isIdentifier(owner) && owner.text === "exports") ? key : undefined;
}

function exportsOfAssignment(assignment: ts.BinaryExpression): CommonJsExport[] {
  const name = exportedBy(assignment);
  if (name === undefined) return [];
  const found: CommonJsExport[] = [{ name, local: commonJsLocal(name), node: assignment, assignment }];
  if (!isModuleExports(assignment.left) || !isObjectLiteralExpression(assignment.right)) return found;
  for (const property of assignment.right.properties) {
    const key = property.name && !isComputedPropertyName(property.name) ? property.name.text : undefined;
    if (key !== undefined && key !== "default") found.push({ name: key, local: commonJsLocal(key), node: property, assignment });
  }
  return found;
}

function isModuleExports(node: ts.Expression): boolean {
  return isMember(node) && memberKey(node) === "exports" && isIdentifier(node.expression) && node.expression.text === "module";
}

function declaresCommonJsNames(file: ts.SourceFile): boolean {
  return file.statements.some(
    (statement) =>
      isVariableStatement(statement) &&
      statement.declarationList.declarations.some(({ name }) => isIdentifier(name) && (name.text === "exports" || name.text === "module")),
  );
}

/** Statements that run with the module itself, those inside its blocks included; found without recursion. */
function* moduleLevelStatements(file: ts.SourceFile): Generator<ts.Statement> {
  const waiting: ts.Statement[] = [...file.statements].reverse();
  for (let statement = waiting.pop(); statement; statement = waiting.pop()) {
    yield statement;
    if (isBlock(statement)) waiting.push(...[...statement.statements].reverse());
    else if (isIfStatement(statement)) waiting.push(...(statement.elseStatement ? [statement.elseStatement] : []), statement.thenStatement);
    else if (isTryStatement(statement)) {
      waiting.push(
        ...(statement.finallyBlock ? [statement.finallyBlock] : []),
        ...(statement.catchClause ? [statement.catchClause.block] : []),
        statement.tryBlock,
      );
    }
  }
}
