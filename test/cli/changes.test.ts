import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, describe, it, onTestFinished } from "vitest";
import { TestRepository } from "../history/repository.js";
import { clean, drifted, findingsOf, pluginJson, problemsOf, reportOf, runCli, type Outcome } from "./run-cli.js";

function repository(files: Readonly<Record<string, string>> = clean): TestRepository {
  const folder = new TestRepository(files);
  onTestFinished(() => folder.delete());
  folder.commit();
  return folder;
}

const check = (folder: TestRepository, ...flags: readonly string[]): Promise<Outcome> => runCli(["-f", "json", ...flags], { cwd: folder.root });

const role = "export const role = (plugin: any) => plugin.rawr.templateRole;\n";

/** The example headquarters in a repository. */
function headquarters(): TestRepository {
  const folder = new TestRepository();
  onTestFinished(() => folder.delete());
  cpSync(path.resolve(import.meta.dirname, "../../fixtures/hq"), folder.root, { recursive: true });
  folder.commit();
  return folder;
}

describe("--since", () => {
  it("reports what stands in changed files, and nothing that was there before elsewhere", async () => {
    const folder = repository(drifted);
    expect(await check(folder, "--since", "HEAD")).toMatchObject({ code: 0 });
    folder.write("plugins/web/a/src/index.ts", role);
    const outcome = await check(folder, "--since", "HEAD");
    expect([outcome.code, findingsOf(outcome)]).toEqual([1, ["plugins/web/a/src/index.ts no-legacy-metadata-key"]]);
    expect(reportOf(outcome.stdout)).toMatchObject({ summary: { errors: 1 }, examined: { "no-kind-mismatch": 2 } });
  });

  it("compares with the merge base, not with what others have done since", async () => {
    const folder = repository();
    folder.git("checkout", "-q", "-b", "feature");
    folder.write("plugins/web/a/src/index.ts", role);
    folder.commit();
    folder.git("checkout", "-q", "main");
    folder.write("plugins/web/b/package.json", pluginJson("b", { templateRole: "x" }));
    folder.commit();
    folder.git("checkout", "-q", "feature");
    expect(findingsOf(await check(folder, "--since", "main"))).toEqual(["plugins/web/a/src/index.ts no-legacy-metadata-key"]);
  });

  it("reports what a change breaks in a file that it does not touch", async () => {
    const folder = repository({ ...clean, "plugins/web/a/src/index.ts": role });
    expect(await check(folder, "--since", "HEAD")).toMatchObject({ code: 0 });
    const config = JSON.parse(readFileSync(folder.at("drift-guard.config.json"), "utf8")) as object;
    folder.write("drift-guard.config.json", JSON.stringify({ ...config, layout: { pluginRoots: { "plugins/web/*": "toolkit" } } }));
    expect(findingsOf(await check(folder, "--since", "HEAD"))).toEqual([
      "plugins/web/a/package.json no-kind-mismatch",
      "plugins/web/b/package.json no-kind-mismatch",
    ]);
  });

  it("reports what the deletion of a file leaves behind elsewhere", async () => {
    const folder = headquarters();
    expect(await check(folder, "--since", "HEAD")).toMatchObject({ code: 0 });
    folder.remove("plugins/workflows/digest");
    const outcome = await check(folder, "--since", "HEAD");
    expect([outcome.code, findingsOf(outcome)]).toEqual([1, ["rawr.hq.ts no-unregistered-plugin"]]);
  });

  it("reports what counts again because its entry in the baseline is gone", async () => {
    const folder = repository(drifted);
    await runCli(["--update-baseline", "--allow-additions", "--owner", "@web", "--reason", "old", "--until", "2999-12-31"], { cwd: folder.root });
    folder.commit();
    expect(await check(folder, "--since", "HEAD")).toMatchObject({ code: 0 });
    folder.remove("drift-guard.baseline.json");
    expect(reportOf((await check(folder, "--since", "HEAD")).stdout).summary).toMatchObject({ errors: 3 });
  });

  it("says what keeps the run from being trusted, wherever it is", async () => {
    const folder = repository({ ...clean, "plugins/web/a/src/index.ts": "const = ;\n" });
    const outcome = await check(folder, "--since", "HEAD");
    expect([outcome.code, problemsOf(outcome)[0]]).toEqual([2, expect.stringContaining("plugins/web/a/src/index.ts:1")]);
  });

  it("takes every finding for new where what was before cannot be opened", async () => {
    const folder = repository({ ...drifted, "drift-guard.config.json": '{ "extends": "nothing" }' });
    folder.write("drift-guard.config.json", clean["drift-guard.config.json"] ?? "");
    expect(reportOf((await check(folder, "--since", "HEAD")).stdout).summary).toMatchObject({ errors: 3 });
  });
});

describe("--staged", () => {
  it("refuses a drifting index though the working tree is clean", async () => {
    const folder = repository();
    folder.write("plugins/web/a/src/index.ts", role);
    folder.git("add", ".");
    folder.write("plugins/web/a/src/index.ts", clean["plugins/web/a/src/index.ts"] ?? "");
    expect(await check(folder)).toMatchObject({ code: 0 });
    const outcome = await check(folder, "--staged");
    expect([outcome.code, findingsOf(outcome)]).toEqual([1, ["plugins/web/a/src/index.ts no-legacy-metadata-key"]]);
    expect((await runCli(["--staged"], { cwd: folder.root })).stdout).toContain("│ export const role =");
  });

  it("passes a clean index though the working tree drifts, and knows of no untracked file", async () => {
    const folder = repository();
    folder.write("plugins/web/a/src/index.ts", role);
    folder.write("plugins/web/a/src/new.ts", role);
    expect(await check(folder)).toMatchObject({ code: 1 });
    expect(await check(folder, "--staged")).toMatchObject({ code: 0 });
  });

  it("reads config and baseline as they are staged", async () => {
    const folder = repository(drifted);
    await runCli(["--update-baseline", "--allow-additions", "--owner", "@web", "--reason", "old", "--until", "2999-12-31"], { cwd: folder.root });
    folder.write("plugins/web/b/package.json", `${pluginJson("b", { rawr: { kind: "toolkit", capability: "b" } })}\n`);
    folder.git("add", "plugins");
    // The baseline is not in the index: what it knows is new there.
    expect(findingsOf(await check(folder, "--staged"))).toEqual(["plugins/web/b/package.json no-kind-mismatch"]);
    folder.git("add", "drift-guard.baseline.json");
    expect(await check(folder, "--staged")).toMatchObject({ code: 0 });
  });

  it("reports what a deletion that is staged leaves behind", async () => {
    const folder = headquarters();
    folder.git("rm", "-q", "-r", "--cached", "plugins/workflows/digest");
    expect(findingsOf(await check(folder, "--staged"))).toEqual(["rawr.hq.ts no-unregistered-plugin"]);
    expect(await check(folder)).toMatchObject({ code: 0 });
  });

  it("works before the first commit", async () => {
    const folder = new TestRepository(drifted);
    onTestFinished(() => folder.delete());
    folder.git("add", ".");
    expect(reportOf((await check(folder, "--staged")).stdout).summary).toMatchObject({ errors: 3 });
  });
});

describe("changes that cannot be told", () => {
  it.each([
    [["--since", "nowhere"], '"nowhere" is no commit'],
    [["--since", "HEAD", "--staged"], "give one of them"],
    [["--staged", "--fix"], "give one of them"],
    [["--staged", "--update-baseline"], "--update-baseline needs the whole workspace"],
  ])("%j is refused in a sentence", async (flags, why) => {
    const { code, stdout, stderr } = await check(repository(), ...flags);
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(why)]);
  });

  it("outside of a repository there are none", async () => {
    const folder = repository();
    folder.remove(".git");
    expect(await check(folder, "--staged")).toMatchObject({ code: 2, stderr: expect.stringContaining("lies in no git repository") as unknown });
  });
});
