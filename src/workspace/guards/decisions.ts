import type { Expression } from "../../facts/expression.js";
import type { Located } from "../workspace.js";
import { decided, DISTRUSTED, joined, PROVEN, strongest, UNKNOWN, without, type Claim, type Level, type Token } from "./claims.js";
import { has } from "./comparisons.js";
import type { Machine } from "./machine.js";
import { refine } from "./refinements.js";
import type { Scope } from "./scope.js";
import { beyond, meet, State } from "./state.js";
import { either, isNothing, isOpen, label, truthOf, under, withAlternatives, type AbstractValue, type Alternative, type Form } from "./values.js";

/** How much asking this value says, and which way. */
function levelOf(machine: Machine, value: AbstractValue, positive: boolean): Level | 0 {
  if (machine.options.mode === "signature") {
    if (has(value, label.difference)) return positive ? 0 : PROVEN;
    return has(value, label.unsure) && has(value, label.request) ? UNKNOWN : 0;
  }
  if (!has(value, label.caller)) return 0;
  if (has(value, label.cookie | label.userAgent)) return DISTRUSTED;
  if (has(value, label.authorization) && !has(value, label.other)) return DISTRUSTED;
  return has(value, label.unsure) ? UNKNOWN : PROVEN;
}

/** Whether an answer lets in whoever is not known: that a caller is none of some says nothing of who it is. */
function saysNothing({ options }: Machine, form: Form, positive: boolean): boolean {
  return options.mode === "gate" && form.kind === "boolean" && form.proves === !positive;
}

/** A value's alternatives by truth, each under what asking it decides. */
export function split(machine: Machine, value: AbstractValue, at: Located, scope: Scope | undefined): { readonly yes: AbstractValue; readonly no: AbstractValue } {
  const sides = { yes: [] as Alternative[], no: [] as Alternative[] };
  for (const one of value.alternatives) {
    const truth = truthOf(one.form);
    if (one.form.kind === "promise") machine.unawaited.push(at);
    if (truth !== undefined) {
      sides[truth ? "yes" : "no"].push(one);
      continue;
    }
    for (const positive of [true, false]) {
      const level = saysNothing(machine, one.form, positive) ? 0 : levelOf(machine, one.own === undefined ? value : { ...value, labels: one.own }, positive);
      const token: Token | undefined = level === 0 ? undefined : { site: `leaf ${machine.site(at, scope)}`, positive, level, at, note: noteOf(level) };
      sides[positive ? "yes" : "no"].push({ ...one, form: one.form.kind === "boolean" ? { kind: "constant", value: positive } : { kind: "some", truth: positive }, claim: token === undefined ? one.claim : decided(one.claim, token) });
    }
  }
  return { yes: withAlternatives(value, sides.yes), no: withAlternatives(value, sides.no) };
}

/** The states behind a question, each with what its answer decides. */
export function decide(machine: Machine, value: AbstractValue, at: Located, scope: Scope | undefined, state: State): { readonly yes: State; readonly no: State; readonly site: string } {
  const { yes, no } = machine.split(value, at, scope);
  const site = machine.site(at, scope);
  const side = (of: AbstractValue, positive: boolean): State => {
    const next = state.copy();
    if (of.alternatives.length === 0) {
      next.dead = true;
      return next;
    }
    const best = strongest(joined(of.alternatives.map(({ claim }) => claim)));
    next.claim = best === undefined ? without(next.claim, site) : decided(next.claim, { site, positive, level: best.level, at: best.at, note: best.note });
    return next;
  };
  return { yes: side(yes, true), no: side(no, false), site };
}

/** `test ? then : else`. */
export function conditional(machine: Machine, at: Located, node: Extract<Expression, { kind: "conditional" }>, scope: Scope | undefined, state: State): AbstractValue {
  const test = machine.evaluate(node.test, scope, at.file, state);
  const before = state.claim;
  const { yes, no, site } = decide(machine, test, { file: at.file, expression: node.test }, scope, state);
  refine(machine, node.test, true, scope, at.file, yes);
  refine(machine, node.test, false, scope, at.file, no);
  if (machine.options.mode === "gate" && node.then.kind === "boolean" && node.then.value) no.claim = without(no.claim, site);
  if (machine.options.mode === "gate" && node.else.kind === "boolean" && node.else.value) yes.claim = without(yes.claim, site);
  const values: AbstractValue[] = [];
  for (const [side, expression] of [[yes, node.then], [no, node.else]] as const) {
    if (side.dead) continue;
    const value = machine.evaluate(expression, scope, at.file, side);
    if (!side.dead) values.push(under(value, beyond(side.claim, before)));
  }
  state.become(meet([yes, no]));
  return either(values);
}

/** `&&`, `||` and `??`. */
export function logical(machine: Machine, at: Located, node: Extract<Expression, { kind: "logical" }>, scope: Scope | undefined, state: State): AbstractValue {
  const { operator } = node;
  const leftAt: Located = { file: at.file, expression: node.left };
  const left = machine.evaluate(node.left, scope, at.file, state);
  const before = state.claim;
  const asked = operator === "??" ? presence(left) : left;
  const { yes, no, site } = decide(machine, asked, leftAt, scope, state);
  const sides = machine.split(asked, leftAt, scope);
  const [goesOn, stops] = operator === "&&" ? [yes, no] : [no, yes];
  const kept = operator === "&&" ? sides.no : operator === "||" ? sides.yes : { ...left, alternatives: left.alternatives.filter(({ form }) => !isNothing(form)) };
  refine(machine, node.left, operator === "&&", scope, at.file, goesOn);
  const values: AbstractValue[] = [];
  if (!stops.dead) values.push(kept);
  if (!goesOn.dead) {
    const right = machine.evaluate(node.right, scope, at.file, goesOn);
    if (!goesOn.dead) values.push(behind(machine, right, at, node, scope, beyond(goesOn.claim, before), site));
  }
  state.become(meet([yes, no]));
  return either(values);
}

/**
 * The right side of a short circuit, under what the left side decided.
 *
 * That a caller was not let in by the left side is no reason to let it in by the right one.
 */
export function behind(machine: Machine, right: AbstractValue, at: Located, { operator, right: node }: Extract<Expression, { kind: "logical" }>, scope: Scope | undefined, claim: Claim, site: string): AbstractValue {
  if (machine.options.mode !== "gate" || operator === "??") return operator === "??" ? right : under(right, claim);
  const { yes, no } = machine.split(right, { file: at.file, expression: node }, scope);
  const free = without(claim, site);
  return either([under(yes, operator === "&&" ? claim : free), under(no, operator === "&&" ? free : claim)]);
}

/** Whether a value is there, as a truth. */
function presence(value: AbstractValue): AbstractValue {
  return withAlternatives(value, value.alternatives.flatMap((one): Alternative[] => (one.form.kind === "some" ? [one] : [{ ...one, form: { kind: "constant", value: !isNothing(one.form) } }])));
}

/** `!operand`. */
export function negated(machine: Machine, at: Located, operand: AbstractValue, scope: Scope | undefined): AbstractValue {
  const { yes, no } = machine.split(operand, at, scope);
  if (operand.alternatives.length === 1 && operand.alternatives.every(({ form }) => isOpen(form) && !(form.kind === "boolean" && form.proves !== undefined)) && !has(operand, label.difference)) return operand;
  const as = (of: AbstractValue, value: boolean): Alternative[] => of.alternatives.map((one) => ({ ...one, form: { kind: "constant", value } }));
  return withAlternatives(operand, [...as(yes, false), ...as(no, true)]);
}

function noteOf(level: Level): string {
  switch (level) {
    case PROVEN:
      return "who is calling is asked here";
    case DISTRUSTED:
      return "this rests on what any caller can send";
    case UNKNOWN:
      return "what this answers cannot be told";
  }
}
