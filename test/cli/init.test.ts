import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clean, runCli, workspace } from "./run-cli.js";

const { "drift-guard.config.json": _, ...bare } = clean;
const config = "drift-guard.config.json";

describe("drift-guard init", () => {
  it("writes a config that describes the workspace, and says what to do next", async () => {
    using folder = workspace({}, bare);
    const { code, stdout, stderr } = await runCli(["init", "--root", folder.root], { cwd: "/" });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`Wrote ${folder.at(config)}:`);
    expect(stdout).toContain("Next:");
    expect(readFileSync(folder.at(config), "utf8")).toContain('"extends": "none"');
    expect((await runCli(["--root", folder.root], { cwd: "/" })).code).toBe(0);
  });

  it("writes where --config says", async () => {
    using folder = workspace({}, bare);
    expect((await runCli(["init", "--config", "configs/mine.json"], { cwd: folder.root })).code).toBe(0);
    expect((await runCli(["--config", "configs/mine.json"], { cwd: folder.root })).code).toBe(0);
  });

  it("never overwrites", async () => {
    using folder = workspace();
    writeFileSync(folder.at(config), "mine");
    const { code, stdout, stderr } = await runCli(["init"], { cwd: folder.root });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("is there already, and init never overwrites");
    expect(readFileSync(folder.at(config), "utf8")).toBe("mine");
  });

  it("says when it cannot write", async () => {
    using folder = workspace({}, bare);
    expect(await runCli(["init", "-c", "package.json/mine.json"], { cwd: folder.root })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/cannot be written/u),
    });
  });
});
