import { jsonString } from "../json.js";
import type { Plugin, Workspace } from "../workspace.js";

/** The capability that a plugin declares: in package.json, as a tag, or by its folder's name. */
export function capabilityOf(ask: Pick<Workspace, "json" | "projectOf">, plugin: Plugin): string {
  const declared = plugin.packageJson === undefined ? undefined : jsonString(ask.json(plugin.packageJson)?.root, "rawr", "capability");
  const tag = ask.projectOf(plugin.projectJson ?? plugin.packageJson ?? plugin.folder)?.tags.find((one) => one.startsWith("capability:"));
  return declared ?? tag?.slice("capability:".length) ?? plugin.name;
}
