/**
 * Puts what `tsc` has compiled into few files, together with the packages that it uses: to find and link hundreds of them takes longer
 * than a run in which nothing has changed.
 */
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { typescriptInUse } from "./typescript.js";

/** Where the parts lie that several entries share. */
const chunks = "dist/src/chunks";

const { metafile } = await build({
  entryPoints: ["dist/src/cli/bin.js", "dist/src/index.js"],
  outbase: "dist",
  outdir: "dist",
  chunkNames: "src/chunks/[name]-[hash]",
  allowOverwrite: true,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  // Some packages are written as modules and shipped as something else as well; only modules can be taken in part.
  mainFields: ["module", "main"],
  // ESLint and its plugins must be the ones that are used beside us; the YAML parser is large, and seldom needed.
  external: ["eslint", "@eslint/*", "@typescript-eslint/*", "yaml", "./typescript.cjs"],
  alias: { "ts-morph": "./typescript.cjs" },
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  metafile: true,
  logLevel: "warning",
});
writeFileSync(`${chunks}/typescript.cjs`, typescriptInUse());
writeFileSync(`${chunks}/licenses.txt`, licensesOf([...packagesIn(Object.keys(metafile.inputs)), packageOf("typescript")]));

/**
 * The folders of the packages that some files belong to.
 *
 * @param {readonly string[]} files
 */
function packagesIn(files) {
  return [...new Set(files.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(`/${file}`)?.[0].slice(1) ?? []))].sort();
}

/** @param {string} name */
function packageOf(name) {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
}

/**
 * What those who wrote the packages ask to be passed on with them.
 *
 * @param {readonly string[]} folders
 */
function licensesOf(folders) {
  return folders
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/iu.test(entry));
      if (file === undefined) throw new Error(`${folder} has no license.`);
      return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}
