import type { ts } from "./compiler.cjs";
import { escapeLeadingUnderscores, isComputedPropertyName, isPrivateIdentifier, unescapeLeadingUnderscores } from "./typescript.js";

const NAME_LIKE = /^[\w$-]+$/u;
/** `rawr.kind` as a path, `kind?` as a schema's optional key. */
const DOTTED_NAME = /^[\w$-]+(?:[.?][\w$-]*)+$/u;
const QUOTED_NAME = /"([\w$-]+)"/gu;
const SEGMENT = /\/([\w$-]+)/gu;

/** Collects the names that a file spells as code. */
export class NameCollector {
  readonly #identifiers = new Set<ts.__String>();
  readonly #names = new Set<string>();
  readonly #segments = new Set<string>();

  /** An identifier, in the compiler's own spelling: unescaping each of them would show in the profile. */
  addIdentifier(node: ts.Identifier): void {
    this.#identifiers.add(node.escapedText);
  }

  /** A property key, whatever characters it holds. */
  add(name: string): void {
    this.#names.add(name);
    if (name.endsWith("?")) this.#names.add(name.slice(0, -1));
  }

  /** The text of a literal: counts when it reads as a name or a path of names, or holds names in double quotes as embedded JSON does. */
  addText(text: string): void {
    if (text.includes("/")) for (const [, segment = ""] of text.matchAll(SEGMENT)) this.#segments.add(segment);
    if (NAME_LIKE.test(text)) this.#names.add(text);
    else if (DOTTED_NAME.test(text)) for (const name of text.split(/[.?]/u)) this.#names.add(name);
    else if (text.includes('"')) for (const [, name = ""] of text.matchAll(QUOTED_NAME)) this.#names.add(name);
  }

  /** What stands after a `/` in texts. */
  segments(): string[] {
    return [...this.#segments];
  }

  /** Unsorted: sorting would cost a tenth of what parsing does, and nobody asks for it. */
  all(): string[] {
    const all: string[] = [];
    for (const identifier of this.#identifiers) all.push(unescapeLeadingUnderscores(identifier));
    for (const name of this.#names) if (!this.#identifiers.has(escapeLeadingUnderscores(name))) all.push(name);
    return all;
  }
}

/** The key of a property, whatever it is quoted with; undefined for a computed one, which is an expression. */
export function literalKey(name: ts.PropertyName): string | undefined {
  if (isComputedPropertyName(name)) return undefined;
  return isPrivateIdentifier(name) ? name.text.slice(1) : name.text;
}
