import type { ts } from "../compiler.cjs";
import type { BindingId, Expression, ObjectEntry, Statement } from "../expression.js";
import { boundNames, hasModifier } from "../syntax.js";
import {
  canHaveModifiers, isClassDeclaration, isEnumDeclaration, isFunctionDeclaration, isIdentifier, isModuleBlock, isModuleDeclaration,
  isVariableStatement, SyntaxKind,
} from "../typescript.js";
import { declareStatements, hoistVariables, isAmbient, isGlobalAugmentation } from "./declare.js";
import type { Scope } from "./scope.js";

/** Lowers a namespace (or ambient module): its statements as a block, what it exports as the value of its binding. */
export function lowerNamespace(scope: Scope, node: ts.ModuleDeclaration): Statement[] {
  const { module } = scope;
  const statements = statementsOf(node.body);
  const inner = scope.block(isAmbient(scope, node));
  const id = isIdentifier(node.name) && !isGlobalAugmentation(node) ? scope.value(node.name.text) : undefined;
  const draft = typeof id === "number" ? module.bindings[id] : undefined;
  // What an earlier part of the namespace exports is seen in the later ones.
  for (const [name, meaning] of exportedMeanings(draft?.value)) inner.values.set(name, meaning);
  hoistVariables(inner, statements);
  declareStatements(inner, statements);
  const body = module.lower.statements(inner, statements);
  const span = module.spanOf(node);
  if (draft && (!draft.value || draft.value.kind === "object")) {
    const entries = draft.value?.kind === "object" ? draft.value.entries : [];
    draft.value = { kind: "object", entries: [...entries, ...exportedEntries(inner, statements, node.body)], span };
  }
  return body.length > 0 ? [{ kind: "block", body, span }] : [];
}

function statementsOf(body: ts.ModuleDeclaration["body"]): readonly ts.Statement[] {
  if (!body) return [];
  if (isModuleBlock(body)) return body.statements;
  return isModuleDeclaration(body) ? [body] : [];
}

function exportedMeanings(value: Expression | undefined): [string, BindingId][] {
  if (value?.kind !== "object") return [];
  return value.entries.flatMap((entry): [string, BindingId][] =>
    entry.kind === "property" && entry.key.kind === "string" && entry.value.kind === "reference"
      ? [[entry.key.value, entry.value.binding]]
      : [],
  );
}

function exportedEntries(scope: Scope, statements: readonly ts.Statement[], body: ts.ModuleDeclaration["body"]): ObjectEntry[] {
  const isDotted = body !== undefined && isModuleDeclaration(body);
  return statements
    .filter((statement) => isDotted || (canHaveModifiers(statement) && hasModifier(statement, SyntaxKind.ExportKeyword)))
    .flatMap(declaredNames)
    .flatMap((name) => exportedEntry(scope, name));
}

function exportedEntry(scope: Scope, name: ts.Identifier): ObjectEntry[] {
  const binding = scope.values.get(name.text);
  if (typeof binding !== "number") return [];
  const keySpan = scope.module.spanOf(name);
  const key: Expression = { kind: "string", value: name.text, span: keySpan };
  const value: Expression = { kind: "reference", binding, name: name.text, span: keySpan };
  return [{ kind: "property", key, keySpan, computed: false, shorthand: false, value }];
}

function declaredNames(statement: ts.Statement): ts.Identifier[] {
  if (isVariableStatement(statement)) return statement.declarationList.declarations.flatMap((declaration) => boundNames(declaration.name));
  const isNamed =
    isFunctionDeclaration(statement) || isClassDeclaration(statement) || isEnumDeclaration(statement) || isModuleDeclaration(statement);
  return isNamed && statement.name && isIdentifier(statement.name) ? [statement.name] : [];
}
