import { describe, expect, test } from "vitest";
import type { FileFacts } from "../../src/facts/facts.js";
import { toPath, type Path } from "../../src/files/path.js";
import { indexImports } from "../../src/workspace/imports.js";
import type { Constant, ImportEdge, Value, Workspace } from "../../src/workspace/workspace.js";
import { inWords, workspaceOf, type Files } from "./memory.js";

function edgesOf(edges: readonly ImportEdge[]): readonly string[] {
  return edges.map(({ from, fact, to }) => `${from} ${fact.form} ${inWords(to)}`);
}

function importsIn(text: string, files: Files = { "a/x.ts": "", "a/y.d.ts": "", "a/data.json": {}, "z.ts": "" }): readonly string[] {
  return edgesOf(workspaceOf({ ...files, "a/from.ts": text }).importsOf(toPath("a/from.ts"))).map((edge) => edge.replace("a/from.ts ", ""));
}

describe("importsOf", () => {
  test.each([
    ['import "./x.js"', ["import a/x.ts"]],
    ['import type { X } from "./x"', ["import a/x.ts"]],
    ['export * from "./x"; export { z } from "../z"', ["export-from a/x.ts", "export-from z.ts"]],
    ['let x: import("./x").X', ["import-type a/x.ts"]],
    ['await import("./x.ts"); await import(`../z`)', ["dynamic a/x.ts", "dynamic z.ts"]],
    ['import x = require("./x")', ["import-equals a/x.ts"]],
    ['require("./data.json")', ["require a/data.json"]],
    ['import.meta.resolve("./x.js")', ["meta-resolve a/x.ts"]],
    ['vi.mock("./x")', ["mock a/x.ts"]],
    ['/// <reference path="y.d.ts" />', ["reference a/y.d.ts"]],
    ['new URL("x.ts", import.meta.url)', ["new-url a/x.ts"]],
    ['new URL("../z.js", import.meta.url)', ["new-url z.ts"]],
    ['new URL("..", import.meta.url); new URL("./gone.json", import.meta.url); new URL("https://x.y", import.meta.url)', []],
    ['import "./gone"; import "react"', ["import missing", "import external react"]],
    ['import "./x"; import "./x"', ["import a/x.ts", "import a/x.ts"]],
  ])("%s", (text, edges) => {
    expect(importsIn(text)).toEqual(edges);
  });

  test("of what is no source file are none", () => {
    expect(workspaceOf({ "a.json": "{}" }).importsOf(toPath("a.json"))).toEqual([]);
    expect(workspaceOf({}).importsOf(toPath("gone.ts"))).toEqual([]);
  });
});

describe("importersOf", () => {
  const files = {
    "a.ts": 'import "./c"; import type { B } from "./b"',
    "b.ts": 'export * from "./c.js"',
    "c.ts": "",
    "d.ts": 'new URL("c.ts", import.meta.url)',
  };

  test("lists the edges into a file, in the order of files", () => {
    expect(edgesOf(workspaceOf(files).importersOf(toPath("c.ts")))).toEqual([
      "a.ts import c.ts",
      "b.ts export-from c.ts",
      "d.ts new-url c.ts",
    ]);
    expect(edgesOf(workspaceOf(files).importersOf(toPath("a.ts")))).toEqual([]);
  });

  test("is the other way of importsOf", () => {
    const workspace = workspaceOf(files);
    const forward = workspace.paths.flatMap((path) => workspace.importsOf(path));
    const backward = workspace.paths.flatMap((path) => workspace.importersOf(path));
    expect(edgesOf(backward).toSorted()).toEqual(edgesOf(forward).toSorted());
  });
});

describe("computed specifiers", () => {
  const files = { "a.ts": "const name = pick(); await import(name)", "b.ts": "", "c.ts": "" };
  const text = (value: string): Constant => ({ kind: "primitive", value, steps: [] });
  const step = { file: toPath("a.ts"), span: [0, 0], note: "" } as const;

  function importersWith(value: Value): (path: string) => readonly string[] {
    const workspace: Workspace = workspaceOf(files);
    const index = indexImports({ ...questions(workspace), valueOf: () => value }, factsIn(workspace), workspace.brief);
    return (path) => edgesOf(index.importersOf(toPath(path)));
  }

  function questions({ ledger, paths, source, linksIn, resolve, runtimeLoad }: Workspace): Pick<Workspace, "ledger" | "paths" | "source" | "linksIn" | "resolve" | "runtimeLoad"> {
    return { ledger, paths, source, linksIn, resolve, runtimeLoad };
  }

  function factsIn({ paths, facts }: Workspace): ReadonlyMap<Path, FileFacts> {
    return new Map(paths.flatMap((path) => [[path, facts(path)] as const]).flatMap(([path, found]) => (found === undefined ? [] : [[path, found] as const])));
  }

  test("give an edge for every value", () => {
    const importers = importersWith({
      kind: "known",
      values: [text("./b"), text("./c.js"), text("react"), { kind: "primitive", value: 1, steps: [] }],
      steps: [],
    });
    expect(importers("b.ts")).toEqual(["a.ts dynamic b.ts"]);
    expect(importers("c.ts")).toEqual(["a.ts dynamic c.ts"]);
  });

  test("give an edge for what is known, though not all is", () => {
    const importers = importersWith({ kind: "unprovable", at: step, reason: "", steps: [], partial: [text("./b")] });
    expect(importers("b.ts")).toEqual(["a.ts dynamic b.ts"]);
    expect(importers("c.ts")).toEqual([]);
  });

  test("are not among the literal importers", () => {
    const workspace = workspaceOf(files);
    const index = indexImports({ ...questions(workspace), valueOf: () => ({ kind: "known", values: [text("./b")], steps: [] }) }, factsIn(workspace), workspace.brief);
    expect(index.literalImportersOf(toPath("b.ts"))).toEqual([]);
  });
});
