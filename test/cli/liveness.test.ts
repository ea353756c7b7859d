import { readFileSync } from "node:fs";
import { ESLint } from "eslint";
import { describe, expect, it, onTestFinished } from "vitest";
import { rules } from "../../rules/index.js";
import { createPlugin } from "../../src/eslint/plugin.js";
import type { Folder } from "../folder.js";
import { configWith, pluginJson, problemsOf, reportOf, runCli, workspace, type Outcome } from "./run-cli.js";

const FILE = "drift-guard.baseline.json";
const check = (folder: Folder, ...flags: readonly string[]): Promise<Outcome> => runCli(["-f", "json", ...flags], { cwd: folder.root });
const recordedIn = (folder: Folder): Readonly<Record<string, number>> => (JSON.parse(readFileSync(folder.at(FILE), "utf8")) as { examined: Record<string, number> }).examined;

/** A workspace with so many plugins, and a baseline that knows them. */
async function recorded(count: number): Promise<Folder> {
  const plugins = Array.from({ length: count - 2 }, (_, index) => `c${String(index)}`);
  const folder = workspace(Object.fromEntries(plugins.map((name) => [`plugins/web/${name}/package.json`, pluginJson(name)])));
  onTestFinished(() => folder.delete());
  expect(await check(folder, "--update-baseline")).toMatchObject({ code: 0 });
  return folder;
}

describe("the record of what rules look at", () => {
  it("is written with the baseline; of rules whose subjects are to become fewer only that they are on", async () => {
    const folder = await recorded(8);
    const examined = recordedIn(folder);
    expect(examined).toMatchObject({ "no-kind-mismatch": 8, "require-plugin-metadata": 8 });
    expect(Object.keys(examined)).toEqual(Object.keys(examined).toSorted());
    expect(examined).toMatchObject({ "no-open-ended-suppression": 0, "no-overdue-bridge": 0 });
  });

  it.each([
    ["half", 4, 0],
    ["less than half", 3, 2],
    ["nothing", 0, 2],
  ])("makes the run fail when a rule looks at less than half: %s is left", async (_, left, code) => {
    const folder = await recorded(8);
    for (const name of ["a", "b", "c0", "c1", "c2", "c3", "c4", "c5"].slice(left)) folder.remove(`plugins/web/${name}`);
    const outcome = await check(folder);
    expect(outcome.code).toBe(code);
    const line = readFileSync(folder.at(FILE), "utf8").split("\n").findIndex((text) => text.includes("no-kind-mismatch")) + 1;
    const told = `${FILE}:${String(line)} The rule "no-kind-mismatch" looked at ${String(left)}, and at 8 subjects when the baseline was written`;
    expect(problemsOf(outcome).some((text) => text.startsWith(told))).toBe(code === 2);
  });

  it("is told in ESLint once, at the number", async () => {
    const folder = await recorded(8);
    for (const name of ["a", "b", "c0", "c1", "c2", "c3"]) folder.remove(`plugins/web/${name}`);
    const eslint = new ESLint({ cwd: folder.root, overrideConfigFile: true, overrideConfig: createPlugin(rules).configs.recommended });
    const messages = (await eslint.lintFiles(["."])).flatMap(({ filePath, messages: own }) => own.map(({ message }) => `${filePath.slice(folder.root.length + 1)} ${message}`));
    const told = messages.filter((message) => message.includes('The rule "no-kind-mismatch"'));
    expect(told).toEqual([expect.stringContaining(`${FILE} The rule "no-kind-mismatch" looked at 2`)]);
  });

  it.each(["no-kind-mismatch", "no-open-ended-suppression", "no-dead-policy"])("notices that %s was turned off", async (rule) => {
    const folder = await recorded(3);
    folder.write("drift-guard.config.json", configWith({ rules: { [rule]: "off" } }));
    const outcome = await check(folder);
    expect([outcome.code, problemsOf(outcome)]).toEqual([2, [expect.stringContaining(`The rule "${rule}" is off, and was on when the baseline was written.`)]]);
  });

  it("is not updated while it speaks, so that it is lowered by hand or not at all", async () => {
    const folder = await recorded(8);
    for (const name of ["a", "b", "c0", "c1", "c2", "c3"]) folder.remove(`plugins/web/${name}`);
    expect(await check(folder, "--update-baseline")).toMatchObject({ code: 2 });
    expect(recordedIn(folder)).toMatchObject({ "no-kind-mismatch": 8 });
    folder.write(FILE, readFileSync(folder.at(FILE), "utf8").replaceAll(/: \d+/gu, ": 0"));
    expect(await check(folder, "--update-baseline")).toMatchObject({ code: 0 });
    expect(recordedIn(folder)).toMatchObject({ "no-kind-mismatch": 2 });
  });

  it("keeps a number that is still about right, so that branches do not both change it", async () => {
    const folder = await recorded(8);
    for (const name of ["d0", "d1"]) folder.write(`plugins/web/${name}/package.json`, pluginJson(name));
    await check(folder, "--update-baseline");
    expect(recordedIn(folder)).toMatchObject({ "no-kind-mismatch": 8 });
    folder.write("plugins/web/d2/package.json", pluginJson("d2"));
    await check(folder, "--update-baseline");
    expect(recordedIn(folder)).toMatchObject({ "no-kind-mismatch": 11 });
  });

  it("is left alone for rules that did not run", async () => {
    const folder = await recorded(8);
    for (const name of ["a", "b", "c0", "c1", "c2", "c3"]) folder.remove(`plugins/web/${name}`);
    expect(reportOf((await check(folder, "--rule", "no-legacy-metadata-key")).stdout).problems.filter(({ message }) => message.includes("no-kind-mismatch"))).toEqual([]);
  });
});

describe("the number of a bridge's importers", () => {
  const bridge = '/** @deprecated Use current. @retire-by 2999-12-31 */\nexport const old = 1;\n';
  const user = (name: string): string => `import { old } from "./old.js";\n\nexport const ${name} = (): number => old;\n`;

  it("falls with the baseline, and never rises", async () => {
    const src = "plugins/web/a/src/";
    const folder = workspace({ [`${src}old.ts`]: bridge, [`${src}one.ts`]: user("one"), [`${src}two.ts`]: user("two") });
    onTestFinished(() => folder.delete());
    await check(folder, "--update-baseline");
    const importers = (): unknown => (JSON.parse(readFileSync(folder.at(FILE), "utf8")) as { importers: unknown }).importers;
    expect(importers()).toEqual({ [`${src}old.ts#old`]: 2 });
    folder.remove(`${src}two.ts`);
    expect(await check(folder, "--update-baseline")).toMatchObject({ code: 0 });
    expect(importers()).toEqual({ [`${src}old.ts#old`]: 1 });
    folder.write(`${src}three.ts`, user("three"));
    const outcome = await check(folder, "--update-baseline");
    expect([outcome.code, reportOf(outcome.stdout).findings.map(({ rule }) => rule)]).toEqual([1, ["no-bridge-leak"]]);
    expect(importers()).toEqual({ [`${src}old.ts#old`]: 1 });
  });
});
