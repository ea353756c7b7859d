import { defineRule, type Edit } from "../../src/rule/rule.js";
import { generated } from "../../src/workspace/facets.js";
import type { Holder } from "../../src/workspace/holders.js";
import type { JsonNode, JsonProperty } from "../../src/facts/facts.js";
import { metadata } from "./family.js";

/** Keys that once meant something at run time still look as if they did; code that obeys them bypasses the manifest. */
export const noLegacyMetadataKey = defineRule({
  name: "no-legacy-metadata-key",
  family: metadata,
  summary: "No live code or manifest carries a legacy metadata key.",
  decisions: ["D-013"],
  languages: ["source", "package.json"],
  fixable: true,
  severity: "error",
  messages: {
    manifest: 'package.json carries the legacy metadata key "{{key}}".',
    read: 'Code reads the legacy metadata key "{{key}}".',
    tested: 'Code tests for the legacy metadata key "{{key}}" without refusing it.',
    declared: 'Code declares the legacy metadata key "{{key}}".',
    named: 'Code names "{{key}}", a legacy metadata key.',
    emitted: 'A scaffold emits a package.json with the legacy metadata key "{{key}}".',
  },
  help: {
    manifest: "Delete it: runtime semantics stay on rawr.kind, rawr.capability and the manifest.",
    read: "Decide by rawr.kind, rawr.capability or the registration in the manifest instead.",
    tested: "Throw or collect a violation when the key is there, or delete the test.",
    declared: "Delete the member; nothing may depend on it.",
    named: "Delete it, or give the value a name of its own if it is something else.",
    emitted: "Delete the key from the template.",
  },

  *subjects({ workspace }) {
    for (const path of workspace.paths) {
      if (!workspace.isTest(path) && (path.split("/").at(-1) === "package.json" || workspace.facet(path, generated) !== undefined)) yield path;
    }
  },

  *check(path, { workspace, policy }) {
    const wanted = new Set(policy.legacyKeys);
    const source = workspace.source(path);
    if (source === undefined) {
      for (const { property, owner, under } of properties(workspace.json(path)?.root)) {
        const holder = { keys: new Set(owner.properties.map(({ key }) => key)), under: new Set(under === undefined ? [] : [under]) };
        if (!wanted.has(property.key) || !(isCoined(property.key) || isPluginMetadata(holder, property.key, policy.legacyKeys))) continue;
        const { key } = property;
        const fix = [removal(owner.properties, property)];
        yield { message: "manifest", data: { key }, at: workspace.place(path, property.keySpan), subject: key, fix };
      }
      return;
    }
    for (const use of workspace.keyUses(path, policy.legacyKeys)) {
      const keys = use.keys.filter((key) =>
        isCoined(key)
          ? use.how !== "emitted" || isPackageJson(use.holder())
          : use.how !== "named" && isPluginMetadata(use.holder(), key, policy.legacyKeys),
      );
      if (keys.length === 0 || use.refused()) continue;
      const key = keys.join('", "');
      yield { message: use.how, data: { key }, at: workspace.place(path, use.span), subject: key };
    }
  },
});

/** A word made for this purpose; an ordinary word (`channel`) means metadata only where metadata is. */
function isCoined(key: string): boolean {
  return /[A-Z_-]/u.test(key);
}

function isPluginMetadata({ keys, under }: Holder, key: string, legacyKeys: readonly string[]): boolean {
  if (under.has("rawr") || legacyKeys.some((legacy) => isCoined(legacy) && keys.has(legacy))) return true;
  // `{ internal, published }` declares the surfaces of a plugin.
  return keys.has("kind") && keys.has("capability") && !(key === "published" && keys.has("internal"));
}

function isPackageJson({ keys, under }: Holder): boolean {
  return under.has("rawr") || keys.has("rawr") || keys.has("name");
}

type ObjectNode = Extract<JsonNode, { kind: "object" }>;

interface Owned {
  readonly property: JsonProperty;
  readonly owner: ObjectNode;
  readonly under: string | undefined;
}

function* properties(node: JsonNode | undefined, under?: string): Generator<Owned> {
  if (node?.kind === "array") for (const item of node.items) yield* properties(item, under);
  if (node?.kind !== "object") return;
  for (const property of node.properties) {
    yield { property, owner: node, under };
    yield* properties(property.value, property.key);
  }
}

/** Takes the property out together with one comma: the one before it, or for the first the one behind. */
function removal(all: readonly JsonProperty[], property: JsonProperty): Edit {
  const index = all.indexOf(property);
  const before = all[index - 1];
  const after = all[index + 1];
  const end = property.value.span[1];
  if (before !== undefined) return { span: [before.value.span[1], end], text: "" };
  return { span: [property.keySpan[0], after === undefined ? end : after.keySpan[0]], text: "" };
}
