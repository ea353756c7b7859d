import { defineRule } from "../../src/rule/rule.js";
import { authority, specifierPlace, trailOf } from "./family.js";

/** A path into another project goes round its entry: nobody there knows that the file is in use. */
export const noCrossProjectRelativeImport = defineRule({
  name: "no-cross-project-relative-import",
  family: authority,
  summary: "A relative import stays inside its project.",
  decisions: ["D-014"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    leaves: '"{{specifier}}" leads from "{{from}}" into "{{to}}" by path.',
  },
  help: {
    leaves: 'Import "{{to}}" by its name, through an entry that it exports; if there is none, what is needed has no public owner yet.',
  },

  *subjects({ workspace }) {
    for (const path of workspace.paths) if (workspace.isJudged(path)) yield path;
  },

  *check(path, { workspace }) {
    for (const { rule, edge } of workspace.importBreachesOf(path)) {
      if (rule !== "no-cross-project-relative-import") continue;
      const { from, to } = edge.owners;
      yield {
        message: "leaves",
        data: { specifier: edge.specifier, from: from.name, to: to.name },
        at: specifierPlace(edge, workspace),
        subject: to.folder,
        related: trailOf(edge, workspace),
      };
    }
  },
});
