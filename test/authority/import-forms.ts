import type { Files } from "../workspace/memory.js";

/** One way of writing an import. */
export interface ImportForm {
  readonly name: string;
  /** Only types are taken. */
  readonly typeOnly?: boolean;
  /** Another project names the module. */
  readonly laundered?: boolean;
  /** Text that imports; other files that it needs beside it. */
  write(target: Target): { readonly text: string; readonly files?: Files };
}

/** What is imported, in the two ways in which it can be named. */
export interface Target {
  /** `../…` to the source, or the package's name. */
  readonly specifier: string;
  /** A subpath of the package. */
  readonly subpath: string;
  /** Path of the source from the root. */
  readonly source: string;
}

const plain = (name: string, text: (specifier: string) => string, typeOnly = false): ImportForm => ({
  name,
  typeOnly,
  write: ({ specifier }) => ({ text: text(specifier) }),
});

/**
 * The forms that the law lists, one by one; all bind or run the same module.
 *
 * @remarks The importing file is `<folder>/src/from.ts`, its project's folder holds package.json and tsconfig.json.
 */
export const importForms = (folder: string): readonly ImportForm[] => {
  const root = "../".repeat(folder.split("/").length);
  return [
    plain("import", (to) => `import { made } from "${to}";\nexport const used = made;`),
    { name: "exports subpath", write: ({ subpath }) => ({ text: `import { made } from "${subpath}";\nexport const used = made;` }) },
    {
      name: "tsconfig alias",
      write: ({ source }) => ({
        text: `import { made } from "~other/index";\nexport const used = made;`,
        files: { [`${folder}/tsconfig.json`]: { compilerOptions: { paths: { "~other/*": [`${root}${source.replace(/index\.ts$/u, "*")}`] } } } },
      }),
    },
    {
      name: "#imports",
      write: ({ specifier, source }) => ({
        text: `import { made } from "#other";\nexport const used = made;`,
        files: { [`${folder}/package.json`]: { name: "@rawr/from", imports: { "#other": specifier.startsWith(".") ? `${root}${source}` : specifier } } },
      }),
    },
    plain("import for its effects", (to) => `import "${to}";`),
    plain("import of a namespace", (to) => `import * as other from "${to}";\nexport const used = other.made;`),
    plain("export *", (to) => `export * from "${to}";`),
    plain("export { }", (to) => `export { made as other } from "${to}";`),
    plain("import type", (to) => `import type { Made } from "${to}";\nexport type Used = Made;`, true),
    plain("import types", (to) => `export type Used = import("${to}").Made;`, true),
    plain("import()", (to) => `export const used = import("${to}");`),
    plain("import() of a template", (to) => `const name = "${to.slice(-3)}";\nexport const used = import(\`${to.slice(0, -3)}\${name}\`);`),
    plain("import() of a sum", (to) => `const start = "${to.slice(0, 4)}";\nexport const used = import(start + "${to.slice(4)}");`),
    {
      name: "import() of an imported constant",
      write: ({ specifier }) => ({
        text: `import { other } from "./names";\nexport const used = import(other);`,
        files: { [`${folder}/src/names.ts`]: `export const other = "${specifier}";` },
      }),
    },
    plain("require", (to) => `const { made } = require("${to}");\nexport const used = made;`),
    plain("createRequire", (to) => `import { createRequire } from "node:module";\nconst load = createRequire(import.meta.url);\nexport const used = load("${to}");`),
    plain("import = require", (to) => `import other = require("${to}");\nexport const used = other.made;`),
    plain("new URL", (to) => `export const used = new URL("${to}", import.meta.url);`),
    plain("import.meta.resolve", (to) => `export const used = import.meta.resolve("${to}");`),
    plain("a resolved import()", (to) => `export const used = import(import.meta.resolve("${to}"));`),
    {
      name: "re-exports of a third module",
      laundered: true,
      write: ({ specifier, source }) => ({
        text: `import { passed } from "@rawr/relay";\nexport const used = passed;`,
        files: {
          "packages/relay/package.json": { name: "@rawr/relay", exports: "./src/index.ts" },
          "packages/relay/src/index.ts": `export { made as passed } from "${specifier.startsWith(".") ? `../../../${source}` : specifier}";`,
        },
      }),
    },
    plain("vi.mock", (to) => `import { vi } from "vitest";\nvi.mock("${to}");`),
    plain("jest.mock", (to) => `jest.mock("${to}", () => ({}));`),
    {
      name: "reference path",
      typeOnly: true,
      write: ({ specifier, source }) => ({
        text: specifier.startsWith(".") ? `/// <reference path="../${root}${source}" />\nexport {};` : `/// <reference types="${specifier}" />\nexport {};`,
      }),
    },
  ];
};
