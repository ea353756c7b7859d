import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { describeMarker, readMarkers } from "./markers.js";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "markers-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function markersIn(file: string, text: string) {
  writeFileSync(path.join(folder, file), text);
  const { expected, later } = readMarkers(folder);
  return { expected: expected.map(describeMarker), later: later.map(describeMarker) };
}

describe("readMarkers", () => {
  it.each([
    { form: "a trailing comment", file: "a.ts", text: "\nlet a; // expect: no-a\n", expected: ["a.ts:2 no-a"] },
    { form: "a line above", file: "a.ts", text: "  // expect-below: no-a\r\nlet a;", expected: ["a.ts:2 no-a"] },
    { form: "a block comment", file: "a.ts", text: "f(/* expect: no-a */\n)", expected: ["a.ts:1 no-a"] },
    { form: "a comment in JSX", file: "a.tsx", text: "{/* expect-below: no-a */}\n<b />", expected: ["a.tsx:2 no-a"] },
    { form: "a comment in YAML", file: "a.yml", text: "a: 1 # expect: no-a", expected: ["a.yml:1 no-a"] },
    { form: "a property of package.json", file: "package.json", text: '{\n  "//": "expect-below: no-a",\n  "a": 1\n}', expected: ["package.json:3 no-a"] },
    { form: "a second such property", file: "package.json", text: '{\n  "///": "expect-below: no-a"\n}', expected: ["package.json:3 no-a"] },
    { form: "a reason before it", file: "package.json", text: '{\n  "//": "The last one counts; expect-below: no-a"\n}', expected: ["package.json:3 no-a"] },
    { form: "several rules, sorted", file: "a.ts", text: "a(); // expect: no-b, no-a,no-b", expected: ["a.ts:1 no-a", "a.ts:1 no-b", "a.ts:1 no-b"] },
    { form: "prose that explains them", file: "a.md", text: "`// expect: <rule>`", expected: [] },
    { form: "a comment that only has the word", file: "a.ts", text: "// We expect: nothing", expected: [] },
  ])("reads $form", ({ file, text, expected }) => {
    expect(markersIn(file, text)).toEqual({ expected, later: [] });
  });

  it("keeps what is for later apart", () => {
    expect(markersIn("a.ts", "a(); // later: no-a\nb(); // expect: no-b")).toEqual({ expected: ["a.ts:2 no-b"], later: ["a.ts:1 no-a"] });
  });

  it.each(["// expect:", "// expect: No-A", "// expect: no-a no-b", "// expect-below: <rule>"])("refuses %s", (text) => {
    expect(() => markersIn("a.ts", text)).toThrow("a.ts:1 has a marker that names no rules");
  });
});
