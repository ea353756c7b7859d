import { describe, expect, test } from "vitest";
import { layoutOf } from "./memory.js";

/** Plugins as `folder = kind (root): sources`. */
function pluginsOf(files: readonly string[], pluginRoots: Readonly<Record<string, string>>): readonly string[] {
  const { plugins } = layoutOf(Object.fromEntries(files.map((file) => [file, file.endsWith(".json") ? {} : ""])), { pluginRoots });
  return plugins.map(({ folder, kind, root, sources }) =>
    `${folder} = ${kind} (${root}): ${sources.map((path) => path.slice(folder.length + 1)).join(" ")}`.trimEnd(),
  );
}

describe("plugins", () => {
  test.each([
    [
      "are the folders that a root names",
      ["plugins/web/a/package.json", "plugins/web/a/src/x.ts", "plugins/web/a/test/x.test.ts", "plugins/api/b/x.ts"],
      { "plugins/web/*": "web" },
      ["plugins/web/a = web (plugins/web/*): src/x.ts test/x.test.ts"],
    ],
    [
      "need neither sources nor a package",
      ["p/a/package.json", "p/b/project.json", "p/c/x.ts", "p/d/package.json", "p/d/AGENTS.md"],
      { "p/*": "k" },
      ["p/a = k (p/*):", "p/b = k (p/*):", "p/c = k (p/*): x.ts", "p/d = k (p/*):"],
    ],
    ["are no folders that hold nothing of ours", ["p/a/.gitkeep", "p/b/AGENTS.md", "p/.gitkeep"], { "p/*": "k" }, []],
    [
      "take the kind of the longest root",
      ["p/server/api/a/x.ts", "p/web/b/x.ts"],
      { "p/*/*": "other", "p/server/api/*": "api", "p/**": "any" },
      ["p/server/api/a = api (p/server/api/*): x.ts", "p/web/b = other (p/*/*): x.ts"],
    ],
    [
      "take the kind of the root that names most",
      ["p/web-a/x.ts", "p/api/x.ts"],
      { "p/*": "any", "p/web-*": "web" },
      ["p/api = any (p/*): x.ts", "p/web-a = web (p/web-*): x.ts"],
    ],
    [
      "are not the folders around them",
      ["p/server/api/a/x.ts", "p/cli/package.json", "p/cli/x.ts"],
      { "p/*": "k", "p/server/api/*": "api" },
      ["p/cli = k (p/*): x.ts", "p/server/api/a = api (p/server/api/*): x.ts"],
    ],
    [
      "are not their own parts",
      ["p/a/package.json", "p/a/src/x.ts", "p/b/src/y.ts"],
      { "p/*": "k", "p/**": "k" },
      ["p/a = k (p/*): src/x.ts", "p/b = k (p/*): src/y.ts"],
    ],
    ["are not what only holds declared ones", ["p/web/a/package.json", "p/web/x.ts"], { "p/**": "k" }, ["p/web/a = k (p/**):"]],
    [
      "may lie in each other when both are declared",
      ["p/a/package.json", "p/a/x.ts", "p/a/b/package.json", "p/a/b/y.ts"],
      { "p/**": "k" },
      ["p/a = k (p/**): x.ts", "p/a/b = k (p/**): y.ts"],
    ],
  ] as const)("%s", (_, files, roots, expected) => {
    expect(pluginsOf(files, roots)).toEqual(expected);
  });
});
