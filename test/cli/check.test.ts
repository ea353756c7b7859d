import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faultsOfJsonReport, faultsOfSarif } from "../reporters/schemas.js";
import { clean, configWith, drifted, findingsOf, problemsOf, reportOf, runCli, workspace } from "./run-cli.js";

const [a, b] = ["plugins/web/a/package.json", "plugins/web/b/package.json"];

describe("drift-guard check", () => {
  it("exits 0 where nothing drifts, and says what it looked at", async () => {
    using folder = workspace();
    const { code, stdout, stderr } = await runCli([], { cwd: folder.root });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("✔ No drift: ");
    expect(stdout).toMatch(/metadata: no-kind-mismatch 2, /u);
  });

  it("exits 1 where something drifts, and shows it with its code and its cure", async () => {
    using folder = workspace({}, drifted);
    const { code, stdout } = await runCli(["check"], { cwd: folder.root });
    expect(code).toBe(1);
    expect(stdout).toContain('"templateRole": "example"');
    expect(stdout).toContain("drift-guard/no-kind-mismatch");
    expect(stdout).toMatch(/✖ \d+ findings \(\d+ errors, 0 warnings\)\. \d+ rules looked at/u);
  });

  it("prints the same bytes twice, but for the milliseconds", async () => {
    using folder = workspace({}, drifted);
    for (const format of ["stylish", "json", "sarif", "github", "junit", "markdown"]) {
      const [first, second] = [await runCli(["-f", format], { cwd: folder.root }), await runCli(["-f", format], { cwd: folder.root })];
      expect(first.stdout.replace(/"ms": \d+/u, "")).toBe(second.stdout.replace(/"ms": \d+/u, ""));
      expect(first.code).toBe(1);
    }
  });

  it("prints valid JSON and SARIF", async () => {
    using folder = workspace({}, drifted);
    expect(faultsOfJsonReport((await runCli(["-f", "json"], { cwd: folder.root })).stdout)).toEqual([]);
    expect(faultsOfSarif((await runCli(["-f", "sarif"], { cwd: folder.root })).stdout)).toEqual([]);
  });

  describe("--root", () => {
    it("is found from the current folder upward", async () => {
      using folder = workspace({}, drifted);
      const { stdout } = await runCli(["-f", "json"], { cwd: folder.at("plugins/web/a/src") });
      expect(reportOf(stdout).root).toBe(folder.root);
    });

    it.each([[["--root", "x", "check"]], [["check", "--root", "x"]], [["--root=x"]]])("may stand anywhere: %j", async (argv) => {
      using folder = workspace();
      mkdirSync(folder.at("empty"));
      const { code } = await runCli(
        argv.map((arg) => arg.replace(/\bx$/u, "..")),
        { cwd: folder.at("empty") },
      );
      expect(code).toBe(0);
    });

    it.each([
      ["nowhere", 'error: The root "nowhere" does not exist.\n'],
      ["package.json", 'error: The root "package.json" is a file; name the folder of the workspace.\n'],
    ])("%s is refused", async (root, stderr) => {
      using folder = workspace();
      expect(await runCli(["--root", root], { cwd: folder.root })).toEqual({ code: 2, stdout: "", stderr });
    });
  });

  describe("paths", () => {
    it.each([
      ["a file", "", [a], [a]],
      ["a folder", "", ["plugins/web/b"], [b]],
      ["a folder with a slash", "", ["plugins/web/b/"], [b]],
      ["several", "", [a, b], [a, b]],
      ["a glob", "", ["plugins/*/b/**"], [b]],
      ["the folder that the caller stands in", "plugins/web/a", ["."], [a]],
      ["a file relative to where the caller stands", "plugins/web/a", ["package.json"], [a]],
      ["a file relative to the root", "plugins/web/a", [b], [b]],
      ["a file that is not analysed", "", ["README.md"], []],
    ])("filter the report: %s", async (_, cwd, paths, files) => {
      using folder = workspace({}, drifted);
      const outcome = await runCli(["-f", "json", ...paths], { cwd: folder.at(cwd) });
      expect([...new Set(reportOf(outcome.stdout).findings.map(({ file }) => file))]).toEqual(files);
      expect(outcome.code).toBe(files.length > 0 ? 1 : 0);
      expect(reportOf(outcome.stdout).examined["no-kind-mismatch"]).toBe(2);
    });

    it("may be absolute", async () => {
      using folder = workspace({}, drifted);
      const outcome = await runCli(["-f", "json", folder.at(b)], { cwd: folder.root });
      expect(new Set(reportOf(outcome.stdout).findings.map(({ file }) => file))).toEqual(new Set([b]));
    });

    it.each([["plugins/web/c"], ["map"], ["plugins/webs/**"], ["../elsewhere"], ["/nowhere"]])(
      "exit 2 when they match nothing: %s",
      async (path) => {
        using folder = workspace();
        const { code, stdout, stderr } = await runCli(["-f", "json", a, path], { cwd: folder.root });
        expect([code, stdout]).toEqual([2, ""]);
        expect(stderr).toMatch(
          new RegExp(`^error: "${path.replaceAll("*", "\\*")}" (?:matches no file of|lies outside) the workspace`, "u"),
        );
      },
    );
  });

  describe("--rule", () => {
    it("runs only the rules that are named, with or without prefix", async () => {
      using folder = workspace({}, drifted);
      expect(findingsOf(await runCli(["-f", "json", "--rule", "no-kind-mismatch"], { cwd: folder.root }))).toEqual([
        `${b} no-kind-mismatch`,
      ]);
      const both = await runCli(["-f", "json", "--rule", "drift-guard/no-kind-mismatch", "--rule", "no-legacy-metadata-key"], {
        cwd: folder.root,
      });
      expect(new Set(reportOf(both.stdout).findings.map(({ rule }) => rule))).toEqual(
        new Set(["no-kind-mismatch", "no-legacy-metadata-key"]),
      );
    });

    it("refuses a name that no rule has, with the nearest", async () => {
      using folder = workspace();
      const { code, stdout, stderr } = await runCli(["--rule", "no-kind-mismach"], { cwd: folder.root });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toBe('error: There is no rule "no-kind-mismach"; did you mean "no-kind-mismatch"?\n');
    });

    it("limits dead policy to what the rules need", async () => {
      using folder = workspace({ "drift-guard.config.json": configWith({ authority: { adapterPackages: ["packages/*-inngest"] } }) });
      expect((await runCli(["-f", "json"], { cwd: folder.root })).code).toBe(2);
      expect((await runCli(["-f", "json", "--rule", "no-kind-mismatch"], { cwd: folder.root })).code).toBe(0);
      expect((await runCli(["-f", "json", "--rule", "no-dead-policy"], { cwd: folder.root })).code).toBe(2);
    });

    it("says when the rule is off, instead of looking clean", async () => {
      using folder = workspace({ "drift-guard.config.json": configWith({ rules: { "no-kind-mismatch": "off" } }) }, drifted);
      const { code, stderr } = await runCli(["--rule", "no-kind-mismatch"], { cwd: folder.root });
      expect(code).toBe(0);
      expect(stderr).toBe('"no-kind-mismatch" is off (by drift-guard.config.json) and was not run.\n');
    });
  });

  describe("severities", () => {
    const warning = {
      "drift-guard.config.json": configWith({
        rules: { "no-kind-mismatch": "warn", "no-legacy-metadata-key": "off", "require-plugin-metadata": "off" },
      }),
    };

    it("warnings alone exit 0", async () => {
      using folder = workspace(warning, drifted);
      const outcome = await runCli(["-f", "json"], { cwd: folder.root });
      expect(outcome.code).toBe(0);
      expect(reportOf(outcome.stdout)).toMatchObject({ findings: [{ severity: "warn" }], summary: { errors: 0, warnings: 1 } });
    });

    it.each([
      ["0", 1],
      ["1", 0],
      ["-1", 0],
    ])("--max-warnings %s exits %i", async (limit, code) => {
      using folder = workspace(warning, drifted);
      const outcome = await runCli(["--max-warnings", limit], { cwd: folder.root });
      expect(outcome.code).toBe(code);
      expect(outcome.stderr).toBe(code === 0 ? "" : "Too many warnings: 1, and --max-warnings is 0.\n");
    });

    it("--quiet leaves warnings out, and --max-warnings still counts them", async () => {
      using folder = workspace(warning, drifted);
      const outcome = await runCli(["-f", "json", "--quiet", "--max-warnings", "0"], { cwd: folder.root });
      expect(reportOf(outcome.stdout)).toMatchObject({ findings: [], summary: { errors: 0, warnings: 0 } });
      expect(outcome.code).toBe(1);
    });
  });

  describe("suppressions", () => {
    const silenced = {
      "plugins/web/a/src/index.ts":
        "// eslint-disable-next-line drift-guard/no-legacy-metadata-key -- gone soon (owner: @web, until: 2099-12-31)\nexport const templateRole = 1;\n",
    };

    it("are left out and not counted", async () => {
      using folder = workspace(silenced);
      const outcome = await runCli(["-f", "json"], { cwd: folder.root });
      expect([outcome.code, findingsOf(outcome)]).toEqual([0, []]);
    });

    it("are shown with --show-suppressed, and not counted either", async () => {
      using folder = workspace(silenced);
      const outcome = await runCli(["-f", "json", "--show-suppressed"], { cwd: folder.root });
      expect(outcome.code).toBe(0);
      expect(reportOf(outcome.stdout)).toMatchObject({
        findings: [{ rule: "no-legacy-metadata-key", state: "suppressed" }],
        summary: { errors: 0 },
      });
    });

    const bare = "drift-guard/no-legacy-metadata-key";
    it.each([
      ["a comment without an end", `// eslint-disable-next-line ${bare}\nexport const templateRole = 1;\n`],
      ["a blanket", "/* eslint-disable */\nexport const templateRole = 1;\n"],
      ["one behind which its own rule is silenced", `/* eslint-disable drift-guard/no-open-ended-suppression, ${bare} */\nexport const templateRole = 1;\n`],
      ["one that has run out", `export const templateRole = 1; // eslint-disable-line ${bare} -- old (owner: @web, until: 2020-01-01)\n`],
    ])("%s fails the run", async (_, text) => {
      using folder = workspace({ "plugins/web/a/src/index.ts": text });
      const outcome = await runCli(["-f", "json"], { cwd: folder.root });
      expect(outcome.code).toBe(1);
      expect(new Set(findingsOf(outcome))).toEqual(new Set(["plugins/web/a/src/index.ts no-open-ended-suppression"]));
    });

    it("a blanket that silences nothing of ours is somebody else's", async () => {
      using folder = workspace({ "plugins/web/a/src/index.ts": "/* eslint-disable */\nexport const a = 1;\n" });
      expect(await runCli([], { cwd: folder.root })).toMatchObject({ code: 0 });
    });

    it("of one rule is judged by that rule, though another was asked for", async () => {
      using folder = workspace({ "plugins/web/a/src/index.ts": `// eslint-disable-next-line ${bare} -- old (owner: @web, until: 2099-12-31)\nexport const templateRole = 1;\n` });
      const outcome = await runCli(["-f", "json", "--rule", "no-open-ended-suppression"], { cwd: folder.root });
      expect([outcome.code, findingsOf(outcome)]).toEqual([0, []]);
    });
  });

  describe("--output-file", () => {
    it("takes the report, in folders that it makes, and stdout stays silent", async () => {
      using folder = workspace({}, drifted);
      const { code, stdout, stderr } = await runCli(["-f", "json", "-o", "out/deep/report.json"], { cwd: folder.root });
      expect([code, stdout, stderr]).toEqual([1, "", ""]);
      expect(faultsOfJsonReport(readFileSync(folder.at("out/deep/report.json"), "utf8"))).toEqual([]);
    });

    it("never takes colour from the terminal", async () => {
      using folder = workspace({}, drifted);
      await runCli(["-o", "report.txt"], { cwd: folder.root, isTTY: true, env: { FORCE_COLOR: "1" } });
      expect(readFileSync(folder.at("report.txt"), "utf8")).not.toContain("\u001B");
    });

    it.each([
      ["plugins", "it is a folder (EISDIR)"],
      ["package.json/report", "part of its path is a file"],
    ])("%s is refused in a sentence", async (file, why) => {
      using folder = workspace();
      const { code, stdout, stderr } = await runCli(["-o", file], { cwd: folder.root });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(`error: "${file}" cannot be written: ${why}`);
    });

    it("does not hide why the run failed", async () => {
      using folder = workspace({ "plugins/web/a/src/index.ts": "const = 1;\n" });
      const { code, stderr } = await runCli(["-o", "report.txt"], { cwd: folder.root });
      expect(code).toBe(2);
      expect(stderr).toMatch(/^plugins\/web\/a\/src\/index\.ts:1: .* cannot be parsed: /u);
    });
  });

  it("writes nothing that was not asked for, its cache apart", async () => {
    using folder = workspace({}, drifted);
    const before = folder.list();
    await runCli(["--no-cache"], { cwd: folder.root });
    expect(folder.list()).toEqual(before);
    await runCli([], { cwd: folder.root });
    expect(folder.list()).toEqual([...before, "node_modules/.cache/drift-guard/facts.bin"].sort());
    for (const [file, text] of Object.entries(drifted)) expect(readFileSync(folder.at(file), "utf8")).toBe(text);
  });

  describe("--fix", () => {
    it("applies every fix, however many passes it takes, and reports what remains", async () => {
      using folder = workspace({}, drifted);
      const outcome = await runCli(["--fix", "-f", "json"], { cwd: folder.root });
      expect(outcome.stderr).toBe(`Fixed 2 findings in 1 file: ${a}.\n`);
      expect(new Set(findingsOf(outcome))).toEqual(new Set([`${b} no-kind-mismatch`]));
      expect(outcome.code).toBe(1);
      expect(JSON.parse(readFileSync(folder.at(a), "utf8"))).toEqual(JSON.parse(clean[a] ?? ""));
      expect(findingsOf(await runCli(["-f", "json", a], { cwd: folder.root }))).toEqual([]);
    });

    it("keeps the byte order mark and the line ends", async () => {
      const before = `\uFEFF${(drifted[a] ?? "").replaceAll("\n", "\r\n")}`;
      using folder = workspace({ [a]: before }, drifted);
      await runCli(["--fix"], { cwd: folder.root });
      const after = readFileSync(folder.at(a), "utf8");
      expect(after.startsWith("\uFEFF{\r\n")).toBe(true);
      expect(after.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/u);
      expect(after).not.toContain("templateRole");
    });

    it("touches only files of the report", async () => {
      using folder = workspace({ [b]: (drifted[b] ?? "").replace("{", '{ "templateRole": 1,') }, drifted);
      await runCli(["--fix", b], { cwd: folder.root });
      expect(readFileSync(folder.at(a), "utf8")).toBe(drifted[a]);
      expect(readFileSync(folder.at(b), "utf8")).not.toContain("templateRole");
    });

    it("says when nothing could be fixed", async () => {
      using folder = workspace();
      expect((await runCli(["--fix"], { cwd: folder.root })).stderr).toBe("Nothing could be fixed.\n");
    });
  });

  describe("colour", () => {
    it.each([
      ["a terminal", { isTTY: true }, [], true],
      ["no terminal", {}, [], false],
      ["NO_COLOR", { isTTY: true, env: { NO_COLOR: "1" } }, [], false],
      ["an empty NO_COLOR", { isTTY: true, env: { NO_COLOR: "" } }, [], true],
      ["FORCE_COLOR", { env: { FORCE_COLOR: "1" } }, [], true],
      ["FORCE_COLOR=0", { isTTY: true, env: { FORCE_COLOR: "0" } }, [], false],
      ["a dumb terminal", { isTTY: true, env: { TERM: "dumb" } }, [], false],
      ["--no-color", { isTTY: true, env: { FORCE_COLOR: "1" } }, ["--no-color"], false],
      ["--color", { env: { NO_COLOR: "1" } }, ["--color"], true],
    ])("%s", async (_, surroundings, argv, coloured) => {
      using folder = workspace();
      const { stdout } = await runCli(argv, { cwd: folder.root, ...surroundings });
      expect(stdout.includes("\u001B[")).toBe(coloured);
    });

    it("never gets into formats for machines", async () => {
      using folder = workspace({}, drifted);
      for (const format of ["json", "sarif", "github", "junit", "markdown"]) {
        expect((await runCli(["-f", format, "--color"], { cwd: folder.root })).stdout).not.toContain("\u001B");
      }
    });
  });

  describe("a wrong call", () => {
    it.each([
      [["--format", "xml"], "argument 'xml' is invalid. Allowed choices are stylish, json"],
      [["--max-warnings", "many"], "Give a whole number"],
      [["--max-warnings", "-2"], "Give a whole number"],
      [["--now", "2026-02-30"], "Give a day as YYYY-MM-DD"],
      [["--now", "tomorrow"], "Give a day as YYYY-MM-DD"],
      [["--fromat", "json"], "unknown option '--fromat'"],
      [["--rule"], "argument missing"],
      [["-c", "nowhere.json"], 'The config file "nowhere.json" does not exist.'],
      [["-c", "plugins"], 'The config file "plugins" is a folder.'],
      [["-c", "README.md"], 'The config file "README.md" must be a .json or .jsonc file.'],
      [["--sideways"], "unknown option '--sideways'"],
      [["explain"], "missing required argument"],
      [["explain", "no-such-thing"], 'There is no rule "no-such-thing"'],
      [["init", "extra"], "too many arguments"],
    ])("%j exits 2 and says why on stderr", async (argv, why) => {
      using folder = workspace();
      const { code, stdout, stderr } = await runCli(argv, { cwd: folder.root });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(why);
      expect(stderr).not.toMatch(/\n\s+at /u);
    });
  });

  it("accepts what it does nothing with yet, and says so in its help", async () => {
    using folder = workspace();
    expect((await runCli(["--no-cache", "--now", "2026-12-01"], { cwd: folder.root })).code).toBe(0);
    expect((await runCli(["--cache"], { cwd: folder.root })).code).toBe(0);
  });

  describe("--config", () => {
    it("takes a config from inside the workspace", async () => {
      using folder = workspace(
        { "configs/other.json": configWith({ rules: { "no-kind-mismatch": "off", "require-plugin-metadata": "off" } }) },
        drifted,
      );
      const outcome = await runCli(["-f", "json", "-c", "configs/other.json"], { cwd: folder.root });
      expect(new Set(reportOf(outcome.stdout).findings.map(({ rule }) => rule))).toEqual(new Set(["no-legacy-metadata-key"]));
    });

    it("takes a config from elsewhere, relative to where the caller stands, and reports its dead entries in it", async () => {
      using folder = workspace({}, drifted);
      using elsewhere = workspace({ "mine.json": configWith({ authority: { adapterPackages: ["nowhere/*"] } }) }, {});
      const outcome = await runCli(["-f", "json", "--root", folder.root, "-c", "mine.json"], { cwd: elsewhere.root });
      expect(outcome.code).toBe(2);
      expect(reportOf(outcome.stdout).problems).toMatchObject([{ file: expect.stringMatching(/^\.\.\/.*mine\.json$/u), line: 1 }]);
      expect(problemsOf(outcome)[0]).toContain("nowhere/*");
    });
  });

  describe("in GitHub Actions", () => {
    const env = { GITHUB_SERVER_URL: "https://github.com", GITHUB_REPOSITORY: "acme/hq", GITHUB_SHA: "abc123" };

    it("links files in Markdown and names them from the checkout in annotations, blanks and all", async () => {
      using checkout = workspace({}, {});
      for (const [file, text] of Object.entries(drifted)) checkout.write(`sub folder/${file}`, text);
      const surroundings = { cwd: checkout.at("sub folder"), env: { ...env, GITHUB_WORKSPACE: checkout.root } };
      expect((await runCli(["-f", "markdown"], surroundings)).stdout).toContain(
        `(https://github.com/acme/hq/blob/abc123/sub%20folder/${a}#L7)`,
      );
      expect((await runCli(["-f", "github"], surroundings)).stdout).toContain(`::error file=sub folder/${a},line=7,`);
    });

    it("does neither for a workspace outside the checkout", async () => {
      using folder = workspace({}, drifted);
      const surroundings = { cwd: folder.root, env: { ...env, GITHUB_WORKSPACE: "/elsewhere" } };
      expect((await runCli(["-f", "markdown"], surroundings)).stdout).not.toContain("acme/hq");
      expect((await runCli(["-f", "github"], surroundings)).stdout).toContain(`::error file=${a},line=7,`);
    });
  });

  it("can be pointed at a workspace that is reached through a link", async () => {
    using folder = workspace({}, drifted);
    using elsewhere = workspace({}, {});
    symlinkSync(folder.root, elsewhere.at("link"));
    expect((await runCli(["-f", "json", "--root", "link"], { cwd: elsewhere.root })).code).toBe(1);
  });

  it.skipIf(process.getuid?.() === 0)("refuses to write where it may not", async () => {
    using folder = workspace({}, drifted);
    writeFileSync(folder.at("locked.txt"), "");
    chmodSync(folder.at("locked.txt"), 0o444);
    expect(await runCli(["-o", "locked.txt"], { cwd: folder.root })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("this user may not write there"),
    });
  });
});
