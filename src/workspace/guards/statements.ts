import type { FunctionFact, Statement } from "../../facts/expression.js";
import type { Located } from "../workspace.js";
import { without } from "./claims.js";
import { decide } from "./decisions.js";
import { refuses } from "./denials.js";
import { landing, type Ended, type Ends } from "./ends.js";
import { runLoop, runSwitch, runTry } from "./loops.js";
import type { Machine } from "./machine.js";
import { initialOf } from "./names.js";
import { refine } from "./refinements.js";
import { scopeOf, varKey, type Scope } from "./scope.js";
import { meet, State } from "./state.js";
import { constant, either, only, under, type AbstractValue } from "./values.js";

/** Runs a function's body; the state afterwards is that of all ways that return. */
export function runBody(machine: Machine, fact: FunctionFact, scope: Scope, state: State): AbstractValue {
  const ends: Ends = { returns: [], jumps: [] };
  runAll(machine, fact.body, scope, state, ends);
  const nowhere: Located = { file: scope.file, expression: { kind: "nothing", value: "undefined", span: fact.span } };
  if (!state.dead) ends.returns.push({ state: state.copy(), value: constant(nowhere, undefined) });
  const end = meet(ends.returns.map((one) => one.state));
  if (ends.returns.length === 0) {
    state.dead = true;
    return either([]);
  }
  const values = ends.returns.map((one) => {
    const hasReplied = machine.endsOnReply && scope.top && one.state.denied;
    return under(hasReplied ? only(nowhere, { kind: "response", denies: true }) : one.value, one.state.claim);
  });
  state.become(end);
  return either(values);
}

/** Runs statements one after the other. */
export function runAll(machine: Machine, list: readonly Statement[], scope: Scope, state: State, ends: Ends): void {
  for (const statement of list) {
    if (state.dead) return;
    runStatement(machine, statement, scope, state, ends);
  }
}

function runStatement(machine: Machine, node: Statement, scope: Scope, state: State, ends: Ends): void {
  machine.step();
  const { file } = scope;
  switch (node.kind) {
    case "expression":
      if (machine.isLive || node.expression.kind === "assign") machine.evaluate(node.expression, scope, file, state);
      return;
    case "declare": {
      const binding = machine.ask.body(file)?.bindings[node.binding];
      if (binding === undefined) return;
      const at: Located = { file, expression: binding.value ?? { kind: "nothing", value: "undefined", span: binding.span } };
      const home = scopeOf(scope, file, binding.function) ?? scope;
      // Evaluating may put other names in the place of these: only then is it clear which are to hold it.
      const value = binding.value === undefined ? initialOf(machine, at, binding, scope, file, state) : machine.part(binding.value, scope, file, state);
      state.vars.set(varKey(home, node.binding), value);
      return;
    }
    case "if":
      runIf(machine, node, scope, state, ends);
      return;
    case "return": {
      const at: Located = { file, expression: node.value ?? { kind: "nothing", value: "undefined", span: node.span } };
      const value = node.value === undefined ? constant(at, undefined) : machine.evaluate(node.value, scope, file, state);
      if (!state.dead) ends.returns.push({ state: state.copy(), value });
      state.dead = true;
      return;
    }
    case "throw":
      machine.evaluate(node.value, scope, file, state);
      machine.mayThrow(state);
      state.dead = true;
      return;
    case "loop":
      runLoop(machine, node, scope, state, ends);
      return;
    case "switch":
      runSwitch(machine, node, scope, state, ends);
      return;
    case "try":
      runTry(machine, node, scope, state, ends);
      return;
    case "block": {
      runAll(machine, node.body, scope, state, ends);
      if (node.label === undefined) return;
      const { label: name } = node;
      state.become(meet([state, ...landing(ends, (jump) => jump.kind === "break" && jump.label === name)]));
      return;
    }
    case "break":
    case "continue":
      ends.jumps.push({ kind: node.kind, label: node.label, state: state.copy() });
      state.dead = true;
      return;
    case "class":
      if (node.binding !== undefined) state.vars.set(varKey(scope, node.binding), only({ file, expression: { kind: "class", class: node.class, span: node.span } }, { kind: "class", file, fact: node.class, scope }));
      return;
  }
}

function runIf(machine: Machine, node: Extract<Statement, { kind: "if" }>, scope: Scope, state: State, ends: Ends): void {
  const { file } = scope;
  const test = machine.evaluate(node.test, scope, file, state);
  if (state.dead) return;
  const { yes, no, site } = decide(machine, test, { file, expression: node.test }, scope, state);
  refine(machine, node.test, true, scope, file, yes);
  refine(machine, node.test, false, scope, file, no);
  const first = ends.returns.length;
  const { denied } = state;
  runAll(machine, node.then, scope, yes, ends);
  // Only a branch that refuses makes a gate of the way around it.
  if (yes.dead && letsIn(machine, ends.returns.slice(first), scope, denied)) no.claim = without(no.claim, site);
  const second = ends.returns.length;
  runAll(machine, node.else, scope, no, ends);
  if (no.dead && !yes.dead && letsIn(machine, ends.returns.slice(second), scope, denied)) yes.claim = without(yes.claim, site);
  state.become(meet([yes, no]));
}

/** Whether returning early lets the caller in, or answers it as if it might come in. */
function letsIn(machine: Machine, returns: readonly Ended[], scope: Scope, denied: boolean): boolean {
  if (machine.options.mode !== "gate") return false;
  return returns.some(({ state, value }) => !(state.denied && !denied) && !state.reached && !refuses(value, scope.top));
}
