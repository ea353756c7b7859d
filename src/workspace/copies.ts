import type { Path } from "../files/path.js";
import type { Layer } from "../policy/policy.js";
import { alikeGroups, keyOf, sizeOf, type Alike, type Comparison, type Group } from "./copies/alike.js";
import { staysSame, surveyAfter, type CopySurvey, type KindSurvey, type UnitAsk } from "./copies/survey.js";
import { unitsOf, type Unit, type UnitKind } from "./copies/units.js";
import { mayImport, type Owner } from "./layers.js";
import type { Workspace } from "./workspace.js";

export type { Unit } from "./copies/units.js";

/** What counts as a copy. */
export interface CopyTerms {
  /** Layers that own what is shared. */
  readonly shared: readonly Layer[];
  /** Shorter modules and declarations are no copies, nor are types and vocabularies of less than four members. */
  readonly minLines: number;
}

/** Something that a project carries although another has it. */
export interface Copy {
  readonly unit: Unit;
  /** What it is a copy of; without one, nothing that is shared has it yet. */
  readonly original?: Counterpart;
  /** The other copies, the most alike first, or some of them where there are very many. */
  readonly others: readonly Counterpart[];
  /** How many other copies there are. */
  readonly count: number;
}

/** A unit on the other side, and the share of tokens or members in common. */
export interface Counterpart {
  readonly unit: Unit;
  readonly share: number;
}

/** What is said in fewer tokens is said alike by chance. */
const MIN_TOKENS = 40;
/** Counterparts of each sort that are looked at: naming every copy at every other would be quadratic. */
const MAX_LISTED = 32;
const kinds = ["module", "code", "type", "vocabulary"] as const;

/** What copies are found by. */
type Ground = Pick<Workspace, "source" | "ownerOf" | "policy" | "resolve">;

/** What a search for copies found, and what it compared. */
export interface CopySearch {
  readonly copies: readonly Copy[];
  readonly survey: CopySurvey;
}

/** Finds what some files carry of what another project has too; whole modules are not told again declaration by declaration. */
export function findCopies(workspace: Ground, files: readonly Path[], terms: CopyTerms): CopySearch {
  const sides = new Sides(workspace, terms.shared);
  const units = files.flatMap((file) => unitsIn(workspace, file));
  units.sort((one, other) => Number(sides.isShared(other)) - Number(sides.isShared(one)));
  const copies: Copy[] = [];
  const copied = new Set<Path>();
  const involved = new Set<Path>();
  const surveys = new Map<UnitKind, KindSurvey>();
  for (const kind of kinds) {
    const comparison = alikeGroups(
      units.filter((unit) => unit.kind === kind && !copied.has(unit.file)),
      (unit) => sides.sideOf(unit),
    );
    copies.push(...copiesIn(comparison.found, sides, terms));
    if (kind === "module") for (const { unit } of copies) copied.add(unit.file);
    for (const { one, other } of comparison.found) for (const { file } of [...one.units, ...other.units]) involved.add(file);
    surveys.set(kind, surveyOf(comparison, sides));
  }
  return { copies, survey: { files: new Set(files), shared: terms.shared, involved, kinds: surveys } };
}

/** Whether a search would find the same in a workspace that differs from the one that was searched by some files. */
export function copiesStaySame(workspace: Ground, survey: CopySurvey, changed: readonly Path[]): boolean {
  return staysSame(survey, changed, unitAsk(workspace, survey));
}

/** What a search would have compared in a workspace that differs from the one that was searched by some files, where it would find the same. */
export function copySurveyAfter(workspace: Ground, survey: CopySurvey, changed: readonly Path[]): CopySurvey {
  return surveyAfter(survey, changed, unitAsk(workspace, survey));
}

function unitAsk(workspace: Ground, { shared }: CopySurvey): UnitAsk {
  const sides = new Sides(workspace, shared);
  return { unitsIn: (file) => unitsIn(workspace, file), sideOf: (unit) => sides.sideOf(unit), isShared: (unit) => sides.isShared(unit) };
}

/** The units of a file that are worth comparing. */
function unitsIn(workspace: Ground, file: Path): readonly Unit[] {
  const owner = workspace.ownerOf(file);
  const source = workspace.source(file);
  return owner?.layer === undefined || source === undefined ? [] : unitsOf(file, owner, source).filter(isOfSize);
}

function surveyOf({ groups, prints }: Comparison, sides: Sides): KindSurvey {
  const holders = groups.flatMap(({ units: [unit, ...others] }) => {
    if (unit === undefined) return [];
    const side = sides.sideOf(unit);
    return [{ file: unit.file, side: others.every((other) => sides.sideOf(other) === side) ? side : undefined, shared: sides.isShared(unit), size: sizeOf(unit) }];
  });
  const bare = groups.flatMap(({ units: [unit] }, index) => (unit === undefined || prints[index]?.length !== 0 ? [] : [[keyOf(unit), unit.file] as const]));
  return { holders, prints, bare: new Map(bare) };
}

function isOfSize({ elements, tokens }: Unit): boolean {
  return elements !== undefined || tokens.length >= MIN_TOKENS;
}

function copiesIn(found: readonly Alike[], sides: Sides, { minLines }: CopyTerms): readonly Copy[] {
  const counterparts = new Map<Group, { readonly group: Group; readonly share: number }[]>();
  const note = (group: Group, other: Group, share: number): void => {
    const known = counterparts.get(group);
    if (known === undefined) counterparts.set(group, [{ group: other, share }]);
    else known.push({ group: other, share });
  };
  for (const { one, other, share } of found) {
    note(one, other, share);
    if (one !== other) note(other, one, share);
  }
  return [...counterparts].flatMap(([group, alike]) => {
    const all = alike.flatMap(({ group: { units }, share }) => units.map((unit): Counterpart => ({ unit, share })));
    const candidates = all.length <= 2 * MAX_LISTED ? all : mostAlike(all, sides);
    const listed = new Set(candidates.map(({ unit }) => unit));
    const unlisted = all.length - candidates.length;
    // A group of several is among its own counterparts.
    const isUnlisted = (unit: Unit): boolean => unlisted > 0 && group.units.length > 1 && !listed.has(unit);
    return group.units.flatMap((unit) => copyOf(unit, candidates, unlisted - Number(isUnlisted(unit)), sides, minLines) ?? []);
  });
}

/** The counterparts that are most alike, of those that may own and of those that may not. */
function mostAlike(all: readonly Counterpart[], sides: Sides): readonly Counterpart[] {
  const sorted = all.toSorted((one, other) => other.share - one.share);
  const owners = sorted.filter(({ unit }) => sides.isShared(unit));
  const peers = sorted.filter(({ unit }) => !sides.isShared(unit));
  return [...owners.slice(0, MAX_LISTED), ...peers.slice(0, MAX_LISTED)];
}

function copyOf(unit: Unit, candidates: readonly Counterpart[], unlisted: number, sides: Sides, minLines: number): Copy | undefined {
  const counted = candidates
    .filter((other) => !sides.areOtherTypes(unit, other.unit))
    .filter((other) => unit.elements !== undefined || Math.max(unit.lines, other.unit.lines) >= minLines)
    .sort((one, other) => other.share - one.share || Number(other.unit.name === unit.name) - Number(one.unit.name === unit.name));
  if (counted.length === 0 || sides.isChecked(unit)) return undefined;
  const original = counted.find((other) => sides.owns(other.unit, unit));
  const others = counted.filter((other) => other !== original && sides.arePeers(other.unit, unit));
  const count = others.length + unlisted;
  if (original === undefined) return others.length === 0 ? undefined : { unit, others, count };
  return { unit, original, others, count };
}

/** Who may own what, by the import matrix. */
class Sides {
  readonly #ground: Ground;
  readonly #shared: ReadonlySet<Layer>;

  constructor(ground: Ground, shared: readonly Layer[]) {
    this.#ground = ground;
    this.#shared = new Set(shared);
  }

  /** Whether one unit belongs to a layer that the other's must build on: whoever is above takes from below. */
  owns(original: Unit, copy: Unit): boolean {
    if (!original.public || original.owner.folder === copy.owner.folder || !this.isShared(original)) return false;
    if (!this.isShared(copy)) return true;
    const [below, above] = [original.owner.layer, copy.owner.layer];
    return below !== above && mayImport(this.#ground.policy, above, below) && !mayImport(this.#ground.policy, below, above);
  }

  /** Whether two units are copies among apps and plugins. */
  arePeers(one: Unit, other: Unit): boolean {
    return one.public && other.public && one.owner.folder !== other.owner.folder && !this.isShared(one) && !this.isShared(other);
  }

  /** Units of one side are no copies of each other: one project, or packages that may be alike. */
  sideOf(unit: Unit): string {
    return this.isShared(unit) ? `layer ${unit.owner.layer ?? ""}` : `folder ${unit.owner.folder}`;
  }

  /** Whether the compiler holds the texts of a unit to a type that another project owns: that is using a vocabulary, not copying it. */
  isChecked(unit: Unit): boolean {
    return unit.kind === "vocabulary" && this.#typesOf(unit).some(({ from }) => from !== undefined && from.folder !== unit.owner.folder);
  }

  /** Whether two types only look alike: under names of their own they are written with different imported types. */
  areOtherTypes(one: Unit, other: Unit): boolean {
    if (one.kind !== "type" || one.name === other.name) return false;
    const [left, right] = [one, other].map((unit) => new Set(this.#typesOf(unit).map(({ name }) => name)));
    if (left === undefined || right === undefined) return false;
    const [fewer, more] = left.size < right.size ? [left, right] : [right, left];
    return ![...fewer].every((name) => more.has(name));
  }

  /** The imported types that a unit is written with: what they are called where they come from, and who owns that. */
  #typesOf({ file, types }: Unit): readonly { readonly name: string; readonly from: Owner | undefined }[] {
    const mentioned = new Set(types);
    if (mentioned.size === 0) return [];
    return (this.#ground.source(file)?.imports ?? []).flatMap(({ names, specifier }) => {
      const taken = names.filter(({ local }) => local !== undefined && mentioned.has(local));
      if (taken.length === 0 || specifier.kind !== "string") return [];
      const to = this.#ground.resolve(file, specifier.value);
      const from = to.kind === "file" ? this.#ground.ownerOf(to.path) : undefined;
      return taken.map(({ name }) => ({ name, from }));
    });
  }

  /** Whether a unit belongs to a layer that owns what is shared. */
  isShared({ owner }: Unit): boolean {
    return owner.layer !== undefined && this.#shared.has(owner.layer);
  }
}
