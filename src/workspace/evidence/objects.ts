import type { Expression, ObjectEntry } from "../../facts/expression.js";
import { listOf } from "./calls.js";
import { builtin } from "./library.js";
import { writeName } from "./names.js";
import type { TestReader } from "./reader.js";
import { nameOf, operate, primitive, textOf, toText, UNKNOWN, type Scope, type Value } from "./value.js";

/** `{ … }`. */
export function objectLiteral(reader: TestReader, entries: readonly ObjectEntry[], scope: Scope): Value {
  const members = new Map<string, Value>();
  let open = false;
  for (const entry of entries) {
    const value = reader.evaluate(entry.value, scope);
    if (entry.kind === "property") members.set(textOf(reader.evaluate(entry.key, scope)), value);
    else if (value.kind === "object") {
      for (const [key, inner] of value.members) members.set(key, inner);
      open ||= value.open;
    } else open ||= value.kind !== "primitive";
  }
  return { kind: "object", members, open };
}

/** `new …`. */
export function construct(reader: TestReader, node: Extract<Expression, { kind: "new" }>, scope: Scope): Value {
  const callee = reader.evaluate(node.callee, scope);
  const passed = listOf(reader, node.arguments, scope);
  const [first = UNKNOWN, second] = passed;
  if (callee.kind === "class") return instanceOf(reader, callee, passed);
  const name = callee.kind === "native" ? callee.name : (nameOf(node.callee) ?? "");
  if (name === "Request") return { kind: "request", url: textOf(first), init: second ?? (first.kind === "request" ? first.init : undefined), at: { file: scope.file, expression: node } };
  const made = builtin(`new ${name}`, passed, reader);
  if (made !== undefined) return made;
  return callee.kind === "function" ? UNKNOWN : { kind: "instance", of: name, seen: { ours: name === "elsewhere" } };
}

function instanceOf(reader: TestReader, made: Extract<Value, { kind: "class" }>, passed: readonly Value[]): Value {
  const self: Value = { kind: "object", members: new Map(), open: true };
  // Fields see what the constructor is given where it declares them.
  const scope: Scope = { file: made.scope.file, function: made.fact.constructorFunction ?? made.scope.function, passed, self, outer: made.scope, cells: new Map(), rows: new Map() };
  for (const member of made.fact.members) {
    if (member.static || member.value === undefined || member.key.kind !== "string" || member.role === "get" || member.role === "set") continue;
    const value = reader.evaluate(member.value, scope);
    self.members.set(member.key.value, value.kind === "function" ? { ...value, self } : value);
  }
  const { constructorFunction } = made.fact;
  if (constructorFunction !== undefined) reader.call({ kind: "function", file: made.scope.file, function: constructorFunction, scope: made.scope }, passed, self);
  return self;
}

/** `target = …`, and its compound forms. */
export function assign(reader: TestReader, { operator, target, value }: Extract<Expression, { kind: "assign" }>, scope: Scope): Value {
  const given = reader.evaluate(value, scope);
  const next = operator === "=" ? given : compound(operator, reader.evaluate(target, scope), given);
  if (target.kind === "reference") writeName(reader, target.binding, next, scope);
  else if (target.kind === "member") {
    const key = textOf(reader.evaluate(target.key, scope));
    const object = reader.evaluate(target.object, scope);
    if (object.kind === "object") object.members.set(key, next);
    else if (key === "pathname" && target.object.kind === "reference") writeName(reader, target.object.binding, toText(`${originOf(textOf(object))}${textOf(next)}`), scope);
    if (key === "fetch" && target.object.kind === "global") reader.isFetchDouble = true;
  }
  return next;
}

/** A URL's text up to its path. */
function originOf(url: string): string {
  return /^[a-z][a-z+]*:\/\/[^/]*/u.exec(url)?.[0] ?? "\0";
}

function compound(operator: string, before: Value, given: Value): Value {
  return operator === "++" || operator === "--" ? operate(operator.slice(1), before, primitive(1)) : operate(operator.slice(0, -1), before, given);
}
