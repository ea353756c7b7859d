import type { Path } from "../files/path.js";
import type { Layer } from "../policy/policy.js";
import { alikeGroups, type Alike, type Group } from "./copies/alike.js";
import { unitsOf, type Unit } from "./copies/units.js";
import { mayImport } from "./layers.js";
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
  /** The other copies, the most alike first. */
  readonly others: readonly Counterpart[];
}

/** A unit on the other side, and the share of tokens or members in common. */
export interface Counterpart {
  readonly unit: Unit;
  readonly share: number;
}

/** What is said in fewer tokens is said alike by chance. */
const MIN_TOKENS = 40;
const kinds = ["module", "code", "type", "vocabulary"] as const;

/** Finds what some files carry of what another project has too; whole modules are not told again declaration by declaration. */
export function findCopies(workspace: Pick<Workspace, "source" | "ownerOf" | "policy">, files: readonly Path[], terms: CopyTerms): readonly Copy[] {
  const sides = new Sides(workspace.policy, terms.shared);
  const units = files.flatMap((file) => {
    const owner = workspace.ownerOf(file);
    const source = workspace.source(file);
    return owner?.layer === undefined || source === undefined ? [] : unitsOf(file, owner, source).filter(isOfSize);
  });
  const copies: Copy[] = [];
  const copied = new Set<Path>();
  for (const kind of kinds) {
    const found = alikeGroups(
      units.filter((unit) => unit.kind === kind && !copied.has(unit.file)),
      (unit) => sides.sideOf(unit),
    );
    copies.push(...copiesIn(found, sides, terms));
    if (kind === "module") for (const { unit } of copies) copied.add(unit.file);
  }
  return copies;
}

function isOfSize({ elements, tokens }: Unit): boolean {
  return elements !== undefined || tokens.length >= MIN_TOKENS;
}

function copiesIn(found: readonly Alike[], sides: Sides, { minLines }: CopyTerms): readonly Copy[] {
  const counterparts = new Map<Group, { readonly group: Group; readonly share: number }[]>();
  const note = (group: Group, other: Group, share: number): void => {
    counterparts.set(group, [...(counterparts.get(group) ?? []), { group: other, share }]);
  };
  for (const { one, other, share } of found) {
    note(one, other, share);
    if (one !== other) note(other, one, share);
  }
  return [...counterparts].flatMap(([group, alike]) => {
    const candidates = alike.flatMap(({ group: { units }, share }) => units.map((unit): Counterpart => ({ unit, share })));
    return group.units.flatMap((unit) => copyOf(unit, candidates, sides, minLines) ?? []);
  });
}

function copyOf(unit: Unit, candidates: readonly Counterpart[], sides: Sides, minLines: number): Copy | undefined {
  const counted = candidates
    .filter((other) => unit.elements !== undefined || Math.max(unit.lines, other.unit.lines) >= minLines)
    .sort((one, other) => other.share - one.share || Number(other.unit.name === unit.name) - Number(one.unit.name === unit.name));
  const original = counted.find((other) => sides.owns(other.unit, unit));
  const others = counted.filter((other) => other !== original && sides.arePeers(other.unit, unit));
  if (original === undefined) return others.length === 0 ? undefined : { unit, others };
  return { unit, original, others };
}

/** Who may own what, by the import matrix. */
class Sides {
  readonly #policy: Workspace["policy"];
  readonly #shared: ReadonlySet<Layer>;

  constructor(policy: Workspace["policy"], shared: readonly Layer[]) {
    this.#policy = policy;
    this.#shared = new Set(shared);
  }

  /** Whether one unit belongs to a layer that the other's must build on: whoever is above takes from below. */
  owns(original: Unit, copy: Unit): boolean {
    if (!original.public || original.owner.folder === copy.owner.folder || !this.#isShared(original)) return false;
    if (!this.#isShared(copy)) return true;
    const [below, above] = [original.owner.layer, copy.owner.layer];
    return below !== above && mayImport(this.#policy, above, below) && !mayImport(this.#policy, below, above);
  }

  /** Whether two units are copies among apps and plugins. */
  arePeers(one: Unit, other: Unit): boolean {
    return one.public && other.public && one.owner.folder !== other.owner.folder && !this.#isShared(one) && !this.#isShared(other);
  }

  /** Units of one side are no copies of each other: one project, or packages that may be alike. */
  sideOf(unit: Unit): string {
    return this.#isShared(unit) ? `layer ${unit.owner.layer ?? ""}` : `folder ${unit.owner.folder}`;
  }

  #isShared({ owner }: Unit): boolean {
    return owner.layer !== undefined && this.#shared.has(owner.layer);
  }
}
