import { toPath } from "../../src/files/path.js";
import type { Finding, Report, RunProblem } from "../../src/rule/finding.js";
import { defineRule, type Family, type Rule } from "../../src/rule/rule.js";

/** Text that tries to break out of every format. */
export const hostile = [
  "first line",
  'second "quoted" <b>&amp;</b> ]]> -->',
  "100% :: a=b,c; ::error::x",
  "| pipe | `tick` ``two`` *bold* _under_ [link](javascript:x) ![i](u) ~~s~~ \\",
  "# heading @someone #42",
  "1. list",
  "\u001B[31mred\u0007\u0000\u202Etrojan \uD800 \uFFFF 漢字 🙂",
].join("\n");

const family: Family<undefined> = { name: "metadata", sentence: "Metadata means what it says.", slice: () => undefined };

/** A rule by name, as reporters see it. */
export function aRule(name: string, over: Partial<Pick<Rule, "severity" | "distrust" | "fixable">> = {}): Rule {
  return defineRule({
    name,
    family,
    summary: `The law of ${name}.`,
    decisions: ["D-013"],
    languages: ["source"],
    fixable: false,
    severity: "error",
    messages: { broken: "{{subject}} is broken.", worse: "It is worse." },
    help: { broken: "Mend {{subject}}.", worse: "Mend it." },
    subjects: () => [],
    check: () => [],
    ...over,
  });
}

/** A finding with unremarkable values where none are given. */
export function aFinding(over: Partial<Finding> = {}): Finding {
  return {
    rule: "no-one",
    family: "metadata",
    message: "Something is broken.",
    messageId: "broken",
    data: {},
    severity: "error",
    file: toPath("plugins/web/a/src/index.ts"),
    line: 3,
    column: 5,
    endLine: 3,
    endColumn: 9,
    help: "Mend it.",
    related: [],
    state: "new",
    key: "k1",
    fix: [],
    suggestions: [],
    ...over,
  };
}

/** A report that counts what it is given. */
export function aReport(
  findings: readonly Finding[],
  problems: readonly RunProblem[] = [],
  examined: Readonly<Record<string, number>> = { "no-one": 3, "no-two": 0 },
): Report {
  const fresh = findings.filter(({ state }) => state === "new");
  const errors = fresh.filter(({ severity }) => severity === "error").length;
  const known = findings.filter(({ state }) => state === "known").length;
  return {
    root: "/home/me/my repo",
    findings,
    examined,
    problems,
    summary: { errors, warnings: fresh.length - errors, known, files: 7, ms: 12 },
  };
}

export const rules: readonly Rule[] = [aRule("no-one"), aRule("no-two", { severity: "warn" })];

/** One report with everything in it: both severities, every state, related places, fixes, problems, and hostile text in each. */
export const everything: Report = aReport(
  [
    aFinding({
      message: hostile,
      help: hostile,
      related: [{ file: toPath("packages/core/src/a b,c:d.ts"), line: 1, column: 2, message: hostile }],
    }),
    aFinding({
      rule: "no-two",
      severity: "warn",
      key: "k2",
      line: 4,
      fix: [
        { span: [4, 9], text: "" },
        { span: [12, 12], text: "x" },
      ],
    }),
    aFinding({ state: "known", key: "k3", line: 5 }),
    aFinding({ state: "suppressed", key: "k4", line: 6 }),
    aFinding({ file: toPath("päckages/a b/100%25,:#?.ts"), key: "k5", help: "" }),
  ],
  [
    { message: hostile },
    { message: "No such thing.", file: toPath("drift-guard.config.json") },
    { message: "Broken.", file: toPath("a,b.ts"), line: 9 },
  ],
);

export const options = { version: "1.2.3", color: false } as const;
