import { Linter } from "eslint";
import { describe, expect, test } from "vitest";
import type { DirectiveFact } from "../../src/facts/facts.js";
import { outlineOf } from "./source.js";

describe("ESLint directive comments", () => {
  test.each<[code: string, directives: Omit<DirectiveFact, "span">[]]>([
    ["/* eslint-disable */", [{ type: "disable", rules: [] }]],
    ["/* eslint-disable a, b/c */ /* eslint-enable a */", [{ type: "disable", rules: ["a", "b/c"] }, { type: "enable", rules: ["a"] }]],
    ["/*\n eslint-disable\n a,\n b\n*/", [{ type: "disable", rules: ["a", "b"] }]],
    ["f(); // eslint-disable-line a", [{ type: "disable-line", rules: ["a"] }]],
    ["f(); /* eslint-disable-line */", [{ type: "disable-line", rules: [] }]],
    ["// eslint-disable-next-line a -- b (owner: @c) -- d", [{ type: "disable-next-line", rules: ["a"], reason: "b (owner: @c) -- d" }]],
    ["/* eslint-disable-next-line a,\n b --- c */", [{ type: "disable-next-line", rules: ["a", "b"], reason: "c" }]],
    ["// eslint-disable-next-line -- why", [{ type: "disable-next-line", rules: [], reason: "why" }]],
    ["// eslint-disable-next-line 'a', \"b\", a", [{ type: "disable-next-line", rules: ["a", "b"] }]],
    ["// eslint-disable-next-line a --b", [{ type: "disable-next-line", rules: ["a --b"] }]],
    ["//eslint-disable-next-line drift-guard/x", [{ type: "disable-next-line", rules: ["drift-guard/x"] }]],
    ["// eslint-disable a", []],
    ["// eslint-enable", []],
    ["/* eslint-disable-line a\n*/", []],
    ["// see eslint-disable-line", []],
    ["// eslint-disable-lines", []],
    ["/* eslint-disabled */", []],
    ["const a = '/* eslint-disable */'", []],
    ["const a = `\n// eslint-disable-line\n`", []],
    ["const a = /[/*] eslint-disable */", []],
    ["const a = `${/* eslint-disable */ b}`", [{ type: "disable", rules: [] }]],
    ["f(/* eslint-disable-line */)", [{ type: "disable-line", rules: [] }]],
    ["if (a) { /* eslint-disable */ }", [{ type: "disable", rules: [] }]],
    ["const a = {\n  // eslint-disable-next-line\n};", [{ type: "disable-next-line", rules: [] }]],
    ["type A = { // eslint-disable-line\n a: 1 };", [{ type: "disable-line", rules: [] }]],
    ["f<A /* eslint-disable */>()", [{ type: "disable", rules: [] }]],
    ["f() // eslint-disable-line", [{ type: "disable-line", rules: [] }]],
    ["#!/usr/bin/env node\n/* eslint-disable */", [{ type: "disable", rules: [] }]],
  ])("%j", (code, directives) => {
    const found = outlineOf(code).directives;
    expect(found.map(({ span: _, ...directive }) => directive)).toEqual(directives);
    for (const { span } of found) expect(code.slice(...span)).toMatch(/^(?:\/\/.*|\/\*[^]*\*\/)$/u);
  });

  test.each<[code: string, count: number]>([
    ["const a = <p>{/* eslint-disable */}</p>;", 1],
    ["const a = <p>// eslint-disable-line</p>;", 0],
    ["const a = <p>/* eslint-disable */</p>;", 0],
    ["const a = <p // eslint-disable-line\n b />;", 1],
    ["const a = <p b='/* eslint-disable */' />;", 0],
  ])("in JSX: %j", (code, count) => {
    expect(outlineOf(code, "tsx").directives).toHaveLength(count);
  });

  test.each([
    "debugger; // eslint-disable-line no-debugger",
    "debugger; /* eslint-disable-line no-debugger -- because */",
    "// eslint-disable-next-line no-debugger -- because\ndebugger;",
    "/* eslint-disable-next-line\n 'no-debugger' */\ndebugger;",
    "/* eslint-disable no-debugger */ debugger;",
    "/* eslint-disable */ debugger;",
    "/* eslint-disable no-debugger, no-undef --- why */ debugger;",
    "// eslint-disable no-debugger\ndebugger;",
    "debugger; /* eslint-disable-line\n no-debugger */",
    "debugger; // eslint-disable-line no-debugger --why",
    "debugger; // x eslint-disable-line",
    "debugger; // eslint-disable-lines",
    "'/* eslint-disable */'; debugger;",
    "`${/* eslint-disable */ 1}`; debugger;",
  ])("ESLint agrees on %j", (code) => {
    const problems = new Linter().verify(code, { rules: { "no-debugger": "error" } }).filter((problem) => problem.ruleId === "no-debugger");
    const silences = outlineOf(code, "js").directives.some(({ rules }) => rules.length === 0 || rules.includes("no-debugger"));
    expect(problems.length === 0).toBe(silences);
  });
});
