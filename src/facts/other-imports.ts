import { loweredExpressions } from "./body.js";
import type { ts } from "./compiler.cjs";
import type { Expression } from "./expression.js";
import type { ImportFact, ImportForm } from "./facts.js";
import { constantText } from "./fold.js";
import { importFact, literalExpression } from "./imports.js";
import { type ImportedLoaders, loadOfCall, loadOfConstruction } from "./loads.js";
import type { OutlineFinds } from "./outline-walk.js";
import { spanOf } from "./syntax.js";
import {
  isArrowFunction,
  isCallExpression,
  isComputedPropertyName,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isLiteralTypeNode,
  isPrivateIdentifier,
  isStringLiteralLike,
  isVariableStatement,
} from "./typescript.js";

type TakenName = ImportFact["names"][number];

interface Found {
  readonly form: ImportForm;
  readonly node: ts.CallExpression | ts.NewExpression;
  readonly specifier: ts.Expression;
}

/** The imports of a file beyond its import statements, in source order: calls, import types, reference comments, ambient modules. */
export function otherImports(file: ts.SourceFile, finds: OutlineFinds, loaders: ImportedLoaders): ImportFact[] {
  const requires = declaresFunction(file, "require") ? new Set([...finds.requires].filter((name) => name !== "require")) : finds.requires;
  const names = { ...loaders, requires };
  const found: Found[] = [];
  for (const node of finds.calls) {
    const load = isCallExpression(node) ? loadOfCall(node, names) : loadOfConstruction(node);
    if (load) found.push({ ...load, node });
  }
  const facts = [
    ...referenceFacts(file),
    ...loadFacts(found, finds, file),
    ...finds.importTypes.flatMap((node) => importTypeFact(node, file) ?? []),
    ...finds.ambientImports.flatMap((statement) => importFact(statement, file) ?? []).map((fact) => ({ ...fact, typeOnly: true })),
  ];
  return facts.sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1]);
}

/** Whether a module gives a well-known name to a function of its own. */
function declaresFunction({ statements }: ts.SourceFile, name: string): boolean {
  return statements.some((statement) => {
    if (isFunctionDeclaration(statement)) return statement.body !== undefined && statement.name?.text === name;
    return (
      isVariableStatement(statement) &&
      statement.declarationList.declarations.some(
        ({ name: own, initializer }) => isIdentifier(own) && own.text === name && initializer && (isArrowFunction(initializer) || isFunctionExpression(initializer)),
      )
    );
  });
}

function loadFacts(found: readonly Found[], finds: OutlineFinds, file: ts.SourceFile): ImportFact[] {
  const folded = found.map((load) => constantText(load.specifier));
  const open = found.filter((_, index) => folded[index] === undefined).map((load) => load.specifier);
  // Rare, so that the whole body may be lowered for them: bindings have the same ids there.
  const lowered: ReadonlyMap<ts.Expression, Expression> = open.length > 0 ? loweredExpressions(file, open) : new Map();
  return found.map(({ form, node, specifier }, index): ImportFact => {
    const span = spanOf(specifier, file);
    const text = folded[index];
    const taken = finds.takenApart.get(node);
    const expression: Expression =
      text === undefined
        ? (lowered.get(specifier) ?? { kind: "opaque", what: "arguments", operands: [], span })
        : { kind: "string", value: form === "new-url" ? asRelative(text) : text, span };
    return { form, specifier: expression, typeOnly: false, names: taken ? patternNames(taken, file) : [], span: spanOf(node, file) };
  });
}

/** The names that `const { a, b: c } = …` takes; none (the whole module) when the pattern takes others as well. */
function patternNames(pattern: ts.ObjectBindingPattern, file: ts.SourceFile): TakenName[] {
  const names: TakenName[] = [];
  for (const element of pattern.elements) {
    const key = element.propertyName ?? (isIdentifier(element.name) ? element.name : undefined);
    const name = key && literalKey(key);
    if (element.dotDotDotToken || name === undefined) return [];
    names.push({ name, local: isIdentifier(element.name) ? element.name.text : name, typeOnly: false, span: spanOf(element, file) });
  }
  return names;
}

function importTypeFact(node: ts.ImportTypeNode, file: ts.SourceFile): ImportFact | undefined {
  const literal = isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (!literal || !isStringLiteralLike(literal)) return undefined;
  const name = node.qualifier && firstName(node.qualifier);
  const names = name ? [{ name: name.text, local: name.text, typeOnly: true, span: spanOf(name, file) }] : [];
  return { form: "import-type", specifier: literalExpression(literal, file), typeOnly: true, names, span: spanOf(node, file) };
}

function firstName(name: ts.EntityName): ts.Identifier {
  return isIdentifier(name) ? name : firstName(name.left);
}

/** `/// <reference path="…">` and `types="…"`; a path is relative to the file even without `./`. */
function referenceFacts(file: ts.SourceFile): ImportFact[] {
  const paths = file.referencedFiles.map((reference) => referenceFact(asRelative(reference.fileName), reference));
  return [...paths, ...file.typeReferenceDirectives.map((reference) => referenceFact(reference.fileName, reference))];
}

function referenceFact(value: string, { pos, end }: ts.FileReference): ImportFact {
  return { form: "reference", specifier: { kind: "string", value, span: [pos, end] }, typeOnly: true, names: [], span: [pos, end] };
}

function asRelative(url: string): string {
  return /^[./]|^[a-z][a-z\d+.-]*:/iu.test(url) ? url : `./${url}`;
}

/** The key of a property, whatever it is quoted with; undefined for a computed one, which is an expression. */
function literalKey(name: ts.PropertyName): string | undefined {
  if (isComputedPropertyName(name)) return undefined;
  return isPrivateIdentifier(name) ? name.text.slice(1) : name.text;
}
