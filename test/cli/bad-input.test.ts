import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faultsOfJsonReport } from "../reporters/schemas.js";
import { clean, configWith, drifted, findingsOf, problemsOf, reportOf, runCli, workspace, type Outcome } from "./run-cli.js";

const config = "drift-guard.config.json";
const { [config]: _, ...bare } = clean;

async function jsonOf(root: string): Promise<Outcome> {
  const outcome = await runCli(["-f", "json"], { cwd: root });
  expect(faultsOfJsonReport(outcome.stdout)).toEqual([]);
  expect(outcome.stdout + outcome.stderr).not.toMatch(/\n\s+at /u);
  return outcome;
}

/** Every bad input ends in a sentence, with what was found elsewhere, and never in a stack trace. */
describe("bad input", () => {
  it("no manifest: says what was looked for, what looks like one, and what init would write", async () => {
    using folder = workspace({ "src/rawr.hq.ts": "export const rawrHqManifest = {};\n" }, bare);
    const outcome = await runCli(["-f", "json", "--root", folder.root], { cwd: folder.root });
    expect(outcome.code).toBe(2);
    const [problem = "", ...others] = problemsOf(outcome);
    expect(others).toEqual([]);
    for (const words of ['"rawr.hq.ts"', '"apps/hq/rawr.hq.ts"', '"src/rawr.hq.ts"', '"drift-guard init" would write'])
      expect(problem).toContain(words);
    expect(outcome.stderr).toContain("No manifest was found");
  });

  it.each([
    ["broken JSONC", '{\n  "extends": "none",\n  "rules": {\n', ":4 "],
    ["an empty config", "", ":1 "],
    ["no object", "[]", ":1 "],
    ["an unknown key, with the nearest", '{\n  "extends": "none",\n  "exclud": []\n}', ":3 "],
    ["an unknown rule, with the nearest", '{ "extends": "none",\n  "rules": { "no-kind-mismach": "off" } }', ":2 "],
    ["a wrong type", '{ "extends": "none",\n\n  "exclude": "docs" }', ":3 "],
    ["an unknown preset", '{ "extends": "rawr" }', ":1 "],
    ["a key that is there twice", '{ "extends": "none",\n "exclude": [],\n "exclude": [] }', ":3 "],
  ])("%s: names file and line", async (_case, text, place) => {
    using folder = workspace({ [config]: text });
    const outcome = await jsonOf(folder.root);
    expect(outcome.code).toBe(2);
    expect(reportOf(outcome.stdout)).toMatchObject({ findings: [], examined: {} });
    expect(problemsOf(outcome)[0]).toContain(`${config}${place}`);
    expect(outcome.stderr).toContain(`${config}${place.trim()}: `);
  });

  it("several faults of the config: all at once", async () => {
    using folder = workspace({ [config]: '{ "extends": "none", "exclud": [], "layot": {}, "rules": { "no-kind-mismatch": "warning" } }' });
    const outcome = await jsonOf(folder.root);
    expect(problemsOf(outcome).join("\n")).toMatch(/exclud[\s\S]*layot[\s\S]*no-kind-mismatch/u);
  });

  it("a glob that matches nothing: a finding at its line, and a problem", async () => {
    using folder = workspace({ [config]: configWith({ exclude: ["docs/_archive/**"] }).replaceAll(",", ",\n") });
    const outcome = await jsonOf(folder.root);
    expect(outcome.code).toBe(2);
    expect(findingsOf(outcome)).toEqual([`${config} no-dead-policy`]);
    expect(problemsOf(outcome)[0]).toContain("docs/_archive/**");
  });

  it("a syntax error in a source: the rest is analysed", async () => {
    using folder = workspace({ "plugins/web/a/src/index.ts": "export const a = 1;\nexport const = ;\n" }, drifted);
    const outcome = await jsonOf(folder.root);
    expect(outcome.code).toBe(2);
    expect(problemsOf(outcome)).toEqual([
      expect.stringMatching(/^plugins\/web\/a\/src\/index\.ts:2 "plugins\/web\/a\/src\/index\.ts" cannot be parsed: /u),
    ]);
    expect(findingsOf(outcome)).toContain("plugins/web/b/package.json no-kind-mismatch");
  });

  it("a syntax error in a package.json: the rest is analysed", async () => {
    using folder = workspace({ "plugins/web/a/package.json": '{\n  "name": "a"\n  "rawr": 1\n}' }, drifted);
    const outcome = await jsonOf(folder.root);
    expect(outcome.code).toBe(2);
    expect(problemsOf(outcome)).toEqual([expect.stringMatching(/^plugins\/web\/a\/package\.json:3 .*cannot be parsed/u)]);
    expect(findingsOf(outcome)).toContain("plugins/web/b/package.json no-kind-mismatch");
  });

  it("a byte order mark and CRLF: columns and lines are those that an editor shows", async () => {
    const file = "plugins/web/b/package.json";
    using plain = workspace({}, drifted);
    using marked = workspace({ [file]: `\uFEFF${(drifted[file] ?? "").replaceAll("\n", "\r\n")}` }, drifted);
    const places = async (root: string): Promise<unknown> =>
      reportOf((await jsonOf(root)).stdout).findings.filter((finding) => finding.file === file);
    expect(await places(marked.root)).toEqual(await places(plain.root));
  });

  it.each([
    ["Latin-1", Buffer.from("export const a = 'caf\u00e9';\n", "latin1"), "UTF-8"],
    ["UTF-16", Buffer.from("\uFEFFexport const a = 1;\n", "utf16le"), "UTF-16"],
    ["a huge source", Buffer.alloc(9 * 1024 * 1024, "// x\n"), "MiB"],
  ])("%s: a problem with the file, the rest is analysed", async (_case, bytes, words) => {
    using folder = workspace({}, drifted);
    writeFileSync(folder.at("plugins/web/a/src/index.ts"), bytes);
    const outcome = await jsonOf(folder.root);
    expect(outcome.code).toBe(2);
    expect(problemsOf(outcome)).toEqual([expect.stringContaining(words)]);
    expect(problemsOf(outcome)[0]).toContain("plugins/web/a/src/index.ts");
    expect(findingsOf(outcome).length).toBeGreaterThan(0);
  });

  it("empty files: nothing wrong with a source, no plugin in a package.json", async () => {
    using folder = workspace({ "plugins/web/a/src/index.ts": "" });
    expect((await jsonOf(folder.root)).code).toBe(0);
    folder.write("plugins/web/a/package.json", "");
    expect((await jsonOf(folder.root)).code).toBeGreaterThan(0);
  });

  it("loops of links: nothing is followed twice", async () => {
    using folder = workspace();
    symlinkSync(folder.root, folder.at("plugins/web/a/loop"));
    symlinkSync("self.ts", folder.at("plugins/web/a/src/self.ts"));
    const outcome = await jsonOf(folder.root);
    expect(outcome.code).toBe(2);
    expect(problemsOf(outcome)).toEqual([expect.stringMatching(/self\.ts/u)]);
  });

  it.skipIf(process.getuid?.() === 0)("a file and a folder that may not be read", async () => {
    using folder = workspace({}, drifted);
    chmodSync(folder.at("plugins/web/a/src/index.ts"), 0);
    mkdirSync(folder.at("plugins/web/a/secret"), 0);
    const outcome = await jsonOf(folder.root);
    expect(outcome.code).toBe(2);
    expect(problemsOf(outcome)).toHaveLength(2);
  });

  it("two packages of one name: a problem that names both", async () => {
    using folder = workspace({ "plugins/web/b/package.json": clean["plugins/web/a/package.json"] ?? "" });
    const outcome = await jsonOf(folder.root);
    expect(outcome.code).toBe(2);
    expect(problemsOf(outcome)).toEqual([expect.stringMatching(/plugins\/web\/b\/package\.json:2 .*plugins\/web\/a/u)]);
  });

  it("blanks and letters of all scripts in paths, the root's included", async () => {
    const file = "plugins/web/ä b/日本 語/ímport (1).ts";
    using parent = workspace({}, {});
    for (const [path, text] of Object.entries(drifted)) parent.write(`wörk 空間/${path}`, text);
    parent.write(`wörk 空間/${file}`, "const = ;\n");
    const root = parent.at("wörk 空間");
    const outcome = await jsonOf(root);
    expect(reportOf(outcome.stdout).root).toBe(root);
    expect(problemsOf(outcome)).toEqual([expect.stringContaining(`${file}:1 `)]);
    expect((await runCli(["-f", "json", "plugins/web/ä b"], { cwd: root })).code).toBe(2);
  });

  it("a workspace of nothing at all", async () => {
    using folder = workspace({}, {});
    const outcome = await runCli(["-f", "json", "--root", folder.root], { cwd: folder.root });
    expect(outcome.code).toBe(2);
    expect(problemsOf(outcome)[0]).toContain("No manifest was found");
  });
});
