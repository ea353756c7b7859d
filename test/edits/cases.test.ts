import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { Cache, cacheFolder } from "../../src/cache.js";
import { toPath } from "../../src/files/path.js";
import { run, type RunOptions } from "../../src/run.js";
import { Folder } from "../folder.js";
import { judgedWith, pictureOf, saidBy, textsIn, withText, World, type Texts } from "./world.js";

const world = new World(rules);

/** What is said while somebody types, after some saves; and what is said when nothing is known from before. */
function typed(saves: readonly Texts[], file: string, text: string): { readonly said: unknown; readonly anew: unknown } {
  let base = world.base(pictureOf(new Map()));
  for (const texts of saves) {
    base = world.base(pictureOf(texts, base.picture), base.past());
    saidBy(base);
  }
  const unsaved = withText(base.picture, toPath(file), text);
  const ask = (one: typeof base): unknown => judgedWith(one, toPath(file), text, rules, unsaved.paths);
  return { said: ask(base), anew: ask(world.base(unsaved)) };
}

function changed(texts: Texts, ...changes: readonly (readonly [file: string, edit: (text: string) => string])[]): Texts {
  return new Map([...texts, ...changes.map(([file, edit]) => [file, edit(texts.get(file) ?? "")] as const)]);
}

const hq = textsIn("fixtures/hq");
const commented = (text: string): string => `// A comment.\n${text}`;

/** A breach by way of another file, and the exception for it. */
const excused: Texts = new Map([
  ["package.json", '{ "name": "acme", "private": true, "workspaces": ["packages/*", "plugins/web/*"] }'],
  [
    "drift-guard.config.json",
    JSON.stringify({
      extends: "none",
      layout: { pluginRoots: { "plugins/web/*": "web" }, layers: { package: ["packages/*"], plugin: ["plugins/*/*"] } },
      metadata: { required: false, kinds: ["web"], legacyKeys: ["templateRole"] },
      authority: { mayImport: { package: ["package", "plugin"], plugin: ["package"] } },
    }),
  ],
  ["packages/links/package.json", '{ "name": "@acme/links", "exports": "./src/index.ts" }'],
  ["packages/links/src/index.ts", 'export { b } from "@acme/plugin-b";\n'],
  ["plugins/web/a/package.json", '{ "name": "@acme/plugin-a", "exports": "./src/index.ts" }'],
  [
    "plugins/web/a/src/index.ts",
    '// eslint-disable-next-line drift-guard/no-plugin-to-plugin-import -- moves in #4 (owner: @core, until: 2026-12-01)\nimport { b } from "@acme/links";\nexport const a = b;\n',
  ],
  ["plugins/web/b/package.json", '{ "name": "@acme/plugin-b", "exports": "./src/index.ts" }'],
  ["plugins/web/b/src/index.ts", "export const b = 1;\n"],
]);

describe("what is typed is judged as if it stood there", () => {
  it("where it is a copy, and nobody has searched for copies since the last save", () => {
    const original = hq.get("packages/telemetry/src/index.ts") ?? "";
    const { said, anew } = typed([hq, changed(hq, ["packages/coordination/src/index.ts", commented])], "plugins/api/coordination/src/index.ts", original);
    expect(said).toEqual(anew);
    expect(JSON.stringify(said)).toContain("is a copy of packages/telemetry/src/index.ts");
  });

  it("where it is a copy of what was saved before", () => {
    const lines = Array.from({ length: 20 }, (_, at) => `  if (input.part${String(at)} === "${String(at)}") return input.whole${String(at)} + ${String(at)};`);
    const text = `export function long(input: Record<string, string>): string {\n${lines.join("\n")}\n  return "";\n}\n`;
    const { said, anew } = typed([hq, changed(hq, ["packages/telemetry/src/index.ts", () => text])], "plugins/api/coordination/src/index.ts", text);
    expect(said).toEqual(anew);
    expect(JSON.stringify(said)).toContain("is a copy of packages/telemetry/src/index.ts");
  });

  it("where an import is computed that was none", () => {
    const { said, anew } = typed([textsIn("fixtures/no-bridge-leak/breach")], "packages/core/src/core.ts", 'const load = (at: string): unknown => import(at);\nexport const core = load("./listed");\n');
    expect(said).toEqual(anew);
    expect(JSON.stringify(said)).toContain("packages/core/src/core.ts must not import packages/core/src/listed.ts");
  });

  it("where a key comes from far away, by ways that several take", () => {
    const reader = 'import { name } from "./b";\nexport const read = (plugin: { rawr: Record<string, string> }) => plugin.rawr[name()];\n';
    const files = [["a.ts", reader], ["b.ts", 'export { name } from "./c";\n'], ["c.ts", 'export const name = () => "x";\n'], ["d.ts", reader]] as const;
    const texts = new Map([...excused, ...files.map(([file, text]) => [`packages/links/src/${file}`, text] as const)]);
    const { said, anew } = typed([texts], "packages/links/src/c.ts", 'export const name = () => "template" + "Role";\n');
    expect(said).toEqual(anew);
    expect(JSON.stringify(said).match(/"no-legacy-metadata-key","family"/gu)).toHaveLength(2);
  });

  it("where an exception elsewhere is no longer needed", () => {
    const { said, anew } = typed([excused], "packages/links/src/index.ts", "export const b = 1;\n");
    expect(said).toEqual(anew);
    expect(JSON.stringify(said)).toContain("no-open-ended-suppression");
  });

  it("where it tells which of two manifests counts", () => {
    const shell = [...textsIn("fixtures/hq-shell")].filter(([file]) => file.startsWith("apps/hq/"));
    const { said, anew } = typed([new Map([...hq, ...shell])], "rawr.hq.ts", 'export { rawrHqManifest } from "./apps/hq/rawr.hq.js";\n');
    expect(said).toEqual(anew);
  });

  it("where another module becomes the manifest", () => {
    const own = hq.get("rawr.hq.ts") ?? "";
    const { said, anew } = typed([new Map([...hq, ["manifest/index.ts", own]])], "rawr.hq.ts", 'export { rawrHqManifest } from "./manifest/index.js";\n');
    expect(said).toEqual(anew);
  });

  it.each([
    ["fixtures/hq", "plugins/api/coordination/src/more.ts"],
    ["fixtures/hq-shell", "rawr.hq.ts"],
  ])("where it stands in a new file: in %s, %s", (folder, file) => {
    const { said, anew } = typed([textsIn(folder)], file, 'export * from "@rawr/telemetry";\nexport const role = (plugin: { rawr: { templateRole: string } }) => plugin.rawr.templateRole;\n');
    expect(said).toEqual(anew);
  });
});

it("another baseline is another ground", () => {
  using folder = new Folder({ ...Object.fromEntries(textsIn("fixtures/no-open-ended-suppression/breach")), "none.json": '{ "entries": [] }\n' });
  const { root } = folder;
  const options: RunOptions = { root, now: "2026-06-01" };
  const warm = (more: Partial<RunOptions>): unknown => {
    const cache = new Cache(root, cacheFolder(root));
    const { findings, problems, examined } = run({ ...options, ...more, cache });
    cache.save();
    return { findings, problems, examined };
  };
  const cold = (more: Partial<RunOptions>): unknown => {
    const { findings, problems, examined } = run({ ...options, ...more });
    return { findings, problems, examined };
  };
  for (const more of [{ baseline: "none.json" }, {}, { baseline: "none.json" }]) expect(warm(more)).toEqual(cold(more));
});
