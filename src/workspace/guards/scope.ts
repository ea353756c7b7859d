import type { FunctionId } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { AbstractValue } from "./values.js";

/** One run of a function: what its parameters and `this` are. */
export interface Scope {
  /** Tells runs apart. */
  readonly serial: string;
  readonly file: Path;
  readonly function: FunctionId;
  /** Found when they are read. */
  readonly arguments: readonly (() => AbstractValue)[];
  readonly self?: AbstractValue;
  readonly outer: Scope | undefined;
  readonly depth: number;
  /** The framework itself runs it. */
  readonly top: boolean;
}

/** The run of a function among those around a place. */
export function scopeOf(scope: Scope | undefined, file: Path, fn: FunctionId): Scope | undefined {
  for (let at = scope; at !== undefined; at = at.outer) if (at.file === file && at.function === fn) return at;
  return undefined;
}

/** Where a state keeps what a name holds in a run. */
export function varKey(scope: Scope, binding: number): string {
  return `${scope.serial}:${String(binding)}`;
}

/** Tells functions apart. */
export function runKey(file: Path, fn: FunctionId): string {
  return `${file}:${String(fn)}`;
}
