import { describe, expect, test } from "vitest";
import { policyWith, workspaceOf, type Files } from "./memory.js";

function manifestIn(files: Files, globs: readonly string[] = ["rawr.hq.ts", "apps/*/rawr.hq.ts"]): string | undefined {
  return workspaceOf(files, policyWith({ manifest: { files: globs, export: "rawrHqManifest", mode: "composition", entries: [] } }))
    .manifest;
}

describe("the manifest", () => {
  const own = "export const rawrHqManifest = {};";

  test.each([
    ["is the file that the layout names", { "rawr.hq.ts": own }, "rawr.hq.ts"],
    ["is the first glob's", { "rawr.hq.ts": own, "apps/hq/rawr.hq.ts": own }, "rawr.hq.ts"],
    ["is found by a glob", { "apps/hq/rawr.hq.ts": own }, "apps/hq/rawr.hq.ts"],
    ["may be missing", { "x.ts": own }, undefined],
    ["is where forwarding ends", { "rawr.hq.ts": 'export * from "./apps/hq/rawr.hq";', "apps/hq/rawr.hq.ts": own }, "apps/hq/rawr.hq.ts"],
    [
      "is where forwarding by name ends",
      { "rawr.hq.ts": 'export { manifest as rawrHqManifest } from "./m.js";', "m.ts": "export const manifest = {};" },
      "m.ts",
    ],
    [
      "is where a second step of forwarding ends",
      { "rawr.hq.ts": 'export { rawrHqManifest } from "./a";', "a.ts": 'export * from "./b";', "b.ts": own },
      "b.ts",
    ],
    [
      "is where an import that is exported leads",
      { "rawr.hq.ts": 'import { m } from "./m";\nexport { m as rawrHqManifest };', "m.ts": "export const m = {};" },
      "m.ts",
    ],
    [
      "is where an imported default leads",
      {
        "rawr.hq.ts": 'import rawrHqManifest from "./m";\nexport { rawrHqManifest };\nexport default rawrHqManifest;',
        "m.ts": "export default {};",
      },
      "m.ts",
    ],
    ["owns what it adds to", { "rawr.hq.ts": 'export * from "./m";\nexport const more = 1;', "m.ts": own }, "rawr.hq.ts"],
    ["owns what it does", { "rawr.hq.ts": 'export * from "./m";\nregister();', "m.ts": own }, "rawr.hq.ts"],
    ["owns what a package provides", { "rawr.hq.ts": 'export { rawrHqManifest } from "elsewhere";' }, "rawr.hq.ts"],
    [
      "may only hold types beside the forwarding",
      { "rawr.hq.ts": 'export * from "./m";\nexport type { M } from "./m";', "m.ts": own },
      "m.ts",
    ],
    [
      "is the named one when forwarding goes in circles",
      { "rawr.hq.ts": 'export * from "./a";', "a.ts": 'export * from "./rawr.hq";' },
      "rawr.hq.ts",
    ],
    ["is a broken file as well", { "rawr.hq.ts": "export const rawrHqManifest = {" }, "rawr.hq.ts"],
  ])("%s", (_, files, manifest) => {
    expect(manifestIn(files)).toBe(manifest);
  });

  test("is none where the layout names none", () => {
    expect(manifestIn({ "rawr.hq.ts": own }, [])).toBeUndefined();
  });
});
