import type { ModuleBody } from "../facts/expression.js";
import type { FileFacts } from "../facts/facts.js";
import type { SourceText } from "../files/snapshot.js";
import type { Extractor } from "../run.js";

/** Facts by the text that they were extracted from; forgotten together with the text. */
export class FactStore implements Extractor {
  readonly #outlines = new WeakMap<SourceText, FileFacts>();
  readonly #bodies = new WeakMap<SourceText, ModuleBody>();
  readonly #extractor: Extractor;

  /** @param extractor how facts are had that are not known yet */
  constructor(extractor: Extractor) {
    this.#extractor = extractor;
  }

  outline(source: SourceText): FileFacts {
    return remembered(this.#outlines, source, (it) => this.#extractor.outline(it));
  }

  body(source: SourceText): ModuleBody | undefined {
    return remembered(this.#bodies, source, (it) => this.#extractor.body(it));
  }
}

function remembered<Value extends object, Extracted extends Value | undefined>(
  known: WeakMap<SourceText, Value>,
  source: SourceText,
  extract: (source: SourceText) => Extracted,
): Value | Extracted {
  const value = known.get(source) ?? extract(source);
  if (value !== undefined) known.set(source, value);
  return value;
}
