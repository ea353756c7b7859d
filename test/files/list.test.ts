import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listPaths } from "../../src/files/list.js";
import { Folder } from "../folder.js";

function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** What git would add: neither tracked nor ignored, by .gitignore files alone. */
function untrackedByGit(root: string): readonly string[] {
  const listed = git(root, "-c", "core.ignorecase=false", "ls-files", "-z", "--others", "--exclude-per-directory=.gitignore");
  return listed
    .split("\0")
    .filter((name) => name !== "")
    .sort();
}

describe("listPaths", () => {
  test("lists every file by its path, sorted, but installed packages and what git keeps for itself", () => {
    using folder = new Folder({
      "b.ts": "",
      "a/x.ts": "",
      "a/readme.md": "",
      "a-b/x.ts": "",
      "node_modules/p/index.js": "",
      "a/node_modules/p/index.js": "",
      ".git/config": "",
      ".storybook/main.ts": "",
      ".yarn/releases/yarn.cjs": "",
      ".pnp.cjs": "",
    });
    expect(listPaths(folder.root)).toEqual({ paths: [".storybook/main.ts", "a-b/x.ts", "a/readme.md", "a/x.ts", "b.ts"], unreadable: [] });
  });

  test("takes names as they are: blanks, newlines, letters of every script, composed or not", () => {
    const names = ["a b/c d.ts", "new\nline.ts", "日本.ts", "\u00E4.ts", "a\u0308.ts", "[id]/$x.ts", "!a.ts", "#b.ts"];
    using folder = new Folder(Object.fromEntries(names.map((name) => [name, ""])));
    expect(listPaths(folder.root).paths).toEqual([...names].sort());
  });

  test("a folder may be named like a file", () => {
    using folder = new Folder({ "x.ts/y.ts": "" });
    expect(listPaths(folder.root)).toEqual({ paths: ["x.ts/y.ts"], unreadable: [] });
  });

  test.skipIf(path.sep === "\\")("reports a name that other platforms would read as a folder", () => {
    using folder = new Folder({ [String.raw`a\b.ts`]: "", [String.raw`a\b.md`]: "" });
    const { paths, unreadable } = listPaths(folder.root);
    expect(paths).toEqual([]);
    expect(unreadable.map(({ message }) => message)).toEqual([
      String.raw`"a\b.ts" has a backslash in its name, which elsewhere separates folders. Rename it.`,
    ]);
  });
});

describe("links", () => {
  test("to files count as files; to folders are not followed, so loops do no harm", () => {
    using folder = new Folder({ "a/x.ts": "" });
    symlinkSync("x.ts", folder.at("a/y.ts"));
    symlinkSync("..", folder.at("a/up"), "dir");
    symlinkSync("../a", folder.at("a/again.ts"), "dir");
    expect(listPaths(folder.root)).toEqual({ paths: ["a/x.ts", "a/y.ts"], unreadable: [] });
  });

  test("that lead nowhere are reported when they look like sources", () => {
    using folder = new Folder();
    symlinkSync("gone.ts", folder.at("x.ts"));
    symlinkSync("loop.ts", folder.at("loop.ts"));
    symlinkSync("gone.md", folder.at("x.md"));
    symlinkSync("somebody@host.123", folder.at(".#edited.ts"));
    const { paths, unreadable } = listPaths(folder.root);
    expect(paths).toEqual([]);
    expect(unreadable).toEqual([
      { path: "loop.ts", message: 'The link "loop.ts" is part of a loop of links. Delete the link (ELOOP).' },
      { path: "x.ts", message: 'The link "x.ts" leads nowhere or is gone. Restore or delete it (ENOENT).' },
    ]);
  });
});

test("a pipe that is named like a source is reported, not waited for", () => {
  using folder = new Folder();
  execFileSync("mkfifo", [folder.at("x.ts"), folder.at("y")]);
  expect(listPaths(folder.root)).toEqual({
    paths: [],
    unreadable: [{ path: "x.ts", message: '"x.ts" is named like a source file but is a pipe, socket or device. Rename or ignore it.' }],
  });
});

test("a root that is not there is one unreadable folder", () => {
  using folder = new Folder();
  expect(listPaths(folder.at("gone")).unreadable).toEqual([
    { path: "", message: 'The folder "." leads nowhere or is gone. Restore or delete it (ENOENT).' },
  ]);
});

describe(".gitignore", () => {
  test("holds from the git top-level down, deeper files last", () => {
    using folder = new Folder({
      ".git/HEAD": "",
      ".gitignore": "*.gen.ts\n/dist/\n",
      "work/.gitignore": "!keep.gen.ts\n",
      "work/root/.gitignore": "/local\n",
      "work/root/a.gen.ts": "",
      "work/root/keep.gen.ts": "",
      "work/root/local/x.ts": "",
      "work/root/sub/local/x.ts": "",
      "work/root/dist/x.ts": "",
    });
    expect(listPaths(folder.at("work/root")).paths).toEqual([".gitignore", "dist/x.ts", "keep.gen.ts", "sub/local/x.ts"]);
  });

  test("with byte order mark and CRLF is read as well", () => {
    using folder = new Folder({ ".gitignore": "\uFEFFdist/\r\n# note\r\n*.log\r\n", "dist/x.ts": "", "a.log": "", "b.ts": "" });
    expect(listPaths(folder.root).paths).toEqual([".gitignore", "b.ts"]);
  });

  test("says nothing about a root that it ignores itself: that one was named on purpose", () => {
    using folder = new Folder({ ".git/HEAD": "", ".gitignore": "scratch/\n*.log\n", "scratch/try/a.ts": "", "scratch/try/b.log": "" });
    expect(listPaths(folder.at("scratch/try")).paths).toEqual(["a.ts", "b.log"]);
  });

  test("counts case, and only inside the repository", () => {
    using folder = new Folder({
      ".gitignore": "*.ts\n",
      "repo/.git/HEAD": "",
      "repo/.gitignore": "Build/\n",
      "repo/build/x.ts": "",
      "repo/Build/x.ts": "",
    });
    expect(listPaths(folder.at("repo")).paths).toEqual([".gitignore", "build/x.ts"]);
  });

  // Git itself is the oracle. Names are few, so that patterns meet them.
  test("means what git means by it", () => {
    const name = fc.constantFrom("a", "b", "x.ts", "y z", "[q]", "a.b");
    const folder = fc.array(name, { maxLength: 2 }).map((names) => names.join("/"));
    const piece = fc.constantFrom("a", "b", "x.ts", "*", "**", "*.ts", "?", "[ab]", "y z", String.raw`\[q]`, "a.*");
    const pattern = fc
      .record({
        not: fc.boolean(),
        rooted: fc.boolean(),
        pieces: fc.array(piece, { minLength: 1, maxLength: 3 }),
        folderOnly: fc.boolean(),
      })
      .map(({ not, rooted, pieces, folderOnly }) => `${not ? "!" : ""}${rooted ? "/" : ""}${pieces.join("/")}${folderOnly ? "/" : ""}`);
    const line = fc.oneof({ weight: 8, arbitrary: pattern }, fc.constantFrom("", "# a", String.raw`\#a`, "a ", " "));
    const ignoreFiles = fc.array(fc.tuple(folder, fc.array(line, { maxLength: 4 })), { maxLength: 3 });
    const files = fc.array(fc.array(name, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 });

    using scratch = new Folder();
    let run = 0;
    fc.assert(
      fc.property(files, ignoreFiles, (fileNames, ignores) => {
        run += 1;
        const root = `run${String(run)}`;
        mkdirSync(scratch.at(root));
        git(scratch.at(root), "init", "--quiet");
        for (const names of fileNames) writeIfFree(scratch, [root, ...names]);
        for (const [where, lines] of ignores)
          writeIfFree(scratch, [root, ...where.split("/").filter(Boolean), ".gitignore"], lines.join("\n"));
        expect(listPaths(scratch.at(root)).paths).toEqual(untrackedByGit(scratch.at(root)));
      }),
      { numRuns: 60 },
    );
  });
});

/** A generated file may want to lie below another one; then it is left out. */
function writeIfFree(folder: Folder, names: readonly string[], text = ""): void {
  try {
    folder.write(names.join("/"), text);
  } catch (error) {
    if (!(error instanceof Error && /ENOTDIR|EISDIR|EEXIST/u.test(error.message))) throw error;
  }
}

test("other repositories inside are left out, submodules are not", () => {
  using folder = new Folder({
    ".git/HEAD": "",
    "clone/.git/HEAD": "",
    "clone/x.ts": "",
    "worktree/.git": "gitdir: /elsewhere/.git/worktrees/worktree\n",
    "worktree/x.ts": "",
    "packages/sub/.git": "gitdir: ../../.git/modules/packages/sub\n",
    "packages/sub/x.ts": "",
  });
  expect(listPaths(folder.root).paths).toEqual(["packages/sub/.git", "packages/sub/x.ts"]);
});
