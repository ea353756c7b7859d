import type { ts } from "./compiler.cjs";
import type { ImportFact, OpenKeys } from "./facts.js";
import { constantText, FOLDED_METHODS } from "./fold.js";
import { type ImportStatement, isImportStatement } from "./imports.js";
import { KeyCollector } from "./keys.js";
import { type ImportedLoaders, isRequire, type LoaderNames, MODULE_METHODS } from "./loads.js";
import { NameCollector } from "./names.js";
import { MAX_DEPTH } from "./parse.js";
import { binaryChain, unwrap } from "./syntax.js";
import {
  forEachChild,
  isAwaitExpression,
  isComputedPropertyName,
  isImportDeclaration,
  isPropertyAccessExpression,
  SyntaxKind,
} from "./typescript.js";

/** What one walk over a file's nodes finds. */
export interface OutlineFinds {
  readonly names: readonly string[];
  readonly texts: number;
  readonly segments: readonly string[];
  readonly openKeys: OpenKeys;
  /** Calls and constructions that may name a module, in source order. */
  readonly calls: readonly (ts.CallExpression | ts.NewExpression)[];
  /** Patterns that take apart what a call gives (`const { a } = require("x")`), by call. */
  readonly takenApart: ReadonlyMap<ts.Node, ts.ObjectBindingPattern>;
  readonly importTypes: readonly ts.ImportTypeNode[];
  /** Import statements inside ambient modules. */
  readonly ambientImports: readonly ImportStatement[];
  /** Names bound to a function that loads modules. */
  readonly requires: ReadonlySet<string>;
  /** The first node that was left out because it is nested too deeply. */
  readonly tooDeep: ts.Node | undefined;
}

/**
 * Walks every node of a file once, but for its own imports.
 *
 * @param taken names that the file's import statements take
 */
export function walkOutline(file: ts.SourceFile, loaders: ImportedLoaders, taken: ImportFact["names"]): OutlineFinds {
  const walk = new OutlineWalk(file, loaders);
  for (const statement of file.statements) {
    if (isImportDeclaration(statement)) walk.visitImport(statement);
    else walk.visit(statement);
  }
  return walk.finish(file, taken);
}

/**
 * The nodes that the walk looks at, as a union that `kind` tells apart.
 *
 * @remarks The commonest are walked child by child, which costs half of TypeScript's general `forEachChild`.
 */
type Seen =
  | ts.StringLiteral
  | ts.NoSubstitutionTemplateLiteral
  | ts.TemplateHead
  | ts.TemplateMiddle
  | ts.TemplateTail
  | ts.TemplateExpression
  | ts.PropertyAccessExpression
  | ts.ElementAccessExpression
  | ts.CallExpression
  | ts.NewExpression
  | ts.BinaryExpression
  | ts.ObjectLiteralExpression
  | ts.ArrayLiteralExpression
  | ts.ArrowFunction
  | ts.PropertyAssignment
  | ts.ComputedPropertyName
  | ts.JsxNamespacedName
  | ts.NamespaceExport
  | ts.ImportSpecifier
  | ts.ExportSpecifier
  | ts.Block
  | ts.ExpressionStatement
  | ts.ReturnStatement
  | ts.AwaitExpression
  | ts.IfStatement
  | ts.VariableStatement
  | ts.VariableDeclarationList
  | ts.VariableDeclaration
  | ts.ParameterDeclaration
  | ts.TypeReferenceNode
  | ts.ImportTypeNode
  | ts.FunctionDeclaration
  | ts.ForOfStatement
  | ts.ImportDeclaration
  | ts.ExportDeclaration
  | ts.ImportEqualsDeclaration;

class OutlineWalk {
  readonly #names: NameCollector;
  readonly #keys = new KeyCollector();
  readonly #calls: (ts.CallExpression | ts.NewExpression)[] = [];
  readonly #takenApart = new Map<ts.Node, ts.ObjectBindingPattern>();
  readonly #importTypes: ts.ImportTypeNode[] = [];
  readonly #ambientImports: ImportStatement[] = [];
  readonly #requires = new Set(["require"]);
  readonly #loaders: LoaderNames;
  #depth = 0;
  #tooDeep: ts.Node | undefined;

  constructor(file: ts.SourceFile, loaders: ImportedLoaders) {
    this.#names = new NameCollector(file);
    this.#loaders = { ...loaders, requires: this.#requires };
  }

  /** Bound, so that it can be handed to `forEachChild`. */
  readonly visit = (node: ts.Node): void => {
    // Names are half of all nodes, and known already.
    if (node.kind === SyntaxKind.Identifier) return;
    if (this.#depth >= MAX_DEPTH) {
      this.#tooDeep ??= node;
      return;
    }
    this.#depth += 1;
    this.#look(node);
    this.#depth -= 1;
  };

  /** An import of the file itself: its names are read by those who read imports. */
  visitImport({ moduleSpecifier, attributes }: ts.ImportDeclaration): void {
    this.visit(moduleSpecifier);
    if (attributes) this.visit(attributes);
  }

  finish(file: ts.SourceFile, taken: ImportFact["names"]): OutlineFinds {
    for (const { name } of taken) this.#names.add(name);
    const imported = new Set(taken.map((name) => name.local));
    return {
      names: this.#names.all(),
      texts: this.#names.texts,
      segments: this.#names.segments(),
      openKeys: this.#keys.open(file, imported, this.#calls),
      calls: this.#calls,
      takenApart: this.#takenApart,
      importTypes: this.#importTypes,
      ambientImports: this.#ambientImports,
      requires: this.#requires,
      tooDeep: this.#tooDeep,
    };
  }

  #look(at: ts.Node): void {
    // A node's kind decides its type; the declared base class leaves that tie out.
    const node = at as Seen;
    switch (node.kind) {
      case SyntaxKind.StringLiteral:
      case SyntaxKind.NoSubstitutionTemplateLiteral:
      case SyntaxKind.TemplateHead:
      case SyntaxKind.TemplateMiddle:
      case SyntaxKind.TemplateTail:
        return this.#names.addText(node.text);
      case SyntaxKind.PropertyAccessExpression:
        return this.visit(node.expression);
      case SyntaxKind.CallExpression:
        this.#call(node);
        this.visit(node.expression);
        this.#visitAll(node.typeArguments);
        return this.#visitAll(node.arguments);
      case SyntaxKind.PropertyAssignment:
        if (isComputedPropertyName(node.name)) this.visit(node.name);
        return this.visit(node.initializer);
      case SyntaxKind.ObjectLiteralExpression:
        return this.#visitAll(node.properties);
      case SyntaxKind.ArrayLiteralExpression:
        return this.#visitAll(node.elements);
      case SyntaxKind.ExpressionStatement:
        return this.visit(node.expression);
      case SyntaxKind.Block:
        return this.#visitAll(node.statements);
      case SyntaxKind.VariableStatement:
        return this.visit(node.declarationList);
      case SyntaxKind.VariableDeclarationList:
        return this.#visitAll(node.declarations);
      case SyntaxKind.VariableDeclaration:
        this.#variable(node);
        this.visit(node.name);
        if (node.type) this.visit(node.type);
        return node.initializer && this.visit(node.initializer);
      case SyntaxKind.ReturnStatement:
        return node.expression && this.visit(node.expression);
      case SyntaxKind.AwaitExpression:
        return this.visit(node.expression);
      case SyntaxKind.IfStatement:
        this.visit(node.expression);
        this.visit(node.thenStatement);
        return node.elseStatement && this.visit(node.elseStatement);
      case SyntaxKind.Parameter:
        this.#visitAll(node.modifiers);
        this.visit(node.name);
        if (node.type) this.visit(node.type);
        return node.initializer && this.visit(node.initializer);
      case SyntaxKind.ArrowFunction:
        this.#visitAll(node.typeParameters);
        this.#visitAll(node.parameters);
        if (node.type) this.visit(node.type);
        return this.visit(node.body);
      case SyntaxKind.TypeReference:
        return this.#visitAll(node.typeArguments);
      case SyntaxKind.BinaryExpression:
        return this.#binary(node);
      case SyntaxKind.TemplateExpression:
        this.#folded(node);
        break;
      case SyntaxKind.ElementAccessExpression:
        this.#keys.key(node.argumentExpression);
        break;
      case SyntaxKind.ComputedPropertyName:
        this.#keys.key(node.expression);
        break;
      case SyntaxKind.NewExpression:
        if (node.arguments?.length === 2) this.#calls.push(node);
        break;
      case SyntaxKind.NamespaceExport:
        return this.#names.add(node.name.text);
      case SyntaxKind.ImportSpecifier:
      case SyntaxKind.ExportSpecifier:
        if (node.propertyName) this.#names.add(node.propertyName.text);
        this.#names.add(node.name.text);
        return;
      case SyntaxKind.JsxNamespacedName:
        this.#names.add(`${node.namespace.text}:${node.name.text}`);
        break;
      case SyntaxKind.FunctionDeclaration:
        this.#keys.giveParameters(node);
        break;
      case SyntaxKind.ForOfStatement:
        this.#keys.giveEach(node);
        break;
      case SyntaxKind.ImportType:
        this.#importTypes.push(node);
        break;
      case SyntaxKind.ImportDeclaration:
      case SyntaxKind.ExportDeclaration:
      case SyntaxKind.ImportEqualsDeclaration:
        // Statements of the file itself are read by those who read imports in order; only ambient modules hold others.
        if (this.#depth > 1 && isImportStatement(node)) this.#ambientImports.push(node);
        break;
      default:
        // Keywords and punctuation have no children.
        if (at.kind < SyntaxKind.FirstNode) return;
    }
    forEachChild(at, this.visit);
  }

  #visitAll(nodes: ts.NodeArray<ts.Node> | undefined): void {
    if (nodes) for (const node of nodes) this.visit(node);
  }

  #folded(node: ts.Expression): void {
    const text = constantText(node);
    if (text !== undefined) this.#names.addText(text);
  }

  #variable(node: ts.VariableDeclaration): void {
    const { name, initializer } = node;
    if (!initializer) return;
    this.#keys.give(node);
    if (name.kind === SyntaxKind.ObjectBindingPattern) this.#takenApart.set(unwrapAwait(initializer), name);
    else if (name.kind === SyntaxKind.Identifier && isRequire(initializer, this.#loaders)) this.#requires.add(name.text);
  }

  #call(node: ts.CallExpression): void {
    const callee = node.expression;
    if (!isPropertyAccessExpression(callee)) {
      if (node.arguments.length > 0) this.#calls.push(node);
      return;
    }
    const method = callee.name.text;
    if (MODULE_METHODS.has(method)) this.#calls.push(node);
    if (FOLDED_METHODS.has(method)) this.#folded(node);
    this.#keys.call(node, callee.expression, method);
  }

  /** Chains are walked in a loop, since `a + b + …` nests as deep as it is long. */
  #binary(node: ts.BinaryExpression): void {
    if (node.operatorToken.kind === SyntaxKind.PlusToken) this.#folded(node);
    if (node.left.kind !== SyntaxKind.BinaryExpression) {
      this.visit(node.left);
      return this.#rightSide(node);
    }
    const { first, operations } = binaryChain(node);
    this.visit(first);
    for (const operation of operations) this.#rightSide(operation);
  }

  #rightSide(operation: ts.BinaryExpression): void {
    if (operation.operatorToken.kind === SyntaxKind.InKeyword) this.#keys.key(operation.left);
    this.visit(operation.right);
  }
}

function unwrapAwait(node: ts.Expression): ts.Expression {
  const at = unwrap(node);
  return isAwaitExpression(at) ? unwrap(at.expression) : at;
}
