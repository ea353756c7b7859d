import { describe, expect, it } from "vitest";
import { judged, type Case } from "./headquarters.js";

const breaches: readonly Case[] = [
  ["second module aggregates two", ["no-second-authority", "no-upward-import"], { "packages/hub/package.json": JSON.stringify({ name: "@rawr/hub", exports: { ".": "./src/index.ts" } }), "packages/hub/src/index.ts": 'import { coordinationApi } from "@rawr/plugin-api-coordination";\nimport { stateApi } from "@rawr/plugin-api-state";\nexport const all = { coordination: coordinationApi.internal, state: stateApi.internal };' }],
  ["aggregate in app by assignment", ["no-second-authority"], { "apps/web/src/agg.ts": 'import { coordinationApi } from "@rawr/plugin-api-coordination";\nimport { stateApi } from "@rawr/plugin-api-state";\nexport const all: Record<string, unknown> = {};\nall.coordination = coordinationApi.internal;\nall.state = stateApi.internal;' }],
  ["aggregate in app by Map.set", ["no-second-authority"], { "apps/web/src/agg.ts": 'import { coordinationApi } from "@rawr/plugin-api-coordination";\nimport { stateApi } from "@rawr/plugin-api-state";\nexport const all = new Map<string, unknown>();\nall.set("coordination", coordinationApi.internal);\nall.set("state", stateApi.internal);' }],
  ["aggregate by push", ["no-second-authority"], { "apps/web/src/agg.ts": 'import { coordinationApi } from "@rawr/plugin-api-coordination";\nimport { stateApi } from "@rawr/plugin-api-state";\nexport const all: unknown[] = [];\nall.push(coordinationApi.internal, stateApi.internal);' }],
  ["aggregate by class fields", ["no-second-authority"], { "apps/web/src/agg.ts": 'import { coordinationApi } from "@rawr/plugin-api-coordination";\nimport { stateApi } from "@rawr/plugin-api-state";\nexport class All { coordination = coordinationApi.internal; state = stateApi.internal; }' }],
  ["aggregate by re-exports", ["no-second-authority"], { "apps/web/src/agg.ts": 'export { coordinationApi } from "@rawr/plugin-api-coordination";\nexport { stateApi } from "@rawr/plugin-api-state";' }],
  ["aggregate by namespaces", ["no-second-authority"], { "apps/web/src/agg.ts": 'import * as c from "@rawr/plugin-api-coordination";\nimport * as s from "@rawr/plugin-api-state";\nexport const all = { c, s };' }],
  ["aggregate by dynamic import", ["no-second-authority"], { "apps/web/src/agg.ts": 'export const load = async () => ({ c: await import("@rawr/plugin-api-coordination"), s: await import("@rawr/plugin-api-state") });' }],
  ["aggregate Promise.all imports", ["no-second-authority"], { "apps/web/src/agg.ts": 'export const load = () => Promise.all([import("@rawr/plugin-api-coordination"), import("@rawr/plugin-api-state")]);' }],
  ["aggregate destructure + spread", ["no-second-authority"], { "apps/web/src/agg.ts": 'import { coordinationApi } from "@rawr/plugin-api-coordination";\nimport { stateApi } from "@rawr/plugin-api-state";\nconst { internal: a } = coordinationApi;\nconst { internal: b } = stateApi;\nexport const all = { ...a, ...b };' }],
  ["split over two files", ["no-second-authority"], { "apps/web/src/a.ts": 'import { coordinationApi } from "@rawr/plugin-api-coordination";\nexport const a = coordinationApi.internal;', "apps/web/src/agg.ts": 'import { a } from "./a";\nimport { stateApi } from "@rawr/plugin-api-state";\nexport const all = { a, state: stateApi.internal };' }],
  ["copy of manifest elsewhere", ["no-second-authority"], { "apps/admin/package.json": JSON.stringify({ name: "@rawr/admin" }), "apps/admin/rawr.hq.ts": "export const rawrHqManifest = { orpc: { router: {} }, workflows: {} };" }],
  ["importer web", ["no-second-authority"], { "apps/web/src/agg.ts": 'import { rawrHqManifest } from "../../../rawr.hq";\nexport const x = rawrHqManifest.orpc.router;' }],
  ["importer dynamic", ["no-second-authority"], { "apps/web/src/agg.ts": 'export const x = () => import("../../../rawr.hq");' }],
];

const harmless: readonly Case[] = [
  ["two contracts aggregate", [], { "apps/web/src/agg.ts": 'import { coordinationApi } from "@rawr/plugin-api-coordination";\nexport const one = { c: coordinationApi.internal, d: coordinationApi.published };' }],
  ["cli uses two toolkits", [], { "apps/cli/src/two.ts": 'import * as h from "@rawr/plugin-hello";\nimport * as s from "@rawr/plugin-scaffold";\nexport const all = [h, s];' }],
  ["test aggregates", [], { "apps/server/test/agg.test.ts": 'import { coordinationApi } from "@rawr/plugin-api-coordination";\nimport { stateApi } from "@rawr/plugin-api-state";\nexport const all = { coordination: coordinationApi.internal, state: stateApi.internal };' }],
];

describe("a second authority", () => {
  it.each(breaches)("is: %s", (_, rules, edits) => {
    expect(judged(edits)).toEqual(rules);
  });
  it.each(harmless)("is none: %s", (_, rules, edits) => {
    expect(judged(edits)).toEqual(rules);
  });
});
