import type { ClassFact, ClassMember, Expression, Statement } from "../../facts/expression.js";
import { superCall } from "../module-index.js";
import type { Uses, Write } from "../uses.js";
import type { Located } from "../workspace.js";
import { gapAt, type Evaluation } from "./evaluation.js";
import type { ClassForm, InstanceForm } from "./form.js";
import type { CallFrame } from "./frame.js";
import { keyText } from "./objects.js";
import { blocked, constant, each, only, union, withGap, type Gap, type Outcome, type Possible } from "./outcome.js";

/** How many ancestors a class may have. */
const MAX_ANCESTORS = 12;

/** A property of a class itself. */
export function classMember(ev: Evaluation, at: Located, of: Possible, form: ClassForm, key: string, depth = 0): Outcome {
  const member = memberNamed(ev, form, key, true);
  if (member === "unknown") return blocked(at, "a member's name is not known");
  const self = pinnedTo(at, of);
  if (key === "prototype") return blocked(at, "a prototype is not evaluated");
  const uses = usesOfClass(ev, form);
  const writes = writesOf(ev, key, uses);
  if (member === undefined) {
    if (writes.outcomes.length > 0 || writes.gap !== undefined) return withGap(union(at, [...writes.outcomes, constant(undefined)]), writes.gap);
    if (form.fact.extends !== undefined) return inherited(ev, at, form, depth, (parent, parentForm) => classMember(ev, at, parent, parentForm, key, depth + 1));
    if (key === "name" && form.fact.name !== undefined) return constant(form.fact.name);
    return key in Function.prototype ? only({ kind: "method", of, name: key }) : constant(undefined);
  }
  const frame = ev.enter(at, { file: form.file, function: -1, outer: form.outer }, [], self);
  return withGap(union(at, [memberValue(ev, at, form, member, frame, self), ...writes.outcomes]), writes.gap);
}

/** A property of an instance; of one that is only known to be of a class, also what subclasses have there instead. */
export function instanceMember(ev: Evaluation, at: Located, of: Possible, form: InstanceForm, key: string): Outcome {
  const own = ownMember(ev, at, of, form, key);
  if (form.made !== undefined) return own;
  const others = subclassesOf(ev, form.of).filter(({ file, fact }) => hasOwn(ev, file, fact, key));
  return others.length === 0 ? own : union(at, [own, ...others.map((subclass) => ownMember(ev, at, of, { kind: "instance", of: subclass }, key))]);
}

/** Whether a class declares a member, or assigns to it, or may do so. */
function hasOwn(ev: Evaluation, file: Located["file"], fact: ClassFact, key: string): boolean {
  if (fact.members.some((member) => member.key.kind !== "string" || member.key.value === key)) return true;
  return ev.index(file)?.selves(fact).some(({ parent }) => parent?.of === "expression" && parent.node.kind === "member" && parent.role === "target" && (parent.node.key.kind !== "string" || parent.node.key.value === key)) === true;
}

/** All classes below a class: any of them may be what a method of it runs on. */
function subclassesOf(ev: Evaluation, form: ClassForm, seen = new Set<ClassForm>()): readonly ClassForm[] {
  const made = ev.index(form.file)?.classExpression(form.fact);
  const direct = made === undefined ? [] : ev.usesOf({ file: form.file, expression: made }).subclasses.map(({ file, fact }) => ev.classForm(file, fact, undefined));
  return direct.flatMap((subclass) => {
    if (seen.has(subclass)) return [];
    seen.add(subclass);
    return [subclass, ...subclassesOf(ev, subclass, seen)];
  });
}

function ownMember(ev: Evaluation, at: Located, of: Possible, form: InstanceForm, key: string, depth = 0): Outcome {
  const owner = form.of;
  const self = pinnedTo(at, of);
  const member = memberNamed(ev, owner, key, false);
  if (member === "unknown") return blocked(at, "a member's name is not known");
  const frame = constructorFrame(ev, at, form, self);
  const assigned = assignedInConstructor(ev, owner, key, frame);
  const uses = constructionsOf(ev, form).map((site) => ev.usesOf(site));
  const doubt = usesOfClass(ev, owner)?.doubt ?? uses.find((one) => one.doubt !== undefined)?.doubt;
  const writes = writesOf(ev, key, { writes: uses.flatMap((one) => one.writes).filter((write) => !isThroughThis(write)), ...(doubt !== undefined && { doubt }) });
  const inside = assignedInside(ev, owner, key, assigned?.by);
  const outcomes = [...(assigned === undefined ? [] : [assigned.outcome]), ...inside.outcomes, ...writes.outcomes];
  const gap = inside.gap ?? writes.gap;
  if (member !== undefined && (member.role !== "field" || assigned === undefined)) outcomes.unshift(memberValue(ev, at, owner, member, frame, self));
  if (member === undefined && assigned === undefined) {
    if (owner.fact.extends !== undefined) {
      outcomes.push(inherited(ev, at, owner, depth, (_parent, parentForm) => ownMember(ev, at, of, inheritedInstance(ev, form, parentForm, frame), key, depth + 1)));
    } else if (outcomes.length === 0 && key in Object.prototype) return blocked(at, `"${key}" is inherited`);
    else outcomes.push(constant(undefined));
  }
  return withGap(union(at, outcomes), gap);
}

/** A method that `super.key` takes from a parent class; `self` is the word `super`. */
export function superMember(ev: Evaluation, at: Located, self: Expression, key: string | undefined): Outcome {
  const index = ev.index(at.file);
  const [place] = index?.occurrences(self) ?? [];
  const owner = place === undefined ? undefined : index?.ownerOfThis(place);
  const unknown = blocked(at, "it reads what a parent class has");
  if (owner?.kind !== "class" || key === undefined) return unknown;
  const find = (form: ClassForm, depth: number): Outcome =>
    inherited(ev, at, form, depth, (_parent, parent) => {
      const member = memberNamed(ev, parent, key, owner.static);
      if (member === undefined) return parent.fact.extends === undefined ? unknown : find(parent, depth + 1);
      if (member === "unknown" || member.role !== "method" || member.value?.kind !== "function") return unknown;
      return only({ kind: "closure", file: parent.file, function: member.value.function, outer: parent.outer, self: { ...at, expression: self } });
    });
  return find(ev.classForm(at.file, owner.fact, undefined), 0);
}

/** The member of a class that has a name; `"unknown"` when one of the names is not known. */
function memberNamed(ev: Evaluation, form: ClassForm, key: string, isStatic: boolean): ClassMember | "unknown" | undefined {
  let found: ClassMember | undefined;
  for (const member of form.fact.members) {
    if (member.static !== isStatic || member.role === "set") continue;
    const keys = ev.evaluate({ file: form.file, expression: member.key, ...(form.outer !== undefined && { frame: form.outer }) });
    if (keys.gap !== undefined || keys.values.length !== 1) return "unknown";
    if (keys.values.some((possible) => keyText(possible) === key)) found = member;
  }
  return found;
}

function memberValue(ev: Evaluation, at: Located, form: ClassForm, member: ClassMember, frame: CallFrame, self: Located): Outcome {
  const { value } = member;
  if (member.decorators !== undefined || form.fact.decorators !== undefined) return blocked(at, "a decorator may change it");
  if (value === undefined) return member.role === "field" ? constant(undefined) : blocked(at, "a member has no body");
  if (member.role === "field") return ev.evaluate({ file: form.file, expression: value, frame });
  if (value.kind !== "function") return blocked(at, "a member has no body");
  const fn: Possible = { form: { kind: "closure", file: form.file, function: value.function, outer: form.outer, self }, trail: { from: [] } };
  return member.role === "get" ? ev.apply(at, fn, [], self) : { values: [fn] };
}

/** The frame of the construction: parameter properties and field initialisers are read in it. */
function constructorFrame(ev: Evaluation, at: Located, form: InstanceForm, self: Located): CallFrame {
  const fn = form.of.fact.constructorFunction;
  if (form.made === undefined || fn === undefined) return ev.enter(at, { file: form.of.file, function: -1, outer: form.of.outer }, [], self);
  return ev.enter(form.made.at, { file: form.of.file, function: fn, outer: form.of.outer }, form.made.arguments, self);
}

type Assign = Extract<Expression, { kind: "assign" }>;

/** The last assignment to `this.key` among those that the constructor surely runs. */
function assignedInConstructor(ev: Evaluation, form: ClassForm, key: string, frame: CallFrame): { readonly by: Assign; readonly outcome: Outcome } | undefined {
  const fn = form.fact.constructorFunction;
  const body = fn === undefined ? [] : (ev.index(form.file)?.body.functions[fn]?.body ?? []);
  let by: Assign | undefined;
  for (const statement of body) {
    if (statement.kind !== "expression" && statement.kind !== "declare") break;
    by = assignmentTo(statement, key) ?? by;
  }
  return by === undefined ? undefined : { by, outcome: ev.evaluate({ file: form.file, expression: by.value, ...(frame.function >= 0 && { frame }) }) };
}

function assignmentTo(statement: Statement, key: string): Assign | undefined {
  if (statement.kind !== "expression" || statement.expression.kind !== "assign" || statement.expression.operator !== "=") return undefined;
  const { target } = statement.expression;
  return target.kind === "member" && target.object.kind === "this" && target.key.kind === "string" && target.key.value === key ? statement.expression : undefined;
}

/** All that code of the class writes into `this.key`, apart from one assignment. */
function assignedInside(ev: Evaluation, form: ClassForm, key: string, apart: Assign | undefined): { readonly outcomes: readonly Outcome[]; readonly gap?: Gap } {
  const index = ev.index(form.file);
  const outcomes: Outcome[] = [];
  let gap: Gap | undefined;
  for (const self of index?.selves(form.fact) ?? []) {
    const { parent } = self;
    if (parent?.of !== "expression") continue;
    if (parent.node.kind === "call" && self.role === "argument" && parent.node.arguments[0]?.value === self.node && parent.node.callee.kind === "member" && parent.node.callee.object.kind === "global") {
      gap ??= gapAt({ file: form.file, expression: parent.node }, "it is changed here");
      continue;
    }
    const assign = parent.parent;
    if (parent.node.kind !== "member" || parent.role !== "target" || assign?.of !== "expression" || assign.node.kind !== "assign") continue;
    const keys = ev.evaluate({ file: form.file, expression: parent.node.key });
    if (keys.gap !== undefined) gap ??= keys.gap;
    if (!keys.values.some((possible) => keyText(possible) === key)) continue;
    if (assign.node === apart) continue;
    outcomes.push(ev.evaluate({ file: form.file, expression: assign.node }));
  }
  return { outcomes, ...(gap !== undefined && { gap }) };
}

/** Where a class goes. */
function usesOfClass(ev: Evaluation, form: ClassForm): Uses | undefined {
  const made = ev.index(form.file)?.classExpression(form.fact);
  return made === undefined ? undefined : ev.usesOf({ file: form.file, expression: made });
}

/** Where the instance is made; where any of its class is when that is not known. */
function constructionsOf(ev: Evaluation, form: InstanceForm): readonly Located[] {
  if (form.made !== undefined) return [form.made.at];
  return usesOfClass(ev, form.of)?.invocations.map(({ at }) => at).filter(({ expression }) => expression.kind === "new") ?? [];
}

/** `this.key = …` in the class's own code, which is looked at there. */
function isThroughThis({ at }: Write): boolean {
  return at.expression.kind === "assign" && at.expression.target.kind === "member" && at.expression.target.object.kind === "this";
}

/** What writes from outside put under a key. */
function writesOf(ev: Evaluation, key: string, uses: Pick<Uses, "writes" | "doubt"> | undefined): { readonly outcomes: readonly Outcome[]; readonly gap?: Gap } {
  const outcomes: Outcome[] = [];
  let gap: Gap | undefined = uses?.doubt === undefined ? undefined : gapAt(uses.doubt.at, uses.doubt.reason);
  for (const write of uses?.writes ?? []) {
    if (write.kind === "method") continue;
    if (write.kind !== "set") gap ??= gapAt(write.at, "it is changed here");
    else {
      const keys = ev.evaluate(write.key);
      if (keys.gap !== undefined) gap ??= keys.gap;
      if (keys.values.some((possible) => keyText(possible) === key)) outcomes.push(ev.evaluate(write.value));
    }
  }
  return { outcomes, ...(gap !== undefined && { gap }) };
}

function inherited(ev: Evaluation, at: Located, form: ClassForm, depth: number, next: (parent: Possible, form: ClassForm) => Outcome): Outcome {
  const parent = form.fact.extends;
  if (parent === undefined) return constant(undefined);
  if (depth > MAX_ANCESTORS) return blocked(at, "the class has too many ancestors");
  const located: Located = { file: form.file, expression: parent, ...(form.outer !== undefined && { frame: form.outer }) };
  return each(at, ev.evaluate(located), (possible) => (possible.form.kind === "class" ? next(possible, possible.form) : blocked(located, "the class it extends is not known")));
}

/** The instance as its parent class sees it: with what `super(…)` passes on. */
function inheritedInstance(ev: Evaluation, form: InstanceForm, parent: ClassForm, frame: CallFrame): InstanceForm {
  if (form.made === undefined) return { kind: "instance", of: parent };
  if (form.of.fact.constructorFunction === undefined) return { kind: "instance", of: parent, made: form.made };
  const index = ev.index(form.of.file);
  const call = index === undefined ? undefined : superCall(index, form.of.fact);
  if (call === undefined) return { kind: "instance", of: parent };
  return { kind: "instance", of: parent, made: { at: { file: form.of.file, expression: call, frame }, arguments: call.arguments.map(({ value, spread }) => ({ at: { file: form.of.file, expression: value, frame }, spread })) } };
}

function pinnedTo(at: Located, possible: Possible): Located {
  return { file: at.file, expression: at.expression, frame: { kind: "pinned", read: () => ({ values: [possible] }) } };
}

