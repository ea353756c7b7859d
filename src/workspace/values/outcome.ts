import type { Span } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Located, Step } from "../workspace.js";
import type { Form, Primitive } from "./form.js";

/** How a value came about: a step, and the trails of what it was made of. Shared between values, never copied. */
export interface Trail {
  readonly step?: Step;
  readonly from: readonly Trail[];
}

/** One thing that an expression can be, and how that was found. */
export interface Possible {
  readonly form: Form;
  readonly trail: Trail;
}

/** What keeps a set of values from being complete. */
export interface Gap {
  readonly at: Located;
  readonly reason: string;
  readonly trail: Trail;
  /** Read with other arguments, or in other circumstances, the same expression may have a value. */
  readonly open?: boolean;
}

/** Everything that an expression is known to be able to be; with a gap it may be something else as well. */
export interface Outcome {
  readonly values: readonly Possible[];
  readonly gap?: Gap;
}

/** More alternatives than this are no answer. */
export const MAX_VALUES = 256;
/** A longer text is no path, key or specifier. */
export const MAX_TEXT = 10_000;
/** Steps that an evidence chain shows. */
const MAX_STEPS = 40;

const START: Trail = { from: [] };

/** No value at all: the code does not get past this expression. */
export const NEVER: Outcome = { values: [] };

/** A set of one. */
export function only(form: Form, trail: Trail = START): Outcome {
  return { values: [{ form, trail }] };
}

/** A set of one primitive. */
export function constant(value: Primitive, trail?: Trail): Outcome {
  return only({ kind: "primitive", value }, trail);
}

/** Nothing is known, because of the expression at `at`. */
export function blocked(at: Located, reason: string): Outcome {
  return { values: [], gap: { at, reason, trail: START } };
}

/** Nothing is known here; with other arguments it might be. */
export function open(at: Located, reason: string): Outcome {
  return { values: [], gap: { at, reason, trail: START, open: true } };
}

/** Whether nothing can be known, whatever the arguments are. */
export function isDead({ values, gap }: Outcome): boolean {
  return values.length === 0 && gap !== undefined && gap.open !== true;
}

/** Puts a step before every trail of an outcome. */
export function via(file: Path, span: Span, note: string, outcome: Outcome): Outcome {
  const step: Step = { file, span, note };
  const values = outcome.values.map(({ form, trail }) => ({ form, trail: { step, from: [trail] } }));
  return outcome.gap === undefined ? { values } : { values, gap: { ...outcome.gap, trail: { step, from: [outcome.gap.trail] } } };
}

/** Keeps what an outcome knows and says that it is not all. */
export function withGap(outcome: Outcome, gap: Gap | undefined): Outcome {
  const both = either(outcome.gap, gap);
  return both === undefined || both === outcome.gap ? outcome : { values: outcome.values, gap: both };
}

/** All that any of the outcomes can be. */
export function union(at: Located, outcomes: Iterable<Outcome>): Outcome {
  const values = new Map<unknown, Possible>();
  let gap: Gap | undefined;
  for (const outcome of outcomes) {
    gap = either(gap, outcome.gap);
    for (const possible of outcome.values) {
      const identity = identityOf(possible.form);
      if (!values.has(identity)) values.set(identity, possible);
    }
    if (values.size > MAX_VALUES) return { values: [...values.values()].slice(0, MAX_VALUES), gap: gap ?? tooMany(at) };
  }
  return gap === undefined ? { values: [...values.values()] } : { values: [...values.values()], gap };
}

/** Continues with each value of an outcome; its gap stays. */
export function each(at: Located, outcome: Outcome, next: (possible: Possible) => Outcome): Outcome {
  const [first, second] = outcome.values;
  if (first !== undefined && second === undefined && outcome.gap === undefined) return next(first);
  return withGap(union(at, outcome.values.map(next)), outcome.gap);
}

/** Continues with every combination of values; trails of a combination belong to each result. */
export function combine(at: Located, outcomes: readonly Outcome[], next: (values: readonly Possible[]) => Outcome): Outcome {
  let size = 1;
  for (const { values } of outcomes) size *= values.length;
  const gap = all(outcomes);
  if (size > MAX_VALUES * 4) return { values: [], gap: gap ?? tooMany(at) };
  let rows: readonly (readonly Possible[])[] = [[]];
  for (const { values } of outcomes) rows = rows.flatMap((row) => values.map((value) => [...row, value]));
  return withGap(union(at, rows.map(next)), gap);
}

/** The gap of a choice: the one that may not be there comes first. */
function either(a: Gap | undefined, b: Gap | undefined): Gap | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.open !== true && b.open === true ? b : a;
}

/** The gap of a combination: a part of which nothing can be known decides; a part of which something is known leaves it open. */
function all(outcomes: readonly Outcome[]): Gap | undefined {
  const dead = outcomes.find(isDead);
  const gap = (dead ?? outcomes.find((outcome) => outcome.gap !== undefined))?.gap;
  return gap === undefined || dead !== undefined || gap.open === true ? gap : { ...gap, open: true };
}

/** The trail of something made of several values. */
export function joined(values: readonly Possible[]): Trail {
  const from = values.map(({ trail }) => trail).filter((trail) => trail !== START);
  return from.length === 0 ? START : { from };
}

/** The steps of a trail, outermost first, without repetition. */
export function stepsOf(trails: Iterable<Trail>): readonly Step[] {
  const steps: Step[] = [];
  const seen = new Set<Trail>();
  const places = new Set<string>();
  const visit = (trail: Trail): void => {
    if (seen.has(trail) || steps.length >= MAX_STEPS) return;
    seen.add(trail);
    const { step } = trail;
    if (step !== undefined) {
      const place = `${step.file}:${step.span[0]}:${step.span[1]}:${step.note}`;
      if (!places.has(place)) steps.push(step);
      places.add(place);
    }
    trail.from.forEach(visit);
  };
  for (const trail of trails) visit(trail);
  return steps;
}

function tooMany(at: Located): Gap {
  return { at, reason: "it can be too many different things", trail: START };
}

/** What makes two forms the same: content for primitives, the place they are made for the rest. */
function identityOf(form: Form): unknown {
  if (form.kind !== "primitive") return form.kind === "closure" ? `closure ${form.file} ${form.function} ${form.outer?.serial ?? ""}` : form;
  return Object.is(form.value, -0) ? "number -0" : `${typeof form.value} ${String(form.value)}`;
}
