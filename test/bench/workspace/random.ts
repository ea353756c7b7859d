/** A stream of choices that is the same for the same seed, on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** An item, or undefined when there is none. */
  any<Item>(items: readonly Item[]): Item | undefined;
  /** `count` different items, in the order drawn; all of them when there are fewer. */
  sample<Item>(items: readonly Item[], count: number): Item[];
}

/**
 * Makes a stream from a seed.
 *
 * @remarks mulberry32 by Tommy Ettinger (public domain): 32 bits of state are plenty for choosing words. The seed text goes through
 * FNV-1a, so that neighbouring seeds ("a/1", "a/2") start far apart.
 */
export function seeded(seed: string): Random {
  let state = fnv1a(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const any = <Item>(items: readonly Item[]): Item | undefined => items[int(0, items.length - 1)];
  return {
    next,
    int,
    any,
    chance: (probability) => next() < probability,
    pick: (items) => any(items) ?? items[0],
    sample: (items, count) => {
      const left = [...items];
      return Array.from({ length: Math.min(count, left.length) }, () => left.splice(int(0, left.length - 1), 1)).flat();
    },
  };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
