import { describe, expect, it } from "vitest";
import { rules as all } from "../../rules/index.js";
import { mergeConfig } from "../../src/policy/merge.js";
import { workspaceOf, type Files } from "../workspace/memory.js";

/** All that can speak of an import, and the rest of the family. */
const names = [
  ...["no-host-import-in-manifest", "no-deep-import", "no-plugin-to-plugin-import", "no-cross-project-relative-import", "no-upward-import"],
  ...["no-unprovable-import", "no-second-authority", "no-adapter-bootstrap", "no-boundary-contract-in-package", "no-duplicate-authority"],
];
const rules = all.filter(({ name }) => names.includes(name));

const hq: Files = {
  "package.json": { name: "root", private: true, workspaces: ["apps/*", "packages/*", "services/*", "resources/*", "plugins/*/*"] },
  "rawr.hq.ts": 'import { orders } from "@rawr/plugin-orders";\nexport const rawrHqManifest = { orpc: { router: orders } };',
  "apps/server/package.json": { name: "@rawr/server", exports: "./src/index.ts" },
  "apps/server/src/index.ts": "export const server = 1;",
  "apps/web/package.json": { name: "@rawr/web", exports: "./src/index.ts" },
  "apps/web/src/index.ts": "export const web = 1;\nexport interface Web { a: string }",
  "packages/core/package.json": { name: "@rawr/core", exports: { ".": "./src/index.ts" } },
  "packages/core/src/index.ts": "export const core = 1;\nexport interface Core { a: string }",
  "packages/core/src/deep.ts": "export const deep = 1;",
  "packages/util/package.json": { name: "@rawr/util" },
  "services/billing/package.json": { name: "@rawr/billing", exports: "./src/index.ts" },
  "services/billing/src/index.ts": "export const billing = 1;\nexport interface Bill { a: string }",
  "resources/db/package.json": { name: "@rawr/db", exports: "./src/index.ts" },
  "resources/db/src/index.ts": "export const db = 1;",
  "plugins/api/orders/package.json": { name: "@rawr/plugin-orders", exports: "./src/index.ts", rawr: { kind: "api", capability: "orders" } },
  "plugins/api/orders/src/index.ts": "export const orders = 1;\nexport interface Order { a: string }",
  "plugins/api/orders/src/inner.ts": "export const inner = 1;",
  "plugins/cli/tool/package.json": { name: "@rawr/plugin-tool", exports: "./src/index.ts" },
  "plugins/cli/tool/src/index.ts": "export const tool = 1;",
};

/** The rules that tell of a file. */
function found(file: string, text: string): readonly string[] {
  const workspace = workspaceOf({ ...hq, [file]: text }, { ...mergeConfig("rawr-hq", {}), required: [] });
  return rules.flatMap((rule) => rule.run(workspace).problems.filter(({ at }) => at.file === file).map(() => rule.name));
}

describe("an import across layers", () => {
  it.each<readonly [file: string, text: string, rule: string]>([
    ["packages/core/src/x.ts", 'import { billing } from "@rawr/billing";export const x = billing;', "no-upward-import"],
    ["packages/core/src/x.ts", 'import { db } from "@rawr/db";export const x = db;', "no-upward-import"],
    ["packages/core/src/x.ts", 'import type { Order } from "@rawr/plugin-orders";export type X = Order;', "no-upward-import"],
    ["packages/core/src/x.ts", 'import { web } from "@rawr/web";export const x = web;', "no-upward-import"],
    ["packages/core/src/x.ts", 'import { server } from "@rawr/server";export const x = server;', "no-upward-import"],
    ["packages/core/src/x.ts", 'import type { Web } from "@rawr/web";export type X = Web;', "no-upward-import"],
    ["packages/core/src/x.ts", 'export const x = typeof import("@rawr/web");', "no-upward-import"],
    ["services/billing/src/x.ts", 'import { orders } from "@rawr/plugin-orders"; export const x = orders;', "no-upward-import"],
    ["resources/db/src/x.ts", 'import { billing } from "@rawr/billing"; export const x = billing;', "no-upward-import"],
    ["plugins/cli/tool/src/x.ts", 'import { orders } from "@rawr/plugin-orders"; export const x = orders;', "no-plugin-to-plugin-import"],
    ["plugins/cli/tool/src/x.ts", 'import { server } from "@rawr/server"; export const x = server;', "no-upward-import"],
    ["apps/web/src/x.ts", 'import { inner } from "@rawr/plugin-orders/src/inner"; export const x = inner;', "no-upward-import"],
    ["apps/web/src/x.ts", 'import { inner } from "../../../plugins/api/orders/src/inner"; export const x = inner;', "no-cross-project-relative-import"],
    ["apps/web/src/x.ts", 'import { server } from "@rawr/server"; export const x = server;', "no-upward-import"],
    ["apps/web/src/x.ts", 'import { rawrHqManifest } from "../../../rawr.hq"; export const x = rawrHqManifest;', "no-second-authority"],
    ["apps/server/src/x.ts", 'import { deep } from "@rawr/core/src/deep"; export const x = deep;', "no-deep-import"],
    ["apps/server/src/x.ts", 'import { core } from "../../../packages/core/src/index"; export const x = core;', "no-deep-import"],
    ["packages/core/src/x.tsx", 'import { web } from "@rawr/web"; export const X = () => <div>{web}</div>;', "no-upward-import"],
    ["packages/core/src/x.d.ts", 'import type { Web } from "@rawr/web"; export type X = Web;', "no-upward-import"],
    ["packages/core/src/x.ts", 'import "@rawr/web/styles.css";', "no-upward-import"],
    ["packages/core/src/x.ts", 'import root from "../../../package.json"; export const x = root;', "no-cross-project-relative-import"],
    ["rawr.hq.ts", 'import { server } from "./apps/server/src/index"; export const rawrHqManifest = { orpc: { router: server } };', "no-host-import-in-manifest"],
    ["rawr.hq.ts", 'import { inner } from "./plugins/api/orders/src/inner"; export const rawrHqManifest = { orpc: { router: inner } };', "no-deep-import"],
  ])("is told of once: in %s, %s", (file, text, rule) => {
    expect(found(file, text)).toEqual([rule]);
  });

  it.each<readonly [file: string, text: string]>([
    ["packages/core/src/x.ts", 'import { util } from "@rawr/util";export const x = util;'],
    ["services/billing/src/x.ts", 'import { core } from "@rawr/core"; import { db } from "@rawr/db"; export const x = [core, db];'],
    ["resources/db/src/x.ts", 'import { core } from "@rawr/core"; export const x = core;'],
    ["plugins/cli/tool/src/x.ts", 'import { core } from "@rawr/core"; import { db } from "@rawr/db"; import { billing } from "@rawr/billing"; export const x = [core, db, billing];'],
    ["plugins/cli/tool/src/x.ts", 'import { deep } from "@rawr/core/src/deep"; export const x = deep;'],
    ["apps/web/src/x.ts", 'import { orders } from "@rawr/plugin-orders"; export const x = orders;'],
    ["apps/web/src/x.ts", 'import type { Web } from "./index"; export type X = Web;'],
    ["apps/web/src/x.ts", 'import type { rawrHqManifest } from "../../../rawr.hq"; export type X = typeof rawrHqManifest;'],
    ["apps/server/src/x.ts", 'import { rawrHqManifest } from "../../../rawr.hq"; export const x = rawrHqManifest;'],
    ["apps/server/src/x.ts", 'import { web } from "@rawr/web"; export const x = web;'],
    ["apps/server/src/x.ts", 'const n = process.argv[2]!; export const x = import(n);'],
    ["apps/web/src/x.ts", 'const n = process.argv[2]!; export const x = import(n);'],
    ["services/billing/src/x.ts", 'export const f = (n: string) => import(n);'],
    ["packages/core/src/x.test.ts", 'import { web } from "@rawr/web"; import { inner } from "../../../plugins/api/orders/src/inner"; export const x = [web, inner];'],
    ["packages/core/vite.config.ts", 'import base from "../../vite.base"; export default base;'],
    ["scripts/x.ts", 'import { web } from "@rawr/web"; export const x = web;'],
    ["packages/core/src/x.gen.ts", 'import { web } from "@rawr/web"; export const x = web;'],
    ["packages/core/src/x.ts", '/* @generated */\nimport { web } from "@rawr/web"; export const x = web;'],
    ["packages/core/src/x.ts", 'import pkg from "../package.json"; export const x = pkg;'],
    ["rawr.hq.ts", 'import { web } from "@rawr/web"; export const rawrHqManifest = { orpc: { router: web } };'],
  ])("may be allowed: in %s, %s", (file, text) => {
    expect(found(file, text)).toEqual([]);
  });
});
