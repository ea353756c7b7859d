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
  consumer.edit("plugins/api/state/package.json", '"kind": "api"', '"kind": "web"');
  const severities = (): readonly string[] =>
    consumer.run("eslint", ["plugins/api/state/package.json"]).stdout.match(/\b(?:warning|error)\b(?= .*drift-guard)/gu) ?? [];
  const configure = (severity: string): void =>
    consumer.write("drift-guard.config.json", `{ "rules": { "no-kind-mismatch": "${severity}" } }\n`);
  configure("warn");
  expect(severities()).toEqual(["warning"]);

  consumer.edit("eslint.config.js", "drift-guard/recommended", "drift-guard/strict");
  expect(severities()).toEqual(["error"]);

  configure("off");
  expect(severities()).toEqual([]);

  const entry = '{ files: ["**/package.json"], rules: { "drift-guard/no-kind-mismatch": "warn" } }';
  consumer.edit("eslint.config.js", "\n  },\n]);", `\n  },\n  ${entry},\n]);`);
  expect(severities()).toEqual(["warning"]);
});

describe("`eslint --cache`", () => {
  const lint = (...flags: readonly string[]): string => consumer.run("eslint", ["--cache", ...flags, "plugins/web/run-board"]).stdout;
  const makeBreach = (): void => {
    consumer.write("drift-guard.config.json", '{ "layout": { "pluginRoots": { "plugins/web/*": "agent" } } }\n');
  };

  test("finds what a change elsewhere makes a breach, and forgets what it cures", () => {
    expect(lint()).toBe("");
    makeBreach();
    expect(lint()).toContain("drift-guard/no-kind-mismatch");
    consumer.remove("drift-guard.config.json");
    expect(lint()).toBe("");
  });

  test("does so in workers of `--concurrency` as well", () => {
    expect(lint("--concurrency", "2")).toBe("");
    makeBreach();
    expect(lint("--concurrency", "2")).toContain("drift-guard/no-kind-mismatch");
  });

  test("still caches while nothing changes", () => {
    lint();
    const { stderr } = consumer.run("eslint", ["--cache", "plugins/web/run-board"], { DEBUG: "eslint:lint-result-cache" });
    expect(stderr).toContain("Caching results to");
    expect(stderr).not.toContain("Cache entry not found");
  });

  test("costs an edit the files whose findings it changes", () => {
    const relinted = (): readonly string[] => {
      const { stderr } = consumer.run("eslint", ["--cache", "."], { DEBUG: "eslint:lint-result-cache" });
      const files = [...stderr.matchAll(/Cache entry not found or no longer valid: (\S+)/gu)].map(([, file = ""]) => file);
      return [...new Set(files)].map((file) => file.slice(consumer.root.length + 1)).sort();
    };
    consumer.write("drift-guard.config.json", '{ "layout": {} }\n');
    expect(relinted().length).toBeGreaterThan(50);
    expect(relinted()).toEqual([]);
    consumer.write("packages/core/src/role.ts", roleReader);
    // ESLint keeps no result of a file that it found something in.
    expect(relinted()).toEqual(["packages/core/src/role.ts"]);
    consumer.write("packages/core/src/role.ts", "export const role = 1;\n");
    expect(relinted()).toEqual(["packages/core/src/role.ts"]);
    expect(relinted()).toEqual([]);
    consumer.write("drift-guard.config.json", '{ "layout": { "pluginRoots": { "plugins/web/*": "agent" } } }\n');
    expect(relinted()).toEqual(["drift-guard.config.json", "plugins/web/run-board/package.json"]);
  });
});
