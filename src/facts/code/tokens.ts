import type { ts } from "../compiler.cjs";
import { MAX_DEPTH } from "../parse.js";
import { forEachChild, isArrowFunction, isBlock, isIdentifier, isOmittedExpression, SyntaxKind } from "../typescript.js";

/** Characters of tokens that say what code is about: names of members and imports, and literals. Below stand syntax and local names. */
export const FIRST_TELLING = 0x1000;
/** No character at or above this one: surrogates could not be stored. */
const END = 0xd800;
const FIRST_SYNTAX = 0x100;
/** Every name that the file gives itself, so that renaming it changes nothing. */
const LOCAL = 0xff;

/** Wrappers and marks that reformatting adds or takes away. */
const SILENT: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.ModuleBlock,
  SyntaxKind.CaseBlock,
  SyntaxKind.VariableDeclarationList,
  SyntaxKind.ParenthesizedType,
  SyntaxKind.ExportKeyword,
  SyntaxKind.DefaultKeyword,
  SyntaxKind.DeclareKeyword,
  SyntaxKind.ReadonlyKeyword,
  SyntaxKind.PublicKeyword,
  SyntaxKind.EqualsGreaterThanToken,
  SyntaxKind.QuestionDotToken,
  SyntaxKind.SemicolonClassElement,
  SyntaxKind.EmptyStatement,
  SyntaxKind.ExportAssignment,
  SyntaxKind.LiteralType,
]);

/** What makes tokens more than data: something is called, made or declared. */
const ACTS = [
  ...[SyntaxKind.CallExpression, SyntaxKind.NewExpression, SyntaxKind.FunctionExpression, SyntaxKind.MethodDeclaration, SyntaxKind.ClassDeclaration],
  ...[SyntaxKind.TypeLiteral, SyntaxKind.InterfaceDeclaration, SyntaxKind.TypeAliasDeclaration],
].map((kind) => String.fromCharCode(FIRST_SYNTAX + kind));

/** Whether tokens only say what there is: names, texts and numbers, and which belongs to which. */
export function areData(tokens: string): boolean {
  return !ACTS.some((act) => tokens.includes(act));
}

const utf16 = new TextDecoder("utf-16le");

/** A range of the token stream: from, up to. */
export type TokenRange = readonly [from: number, to: number];

/**
 * Writes code as tokens in which layout, comments and the names of locals make no difference, one character each.
 *
 * @remarks Which names are local is known at the end only, so that references to others wait until then.
 */
export class TokenStream {
  #out = new Uint16Array(1024);
  #length = 0;
  readonly #locals = new Set<string>();
  /** References to what was not known to be local, and where in the stream they stand. */
  readonly #waiting: string[] = [];
  readonly #waitingAt: number[] = [];
  readonly #imported: ReadonlyMap<string, string | undefined>;
  /** Local names of imported types, and where in the stream they stand. */
  readonly #types: (readonly [at: number, name: string])[] = [];
  #depth = 0;

  /** @param imported the local names of imports, each with the name that it has where it comes from, where that says anything */
  constructor(imported: ReadonlyMap<string, string | undefined>) {
    this.#imported = imported;
  }

  get length(): number {
    return this.#length;
  }

  /** Adds a node with everything in it. */
  add(node: ts.Node): TokenRange {
    const from = this.length;
    this.#visit(node);
    return [from, this.length];
  }

  /** Adds what stands before the members of a type, whichever way it is declared. */
  head(node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration): void {
    this.#locals.add(node.name.text);
    this.#push(FIRST_SYNTAX + SyntaxKind.TypeLiteral);
    node.typeParameters?.forEach(this.#visit);
    if (node.kind === SyntaxKind.InterfaceDeclaration) node.heritageClauses?.forEach(this.#visit);
  }

  /** The local names of the imported types in a range, each once. */
  importedTypes([from, to]: TokenRange): readonly string[] {
    const names = new Set<string>();
    // From the end: the range that is asked for was added last.
    for (let index = this.#types.length - 1; index >= 0; index -= 1) {
      const [at = 0, name = ""] = this.#types[index] ?? [];
      if (at < from) break;
      if (at < to) names.add(name);
    }
    return [...names].reverse();
  }

  /** The stream so far; every name that is local must have been added. */
  finish(): string {
    for (const [index, text] of this.#waiting.entries()) this.#out[this.#waitingAt[index] ?? 0] = this.#codeOf(text);
    return utf16.decode(this.#out.subarray(0, this.#length));
  }

  #codeOf(text: string): number {
    if (this.#locals.has(text)) return LOCAL;
    if (!this.#imported.has(text)) return telling(text);
    const name = this.#imported.get(text);
    return name === undefined ? LOCAL : telling(name);
  }

  /** Bound, so that it can be handed to `forEachChild`. */
  readonly #visit = (node: ts.Node): void => {
    if (this.#depth >= MAX_DEPTH) return;
    if (isIdentifier(node)) return this.#reference(node.text);
    this.#depth += 1;
    this.#token(node);
    this.#depth -= 1;
  };

  /** The commonest kinds come first: each case is a comparison. */
  #token(at: ts.Node): void {
    const node = at as Seen;
    switch (node.kind) {
      case SyntaxKind.PropertyAccessExpression:
        this.#visit(node.expression);
        return this.#member(node.name);
      case SyntaxKind.CallExpression:
        this.#push(FIRST_SYNTAX + node.kind);
        this.#visit(node.expression);
        this.#visitAll(node.typeArguments);
        return this.#visitAll(node.arguments);
      case SyntaxKind.StringLiteral:
        return this.#text(node.text);
      case SyntaxKind.PropertyAssignment:
        this.#push(FIRST_SYNTAX + node.kind);
        this.#memberOrVisit(node.name);
        return this.#visit(node.initializer);
      case SyntaxKind.Block:
        return this.#visitAll(node.statements);
      case SyntaxKind.ExpressionStatement:
      case SyntaxKind.ParenthesizedExpression:
        return this.#visit(node.expression);
      case SyntaxKind.VariableStatement:
        this.#visitAll(node.modifiers);
        return this.#visitAll(node.declarationList.declarations);
      case SyntaxKind.TypeReference:
        if (isIdentifier(node.typeName) && this.#imported.has(node.typeName.text)) {
          this.#types.push([this.length, node.typeName.text]);
          this.#push(LOCAL);
        } else this.#visit(node.typeName);
        return this.#visitAll(node.typeArguments);
      case SyntaxKind.ShorthandPropertyAssignment:
        this.#push(FIRST_SYNTAX + SyntaxKind.PropertyAssignment);
        this.#text(node.name.text);
        return this.#reference(node.name.text);
      case SyntaxKind.FunctionDeclaration:
      case SyntaxKind.FunctionExpression:
      case SyntaxKind.ArrowFunction:
        return this.#function(node);
      case SyntaxKind.ObjectBindingPattern:
        this.#push(FIRST_SYNTAX + node.kind);
        for (const element of node.elements) this.#bindingElement(element, true);
        return;
      case SyntaxKind.ArrayBindingPattern:
        this.#push(FIRST_SYNTAX + node.kind);
        for (const element of node.elements) {
          if (isOmittedExpression(element)) this.#push(FIRST_SYNTAX + element.kind);
          else this.#bindingElement(element, false);
        }
        return;
      case SyntaxKind.VariableDeclaration:
      case SyntaxKind.Parameter:
      case SyntaxKind.TypeParameter:
      case SyntaxKind.ClassDeclaration:
      case SyntaxKind.ClassExpression:
      case SyntaxKind.InterfaceDeclaration:
      case SyntaxKind.TypeAliasDeclaration:
      case SyntaxKind.EnumDeclaration:
      case SyntaxKind.ModuleDeclaration:
        if (node.name && isIdentifier(node.name)) this.#locals.add(node.name.text);
        break;
      case SyntaxKind.PropertySignature:
      case SyntaxKind.PropertyDeclaration:
      case SyntaxKind.MethodSignature:
      case SyntaxKind.MethodDeclaration:
      case SyntaxKind.GetAccessor:
      case SyntaxKind.SetAccessor:
      case SyntaxKind.EnumMember:
      case SyntaxKind.JsxAttribute:
        this.#push(FIRST_SYNTAX + node.kind);
        return this.#children(node, node.name);
      case SyntaxKind.NoSubstitutionTemplateLiteral:
      case SyntaxKind.NumericLiteral:
      case SyntaxKind.BigIntLiteral:
      case SyntaxKind.RegularExpressionLiteral:
      case SyntaxKind.TemplateHead:
      case SyntaxKind.TemplateMiddle:
      case SyntaxKind.TemplateTail:
        return this.#text(node.text);
      case SyntaxKind.JsxText:
        return node.text.trim() === "" ? undefined : this.#text(node.text.trim());
      case SyntaxKind.PrivateIdentifier:
        return this.#push(LOCAL);
      case SyntaxKind.QualifiedName:
        this.#visit(node.left);
        return this.#text(node.right.text);
      case SyntaxKind.PrefixUnaryExpression:
      case SyntaxKind.PostfixUnaryExpression:
        this.#push(FIRST_SYNTAX + node.operator);
        break;
      case SyntaxKind.TypeOperator:
        // `readonly` before a list is as silent as before a member.
        if (node.operator === SyntaxKind.ReadonlyKeyword) return this.#visit(node.type);
        this.#push(FIRST_SYNTAX + node.operator);
        break;
      case SyntaxKind.ImportDeclaration:
      case SyntaxKind.ExportDeclaration:
      case SyntaxKind.ImportEqualsDeclaration:
        return;
      default:
    }
    this.#plain(at);
  }

  #plain(node: ts.Node): void {
    if (!SILENT.has(node.kind)) this.#push(FIRST_SYNTAX + node.kind);
    // Keywords and punctuation have no children.
    if (node.kind >= SyntaxKind.FirstNode) forEachChild(node, this.#visit);
  }

  #visitAll(nodes: ts.NodeArray<ts.Node> | undefined): void {
    if (nodes) for (const node of nodes) this.#visit(node);
  }

  #function(node: ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction): void {
    if (node.name) this.#locals.add(node.name.text);
    this.#push(FIRST_SYNTAX + SyntaxKind.FunctionExpression);
    node.modifiers?.forEach(this.#visit);
    if (node.asteriskToken) this.#push(FIRST_SYNTAX + SyntaxKind.AsteriskToken);
    node.typeParameters?.forEach(this.#visit);
    node.parameters.forEach(this.#visit);
    if (node.type) this.#visit(node.type);
    if (isArrowFunction(node) && !isBlock(node.body)) this.#push(FIRST_SYNTAX + SyntaxKind.ReturnStatement);
    if (node.body) this.#visit(node.body);
  }

  /** In an object, `{ a }` takes the member `a` as `{ a: b }` does. */
  #bindingElement(node: ts.BindingElement, isMember: boolean): void {
    this.#push(FIRST_SYNTAX + node.kind);
    if (node.dotDotDotToken) this.#push(FIRST_SYNTAX + SyntaxKind.DotDotDotToken);
    else if (isMember) this.#memberOrVisit(node.propertyName ?? node.name);
    if (isIdentifier(node.name)) {
      this.#locals.add(node.name.text);
      this.#push(LOCAL);
    } else this.#visit(node.name);
    if (node.initializer) this.#visit(node.initializer);
  }

  #children(node: ts.Node, name: ts.Node): void {
    forEachChild(node, (child) => (child === name ? this.#memberOrVisit(child) : this.#visit(child)));
  }

  #memberOrVisit(name: ts.Node): void {
    if (isIdentifier(name)) this.#text(name.text);
    else this.#visit(name);
  }

  #member(name: ts.MemberName): void {
    if (isIdentifier(name)) this.#text(name.text);
    else this.#push(LOCAL);
  }

  #text(text: string): void {
    this.#push(telling(text));
  }

  #reference(text: string): void {
    if (this.#locals.has(text)) return this.#push(LOCAL);
    this.#waiting.push(text);
    this.#waitingAt.push(this.#length);
    this.#push(LOCAL);
  }

  #push(code: number): void {
    if (this.#length === this.#out.length) {
      const longer = new Uint16Array(2 * this.#length);
      longer.set(this.#out);
      this.#out = longer;
    }
    this.#out[this.#length] = code;
    this.#length += 1;
  }
}

/** FNV-1a, folded into the characters that stand for telling tokens. */
function telling(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return FIRST_TELLING + ((hash >>> 0) % (END - FIRST_TELLING));
}

/** The nodes that the stream looks at, as a union that `kind` tells apart. */
type Seen =
  | ts.PrivateIdentifier
  | ts.StringLiteral
  | ts.NoSubstitutionTemplateLiteral
  | ts.NumericLiteral
  | ts.BigIntLiteral
  | ts.RegularExpressionLiteral
  | ts.TemplateHead
  | ts.TemplateMiddle
  | ts.TemplateTail
  | ts.JsxText
  | ts.PropertyAccessExpression
  | ts.CallExpression
  | ts.Block
  | ts.ExpressionStatement
  | ts.ParenthesizedExpression
  | ts.VariableStatement
  | ts.ImportDeclaration
  | ts.ExportDeclaration
  | ts.ImportEqualsDeclaration
  | ts.ShorthandPropertyAssignment
  | ts.ObjectBindingPattern
  | ts.ArrayBindingPattern
  | ts.TypeReferenceNode
  | ts.QualifiedName
  | ts.PropertyAssignment
  | ts.PropertySignature
  | ts.PropertyDeclaration
  | ts.MethodSignature
  | ts.MethodDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration
  | ts.EnumMember
  | ts.JsxAttribute
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.VariableDeclaration
  | ts.ParameterDeclaration
  | ts.TypeParameterDeclaration
  | ts.ClassDeclaration
  | ts.ClassExpression
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.EnumDeclaration
  | ts.ModuleDeclaration
  | ts.PrefixUnaryExpression
  | ts.PostfixUnaryExpression
  | ts.TypeOperatorNode;
