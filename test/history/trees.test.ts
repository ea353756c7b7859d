import { symlinkSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { toPath } from "../../src/files/path.js";
import { listFiles } from "../../src/history/listing.js";
import { filesOfCommit, filesOfIndex, type FileSet } from "../../src/history/trees.js";
import { diskSources } from "../../src/open.js";
import { Folder } from "../folder.js";
import { around, TestRepository } from "./repository.js";

function kept<Kind extends Folder>(folder: Kind): Kind {
  onTestFinished(() => folder.delete());
  return folder;
}

const indexOf = (root: string): FileSet => filesOfIndex(around(root), diskSources(root));

/** Texts by path. */
const textsOf = (set: FileSet): Readonly<Record<string, string>> =>
  Object.fromEntries(set.read(set.paths).files.map(({ path, text }) => [path, text]));

test("the index is read as it is, whatever the working tree says", () => {
  const folder = kept(new TestRepository({ "same.ts": "same\n", "edited.ts": "staged\n", "deleted.ts": "still there\n", "gone.ts": "gone\n" }));
  folder.commit();
  folder.write("edited.ts", "edited\n");
  folder.remove("deleted.ts");
  folder.git("rm", "-q", "--cached", "gone.ts");
  folder.write("untracked.ts", "untracked\n");
  expect(textsOf(indexOf(folder.root))).toEqual({ "same.ts": "same\n", "edited.ts": "staged\n", "deleted.ts": "still there\n" });
  expect(indexOf(folder.root).paths).toEqual(["deleted.ts", "edited.ts", "same.ts"]);
});

test("a file that git was told not to look at is read from the index", () => {
  const folder = kept(new TestRepository({ "a.ts": "staged\n", "b.ts": "staged\n" }));
  folder.commit();
  folder.git("update-index", "--assume-unchanged", "a.ts");
  folder.git("update-index", "--skip-worktree", "b.ts");
  folder.write("a.ts", "on disk\n");
  folder.write("b.ts", "on disk\n");
  expect(textsOf(indexOf(folder.root))).toEqual({ "a.ts": "staged\n", "b.ts": "staged\n" });
});

test("a commit is read as it was", () => {
  const folder = kept(new TestRepository({ "apps/x/a.ts": "\uFEFFbefore\n", "apps/y/b.ts": "other\n", "apps/x/c.txt": "" }));
  folder.commit();
  folder.write("apps/x/a.ts", "after\n");
  const root = folder.at("apps/x");
  const set = filesOfCommit(around(root), "HEAD", diskSources(root));
  expect([set.paths, textsOf(set)]).toEqual([["a.ts", "c.txt"], { "a.ts": "before\n" }]);
});

test("what cannot be read as text says so, as on disk", () => {
  const folder = kept(new TestRepository());
  folder.write("bad.ts", "\uFFFD".repeat(1));
  folder.git("config", "core.autocrlf", "false");
  folder.write("big.json", JSON.stringify("x".repeat(80 * 1024)));
  folder.write("large.ts", "x".repeat(9 * 1024 * 1024));
  folder.commit();
  folder.write("large.ts", "");
  const { files, unreadable } = indexOf(folder.root).read(indexOf(folder.root).paths);
  expect(files.map(({ path }) => path)).toEqual(["bad.ts"]);
  expect(unreadable).toEqual([{ path: "large.ts", message: expect.stringContaining("more than 8 MiB is not analysed") as unknown }]);
});

test("a link counts as the file that it leads to", () => {
  const folder = kept(new TestRepository({ "src/real.ts": "real\n" }));
  symlinkSync("../src/real.ts", folder.at("src/link.ts"));
  folder.commit();
  folder.write("src/real.ts", "edited\n");
  symlinkSync("nowhere.ts", folder.at("src/dangling.ts"));
  folder.git("add", "src/dangling.ts");
  const set = indexOf(folder.root);
  expect(textsOf(set)).toEqual({ "src/link.ts": "real\n", "src/real.ts": "real\n" });
  expect(set.read([toPath("src/dangling.ts")]).unreadable).toEqual([{ path: "src/dangling.ts", message: '"src/dangling.ts" is not there.' }]);
});

test("what package managers install is no file, though it is committed; a submodule is read from the disk", () => {
  const inner = kept(new TestRepository({ "x.ts": "x\n" }));
  inner.commit();
  const folder = kept(new TestRepository({ "node_modules/m/index.js": "", "a.ts": "a\n" }));
  folder.git("submodule", "--quiet", "add", inner.root, "sub");
  folder.commit();
  expect(textsOf(indexOf(folder.root))).toEqual({ "a.ts": "a\n", "sub/x.ts": "x\n" });
});

test("an unfinished merge is refused", () => {
  const folder = kept(new TestRepository({ "a.ts": "1\n" }));
  folder.commit();
  folder.git("checkout", "-q", "-b", "other");
  folder.write("a.ts", "2\n");
  folder.commit();
  folder.git("checkout", "-q", "main");
  folder.write("a.ts", "3\n");
  folder.commit();
  expect(() => folder.git("merge", "-q", "other")).toThrow();
  expect(() => indexOf(folder.root)).toThrow('"a.ts" is not merged yet.');
});

test("files that git tracks although they are ignored are listed; what else is ignored is not", () => {
  const folder = kept(new TestRepository({ ".gitignore": "*.gen.ts\nhidden/\n", "a.gen.ts": "", "hidden/b.ts": "", "hidden/c.ts": "", "d.ts": "" }));
  folder.git("add", "--force", "a.gen.ts", "hidden/b.ts", "d.ts");
  expect(listFiles(folder.root).paths).toEqual([".gitignore", "a.gen.ts", "d.ts", "hidden/b.ts"]);
  expect(listFiles(folder.at("hidden")).paths).toEqual(["b.ts", "c.ts"]);
  folder.remove("a.gen.ts");
  expect(listFiles(folder.root).paths).toEqual([".gitignore", "d.ts", "hidden/b.ts"]);
});

test("a folder that pretends to be another repository hides nothing that this one tracks", () => {
  const folder = kept(new TestRepository({ "packages/core/a.ts": "" }));
  folder.commit();
  folder.write("packages/core/.git/HEAD", "ref: refs/heads/main\n");
  folder.write("packages/core/b.ts", "");
  expect(listFiles(folder.root).paths).toEqual(["packages/core/a.ts"]);
});

test("where there is no repository, or git cannot answer, .gitignore files decide", () => {
  const folder = kept(new Folder({ ".gitignore": "a.ts\n", "a.ts": "", "b.ts": "" }));
  expect(listFiles(folder.root).paths).toEqual([".gitignore", "b.ts"]);
  folder.write(".git/HEAD", "nonsense");
  expect(listFiles(folder.root).paths).toEqual([".gitignore", "b.ts"]);
});
