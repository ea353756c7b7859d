import path from "node:path";
import { ESLint } from "eslint";
import { describe, expect, it, vi } from "vitest";
import { rules } from "../rules/index.js";
import { createPlugin } from "../src/eslint/plugin.js";
import type { Finding } from "../src/rule/finding.js";
import type { Rule } from "../src/rule/rule.js";
import { run } from "../src/run.js";
import { caseKinds, casesOf, describeMarker, readMarkers } from "./markers.js";

// Due dates are judged on the day that the examples were written for.
vi.setSystemTime("2026-06-01");

describe.each(rules.map((rule) => [rule.name, rule] as const))("%s", (name, rule) => {
  const cases = casesOf(name).map((one) => [one.name, one] as const);

  it("has fixtures for what breaks it, what keeps it and what only looks like a breach", () => {
    expect(new Set(cases.map(([, { kind }]) => kind))).toEqual(new Set(caseKinds));
  });

  it.each(cases)("finds what the fixture %s marks, and nothing else", (_, { kind, root }) => {
    const expected = readMarkers(root).expected.filter((marker) => marker.rule === name);
    const { findings, examined } = run({ root, rules: [name] });
    expect(findings.filter((finding) => finding.rule === name).map(describeMarker)).toEqual(expected.map(describeMarker));
    expect(expected.length > 0).toBe(kind === "breach");
    expect(examined[name], "a fixture in which the rule has nothing to look at proves nothing").toBeGreaterThan(0);
  });

  it.each(cases)("says the same in ESLint as on the command line on the fixture %s", async (_, { root }) => {
    const findings = run({ root }).findings.filter((finding) => finding.rule === name);
    expect(await lintWith(rule, root)).toEqual(findings.map(comparable));
  });
});

function comparable({ file, line, column, endLine, endColumn, message }: Pick<Finding, "file" | "line" | "column" | "endLine" | "endColumn" | "message">): string {
  return `${file}:${String(line)}:${String(column)}-${String(endLine)}:${String(endColumn)} ${message}`;
}

/** What ESLint reports of one rule over a whole folder, placed as the command line places it. */
async function lintWith(rule: Rule, root: string): Promise<string[]> {
  const plugin = createPlugin(rules);
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: plugin.configs.recommended.map((config) => {
      const entries = Object.entries(config.rules ?? {}).filter(([id]) => id === `drift-guard/${rule.name}`);
      return config.rules === undefined ? config : { ...config, rules: Object.fromEntries(entries) };
    }),
  });
  const results = await eslint.lintFiles(["."]);
  return results
    .toSorted((a, b) => (a.filePath < b.filePath ? -1 : 1))
    .flatMap(({ filePath, messages }) =>
      messages
        .filter(({ ruleId }) => ruleId === `drift-guard/${rule.name}`)
        .map(({ line, column, endLine = line, endColumn = column, message }) => {
          const file = path.relative(root, filePath).replaceAll(path.sep, "/");
          return `${file}:${String(line)}:${String(column)}-${String(endLine)}:${String(endColumn)} ${message}`;
        }),
    );
}
