import type { Expression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Located } from "../workspace.js";
import { has } from "./comparisons.js";
import type { Machine } from "./machine.js";
import { exportedValue } from "./names.js";
import { headerLabels, requestMember } from "./requests.js";
import type { Scope } from "./scope.js";
import { State } from "./state.js";
import { constant, constantOf, derived, either, label, only, some, under, withAlternatives, type AbstractValue, type Alternative, type Form } from "./values.js";

/** `object.key`. */
export function memberAccess(machine: Machine, at: Located, node: Extract<Expression, { kind: "member" }>, scope: Scope | undefined, state: State): AbstractValue {
  const object = machine.evaluate(node.object, scope, at.file, state);
  const keys = keysOf(machine, object, node.key, scope, at.file, state);
  const key = keys?.length === 1 ? keys[0] : undefined;
  const value = machine.member(at, object, key, keys, scope, state);
  if (key !== undefined || !machine.isLive) return value;
  // What is looked up by something of the request is there or not, as the request says.
  const asked = machine.evaluate(node.key, scope, at.file, state);
  return has(asked, label.request) ? derived(at, [value, asked]) : value;
}

/** The texts that a key can be; undefined where that is not known. */
export function keysOf(machine: Machine, object: AbstractValue, node: Expression, scope: Scope | undefined, file: Path, state: State): readonly string[] | undefined {
  if (node.kind === "string") return [node.value];
  const known = constantOf(machine.evaluate(node, scope, file, state));
  if (known !== undefined) return [String(known.value)];
  // Which header is read matters even where it is one of several.
  return object.alternatives.some(({ form }) => form.kind === "headers") ? machine.textsOf({ file, expression: node }) : undefined;
}

/** The texts that an expression is known to be. */
export function textsOf(machine: Machine, at: Located): readonly string[] | undefined {
  const value = machine.ask.valueOf(at);
  if (value.kind !== "known") return undefined;
  return value.values.flatMap((one) => (one.kind === "primitive" ? [String(one.value)] : []));
}

/** A member of a value, whatever shape that has. */
export function memberOfValue(machine: Machine, at: Located, object: AbstractValue, key: string | undefined, keys: readonly string[] | undefined, scope: Scope | undefined, state: State): AbstractValue {
  const inherited = object.labels & label.ingress;
  const found = object.alternatives.map((one) => under(memberOfForm(machine, at, object, one, key, keys, scope, state), one.claim));
  const value = either(found);
  return inherited === 0 ? value : { ...value, labels: value.labels | inherited };
}

function memberOfForm(machine: Machine, at: Located, object: AbstractValue, { form }: Alternative, key: string | undefined, keys: readonly string[] | undefined, scope: Scope | undefined, state: State): AbstractValue {
  switch (form.kind) {
    case "object": {
      if (key === undefined) return either([...form.members.values(), some(at, object.labels)]);
      const member = form.members.get(key);
      if (member !== undefined) return readMember(machine, at, member, object, state);
      return form.open ? only(at, { kind: "method", of: object, name: key }, object.labels) : constant(at, undefined);
    }
    case "class":
      return classMember(machine, at, form, key, scope, state);
    case "namespace":
      return key === undefined ? some(at, label.unsure) : exportedValue(machine, at, form.file, key);
    case "external":
      return externalMember(at, form, key);
    case "request": {
      const { kind, labels } = requestMember(key);
      return kind === "some" ? only(at, { kind: "method", of: object, name: key }, labels) : only(at, { kind }, labels);
    }
    case "headers":
      return only(at, { kind: "method", of: object, name: key }, key !== undefined && /^(?:get|has|getAll|forEach|entries|keys|values)$/u.test(key) ? object.labels : headerLabels(keys));
    case "constant":
      if (form.value === undefined || form.value === null) return constant(at, undefined);
      if (typeof form.value === "string" && key === "length") return constant(at, form.value.length);
      return only(at, { kind: "method", of: object, name: key }, object.labels);
    case "list":
      if (key === "length") return form.exact ? constant(at, form.items.length) : some(at, object.labels & ~label.list);
      if (key !== undefined && /^\d+$/u.test(key)) return form.exact ? (form.items[Number(key)] ?? constant(at, undefined)) : either([...form.items, constant(at, undefined)]);
      return only(at, { kind: "method", of: object, name: key }, object.labels);
    case "closure":
      if (key === undefined || !/^(?:call|apply|bind)$/u.test(key)) return some(at);
      return only(at, { kind: "method", of: object, name: key }, object.labels);
    default: {
      // What the parameters of an address say is the caller's to know.
      const extra = !has(object, label.request) ? 0 : key === "searchParams" ? label.caller : key === "pathname" && !has(object, label.caller) ? label.path : 0;
      if (key !== undefined && SIZES.test(key)) return some(at, object.labels & ~(label.digest | label.list));
      return only(at, { kind: "method", of: object, name: key }, object.labels | extra);
    }
  }
}

function readMember(machine: Machine, at: Located, member: AbstractValue, object: AbstractValue, state: State): AbstractValue {
  // A getter is kept as a method that takes its receiver at once.
  const getter = member.alternatives.find(({ form }) => form.kind === "closure" && form.self === GETTER);
  return getter?.form.kind === "closure" ? machine.call(at, { ...member, alternatives: [{ ...getter, form: { ...getter.form, self: object } }] }, [], state, undefined) : member;
}

function externalMember(at: Located, form: Extract<Form, { kind: "external" }>, key: string | undefined): AbstractValue {
  if (key === undefined) return some(at, label.other);
  if (form.module === "global" && form.name === "process" && key === "env") return some(at, label.other);
  const name = form.name === "*" || form.name === "default" ? key : `${form.name}.${key}`;
  return only(at, { kind: "external", module: form.module, name });
}

function classMember(machine: Machine, at: Located, form: Extract<Form, { kind: "class" }>, key: string | undefined, scope: Scope | undefined, state: State): AbstractValue {
  const member = form.fact.members.find((one) => one.static && one.key.kind === "string" && one.key.value === key);
  return member?.value === undefined ? some(at) : machine.evaluate(member.value, form.scope ?? scope, form.file, state.copy());
}

/** An element of what is iterated or destructured. */
export function elementOf(at: Located, list: AbstractValue, index: number | undefined): AbstractValue {
  return either(
    list.alternatives.map(({ form, claim }) => {
      if (form.kind === "list") {
        const exact = form.exact && index !== undefined ? form.items[index] : undefined;
        if (exact !== undefined) return under(exact, claim);
        if (form.exact && index !== undefined) return constant(at, undefined);
        return under(form.items.length === 0 ? some(at, list.labels & ~label.list) : either(form.items), claim);
      }
      if (form.kind === "headers") return some(at, headerLabels(undefined));
      return under(some(at, list.labels & ~label.list, list.digests), claim);
    }),
  );
}

const SIZES = /^(?:length|size|byteLength)$/u;

/** Stands for the receiver of a getter until it is read. */
const GETTER: AbstractValue = { alternatives: [], labels: 0, digests: new Set() };

/** A function that a member runs when it is read. */
export function asGetter(value: AbstractValue): AbstractValue {
  return withAlternatives(value, value.alternatives.map((one) => (one.form.kind === "closure" ? { ...one, form: { ...one.form, self: GETTER } } : one)));
}
