/**
 * Every rule of the law by family, whether or not it is built yet: what a config may name.
 *
 * @remarks The rules themselves live in a later room; a test there holds that each of them is listed here.
 */
export const law = {
  metadata: ["no-legacy-metadata-key", "require-plugin-metadata", "no-kind-mismatch", "no-unregistered-plugin"],
  routes: [
    "no-misplaced-mount",
    "no-unprovable-mount",
    "no-unsigned-ingress",
    "no-ungated-rpc",
    "no-wrong-transport",
    "no-shared-trigger-router",
    "no-published-internal-router",
    "no-mount-reorder",
    "no-route-literal-in-package",
    "no-untested-family",
  ],
  composition: ["no-host-import-in-manifest", "no-deep-import", "no-local-composition", "no-impure-manifest", "no-second-authority"],
  authority: [
    "no-upward-import",
    "no-plugin-to-plugin-import",
    "no-cross-project-relative-import",
    "no-unprovable-import",
    "no-duplicate-authority",
    "no-boundary-contract-in-package",
    "no-adapter-bootstrap",
  ],
  convergence: ["no-open-ended-bridge", "no-overdue-bridge", "no-bridge-leak", "no-exit-due-soon"],
  guard: ["no-open-ended-suppression", "no-dead-policy"],
} as const;

/** The ESLint namespace under which comments and configurations name our rules. */
export const RULE_PREFIX = "drift-guard/";

/** Id of a rule of the law, without prefix. */
export type RuleName = (typeof law)[keyof typeof law][number];

/** Every rule id in the order of the law. */
export const ruleNames: readonly RuleName[] = Object.values(law).flat();

/** The families that rules belong to, in the order of the law. */
export function familiesOf(rules: readonly RuleName[]): readonly string[] {
  const wanted = new Set<string>(rules);
  return Object.entries(law).flatMap(([family, names]) => (names.some((name) => wanted.has(name)) ? [family] : []));
}
