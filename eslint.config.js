import js from "@eslint/js";
import json from "@eslint/json";
import { defineConfig, globalIgnores } from "eslint/config";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import tseslint from "typescript-eslint";

export default defineConfig(
  // Fixtures and recipes are what other people's repositories look like.
  globalIgnores(["dist/", "fixtures/", "recipes/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts", "*.config.js"],
    extends: [js.configs.recommended, tseslint.configs.strict, tseslint.configs.stylistic],
    rules: {
      // An interface that a function must fit, or a tuple of which one part is wanted, leaves names unused: they start with `_`.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-indexed-object-style": "off",
      "eqeqeq": "error",
      "no-console": "error",
    },
  },
  { files: ["**/*.cjs"], extends: [js.configs.recommended], languageOptions: { sourceType: "commonjs" } },
  { files: ["src/cli/**", "test/bench/**"], rules: { "no-console": "off" } },
  { files: ["src/eslint/**/*.ts"], extends: [eslintPlugin.configs.recommended] },
  { files: ["**/package.json"], plugins: { json }, language: "json/json", extends: ["json/recommended"] },
  { files: ["**/tsconfig*.json"], plugins: { json }, language: "json/jsonc", extends: ["json/recommended"] },
);
