import { copyFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from "vitest";
import { Folder } from "../folder.js";
import { repository } from "../hosts/build.js";
import { run } from "../hosts/command.js";
import { testCommits } from "../hosts/commits.js";
import { Consumer, commitAll } from "../hosts/consumer.js";

/** Installs Debian's pre-commit where there is none. */
function ensurePreCommit(): void {
  if (run("/", "sh", ["-c", "command -v pre-commit"]).code === 0) return;
  const asRoot = process.getuid?.() === 0 ? "" : "sudo -n ";
  const install = `${asRoot}apt-get update -qq && ${asRoot}apt-get install -y -qq --no-install-recommends pre-commit`;
  const { code, output } = run("/", "sh", ["-c", install], { DEBIAN_FRONTEND: "noninteractive" });
  if (code !== 0) throw new Error(`pre-commit is missing and cannot be installed:\n${output}`);
}

describe("a commit under the pre-commit framework", () => {
  /** Stands for this repository where it is published. */
  let published: Folder;
  let cache: Folder;
  let consumer: Consumer;
  beforeAll(() => {
    ensurePreCommit();
    cache = new Folder();
    published = new Folder();
    copyFileSync(path.join(repository, ".pre-commit-hooks.yaml"), published.at(".pre-commit-hooks.yaml"));
    commitAll(published);
    run(published.root, "git", ["tag", "v0.1.0"]);
  });
  afterAll(() => {
    published.delete();
    cache.delete();
  });
  beforeEach(() => {
    consumer = new Consumer();
    consumer.takeRecipe("pre-commit/.pre-commit-config.yaml", ".pre-commit-config.yaml");
    consumer.edit(".pre-commit-config.yaml", "https://github.com/rawr-ai/eslint-plugin-drift-guard", published.root);
    consumer.environment = { PRE_COMMIT_HOME: cache.root };
    commitAll(consumer);
    expect(consumer.run("pre-commit", ["install"])).toMatchObject({ code: 0 });
  });
  afterEach(() => {
    consumer.delete();
  });

  testCommits(() => consumer);
});
