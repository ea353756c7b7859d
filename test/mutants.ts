/** A change of a rule that makes it wrong. */
export interface Mutation {
  /** Text in the rule's source, exactly once. */
  readonly replace: string;
  readonly by: string;
}

/** One way to break each rule; its fixtures must notice. */
export const mutations: Readonly<Record<string, Mutation>> = {
  "no-kind-mismatch": { replace: "declared === plugin.kind", by: "declared !== plugin.kind" },
  "no-legacy-metadata-key": { replace: "|| use.refused()", by: "" },
  "require-plugin-metadata": { replace: '?? "").trim() === ""', by: '?? "") === ""' },
  "no-plugin-to-plugin-import": { replace: 'rule !== "no-plugin-to-plugin-import"', by: 'rule === "no-plugin-to-plugin-import"' },
  "no-cross-project-relative-import": { replace: "workspace.importBreachesOf(path)", by: "[...workspace.importBreachesOf(path)].slice(1)" },
  "no-upward-import": { replace: 'rule !== "no-upward-import"', by: 'rule !== "no-upward-import" || edge.typeOnly' },
  "no-unprovable-import": { replace: "load?.isFile === true || leaves", by: "leaves" },
  "no-host-import-in-manifest": { replace: "workspace.importBreachesOf(path)", by: "workspace.importBreachesOf(path).slice(1)" },
  "no-deep-import": { replace: 'rule !== "no-deep-import"', by: 'rule !== "no-deep-import" || edge.typeOnly' },
  "no-local-composition": { replace: "one.at.file !== path", by: 'one.at.file !== path || one.kind === "testing"' },
  "no-second-authority": { replace: "workspace.secondAuthorities", by: "workspace.secondAuthorities.slice(1)" },
  "no-impure-manifest": { replace: "at.file === path", by: 'at.file === path && !does.startsWith("reads")' },
  "no-unregistered-plugin": { replace: 'kind === "api" || kind === "workflows"', by: 'kind === "api"' },
  "no-boundary-contract-in-package": { replace: 'constant.members.has("handler")', by: "false" },
  "no-adapter-bootstrap": { replace: "clients.length < 2", by: "true" },
  "no-duplicate-authority": { replace: "const shown = original ?? others[0];", by: "const shown = original;" },
  "no-misplaced-mount": { replace: "|| workspace.matches(file, family.mountedIn)", by: "" },
  "no-unprovable-mount": { replace: "blocked !== undefined", by: "blocked === undefined" },
  "no-mount-reorder": { replace: "rankOf(family.audience) < ", by: "rankOf(family.audience) > " },
  "no-shared-trigger-router": { replace: "makings.include(own)", by: "false" },
  "no-published-internal-router": { replace: "isMadeOf(whole) && !isPublished", by: "!isMadeOf(whole) && !isPublished" },
  "no-wrong-transport": { replace: '"external") return undefined', by: '"local") return undefined' },
  "no-route-literal-in-package": { replace: "&& !isSharedClient(path, policy, workspace)", by: "" },
  "no-unsigned-ingress": { replace: 'verdict.kind === "unguarded"', by: 'verdict.kind === "guarded"' },
  "no-ungated-rpc": { replace: 'verdict.kind === "guarded"', by: 'verdict.kind !== "unprovable"' },
  "no-untested-family": { replace: 'needs.refused && !proven.has("refused")', by: "false" },
  "no-open-ended-bridge": { replace: "&& !hasProse", by: "" },
  "no-overdue-bridge": { replace: 'state.kind === "overdue"', by: 'state.kind !== "met"' },
  "no-bridge-leak": { replace: 'leak.kind === "exported"', by: 'leak.kind === "barrel") continue;\n      if (leak.kind === "exported"' },
  "no-exit-due-soon": { replace: "state.days > NOTICE", by: "state.days >= NOTICE" },
  "no-open-ended-suppression": { replace: "if (!silenced.includes(rule)) yield", by: "if (silenced.length === 0) yield" },
  "no-dead-policy": { replace: "return workspace.names(subject);", by: "return true;" },
};
