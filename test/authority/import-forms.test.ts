import { describe, expect, it } from "vitest";
import { noCrossProjectRelativeImport } from "../../rules/authority/no-cross-project-relative-import.js";
import { noPluginToPluginImport } from "../../rules/authority/no-plugin-to-plugin-import.js";
import { noUpwardImport } from "../../rules/authority/no-upward-import.js";
import { mergeConfig } from "../../src/policy/merge.js";
import { workspaceOf, type Files } from "../workspace/memory.js";
import { importForms, type ImportForm, type Target } from "./import-forms.js";

const rules = [noPluginToPluginImport, noCrossProjectRelativeImport, noUpwardImport];

const workspaceFiles: Files = {
  "package.json": { name: "root", private: true, workspaces: ["apps/*", "packages/*", "plugins/*/*"] },
  "rawr.hq.ts": "export const rawrHqManifest = {};",
  "apps/server/package.json": { name: "@rawr/server" },
  "apps/server/src/index.ts": "export const made = 1;\nexport interface Made { readonly size: number }",
  "packages/core/package.json": { name: "@rawr/core", exports: { ".": "./dist/index.js", "./sub": "./dist/sub.js" } },
  "packages/core/src/index.ts": "export const made = 1;\nexport interface Made { readonly size: number }",
  "packages/core/src/sub.ts": "export const made = 2;",
  "packages/base/package.json": { name: "@rawr/base", exports: "./src/index.ts" },
  "packages/base/src/index.ts": "export const base = 1;",
  "plugins/web/one/package.json": { name: "@rawr/plugin-one" },
  "plugins/web/one/src/index.ts": "export const made = 1;\nexport interface Made { readonly size: number }",
  "plugins/web/two/package.json": { name: "@rawr/plugin-two", exports: { ".": "./src/index.ts", "./sub": "./src/sub.ts" } },
  "plugins/web/two/src/index.ts": "export const made = 1;\nexport interface Made { readonly size: number }",
  "plugins/web/two/src/sub.ts": "export const made = 2;",
};

const up = (folder: string): string => "../".repeat(folder.split("/").length + 1);

function targetsFrom(folder: string, name: string, project: string): readonly (readonly [string, Target])[] {
  const source = `${project}/src/index.ts`;
  return [
    ["source", { specifier: `${up(folder)}${project}/src/index`, subpath: `${name}/sub`, source }],
    ["package entry", { specifier: name, subpath: `${name}/sub`, source }],
  ];
}

/** Findings in the importing file, as rule names. */
function findingsIn(files: Files, file: string): readonly string[] {
  const workspace = workspaceOf({ ...workspaceFiles, ...files }, { ...mergeConfig("rawr-hq", {}), required: [] });
  return rules.flatMap((rule) => rule.run(workspace).problems.filter(({ at }) => at.file === file).map(() => rule.name));
}

const cases = (folder: string, name: string, project: string) =>
  importForms(folder).flatMap((form) => targetsFrom(folder, name, project).map(([layout, target]) => ({ form, name: form.name, layout, ...form.write(target) })));

/** Whether a case names its target by path: some forms name the package whatever the layout is. */
const isByPath = ({ layout, name, form }: { readonly layout: string; readonly name: string; readonly form: ImportForm }): boolean =>
  layout === "source" && form.laundered !== true && name !== "exports subpath" && name !== "tsconfig alias" && name !== "#imports";

describe("a plugin that imports another plugin", () => {
  it.each(cases("plugins/web/one", "@rawr/plugin-two", "plugins/web/two"))("is found: $name, $layout", ({ text, files, ...one }) => {
    const found = findingsIn({ ...files, "plugins/web/one/src/from.ts": text }, "plugins/web/one/src/from.ts");
    const ofTypes = isByPath(one) ? "no-cross-project-relative-import" : "no-upward-import";
    expect(found).toEqual([one.form.typeOnly === true ? ofTypes : "no-plugin-to-plugin-import"]);
  });
});

describe("a package that imports a plugin", () => {
  it.each(cases("packages/base", "@rawr/plugin-two", "plugins/web/two"))("is found: $name, $layout", ({ text, files, ...one }) => {
    const found = findingsIn({ ...files, "packages/base/src/from.ts": text }, "packages/base/src/from.ts");
    expect(found).toEqual([isByPath(one) ? "no-cross-project-relative-import" : "no-upward-import"]);
  });
});

describe("the forms", () => {
  it("are all that the law lists, in two layouts", () => {
    expect(importForms("plugins/web/one").length).toBeGreaterThanOrEqual(22);
  });
});

describe("what may be imported", () => {
  it.each(cases("plugins/web/one", "@rawr/core", "packages/core").filter((one) => !isByPath(one)))(
    "is left alone: a package by $name, $layout",
    ({ text, files }) => {
      expect(findingsIn({ ...files, "plugins/web/one/src/from.ts": text }, "plugins/web/one/src/from.ts")).toEqual([]);
    },
  );

  it.each(cases("plugins/web/one", "@rawr/plugin-one", "plugins/web/one"))("is left alone: the own project by $name, $layout", ({ text, files }) => {
    const found = findingsIn({ "plugins/web/one/src/sub.ts": "", ...files, "plugins/web/one/src/from.ts": text }, "plugins/web/one/src/from.ts");
    expect(found).toEqual([]);
  });

  it.each(cases("plugins/web/one", "@rawr/plugin-two", "plugins/web/two"))("is left alone: anything in a test by $name, $layout", ({ text, files }) => {
    expect(findingsIn({ ...files, "plugins/web/one/src/from.test.ts": text }, "plugins/web/one/src/from.test.ts")).toEqual([]);
  });
});
