import type { FileFacts, JsonFacts } from "../facts/facts.js";
import { toPath, type Path } from "../files/path.js";
import { inconsistencies } from "./consistency.js";
import { detectPreset, noManifest, type PolicyFiles } from "./detect.js";
import { faultAt, faultsOf, type ConfigSource } from "./fault.js";
import { ruleNames as lawRuleNames } from "./law.js";
import { mergeConfig } from "./merge.js";
import { outputGlobs } from "./output.js";
import type { Policy, PolicyFault, PresetName } from "./policy.js";
import { presetNames, presets } from "./presets.js";
import { requirementsOf } from "./requirements.js";
import { configShape, type RawConfig } from "./schema.js";
import { isRecord, recordAt, spell, toPlain } from "./tree.js";

/** Where the config stands when nobody says otherwise. */
export const CONFIG_FILE = "drift-guard.config.json";

/** A workspace that wants a policy. */
export interface PolicyInput extends PolicyFiles {
  /** The config file that was asked for; without it {@link CONFIG_FILE} in the root, which may be absent. */
  readonly configFile?: Path;
  /** Rules that `rules` may name besides those of the law. */
  readonly ruleNames?: readonly string[];
}

/** The policy, or every fault of the config at once. */
export type LoadedPolicy = { readonly policy: Policy } | { readonly faults: readonly PolicyFault[] };

/** Finds the config, parses it once, and lays it over its preset. */
export function loadPolicy(input: PolicyInput): LoadedPolicy {
  const file = input.configFile ?? toPath(CONFIG_FILE);
  const content = input.read(file);
  if (content !== undefined) return parseConfig(input, file, content);
  if (input.configFile !== undefined) return { faults: [{ message: `The config file "${file}" is not there or cannot be read.` }] };
  if (input.paths.includes(file)) return { faults: [{ message: `The config file "${file}" cannot be read.`, file }] };
  return withoutConfig(input);
}

function withoutConfig(input: PolicyInput): LoadedPolicy {
  const preset = detectPreset(input);
  if (preset !== undefined) return { policy: complete(input, preset, {}) };
  const root = toPath("package.json");
  return { faults: [{ message: noManifest(input, CONFIG_FILE), ...(input.paths.includes(root) ? { file: root } : {}) }] };
}

function parseConfig(input: PolicyInput, file: Path, { text, facts }: { readonly text: string; readonly facts: FileFacts }): LoadedPolicy {
  if (facts.kind !== "json") return { faults: [{ message: `The config file "${file}" must be a JSON file.`, file, span: [0, 0] }] };
  const broken = brokenJson(file, text, facts);
  if (facts.root === undefined || broken.length > 0) return { faults: broken };

  const source: ConfigSource = { file, root: facts.root };
  const { value, repeated, forbidden } = toPlain(facts.root);
  const parsed = configShape([...new Set([...lawRuleNames, ...(input.ruleNames ?? [])])]).safeParse(value);
  const preset = presetOf(input, value);
  const faults = [
    ...repeated.map(({ path, span }) => ({ message: `"${spell(path)}" is there twice; keep one.`, file, span })),
    ...forbidden.map(({ path, span }) => ({ message: `"${spell(path)}" cannot be a key.`, file, span })),
    ...(parsed.success ? [] : faultsOf(source, parsed.error.issues)),
    ...(preset === undefined || preset === "missing" ? [] : inconsistencies({ source, value, preset: presets[preset] })),
    ...(preset === "missing" ? [faultAt(source, [], noManifest(input, file))] : []),
  ].sort((a, b) => (a.span?.[0] ?? 0) - (b.span?.[0] ?? 0));
  if (faults.length > 0 || !parsed.success || preset === undefined || preset === "missing") return { faults };
  return { policy: complete(input, preset, parsed.data, source) };
}

function brokenJson(file: Path, text: string, { root, syntaxErrors }: JsonFacts): readonly PolicyFault[] {
  const nothing = root === undefined && syntaxErrors.every(({ span }) => span[0] === text.length);
  if (nothing) return [{ message: `The config file "${file}" holds no value; write at least "{}".`, file, span: [0, text.length] }];
  return syntaxErrors.map(({ message, span }) => ({ message: `The config file "${file}" is not valid JSON: ${message}`, file, span }));
}

/**
 * The preset that a config builds on, as far as it can be told from a config that may have faults.
 *
 * @returns `"missing"` when nothing names a preset and no manifest gives one away; undefined when the config is at fault already
 */
function presetOf(input: PolicyInput, config: unknown): PresetName | "missing" | undefined {
  if (!isRecord(config)) return undefined;
  if (Object.hasOwn(config, "extends")) return presetNames.find((name) => name === config["extends"]);
  const namesManifest = Object.hasOwn(recordAt(config, "layout", "manifest"), "files");
  return detectPreset(input) ?? (namesManifest ? "rawr-hq" : "missing");
}

function complete(input: PolicyInput, preset: PresetName, config: RawConfig, source?: ConfigSource): Policy {
  const merged = mergeConfig(preset, config);
  return {
    ...merged,
    exclude: [...outputGlobs(input.paths), ...merged.exclude],
    required: requirementsOf(merged, source, input.paths),
    ...(source === undefined ? {} : { configFile: source.file }),
  };
}
