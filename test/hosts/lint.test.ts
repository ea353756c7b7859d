import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Consumer } from "./consumer.js";

const roleReader = "export const role = (plugin: { rawr: { templateRole?: string } }) => plugin.rawr.templateRole;\n";

let consumer: Consumer;
beforeEach(() => {
  consumer = new Consumer();
});
afterEach(() => {
  consumer.delete();
});

test("`pnpm lint` is green on a clean workspace and red on a drifted one, in source and in package.json", () => {
  const clean = consumer.run("pnpm", ["lint"]);
  expect(clean.output).not.toContain("drift-guard/");
  expect(clean.code).toBe(0);

  consumer.write("packages/core/src/role.ts", roleReader);
  consumer.edit("plugins/api/state/package.json", '"kind": "api"', '"kind": "web"');
  const drifted = consumer.run("pnpm", ["lint"]);
  expect(drifted.code).toBe(1);
  expect(drifted.stdout).toMatch(/packages\/core\/src\/role.ts\n +1:40 +error .*drift-guard\/no-legacy-metadata-key/u);
  expect(drifted.stdout).toMatch(/plugins\/api\/state\/package.json\n +\d+:13 +error .*drift-guard\/no-kind-mismatch/u);
});

test("severities come from the workspace's config; an entry in eslint.config wins; strict turns warnings into errors", () => {
  consumer.write("packages/core/src/role.ts", roleReader);
  consumer.write("drift-guard.config.json", '{ "rules": { "no-legacy-metadata-key": "warn" } }\n');
  const severities = (): readonly string[] => consumer.run("eslint", ["packages/core"]).stdout.match(/\b(?:warning|error) (?= .*drift-guard)/gu) ?? [];
  expect(new Set(severities())).toEqual(new Set(["warning "]));

  consumer.edit("eslint.config.js", "drift-guard/recommended", "drift-guard/strict");
  expect(new Set(severities())).toEqual(new Set(["error "]));

  consumer.write("drift-guard.config.json", '{ "rules": { "no-legacy-metadata-key": "off" } }\n');
  expect(severities()).toEqual([]);

  consumer.edit("eslint.config.js", "\n  },\n]);", '\n  },\n  { files: ["**/*.ts"], rules: { "drift-guard/no-legacy-metadata-key": "warn" } },\n]);');
  expect(new Set(severities())).toEqual(new Set(["warning "]));
});

describe.each([
  ["one process", []],
  ["two workers", ["--concurrency", "2"]],
])("`eslint --cache` in %s", (_, flags) => {
  const lint = (): string => consumer.run("eslint", ["--cache", ...flags, "packages", "plugins"]).stdout;

  test("finds what a change elsewhere makes a breach, and forgets what it cures", () => {
    expect(lint()).toBe("");
    consumer.write("drift-guard.config.json", '{ "layout": { "pluginRoots": { "plugins/web/*": "agent" } } }\n');
    expect(lint()).toContain("drift-guard/no-kind-mismatch");
    consumer.remove("drift-guard.config.json");
    expect(lint()).toBe("");
  });
});

test("`eslint --cache` still caches while nothing changes", () => {
  consumer.run("eslint", ["--cache", "packages"]);
  const again = consumer.run("eslint", ["--cache", "packages"], { DEBUG: "eslint:lint-result-cache,eslint:cli-engine,eslint:eslint" });
  expect(again.stderr).toMatch(/Cached result found/iu);
});
