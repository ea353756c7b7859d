import type { Path } from "../files/path.js";
import type { Severity } from "../policy/policy.js";
import type { Finding, FindingRelated, RunProblem } from "../rule/finding.js";
import type { Related, RenderedProblem, Rule } from "../rule/rule.js";
import type { Workspace } from "../workspace/workspace.js";
import { identityOf, numberTwins, type TextOf } from "./identity.js";
import { byPlace } from "./order.js";
import { silencesIn, type Silences } from "./suppressions.js";

/** What a check needs beside the workspace and the rules. */
export interface CheckOptions {
  /** The text that the workspace was built from; identities are taken from it. */
  readonly textOf: TextOf;
  /** Severities that win over the policy's, by rule name without prefix. */
  readonly severities?: Readonly<Record<string, Severity>>;
  /** Show where in a rule an internal error came from. */
  readonly debug?: boolean;
}

/** What all rules together say of one workspace. */
export interface CheckResult {
  /** Sorted by file, line, column and rule; those that directive comments silence are marked, not left out. */
  readonly findings: readonly Finding[];
  /** Per rule that ran: how many subjects it looked at. */
  readonly examined: Readonly<Record<string, number>>;
  readonly problems: readonly RunProblem[];
}

type Unkeyed = Omit<Finding, "key"> & { readonly identity: string };

/** Runs rules over a workspace; a rule that is off does not run, and one that fails is a problem of the run, never a crash. */
export function checkWorkspace(workspace: Workspace, rules: readonly Rule[], options: CheckOptions): CheckResult {
  const examined: Record<string, number> = {};
  const problems: RunProblem[] = [];
  const found: Unkeyed[] = [];
  const silences = silencesPerFile(workspace);

  for (const rule of rules) {
    const severity = severityOf(rule, workspace, options);
    if (severity === "off") continue;
    try {
      const run = rule.run(workspace);
      examined[rule.name] = run.examined;
      for (const problem of run.problems) found.push(place(rule, severity, problem, workspace, options.textOf, silences));
    } catch (error) {
      examined[rule.name] ??= 0;
      problems.push({ message: failureOf(rule, error, options.debug ?? false) });
    }
  }

  const findings = withKeys(found.sort(byPlace));
  const distrusted = new Set(rules.filter(({ distrust }) => distrust).map(({ name }) => name));
  for (const { rule, message, file, line } of findings) if (distrusted.has(rule)) problems.push({ message, file, line });
  return { findings, examined, problems };
}

/** The severity with which a rule runs: the host's word, else the policy's, else the rule's own. */
export function severityOf(rule: Rule, workspace: Workspace, options: Pick<CheckOptions, "severities">): Severity {
  return options.severities?.[rule.name] ?? workspace.policy.rules[rule.name] ?? rule.severity;
}

function place(
  rule: Rule,
  severity: "warn" | "error",
  problem: RenderedProblem,
  workspace: Workspace,
  textOf: TextOf,
  silences: (file: Path) => Silences,
): Unkeyed {
  // A run that is not to be trusted stays so whatever a comment says.
  const silenced = !rule.distrust && silences(problem.at.file)(rule.name, problem.at);
  const { at, messageId, message, data, help, fix, suggestions } = problem;
  return {
    rule: rule.name,
    family: rule.family.name,
    messageId,
    message,
    data,
    severity,
    ...at,
    help,
    related: problem.related.map(toRelated),
    ...(problem.chain.length > 0 && { chain: problem.chain.map(toRelated) }),
    state: silenced ? "suppressed" : "new",
    fix,
    suggestions,
    identity: identityOf(rule, problem, workspace, textOf),
  };
}

function toRelated({ at, message }: Related): FindingRelated {
  return { file: at.file, line: at.line, column: at.column, message };
}

function silencesPerFile(workspace: Workspace): (file: Path) => Silences {
  const known = new Map<Path, Silences>();
  return (file) => {
    const silences = known.get(file) ?? silencesIn(workspace, file);
    known.set(file, silences);
    return silences;
  };
}

function withKeys(found: readonly Unkeyed[]): readonly Finding[] {
  const keys = numberTwins(found.map(({ identity }) => identity));
  return found.map(({ identity, ...finding }, index) => ({ ...finding, key: keys[index] ?? identity }));
}

function failureOf(rule: Rule, error: unknown, debug: boolean): string {
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  const detail = debug ? `\n${stack}` : " Run with --debug for the stack, and report it.";
  return `The rule "${rule.name}" failed with an internal error: ${message.replace(/\.$/u, "")}.${detail}`;
}
