import type { FunctionId, ModuleBody } from "../facts/expression.js";
import type { Path } from "../files/path.js";
import { callersOf, type CallersQuestion } from "./callers.js";
import type { Code } from "./code.js";
import { exportedOf, type ExportedQuestion } from "./exported.js";
import { indexModule, type ModuleIndex } from "./module-index.js";
import { originsOf, type OriginsQuestion } from "./origins.js";
import { Effort } from "./table.js";
import { membersOf, Types, type MembersQuestion } from "./types.js";
import { valueOf, type ValueQuestion } from "./values.js";
import { Evaluator } from "./values/evaluator.js";
import type { CallFrame, FrameArgument } from "./values/frame.js";
import type { Located } from "./workspace.js";

/** Work that finding out something by the way may take, and something that is likely to matter. */
const GLANCE = 100;
const LOOK = 1500;

/** The questions about code, over one set of facts. */
export interface CodeQuestions {
  readonly exported: ExportedQuestion;
  readonly valueOf: ValueQuestion;
  /** The same for less effort: what is not found soon is unprovable. For what is asked of many expressions that say what they are. */
  readonly look: ValueQuestion;
  /** The same for little effort, for what is asked of every expression of a file. */
  readonly glance: ValueQuestion;
  readonly originsOf: OriginsQuestion;
  readonly callersOf: CallersQuestion;
  readonly membersOf: MembersQuestion;
  /** A module seen from its values. */
  index(file: Path): ModuleIndex | undefined;
  /** The circumstances of one call, to read expressions of the function in. */
  enter(at: Located, fn: { readonly file: Path; readonly function: FunctionId; readonly outer: CallFrame | undefined }, passed: readonly FrameArgument[], self?: Located): CallFrame;
}

/**
 * Makes the questions about values, origins, callers and types.
 *
 * @param code the facts; the answers are kept for as long as it stays the same, so a changed file asks for new questions
 */
export function codeQuestions(code: Code): CodeQuestions {
  const effort = new Effort(code.ledger);
  const exported = exportedOf(code);
  const index = code.ledger.memo((file: Path): ModuleIndex | undefined => {
    const body: ModuleBody | undefined = code.body(file);
    const cursors = body === undefined ? undefined : code.cursors(file);
    return body === undefined || cursors === undefined ? undefined : indexModule(file, body, cursors);
  });
  const evaluator = new Evaluator(code, exported, index, effort);
  const types = new Types(evaluator);
  return {
    exported,
    valueOf: valueOf(evaluator, effort),
    look: valueOf(evaluator, effort, LOOK),
    glance: valueOf(evaluator, effort, GLANCE),
    originsOf: originsOf(evaluator, types, effort),
    callersOf: callersOf(evaluator, effort),
    membersOf: membersOf(types, effort),
    index,
    enter: (at, fn, passed, self) => evaluator.enter(at, fn, passed, self),
  };
}

