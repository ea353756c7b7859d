import { chmodSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Outcome } from "./command.js";
import { commitAll, Consumer } from "./consumer.js";

/* One story, told in order: a headquarters that has drifted takes drift-guard on, and from then on only moves forward. */

const FILE = "packages/core/src/offers.ts";
const BASELINE = "drift-guard.baseline.json";
const now = ["--now", "2026-06-01"];

let hq: Consumer;
beforeAll(() => {
  hq = new Consumer();
  hq.write(FILE, reading("templateRole", "publishTier"));
  hq.write("packages/core/src/old-importer.ts", "export const importer = 1;\n");
  commitAll(hq);
});
afterAll(() => {
  hq.delete();
});

/** A module that reads legacy metadata keys, each in a function of its own. */
function reading(...keys: readonly string[]): string {
  return keys.map((key) => `export function ${key}Of(plugin: { rawr: any }) {\n  return plugin.rawr.${key};\n}\n`).join("\n");
}

const driftGuard = (...args: readonly string[]): Outcome => hq.run("drift-guard", ["check", ...args, ...(args.includes("--now") ? [] : now)]);

/** Exit code, and the findings that count as `file rule`. */
function told(...args: readonly string[]): { readonly code: number | null; readonly fresh: readonly string[]; readonly messages: string } {
  const { code, stdout } = driftGuard("-f", "json", ...args);
  const { findings } = JSON.parse(stdout) as { findings: { file: string; rule: string; state: string; message: string }[] };
  const fresh = findings.filter(({ state }) => state === "new");
  return { code, fresh: fresh.map(({ file, rule }) => `${file} ${rule}`), messages: fresh.map(({ message }) => message).join("\n") };
}

function adopt(reason: string, until: string): Outcome {
  return driftGuard("--update-baseline", "--allow-additions", "--owner", "@core", "--reason", reason, "--until", until);
}

test("it is red, and takes what there is into a baseline", () => {
  expect(told()).toMatchObject({ code: 1, fresh: [`${FILE} no-legacy-metadata-key`, `${FILE} no-legacy-metadata-key`] });
  expect(adopt("from before D-013", "2026-12-31")).toMatchObject({ code: 0 });
  expect(told()).toMatchObject({ code: 0, fresh: [] });
  commitAll(hq);
});

test("one mended and another added in the same file is red on the new one only", () => {
  hq.write(FILE, reading("templateRole", "channel"));
  const { code, fresh, messages } = told();
  expect([code, fresh.filter((line) => line.startsWith(FILE))]).toEqual([1, [`${FILE} no-legacy-metadata-key`]]);
  expect(messages).toContain('legacy metadata key "channel"');
  // And the entry of the one that was mended is to go.
  expect(fresh).toContain(`${BASELINE} no-open-ended-suppression`);
});

test("one mended and its like added in another function of the file is red on the new one only", () => {
  hq.write(FILE, reading("templateRole", "publishTier").replace("function publishTierOf", "function tierOf"));
  const { code, fresh } = told();
  expect([code, fresh.filter((line) => line.startsWith(FILE))]).toEqual([1, [`${FILE} no-legacy-metadata-key`]]);
  hq.write(FILE, reading("templateRole", "channel"));
});

test("the baseline shrinks, and is not grown again", () => {
  const { code, output } = driftGuard("--update-baseline");
  expect([code, output]).toEqual([1, expect.stringContaining("1 entry, 1 dropped, 0 added")]);
  expect(output).toContain("1 new finding not added: a baseline only shrinks.");
  expect(driftGuard("--update-baseline", "--allow-additions")).toMatchObject({ code: 2 });
  expect(hq.read(BASELINE).match(/"key"/gu)).toHaveLength(1);
  hq.write(FILE, reading("templateRole"));
  expect(told()).toMatchObject({ code: 0 });
});

test("what moves and is reformatted stays known", () => {
  hq.run("git", ["mv", FILE, "packages/core/src/offered.ts"]);
  hq.write("packages/core/src/deep/offered.ts", `// Offers of old.\n\nexport function templateRoleOf (\n    plugin: { rawr: any },\n)\n{\n    return (plugin.rawr\n        .templateRole)\n}\n`);
  hq.remove("packages/core/src/offered.ts");
  expect(told()).toMatchObject({ code: 0, fresh: [] });
  expect(driftGuard("--update-baseline")).toMatchObject({ code: 0 });
  expect(hq.read(BASELINE)).toContain('"file": "packages/core/src/deep/offered.ts"');
  hq.run("git", ["add", "--all"]);
  hq.commit();
});

test("a day that passes is red, with the owner's name", () => {
  expect(told("--now", "2026-12-31")).toMatchObject({ code: 0 });
  const late = told("--now", "2027-01-01");
  expect(late).toMatchObject({ code: 1, fresh: [`${BASELINE} no-open-ended-suppression`] });
  expect(late.messages).toMatch(/^Delete this now: the baseline entry \S+ \(no-legacy-metadata-key in .*\) was to go by 2026-12-31 \(owner: @core\)\.$/u);
});

test("a condition that comes true says: delete this now", () => {
  hq.edit(BASELINE, '"until": "2026-12-31"', '"until": "file-gone packages/core/src/old-importer.ts"');
  expect(told()).toMatchObject({ code: 0 });
  hq.remove("packages/core/src/old-importer.ts");
  const met = told();
  expect(met).toMatchObject({ code: 1, fresh: [`${BASELINE} no-open-ended-suppression`] });
  expect(met.messages).toContain("Delete this now: packages/core/src/old-importer.ts is gone");
  hq.remove("packages/core/src/deep/offered.ts");
  expect(driftGuard("--update-baseline")).toMatchObject({ code: 0 });
  expect(hq.read(BASELINE)).toContain('"entries": []');
  hq.run("git", ["add", "--all"]);
  hq.commit();
});

test("a commit whose index drifts is refused, though the working tree is clean", () => {
  hq.write(".git/hooks/pre-commit", "#!/bin/sh\nexec npx --no-install drift-guard check --staged\n");
  chmodSync(hq.at(".git/hooks/pre-commit"), 0o755);
  const clean = hq.read("packages/core/src/index.ts");
  hq.write("packages/core/src/index.ts", `${clean}\n${reading("templateRole")}`);
  hq.run("git", ["add", "packages/core/src/index.ts"]);
  hq.write("packages/core/src/index.ts", clean);
  expect(told()).toMatchObject({ code: 0 });
  const { code, output } = hq.commit();
  expect(code).not.toBe(0);
  expect(output).toMatch(/packages\/core\/src\/index.ts(?:.|\n)*drift-guard\/no-legacy-metadata-key/u);

  // And the other way round.
  hq.run("git", ["add", "packages/core/src/index.ts"]);
  hq.write("packages/core/src/more.ts", "export const more = 1;\n");
  hq.run("git", ["add", "packages/core/src/more.ts"]);
  hq.write("packages/core/src/index.ts", `${clean}\n${reading("templateRole")}`);
  expect(told()).toMatchObject({ code: 1 });
  expect(hq.commit()).toMatchObject({ code: 0 });
});

test("a commit of some files only is judged by what it holds", () => {
  hq.run("git", ["checkout", "--", "."]);
  hq.write("packages/core/src/index.ts", `${hq.read("packages/core/src/index.ts")}\n${reading("templateRole")}`);
  hq.write("packages/core/src/more.ts", "export const more = 2;\n");
  expect(hq.run("git", ["commit", "-m", "The clean one", "packages/core/src/more.ts"])).toMatchObject({ code: 0 });
  expect(hq.run("git", ["commit", "-m", "The drifted one", "packages/core/src/index.ts"]).code).not.toBe(0);
  expect(hq.run("git", ["commit", "--all", "-m", "Everything"]).code).not.toBe(0);
});
