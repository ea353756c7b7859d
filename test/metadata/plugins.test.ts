import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { edit, findingsIn, type Edits } from "../example.js";

type Case = readonly [name: string, rules: readonly string[], edits: Edits];

const judges = rules.filter(({ name }) => name === "require-plugin-metadata" || name === "no-kind-mismatch" || name === "no-legacy-metadata-key");
const HELLO = "plugins/cli/hello/package.json";
const DIGEST = "plugins/workflows/digest/package.json";
const REQUIRED = ["require-plugin-metadata"];
const MISMATCH = ["no-kind-mismatch"];
const LEGACY = ["no-legacy-metadata-key"];

/** A new plugin without code. */
function plugin(folder: string, packageJson: object, more: Edits = {}): Edits {
  return { [`${folder}/package.json`]: JSON.stringify(packageJson, undefined, 2), [`${folder}/src/index.ts`]: "export {};", ...more };
}

const cases: readonly Case[] = [
  ["nothing changes", [], {}],
  ["no rawr block", REQUIRED, plugin("plugins/cli/x", { name: "x" })],
  ["a rawr block that is a text", REQUIRED, plugin("plugins/cli/x", { name: "x", rawr: "toolkit" })],
  ["a rawr block that is a list", REQUIRED, plugin("plugins/cli/x", { name: "x", rawr: ["toolkit"] })],
  ["a rawr block that is null", REQUIRED, plugin("plugins/cli/x", { name: "x", rawr: null })],
  ["an empty block", REQUIRED, plugin("plugins/cli/x", { name: "x", rawr: {} })],
  ["an empty kind", REQUIRED, plugin("plugins/cli/x", { name: "x", rawr: { kind: "", capability: "x" } })],
  ["a kind of blanks", REQUIRED, plugin("plugins/cli/x", { name: "x", rawr: { kind: "  ", capability: "x" } })],
  ["a kind that is none", REQUIRED, plugin("plugins/cli/x", { name: "x", rawr: { kind: "tool", capability: "x" } })],
  ["a kind in another case", REQUIRED, plugin("plugins/cli/x", { name: "x", rawr: { kind: "Toolkit", capability: "x" } })],
  ["a kind that is a number", REQUIRED, plugin("plugins/cli/x", { name: "x", rawr: { kind: 1, capability: "x" } })],
  ["no capability", REQUIRED, plugin("plugins/cli/x", { name: "x", rawr: { kind: "toolkit" } })],
  ["an empty capability", REQUIRED, plugin("plugins/cli/x", { name: "x", rawr: { kind: "toolkit", capability: "" } })],
  ["a capability that is null", REQUIRED, plugin("plugins/cli/x", { name: "x", rawr: { kind: "toolkit", capability: null } })],
  ["metadata outside the rawr block", REQUIRED, plugin("plugins/cli/x", { name: "x", kind: "toolkit", capability: "x" })],
  ["metadata in a block of another name", REQUIRED, plugin("plugins/cli/x", { name: "x", RAWR: { kind: "toolkit", capability: "x" } })],
  ["sources without package.json", REQUIRED, { "plugins/cli/x/src/index.ts": "export {};" }],
  ["sources in JavaScript without package.json", REQUIRED, { "plugins/cli/x/index.mjs": "export {};" }],
  ["the kind of another root", MISMATCH, { [HELLO]: edit(['"kind": "toolkit"', '"kind": "web"']) }],
  ["a plugin that moved", MISMATCH, plugin("plugins/api/x", { name: "x", rawr: { kind: "workflows", capability: "x" } })],
  ["workflow kind under web", MISMATCH, plugin("plugins/web/x", { name: "x", rawr: { kind: "workflows", capability: "x" } })],
  ["a legacy key beside the metadata", LEGACY, plugin("plugins/cli/x", { name: "x", rawr: { kind: "toolkit", capability: "x", channel: "A" } })],
  ["a legacy key deep in the block", LEGACY, plugin("plugins/cli/x", { name: "x", rawr: { kind: "toolkit", capability: "x", pluginContent: { publishTier: "b" } } })],
  ["a coined legacy key at the top", LEGACY, plugin("plugins/cli/x", { name: "x", templateRole: "a", rawr: { kind: "toolkit", capability: "x" } })],
  ["a legacy key in a list", LEGACY, { [DIGEST]: edit(['"rawr": {', '"tiers": [{ "publishTier": "b" }],\n  "rawr": {']) }],
  ["a legacy key in the workspace's package.json", LEGACY, { "package.json": edit(['"private": true', '"private": true, "rawr": { "published": false }']) }],
  ["extra keys are legal", [], plugin("plugins/cli/x", { name: "x", rawr: { kind: "toolkit", capability: "x", pluginContent: { version: 1 }, commands: ["y"] } })],
  ["a channel of one's own", [], plugin("plugins/cli/x", { name: "x", channel: "stable", config: { published: true }, rawr: { kind: "toolkit", capability: "x" } })],
  ["publishConfig", [], plugin("plugins/cli/x", { name: "x", publishConfig: { access: "public", tag: "next" }, rawr: { kind: "toolkit", capability: "x" } })],
  ["a folder with nothing in it", [], { "plugins/cli/x/.gitkeep": "" }],
  ["a folder with prose in it", [], { "plugins/cli/x/README.md": "# templateRole" }],
  ["only tests", [], { "plugins/cli/x/test/x.test.ts": "export {};" }],
  ["another order of keys", [], { [HELLO]: (text) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).reverse())) }],
  ["a package with the metadata of a plugin", [], { "packages/core/package.json": edit(['"name":', '"rawr": { "kind": "toolkit", "capability": "core" },\n  "name":']) }],
];

describe("a plugin's package.json", () => {
  it.each(cases)("%s", (_, expected, edits) => {
    expect([...new Set(findingsIn("hq", edits, judges).map(({ rule }) => rule))].sort()).toEqual(expected);
  });
});
