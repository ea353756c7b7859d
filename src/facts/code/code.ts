import { startOf, type ts } from "../compiler.cjs";
import { DEFAULT_BINDING } from "../exports.js";
import type { CodeFacts, DeclarationFact } from "../facts.js";
import { spanOf } from "../syntax.js";
import {
  isClassDeclaration, isEnumDeclaration, isExportAssignment, isFunctionDeclaration, isIdentifier, isImportDeclaration, isInterfaceDeclaration,
  isNamedImports, isTypeAliasDeclaration, isTypeLiteralNode, isVariableStatement,
} from "../typescript.js";
import { forwards } from "./forwarding.js";
import { TokenStream, type TokenRange } from "./tokens.js";
import { vocabularyOf } from "./vocabulary.js";

/** What a file's code says, apart from how it is laid out and what its locals are called. */
export function codeOf(file: ts.SourceFile): CodeFacts {
  const imported = importedNames(file);
  const stream = new TokenStream(imported);
  const drafts: Draft[] = [];
  let span: [start: number, end: number] | undefined;
  for (const statement of file.statements) {
    // What only forwards is glue, whatever it looks like.
    if (forwards(statement, imported)) continue;
    const from = stream.length;
    drafts.push(...declarations(statement, stream, file).map((draft) => withTypes(draft, stream)));
    if (stream.length === from) continue;
    span = [span?.[0] ?? startOf(statement, file), statement.end];
  }
  const tokens = stream.finish();
  return {
    tokens,
    span: span ?? [0, 0],
    declarations: drafts.map(({ members, ...draft }) => ({ ...draft, ...(members && { elements: members.map(([from, to]) => tokens.slice(from, to)) }) })),
  };
}

type Draft = DeclarationFact & { readonly members?: readonly TokenRange[] };

function declarations(statement: ts.Statement, stream: TokenStream, file: ts.SourceFile): readonly Draft[] {
  if (isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap((declaration) => {
      const tokens = stream.add(declaration);
      if (!isIdentifier(declaration.name)) return [];
      const single = statement.declarationList.declarations.length === 1;
      const vocabulary = declaration.initializer && vocabularyOf(declaration.initializer);
      return [draftOf(declaration.name, single ? statement : declaration, tokens, "code", file, vocabulary)];
    });
  }
  if (isInterfaceDeclaration(statement)) return [addType(statement, statement.members, stream, file)];
  if (isTypeAliasDeclaration(statement)) {
    if (isTypeLiteralNode(statement.type)) return [addType(statement, statement.type.members, stream, file)];
    return [draftOf(statement.name, statement, stream.add(statement), "type", file, vocabularyOf(statement.type))];
  }
  const tokens = stream.add(statement);
  if (isEnumDeclaration(statement)) return [draftOf(statement.name, statement, tokens, "code", file, vocabularyOf(statement))];
  if (isFunctionDeclaration(statement) || isClassDeclaration(statement)) return [draftOf(statement.name, statement, tokens, "code", file)];
  return isExportAssignment(statement) ? [draftOf(undefined, statement, tokens, "code", file)] : [];
}

/** Adds which imported types a set is written with. */
function withTypes(draft: Draft, stream: TokenStream): Draft {
  const types = draft.kind === "code" ? [] : stream.importedTypes(draft.tokens);
  return types.length === 0 ? draft : { ...draft, types };
}

/** A type by its members, each a part of the stream. */
function addType(statement: ts.InterfaceDeclaration | ts.TypeAliasDeclaration, members: readonly ts.TypeElement[], stream: TokenStream, file: ts.SourceFile): Draft {
  const isPlain = isTypeAliasDeclaration(statement) || statement.heritageClauses === undefined;
  const from = stream.length;
  stream.head(statement);
  const ranges = members.map((member) => stream.add(member));
  const draft = draftOf(statement.name, statement, [from, stream.length], "type", file);
  return isPlain ? { ...draft, members: ranges } : draft;
}

function draftOf(
  name: ts.Identifier | undefined,
  node: ts.Node,
  tokens: TokenRange,
  kind: "code" | "type",
  file: ts.SourceFile,
  vocabulary?: readonly string[],
): Draft {
  return {
    name: name?.text ?? DEFAULT_BINDING,
    kind: vocabulary ? "vocabulary" : kind,
    at: spanOf(name ?? node, file),
    span: spanOf(node, file),
    tokens,
    ...(vocabulary && { elements: vocabulary }),
  };
}

/** The local names of imports, each with the name that it has where it comes from; a whole module's name says nothing. */
function importedNames(file: ts.SourceFile): ReadonlyMap<string, string | undefined> {
  const names = new Map<string, string | undefined>();
  for (const statement of file.statements) {
    const clause = isImportDeclaration(statement) ? statement.importClause : undefined;
    if (clause?.name) names.set(clause.name.text, undefined);
    if (!clause?.namedBindings) continue;
    if (!isNamedImports(clause.namedBindings)) names.set(clause.namedBindings.name.text, undefined);
    else for (const { name, propertyName } of clause.namedBindings.elements) names.set(name.text, (propertyName ?? name).text);
  }
  return names;
}
