import type { Located } from "../workspace.js";
import { both, joined, NOTHING, type Claim } from "./claims.js";
import type { Machine } from "./machine.js";
import type { Scope } from "./scope.js";
import { meet, State } from "./state.js";
import { digestsOf, either, labelsOf, only, some, under, withAlternatives, type AbstractValue } from "./values.js";

/** What a value is once it is awaited, and what that decides. */
export function awaited(machine: Machine, value: AbstractValue, state: State): AbstractValue {
  const promises = value.alternatives.filter(({ form }) => form.kind === "promise");
  if (promises.length === 0) return value;
  machine.mayThrow(state);
  const done = joined(value.alternatives.map(({ form }) => (form.kind === "promise" ? form.done : NOTHING)));
  state.claim = both(state.claim, done);
  const flat = flattened(value);
  const inner = promises.flatMap(({ form }) => (form.kind === "promise" ? [form.of] : []));
  if (flat.alternatives.length === 0) state.dead = true;
  return { ...flat, labels: flat.labels | labelsOf(inner), digests: digestsOf([flat, ...inner]) };
}

/** A value with what its promises promise in their place. */
export function flattened(value: AbstractValue): AbstractValue {
  return withAlternatives(value, value.alternatives.flatMap((one) => (one.form.kind === "promise" ? under(one.form.of, both(one.claim, one.form.done)).alternatives : [one])));
}

/** `then`, `catch` and `finally`: the callbacks run once the promise is settled. */
export function chained(machine: Machine, at: Located, receiver: AbstractValue, name: string, passed: readonly AbstractValue[], state: State, scope: Scope | undefined): AbstractValue {
  const before = state.claim;
  const settled = name === "catch" ? flattened(receiver) : machine.await(receiver, state);
  const [onValue, onError] = passed;
  const results: AbstractValue[] = [];
  const ran = state.copy();
  if (name === "then" && onValue !== undefined) results.push(machine.await(machine.call(at, onValue, [settled], ran, scope), ran));
  else results.push(settled);
  const states = [ran];
  const handler = name === "then" ? onError : name === "catch" ? onValue : undefined;
  if (handler !== undefined) {
    const failed = state.copy();
    failed.claim = before;
    results.push(machine.await(machine.call(at, handler, [some(at)], failed, scope), failed));
    states.push(failed);
  }
  if (name === "finally" && onValue !== undefined) machine.call(at, onValue, [], ran, scope);
  const end = meet(states);
  const reached = state.reached || end.reached;
  const done = new Map([...end.claim].filter(([key]) => !before.has(key)));
  state.vars = end.vars;
  state.reached = reached;
  state.dead = false;
  state.claim = before;
  const of = either(results);
  return { ...only(at, { kind: "promise", id: machine.site(at, scope), of, done }, of.labels), digests: of.digests };
}

/** `Promise.all`: a promise of the list of what each promises. */
export function allOf(machine: Machine, at: Located, list: AbstractValue | undefined, scope: Scope | undefined): AbstractValue {
  const [one] = list?.alternatives ?? [];
  if (one?.form.kind !== "list" || list === undefined) return list ?? some(at);
  const items = one.form.items.map((item) => withAlternatives(item, item.alternatives.flatMap((inner) => (inner.form.kind === "promise" ? under(inner.form.of, both(inner.claim, inner.form.done)).alternatives : [inner]))));
  const done = one.form.exact
    ? one.form.items.reduce<Claim>((claim, item) => both(claim, joined(item.alternatives.map(({ form }) => (form.kind === "promise" ? form.done : NOTHING)))), NOTHING)
    : NOTHING;
  return only(at, { kind: "promise", id: machine.site(at, scope), of: only(at, { ...one.form, items }, list.labels), done }, list.labels);
}
