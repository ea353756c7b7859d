import { writeFileSync } from "node:fs";
import js from "@eslint/js";
import { ESLint, type Linter } from "eslint";
import { ESLint as ESLint930 } from "eslint-v9-30";
import { ESLint as ESLint939 } from "eslint-v9-39";
import { defineConfig } from "eslint/config";
import { describe, expect, onTestFinished, test } from "vitest";
import tseslint from "typescript-eslint";
import { rules } from "../../rules/index.js";
import type { Rule } from "../../src/rule/rule.js";
import { Session } from "../../src/eslint/session.js";
import { toEslintRule } from "../../src/eslint/to-eslint-rule.js";
import { createPlugin, type Plugin } from "../../src/eslint/plugin.js";
import { Folder } from "../folder.js";
import { anotherRule, configRule, crashing, noDraft, noTakenName } from "./test-rules.js";

const healthy = {
  "drift-guard.config.json": '{ "extends": "none" }\n',
  "package.json": '{ "name": "demo" }\n',
  "taken.json": '{ "taken": "somebody" }\n',
  "src/free.ts": "export const free: number = 1;\n",
};

function folderWith(files: Readonly<Record<string, string>>): Folder {
  const folder = new Folder(files);
  onTestFinished(() => folder.delete());
  return folder;
}

type Eslint = Pick<ESLint, "lintFiles" | "lintText">;

interface Setup {
  readonly eslint?: new (options: object) => Eslint;
  readonly config?: Linter.Config[];
  readonly fix?: boolean;
}

/** ESLint with the plugin's rules and presets, in a folder. */
function eslintIn(folder: Folder, plugin: Plugin, { eslint = ESLint, config = presetOf(plugin), fix = false }: Setup = {}): Eslint {
  return new eslint({ cwd: folder.root, overrideConfigFile: true, overrideConfig: config, fix });
}

const presetOf = (plugin: Plugin): Linter.Config[] =>
  defineConfig([{ plugins: { "drift-guard": plugin }, extends: ["drift-guard/recommended"] }]);

/** Messages as `file:line:column-endLine:endColumn rule message`. */
function printed(folder: Folder, results: readonly ESLint.LintResult[]): readonly string[] {
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, column, endLine, endColumn, ruleId, message }) => {
      const end = endLine === undefined ? "" : `-${String(endLine)}:${String(endColumn)}`;
      return `${filePath.slice(folder.root.length + 1)}:${String(line)}:${String(column)}${end} ${String(ruleId)} ${message}`;
    }),
  );
}

const testPlugin = (): Plugin => createPlugin([noTakenName, noDraft]);

describe.each([
  ["9.30", ESLint930],
  ["9.39", ESLint939],
  ["10", ESLint],
])("in ESLint %s", (_, eslint) => {
  test("reports in TypeScript, JSX and package.json, each in its own columns", async () => {
    const folder = folderWith({
      ...healthy,
      "src/bad.ts": "const a = 1;\n  export const taken: number = a;\n",
      "src/bad.jsx": "export const taken = <p>hello</p>;\n",
      "src/bad.tsx": "export const taken: unknown = <p>hello</p>;\n",
      "packages/a/package.json": '{\n  "draft": true\n}\n',
    });
    const results = await eslintIn(folder, testPlugin(), { eslint }).lintFiles(["."]);
    expect(printed(folder, results)).toEqual([
      "packages/a/package.json:2:3-2:10 drift-guard/no-draft This package is a draft.",
      'src/bad.jsx:1:14-1:19 drift-guard/no-taken-name The name "taken" is taken by somebody.',
      'src/bad.ts:2:16-2:21 drift-guard/no-taken-name The name "taken" is taken by somebody.',
      'src/bad.tsx:1:14-1:19 drift-guard/no-taken-name The name "taken" is taken by somebody.',
    ]);
  });

  test("is quiet in a healthy workspace", async () => {
    const folder = folderWith(healthy);
    expect(printed(folder, await eslintIn(folder, testPlugin(), { eslint }).lintFiles(["."]))).toEqual([]);
  });
});

const takenIn = (file: string, at = "1:14-1:19"): string =>
  `${file}:${at} drift-guard/no-taken-name The name "taken" is taken by somebody.`;
const draftIn = (file: string, at: string): string => `${file}:${at} drift-guard/no-draft This package is a draft.`;
const taken = "export const taken = 1;\n";

describe("text that is not on disk", () => {
  test("counts instead of what is saved, and only for its own lint", async () => {
    const folder = folderWith({ ...healthy, "src/a.ts": taken });
    const eslint = eslintIn(folder, testPlugin());
    const lint = async (text: string): Promise<readonly string[]> =>
      printed(folder, await eslint.lintText(text, { filePath: folder.at("src/a.ts") }));
    expect(await lint("export const free = 1;\n")).toEqual([]);
    expect(await lint(`\n${taken}`)).toEqual([takenIn("src/a.ts", "2:14-2:19")]);
    expect(printed(folder, await eslint.lintFiles(["src"]))).toEqual([takenIn("src/a.ts")]);
  });

  test.each([
    ["a new file", "src/new.ts", [takenIn("src/new.ts")]],
    ["a new file in a new folder", "src/deep/er/new.ts", [takenIn("src/deep/er/new.ts")]],
    ["a new file that git ignores", "src/new.gen.ts", []],
    ["a new file in a folder that git ignores", "out/new.ts", []],
    ["a file that git ignores", "out/old.ts", []],
    ["a new file that the config excludes", "docs/new.ts", []],
    ["a file that the config excludes", "docs/old.ts", []],
    ["code inside a file", "README.md/0.ts", []],
    ["a file outside", "../outside.ts", []],
  ])("%s", async (_, file, expected) => {
    const folder = folderWith({
      ...healthy,
      "drift-guard.config.json": '{ "extends": "none", "exclude": ["docs/**"] }\n',
      ".gitignore": "out/\n*.gen.ts\n",
      ".git/HEAD": "ref: refs/heads/main\n",
      "README.md": "# Demo\n",
      "out/old.ts": "",
      "docs/old.ts": "",
    });
    const results = await eslintIn(folder, testPlugin()).lintText(taken, { filePath: folder.at(file) });
    expect(printed(folder, results).filter((line) => !line.includes("outside of base path"))).toEqual(expected);
  });
});

describe("a long-lived ESLint", () => {
  const freeIsTaken = 'src/free.ts:1:14-1:18 drift-guard/no-taken-name The name "free" is taken by a newcomer.';
  const configIsBroken: unknown = expect.stringContaining("src/free.ts:1:1-1:2 drift-guard/no-taken-name drift-guard.config.json:1: ");
  const edits: readonly (readonly [string, (folder: Folder) => void, readonly unknown[]])[] = [
    ["a cause elsewhere appears", (folder) => folder.write("taken.json", '{ "free": "a newcomer" }'), [freeIsTaken]],
    ["a cause is added in a new file", (folder) => folder.write("more/taken.json", '{ "free": "a newcomer" }'), [freeIsTaken]],
    ["the file itself is saved", (folder) => folder.write("src/free.ts", taken), [takenIn("src/free.ts")]],
    ["the config breaks", (folder) => folder.write("drift-guard.config.json", '{ "extends": "nobody" }'), [configIsBroken]],
  ];

  test.each(edits)("is fresh at once when %s", async (_, edit, expected) => {
    const folder = folderWith(healthy);
    const eslint = eslintIn(folder, testPlugin());
    expect(printed(folder, await eslint.lintFiles(["src"]))).toEqual([]);
    edit(folder);
    expect(printed(folder, await eslint.lintFiles(["src"]))).toEqual(expected);
  });

  test.each(edits)("forgets when it is undone: %s", async (_, edit) => {
    const folder = folderWith(healthy);
    edit(folder);
    const eslint = eslintIn(folder, testPlugin());
    expect(printed(folder, await eslint.lintFiles(["src"]))).not.toEqual([]);
    for (const [file, text] of Object.entries(healthy)) folder.write(file, text);
    folder.remove("more");
    expect(printed(folder, await eslint.lintFiles(["src"]))).toEqual([]);
  });
});

describe("places", () => {
  const bom = "\uFEFF";

  test("count lines and columns as ESLint does behind a byte order mark and Windows line ends", async () => {
    const folder = folderWith({
      ...healthy,
      "src/a.ts": `${bom}const a = 1;\r\n/* 😀 */ export const taken = a;\r\n`,
      "package.json": `${bom}{\r\n  "name": "demo",\r\n  "draft": true\r\n}\r\n`,
    });
    expect(printed(folder, await eslintIn(folder, testPlugin()).lintFiles(["."]))).toEqual([
      draftIn("package.json", "3:3-3:10"),
      takenIn("src/a.ts", "2:23-2:28"),
    ]);
  });

  test("fixes and suggestions land where they should there", async () => {
    const folder = folderWith({ ...healthy, "src/a.ts": `${bom}\r\n${taken}`, "package.json": `${bom}{\r\n  "draft": true\r\n}` });
    const [json, , source] = await eslintIn(folder, testPlugin(), { fix: true }).lintFiles(["package.json", "src/a.ts", "src/free.ts"]);
    expect(json?.output).toBe(`${bom}{\r\n  "draft": false\r\n}`);
    expect(source?.messages).toEqual([]);
    const [{ messages: [message] } = { messages: [] }] = await eslintIn(folder, testPlugin()).lintFiles(["src/a.ts"]);
    expect(message?.suggestions).toEqual([
      { messageId: "suggestion", data: { title: 'Rename "taken"' }, desc: 'Rename "taken"', fix: { range: [15, 20], text: "taken2" } },
    ]);
  });
});

describe("never silent", () => {
  const broken = '{\n  "extends": "nobody",\n  "exclud": []\n}\n';

  test("every file says why there is no policy, by the first rule of ours, and the config says it where it stands", async () => {
    const folder = folderWith({ ...healthy, "drift-guard.config.json": broken });
    const lines = printed(folder, await eslintIn(folder, createPlugin([configRule, noTakenName, noDraft, anotherRule])).lintFiles(["."]));
    expect(lines).toEqual([
      expect.stringMatching(/^drift-guard.config.json:2:1-2:2 drift-guard\/config-rule .*"nobody"/u),
      expect.stringMatching(/^drift-guard.config.json:3:1-3:2 drift-guard\/config-rule .*"exclud"/u),
      expect.stringMatching(/^package.json:1:1-1:2 drift-guard\/no-draft drift-guard.config.json:2: .*"nobody"/u),
      expect.stringMatching(/^package.json:1:1-1:2 drift-guard\/no-draft drift-guard.config.json:3: .*"exclud"/u),
      expect.stringMatching(/^src\/free.ts:1:1-1:2 drift-guard\/no-taken-name drift-guard.config.json:2: .*"nobody"/u),
      expect.stringMatching(/^src\/free.ts:1:1-1:2 drift-guard\/no-taken-name drift-guard.config.json:3: .*"exclud"/u),
    ]);
  });

  test("a config that is being mended is judged as it is in the editor", async () => {
    const folder = folderWith({ ...healthy, "drift-guard.config.json": broken });
    const eslint = eslintIn(folder, createPlugin([configRule]));
    const lint = async (text: string): Promise<number> =>
      printed(folder, await eslint.lintText(text, { filePath: folder.at("drift-guard.config.json") })).length;
    expect(await lint(broken)).toBe(2);
    expect(await lint('{ "extends": "none" }')).toBe(0);
    expect(await lint(broken)).toBe(2);
  });

  test("no manifest anywhere", async () => {
    const folder = folderWith({ "package.json": '{ "name": "demo", "workspaces": [] }', "src/free.ts": "export {};\n" });
    const lines = printed(folder, await eslintIn(folder, testPlugin()).lintFiles(["."]));
    expect(lines).toHaveLength(2);
    expect(lines.join("\n")).toContain("rawr.hq.ts");
  });

  test("a file that cannot be read says so itself; one that ESLint does not lint is spoken for by package.json", async () => {
    const folder = folderWith({ ...healthy, "pnpm-workspace.yaml": "packages: [\n" });
    writeFileSync(folder.at("src/free.ts"), Buffer.from([0x2f, 0x2f, 0xff, 0xfe, 0x0a]));
    const lines = printed(folder, await eslintIn(folder, testPlugin()).lintFiles(["."]));
    expect(lines).toEqual([
      expect.stringMatching(/^package.json:1:1-1:2 drift-guard\/no-draft pnpm-workspace.yaml:\d: .*cannot be parsed/u),
      expect.stringMatching(/^src\/free.ts:1:1-1:2 drift-guard\/no-taken-name .*not valid UTF-8/u),
    ]);
  });

  test("a rule that fails says so wherever it is on, and the others go on", async () => {
    const folder = folderWith({ ...healthy, "src/a.ts": taken });
    const lines = printed(folder, await eslintIn(folder, createPlugin([crashing, noTakenName, noDraft])).lintFiles(["."]));
    const failed = (file: string): unknown =>
      expect.stringMatching(new RegExp(`^${file}:1:1-1:2 drift-guard/crashing .*internal error: out of order`, "u"));
    expect(lines).toEqual([failed("src/a.ts"), takenIn("src/a.ts"), failed("src/free.ts")]);
  });
});

describe("beside other configuration", () => {
  test("JavaScript presets that name no files do not break the linting of package.json", async () => {
    const folder = folderWith({ ...healthy, "packages/a/package.json": '{ "draft": true }' });
    const config = [js.configs.recommended, ...tseslint.configs.recommended, ...presetOf(testPlugin())];
    expect(printed(folder, await eslintIn(folder, testPlugin(), { config }).lintFiles(["."]))).toEqual([
      draftIn("packages/a/package.json", "1:3-1:10"),
    ]);
  });

  test("the plugin may go by another name", async () => {
    const plugin = testPlugin();
    const folder = folderWith({ ...healthy, "src/a.ts": taken, "package.json": '{ "draft": true }' });
    const config = defineConfig([{ plugins: { guard: plugin }, extends: ["guard/recommended"] }]);
    const lines = printed(folder, await eslintIn(folder, plugin, { config }).lintFiles(["."]));
    expect(lines).toEqual([draftIn("package.json", "1:3-1:10"), takenIn("src/a.ts")].map((line) => line.replace("drift-guard/", "guard/")));
  });

  test("ESLint may run in a folder of the workspace", async () => {
    const folder = folderWith({ ...healthy, "packages/a/src/a.ts": taken, "packages/a/package.json": '{ "name": "a" }' });
    const plugin = testPlugin();
    const eslint = new ESLint({ cwd: folder.at("packages/a"), overrideConfigFile: true, overrideConfig: presetOf(plugin) });
    expect(printed(folder, await eslint.lintFiles(["."]))).toEqual([takenIn("packages/a/src/a.ts")]);
  });

  test("ESLint's own comments suppress, with their reasons, and an idle one is found out", async () => {
    const comment = "// eslint-disable-next-line drift-guard/no-taken-name -- moved soon (owner: @core, until: 2026-12-01)\n";
    const folder = folderWith({ ...healthy, "src/a.ts": `${comment}${taken}${comment}export const idle = 1;\n` });
    const config = [...presetOf(testPlugin()), { linterOptions: { reportUnusedDisableDirectives: "error" as const } }];
    const lines = printed(folder, await eslintIn(folder, testPlugin(), { config }).lintFiles(["src"]));
    expect(lines).toEqual([expect.stringMatching(/^src\/a.ts:3:1.*Unused eslint-disable directive/u)]);
  });

  test("the rules' own messages keep clear of those that ESLint adds", () => {
    for (const { messages } of rules) {
      expect(Object.keys(messages)).not.toContain("untrusted");
      expect(Object.keys(messages)).not.toContain("suggestion");
    }
  });

  test("the languages that a rule is for are declared, so that ESLint can tell a wrong configuration", () => {
    const languages = (rule: Rule): unknown => toEslintRule(rule, new Session()).meta.languages;
    expect(languages(noTakenName)).toEqual(["js/js"]);
    expect(languages(noDraft)).toContain("json/json");
    expect(languages(configRule)).toContain("json/jsonc");
  });
});
