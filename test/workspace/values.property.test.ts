import fc from "fast-check";
import { expect, test } from "vitest";
import type { Value } from "../../src/workspace/workspace.js";
import { execute } from "./execute.js";
import { programFor, type Program } from "./programs.js";
import { asked } from "./questions.js";

const texts = fc.constantFrom("/rpc", "/api/orpc", "/api/workflows/support", "a", "", "Über", "a/b", "/x y");
const choices = fc.array(fc.nat({ max: 1000 }), { maxLength: 60 });

function valuesOf({ files }: Program): readonly Value[] {
  const questions = asked(files);
  return questions.argumentsOf("probe").map(questions.valueOf);
}

test("whatever a program does with a value, the evaluator never misses it", async () => {
  let proven = 0;
  let all = 0;
  await fc.assert(
    fc.asyncProperty(texts, choices, async (text, list) => {
      const program = programFor(text, list);
      const recorded = await execute(program);
      fc.pre(recorded !== undefined && recorded.length > 0);
      all += 1;
      const values = valuesOf(program);
      if (values.every((value) => value.kind === "known")) {
        proven += 1;
        const known = values.flatMap((value) => (value.kind === "known" ? value.values : [])).map((constant) => (constant.kind === "primitive" ? constant.value : constant.kind));
        expect(known, JSON.stringify(program.files, undefined, 2)).toEqual(expect.arrayContaining([...new Set(recorded)]));
      }
    }),
    { seed: Number(process.env.SEED ?? 7), numRuns: Number(process.env.RUNS ?? 600) },
  );
  console.log(proven, all);
  // An evaluator that proves nothing is never wrong either.
  expect(proven / all).toBeGreaterThan(0.8);
});
