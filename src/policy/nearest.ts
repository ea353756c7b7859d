import { closest, distance } from "fastest-levenshtein";

/** The word that was probably meant: at most a third of its letters away, letter case aside. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  if (words.length === 0 || word.length > 100) return undefined;
  const lowered = words.map((candidate) => candidate.toLowerCase());
  const found = words[lowered.indexOf(closest(word.toLowerCase(), lowered))];
  if (found === undefined) return undefined;
  return distance(word.toLowerCase(), found.toLowerCase()) <= Math.max(1, Math.floor(found.length / 3)) ? found : undefined;
}
