import { existsSync } from "node:fs";
import js from "@eslint/js";
import json from "@eslint/json";
import { defineConfig, globalIgnores } from "eslint/config";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import tseslint from "typescript-eslint";

// drift-guard checks itself, once it is built.
const build = new URL("dist/src/index.js", import.meta.url);
const driftGuard = existsSync(build) ? (await import(build.href)).default : undefined;
if (driftGuard === undefined) console.warn("drift-guard is left out of this lint run: `pnpm build` comes first.");

export default defineConfig(
  // Fixtures and recipes are what other people's repositories look like.
  globalIgnores(["dist/", "fixtures/", "recipes/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts", "*.config.js", "build/*.js"],
    extends: [js.configs.recommended, tseslint.configs.strict, tseslint.configs.stylistic],
    rules: {
      // An interface that a function must fit, or a tuple of which one part is wanted, leaves names unused: they start with `_`.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-indexed-object-style": "off",
      // A walk up a chain of scopes starts at `this`; the rule is about callbacks that arrow functions have long replaced.
      "@typescript-eslint/no-this-alias": "off",
      "eqeqeq": "error",
      "no-console": "error",
    },
  },
  { files: ["**/*.cjs"], extends: [js.configs.recommended], languageOptions: { sourceType: "commonjs" } },
  { files: ["*.config.js", "build/*.js"], languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } } },
  { files: ["*.config.js", "test/bench/**"], rules: { "no-console": "off" } },
  { files: ["src/eslint/**/*.ts"], extends: [eslintPlugin.configs.recommended] },
  { files: ["**/package.json"], plugins: { json }, language: "json/json", extends: ["json/recommended"] },
  driftGuard?.configs.strict ?? [],
  { files: ["**/tsconfig*.json"], plugins: { json }, language: "json/jsonc", extends: ["json/recommended"] },
);
