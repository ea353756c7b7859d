import { hashText } from "./files/hash.js";
import { languageOf } from "./files/language.js";
import type { Path } from "./files/path.js";
import type { SourceText } from "./files/snapshot.js";
import type { Opened } from "./open.js";
import type { Earlier, Rule, RuleRun } from "./rule/rule.js";
import { copySurveyAfter } from "./workspace/copies.js";
import type { CopySurvey } from "./workspace/copies/survey.js";
import { answersIn, type Change, type EarlierAnswers, standing } from "./workspace/standing.js";
import type { SourceFacts } from "./facts/facts.js";

/** What rules found in a workspace as it was before, and what it was like. */
export interface Past extends EarlierAnswers {
  /** By the rule's name. */
  readonly runs: ReadonlyMap<string, Pick<RuleRun, "reads" | "units">>;
  /** Everything that anything may rest on; another one makes the past worth nothing. */
  readonly ground: string;
  /** Its source files, each with its state. */
  readonly sources: ReadonlyMap<Path, unknown>;
  /** What tells a source file from the same file with another text. */
  stateOf(source: SourceText): unknown;
  /** The outline of a source file as it was. */
  outlineOf(path: Path): SourceFacts | undefined;
}

/** What of the past of a workspace is of use. */
export interface Usable {
  /** How a rule ran before, and what of it still stands. */
  readonly earlier: (rule: Rule) => Earlier | undefined;
  /** What would be compared now in a search for copies. */
  readonly copySurvey: CopySurvey | undefined;
}

/**
 * Finds out what of the past of a workspace is of use.
 *
 * @param ground of the workspace as it is now
 */
export function usableOf(past: Past, opened: Opened, ground: string): Usable | undefined {
  const changes = ground === past.ground ? changesSince(past, opened) : undefined;
  if (changes === undefined) return undefined;
  const { workspace } = opened;
  const stands = standing(past, workspace, changes);
  return {
    earlier: ({ name }) => {
      const run = past.runs.get(name);
      return run && { run, stands };
    },
    get copySurvey() {
      // Where copies were searched anew, that is what counts.
      if (workspace.copySurvey !== undefined || past.copySurvey === undefined) return workspace.copySurvey;
      return copySurveyAfter(workspace, past.copySurvey, changes.map(({ path }) => path));
    },
  };
}

/** More changed files than this are not worth comparing. */
const MOST_CHANGES = 200;

function changesSince(past: Past, { workspace, snapshot }: Opened): readonly Change[] | undefined {
  const sources = snapshot.files.filter(isSource);
  if (sources.length !== past.sources.size || !sources.every(({ path }) => past.sources.has(path))) return undefined;
  const changed = sources.filter((source) => past.sources.get(source.path) !== past.stateOf(source));
  if (changed.length > MOST_CHANGES) return undefined;
  const changes = changed.flatMap(({ path }): readonly Change[] => {
    const [before, after] = [past.outlineOf(path), workspace.source(path)];
    return before === undefined || after === undefined ? [] : [{ path, before, after }];
  });
  return changes.length === changed.length ? changes : undefined;
}

/** More sets than this are not carried from workspace to workspace: most of them are of the past. */
const MOST_SETS = 400_000;

/**
 * A workspace as the past of the next one, in the same process.
 *
 * @param ground of the workspace
 */
export function pastOf(opened: Opened, runs: ReadonlyMap<Rule, RuleRun>, ground: string, copySurvey: CopySurvey | undefined): Past | undefined {
  const { workspace } = opened;
  if (workspace.ledger.size > MOST_SETS) return undefined;
  const stateOf = (source: SourceText): unknown => source;
  return {
    ...answersIn(workspace),
    copySurvey,
    runs: new Map([...runs].map(([{ name }, run]) => [name, run])),
    ground,
    sources: statesOf(opened, stateOf),
    stateOf,
    outlineOf: (path) => workspace.source(path),
  };
}

/**
 * Everything that an answer about a workspace may rest on besides the texts of its source files: which files there are, what says how it is
 * laid out, policy, day.
 *
 * @param hashOf the hash of a file's text
 */
export function groundOf({ workspace, snapshot, listed }: Opened, hashOf: (source: SourceText) => string = ({ text }) => hashText(text)): string {
  const data = snapshot.files.filter((source) => !isSource(source)).map((source) => [source.path, hashOf(source)]);
  return hashText(JSON.stringify([workspace.policy, workspace.now, listed, snapshot.unreadable, data]));
}

/** The source files of a workspace with what tells each from the same file with another text. */
export function statesOf({ snapshot }: Opened, stateOf: (source: SourceText) => unknown): ReadonlyMap<Path, unknown> {
  return new Map(snapshot.files.filter(isSource).map((source) => [source.path, stateOf(source)]));
}

function isSource({ path }: SourceText): boolean {
  const language = languageOf(path);
  return language !== "json" && language !== "yaml";
}
