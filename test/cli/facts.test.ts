import { describe, expect, it } from "vitest";
import { Cache } from "../../src/cache.js";
import { cachedFacts } from "../../src/cached-facts.js";
import { extractBody } from "../../src/facts/body.js";
import { extractOutline } from "../../src/facts/outline.js";
import { openSources, report } from "../../src/run.js";
import { SharedFacts } from "../../src/shared-facts.js";
import { drifted, reportOf, runCli, workspace } from "./run-cli.js";
import type { Folder } from "../folder.js";

const source = "plugins/web/a/src/index.ts";

function drifting(): Folder {
  const reader = "export const kind = (json: { rawr?: { templateRole?: string } }) => json.rawr?.templateRole;\n";
  return workspace({ [source]: reader }, drifted);
}

async function writeAll({ root }: Folder): Promise<void> {
  for (const project of ["plugins/web/a", "plugins/web/b"]) {
    const { code, stderr } = await runCli(["facts", "--project", project, "-o", `out/${project}.facts`], { cwd: root });
    expect([code, stderr]).toEqual([0, ""]);
  }
}

const printed = async ({ root }: Folder, ...argv: readonly string[]): Promise<string> =>
  (await runCli(["-f", "json", ...argv], { cwd: root })).stdout.replace(/"ms": \d+/u, '"ms": 0');

describe("drift-guard facts", () => {
  it("writes what `check --facts` joins to the same answer", async () => {
    using folder = drifting();
    folder.write(".gitignore", "out\n");
    const expected = await printed(folder, "--no-cache");
    expect(reportOf(expected).findings.length).toBeGreaterThan(3);
    await writeAll(folder);
    expect(await printed(folder, "--no-cache", "--facts", "out/**/*.facts")).toBe(expected);
    expect(await printed(folder, "--facts", "out/**/a.facts", "--facts", "out/**/b.facts")).toBe(expected);
  });

  it("leaves nothing to parse in the projects that it wrote down", async () => {
    using folder = drifting();
    folder.write(".gitignore", "out\n");
    await writeAll(folder);
    const parsed: string[] = [];
    const shared = new SharedFacts([folder.at("out/plugins/web/a.facts"), folder.at("out/plugins/web/b.facts")]);
    const cache = new Cache(folder.root, undefined, shared);
    const extractor = cachedFacts(cache, {
      outline: (file) => {
        parsed.push(file.path);
        return extractOutline(file);
      },
      body: (file) => {
        parsed.push(`body of ${file.path}`);
        return extractBody(file);
      },
    });
    const { findings } = report(openSources(cache, { extractor }), { root: folder.root, cache }, undefined, 0);
    expect(findings.length).toBeGreaterThan(3);
    expect(parsed.sort()).toEqual(["drift-guard.config.json", "package.json"]);
  });

  it("makes the same bytes of the same texts", async () => {
    using folder = drifting();
    await writeAll(folder);
    const first = folder.read("out/plugins/web/a.facts");
    await writeAll(folder);
    expect(folder.read("out/plugins/web/a.facts")).toBe(first);
  });

  it("is believed about the texts that it has seen only", async () => {
    using folder = drifting();
    folder.write(".gitignore", "out\n");
    await writeAll(folder);
    folder.write(source, "export const a = 1;\n");
    folder.write("plugins/web/b/src/new.ts", "export const b = 1;\n");
    const expected = await printed(folder, "--no-cache");
    expect(await printed(folder, "--no-cache", "--facts", "out/**/*.facts")).toBe(expected);
  });

  it("says so when a file of facts is of no use, and answers all the same", async () => {
    using folder = drifting();
    folder.write(".gitignore", "out\n");
    folder.write("out/x.facts", "something else");
    const expected = await printed(folder, "--no-cache");
    const { stdout, stderr } = await runCli(["-f", "json", "--no-cache", "--facts", "out/*.facts"], { cwd: folder.root });
    expect(stdout.replace(/"ms": \d+/u, '"ms": 0')).toBe(expected);
    expect(stderr).toContain("x.facts\" holds no facts of this version of drift-guard");
  });

  it.each([
    [["facts"], "required option"],
    [["facts", "--project", "plugins/web/a"], "required option"],
    [["facts", "--project", "nowhere", "-o", "x"], 'The project "nowhere" is no folder.'],
    [["facts", "--project", "package.json", "-o", "x"], 'The project "package.json" is no folder.'],
    [["facts", "--project", "..", "-o", "x"], 'The project ".." lies outside the workspace'],
    [["facts", "--project", "empty", "-o", "x"], 'The project "empty" has no file that could be analysed.'],
    [["facts", "--project", "plugins/web/a", "-o", "package.json/x"], "part of its path is a file"],
    [["--facts", "nowhere/*.facts"], '--facts "nowhere/*.facts" names no file'],
  ])("%j exits 2 and says why", async (argv, why) => {
    using folder = workspace({ "empty/readme.txt": "" });
    const { code, stdout, stderr } = await runCli(argv, { cwd: folder.root });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(why);
  });
});
