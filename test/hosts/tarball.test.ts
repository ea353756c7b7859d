import { cpSync, readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Folder } from "../folder.js";
import { repository } from "./build.js";
import { run } from "./command.js";

const bin = (name: string): string => path.join(repository, "node_modules/.bin", name);

describe("the packed tarball", () => {
  let packed: Folder;
  let tarball: string;
  beforeAll(() => {
    packed = new Folder();
    const { code, output } = run(repository, "pnpm", ["pack", "--pack-destination", packed.root]);
    const [name] = readdirSync(packed.root);
    if (code !== 0 || name === undefined) throw new Error(output);
    tarball = packed.at(name);
  });
  afterAll(() => {
    packed.delete();
  });

  test("holds the build, the pages and the schema, and nothing of the workshop", () => {
    const files = run(packed.root, "tar", ["-tzf", tarball])
      .stdout.trim()
      .split("\n")
      .map((file) => file.replace(/^package\//u, ""));
    expect(files).toEqual(
      expect.arrayContaining([
        "package.json",
        "README.md",
        "LICENSE",
        "schema.json",
        "dist/src/index.js",
        "dist/src/index.d.ts",
        "dist/src/cli/bin.js",
        "rules/metadata/no-kind-mismatch.md",
      ]),
    );
    expect(files.filter((file) => /^(?:src|test|fixtures|recipes|dist\/test)\/|\.ts$/u.test(file) && !file.endsWith(".d.ts"))).toEqual([]);
  });

  test("is sound to publint and to attw", () => {
    expect(run(packed.root, bin("publint"), ["--strict", tarball])).toMatchObject({ code: 0 });
    expect(run(packed.root, bin("attw"), [tarball, "--profile", "esm-only", "--no-color"])).toMatchObject({ code: 0 });
  });

  describe("installed into an empty project", () => {
    let project: Folder;
    beforeAll(() => {
      project = new Folder({
        "package.json": JSON.stringify({ private: true, type: "module" }),
        "hq/eslint.config.js": `
          import json from "@eslint/json";
          import driftGuard from "eslint-plugin-drift-guard";
          import { defineConfig } from "eslint/config";
          export default defineConfig([
            { files: ["**/*.json"], plugins: { json }, language: "json/json", extends: ["json/recommended"] },
            { plugins: { "drift-guard": driftGuard }, extends: ["drift-guard/recommended"] },
          ]);
        `,
      });
      cpSync(path.join(repository, "fixtures/hq-drifted"), project.at("hq"), { recursive: true });
    });
    afterAll(() => {
      project.delete();
    });

    // One after the other in one project: what the versions share is installed once.
    test.each([
      ["9.30", "0.13.0"],
      ["9.39", "0.14.0"],
      ["10", "2.1.0"],
    ])("lints with ESLint %s, beside JSON that is linted already with @eslint/json %s", (version, jsonVersion) => {
      const packages = [tarball, `eslint@~${version}`, `@eslint/json@${jsonVersion}`];
      const installed = run(project.root, "npm", [
        "install",
        "--prefer-offline",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        ...packages,
      ]);
      expect(installed).toMatchObject({ code: 0, stderr: "" });
      const eslint = project.at("node_modules/.bin/eslint");
      expect(run(project.root, eslint, ["--version"]).stdout).toMatch(new RegExp(`^v${version}\\.`, "u"));

      const { code, stdout, stderr } = run(project.at("hq"), eslint, ["."]);
      expect(stderr).toBe("");
      expect(stdout).toMatch(/run-board\/package.json\n +\d+:13 +error .*drift-guard\/no-kind-mismatch/u);
      expect(stdout).toMatch(/packages\/core\/src\/lifecycle.ts\n +\d+:\d+ +error .*drift-guard\/no-legacy-metadata-key/u);
      expect(code).toBe(1);
    });

    test("brings the command", () => {
      const { code, stdout, stderr } = run(project.root, project.at("node_modules/.bin/drift-guard"), ["--root", "hq"]);
      expect(stderr).toBe("");
      expect(stdout).toMatch(/run-board\/package.json\n +\d+:13 +error .*drift-guard\/no-kind-mismatch/u);
      expect(code).toBe(1);
    });
  });
});
