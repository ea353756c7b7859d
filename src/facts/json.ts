import { type JSONVisitor, type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";
import type { Span } from "./expression.js";
import type { JsonFacts, JsonNode, JsonProperty, SyntaxErrorFact } from "./facts.js";
import { lineStartsOf } from "./position.js";

/** What a JSON file may hold beside values. */
export interface JsonDialect {
  /** Neither comments nor trailing commas, as package managers read package.json. */
  readonly strict: boolean;
}

/**
 * The facts of a JSON text, with a place for every key and value.
 *
 * @param dialect JSON with comments and trailing commas unless told otherwise
 */
export function parseJson(text: string, dialect: JsonDialect = { strict: false }): JsonFacts {
  const { root, syntaxErrors } = readJson(text, dialect);
  return { kind: "json", lineStarts: lineStartsOf(text), syntaxErrors, ...(root && { root }) };
}

/** A JSON text as a tree; what stands before a syntax error is kept. */
export function readJson(
  text: string,
  dialect: JsonDialect,
): { readonly root?: JsonNode; readonly syntaxErrors: readonly SyntaxErrorFact[] } {
  const syntaxErrors: SyntaxErrorFact[] = [];
  const tree = new TreeBuilder(text.length);
  // The parser counts an unfinished comment or string at the end one character too long.
  const spanOf = (offset: number, length: number): Span => [Math.min(offset, text.length), Math.min(offset + length, text.length)];
  const visitor: JSONVisitor = {
    onObjectBegin: (offset) => tree.open("object", offset),
    onObjectProperty: (key, offset, length) => tree.key(key, spanOf(offset, length)),
    onObjectEnd: (offset, length) => tree.close(spanOf(offset, length)[1]),
    onArrayBegin: (offset) => tree.open("array", offset),
    onArrayEnd: (offset, length) => tree.close(spanOf(offset, length)[1]),
    onLiteralValue: (value: unknown, offset, length) => tree.add({ kind: "value", value: scalar(value), span: spanOf(offset, length) }),
    onError: (code, offset, length) => {
      const span = spanOf(offset, length);
      // One mistake may be complained about twice at the same place.
      if (syntaxErrors.at(-1)?.span[0] === span[0]) return;
      const message = isTrailingComma(text, offset) ? "A comma must not stand before a closing bracket in this file." : messageOf(code);
      syntaxErrors.push({ message, span });
    },
  };
  try {
    visit(text, visitor, { disallowComments: dialect.strict, allowTrailingComma: !dialect.strict, allowEmptyContent: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { syntaxErrors: [{ message: "Values are nested too deeply to be read.", span: [0, text.length] }] };
  }
  const root = tree.finish();
  return { syntaxErrors, ...(root && { root }) };
}

type Container =
  | {
      readonly kind: "object";
      readonly start: number;
      readonly properties: JsonProperty[];
      key?: { readonly name: string; readonly span: Span };
    }
  | { readonly kind: "array"; readonly start: number; readonly items: JsonNode[] };

/** Builds nodes from parse events; unlike jsonc-parser's own tree it keeps the root when brackets are left open. */
class TreeBuilder {
  readonly #length: number;
  readonly #stack: Container[] = [];
  #root: JsonNode | undefined;

  constructor(length: number) {
    this.#length = length;
  }

  open(kind: Container["kind"], start: number): void {
    this.#stack.push(kind === "object" ? { kind, start, properties: [] } : { kind, start, items: [] });
  }

  key(name: string, span: Span): void {
    const top = this.#stack.at(-1);
    if (top?.kind !== "object") return;
    this.#completeProperty(top, span[0]);
    top.key = { name, span };
  }

  add(node: JsonNode): void {
    const top = this.#stack.at(-1);
    if (top === undefined) this.#root ??= node;
    else if (top.kind === "array") top.items.push(node);
    else if (top.key) {
      top.properties.push({ key: top.key.name, keySpan: top.key.span, value: node });
      delete top.key;
    }
  }

  close(end: number): void {
    const top = this.#stack.pop();
    if (top === undefined) return;
    const span: Span = [top.start, end];
    if (top.kind === "array") return this.add({ kind: "array", items: top.items, span });
    this.#completeProperty(top, end);
    this.add({ kind: "object", properties: top.properties, span });
  }

  finish(): JsonNode | undefined {
    while (this.#stack.length > 0) this.close(this.#length);
    return this.#root;
  }

  /** A key whose value is missing still counts as a key: it reads as null at the place where the value should stand. */
  #completeProperty(object: Container & { kind: "object" }, before: number): void {
    if (!object.key) return;
    const at = Math.min(object.key.span[1], before);
    object.properties.push({ key: object.key.name, keySpan: object.key.span, value: { kind: "value", value: null, span: [at, at] } });
    delete object.key;
  }
}

/** Numbers that plain JSON cannot carry on (`1e999`, `-0`) become the nearest that it can. */
function scalar(value: unknown): string | number | boolean | null {
  if (typeof value === "number") return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value)) + 0;
  return typeof value === "string" || typeof value === "boolean" ? value : null;
}

function isTrailingComma(text: string, offset: number): boolean {
  return /^[\]}]/u.test(text.charAt(offset)) && text.slice(0, offset).trimEnd().endsWith(",");
}

function messageOf(code: ParseErrorCode): string {
  switch (printParseErrorCode(code)) {
    case "InvalidCommentToken":
      return "Comments are not allowed in this file.";
    case "PropertyNameExpected":
      return "A property name in double quotes was expected.";
    case "ValueExpected":
      return "A value was expected.";
    case "ColonExpected":
      return "A colon was expected after the property name.";
    case "CommaExpected":
      return "A comma was expected.";
    case "CloseBraceExpected":
      return 'A closing "}" was expected.';
    case "CloseBracketExpected":
      return 'A closing "]" was expected.';
    case "EndOfFileExpected":
      return "Only one value may stand in the file.";
    case "InvalidNumberFormat":
    case "UnexpectedEndOfNumber":
      return "This is not a number as JSON writes them.";
    case "UnexpectedEndOfString":
      return "The string does not end.";
    case "UnexpectedEndOfComment":
      return "The comment does not end.";
    case "InvalidUnicode":
    case "InvalidEscapeCharacter":
      return "The string holds an invalid escape sequence.";
    case "InvalidCharacter":
      return "The string holds a control character that must be escaped.";
    default:
      return "This is not a JSON value.";
  }
}
