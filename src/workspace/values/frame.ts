import type { FunctionId } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Located } from "../workspace.js";
import type { Outcome } from "./outcome.js";

/** The circumstances that an expression is read in; without one it is read for every known call of the functions around it. */
export type Frame = CallFrame | PinnedFrame;

/** One call of a function: what its parameters and `this` stand for. */
export interface CallFrame {
  readonly kind: "call";
  /** Tells frames apart. */
  readonly serial: number;
  readonly file: Path;
  readonly function: FunctionId;
  readonly arguments: readonly FrameArgument[];
  readonly self?: Located;
  /** The frame of the function around it, where that is known. */
  readonly outer?: CallFrame;
  readonly depth: number;
  /** It stands for any call: what is passed is left open. */
  readonly isOpen?: boolean;
  /** The call. */
  readonly at: Located;
}

/** An argument of a call with the frame that it is read in. */
export interface FrameArgument {
  readonly at: Located;
  readonly spread: boolean;
}

/** The expression stands for a value that was made on the way, such as one piece of a split text. */
export interface PinnedFrame {
  readonly kind: "pinned";
  readonly read: () => Outcome;
}

/** A value that no expression spells, at the place that makes it. */
export function pinned(at: Located, read: () => Outcome): Located {
  return { file: at.file, expression: at.expression, frame: { kind: "pinned", read } };
}

/** The call frame of a place, if it is read in one. */
export function callFrame(at: Located): CallFrame | undefined {
  return at.frame?.kind === "call" ? at.frame : undefined;
}

/** The frame of a function among those around a place. */
export function frameOf(frame: CallFrame | undefined, file: Path, fn: FunctionId): CallFrame | undefined {
  for (let at = frame; at !== undefined; at = at.outer) if (at.file === file && at.function === fn) return at;
  return undefined;
}
