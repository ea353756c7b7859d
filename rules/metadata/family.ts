import type { MetadataPolicy, Policy } from "../../src/policy/policy.js";
import type { Family } from "../../src/rule/rule.js";

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
