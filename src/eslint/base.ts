import type { RuleResult } from "../check/results.js";
import { trustProblems } from "../check/trust.js";
import { languageOf } from "../files/language.js";
import { wouldList } from "../files/list.js";
import type { Path } from "../files/path.js";
import type { SourceText } from "../files/snapshot.js";
import { tellsPreset } from "../policy/detect.js";
import { CONFIG_FILE } from "../policy/load.js";
import type { RunProblem } from "../rule/finding.js";
import { type Past, pastOf, usableOf } from "../past.js";
import type { Earlier, Rule, RuleRun } from "../rule/rule.js";
import { type Extractor, internalError, type Memory, openSources, type Opened, type Refused } from "../run.js";
import { withFile } from "../workspace/build.js";
import type { CopySurvey } from "../workspace/copies/survey.js";
import { once } from "../workspace/memo.js";
import type { FactStore } from "./fact-store.js";
import { type Case, caseOf, judge, type Judgement, unjudged } from "./judgement.js";
import { type Picture, pictureWith, sourcesOf } from "./sighting.js";
import { caseFrom, type Verdict, verdictOn } from "./verdict.js";

/** What follows from a picture of the disk. Unsaved texts are answered on top of it and leave no trace in it. */
export interface Base {
  readonly picture: Picture;
  /** The day that it was judged on. */
  readonly now: string;
  /**
   * The judgement on the workspace as it would be with this text on disk.
   *
   * @returns undefined for a file that is none of the workspace's
   */
  judgementWith(path: Path, text: string): Judgement | undefined;
  /** How the rules ran that have been asked, if any has. */
  heard(): Hearing | undefined;
  /** What is found here, as the past of the next picture. */
  past(): () => Past | undefined;
  /** Everything that is to be said of the workspace as it is, or why nothing can be. */
  said(): { readonly verdict: Verdict; readonly judgement: Judgement } | { readonly faults: readonly RunProblem[] };
}

/** A workspace whose rules are being asked. */
export interface Hearing {
  readonly opened: Opened;
  /** How those ran that have been asked. */
  readonly runs: ReadonlyMap<Rule, RuleRun>;
  readonly case: Case;
  /** What was compared in the search for copies. */
  survey(): CopySurvey | undefined;
}

/** What a base is made with. */
interface Means {
  readonly picture: Picture;
  readonly store: FactStore;
  /** The day to judge on. */
  readonly now: string;
  /** Every rule that there is. */
  readonly rules: readonly Rule[];
  /** What was said of the same picture on the same day, where that is known. */
  readonly verdict?: Verdict | undefined;
  /** What rules found in an earlier picture, as far as somebody knows; asked when there is need to. */
  readonly past: () => Past | undefined;
  /** The hash of a file's text. */
  readonly hashOf: (source: SourceText) => string;
}

/** Answers about the workspace of a picture, which is opened when it is needed. */
export function baseOn({ picture, store, now, rules, verdict, past, hashOf }: Means): Base {
  const opened = once(() => openPicture(picture, store, now, { past: past(), hashOf }));
  const hear = once((): Hearing | undefined => {
    const it = opened();
    if ("faults" in it) return undefined;
    const { earlier, copySurvey } = usableOf(it.before, it.workspace);
    const { runs, ...rest } = caseOf(it, rules, earlier);
    return { opened: it, runs, case: rest, survey: copySurvey };
  });
  let heard: Hearing | undefined;
  const hearing = (): Hearing | undefined => (heard ??= hear());
  const wholeCase = once((): Case | undefined => (verdict === undefined ? hearing()?.case : caseFrom(verdict, (rule) => hearing()?.case.resultOf(rule) ?? nothing)));
  const judgement = once(() => {
    const it = wholeCase();
    return it === undefined ? judgementOf(opened()) : judge(it, rules);
  });
  const listed = new Set(picture.paths);

  return {
    picture,
    now,
    judgementWith(path, text) {
      const saved = picture.files.get(path);
      if (saved === undefined && listed.has(path)) return judgement();
      if (saved !== undefined && (saved.isText?.(text) ?? saved.text === text)) return judgement();
      const language = languageOf(path);
      if (language === undefined || (saved === undefined && !wouldList(picture.root, path))) return undefined;
      return swapped({ path, language, text });
    },
    heard: () => heard,
    past: () => (heard === undefined ? past : known(pastOf(heard.opened, heard.runs, heard.survey(), store))),
    said() {
      const it = wholeCase();
      if (it !== undefined) return { verdict: verdict ?? verdictOn(it, rules), judgement: judgement() };
      const refused = opened();
      return { faults: "faults" in refused ? refused.faults : [] };
    },
  };

  function swapped(source: SourceText): Judgement {
    // Without a policy any file may be the one that makes one possible; another config makes another policy, and so may another file.
    const base = opened();
    if ("faults" in base || source.path === CONFIG_FILE || !listed.has(source.path) || tellsPreset(picture.paths, source.path)) return judgementOf(openPicture(pictureWith(picture, source), store, now));
    const { workspace, snapshot, textOf } = base;
    if (workspace.matches(source.path, workspace.policy.exclude)) return judgement();
    const outline = store.outline(source);
    const changed = withFile(workspace, source.path, outline, () => store.body(source));
    const problems = trustProblems(changed, snapshot.unreadable);
    // What rules have found stands where it rests on nothing that is another in this text.
    const stands = workspace.standing(source.path, changed, () => hearing()?.survey());
    const earlier = (rule: Rule): Earlier | undefined => {
      const run = stands === undefined ? undefined : runOf(rule);
      return stands && run && { run, stands };
    };
    return judge(caseOf({ workspace: changed, problems, textOf: (path) => (path === source.path ? source.text : textOf(path)) }, rules, earlier), rules);
  }

  function runOf(rule: Rule): RuleRun | undefined {
    const it = hearing();
    it?.case.resultOf(rule);
    return it?.runs.get(rule);
  }

  function judgementOf(it: Opened | Refused): Judgement {
    return "faults" in it ? unjudged(it.faults) : judge(caseOf(it, rules), rules);
  }
}

const nothing: RuleResult = { findings: [], examined: 0, problems: [] };

/** Made here, where it holds on to nothing else. */
function known(past: Past | undefined): () => Past | undefined {
  return () => past;
}

function openPicture(picture: Picture, extractor: Extractor, now: string, memory?: Memory): Opened | Refused {
  try {
    return openSources(sourcesOf(picture), { extractor, now, memory });
  } catch (error) {
    return { faults: [internalError(error, false)] };
  }
}
