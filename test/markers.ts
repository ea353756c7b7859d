import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A finding that a fixture announces where it must stand. */
export interface Marker {
  /** Relative to the fixture, with `/`. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Rule name without prefix. */
  readonly rule: string;
}

export interface Markers {
  /** Findings that must be there, one entry each; sorted like findings. */
  readonly expected: readonly Marker[];
  /** Breaches whose rule is not built yet. */
  readonly later: readonly Marker[];
}

/**
 * Reads the markers of every file below a folder.
 *
 * A marker is a comment `expect: <rule>` on the line of the finding, `expect-below:` on the line above it, or `later:` for a rule to
 * come; several rules are separated by commas, and two findings of one rule on one line name it twice. package.json has no comments:
 * there the property `"//": "expect-below: <rule>"` stands above the line (further slashes keep keys apart; a reason may
 * come first, closed by a semicolon).
 *
 * @throws Error when a comment begins like a marker and cannot be read as one, since it would assert nothing
 */
export function readMarkers(folder: string): Markers {
  const expected: Marker[] = [];
  const later: Marker[] = [];
  for (const file of filesIn(folder)) {
    for (const { word, ...marker } of markersOf(file, readFileSync(path.join(folder, file), "utf8"))) {
      (word === "expect" ? expected : later).push(marker);
    }
  }
  return { expected: expected.sort(byPlace), later: later.sort(byPlace) };
}

/** The fixtures of a rule: folders whose names begin with what they show. */
export function casesOf(rule: string): readonly { readonly name: string; readonly kind: CaseKind; readonly root: string }[] {
  const folder = path.resolve(import.meta.dirname, "../fixtures", rule);
  return readdirSync(folder).map((name) => {
    const kind = caseKinds.find((candidate) => name === candidate || name.startsWith(`${candidate}-`));
    if (kind === undefined) throw new Error(`fixtures/${rule}/${name} shows none of ${caseKinds.join(", ")}`);
    return { name, kind, root: path.join(folder, name) };
  });
}

/** What a fixture shows: drift, health, and what only looks like drift. */
export const caseKinds = ["breach", "kept", "near-miss"] as const;
export type CaseKind = (typeof caseKinds)[number];

/** `file:line rule`, as tests compare and print markers and findings. */
export function describeMarker({ file, line, rule }: Marker): string {
  return `${file}:${line} ${rule}`;
}

/** Order of findings: file, line, rule. */
export function byPlace(a: Marker, b: Marker): number {
  return compare(a.file, b.file) || a.line - b.line || compare(a.rule, b.rule);
}

const OPENING = /(?:\/\/|\/\*|#|"\/{2,}":\s*"(?:[^"]*;)?)\s*(?<word>expect|later)(?<below>-below)?:(?<rest>.*)$/u;
const RULES = /^\s*(?<rules>[a-z][a-z-]*(?:\s*,\s*[a-z][a-z-]*)*)\s*(?:\*\/\}?|",?)?\s*$/u;

function* markersOf(file: string, text: string): Generator<Marker & { readonly word: string }> {
  if (file.endsWith(".md")) return; // Prose explains markers.
  for (const [index, content] of text.split(/\r?\n/u).entries()) {
    const { word, below, rest = "" } = OPENING.exec(content)?.groups ?? {};
    if (word === undefined) continue;
    const rules = RULES.exec(rest)?.groups?.rules;
    if (rules === undefined) throw new Error(`${file}:${index + 1} has a marker that names no rules: ${content.trim()}`);
    for (const rule of rules.split(",")) yield { word, file, line: index + (below === undefined ? 1 : 2), rule: rule.trim() };
  }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
