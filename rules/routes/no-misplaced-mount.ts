import { defineRule } from "../../src/rule/rule.js";
import type { Mount, MountedPath } from "../../src/workspace/mounts.js";
import { isListed, isUnder, plainSegments, shadows } from "../../src/workspace/mounts/route-path.js";
import type { Workspace } from "../../src/workspace/workspace.js";
import { chainOf, decidingPart, familiesOf, familyOf, isHost, mountPlace, mountsByCall, partPlace, routes, type NamedFamily, type RoutesSlice } from "./family.js";

/** Who may call a route is decided by its family; a route that is mounted elsewhere or above others escapes what guards the family. */
export const noMisplacedMount = defineRule({
  name: "no-misplaced-mount",
  family: routes,
  summary: "A route family is mounted only where the layout says, under its own prefix.",
  decisions: ["D-005", "D-007"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    place: '"{{path}}" of the family {{family}} is mounted in {{file}}; only {{owners}} may mount it.',
    shadow: '"{{path}}" answers for what belongs to the family {{family}} ("{{prefix}}").',
    foreign: '"{{path}}" belongs to no route family and is no auxiliary route of the host.',
    workflow: '"{{path}}" puts workflows under the prefix of the family {{family}}; they have their own family, {{other}} ("{{prefix}}").',
  },
  help: {
    place: "Mount it in {{owners}}, or say in routes.families.{{family}}.mountedIn where the family is mounted now.",
    shadow: "Mount a narrower path, so that every family is reached through its own mounts only.",
    foreign: "Mount it under the prefix of a family, or list it in routes.auxiliary if nobody but operators and browsers calls it.",
    workflow: 'Mount it under "{{prefix}}".',
  },

  subjects: ({ workspace }) => mountsByCall(workspace.mounts),

  *check(mounts, { workspace, policy }) {
    const said = new Set<string>();
    for (const mount of mounts) {
      for (const path of mount.paths) {
        for (const breach of breachesOf(mount, path, policy, workspace)) {
          const subject = `${breach.message} ${breach.data.family}`;
          if (said.has(subject)) continue;
          said.add(subject);
          const part = breach.prefix === undefined ? undefined : decidingPart(path, breach.prefix);
          const at = part === undefined ? mountPlace(mount, workspace) : partPlace(part, workspace);
          yield { ...breach, at, subject, chain: chainOf(mount, path, workspace) };
        }
      }
    }
  },
});

interface Breach {
  readonly message: "place" | "shadow" | "foreign" | "workflow";
  readonly data: Readonly<Record<"path" | "family" | "file" | "owners" | "prefix" | "other", string>>;
  /** Where the path gets into the family. */
  readonly prefix?: string;
}

function* breachesOf(mount: Mount, mounted: MountedPath, policy: RoutesSlice, workspace: Workspace): Generator<Breach> {
  const { path } = mounted;
  const data = { path, family: "", file: mount.file, owners: "", prefix: "", other: "" };
  const family = familyOf(path, policy);
  if (family !== undefined) {
    const workflows = workflowsUnder(family, path, policy) ?? workflowsOf(mount, family, policy, workspace);
    if (workflows !== undefined) {
      yield { message: "workflow", data: { ...data, family: family.name, other: workflows.name, prefix: workflows.prefix }, prefix: `${family.prefix}/${lastOf(workflows.prefix)}` };
      return;
    }
    const file = decidingPart(mounted, family.prefix)?.call.file ?? mount.file;
    if (family.mountedIn.length === 0 || workspace.matches(file, family.mountedIn)) return;
    yield { message: "place", data: { ...data, family: family.name, file, owners: family.mountedIn.join(", "), prefix: family.prefix }, prefix: family.prefix };
    return;
  }
  const shadowed = familiesOf(policy).find(({ prefix }) => shadows(path, mount.subtree, prefix));
  if (shadowed !== undefined && (plainSegments(path) > 0 || isOfHost(mount, policy, workspace))) {
    yield { message: "shadow", data: { ...data, family: shadowed.name, prefix: shadowed.prefix } };
  } else if (isHost(mount.file, policy, workspace) && !isListed(path, policy.auxiliary)) yield { message: "foreign", data };
}

/** The workflow family whose name stands below the prefix of a first-party one: `/rpc/workflows`. */
function workflowsUnder(family: NamedFamily, path: string, policy: RoutesSlice): NamedFamily | undefined {
  if (family.audience !== "first-party") return undefined;
  return familiesOf(policy).find(({ audience, prefix }) => audience === "workflow" && isUnder(path, `${family.prefix}/${lastOf(prefix)}`));
}

/** The same through the prefix of the handler that answers. */
function workflowsOf(mount: Mount, family: NamedFamily, policy: RoutesSlice, workspace: Workspace): NamedFamily | undefined {
  for (const at of mount.handlerPrefixes) {
    const value = workspace.valueOf(at);
    if (value.kind !== "known") continue;
    for (const constant of value.values) {
      const found = constant.kind === "primitive" && typeof constant.value === "string" ? workflowsUnder(family, constant.value, policy) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Whether the server is one that the host mounts on: a catch-all at the root of another program shadows nothing. */
function isOfHost(mount: Mount, policy: RoutesSlice, workspace: Workspace): boolean {
  return isHost(mount.file, policy, workspace) || workspace.mounts.some(({ app, file }) => app === mount.app && isHost(file, policy, workspace));
}

function lastOf(prefix: string): string {
  return prefix.split("/").at(-1) ?? prefix;
}
