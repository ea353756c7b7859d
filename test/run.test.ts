import { describe, expect, it } from "vitest";
import { extractOutline } from "../src/facts/outline.js";
import { toPath } from "../src/files/path.js";
import { check, formats, render, rules } from "../src/index.js";
import { openWorkspace, withTexts } from "../src/run.js";
import { clean, configWith, drifted, workspace } from "./cli/run-cli.js";
import { faultsOfJsonReport } from "./reporters/schemas.js";

const file = toPath("plugins/web/b/package.json");

describe("check, the programmatic way in", () => {
  it("reports on a workspace, and what it reports can be printed", () => {
    using folder = workspace({}, drifted);
    const report = check({ root: folder.root });
    expect(report).toMatchObject({ root: folder.root, problems: [], summary: { errors: 3, warnings: 0, files: 5 } });
    expect(Object.keys(report.examined)).toEqual(rules.map(({ name }) => name));
    for (const format of formats) expect(render(format, report, rules, { version: "1.0.0", color: false })).toMatch(/\S\n$/u);
    expect(faultsOfJsonReport(render("json", report, rules, { version: "1.0.0", color: false }))).toEqual([]);
  });

  it("takes the config relative to the root, rules by name, and a scope", () => {
    using folder = workspace({ "other.json": configWith({ rules: { "no-kind-mismatch": "warn" } }) }, drifted);
    const report = check({
      root: folder.root,
      config: "other.json",
      rules: ["drift-guard/no-kind-mismatch", "no-legacy-metadata-key"],
      covers: (path) => path === file,
    });
    expect(report.findings.map(({ rule, severity, file: path }) => [rule, severity, path])).toEqual([["no-kind-mismatch", "warn", file]]);
    expect(Object.keys(report.examined)).toEqual(["no-kind-mismatch", "no-legacy-metadata-key", "no-dead-policy"]);
  });

  it("throws for a rule that does not exist, and for nothing else", () => {
    using folder = workspace();
    expect(() => check({ root: folder.root, rules: ["no-kind-mismach"] })).toThrow(
      'There is no rule "no-kind-mismach"; did you mean "no-kind-mismatch"?',
    );
    const nowhere = check({ root: folder.at("nowhere") });
    expect(nowhere).toMatchObject({ findings: [], problems: [{}, {}] });
    expect(faultsOfJsonReport(render("json", nowhere, rules, { version: "1.0.0", color: false }))).toEqual([]);
    expect(check({ root: folder.root, config: "nowhere.json" })).toMatchObject({ findings: [], problems: [{}] });
  });
});

describe("an opened workspace", () => {
  it("can be had with other texts, without reading the disk again", () => {
    using folder = workspace();
    const opened = openWorkspace(folder.root);
    if ("faults" in opened) throw new Error("refused");
    folder.remove(file);
    const changed = withTexts(opened, new Map([[file, '{ "name": "renamed" ']]));
    expect(changed.textOf(file)).toBe('{ "name": "renamed" ');
    expect(changed.workspace.json(file)?.syntaxErrors).toHaveLength(1);
    expect(changed.problems).toMatchObject([{ file, line: 1 }]);
    expect(opened.textOf(file)).toBe(clean[file]);
    expect(opened.problems).toEqual([]);
  });

  it("takes its facts from whoever has them", () => {
    using folder = workspace();
    const asked: string[] = [];
    const extractor = {
      outline: (source: Parameters<typeof extractOutline>[0]) => {
        asked.push(source.path);
        return extractOutline(source);
      },
      body: () => undefined,
    };
    const opened = openWorkspace(folder.root, { extractor });
    if ("faults" in opened) throw new Error("refused");
    expect(asked.sort()).toEqual(opened.workspace.paths);
  });
});
