import { defineRule } from "../../src/rule/rule.js";
import type { Mount } from "../../src/workspace/mounts.js";
import { isUnder } from "../../src/workspace/mounts/route-path.js";
import type { Located, Place, Workspace } from "../../src/workspace/workspace.js";
import { chainTo, familyOf, mountPlace, rankOf, routes, type NamedFamily } from "./family.js";

/** What is registered first answers first: the ingress must be there before anything that could answer for it. */
export const noMountReorder = defineRule({
  name: "no-mount-reorder",
  family: routes,
  summary: "Ingress mounts first, then workflows, then rpc and openapi.",
  decisions: ["D-008"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    order: "The family {{early}} is mounted before {{late}}.",
  },
  help: {
    order: "Register the families in this order: runtime ingress, workflows, then rpc and the published routes.",
  },

  *subjects({ workspace, policy }) {
    const apps = new Map<string, Ranked[]>();
    for (const mount of workspace.mounts) {
      const family = mount.paths.map(({ path }) => familyOf(path, policy)).find((found) => found !== undefined);
      if (family !== undefined) apps.set(mount.app, [...(apps.get(mount.app) ?? []), { mount, family }]);
    }
    yield* apps.values();
  },

  *check(mounts, { workspace }) {
    const said = new Set<string>();
    for (const [position, early] of mounts.entries()) {
      const late = mounts.slice(position + 1).find(({ family }) => rankOf(family.audience) < rankOf(early.family.audience));
      if (late === undefined) continue;
      const [at, other] = whereTheyPart(early.mount, late.mount, workspace);
      const key = `${at.file}:${String(at.line)}:${String(at.column)}`;
      if (said.has(key)) continue;
      said.add(key);
      yield {
        message: "order",
        data: { early: early.family.name, late: late.family.name },
        at,
        subject: `${early.family.name} ${late.family.name}`,
        related: [{ at: other, message: `the family ${late.family.name} is mounted here` }],
        chain: [early, late].flatMap(({ mount, family }) => chainTo(mount, (path) => isUnder(path, family.prefix), workspace)),
      };
    }
  },
});

interface Ranked {
  readonly mount: Mount;
  readonly family: NamedFamily;
}

/** The two calls in one body of code that put the mounts into their order. */
function whereTheyPart(early: Mount, late: Mount, workspace: Workspace): readonly [Place, Place] {
  const at = early.through.findIndex((call, position) => !isSame(call, late.through[position]));
  const place = (mount: Mount): Place => {
    const call = mount.through[at];
    return call === undefined || call === mount.through.at(-1) ? mountPlace(mount, workspace) : workspace.place(call.file, call.expression.span);
  };
  return [place(early), place(late)];
}

function isSame(a: Located, b: Located | undefined): boolean {
  return b !== undefined && a.file === b.file && a.expression.span[0] === b.expression.span[0] && a.expression.span[1] === b.expression.span[1];
}
