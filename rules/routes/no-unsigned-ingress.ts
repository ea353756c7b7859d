import { defineRule } from "../../src/rule/rule.js";
import type { Lack } from "../../src/workspace/guards.js";
import type { Mount } from "../../src/workspace/mounts.js";
import type { Workspace } from "../../src/workspace/workspace.js";
import { chainTo, evidenceOf, familyOf, mountPlace, pathsText, routes, type RoutesSlice } from "./family.js";

/** What the ingress runs is trusted by everything behind it: only the runtime that signed a request may start it. */
export const noUnsignedIngress = defineRule({
  name: "no-unsigned-ingress",
  family: routes,
  summary: "Every mount that reaches an Inngest serve handler rejects the request on the result of a verifier before the handler runs.",
  decisions: [],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    unsigned: '"{{path}}" hands requests to the Inngest handler {{why}}.',
    second: '"{{path}}" mounts the Inngest handler a second time, beside "{{first}}".',
    unprovable: 'That "{{path}}" lets only signed requests through to the Inngest handler cannot be proven: {{reason}}.',
  },
  help: {
    unsigned: "Reject the request before the handler runs unless a verifier, awaited, found that its signature is right.",
    second: "Delete this mount: signed ingress has one address.",
    unprovable: "Compare the signature in code of this workspace, or name the verifier in routes.verifiers.",
  },

  *subjects({ workspace, policy }) {
    for (const mount of workspace.mounts) if (isIngress(mount, policy, workspace)) yield mount;
  },

  *check(mount, { workspace, policy }) {
    const at = mountPlace(mount, workspace);
    const data = { path: pathsText(mount), why: "", first: "", reason: "" };
    const subject = data.path;
    const chain = chainTo(mount, (path) => familyOf(path, policy)?.audience === "runtime", workspace);
    const { verdict, reaches } = workspace.guardsOf(mount, "signature");
    const first = firstOf(mount, policy, workspace);
    if (first !== undefined) {
      const related = [{ at: mountPlace(first, workspace), message: `it is mounted at "${pathsText(first)}" here` }];
      yield { message: "second", data: { ...data, first: pathsText(first) }, at, subject: `second ${subject}`, related, chain };
    }
    const related = evidenceOf(verdict, workspace, "the Inngest handler runs here", "the decision that does not hold is taken here");
    if (verdict.kind === "unguarded") yield { message: "unsigned", data: { ...data, why: lacks[verdict.lack] }, at, subject, related, chain };
    else if (verdict.kind === "unprovable" && (reaches.length > 0 || isOfFamily(mount, policy))) yield { message: "unprovable", data: { ...data, reason: verdict.reason }, at, subject, related, chain };
  },
});

const lacks: Readonly<Record<Lack, string>> = {
  missing: "without comparing a signature",
  evaded: "also where no signature was found to be right",
  unawaited: "without awaiting the verifier",
  distrusted: "on a decision that any caller can bring about",
  undenied: "without ever refusing one",
};

function isOfFamily({ paths }: Mount, policy: RoutesSlice): boolean {
  return paths.some(({ path }) => familyOf(path, policy)?.audience === "runtime");
}

function isIngress(mount: Mount, policy: RoutesSlice, workspace: Workspace): boolean {
  return isOfFamily(mount, policy) || handlersOf(mount, workspace).length > 0;
}

function handlersOf(mount: Mount, workspace: Workspace): readonly string[] {
  return workspace.guardsOf(mount, "signature").reaches.flatMap(({ what, id }) => (what === "ingress" ? [id] : []));
}

/** The mount that already answers for the same handler under another path: the first under the family's own prefix, else the first. */
function firstOf(mount: Mount, policy: RoutesSlice, workspace: Workspace): Mount | undefined {
  const handlers = handlersOf(mount, workspace);
  const same = workspace.mounts.filter((other) => {
    const others = handlersOf(other, workspace);
    return others.length > 0 && handlers.length > 0 && (other.app === mount.app || others.some((id) => handlers.includes(id)));
  });
  const first = same.find((other) => isOfFamily(other, policy)) ?? same[0];
  return first === undefined || pathsText(first) === pathsText(mount) ? undefined : first;
}
