import type { ts } from "./compiler.cjs";
import type { Span } from "./expression.js";
import type { OpenKeys } from "./facts.js";
import { constantText } from "./fold.js";
import { binaryChain, boundNames, spanOf, unwrap } from "./syntax.js";
import {
  isArrayLiteralExpression, isArrowFunction, isAwaitExpression, isBinaryExpression, isCallExpression, isConditionalExpression,
  isElementAccessExpression, isExpression, isFunctionExpression, isIdentifier, isNumericLiteral, isObjectLiteralExpression,
  isPropertyAccessExpression, isPropertyAssignment, isShorthandPropertyAssignment, isSpreadAssignment, isSpreadElement,
  isStringLiteralLike, isTemplateExpression, isVariableDeclarationList, SyntaxKind,
} from "./typescript.js";

/** Functions that ask an object for a key: method or static name → position of the key among the arguments. */
const KEY_QUESTIONS: ReadonlyMap<string, number> = new Map([
  ["hasOwn", 1],
  ["hasOwnProperty", 0],
  ["propertyIsEnumerable", 0],
  ["get", 1],
  ["has", 1],
  ["call", 1],
]);

/** Methods that hand each item of their receiver to a callback's first parameter. */
const EACH_METHODS: ReadonlySet<string> = new Set(["forEach", "map", "flatMap", "filter", "some", "every", "find"]);

/** Methods that put texts together. */
const JOINING_METHODS: ReadonlySet<string> = new Set(["concat", "join", "trim", "trimStart", "trimEnd", "padStart", "padEnd", "repeat"]);

/** Methods that make another text of one. */
const CHANGING_METHODS: ReadonlySet<string> = new Set([
  ...["slice", "substring", "substr", "replace", "replaceAll", "toLowerCase", "toUpperCase", "at", "charAt", "split", "reverse", "toReversed"],
]);

/** Global functions whose result is no constant text. */
const PLAIN_GLOBALS: ReadonlySet<string> = new Set(["Number", "parseInt", "parseFloat", "Symbol", "BigInt", "Boolean"]);

/** What may stand in a name. */
const NAME_PART = /^[\w$-]*$/u;

/** How many names may be followed to tell a file's open keys apart; where there are more of them, any key counts as open. */
const MAX_STEPS = 20_000;

/** Whether a key is spelled in its file, taken from elsewhere, or changed. */
type Openness = "closed" | keyof OpenKeys;

type Given = readonly [name: ts.BindingName, value: ts.Expression];

/**
 * Decides whether some key of a file can be a name that the file does not spell: one that it puts together or takes from elsewhere.
 *
 * @remarks By names alone, without scopes: where two things share a name, either makes it count.
 */
export class KeyCollector {
  readonly #operands: ts.Expression[] = [];
  /** Declarations are kept as they are and looked into only when a key asks for one: most files have no such key. */
  readonly #declared: ts.VariableDeclaration[] = [];
  readonly #functions: ts.FunctionDeclaration[] = [];
  readonly #iterations: ts.ForOfStatement[] = [];
  readonly #callbacks: Given[] = [];

  /** An expression that acts as a key. */
  key(operand: ts.Expression): void {
    if (!isStringLiteralLike(operand) && !isNumericLiteral(operand)) this.#operands.push(operand);
  }

  /** A name (or pattern) that takes its value, or a part of it, from its initialiser. */
  give(declaration: ts.VariableDeclaration): void {
    this.#declared.push(declaration);
  }

  /** A function whose parameters take their values from the calls in the file. */
  giveParameters(declaration: ts.FunctionDeclaration): void {
    this.#functions.push(declaration);
  }

  /** A loop whose variable takes its values from what is iterated. */
  giveEach(loop: ts.ForOfStatement): void {
    this.#iterations.push(loop);
  }

  /** What a method call says of keys. */
  call(node: ts.CallExpression, receiver: ts.Expression, method: string): void {
    const position = KEY_QUESTIONS.get(method);
    const operand = position === undefined ? undefined : node.arguments[position];
    if (operand) this.key(operand);
    const callback = EACH_METHODS.has(method) ? node.arguments[0] : undefined;
    const item = callback && isInlineFunction(callback) ? callback.parameters[0] : undefined;
    if (item) this.#callbacks.push([item.name, receiver]);
  }

  /**
   * Where keys come by names that the file does not spell.
   *
   * @param imported local names of the file's imports
   * @param calls calls of functions by their name
   */
  open(file: ts.SourceFile, imported: ReadonlySet<string>, calls: readonly (ts.CallExpression | ts.NewExpression)[]): OpenKeys {
    const open: Record<keyof OpenKeys, Span[]> = { taken: [], changed: [] };
    if (this.#operands.length === 0) return open;
    const judge = new KeyJudge(imported, this.#given(calls));
    const all = judge.openness(this.#operands);
    if (all === "closed") return open;
    for (const operand of this.#operands) {
      const one = judge.openness([operand]);
      if (one !== "closed") open[one].push(spanOf(operand, file));
      if (judge.steps > MAX_STEPS) return { taken: [], changed: [], [all]: [[0, file.end]] };
    }
    return open;
  }

  *#given(calls: readonly (ts.CallExpression | ts.NewExpression)[]): Generator<Given> {
    const parameters = new Map<string, readonly ts.ParameterDeclaration[]>();
    for (const { name, parameters: declared } of this.#functions) if (name) parameters.set(name.text, declared);
    for (const { name, initializer } of this.#declared) {
      if (!initializer) continue;
      yield [name, initializer];
      if (isIdentifier(name) && isInlineFunction(initializer)) parameters.set(name.text, initializer.parameters);
    }
    for (const call of calls) {
      const called = isIdentifier(call.expression) ? (parameters.get(call.expression.text) ?? []) : [];
      for (const [index, { name }] of called.entries()) {
        const given = call.arguments?.[index];
        if (given) yield [name, given];
      }
    }
    for (const { initializer, expression } of this.#iterations) {
      if (isVariableDeclarationList(initializer)) for (const { name } of initializer.declarations) yield [name, expression];
    }
    yield* this.#callbacks;
  }
}

class KeyJudge {
  readonly #imported: ReadonlySet<string>;
  readonly #given = new Map<string, ts.Expression[]>();
  readonly #seen = new Set<string>();
  #isChanged = false;
  #steps = 0;

  constructor(imported: ReadonlySet<string>, given: Iterable<Given>) {
    this.#imported = imported;
    for (const [pattern, value] of given) {
      for (const { text } of boundNames(pattern)) {
        const values = this.#given.get(text);
        if (values) values.push(value);
        else this.#given.set(text, [value]);
      }
    }
  }

  /** How many names have been followed. */
  get steps(): number {
    return this.#steps;
  }

  openness(keys: readonly ts.Expression[]): Openness {
    this.#seen.clear();
    this.#isChanged = false;
    if (this.#isAnyOpen(keys)) return this.#isChanged ? "changed" : "taken";
    return "closed";
  }

  /** Looks into all of them, since one may be changed where another is taken as it is. */
  #isAnyOpen(nodes: readonly ts.Node[], isWhole = true): boolean {
    let isOpen = false;
    for (const node of nodes) if (this.#isOpen(node, isWhole)) isOpen = true;
    return isOpen;
  }

  /**
   * Whether an expression can be a text that is spelled nowhere in the file.
   *
   * @param isWhole the text is the key as it stands; else something is made of it first
   */
  #isOpen(node: ts.Node, isWhole: boolean): boolean {
    const at = isExpression(node) ? unwrap(node) : node;
    if (isIdentifier(at)) return this.#isNameOpen(at.text, isWhole);
    if (isMemberLike(at)) return this.#isOpen(at.expression, false);
    if (isTemplateExpression(at)) return constantText(at) === undefined && !(isWhole && isNoName(at));
    if (isBinaryExpression(at)) return this.#isOperationOpen(at, isWhole);
    if (isConditionalExpression(at)) return this.#isAnyOpen([at.whenTrue, at.whenFalse], isWhole);
    if (isCallExpression(at)) return this.#isCallOpen(at);
    if (isObjectLiteralExpression(at)) return this.#isAnyOpen(at.properties, false);
    if (isArrayLiteralExpression(at)) return this.#isAnyOpen(at.elements, false);
    if (isPropertyAssignment(at)) return this.#isOpen(at.initializer, isWhole);
    if (isShorthandPropertyAssignment(at)) return this.#isNameOpen(at.name.text, isWhole);
    return (isAwaitExpression(at) || isSpreadElement(at) || isSpreadAssignment(at)) && this.#isOpen(at.expression, isWhole);
  }

  #isNameOpen(name: string, isWhole: boolean): boolean {
    if (this.#imported.has(name)) return true;
    const question = `${isWhole} ${name}`;
    if (this.#seen.has(question)) return false;
    this.#seen.add(question);
    this.#steps += 1;
    return this.#isAnyOpen(this.#given.get(name) ?? [], isWhole);
  }

  #isOperationOpen(node: ts.BinaryExpression, isWhole: boolean): boolean {
    switch (node.operatorToken.kind) {
      case SyntaxKind.PlusToken:
        if (isNumericLiteral(unwrap(node.left)) || isNumericLiteral(unwrap(node.right))) return false;
        return constantText(node) === undefined && !(isWhole && isNoName(node));
      case SyntaxKind.BarBarToken:
      case SyntaxKind.AmpersandAmpersandToken:
      case SyntaxKind.QuestionQuestionToken:
        return this.#isAnyOpen([node.left, node.right], isWhole);
      case SyntaxKind.CommaToken:
        return this.#isOpen(node.right, isWhole);
      default:
        return false;
    }
  }

  #isCallOpen(node: ts.CallExpression): boolean {
    const callee = unwrap(node.expression);
    if (isIdentifier(callee)) return !PLAIN_GLOBALS.has(callee.text);
    if (!isPropertyAccessExpression(callee)) return true;
    const method = callee.name.text;
    const isChanging = CHANGING_METHODS.has(method);
    if (!isChanging && !JOINING_METHODS.has(method)) return this.#isOpen(callee.expression, false);
    const isOpen = constantText(node) === undefined && this.#isTextOpen(callee.expression);
    if (isOpen && isChanging) this.#isChanged = true;
    return isOpen;
  }

  /** Whether a text method may work on a constant: a literal, or a name that holds one. */
  #isTextOpen(receiver: ts.Expression): boolean {
    const at = unwrap(receiver);
    if (isIdentifier(at))
      return (
        this.#imported.has(at.text) || (this.#given.get(at.text) ?? []).some((value) => isConstantLike(value)) || this.#isNameOpen(at.text, false)
      );
    return isConstantLike(at) || this.#isOpen(at, false);
  }
}

/** Whether a template or sum has a fixed part that no name holds, such as `/` in `` `${scope}/${name}` ``. */
function isNoName(node: ts.TemplateExpression | ts.BinaryExpression): boolean {
  return fixedTexts(node).some((text) => !NAME_PART.test(text));
}

function fixedTexts(node: ts.Expression): string[] {
  const at = unwrap(node);
  if (isStringLiteralLike(at)) return [at.text];
  if (isTemplateExpression(at)) return [at.head.text, ...at.templateSpans.flatMap((span) => [...fixedTexts(span.expression), span.literal.text])];
  if (!isBinaryExpression(at) || at.operatorToken.kind !== SyntaxKind.PlusToken) return [];
  const { first, operations } = binaryChain(at);
  const isSum = operations.every((operation) => operation.operatorToken.kind === SyntaxKind.PlusToken);
  return isSum ? [first, ...operations.map((operation) => operation.right)].flatMap((operand) => fixedTexts(operand)) : [];
}

function isInlineFunction(node: ts.Expression): node is ts.ArrowFunction | ts.FunctionExpression {
  return isArrowFunction(node) || isFunctionExpression(node);
}

function isConstantLike(node: ts.Expression): boolean {
  const at = unwrap(node);
  return isStringLiteralLike(at) || isTemplateExpression(at) || isArrayLiteralExpression(at) || isBinaryExpression(at);
}

function isMemberLike(node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return isPropertyAccessExpression(node) || isElementAccessExpression(node);
}
