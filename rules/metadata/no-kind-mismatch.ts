import { defineRule } from "../../src/rule/rule.js";
import { jsonProperty, jsonString } from "../../src/workspace/json.js";
import { metadata } from "./family.js";

/** The root says what a plugin is for; a kind that says otherwise sends it to the wrong host. */
export const noKindMismatch = defineRule({
  name: "no-kind-mismatch",
  family: metadata,
  summary: "`rawr.kind` is the kind of the root that the plugin lives under.",
  decisions: ["D-013"],
  languages: ["package.json"],
  fixable: false,
  severity: "error",
  messages: {
    mismatch: 'Plugin "{{plugin}}" declares rawr.kind "{{declared}}", but {{root}} holds plugins of kind "{{expected}}".',
  },
  help: {
    mismatch: 'Set rawr.kind to "{{expected}}", or move the plugin under the root of kind "{{declared}}".',
  },

  subjects: ({ workspace }) => workspace.plugins,

  *check(plugin, { workspace, policy }) {
    if (plugin.packageJson === undefined) return;
    const rawr = jsonProperty(workspace.json(plugin.packageJson)?.root, "rawr")?.value;
    const kind = jsonProperty(rawr, "kind");
    const declared = jsonString(rawr, "kind");
    if (kind === undefined || declared === undefined || declared === plugin.kind || !policy.kinds.includes(declared)) return;
    yield {
      message: "mismatch",
      data: { plugin: plugin.folder, declared, root: plugin.root, expected: plugin.kind },
      at: workspace.place(plugin.packageJson, kind.value.span),
      subject: plugin.folder,
      suggestions: [{ title: `Set rawr.kind to "${plugin.kind}"`, edits: [{ span: kind.value.span, text: JSON.stringify(plugin.kind) }] }],
    };
  },
});
