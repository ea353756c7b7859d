import { defineRule } from "../../src/rule/rule.js";
import { composition } from "./family.js";

/** A manifest that only declares can be read by every host, test and tool; one that does something can be read only where that may happen. */
export const noImpureManifest = defineRule({
  name: "no-impure-manifest",
  family: composition,
  summary: "A manifest that is there to declare only declares.",
  decisions: ["D-005"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    impure: "The manifest {{does}}, but it is there to declare only.",
  },
  help: {
    impure: "Let the host do that, or the plugin that it is for; the manifest names plugins and calls their factories.",
  },

  subjects: ({ workspace, policy }) => (policy.mode === "declaration" ? workspace.manifestModules : []),

  *check(path, { workspace }) {
    for (const { at, does } of workspace.impurities) {
      if (at.file === path) yield { message: "impure", data: { does }, at: workspace.place(path, at.expression.span), subject: does };
    }
  },
});
