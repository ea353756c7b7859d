import type { Path } from "../files/path.js";
import { memo } from "./memo.js";
import type { Workspace } from "./workspace.js";

/** The shortest part of a name that tells where the name may come from; of a short name, half of it. */
const SHORTEST_PART = 3;

/** How hard to look for the names in a file: not at all; as far as is cheap, where nothing near it spells one; as far as it goes. */
export type Depth = "none" | "little" | "full";

type Ground = Pick<Workspace, "source" | "importsOf">;

/**
 * Decides from outlines alone whether a file may use one of some names as a key: it spells one, it takes a constant from a module that
 * spells one, or it takes keys from elsewhere and something that it imports, directly or not, spells a name, a part of one, or one in
 * another case. What changes texts to make keys of them may make any.
 *
 * @param ground questions on the workspace
 * @param wanted names of properties
 */
export function keySources(ground: Ground, wanted: readonly string[]): (file: Path) => Depth {
  const names = new Set(wanted);
  const origins = new Set(wanted.flatMap((name) => [...partsOf(name), ...casesOf(name)]));
  const spells = memo((file: Path) => ground.source(file)?.names.some((name) => origins.has(name)) ?? true);
  const barren = new Set<Path>();

  const isFed = (file: Path): boolean => {
    const reached = new Set([file]);
    for (const next of reached) {
      if (spells(next)) return true;
      for (const { to, fact } of ground.importsOf(next)) {
        if (to.kind === "file" && !fact.typeOnly && !barren.has(to.path)) reached.add(to.path);
      }
    }
    for (const path of reached) barren.add(path);
    return false;
  };

  /** What takes a constant that is one of the names may hand it to a function that uses it as key. */
  const takesName = (file: Path): boolean =>
    ground.importsOf(file).some(({ to, fact }) => {
      if (to.kind !== "file" || fact.typeOnly || !fact.names.some(({ name }) => isConstantName(name))) return false;
      return ground.source(to.path)?.names.some((name) => names.has(name)) === true;
    });

  return memo((file: Path) => {
    const source = ground.source(file);
    if (source === undefined) return "none";
    if (source.names.some((name) => names.has(name)) || (source.openKeys !== "none" && isFed(file)) || takesName(file)) return "full";
    return source.openKeys === "changed" ? "little" : "none";
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
