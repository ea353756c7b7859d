import { commonJsExports } from "./commonjs.js";
import type { ts } from "./compiler.cjs";
import type { ExportFact } from "./facts.js";
import { isImportStatement } from "./imports.js";
import { boundNames, hasModifier, spanOf } from "./syntax.js";
import {
  canHaveModifiers,
  isClassDeclaration,
  isEnumDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isInterfaceDeclaration,
  isModuleDeclaration,
  isNamespaceExport,
  isNamespaceImport,
  isTypeAliasDeclaration,
  isVariableStatement,
  SyntaxKind,
} from "./typescript.js";

/** Name of the binding that holds what a module exports by default without naming it. */
export const DEFAULT_BINDING = "*default*";

/** Everything that a file exports, in source order. */
export function exportsOf(file: ts.SourceFile): ExportFact[] {
  const facts: ExportFact[] = [];
  let imports = 0;
  for (const statement of file.statements) {
    facts.push(...statementExports(statement, imports, file));
    if (isImportStatement(statement)) imports += 1;
  }
  for (const { name, local, node } of commonJsExports(file)) facts.push({ name, local, typeOnly: false, span: spanOf(node, file) });
  return facts;
}

function statementExports(statement: ts.Statement, imports: number, file: ts.SourceFile): ExportFact[] {
  if (isExportDeclaration(statement)) return namedExports(statement, imports, file);
  if (isExportAssignment(statement)) return [{ name: "default", local: DEFAULT_BINDING, typeOnly: false, span: spanOf(statement, file) }];
  if (!canHaveModifiers(statement) || !hasModifier(statement, SyntaxKind.ExportKeyword)) return [];
  const isDefault = hasModifier(statement, SyntaxKind.DefaultKeyword);
  return declaredNames(statement).map(({ local, node, typeOnly }) => ({
    name: isDefault ? "default" : local,
    local,
    typeOnly,
    span: spanOf(node, file),
  }));
}

function namedExports(statement: ts.ExportDeclaration, imports: number, file: ts.SourceFile): ExportFact[] {
  const { exportClause: clause, isTypeOnly } = statement;
  const source = isImportStatement(statement) ? imports : undefined;
  if (!clause || isNamespaceExport(clause)) {
    if (source === undefined) return [];
    const span = spanOf(clause ?? statement, file);
    return [{ name: clause?.name.text ?? "*", from: { import: source, name: "*" }, typeOnly: isTypeOnly, span }];
  }
  return clause.elements.map((element) => {
    const inner = (element.propertyName ?? element.name).text;
    const behind = source === undefined ? { local: inner } : { from: { import: source, name: inner } };
    return { name: element.name.text, ...behind, typeOnly: isTypeOnly || element.isTypeOnly, span: spanOf(element, file) };
  });
}

interface DeclaredName {
  readonly local: string;
  readonly node: ts.Node;
  readonly typeOnly: boolean;
}

function declaredNames(statement: ts.Statement): DeclaredName[] {
  if (isVariableStatement(statement)) {
    return statement.declarationList.declarations
      .flatMap((declaration) => boundNames(declaration.name))
      .map((node) => ({ local: node.text, node, typeOnly: false }));
  }
  if (isFunctionDeclaration(statement) || isClassDeclaration(statement)) {
    return [{ local: statement.name?.text ?? DEFAULT_BINDING, node: statement.name ?? statement, typeOnly: false }];
  }
  if (isInterfaceDeclaration(statement) || isTypeAliasDeclaration(statement)) {
    return [{ local: statement.name.text, node: statement.name, typeOnly: true }];
  }
  if (isEnumDeclaration(statement) || isModuleDeclaration(statement) || isImportEqualsDeclaration(statement)) {
    const typeOnly = isImportEqualsDeclaration(statement) && statement.isTypeOnly;
    return [{ local: statement.name.text, node: statement.name, typeOnly }];
  }
  return [];
}

/** Whether a file holds nothing but imports and at least one re-export: whoever imports it gets what other modules make. */
export function forwardsOnly(file: ts.SourceFile): boolean {
  const imported = new Set<string>();
  let forwards = false;
  for (const statement of file.statements) {
    if (isImportDeclaration(statement)) {
      const { importClause: clause } = statement;
      // An import for its effects does something of its own.
      if (!clause) return false;
      if (clause.name) imported.add(clause.name.text);
      const bindings = clause.namedBindings;
      if (bindings && isNamespaceImport(bindings)) imported.add(bindings.name.text);
      else for (const element of bindings?.elements ?? []) imported.add(element.name.text);
    } else if (isExportDeclaration(statement)) {
      const { exportClause: clause, moduleSpecifier } = statement;
      const isOwn =
        !moduleSpecifier &&
        (!clause || isNamespaceExport(clause) || !clause.elements.every((one) => imported.has((one.propertyName ?? one.name).text)));
      if (isOwn) return false;
      forwards ||= !clause || isNamespaceExport(clause) || clause.elements.length > 0;
    } else if (isExportAssignment(statement) && isIdentifier(statement.expression) && imported.has(statement.expression.text))
      forwards = true;
    else return false;
  }
  return forwards;
}
