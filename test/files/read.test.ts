import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, truncateSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listPaths } from "../../src/files/list.js";
import { toPath } from "../../src/files/path.js";
import { readFiles } from "../../src/files/read.js";
import { Folder } from "../folder.js";

const mebibyte = 1024 * 1024;

/** Reads one file of the given bytes. */
function readBytes(bytes: Uint8Array | string, name = "x.ts"): ReturnType<typeof readFiles> {
  using folder = new Folder();
  writeFileSync(folder.at(name), bytes);
  return readFiles(folder.root, [toPath(name)]);
}

function messageOf(bytes: Uint8Array | string, name?: string): string | undefined {
  return readBytes(bytes, name).unreadable[0]?.message;
}

describe("text", () => {
  test("is what was written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        fc.pre(!text.startsWith("\uFEFF"));
        expect(readBytes(text).files).toEqual([{ path: "x.ts", language: "ts", text }]);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ["without byte order mark", "\uFEFFa", "a"],
    ["with the second of two marks", "\uFEFF\uFEFFa", "\uFEFFa"],
    ["with its line ends as they are", "a\r\nb\rc\n", "a\r\nb\rc\n"],
    ["even when there is none", "", ""],
    ["with NUL", "a\0b", "a\0b"],
  ])("%s", (_, written, text) => {
    expect(readBytes(written).files.map((file) => file.text)).toEqual([text]);
  });
});

describe("refusals", () => {
  test.each([
    ["UTF-16 little endian", Buffer.from("\uFEFFlet a", "utf16le"), '"x.ts" is UTF-16 text. Save it as UTF-8.'],
    ["UTF-16 big endian", Buffer.from("\uFEFFlet a", "utf16le").swap16(), '"x.ts" is UTF-16 text. Save it as UTF-8.'],
    ["Latin-1", Buffer.from("// \u00E4 \u00FC", "latin1"), '"x.ts" is not valid UTF-8 text. Save it as UTF-8, or exclude it.'],
    ["a torn last letter", Buffer.from("// \u00E4").subarray(0, -1), '"x.ts" is not valid UTF-8 text. Save it as UTF-8, or exclude it.'],
  ])("%s", (_, bytes, message) => {
    expect(messageOf(bytes)).toBe(message);
  });

  test("a source over 8 MiB", () => {
    using folder = new Folder({ "at.ts": "", "over.ts": "" });
    truncateSync(folder.at("at.ts"), 8 * mebibyte);
    truncateSync(folder.at("over.ts"), 8 * mebibyte + 1);
    const { files, unreadable } = readFiles(folder.root, [toPath("at.ts"), toPath("over.ts")]);
    expect(files.map(({ path }) => path)).toEqual(["at.ts"]);
    expect(unreadable).toEqual([{ path: "over.ts", message: '"over.ts" is 8.0 MiB; more than 8 MiB is not analysed. Exclude it.' }]);
  });

  test("what is gone, or no file", () => {
    using folder = new Folder();
    mkdirSync(folder.at("folder.ts"));
    execFileSync("mkfifo", [folder.at("pipe.ts")]);
    const paths = ["folder.ts", "gone.ts", "pipe.ts"].map(toPath);
    expect(readFiles(folder.root, paths).unreadable.map(({ message }) => message)).toEqual([
      '"folder.ts" is no file. Rename or ignore it.',
      '"gone.ts" leads nowhere or is gone. Restore or delete it (ENOENT).',
      '"pipe.ts" is no file. Rename or ignore it.',
    ]);
  });

  // Root may read everything: there the test gives up its rights for a moment, elsewhere it has none to give up.
  test.skipIf(process.platform === "win32")("what this user may not read", () => {
    using folder = new Folder({ "x.ts": "", "shut/y.ts": "" });
    chmodSync(folder.root, 0o755);
    chmodSync(folder.at("x.ts"), 0o000);
    chmodSync(folder.at("shut"), 0o000);
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(readFiles(folder.root, [toPath("x.ts")]).unreadable).toEqual([
        { path: "x.ts", message: '"x.ts" may not be read by this user. Give it read permission, or exclude it (EACCES).' },
      ]);
      expect(listPaths(folder.root).unreadable).toEqual([
        { path: "shut", message: 'The folder "shut" may not be read by this user. Give it read permission, or exclude it (EACCES).' },
      ]);
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(folder.at("shut"), 0o755);
    }
  });
});

describe("data", () => {
  test("that is large or no text is left out in silence: nothing is promised of it", () => {
    expect(readBytes(Buffer.alloc(mebibyte), "dump.json")).toMatchObject({ files: [], unreadable: [] });
    expect(readBytes(Buffer.from([0xff]), "dump.json")).toMatchObject({ files: [], unreadable: [] });
  });

  test("is read while it is small", () => {
    expect(readBytes("{}", "routes.json").files).toHaveLength(1);
  });

  test("is not what describes a project", () => {
    expect(messageOf(Buffer.from([0xff]), "package.json")).toBe('"package.json" is not valid UTF-8 text. Save it as UTF-8, or exclude it.');
  });
});

test("files in no language of ours are not opened", () => {
  using folder = new Folder();
  expect(readFiles(folder.root, [toPath("gone.md")])).toEqual({ root: folder.root, files: [], unreadable: [] });
});
