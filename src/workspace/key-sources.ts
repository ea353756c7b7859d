import type { Path } from "../files/path.js";
import { hasText, spellsOne } from "./facets.js";
import type { Reads } from "./ledger.js";
import type { Workspace } from "./workspace.js";

/** The shortest part of a name that tells where the name may come from; of a short name, half of it. */
const SHORTEST_PART = 3;

/**
 * How hard to look for the names in a file: not at all; as far as is cheap, and at texts that it changes only, where nothing near it spells
 * one; as far as it goes.
 */
export type Depth = "none" | "little" | "full";

type Ground = Pick<Workspace, "ledger" | "source" | "facet" | "linksOf">;

/**
 * Decides from outlines alone whether a file may use one of some names as a key: it spells one, it takes a constant from a module that
 * spells one, or it takes keys from elsewhere and something that it imports, directly or not, spells a name, one in another case, or a part
 * of one in a text. What changes texts to make keys of them may make any.
 *
 * @param ground questions on the workspace
 * @param wanted names of properties
 */
export function keySources(ground: Ground, wanted: readonly string[]): (file: Path) => Depth {
  const spellsOrigin = spellsOne([...new Set(wanted.flatMap((name) => [name, ...casesOf(name)]))]);
  const hasPart = hasText([...new Set(wanted.flatMap((name) => [...partsOf(name)]))]);
  const spellsName = spellsOne(wanted);
  const spells = ground.ledger.memo((file: Path) => ground.facet(file, spellsOrigin) !== false || ground.facet(file, hasPart) !== false);
  /** Files that nothing near spells a name for, and what has been read to see that. */
  const barren = new Map<Path, Reads>();

  const isFed = (file: Path): boolean => {
    const reached = new Set([file]);
    const { answer, reads } = ground.ledger.gather(() => {
      for (const next of reached) {
        const known = barren.get(next);
        if (known !== undefined) ground.ledger.rest(known);
        else if (spells(next)) return true;
        else for (const { to, typeOnly } of ground.linksOf(next)) if (!typeOnly && to.kind === "file") reached.add(to.path);
      }
      return false;
    });
    if (!answer) for (const path of reached) barren.set(path, reads);
    return answer;
  };

  /** What takes a constant that is one of the names may hand it to a function that uses it as key. */
  const takesName = (file: Path): boolean =>
    ground.linksOf(file).some(({ to, typeOnly, names }) => !typeOnly && to.kind === "file" && names.some(isConstantName) && ground.facet(to.path, spellsName) === true);

  return ground.ledger.memo((file: Path) => {
    const source = ground.source(file);
    if (source === undefined) return "none";
    const { taken, changed } = source.openKeys;
    const isOpen = taken.length > 0 || changed.length > 0;
    if (ground.facet(file, spellsName) === true || (isOpen && isFed(file)) || takesName(file)) return "full";
    return changed.length > 0 ? "little" : "none";
  });
}

/** Whether a name is written as constants are that are made to be taken. */
export function isConstantName(name: string): boolean {
  return /^[A-Z][A-Z\d_]*$/u.test(name);
}

function* partsOf(name: string): Generator<string> {
  const shortest = Math.min(SHORTEST_PART, Math.ceil(name.length / 2));
  for (let from = 0; from + shortest <= name.length; from += 1) {
    for (let to = from + shortest; to <= name.length; to += 1) yield name.slice(from, to);
  }
}

/** `templateRole` as template-role, template_role, TEMPLATE_ROLE, TemplateRole, templaterole and TEMPLATEROLE. */
function casesOf(name: string): readonly string[] {
  const words = name.replace(/([a-z\d])([A-Z])/gu, "$1 $2").split(/[\s_-]+/u);
  const lower = words.map((word) => word.toLowerCase());
  const capital = lower.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  const all = [lower.join("-"), lower.join("_"), lower.join(""), capital.join(""), capital.join("-")];
  return [...all, ...all.map((text) => text.toUpperCase())];
}
