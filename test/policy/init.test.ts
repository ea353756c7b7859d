import { describe, expect, test } from "vitest";
import { renderConfig } from "../../src/policy/init.js";
import { globMatcher } from "../../src/policy/glob.js";
import { inMemory, MANIFEST, policyOf, withConfig } from "./workspace.js";

const HOST = { "apps/server/src/rawr.ts": "", "apps/server/src/orpc.ts": "", "plugins/cli/x/package.json": "{}" };

const cases: readonly (readonly [title: string, files: Readonly<Record<string, string>>, text: string])[] = [
  [
    "the preset's own layout needs a name only",
    { "rawr.hq.ts": MANIFEST, ...HOST },
    `{
  "$schema": "./node_modules/eslint-plugin-drift-guard/schema.json",
  // The manifest is rawr.hq.ts; all that is not named here comes from this preset.
  "extends": "rawr-hq"
}
`,
  ],
  [
    "the shell",
    { "apps/hq/rawr.hq.ts": "export function createRawrHqManifest() {}", ...HOST },
    `{
  "$schema": "./node_modules/eslint-plugin-drift-guard/schema.json",
  // The manifest is apps/hq/rawr.hq.ts; all that is not named here comes from this preset.
  "extends": "rawr-hq-shell"
}
`,
  ],
  [
    "a manifest, mounts and plugins in other places",
    {
      "composition/app.hq.ts": "export const hqManifest = {};",
      "apps/api/src/routes.ts": 'app.all("/rpc/*", rpc).all("/api/orpc/*", openapi);',
      "apps/api/src/ingress.ts": "app\n  .mount(`/api/inngest`, handler)\n  .group('/api/workflows', workflows);",
      "apps/api/test/routes.test.ts": 'app.all("/rpc/*", rpc)',
      "apps/web/src/call.ts": 'fetch("/rpc/users"); app.all("/rpcs", rpc)',
      "extensions/hello/package.json": '{ "rawr": { "kind": "toolkit", "capability": "hello" } }',
    },
    `{
  "$schema": "./node_modules/eslint-plugin-drift-guard/schema.json",
  // The manifest is composition/app.hq.ts; all that is not named here comes from this preset.
  "extends": "rawr-hq",
  // Where this workspace differs from the preset.
  "layout": {
    "manifest": {
      "files": [
        "composition/app.hq.ts"
      ],
      "export": "hqManifest",
      "entries": [
        "apps/api/src/**"
      ]
    },
    "host": [
      "apps/api/src/**"
    ],
    "pluginRoots": {
      "extensions/*": "toolkit"
    }
  },
  // The files that mount each family here.
  "routes": {
    "families": {
      "ingress": {
        "mountedIn": [
          "apps/api/src/ingress.ts"
        ]
      },
      "workflows": {
        "mountedIn": [
          "apps/api/src/ingress.ts"
        ]
      },
      "rpc": {
        "mountedIn": [
          "apps/api/src/routes.ts"
        ]
      },
      "openapi": {
        "mountedIn": [
          "apps/api/src/routes.ts"
        ]
      }
    }
  }
}
`,
  ],
  [
    "any other monorepo, layer by layer",
    {
      "package.json": "{}",
      "apps/web/package.json": "{}",
      "apps/web/test/fixtures/x/package.json": "{}",
      "libs/ui/project.json": "{}",
      "packages/core/package.json": "{}",
      "packages/core/dist/package.json": "{}",
      "tools/gen/package.json": "{}",
    },
    `{
  "$schema": "./node_modules/eslint-plugin-drift-guard/schema.json",
  // No manifest was found: only what this file names is required and checked.
  "extends": "none",
  // Globs of project folders by layer.
  "layout": {
    "layers": {
      "package": [
        "libs/*",
        "packages/*"
      ],
      "app": [
        "apps/*"
      ],
      "tools": [
        "tools/*"
      ]
    }
  },
  // Who may import whom; a layer that is not listed may import everything.
  "authority": {
    "mayImport": {
      "package": [
        "package"
      ],
      "app": [
        "package"
      ]
    }
  }
}
`,
  ],
  [
    "nothing to describe",
    { "index.ts": "" },
    `{
  "$schema": "./node_modules/eslint-plugin-drift-guard/schema.json",
  // No manifest and no projects were found: nothing is checked until this file names something.
  "extends": "none"
}
`,
  ],
];

describe("init describes", () => {
  test.each(cases)("%s", (_title, files, text) => {
    expect(renderConfig(inMemory(files))).toBe(text);
  });

  test.each(cases)("%s: and what it writes is a config that finds all that it names", (_title, files, text) => {
    const { required } = policyOf(withConfig(text, files));
    const paths = Object.keys(files);
    const folders = paths.map((path) => path.replace(/\/[^/]*$/u, ""));
    const dead = required.filter(({ kind, subject, scope, at }) => {
      if (at === undefined || kind === "family" || kind === "export") return false;
      return !(scope === "folder" || kind === "plugins" ? folders : paths).some(globMatcher([subject]));
    });
    expect(dead).toEqual([]);
  });
});
