import { expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { resultsOn } from "../../src/check/results.js";
import { FactStore } from "../../src/eslint/fact-store.js";
import { sourcesOf } from "../../src/eslint/sighting.js";
import { freshly, openSources, type Opened } from "../../src/open.js";
import type { Rule } from "../../src/rule/rule.js";
import { Ledger, type Reads } from "../../src/workspace/ledger.js";
import { seeded } from "../bench/workspace/random.js";
import { DAY, pictureOf, textsIn } from "./world.js";

/** Another seed looks at other answers, and with `DRIFT_GUARD_READS=9999` at all of them. */
const SEED = process.env["DRIFT_GUARD_SEED"] ?? "convergence";
const MOST = Number(process.env["DRIFT_GUARD_READS"] ?? 40);

/** What has been read, by its name. */
function namesOf({ keys }: Ledger, reads: Reads): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (set: Reads): void => {
    for (const key of set.keys) names.add(`${keys[key]?.what ?? "?"} of ${keys[key]?.of ?? "?"}`);
    set.parts.forEach(add);
  };
  add(reads);
  return names;
}

it.each(["hq", "hq-shell", "hq-drifted"])("what an answer rests on is what it reads when nothing has been answered before: %s", (name) => {
  const random = seeded(`${SEED} ${name}`);
  const picture = pictureOf(textsIn(`fixtures/${name}`));
  const store = new FactStore(freshly);
  const open = (): Opened => {
    const opened = openSources(sourcesOf(picture), { extractor: store, now: DAY, memory: { hashOf: ({ path }) => path } });
    if ("faults" in opened) throw new Error(opened.faults.map(({ message }) => message).join("\n"));
    return opened;
  };
  const shared = open();
  const { resultOf, runs } = resultsOn(shared.workspace, { textOf: shared.textOf, among: rules });
  // In another order others are the first to ask.
  for (const rule of random.sample(rules, rules.length)) resultOf(rule);
  const { ledger } = shared.workspace;
  const untold: string[] = [];
  const seen = { file: 0, other: 0 };
  const compare = (what: string, noted: Reads, alone: Ledger, read: Reads, ...more: readonly Reads[]): void => {
    const known = new Set([noted, ...more].flatMap((reads) => [...namesOf(ledger, reads)]));
    const missing = [...namesOf(alone, read)].filter((one) => !known.has(one));
    if (missing.length > 0) untold.push(`${what}: ${missing.slice(0, 3).join(", ")}`);
  };
  for (const rule of rules) {
    const run = runs.get(rule);
    if (run === undefined) throw new Error(`${rule.name} has not run`);
    const subjects = alone(rule, open(), ({ all }) => void all());
    compare(`${rule.name}, its subjects`, run.reads, subjects.ledger, subjects.reads);
    const units = [...run.units.entries()];
    for (const [index, { file, reads }] of [...random.sample(units.filter(([, unit]) => unit.file !== undefined), MOST), ...units.filter(([, unit]) => unit.file === undefined).slice(0, MOST)]) {
      seen[file === undefined ? "other" : "file"] += 1;
      const one = alone(rule, open(), ({ all, look }) => void look(file ?? all()[index]));
      compare(`${rule.name}, ${file ?? `subject ${String(index)}`}`, reads, one.ledger, one.reads, ...(file === undefined ? [run.reads] : []));
    }
  }
  expect(untold).toEqual([]);
  expect(seen.file).toBeGreaterThan(80);
  expect(seen.other).toBeGreaterThan(5);
});

/** A rule as its file defines it. */
interface Defined {
  subjects(ask: unknown): Iterable<unknown>;
  check(subject: unknown, ask: unknown): Iterable<unknown>;
}

function isDefined(rule: object): rule is Defined {
  return "subjects" in rule && "check" in rule;
}

/** What is read for one question of a rule in a workspace of which nothing has been asked before. */
function alone(rule: Rule, { workspace }: Opened, ask: (rule: { all(): readonly unknown[]; look(subject: unknown): unknown }) => void): { readonly ledger: Ledger; readonly reads: Reads } {
  if (!isDefined(rule)) throw new Error(`${rule.name} is not defined`);
  const { ledger, policy } = workspace;
  const asked = { workspace, policy: rule.family.slice(policy), found: () => undefined };
  const { reads } = ledger.gather(() => {
    ask({ all: () => [...rule.subjects(asked)], look: (subject) => [...rule.check(subject, asked)] });
  });
  return { ledger, reads };
}
