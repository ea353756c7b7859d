import { describe, expect, test } from "vitest";
import { findRoot } from "../../src/files/root.js";
import { Folder } from "../folder.js";

const start = "repo/packages/a/src/deep";

describe("findRoot", () => {
  test.each([
    [
      "a config",
      { "repo/drift-guard.config.json": "{}", "repo/packages/a/package.json": '{"workspaces":[]}', "repo/.git/HEAD": "" },
      "repo",
    ],
    ["the nearest config", { "repo/drift-guard.config.json": "{}", "repo/packages/drift-guard.config.json": "{}" }, "repo/packages"],
    ["pnpm", { "repo/pnpm-workspace.yaml": "", "repo/packages/a/package.json": "{}", ".git/HEAD": "" }, "repo"],
    ["npm, Yarn or Bun", { "repo/package.json": '\uFEFF{"workspaces":["packages/*"]}', "repo/packages/a/package.json": "{}" }, "repo"],
    ["broken JSON", { "repo/package.json": '{"workspaces":["packages/*"],,}', "repo/packages/a/package.json": "{" }, "repo"],
    ["Nx", { "repo/nx.json": "{}", ".git/HEAD": "" }, "repo"],
    ["git", { "repo/.git/HEAD": "", "repo/package.json": "{}" }, "repo"],
    ["a worktree", { "repo/.git": "gitdir: elsewhere" }, "repo"],
    ["nothing", { "repo/package.json": "[]" }, start],
  ])("goes by %s", (_, files, root) => {
    using folder = new Folder({ ...files, [`${start}/x.ts`]: "" });
    expect(findRoot(folder.at(start))).toBe(folder.at(root));
    if (root !== start) expect(findRoot(folder.at(`${start}/x.ts`))).toBe(folder.at(root));
  });

  test("starts from the folder of a file", () => {
    using folder = new Folder({ "a/x.ts": "" });
    expect(findRoot(folder.at("a/x.ts"))).toBe(folder.at("a"));
  });
});
