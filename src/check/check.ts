import type { Finding, RunProblem } from "../rule/finding.js";
import type { Rule, RuleRun } from "../rule/rule.js";
import type { Workspace } from "../workspace/workspace.js";
import { blindness } from "./liveness.js";
import { byPlace } from "./order.js";
import { resultsOn, severityOf, type CheckOptions } from "./results.js";

/** What all rules together say of one workspace. */
export interface CheckResult {
  /** Sorted by file, line, column and rule; those that directive comments silence are marked, not left out. */
  readonly findings: readonly Finding[];
  /** Per rule that ran: how many subjects it looked at. */
  readonly examined: Readonly<Record<string, number>>;
  readonly problems: readonly RunProblem[];
  /** How the rules ran, without those that failed. */
  readonly runs: ReadonlyMap<Rule, RuleRun>;
}

/** Runs rules over a workspace; a rule that is off does not run, and one that fails is a problem of the run, never a crash. */
export function checkWorkspace(workspace: Workspace, rules: readonly Rule[], options: CheckOptions): CheckResult {
  const { resultOf, runs } = resultsOn(workspace, { among: rules, ...options });
  const isOff = (rule: Rule): boolean => severityOf(rule, workspace, options) === "off";
  const on = rules.filter((rule) => !isOff(rule));
  const results = on.map((rule) => ({ rule, ...resultOf(rule) }));
  const findings = results.flatMap((result) => result.findings).sort(byPlace);
  const distrusted = new Set(on.filter(({ distrust }) => distrust).map(({ name }) => name));
  return {
    runs,
    findings,
    examined: Object.fromEntries(results.map(({ rule, examined }) => [rule.name, examined])),
    problems: [
      ...results.flatMap(({ problems }) => problems),
      ...rules.filter(isOff).flatMap((rule) => blindness(rule, undefined, workspace)),
      ...findings.filter(({ rule }) => distrusted.has(rule)).map(({ message, file, line }) => ({ message, file, line })),
    ],
  };
}
