import type { Span } from "../facts/expression.js";
import type { JsonNode } from "../facts/facts.js";

/** A way into a JSON value. */
export type KeyPath = readonly (string | number)[];

/** No key of a config lies deeper; what does is left out, since the key above it is at fault already. */
const DEEPEST = 12;

/** A JSON tree as a plain value, and the keys in it that make it ambiguous. */
export interface PlainConfig {
  readonly value: unknown;
  /** Keys that stand twice in one object (the last one counts), with the place of each repetition. */
  readonly repeated: readonly { readonly path: KeyPath; readonly span: Span }[];
  /** Keys that would reach into JavaScript's own objects; they are left out of the value. */
  readonly forbidden: readonly { readonly path: KeyPath; readonly span: Span }[];
}

/** Reads a JSON tree as JavaScript would. */
export function toPlain(root: JsonNode): PlainConfig {
  const repeated: { path: KeyPath; span: Span }[] = [];
  const forbidden: { path: KeyPath; span: Span }[] = [];
  const convert = (node: JsonNode, path: KeyPath): unknown => {
    if (node.kind === "value") return node.value;
    if (path.length >= DEEPEST) return null;
    if (node.kind === "array") return node.items.map((item, index) => convert(item, [...path, index]));
    const out: Record<string, unknown> = {};
    for (const { key, keySpan, value } of node.properties) {
      const at = [...path, key];
      if (key === "__proto__") forbidden.push({ path: at, span: keySpan });
      else {
        if (Object.hasOwn(out, key)) repeated.push({ path: at, span: keySpan });
        out[key] = convert(value, at);
      }
    }
    return out;
  };
  return { value: convert(root, []), repeated, forbidden };
}

/** Where a key and its value stand; for items of lists and for the whole there is no key. */
export interface Located {
  readonly keySpan?: Span;
  readonly value: JsonNode;
}

/** Follows a way into a JSON tree; undefined when it ends early. */
export function locate(root: JsonNode, path: KeyPath): Located | undefined {
  let at: Located = { value: root };
  for (const step of path) {
    const next = typeof step === "number" ? itemOf(at.value, step) : propertyOf(at.value, step);
    if (next === undefined) return undefined;
    at = next;
  }
  return at;
}

function itemOf(node: JsonNode, index: number): Located | undefined {
  const value = node.kind === "array" ? node.items[index] : undefined;
  return value && { value };
}

function propertyOf(node: JsonNode, key: string): Located | undefined {
  return node.kind === "object" ? node.properties.findLast((property) => property.key === key) : undefined;
}

/** A way as a person would write it: `layout.pluginRoots['plugins/cli/*']`, `layout.host[0]`. */
export function spell(path: KeyPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    const plain = /^[\w$-]+$/u.test(step);
    if (!plain) return `${text}['${shorten(step)}']`;
    return text === "" ? shorten(step) : `${text}.${shorten(step)}`;
  }, "");
}

/** A text short enough to stand in a message. */
export function shorten(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

/** Whether a plain value is an object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object at the end of some keys; empty when there is none. */
export function recordAt(value: unknown, ...keys: readonly string[]): Readonly<Record<string, unknown>> {
  let at = value;
  for (const key of keys) at = isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return isRecord(at) ? at : {};
}

/** A list's items; none when it is no list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
