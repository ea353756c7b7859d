import type { Requirement } from "../../src/policy/policy.js";
import { defineRule } from "../../src/rule/rule.js";
import { isUnder } from "../../src/workspace/mounts/route-path.js";
import type { Workspace } from "../../src/workspace/workspace.js";
import { guard, type GuardSlice } from "./family.js";

/** A glob that stopped matching protects nothing and looks as if it did. */
export const noDeadPolicy = defineRule({
  name: "no-dead-policy",
  family: guard,
  summary: "What the policy requires is there.",
  decisions: [],
  languages: ["source", "package.json", "config"],
  fixable: false,
  severity: "error",
  distrust: true,
  messages: {
    glob: '{{key}} names "{{subject}}", which matches nothing in the workspace.',
    manifest: 'No manifest stands at "{{subject}}" ({{key}}).',
    export: 'The manifest has no export "{{subject}}" ({{key}}).',
    seam: 'The manifest\'s export "{{name}}" has no seam "{{subject}}" that can be found ({{key}}).',
    plugins: "No plugin root of the layout holds a plugin ({{key}}: {{subject}}).",
    family: 'No route of the family "{{subject}}" is mounted: nothing answers under "{{prefix}}" ({{key}}).',
    bridge: '{{key}} registers the bridge "{{subject}}", and no such file exists.',
  },
  help: {
    glob: "Correct the glob in drift-guard.config.json, or delete it if what it protected is gone for good.",
    manifest: "Restore the manifest, or say in layout.manifest.files where it stands now.",
    export: "Export the manifest under that name, or say in layout.manifest.export what it is called now.",
    seam: "Restore the seam, or name in composition.seams what the manifest owns now.",
    plugins: "Say in layout.pluginRoots where the plugins stand now.",
    family: "Mount the family, or delete it from routes.families if it is gone for good.",
    bridge: "Delete the entry: the bridge is gone.",
  },

  subjects: ({ policy }) => policy.required,

  *check(requirement, { workspace, policy }) {
    const { kind, key, subject, at } = requirement;
    if (isMet(requirement, workspace, policy)) return;
    const data = { key, subject, name: policy.manifestExport, prefix: policy.families[subject]?.prefix ?? "" };
    yield { message: kind, data, at: at === undefined ? workspace.home : workspace.place(at.file, at.span), subject: `${key}=${subject}` };
  },
});

function isMet({ kind, subject }: Requirement, workspace: Workspace, policy: GuardSlice): boolean {
  switch (kind) {
    case "glob":
    case "bridge":
      return workspace.names(subject);
    case "manifest":
      return workspace.manifest !== undefined;
    case "export":
      return workspace.manifestValue?.kind !== "missing";
    case "seam":
      return workspace.manifestValue === undefined || workspace.manifestValue.kind === "missing" || workspace.seam(subject).length > 0;
    case "plugins":
      return workspace.plugins.length > 0;
    case "family":
      return isMounted(policy.families[subject]?.prefix, workspace);
  }
}

/** Whether something answers under a prefix. */
function isMounted(prefix: string | undefined, workspace: Workspace): boolean {
  if (prefix === undefined) return true;
  return workspace.mounts.some(({ paths }) => paths.some(({ path }) => isUnder(path, prefix)));
}
