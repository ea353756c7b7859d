import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Value } from "../../src/workspace/workspace.js";
import { execute } from "./execute.js";
import { programFor, type Program } from "./programs.js";
import { asked } from "./questions.js";
import { storyFor } from "./stories.js";

const SEED = 20_260_101;
const texts = fc.constantFrom("/rpc", "/api/orpc", "/api/workflows/support", "a", "", "Über", "a/b", "/x y");
const choices = fc.array(fc.nat({ max: 1000 }), { maxLength: 150, size: "max" });

function valuesIn({ files }: Program): readonly Value[] {
  const questions = asked(files);
  return questions.argumentsOf("probe").map(questions.valueOf);
}

/** The constants of a proven value; undefined when it is not proven. */
function constantsOf(value: Value | undefined): readonly unknown[] | undefined {
  return value?.kind === "known" ? value.values.map((constant) => (constant.kind === "primitive" ? constant.value : constant.kind)) : undefined;
}

/** Runs a property and tells which share of the answers was proven: an evaluator that proves nothing is never wrong either. */
async function proven(numRuns: number, property: fc.Arbitrary<Program>, check: (program: Program, recorded: readonly unknown[]) => readonly (readonly unknown[] | undefined)[]): Promise<number> {
  const counts = { all: 0, known: 0 };
  const checked = fc.asyncProperty(property, async (program) => {
    const recorded = await execute(program);
    fc.pre(recorded !== undefined && recorded.length > 0);
    const answers = check(program, recorded ?? []);
    counts.all += answers.length;
    counts.known += answers.filter((answer) => answer !== undefined).length;
  });
  await fc.assert(checked, { seed: SEED, numRuns });
  return counts.known / counts.all;
}

describe("no value that a program takes on when it runs is missing from a proven set", () => {
  test("when a text is hidden behind other forms of the language", async () => {
    const programs = fc.tuple(texts, choices).map(([text, list]) => programFor(text, list));
    const share = await proven(500, programs, (program, recorded) => {
      const answers = valuesIn(program).map(constantsOf);
      if (answers.every((answer) => answer !== undefined)) expect(answers.flat(), JSON.stringify(program.files, undefined, 2)).toEqual(expect.arrayContaining([...recorded]));
      return answers;
    });
    expect(share).toBeGreaterThan(0.9);
  });

  test("when values have several names and are changed by branches, loops, closures and helpers", async () => {
    const stories = choices.map(storyFor);
    const share = await proven(250, stories, (story, recorded) => {
      // `probe(site, value)`
      const found = valuesIn(story);
      const answers = found.flatMap((value, index) => (index % 2 === 1 ? [{ site: constantsOf(found[index - 1])?.[0], known: constantsOf(value) }] : []));
      for (const { site, known } of answers) {
        const taken = recorded.filter((one): one is readonly [unknown, unknown] => Array.isArray(one) && one[0] === site).map(([, value]) => value);
        if (known !== undefined) expect(known, `site ${String(site)} of\n${story.files["main.ts"] ?? ""}`).toEqual(expect.arrayContaining(taken));
      }
      return answers.map(({ known }) => known);
    });
    expect(share).toBeGreaterThan(0.6);
  });
});
