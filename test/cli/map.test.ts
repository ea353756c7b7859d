import { cpSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { Folder } from "../folder.js";
import { TestRepository } from "../history/repository.js";
import { runCli } from "./run-cli.js";

const cwd = path.resolve(import.meta.dirname, "../..");
const map = (...argv: readonly string[]) => runCli(["map", ...argv], { cwd });

/** An example in no repository: how old a bridge is there, nobody knows. */
function away(fixture: string): Folder {
  const folder = new Folder();
  cpSync(path.join(cwd, "fixtures", fixture), folder.root, { recursive: true });
  return folder;
}

describe("map", () => {
  it.each(["json", "mermaid", "html"])("draws the example to follow as %s", async (format) => {
    using folder = away("hq");
    const { code, stdout, stderr } = await map("--root", folder.root, "--format", format, "--now", "2026-06-01");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot(`./maps/hq.${format === "mermaid" ? "mmd" : format}`);
  });

  it("draws declarations that a host realises", async () => {
    using folder = away("hq-shell");
    const { stdout } = await map("--root", folder.root);
    await expect(stdout).toMatchFileSnapshot("./maps/hq-shell.mmd");
  });

  it("draws what is there, be it wrong", async () => {
    const { code, stdout } = await map("--root", "fixtures/hq-drifted");
    expect(code).toBe(0);
    expect(stdout).toContain('(["workflows.capabilities.billing"])');
  });

  it("lists the bridges as a ledger: whose, until when, since when and who is still on them, the oldest first", async () => {
    using folder = new TestRepository({
      "drift-guard.config.json": '{ "extends": "none" }',
      "package.json": '{ "name": "acme" }',
      "src/young.ts": "/** @deprecated Use current. Remove once nobody reads it. */\nexport const young = 1;\n",
      "src/user.ts": 'import { old } from "./old.js";\n\nexport const user = old;\n',
      "src/old.test.ts": 'import { old } from "./old.js";\n\nexport const tested = old;\n',
    });
    folder.git("add", "package.json");
    folder.git("commit", "-q", "-m", "begin");
    folder.write("src/old.ts", "/**\n * @bridge Reads what was.\n * @owner @core\n * @retire-by 2026-12-01\n */\nexport const old = 1;\n");
    folder.git("add", "src/old.ts");
    folder.git("commit", "-q", "-m", "bridge", "--date", "2026-03-01T23:30:00-0200");
    const { stdout } = await map("--root", folder.root, "--format", "json", "--now", "2026-06-01");
    const { bridges } = JSON.parse(stdout) as { bridges: object[] };
    expect(bridges).toEqual([
      { id: "src/old.ts#old", name: '"old" of src/old.ts', sign: "annotated", at: { file: "src/old.ts", line: 2 }, owner: "@core", criteria: ["2026-12-01"], since: "2026-03-02", days: 91, importers: ["src/user.ts"] },
      { id: "src/young.ts#young", name: '"young" of src/young.ts', sign: "deprecated", at: { file: "src/young.ts", line: 1 }, criteria: ["prose"], importers: [] },
    ]);
    expect((await map("--root", folder.root, "--now", "2026-06-01")).stdout).toContain("of src/old.ts: @core; until 2026-12-01; since 2026-03-02, 91 days; 1 importer");
  });

  it("says why there is nothing to draw", async () => {
    using folder = new Folder({ "package.json": "{}" });
    const { code, stdout, stderr } = await map("--root", folder.root);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("No manifest was found");
  });
});
