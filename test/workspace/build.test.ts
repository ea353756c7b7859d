import { describe, expect, test, vi } from "vitest";
import { extractBody } from "../../src/facts/body.js";
import { extractOutline } from "../../src/facts/outline.js";
import { toPath } from "../../src/files/path.js";
import { buildWorkspace } from "../../src/workspace/build.js";
import { inWords, policyWith, withText, workspaceOf, type Files } from "./memory.js";

const files: Files = {
  "package.json": { name: "root", workspaces: ["packages/*"] },
  "packages/a/package.json": { name: "@x/a", exports: "./src/index.ts" },
  "packages/a/src/index.ts": "export const a = 1;",
  "packages/a/src/a.test.ts": 'import { a } from "./index";',
  "packages/a/logo.svg": "",
  "app.ts": 'import { a } from "@x/a";\nimport "./packages/a/logo.svg";\n\nconsole.log(a);',
};
const policy = policyWith({ tests: ["**/*.test.*"], layers: { package: ["packages/*"] } });

describe("a workspace", () => {
  const workspace = workspaceOf(files, policy);

  test("lists what is analysed, sorted; what is not may still be imported", () => {
    expect(workspace.paths).toEqual([
      "app.ts",
      "package.json",
      "packages/a/package.json",
      "packages/a/src/a.test.ts",
      "packages/a/src/index.ts",
    ]);
    expect(workspace.importsOf(toPath("app.ts")).map(({ to }) => inWords(to))).toEqual([
      "packages/a/src/index.ts",
      "private packages/a/logo.svg",
    ]);
  });

  test("tells sources from JSON", () => {
    expect(workspace.source(toPath("app.ts"))?.kind).toBe("source");
    expect(workspace.json(toPath("app.ts"))).toBeUndefined();
    expect(workspace.json(toPath("package.json"))?.kind).toBe("json");
    expect(workspace.source(toPath("package.json"))).toBeUndefined();
    expect(workspace.body(toPath("package.json"))).toBeUndefined();
    expect(workspace.facts(toPath("gone.ts"))).toBeUndefined();
  });

  test("knows places as people count them", () => {
    expect(workspace.place(toPath("app.ts"), [7, 28])).toEqual({ file: "app.ts", line: 1, column: 8, endLine: 2, endColumn: 3 });
    expect(workspace.line(toPath("app.ts"), 1)).toEqual({ file: "app.ts", line: 1, column: 1, endLine: 1, endColumn: 26 });
    expect(workspace.line(toPath("app.ts"), 4)).toEqual({ file: "app.ts", line: 4, column: 1, endLine: 4, endColumn: 1 });
    expect(workspace.place(toPath("gone.ts"), [0, 0])).toEqual({ file: "gone.ts", line: 1, column: 1, endLine: 1, endColumn: 1 });
  });

  test("knows its tests and owners", () => {
    expect(workspace.paths.filter((path) => workspace.isTest(path))).toEqual(["packages/a/src/a.test.ts"]);
    expect(workspace.projectOf(toPath("packages/a/src/index.ts"))?.layer).toBe("package");
  });

  test.each([
    ["packages/*", true],
    ["packages/a/src", true],
    ["**/*.svg", true],
    ["tag:none", false],
    ["plugins/*", false],
  ])("knows whether %s names anything: %s", (glob, named) => {
    expect(workspace.names(glob)).toBe(named);
  });

  test("names tags", () => {
    const tagged = workspaceOf({ "p/project.json": { tags: ["layer:one"] } });
    expect(tagged.names("tag:layer:one")).toBe(true);
    expect(tagged.names("tag:layer:two")).toBe(false);
  });

  test("has a home for what no file is guilty of", () => {
    expect(workspace.home.file).toBe("package.json");
    expect(
      workspaceOf({ "m.ts": "" }, policyWith({ manifest: { files: ["m.ts"], export: "m", mode: "composition", entries: [] } })).home.file,
    ).toBe("m.ts");
    expect(workspaceOf(files, { ...policy, configFile: toPath("c.json") }).home).toEqual({
      file: "c.json",
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 1,
    });
  });

  test("extracts a body once, when it is asked for", () => {
    const source = { path: toPath("a.ts"), language: "ts", text: "a();" } as const;
    const bodyOf = vi.fn(() => extractBody(source));
    const lazy = buildWorkspace({ policy, now: "2026-06-01", facts: new Map([[source.path, extractOutline(source)]]), bodyOf });
    expect(bodyOf).not.toHaveBeenCalled();
    lazy.body(source.path);
    lazy.body(source.path);
    expect(bodyOf).toHaveBeenCalledTimes(1);
  });
});

describe("with one file swapped in, a workspace", () => {
  const edits: readonly (readonly [what: string, file: string, text: string])[] = [
    ["another import", "app.ts", 'import "./packages/a/src/a.test";'],
    ["a syntax error", "app.ts", "import {"],
    ["a new source file", "packages/a/src/new.ts", 'export * from "./index";'],
    ["a file that makes a specifier ambiguous", "packages/a/src/index.tsx", ""],
    ["other exports", "packages/a/package.json", '{ "name": "@x/a", "exports": "./src/a.test.ts" }'],
    ["another name", "packages/a/package.json", '{ "name": "@x/b" }'],
    ["broken JSON", "packages/a/package.json", "{"],
    ["no workspaces", "package.json", "{}"],
    ["an alias", "tsconfig.json", '{ "compilerOptions": { "paths": { "@x/a": ["./app"] } } }'],
  ];

  test.each(edits)("answers as one that is built anew: %s", (_, file, text) => {
    const before = workspaceOf(files, policy);
    before.importersOf(toPath("packages/a/src/index.ts"));
    const swapped = withText(before, file, text);
    const anew = workspaceOf({ ...files, [file]: text }, policy);
    expect(swapped.paths).toEqual(anew.paths);
    expect(swapped.projects).toEqual(anew.projects);
    expect(swapped.problems).toEqual(anew.problems);
    for (const path of anew.paths) {
      expect(swapped.facts(path)).toEqual(anew.facts(path));
      expect(swapped.body(path)).toEqual(anew.body(path));
      expect(swapped.importsOf(path)).toEqual(anew.importsOf(path));
      expect(swapped.importersOf(path)).toEqual(anew.importersOf(path));
    }
  });

  test("leaves the workspace before it as it was", () => {
    const before = workspaceOf(files, policy);
    withText(before, "app.ts", "").importsOf(toPath("app.ts"));
    expect(before.importsOf(toPath("app.ts"))).toHaveLength(2);
  });

  test("keeps the bodies of other files", () => {
    const before = workspaceOf(files, policy);
    const path = toPath("packages/a/src/index.ts");
    expect(withText(before, "app.ts", "").body(path)).toBe(before.body(path));
  });
});
