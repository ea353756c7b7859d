import { describe, expect, test } from "vitest";
import { absoluteFolder, absolutePath, foldersUpward, pathWithin } from "../../src/files/disk.js";
import { toPath } from "../../src/files/path.js";

describe.skipIf(process.platform === "win32")("places on disk", () => {
  test.each([
    ["/a/b/", "/a/b"],
    ["/a/./b/../c", "/a/c"],
    ["/", ""],
  ])("the folder %s is spelled %j", (folder, spelled) => {
    expect(absoluteFolder(folder)).toBe(spelled);
  });

  test("upward ends at the top of the disk", () => {
    expect([...foldersUpward("/a/b")]).toEqual(["/a/b", "/a", ""]);
  });

  test.each([
    ["/root", "/root/a/b.ts", "a/b.ts"],
    ["/root", "/root", ""],
    ["/root", "/root/..a/b.ts", "..a/b.ts"],
    ["/root", "/rooted/b.ts", undefined],
    ["/root", "/b.ts", undefined],
    ["/root/a", "/root", undefined],
  ])("within %s, %s is %j", (root, file, path) => {
    expect(pathWithin(root, file)).toBe(path);
    if (path !== undefined) expect(absolutePath(root, toPath(path))).toBe(file);
  });
});
