import { defineRule, type Related } from "../../src/rule/rule.js";
import type { Located, Step, Workspace } from "../../src/workspace/workspace.js";
import { composition, hostFiles } from "./family.js";

/** A host that builds a part of what it serves is a second authority: the manifest says one thing, callers get another. */
export const noLocalComposition = defineRule({
  name: "no-local-composition",
  family: composition,
  summary: "What the host mounts comes from the manifest.",
  decisions: ["D-005"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    factory: "The host must not call `{{name}}`: the manifest builds its seams with it.",
    forbidden: "The host must not call `{{name}}`: what it would build is the manifest's to compose.",
    mounted: "What the host mounts here does not come from the manifest.",
    sham: "`{{seam}}` of the manifest is only read for show: nothing is done with it.",
    testing: "The host mounts `{{name}}`, which is meant for tests.",
    unprovable: "It cannot be proven that what the host mounts here comes from the manifest: {{reason}}.",
  },
  help: {
    factory: "Take what it builds from the manifest.",
    forbidden: "Build it in a plugin, register that in the manifest, and take it from there.",
    mounted: "Take it from the manifest; let nothing stand in for it.",
    sham: "Mount what the manifest offers there, or take the read away.",
    testing: "Take it from the manifest, and let tests pass in their own.",
    unprovable: "Pass it on from the manifest in a way that can be followed, with its type if need be.",
  },

  subjects: ({ workspace, policy }) => (policy.manifests.length === 0 ? [] : hostFiles(workspace)),

  *check(path, { workspace }) {
    for (const { seam, reads } of workspace.shamSeams) {
      const [first, ...others] = reads.map(({ file, expression }) => ({ file, at: workspace.place(file, expression.span) }));
      if (first?.file !== path) continue;
      yield { message: "sham", data: { seam }, at: first.at, subject: seam, related: others.map(({ at }) => ({ at, message: "It is read for show here as well." })) };
    }
    for (const one of workspace.localCompositions) {
      if (one.at.file !== path) continue;
      const at = workspace.place(path, one.at.expression.span);
      if (one.kind === "factory") {
        const { calledAt, name } = one.factory;
        const related = [{ at: workspace.place(calledAt.file, calledAt.expression.span), message: "The manifest calls it here." }];
        yield { message: "factory", data: { name }, at, subject: name, related };
        continue;
      }
      if (one.kind === "forbidden") {
        yield { message: "forbidden", data: { name: one.name }, at, subject: one.name };
        continue;
      }
      const placed = ({ file, expression }: Located, message: string): Related => ({ at: workspace.place(file, expression.span), message });
      const server = placed(one.mountedAt, "It is served here.");
      if (one.kind === "testing") yield { message: "testing", data: { name: one.name }, at, subject: one.name, related: [server] };
      else if (one.kind === "mounted") {
        const related = [...trail(one.steps, workspace), placed(one.made, "This is where it is made."), server];
        yield { message: "mounted", data: {}, at, subject: one.made.file, related };
      } else {
        const related = [...trail(one.steps, workspace), placed(one.blocked, "This cannot be followed."), server];
        yield { message: "unprovable", data: { reason: one.reason }, at, subject: one.blocked.file, related };
      }
    }
  },
});

function trail(steps: readonly Step[], workspace: Workspace): readonly Related[] {
  return steps.map(({ file, span, note }) => ({ at: workspace.place(file, span), message: note }));
}
