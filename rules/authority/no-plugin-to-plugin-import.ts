import { defineRule } from "../../src/rule/rule.js";
import { authority, specifierPlace, throughText, trailOf } from "./family.js";

/** Plugins are composed by the manifest; one that imports another cannot be left out, replaced or loaded alone. */
export const noPluginToPluginImport = defineRule({
  name: "no-plugin-to-plugin-import",
  family: authority,
  summary: "A plugin never imports another plugin at run time.",
  decisions: ["D-013"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    direct: '"{{from}}" must not import "{{to}}"{{through}}: both are plugins.',
  },
  help: {
    direct: "Move what both need to a package that both may import, or let the manifest hand it over.",
  },

  subjects: ({ workspace }) => workspace.plugins.flatMap(({ sources }) => sources.filter((path) => workspace.isJudged(path))),

  *check(path, { workspace }) {
    for (const { rule, edge } of workspace.importBreachesOf(path)) {
      if (rule !== "no-plugin-to-plugin-import") continue;
      const { from, to } = edge.owners;
      yield {
        message: "direct",
        data: { from: from.name, to: to.name, through: throughText(edge) },
        at: specifierPlace(edge, workspace),
        subject: to.folder,
        related: trailOf(edge, workspace),
      };
    }
  },
});
