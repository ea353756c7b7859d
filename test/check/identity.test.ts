import { describe, expect, it } from "vitest";
import { checkWorkspace } from "../../src/check/check.js";
import { toPath } from "../../src/files/path.js";
import type { Rule } from "../../src/rule/rule.js";
import type { Workspace } from "../../src/workspace/workspace.js";
import { importRule, openTexts } from "./open.js";

const project = {
  "package.json": '{ "workspaces": ["packages/*"] }',
  "packages/core/package.json": '{ "name": "@acme/core" }',
};

function keysOf(texts: Readonly<Record<string, string>>, rule = importRule()): readonly string[] {
  const { workspace, textOf } = openTexts({ ...project, ...texts });
  return checkWorkspace(workspace, [rule], { textOf }).findings.map(({ key }) => key);
}

/** Reports the property "b" of a JSON file. */
const aboutJson: Rule = {
  ...importRule(),
  run: (workspace) => {
    const file = toPath("data.json");
    const root = workspace.json(file)?.root;
    const list = root?.kind === "object" ? root.properties.flatMap(({ value }) => (value.kind === "array" ? value.items : [])) : [];
    const spans = list.flatMap((item) => (item.kind === "object" ? item.properties.map(({ keySpan }) => keySpan) : []));
    const rest = { messageId: "b", data: {}, message: "b", help: "", subject: "b", related: [], chain: [], fix: [], suggestions: [] };
    const problems = spans.map((span) => ({ ...rest, at: workspace.place(file, span) }));
    const reads = workspace.ledger.nothing;
    return { reads, units: [{ file, reads, problems }], problems };
  },
};

/** Reports imports without saying what they lead to. */
const aboutModule = rephrased(() => "module");

/** Reports imports and names every other module beside them. */
const aboutFiles = rephrased((workspace) => workspace.paths.filter((path) => path.endsWith(".ts")).join("<"));

function rephrased(subjectOf: (workspace: Workspace) => string): Rule {
  const rule = importRule();
  return {
    ...rule,
    run: (workspace) => {
      const run = rule.run(workspace);
      return { ...run, problems: run.problems.map((problem) => ({ ...problem, subject: subjectOf(workspace) })) };
    },
  };
}

const before = 'import { read, write } from "x";\n';
const [key = ""] = keysOf({ "packages/core/src/index.ts": before });

describe("a finding's key", () => {
  it("is short, and safe in URLs and file names", () => {
    expect(key).toMatch(/^[\w-]{16}$/u);
  });

  it.each([
    ["lines above it", { "packages/core/src/index.ts": `// new\nconst a = 1;\n\n${before}` }],
    ["code beside it", { "packages/core/src/index.ts": `${before}export const a = 1;\n` }],
    ["other line ends", { "packages/core/src/index.ts": before.replace("\n", "\r\n") }],
    ["another style of quotes and no semicolon", { "packages/core/src/index.ts": "import { read, write } from 'x'\n" }],
    ["a formatter's line breaks and trailing comma", { "packages/core/src/index.ts": 'import {\n  read,\n  write,\n} from "x";\n' }],
    ["another name of the file", { "packages/core/src/main.ts": before }],
    ["another folder in the project", { "packages/core/src/deep/er/index.ts": before }],
    ["another file's findings", { "packages/core/src/index.ts": before, "packages/core/src/a.ts": 'import "y";\n' }],
  ])("survives %s", (_, texts) => {
    expect(keysOf(texts)).toContain(key);
  });

  it.each([
    ["subject", { "packages/core/src/index.ts": 'import { read, write } from "y";\n' }],
    ["code", { "packages/core/src/index.ts": 'import { read } from "x";\n' }],
    ["project", { "packages/more/package.json": '{ "name": "@acme/more" }', "packages/more/src/index.ts": before }],
  ])("differs with the %s", (_, texts) => {
    expect(keysOf(texts)).toHaveLength(1);
    expect(keysOf(texts)).not.toContain(key);
  });

  it("survives the way to another module from another folder", () => {
    const from = (file: string, specifier: string): readonly string[] => keysOf({ [file]: `import { a } from "${specifier}";\n` }, aboutModule);
    expect(from("packages/core/src/deep/index.ts", "../../../apps/x.js")).toEqual(from("packages/core/src/index.ts", "../../apps/x.js"));
    expect(from("packages/core/src/index.ts", "./y.js")).not.toEqual(from("packages/core/src/index.ts", "./x.js"));
  });

  it("survives that a file it is about moves within its project", () => {
    const about = (other: string): readonly string[] => keysOf({ [other]: "export {};\n", "a.ts": 'import "x";\n' }, aboutFiles);
    expect(about("packages/core/src/b.ts")).toEqual(about("packages/core/lib/c.ts"));
    expect(about("packages/core/src/b.ts")).not.toEqual(about("other/b.ts"));
  });

  it("differs with the declaration, or the keys of a JSON file, that it stands in", () => {
    const inFunction = (name: string): readonly string[] => keysOf({ "packages/core/src/index.ts": `export function ${name}() {\n  return import("x");\n}\n` });
    expect(inFunction("one")).not.toEqual(inFunction("two"));
    expect(inFunction("one")).toEqual(keysOf({ "packages/core/src/index.ts": '// Moved.\n\nexport function one () { return (import ("x")) }\n' }));
    const inJson = (text: string): readonly string[] => keysOf({ "data.json": text }, aboutJson);
    expect(inJson('{ "a": [{ "b": 1 }] }')).not.toEqual(inJson('{ "c": [{ "b": 1 }] }'));
    expect(inJson('{ "a": [{ "b": 1 }] }')).toEqual(inJson('{\n  "z": 0,\n  "a": [\n    0,\n    { "b": 1 }\n  ]\n}'));
  });

  it("differs with the rule", () => {
    expect(keysOf({ "packages/core/src/index.ts": before }, importRule({ name: "no-other" }))).not.toContain(key);
  });

  it("tells twins apart by an ordinal, and keeps the first when one of them goes", () => {
    const twins = keysOf({ "packages/core/src/index.ts": before + before + before });
    expect(twins).toEqual([key, `${key}-2`, `${key}-3`]);
    expect(keysOf({ "packages/core/src/index.ts": before + before })).toEqual([key, `${key}-2`]);
  });
});
