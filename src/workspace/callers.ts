import type { FunctionId } from "../facts/expression.js";
import type { Path } from "../files/path.js";
import type { Effort } from "./table.js";
import type { Evaluation } from "./values/evaluation.js";
import { usesOfFunction } from "./values/parameters.js";
import type { Located } from "./workspace.js";

/** Answers which calls run functions. */
export type CallersQuestion = (file: Path, fn: FunctionId) => readonly Located[];

/**
 * Makes the question "which calls are proven to run this function?".
 *
 * Calls of standard methods that take it as a callback are none: they stand where the function does.
 *
 * @remarks Bodies are read of those modules only that import the function, or what holds it, by name.
 */
export function callersOf(ev: Evaluation, effort: Effort): CallersQuestion {
  return (file, fn) =>
    effort.root(
      () => usesOfFunction(ev, file, fn)?.invocations.map(({ at }) => at) ?? [],
      () => [],
    );
}
