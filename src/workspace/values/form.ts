import type { ClassFact, FunctionId } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Located } from "../workspace.js";
import type { CallFrame, FrameArgument } from "./frame.js";
import type { Gap, Possible } from "./outcome.js";

export type Primitive = string | number | boolean | null | undefined;

/** A value as far as evaluation tells values apart. Structured forms are lazy: their members are expressions. */
export type Form =
  | { readonly kind: "primitive"; readonly value: Primitive }
  | ObjectForm
  | ArrayForm
  | ClosureForm
  | ClassForm
  | InstanceForm
  | { readonly kind: "regex"; readonly pattern: string; readonly flags: string }
  /** A module as an object. */
  | { readonly kind: "namespace"; readonly file: Path }
  /** A standard global, or what stands under one: `Object`, `Object.keys`. */
  | { readonly kind: "builtin"; readonly name: string }
  /** A standard method taken from a value. */
  | { readonly kind: "method"; readonly of: Possible; readonly name: string }
  /** What another package exports. */
  | { readonly kind: "external"; readonly module: string; readonly name: string }
  | { readonly kind: "promise"; readonly of: Located }
  /** A `Map`: its items are two-item arrays. */
  | { readonly kind: "map"; readonly items: () => Items }
  | { readonly kind: "set"; readonly items: () => Items }
  /** What can only be iterated: the result of a generator, of `entries()`. */
  | { readonly kind: "iterator"; readonly items: () => Items }
  | { readonly kind: "url"; readonly href: string };

export interface ObjectForm {
  readonly kind: "object";
  readonly shape: () => Shape;
  /** Made by a call; what is written into it later is not counted yet. */
  readonly fresh?: true;
}

export interface ArrayForm {
  readonly kind: "array";
  readonly items: () => Items;
  /** Made by a call; what is written into it later is not counted yet. */
  readonly fresh?: true;
}

export interface ClosureForm {
  readonly kind: "closure";
  readonly file: Path;
  readonly function: FunctionId;
  /** The call in which the function was made, for the names around it. */
  readonly outer: CallFrame | undefined;
  readonly self?: Located;
  readonly bound?: readonly FrameArgument[];
}

export interface ClassForm {
  readonly kind: "class";
  readonly file: Path;
  readonly fact: ClassFact;
  readonly outer: CallFrame | undefined;
}

export interface InstanceForm {
  readonly kind: "instance";
  readonly of: ClassForm;
  /** The constructor's arguments; undefined for whatever any known construction passes. */
  readonly made?: { readonly at: Located; readonly arguments: readonly FrameArgument[] };
}

/** The properties of an object as far as they are known. */
export interface Shape {
  readonly slots: ReadonlyMap<string, Slot>;
  /** Why there may be other properties. */
  readonly open?: Gap;
}

export interface Slot {
  /** Expressions that the property can have the value of. */
  readonly alternatives: readonly Located[];
  /** Whether the property is there on every path. */
  readonly certain: boolean;
  /** Why it may have another value. */
  readonly gap?: Gap;
}

/** The elements of an array as far as they are known. */
export interface Items {
  readonly items: readonly Located[];
  /** Whether these are the elements one by one; else any number of any of them. */
  readonly exact: boolean;
  /** Why there may be others. */
  readonly gap?: Gap;
}
