import type { ts } from "./compiler.cjs";
import type { Expression, Span } from "./expression.js";
import type { ImportFact } from "./facts.js";
import { spanOf } from "./syntax.js";
import {
  isExportDeclaration, isExternalModuleReference, isImportDeclaration, isImportEqualsDeclaration, isNamedImports, isNamespaceExport,
  isNamespaceImport, isStringLiteralLike, SyntaxKind,
} from "./typescript.js";

type TakenName = ImportFact["names"][number];

/** A statement that imports or re-exports from another module, named by a literal. */
export type ImportStatement = ts.ImportDeclaration | ts.ExportDeclaration | ts.ImportEqualsDeclaration;

/**
 * Whether a statement is an import, a re-export or an `import x = require()` with a literal specifier.
 *
 * @remarks The facts of a file's own import statements come first in its outline, in source order: a body names them by that index.
 */
export function isImportStatement(statement: ts.Statement): statement is ImportStatement {
  return specifierOf(statement) !== undefined;
}

/** The fact of an import statement. */
export function importFact(statement: ImportStatement, file: ts.SourceFile): ImportFact | undefined {
  const literal = specifierOf(statement);
  if (!literal) return undefined;
  const base = { specifier: literalExpression(literal, file), span: spanOf(statement, file) };
  if (isImportEqualsDeclaration(statement)) return { form: "import-equals", ...base, typeOnly: statement.isTypeOnly, names: [] };
  if (isExportDeclaration(statement)) {
    const names = reexportedNames(statement, file);
    return { form: "export-from", ...base, typeOnly: statement.isTypeOnly || allTypes(names), names };
  }
  const names = importedNames(statement, file);
  return { form: "import", ...base, typeOnly: isTypeImport(statement) || allTypes(names), names };
}

/** A literal specifier as the expression that facts keep. */
export function literalExpression(literal: ts.StringLiteralLike, file: ts.SourceFile): Expression & { readonly kind: "string" } {
  return { kind: "string", value: literal.text, span: spanOf(literal, file) };
}

function specifierOf(statement: ts.Statement): ts.StringLiteralLike | undefined {
  const node = specifierNode(statement);
  return node && isStringLiteralLike(node) ? node : undefined;
}

function specifierNode(statement: ts.Statement): ts.Expression | undefined {
  if (isImportDeclaration(statement) || isExportDeclaration(statement)) return statement.moduleSpecifier;
  if (!isImportEqualsDeclaration(statement) || !isExternalModuleReference(statement.moduleReference)) return undefined;
  return statement.moduleReference.expression;
}

function isTypeImport(statement: ts.ImportDeclaration): boolean {
  return statement.importClause?.phaseModifier === SyntaxKind.TypeKeyword;
}

function allTypes(names: readonly TakenName[]): boolean {
  return names.length > 0 && names.every((name) => name.typeOnly);
}

function importedNames(statement: ts.ImportDeclaration, file: ts.SourceFile): TakenName[] {
  const clause = statement.importClause;
  if (!clause) return [];
  const typeOnly = isTypeImport(statement);
  const names: TakenName[] = [];
  if (clause.name) names.push({ name: "default", local: clause.name.text, typeOnly, span: spanOf(clause.name, file) });
  const bindings = clause.namedBindings;
  if (bindings && isNamespaceImport(bindings)) names.push({ name: "*", local: bindings.name.text, typeOnly, span: spanOf(bindings, file) });
  if (bindings && isNamedImports(bindings)) names.push(...bindings.elements.map((element) => takenName(element, typeOnly, file)));
  return names;
}

function reexportedNames(statement: ts.ExportDeclaration, file: ts.SourceFile): TakenName[] {
  const { exportClause: clause, isTypeOnly: typeOnly } = statement;
  if (!clause) return [{ name: "*", local: "*", typeOnly, span: spanOf(statement, file) }];
  if (isNamespaceExport(clause)) return [{ name: "*", local: clause.name.text, typeOnly, span: spanOf(clause, file) }];
  return clause.elements.map((element) => takenName(element, typeOnly, file));
}

function takenName(element: ts.ImportSpecifier | ts.ExportSpecifier, typeOnly: boolean, file: ts.SourceFile): TakenName {
  const span: Span = spanOf(element, file);
  return { name: (element.propertyName ?? element.name).text, local: element.name.text, typeOnly: typeOnly || element.isTypeOnly, span };
}
