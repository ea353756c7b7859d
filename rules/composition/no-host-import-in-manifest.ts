import { defineRule } from "../../src/rule/rule.js";
import { composition, specifierPlace } from "./family.js";

/** A manifest that takes parts from its host depends on what it is there to compose, and the host owns the composition after all. */
export const noHostImportInManifest = defineRule({
  name: "no-host-import-in-manifest",
  family: composition,
  summary: "The manifest imports no host module.",
  decisions: ["D-005"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    direct: 'The manifest must not import "{{specifier}}": {{module}} is the host\'s.',
    through: 'The manifest must not import "{{specifier}}": it passes on what {{module}} makes, which is the host\'s (through {{through}}).',
  },
  help: {
    direct: "Move what it needs into a package or plugin, import it from there, and let the host take it from the manifest.",
    through: "Move what it needs into a package or plugin, import it from there, and let the host take it from the manifest.",
  },

  subjects: ({ workspace }) => workspace.manifestModules,

  *check(path, { workspace }) {
    for (const { rule, edge } of workspace.importBreachesOf(path)) {
      if (rule !== "no-host-import-in-manifest") continue;
      const { specifier, to, through } = edge;
      const at = specifierPlace(edge, workspace);
      const made = { at: workspace.line(to, 1), message: `${to} is a host module.` };
      if (through.length === 0) yield { message: "direct", data: { specifier, module: to }, at, subject: to, related: [made] };
      else {
        const passed = through.map(({ file, span }) => ({ at: workspace.place(file, span), message: `${file} passes it on.` }));
        const names = through.map(({ file }) => file).join(" and ");
        yield { message: "through", data: { specifier, module: to, through: names }, at, subject: to, related: [...passed, made] };
      }
    }
  },
});
