import { ts } from "ts-morph";
import { constantText } from "./fold.js";
import { boundNames, unwrap } from "./syntax.js";

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

/** Methods that make one text of others. */
const TEXT_METHODS: ReadonlySet<string> = new Set([
  ...["concat", "join", "slice", "substring", "substr", "replace", "replaceAll", "trim", "trimStart", "trimEnd"],
  ...["toLowerCase", "toUpperCase", "at", "charAt", "padStart", "padEnd", "repeat"],
]);

/** Global functions whose result is no constant text. */
const PLAIN_GLOBALS: ReadonlySet<string> = new Set(["Number", "parseInt", "parseFloat", "Symbol", "BigInt", "Boolean"]);

/**
 * Decides whether some key of a file can be a name that the file does not spell: one that it puts together or takes from elsewhere.
 *
 * @remarks By names alone, without scopes: where two things share a name, either makes it count.
 */
export class KeyCollector {
  readonly #operands: ts.Expression[] = [];
  readonly #given: (readonly [name: ts.BindingName, value: ts.Expression])[] = [];

  /** An expression that acts as a key. */
  key(operand: ts.Expression): void {
    if (!ts.isStringLiteralLike(operand) && !ts.isNumericLiteral(operand)) this.#operands.push(operand);
  }

  /** A name (or pattern) that takes its value, or a part of it, from an expression. */
  give(name: ts.BindingName, value: ts.Expression): void {
    this.#given.push([name, value]);
  }

  /** What a method call says of keys. */
  call(node: ts.CallExpression, receiver: ts.Expression, method: string): void {
    const position = KEY_QUESTIONS.get(method);
    const operand = position === undefined ? undefined : node.arguments[position];
    if (operand) this.key(operand);
    const callback = EACH_METHODS.has(method) ? node.arguments[0] : undefined;
    if (!callback || (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback))) return;
    const item = callback.parameters[0];
    if (item) this.give(item.name, receiver);
  }

  /**
   * Whether any key may be a name that the file does not spell.
   *
   * @param imported local names of the file's imports
   */
  mayFold(imported: ReadonlySet<string>): boolean {
    return this.#operands.length > 0 && new KeyJudge(imported, this.#given).isAnyOpen(this.#operands);
  }
}

class KeyJudge {
  readonly #imported: ReadonlySet<string>;
  readonly #given = new Map<string, ts.Expression[]>();
  readonly #seen = new Set<string>();

  constructor(imported: ReadonlySet<string>, given: readonly (readonly [ts.BindingName, ts.Expression])[]) {
    this.#imported = imported;
    for (const [pattern, value] of given) {
      for (const { text } of boundNames(pattern)) {
        const values = this.#given.get(text);
        if (values) values.push(value);
        else this.#given.set(text, [value]);
      }
    }
  }

  isAnyOpen(nodes: readonly ts.Node[]): boolean {
    return nodes.some((node) => this.#isOpen(node));
  }

  /** Whether an expression can be a text that is spelled nowhere in the file. */
  #isOpen(node: ts.Node): boolean {
    const at = ts.isExpression(node) ? unwrap(node) : node;
    if (ts.isIdentifier(at)) return this.#isNameOpen(at.text);
    if (isMemberLike(at)) return this.#isOpen(at.expression);
    if (ts.isTemplateExpression(at)) return constantText(at) === undefined;
    if (ts.isBinaryExpression(at)) return this.#isOperationOpen(at);
    if (ts.isConditionalExpression(at)) return this.isAnyOpen([at.whenTrue, at.whenFalse]);
    if (ts.isCallExpression(at)) return this.#isCallOpen(at);
    if (ts.isObjectLiteralExpression(at)) return this.isAnyOpen(at.properties);
    if (ts.isArrayLiteralExpression(at)) return this.isAnyOpen(at.elements);
    if (ts.isPropertyAssignment(at)) return this.#isOpen(at.initializer);
    if (ts.isShorthandPropertyAssignment(at)) return this.#isNameOpen(at.name.text);
    return (ts.isAwaitExpression(at) || ts.isSpreadElement(at) || ts.isSpreadAssignment(at)) && this.#isOpen(at.expression);
  }

  #isNameOpen(name: string): boolean {
    if (this.#imported.has(name)) return true;
    if (this.#seen.has(name)) return false;
    this.#seen.add(name);
    return this.isAnyOpen(this.#given.get(name) ?? []);
  }

  #isOperationOpen(node: ts.BinaryExpression): boolean {
    switch (node.operatorToken.kind) {
      case ts.SyntaxKind.PlusToken:
        return !ts.isNumericLiteral(unwrap(node.left)) && !ts.isNumericLiteral(unwrap(node.right)) && constantText(node) === undefined;
      case ts.SyntaxKind.BarBarToken:
      case ts.SyntaxKind.AmpersandAmpersandToken:
      case ts.SyntaxKind.QuestionQuestionToken:
        return this.isAnyOpen([node.left, node.right]);
      case ts.SyntaxKind.CommaToken:
        return this.#isOpen(node.right);
      default:
        return false;
    }
  }

  #isCallOpen(node: ts.CallExpression): boolean {
    const callee = unwrap(node.expression);
    if (ts.isIdentifier(callee)) return !PLAIN_GLOBALS.has(callee.text);
    if (!ts.isPropertyAccessExpression(callee)) return true;
    if (TEXT_METHODS.has(callee.name.text)) return constantText(node) === undefined && this.#isTextOpen(callee.expression);
    return this.#isOpen(callee.expression);
  }

  /** Whether a text method may work on a constant: a literal, or a name that holds one. */
  #isTextOpen(receiver: ts.Expression): boolean {
    const at = unwrap(receiver);
    if (ts.isIdentifier(at)) return this.#imported.has(at.text) || (this.#given.get(at.text) ?? []).some((value) => isConstantLike(value)) || this.#isNameOpen(at.text);
    return isConstantLike(at) || this.#isOpen(at);
  }
}

function isConstantLike(node: ts.Expression): boolean {
  const at = unwrap(node);
  return ts.isStringLiteralLike(at) || ts.isTemplateExpression(at) || ts.isArrayLiteralExpression(at) || ts.isBinaryExpression(at);
}

function isMemberLike(node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}
