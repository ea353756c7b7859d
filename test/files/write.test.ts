import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hashText } from "../../src/files/hash.js";
import { toPath } from "../../src/files/path.js";
import { statFiles } from "../../src/files/stat.js";
import { writeText } from "../../src/files/write.js";
import { Folder } from "../folder.js";

test("writing makes folders, and leaves alone what is there when asked to create", () => {
  using folder = new Folder();
  expect(writeText(folder.at("a/b/c.txt"), "one", "create")).toBe(true);
  expect(writeText(folder.at("a/b/c.txt"), "two", "create")).toBe(false);
  expect(readFileSync(folder.at("a/b/c.txt"), "utf8")).toBe("one");
  expect(writeText(folder.at("a/b/c.txt"), "three", "replace")).toBe(true);
  expect(readFileSync(folder.at("a/b/c.txt"), "utf8")).toBe("three");
});

test("writing where a folder stands is an error, not a silent no", () => {
  using folder = new Folder({ "a/b": "" });
  expect(() => writeText(folder.at("a"), "", "replace")).toThrow();
});

test("stamps tell a changed file by its size or time, and are missing for what is no file", () => {
  using folder = new Folder({ "a.ts": "1", "b/c.ts": "" });
  const paths = ["a.ts", "b", "gone.ts"].map(toPath);
  const before = statFiles(folder.root, paths);
  expect([...before.keys()]).toEqual(["a.ts"]);
  folder.write("a.ts", "12");
  expect(statFiles(folder.root, paths).get(toPath("a.ts"))?.size).toBe(2);
});

test("equal texts have equal fingerprints, which may stand in file names", () => {
  expect(hashText("a")).toBe(hashText("a"));
  expect(hashText("a")).not.toBe(hashText("b"));
  expect(hashText("\u00E4")).toMatch(/^[\w-]{43}$/u);
});
