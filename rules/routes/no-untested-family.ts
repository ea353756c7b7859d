import { defineRule } from "../../src/rule/rule.js";
import type { Audience } from "../../src/policy/policy.js";
import type { Mount } from "../../src/workspace/mounts.js";
import { isUnder } from "../../src/workspace/mounts/route-path.js";
import type { Workspace } from "../../src/workspace/workspace.js";
import { chainTo, familiesOf, familyOf, mountPlace, routes, type NamedFamily, type RoutesSlice } from "./family.js";

/** A boundary that no test crosses is a belief; one that no test is turned away at may be open. */
export const noUntestedFamily = defineRule({
  name: "no-untested-family",
  family: routes,
  summary: "Each mounted family has a live test that reaches it and, where callers must be turned away, one that proves a refusal.",
  decisions: ["D-015"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    reached: 'No live test reaches the family {{family}} ("{{prefix}}") with an accepted status.',
    refused: 'No live test proves that the family {{family}} ("{{prefix}}") refuses {{caller}}.',
    both: 'No live test reaches the family {{family}} ("{{prefix}}") or proves that it refuses {{caller}}.',
  },
  help: {
    reached: 'Request a path under "{{prefix}}" in a test that runs, and expect its status to be a success.',
    refused: 'Request a path under "{{prefix}}" as {{caller}} in a test that runs, and expect 401, 403 or 404.',
    both: 'Request paths under "{{prefix}}" in tests that run: expect success for those who may, and 401, 403 or 404 for {{caller}}.',
  },

  subjects: ({ workspace, policy }) => familiesOf(policy).flatMap((family) => mountOf(family, policy, workspace)),

  *check({ family, mount }, { workspace }) {
    const needs = NEEDS[family.audience];
    const proven = new Set(workspace.evidenceFor(family.prefix, mount.file).map(({ outcome }) => outcome));
    const lacks = { reached: needs.reached && !proven.has("reached"), refused: needs.refused && !proven.has("refused") };
    if (!lacks.reached && !lacks.refused) return;
    const message = lacks.reached && lacks.refused ? "both" : lacks.reached ? "reached" : "refused";
    yield { message, data: { family: family.name, prefix: family.prefix, caller: needs.caller }, at: mountPlace(mount, workspace), subject: `${family.name} ${message}`, chain: chainTo(mount, (path) => isUnder(path, family.prefix), workspace) };
  },
});

/** What tests must prove, by whom a family is for. */
const NEEDS: Readonly<Record<Audience, { readonly reached: boolean; readonly refused: boolean; readonly caller: string }>> = {
  "first-party": { reached: true, refused: true, caller: "an external caller" },
  public: { reached: true, refused: false, caller: "" },
  workflow: { reached: true, refused: false, caller: "" },
  runtime: { reached: false, refused: true, caller: "a caller without a signature" },
};

interface MountedFamily {
  readonly family: NamedFamily;
  readonly mount: Mount;
}

/** Where a family is mounted first; its own place before others. */
function mountOf(family: NamedFamily, policy: RoutesSlice, workspace: Workspace): readonly MountedFamily[] {
  const mounts = workspace.mounts.filter(({ paths }) => paths.some(({ path }) => familyOf(path, policy)?.name === family.name));
  const mount = mounts.find(({ file }) => workspace.matches(file, family.mountedIn)) ?? mounts[0];
  return mount === undefined ? [] : [{ family, mount }];
}
