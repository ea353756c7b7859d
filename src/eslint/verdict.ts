import type { RuleResult } from "../check/results.js";
import { hashText } from "../files/hash.js";
import type { Path } from "../files/path.js";
import type { RunProblem } from "../rule/finding.js";
import type { Rule } from "../rule/rule.js";
import { type Case, isLinted, type Judgement } from "./judgement.js";

/** A case with every rule heard; plain JSON. */
export interface Verdict {
  readonly problems: readonly RunProblem[];
  readonly speaker?: Path;
  /** By the rule's name. */
  readonly results: Readonly<Record<string, RuleResult>>;
}

/** Hears every rule of a case. */
export function verdictOn({ problems, speaker, resultOf }: Case, rules: readonly Rule[]): Verdict {
  const results = Object.fromEntries(rules.map((rule) => [rule.name, resultOf(rule)]));
  return { problems, results, ...(speaker !== undefined && { speaker }) };
}

/**
 * A verdict as a case.
 *
 * @param otherwise answers for a rule that was not heard
 */
export function caseFrom({ problems, speaker, results }: Verdict, otherwise: Case["resultOf"]): Case {
  return { problems, speaker, resultOf: (rule) => results[rule.name] ?? otherwise(rule) };
}

/** A verdict from where it was kept, if that is what it is. */
export function parseVerdict(text: string): Verdict | undefined {
  const value: unknown = JSON.parse(text);
  return isVerdict(value) ? value : undefined;
}

/** What has the right checksum was written by us: it is enough to see that it is a verdict at all. */
function isVerdict(value: unknown): value is Verdict {
  return typeof value === "object" && value !== null && "results" in value && "problems" in value;
}

/** What becomes of files' results when something is said of other files. */
export interface Fingerprints {
  /** Of what is said in every file. */
  readonly common: string;
  /** Of what is said in one file only; a file in which nothing is said has none. */
  readonly own: ReadonlyMap<Path, string>;
}

/** Fingerprints of what is to be reported, file by file. */
export function fingerprintsOf(verdict: Verdict, judgement: Judgement, rules: readonly Rule[]): Fingerprints {
  const { problems, speaker, results } = verdict;
  const files = new Set([
    ...Object.values(results).flatMap((result) => [...result.findings, ...result.problems].flatMap(({ file }) => file ?? [])),
    ...problems.flatMap(({ file }) => file ?? []),
    ...(speaker === undefined ? [] : [speaker]),
  ]);
  const own = new Map<Path, string>();
  for (const file of files) {
    const said = [judgement.troublesIn(file), ...rules.map((rule) => judgement.of(rule, file).findings)];
    if (isLinted(file) && said.some((some) => some.length > 0)) own.set(file, hashText(JSON.stringify(said)));
  }
  return { common: hashText(JSON.stringify(Object.values(results).map((result) => result.problems))), own };
}
