import type { MetadataPolicy, Policy } from "../../src/policy/policy.js";
import type { Family } from "../../src/rule/rule.js";
import { jsonProperty } from "../../src/workspace/json.js";
import type { Place, Plugin, Workspace } from "../../src/workspace/workspace.js";

/** What the metadata rules read of the policy. */
export interface MetadataSlice extends MetadataPolicy {
  /** Whether a plugin may do without package.json. */
  readonly packageless: boolean;
}

/** Runtime semantics of plugins: where they come from, and what means nothing. */
export const metadata: Family<MetadataSlice> = {
  name: "metadata",
  sentence: "Runtime semantics stay on rawr.kind, rawr.capability and manifest registration; legacy metadata keys mean nothing.",
  slice: (policy: Policy) => ({ ...policy.metadata, packageless: policy.layout.packageless }),
};

/** Where a plugin declares its capability; without package.json, its first source file. */
export function capabilityPlace(workspace: Workspace, plugin: Plugin): Place {
  const file = plugin.packageJson;
  const first = plugin.sources.find((path) => !workspace.isTest(path)) ?? plugin.sources[0];
  if (file === undefined) return first === undefined ? workspace.home : workspace.line(first, 1);
  const root = workspace.json(file)?.root;
  const rawr = jsonProperty(root, "rawr");
  const span = jsonProperty(rawr?.value, "capability")?.value.span ?? rawr?.keySpan ?? jsonProperty(root, "name")?.value.span;
  return span === undefined ? workspace.line(file, 1) : workspace.place(file, span);
}
