import { Linter, type Rule } from "eslint";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { silencerIn } from "../../src/check/suppressions.js";
import { toPath } from "../../src/files/path.js";
import { openTexts } from "./open.js";

/** Lines on which a rule still speaks, by our reading of the comments. */
function ours(text: string, rule: string): readonly number[] {
  const { workspace } = openTexts({ "a.js": text });
  const silencer = silencerIn(workspace, toPath("a.js"));
  return spotsIn(text)
    .filter((spot) => silencer(rule, spot) === undefined)
    .map(({ line }) => line);
}

/** The same by ESLint's. */
function eslints(text: string, rule: string): readonly number[] {
  const speaks: Rule.RuleModule = {
    create: (context) => ({
      Identifier: (node) => {
        if (node.name === "spot") context.report({ node, message: "spot" });
      },
    }),
  };
  const messages = new Linter().verify(text, {
    plugins: { "drift-guard": { rules: { one: speaks, two: speaks } } },
    rules: { [`drift-guard/${rule}`]: "error" },
    linterOptions: { reportUnusedDisableDirectives: "off" },
  });
  return messages.filter(({ message }) => message === "spot").map(({ line }) => line);
}

function spotsIn(text: string): readonly { readonly line: number; readonly column: number }[] {
  return text
    .split("\n")
    .flatMap((code, index) => [...code.matchAll(/\bspot\b/gu)].map((match) => ({ line: index + 1, column: match.index + 1 })));
}

describe("directive comments", () => {
  it.each([
    ["the line below", "// eslint-disable-next-line drift-guard/one\nspot;\nspot;", [3]],
    ["the line below, with a reason", "// eslint-disable-next-line drift-guard/one -- moved (until: 2026-12-01)\nspot;\nspot;", [3]],
    ["the line below a block comment over two lines", "/* eslint-disable-next-line\n drift-guard/one */\nspot;\nspot;", [4]],
    ["its own line", "spot; // eslint-disable-line drift-guard/one\nspot;", [2]],
    ["a range", "spot;\n/* eslint-disable drift-guard/one */\nspot;\n/* eslint-enable drift-guard/one */\nspot;", [1, 5]],
    ["the rest of a line and file", "spot; /* eslint-disable drift-guard/one */ spot;\nspot;", [1]],
    ["several rules", "/* eslint-disable drift-guard/two, drift-guard/one */\nspot;", []],
    ["everything", "/* eslint-disable */\nspot;", []],
    ["nothing: another rule", "/* eslint-disable drift-guard/two */\nspot;", [2]],
    ["nothing: the rule without its prefix", "/* eslint-disable one */\nspot;", [2]],
    ["nothing: a blanket that ends for this rule", "/* eslint-disable */\n/* eslint-enable drift-guard/one */\nspot;", [3]],
    ["nothing: a range in a line comment", "// eslint-disable drift-guard/one\nspot;", [2]],
    ["a line inside a range that was ended", "/* eslint-disable */\n/* eslint-enable */\nspot; // eslint-disable-line\nspot;", [4]],
    ["a line whatever a range says afterwards", "spot; /* eslint-disable-line */ /* eslint-enable */\nspot;", [2]],
    ["nothing: a string that looks like a comment", "const a = '/* eslint-disable */';\nspot;", [2]],
  ])("silence %s", (_, text, lines) => {
    expect(ours(text, "one")).toEqual(lines);
    expect(eslints(text, "one")).toEqual(lines);
  });

  it("silence what they silence in ESLint, in whatever order they come", () => {
    const kind = fc.constantFrom("eslint-disable", "eslint-enable", "eslint-disable-line", "eslint-disable-next-line");
    const names = fc.constantFrom("", "", " drift-guard/one", " drift-guard/two", " drift-guard/one, drift-guard/two", " no-var", " one");
    const reason = fc.constantFrom("", " -- because", " -- drift-guard/one");
    const comment = fc
      .tuple(kind, names, reason, fc.constantFrom("//", "/*", "/*\n"))
      .map(([type, rules, why, style]) =>
        style === "//" ? `// ${type}${rules}${why}\n` : `/* ${type}${style === "/*\n" ? "\n" : ""}${rules}${why} */`,
      );
    const piece = fc.oneof(fc.constantFrom("spot;", "spot;\n", "\n", " "), comment);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join("");
        expect(ours(text, "one")).toEqual(eslints(text, "one"));
      }),
      { numRuns: 300 },
    );
  });
});
