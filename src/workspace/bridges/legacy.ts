import type { CommentFact, SourceFacts } from "../../facts/facts.js";
import type { Policy } from "../../policy/policy.js";

/** Keys that are also ordinary words: only spelled as metadata do they mean it. */
const ORDINARY: ReadonlySet<string> = new Set(["channel", "published"]);

/**
 * The legacy metadata key that a bridge keeps alive: one that its comment names, or that the module spells which is the bridge.
 *
 * @param source the module, where the whole of it is the bridge
 */
export function bridgedLegacyKey({ metadata }: Policy, source: SourceFacts | undefined, { text, tags }: CommentFact): string | undefined {
  const said = [text, ...tags.map((tag) => tag.text)].join("\n");
  return metadata.legacyKeys.find((key) => {
    if (ORDINARY.has(key)) return new RegExp(String.raw`\brawr\.${key}\b`, "u").test(said) || (isLegacy(said) && said.includes(`\`${key}\``));
    return new RegExp(String.raw`\b${escaped(key)}\b`, "u").test(said) || source?.names.includes(key) === true;
  });
}

function isLegacy(said: string): boolean {
  return /\blegacy\b[^.]*\b(?:metadata|key)/iu.test(said);
}

function escaped(key: string): string {
  return key.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
}
