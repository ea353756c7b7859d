import type { Audience, Policy, RouteFamily, RoutesPolicy } from "../../src/policy/policy.js";
import type { Family, Related } from "../../src/rule/rule.js";
import type { GuardVerdict } from "../../src/workspace/guards.js";
import type { Mount, MountedPath, PathPart } from "../../src/workspace/mounts.js";
import { isUnder, joinPaths } from "../../src/workspace/mounts/route-path.js";
import type { Located, Origin, Place, Step, Workspace } from "../../src/workspace/workspace.js";

/** What the routes rules read of the policy. */
export interface RoutesSlice extends RoutesPolicy {
  /** Globs of host files. */
  readonly host: readonly string[];
}

/** Who may call what over HTTP: every route belongs to a family, and every family has its place, its guard and its tests. */
export const routes: Family<RoutesSlice> = {
  name: "routes",
  sentence: "Route families have explicit boundaries: each is mounted where the layout says, guarded as its callers demand, and tested.",
  slice: ({ routes: own, layout }: Policy) => ({ ...own, host: layout.host }),
};

/** A family with its name. */
export interface NamedFamily extends RouteFamily {
  readonly name: string;
}

/** All families by name, the longest prefix first. */
export function familiesOf(policy: RoutesPolicy): readonly NamedFamily[] {
  return Object.entries(policy.families).map(([name, family]) => ({ name, ...family })).toSorted((a, b) => b.prefix.length - a.prefix.length);
}

/** The family that a path belongs to. */
export function familyOf(path: string, policy: RoutesPolicy): NamedFamily | undefined {
  return familiesOf(policy).find(({ prefix }) => isUnder(path, prefix));
}

/** Whether a file is the host's own code. */
export function isHost(file: Mount["file"], policy: RoutesSlice, workspace: Workspace): boolean {
  return workspace.matches(file, policy.host) && !workspace.isTest(file);
}

/** Whether a file belongs to the client that first-party callers share. */
export function isSharedClient(file: Mount["file"], policy: RoutesSlice, workspace: Workspace): boolean {
  return workspace.matches(file, policy.sharedClient.map((folder) => `${folder}/**`));
}

/** The mounts that one call makes, in the order of registration. */
export function mountsByCall(mounts: readonly Mount[]): readonly (readonly Mount[])[] {
  const groups = new Map<string, Mount[]>();
  for (const mount of mounts) {
    const key = `${mount.file}\0${mount.call.expression.span.join(":")}\0${mount.framework === "bun" ? (mount.pathAt?.expression.span.join(":") ?? "") : ""}`;
    groups.set(key, [...(groups.get(key) ?? []), mount]);
  }
  return [...groups.values()];
}

/** Where a mount's path is spelled: its own path, else the call. */
export function mountPlace(mount: Mount, workspace: Workspace): Place {
  const { call, pathAt } = mount;
  return pathAt !== undefined && isInside(pathAt, call) ? workspace.place(pathAt.file, pathAt.expression.span) : workspace.place(call.file, call.expression.span);
}

/** Every path of a mount, for a message. */
export function pathsText({ paths }: Mount): string {
  return paths.length === 0 ? "a path that is not known" : paths.map(({ path }) => path).join('", "');
}

/** Where what is protected runs, and the decision that does or does not protect it. */
export function evidenceOf(verdict: GuardVerdict, workspace: Workspace, runs: string, decides: string): readonly Related[] {
  const related = ({ file, expression }: Located, message: string): Related => ({ at: workspace.place(file, expression.span), message });
  if (verdict.kind === "guarded") return [];
  if (verdict.kind === "unprovable") return [related(verdict.at, verdict.reason)];
  return [related(verdict.at, runs), ...(verdict.evidence === undefined ? [] : [related(verdict.evidence, decides)])];
}

/** The piece with which a path gets under a prefix. */
export function decidingPart({ parts }: MountedPath, prefix: string): PathPart | undefined {
  return parts.find((_, at) => isUnder(joinPaths(parts.slice(0, at + 1).map(({ text }) => text)), prefix)) ?? parts.at(-1);
}

/** Where a piece of a path is spelled: in the call that gives it. */
export function partPlace({ at, call }: PathPart, workspace: Workspace): Place {
  const spelled = isInside(at, call) ? at : call;
  return workspace.place(spelled.file, spelled.expression.span);
}

/** How a path comes about: from the literals through every name to the call that mounts it. */
export function chainOf(mount: Mount, path: MountedPath, workspace: Workspace): readonly Related[] {
  const spelled = path.parts.flatMap(({ text, at, steps }): readonly Step[] => [...steps.toReversed(), stepAt(at, `it is "${text}" here`)]);
  return links([...spelled, ...wayTo(mount, `"${path.path}" is mounted here (app ${mount.evidence})`)], workspace);
}

/** The calls that lead to a mount; `note` says what the last of them does. */
export function wayTo({ through }: Mount, note: string): readonly Step[] {
  return through.map((call) => stepAt(call, call === through.at(-1) ? note : "this call leads to the mount"));
}

/** How a value gets from where it is made to where it was asked for. */
export function originSteps(origin: Origin | undefined): readonly Step[] {
  return origin === undefined ? [] : [stepAt(origin.at, "it is made here"), ...origin.steps.toReversed()];
}

/** A place as a step. */
export function stepAt({ file, expression }: Located, note: string): Step {
  return { file, span: expression.span, note };
}

/** The same for the first of a mount's paths that belongs to a family, or for its first. */
export function chainTo(mount: Mount, isMeant: (path: string) => boolean, workspace: Workspace): readonly Related[] {
  const path = mount.paths.find((one) => isMeant(one.path)) ?? mount.paths[0];
  return path === undefined ? [] : chainOf(mount, path, workspace);
}

/** Steps that an answer went through, the last of them first, as links of a chain. */
export function links(steps: readonly Step[], workspace: Workspace): readonly Related[] {
  const chain = steps.map(({ file, span, note }): Related => ({ at: workspace.place(file, span), message: note }));
  return chain.filter((one, at) => at === 0 || !isSame(one, chain[at - 1]));
}

/** The place in the order of mounting that a family's callers give it. */
export function rankOf(audience: Audience): number {
  return { runtime: 0, workflow: 1, "first-party": 2, public: 2 }[audience];
}

function isInside(inner: Located, outer: Located): boolean {
  const [start, end] = inner.expression.span;
  const [from, to] = outer.expression.span;
  return inner.file === outer.file && from <= start && end <= to;
}

function isSame(a: Related, b: Related | undefined): boolean {
  return b !== undefined && a.message === b.message && a.at.file === b.at.file && a.at.line === b.at.line && a.at.column === b.at.column;
}
