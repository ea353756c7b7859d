import { cpSync, readFileSync, renameSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { TestRepository } from "../history/repository.js";
import { findingsOf, problemsOf, runCli, type Outcome } from "./run-cli.js";

/* Ways to make drift-guard blind. Each ends red, or stands among the limits in the README. */

const FILE = "drift-guard.baseline.json";
const check = (folder: TestRepository, ...flags: readonly string[]): Promise<Outcome> => runCli(["-f", "json", ...flags], { cwd: folder.root });

/** The example headquarters, committed with a baseline. */
async function headquarters(): Promise<TestRepository> {
  const folder = new TestRepository();
  onTestFinished(() => folder.delete());
  cpSync(path.resolve(import.meta.dirname, "../../fixtures/hq"), folder.root, { recursive: true });
  expect(await check(folder, "--update-baseline")).toMatchObject({ code: 0 });
  folder.commit();
  return folder;
}

const role = "export const roleOf = (plugin: any) => plugin.rawr.templateRole;\n";

describe("the config", () => {
  it.each<[what: string, config: unknown]>([
    ["follows no preset", { extends: "none" }],
    ["follows another preset", { extends: "rawr-hq-shell" }],
    ["excludes everything", { exclude: ["**"] }],
    ["excludes the plugins", { exclude: ["plugins/**"] }],
    ["excludes a host file", { exclude: ["apps/server/src/orpc.ts"] }],
    ["empties the host", { layout: { host: [] } }],
    ["lets the host be where nothing is", { layout: { host: ["apps/gone/**"] } }],
    ["takes all code for tests", { layout: { tests: ["**"] } }],
    ["takes all code for generated", { layout: { generated: ["**"] } }],
    ["moves a family away", { routes: { families: { rpc: { prefix: "/nope" } } } }],
    ["empties a family's files", { routes: { families: { rpc: { mountedIn: [] } } } }],
    ["empties the seams", { composition: { seams: [] } }],
    ["empties the legacy keys", { metadata: { legacyKeys: [] } }],
    ["narrows a layer", { layout: { layers: { package: ["packages/core"] } } }],
    ["turns a rule off", { rules: { "no-upward-import": "off" } }],
    ["turns the guards off", { rules: { "no-dead-policy": "off", "no-open-ended-suppression": "off" } }],
    ["misspells a key", { exlude: [] }],
    ["names a rule that there is not", { rules: { "no-upward-imports": "error" } }],
  ])("that %s", async (_, config) => {
    const folder = await headquarters();
    folder.write("drift-guard.config.json", JSON.stringify(config));
    expect(await check(folder)).toMatchObject({ code: 2 });
  });

  it("that is code does not run", async () => {
    const folder = await headquarters();
    folder.write("drift-guard.config.json", "process.exit(0)\n");
    folder.write("drift-guard.config.js", "process.exit(0)\n");
    expect(await check(folder)).toMatchObject({ code: 2 });
  });
});

describe("the manifest", () => {
  it.each([
    ["gone", (folder: TestRepository) => folder.remove("rawr.hq.ts")],
    ["under another name", (folder: TestRepository) => renameSync(folder.at("rawr.hq.ts"), folder.at("rawr.headquarters.ts"))],
    ["with another export", (folder: TestRepository) => folder.write("rawr.hq.ts", readFileSync(folder.at("rawr.hq.ts"), "utf8").replaceAll("rawrHqManifest", "manifest"))],
    ["empty", (folder: TestRepository) => folder.write("rawr.hq.ts", "")],
    ["broken", (folder: TestRepository) => folder.write("rawr.hq.ts", "export const = ;")],
  ])("%s", async (_, change) => {
    const folder = await headquarters();
    change(folder);
    expect(await check(folder)).toMatchObject({ code: 2 });
  });
});

describe("ignore files", () => {
  it.each([".gitignore", "packages/core/.gitignore"])("%s hides nothing that git tracks", async (ignoreFile) => {
    const folder = await headquarters();
    folder.write("packages/core/src/hidden.ts", role);
    folder.commit();
    folder.write(ignoreFile, "hidden.ts\n");
    expect(findingsOf(await check(folder))).toEqual(["packages/core/src/hidden.ts no-legacy-metadata-key"]);
    expect(await check(folder, "--since", "HEAD")).toMatchObject({ code: 0 });
    folder.git("add", "--force", ".");
    expect(findingsOf(await check(folder, "--staged"))).toEqual([]);
    expect(findingsOf(await check(folder, "--since", "HEAD~1"))).toEqual(["packages/core/src/hidden.ts no-legacy-metadata-key"]);
  });

  it("a folder that pretends to be another repository hides nothing that git tracks", async () => {
    const folder = await headquarters();
    folder.write("packages/core/src/hidden.ts", role);
    folder.commit();
    folder.write("packages/core/.git/HEAD", "ref: refs/heads/main\n");
    expect(findingsOf(await check(folder))).toContain("packages/core/src/hidden.ts no-legacy-metadata-key");
  });

  it("that ignore config or baseline change nothing", async () => {
    const folder = await headquarters();
    folder.write(".gitignore", `${FILE}\nrawr.hq.ts\n`);
    folder.write("drift-guard.config.json", '{ "rules": { "no-upward-import": "off" } }');
    expect(await check(folder)).toMatchObject({ code: 2 });
  });
});

describe("comments", () => {
  it.each([
    ["a blanket", `/* eslint-disable */\n${role}`],
    ["a configuration comment", `/* eslint drift-guard/no-legacy-metadata-key: "off" */\n${role}`],
    ["a comment to the type checker", `// @ts-nocheck\n${role}`],
    ["a claim that it is generated", `/* @generated */\n${role}`],
    ["a silenced guard", `/* eslint-disable drift-guard/no-open-ended-suppression, drift-guard/no-legacy-metadata-key -- r (owner: @a, until: 2999-12-31) */\n${role}`],
    ["an end that never comes", `/* eslint-disable drift-guard/no-legacy-metadata-key -- r (owner: @a, until: package never@>=9) */\n${role}`],
  ])("%s", async (_, text) => {
    const folder = await headquarters();
    folder.write("packages/core/src/hidden.ts", text);
    expect(await check(folder)).toMatchObject({ code: 1 });
  });
});

describe("files that are hard to read", () => {
  it.each<[what: string, write: (folder: TestRepository) => void]>([
    ["too large", (folder) => folder.write("packages/core/src/hidden.ts", `${role}// ${"x".repeat(9 * 1024 * 1024)}\n`)],
    ["broken", (folder) => folder.write("packages/core/src/hidden.ts", `${role}}`)],
    ["in another encoding", (folder) => folder.write("packages/core/src/hidden.ts", Buffer.from(role, "utf16le").toString("latin1"))],
  ])("%s", async (_, write) => {
    const folder = await headquarters();
    write(folder);
    expect((await check(folder)).code).toBeGreaterThan(0);
  });
});

describe("the baseline", () => {
  it("does not know what it only claims to know", async () => {
    const folder = await headquarters();
    folder.write("packages/core/src/hidden.ts", role);
    const { findings } = JSON.parse((await check(folder)).stdout) as { findings: { key: string }[] };
    const claim = (over: object): void => {
      const entry = { key: findings[0]?.key, rule: "no-legacy-metadata-key", file: "x", owner: "@a", reason: "r", until: "2999-12-31", ...over };
      folder.write(FILE, JSON.stringify({ ...(JSON.parse(readFileSync(folder.at(FILE), "utf8")) as object), entries: [entry] }));
    };
    for (const over of [{ rule: "no-kind-mismatch" }, { key: "*" }, { owner: "" }, { reason: " " }, { until: "never" }, { until: "2020-01-01" }, { until: "package never@1" }]) {
      claim(over);
      expect(await check(folder), JSON.stringify(over)).toMatchObject({ code: 1 });
    }
    claim({ count: 5 });
    expect(await check(folder)).toMatchObject({ code: 2 });
    claim({});
    expect(await check(folder)).toMatchObject({ code: 0 });
  });

  it("of another file, named for one run, does not help", async () => {
    const folder = await headquarters();
    folder.write("packages/core/src/hidden.ts", role);
    folder.write("empty.json", "{}");
    expect(await check(folder, "--baseline", "empty.json")).toMatchObject({ code: 1 });
  });

  it("cannot be regrown", async () => {
    const folder = await headquarters();
    folder.write("packages/core/src/hidden.ts", role);
    expect(await check(folder, "--update-baseline")).toMatchObject({ code: 1 });
    expect(problemsOf(await check(folder))).toEqual([]);
    expect(await check(folder)).toMatchObject({ code: 1 });
  });
});
