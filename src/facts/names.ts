import type { ts } from "./compiler.cjs";

const NAME_LIKE = /^[\w$-]+$/u;
/** `rawr.kind` as a path, `kind?` as a schema's optional key. */
const DOTTED_NAME = /^[\w$-]+(?:[.?][\w$-]*)+$/u;
const QUOTED_NAME = /"([\w$-]+)"/gu;
const SEGMENT = /\/([\w$-]+)/gu;

/** Collects the names that a file spells as code. */
export class NameCollector {
  readonly #identifiers: ReadonlyMap<string, string>;
  /** Names beyond the parser's own table. */
  readonly #names = new Set<string>();
  /** Those that stand in texts. */
  readonly #texts = new Set<string>();
  readonly #segments = new Set<string>();

  constructor(file: ts.SourceFile) {
    this.#identifiers = identifiersOf(file);
  }

  /** A name, whatever characters it holds. */
  add(name: string): void {
    this.#names.add(name);
  }

  /** The text of a literal: counts when it reads as a name or a path of names, or holds names in double quotes as embedded JSON does. */
  addText(text: string): void {
    if (NAME_LIKE.test(text)) return void this.#texts.add(text);
    // Specifiers of modules are no addresses.
    if (text.includes("/") && !text.startsWith(".") && !text.startsWith("@"))
      for (const [, segment = ""] of text.matchAll(SEGMENT)) this.#segments.add(segment);
    if (DOTTED_NAME.test(text)) for (const name of text.split(/[.?]/u)) this.#texts.add(name);
    else if (text.includes('"')) for (const [, name = ""] of text.matchAll(QUOTED_NAME)) this.#texts.add(name);
  }

  /** What stands after a `/` in texts. */
  segments(): string[] {
    return [...this.#segments];
  }

  /** How many of all names stand in texts. */
  get texts(): number {
    return this.#texts.size;
  }

  /** Those in texts first, else unsorted: sorting would cost a tenth of what parsing does, and nobody asks for it. */
  all(): string[] {
    const all = [...this.#texts];
    for (const name of this.#identifiers.keys()) {
      if (name.startsWith("#")) this.#names.add(name.slice(1));
      else if (!this.#texts.has(name)) all.push(name);
      // A schema's optional key.
      if (name.endsWith("?")) this.#names.add(name.slice(0, -1));
    }
    for (const name of this.#names) if (!this.#identifiers.has(name) && !this.#texts.has(name)) all.push(name);
    return all;
  }
}

/**
 * Every identifier and every property key that is written out.
 *
 * @remarks The parser keeps one text for all uses of a name, in a field that TypeScript does not declare; to add each use again would
 * cost a tenth of what parsing does.
 */
function identifiersOf(file: ts.SourceFile): ReadonlyMap<string, string> {
  const found: unknown = Reflect.get(file, "identifiers");
  if (!(found instanceof Map)) throw new TypeError("this version of TypeScript does not collect a file's identifiers");
  return found;
}
