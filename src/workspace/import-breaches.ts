import { entryQuestion, type EntryQuestion } from "./composition/public-entry.js";
import { isRelative } from "./specifier.js";
import { mayImport, type Owner } from "./layers.js";
import type { Edge } from "./edges.js";
import { parentOf, type Path } from "../files/path.js";
import type { Workspace } from "./workspace.js";

/**
 * The rules that judge single imports, the most specific first: where several hit one import, only the first speaks.
 *
 * @remarks The one place of this order. A rule that is off still keeps those behind it from speaking: what one decided to allow must not
 * come back under another name.
 */
export const importRules = [
  "no-host-import-in-manifest",
  "no-deep-import",
  "no-plugin-to-plugin-import",
  "no-cross-project-relative-import",
  "no-upward-import",
] as const;

export type ImportRule = (typeof importRules)[number];

/** An import and the rule that speaks of it. */
export interface ImportBreach {
  readonly rule: ImportRule;
  readonly edge: Edge;
}

/** What judging imports asks of the workspace. */
export interface BreachGround
  extends Pick<Workspace, "ledger" | "policy" | "isJudged" | "json" | "resolve" | "projectOf" | "manifest" | "manifestModules" | "secondAuthorities" | "isTest" | "matches"> {
  edgesOf(path: Path): readonly Edge[];
}

type Judgement = (edge: Edge, ground: BreachGround, entries: EntryQuestion) => boolean;

const judgements: Readonly<Record<ImportRule, Judgement>> = {
  "no-host-import-in-manifest": isHostInManifest,
  "no-deep-import": isDeep,
  "no-plugin-to-plugin-import": isPluginToPlugin,
  "no-cross-project-relative-import": isCrossProjectRelative,
  "no-upward-import": isUpward,
};

/**
 * Makes the question "which of a file's imports are breaches, and of which rule?".
 *
 * @remarks Tests may import across layers and projects; what a generator wrote is no authority's import.
 */
export function importBreachesOf(ground: BreachGround): (path: Path) => readonly ImportBreach[] {
  const entries = entryQuestion(ground);
  return ground.ledger.memo((path: Path) => {
    if (!ground.isJudged(path)) return [];
    const breaches = ground.edgesOf(path).flatMap((edge): readonly ImportBreach[] => {
      const rule = importRules.find((name) => judgements[name](edge, ground, entries));
      return rule === undefined ? [] : [{ rule, edge }];
    });
    return breaches.filter((breach) => !breaches.some((other) => isNamedWithin(breach, other)));
  });
}

/** Whether an import only loads what another one inside it names: `import(new URL("…", import.meta.url).href)`. */
function isNamedWithin({ rule, edge: outer }: ImportBreach, { rule: innerRule, edge: inner }: ImportBreach): boolean {
  const [start, end] = outer.fact.span;
  const [from, to] = inner.fact.span;
  return from >= start && to <= end && to - from < end - start && rule === innerRule && outer.owners.to.folder === inner.owners.to.folder;
}

function isHostInManifest({ from, owners }: Edge, { manifestModules }: BreachGround): boolean {
  return owners.to.layer === "host" && manifestModules.includes(from);
}

/** Manifest and hosts enter what others own by its public entry; a plugin without package.json has none but its path. */
function isDeep({ from, to, owners, specifier, through, private: isPrivate }: Edge, ground: BreachGround, entries: EntryQuestion): boolean {
  const project = ground.projectOf(to);
  const isComposing = owners.from.layer === "host" || ground.manifestModules.includes(from);
  if (!isComposing || !isOwned(owners.to) || through.length > 0 || project === undefined || isAsset(to)) return false;
  if (owners.to.plugin !== undefined && owners.to.plugin.packageJson === undefined) return false;
  return entries.isPast(project, to, specifier, isPrivate);
}

/** Whether a file is none that runs; what package.json says of a package is anybody's to read. */
function isAsset(path: Path): boolean {
  return /\.(?:json|css|scss|svg|png|html|md|wasm|txt)$/u.test(path);
}

/** Whether a package, service, resource or plugin; what apps, hosts and the manifest have is not entered by them, or has its own rule. */
function isOwned({ layer, plugin }: Owner): boolean {
  return plugin !== undefined || (layer !== undefined && layer !== "app" && layer !== "host" && layer !== "manifest");
}

function isPluginToPlugin({ owners, typeOnly }: Edge): boolean {
  return !typeOnly && owners.from.plugin !== undefined && owners.to.plugin !== undefined;
}

/** The manifest composes the workspace from its root, and a plugin without package.json has no name to be entered by. */
function isCrossProjectRelative({ from, to, owners, specifier, through }: Edge, ground: BreachGround): boolean {
  if (through.length > 0 || !isRelative(specifier) || owners.from.folder === owners.to.folder) return false;
  if (from === ground.manifest || to === ground.manifest || !isBound(owners) || isToolConfig(from, owners.from)) return false;
  const mayEnterByPath = owners.from.layer === "host" || isEntry(from, ground);
  return !(mayEnterByPath && owners.to.plugin !== undefined && owners.to.plugin.packageJson === undefined);
}

/** Whether the layout speaks of the importing project, or else both have names; parts of one project may be Nx projects without. */
function isBound({ from, to }: Edge["owners"]): boolean {
  if (from.layer !== undefined || from.plugin !== undefined) return true;
  return from.packageJson !== undefined && to.packageJson !== undefined;
}

/** Settings of a tool, which may build on those of the whole workspace. */
function isToolConfig(path: Path, owner: Owner): boolean {
  return parentOf(path) === owner.folder && /(?:\.(?:config|workspace|setup|preset)|(?:^|\/)\.[^/]+)\.[cm]?[jt]sx?$/u.test(path);
}

function isUpward(edge: Edge, ground: BreachGround): boolean {
  const { from, owners } = edge;
  if (isEntry(from, ground) || isSecondAuthority(edge, ground)) return false;
  return !mayImport(ground.policy, owners.from.layer, owners.to.layer) || entersPluginByForce(edge);
}

/**
 * Whether an app takes the manifest's value, which another rule tells of: the manifest stands beside apps, so that no layer is broken.
 *
 * @remarks From below it is both: whoever is under the manifest makes a circle of layers.
 */
function isSecondAuthority({ from, fact, owners }: Edge, ground: BreachGround): boolean {
  const { manifest } = ground;
  if (manifest === undefined || owners.from.layer !== "app" || ground.projectOf(manifest)?.folder !== owners.to.folder) return false;
  return ground.secondAuthorities.some(({ kind, file, span }) => kind === "importer" && file === from && span[0] === fact.specifier.span[0]);
}

/** An app enters a plugin only through what it exports; for manifest and hosts the same is a rule of its own. */
function entersPluginByForce({ owners: { from, to }, private: isPrivate, through }: Edge): boolean {
  const isApp = from.layer !== undefined && from.layer !== "manifest" && from.layer !== "host";
  return isApp && isPrivate && to.plugin !== undefined && through.length === 0;
}

function isEntry(path: Path, { matches, policy }: BreachGround): boolean {
  return matches(path, policy.layout.manifest.entries);
}
