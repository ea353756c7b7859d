import path from "node:path";
import { describe, expect, it } from "vitest";
import { Folder } from "../folder.js";
import { runCli } from "./run-cli.js";

const cwd = path.resolve(import.meta.dirname, "../..");
const map = (...argv: readonly string[]) => runCli(["map", ...argv], { cwd });

describe("map", () => {
  it.each(["json", "mermaid", "html"])("draws the example to follow as %s", async (format) => {
    const { code, stdout, stderr } = await map("--root", "fixtures/hq", "--format", format);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot(`./maps/hq.${format === "mermaid" ? "mmd" : format}`);
  });

  it("draws declarations that a host realises", async () => {
    const { stdout } = await map("--root", "fixtures/hq-shell");
    await expect(stdout).toMatchFileSnapshot("./maps/hq-shell.mmd");
  });

  it("draws what is there, be it wrong", async () => {
    const { code, stdout } = await map("--root", "fixtures/hq-drifted");
    expect(code).toBe(0);
    expect(stdout).toContain('(["workflows.capabilities.billing"])');
  });

  it("says why there is nothing to draw", async () => {
    using folder = new Folder({ "package.json": "{}" });
    const { code, stdout, stderr } = await map("--root", folder.root);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("No manifest was found");
  });
});
