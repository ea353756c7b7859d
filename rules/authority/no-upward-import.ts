import { defineRule } from "../../src/rule/rule.js";
import { mayImport } from "../../src/workspace/layers.js";
import { authority, specifierPlace, throughText, trailOf } from "./family.js";

/** What is below must not know what is above, or the lower half can neither be built, tested nor reused without the upper one. */
export const noUpwardImport = defineRule({
  name: "no-upward-import",
  family: authority,
  summary: "Imports follow the layer matrix.",
  decisions: ["D-014"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    layer: '"{{from}}" ({{fromLayer}}) must not import {{what}}"{{to}}" ({{toLayer}}){{through}}.',
    entry: '"{{from}}" ({{fromLayer}}) must not import "{{specifier}}", which "{{to}}" ({{toLayer}}) does not export.',
  },
  help: {
    layer: "Code of the layer {{fromLayer}} may import {{allowed}}: move what it needs there, or let the upper layer pass it in.",
    entry: 'Import what "{{to}}" exports, or let it export what is needed.',
  },

  *subjects({ workspace }) {
    for (const path of workspace.paths) if (workspace.isJudged(path) && workspace.ownerOf(path)?.layer !== undefined) yield path;
  },

  *check(path, { workspace, policy }) {
    for (const { rule, edge } of workspace.importBreachesOf(path)) {
      if (rule !== "no-upward-import") continue;
      const { from, to } = edge.owners;
      const fromLayer = from.layer ?? "";
      const toLayer = to.layer ?? "";
      const allowed = policy.mayImport[fromLayer] ?? [];
      const common = { from: from.name, fromLayer, to: to.name, toLayer, specifier: edge.specifier };
      const at = specifierPlace(edge, workspace);
      const subject = to.folder;
      const related = trailOf(edge, workspace);
      if (mayImport(workspace.policy, fromLayer, toLayer)) yield { message: "entry", data: common, at, subject, related };
      else {
        const what = edge.typeOnly ? "types of " : "";
        yield { message: "layer", data: { ...common, what, through: throughText(edge), allowed: listed(allowed) }, at, subject, related };
      }
    }
  },
});

function listed(layers: readonly string[]): string {
  if (layers.includes("*")) return "every layer but host and manifest";
  return layers.length === 0 ? "nothing of any other layer" : `only ${layers.join(", ")}`;
}
