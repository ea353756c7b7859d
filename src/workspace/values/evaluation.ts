import type { Argument, ClassFact, Expression } from "../../facts/expression.js";
import type { JsonNode } from "../../facts/facts.js";
import type { Path } from "../../files/path.js";
import type { Code } from "../code.js";
import type { ModuleIndex } from "../module-index.js";
import type { Effort, Table } from "../table.js";
import type { Uses } from "../uses.js";
import type { Exported, Located } from "../workspace.js";
import type { ClassForm, ClosureForm, Items, Shape } from "./form.js";
import { callFrame, type CallFrame, type FrameArgument } from "./frame.js";
import { blocked, type Gap, type Outcome, type Possible } from "./outcome.js";

/** What the pieces of the evaluator ask of each other. */
export interface Evaluation {
  readonly code: Code;
  /** What the current question may still cost. */
  readonly effort: Effort;
  exported(file: Path, name: string): Exported;
  index(file: Path): ModuleIndex | undefined;
  evaluate(at: Located): Outcome;
  /** What a condition can be, as far as that is cheap to tell: it only decides whether a branch may be left out. */
  test(at: Located): Outcome;
  /** Reads a property, at the expression that reads it. */
  member(at: Located, of: Possible, key: string): Outcome;
  /** Runs a function, at the call that runs it. */
  apply(at: Located, fn: Possible, passed: readonly FrameArgument[], self?: Located): Outcome;
  /** The frame of one call. */
  enter(at: Located, fn: Pick<ClosureForm, "file" | "function" | "outer">, passed: readonly FrameArgument[], self?: Located): CallFrame;
  /** Where a value that is made here goes. */
  usesOf(at: Located): Uses;
  /** A JSON tree as an expression; the same for the same tree. */
  json(root: JsonNode): Expression;
  /** The class made where a class stands. */
  classForm(file: Path, fact: ClassFact, outer: CallFrame | undefined): ClassForm;
  /** Why a function returns nothing that can be known, whatever it is called with; undefined when it may. */
  deadEnd(fn: ClosureForm): Gap | undefined;
  /** A value that no expression spells, found when it is read. */
  lazily(at: Located, read: () => Outcome): Located;
  readonly shapes: Table<Shape>;
  readonly lists: Table<Items>;
}

/** A part of an expression, read in the same circumstances. */
export function inside(at: Located, expression: Expression): Located {
  const frame = callFrame(at);
  return frame === undefined ? { file: at.file, expression } : { file: at.file, expression, frame };
}

/** The arguments of a call, read where the call is. */
export function passedBy(at: Located, list: readonly Argument[]): readonly FrameArgument[] {
  return list.map(({ value, spread }) => ({ at: inside(at, value), spread }));
}

/** A gap at an expression. */
export function gapAt(at: Located, reason: string): Gap {
  return blocked(at, reason).gap ?? { at, reason, trail: { from: [] } };
}
