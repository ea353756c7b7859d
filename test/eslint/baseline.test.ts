import path from "node:path";
import { ESLint } from "eslint";
import { expect, onTestFinished, test } from "vitest";
import { rules } from "../../rules/index.js";
import { createPlugin } from "../../src/eslint/plugin.js";
import { run } from "../../src/run.js";
import { Folder } from "../folder.js";

async function lint(root: string): Promise<readonly string[]> {
  const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: createPlugin(rules).configs.recommended });
  const results = await eslint.lintFiles(["."]);
  return results.flatMap(({ filePath, messages }) => messages.map(({ line, ruleId, message }) => `${path.relative(root, filePath)}:${String(line)} ${String(ruleId)} ${message}`));
}

const drifted = {
  "drift-guard.config.json": '{ "extends": "none", "metadata": { "legacyKeys": ["templateRole"] } }',
  "package.json": '{ "name": "acme" }',
  "src/a.ts": "export const a = (plugin: any) => plugin.templateRole;\n",
};

function folderWith(files: Readonly<Record<string, string>>): Folder {
  const folder = new Folder(files);
  onTestFinished(() => folder.delete());
  return folder;
}

test("a finding that is known does not squiggle, and a new one beside it does", async () => {
  const folder = folderWith(drifted);
  const [finding] = run({ root: folder.root }).findings;
  const entry = { key: finding?.key, rule: "no-legacy-metadata-key", file: "src/a.ts", owner: "@core", reason: "old", until: "2999-12-31" };
  folder.write("drift-guard.baseline.json", JSON.stringify({ entries: [entry] }));
  expect(await lint(folder.root)).toEqual([]);
  folder.write("src/b.ts", "export const b = (plugin: any) => plugin.rawr.templateRole === 1;\n");
  expect(await lint(folder.root)).toEqual([expect.stringMatching(/^src\/b.ts:1 drift-guard\/no-legacy-metadata-key/u)]);
});

test("an entry that nothing is known by is reported in the baseline", async () => {
  const entry = { key: "AAAAAAAAAAAAAAAA", rule: "no-legacy-metadata-key", file: "src/a.ts", owner: "@core", reason: "old", until: "2999-12-31" };
  const folder = folderWith({ ...drifted, "src/a.ts": "export const a = 1;\n", "drift-guard.baseline.json": JSON.stringify({ entries: [entry] }) });
  expect(await lint(folder.root)).toEqual([expect.stringMatching(/^drift-guard.baseline.json:1 drift-guard\/no-open-ended-suppression Delete this now/u)]);
});

test("a baseline that cannot be parsed says so in itself", async () => {
  const folder = folderWith({ ...drifted, "src/a.ts": "export const a = 1;\n", "drift-guard.baseline.json": '{ "entries": 1 }' });
  expect((await lint(folder.root)).join("\n")).toMatch(/drift-guard.baseline.json:1 drift-guard\/\S+ The baseline "drift-guard.baseline.json" must have a list/u);
});
