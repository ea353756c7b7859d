import { execFile } from "node:child_process";
import { cpSync, readdirSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Folder } from "../folder.js";
import { repository } from "./build.js";
import { run } from "./command.js";

const execute = promisify(execFile);

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
    const files = run(packed.root, "tar", ["-tzf", tarball]).stdout.trim().split("\n").map((file) => file.replace(/^package\//u, ""));
    expect(files).toEqual(expect.arrayContaining(["package.json", "README.md", "LICENSE", "schema.json", "dist/src/index.js", "dist/src/index.d.ts", "dist/src/cli/bin.js", "rules/metadata/no-kind-mismatch.md"]));
    expect(files.filter((file) => /^(?:src|test|fixtures|recipes|dist\/test)\/|\.ts$/u.test(file) && !file.endsWith(".d.ts"))).toEqual([]);
  });

  test("is sound to publint and to attw", () => {
    expect(run(packed.root, bin("publint"), ["--strict", tarball])).toMatchObject({ code: 0 });
    expect(run(packed.root, bin("attw"), [tarball, "--profile", "esm-only", "--no-color"])).toMatchObject({ code: 0 });
  });

  describe.concurrent.each(["9.30", "9.39", "10"])("installed into an empty project with ESLint %s", (version) => {
    let project: Folder;
    beforeAll(async () => {
      project = new Folder({ "package.json": JSON.stringify({ private: true, type: "module" }) });
      cpSync(path.join(repository, "fixtures/hq-drifted"), project.at("hq"), { recursive: true });
      const example = `
        import driftGuard from "eslint-plugin-drift-guard";
        import { defineConfig } from "eslint/config";
        export default defineConfig([{ plugins: { "drift-guard": driftGuard }, extends: ["drift-guard/recommended"] }]);
      `;
      project.write("hq/eslint.config.js", example);
      await execute("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error", tarball, `eslint@~${version}`], { cwd: project.root });
    });
    afterAll(() => {
      project.delete();
    });

    test("lints, in the version that was asked for", async () => {
      const eslint = project.at("node_modules/.bin/eslint");
      const { stdout: printed } = await execute(eslint, ["--version"]);
      expect(printed).toMatch(new RegExp(`^v${version}\\.`, "u"));
      const results = await execute(eslint, ["."], { cwd: project.at("hq") }).catch((error: unknown) => error);
      expect(results).toMatchObject({ code: 1, stderr: "" });
      const { stdout } = results as { readonly stdout: string };
      expect(stdout).toMatch(/run-board\/package.json\n +\d+:13 +error .*drift-guard\/no-kind-mismatch/u);
      expect(stdout).toMatch(/\.tsx?\n(?: .*\n)* +\d+:\d+ +error .*drift-guard\/no-legacy-metadata-key/u);
    });

    test("brings a command line that finds the same", async () => {
      const results = await execute(project.at("node_modules/.bin/drift-guard"), ["--root", "hq"], { cwd: project.root }).catch((error: unknown) => error);
      expect(results).toMatchObject({ code: 1, stderr: "" });
      expect((results as { readonly stdout: string }).stdout).toContain("drift-guard/no-kind-mismatch");
    });
  });
});
