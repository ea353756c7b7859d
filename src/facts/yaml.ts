import type { Document, Node, Scalar, YAMLMap } from "yaml";
import type { Span } from "./expression.js";
import type { JsonNode, JsonProperty, SyntaxErrorFact, YamlFacts } from "./facts.js";
import { lineStartsOf } from "./position.js";
import { yamlParser } from "./yaml-parser.cjs";

/** How many nodes aliases may unfold to; a small text can name a tree of any size. */
const MAX_NODES = 100_000;

/** The facts of a YAML text: its first document as the JSON value that it stands for, aliases unfolded. */
export function parseYaml(text: string): YamlFacts {
  const lineStarts = lineStartsOf(text);
  try {
    const documents = [...yamlParser().parseAllDocuments(text, { uniqueKeys: false, prettyErrors: false, logLevel: "silent" })];
    const syntaxErrors = documents.flatMap((document) => document.errors).map((error): SyntaxErrorFact => ({
      message: error.message,
      span: within(text, error.pos),
    }));
    const [first] = documents;
    const root = first?.contents ? new Converter(text, first).convert(first.contents) : undefined;
    return { kind: "yaml", lineStarts, syntaxErrors, ...(root && { root }) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: "yaml", lineStarts, syntaxErrors: [{ message: "Values are nested too deeply to be read.", span: [0, text.length] }] };
  }
}

class Converter {
  readonly #yaml = yamlParser();
  readonly #text: string;
  readonly #document: Document.Parsed;
  readonly #open = new Set<unknown>();
  #nodes = 0;

  constructor(text: string, document: Document.Parsed) {
    this.#text = text;
    this.#document = document;
  }

  convert(node: unknown): JsonNode {
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES) throw new RangeError("too many nodes");
    if (this.#yaml.isAlias(node)) return this.#unfold(node.resolve(this.#document), this.#span(node));
    if (this.#yaml.isMap(node)) {
      return { kind: "object", properties: node.items.map((pair) => this.#property(pair, node)), span: this.#span(node) };
    }
    if (this.#yaml.isSeq(node)) return { kind: "array", items: node.items.map((item) => this.convert(item)), span: this.#span(node) };
    if (this.#yaml.isScalar(node)) return { kind: "value", value: scalar(node), span: this.#span(node) };
    return { kind: "value", value: null, span: [0, 0] };
  }

  /** What an alias stands for, at the alias's place; an alias inside its own anchor is null. */
  #unfold(target: Node | undefined, span: Span): JsonNode {
    if (target === undefined || this.#open.has(target)) return { kind: "value", value: null, span };
    this.#open.add(target);
    const node = this.convert(target);
    this.#open.delete(target);
    return { ...node, span };
  }

  #property(pair: YAMLMap["items"][number], map: YAMLMap): JsonProperty {
    const keySpan = pair.key ? this.#span(pair.key) : this.#span(map);
    const key = this.#yaml.isScalar(pair.key) ? String(pair.key.value) : this.#text.slice(...keySpan);
    const value: JsonNode = pair.value ? this.convert(pair.value) : { kind: "value", value: null, span: [keySpan[1], keySpan[1]] };
    return { key, keySpan, value };
  }

  #span(node: unknown): Span {
    const range = this.#yaml.isNode(node) ? node.range : undefined;
    return within(this.#text, range ?? [0, 0]);
  }
}

function within(text: string, [start, end]: readonly [number, number, ...number[]]): Span {
  const from = Math.min(start, text.length);
  return [from, Math.max(from, Math.min(end, text.length))];
}

/** Values that JSON has no word for (dates, infinity) are kept as they are written. */
function scalar(node: Scalar): string | number | boolean | null {
  const { value } = node;
  if (typeof value === "number") return Number.isFinite(value) ? value + 0 : (node.source ?? String(value));
  if (typeof value === "string" || typeof value === "boolean" || value === null || value === undefined) return value ?? null;
  return node.source ?? String(value);
}
