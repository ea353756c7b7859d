import path from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "./run-cli.js";

const cwd = path.resolve(import.meta.dirname, "../../fixtures/no-exit-due-soon/kept");

describe("--now", () => {
  it.each([
    ["2026-06-01", 0, ""],
    // Fourteen days before the last one it is a warning.
    ["2026-06-02", 0, "no-exit-due-soon"],
    ["2026-06-16", 0, "today is the last day"],
    ["2026-06-17", 1, "no-overdue-bridge"],
  ])("%s: exits with %d and says %j", async (now, code, said) => {
    const result = await runCli(["check", "--rule", "no-exit-due-soon", "--rule", "no-overdue-bridge", "--now", now], { cwd });
    expect(result.code).toBe(code);
    if (said === "") expect(result.stdout).not.toContain("2026-06-16");
    else expect(result.stdout).toContain(said);
  });
});
