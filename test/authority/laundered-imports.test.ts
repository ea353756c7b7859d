import { describe, expect, it } from "vitest";
import { noCrossProjectRelativeImport } from "../../rules/authority/no-cross-project-relative-import.js";
import { noPluginToPluginImport } from "../../rules/authority/no-plugin-to-plugin-import.js";
import { noUpwardImport } from "../../rules/authority/no-upward-import.js";
import { mergeConfig } from "../../src/policy/merge.js";
import { workspaceOf, type Files } from "../workspace/memory.js";

const projects: Files = {
  "package.json": { name: "root", private: true, workspaces: ["apps/*", "packages/*", "plugins/*/*"] },
  "rawr.hq.ts": "export const rawrHqManifest = {};\nexport type Manifest = typeof rawrHqManifest;",
  "packages/core/package.json": { name: "@rawr/core", exports: "./src/index.ts" },
  "packages/core/src/own.ts": "export const own = 1;",
  "packages/base/package.json": { name: "@rawr/base", exports: "./src/index.ts" },
  "plugins/web/one/package.json": { name: "@rawr/plugin-one" },
  "plugins/web/two/package.json": { name: "@rawr/plugin-two", exports: "./src/index.ts" },
  "plugins/web/two/src/index.ts": "export const made = 1;\nexport const more = 2;\nexport interface Made { readonly size: number }\nexport default made;",
  "apps/server/package.json": { name: "@rawr/server", exports: "./src/index.ts" },
  "apps/server/src/index.ts": "export const server = 1;",
};

/** Findings as `file:line rule message`, by file. */
function findings(files: Files): readonly string[] {
  const workspace = workspaceOf({ ...projects, ...files }, { ...mergeConfig("rawr-hq", {}), required: [] });
  return [noPluginToPluginImport, noCrossProjectRelativeImport, noUpwardImport]
    .flatMap((rule) => rule.run(workspace).problems.map(({ at, message }) => `${at.file}:${String(at.line)} ${rule.name} ${message}`))
    .sort();
}

const relay = "packages/core/src/index.ts";
const one = "plugins/web/one/src/index.ts";
const laundered = `${one}:1 no-plugin-to-plugin-import "@rawr/plugin-one" must not import "@rawr/plugin-two" (through ${relay}): both are plugins.`;
const inOne = (all: readonly string[]): readonly string[] => all.filter((finding) => finding.startsWith(one));

describe("a plugin that a package passes on", () => {
  it.each([
    ["a name", 'export { made } from "@rawr/plugin-two";', 'import { made } from "@rawr/core";'],
    ["a renamed name", 'export { made as x } from "@rawr/plugin-two";', 'import { x } from "@rawr/core";'],
    ["a star", 'export * from "@rawr/plugin-two";', 'import { made } from "@rawr/core";'],
    ["a namespace", 'export * as two from "@rawr/plugin-two";', 'import { two } from "@rawr/core";'],
    ["an import that is exported again", 'import { made } from "@rawr/plugin-two";\nexport { made };', 'import { made } from "@rawr/core";'],
    ["a default", 'export { default } from "@rawr/plugin-two";', 'import made from "@rawr/core";'],
    ["a constant", 'import { made } from "@rawr/plugin-two";\nexport const x = made;', 'import { x } from "@rawr/core";'],
    ["a member of a namespace", 'import * as two from "@rawr/plugin-two";\nexport const x = two.made;', 'import { x } from "@rawr/core";'],
    ["a default expression", 'import { made } from "@rawr/plugin-two";\nexport default made;', 'import x from "@rawr/core";'],
    ["a name that a namespace reads", 'export * from "@rawr/plugin-two";', 'import * as core from "@rawr/core";\nexport const x = core.made;'],
    ["a namespace that goes elsewhere", 'export * from "@rawr/plugin-two";', 'import * as core from "@rawr/core";\nexport const x = use(core);'],
    ["an awaited import", 'export * from "@rawr/plugin-two";', 'export const x = (await import("@rawr/core")).made;'],
    ["an import that is taken apart", 'export * from "@rawr/plugin-two";', 'const { made } = await import("@rawr/core");\nexport const x = made;'],
    ["a require", 'export * from "@rawr/plugin-two";', 'export const x = require("@rawr/core").made;'],
    ["what an import is waited for", 'export const { made } = await import("@rawr/plugin-two");', 'import { made } from "@rawr/core";'],
    ["a member of what is waited for", 'export const x = (await import("@rawr/plugin-two")).made;', 'import { x } from "@rawr/core";'],
    ["an import that is handed over", 'export * from "@rawr/plugin-two";', 'export const x = import("@rawr/core").then((core) => core.made);'],
    ["an import that is handed over and taken apart", 'export * from "@rawr/plugin-two";', 'export const x = import("@rawr/core").then(({ made }) => made);'],
    ["an import that is handed to who knows whom", 'export * from "@rawr/plugin-two";', 'export const x = import("@rawr/core").then(use);'],
    ["an export by assignment", 'import two = require("@rawr/plugin-two");\nexport = two;', 'import { made } from "@rawr/core";'],
  ])("is found: %s", (_how, passes, takes) => {
    expect(inOne(findings({ [relay]: passes, [one]: takes }))).toEqual([laundered]);
  });

  it("is found through several modules, which the message names in order", () => {
    const all = findings({
      [relay]: 'export * from "./inner/index";',
      "packages/core/src/inner/index.ts": 'export { made as x } from "@rawr/plugin-two";',
      "packages/base/src/index.ts": 'export { x as y } from "@rawr/core";',
      [one]: 'import { y } from "@rawr/base";',
    });
    expect(inOne(all)).toEqual([
      `${one}:1 no-plugin-to-plugin-import "@rawr/plugin-one" must not import "@rawr/plugin-two" (through packages/base/src/index.ts and ${relay} and packages/core/src/inner/index.ts): both are plugins.`,
    ]);
  });

  it.each([
    ["another name", 'export { made } from "@rawr/plugin-two";\nexport { own } from "./own";', 'import { own } from "@rawr/core";'],
    ["another name of a namespace", 'export { made } from "@rawr/plugin-two";\nexport { own } from "./own";', 'import * as core from "@rawr/core";\nexport const x = core.own;'],
    ["another name of an awaited import", 'export { made } from "@rawr/plugin-two";\nexport { own } from "./own";', 'const core = await import("@rawr/core");\nexport const x = core.own;'],
    ["another name of an import that is handed over", 'export { made } from "@rawr/plugin-two";\nexport { own } from "./own";', 'export const x = import("@rawr/core").then((core) => core.own);'],
    ["another name of one that is taken apart", 'export { made } from "@rawr/plugin-two";\nexport { own } from "./own";', 'export const x = import("@rawr/core").then(({ own }) => own);'],
    ["what is built on it", 'import { Made } from "@rawr/plugin-two";\nexport class Own extends Made {}', 'import { Own } from "@rawr/core";'],
    ["a side effect", 'export { made } from "@rawr/plugin-two";', 'import "@rawr/core";'],
    ["what is made of it", 'import { made } from "@rawr/plugin-two";\nexport const x = made + 1;', 'import { x } from "@rawr/core";'],
    ["a circle", 'export * from "@rawr/base";', 'import { made } from "@rawr/core";'],
  ])("is not taken with %s", (_how, passes, takes) => {
    expect(inOne(findings({ [relay]: passes, [one]: takes, "packages/base/src/index.ts": 'export * from "@rawr/core";' }))).toEqual([]);
  });

  it("is told of where it is named and where it arrives: each of the two imports has to go", () => {
    const all = findings({ [relay]: 'export { made } from "@rawr/plugin-two";', "packages/base/src/index.ts": 'export { made as base } from "@rawr/core";' });
    expect(all).toEqual([
      `packages/base/src/index.ts:1 no-upward-import "@rawr/base" (package) must not import "@rawr/plugin-two" (plugin) (through ${relay}).`,
      `${relay}:1 no-upward-import "@rawr/core" (package) must not import "@rawr/plugin-two" (plugin).`,
    ]);
  });

  it("is reported once where a module of the plugin itself passes it on", () => {
    const all = findings({ "plugins/web/one/src/relay.ts": 'export { made } from "@rawr/plugin-two";', [one]: 'import { made } from "./relay";' });
    expect(all).toEqual(['plugins/web/one/src/relay.ts:1 no-plugin-to-plugin-import "@rawr/plugin-one" must not import "@rawr/plugin-two": both are plugins.']);
  });
});

describe("types", () => {
  it.each([
    ["import type", 'import type { Made } from "@rawr/plugin-two";'],
    ["a name that is one", 'import { Made } from "@rawr/plugin-two";'],
    ["names that are all marked", 'import { type Made } from "@rawr/plugin-two";'],
    ["an import type", 'export type X = import("@rawr/plugin-two").Made;'],
    ["typeof import", 'export type X = typeof import("@rawr/plugin-two");'],
  ])("of another plugin are no import at run time, yet the matrix forbids them: %s", (_how, text) => {
    expect(findings({ [one]: text })).toEqual([`${one}:1 no-upward-import "@rawr/plugin-one" (plugin) must not import types of "@rawr/plugin-two" (plugin).`]);
  });

  it("passed on as types are types", () => {
    expect(inOne(findings({ [relay]: 'export type { made } from "@rawr/plugin-two";', [one]: 'import { made } from "@rawr/core";' }))).toEqual([
      `${one}:1 no-upward-import "@rawr/plugin-one" (plugin) must not import types of "@rawr/plugin-two" (plugin) (through ${relay}).`,
    ]);
  });

  it("of the manifest may be taken anywhere, its value by hosts only", () => {
    expect(findings({ [one]: 'import type { Manifest } from "../../../../rawr.hq";' })).toEqual([]);
    expect(findings({ "apps/server/src/rawr.ts": 'import { rawrHqManifest } from "../../../rawr.hq";' })).toEqual([]);
    expect(findings({ [one]: 'import { rawrHqManifest } from "../../../../rawr.hq";' })).toEqual([
      `${one}:1 no-upward-import "@rawr/plugin-one" (plugin) must not import "root" (manifest).`,
    ]);
  });
});

describe("a plugin that a CommonJS module passes on", () => {
  const file = "packages/core/src/relay.cjs";
  it.each([
    'module.exports = require("@rawr/plugin-two");',
    'exports.made = require("@rawr/plugin-two").made;',
    'const two = require("@rawr/plugin-two");\nmodule.exports = { made: two.made, own: 1 };',
    'const { made } = require("@rawr/plugin-two");\nmodule.exports = { made };',
  ])("is found: %s", (passes) => {
    const core = { "packages/core/package.json": { name: "@rawr/core", exports: "./src/relay.cjs" }, [file]: passes };
    const through = `${one}:1 no-plugin-to-plugin-import "@rawr/plugin-one" must not import "@rawr/plugin-two" (through ${file}): both are plugins.`;
    expect(inOne(findings({ ...core, [one]: 'const { made } = require("@rawr/core");\nexport const x = made;' }))).toEqual([through]);
    expect(inOne(findings({ ...core, [one]: 'const { own } = require("@rawr/core");\nexport const x = own;' }))).toEqual([]);
  });
});
