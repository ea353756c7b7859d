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
  "no-dead-policy": { replace: "return workspace.names(subject);", by: "return true;" },
};
