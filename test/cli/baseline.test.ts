import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Folder } from "../folder.js";
import { drifted, findingsOf, pluginJson, problemsOf, reportOf, runCli, workspace, type Outcome } from "./run-cli.js";

const FILE = "drift-guard.baseline.json";
const terms = ["--owner", "@web", "--reason", "before the split", "--until", "2026-12-31"];
const now = ["--now", "2026-06-01"];

/** The drifted workspace, or another, for one test. */
function folderWith(files: Readonly<Record<string, string>> = {}): Folder {
  const folder = workspace(files, drifted);
  onTestFinished(() => folder.delete());
  return folder;
}

const check = (folder: Folder, ...flags: readonly string[]): Promise<Outcome> => runCli(["-f", "json", ...now, ...flags], { cwd: folder.root });

const adopt = (folder: Folder, ...flags: readonly string[]): Promise<Outcome> => check(folder, "--update-baseline", "--allow-additions", ...terms, ...flags);

const textOf = (folder: Folder): string => readFileSync(folder.at(FILE), "utf8");

const entriesOf = (folder: Folder): readonly string[] => textOf(folder).split("\n").filter((line) => line.includes('"key"'));

/** Rules and states of a report's findings. */
const statesOf = ({ stdout }: Outcome): readonly string[] => reportOf(stdout).findings.map(({ file, rule, state }) => `${file} ${rule} ${state}`);

async function adopted(files: Readonly<Record<string, string>> = {}): Promise<Folder> {
  const folder = folderWith(files);
  expect(await adopt(folder)).toMatchObject({ code: 0 });
  return folder;
}

describe("a baseline", () => {
  it("is not grown by --update-baseline alone", async () => {
    const folder = folderWith();
    const outcome = await check(folder, "--update-baseline");
    expect([outcome.code, entriesOf(folder)]).toEqual([1, []]);
    expect(outcome.stderr).toContain("3 new findings not added: a baseline only shrinks.");
  });

  it("makes what is in it known, and fails nothing for it", async () => {
    const folder = await adopted();
    const outcome = await check(folder);
    expect(outcome.code).toBe(0);
    expect(statesOf(outcome)).toEqual([
      "plugins/web/a/package.json no-legacy-metadata-key known",
      "plugins/web/a/package.json no-legacy-metadata-key known",
      "plugins/web/b/package.json no-kind-mismatch known",
    ]);
    expect(reportOf(outcome.stdout).summary).toMatchObject({ errors: 0, known: 3 });
    expect((await runCli(now, { cwd: folder.root })).stdout).toMatch(/^✔ No drift: .* 3 known findings in the baseline\./u);
  });

  it("says why in SARIF", async () => {
    const folder = await adopted();
    const { stdout } = await runCli(["-f", "sarif", ...now], { cwd: folder.root });
    const log = JSON.parse(stdout) as { runs: { results: object[] }[] };
    expect(log.runs[0]?.results[0]).toMatchObject({ baselineState: "unchanged", suppressions: [{ kind: "external", justification: "before the split" }] });
  });

  it("is one sorted line for each entry, with whose it is, why and until when; writing it again changes nothing", async () => {
    const folder = await adopted();
    const lines = entriesOf(folder);
    expect(lines).toHaveLength(3);
    expect(lines).toEqual(lines.toSorted());
    expect(lines[0]).toMatch(/"owner": "@web", "reason": "before the split", "until": "2026-12-31" \},?$/u);
    const before = textOf(folder);
    expect(await check(folder, "--update-baseline")).toMatchObject({ code: 0 });
    expect(textOf(folder)).toBe(before);
  });

  it("holds identities, not counts: one mended and another added is one new", async () => {
    const reads = (...keys: readonly string[]): string => keys.map((key, index) => `export const read${String(index)} = (plugin: any) => plugin.rawr.${key};\n`).join("");
    const folder = await adopted({ "plugins/web/a/src/index.ts": reads("templateRole", "capability") });
    folder.write("plugins/web/a/src/index.ts", reads("kind", "publishTier"));
    const outcome = await check(folder);
    expect(outcome.code).toBe(1);
    expect(statesOf(outcome).filter((line) => line.endsWith("new"))).toEqual([
      `${FILE} no-open-ended-suppression new`,
      "plugins/web/a/src/index.ts no-legacy-metadata-key new",
    ]);
    expect(await check(folder, "--update-baseline")).toMatchObject({ code: 1, stderr: expect.stringContaining("1 dropped, 0 added") as unknown });
    expect(statesOf(await check(folder)).filter((line) => line.endsWith("new"))).toEqual(["plugins/web/a/src/index.ts no-legacy-metadata-key new"]);
  });

  it("tells a key of package.json from its like under another key", async () => {
    const folder = await adopted();
    folder.write("plugins/web/a/package.json", pluginJson("a", { templateRole: "example", rawr: { kind: "web", capability: "a", publishTier: "x" } }));
    expect(statesOf(await check(folder)).filter((line) => line.endsWith("new"))).toEqual([
      `${FILE} no-open-ended-suppression new`,
      "plugins/web/a/package.json no-legacy-metadata-key new",
    ]);
  });

  it("fails as long as it holds what is gone, by the entry's name, and shrinks", async () => {
    const folder = await adopted();
    folder.write("plugins/web/b/package.json", pluginJson("b"));
    const outcome = await check(folder);
    expect([outcome.code, findingsOf(outcome)[0]]).toEqual([1, `${FILE} no-open-ended-suppression`]);
    expect(outcome.stdout).toMatch(/Delete this now: no-kind-mismatch finds nothing any more that the baseline entry \S+ \(no-kind-mismatch in plugins\/web\/b/u);
    const shrunk = await check(folder, "--update-baseline");
    expect([shrunk.code, shrunk.stderr]).toEqual([0, expect.stringContaining("2 entries, 1 dropped, 0 added")]);
    expect(entriesOf(folder)).toHaveLength(2);
  });

  it("fails when an entry has run out, and names its owner", async () => {
    const folder = await adopted();
    expect(await check(folder, "--now", "2026-12-31")).toMatchObject({ code: 0 });
    const outcome = await check(folder, "--now", "2027-01-01");
    expect([outcome.code, new Set(findingsOf(outcome).slice(0, 3))]).toEqual([1, new Set([`${FILE} no-open-ended-suppression`])]);
    expect(outcome.stdout).toContain("was to go by 2026-12-31 (owner: @web).");
  });

  it("warns of what runs out soon", async () => {
    const folder = await adopted();
    expect(findingsOf(await check(folder, "--now", "2026-12-20"))).toContain(`${FILE} no-exit-due-soon`);
  });

  it("fails when a condition has come true: delete this now", async () => {
    const folder = folderWith({ "old.txt": "" });
    await adopt(folder, "--until", "file-gone old.txt");
    expect(await check(folder)).toMatchObject({ code: 0 });
    folder.remove("old.txt");
    const outcome = await check(folder);
    expect(outcome.code).toBe(1);
    expect(outcome.stdout).toContain("Delete this now: old.txt is gone, and that is what the baseline entry");
  });

  it("stands where --baseline says", async () => {
    const folder = folderWith();
    expect(await adopt(folder, "--baseline", "guard/known.json")).toMatchObject({ code: 0 });
    expect(existsSync(folder.at(FILE))).toBe(false);
    expect(await check(folder, "--baseline", "guard/known.json")).toMatchObject({ code: 0 });
    expect(await check(folder)).toMatchObject({ code: 1 });
  });

  it("keeps what other rules have when one is brought up to date", async () => {
    const folder = await adopted();
    folder.write("plugins/web/a/package.json", pluginJson("a"));
    folder.write("plugins/web/b/package.json", pluginJson("b"));
    await check(folder, "--update-baseline", "--rule", "no-kind-mismatch");
    expect(entriesOf(folder).map((line) => /"rule": "([\w-]+)"/u.exec(line)?.[1])).toEqual(["no-legacy-metadata-key", "no-legacy-metadata-key"]);
  });

  it("is not written while the run is not to be trusted", async () => {
    const folder = await adopted();
    const before = textOf(folder);
    folder.write("plugins/web/b/package.json", pluginJson("b"));
    folder.write("plugins/web/a/src/index.ts", "export const = ;\n");
    const outcome = await check(folder, "--update-baseline");
    expect([outcome.code, textOf(folder)]).toEqual([2, before]);
    expect(outcome.stderr).toContain("was not written");
  });

  it("merges without conflict where two branches change different findings", async () => {
    const folder = await adopted(Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`plugins/web/c${String(index)}/package.json`, pluginJson("c", { name: `@acme/c${String(index)}`, templateRole: "x" })])));
    const base = textOf(folder);
    const branches = ["0", "7"].map((one) => {
      const drop = base.split("\n").filter((line) => !line.includes(`plugins/web/c${one}/`)).join("\n");
      return drop.replace(/,(?=\n {2}\])/u, "");
    });
    folder.write("base", base);
    folder.write("ours", branches[0] ?? "");
    folder.write("theirs", branches[1] ?? "");
    const merged = execFileSync("git", ["merge-file", "-p", "ours", "base", "theirs"], { cwd: folder.root, encoding: "utf8" });
    expect(merged.match(/"key"/gu)).toHaveLength(13);
    JSON.parse(merged);
  });
});

describe("a baseline that is none", () => {
  const entry = '{ "key": "aaaaaaaaaaaaaaaa", "rule": "no-kind-mismatch", "owner": "@web", "reason": "r", "until": "2026-12-31" }';
  it.each([
    ["{\n  \"entries\": [\n<<<<<<< ours\n  ]\n}", 3, "cannot be parsed"],
    ["", 1, "cannot be parsed"],
    ["[]", 1, "it must be one object"],
    ['{\n "entries": {} }', 2, 'must have a list for "entries"'],
    ['{ "entries": [\n[] ] }', 2, "an entry that is no object"],
    ['{ "entries": [\n{ "rule": "no-kind-mismatch" } ] }', 2, 'an entry without "key"'],
    ['{ "entries": [\n{ "key": "x", "rule": 1 } ] }', 2, '"rule", which must be a text'],
    ['{ "entries": [\n{ "key": "x", "rule": "y", "count": "2" } ] }', 2, '"count", which it may not have'],
    [`{ "entries": [\n${entry},\n${entry} ] }`, 3, "has the entry aaaaaaaaaaaaaaaa twice"],
    ['{ "examined":\n{ "no-kind-mismatch": -1 } }', 2, 'must have a count for "no-kind-mismatch"'],
    ['{\n"findings": [] }', 2, 'has the unknown key "findings"'],
    ['{ "entries": [],\n"entries": [] }', 2, 'has "entries" twice'],
  ])("%s makes the run fail with file and line", async (text, line, message) => {
    const folder = folderWith({ [FILE]: text });
    const outcome = await check(folder);
    expect(outcome.code).toBe(2);
    expect(problemsOf(outcome).join("\n")).toMatch(new RegExp(`^${FILE}:${String(line)} The baseline .*`, "u"));
    expect(problemsOf(outcome).join("\n")).toContain(message);
  });

  it.each([
    ["says nothing", { owner: "", reason: "", until: "" }, "does not say why it is there, whose it is and when it ends."],
    ["has an end that is none", { until: "someday" }, '"someday", with which the baseline entry'],
    ["waits for its own importers", { until: "no-importers" }, '"no-importers", with which the baseline entry'],
    ["is about another rule than it says", { rule: "no-legacy-metadata-key" }, "no-legacy-metadata-key finds nothing any more"],
    ["is about a rule that there is not", { rule: "no-mismatch" }, '"no-mismatch", which the baseline entry'],
    ["is about a rule that watches over it", { rule: "no-dead-policy" }, "no-dead-policy cannot be silenced"],
  ])("an entry that %s is a finding", async (_, over, message) => {
    const folder = await adopted();
    const line = entriesOf(folder).find((text) => text.includes("no-kind-mismatch")) ?? "";
    const changed = { ...(JSON.parse(line.replace(/,$/u, "")) as object), ...over };
    folder.write(FILE, textOf(folder).replace(line, `${JSON.stringify(changed)}${line.endsWith(",") ? "," : ""}`));
    const outcome = await check(folder);
    expect(outcome.code).toBe(1);
    expect(outcome.stdout).toContain(JSON.stringify(message).slice(1, -1));
  });

  it("does not hide what says that the run is not to be trusted", async () => {
    const folder = folderWith({ "drift-guard.config.json": '{ "extends": "none", "layout": { "host": ["apps/gone/**"] } }' });
    const { findings } = reportOf((await check(folder)).stdout);
    const [dead] = findings.filter(({ rule }) => rule === "no-dead-policy");
    folder.write(FILE, JSON.stringify({ entries: [{ key: dead?.key, rule: "no-dead-policy", owner: "@web", reason: "r", until: "2026-12-31" }] }));
    const outcome = await check(folder);
    expect([outcome.code, statesOf(outcome)]).toEqual([2, expect.arrayContaining(["drift-guard.config.json no-dead-policy new", `${FILE} no-open-ended-suppression new`])]);
  });

  it("is not excluded by the config", async () => {
    const folder = await adopted();
    const config = JSON.parse(readFileSync(folder.at("drift-guard.config.json"), "utf8")) as object;
    folder.write("drift-guard.config.json", JSON.stringify({ ...config, exclude: ["*.baseline.json"] }));
    expect(await check(folder)).toMatchObject({ code: 0 });
  });
});

describe("flags of the baseline that mean nothing together", () => {
  it.each([
    [["--allow-additions", ...terms], "--allow-additions says what --update-baseline may do"],
    [["--update-baseline", "--allow-additions", "--owner", "@web"], "needs --reason, --until"],
    [["--update-baseline", "--owner", "@web"], "--owner is for what --allow-additions adds"],
    [["--update-baseline", "plugins/web/a"], "--update-baseline needs the whole workspace"],
    [["--update-baseline", "--allow-additions", ...terms, "--until", "tomorrow"], '--until "tomorrow" is no exit'],
    [["--update-baseline", "--allow-additions", ...terms, "--until", "2026-05-31"], '--until "2026-05-31" has passed'],
    [["--update-baseline", "--allow-additions", ...terms, "--until", "file-gone nothing.ts"], "is met already: nothing.ts is gone"],
    [["--baseline", "missing.json"], "does not exist"],
    [["--baseline", "plugins", "--update-baseline"], "must be a .json"],
  ])("%j is refused in a sentence", async (flags, why) => {
    const folder = folderWith();
    const { code, stdout, stderr } = await check(folder, ...flags);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(why);
    expect(existsSync(folder.at(FILE))).toBe(false);
  });
});
