import type { ImportFact } from "../../src/facts/facts.js";
import type { Path } from "../../src/files/path.js";
import { defineRule } from "../../src/rule/rule.js";
import type { Located, Resolution, Value, Workspace } from "../../src/workspace/workspace.js";
import { authority } from "./family.js";

/** An import that nobody can follow may lead anywhere: every other rule about imports is blind to it. */
export const noUnprovableImport = defineRule({
  name: "no-unprovable-import",
  family: authority,
  summary: "In plugin and package code every module specifier can be resolved.",
  decisions: ["D-014"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    unprovable: 'Which module "{{owner}}" loads here cannot be proven: {{reason}}.',
    nobody: '"{{specifier}}" is in a scope of this workspace, and no project provides it.',
  },
  help: {
    unprovable: "Name the module by a constant, or choose among constants; what must be found at run time is loaded by the host.",
    nobody: 'Correct the name, or add the project that provides "{{specifier}}".',
  },

  *subjects({ workspace }) {
    for (const path of workspace.paths) if (isProtected(path, workspace)) yield path;
  },

  *check(path, { workspace }) {
    const owner = workspace.ownerOf(path)?.name ?? "";
    for (const fact of workspace.source(path)?.imports ?? []) {
      const value = blockedValue(path, fact, workspace);
      if (value === undefined) continue;
      const { at, reason, steps } = value;
      const isInside = at.file === path && at.span[0] >= fact.specifier.span[0] && at.span[1] <= fact.specifier.span[1];
      const blocks = { at: workspace.place(at.file, at.span), message: `This blocks the proof: ${reason}.` };
      yield {
        message: "unprovable",
        data: { owner, reason },
        at: workspace.place(path, isInside ? at.span : fact.specifier.span),
        subject: "unprovable",
        related: [...steps.map((step) => ({ at: workspace.place(step.file, step.span), message: step.note })), ...(isInside ? [] : [blocks])],
      };
    }
    const edges = workspace.importsOf(path);
    for (const { fact, specifier, to } of edges) {
      if (!isNobodys(specifier, to)) continue;
      // Of a computed specifier one value may be what a name holds before it is set.
      if (fact.specifier.kind !== "string" && edges.some((other) => other.fact === fact && !isNobodys(other.specifier, other.to))) continue;
      yield { message: "nobody", data: { specifier }, at: workspace.place(path, fact.specifier.span), subject: specifier };
    }
  },
});

/** Whether a name is in the workspace's own scope and looked for nowhere: paths and aliases have places. */
function isNobodys(specifier: string, to: Resolution): boolean {
  return to.kind === "missing" && to.looked.length === 0 && /^@[^/]+\/[^/]/u.test(specifier);
}

/** Plugins, packages and the manifest; what a host loads may be found at run time. */
function isProtected(path: Path, workspace: Workspace): boolean {
  const owner = workspace.ownerOf(path);
  if (owner === undefined || !workspace.isJudged(path)) return false;
  return owner.layer === "package" || owner.layer === "manifest" || (owner.plugin !== undefined && owner.layer !== "host");
}

/** Why the specifier of an import cannot be told; undefined when it can, or when it is a loader of files. */
function blockedValue(file: Path, fact: ImportFact, workspace: Workspace): Extract<Value, { kind: "unprovable" }> | undefined {
  // An address of an asset is no import until it is found to lead to a module.
  if (fact.specifier.kind === "string" || fact.form === "new-url") return undefined;
  const at = { file, expression: fact.specifier };
  const value = workspace.valueOf(at);
  if (value.kind === "known" || isChosen(at, workspace)) return undefined;
  const load = workspace.runtimeLoad(at);
  const leaves = workspace.edgesOf(file).some((edge) => edge.fact === fact && edge.specifier === load?.specifier);
  return load?.isFile === true || leaves ? undefined : value;
}

/** Whether a specifier is one of some constants, by a key that nobody knows: a table of modules has no other. */
function isChosen(at: Located, workspace: Workspace): boolean {
  const { origins, complete } = workspace.originsOf(at);
  return complete && origins.length > 0 && origins.every((origin) => (origin.kind === "literal" ? origin.at.expression.kind === "string" : origin.kind === "member" && isTable(origin.object, workspace)));
}

function isTable(at: Located, workspace: Workspace): boolean {
  const value = workspace.valueOf(at);
  return value.kind === "known" && value.values.every((constant) => constant.kind === "array" && constant.complete && constant.items.every((item) => item.expression.kind === "string"));
}
