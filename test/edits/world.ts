import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Base, baseOn } from "../../src/eslint/base.js";
import { FactStore } from "../../src/eslint/fact-store.js";
import { type Picture, pictureWith } from "../../src/eslint/sighting.js";
import { hashText } from "../../src/files/hash.js";
import { languageOf } from "../../src/files/language.js";
import { toPath, type Path } from "../../src/files/path.js";
import type { SourceText } from "../../src/files/snapshot.js";
import { freshly } from "../../src/open.js";
import type { Past } from "../../src/past.js";
import type { Rule, RuleRun } from "../../src/rule/rule.js";

/** The day that everything is judged on. */
export const DAY = "2026-06-01";

/** Texts by path. */
export type Texts = ReadonlyMap<string, string>;

/** The texts of a folder. */
export function textsIn(folder: string): Texts {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/")).sort();
  return new Map(files.map((file) => [file, readFileSync(path.join(folder, file), "utf8")]));
}

/** What stands on a disk that is none. */
export function pictureOf(texts: Texts, before?: Picture): Picture {
  const files = new Map<Path, SourceText>();
  for (const [name, text] of texts) {
    const [file, language] = [toPath(name), languageOf(toPath(name))];
    const known = before?.files.get(file);
    if (language !== undefined) files.set(file, known?.text === text ? known : { path: file, language, text });
  }
  return { root: "/workspace", paths: [...texts.keys()].map(toPath).sort(), files, unfit: new Map(), unlisted: [] };
}

/** The picture with an unsaved text in it. */
export function withText(picture: Picture, file: Path, text: string): Picture {
  const language = languageOf(file);
  return language === undefined ? picture : pictureWith(picture, { path: file, language, text });
}

/** What rules do not find anew, of what they find. */
export interface Tally {
  all: number;
  stood: number;
}

/** Rules that count what they take over from earlier runs. */
export function counted(rules: readonly Rule[], tally: Tally): readonly Rule[] {
  return rules.map((rule) => ({
    ...rule,
    run: (workspace, found, earlier): RuleRun => {
      const run = rule.run(workspace, found, earlier);
      const before = new Set(earlier?.run.units);
      tally.all += run.units.length;
      tally.stood += run.units.filter((unit) => before.has(unit)).length;
      return run;
    },
  }));
}

/** One world whose pictures follow each other, as they do in an editor. */
export class World {
  readonly rules: readonly Rule[];
  readonly store = new FactStore(freshly);

  constructor(rules: readonly Rule[]) {
    this.rules = rules;
  }

  /** A base that builds on what is known of another picture, or on nothing. */
  base(picture: Picture, past: () => Past | undefined = () => undefined, rules = this.rules): Base {
    return baseOn({ picture, store: this.store, now: DAY, rules, past, hashOf: ({ text }) => hashText(text) });
  }
}

/** Everything that a base says of its own picture; plain JSON. */
export function saidBy(base: Base): unknown {
  const said = base.said();
  return "faults" in said ? said : said.verdict;
}

/** Everything that is said in each file when one of them has this text; the same for the same judgement. */
export function judgedWith(base: Base, file: Path, text: string, rules: readonly Rule[], files: Iterable<Path>): unknown {
  const judgement = base.judgementWith(file, text);
  if (judgement === undefined) return undefined;
  return [...files].map((path) => [path, judgement.troublesIn(path), ...rules.map((rule) => [rule.name, judgement.of(rule, path)])]);
}
