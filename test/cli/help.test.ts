import { describe, expect, it } from "vitest";
import { ownPackage } from "../../src/files/package.js";
import { runCli } from "./run-cli.js";

const here = { cwd: import.meta.dirname };

describe("help and version", () => {
  it("--version prints the version of the package", async () => {
    expect(await runCli(["--version"], here)).toEqual({ code: 0, stdout: `${ownPackage().version}\n`, stderr: "" });
    expect(ownPackage().version).toMatch(/^\d+\.\d+\.\d+/u);
  });

  it("--help lists commands, flags and exit codes", async () => {
    const { code, stdout, stderr } = await runCli(["--help"], here);
    expect([code, stderr]).toEqual([0, ""]);
    for (const word of [
      "check",
      "explain",
      "init",
      "--root",
      "--config",
      "--format",
      "--output-file",
      "--rule",
      "--fix",
      "--max-warnings",
      "--now",
      "--show-suppressed",
      "--quiet",
      "--no-color",
      "--no-cache",
    ]) {
      expect(stdout).toContain(word);
    }
    expect(stdout).toMatch(/Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 /u);
  });

  it.each(["check", "explain", "init"])("%s --help has the exit codes too", async (command) => {
    const { code, stdout } = await runCli([command, "--help"], here);
    expect(code).toBe(0);
    expect(stdout).toContain("Exit codes:");
  });
});
