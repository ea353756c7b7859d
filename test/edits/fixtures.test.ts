import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { isSource } from "../../src/files/language.js";
import { toPath, type Path } from "../../src/files/path.js";
import { judgedWith, pictureOf, saidBy, textsIn, World, type Texts } from "./world.js";

/** Where nobody has more time, a few files of those that break a law. */
const ALL = process.env["DRIFT_GUARD_EDITS"] !== undefined;
const kinds = ALL ? (["breach", "kept", "near-miss"] as const) : (["breach"] as const);
const MOST = ALL ? Infinity : 6;
const names = readdirSync("fixtures").filter((name) => !name.startsWith("hq"));
const world = new World(rules);

/** What a file is before somebody writes it. */
const EMPTY = "export {};\n";

/** Files for which it makes a difference to what is said whether their text has just been written, or taken away. */
function stale(texts: Texts): readonly string[] {
  const paths = [...texts.keys()].map(toPath).filter(isSource);
  const whole = pictureOf(texts);
  const base = world.base(whole);
  const said = JSON.stringify(saidBy(base));
  const files: readonly Path[] = whole.paths;
  return paths.slice(-MOST).flatMap((path) => {
    const text = texts.get(path) ?? "";
    const without = pictureOf(new Map(texts).set(path, EMPTY), whole);
    const anew = world.base(without);
    const judged = (one: typeof base, now: string): string => JSON.stringify(judgedWith(one, path, now, rules, files));
    const isStale = judged(base, EMPTY) !== judged(anew, EMPTY) || judged(anew, text) !== judged(base, text) || JSON.stringify(saidBy(world.base(whole, anew.past()))) !== said;
    return isStale ? [path] : [];
  });
}

it.each(names)("what is said of %s does not hang on when its files were written", (name) => {
  expect(kinds.flatMap((kind) => stale(textsIn(`fixtures/${name}/${kind}`)).map((file) => `${kind}/${file}`))).toEqual([]);
});
