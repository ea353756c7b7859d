import { describe, expect, it } from "vitest";
import { rules as all } from "../../rules/index.js";
import { mergeConfig } from "../../src/policy/merge.js";
import type { Policy, PresetName } from "../../src/policy/policy.js";
import { workspaceOf, type Files } from "../workspace/memory.js";

const names = ["no-plugin-to-plugin-import", "no-cross-project-relative-import", "no-upward-import"];
const rules = all.filter(({ name }) => names.includes(name));

function policyOf(preset: PresetName, config: Readonly<Record<string, unknown>> = {}): Policy {
  return { ...mergeConfig(preset, config), required: [] };
}

/** Findings as `file rule`. */
function findings(files: Files, policy: Policy): readonly string[] {
  const workspace = workspaceOf(files, policy);
  return rules.flatMap((rule) => rule.run(workspace).problems.map(({ at }) => `${at.file} ${rule.name}`)).sort();
}

describe("the shell layout", () => {
  const shell: Files = {
    "package.json": { name: "root", private: true, workspaces: ["apps/*", "packages/*", "services/*", "resources/*", "plugins/**"] },
    "apps/hq/package.json": { name: "@rawr/hq-app", exports: "./rawr.hq.ts" },
    "apps/hq/rawr.hq.ts": "export function createRawrHqManifest() { return { id: 'hq', roles: {} }; }\nexport type Manifest = ReturnType<typeof createRawrHqManifest>;",
    "apps/server/package.json": { name: "@rawr/server", exports: "./src/index.ts" },
    "apps/server/src/index.ts": "export const server = 1;",
    "packages/core/package.json": { name: "@rawr/core", exports: "./src/index.ts" },
    "packages/core/src/index.ts": "export const core = 1;",
    "plugins/server/api/orders/project.json": { name: "orders", tags: ["capability:orders"] },
    "plugins/server/api/orders/src/index.ts": "export const orders = 1;",
    "plugins/async/workflows/orders/package.json": { name: "@rawr/workflow-orders" },
    "plugins/async/workflows/orders/src/index.ts": "export const workflow = 1;",
  };
  const at = (file: string, text: string): readonly string[] => findings({ ...shell, [file]: text }, policyOf("rawr-hq-shell"));

  it.each([
    ["the manifest", "apps/hq/rawr.hq.ts", 'export { orders } from "../../plugins/server/api/orders/src/index";'],
    ["an entry", "apps/hq/server.ts", 'import "../../plugins/server/api/orders/src/index";'],
    ["a host", "apps/server/src/rawr.ts", 'import "../../../plugins/server/api/orders/src/index";'],
    ["an entry, a host", "apps/hq/server.ts", 'import "@rawr/server";'],
    ["a host, the manifest", "apps/server/src/rawr.ts", 'import "@rawr/hq-app";'],
  ])("lets %s in", (_who, file, text) => {
    expect(at(file, text)).toEqual([]);
  });

  it.each([
    ["a package-less plugin from another app", "apps/hq/other.ts", 'import "../../plugins/server/api/orders/src/index";', "no-cross-project-relative-import"],
    ["a package-less plugin from a plugin", "plugins/async/workflows/orders/src/x.ts", 'import "../../../../server/api/orders/src/index";', "no-plugin-to-plugin-import"],
    ["a plugin with a name by path from an entry", "apps/hq/server.ts", 'import "../../plugins/async/workflows/orders/src/index";', "no-cross-project-relative-import"],
    ["a host from a package", "packages/core/src/x.ts", 'import "@rawr/server";', "no-upward-import"],
    ["the manifest from a plugin", "plugins/async/workflows/orders/src/x.ts", 'import { createRawrHqManifest } from "@rawr/hq-app";', "no-upward-import"],
    ["a namespace of the manifest from a package", "packages/core/src/x.ts", 'import * as hq from "@rawr/hq-app";\nexport const x = hq;', "no-upward-import"],
  ])("keeps out %s", (_what, file, text, rule) => {
    expect(at(file, text)).toEqual([`${file} ${rule}`]);
  });

  it("leaves an app that takes the manifest to the rule about authorities, which tells of it once", () => {
    const both = all.filter(({ name }) => [...names, "no-second-authority"].includes(name));
    const files = { ...shell, "apps/web/package.json": { name: "@rawr/web" } };
    const file = "apps/web/src/x.ts";
    const tells = (text: string): readonly string[] => {
      const workspace = workspaceOf({ ...files, [file]: text }, policyOf("rawr-hq-shell"));
      return both.flatMap((rule) => rule.run(workspace).problems.filter(({ at: { file: found } }) => found === file).map(() => rule.name));
    };
    expect(tells('import { createRawrHqManifest } from "@rawr/hq-app";\nexport const x = createRawrHqManifest();')).toEqual(["no-second-authority"]);
    expect(tells('export const x = () => import("@rawr/hq-app");')).toEqual(["no-second-authority"]);
    expect(tells('export const x = import.meta.resolve("@rawr/hq-app");')).toEqual(["no-upward-import"]);
  });

  it("takes a type of the manifest for no import", () => {
    expect(at("packages/core/src/x.ts", 'import type { Manifest } from "@rawr/hq-app";')).toEqual([]);
    expect(at("packages/core/src/x.ts", 'import { Manifest } from "@rawr/hq-app";')).toEqual([]);
  });
});

describe("layers of a config of one's own", () => {
  const policy = policyOf("none", {
    layout: { layers: { ui: ["tag:scope:ui"], domain: ["tag:scope:domain"], tool: ["tools/*"] } },
    authority: { mayImport: { domain: [], ui: ["domain"] } },
  });
  const files: Files = {
    "package.json": { name: "root", private: true, workspaces: ["libs/*", "tools/*"] },
    "libs/a/package.json": { name: "a", nx: { tags: ["scope:ui"] } },
    "libs/a/src/index.ts": "export const a = 1;",
    "libs/b/package.json": { name: "b" },
    "libs/b/project.json": { tags: ["scope:domain"] },
    "libs/b/src/index.ts": "export const b = 1;",
    "libs/c/package.json": { name: "c" },
    "libs/c/src/index.ts": "export const c = 1;",
    "tools/d/package.json": { name: "d" },
    "tools/d/src/index.ts": "export const d = 1;",
  };

  it.each([
    ["libs/a/src/x.ts", 'import "b";', []],
    ["libs/b/src/x.ts", 'import "a";', ["libs/b/src/x.ts no-upward-import"]],
    ["libs/b/src/x.ts", 'import "d";', ["libs/b/src/x.ts no-upward-import"]],
    // A project in no layer is not judged, and a layer without a row is not limited.
    ["libs/b/src/x.ts", 'import "c";', []],
    ["libs/c/src/x.ts", 'import "a";', []],
    ["tools/d/src/x.ts", 'import "a";', []],
  ])("judge projects by tag: %s with %s", (file, text, expected) => {
    expect(findings({ ...files, [file]: text }, policy)).toEqual(expected);
  });
});

describe("projects inside projects", () => {
  const files: Files = {
    "package.json": { name: "root", private: true, workspaces: ["packages/*", "plugins/*/*"] },
    "packages/core/package.json": { name: "@rawr/core" },
    "packages/core/src/index.ts": "export const core = 1;",
    "plugins/web/one/package.json": { name: "@rawr/plugin-one" },
    "plugins/web/one/src/index.ts": "export const one = 1;",
    "plugins/web/one/worker/project.json": { name: "one-worker" },
    "plugins/web/one/worker/src/index.ts": "export const worker = 1;",
    "plugins/web/two/package.json": { name: "@rawr/plugin-two" },
    "plugins/web/two/src/index.ts": "export const two = 1;",
  };

  it.each([
    ["a part of a plugin is the plugin", "plugins/web/one/src/x.ts", 'import "../worker/src/index";', []],
    ["and bound like it", "plugins/web/one/worker/src/x.ts", 'import "@rawr/plugin-two";', ["no-plugin-to-plugin-import"]],
    ["in both directions", "plugins/web/two/src/x.ts", 'import "../../one/worker/src/index";', ["no-plugin-to-plugin-import"]],
    ["and of its layer", "packages/core/src/x.ts", 'import "@rawr/plugin-one/worker/src/index";', ["no-upward-import"]],
    ["settings of a tool may build on those of the root", "packages/core/vitest.config.ts", 'import "../../vitest.shared";', []],
    ["so may those in a dot file", "packages/core/.prettierrc.cjs", 'module.exports = require("../../vitest.shared");', []],
    ["other code may not", "packages/core/src/x.config.ts", 'import "../../../vitest.shared";', ["no-cross-project-relative-import"]],
    ["a file that is gone is still somebody's", "plugins/web/one/src/x.ts", 'import "../../two/src/gone";', ["no-plugin-to-plugin-import"]],
  ])("%s", (_what, file, text, expected) => {
    expect(findings({ ...files, "vitest.shared.ts": "export default {};", [file]: text }, policyOf("rawr-hq"))).toEqual(expected.map((rule) => `${file} ${rule}`));
  });
});
