import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { drifted, runCli, workspace } from "./run-cli.js";

const here = { cwd: import.meta.dirname };

describe("drift-guard explain <rule>", () => {
  it.each(rules.map(({ name }) => name))("%s: says the law, its breaches with their cures, why, and where the page is", async (name) => {
    const rule = rules.find((one) => one.name === name);
    const { code, stdout, stderr } = await runCli(["explain", name], here);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`drift-guard/${name}\n${rule?.summary ?? ""}\n`);
    expect(stdout).toContain(rule?.family.sentence);
    for (const cure of Object.values(rule?.help ?? {})) expect(stdout).toContain(cure.replace(/\{\{(\w+)\}\}/gu, "<$1>"));
    expect(stdout).toContain("## Why");
    expect(stdout).toMatch(new RegExp(`https://\\S+/${name}\\.md\\n$`, "u"));
    expect(stdout).not.toContain("<!--");
  });

  it("takes the name with its prefix", async () => {
    const [plain, prefixed] = [
      await runCli(["explain", "no-kind-mismatch"], here),
      await runCli(["explain", "drift-guard/no-kind-mismatch"], here),
    ];
    expect(prefixed).toEqual(plain);
  });

  it("says which rule was probably meant", async () => {
    expect(await runCli(["explain", "no-kind-mismatsch"], here)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining('did you mean "no-kind-mismatch"?'),
    });
  });

  it("lists the rules where nothing is near", async () => {
    const { stderr } = await runCli(["explain", "everything"], here);
    expect(stderr).toContain(rules.map(({ name }) => name).join(", "));
  });
});

describe("drift-guard explain <file>:<line>", () => {
  const file = "plugins/web/b/package.json";

  it.each([`${file}:4`, `${file}:4:13`])("shows what was found at %s: the code, the law, the cure", async (place) => {
    using folder = workspace({}, drifted);
    const { code, stdout } = await runCli(["explain", place], { cwd: folder.root });
    expect(code).toBe(0);
    expect(stdout).toContain(`${file}:4:13  error  drift-guard/no-kind-mismatch\n`);
    expect(stdout).toContain('│ "kind": "toolkit",\n');
    expect(stdout).toContain(`The law\n  ${rules.find(({ name }) => name === "no-kind-mismatch")?.summary ?? ""}\n`);
    expect(stdout).toContain('The cure\n  Set rawr.kind to "web"');
  });

  it("takes the file relative to where the caller stands, or absolute", async () => {
    using folder = workspace({}, drifted);
    const places = ["package.json:4", folder.at(`${file}:4`)];
    for (const place of places)
      expect((await runCli(["explain", place], { cwd: folder.at("plugins/web/b") })).stdout).toContain("no-kind-mismatch");
    expect((await runCli(["explain", `${file}:4`, "--root", folder.root], here)).stdout).toContain("no-kind-mismatch");
  });

  it("says where there is something when there is nothing here", async () => {
    using folder = workspace({}, drifted);
    expect(await runCli(["explain", `${file}:1`], { cwd: folder.root })).toEqual({
      code: 0,
      stdout: `Nothing was found at ${file}:1. There is something at ${file}:4.\n`,
      stderr: "",
    });
  });

  it("refuses a file that is not there", async () => {
    using folder = workspace();
    expect(await runCli(["explain", "plugins/web/c.ts:1"], { cwd: folder.root })).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining('"plugins/web/c.ts" is no file of the workspace'),
    });
  });

  it("says why there is no answer where no policy could be made", async () => {
    using folder = workspace({ "drift-guard.config.json": "{" });
    expect(await runCli(["explain", `${file}:1`], { cwd: folder.root })).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(/^drift-guard\.config\.json:1: /u),
    });
  });
});
