import type { ts } from "./compiler.cjs";
import type { EmbeddedJson, Span } from "./expression.js";
import type { JsonNode } from "./facts.js";
import { readJson } from "./json.js";
import { firstText, type Piece, piecesOf } from "./pieces.js";
import { spanOf } from "./syntax.js";

/** Stands for a hole inside a quoted text; from the private use area, so that no scaffold writes it. */
const HOLE = "\uE000";

/** What may be wrong in a text with holes: the missing commas and values can be in them. */
const FORGIVEN: ReadonlySet<string> = new Set(["A comma was expected.", "A value was expected."]);

/**
 * The JSON object that a text is: one literal, or the literals of a concatenation.
 *
 * @remarks A hole reads as null where a value stands and is left out where whole properties may stand; a string with a hole inside is
 * null, a key with one spells `null` in its place.
 */
export function embeddedJson(node: ts.Expression, file: ts.SourceFile): EmbeddedJson | undefined {
  if (!/^\s*\{/u.test(firstText(node))) return undefined;
  const pieces = piecesOf(node, file);
  if (!/\}\s*$/u.test(pieces.at(-1)?.text ?? "")) return undefined;
  const builder = new TextBuilder();
  pieces.forEach((piece, index) => builder.add(piece, pieces[index + 1]));
  const { root, syntaxErrors } = readJson(builder.text, { strict: false });
  const hasHoles = pieces.some((piece) => piece.text === undefined);
  if (!syntaxErrors.every((error) => hasHoles && FORGIVEN.has(error.message))) return undefined;
  if (root?.kind !== "object" || root.properties.length === 0) return undefined;
  return { span: spanOf(node, file), root: builder.toFile(root) };
}

/** Puts pieces together to one JSON text, and knows for each of its characters where it stands in the file. */
class TextBuilder {
  text = "";
  readonly #places: Span[] = [];
  readonly #brackets: string[] = [];
  #inString = false;
  #escaped = false;
  #before = "";

  add(piece: Piece, next: Piece | undefined): void {
    if (piece.text === undefined) return this.#append(this.#filling(next), () => piece.span);
    this.#append(piece.text, (index) => piece.placeOf(index));
  }

  toFile(node: JsonNode): JsonNode {
    const span = this.#spanInFile(node.span);
    if (node.kind === "array") return { kind: "array", items: node.items.map((item) => this.toFile(item)), span };
    if (node.kind === "value")
      return typeof node.value === "string" && node.value.includes(HOLE) ? { kind: "value", value: null, span } : { ...node, span };
    const properties = node.properties.map(({ key, keySpan, value }) => ({
      key: key.replaceAll(HOLE, "null"),
      keySpan: this.#spanInFile(keySpan),
      value: this.toFile(value),
    }));
    return { kind: "object", properties, span };
  }

  /** What a hole stands for, by what is around it. */
  #filling(next: Piece | undefined): string {
    if (this.#inString) return HOLE;
    if (/^\s*:/u.test(next?.text ?? "")) return `"${HOLE}"`;
    const isValue = this.#before === ":" || this.#before === "[" || (this.#before === "," && this.#brackets.at(-1) === "[");
    return isValue ? "null" : "";
  }

  #append(text: string, placeOf: (index: number) => Span): void {
    for (let index = 0; index < text.length; index += 1) {
      this.#places.push(placeOf(index));
      this.#scan(text.charAt(index));
    }
    this.text += text;
  }

  #scan(character: string): void {
    if (this.#inString) {
      if (character === '"' && !this.#escaped) this.#inString = false;
      this.#escaped = character === "\\" && !this.#escaped;
      return;
    }
    if (/\s/u.test(character)) return;
    this.#before = character;
    if (character === '"') this.#inString = true;
    else if (character === "{" || character === "[") this.#brackets.push(character);
    else if (character === "}" || character === "]") this.#brackets.pop();
  }

  #spanInFile([start, end]: Span): Span {
    const from = this.#places[start] ?? this.#places.at(-1) ?? [0, 0];
    const to = end > start ? (this.#places[end - 1] ?? from) : from;
    return [from[0], Math.max(from[0], end > start ? to[1] : from[0])];
  }
}
