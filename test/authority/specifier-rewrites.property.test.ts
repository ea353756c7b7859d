import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noCrossProjectRelativeImport } from "../../rules/authority/no-cross-project-relative-import.js";
import { noPluginToPluginImport } from "../../rules/authority/no-plugin-to-plugin-import.js";
import { noUnprovableImport } from "../../rules/authority/no-unprovable-import.js";
import { noUpwardImport } from "../../rules/authority/no-upward-import.js";
import { mergeConfig } from "../../src/policy/merge.js";
import { workspaceOf, type Files } from "../workspace/memory.js";
import { detours, rewritten } from "./specifier-rewrites.js";

const rules = [noPluginToPluginImport, noCrossProjectRelativeImport, noUpwardImport, noUnprovableImport];
const policy = { ...mergeConfig("rawr-hq", {}), required: [] };
const folder = "plugins/web/one/src";

const projects: Files = {
  "package.json": { name: "root", private: true, workspaces: ["packages/*", "plugins/*/*"] },
  "packages/core/package.json": { name: "@rawr/core", exports: { ".": "./dist/index.js", "./*": "./dist/*.js" } },
  "packages/core/src/index.ts": "export const made = 1;",
  "packages/core/src/sub.ts": "export const made = 1;",
  "plugins/web/one/package.json": { name: "@rawr/plugin-one", imports: { "#two": "@rawr/plugin-two", "#own": "./src/own.ts" } },
  [`${folder}/own.ts`]: "export const made = 1;",
  "plugins/web/two/package.json": { name: "@rawr/plugin-two", exports: { ".": "./src/index.ts", "./sub": "./src/sub.ts" } },
  "plugins/web/two/src/index.ts": "export const made = 1;",
  "plugins/web/two/src/sub.ts": "export const made = 1;",
};

/** What each specifier is, by the rule that it breaches. */
const expected = new Map<string, string>([
  ...["@rawr/plugin-two", "@rawr/plugin-two/sub", "#two", ...detours("../../two/src/index"), ...detours("../../two/src/sub"), "../../two"].map((to) => [to, "no-plugin-to-plugin-import"] as const),
  ...["@rawr/core", "@rawr/core/sub", "react", "node:fs", "#own", ...detours("./own"), "../src/own"].map((to) => [to, ""] as const),
  ...detours("../../../../packages/core/src/sub").map((to) => [to, "no-cross-project-relative-import"] as const),
]);

function findings(text: string, modules: Files): readonly string[] {
  const beside = Object.fromEntries(Object.entries(modules).map(([name, code]) => [`${folder}/${name}.ts`, code]));
  const workspace = workspaceOf({ ...projects, ...beside, [`${folder}/from.ts`]: text }, policy);
  return rules.flatMap((rule) => rule.run(workspace).problems.map(() => rule.name));
}

describe("a specifier, however it is spelled", () => {
  it("is judged by where it leads", () => {
    fc.assert(
      fc.property(rewritten([...expected.keys()]), ({ specifiers, text, modules }) => {
        const wanted = new Set(specifiers.map((specifier) => expected.get(specifier) ?? "").filter((rule) => rule !== ""));
        expect(new Set(findings(text, modules))).toEqual(wanted);
      }),
      { numRuns: Number(process.env["RUNS"] ?? 300), seed: Number(process.env["SEED"] ?? 20_261_125) },
    );
  });
});
