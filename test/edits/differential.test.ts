import { expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { Cache } from "../../src/cache.js";
import { sourcesOf, type Picture } from "../../src/eslint/sighting.js";
import { toPath } from "../../src/files/path.js";
import { usableOf } from "../../src/past.js";
import { open, openSources, report } from "../../src/run.js";
import { generate } from "../bench/workspace/generate.js";
import { seeded } from "../bench/workspace/random.js";
import { Folder } from "../folder.js";
import { edit } from "./edits.js";
import { counted, DAY, judgedWith, pictureOf, saidBy, textsIn, withText, World, type Tally, type Texts } from "./world.js";

/** Another seed tells another story, and with `DRIFT_GUARD_EDITS=500` a longer one. */
const SEED = process.env["DRIFT_GUARD_SEED"] ?? "convergence";
const EDITS = process.env["DRIFT_GUARD_EDITS"];

const worlds: readonly (readonly [name: string, edits: number, begin: () => Texts])[] = [
  ["hq", 8, () => textsIn("fixtures/hq")],
  ["hq-shell", 26, () => textsIn("fixtures/hq-shell")],
  ["hq-drifted", 28, () => textsIn("fixtures/hq-drifted")],
  ["generated", 8, () => new Map([...generate(120, SEED)].map(({ path, text }) => [path, text]))],
];

/** Files that much rests on. */
const DEAR = /manifest|rawr\.hq|apps\/server|host|\.test\.|index\.ts$/u;

it.each(worlds)("after edits the same is said as by who knows nothing from before: %s", (name, count, begin) => {
  const random = seeded(`${SEED} ${name}`);
  const first = begin();
  const texts = new Map(first);
  const dear = [...texts.keys()].filter((file) => DEAR.test(file));
  const tally: Tally = { all: 0, stood: 0 };
  const tallied = counted(rules, tally);
  const world = new World(rules);
  const said = (picture: Picture): unknown => saidBy(world.base(picture));
  let base = world.base(pictureOf(texts), undefined, tallied);
  const story: string[] = [];
  const tale = (what: string): string => `${what} with seed ${SEED} after ${story.slice(-12).join("; ")}`;
  for (let step = 0; step < Number(EDITS ?? count); step += 1) {
    const { what, texts: edited } = edit({ texts, first }, random, dear);
    story.push(what);
    const [file = "", text = ""] = [...edited][0] ?? [];
    const path = toPath(file);
    const unsaved = withText(base.picture, path, text);
    // Rules are asked in any order, and not all of them of every picture.
    const asked = random.sample(tallied, random.chance(0.7) ? rules.length : random.int(1, rules.length));
    const anew = world.base(unsaved);
    expectSame(judgedWith(base, path, text, asked, unsaved.paths), judgedWith(anew, path, text, asked.map(({ name: rule }) => ruleOf(rule)), unsaved.paths), tale("typed"));
    if (!random.chance(0.75)) continue;
    story.push("save");
    for (const [changed, now] of edited) texts.set(changed, now);
    const picture = pictureOf(texts, base.picture);
    base = world.base(picture, base.past(), tallied);
    if (random.chance(0.4)) expectSame(saidBy(base), edited.size === 1 ? saidBy(anew) : said(picture), tale("saved"));
  }
  // What asks everything anew proves nothing.
  expect(tally.stood / tally.all).toBeGreaterThan(0.4);
});

it("after edits a run with a cache reports the same as one without", () => {
  const random = seeded(`${SEED} disk`);
  const first = textsIn("fixtures/hq-drifted");
  const texts = new Map(first);
  using folder = new Folder(Object.fromEntries(texts));
  const world = new World(rules);
  const tally: Tally = { all: 0, stood: 0 };
  const story: string[] = [];
  const { root } = folder;
  for (let step = 0; step < Number(EDITS ?? 16); step += 1) {
    for (let edits = random.int(0, 3); edits >= 0; edits -= 1) {
      const { what, texts: edited } = edit({ texts, first }, random, [...texts.keys()].filter((file) => DEAR.test(file)));
      story.push(what);
      for (const [file, text] of edited) {
        texts.set(file, text);
        folder.write(file, text);
      }
    }
    story.push("run");
    const cache = new Cache(root, folder.at("node_modules/.cache"));
    const options = { root, now: DAY, cache };
    const opening = open(options);
    if ("faults" in opening) throw new Error(opening.faults.map(({ message }) => message).join("\n"));
    const warm = report(opening, options, undefined, 0);
    const anew = report(openSources({ ...sourcesOf(pictureOf(texts)), root }, { extractor: world.store, now: DAY }), { root }, undefined, 0);
    expectSame({ ...warm, summary: { ...warm.summary, ms: 0 } }, { ...anew, summary: { ...anew.summary, ms: 0 } }, `with seed ${SEED} after ${story.slice(-12).join("; ")}`);
    const usable = opening.before && usableOf(opening.before, opening.workspace);
    for (const rule of rules) {
      const earlier = usable?.earlier(rule);
      const units = earlier?.run.units ?? [];
      tally.all += units.length;
      if (earlier?.stands(earlier.run.reads) === true) tally.stood += units.filter(({ reads }) => earlier.stands(reads)).length;
    }
    cache.save();
  }
  expect(tally.stood / tally.all).toBeGreaterThan(0.3);
});

/** Compares without looking at what is the same, of which there is much. */
function expectSame(said: unknown, anew: unknown, tale: string): void {
  if (JSON.stringify(said) !== JSON.stringify(anew)) expect(said, tale).toEqual(anew);
}

function ruleOf(name: string): (typeof rules)[number] {
  const rule = rules.find((one) => one.name === name);
  if (rule === undefined) throw new Error(`There is no rule ${name}`);
  return rule;
}
