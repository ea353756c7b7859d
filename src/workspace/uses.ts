import type { Argument, ClassFact } from "../facts/expression.js";
import type { Path } from "../files/path.js";
import type { Located } from "./workspace.js";

/** Where a value that is made in one place goes. */
export interface Uses {
  readonly invocations: readonly Invocation[];
  readonly callbacks: readonly Callback[];
  readonly writes: readonly Write[];
  /** Classes that extend the value. */
  readonly subclasses: readonly Subclass[];
  /** The first place where it leaves what can be followed: code of a package, a framework, an unknown function. */
  readonly escape?: Blame;
  /** The first place where it is handed to code of the workspace that cannot be told and that could write into it. */
  readonly doubt?: Blame;
}

/** A call or construction that runs the value. */
export interface Invocation {
  readonly at: Located;
  /** What it passes. */
  readonly arguments: readonly Argument[];
}

/** A class that extends another. */
export interface Subclass {
  readonly file: Path;
  readonly fact: ClassFact;
}

/** A standard method that runs the value on elements of its receiver, or on what a promise becomes. */
export interface Callback {
  readonly at: Located;
  readonly receiver: Located;
  readonly method: string;
}

/** Something that changes a value after it was made. */
export type Write = { readonly at: Located } & (
  | { readonly kind: "set"; readonly key: Located; readonly value: Located }
  | { readonly kind: "delete"; readonly key: Located }
  /** `Object.assign(value, …sources)`. */
  | { readonly kind: "merge"; readonly sources: readonly Located[] }
  /** A standard method that changes its receiver, such as `push`. */
  | { readonly kind: "method"; readonly method: string; readonly arguments: readonly Argument[] }
  | { readonly kind: "unknown" }
);

/** A place and what is wrong with it. */
export interface Blame {
  readonly at: Located;
  readonly reason: string;
}
