import { expect, onTestFinished, test } from "vitest";
import { changesSince, stagedChanges, type Changes } from "../../src/history/changes.js";
import { GitError } from "../../src/history/git.js";
import { around, TestRepository } from "./repository.js";

function repository(files: Readonly<Record<string, string>>): TestRepository {
  const folder = new TestRepository(files);
  onTestFinished(() => folder.delete());
  return folder;
}

const sorted = ({ paths }: Changes): readonly string[] => [...paths].sort();

const files = { "a.ts": "1\n", "b.ts": "2\n", "c.ts": "3\n", "d.ts": "4\n", ".gitignore": "ignored.ts\n" };

test("since a commit are changed: what was committed, staged, edited, deleted, renamed or never added since its merge base", () => {
  const folder = repository(files);
  folder.commit();
  folder.git("branch", "other");
  folder.write("a.ts", "committed\n");
  folder.commit();
  folder.git("checkout", "-q", "other");
  folder.write("elsewhere.ts", "not ours\n");
  folder.commit();
  folder.git("checkout", "-q", "main");
  folder.write("b.ts", "edited\n");
  folder.remove("c.ts");
  folder.git("mv", "d.ts", "renamed ü.ts");
  folder.write("new.ts", "");
  folder.write("ignored.ts", "");
  expect(sorted(changesSince(around(folder.root), "other"))).toEqual(["a.ts", "b.ts", "c.ts", "d.ts", "new.ts", "renamed ü.ts"]);
});

test("staged are changes of the index, whatever the working tree says", () => {
  const folder = repository(files);
  folder.commit();
  folder.write("a.ts", "staged\n");
  folder.git("add", "a.ts");
  folder.write("a.ts", "1\n");
  folder.write("b.ts", "only edited\n");
  folder.git("rm", "-q", "--cached", "c.ts");
  expect(sorted(stagedChanges(around(folder.root)))).toEqual(["a.ts", "c.ts"]);
});

test("before the first commit everything that is staged is new", () => {
  const folder = repository(files);
  folder.git("add", "a.ts");
  expect(stagedChanges(around(folder.root))).toEqual({ base: undefined, paths: new Set(["a.ts"]) });
});

test("a workspace in a folder of the repository sees its own files only", () => {
  const folder = repository({ "apps/one/a.ts": "1\n", "apps/two/a.ts": "2\n" });
  folder.commit();
  folder.write("apps/one/a.ts", "changed\n");
  folder.write("apps/one/[new].ts", "");
  folder.write("apps/two/a.ts", "changed\n");
  expect(sorted(changesSince(around(folder.at("apps/one")), "HEAD"))).toEqual(["[new].ts", "a.ts"]);
});

test.each([
  ["no such commit", "nowhere", '"nowhere" is no commit of this repository'],
  ["what looks like a flag", "--all", '"--all" is no commit of this repository'],
  ["a commit of another history", "orphan", '"orphan" and HEAD have no commit in common'],
])("%s is refused in a sentence", (_, ref, why) => {
  const folder = repository(files);
  folder.commit();
  folder.git("checkout", "-q", "--orphan", "orphan");
  folder.commit("another beginning");
  folder.git("checkout", "-q", "main");
  expect(() => changesSince(around(folder.root), ref)).toThrow(GitError);
  expect(() => changesSince(around(folder.root), ref)).toThrow(why);
});

test("a repository without commits has nothing to compare with", () => {
  const folder = repository(files);
  expect(() => changesSince(around(folder.root), "main")).toThrow(GitError);
});
