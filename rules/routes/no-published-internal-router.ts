import { defineRule } from "../../src/rule/rule.js";
import { madeOf, Makings } from "../../src/workspace/made-of.js";
import type { Mount } from "../../src/workspace/mounts.js";
import { servedRouters } from "../../src/workspace/served-routers.js";
import type { Located, Workspace } from "../../src/workspace/workspace.js";
import { chainTo, familyOf, isHost, links, originSteps, routes, stepAt, type RoutesSlice } from "./family.js";

/** What is published is a promise to strangers; who serves them the internal router promises them everything. */
export const noPublishedInternalRouter = defineRule({
  name: "no-published-internal-router",
  family: routes,
  summary: "The router served on the published routes is the published one when the manifest declares one, and the host owns no allow-list of namespaces.",
  decisions: ["D-007"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    same: "The manifest publishes its internal router: orpc.published is made of the same as orpc.router.",
    served: 'The internal router is served on "{{path}}", although the manifest declares a published one.',
    list: 'What is published on "{{path}}" is chosen by the host, although the manifest declares a published router.',
  },
  help: {
    same: "Declare in orpc.published only what strangers may call.",
    served: "Serve the manifest's orpc.published there.",
    list: "Let the manifest's orpc.published say what is published, and serve it as it is.",
  },

  *subjects({ workspace, policy }): Iterable<Subject> {
    if (workspace.seam("orpc.published").length === 0) return;
    yield* workspace.seam("orpc.published").map((published) => ({ kind: "manifest", published }) as const);
    const seen = new Set<string>();
    for (const mount of workspace.mounts) {
      const path = mount.paths.find((one) => familyOf(one.path, policy)?.audience === "public")?.path;
      if (path === undefined || mount.handler === undefined) continue;
      for (const router of servedRouters(workspace, mount.handler)) {
        const key = `${router.file}:${router.expression.span.join(":")}`;
        if (!seen.has(key)) yield { kind: "served", router, path, mount };
        seen.add(key);
      }
    }
  },

  *check(subject, { workspace, policy }) {
    const internal = workspace.seam("orpc.router");
    if (subject.kind === "manifest") {
      const { published } = subject;
      const own = new Makings(workspace, madeOf(workspace, published));
      const router = internal.find((one) => own.include(madeOf(workspace, one)));
      if (router === undefined) return;
      const shared = originSteps(own.sharedWith(madeOf(workspace, router)));
      const chain = links([...shared, stepAt(router, "it is the internal router here"), stepAt(published, "and the published one here")], workspace);
      yield { message: "same", data: {}, at: placeOf(published, workspace), subject: "orpc.published", chain };
      return;
    }
    const { router, path, mount } = subject;
    const served = new Makings(workspace, madeOf(workspace, router));
    const isMadeOf = (whole: Located): boolean => served.include(madeOf(workspace, whole));
    const at = placeOf(router, workspace);
    const chain = [...links([stepAt(router, "what is served is chosen here")], workspace), ...chainTo(mount, (one) => one === path, workspace)];
    if (choiceOf(router, policy, workspace)) yield { message: "list", data: { path }, at, subject: "list", chain };
    else if (internal.some((whole) => isMadeOf(whole) && !isPublished(whole, workspace))) yield { message: "served", data: { path }, at, subject: "served", chain };
  },
});

type Subject = { readonly kind: "manifest"; readonly published: Located } | { readonly kind: "served"; readonly router: Located; readonly path: string; readonly mount: Mount };

/** Whether the manifest publishes all that a router is made of: then that is what there is to say. */
function isPublished(router: Located, workspace: Workspace): boolean {
  return workspace.seam("orpc.published").some((published) => new Makings(workspace, madeOf(workspace, published)).include(madeOf(workspace, router)));
}

/** Whether the host itself puts together what is served: an object of members, or entries that a list lets through. */
function choiceOf(router: Located, policy: RoutesSlice, workspace: Workspace): boolean {
  return workspace.originsOf(router).origins.some(({ kind, at }) => {
    if (!isHost(at.file, policy, workspace)) return false;
    const { expression } = at;
    if (kind === "literal") return expression.kind === "object" && expression.entries.some(({ value }) => value.kind === "member");
    return kind === "call" && expression.kind === "call" && expression.callee.kind === "member" && expression.callee.key.kind === "string" && /^(?:fromEntries|pick|omit)$/u.test(expression.callee.key.value);
  });
}

function placeOf({ file, expression }: Located, workspace: Workspace): ReturnType<Workspace["place"]> {
  return workspace.place(file, expression.span);
}
