import { describe, expect, test } from "vitest";
import { loadPolicy } from "../../src/policy/load.js";
import { inMemory, MANIFEST, policyOf, withConfig } from "./workspace.js";

const SHELL = "export function createRawrHqManifest() {}";

describe("the preset is told by where the manifest stands", () => {
  test.each([
    ["the root", { "rawr.hq.ts": MANIFEST }, "rawr-hq"],
    ["apps/hq", { "apps/hq/rawr.hq.ts": SHELL }, "rawr-hq-shell"],
    ["both", { "rawr.hq.ts": MANIFEST, "apps/hq/rawr.hq.ts": SHELL }, "rawr-hq"],
    [
      "both, the root one re-exporting",
      { "rawr.hq.ts": 'export * from "./apps/hq/rawr.hq";', "apps/hq/rawr.hq.ts": SHELL },
      "rawr-hq-shell",
    ],
    [
      "both, the root one importing and exporting",
      {
        "rawr.hq.ts": 'import { createRawrHqManifest } from "@rawr/hq";\nexport { createRawrHqManifest };\nexport type Manifest = unknown;',
        "apps/hq/rawr.hq.ts": SHELL,
      },
      "rawr-hq-shell",
    ],
    [
      "both, the root one adding something of its own",
      { "rawr.hq.ts": `export * from "./apps/hq/rawr.hq";\n${MANIFEST}`, "apps/hq/rawr.hq.ts": SHELL },
      "rawr-hq",
    ],
    ["the root alone, forwarding", { "rawr.hq.ts": 'export * from "./src/manifest";' }, "rawr-hq"],
  ])("%s", (_where, files, preset) => {
    expect(policyOf(inMemory(files)).preset).toBe(preset);
    expect(policyOf(withConfig("{}", files)).preset).toBe(preset);
  });

  test("a config that names its manifest builds on the default preset", () => {
    const policy = policyOf(withConfig('{ "layout": { "manifest": { "files": ["src/hq.ts"] } } }', { "src/hq.ts": MANIFEST }));
    expect(policy.preset).toBe("rawr-hq");
    expect(policy.layout.manifest.files).toEqual(["src/hq.ts"]);
  });

  test("what a config extends is not detected", () => {
    expect(policyOf(withConfig('{ "extends": "none" }')).preset).toBe("none");
    expect(policyOf(withConfig('{ "extends": "rawr-hq-shell" }', {})).preset).toBe("rawr-hq-shell");
  });
});

describe("without a manifest the fault says what was looked for and what to do", () => {
  const LOOKED =
    'No manifest was found: "rawr.hq.ts" (preset "rawr-hq") and "apps/hq/rawr.hq.ts" (preset "rawr-hq-shell") ' +
    "were looked for, from the workspace root.";
  const WOULD = '"drift-guard init" would write "drift-guard.config.json" with';

  test.each([
    [
      "nothing alike",
      { "src/index.ts": "export const x = 1;" },
      `No module looks like one. ${WOULD} "extends": "none" and the layers that it finds.`,
    ],
    [
      "a module named like one",
      { "composition/main.hq.ts": MANIFEST },
      'Modules that look like one: "composition/main.hq.ts" (exports "rawrHqManifest"). ' +
        `${WOULD} "extends": "rawr-hq" and "layout.manifest.files": ["composition/main.hq.ts"].`,
    ],
    [
      "modules that export one; test code does not count, types do not, parsers do not",
      {
        "apps/hq/src/compose.ts": SHELL,
        "apps/hq/test/fake.ts": SHELL,
        "packages/core/manifest.ts": "export const pluginManifest = 1;",
        "packages/core/types.ts": "export type RawrHqManifest = 1;",
        "packages/core/plugin-manifest.ts": "export function parsePluginManifest() {}",
      },
      'Modules that look like one: "apps/hq/src/compose.ts" (exports "createRawrHqManifest"), ' +
        '"packages/core/manifest.ts" (exports "pluginManifest"). ' +
        `${WOULD} "extends": "rawr-hq" and "layout.manifest.files": ["apps/hq/src/compose.ts"].`,
    ],
  ])("%s", (_what, files, rest) => {
    expect(loadPolicy(inMemory(files))).toEqual({ faults: [{ message: `${LOOKED} ${rest}` }] });
  });

  test("the list of modules is short", () => {
    const files = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`a${index}.hq.ts`, MANIFEST]));
    const loaded = loadPolicy(inMemory(files));
    expect("faults" in loaded && loaded.faults[0]?.message.match(/exports/gu)?.length).toBe(5);
  });

  test("it is reported where the config is, else at the root package.json", () => {
    const places = [withConfig("{}", {}), inMemory({ "package.json": "{}" }), inMemory({})].map((input) => {
      const loaded = loadPolicy(input);
      return "faults" in loaded ? [loaded.faults[0]?.file, loaded.faults[0]?.span] : "none";
    });
    expect(places).toEqual([
      ["drift-guard.config.json", [0, 2]],
      ["package.json", undefined],
      [undefined, undefined],
    ]);
  });
});
