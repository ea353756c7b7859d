import { describe, expect, it } from "vitest";
import { extractOutline } from "../../../src/facts/outline.js";
import { toPath } from "../../../src/files/path.js";
import { mergeConfig } from "../../../src/policy/merge.js";
import type { BridgeEntry } from "../../../src/policy/policy.js";
import { bridgeImports, type Bridge } from "../../../src/workspace/bridges.js";
import { printExit } from "../../../src/workspace/exit.js";
import type { Workspace } from "../../../src/workspace/workspace.js";
import { workspaceOf, type Files } from "../memory.js";

function hq(files: Files, bridges: readonly BridgeEntry[] = []): Workspace {
  const policy = mergeConfig("rawr-hq", {});
  return workspaceOf(
    { "package.json": { name: "acme", workspaces: ["apps/*", "packages/*", "services/*", "plugins/*/*"] }, "rawr.hq.ts": "export const rawrHqManifest = {};", ...files },
    { ...policy, convergence: { bridges }, required: [] },
  );
}

/** A bridge in few words: `file#names sign`. */
function inWords({ file, names, sign }: Bridge): string {
  return `${file}${names === undefined ? "" : `#${names.join("+")}`} ${sign}`;
}

const core = { "packages/core/package.json": { name: "@acme/core", exports: "./src/index.ts" }, "packages/core/src/index.ts": "export const core = 1;" };

describe("comments that head something", () => {
  const headed = (text: string): readonly string[] => {
    const facts = extractOutline({ path: toPath("a.ts"), language: "ts", text });
    if (facts.kind !== "source") throw new Error("no source");
    return facts.comments.map(({ heads, tags }) => `${heads?.join("+") ?? "module"} ${tags.map(({ name, text: said }) => `@${name} ${said}`.trim()).join(" ")}`.trim());
  };

  it.each([
    ["/** @deprecated a */\nexport const a = 1;", ["a @deprecated a"]],
    ["/** @deprecated */ // note\nexport const a = 1;", ["a @deprecated"]],
    ["/** @deprecated */\n// eslint-disable-next-line x\nexport function a() {}", ["a @deprecated"]],
    ["// @deprecated b\nexport const a = 1, c = 2;", ["a+c @deprecated b"]],
    ["/** @deprecated */\nconst a = 1;\nexport { a as b };", ["b @deprecated"]],
    ["/** @deprecated */\nexport default class {}", ["default @deprecated"]],
    ["/** @deprecated */\nexport * from './x';", ["* @deprecated"]],
    ["/** @deprecated */\nimport x from './x';\nexport const a = x;", ["module @deprecated"]],
    ["#!/usr/bin/env node\n/** @deprecated */\n\nexport const a = 1;", ["module @deprecated"]],
    ["import x from './x';\n\n/** @fileoverview A shim. */\n\nexport const a = x;", ["module @fileoverview A shim."]],
    ["/** @deprecated */\nconst a = 1;\nexport const b = a;", []],
    ["export function a() {\n  // @deprecated\n  return 1;\n}", []],
    ["export const a = `\n/** @deprecated */\nexport const b = 1;`;", []],
    ["/** @bridge A. @owner @acme @retire-by 2026-01-01 */\nexport const a = 1;", ["a @bridge A. @owner @acme @retire-by 2026-01-01"]],
    ["/** Says @deprecated in prose. */\nexport const a = 1;", ["a"]],
    ["/**\r\n * @bridge A\r\n * @owner b\r\n */\r\nexport const a = 1;", ["a @bridge A @owner b"]],
  ])("%j", (text, expected) => {
    expect(headed(text)).toEqual(expected);
  });
});

describe("bridges", () => {
  it.each<[string, Files, readonly string[]]>([
    ["a module that calls itself one", { "packages/core/src/a.ts": "/** Compatibility shim. */\nimport { core } from './index';\nexport const a = core;" }, ["packages/core/src/a.ts described"]],
    ["a package that only forwards", { "packages/old/package.json": { name: "@acme/old", exports: "./src/index.ts" }, "packages/old/src/index.ts": "export * from '@acme/core';" }, ["packages/old/src/index.ts forwarding"]],
    ["forwarding by import and export", { "packages/old/package.json": { name: "@acme/old" }, "packages/old/src/index.ts": "import { core } from '@acme/core';\nexport { core };" }, ["packages/old/src/index.ts forwarding"]],
    ["an entry that also exports its own", { "packages/old/package.json": { name: "@acme/old" }, "packages/old/src/index.ts": "export * from '@acme/core';\nexport * from './own';", "packages/old/src/own.ts": "export const own = 1;" }, []],
    ["an app that forwards", { "apps/web/package.json": { name: "@acme/web" }, "apps/web/src/core.ts": "export * from '@acme/core';" }, []],
    ["a plugin that forwards", { "plugins/cli/a/package.json": { name: "@acme/a" }, "plugins/cli/a/src/index.ts": "export * from '@acme/core';" }, []],
    ["a package that passes on npm's", { "packages/z/package.json": { name: "@acme/z" }, "packages/z/src/index.ts": "export * from 'zod';" }, []],
    ["an old address of a manifest elsewhere", { "rawr.hq.ts": "export { rawrHqManifest } from './apps/hq/rawr.hq';", "apps/hq/package.json": { name: "@acme/hq" }, "apps/hq/rawr.hq.ts": "export const rawrHqManifest = {};" }, ["rawr.hq.ts forwarding"]],
    ["test code", { "packages/core/test/a.test.ts": "/** @deprecated */\nexport const a = 1;" }, []],
  ])("%s", (_, files, expected) => {
    expect(hq({ ...core, ...files }).bridges.map(inWords)).toEqual(expected);
  });

  it("take what the registry says of their module", () => {
    const files = { ...core, "packages/core/src/a.ts": "/** @deprecated Use core. @retire-when no-importers */\nexport const a = 1;", "packages/core/src/b.ts": "export const b = 1;" };
    const entries = ["a", "b"].map((name) => ({ path: `packages/core/src/${name}.ts`, owner: "@acme", retireBy: "2026-12-01" }));
    expect(hq(files, entries).bridges.map((bridge) => [inWords(bridge), bridge.owner, bridge.exits.map(({ exit }) => printExit(exit))])).toEqual([
      ["packages/core/src/a.ts#a deprecated", "@acme", ["no-importers", "2026-12-01"]],
      ["packages/core/src/b.ts registered", "@acme", ["2026-12-01"]],
    ]);
  });

  it("are imported by live code that takes what is the bridge", () => {
    const workspace = hq({
      ...core,
      "packages/core/src/a.ts": "/** @deprecated */\nexport const a = 1;\nexport const b = 2;",
      "packages/core/src/takes.ts": "import { a } from './a';\nexport const x = a;",
      "packages/core/src/other.ts": "import { b } from './a';\nexport const y = b;",
      "packages/core/src/all.ts": "import * as all from './a';\nexport const z = all;",
      "packages/core/test/a.test.ts": "import { a } from '../src/a';\nvoid a;",
    });
    expect(workspace.bridges.flatMap((bridge) => bridgeImports(workspace, bridge).map(({ from }) => from)).sort()).toEqual(["packages/core/src/all.ts", "packages/core/src/takes.ts"]);
  });
});
