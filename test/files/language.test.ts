import { describe, expect, test } from "vitest";
import { isData, languageOf } from "../../src/files/language.js";
import { toPath } from "../../src/files/path.js";

describe("languageOf", () => {
  test.each([
    ["a.ts", "ts"],
    ["a.d.ts", "ts"],
    ["a.mts", "ts"],
    ["a.cts", "ts"],
    ["a.tsx", "tsx"],
    ["a.js", "js"],
    ["a.mjs", "js"],
    ["a.cjs", "js"],
    ["a.jsx", "jsx"],
    ["package.json", "json"],
    ["tsconfig.jsonc", "json"],
    ["pnpm-workspace.yaml", "yaml"],
    ["package-lock.json", undefined],
    ["ci.yaml", undefined],
    ["ts", undefined],
    ["a.TS", undefined],
    ["a.ts/readme", undefined],
    ["a.toString", undefined],
    ["a.vue", undefined],
  ])("%s: %s", (path, language) => {
    expect(languageOf(toPath(path))).toBe(language);
  });
});

describe("isData", () => {
  test.each([
    ["a/package.json", false],
    ["project.json", false],
    ["tsconfig.base.json", false],
    ["jsconfig.json", false],
    ["nx.json", false],
    ["drift-guard.baseline.json", false],
    ["test/fixtures/dump.json", true],
    ["my-package.json", true],
    ["a.ts", false],
  ])("%s: %s", (path, data) => {
    expect(isData(toPath(path))).toBe(data);
  });
});
