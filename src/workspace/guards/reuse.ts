import { NOTHING, type Claim } from "./claims.js";
import type { Machine } from "./machine.js";
import { runKey } from "./scope.js";
import { beyond, type State } from "./state.js";
import { keyOf, type AbstractValue, type Form } from "./values.js";

/** How a run of a function ended. */
export interface Ran {
  readonly value: AbstractValue;
  /** What it decided. */
  readonly done: Claim;
  readonly dead: boolean;
}

/** What of a run shows that something outside of it has to do with it. */
export interface Traces {
  readonly claim: Claim;
  readonly counts: string;
}

const MAX_PARTS = 80;

/**
 * What the result of a run depends on; undefined where that cannot be told.
 *
 * A function of a module that is given no functions depends on what it is given alone. Turns of loops are kept apart: what one decided
 * about its element says nothing of the next.
 */
export function situationOf(machine: Machine, form: Extract<Form, { kind: "closure" }>, passed: readonly AbstractValue[], self: AbstractValue | undefined): string | undefined {
  if (!machine.isLive || form.scope !== undefined || form.self !== undefined || self?.alternatives.some((one) => one.form.kind === "object") === true) return undefined;
  const parts = [`${runKey(form.file, form.function)} ${machine.turns.join(" ")}`];
  return passed.every((value) => describe(value, parts)) ? parts.join("\n") : undefined;
}

/** What is noted before a run, to be compared with what is there after it. */
export function tracesOf(machine: Machine, state: State): Traces {
  return { claim: state.claim, counts: countsOf(machine, state) };
}

/** The run, where running it again in the same situation would show nothing new. */
export function reusable(machine: Machine, before: Traces, state: State, value: AbstractValue): Ran | undefined {
  if (countsOf(machine, state) !== before.counts || !describe(value, [])) return undefined;
  return { value, done: state.dead ? NOTHING : beyond(state.claim, before.claim), dead: state.dead };
}

function countsOf({ reaches, denials, continued, cellsTouched }: Machine, { denied, reached }: State): string {
  return [reaches.length, denials, continued.length, cellsTouched, denied, reached].join(" ");
}

/** Tells a value apart by all that it is; false where it holds something to run, or too much. */
function describe(value: AbstractValue, parts: string[]): boolean {
  parts.push(`${String(value.labels)} ${[...value.digests].join(",")}`);
  return value.alternatives.every(({ form, claim, at, own }) => {
    if (parts.length > MAX_PARTS) return false;
    parts.push(`${at.file} ${at.expression.span.join("-")} ${String(own)} ${[...claim.keys()].join(",")}`);
    switch (form.kind) {
      case "closure":
      case "target":
      case "next":
      case "class":
        return false;
      case "object":
        return [...form.members].every(([key, member]) => parts.push(`${key} ${String(form.open)}`) > 0 && describe(member, parts));
      case "list":
        parts.push(`list ${String(form.exact)} ${String(form.items.length)}`);
        return form.items.every((item) => describe(item, parts));
      case "promise":
        parts.push(`promise ${[...form.done.keys()].join(",")}`);
        return describe(form.of, parts);
      case "method":
        parts.push(`method ${String(form.name)}`);
        return describe(form.of, parts);
      default:
        parts.push(keyOf(form));
        return true;
    }
  });
}
