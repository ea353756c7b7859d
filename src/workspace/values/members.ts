import type { Expression } from "../../facts/expression.js";
import type { Located } from "../workspace.js";
import { arrayMember } from "./arrays.js";
import { builtinMember } from "./builtins.js";
import { classMember, instanceMember, superMember } from "./classes.js";
import { collectionMember } from "./collections.js";
import { inside, type Evaluation } from "./evaluation.js";
import { exportedValue } from "./names.js";
import { keyText, objectMember, ownShape } from "./objects.js";
import { isNullish } from "./operators.js";
import { blocked, constant, each, NEVER, only, union, withGap, type Outcome, type Possible } from "./outcome.js";

type Member = Extract<Expression, { kind: "member" }>;

/** What a member read gives. */
export function memberValue(ev: Evaluation, at: Located, node: Member): Outcome {
  const keys = ev.evaluate(inside(at, node.key));
  if (isSuperRead(node)) return each(at, keys, (key) => superMember(ev, at, node.object, keyText(key)));
  return each(at, ev.evaluate(inside(at, node.object)), (possible) => {
    if (isNullish(possible)) return shortCircuits(node) ? constant(undefined) : NEVER;
    const known = keys.values.map((key) => {
      const name = keyText(key);
      return name === undefined ? blocked(inside(at, node.key), "the key is no text") : ev.member(at, possible, name);
    });
    if (keys.gap === undefined) return union(at, known);
    return withGap(union(at, [...known, ...anyMember(ev, at, possible)]), keys.gap);
  });
}

/** Whether a chain ends early, with `undefined`, when an object in it is nothing. */
export function shortCircuits(node: Expression): boolean {
  if (node.kind === "member") return node.optional || shortCircuits(node.object);
  return node.kind === "call" && (node.optional || shortCircuits(node.callee));
}

/** `super.x`: facts keep it as `this.x`, at the place of the word `super`. */
export function isSuperRead({ object }: Member): boolean {
  return object.kind === "this" && object.span[1] - object.span[0] === "super".length;
}

/** Every property that a value is known to have. */
function anyMember(ev: Evaluation, at: Located, possible: Possible): readonly Outcome[] {
  if (possible.form.kind === "array") return possible.form.items().items.map((item) => ev.evaluate(item));
  const shape = possible.form.kind === "object" ? ownShape(at, possible) : undefined;
  return [...(shape?.slots.values() ?? [])].flatMap((slot) => slot.alternatives.map((alternative) => ev.evaluate(alternative)));
}

/** A property of a value. */
export function propertyOf(ev: Evaluation, at: Located, of: Possible, key: string): Outcome {
  const { form } = of;
  switch (form.kind) {
    case "primitive":
      return primitiveMember(at, of, form.value, key);
    case "object":
      return objectMember(ev, at, of, form, key);
    case "array":
      return arrayMember(ev, at, of, form, key);
    case "class":
      return classMember(ev, at, of, form, key);
    case "instance":
      return instanceMember(ev, at, of, form, key);
    case "namespace":
      return exportedValue(ev, at, form.file, key);
    case "builtin":
      return builtinMember(at, form.name, key);
    case "external":
      return only({ kind: "external", module: form.module, name: form.name === "*" ? key : `${form.name}.${key}` });
    case "map":
    case "set":
      return collectionMember(at, of, form, key);
    case "url":
      return urlMember(at, of, form.href, key);
    case "closure":
      return key === "call" || key === "apply" || key === "bind" ? only({ kind: "method", of, name: key }) : functionProperty(ev, at, form.file, form.function, key);
    case "method":
      return key === "call" || key === "apply" ? blocked(at, "a standard method is called on another value") : blocked(at, `"${key}" of a standard method is not evaluated`);
    case "regex":
      if (key === "source" || key === "flags") return constant(key === "source" ? form.pattern : form.flags);
      return only({ kind: "method", of, name: key });
    case "promise":
    case "iterator":
      return only({ kind: "method", of, name: key });
  }
}

function primitiveMember(at: Located, of: Possible, value: string | number | boolean | null | undefined, key: string): Outcome {
  if (value === null || value === undefined) return NEVER;
  if (typeof value === "string") {
    if (key === "length") return constant(value.length);
    if (/^(?:0|[1-9]\d*)$/u.test(key)) return constant(value[Number(key)]);
  }
  if (key === "constructor" || key === "__proto__") return blocked(at, `"${key}" is not evaluated`);
  return key in Object(value) ? only({ kind: "method", of, name: key }) : constant(undefined);
}

const URL_PARTS = ["href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"] as const;

function urlMember(at: Located, of: Possible, href: string, key: string): Outcome {
  const part = URL_PARTS.find((name) => name === key);
  if (part !== undefined) return constant(new URL(href)[part], of.trail);
  return key === "toString" || key === "toJSON" ? only({ kind: "method", of, name: key }) : blocked(at, `"${key}" of a URL is not evaluated`);
}

/** A property that was put on a function. */
function functionProperty(ev: Evaluation, at: Located, file: Located["file"], fn: number, key: string): Outcome {
  const [site] = ev.index(file)?.functionSites(fn) ?? [];
  const writes = site === undefined ? [] : ev.usesOf({ file, expression: site.node }).writes;
  const values: Outcome[] = [];
  for (const write of writes) {
    if (write.kind !== "set") return blocked(write.at, "the function is changed here");
    const keys = ev.evaluate(write.key);
    if (keys.gap !== undefined) return blocked(write.at, "the function is changed here");
    if (keys.values.some((possible) => keyText(possible) === key)) values.push(ev.evaluate(write.value));
  }
  return values.length === 0 ? blocked(at, `"${key}" of a function is not known`) : union(at, [...values, constant(undefined)]);
}
