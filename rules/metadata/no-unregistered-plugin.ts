import { defineRule, type Related } from "../../src/rule/rule.js";
import type { Located, Place, Plugin, Workspace } from "../../src/workspace/workspace.js";
import { metadata, capabilityPlace } from "./family.js";

/** A plugin that the manifest does not know does not exist for callers, and a capability without plugin is a promise that nobody keeps. */
export const noUnregisteredPlugin = defineRule({
  name: "no-unregistered-plugin",
  family: metadata,
  summary: "Every API and workflow plugin is registered in the manifest and reached through it, and every capability there is backed.",
  decisions: ["D-005", "D-006"],
  languages: ["source", "package.json"],
  fixable: false,
  severity: "error",
  messages: {
    unregistered: 'Plugin "{{plugin}}" (capability "{{capability}}") is not registered in {{manifest}}.',
    unrouted: 'Plugin "{{plugin}}" is imported by {{manifest}}, but its capability "{{capability}}" is not in `{{seam}}`.',
    unserved: 'The durable functions of plugin "{{plugin}}" do not reach `{{seam}}` of {{manifest}}.',
    unbacked: "`{{path}}` is backed by no plugin or package.",
    contradiction: '`{{path}}` names another capability than the plugin behind it: "{{plugin}}" declares "{{capability}}".',
    prefix: '`{{path}}` has the prefix "{{prefix}}", which does not start with "/{{key}}".',
  },
  help: {
    unregistered: "Import it in {{manifest}} and put what it offers into the seams, or remove the plugin.",
    unrouted: "Put it into `{{seam}}` under the name of its capability.",
    unserved: "Add its functions to those that `{{seam}}` serves.",
    unbacked: "Remove the entry, or add the plugin that offers it.",
    contradiction: "Let manifest and package.json call the capability by one name.",
    prefix: 'Let the prefix start with "/{{key}}", as callers expect of the capability.',
  },

  subjects: ({ workspace }) => (workspace.manifest === undefined ? [] : [workspace.manifest, ...workspace.plugins.filter(({ kind }) => kind === "api" || kind === "workflows")]),

  *check(subject, { workspace }) {
    const { manifest } = workspace;
    if (manifest === undefined) return;
    for (const breach of workspace.registrationBreaches) {
      if ("plugin" in breach && breach.kind !== "prefix") {
        const { plugin, capability, kind } = breach;
        if (typeof subject === "string" || subject.folder !== plugin.folder) continue;
        const common = { plugin: plugin.folder, capability, manifest };
        const at = capabilityPlace(workspace, plugin);
        const related = [{ at: workspace.line(manifest, 1), message: `${manifest} is the manifest.` }];
        if (kind === "unregistered") yield { message: kind, data: common, at, subject: plugin.folder, related };
        else yield { message: kind, data: { ...common, seam: breach.seam }, at, subject: plugin.folder, related };
      } else if (subject === manifest) {
        const { member } = breach;
        const { path, key } = member;
        if (breach.kind === "prefix") {
          const related = [...declaredBy(workspace, breach.plugin), ...mountedAs(workspace)];
          yield { message: "prefix", data: { path, prefix: breach.prefix, key }, at: placeOf(workspace, breach.at), subject: path, related };
        } else if (breach.kind === "unbacked") {
          const at = placeOf(workspace, member.at);
          const { instead } = breach;
          if (instead === undefined) yield { message: "unbacked", data: { path }, at, subject: path };
          else {
            const data = { path, plugin: instead.folder, capability: workspace.capabilityOf(instead) };
            yield { message: "contradiction", data, at, subject: path, related: [...declaredBy(workspace, instead), ...mountedAs(workspace)] };
          }
        }
      }
    }
  },
});

function placeOf(workspace: Workspace, { file, expression }: Located): Place {
  return workspace.place(file, expression.span);
}

function declaredBy(workspace: Workspace, plugin: Plugin | undefined): readonly Related[] {
  if (plugin === undefined) return [];
  return [{ at: capabilityPlace(workspace, plugin), message: `The plugin declares the capability "${workspace.capabilityOf(plugin)}" here.` }];
}

/** Where hosts mount the capabilities. */
function mountedAs(workspace: Workspace): readonly Related[] {
  const prefixes = Object.values(workspace.policy.routes.families).flatMap(({ audience, prefix }) => (audience === "workflow" ? [prefix] : []));
  return workspace.mounts.flatMap(({ call, paths }) => {
    const path = paths.find(({ path: one }) => prefixes.some((prefix) => one === prefix || one.startsWith(`${prefix}/`)));
    return path === undefined ? [] : [{ at: placeOf(workspace, call), message: `Capabilities are mounted here, as "${path.path}".` }];
  });
}
