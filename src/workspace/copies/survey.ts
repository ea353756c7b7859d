import type { Path } from "../../files/path.js";
import type { Layer } from "../../policy/policy.js";
import { areNear, keyOf, MAX_CROWD, MAX_HOLDERS, HUBS, MIN_SHARED, printsOf, shareOf, sizeOf } from "./alike.js";
import { NEAR } from "./likeness.js";
import type { Unit, UnitKind } from "./units.js";

/** One of the units that say the same, in place of all of them. */
export interface Holder {
  readonly file: Path;
  /** Who the units belong to; undefined where they belong to several. */
  readonly side: string | undefined;
  /** It stands before those that are not shared. */
  readonly shared: boolean;
  readonly size: number;
}

/** What was compared of one kind, in order. */
export interface KindSurvey {
  readonly holders: readonly Holder[];
  /** The fingerprints of each holder. */
  readonly prints: readonly Uint32Array[];
  /** What says the same as what, of those without fingerprints: by what is said, the file. */
  readonly bare: ReadonlyMap<string, Path>;
}

/** What a search for copies compared, to tell of a change whether it makes another result. */
export interface CopySurvey {
  /** The files that were searched. */
  readonly files: ReadonlySet<Path>;
  /** The layers that own what is shared. */
  readonly shared: readonly Layer[];
  /** Those with something that is like something else. */
  readonly involved: ReadonlySet<Path>;
  readonly kinds: ReadonlyMap<UnitKind, KindSurvey>;
}

/** What is asked about units. */
export interface UnitAsk {
  /** The units of a file that are worth comparing, as it is now. */
  unitsIn(file: Path): readonly Unit[];
  sideOf(unit: Unit): string;
  isShared(unit: Unit): boolean;
}

/** A unit of a changed file. */
interface Fresh {
  readonly unit: Unit;
  readonly side: string;
  readonly shared: boolean;
  readonly size: number;
  readonly prints: Uint32Array;
}

/** Who has a fingerprint: holders in files that have not changed, units that were, and units that are now in those that have. */
interface Tally {
  readonly rest: number[];
  readonly old: Pick<Holder, "file" | "shared">[];
  readonly fresh: Pick<Holder, "file" | "shared">[];
}

/**
 * Whether a search for copies would find the same after some files have changed.
 *
 * @remarks Yes only where nothing in these files was or is like anything, and where no fingerprint passes from few holders to many by them:
 * then all others are compared as before.
 */
export function staysSame(survey: CopySurvey, changed: readonly Path[], ask: UnitAsk): boolean {
  const searched = changed.filter((file) => survey.files.has(file));
  if (searched.some((file) => survey.involved.has(file))) return false;
  const units = searched.flatMap((file) => ask.unitsIn(file));
  return [...survey.kinds].every(([kind, known]) => isKindSame(known, new Set(searched), freshOf(units.filter((unit) => unit.kind === kind), ask), ask));
}

/** What a search would have compared after some files have changed, where it would find the same. */
export function surveyAfter(survey: CopySurvey, changed: readonly Path[], ask: UnitAsk): CopySurvey {
  const searched = new Set(changed.filter((file) => survey.files.has(file)));
  const units = [...searched].flatMap((file) => ask.unitsIn(file));
  const kinds = [...survey.kinds].map(([kind, { holders, prints, bare }]) => {
    const fresh = freshOf(units.filter((unit) => unit.kind === kind), ask);
    const staying = holders.flatMap((holder, index) => (searched.has(holder.file) ? [] : [{ holder, prints: prints[index] ?? new Uint32Array() }]));
    const all = [...staying, ...fresh.map(({ unit: { file }, side, shared, size, prints: own }) => ({ holder: { file, side, shared, size }, prints: own }))];
    const keys = [...[...bare].filter(([, file]) => !searched.has(file)), ...fresh.flatMap(({ unit, prints: own }) => (own.length === 0 ? [[keyOf(unit), unit.file] as const] : []))];
    return [kind, { holders: all.map(({ holder }) => holder), prints: all.map((one) => one.prints), bare: new Map(keys) }] as const;
  });
  return { ...survey, kinds: new Map(kinds) };
}

function freshOf(units: readonly Unit[], ask: UnitAsk): readonly Fresh[] {
  return units.map((unit) => ({ unit, side: ask.sideOf(unit), shared: ask.isShared(unit), size: sizeOf(unit), prints: printsOf(unit) }));
}

function isKindSame(known: KindSurvey, changed: ReadonlySet<Path>, fresh: readonly Fresh[], ask: UnitAsk): boolean {
  const said = new Set<string>();
  for (const { unit, prints } of fresh) {
    const key = keyOf(unit);
    const other = prints.length === 0 ? known.bare.get(key) : undefined;
    if (said.has(key) || (other !== undefined && !changed.has(other))) return false;
    said.add(key);
  }
  const tallies = talliesOf(known, changed, fresh);
  if (![...tallies.values()].every((tally) => isCrowdSame(known, tally))) return false;
  return fresh.every((one) => !isLikeKnown(one, known, tallies, ask)) && !areLikeEachOther(fresh);
}

function talliesOf({ holders, prints }: KindSurvey, changed: ReadonlySet<Path>, fresh: readonly Fresh[]): ReadonlyMap<number, Tally> {
  const tallies = new Map<number, Tally>();
  const tallyOf = (print: number): Tally => {
    const tally = tallies.get(print) ?? { rest: [], old: [], fresh: [] };
    tallies.set(print, tally);
    return tally;
  };
  for (const { unit, shared, prints: own } of fresh) for (const print of own) tallyOf(print).fresh.push({ file: unit.file, shared });
  for (const [index, holder] of holders.entries()) if (changed.has(holder.file)) for (const print of prints[index] ?? []) tallyOf(print).old.push(holder);
  // Most fingerprints are none of these: a table of their last bits says so faster than a map.
  const table = new Uint8Array(2 ** 16);
  for (const print of tallies.keys()) table[print & 0xffff] = 1;
  for (const [index, holder] of holders.entries()) {
    if (changed.has(holder.file)) continue;
    for (const print of prints[index] ?? []) if (table[print & 0xffff] === 1) tallies.get(print)?.rest.push(index);
  }
  return tallies;
}

/** Whether those that have not changed are compared by a fingerprint as before. */
function isCrowdSame({ holders }: KindSurvey, { rest, old, fresh }: Tally): boolean {
  if (isSameCrowd(old, fresh)) return true;
  const others = rest.flatMap((index) => holders[index] ?? []);
  const [first] = others;
  if (others.length < 2 || others.every(({ side }) => side !== undefined && side === first?.side)) return true;
  const [before, after] = [crowdOf(rest.length + old.length), crowdOf(rest.length + fresh.length)];
  if (before !== after) return false;
  return before !== "many" || [...old, ...fresh].every((one) => others.filter((other) => isBefore(other, one)).length >= HUBS);
}

/** Whether as many units of each file have a fingerprint as before: they stand at the same places among the others. */
function isSameCrowd(old: Tally["old"], fresh: Tally["fresh"]): boolean {
  const placesOf = (all: Tally["old"]): string => all.map(({ file, shared }) => `${file} ${String(shared)}`).sort().join("\n");
  return old.length === fresh.length && placesOf(old) === placesOf(fresh);
}

function crowdOf(holders: number): "few" | "many" | "idiom" {
  return holders <= MAX_HOLDERS ? "few" : holders <= MAX_CROWD ? "many" : "idiom";
}

function isBefore(one: Pick<Holder, "file" | "shared">, other: Pick<Holder, "file" | "shared">): boolean {
  return one.shared === other.shared ? one.file < other.file : one.shared;
}

function isLikeKnown({ unit, side, size, prints }: Fresh, { holders, prints: known }: KindSurvey, tallies: ReadonlyMap<number, Tally>, ask: UnitAsk): boolean {
  const shared = new Map<number, number>();
  for (const print of prints) for (const index of tallies.get(print)?.rest ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
  return [...shared].some(([index, count]) => {
    const holder = holders[index];
    const fewest = Math.min(prints.length, known[index]?.length ?? 0);
    if (holder === undefined || count < MIN_SHARED * fewest || !areNear(size, holder.size)) return false;
    const isSameSide = holder.side === side;
    if (isSameSide && size !== holder.size) return false;
    const others = ask.unitsIn(holder.file).filter((other) => other.kind === unit.kind && sizeOf(other) === holder.size);
    return others.some((other) => keyOf(other) === keyOf(unit) || (!isSameSide && shareOf(unit, other) >= NEAR));
  });
}

function areLikeEachOther(fresh: readonly Fresh[]): boolean {
  return fresh.some((one, index) =>
    fresh.slice(index + 1).some((other) => one.side !== other.side && areNear(one.size, other.size) && shareOf(one.unit, other.unit) >= NEAR),
  );
}
