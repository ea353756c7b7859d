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
  readonly #open = new Set<Node>();
  #nodes = 0;

  constructor(text: string, document: Document.Parsed) {
    this.#text = text;
    this.#document = document;
  }

  convert(node: unknown): JsonNode {
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES) throw new RangeError("too many nodes");
    const span = this.#span(node);
    if (this.#yaml.isAlias(node)) return { ...this.convert(node.resolve(this.#document)), span };
    if (this.#yaml.isMap(node)) return this.#inside(node, () => ({ kind: "object", properties: this.#properties(node), span }));
    if (this.#yaml.isSeq(node))
      return this.#inside(node, () => ({ kind: "array", items: node.items.map((item) => this.convert(item)), span }));
    return { kind: "value", value: this.#yaml.isScalar(node) ? scalar(node) : null, span };
  }

  /** A collection; inside itself (through an alias) it is null. */
  #inside(node: Node, convert: () => JsonNode): JsonNode {
    if (this.#open.has(node)) return { kind: "value", value: null, span: this.#span(node) };
    this.#open.add(node);
    const converted = convert();
    this.#open.delete(node);
    return converted;
  }

  #properties(map: YAMLMap): JsonProperty[] {
    return map.items.map((pair) => this.#property(pair, map));
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
