import { ts } from "ts-morph";

const NAME_LIKE = /^[\w$-]+$/u;
const QUOTED_NAME = /"([\w$-]+)"/gu;

/** Collects the names that a file spells as code. */
export class NameCollector {
  readonly #names = new Set<string>();

  /** An identifier or a property key, whatever characters it holds. */
  add(name: string): void {
    this.#names.add(name);
  }

  /** The text of a literal: counts when it reads as a name, or holds names in double quotes as embedded JSON does. */
  addText(text: string): void {
    if (NAME_LIKE.test(text)) this.#names.add(text);
    else if (text.includes('"')) for (const [, name = ""] of text.matchAll(QUOTED_NAME)) this.#names.add(name);
  }

  sorted(): string[] {
    return [...this.#names].sort();
  }
}

/** The key of a property, whatever it is quoted with; undefined for a computed one, which is an expression. */
export function literalKey(name: ts.PropertyName): string | undefined {
  if (ts.isComputedPropertyName(name)) return undefined;
  return ts.isPrivateIdentifier(name) ? name.text.slice(1) : name.text;
}
