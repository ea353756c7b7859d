import { expect, it } from "vitest";
import { expandGlob } from "../../src/files/expand.js";
import { globMatcher } from "../../src/policy/glob.js";
import { Folder } from "../folder.js";

const files = ["a/.out/facts", "a/.out/other", "b/.out/facts", "b/deep/down/.out/facts", "node_modules/x/.out/facts", "facts"];

it.each([
  ["*/.out/facts", ["a/.out/facts", "b/.out/facts"]],
  ["./{a,b}/.out/f*", ["a/.out/facts", "b/.out/facts"]],
  ["**/facts", ["a/.out/facts", "b/.out/facts", "b/deep/down/.out/facts", "facts"]],
  ["b/**/facts", ["b/.out/facts", "b/deep/down/.out/facts"]],
  ["node_modules/x/.out/facts", ["node_modules/x/.out/facts"]],
  ["a/../facts", ["facts"]],
  ["facts", ["facts"]],
  ["nowhere/*", []],
  ["a", []],
  ["a/**", []],
])("expands %s", (glob, expected) => {
  using folder = new Folder(Object.fromEntries(files.map((file) => [file, ""])));
  const matcherOf = (segment: string): ((name: string) => boolean) => globMatcher([segment]);
  const absolute = expected.map((file) => folder.at(file));
  expect(expandGlob(folder.root, glob, matcherOf)).toEqual(absolute);
  expect(expandGlob("/", folder.at(glob), matcherOf)).toEqual(absolute);
});
