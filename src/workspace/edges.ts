import type { ImportFact } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import { aliasedImport } from "./import-alias.js";
import { mayImport, type Owner } from "./layers.js";
import { membersRead } from "./members-read.js";
import { nameSourcesOf, type NameSource, type Relay } from "./name-sources.js";
import type { ImportEdge, Workspace } from "./workspace.js";

/** An import that leaves the project it stands in: of the module that it names, or of one whose names that module only passes on. */
export interface Edge {
  readonly from: Path;
  readonly fact: ImportFact;
  /** The specifier, evaluated where it is computed. */
  readonly specifier: string;
  /** The module where what is taken is made; of a module that is not there, where it was looked for first. */
  readonly to: Path;
  readonly owners: { readonly from: Owner; readonly to: Owner };
  /** The exports of the package do not offer the module that the import names. */
  readonly private: boolean;
  /** No value arrives: the import takes only types. */
  readonly typeOnly: boolean;
  /** The modules that pass what is taken on, in order; none for the module that the import names itself. */
  readonly through: readonly Relay[];
}

/** What edges are made from. */
export interface EdgeGround extends Pick<Workspace, "ledger" | "policy" | "source" | "body" | "importsOf" | "resolve" | "manifest"> {
  ownerOf(path: Path): Owner | undefined;
}

interface Taken {
  readonly name: string;
  readonly typeOnly: boolean;
}

/**
 * Makes the question "which imports leave this file's project?", with what re-exports launder followed to where it is made.
 *
 * @remarks What a module of the same project passes on is that module's own import. A type of the manifest is no import at all.
 */
export function edgesOf(ground: EdgeGround): (path: Path) => readonly Edge[] {
  const sourcesOf = nameSourcesOf(ground, (file, local) => (isSuspect(ground, file) ? aliasedImport(ground.body(file), local, ground.source(file)?.imports) : undefined));
  const takenBy = (edge: ImportEdge, target: Path, to: Owner): readonly Taken[] =>
    namesTaken(edge.fact).flatMap((taken) => {
      const isOwn = ({ file }: NameSource): boolean => ground.ownerOf(file)?.folder === to.folder;
      // Which names a whole module is asked for matters only where it passes on what is not its own.
      const read = taken.name !== "*" || sourcesOf(target, "*").every(isOwn) ? undefined : membersRead(ground, edge.from, edge.fact);
      return read === undefined ? [taken] : read.map((name) => ({ name, typeOnly: taken.typeOnly }));
    });
  return ground.ledger.memo((path: Path) => {
    const from = ground.ownerOf(path);
    if (from === undefined) return [];
    return ground.importsOf(path).flatMap((edge) => {
      const { fact, specifier, to: found } = edge;
      const target = found.kind === "file" ? found.path : found.kind === "missing" ? found.looked[0] : undefined;
      const to = target === undefined ? undefined : ground.ownerOf(target);
      if (target === undefined || to === undefined || !isBorder(from, to)) return [];
      const sources = takenBy(edge, target, to).map((taken) => ({ taken, made: sourcesOf(target, taken.name) }));
      const typeOnly = fact.typeOnly || (sources.length > 0 && sources.every(({ taken, made }) => taken.typeOnly || arrivesAsType(taken, made)));
      const direct: Edge = { from: path, fact, specifier, to: target, owners: { from, to }, private: found.kind === "file" && found.private, typeOnly, through: [] };
      const laundered = new Map<string, Edge>();
      for (const { taken, made } of sources) {
        for (const { file, through, typeOnly: isType } of made) {
          const owner = ground.ownerOf(file);
          if (owner === undefined || owner.folder === to.folder || owner.folder === from.folder) continue;
          const one: Edge = { ...direct, to: file, owners: { from, to: owner }, private: false, typeOnly: fact.typeOnly || taken.typeOnly || isType, through };
          const known = laundered.get(owner.folder);
          // One import launders what a project owns once; a value says more than a type.
          if (known === undefined || (known.typeOnly && !one.typeOnly)) laundered.set(owner.folder, one);
        }
      }
      return [direct, ...laundered.values()].filter((one) => !(one.typeOnly && one.to === ground.manifest));
    });
  });
}

/** Whether an import from one to the other leaves a project; a manifest beside its host is a project of its own. */
function isBorder(from: Owner, to: Owner): boolean {
  return from.folder !== to.folder || (from.layer === "manifest" && to.layer === "host");
}

/** The names that an import takes; `*` for all that the module has. */
function namesTaken({ form, names, typeOnly }: ImportFact): readonly Taken[] {
  if (names.length > 0) return names;
  const takesAll = form === "dynamic" || form === "require" || form === "import-equals" || form === "import-type";
  return takesAll ? [{ name: "*", typeOnly }] : [];
}

function arrivesAsType({ name }: Taken, made: readonly NameSource[]): boolean {
  return name !== "*" && made.length > 0 && made.every((source) => source.typeOnly);
}

/**
 * Whether a module imports what its layer may not, or lies in no layer: only then is it worth to look into its body for values that it
 * exports under another name.
 */
function isSuspect(ground: EdgeGround, file: Path): boolean {
  const from = ground.ownerOf(file);
  const imports = ground.source(file)?.imports ?? [];
  return imports.some((fact) => {
    if (fact.typeOnly || fact.specifier.kind !== "string") return false;
    const to = ground.resolve(file, fact.specifier.value);
    const owner = to.kind === "file" ? ground.ownerOf(to.path) : undefined;
    if (owner === undefined || owner.folder === from?.folder) return false;
    return from?.layer === undefined || !mayImport(ground.policy, from.layer, owner.layer);
  });
}
