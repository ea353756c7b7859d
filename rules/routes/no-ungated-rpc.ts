import { defineRule } from "../../src/rule/rule.js";
import type { Lack } from "../../src/workspace/guards.js";
import { isUnder } from "../../src/workspace/mounts/route-path.js";
import { chainTo, evidenceOf, familyOf, mountPlace, pathsText, routes } from "./family.js";

/** The whole router is for our own callers: a mount without gate hands it to everybody. */
export const noUngatedRpc = defineRule({
  name: "no-ungated-rpc",
  family: routes,
  summary: "Every `/rpc` mount passes the caller gate before the RPC handler.",
  decisions: ["D-007"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    ungated: '"{{path}}" of the family {{family}} hands requests to the RPC handler {{why}}.',
    unprovable: 'That "{{path}}" of the family {{family}} asks who is calling before the RPC handler cannot be proven: {{reason}}.',
  },
  help: {
    ungated: "Ask a gate first, and answer 401, 403 or 404 where it says no; cookies, user agents and the mere form of a token prove nothing.",
    unprovable: "Decide in code of this workspace, or name the gate in routes.gates.",
  },

  *subjects({ workspace, policy }) {
    for (const mount of workspace.mounts) {
      const family = mount.paths.map(({ path }) => familyOf(path, policy)).find((found) => found?.audience === "first-party");
      if (family !== undefined) yield { mount, family };
    }
  },

  *check({ mount, family }, { workspace }) {
    const { verdict } = workspace.guardsOf(mount, "gate");
    if (verdict.kind === "guarded") return;
    const path = pathsText(mount);
    const base = { at: mountPlace(mount, workspace), subject: path, related: evidenceOf(verdict, workspace, "the RPC handler runs here", "the gate takes its trust from here"), chain: chainTo(mount, (one) => isUnder(one, family.prefix), workspace) };
    if (verdict.kind === "unguarded") yield { message: "ungated", data: { path, family: family.name, why: lacks[verdict.lack] }, ...base };
    else yield { message: "unprovable", data: { path, family: family.name, reason: verdict.reason }, ...base };
  },
});

const lacks: Readonly<Record<Lack, string>> = {
  missing: "without asking who is calling",
  evaded: "also where no gate let the caller in",
  unawaited: "without awaiting the gate",
  distrusted: "on what any caller can send: a cookie, a user agent, the form of a token",
  undenied: "without ever answering 401, 403 or 404",
};
