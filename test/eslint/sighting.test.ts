import { utimesSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { lookAt, pictureWith, type Sighting, sourcesOf } from "../../src/eslint/sighting.js";
import { toPath } from "../../src/files/path.js";
import { Folder } from "../folder.js";

function folderWith(files: Readonly<Record<string, string>>): Folder {
  const folder = new Folder(files);
  onTestFinished(() => folder.delete());
  return folder;
}

const textsOf = ({ picture }: Sighting): Record<string, string> =>
  Object.fromEntries([...picture.files].map(([path, { text }]) => [path, text]));

test("sees what is there, and every kind of change", () => {
  const folder = folderWith({ "a.ts": "a", "b/package.json": "{}", "logo.svg": "<svg/>" });
  const first = lookAt(folder.root);
  expect(textsOf(first)).toEqual({ "a.ts": "a", "b/package.json": "{}" });
  expect(first.picture.paths).toEqual(["a.ts", "b/package.json", "logo.svg"]);

  folder.write("a.ts", "changed");
  folder.write("c.ts", "new");
  folder.remove("b");
  expect(textsOf(lookAt(folder.root, first))).toEqual({ "a.ts": "changed", "c.ts": "new" });
});

test("is the same picture when nothing has changed, and keeps what has not", () => {
  const folder = folderWith({ "a.ts": "a", "b.ts": "b" });
  const first = lookAt(folder.root);
  expect(lookAt(folder.root, first).picture).toBe(first.picture);

  folder.write("b.ts", "other");
  const second = lookAt(folder.root, first);
  expect(second.picture).not.toBe(first.picture);
  expect(second.picture.files.get(toPath("a.ts"))).toBe(first.picture.files.get(toPath("a.ts")));
});

test("a file touched and not changed is the same file", () => {
  const folder = folderWith({ "a.ts": "a" });
  const first = lookAt(folder.root);
  utimesSync(folder.at("a.ts"), new Date(), new Date(Date.now() + 5000));
  expect(lookAt(folder.root, first).picture).toBe(first.picture);
});

test("a file in another language counts as there, or gone", () => {
  const folder = folderWith({ "a.ts": "a" });
  const first = lookAt(folder.root);
  folder.write("logo.svg", "<svg/>");
  const second = lookAt(folder.root, first);
  expect(second.picture.paths).toContain("logo.svg");
  expect(second.picture).not.toBe(first.picture);
});

test("a file written twice within one tick of the clock is read again", () => {
  const folder = folderWith({ "a.ts": "one" });
  const tick = new Date();
  utimesSync(folder.at("a.ts"), tick, tick);
  const first = lookAt(folder.root);
  folder.write("a.ts", "two");
  utimesSync(folder.at("a.ts"), tick, tick);
  expect(textsOf(lookAt(folder.root, first))).toEqual({ "a.ts": "two" });
});

test("what cannot be read is said once, and again while it lasts", () => {
  const folder = folderWith({ "a.ts": "a", "bad.ts": "x".repeat(9 * 1024 * 1024) });
  const first = lookAt(folder.root);
  const second = lookAt(folder.root, first);
  expect([...second.picture.unfit.keys()]).toEqual(["bad.ts"]);
  expect(second.picture).toBe(first.picture);
  folder.write("bad.ts", "fine");
  expect([...lookAt(folder.root, second).picture.unfit.keys()]).toEqual([]);
});

test("gives the pipeline what it asks for and no more", () => {
  const folder = folderWith({ "a.ts": "a", "b.ts": "b" });
  const { picture } = lookAt(folder.root);
  expect(sourcesOf(picture).read([toPath("b.ts"), toPath("none.ts")])).toEqual({
    files: [{ path: "b.ts", language: "ts", text: "b" }],
    unreadable: [],
  });
});

test("one text can be put over a picture, which stays as it was", () => {
  const folder = folderWith({ "b.ts": "b" });
  const { picture } = lookAt(folder.root);
  const unsaved = pictureWith(picture, { path: toPath("a.ts"), language: "ts", text: "new" });
  expect(unsaved.paths).toEqual(["a.ts", "b.ts"]);
  expect(unsaved.files.get(toPath("a.ts"))?.text).toBe("new");
  expect(picture.paths).toEqual(["b.ts"]);
});
