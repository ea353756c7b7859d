import type { SourceFacts } from "./facts/facts.js";
import { hashText } from "./files/hash.js";
import { isSource } from "./files/language.js";
import type { Path } from "./files/path.js";
import type { SourceText, UnreadableFile } from "./files/snapshot.js";
import type { Extractor, Opened } from "./open.js";
import type { Policy } from "./policy/policy.js";
import type { Earlier, Rule, RuleRun } from "./rule/rule.js";
import type { Brief } from "./workspace/brief.js";
import { copySurveyAfter } from "./workspace/copies.js";
import type { CopySurvey } from "./workspace/copies/survey.js";
import { once } from "./workspace/memo.js";
import { comparedAnswers, type Change, type EarlierAnswers, standing } from "./workspace/standing.js";
import type { Workspace } from "./workspace/workspace.js";

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
  briefOf(path: Path): Brief | undefined;
}

/** The past of a workspace that differs from it by some source files only. */
export interface Before {
  readonly past: Past;
  /** The files that differ, each with its outline as it was. */
  readonly changed: ReadonlyMap<Path, SourceFacts>;
}

/** More changed files than this are not worth comparing. */
const MOST_CHANGES = 200;

/**
 * Finds out whether a past is worth anything.
 *
 * @param ground of the workspace as it is now
 * @param files its files
 */
export function beforeOf(past: Past | undefined, ground: string, files: readonly SourceText[]): Before | undefined {
  if (past?.ground !== ground) return undefined;
  const states = statesOf(files, (source) => past.stateOf(source));
  if (states.size !== past.sources.size || ![...states.keys()].every((path) => past.sources.has(path))) return undefined;
  const paths = [...states].flatMap(([path, state]) => (past.sources.get(path) === state ? [] : [path]));
  if (paths.length > MOST_CHANGES) return undefined;
  const changed = new Map<Path, SourceFacts>();
  for (const path of paths) {
    const outline = past.outlineOf(path);
    if (outline === undefined) return undefined;
    changed.set(path, outline);
  }
  return { past, changed };
}

/** What of the past of a workspace is of use. */
export interface Usable {
  /** How a rule ran before, and what of it still stands. */
  readonly earlier: (rule: Rule) => Earlier | undefined;
  /** What would be compared now in a search for copies. */
  readonly copySurvey: () => CopySurvey | undefined;
}

/** What of the past of a workspace is of use: of none, nothing. */
export function usableOf(before: Before | undefined, workspace: Workspace): Usable {
  if (before === undefined) return { earlier: () => undefined, copySurvey: () => workspace.copySurvey };
  const { past, changed } = before;
  const changes = [...changed].flatMap(([path, outline]): readonly Change[] => {
    const after = workspace.source(path);
    return after === undefined ? [] : [{ path, before: outline, after }];
  });
  const stands = standing(past, workspace, changes);
  const surveyAfter = once(() => past.copySurvey && copySurveyAfter(workspace, past.copySurvey, [...changed.keys()]));
  return {
    earlier: ({ name }) => {
      const run = past.runs.get(name);
      return run && { run, stands };
    },
    // Where copies were searched anew, that is what counts.
    copySurvey: () => workspace.copySurvey ?? surveyAfter(),
  };
}

/** More sets than this for each file are not carried from workspace to workspace: most of them are of the past. A check makes about 25. */
const MOST_SETS = 75;

/** Fewer files count as so many. */
const LEAST_FILES = 1000;

/**
 * A workspace as the past of the next one, in the same process.
 *
 * @param extractor how the outline of a text is had
 * @remarks It holds on to nothing of the workspace or of who asks for it, which may hold on to their own past.
 */
export function pastOf(
  { workspace, snapshot, ground }: Opened,
  runs: ReadonlyMap<Rule, RuleRun>,
  copySurvey: CopySurvey | undefined,
  extractor: Pick<Extractor, "outline">,
): Past | undefined {
  const { ledger } = workspace;
  const sources = statesOf(snapshot.files, asItself);
  if (ground === undefined || ledger.size > MOST_SETS * Math.max(sources.size, LEAST_FILES)) return undefined;
  return remembered({
    ledger,
    answers: comparedAnswers(workspace),
    copySurvey,
    runs: new Map([...runs].map(([{ name }, run]) => [name, run])),
    ground,
    sources,
    texts: new Map(snapshot.files.map((source) => [source.path, source])),
    briefs: new Map([...sources.keys()].map((path) => [path, workspace.brief(path)])),
    extractor,
  });
}

/** What is remembered of a workspace. */
interface Remembered extends Pick<Past, "ledger" | "copySurvey" | "runs" | "ground" | "sources"> {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly texts: ReadonlyMap<Path, SourceText>;
  readonly briefs: ReadonlyMap<Path, Brief>;
  readonly extractor: Pick<Extractor, "outline">;
}

/** A past of its own: functions that were made beside others would hold on to all that any of them uses, the workspace and its own past. */
function remembered({ answers, texts, briefs, extractor, ...rest }: Remembered): Past {
  return {
    ...rest,
    stateOf: asItself,
    answerOf: (name) => answers[name],
    outlineOf: (path) => {
      const source = texts.get(path);
      const facts = source && extractor.outline(source);
      return facts?.kind === "source" ? facts : undefined;
    },
    briefOf: (path) => briefs.get(path),
  };
}

/** In one process a text that has not changed is the same object. */
function asItself(source: SourceText): unknown {
  return source;
}

/** What a workspace is opened with. */
interface Grounds {
  readonly policy: Policy;
  readonly now: string;
  readonly listed: readonly Path[];
  /** The baseline that was asked for. */
  readonly baselineFile: Path | undefined;
  readonly unreadable: readonly UnreadableFile[];
  readonly files: readonly SourceText[];
}

/**
 * Everything that an answer about a workspace may rest on besides the texts of its source files: which files there are, what says how it is
 * laid out, policy, day.
 *
 * @param hashOf the hash of a file's text
 */
export function groundOf({ policy, now, listed, baselineFile, unreadable, files }: Grounds, hashOf: (source: SourceText) => string): string {
  const data = files.filter(({ path }) => !isSource(path)).map((source) => [source.path, hashOf(source)]);
  return hashText(JSON.stringify([policy, now, listed, baselineFile, unreadable, data]));
}

/** The source files among some with what tells each from the same file with another text. */
export function statesOf(files: readonly SourceText[], stateOf: (source: SourceText) => unknown): ReadonlyMap<Path, unknown> {
  return new Map(files.filter(({ path }) => isSource(path)).map((source) => [source.path, stateOf(source)]));
}
