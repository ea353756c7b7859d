import { describe, expect, test } from "vitest";
import type { Requirement } from "../../src/policy/policy.js";
import { inMemory, MANIFEST, policyOf, withConfig } from "./workspace.js";

const of = (required: readonly Requirement[]): readonly string[] => required.map(({ kind, subject }) => `${kind} ${subject}`);

describe("what a preset requires", () => {
  const mounts = [
    "family ingress",
    "glob apps/server/src/rawr.ts",
    "family workflows",
    "family rpc",
    "glob apps/server/src/orpc.ts",
    "family openapi",
  ];

  test("rawr-hq", () => {
    expect(of(policyOf(inMemory({ "rawr.hq.ts": MANIFEST })).required)).toEqual([
      "manifest rawr.hq.ts",
      "export rawrHqManifest",
      ...mounts,
      "seam orpc.router",
      "seam workflows.triggerRouter",
      "seam inngest",
      "plugins plugins/cli/*, plugins/agents/*, plugins/web/*, plugins/api/*, plugins/workflows/*",
    ]);
  });

  test("rawr-hq-shell", () => {
    expect(of(policyOf(inMemory({ "apps/hq/rawr.hq.ts": MANIFEST })).required)).toEqual([
      "manifest apps/hq/rawr.hq.ts",
      "export createRawrHqManifest",
      "glob apps/hq/{server,async,dev}.ts",
      ...mounts,
      "seam roles",
      "plugins plugins/cli/*, plugins/agents/*, plugins/web/*, plugins/server/api/*, plugins/async/workflows/*, plugins/async/schedules/*",
    ]);
  });

  test("none", () => {
    expect(policyOf(withConfig('{ "extends": "none" }')).required).toEqual([]);
  });
});

/** What the config itself requires: subject, key and the text that names it. */
function named(config: string): readonly (readonly [subject: string, key: string, text: string])[] {
  return policyOf(withConfig(config)).required.flatMap(({ kind, subject, key, at }) =>
    at === undefined ? [] : [[`${kind} ${subject}`, key, config.slice(...at.span)] as const],
  );
}

describe("everything that a config names is required, at its place", () => {
  test.each([
    ['{ "layout": { "manifest": { "files": ["hq.ts"] } } }', "manifest hq.ts", "layout.manifest.files[0]", '"hq.ts"'],
    ['{ "layout": { "manifest": { "export": "hq" } } }', "export hq", "layout.manifest.export", '"export"'],
    ['{ "layout": { "manifest": { "entries": ["apps/a.ts"] } } }', "glob apps/a.ts", "layout.manifest.entries[0]", '"apps/a.ts"'],
    ['{ "layout": { "host": ["host/**"] } }', "glob host/**", "layout.host[0]", '"host/**"'],
    ['{ "layout": { "layers": { "tool": ["tag:tool"] } } }', "glob tag:tool", "layout.layers.tool[0]", '"tag:tool"'],
    ['{ "layout": { "pluginRoots": { "addons/*": "web" } } }', "glob addons/*", "layout.pluginRoots['addons/*']", '"addons/*"'],
    ['{ "layout": { "tests": ["**/*.check.ts"] } }', "glob **/*.check.ts", "layout.tests[0]", '"**/*.check.ts"'],
    ['{ "layout": { "generated": ["**/*.out.ts"] } }', "glob **/*.out.ts", "layout.generated[0]", '"**/*.out.ts"'],
    ['{ "routes": { "families": { "rpc": {} } } }', "family rpc", "routes.families.rpc", '"rpc"'],
    ['{ "routes": { "sharedClient": ["packages/client"] } }', "glob packages/client", "routes.sharedClient[0]", '"packages/client"'],
    ['{ "composition": { "seams": ["orpc.published"] } }', "seam orpc.published", "composition.seams[0]", '"orpc.published"'],
    ['{ "authority": { "adapterPackages": ["packages/x"] } }', "glob packages/x", "authority.adapterPackages[0]", '"packages/x"'],
    ['{ "authority": { "duplicates": { "ignore": ["a/**"] } } }', "glob a/**", "authority.duplicates.ignore[0]", '"a/**"'],
    ['{ "convergence": { "bridges": [{ "path": "old.ts" }] } }', "bridge old.ts", "convergence.bridges[0].path", '"path"'],
    ['{ "exclude": ["gone/**"] }', "glob gone/**", "exclude[0]", '"gone/**"'],
  ])("%s", (config, subject, key, text) => {
    expect(named(config)).toEqual([[subject, key, text]]);
  });

  test("the mount files and importers of an entry as well", () => {
    const config = `{
      "routes": { "families": { "rpc": { "mountedIn": ["a.ts"] } } },
      "convergence": { "bridges": [{ "path": "old.ts", "importers": ["b.ts", "!c.ts"] }] }
    }`;
    expect(named(config).map(([subject]) => subject)).toEqual(["family rpc", "glob a.ts", "bridge old.ts", "glob b.ts", "glob c.ts"]);
  });

  test("routes, names and severities are not looked for", () => {
    expect(
      named(`{
        "routes": { "auxiliary": ["/ping"], "verifiers": ["lib#verify"], "gates": ["lib#gate"] },
        "composition": { "forbiddenInHost": ["lib#implement"] }, "authority": { "adapters": ["lib#Client"] },
        "metadata": { "kinds": ["web"], "legacyKeys": ["old"] }, "rules": { "no-deep-import": "off" }
      }`),
    ).toEqual([]);
  });

  test("an exclude that meets a file is alive, wherever that file is excluded", () => {
    expect(named('{ "exclude": ["rawr.*", "!rawr.hq.ts"] }')).toEqual([]);
  });

  test("what a config names no longer counts as the preset's", () => {
    const config =
      '{ "composition": { "seams": ["orpc.router"] }, ' +
      '"routes": { "families": { "openapi": { "mountedIn": ["apps/server/src/rawr.ts"] } } } }';
    expect(of(policyOf(withConfig(config)).required)).toEqual([
      "family openapi",
      "glob apps/server/src/rawr.ts",
      "seam orpc.router",
      "manifest rawr.hq.ts",
      "export rawrHqManifest",
      "family ingress",
      "glob apps/server/src/rawr.ts",
      "family workflows",
      "family rpc",
      "glob apps/server/src/orpc.ts",
      "plugins plugins/cli/*, plugins/agents/*, plugins/web/*, plugins/api/*, plugins/workflows/*",
    ]);
  });
});

test("globs of project folders say so", () => {
  const required = policyOf(
    withConfig('{ "layout": { "layers": { "tool": ["tools/*"] }, "host": ["a.ts"] }, "authority": { "adapterPackages": ["x"] } }'),
  ).required;
  expect(required.filter(({ at }) => at !== undefined).map(({ subject, scope }) => [subject, scope])).toEqual([
    ["a.ts", "file"],
    ["tools/*", "folder"],
    ["x", "folder"],
  ]);
});

test("a requirement says which rules and families lose their ground", () => {
  const [requirement] = policyOf(withConfig('{ "layout": { "pluginRoots": { "addons/*": "web" } } }')).required;
  expect(requirement?.rules).toContain("require-plugin-metadata");
  expect(requirement?.rules).not.toContain("no-legacy-metadata-key");
  expect(requirement?.families).toEqual(["metadata", "authority"]);
});
