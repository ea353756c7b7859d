import type { MergedPolicy, PresetName, RouteFamily, Severity } from "./policy.js";
import { presets } from "./presets.js";
import type { RawConfig } from "./schema.js";

type RawFamilies = NonNullable<NonNullable<RawConfig["routes"]>["families"]>;

/** Lays a config over a preset: objects merge, lists and single values replace. */
export function mergeConfig(name: PresetName, config: RawConfig): MergedPolicy {
  const preset = presets[name];
  const { layout, routes, authority } = preset;
  const layers = { ...layout.layers, ...config.layout?.layers };
  const pluginRoots = { ...layout.pluginRoots, ...config.layout?.pluginRoots };
  const metadata = { ...preset.metadata, ...config.metadata };
  const mayImport = { ...authority.mayImport, ...config.authority?.mayImport };
  return {
    preset: name,
    exclude: config.exclude ?? preset.exclude,
    layout: { ...layout, ...config.layout, manifest: { ...layout.manifest, ...config.layout?.manifest }, layers, pluginRoots },
    // Where nobody lists the kinds, the roots do.
    metadata: { ...metadata, kinds: metadata.kinds.length > 0 ? metadata.kinds : [...new Set(Object.values(pluginRoots))] },
    routes: { ...routes, ...config.routes, families: mergeFamilies(routes.families, config.routes?.families ?? {}) },
    composition: { ...preset.composition, ...config.composition },
    authority: {
      ...authority,
      ...config.authority,
      mayImport: Object.fromEntries(Object.entries(mayImport).map(([layer, targets]) => [layer, expandAll(targets, Object.keys(layers))])),
      duplicates: { ...authority.duplicates, ...config.authority?.duplicates },
    },
    convergence: { ...preset.convergence, ...config.convergence },
    rules: { ...preset.rules, ...named(config.rules ?? {}) },
  };
}

/** Puts the names of all layers for `*`. */
function expandAll(targets: readonly string[], layers: readonly string[]): readonly string[] {
  return [...new Set(targets.flatMap((target) => (target === "*" ? layers : [target])))];
}

/** Merges families by name; one that lacks a key was reported as a fault and is left out. */
function mergeFamilies(preset: Readonly<Record<string, RouteFamily>>, config: RawFamilies): Readonly<Record<string, RouteFamily>> {
  const merged: Record<string, RouteFamily> = { ...preset };
  for (const [name, entry] of Object.entries(config)) {
    const { prefix, audience, mountedIn } = { ...preset[name], ...entry };
    if (prefix !== undefined && audience !== undefined && mountedIn !== undefined) merged[name] = { prefix, audience, mountedIn };
  }
  return merged;
}

/** The type of an optional key admits undefined, which JSON cannot say. */
function named(rules: Readonly<Record<string, Severity | undefined>>): Readonly<Record<string, Severity>> {
  return Object.fromEntries(Object.entries(rules).flatMap(([rule, severity]) => (severity === undefined ? [] : [[rule, severity]])));
}
