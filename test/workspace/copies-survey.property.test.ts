import { expect, it } from "vitest";
import { parentOf, toPath, type Path } from "../../src/files/path.js";
import type { SourceFacts } from "../../src/facts/facts.js";
import { extractOutline } from "../../src/facts/outline.js";
import { mergeConfig } from "../../src/policy/merge.js";
import { copiesStaySame, copySurveyAfter, findCopies, type CopySearch } from "../../src/workspace/copies.js";
import type { CopySurvey } from "../../src/workspace/copies/survey.js";
import type { Owner } from "../../src/workspace/layers.js";
import { seeded, type Random } from "../bench/workspace/random.js";

const SEED = process.env["DRIFT_GUARD_SEED"] ?? "convergence";
const EDITS = Number(process.env["DRIFT_GUARD_EDITS"] ?? 400);

const policy = { ...mergeConfig("rawr-hq", {}), required: [] };
const empty = extractOutline({ path: toPath("empty.ts"), language: "ts", text: "" });

/** What a file declares: types by name, with their members. */
type Declared = readonly (readonly [name: string, members: readonly string[]])[];

function factsOf(declared: Declared): SourceFacts {
  if (empty.kind !== "source") throw new Error("A module is no source");
  const declarations = declared.map(([name, elements]) => ({ kind: "type" as const, name, span: [0, 1] as const, at: [0, 1] as const, tokens: [0, 0] as const, elements }));
  return { ...empty, code: { ...empty.code, declarations }, exports: declared.map(([name]) => ({ name, local: name, typeOnly: true, span: [0, 1] as const })) };
}

/** A workspace whose files only declare types: they tell by single members who is compared with whom. */
class Types {
  readonly files: Map<Path, Declared>;
  readonly policy = policy;

  constructor(files: ReadonlyMap<Path, Declared>) {
    this.files = new Map(files);
  }

  readonly source = (file: Path): SourceFacts => factsOf(this.files.get(file) ?? []);
  readonly resolve = (): { readonly kind: "missing"; readonly looked: readonly Path[] } => ({ kind: "missing", looked: [] });
  readonly ownerOf = (file: Path): Owner => ({ folder: parentOf(file), name: parentOf(file), layer: file.startsWith("packages") ? "package" : "plugin" });

  search(): CopySearch {
    return findCopies(this, [...this.files.keys()].sort(), { shared: ["package"], minLines: 1 });
  }
}

const folders = ["packages/a", "packages/b", "plugins/a", "plugins/b", "plugins/c"] as const;

const letters = Array.from({ length: 13 }, (_, at) => `m${String(at)}`);

/**
 * What a file declares: now and then what may be a copy, mostly what is like nothing and has members in common with it.
 *
 * @param density how many of those have each member, which passes from few holders to many with it, and on to idiom
 * @param copies how many files have what may be a copy
 */
function declared(random: Random, density: number, copies: number): Declared {
  if (random.chance(copies)) return [["Plan", random.sample(letters, random.int(11, 13))]];
  const name = `Lone${String(random.int(0, 1e6))}`;
  return random.chance(0.1) ? [] : [[name, [name, ...letters.filter(() => random.chance(density))]]];
}

/** What a survey says, whatever the order. */
function told({ kinds, files, involved }: CopySurvey): unknown {
  const all = [...kinds].map(([kind, { holders, prints, bare }]) => [kind, holders.map((holder, index) => JSON.stringify([holder, prints[index]])).sort(), [...bare].sort()]);
  return [all, [...files], [...involved].sort()];
}

it.each([
  [20, 0.7, 0.06],
  [40, 0.65, 0.06],
  [50, 1, 0.3],
  [60, 0.5, 0.06],
  [450, 0.97, 0.06],
])("copies that are said to stay the same do, among %i files", (count, density, copies) => {
  const random = seeded(`${SEED} ${String(count)}`);
  const files = Array.from({ length: count }, (_, at) => toPath(`${random.pick(folders)}/f${String(at)}.ts`));
  const declares = new Types(new Map(files.map((file) => [file, declared(random, density, copies)])));
  let search = declares.search();
  let survey = search.survey;
  const seen = { stayed: 0, copies: 0 };
  const steps = Math.max(EDITS / 4, (EDITS * 40) / count);
  for (let step = 0; step < steps; step += 1) {
    const changed = random.sample(files, random.int(1, 2));
    // Two that change at once may be copies of each other and of nothing else.
    const twins: Declared | undefined = random.chance(0.05) ? [["Twin", Array.from({ length: 12 }, () => String(random.next()))]] : undefined;
    for (const file of changed) declares.files.set(file, twins === undefined ? declared(random, density, copies) : twins.map(([name, all]) => [name, all.slice(random.int(0, 1))]));
    const next = declares.search();
    if (copiesStaySame(declares, survey, changed)) {
      seen.stayed += 1;
      seen.copies += next.copies.length;
      expect(JSON.stringify(next.copies), `seed ${SEED}, step ${String(step)}`).toBe(JSON.stringify(search.copies));
      survey = copySurveyAfter(declares, survey, changed);
      expect(told(survey), `seed ${SEED}, step ${String(step)}`).toEqual(told(next.survey));
    } else survey = next.survey;
    search = next;
  }
  // What never stands, and stands where nothing is found, proves nothing.
  expect(seen.stayed / steps).toBeGreaterThan(0.1);
  expect(seen.copies).toBeGreaterThan(0);
});
