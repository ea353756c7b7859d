import { Cache, cacheFolder } from "../cache.js";
import { cachedFacts } from "../cached-facts.js";
import { pathWithin } from "../files/disk.js";
import type { Path } from "../files/path.js";
import { hashesIn, keepRuns, recallRuns } from "../kept-runs.js";
import { findRoot } from "../files/root.js";
import type { Finding } from "../rule/finding.js";
import type { Rule } from "../rule/rule.js";
import { today } from "../run.js";
import { once } from "../workspace/memo.js";
import { type Base, baseOn } from "./base.js";
import { FactStore } from "./fact-store.js";
import type { Judgement, Trouble } from "./judgement.js";
import { lookAt, lookThrough, type Picture, type Sighting } from "./sighting.js";
import { type Fingerprints, fingerprintsOf, parseVerdict, type Verdict } from "./verdict.js";

/** What an ESLint rule knows when ESLint calls it for a file. */
export interface Question {
  /** Absolute path of the file. */
  readonly file: string;
  readonly cwd: string;
  /** The file's text as ESLint has it, saved or not. */
  readonly text: string;
  /** The same object for all rules that are called in one lint of the file. */
  readonly lint: object;
}

/** What a rule is to report in a file. */
export interface Answer {
  readonly findings: readonly Finding[];
  /** Why the answer is not to be trusted. What is wrong with the workspace as a whole is told to the first rule of a lint only. */
  readonly troubles: readonly Trouble[];
}

/** One lint of one file, by however many rules. */
interface Lint {
  readonly question: Question;
  /** Nothing where the file is none of a workspace's. */
  readonly verdict: { readonly path: Path; readonly judgement: Judgement } | undefined;
  readonly asked: Set<Rule>;
}

/**
 * What lives on between lints: the one mutable state of drift-guard.
 *
 * ESLint calls rules file by file and says nothing of other files, nor of the beginning and end of a run, and an editor's server lives
 * for days. So the session looks at the disk again before it answers, as often as that is cheap, and keeps what it knows of files that
 * have not changed. A file whose text is not the one on disk is swapped in for its own lint only.
 */
export class Session {
  readonly #rules: readonly Rule[];
  readonly #workspaces = new Map<string, LiveWorkspace>();
  #lint: Lint | undefined;
  /** Roots that were found a moment ago, by where they were looked for, and when that was. */
  #roots: { readonly at: number; readonly byStart: Map<string, string> } = { at: 0, byStart: new Map() };

  /** @param rules every rule that there is, for those that ask what others find */
  constructor(rules: readonly Rule[] = []) {
    this.#rules = rules;
  }

  /** What a rule is to report. */
  ask(rule: Rule, question: Question): Answer {
    const isFirst = this.#lint === undefined || !belongsTo(this.#lint, rule, question);
    const lint = isFirst || this.#lint === undefined ? { question, verdict: this.#judge(question), asked: new Set<Rule>() } : this.#lint;
    this.#lint = lint;
    lint.asked.add(rule);
    if (lint.verdict === undefined) return { findings: [], troubles: [] };
    const { path, judgement } = lint.verdict;
    const { findings, troubles } = judgement.of(rule, path);
    return { findings, troubles: isFirst ? [...judgement.troublesIn(path), ...troubles] : troubles };
  }

  /** The workspace that a folder belongs to, as it is now, and everything that is to be said of it. */
  survey(folder: string): Survey {
    return this.#workspaceAt(findRoot(folder)).survey();
  }

  #judge({ file, cwd, text }: Question): Lint["verdict"] {
    // The folder that ESLint runs in counts first, as it does for the command line; the file's own where ESLint was started elsewhere.
    for (const start of [cwd, file]) {
      const root = this.#rootOf(start);
      const path = pathWithin(root, file);
      if (path === undefined) continue;
      const judgement = this.#workspaceAt(root).judgementWith(path, text);
      return judgement && { path, judgement };
    }
    return undefined;
  }

  /** Whoever lints a thousand files in a folder asks a thousand times. */
  #rootOf(start: string): string {
    const now = performance.now();
    if (now - this.#roots.at >= pause) this.#roots = { at: now, byStart: new Map() };
    const { byStart } = this.#roots;
    const root = byStart.get(start) ?? findRoot(start);
    byStart.set(start, root);
    return root;
  }

  #workspaceAt(root: string): LiveWorkspace {
    const workspace = this.#workspaces.get(root) ?? new LiveWorkspace(root, this.#rules);
    this.#workspaces.set(root, workspace);
    return workspace;
  }
}

/** Some hosts have one object for all lints; but a rule is called once per lint, so one that comes back asks for another. */
function belongsTo(lint: Lint, rule: Rule, { lint: of, file, text }: Question): boolean {
  return lint.question.lint === of && lint.question.file === file && lint.question.text === text && !lint.asked.has(rule);
}

/** A workspace, and everything that is to be said of it. */
export interface Survey {
  readonly picture: Picture;
  readonly fingerprints: Fingerprints;
}

/** So many times as long as a look took, what it saw is good enough for files that are linted in one go: a thousand of them must not be a thousand looks. */
const patience = 200;

/** After such a pause, in milliseconds, nobody is linting in one go: what was seen before it is not believed. */
const pause = 1000;

/** Under which name a verdict is kept. */
const LINT = "lint";

/** One root on disk, looked at again and again. */
class LiveWorkspace {
  readonly #root: string;
  readonly #rules: readonly Rule[];
  readonly #cache: Cache;
  readonly #store: FactStore;
  /** What was seen at first, which the cache is about. */
  readonly #first: Sighting;
  /** What the last process found out. */
  readonly #past = once(() => recallRuns(this.#cache));
  #sighting: Sighting | undefined;
  #looked = 0;
  /** When something was linted last. */
  #asked = 0;
  #base: Base | undefined;
  /** What was said of the first picture before, and whether what is said of it now has been left to others. */
  #recalled: Verdict | undefined;
  #isKept = false;
  /** What was linted since the last look, with its text. */
  readonly #linted = new Map<Path, string>();

  constructor(root: string, rules: readonly Rule[]) {
    this.#root = root;
    this.#rules = rules;
    this.#cache = new Cache(root, cacheFolder(root));
    this.#store = new FactStore(cachedFacts(this.#cache));
    this.#first = lookThrough(this.#cache);
  }

  judgementWith(path: Path, text: string): Judgement | undefined {
    const picture = this.#sighting === undefined || this.#isDue(this.#sighting, path, text) ? this.#look() : this.#sighting.picture;
    this.#linted.set(path, text);
    this.#asked = performance.now();
    return this.#baseOn(picture).judgementWith(path, text);
  }

  survey(): Survey {
    const picture = this.#look();
    const base = this.#baseOn(picture);
    const said = base.said();
    // Without a policy every file says why, and any file may be the one that makes one possible.
    if ("faults" in said) return { picture, fingerprints: { common: JSON.stringify(said.faults), own: new Map() } };
    if (picture === this.#first.picture && !this.#isKept) this.#keep(said.verdict, base.now);
    return { picture, fingerprints: fingerprintsOf(said.verdict, said.judgement, this.#rules) };
  }

  #look(): Picture {
    this.#sighting = this.#sighting === undefined ? this.#first : lookAt(this.#root, this.#sighting);
    this.#looked = performance.now();
    this.#linted.clear();
    return this.#sighting.picture;
  }

  #baseOn(picture: Picture): Base {
    const now = today();
    if (this.#base?.picture === picture && this.#base.now === now) return this.#base;
    const known = picture === this.#first.picture ? this.#cache.recall(LINT, [now]) : undefined;
    this.#recalled = known === undefined ? undefined : parseVerdict(known);
    const past = this.#base?.past() ?? this.#past;
    this.#base = baseOn({ picture, store: this.#store, now, rules: this.#rules, verdict: this.#recalled, past, hashOf: hashesIn(this.#cache) });
    return this.#base;
  }

  /** Leaves what was found out to the workers, and to the next run. */
  #keep(verdict: Verdict, now: string): void {
    this.#isKept = true;
    try {
      if (this.#recalled !== verdict) this.#cache.remember(LINT, [now], JSON.stringify(verdict));
      const heard = this.#base?.heard();
      const ground = heard?.opened.ground;
      if (heard !== undefined && ground !== undefined) keepRuns(this.#cache, heard.opened, { runs: heard.runs, ground, survey: heard.survey() });
      this.#cache.save();
    } catch {
      // A cache that cannot be written costs time and nothing else.
    }
  }

  #isDue({ effort }: Sighting, path: Path, text: string): boolean {
    const linted = this.#linted.get(path);
    // The same file with the same text: a new run has begun, so something else must have happened.
    if (linted === text) return true;
    const now = performance.now();
    // With another text somebody is typing, or ESLint is fixing and lints once more.
    if (linted !== undefined) return now - this.#looked >= Math.min(effort, pause);
    return now - Math.max(this.#asked, this.#looked) >= pause || now - this.#looked >= patience * effort;
  }
}
