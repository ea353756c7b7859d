import type { Path } from "../../files/path.js";
import { bridgeLedger, type LedgerEntry } from "../bridges/ledger.js";
import type { Located, Place, Workspace } from "../workspace.js";
import { membersBelow, objectsAt, type ManifestMember } from "./manifest-tree.js";
import { behind } from "./reach.js";
import { ownersBehind } from "./registration.js";
import { readsOf } from "./seam-reads.js";

/** The composition of a workspace as it is: what the manifest offers, who stands behind it, and where hosts mount it. */
export interface CompositionMap {
  readonly manifest: Path | undefined;
  readonly seams: readonly MappedSeam[];
  readonly mounts: readonly MappedMount[];
  readonly families: readonly MappedFamily[];
  /** The plugins and packages behind the seams. */
  readonly owners: readonly { readonly folder: Path; readonly name: string; readonly layer: string; readonly capability?: string }[];
  readonly bridges: readonly LedgerEntry[];
}

export interface MappedSeam {
  /** Its dotted path in the manifest. */
  readonly path: string;
  readonly at: Place;
  /** Folders of the owners behind it. */
  readonly owners: readonly Path[];
}

export interface MappedMount {
  readonly paths: readonly string[];
  readonly methods: string;
  readonly at: Place;
  /** The route family that it belongs to; none for auxiliary routes. */
  readonly family?: string;
  /** The seams that its handler reads. */
  readonly seams: readonly string[];
}

export interface MappedFamily {
  readonly name: string;
  readonly prefix: string;
  /** The test files that request it. */
  readonly tests: readonly Path[];
}

/** How deep the manifest is shown: objects of objects are looked into, what they hold is not. */
const DEPTH = 3;

/**
 * Draws the map; asked only by who wants to see it.
 *
 * @param dayOf the day on which a place was written, where somebody knows
 */
export function compositionMap(workspace: Workspace, dayOf: (at: Place) => string | undefined): CompositionMap {
  const members = seamsBelow(workspace, "", 1);
  const seams = members.map((member) => ({
    path: member.path,
    at: placeOf(workspace, member.at),
    owners: [...ownersBehind(workspace, [member])].sort(),
  }));
  const readAt = new Map(members.flatMap(({ path }) => readsOf(workspace, path).map(({ at }) => [keyOf(at), path] as const)));
  const families = Object.entries(workspace.policy.routes.families);
  const mounts = workspace.mounts.map((mount): MappedMount => {
    const paths = mount.paths.map(({ path }) => path);
    const family = families.find(([, { prefix }]) => paths.some((path) => path === prefix || path.startsWith(`${prefix}/`)))?.[0];
    const found = mount.handler === undefined ? [] : seamsBehind(workspace, mount.handler, readAt);
    return {
      paths,
      methods: mount.methods === "all" ? "all" : mount.methods.join(", "),
      at: placeOf(workspace, mount.call),
      ...(family !== undefined && { family }),
      seams: found,
    };
  });
  const folders = new Set(seams.flatMap(({ owners }) => owners));
  return {
    manifest: workspace.manifest,
    seams,
    mounts,
    families: families.map(([name, { prefix }]) => ({ name, prefix, tests: testsOf(workspace, prefix, mounts.filter(({ family }) => family === name)) })),
    owners: [...folders].sort().map((folder) => ownerAt(workspace, folder)),
    bridges: bridgeLedger(workspace, dayOf),
  };
}

function seamsBelow(workspace: Workspace, path: string, depth: number): readonly ManifestMember[] {
  return membersBelow(workspace, path).flatMap((member) => {
    const inner = objectsAt(workspace, member.value).flatMap(({ expression }) => expression.entries);
    const holdsObjects = inner.length > 0 && inner.every((entry) => entry.kind === "property" && entry.value.kind !== "string");
    const isContainer = holdsObjects && depth < DEPTH && (depth === 1 || inner.every(({ value }) => value.kind === "object"));
    if (member.value.expression.kind === "string") return [];
    return isContainer ? seamsBelow(workspace, member.path, depth + 1) : [member];
  });
}

function seamsBehind(workspace: Workspace, start: Located, readAt: ReadonlyMap<string, string>): readonly string[] {
  const queue: Located[] = [start];
  const seen = new Set<string>();
  const found = new Set<string>();
  for (const at of queue) {
    const key = `${at.expression.kind} ${keyOf(at)}`;
    if (seen.has(key) || seen.size > 3000 || workspace.manifestModules.includes(at.file)) continue;
    seen.add(key);
    const seam = at.expression.kind === "member" ? readAt.get(keyOf(at)) : undefined;
    if (seam !== undefined) {
      found.add(seam);
      continue;
    }
    queue.push(...behind(workspace, isHandling(at) ? { ...at, expression: at.expression.callee } : at));
  }
  return [...found].sort();
}

/** `handler.handle(request, { context })`: the request and its context are nothing that is mounted. */
function isHandling(at: Located): at is Located & { readonly expression: Extract<Located["expression"], { kind: "call" }> } {
  const { expression } = at;
  return expression.kind === "call" && expression.callee.kind === "member" && expression.callee.key.kind === "string" && expression.callee.key.value === "handle";
}

function keyOf({ file, expression }: Located): string {
  return `${file} ${expression.span.join(":")}`;
}

function placeOf(workspace: Workspace, { file, expression }: Located): Place {
  return workspace.place(file, expression.span);
}

function testsOf(workspace: Workspace, prefix: string, mounts: readonly MappedMount[]): readonly Path[] {
  const hosts = new Set(mounts.map(({ at }) => at.file));
  return [...new Set([...hosts].flatMap((host) => workspace.evidenceFor(prefix, host).map(({ file }) => file)))].sort();
}

function ownerAt(workspace: Workspace, folder: Path): CompositionMap["owners"][number] {
  const plugin = workspace.plugins.find((one) => one.folder === folder);
  const project = workspace.projects.find((one) => one.folder === folder);
  return {
    folder,
    name: project?.name ?? folder,
    layer: project?.layer ?? (plugin === undefined ? "other" : "plugin"),
    ...(plugin !== undefined && { capability: workspace.capabilityOf(plugin) }),
  };
}
