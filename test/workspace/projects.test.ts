import { describe, expect, test } from "vitest";
import { toPath } from "../../src/files/path.js";
import type { LayoutPolicy } from "../../src/policy/policy.js";
import { factsOf, layoutOf, type Files } from "./memory.js";
import { findProblems } from "../../src/workspace/problems.js";

function foldersOf(files: Files, layout?: Partial<LayoutPolicy>): readonly string[] {
  return layoutOf(files, layout).projects.all.map(({ folder }) => folder);
}

describe("projects", () => {
  const packages = {
    "packages/a/package.json": { name: "a" },
    "packages/b/package.json": { name: "b" },
    "packages/b/test/fixture/package.json": { name: "fixture" },
    "packages/none/readme.json": {},
    "tools/c/package.json": { name: "c" },
  };

  test.each([
    ["npm, Yarn, Bun", { "package.json": { workspaces: ["packages/*"] } }, ["", "packages/a", "packages/b"]],
    [
      "Yarn classic",
      { "package.json": { workspaces: { packages: ["packages/*", "tools/*"], nohoist: [] } } },
      ["", "packages/a", "packages/b", "tools/c"],
    ],
    ["one that is taken away", { "package.json": { workspaces: ["packages/*", "!packages/b"] } }, ["", "packages/a"]],
    [
      "one that is taken away and given back",
      { "package.json": { workspaces: ["packages/*", "!packages/*", "packages/b"] } },
      ["", "packages/b"],
    ],
    ["spellings", { "package.json": { workspaces: ["./packages/a/", "tools/c/package.json"] } }, ["", "packages/a", "tools/c"]],
    [
      "a deep glob takes fixtures as well",
      { "package.json": { workspaces: ["packages/**"] } },
      ["", "packages/a", "packages/b", "packages/b/test/fixture"],
    ],
    ["pnpm", { "pnpm-workspace.yaml": "packages:\n  - 'packages/**'\n  - '!**/b'\n" }, ["", "packages/a"]],
    ["pnpm, which leaves out test folders", { "pnpm-workspace.yaml": "packages: ['**']" }, ["", "packages/a", "packages/b", "tools/c"]],
    ["nothing at all", {}, [""]],
    ["wrong types", { "package.json": { workspaces: { packages: 1 } }, "pnpm-workspace.yaml": "- 1" }, [""]],
    ["broken JSON", { "package.json": '{"workspaces":["tools/*"],,' }, ["", "tools/c"]],
  ])("by %s", (_, files, folders) => {
    expect(foldersOf({ ...packages, ...files })).toEqual(folders);
  });

  test("by the layout, though the package manager may have forgotten them", () => {
    expect(foldersOf(packages, { layers: { tool: ["tools/*"], package: ["packages/*", "!packages/b"] } })).toEqual([
      "",
      "packages/a",
      "tools/c",
    ]);
    expect(foldersOf(packages, { pluginRoots: { "tools/*": "tool" } })).toEqual(["", "tools/c"]);
  });

  test("by project.json, anywhere; and plugins without any", () => {
    const files = { "libs/deep/x/project.json": { name: "x" }, "plugins/p/index.ts": "" };
    expect(foldersOf(files, { pluginRoots: { "plugins/*": "plugin" } })).toEqual(["", "libs/deep/x", "plugins/p"]);
  });

  test.each([
    [{ "p/package.json": { name: "a", nx: { name: "b" } }, "p/project.json": { name: "c" } }, "a"],
    [{ "p/package.json": { nx: { name: "b" } }, "p/project.json": { name: "c" } }, "b"],
    [{ "p/package.json": { name: "" }, "p/project.json": { name: "c" } }, "c"],
    [{ "p/package.json": { name: 1 }, "p/project.json": [] }, "p"],
  ])("are named %#", (files, name) => {
    expect(layoutOf(files, { layers: { p: ["p"] } }).projects.at(toPath("p"))?.name).toBe(name);
  });

  test("own what is in them down to the next project", () => {
    const { projects } = layoutOf({ "package.json": { workspaces: ["packages/**"] }, ...packages });
    expect(projects.of(toPath("packages/a/src/x.ts"))?.name).toBe("a");
    expect(projects.of(toPath("packages/b/test/x.ts"))?.name).toBe("b");
    expect(projects.of(toPath("packages/b/test/fixture/x.ts"))?.name).toBe("fixture");
    expect(projects.of(toPath("packages/ab/x.ts"))?.name).toBe(".");
    expect(projects.of(toPath("x.ts"))?.folder).toBe("");
  });
});

describe("layers", () => {
  const files = {
    "a/x/package.json": { nx: { tags: ["layer:one"] } },
    "a/x/project.json": { tags: ["type:lib", "layer:one"] },
    "a/y/package.json": {},
    "b/z/project.json": { tags: ["layer:two"] },
  };

  test.each([
    ["globs", { one: ["a/x"], two: ["a/*"] }, ["one", "two", undefined]],
    ["tags of package.json and project.json", { one: ["tag:layer:one"], two: ["tag:layer:*"], rest: ["**"] }, ["one", "rest", "two"]],
    ["the first that fits", { all: ["a/*", "b/*"], one: ["a/x"] }, ["all", "all", "all"]],
    ["all but", { one: ["**", "!tag:type:lib"], two: ["a/x"] }, ["two", "one", "one"]],
  ] as const)("by %s", (_, layers: LayoutPolicy["layers"], expected) => {
    const { projects } = layoutOf(files, { layers });
    expect(["a/x", "a/y", "b/z"].map((folder) => projects.at(toPath(folder))?.layer)).toEqual(expected);
  });

  test("tags are listed once", () => {
    expect(layoutOf(files, { layers: { x: ["a/x"] } }).projects.at(toPath("a/x"))?.tags).toEqual(["type:lib", "layer:one"]);
  });
});

describe("problems", () => {
  function problemsOf(files: Files): readonly string[] {
    const facts = factsOf(files);
    return findProblems(layoutOf(files).projects.all, (path) => facts.get(path)).map(
      ({ message, file, line }) => `${file}:${String(line)} ${message}`,
    );
  }

  test("two projects of one name, at the later one's name", () => {
    const workspaces = { "package.json": { workspaces: ["p/*"] } };
    expect(
      problemsOf({
        ...workspaces,
        "p/b/package.json": '{\n"name": "x" }',
        "p/a/package.json": { name: "x" },
        "p/c/project.json": { name: "y" },
      }),
    ).toEqual(['p/b/package.json:2 "p/a" and "p/b" are both named "x". Rename one, or imports of it mean either.']);
  });

  test("descriptions that cannot be parsed; fixtures are none", () => {
    const files = {
      "package.json": '{ "workspaces": ["p/*"],\n "name": }',
      "p/a/package.json": { name: "a" },
      "p/a/tsconfig.json": "{\n\n]",
      "p/a/test/package.json": "{",
      "p/a/data.json": "{",
      "pnpm-workspace.yaml": "packages: [",
    };
    expect(problemsOf(files).map((line) => line.replace(/: [^:]*$/u, ""))).toEqual([
      'package.json:2 "package.json" cannot be parsed',
      'p/a/tsconfig.json:3 "p/a/tsconfig.json" cannot be parsed',
      'pnpm-workspace.yaml:1 "pnpm-workspace.yaml" cannot be parsed',
    ]);
  });

  test("none in a healthy workspace", () => {
    expect(
      problemsOf({ "package.json": { workspaces: ["p/*"] }, "p/a/package.json": { name: "a" }, "p/a/project.json": { name: "a" } }),
    ).toEqual([]);
  });
});
