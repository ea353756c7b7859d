import type { ts } from "./compiler.cjs";
import type { ImportForm } from "./facts.js";
import { unwrap } from "./syntax.js";
import { isCallExpression, isIdentifier, isMetaProperty, isPropertyAccessExpression, SyntaxKind } from "./typescript.js";

/** A call or construction that names a module in its first argument. */
export interface Load {
  readonly form: ImportForm;
  readonly specifier: ts.Expression;
}

/** Names that a file's imports give to what makes or mocks module loads. */
export interface ImportedLoaders {
  /** `createRequire` and its import aliases. */
  readonly creators: ReadonlySet<string>;
  /** `vi`, `jest` and their import aliases. */
  readonly mockers: ReadonlySet<string>;
}

/** Names under which a file may load modules. */
export interface LoaderNames extends ImportedLoaders {
  /** `require`, and what `createRequire` returned or an alias holds. */
  readonly requires: ReadonlySet<string>;
}

/** Methods of `vi` and `jest` that take a module's name: none loads it as the file's own import, all tie the file to it. */
const MOCK_METHODS: ReadonlySet<string> = new Set([
  ...["mock", "doMock", "unmock", "doUnmock", "importActual", "importMock"],
  ...["requireActual", "requireMock", "dontMock", "deepUnmock", "setMock", "createMockFromModule", "genMockFromModule"],
  ...["unstable_mockModule", "unstable_unmockModule"],
]);

/** Methods whose first argument may name a module, whatever their receiver is. */
export const MODULE_METHODS: ReadonlySet<string> = new Set([...MOCK_METHODS, "resolve", "require", "module"]);

/** The module that a call names, with the way it does. */
export function loadOfCall(node: ts.CallExpression, names: LoaderNames): Load | undefined {
  const specifier = node.arguments[0];
  const form = specifier && formOf(node.expression, names);
  if (!form || (form === "mock" && isImportCall(specifier))) return undefined;
  return { form, specifier };
}

/** The module that `new URL(specifier, import.meta.url)` names. */
export function loadOfConstruction(node: ts.NewExpression): Load | undefined {
  const [specifier, base] = node.arguments ?? [];
  if (!specifier || !base || !isUrl(node.expression)) return undefined;
  const from = unwrap(base);
  const isModuleUrl = isPropertyAccessExpression(from) && from.name.text === "url" && isImportMeta(from.expression);
  return isModuleUrl ? { form: "new-url", specifier } : undefined;
}

function isUrl(node: ts.Expression | ts.MemberName): boolean {
  if (isPropertyAccessExpression(node)) return isIdentifier(node.expression) && node.expression.text === "globalThis" && isUrl(node.name);
  return isIdentifier(node) && node.text === "URL";
}

/** Whether an expression gives a function that loads modules: `require`, `module.require`, `createRequire(…)`. */
export function isRequire(node: ts.Expression, names: LoaderNames): boolean {
  const at = unwrap(node);
  if (isIdentifier(at)) return names.requires.has(at.text);
  if (isPropertyAccessExpression(at)) return at.name.text === "require" && isIdentifier(at.expression) && at.expression.text === "module";
  if (!isCallExpression(at)) return false;
  const callee = unwrap(at.expression);
  if (isIdentifier(callee)) return names.creators.has(callee.text);
  return isPropertyAccessExpression(callee) && callee.name.text === "createRequire";
}

/** Whether a call is `import(…)`. */
export function isImportCall(node: ts.Node): boolean {
  return isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword;
}

/** The loader names that a file starts with: the well-known ones and its import aliases of them. */
export function importedLoaders(names: readonly { readonly name: string; readonly local: string }[]): ImportedLoaders {
  const creators = new Set(["createRequire"]);
  const mockers = new Set(["vi", "vitest", "jest"]);
  for (const { name, local } of names) {
    if (name === "createRequire") creators.add(local);
    if (name === "vi" || name === "vitest" || name === "jest") mockers.add(local);
  }
  return { creators, mockers };
}

function formOf(callee: ts.Expression, names: LoaderNames): ImportForm | undefined {
  if (callee.kind === SyntaxKind.ImportKeyword) return "dynamic";
  if (isRequire(callee, names)) return "require";
  if (!isPropertyAccessExpression(callee)) return undefined;
  const { expression: object, name } = callee;
  if (name.text === "resolve") return isImportMeta(object) ? "meta-resolve" : isRequire(object, names) ? "require" : undefined;
  if (MOCK_METHODS.has(name.text)) return isMocker(object, names) ? "mock" : undefined;
  // `mock.module("./x", …)` of node:test and Bun.
  return name.text === "module" && isIdentifier(object) && object.text === "mock" ? "mock" : undefined;
}

function isMocker(node: ts.Expression, names: LoaderNames): boolean {
  if (isIdentifier(node)) return names.mockers.has(node.text);
  return isPropertyAccessExpression(node) && names.mockers.has(node.name.text);
}

function isImportMeta(node: ts.Expression): boolean {
  return isMetaProperty(node) && node.keywordToken === SyntaxKind.ImportKeyword && node.name.text === "meta";
}
