import type { AuthorityPolicy, Layer, Policy } from "../../src/policy/policy.js";
import type { Family, Related } from "../../src/rule/rule.js";
import type { Edge } from "../../src/workspace/edges.js";
import type { Place, Workspace } from "../../src/workspace/workspace.js";

/** What the authority rules read of the policy. */
export interface AuthoritySlice extends AuthorityPolicy {
  /** Globs of the modules that compose hosts from the manifest. */
  readonly entries: readonly string[];
  /** Layers that own what is shared: those that plugins may import. */
  readonly shared: readonly Layer[];
}

/** What is shared has one owner, and imports lead to owners only. */
export const authority: Family<AuthoritySlice> = {
  name: "authority",
  sentence: "Shared authority belongs in package-owned seams; app- and plugin-local code is adapters and glue.",
  slice: ({ authority: own, layout }: Policy) => ({
    ...own,
    entries: layout.manifest.entries,
    shared: own.mayImport["plugin"] ?? ["package", "service", "resource"],
  }),
};

/** Where an import names its module. */
export function specifierPlace({ from, fact }: Edge, workspace: Workspace): Place {
  return workspace.place(from, fact.specifier.span);
}

/** The modules that pass an import on, for a message; nothing where the import names what it takes. */
export function throughText({ through }: Edge): string {
  return through.length === 0 ? "" : ` (through ${through.map(({ file }) => file).join(" and ")})`;
}

/** The way of an import from module to module, and for a computed specifier what it turned out to be. */
export function trailOf(edge: Edge, workspace: Workspace): readonly Related[] {
  const { from, fact, specifier, through } = edge;
  const computed = fact.specifier.kind === "string" ? [] : stepsOf(edge, workspace);
  const passed = through.map(({ file, span }): Related => ({ at: workspace.place(file, span), message: `${file} passes it on.` }));
  const made = through.length === 0 ? [] : [{ at: workspace.line(edge.to, 1), message: `${edge.to} is where it is made.` }];
  const value = computed.length === 0 ? [] : [...computed, { at: workspace.place(from, fact.specifier.span), message: `The specifier is "${specifier}".` }];
  return [...value, ...passed, ...made];
}

function stepsOf({ from, fact }: Edge, workspace: Workspace): readonly Related[] {
  const value = workspace.valueOf({ file: from, expression: fact.specifier });
  return value.steps.map(({ file, span, note }) => ({ at: workspace.place(file, span), message: note }));
}
