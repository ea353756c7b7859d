import type { ts } from "../compiler.cjs";
import { DEFAULT_BINDING } from "../exports.js";
import type { Binding } from "../expression.js";
import { boundNames, hasModifier } from "../syntax.js";
import {
  forEachChild, isBlock, isCaseBlock, isCaseOrDefaultClause, isCatchClause, isClassDeclaration, isEnumDeclaration, isExportAssignment,
  isExpressionStatement, isExternalModule, isFunctionDeclaration, isIdentifier, isImportDeclaration, isImportEqualsDeclaration,
  isInterfaceDeclaration, isLabeledStatement, isModuleDeclaration, isNamespaceImport, isTypeAliasDeclaration, isVariableDeclarationList,
  isVariableStatement, NodeFlags, SyntaxKind,
} from "../typescript.js";
import type { Scope } from "./scope.js";

/** Declares what a list of statements declares in its own block: everything but `var`. */
export function declareStatements(scope: Scope, statements: readonly ts.Statement[]): void {
  for (const statement of statements) declareStatement(scope, statement);
}

/** Declares the names of `let`, `const` and `using` (and of `var` where it has been hoisted to). */
export function declareVariables(scope: Scope, list: ts.VariableDeclarationList, ambient = scope.ambient): void {
  const kind = variableKind(list);
  for (const declaration of list.declarations) {
    for (const name of boundNames(declaration.name)) {
      const id = scope.declareValue(name.text, kind, name);
      const draft = scope.draft(id)?.draft;
      if (draft && ambient && !declaration.initializer) draft.ambient = true;
    }
  }
}

/**
 * Declares the `var` names of a function's statements, however deep in its blocks they stand.
 *
 * @remarks Found without recursion, since `else if` chains nest as deep as they are long.
 */
export function hoistVariables(scope: Scope, statements: readonly ts.Statement[]): void {
  const waiting: ts.Node[] = [...statements].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (isVariableDeclarationList(node)) {
      if (isVar(node)) declareVariables(scope, node);
    } else if (mayHoldVariables(node)) {
      const inner: ts.Node[] = [];
      forEachChild(node, (child) => void inner.push(child));
      waiting.push(...inner.reverse());
    }
  }
}

/** Whether a declaration list is hoisted out of its block. */
export function isVar(list: ts.VariableDeclarationList): boolean {
  return (list.flags & NodeFlags.BlockScoped) === 0;
}

/** Whether a declaration only tells of something made elsewhere. */
export function isAmbient(scope: Scope, node: ts.HasModifiers): boolean {
  return scope.ambient || hasModifier(node, SyntaxKind.DeclareKeyword);
}

function variableKind(list: ts.VariableDeclarationList): Binding["kind"] {
  switch (list.flags & NodeFlags.BlockScoped) {
    case NodeFlags.None:
      return "var";
    case NodeFlags.Let:
      return "let";
    case NodeFlags.Const:
      return "const";
    default:
      return "using";
  }
}

/** Statements and their parts other than expressions, declarations and functions. */
function mayHoldVariables(node: ts.Node): boolean {
  return (
    (node.kind >= SyntaxKind.FirstStatement && node.kind <= SyntaxKind.LastStatement && !isExpressionStatement(node)) ||
    isBlock(node) ||
    isCaseBlock(node) ||
    isCaseOrDefaultClause(node) ||
    isCatchClause(node)
  );
}

function declareStatement(scope: Scope, statement: ts.Statement): void {
  if (isVariableStatement(statement)) {
    const ambient = isAmbient(scope, statement);
    if (ambient || !isVar(statement.declarationList)) declareVariables(scope, statement.declarationList, ambient);
  } else if (isFunctionDeclaration(statement)) {
    declareFunction(scope, statement);
  } else if (isClassDeclaration(statement)) {
    scope.declareBoth(statement.name?.text ?? DEFAULT_BINDING, "class", statement.name ?? statement);
  } else if (isInterfaceDeclaration(statement)) {
    scope.declareType(statement.name.text, "interface", statement.name);
  } else if (isTypeAliasDeclaration(statement)) {
    scope.declareType(statement.name.text, "type", statement.name);
  } else if (isEnumDeclaration(statement)) {
    scope.declareBoth(statement.name.text, "enum", statement.name);
  } else if (isModuleDeclaration(statement)) {
    if (isIdentifier(statement.name) && !isGlobalAugmentation(statement))
      scope.declareBoth(statement.name.text, "namespace", statement.name);
  } else if (isImportDeclaration(statement)) {
    declareImport(scope, statement);
  } else if (isImportEqualsDeclaration(statement)) {
    const id = scope.declareBoth(statement.name.text, "import", statement.name);
    attachImport(scope, id, statement, "*");
  } else if (isExportAssignment(statement)) {
    scope.declareValue(DEFAULT_BINDING, "const", statement);
  } else if (isLabeledStatement(statement)) {
    declareStatement(scope, statement.statement);
  }
}

/** Whether a declaration is `declare global { … }`. */
export function isGlobalAugmentation(node: ts.ModuleDeclaration): boolean {
  return (node.flags & NodeFlags.GlobalAugmentation) !== 0;
}

/** Outside modules a function in a block is also seen from the rest of its function, as browsers and CommonJS have it. */
function declareFunction(scope: Scope, statement: ts.FunctionDeclaration): void {
  const name = statement.name?.text ?? DEFAULT_BINDING;
  const id = scope.declareValue(name, "function", statement.name ?? statement);
  if (isExternalModule(scope.module.file)) return;
  for (let outer = scope.depth > 0 ? scope.parent : undefined; outer && outer.function === scope.function; outer = outer.parent) {
    if (outer.depth === 0 && !outer.values.has(name)) outer.values.set(name, id);
  }
}

function declareImport(scope: Scope, statement: ts.ImportDeclaration): void {
  const clause = statement.importClause;
  if (clause?.name) attachImport(scope, scope.declareBoth(clause.name.text, "import", clause.name), statement, "default");
  const bindings = clause?.namedBindings;
  if (!bindings) return;
  if (isNamespaceImport(bindings))
    return attachImport(scope, scope.declareBoth(bindings.name.text, "import", bindings.name), statement, "*");
  for (const element of bindings.elements) {
    const id = scope.declareBoth(element.name.text, "import", element.name);
    attachImport(scope, id, statement, (element.propertyName ?? element.name).text);
  }
}

function attachImport(scope: Scope, id: number, statement: ts.Statement, name: string): void {
  const index = scope.module.importIndex.get(statement);
  const draft = scope.draft(id)?.draft;
  if (draft && index !== undefined) draft.import = { index, name };
}
