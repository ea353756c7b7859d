import { defineRule } from "../../src/rule/rule.js";
import { composition, hostFiles, specifierPlace } from "./family.js";

/** Who reaches past an entry composes from parts that their owner never promised, and breaks when the owner moves a file. */
export const noDeepImport = defineRule({
  name: "no-deep-import",
  family: composition,
  summary: "Manifest and hosts enter packages, services and plugins through their public entry.",
  decisions: ["D-014"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    deep: '{{who}} must not enter "{{owner}}" through "{{specifier}}", past its public entry.',
  },
  help: {
    deep: 'Import from "{{owner}}" what it exports, and let it export what is needed.',
  },

  subjects: ({ workspace }) => [...new Set([...workspace.manifestModules, ...hostFiles(workspace)])],

  *check(path, { workspace }) {
    for (const { rule, edge } of workspace.importBreachesOf(path)) {
      if (rule !== "no-deep-import") continue;
      const { specifier, to, owners } = edge;
      const who = workspace.manifestModules.includes(path) ? "The manifest" : "The host";
      yield { message: "deep", data: { who, owner: owners.to.name, specifier }, at: specifierPlace(edge, workspace), subject: to };
    }
  },
});
