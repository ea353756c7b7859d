import { placeOfProblem, visible } from "../reporters/words.js";
import type { RunProblem } from "../rule/finding.js";
import type { Io } from "./io.js";

/** Says on stderr what keeps a run from being trusted. */
export function tellProblems(problems: readonly RunProblem[], { stderr }: Io): void {
  for (const problem of problems) {
    const place = placeOfProblem(problem);
    stderr.write(`${visible(`${place === "" ? "" : `${place}: `}${problem.message}`)}\n`);
  }
}
