import { extractBody } from "../facts/body.js";
import type { ModuleBody } from "../facts/expression.js";
import type { FileFacts } from "../facts/facts.js";
import { extractOutline } from "../facts/outline.js";
import type { SourceText } from "../files/snapshot.js";
import type { Extractor } from "../run.js";

/** Facts by the text that they were extracted from; forgotten together with the text. */
export class FactStore implements Extractor {
  readonly #outlines = new WeakMap<SourceText, FileFacts>();
  readonly #bodies = new WeakMap<SourceText, ModuleBody>();

  outline(source: SourceText): FileFacts {
    return remembered(this.#outlines, source, extractOutline);
  }

  body(source: SourceText): ModuleBody {
    return remembered(this.#bodies, source, extractBody);
  }
}

function remembered<Value>(known: WeakMap<SourceText, Value>, source: SourceText, extract: (source: SourceText) => Value): Value {
  const value = known.get(source) ?? extract(source);
  known.set(source, value);
  return value;
}
