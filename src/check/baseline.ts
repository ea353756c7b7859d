import type { Finding } from "../rule/finding.js";
import type { Rule } from "../rule/rule.js";
import type { Baseline, BaselineEntry } from "../workspace/baseline.js";

/** Under what terms findings are added to a baseline. */
export interface Terms {
  readonly owner: string;
  readonly reason: string;
  /** An exit. */
  readonly until: string;
}

/** What a baseline is brought up to date with. */
export interface BaselineUpdate {
  /** The baseline as it is; undefined where there is none yet. */
  readonly before: Baseline | undefined;
  readonly findings: readonly Finding[];
  /** The rules that ran; what the baseline says of others stays. */
  readonly rules: readonly Rule[];
  readonly examined: Readonly<Record<string, number>>;
  /** By bridge: how many modules import it. */
  readonly importers: Readonly<Record<string, number>>;
  /** Left out, nothing is added. */
  readonly additions?: Terms;
}

/** A baseline that is up to date, and what became of its entries. */
export interface UpdatedBaseline {
  readonly text: string;
  readonly kept: number;
  readonly dropped: number;
  readonly added: number;
  /** Errors that would have to be added and were not. */
  readonly refused: number;
}

/** Drops what is gone, and adds what is new where terms allow it. Warnings fail no run and are never added. */
export function updateBaseline({ before, findings, rules, examined, importers, additions }: BaselineUpdate): UpdatedBaseline {
  const ran = new Set(rules.map(({ name }) => name));
  const suppressible = new Set(rules.filter((rule) => rule.suppressible).map(({ name }) => name));
  const known = new Map(findings.filter(({ state }) => state === "known").map((finding) => [finding.key, finding]));
  const kept = (before?.entries ?? []).flatMap((entry): readonly Written[] => {
    const { owner, reason, until } = entry;
    const finding = known.get(entry.key);
    const terms = { owner: owner ?? "", reason: reason ?? "", until: until?.text ?? "" };
    if (finding !== undefined) return [{ ...identityOf(finding), ...terms }];
    return ran.has(entry.rule) ? [] : [{ ...writtenOf(entry), ...terms }];
  });
  const fresh = findings.filter(({ state, severity, rule }) => state === "new" && severity === "error" && suppressible.has(rule));
  const added = additions === undefined ? [] : fresh.map((finding): Written => ({ ...identityOf(finding), ...additions }));
  return {
    text: textOf([...kept, ...added], recorded(before, examined, rules), fewer(before, importers)),
    kept: kept.length,
    dropped: (before?.entries.length ?? 0) - kept.length,
    added: added.length,
    refused: fresh.length - added.length,
  };
}

/** An entry as it is written, its keys in this order. */
interface Written extends Terms {
  readonly key: string;
  readonly rule: string;
  readonly file: string;
}

function identityOf({ key, rule, file }: Finding): Omit<Written, keyof Terms> {
  return { key, rule, file };
}

function writtenOf({ key, rule, path }: BaselineEntry): Omit<Written, keyof Terms> {
  return { key, rule, file: path };
}

/**
 * How many subjects each rule looks at, by name. A number that is still about right stays, so that two branches do not both change it.
 */
function recorded(
  before: Baseline | undefined,
  examined: Readonly<Record<string, number>>,
  rules: readonly Rule[],
): Readonly<Record<string, number>> {
  const old = Object.fromEntries((before?.examined ?? []).map(({ name, count }) => [name, count]));
  const isAboutRight = (count: number, now: number): boolean => Math.abs(count - now) * 4 <= count;
  const next = rules.flatMap(({ name, dwindling }) => {
    const [count, now] = [old[name], examined[name]];
    if (now === undefined) return [];
    // How many there are to go says nothing; that the rule is on does.
    if (dwindling) return [[name, 0] as const];
    return [[name, count !== undefined && isAboutRight(count, now) ? count : now] as const];
  });
  return { ...old, ...Object.fromEntries(next) };
}

/** How many modules import each bridge: never more than before. */
function fewer(before: Baseline | undefined, importers: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const old = new Map((before?.importers ?? []).map(({ name, count }) => [name, count]));
  return Object.fromEntries(Object.entries(importers).map(([name, now]) => [name, Math.min(now, old.get(name) ?? now)]));
}

/** One entry a line, by key: what two branches add or drop rarely meets in the same place. */
function textOf(entries: readonly Written[], examined: Readonly<Record<string, number>>, importers: Readonly<Record<string, number>>): string {
  const lines = entries.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map((entry) => `    ${lineOf(entry)}`);
  const sections = [
    `  "entries": ${lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`}`,
    `  "examined": ${numbersOf(examined)}`,
    `  "importers": ${numbersOf(importers)}`,
  ];
  return `{\n${sections.join(",\n")}\n}\n`;
}

function lineOf({ key, rule, file, owner, reason, until }: Written): string {
  const pairs = Object.entries({ key, rule, file, owner, reason, until });
  return `{ ${pairs.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(", ")} }`;
}

function numbersOf(numbers: Readonly<Record<string, number>>): string {
  const lines = Object.entries(numbers)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `    ${JSON.stringify(name)}: ${String(count)}`);
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n  }`;
}
