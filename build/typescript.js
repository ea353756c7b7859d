/**
 * The part of TypeScript that drift-guard uses, a tenth of it.
 *
 * To load the whole takes longer than a run in which nothing has changed. The part is cut out of the copy that ts-morph brings along,
 * declaration by declaration and as it stands there: what `src/facts` asks for, and whatever that mentions. What TypeScript does when it
 * is loaded is left out: it looks at the environment, and gives nodes the methods of its language service. Of these one is given back.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { ts } from "ts-morph";

/**
 * A declaration, or a statement that completes one.
 *
 * @typedef {{ readonly node: ts.Node, readonly names: readonly string[] }} Piece
 */

/** The names of a tree have their text from the language service. */
const GIVEN = `class Name extends objectAllocator.getIdentifierConstructor() {
  get text() {
    return idText(this);
  }
}
setObjectAllocator({ getIdentifierConstructor: () => Name, getPrivateIdentifierConstructor: () => Name });
`;

/** The text of a CommonJS module that stands in for ts-morph. */
export function typescriptInUse() {
  const { resolve } = createRequire(import.meta.url);
  const typescript = createRequire(resolve("ts-morph")).resolve("@ts-morph/common/dist/typescript.js");
  return partOf(readFileSync(typescript, "utf8"), wantedNames());
}

/** What the extractor takes: the names in one pattern, and what is asked for past TypeScript's own declarations. */
function wantedNames() {
  const source = (/** @type {string} */ path) => parse(readFileSync(new URL(`../src/facts/${path}`, import.meta.url), "utf8"));
  const taken = allIn(source("typescript.ts"), ts.isBindingElement).flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  const undeclared = allIn(source("compiler.cjs"), ts.isStringLiteral).map(({ text }) => text);
  return [...taken, ...undeclared.filter((name) => name in ts)];
}

/**
 * The program that holds some declarations, and what they rest on.
 *
 * @param {string} text all of TypeScript
 * @param {readonly string[]} wanted
 */
function partOf(text, wanted) {
  const file = parse(text);
  const pieces = piecesOf(file);
  /** @type {Map<string, Piece[]>} */
  const byName = new Map();
  for (const piece of pieces) for (const name of piece.names) byName.set(name, [...(byName.get(name) ?? []), piece]);

  /** @type {Set<Piece>} */
  const kept = new Set();
  const waiting = [...wanted, ...namesReadIn(parse(GIVEN))];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const piece of byName.get(name) ?? []) {
      if (kept.has(piece)) continue;
      kept.add(piece);
      waiting.push(...namesReadIn(piece.node));
    }
  }

  const license = text.slice(0, file.statements[0]?.getStart(file));
  const code = pieces.filter((piece) => kept.has(piece)).map(({ node }) => text.slice(node.getStart(file), node.end));
  return `${license}"use strict";\n${withoutSpareMessages(code.join("\n"))}\n${GIVEN}module.exports = { ts: { ${wanted.join(", ")} } };\n`;
}

/**
 * The statements of the one function that all of TypeScript is written in.
 *
 * @param {ts.SourceFile} file
 * @returns {readonly Piece[]}
 */
function piecesOf(file) {
  const body = allIn(file, ts.isArrowFunction)[0]?.body;
  if (body === undefined || !ts.isBlock(body)) throw new Error("TypeScript is not written as one function.");
  return body.statements.map((node) => ({ node, names: namesOf(node) }));
}

/**
 * What a statement declares, or completes. Other statements are what TypeScript does when it is loaded.
 *
 * @param {ts.Statement} statement
 * @returns {readonly string[]}
 */
function namesOf(statement) {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return textsOf(statement.name);
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(({ name }) => textsOf(name));
  if (!ts.isExpressionStatement(statement)) return [];
  const { expression } = statement;
  // `Name.member = …`
  if (ts.isBinaryExpression(expression) && ts.isPropertyAccessExpression(expression.left)) return textsOf(expression.left.expression);
  // `((Name) => { … })(Name || (Name = {}))`, `__export(name, { … })`
  const first = ts.isCallExpression(expression) ? expression.arguments[0] : undefined;
  return textsOf(first && ts.isBinaryExpression(first) ? first.left : first);
}

/**
 * Every name that a piece of code may mean a variable by: all but those of members.
 *
 * @param {ts.Node} node
 * @returns {readonly string[]}
 */
function namesReadIn(node) {
  return allIn(node, ts.isIdentifier).filter((name) => !isMember(name)).map(({ text }) => text);
}

/** @param {ts.Identifier} name */
function isMember(name) {
  const { parent } = name;
  return (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) && parent.name === name;
}

/**
 * Leaves out the error messages that nothing mentions: they are half of what the parser needs, in one object with a line for each.
 *
 * @param {string} code
 */
function withoutSpareMessages(code) {
  const mentioned = new Set([...code.matchAll(/\bDiagnostics\.(\w+)/gu)].map(([, name]) => name));
  return code.replace(/^ {2}(\w+): diag\([^]*?\),?\n/gmu, (line, name) => (mentioned.has(name) ? line : ""));
}

/** @param {ts.Node | undefined} name */
function textsOf(name) {
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
}

/** @param {string} text */
function parse(text) {
  return ts.createSourceFile("code.ts", text, ts.ScriptTarget.Latest, true);
}

/**
 * Every node of a kind inside another and itself, in source order.
 *
 * @template {ts.Node} Kind
 * @param {ts.Node} node
 * @param {(node: ts.Node) => node is Kind} isKind
 * @returns {readonly Kind[]}
 */
function allIn(node, isKind) {
  /** @type {Kind[]} */
  const found = [];
  const visit = (/** @type {ts.Node} */ at) => {
    if (isKind(at)) found.push(at);
    ts.forEachChild(at, visit);
  };
  visit(node);
  return found;
}
