import type { Expression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Types } from "../types.js";
import type { Write } from "../uses.js";
import type { Evaluation } from "../values/evaluation.js";
import type { CallFrame } from "../values/frame.js";
import { keyText } from "../values/objects.js";
import { blocked, type Outcome } from "../values/outcome.js";
import type { Located } from "../workspace.js";
import type { Found } from "./found.js";

/** What a value derives from. */
export type Origins = readonly Found[];

/** What the pieces of the search for origins ask of each other. */
export interface OriginAsk {
  readonly ev: Evaluation;
  readonly types: Types;
  /** How many calls in a row are told apart. */
  readonly calls: number;
  find(at: Located): Origins;
  /** Answers a question about a part of the search once; what rests on itself adds nothing. */
  once(subject: object, circumstance: unknown, ask: () => Origins): Origins;
  /** `expression.key`, where the program does not spell it; the same for the same key. */
  read(expression: Expression, key: string): Expression;
}

/** What finding out one callee, one key or one set of uses may cost: only the origins themselves may use up the budget. */
const SIDE_QUESTION = 400;

/** What something can be, as far as that is cheap to tell. */
export function cheaply({ ev }: OriginAsk, at: Located): Outcome {
  return ev.effort.attempt(SIDE_QUESTION, () => ev.evaluate(at), () => blocked(at, "finding out what it is takes too long"));
}

/** Where a function goes, or what is written into a value, as far as that is cheap to tell. */
export function sideQuestion<Result>({ ev }: OriginAsk, ask: () => Result): Result | undefined {
  return ev.effort.attempt<Result | undefined>(SIDE_QUESTION, ask, () => undefined);
}

/** What is written into a value after it was made. */
export function writesInto(ask: OriginAsk, made: Located): readonly Write[] {
  return sideQuestion(ask, () => ask.ev.usesOf(made).writes) ?? [];
}

/** The texts that a key can be; undefined when that is not known. */
export function textsOf(ask: OriginAsk, at: Located): readonly string[] | undefined {
  if (at.expression.kind === "string") return [at.expression.value];
  const { values, gap } = cheaply(ask, at);
  const texts = values.map((possible) => keyText(possible));
  return gap === undefined && texts.length > 0 && texts.every((text) => text !== undefined) ? texts : undefined;
}

/** An expression of a file, in the circumstances of a call where there are any. */
export function placed(file: Path, expression: Expression, frame: CallFrame | undefined): Located {
  return frame === undefined ? { file, expression } : { file, expression, frame };
}
