import type { Span } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import { spellsOne } from "../facets.js";
import type { Located, Plugin, Workspace } from "../workspace.js";
import { capabilityOf } from "./capability.js";
import { membersAt, membersBelow, type ManifestMember, type TreeAsk } from "./manifest-tree.js";

/** What comparing plugins with the manifest asks of the workspace. */
export type RegistrationAsk = TreeAsk &
  Pick<
    Workspace,
    "policy" | "plugins" | "manifest" | "manifestModules" | "source" | "facet" | "linksIn" | "json" | "resolve" | "exported" | "ownerOf" | "projectOf" | "isTest" | "matching"
  >;

/** Where plugins and manifest disagree. */
export type RegistrationBreach =
  /** Nothing of the manifest takes anything of the plugin. */
  | { readonly kind: "unregistered"; readonly plugin: Plugin; readonly capability: string }
  /** It is taken, and not where it would be reached; `seam` is where it is missing. */
  | { readonly kind: "unrouted" | "unserved"; readonly plugin: Plugin; readonly capability: string; readonly seam: string }
  /** The manifest names a capability that nothing backs; `instead` is a plugin that has no entry. */
  | { readonly kind: "unbacked"; readonly member: ManifestMember; readonly instead: Plugin | undefined }
  /** The entry's prefix is another capability's. */
  | { readonly kind: "prefix"; readonly member: ManifestMember; readonly at: Located; readonly prefix: string; readonly plugin: Plugin | undefined };

/** The seams that policy names, by what they are for. */
export interface SeamNames {
  readonly router: string | undefined;
  readonly triggers: string | undefined;
  readonly capabilities: string | undefined;
  readonly durable: string | undefined;
}

/** Finds out by their names what the seams of the policy are for. */
export function seamNames(seams: readonly string[]): SeamNames {
  const triggers = seams.find((seam) => /trigger/iu.test(seam));
  return {
    triggers,
    router: seams.find((seam) => seam !== triggers && /router$/iu.test(seam)),
    capabilities: triggers?.includes(".") === true ? `${triggers.slice(0, triggers.lastIndexOf("."))}.capabilities` : undefined,
    durable: seams.find((seam) => /inngest|durable/iu.test(seam)),
  };
}

/** Every disagreement between the plugins that there are and what the manifest says. */
export function registrationBreaches(ask: RegistrationAsk): readonly RegistrationBreach[] {
  if (ask.manifest === undefined) return [];
  const seams = seamNames(ask.policy.composition.seams);
  const everywhere = ownersBehind(ask, membersBelow(ask, ""));
  const behind = (seam: string | undefined): ReadonlySet<Path> | undefined => {
    const members = seam === undefined ? [] : membersAt(ask, seam);
    return members.length === 0 ? undefined : ownersBehind(ask, members);
  };
  const [router, triggers, durable] = [behind(parentOf(seams.router)), behind(seams.triggers), behind(seams.durable)];
  const entries = seams.capabilities === undefined ? [] : membersBelow(ask, seams.capabilities);
  const breaches: RegistrationBreach[] = [];
  const unlisted: Plugin[] = [];
  for (const plugin of ask.plugins.filter(({ kind }) => kind === "api" || kind === "workflows")) {
    const { folder, kind } = plugin;
    const capability = capabilityOf(ask, plugin);
    if (!plugin.sources.some((path) => !ask.isTest(path)) && plugin.packageJson === undefined) continue;
    if (!everywhere.has(folder)) breaches.push({ kind: "unregistered", plugin, capability });
    else if (kind === "api") {
      if (router !== undefined && !router.has(folder)) breaches.push({ kind: "unrouted", plugin, capability, seam: seams.router ?? "" });
    } else if (seams.capabilities !== undefined && membersAt(ask, seams.capabilities).length > 0 && !entries.some(({ key }) => isSameName(key, capability))) unlisted.push(plugin);
    else if (triggers !== undefined && !triggers.has(folder) && hasRoutes(ask, plugin)) breaches.push({ kind: "unrouted", plugin, capability, seam: seams.triggers ?? "" });
    else if (durable !== undefined && !durable.has(folder) && hasFunctions(ask, plugin.sources)) breaches.push({ kind: "unserved", plugin, capability, seam: seams.durable ?? "" });
  }
  for (const member of entries) {
    const plugin = ask.plugins.find((one) => one.kind === "workflows" && isSameName(member.key, capabilityOf(ask, one)));
    if (plugin === undefined && !isBackedByPackage(ask, member.key, everywhere)) breaches.push({ kind: "unbacked", member, instead: unlisted.shift() });
    else breaches.push(...wrongPrefixes(ask, member, plugin));
  }
  for (const plugin of unlisted) breaches.push({ kind: "unrouted", plugin, capability: capabilityOf(ask, plugin), seam: seams.capabilities ?? "" });
  return breaches;
}

function parentOf(seam: string | undefined): string | undefined {
  return seam?.includes(".") === true ? seam.slice(0, seam.lastIndexOf(".")) : seam;
}

/** `exampleTodo` and `example-todo` are one name. */
export function isSameName(a: string, b: string): boolean {
  const plain = (name: string): string => name.replace(/[-_]/gu, "").toLowerCase();
  return plain(a) === plain(b);
}

const makesFunctions = spellsOne(["createFunction"]);

function hasFunctions(ask: RegistrationAsk, sources: readonly Path[]): boolean {
  return sources.some((path) => !ask.isTest(path) && ask.facet(path, makesFunctions) === true);
}

function hasRoutes(ask: RegistrationAsk, { sources }: Plugin): boolean {
  return sources.some((path) => !ask.isTest(path) && ask.linksIn(path).some(({ typeOnly, specifier }) => !typeOnly && specifier?.startsWith("@orpc/server") === true));
}

/** Where there is no plugin, a package of the capability's name that has durable functions stands for it. */
function isBackedByPackage(ask: RegistrationAsk, key: string, behind: ReadonlySet<Path>): boolean {
  // A workflow plugin speaks by what it declares, whatever its folder is called.
  const speaking = new Set(ask.plugins.flatMap(({ kind, folder }) => (kind === "workflows" ? [folder] : [])));
  return [...behind].some((folder) => {
    if (speaking.has(folder)) return false;
    const name = folder.split("/").at(-1) ?? "";
    const isNamed = isSameName(name, key) || name.startsWith(`${key.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}-`);
    return isNamed && hasFunctions(ask, ask.matching([`${folder}/**`]));
  });
}

function* wrongPrefixes(ask: RegistrationAsk, member: ManifestMember, plugin: Plugin | undefined): Generator<RegistrationBreach> {
  for (const { value: at } of membersBelow(ask, member.path).filter(({ key }) => key === "pathPrefix")) {
    const value = ask.valueOf(at);
    const texts = (value.kind === "known" ? value.values : value.partial).flatMap((one) => (one.kind === "primitive" && typeof one.value === "string" ? [one.value] : []));
    const wrong = texts.find((text) => !(text.startsWith("/") && isSameName(text.split("/")[1] ?? "", member.key)));
    if (wrong !== undefined) yield { kind: "prefix", member, at, prefix: wrong, plugin };
  }
}

/** The projects and plugins whose exports stand behind members of the manifest. */
export function ownersBehind(ask: RegistrationAsk, members: readonly ManifestMember[]): ReadonlySet<Path> {
  const owners = new Set<Path>();
  const seen = new Set<string>();
  const queue = members.map(({ value }) => ({ file: value.file, span: value.expression.span }));
  for (const { file, span } of queue) {
    for (const id of namesWithin(ask, file, span)) queue.push(...valuesOf(ask, file, id, owners, seen));
  }
  return owners;
}

/** The names that a piece of a module spells. */
function namesWithin(ask: RegistrationAsk, file: Path, [start, end]: Span): readonly number[] {
  return (ask.cursors(file)?.all ?? []).flatMap(({ of, node }) => (of === "expression" && node.kind === "reference" && start <= node.span[0] && node.span[1] <= end ? [node.binding] : []));
}

function valuesOf(ask: RegistrationAsk, file: Path, id: number, owners: Set<Path>, seen: Set<string>): readonly { readonly file: Path; readonly span: Span }[] {
  const place = `${file}#${String(id)}`;
  const binding = ask.body(file)?.bindings[id];
  if (seen.has(place) || binding === undefined) return [];
  seen.add(place);
  if (binding.import === undefined) return [binding.value, ...binding.writes].flatMap((value) => (value === undefined ? [] : [{ file, span: value.span }]));
  const specifier = ask.source(file)?.imports[binding.import.index]?.specifier;
  const to = specifier?.kind === "string" ? ask.resolve(file, specifier.value) : undefined;
  if (to?.kind !== "file") return [];
  const exported = ask.exported(to.path, binding.import.name);
  // A module that the manifest is split into is looked through; what another project passes on is somebody else's.
  if (exported.kind === "binding" && ask.manifestModules.includes(exported.file)) return valuesOf(ask, exported.file, exported.binding, owners, seen);
  for (const path of exported.kind === "binding" ? [to.path, exported.file] : [to.path]) {
    const owner = ask.ownerOf(path);
    if (owner !== undefined) owners.add(owner.folder);
  }
  return [];
}
