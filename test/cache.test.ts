import { appendFileSync, chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, truncateSync, utimesSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Cache, cacheFolder } from "../src/cache.js";
import { cachedFacts } from "../src/cached-facts.js";
import { extractBody } from "../src/facts/body.js";
import { extractOutline } from "../src/facts/outline.js";
import type { Report } from "../src/rule/finding.js";
import { openSources, report, run, type Extractor } from "../src/run.js";
import { configWith, drifted, reportOf, runCli, workspace } from "./cli/run-cli.js";
import type { Folder } from "./folder.js";

const plugin = "plugins/web/a/package.json";
const source = "plugins/web/a/src/index.ts";

/** Gives a file a stamp that counts: long ago. */
function age(folder: Folder, ...files: readonly string[]): void {
  const then = new Date(Date.now() - 60_000);
  for (const file of files) utimesSync(folder.at(file), then, then);
}

/** A workspace whose files have rested long enough. */
function rested(files: Readonly<Record<string, string>> = {}): Folder {
  return workspace(files, drifted);
}

async function settle(): Promise<void> {
  // The time of a status change cannot be set: it must have passed.
  await new Promise((resolve) => setTimeout(resolve, 150));
}

function withoutTime(full: Report): Report {
  return { ...full, summary: { ...full.summary, ms: 0 } };
}

function plain({ root }: Folder): Report {
  return withoutTime(run({ root }));
}

function checkedWith(cache: Cache, extractor?: Extractor): Report {
  return withoutTime(report(openSources(cache, { extractor: cachedFacts(cache, extractor) }), { root: cache.root, cache }, undefined, 0));
}

/** One run with the cache, and the files whose facts it had to extract. */
function warm({ root }: Folder, location = cacheFolder(root)): { readonly report: Report; readonly outlines: readonly string[]; readonly bodies: readonly string[] } {
  const outlines: string[] = [];
  const bodies: string[] = [];
  const cache = new Cache(root, location);
  const full = checkedWith(cache, {
    outline: (file) => {
      outlines.push(file.path);
      return extractOutline(file);
    },
    body: (file) => {
      bodies.push(file.path);
      return extractBody(file);
    },
  });
  cache.save();
  return { report: full, outlines: outlines.sort(), bodies };
}

describe("facts of earlier runs", () => {
  it("are all that a run needs where nothing has changed", async () => {
    using folder = rested();
    await settle();
    expect(warm(folder).outlines).toHaveLength(5);
    const second = warm(folder);
    expect(second.outlines).toEqual([]);
    expect(second.report).toEqual(plain(folder));
    expect(second.report.findings).toHaveLength(3);
  });

  it("are extracted anew for what has changed, whatever its stamp says", async () => {
    using folder = rested();
    age(folder, source, plugin);
    await settle();
    warm(folder);
    const size = statSync(folder.at(plugin)).size;
    // The same length and the same time of change: only the status change tells.
    folder.write(plugin, readFileSync(folder.at(plugin), "utf8").replace("templateRole", "tEmplateRole"));
    expect(statSync(folder.at(plugin)).size).toBe(size);
    age(folder, plugin);
    const { report: after, outlines } = warm(folder);
    expect(outlines).toEqual([plugin]);
    expect(after).toEqual(plain(folder));
    expect(after.findings).toHaveLength(2);
  });

  it("are not believed of a file that was written just before it was looked at", () => {
    using folder = rested();
    warm(folder);
    folder.write(plugin, readFileSync(folder.at(plugin), "utf8").replace("templateRole", "tEmplateRole"));
    expect(warm(folder).report).toEqual(plain(folder));
  });

  it("serve a file that was only touched, wherever the clock stands", async () => {
    using folder = rested();
    await settle();
    warm(folder);
    for (const days of [-400, 400]) {
      const then = new Date(Date.now() + days * 86_400_000);
      utimesSync(folder.at(source), then, then);
      expect(warm(folder).outlines).toEqual([]);
    }
    folder.write(source, "export const b = 2;\n");
    utimesSync(folder.at(source), new Date(0), new Date(0));
    expect(warm(folder).outlines).toEqual([source]);
  });

  it("are kept of the bodies that rules asked for", async () => {
    const read = "export const kind = (json: { rawr?: { templateRole?: string } }) => json.rawr?.templateRole;\n";
    using folder = rested({ [source]: read });
    await settle();
    expect(warm(folder).bodies).toEqual([source]);
    expect(warm(folder)).toEqual({ report: plain(folder), outlines: [], bodies: [] });
  });

  it("say so when a file changes under the run", async () => {
    using folder = rested();
    await settle();
    warm(folder);
    const cache = new Cache(folder.root, cacheFolder(folder.root));
    const opening = openSources(cache, { extractor: cachedFacts(cache) });
    folder.write(plugin, "{}");
    expect(report(opening, { root: folder.root, cache }, undefined, 0).problems).toEqual([
      { message: `"${plugin}" changed while it was being checked. Run again.`, file: plugin },
    ]);
    cache.save();
    expect(warm(folder).report).toEqual(plain(folder));
  });

  it.each([
    ["empty", () => ""],
    ["foreign", () => "SQLite format 3\u0000 and more"],
    ["another's", (text: string) => text.replace("driftgd1", "driftgd0")],
    ["half there", (text: string) => text.slice(0, text.length / 2)],
    ["full of noughts", (text: string) => "\u0000".repeat(text.length)],
  ])("are found missing in a file that is %s, and kept anew", async (_, damage) => {
    using folder = rested();
    await settle();
    warm(folder);
    const file = "node_modules/.cache/drift-guard/facts.bin";
    folder.write(file, damage(readFileSync(folder.at(file), "latin1")));
    const after = warm(folder);
    expect(after.outlines).toHaveLength(5);
    expect(after.report).toEqual(plain(folder));
    expect(warm(folder).outlines).toEqual([]);
  });

  it("that lie in the middle of a damaged file cost their own files only", async () => {
    using folder = rested();
    await settle();
    warm(folder);
    const file = folder.at("node_modules/.cache/drift-guard/facts.bin");
    truncateSync(file, statSync(file).size);
    appendFileSync(file, "what a writer left that was killed");
    expect(warm(folder)).toMatchObject({ outlines: [], report: plain(folder) });
  });

  it("may be shared by runs that know nothing of each other", async () => {
    using folder = rested();
    await settle();
    const [one, two] = [new Cache(folder.root, cacheFolder(folder.root)), new Cache(folder.root, cacheFolder(folder.root))];
    for (const cache of [one, two]) checkedWith(cache);
    one.save();
    two.save();
    expect(warm(folder)).toMatchObject({ outlines: [], report: plain(folder) });
  });

  it("follow files that come, go and are renamed", async () => {
    using folder = rested();
    await settle();
    warm(folder);
    folder.write("plugins/web/c/package.json", readFileSync(folder.at(plugin), "utf8").replace("@acme/a", "@acme/c"));
    expect(warm(folder).report).toEqual(plain(folder));
    folder.remove("plugins/web/a");
    expect(warm(folder).report).toEqual(plain(folder));
    folder.write("drift-guard.config.json", configWith({ rules: { "no-legacy-metadata-key": "off" } }));
    expect(warm(folder).report).toEqual(plain(folder));
  });
});

describe("the answer of the last run", () => {
  const question = ["2026-01-01", ""];
  const answered = ({ root }: Folder, asked: readonly string[] = question): boolean =>
    new Cache(root, cacheFolder(root)).recall("kind", asked) === "an answer";
  const remember = ({ root }: Folder): void => {
    const cache = new Cache(root, cacheFolder(root));
    checkedWith(cache);
    cache.remember("kind", question, "an answer");
    cache.save();
  };

  it("is the answer again while the question and all files are the same", async () => {
    using folder = rested();
    await settle();
    expect(answered(folder)).toBe(false);
    remember(folder);
    expect(answered(folder)).toBe(true);
    age(folder, source);
    expect(answered(folder)).toBe(true);
    expect(answered(folder, ["2026-01-02", ""])).toBe(false);
    expect(answered(folder)).toBe(true);
  });

  it.each<readonly [string, (folder: Folder) => void]>([
    ["a changed file", (folder) => folder.write(source, "export const b = 1;\n")],
    ["a new file", (folder) => folder.write("new.txt", "")],
    ["a file that is gone", (folder) => folder.remove("README.md")],
    ["a file that is ignored", (folder) => folder.write(".gitignore", "README.md\n")],
    ["a changed config", (folder) => folder.write("drift-guard.config.json", configWith({ exclude: ["plugins/**"] }))],
    ["data that was too large and is not any more", (folder) => folder.write("data.json", "{}")],
    ["a link that leads nowhere", (folder) => symlinkSync("nowhere", folder.at("plugins/link.ts"))],
  ])("is none after %s", async (_what, change) => {
    using folder = rested({ "data.json": `{ "a": "${"x".repeat(80_000)}" }` });
    await settle();
    remember(folder);
    expect(answered(folder)).toBe(true);
    change(folder);
    expect(answered(folder)).toBe(false);
  });
});

describe("the cache of the command line", () => {
  const bytes = async (folder: Folder, ...argv: readonly string[]): Promise<string> =>
    (await runCli(["-f", "json", ...argv], { cwd: folder.root })).stdout.replace(/"ms": \d+/u, "");

  it("makes no difference to what is printed", async () => {
    using folder = rested();
    const expected = await bytes(folder, "--no-cache");
    expect(await bytes(folder)).toBe(expected);
    expect(await bytes(folder)).toBe(expected);
    expect(await bytes(folder, "--cache")).toBe(expected);
  });

  it("lies where it is told to, and is no file of the workspace there", async () => {
    using folder = rested();
    const expected = await bytes(folder, "--no-cache");
    for (const place of ["out/cache", "."]) {
      expect(await bytes(folder, "--cache-location", place)).toBe(expected);
      expect(await bytes(folder, "--cache-location", place)).toBe(expected);
      expect(folder.list()).toContain(place === "." ? "facts.bin" : `${place}/facts.bin`);
    }
    expect(folder.list().filter((file) => file.startsWith("node_modules"))).toEqual([]);
    const { code, stderr } = await runCli(["--cache-location", "package.json"], { cwd: folder.root });
    expect([code, stderr]).toEqual([2, 'error: The cache location "package.json" is a file; name a folder.\n']);
  });

  it("may be where nobody can write: the answer is right, and who named the place is told", async () => {
    using folder = rested({ "shut/file": "" });
    // A file in the way stops even a user who may do everything.
    folder.write("node_modules", "");
    const expected = await bytes(folder, "--no-cache");
    expect(await bytes(folder)).toBe(expected);
    const { code, stdout, stderr } = await runCli(["-f", "json", "--cache-location", "shut/file/cache"], { cwd: folder.root });
    expect([code, reportOf(stdout).findings.length]).toEqual([1, 3]);
    expect(stderr).toMatch(/^The cache cannot be written: part of its path is a file \(E\w+\)\. The answer is right all the same/u);
    mkdirSync(folder.at("locked"));
    chmodSync(folder.at("locked"), 0o500);
    expect(await bytes(folder, "--cache-location", "locked")).toBe(expected);
    chmodSync(folder.at("locked"), 0o700);
  });
});
