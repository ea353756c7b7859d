import { didYouMean, faultAt, missingKey, type ConfigSource } from "./fault.js";
import type { PolicyFault } from "./policy.js";
import type { Preset } from "./presets.js";
import { isRecord, listOf, recordAt, shorten, spell } from "./tree.js";

/** What the config means, once it is known which preset it builds on. */
interface Question {
  readonly source: ConfigSource;
  /** The config as it was written: parts of it may be of the wrong type, which is reported elsewhere and ignored here. */
  readonly value: unknown;
  readonly preset: Preset;
}

/** Faults that lie between keys: names that nothing defines, and things that are named twice. */
export function inconsistencies(question: Question): readonly PolicyFault[] {
  return [...unknownLayers(question), ...unknownKinds(question), ...incompleteFamilies(question), ...repeatedBridges(question)];
}

/** `authority.mayImport` names only layers that are. */
function* unknownLayers({ source, value, preset }: Question): Iterable<PolicyFault> {
  const layers = [...new Set([...Object.keys({ ...preset.layout.layers, ...recordAt(value, "layout", "layers") }), "manifest", "host"])];
  for (const [layer, targets] of Object.entries(recordAt(value, "authority", "mayImport"))) {
    const path = ["authority", "mayImport", layer];
    if (layer !== "" && layer !== "*" && !layers.includes(layer))
      yield faultAt(source, path, unknownLayer(spell(path), layer, layers), "key");
    for (const [index, target] of listOf(targets).entries()) {
      const at = [...path, index];
      if (typeof target !== "string" || target === "" || target === "*" || layers.includes(target)) continue;
      yield faultAt(source, at, unknownLayer(spell(at), target, layers));
    }
  }
}

function unknownLayer(key: string, layer: string, layers: readonly string[]): string {
  return `"${key}" names the layer "${shorten(layer)}", which "layout.layers" does not define${didYouMean(layer, layers)}.`;
}

/** `layout.pluginRoots` maps to kinds that are, where kinds are listed at all. */
function* unknownKinds({ source, value, preset }: Question): Iterable<PolicyFault> {
  const listed = listOf(recordAt(value, "metadata")["kinds"]).filter((kind) => typeof kind === "string");
  const kinds = listed.length > 0 ? listed : preset.metadata.kinds;
  if (kinds.length === 0) return;
  for (const [root, kind] of Object.entries(recordAt(value, "layout", "pluginRoots"))) {
    if (typeof kind !== "string" || kind === "" || kinds.includes(kind)) continue;
    const path = ["layout", "pluginRoots", root];
    yield faultAt(
      source,
      path,
      `"${spell(path)}" is of the kind "${shorten(kind)}", which "metadata.kinds" does not list${didYouMean(kind, kinds)}.`,
    );
  }
}

/** A family that the preset does not know says all there is to say; no two families share a prefix. */
function* incompleteFamilies({ source, value, preset }: Question): Iterable<PolicyFault> {
  const families = recordAt(value, "routes", "families");
  const prefixes = new Map<unknown, string>();
  for (const [name, { prefix }] of Object.entries(preset.routes.families))
    if (prefixOf(families[name]) === undefined) prefixes.set(prefix, name);
  for (const [name, family] of Object.entries(families)) {
    const path = ["routes", "families", name];
    const known = isRecord(family) ? family : undefined;
    if (known !== undefined && !Object.hasOwn(preset.routes.families, name)) {
      const missing = ["prefix", "audience", "mountedIn"].filter((key) => !Object.hasOwn(known, key));
      for (const key of missing) yield faultAt(source, path, missingKey([...path, key]), "key");
    }
    const prefix = prefixOf(family);
    if (prefix === undefined) continue;
    const other = prefixes.get(prefix);
    if (other === undefined) prefixes.set(prefix, name);
    else
      yield faultAt(
        source,
        [...path, "prefix"],
        `"${spell([...path, "prefix"])}" is the prefix of the family "${shorten(other)}" already.`,
      );
  }
}

function prefixOf(family: unknown): unknown {
  return isRecord(family) ? family["prefix"] : undefined;
}

/** A bridge is registered once. */
function* repeatedBridges({ source, value }: Question): Iterable<PolicyFault> {
  const seen = new Map<unknown, string>();
  for (const [index, bridge] of listOf(recordAt(value, "convergence")["bridges"]).entries()) {
    const path = isRecord(bridge) ? bridge["path"] : undefined;
    if (typeof path !== "string") continue;
    const at = ["convergence", "bridges", index, "path"];
    const first = seen.get(path);
    if (first === undefined) seen.set(path, spell(at));
    else yield faultAt(source, at, `"${spell(at)}" registers "${shorten(path)}" again; "${first}" did.`);
  }
}
