import type { Statement } from "../../facts/expression.js";
import type { Located } from "../workspace.js";
import { decide } from "./decisions.js";
import { landing, type Ends, type Jump } from "./ends.js";
import type { Machine } from "./machine.js";
import { equality } from "./operators.js";
import { varKey, type Scope } from "./scope.js";
import { meet, State } from "./state.js";
import { isFilled, some } from "./values.js";

const ROUNDS = 3;

/** Runs a loop as often as it takes to know what more turns would do. */
export function runLoop(machine: Machine, node: Extract<Statement, { kind: "loop" }>, scope: Scope, state: State, ends: Ends): void {
  const { file } = scope;
  machine.statements(node.init, scope, state, ends);
  const each = node.each === undefined ? undefined : machine.evaluate(node.each, scope, file, state);
  const exits: State[] = [];
  const isMine = (jump: Jump): boolean => jump.label === undefined || jump.label === node.label;
  const sure = each === undefined ? node.once : isFilled(each);
  const rows = each === undefined ? undefined : machine.rowsOf(each);
  const rounds = rows?.length ?? (machine.isLive ? ROUNDS : 1);
  let entry = state.copy();
  for (let round = 0; round < rounds && !entry.dead; round += 1) {
    const turn = entry.copy();
    if (node.each !== undefined && rows !== undefined) machine.atRow({ file, expression: node.each }, rows[round]);
    if (each !== undefined || (node.once && round === 0)) {
      if (rows === undefined && !(sure && round === 0)) exits.push(entry.copy());
    } else if (node.test !== undefined) {
      const test = machine.evaluate(node.test, scope, file, turn);
      const { yes, no } = decide(machine, test, { file, expression: node.test }, scope, turn);
      exits.push(no);
      turn.become(yes);
    }
    machine.turn(round, () => {
      machine.statements(node.body, scope, turn, ends);
    });
    const again = meet([turn, ...landing(ends, (jump) => jump.kind === "continue" && isMine(jump))]);
    exits.push(...landing(ends, (jump) => jump.kind === "break" && isMine(jump)));
    if (!again.dead && node.update !== undefined) machine.evaluate(node.update, scope, file, again);
    if (node.once && node.test !== undefined && !again.dead) {
      const test = machine.evaluate(node.test, scope, file, again);
      const { yes, no } = decide(machine, test, { file, expression: node.test }, scope, again);
      exits.push(no);
      again.become(yes);
    }
    entry = round === 0 || rows !== undefined ? again : meet([entry, again]);
  }
  if (node.each !== undefined) machine.atRow({ file, expression: node.each }, undefined);
  // Where the loop ends by itself, after however many turns.
  if (!entry.dead && (each !== undefined || node.test !== undefined)) exits.push(entry);
  state.become(exits.length === 0 ? deadEnd(state) : meet(exits));
}

/** Runs every case of a `switch`, those that fall through as well. */
export function runSwitch(machine: Machine, node: Extract<Statement, { kind: "switch" }>, scope: Scope, state: State, ends: Ends): void {
  const { file } = scope;
  const on = machine.evaluate(node.on, scope, file, state);
  let waiting = state.copy();
  let falling: State | undefined;
  const bodies: { readonly body: readonly Statement[]; readonly entry: State | undefined }[] = [];
  for (const { test, body } of node.cases) {
    if (test === undefined) {
      bodies.push({ body, entry: undefined });
      continue;
    }
    const at: Located = { file, expression: test };
    const value = equality(machine, at, on, machine.evaluate(test, scope, file, waiting), true, on.labels, scope);
    const { yes, no } = decide(machine, value, at, scope, waiting);
    bodies.push({ body, entry: yes });
    waiting = no;
  }
  const exits: State[] = [];
  for (const { body, entry } of bodies) {
    const from = meet([entry ?? waiting, ...(falling === undefined ? [] : [falling])]);
    machine.statements(body, scope, from, ends);
    exits.push(...landing(ends, (jump) => jump.kind === "break" && jump.label === undefined));
    falling = from;
  }
  const hasDefault = node.cases.some(({ test }) => test === undefined);
  state.become(meet([...exits, ...(falling === undefined ? [] : [falling]), ...(hasDefault ? [] : [waiting])]));
}

/** Runs a `try`: its handler starts wherever the block may throw. */
export function runTry(machine: Machine, node: Extract<Statement, { kind: "try" }>, scope: Scope, state: State, ends: Ends): void {
  const outer = machine.throws;
  const thrown: State[] = [];
  const first = ends.returns.length;
  machine.throws = node.handler === undefined ? outer : thrown;
  const entered = state.copy();
  machine.statements(node.block, scope, state, ends);
  machine.throws = outer;
  if (node.handler !== undefined) {
    const caught = meet(thrown.length === 0 ? [entered] : thrown);
    if (node.caught !== undefined) caught.vars.set(varKey(scope, node.caught), some({ file: scope.file, expression: { kind: "nothing", value: "undefined", span: node.span } }));
    machine.statements(node.handler, scope, caught, ends);
    state.become(meet([state, caught]));
  }
  if (node.finalizer === undefined) return;
  const before = ends.returns.length;
  // It runs however the block ends: by an error, by returning, or by itself.
  const anyhow = meet([entered, state, ...ends.returns.slice(first).map((one) => one.state)]);
  machine.statements(node.finalizer, scope, anyhow, ends);
  if (anyhow.dead) {
    // A `finally` that returns has the last word.
    if (ends.returns.length > before) ends.returns.splice(first, before - first);
    state.become(anyhow);
  } else if (!state.dead) machine.statements(node.finalizer, scope, state, ends);
}

function deadEnd(state: State): State {
  const next = state.copy();
  next.dead = true;
  return next;
}
