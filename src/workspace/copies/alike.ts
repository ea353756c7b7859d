import { distinct, fingerprints, hashOf } from "./fingerprints.js";
import { likeness, NEAR, overlap } from "./likeness.js";
import type { Unit } from "./units.js";

/** Units that say the same, token for token. */
export interface Group {
  readonly units: readonly Unit[];
}

/** Two groups that are alike; a group is wholly like itself. */
export interface Alike {
  readonly one: Group;
  readonly other: Group;
  readonly share: number;
}

/** What came of comparing units. */
export interface Comparison {
  readonly found: readonly Alike[];
  readonly groups: readonly Group[];
  /** The fingerprints of each group. */
  readonly prints: readonly Uint32Array[];
}

/** Groups with a fingerprint in common that are compared each with each. */
export const MAX_HOLDERS = 24;
/** Where more have it, each is compared with the first few: copies of one original are all like it, whatever they are like each other. */
export const HUBS = 4;
/** A fingerprint that even more groups have is idiom, not a trace of copying. */
export const MAX_CROWD = 400;
/** The least share of fingerprints in common for which it is worth looking closer: edits cost more fingerprints than tokens. */
export const MIN_SHARED = 0.15;
/** Fingerprint and group in one number that a typed array can sort. */
const GROUPS = 2 ** 21;

/** At most so many slots tell fingerprints apart roughly, before they are sorted; few enough for the processor's cache where few suffice. */
const MAX_SLOTS = 2 ** 23;
/** Slots for each fingerprint. */
const ROOM = 4;
/** In place of a side: more than one. */
const MIXED = 2 ** 32 - 1;

/**
 * Finds the pairs of groups that are alike, among units of one kind.
 *
 * @param units what is compared, likely originals first
 * @param sideOf who a unit belongs to; that units of one side are alike does not matter
 * @remarks Near-linear: only groups that share rare fingerprints are ever compared.
 */
export function alikeGroups(units: readonly Unit[], sideOf: (unit: Unit) => string): Comparison {
  const groups = grouped(units);
  const found = groups.flatMap((group): Alike[] => (group.units.length > 1 ? [{ one: group, other: group, share: 1 }] : []));
  const prints = groups.map(({ units: [unit] }) => (unit === undefined ? new Uint32Array() : printsOf(unit)));
  const sides = sidesOf(groups, sideOf);
  const sizes = Float64Array.from(groups, ({ units: [unit] }) => sizeOf(unit));
  const isPair = (left: number, right: number): boolean =>
    (sides[left] !== sides[right] || sides[left] === MIXED) && areNear(sizes[left] ?? 0, sizes[right] ?? 0);
  for (const [pair, shared] of sharedPrints(sortedPostings(prints, sides), isPair)) {
    const [left, right] = [Math.floor(pair / GROUPS), pair % GROUPS];
    const [one, other] = [groups[left], groups[right]];
    const fewest = Math.min(prints[left]?.length ?? 0, prints[right]?.length ?? 0);
    if (one === undefined || other === undefined || shared < MIN_SHARED * fewest) continue;
    const share = shareOf(one.units[0], other.units[0]);
    if (share >= NEAR) found.push({ one, other, share });
  }
  return { found, groups, prints };
}

/** A number for the side of each group. */
function sidesOf(groups: readonly Group[], sideOf: (unit: Unit) => string): Uint32Array {
  const ids = new Map<string, number>();
  return Uint32Array.from(groups, ({ units }) => {
    const [first, ...more] = new Set(units.map(sideOf));
    if (first === undefined || more.length > 0) return MIXED;
    const id = ids.get(first) ?? ids.size + 1;
    ids.set(first, id);
    return id;
  });
}

function grouped(units: readonly Unit[]): readonly Group[] {
  const groups = new Map<string, Unit[]>();
  for (const unit of units) {
    const key = keyOf(unit);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [unit]);
    else known.push(unit);
  }
  return [...groups.values()].map((all) => ({ units: all }));
}

/** Equal for units that say the same. */
export function keyOf({ elements, tokens }: Unit): string {
  return elements === undefined ? tokens : [...elements].sort().join("\0");
}

/** A vocabulary is copied whole or not at all. */
export function printsOf({ kind, elements, tokens }: Unit): Uint32Array {
  if (kind === "vocabulary") return new Uint32Array();
  return elements === undefined ? fingerprints(tokens) : distinct(Uint32Array.from(elements, hashOf));
}

export function shareOf(one: Unit | undefined, other: Unit | undefined): number {
  if (one === undefined || other === undefined) return 0;
  // Types that differ are different types, until the name says that they were one.
  if (one.elements && other.elements) return one.name === other.name ? overlap(one.elements, other.elements) : 0;
  return likeness(one.tokens, other.tokens);
}

export function areNear(left: number, right: number): boolean {
  return left < 0 === right < 0 && Math.min(Math.abs(left), Math.abs(right)) >= NEAR * Math.max(Math.abs(left), Math.abs(right));
}

/** How large a unit is: elements below zero, so that they are never near to tokens. */
export function sizeOf(unit: Unit | undefined): number {
  return unit?.elements === undefined ? (unit?.tokens.length ?? 0) : -unit.elements.length;
}

/** How many fingerprints two groups share, for those that share any. */
function sharedPrints(postings: Float64Array, isPair: (left: number, right: number) => boolean): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (let start = 0; start < postings.length; ) {
    const print = Math.floor((postings[start] ?? 0) / GROUPS);
    let end = start + 1;
    while (end < postings.length && Math.floor((postings[end] ?? 0) / GROUPS) === print) end += 1;
    if (end - start > 1 && end - start <= MAX_CROWD) countPairs(postings.subarray(start, end), counts, isPair);
    start = end;
  }
  return counts;
}

/** Who holds each fingerprint that may be held on more than one side; most are not, and need no sorting. */
function sortedPostings(prints: readonly Uint32Array[], sides: Uint32Array): Float64Array {
  const total = prints.reduce((sum, { length }) => sum + length, 0);
  const slots = Math.min(MAX_SLOTS, 2 ** Math.ceil(Math.log2(ROOM * total + 1)));
  const held = new Uint32Array(slots);
  for (const [group, all] of prints.entries()) {
    const side = sides[group] ?? MIXED;
    for (const print of all) {
      const slot = print & (slots - 1);
      const known = held[slot];
      if (known !== side) held[slot] = known === 0 ? side : MIXED;
    }
  }
  const postings = new Float64Array(total);
  let next = 0;
  for (const [group, all] of prints.entries()) {
    for (const print of all) {
      if (held[print & (slots - 1)] !== MIXED) continue;
      postings[next] = print * GROUPS + group;
      next += 1;
    }
  }
  return postings.subarray(0, next).sort();
}

function countPairs(holders: Float64Array, counts: Map<number, number>, isPair: (left: number, right: number) => boolean): void {
  const hubs = holders.length > MAX_HOLDERS ? HUBS : holders.length;
  for (let one = 0; one < hubs; one += 1) {
    const left = (holders[one] ?? 0) % GROUPS;
    for (let other = one + 1; other < holders.length; other += 1) {
      const right = (holders[other] ?? 0) % GROUPS;
      const pair = left * GROUPS + right;
      const count = counts.get(pair);
      if (count !== undefined) counts.set(pair, count + 1);
      else if (isPair(left, right)) counts.set(pair, 1);
    }
  }
}
