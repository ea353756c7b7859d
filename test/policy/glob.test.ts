import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeGlob, globFault, globMatcher } from "../../src/policy/glob.js";

describe("a list of globs", () => {
  test.each([
    [["packages/*"], "packages/a", true],
    [["packages/*"], "packages/a/b", false],
    [["**/*.test.*"], ".hidden/a.test.ts", true],
    [["**/_archive/**"], "docs/_archive/a/b.ts", true],
    [["#x/*"], "#x/a", true],
    [["apps/hq/{server,dev}.ts"], "apps/hq/dev.ts", true],
    [["src/**", "!src/testing/**"], "src/testing/a.ts", false],
    [["src/**", "!src/testing/**", "src/testing/keep.ts"], "src/testing/keep.ts", true],
    [["!src/**"], "lib/a.ts", false],
    [[], "a", false],
  ] as const)("%j on %s: %s", (globs, path, matches) => {
    expect(globMatcher(globs)(path)).toBe(matches);
  });
});

test("an escaped path matches itself and nothing else", () => {
  const segment = fc.string({ unit: fc.constantFrom(..."ab*?[]{}()!+@|,. "), minLength: 1 }).filter((text) => !/^\.+$/u.test(text));
  const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join("/"));
  fc.assert(
    fc.property(path, path, (one, other) => {
      expect(globMatcher([escapeGlob(one)])(one)).toBe(true);
      expect(globMatcher([escapeGlob(one)])(other)).toBe(one === other);
    }),
  );
});

describe("globs without fault", () => {
  test.each([
    "a",
    "**",
    "a/**/b.*",
    "!a/b",
    "a/{b,c}/*",
    "a/[bc]/*",
    String.raw`a/\[id\]/*`,
    "a/(group)/[...slug]/x.ts",
    "a/[[]b",
    "a/@(b|c)",
    "ä/ b/c",
  ])("%s", (glob) => {
    expect(globFault(glob)).toBeUndefined();
  });
});

test("judging a glob and matching with it never throws", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (glob) => {
      const fault = globFault(glob);
      if (fault === undefined) globMatcher([glob])("a/b.ts");
    }),
  );
});
