import type { Span } from "../facts/expression.js";
import type { JsonNode } from "../facts/facts.js";

/** A property of a JSON object, the last one when the key is repeated. */
export function jsonProperty(node: JsonNode | undefined, key: string): { readonly keySpan: Span; readonly value: JsonNode } | undefined {
  return node?.kind === "object" ? node.properties.findLast((property) => property.key === key) : undefined;
}

/** A string in a JSON tree by its keys. */
export function jsonString(node: JsonNode | undefined, ...keys: readonly string[]): string | undefined {
  let at = node;
  for (const key of keys) at = jsonProperty(at, key)?.value;
  return at?.kind === "value" && typeof at.value === "string" ? at.value : undefined;
}
