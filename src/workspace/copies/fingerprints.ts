/** Length of the runs of tokens that are hashed. */
const RUN = 8;
/** Of that many hashes in a row one is kept: what two streams share over `RUN + WINDOW - 1` tokens is noticed. */
const WINDOW = 8;
const BASE = 0x01000193;

/**
 * The fingerprints of a token stream: some of the hashes of its runs, chosen so that the same runs are chosen wherever they stand.
 *
 * @remarks Winnowing: S. Schleimer, D. S. Wilkerson, A. Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD 2003.
 */
export function fingerprints(tokens: string): Uint32Array {
  const hashes = runHashes(tokens);
  const kept = new Uint32Array(hashes.length);
  let chosen = 0;
  let least = -1;
  let last = -1;
  for (let end = 0; end < hashes.length; end += 1) {
    const start = Math.max(0, end - WINDOW + 1);
    if (least < start) {
      least = start;
      for (let at = start + 1; at <= end; at += 1) if (hashAt(hashes, at) <= hashAt(hashes, least)) least = at;
    } else if (hashAt(hashes, end) <= hashAt(hashes, least)) least = end;
    if (least === last || (end < WINDOW - 1 && end < hashes.length - 1)) continue;
    last = least;
    kept[chosen] = hashAt(hashes, least);
    chosen += 1;
  }
  return distinct(kept.subarray(0, chosen));
}

/** Sorts numbers in place and leaves each once. */
export function distinct(numbers: Uint32Array): Uint32Array {
  numbers.sort();
  let kept = 0;
  for (const number of numbers) {
    if (kept > 0 && number === numbers[kept - 1]) continue;
    numbers[kept] = number;
    kept += 1;
  }
  return numbers.slice(0, kept);
}

/** A 32-bit hash of any text. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), BASE);
  return mixed(hash);
}

/** The hash of every run, each from the one before (Karp and Rabin). */
function runHashes(tokens: string): Uint32Array {
  const hashes = new Uint32Array(Math.max(0, tokens.length - RUN + 1));
  let leaving = 1;
  for (let index = 1; index < RUN; index += 1) leaving = Math.imul(leaving, BASE);
  let rolling = 0;
  for (let index = 0; index < tokens.length; index += 1) {
    if (index >= RUN) rolling -= Math.imul(tokens.charCodeAt(index - RUN), leaving);
    rolling = (Math.imul(rolling, BASE) + tokens.charCodeAt(index)) | 0;
    if (index >= RUN - 1) hashes[index - RUN + 1] = mixed(rolling);
  }
  return hashes;
}

/** Spreads a rolling hash, whose low bits know little of the run, over all bits. */
function mixed(hash: number): number {
  let out = hash;
  out = Math.imul(out ^ (out >>> 16), 0x85ebca6b);
  out = Math.imul(out ^ (out >>> 13), 0xc2b2ae35);
  return (out ^ (out >>> 16)) >>> 0;
}

function hashAt(hashes: Uint32Array, index: number): number {
  return hashes[index] ?? 0;
}
