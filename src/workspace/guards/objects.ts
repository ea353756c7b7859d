import type { ClassFact, Expression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Located } from "../workspace.js";
import { constructExternal } from "./calls.js";
import { has } from "./comparisons.js";
import { logical } from "./decisions.js";
import { isDenyingName, saysDenied } from "./denials.js";
import type { Machine } from "./machine.js";
import { asGetter } from "./members.js";
import { binary } from "./operators.js";
import { enter } from "./runs.js";
import { scopeOf, varKey, type Scope } from "./scope.js";
import { State } from "./state.js";
import { runBody } from "./statements.js";
import { constant, constantOf, derived, digestsOf, either, label, only, under, withAlternatives, type AbstractValue } from "./values.js";

/** `{ … }`. */
export function objectLiteral(machine: Machine, at: Located, node: Extract<Expression, { kind: "object" }>, scope: Scope | undefined, state: State): AbstractValue {
  const members = new Map<string, AbstractValue>();
  let open = false;
  let labels = 0;
  for (const entry of node.entries) {
    const value = machine.part(entry.value, scope, at.file, state);
    labels |= machine.isLive ? value.labels : label.other;
    if (entry.kind === "spread") {
      const [one, ...others] = value.alternatives;
      if (one?.form.kind === "object" && others.length === 0) {
        for (const [key, member] of one.form.members) members.set(key, member);
        open ||= one.form.open;
      } else open = true;
      continue;
    }
    const key = constantOf(machine.evaluate(entry.key, scope, at.file, state));
    if (key === undefined) open = true;
    else members.set(String(key.value), entry.accessor === "get" ? asGetter(value) : value);
  }
  const made = only(at, { kind: "object", id: machine.site(at, scope), members, open }, labels & ~label.ingress & ~label.list);
  return machine.isLive ? { ...made, digests: digestsOf([...members.values()]) } : made;
}

/** `new …`. */
export function construct(machine: Machine, at: Located, callee: AbstractValue, passed: readonly AbstractValue[], scope: Scope | undefined, state: State): AbstractValue {
  return either(
    callee.alternatives.map(({ form, claim }) => {
      if (form.kind === "class") {
        const made = instanceOf(machine, at, form.file, form.fact, form.scope, passed, scope, state);
        if (isDenyingName(form.fact.name ?? "") || saysDenied(made)) machine.deny(state);
        return under(made, claim);
      }
      if (form.kind === "external") return constructExternal(machine, at, form, passed, scope, state);
      return derived(at, passed, label.other | label.unsure);
    }),
  );
}

function instanceOf(machine: Machine, at: Located, file: Path, fact: ClassFact, home: Scope | undefined, passed: readonly AbstractValue[], scope: Scope | undefined, state: State): AbstractValue {
  const members = new Map<string, AbstractValue>();
  let labels = 0;
  const parent = fact.extends === undefined ? undefined : machine.evaluate(fact.extends, home, file, state);
  for (const { form } of parent?.alternatives ?? []) {
    if (form.kind !== "class") continue;
    const inherited = instanceOf(machine, at, form.file, form.fact, form.scope, passed, scope, state);
    for (const one of inherited.alternatives) if (one.form.kind === "object") for (const [key, value] of one.form.members) members.set(key, value);
  }
  const inner = enter(machine, file, fact.constructorFunction ?? 0, home, passed, undefined, scope);
  const open = parent !== undefined && parent.alternatives.every(({ form }) => form.kind !== "class");
  const id = `${machine.site(at, scope)}new`;
  for (const member of fact.members) {
    if (member.static || member.key.kind !== "string" || member.role === "set") continue;
    const value = member.value === undefined ? constant(at, undefined) : machine.evaluate(member.value, inner, file, state);
    labels |= value.labels;
    members.set(member.key.value, member.role === "get" ? asGetter(value) : value);
  }
  const self = only(at, { kind: "object", id, members, open }, labels);
  const body = fact.constructorFunction === undefined ? undefined : machine.fact(file, fact.constructorFunction);
  if (body === undefined) return self;
  state.vars.set(`${inner.serial}:this`, self);
  runBody(machine, body, { ...inner, self }, state);
  return state.vars.get(`${inner.serial}:this`) ?? self;
}

/** `target = …`, and its compound forms. */
export function assign(machine: Machine, at: Located, node: Extract<Expression, { kind: "assign" }>, scope: Scope | undefined, state: State): AbstractValue {
  const { target, operator } = node;
  if (operator === "&&=" || operator === "||=" || operator === "??=") {
    const value = logical(machine, at, { kind: "logical", operator: operator === "&&=" ? "&&" : operator === "||=" ? "||" : "??", left: target, right: node.value, span: node.span }, scope, state);
    write(machine, target, value, scope, at.file, state);
    return value;
  }
  const given = machine.evaluate(node.value, scope, at.file, state);
  const value = operator === "=" ? given : compound(machine, at, operator, machine.evaluate(target, scope, at.file, state), given, scope);
  write(machine, target, value, scope, at.file, state);
  return value;
}

function compound(machine: Machine, at: Located, operator: string, before: AbstractValue, given: AbstractValue, scope: Scope | undefined): AbstractValue {
  const operation = operator.replace(/=$/u, "");
  // `ok |= match` and `ok &= match` collect truths.
  if (operation === "|" && !has(given, label.difference)) return either([before, given]);
  return binary(machine, at, operation, before, given, scope);
}

/** Puts a value into a name or a member. */
export function write(machine: Machine, target: Expression, value: AbstractValue, scope: Scope | undefined, file: Path, state: State): void {
  if (target.kind === "reference") {
    const binding = machine.ask.body(file)?.bindings[target.binding];
    const home = binding === undefined ? undefined : scopeOf(scope, file, binding.function);
    if (home !== undefined) state.vars.set(varKey(home, target.binding), value);
    return;
  }
  if (target.kind !== "member") return;
  const key = target.key.kind === "string" ? target.key.value : undefined;
  const object = machine.evaluate(target.object, scope, file, state);
  // `set.status = 403`, `res.statusCode = 403`.
  if (key !== undefined && /^(?:status|statusCode)$/u.test(key) && constantOf(value) !== undefined && [401, 403, 404].includes(Number(constantOf(value)?.value)) && object.alternatives.some(({ form }) => form.kind !== "object")) machine.deny(state);
  if (key === undefined) return;
  const changed = withAlternatives(object, object.alternatives.map((one) => (one.form.kind === "object" ? { ...one, form: { ...one.form, members: new Map(one.form.members).set(key, value) } } : one)));
  if (target.object.kind === "this") {
    for (let home = scope; home !== undefined; home = home.outer) {
      if (machine.fact(home.file, home.function)?.arrow === true) continue;
      state.vars.set(`${home.serial}:this`, changed);
      return;
    }
  }
  if (target.object.kind === "reference") write(machine, target.object, changed, scope, file, state);
}
