import { defineRule } from "../../src/rule/rule.js";
import { composition } from "./family.js";

/** With two places that say what a headquarters consists of, each is right about half of it. */
export const noSecondAuthority = defineRule({
  name: "no-second-authority",
  family: composition,
  summary: "Exactly one manifest exists, only the configured entries import it, and nothing else puts its capabilities together.",
  decisions: ["D-005"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    manifest: "{{file}} is a second manifest beside {{manifest}}.",
    importer: '{{file}} must not import the manifest ("{{specifier}}"): it is no entry.',
    aggregate: "{{file}} puts capabilities together beside the manifest: {{plugins}}.",
  },
  help: {
    manifest: "Move what it composes into {{manifest}}; a module that only forwards to it may stay as a bridge.",
    importer: "Let an entry ({{entries}}) pass in what it needs; types of the manifest may be imported anywhere.",
    aggregate: "Register the plugins in {{manifest}} and take the aggregate from there.",
  },

  subjects: ({ workspace, policy }) => (policy.manifests.length === 0 ? [] : [workspace.manifest ?? workspace.home.file]),

  *check(manifest, { workspace, policy }) {
    for (const one of workspace.secondAuthorities) {
      const { file } = one;
      const at = workspace.place(file, one.span);
      const related = [{ at: workspace.line(manifest, 1), message: `${manifest} is where the manifest belongs.` }];
      if (one.kind === "manifest") yield { message: "manifest", data: { file, manifest }, at, subject: file, related };
      else if (one.kind === "importer") {
        const data = { file, specifier: one.specifier, entries: policy.entries.join(", ") };
        yield { message: "importer", data, at, subject: file, related: one.face === manifest ? related : [{ at: workspace.line(one.face, 1), message: `${one.face} passes the manifest on.` }, ...related] };
      } else {
        const plugins = one.plugins.map(({ folder }) => folder).join(", ");
        yield { message: "aggregate", data: { file, plugins, manifest }, at, subject: plugins, related };
      }
    }
  },
});
