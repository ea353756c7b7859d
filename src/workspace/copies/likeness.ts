import { areData, FIRST_TELLING } from "../../facts/code/tokens.js";

/** Copies have at least this share of their tokens in common. */
export const NEAR = 0.9;
/** And of the names and literals among them, which tell what code is about. */
const NEAR_TELLING = 0.85;
/** Records of two things are alike by nature: data that differs is a copy where hardly anything does. */
const NEAR_DATA = 0.95;
/** Shortest common run that counts, in rounds from what cannot be chance to what edits and moves leave of it. */
const ROUNDS = [24, 10, 4];
/** Places tried for one run; code that repeats itself has more. */
const MAX_PLACES = 16;

/**
 * The share of tokens that two streams have in common, in whatever order; 0 when they are no copies of each other.
 *
 * @remarks Greedy string tiling: M. J. Wise, "String Similarity via Greedy String Tiling and Running Karp-Rabin Matching", 1993.
 */
export function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const size = Math.max(one.length, other.length);
  if (Math.min(one.length, other.length) < NEAR * size || telling(one, other) < NEAR_TELLING) return 0;
  const share = tiled(one, other) / size;
  return share < (areData(one) && areData(other) ? NEAR_DATA : NEAR) ? 0 : share;
}

/** The share of elements that two sets have in common. */
export function overlap(one: readonly string[], other: readonly string[]): number {
  const known = new Set(one);
  const shared = other.filter((element) => known.has(element)).length;
  return shared / Math.max(known.size, new Set(other).size);
}

function telling(one: string, other: string): number {
  const counts = new Map<number, number>();
  let left = 0;
  for (let index = 0; index < one.length; index += 1) {
    const code = one.charCodeAt(index);
    if (code < FIRST_TELLING) continue;
    counts.set(code, (counts.get(code) ?? 0) + 1);
    left += 1;
  }
  let right = 0;
  let shared = 0;
  for (let index = 0; index < other.length; index += 1) {
    const code = other.charCodeAt(index);
    if (code < FIRST_TELLING) continue;
    right += 1;
    const count = counts.get(code) ?? 0;
    if (count === 0) continue;
    counts.set(code, count - 1);
    shared += 1;
  }
  const most = Math.max(left, right);
  return most === 0 ? 1 : shared / most;
}

/** How many tokens of one stream are covered by runs of the other, each token used once. */
function tiled(one: string, other: string): number {
  const usedOne = new Uint8Array(one.length);
  const usedOther = new Uint8Array(other.length);
  let covered = 0;
  for (const shortest of ROUNDS) {
    const places = placesOf(one, usedOne, shortest);
    for (let at = 0; at + shortest <= other.length; at += 1) {
      if (usedOther[at] === 1) continue;
      const best = longest(places.get(other.slice(at, at + shortest)) ?? [], at);
      if (best.length < shortest) continue;
      usedOne.fill(1, best.start, best.start + best.length);
      usedOther.fill(1, at, at + best.length);
      covered += best.length;
      at += best.length - 1;
    }
  }
  return covered;

  function longest(starts: readonly number[], at: number): { readonly start: number; readonly length: number } {
    let best = { start: 0, length: 0 };
    for (const start of starts) {
      let length = 0;
      while (
        start + length < one.length &&
        at + length < other.length &&
        usedOne[start + length] === 0 &&
        usedOther[at + length] === 0 &&
        one.charCodeAt(start + length) === other.charCodeAt(at + length)
      )
        length += 1;
      if (length > best.length) best = { start, length };
    }
    return best;
  }
}

function placesOf(tokens: string, used: Uint8Array, length: number): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (let at = 0; at + length <= tokens.length; at += 1) {
    if (used[at] === 1) continue;
    const run = tokens.slice(at, at + length);
    const known = places.get(run);
    if (known === undefined) places.set(run, [at]);
    else if (known.length < MAX_PLACES) known.push(at);
  }
  return places;
}
