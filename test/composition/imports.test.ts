import { describe, expect, it } from "vitest";
import { judged, MANIFEST, type Case } from "./headquarters.js";

/** Puts a line on top of a module. */
function imp(line: string): (text: string) => string {
  return (text) => `${line}\n${text}`;
}

const breaches: readonly Case[] = [
  ["relative", ["no-host-import-in-manifest"], { [MANIFEST]: imp('import { forbidden } from "./apps/server/src/answers";\nexport const f = forbidden;') }],
  ["package name", ["no-host-import-in-manifest"], { [MANIFEST]: imp('import { x } from "@rawr/server";\nexport const f = x;') }],
  ["import()", ["no-host-import-in-manifest"], { [MANIFEST]: (t) => t + '\nexport const load = () => import("./apps/server/src/answers");' }],
  ["import type", ["no-host-import-in-manifest"], { [MANIFEST]: imp('import type { HostOptions } from "./apps/server/src/ports";\nexport type F = HostOptions;') }],
  ["import type query", ["no-host-import-in-manifest"], { [MANIFEST]: (t) => t + '\nexport type F = import("./apps/server/src/ports").HostOptions;' }],
  ["require", ["no-host-import-in-manifest"], { [MANIFEST]: (t) => t + '\nexport const f = require("./apps/server/src/answers");' }],
  ["template import()", ["no-host-import-in-manifest"], { [MANIFEST]: (t) => t + '\nconst dir = "./apps/server/src";\nexport const load = () => import(`${dir}/answers`);' }],
  ["export from", ["no-host-import-in-manifest"], { [MANIFEST]: (t) => t + '\nexport { forbidden } from "./apps/server/src/answers";' }],
  ["export star", ["no-host-import-in-manifest"], { [MANIFEST]: (t) => t + '\nexport * from "./apps/server/src/answers";' }],
  ["side effect", ["no-host-import-in-manifest"], { [MANIFEST]: imp('import "./apps/server/src/answers";') }],
  ["through root helper", ["no-host-import-in-manifest"], { "composition.ts": 'import { forbidden } from "./apps/server/src/answers";\nexport const deny = forbidden;', [MANIFEST]: (t) => imp('import { deny } from "./composition";')(t) + "\nexport const d = deny;" }],
  ["tsconfig alias", ["no-host-import-in-manifest"], { "tsconfig.json": JSON.stringify({ compilerOptions: { paths: { "#host/*": ["./apps/server/src/*"] } } }), [MANIFEST]: imp('import { forbidden } from "#host/answers";\nexport const f = forbidden;') }],
  ["package imports field", ["no-host-import-in-manifest"], { "package.json": (t) => { const o = JSON.parse(t); o.imports = { "#host": "./apps/server/src/answers.ts" }; return JSON.stringify(o); }, [MANIFEST]: imp('import { forbidden } from "#host";\nexport const f = forbidden;') }],
  ["via package relaying the host", ["no-cross-project-relative-import", "no-host-import-in-manifest"], { "packages/core/src/index.ts": (t) => t + '\nexport { forbidden } from "../../../apps/server/src/answers";', [MANIFEST]: imp('import { forbidden } from "@rawr/core";\nexport const f = forbidden;') }],
  ["new URL", ["no-host-import-in-manifest"], { [MANIFEST]: (t) => t + '\nexport const u = new URL("./apps/server/src/answers.ts", import.meta.url);' }],
  ["manifest deep src", ["no-deep-import"], { [MANIFEST]: imp('import { RUN_QUEUED } from "./packages/coordination-inngest/src/index";\nexport const q = RUN_QUEUED;') }],
  ["package subpath not exported", ["no-deep-import"], { [MANIFEST]: imp('import { x } from "@rawr/core/src/errors";\nexport const q = x;') }],
  ["host deep plugin", ["no-deep-import"], { "apps/server/src/x.ts": 'import { coordinationRouter } from "../../../plugins/api/coordination/src/router";\nexport const q = coordinationRouter;' }],
  ["host deep type", ["no-deep-import"], { "apps/server/src/x.ts": 'import type { RunStore } from "@rawr/coordination/src/ports";\nexport type Q = RunStore;' }],
  ["host dynamic deep", ["no-deep-import"], { "apps/server/src/x.ts": 'export const q = () => import("@rawr/coordination/src/runs");' }],
  ["host re-export deep", ["no-deep-import"], { "apps/server/src/x.ts": 'export * from "../../../packages/coordination/src/runs";' }],
];

const harmless: readonly Case[] = [
  ["exported subpath", [], { "apps/server/src/x.ts": 'import { createFileStateStore } from "@rawr/state/node";\nexport const q = createFileStateStore;' }],
  ["package.json import", [], { "apps/server/src/x.ts": 'import pkg from "../package.json";\nexport const q = pkg.version;' }],
];

describe("what manifest and hosts import", () => {
  it.each(breaches)("is a breach: %s", (_, rules, edits) => {
    expect(judged(edits)).toEqual(rules);
  });
  it.each(harmless)("is none: %s", (_, rules, edits) => {
    expect(judged(edits)).toEqual(rules);
  });
});
