import type { Policy, Requirement, RouteFamily } from "../../src/policy/policy.js";
import type { Family } from "../../src/rule/rule.js";

/** What drift-guard reads of the policy to watch itself. */
export interface GuardSlice {
  readonly required: readonly Requirement[];
  readonly manifestExport: string;
  readonly families: Readonly<Record<string, RouteFamily>>;
}

/** drift-guard watching itself: what it was told to protect is there, and nothing switches it off in silence. */
export const guard: Family<GuardSlice> = {
  name: "guard",
  sentence: "drift-guard is never silently off: what it was told to protect exists, and every suppression says why, whose and until when.",
  slice: (policy: Policy) => ({ required: policy.required, manifestExport: policy.layout.manifest.export, families: policy.routes.families }),
};
