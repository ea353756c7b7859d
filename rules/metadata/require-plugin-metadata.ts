import { defineRule, type Suggestion } from "../../src/rule/rule.js";
import { jsonProperty, jsonString } from "../../src/workspace/json.js";
import type { Plugin, Workspace } from "../../src/workspace/workspace.js";
import { metadata } from "./family.js";

/** Hosts find plugins by what they declare; one that declares nothing runs by accident or not at all. */
export const requirePluginMetadata = defineRule({
  name: "require-plugin-metadata",
  family: metadata,
  summary: "Every plugin declares a non-empty `rawr.kind` from the known kinds and a non-empty `rawr.capability`.",
  decisions: ["D-013"],
  languages: ["source", "package.json"],
  fixable: false,
  severity: "error",
  messages: {
    noPackage: 'Plugin "{{plugin}}" has sources and no package.json, so it declares neither rawr.kind nor rawr.capability.',
    noBlock: 'Plugin "{{plugin}}" declares no rawr block.',
    noKind: 'Plugin "{{plugin}}" declares no rawr.kind.',
    unknownKind: 'Plugin "{{plugin}}" declares rawr.kind {{declared}}, which is none of the known kinds ({{kinds}}).',
    noCapability: 'Plugin "{{plugin}}" declares no rawr.capability.',
  },
  help: {
    noPackage: 'Add {{plugin}}/package.json with "rawr": { "kind": "{{kind}}", "capability": "…" }.',
    noBlock: 'Add "rawr": { "kind": "{{kind}}", "capability": "…" } to its package.json.',
    noKind: 'Add "kind": "{{kind}}" to its rawr block.',
    unknownKind: 'Set rawr.kind to "{{kind}}", the kind of the root that it lives under.',
    noCapability: 'Add "capability" to its rawr block: the name of what the plugin makes possible.',
  },

  subjects: ({ workspace, policy }) => {
    if (policy.required === false) return [];
    if (policy.required === true) return workspace.plugins;
    const packaged = workspace.plugins.filter((plugin) => plugin.packageJson !== undefined);
    return packaged.some((plugin) => rawrOf(workspace, plugin) !== undefined) ? packaged : [];
  },

  *check(plugin, { workspace, policy }) {
    const data = { plugin: plugin.folder, kind: plugin.kind };
    const subject = plugin.folder;
    if (plugin.packageJson === undefined) {
      const first = plugin.sources.find((source) => !workspace.isTest(source));
      if (!policy.packageless && first !== undefined) yield { message: "noPackage", data, at: workspace.line(first, 1), subject };
      return;
    }
    const file = plugin.packageJson;
    const json = workspace.json(file);
    if (json?.root === undefined || json.syntaxErrors.length > 0) return; // The run is not to be trusted already.
    const rawr = rawrOf(workspace, plugin);
    const named = jsonProperty(json.root, "name");
    if (rawr?.value.kind !== "object") {
      const block = { kind: plugin.kind, capability: plugin.name };
      const suggestions: readonly Suggestion[] = rawr === undefined && named !== undefined
        ? [{ title: `Declare ${JSON.stringify(block)}`, edits: [{ span: [named.value.span[1], named.value.span[1]], text: `, "rawr": ${JSON.stringify(block)}` }] }]
        : [];
      yield { message: "noBlock", data, at: workspace.place(file, rawr?.keySpan ?? named?.keySpan ?? json.root.span), subject, suggestions };
      return;
    }
    const kind = jsonProperty(rawr.value, "kind");
    const declared = jsonString(rawr.value, "kind");
    if (kind === undefined || declared?.trim() === "") {
      yield { message: "noKind", data, at: workspace.place(file, kind?.value.span ?? rawr.keySpan), subject };
    } else if (declared === undefined || !policy.kinds.includes(declared)) {
      const shown = declared === undefined ? "of another type than string" : JSON.stringify(declared);
      yield { message: "unknownKind", data: { ...data, declared: shown, kinds: policy.kinds.join(", ") }, at: workspace.place(file, kind.value.span), subject };
    }
    const capability = jsonProperty(rawr.value, "capability");
    if ((jsonString(rawr.value, "capability") ?? "").trim() === "") {
      yield { message: "noCapability", data, at: workspace.place(file, capability?.value.span ?? rawr.keySpan), subject };
    }
  },
});

function rawrOf(workspace: Workspace, plugin: Plugin): ReturnType<typeof jsonProperty> {
  return plugin.packageJson === undefined ? undefined : jsonProperty(workspace.json(plugin.packageJson)?.root, "rawr");
}
