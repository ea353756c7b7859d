import { describe, expect, test } from "vitest";
import { layoutOf, resolved, type Files } from "./memory.js";

function withPaths(paths: object, more: object = {}): object {
  return { compilerOptions: { paths, ...more } };
}

function resolvedIn(files: Files, specifier: string, from = "apps/a/src/from.ts"): string {
  return resolved(layoutOf({ [from]: "", ...files }), from, specifier);
}

describe("paths", () => {
  const target = { "apps/a/src/lib/x.ts": "", "apps/a/src/$&.ts": "", "apps/a/src/lib/index.ts": "", "packages/b/src/x.ts": "" };

  test.each([
    ["a star", { "@/*": ["./src/*"] }, "@/lib/x", "apps/a/src/lib/x.ts"],
    ["an extension to be built", { "@/*": ["./src/*"] }, "@/lib/x.js", "apps/a/src/lib/x.ts"],
    ["a whole name", { lib: ["./src/lib"] }, "lib", "apps/a/src/lib/index.ts"],
    ["a whole name and nothing below it", { lib: ["./src/lib"] }, "lib/x", "external lib"],
    ["text after the star", { "lib-*-end": ["./src/*/x"] }, "lib-lib-end", "apps/a/src/lib/x.ts"],
    ["the first target that is there", { "@/*": ["./gone/*", "./src/*"] }, "@/lib/x", "apps/a/src/lib/x.ts"],
    ["the longest text before the star", { "@/*": ["./gone/*"], "@/lib/*": ["./src/lib/*"] }, "@/lib/x", "apps/a/src/lib/x.ts"],
    ["the exact name before any star", { "*": ["./gone/*"], lib: ["./src/lib/x"] }, "lib", "apps/a/src/lib/x.ts"],
    ["another project", { "b/*": ["../../packages/b/src/*"] }, "b/x", "packages/b/src/x.ts"],
    ["an output", { b: ["./dist/lib/x.d.ts"] }, "b", "apps/a/src/lib/x.ts"],
    ["a folder of installed types", { react: ["./node_modules/@types/react"] }, "react", "external react"],
    ["a catch-all that has nothing", { "*": ["./types/*"] }, "react", "external react"],
    ["a promise that nothing keeps", { "@lib/*": ["./gone/*"] }, "@lib/x", "missing"],
    ["a way out of the workspace", { "@lib/*": ["../../../*"] }, "@lib/x", "external @lib/x"],
    ["a dollar sign in what the star stands for", { "@/*": ["./src/*"] }, "@/$&", "apps/a/src/$&.ts"],
  ])("%s", (_, paths, specifier, found) => {
    const files = {
      ...target,
      "package.json": { workspaces: ["apps/*"] },
      "apps/a/package.json": {},
      "apps/a/tsconfig.json": withPaths(paths),
    };
    expect(resolvedIn(files, specifier)).toBe(found);
  });

  test("start from baseUrl, which also stands for a path of its own", () => {
    const files = { ...target, "apps/a/tsconfig.json": withPaths({ "@/*": ["lib/*"] }, { baseUrl: "src" }) };
    expect(resolvedIn(files, "@/x")).toBe("apps/a/src/lib/x.ts");
    expect(resolvedIn(files, "lib/x")).toBe("apps/a/src/lib/x.ts");
    expect(resolvedIn(files, "react")).toBe("external react");
  });

  test("come before packages of the name", () => {
    const files = {
      "package.json": { workspaces: ["packages/*"] },
      "packages/b/package.json": { name: "b", exports: "./src/y.ts" },
      "packages/b/src/x.ts": "",
      "packages/b/src/y.ts": "",
      "tsconfig.json": withPaths({ b: ["packages/b/src/x"] }),
    };
    expect(resolvedIn(files, "b")).toBe("private packages/b/src/x.ts");
  });
});

describe("which configuration", () => {
  const sources = { "apps/a/src/x.ts": "", "x.ts": "" };
  const own = withPaths({ x: ["./src/x"] });
  const rootly = withPaths({ x: ["./x"] });

  test.each([
    ["the nearest one", { "tsconfig.json": rootly, "apps/a/tsconfig.json": own }, "apps/a/src/x.ts"],
    ["jsconfig.json too", { "apps/a/jsconfig.json": own }, "apps/a/src/x.ts"],
    [
      "one with comments and trailing commas",
      { "apps/a/tsconfig.json": '{ // note\n"compilerOptions": { "paths": { "x": ["./src/x",] }, } }' },
      "apps/a/src/x.ts",
    ],
    ["the root's when a project's own does not take it over", { "tsconfig.base.json": rootly, "apps/a/tsconfig.json": {} }, "x.ts"],
    ["the root's where there is no other", { "tsconfig.base.json": rootly }, "x.ts"],
    [
      "the one that is referred to",
      { "apps/a/tsconfig.json": { files: [], references: [{ path: "./tsconfig.app.json" }] }, "apps/a/tsconfig.app.json": own },
      "apps/a/src/x.ts",
    ],
    [
      "a folder that is referred to",
      { "apps/a/tsconfig.json": { references: [{ path: "./src" }] }, "apps/a/src/tsconfig.json": withPaths({ x: ["./x"] }) },
      "apps/a/src/x.ts",
    ],
    ["none that is broken", { "apps/a/tsconfig.json": "{" }, "external x"],
    [
      "none whose values have wrong types",
      { "apps/a/tsconfig.json": { extends: 1, compilerOptions: { baseUrl: [], paths: { x: "./src/x" } } } },
      "external x",
    ],
  ])("%s", (_, files, found) => {
    expect(resolvedIn({ ...sources, ...files }, "x")).toBe(found);
  });
});

describe("extends", () => {
  const sources = { "x.ts": "", "apps/a/x.ts": "", "apps/a/src/x.ts": "", "configs/x.ts": "" };

  test.each([
    ["a path", { extends: "../../base.json" }, { "base.json": withPaths({ x: ["./x"] }) }, "x.ts"],
    ["a path without extension", { extends: "../../base" }, { "base.json": withPaths({ x: ["./x"] }) }, "x.ts"],
    ["a folder", { extends: "../../configs" }, { "configs/tsconfig.json": withPaths({ x: ["./x"] }) }, "configs/x.ts"],
    [
      "a list, the last wins",
      { extends: ["../../one.json", "../../two.json"] },
      { "one.json": withPaths({ x: ["./no"] }), "two.json": withPaths({ x: ["./x"] }) },
      "x.ts",
    ],
    ["a chain", { extends: "../../one.json" }, { "one.json": { extends: "./two.json" }, "two.json": withPaths({ x: ["./x"] }) }, "x.ts"],
    [
      "a circle",
      { extends: "../../one.json" },
      { "one.json": { ...withPaths({ x: ["./x"] }), extends: "./apps/a/tsconfig.json" } },
      "x.ts",
    ],
    ["what is gone", { extends: "./gone.json", ...withPaths({ x: ["./x"] }) }, {}, "apps/a/x.ts"],
    [
      "the folder of the one that extends",
      { extends: "../../base.json" },
      { "base.json": withPaths({ x: ["${configDir}/src/x"] }) },
      "apps/a/src/x.ts",
    ],
    [
      "a baseUrl below",
      { extends: "../../base.json", compilerOptions: { baseUrl: "src" } },
      { "base.json": withPaths({ x: ["x"] }) },
      "apps/a/src/x.ts",
    ],
    [
      "and replaces all paths",
      { extends: "../../base.json", ...withPaths({ y: ["./x"] }) },
      { "base.json": withPaths({ x: ["./x"] }) },
      "external x",
    ],
    [
      "a package",
      { extends: "@x/configs/strict" },
      {
        "package.json": { workspaces: ["configs"] },
        "configs/package.json": { name: "@x/configs" },
        "configs/strict.json": withPaths({ x: ["./x"] }),
      },
      "configs/x.ts",
    ],
    [
      "a package's own",
      { extends: "shared" },
      {
        "package.json": { workspaces: ["configs"] },
        "configs/package.json": { name: "shared" },
        "configs/tsconfig.json": withPaths({ x: ["./x"] }),
      },
      "configs/x.ts",
    ],
  ])("%s", (_, tsconfig, files, found) => {
    expect(resolvedIn({ ...sources, "apps/a/tsconfig.json": tsconfig, ...files }, "x")).toBe(found);
  });
});
