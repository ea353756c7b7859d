import type { Cache } from "./cache.js";
import { decodeBody, decodeOutline, encodeFacts } from "./facts/encoding.js";
import type { ModuleBody } from "./facts/expression.js";
import type { FileFacts } from "./facts/facts.js";
import type { SourceText } from "./files/snapshot.js";
import { type Extractor, freshly } from "./open.js";

/**
 * Facts as a cache has them, extracted only where it has none; those it takes in.
 *
 * @param extractor how facts are had that are not kept
 */
export function cachedFacts(cache: Cache, extractor: Extractor = freshly): Extractor {
  const factsOf = <Facts extends FileFacts | ModuleBody | undefined>(
    source: SourceText,
    part: string,
    decode: (bytes: Buffer) => Facts | undefined,
    extract: () => Facts,
  ): Facts => {
    const bytes = cache.partOf(source, part);
    const kept = bytes && decode(bytes);
    if (kept !== undefined) return kept;
    const facts = extract();
    if (facts !== undefined) cache.keepPart(source, part, () => encodeFacts(facts));
    return facts;
  };
  return {
    outline: (source) => factsOf(source, "outline", decodeOutline, () => extractor.outline(source)),
    body: (source) => factsOf(source, "body", decodeBody, () => extractor.body(source)),
  };
}
