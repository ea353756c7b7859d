import type { Path } from "../../src/files/path.js";
import type { CompositionPolicy, Policy } from "../../src/policy/policy.js";
import type { Family } from "../../src/rule/rule.js";
import { generated } from "../../src/workspace/facets.js";
import type { Edge } from "../../src/workspace/edges.js";
import type { Place, Workspace } from "../../src/workspace/workspace.js";

/** What the composition rules read of the policy. */
export interface CompositionSlice extends CompositionPolicy {
  /** Where a manifest is looked for; nothing is composed where it is looked for nowhere. */
  readonly manifests: readonly string[];
  /** Globs of host files. */
  readonly host: readonly string[];
  /** Globs of the modules that may import the manifest's value. */
  readonly entries: readonly string[];
  /** Whether the manifest builds what hosts mount, or only declares it. */
  readonly mode: Policy["layout"]["manifest"]["mode"];
}

/** One module says what a headquarters consists of, and hosts mount what they find there. */
export const composition: Family<CompositionSlice> = {
  name: "composition",
  sentence: "The manifest is the composition authority; host code consumes the seams that it owns.",
  slice: ({ composition: own, layout }: Policy) => ({ ...own, manifests: layout.manifest.files, host: layout.host, entries: layout.manifest.entries, mode: layout.manifest.mode }),
};

/** The host's own modules, tests and generated ones aside. */
export function hostFiles(workspace: Workspace): readonly Path[] {
  return workspace.matching(workspace.policy.layout.host).filter((path) => workspace.facet(path, generated) === false && !workspace.isTest(path));
}

/** Where an import names its module. */
export function specifierPlace({ from, fact }: Edge, workspace: Workspace): Place {
  return workspace.place(from, fact.specifier.span);
}
