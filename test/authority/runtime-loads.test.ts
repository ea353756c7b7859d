import { describe, expect, it } from "vitest";
import { rules as all } from "../../rules/index.js";
import { mergeConfig } from "../../src/policy/merge.js";
import { workspaceOf, type Files } from "../workspace/memory.js";

const names = ["no-plugin-to-plugin-import", "no-cross-project-relative-import", "no-upward-import", "no-unprovable-import"];
const rules = all.filter(({ name }) => names.includes(name));
const file = "plugins/web/one/src/from.ts";

const projects: Files = {
  "package.json": { name: "root", private: true, workspaces: ["packages/*", "plugins/*/*"] },
  "plugins/web/one/package.json": { name: "@rawr/plugin-one" },
  "plugins/web/one/src/own/index.ts": "export const own = 1;",
  "plugins/web/two/package.json": { name: "@rawr/plugin-two" },
  "plugins/web/two/src/index.ts": "export const two = 1;",
};

function findings(text: string, files: Files = {}): readonly string[] {
  const workspace = workspaceOf({ ...projects, ...files, [file]: text }, { ...mergeConfig("rawr-hq", {}), required: [] });
  return rules.flatMap((rule) => rule.run(workspace).problems.map(({ at, message }) => `${String(at.line)} ${rule.name} ${message}`));
}

const imports = 'import path, { join, resolve as at } from "node:path";\nimport * as url from "node:url";\nimport { pathToFileURL } from "url";\n';

describe("a loader of files", () => {
  it.each([
    "export const load = (file: string) => import(pathToFileURL(file).href);",
    "export const load = (file: string) => import(url.pathToFileURL(file).toString());",
    "export const load = (file: string) => import(String(pathToFileURL(file)));",
    "export const load = (file: string) => import(`${pathToFileURL(file).href}?at=${Date.now()}`);",
    "export const load = (file: string) => import(pathToFileURL(file) + '?x');",
    "export const load = (file: string) => import(`file://${file}`);",
    "export const load = (folder: string) => import(join(folder, 'config.ts'));",
    "export const load = (folder: string) => { const target = path.resolve(folder, 'config.ts'); return import(target); };",
    "export const load = (name: string) => { const target = name === 'a' ? at('a') : join(process.cwd(), name); return import(target); };",
    "function href(file: string) { return pathToFileURL(file).href; }\nexport const load = (file: string) => import(href(file));",
    "async function loadFile(file: string) { return import(file); }\nexport const load = (folder: string) => loadFile(join(folder, 'x.ts'));",
    "export const load = (name: string) => import(new URL(`./own/${name}.ts`, import.meta.url).href);",
    "export const load = (name: string) => import(import.meta.resolve('./own/index'));",
    "import { createRequire } from 'node:module';\nconst theirs = createRequire(process.cwd());\nexport const load = () => theirs(theirs.resolve('typescript'));",
    "import { createRequire } from 'node:module';\nconst theirs = createRequire(process.cwd());\nexport function load() { let found: string; for (const name of ['typescript', 'tslib']) { found = theirs.resolve(name); } return theirs(found); }",
  ])("is no import: %s", (text) => {
    expect(findings(imports + text)).toEqual([]);
  });

  it.each([
    ["import(new URL('../../two/src/index.ts', import.meta.url).href)", "../../two/src/index.ts"],
    ["import(pathToFileURL(join(import.meta.dirname, '../../two/src/index.ts')).href)", "../../two/src/index.ts"],
    ["import(join(__dirname, '..', '..', 'two', 'src'))", "../../two/src"],
    ["import(at(path.dirname(url.fileURLToPath(import.meta.url)), '../../two/src/index.ts'))", "../../two/src/index.ts"],
    ["import(`${import.meta.dirname}/../../two/src/${process.argv[2]}`)", "../../two/src/*"],
    ["import(new URL(`../../two/src/${process.argv[2]}.ts`, import.meta.url).href)", "../../two/src/*"],
  ])("is an import where its place is proven: %s", (code) => {
    expect(findings(`${imports}export const loaded = ${code};`)).toEqual(['4 no-plugin-to-plugin-import "@rawr/plugin-one" must not import "@rawr/plugin-two": both are plugins.']);
  });
});

describe("a specifier of which only the beginning is known", () => {
  it.each(["import(`../../two/src/${process.argv[2]}`)", "import('@rawr/plugin-two/' + process.argv[2])", "require(`@rawr/plugin-two/${process.argv[2]}.js`)"])(
    "leads where that leads: %s",
    (code) => {
      expect(findings(`export const loaded = ${code};`)).toEqual(['1 no-plugin-to-plugin-import "@rawr/plugin-one" must not import "@rawr/plugin-two": both are plugins.']);
    },
  );

  it.each(["import(`./own/${process.argv[2]}`)", "import(`@rawr/plugin-${process.argv[2]}`)", "require(process.argv[2])", "import(require.resolve(process.argv[2]))", "import(process.env['X'] ?? './own/index')"])(
    "cannot be proven elsewhere: %s",
    (code) => {
      expect(findings(`export const loaded = ${code};`).map((finding) => finding.slice(0, 23))).toEqual(["1 no-unprovable-import "]);
    },
  );
});

describe("a name that no project provides", () => {
  it.each([
    ['import "@rawr/ghost";', 1],
    ['import type { Ghost } from "@rawr/ghost/sub";', 1],
    ['export const ghost = import("@rawr/" + "ghost");', 1],
    ['import "@elsewhere/thing";', 0],
    ['import "./generated/client";', 0],
    ['import "@/components/button";', 0],
  ])("is found in the workspace's own scope: %s", (text, count) => {
    expect(findings(text).filter((finding) => finding.includes("no-unprovable-import"))).toHaveLength(count);
  });

  it("may come from a registry where a dependency says so", () => {
    expect(findings('import "@rawr/ghost";', { "plugins/web/one/package.json": { name: "@rawr/plugin-one", dependencies: { "@rawr/ghost": "^1.0.0" } } })).toEqual([]);
  });
});
