import type { Path } from "../files/path.js";
import type { Severity } from "../policy/policy.js";
import type { Exception, Finding, FindingRelated, FindingState, RunProblem } from "../rule/finding.js";
import type { Earlier, Found, Related, RenderedProblem, Rule, RuleRun } from "../rule/rule.js";
import type { Place, Workspace } from "../workspace/workspace.js";
import { identityOf, numberTwins, type TextOf } from "./identity.js";
import { blindness } from "./liveness.js";
import { byPlace } from "./order.js";
import { silencerIn, type Silencer } from "./suppressions.js";

/** What a check needs beside the workspace and the rules. */
export interface CheckOptions {
  /** The text that the workspace was built from; identities are taken from it. */
  readonly textOf: TextOf;
  /** Every rule that there is, for those that ask what others find; left out, the ones that are run. */
  readonly among?: readonly Rule[];
  /** Severities that win over the policy's, by rule name without prefix. */
  readonly severities?: Readonly<Record<string, Severity>>;
  /** How a rule ran before, and what of it still stands; left out, all rules run from the start. */
  readonly earlier?: (rule: Rule) => Earlier | undefined;
  /** Show where in a rule an internal error came from. */
  readonly debug?: boolean;
}

/** What one rule says of a workspace. */
export interface RuleResult {
  /** Sorted by file, line and column. */
  readonly findings: readonly Finding[];
  /** How many subjects it looked at. */
  readonly examined: number;
  readonly problems: readonly RunProblem[];
}

/** Asks a rule, whether it is off or not; asked again it answers the same without running anew. */
export type ResultOf = (rule: Rule) => RuleResult;

/** What rules say of a workspace. */
export interface Results {
  readonly resultOf: ResultOf;
  /** How the rules ran that have been asked so far; those that failed are not among them. */
  readonly runs: ReadonlyMap<Rule, RuleRun>;
}

/** Makes the question what a rule says of a workspace. */
export function resultsOn(workspace: Workspace, options: CheckOptions & Required<Pick<CheckOptions, "among">>): Results {
  const results = new Map<Rule, RuleResult>();
  const runs = new Map<Rule, RuleRun>();
  const running = new Set<Rule>();
  const exceptionTo = exceptions(workspace);
  const found: Found = (name) => {
    const rule = options.among.find((one) => one.name === name);
    return rule === undefined || running.has(rule) ? undefined : resultOf(rule).findings;
  };
  const resultOf: ResultOf = (rule) => {
    const known = results.get(rule);
    if (known !== undefined) return known;
    running.add(rule);
    const result = resultFrom(rule, workspace, exceptionTo, options, () => {
      const run = rule.run(workspace, found, options.earlier?.(rule));
      runs.set(rule, run);
      return run;
    });
    running.delete(rule);
    results.set(rule, result);
    return result;
  };
  return { resultOf, runs };
}

/** The severity with which a rule runs: the host's word, else the policy's, else the rule's own. */
export function severityOf(rule: Rule, workspace: Workspace, options: Pick<CheckOptions, "severities">): Severity {
  return options.severities?.[rule.name] ?? workspace.policy.rules[rule.name] ?? rule.severity;
}

function resultFrom(rule: Rule, workspace: Workspace, exceptionTo: ExceptionTo, options: CheckOptions, ask: () => RuleRun): RuleResult {
  const severity = severityOf(rule, workspace, options);
  try {
    const { problems, units } = ask();
    const placed = problems
      .map((problem) => ({
        ...placedOf(rule, severity === "off" ? rule.severity : severity, problem),
        identity: identityOf(rule, problem, workspace, options.textOf),
      }))
      .sort(byPlace);
    const keys = numberTwins(placed.map(({ identity }) => identity));
    const findings = placed.map(({ identity, ...finding }, index): Finding => {
      const key = keys[index] ?? identity;
      return { ...finding, key, ...exceptionTo(rule, { ...finding, key }) };
    });
    return { findings, examined: units.length, problems: blindness(rule, units.length, workspace) };
  } catch (error) {
    return { findings: [], examined: 0, problems: [{ message: failureOf(rule, error, options.debug ?? false) }] };
  }
}

type Placed = Omit<Finding, "key" | "state" | "exception">;

function placedOf(rule: Rule, severity: "warn" | "error", { at, messageId, message, data, help, related, chain, fix, suggestions }: RenderedProblem): Placed {
  return {
    rule: rule.name,
    family: rule.family.name,
    messageId,
    message,
    data,
    severity,
    ...at,
    help,
    related: related.map(toRelated),
    ...(chain.length > 0 && { chain: chain.map(toRelated) }),
    fix,
    suggestions,
  };
}

function toRelated({ at, message }: Related): FindingRelated {
  return { file: at.file, line: at.line, column: at.column, message };
}

/** What keeps a finding from counting: a comment at its place, else the baseline. */
type ExceptionTo = (rule: Rule, finding: Place & Pick<Finding, "key">) => { readonly state: FindingState; readonly exception?: Exception };

function exceptions(workspace: Workspace): ExceptionTo {
  const silencers = new Map<Path, Silencer>();
  const silencerFor = (file: Path): Silencer => {
    const silencer = silencers.get(file) ?? silencerIn(workspace, file);
    silencers.set(file, silencer);
    return silencer;
  };
  const entries = new Map(workspace.baseline?.entries.map((entry) => [entry.key, entry]));
  return (rule, finding) => {
    if (!rule.suppressible) return { state: "new" };
    const directive = silencerFor(finding.file)(rule.name, finding);
    if (directive !== undefined) return { state: "suppressed", exception: exceptionAt(workspace.place(finding.file, directive.span), directive) };
    const entry = entries.get(finding.key);
    // An entry that names another rule deceives its readers.
    return entry?.rule === rule.name ? { state: "known", exception: exceptionAt(entry.at, entry) } : { state: "new" };
  };
}

function exceptionAt(at: Place, { reason }: { readonly reason?: string | undefined }): Exception {
  return { at, ...(reason !== undefined && { reason }) };
}

function failureOf(rule: Rule, error: unknown, debug: boolean): string {
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  const detail = debug ? `\n${stack}` : " Run with --debug for the stack, and report it.";
  return `The rule "${rule.name}" failed with an internal error: ${message.replace(/\.$/u, "")}.${detail}`;
}
