import { ESLint, type Linter } from "eslint";
import { ESLint as ESLint930 } from "eslint-v9-30";
import { ESLint as ESLint939 } from "eslint-v9-39";
import { defineConfig } from "eslint/config";
import { describe, expect, onTestFinished, test } from "vitest";
import { createPlugin, type Plugin } from "../../src/eslint/plugin.js";
import { Folder } from "../folder.js";
import { noDraft, noTakenName } from "./test-rules.js";

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
  readonly eslint?: new (options: ESLint.Options) => Eslint;
  readonly config?: Linter.Config[];
  readonly fix?: boolean;
}

/** ESLint with the plugin's rules and presets, in a folder. */
function eslintIn(folder: Folder, plugin: Plugin, { eslint = ESLint, config = presetOf(plugin), fix = false }: Setup = {}): Eslint {
  return new eslint({ cwd: folder.root, overrideConfigFile: true, overrideConfig: config, fix });
}

const presetOf = (plugin: Plugin): Linter.Config[] => defineConfig([{ plugins: { "drift-guard": plugin }, extends: ["drift-guard/recommended"] }]);

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
      "packages/a/package.json": '{\n  "draft": true\n}\n',
    });
    const results = await eslintIn(folder, testPlugin(), { eslint }).lintFiles(["."]);
    expect(printed(folder, results)).toEqual([
      'packages/a/package.json:2:3-2:10 drift-guard/no-draft This package is a draft.',
      'src/bad.jsx:1:14-1:19 drift-guard/no-taken-name The name "taken" is taken by somebody.',
      'src/bad.ts:2:16-2:21 drift-guard/no-taken-name The name "taken" is taken by somebody.',
    ]);
  });

  test("is quiet in a healthy workspace", async () => {
    const folder = folderWith(healthy);
    expect(printed(folder, await eslintIn(folder, testPlugin(), { eslint }).lintFiles(["."]))).toEqual([]);
  });
});
