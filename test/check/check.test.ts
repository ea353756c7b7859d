import { describe, expect, it } from "vitest";
import { checkWorkspace, type CheckResult } from "../../src/check/check.js";
import type { CheckOptions } from "../../src/check/results.js";
import type { Rule } from "../../src/rule/rule.js";
import { importRule, openTexts } from "./open.js";

const texts = {
  "b/src/index.ts": 'import "two";\nimport "one";\n',
  "a/src/index.ts": 'const x = 1; import "three";\n',
};

function check(rules: readonly Rule[], options: Partial<CheckOptions> = {}, files: Readonly<Record<string, string>> = texts): CheckResult {
  const { workspace, textOf } = openTexts(files);
  return checkWorkspace(workspace, rules, { textOf, ...options });
}

const failing: Rule = {
  ...importRule({ name: "no-luck" }),
  run: () => {
    throw new TypeError("nothing there");
  },
};

describe("checkWorkspace", () => {
  it("places findings by file, line, column and rule, and counts what was looked at", () => {
    const { findings, examined, problems } = check([importRule({ name: "no-z" }), importRule({ name: "no-a" })]);
    expect(findings.map(({ file, line, column, endColumn, rule, message }) => [file, line, column, endColumn, rule, message])).toEqual([
      ["a/src/index.ts", 1, 14, 29, "no-a", '"three" is imported.'],
      ["a/src/index.ts", 1, 14, 29, "no-z", '"three" is imported.'],
      ["b/src/index.ts", 1, 1, 14, "no-a", '"two" is imported.'],
      ["b/src/index.ts", 1, 1, 14, "no-z", '"two" is imported.'],
      ["b/src/index.ts", 2, 1, 14, "no-a", '"one" is imported.'],
      ["b/src/index.ts", 2, 1, 14, "no-z", '"one" is imported.'],
    ]);
    expect(examined).toEqual({ "no-z": 2, "no-a": 2 });
    expect(problems).toEqual([]);
  });

  it("takes the severity from the host, else from the policy, else from the rule; what is off does not run", () => {
    const severityOf = (config: string, options: Partial<CheckOptions> = {}): readonly string[] => {
      const { findings, examined } = check([importRule({ name: "no-kind-mismatch", severity: "warn" })], options, {
        "drift-guard.config.json": config,
        "a.ts": 'import "x";',
      });
      return "no-kind-mismatch" in examined ? findings.map(({ severity }) => severity) : ["not run"];
    };
    expect(severityOf('{ "extends": "none" }')).toEqual(["warn"]);
    expect(severityOf('{ "extends": "none", "rules": { "no-kind-mismatch": "error" } }')).toEqual(["error"]);
    expect(severityOf('{ "extends": "none", "rules": { "no-kind-mismatch": "off" } }')).toEqual(["not run"]);
    expect(
      severityOf('{ "extends": "none", "rules": { "no-kind-mismatch": "off" } }', { severities: { "no-kind-mismatch": "warn" } }),
    ).toEqual(["warn"]);
  });

  it("survives a rule that fails, says which, and runs the others", () => {
    const { findings, problems, examined } = check([failing, importRule()]);
    expect(problems).toEqual([
      { message: 'The rule "no-luck" failed with an internal error: nothing there. Run with --debug for the stack, and report it.' },
    ]);
    expect(findings).toHaveLength(3);
    expect(examined).toEqual({ "no-luck": 0, "no-import": 2 });
  });

  it("shows the stack of a failing rule when debugging", () => {
    const [problem] = check([failing], { debug: true }).problems;
    expect(problem?.message).toMatch(/nothing there\.\nTypeError: nothing there\n\s+at /u);
  });

  it("makes a problem of every finding that takes away trust", () => {
    const { findings, problems } = check([importRule({ distrust: true })]);
    expect(findings).toHaveLength(3);
    expect(problems[0]).toEqual({ message: '"three" is imported.', file: "a/src/index.ts", line: 1 });
    expect(problems).toHaveLength(3);
  });

  it("marks what directive comments silence, but for what takes away trust", () => {
    const silenced = { "a.ts": '/* eslint-disable drift-guard/no-import */\nimport "x";\n' };
    expect(check([importRule()], {}, silenced).findings[0]?.state).toBe("suppressed");
    expect(check([importRule({ name: "no-other" })], {}, silenced).findings[0]?.state).toBe("new");
    expect(check([importRule({ distrust: true })], {}, silenced)).toMatchObject({ findings: [{ state: "new" }], problems: [{ line: 2 }] });
  });
});
