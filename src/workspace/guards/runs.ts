import type { Argument, Expression, FunctionFact } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Located } from "../workspace.js";
import { cellOf } from "./caches.js";
import { callExternal, callMethod } from "./calls.js";
import { both, PROVEN, strongest } from "./claims.js";
import { has } from "./comparisons.js";
import type { Machine } from "./machine.js";
import { keysOf } from "./members.js";
import { flattened } from "./promises.js";
import { reusable, situationOf, tracesOf } from "./reuse.js";
import { runKey, type Scope } from "./scope.js";
import { beyond, meet, State } from "./state.js";
import { runBody } from "./statements.js";
import { constant, derived, either, label, only, some, under, type AbstractValue, type Form } from "./values.js";

const MAX_DEPTH = 40;
const MAX_SAME = 2;
const ROUNDS = 3;

/** `callee(…)`. */
export function callExpression(machine: Machine, at: Located, node: Extract<Expression, { kind: "call" }>, scope: Scope | undefined, state: State): AbstractValue {
  const { callee } = node;
  if (callee.kind === "member") {
    const object = machine.evaluate(callee.object, scope, at.file, state);
    const keys = keysOf(machine, object, callee.key, scope, at.file, state);
    const fn = machine.member({ file: at.file, expression: callee }, object, keys?.length === 1 ? keys[0] : undefined, keys, scope, state);
    const passed = argumentsOf(machine, node.arguments, scope, at.file, state);
    const cell = cellOf(machine, at, callee, keys?.[0], passed, scope, state);
    if (cell !== undefined) return cell;
    return machine.call(at, fn, passed, state, scope, object);
  }
  const fn = machine.evaluate(callee, scope, at.file, state);
  const passed = argumentsOf(machine, node.arguments, scope, at.file, state);
  return machine.call(at, fn, passed, state, scope);
}

/** Calls a value, whatever function it is. */
export function callValue(machine: Machine, at: Located, fn: AbstractValue, passed: readonly AbstractValue[], state: State, scope: Scope | undefined, self?: AbstractValue): AbstractValue {
  if (state.dead) return some(at);
  machine.mayThrow(state);
  if ((fn.labels & label.ingress) !== 0 && passed.some((value) => has(value, label.request)) && fn.alternatives.every(({ form }) => form.kind !== "closure" && form.kind !== "target")) {
    return machine.reach("ingress", "manifest", at, state);
  }
  const start = state.copy();
  const states: State[] = [];
  const values: AbstractValue[] = [];
  for (const { form, claim } of fn.alternatives) {
    const each = start.copy();
    values.push(under(callForm(machine, at, form, fn, passed, each, scope, self), claim));
    states.push(each);
  }
  if (states.length > 0) state.become(states.length === 1 ? (states[0] ?? start) : meet(states));
  const value = either(values);
  const inherited = fn.labels & label.ingress;
  return inherited === 0 ? value : { ...value, labels: value.labels | inherited };
}

function callForm(machine: Machine, at: Located, form: Form, fn: AbstractValue, passed: readonly AbstractValue[], state: State, scope: Scope | undefined, self: AbstractValue | undefined): AbstractValue {
  switch (form.kind) {
    case "closure":
      if (isTrusted(machine, form)) return machine.trusted(at, scope, passed);
      // What runs behind the guard and the handler is behind the guard.
      if (machine.isLive && state.reached && strongest(state.claim)?.level === PROVEN && !passed.some(runs)) return derived(at, passed, label.answer);
      return invoke(machine, at, form, passed, form.self ?? self, state, scope);
    case "external":
      return callExternal(machine, at, form, passed, state, scope);
    case "method":
      return callMethod(machine, at, form.of, form.name, passed, state, scope, fn);
    case "target":
      return machine.reach(form.what, form.id, at, state);
    case "next":
      machine.continued.push(state.claim);
      return some(at);
    case "constant":
      return constant(at, undefined);
    default:
      return machine.unknownCall(at, fn, passed, state, scope);
  }
}

/** A call that nobody can look into. */
export function unknownCall(machine: Machine, at: Located, fn: AbstractValue, passed: readonly AbstractValue[], state: State, scope: Scope | undefined): AbstractValue {
  const results = passed.flatMap((value) => machine.runCallbacks(at, value, [], state, scope) ?? []);
  const answers = passed.some((value) => value.alternatives.some(({ form }) => form.kind === "request")) ? label.answer : 0;
  return derived(at, [fn, ...passed, ...results], label.other | label.unsure | answers);
}

/** Runs the functions among the alternatives of a value, which code outside may or may not call. */
export function runCallbacks(machine: Machine, at: Located, value: AbstractValue, passed: readonly AbstractValue[], state: State, scope: Scope | undefined, always = false): AbstractValue | undefined {
  // What packages are given before any request came, they run when one comes, if at all.
  if (!machine.isLive) return undefined;
  const closures = value.alternatives.filter(({ form }) => form.kind === "closure");
  if (closures.length === 0) return undefined;
  const ran = state.copy();
  const result = machine.call(at, { ...value, alternatives: closures }, passed, ran, scope);
  if (always) state.become(ran);
  else state.become(meet([state, ran]));
  return result;
}

function isTrusted(machine: Machine, form: Extract<Form, { kind: "closure" }>): boolean {
  if (machine.options.trusted.length === 0) return false;
  const name = machine.fact(form.file, form.function)?.name ?? boundName(machine, form.file, form.function);
  return name !== undefined && machine.isTrustedName(form.file, name);
}

function boundName(machine: Machine, file: Path, fn: number): string | undefined {
  return machine.ask.body(file)?.bindings.find(({ value }) => value?.kind === "function" && value.function === fn)?.name;
}

/** Whether the policy names a function as one that needs no proof. */
export function isTrustedName(machine: Machine, module: string, name: string): boolean {
  return machine.options.trusted.some((entry) => {
    const [wanted, ...rest] = entry.split("#").toReversed();
    const from = rest[0];
    return wanted === name && (from === undefined || from === module || module.startsWith(`${from}.`) || module.startsWith(`${from}/`));
  });
}

/** A new run of a function. */
export function enter(machine: Machine, file: Path, fn: number, outer: Scope | undefined, passed: readonly AbstractValue[], self: AbstractValue | undefined, caller: Scope | undefined, top = false): Scope {
  return { serial: machine.fresh(), file, function: fn, arguments: passed.map((value) => () => value), ...(self !== undefined && { self }), outer, depth: (caller?.depth ?? 0) + 1, top };
}

/** Runs a function that the framework calls. */
export function start(machine: Machine, at: Located, fn: AbstractValue, passed: readonly AbstractValue[], state: State): AbstractValue {
  machine.begin();
  const results: AbstractValue[] = [];
  for (const { form, claim } of fn.alternatives) {
    if (form.kind !== "closure") {
      results.push(machine.call(at, { ...fn, alternatives: [{ form, claim, at }] }, passed, state, undefined));
      continue;
    }
    results.push(invoke(machine, at, form, passed, form.self, state, undefined, true));
  }
  return either(results);
}

function invoke(machine: Machine, at: Located, form: Extract<Form, { kind: "closure" }>, passed: readonly AbstractValue[], self: AbstractValue | undefined, state: State, caller: Scope | undefined, top = false): AbstractValue {
  const fact = machine.fact(form.file, form.function);
  const key = runKey(form.file, form.function);
  const isTooDeep = (caller?.depth ?? 0) >= MAX_DEPTH || machine.stack.filter((one) => one === key).length >= (machine.isLive ? MAX_SAME : 1);
  if (fact === undefined || fact.generator || isTooDeep) return derived(at, passed, label.unsure);
  const situation = top ? undefined : situationOf(machine, form, passed, self);
  const known = situation === undefined ? undefined : machine.ran.get(situation);
  if (known !== undefined) {
    state.claim = both(state.claim, known.done);
    state.dead = known.dead;
    return known.value;
  }
  const traces = tracesOf(machine, state);
  const value = runAnew(machine, at, fact, form, passed, self, state, caller, top);
  const ran = situation === undefined ? undefined : reusable(machine, traces, state, value);
  if (situation !== undefined && ran !== undefined) machine.ran.set(situation, ran);
  return value;
}

function runAnew(machine: Machine, at: Located, fact: FunctionFact, form: Extract<Form, { kind: "closure" }>, passed: readonly AbstractValue[], self: AbstractValue | undefined, state: State, caller: Scope | undefined, top: boolean): AbstractValue {
  const key = runKey(form.file, form.function);
  const scope = enter(machine, form.file, form.function, form.scope, passed, self, caller, top);
  if (machine.isLive) machine.live.add(scope.serial);
  const before = state.claim;
  machine.stack.push(key);
  const value = top ? repeat(machine, fact, scope, state) : runBody(machine, fact, scope, state);
  machine.stack.pop();
  if (machine.isLive && !value.alternatives.some(({ form: made }) => made.kind === "closure" || made.kind === "object" || made.kind === "promise")) forget(state, scope);
  if (!fact.async) return value;
  // What an async function decides holds once it is awaited.
  const { dead } = state;
  const done = beyond(state.claim, before);
  state.claim = before;
  state.dead = false;
  return dead ? only(at, { kind: "promise", id: `${scope.serial}`, of: either([]), done }) : { ...only(at, { kind: "promise", id: scope.serial, of: flattened(value), done }, value.labels), digests: value.digests };
}

/** Runs a body; again where a cache turned out to hold more. */
function repeat(machine: Machine, fact: FunctionFact, scope: Scope, state: State): AbstractValue {
  const start = state.copy();
  let value = either([]);
  for (let round = 0; round < ROUNDS; round += 1) {
    machine.cellsChanged = false;
    machine.refill();
    state.become(start.copy());
    const reached = machine.reaches.length;
    const { denials } = machine;
    value = runBody(machine, fact, scope, state);
    if (!machine.cellsChanged || round === ROUNDS - 1) break;
    // What an unfinished round saw is seen again.
    machine.reaches.length = reached;
    machine.denials = denials;
  }
  return value;
}

/** Whether a value is something to run. */
export function runs({ alternatives }: AbstractValue): boolean {
  return alternatives.some(({ form }) => form.kind === "closure" || form.kind === "target" || form.kind === "next");
}

/** Drops the names of a run that nothing can read any more. */
function forget(state: State, scope: Scope): void {
  state.vars.leave(scope.serial);
}

/** What a call, or a list, is given. */
export function argumentsOf(machine: Machine, list: readonly Argument[], scope: Scope | undefined, file: Path, state: State): readonly AbstractValue[] {
  return list.flatMap(({ value, spread }) => {
    const found = machine.part(value, scope, file, state);
    if (!spread) return [found];
    const [one, ...others] = found.alternatives;
    return one?.form.kind === "list" && one.form.exact && others.length === 0 ? one.form.items : [machine.elementOf({ file, expression: value }, found, undefined)];
  });
}
