import type { Argument, Expression } from "../../facts/expression.js";
import type { ClosureForm } from "../values/form.js";
import type { Possible } from "../values/outcome.js";
import type { Located } from "../workspace.js";
import { ANY, AWAITED, isElement, type KeyPath } from "./key-path.js";
import { hold } from "./members.js";
import { COLLECTS, HARMLESS, ITERATORS, MUTATORS, RETURNS_FIRST, REWRITES } from "./standard.js";
import type { Flow, Trace } from "./trace.js";

type Call = Extract<Expression, { kind: "call" | "new" }>;

/** It is called, constructed, or passed to something that is. */
export function passed(trace: Trace, flow: Flow, call: Call): void {
  const { index, cursor, path } = flow;
  if (cursor.role === "callee") {
    if (path.isWhole) trace.invoked({ at: { file: index.file, expression: call }, arguments: call.arguments });
    return;
  }
  const position = call.arguments.findIndex((argument) => argument.value === cursor.node);
  const spread = call.arguments[position]?.spread ?? false;
  if (spread && path.isWhole) return;
  const isFixed = position >= 0 && call.arguments.slice(0, position).every((argument) => !argument.spread) && !(spread && path.head === ANY);
  if (!isFixed) {
    trace.lose(flow, "its position among the arguments is not known");
    return;
  }
  if (call.kind === "call" && call.callee.kind === "member" && asReceiver(trace, flow, call.callee, call, position)) return;
  if (call.kind === "call" && call.callee.kind === "member" && intoMethod(trace, flow, call, call.callee, position)) return;
  intoFunction(trace, flow, call.callee, spread ? position + Number(path.head) : position, spread ? path.inner : path, call);
}

/** It is passed to a standard method: a callback of `map`, an item of `push`; false when it is not one. */
function intoMethod(trace: Trace, flow: Flow, call: Extract<Expression, { kind: "call" }>, callee: Extract<Expression, { kind: "member" }>, position: number): boolean {
  const { index, path } = flow;
  const [method] = trace.keys(flow, callee.key);
  const receiver: Located = { file: index.file, expression: callee.object };
  if (method === undefined || !isStandardName(method) || !isStandard(trace, receiver, method)) return false;
  const at: Located = { file: index.file, expression: call };
  const callback = call.arguments[0]?.value;
  if (method.startsWith("reduce") && position === 1 && callback !== undefined) {
    intoFunction(trace, flow, callback, 0, path, call);
    trace.visitAt(at, path);
    return true;
  }
  if (ITERATORS.has(method) && (position === 0 || (method === "then" && position === 1))) {
    if (!path.isWhole) return false;
    trace.calledBack({ at, receiver, method: position === 1 ? "catch" : method });
    return true;
  }
  if (method === "push" || method === "unshift" || method === "add" || (method === "set" && position === 1)) {
    hold(trace, flow, callee.object, path.asElement());
    return true;
  }
  if (method === "concat") {
    trace.visitAt(at, (path.isWhole || !isElement(path.head) ? path : path.inner).asElement());
    return true;
  }
  return method === "includes" || method === "indexOf" || method === "has";
}

function isStandardName(method: string): boolean {
  return ITERATORS.has(method) || /^(?:push|unshift|add|set|concat|includes|indexOf|has)$/u.test(method);
}

/** Whether the receiver is an array, map, set or promise, or nothing is known that speaks against it. */
function isStandard(trace: Trace, receiver: Located, method: string): boolean {
  const { values, gap } = trace.ev.evaluate(receiver);
  if (values.length === 0) return gap !== undefined && method !== "set" && method !== "add";
  return values.every(({ form }) => form.kind === "array" || form.kind === "map" || form.kind === "set" || form.kind === "promise" || form.kind === "iterator");
}

/** A function gets it as an argument. */
export function intoFunction(trace: Trace, flow: Flow, callee: Expression, position: number, path: KeyPath, call: Call): void {
  const at: Located = { file: flow.index.file, expression: callee };
  const outcome = trace.ev.evaluate(at);
  for (const possible of outcome.values) intoParameter(trace, flow, possible, position, path, call);
  if (outcome.gap === undefined) return;
  // A parameter, say, can stand for any code of the workspace; what is declared, global, or a method of something unknown is none of it.
  const isOwn = callee.kind === "reference" && flow.index.body.bindings[callee.binding]?.ambient !== true;
  if (isOwn && outcome.values.length === 0) trace.lose(flow, "it goes to an unknown function");
  else trace.leaves(flow, "it goes to an unknown function");
}

/** `f.call(value, …)`, `f.apply(value, …)`, `f.bind(value)`: the value is `this`; also what they pass on. */
function asReceiver(trace: Trace, flow: Flow, callee: Extract<Expression, { kind: "member" }>, call: Extract<Expression, { kind: "call" }>, position: number): boolean {
  const { index, path } = flow;
  const [key] = trace.keys(flow, callee.key);
  if (key !== "call" && key !== "apply" && key !== "bind") return false;
  const { values, gap } = trace.ev.evaluate({ file: index.file, expression: callee.object });
  if (gap !== undefined && values.length === 0) {
    trace.lose(flow, "it goes to an unknown function");
    return true;
  }
  if (!values.some(({ form }) => form.kind === "closure" || form.kind === "method" || form.kind === "builtin")) return false;
  for (const possible of values) {
    const { form } = possible;
    if (position === 0) {
      if (form.kind === "closure") intoSelf(trace, form, path);
      else if (form.kind === "method" && MUTATORS.has(form.name) && path.isWhole) trace.wrote(key === "call" ? { at: { file: index.file, expression: call }, kind: "method", method: form.name, arguments: call.arguments.slice(1) } : { at: { file: index.file, expression: call }, kind: "unknown" });
      else if (form.kind !== "primitive") trace.lose(flow, "it goes to an unknown function");
    } else if (key === "call" || (key === "bind" && form.kind === "closure")) intoParameter(trace, flow, possible, position - 1, path, call);
    else if (key === "apply" && isElement(path.head) && path.head !== ANY) intoParameter(trace, flow, possible, Number(path.head), path.inner, call);
    else if (!path.isWhole) trace.lose(flow, "its position among the arguments is not known");
  }
  return true;
}

/** The value is `this` in a function. */
export function intoSelf(trace: Trace, { file, function: fn }: Pick<ClosureForm, "file" | "function">, path: KeyPath): void {
  const index = trace.ev.index(file);
  if (index !== undefined) trace.visitAll(index, index.selvesIn(fn), path);
}

function intoParameter(trace: Trace, flow: Flow, { form }: Possible, position: number, path: KeyPath, call: Call): void {
  switch (form.kind) {
    case "closure":
      bind(trace, flow, form, position, path);
      return;
    case "class": {
      const fn = form.fact.constructorFunction;
      if (fn !== undefined) bind(trace, flow, { file: form.file, function: fn }, position, path);
      else if (form.fact.extends !== undefined) trace.lose(flow, "a constructor gets it");
      return;
    }
    case "builtin":
      intoBuiltin(trace, flow, form.name, position, path, call);
      return;
    case "external":
      trace.leaves(flow, `"${form.module}" gets it`);
      return;
    case "primitive":
      return;
    default:
      trace.leaves(flow, "it goes to an unknown function");
  }
}

function bind(trace: Trace, flow: Flow, fn: Pick<ClosureForm, "file" | "function" | "bound">, position: number, path: KeyPath): void {
  const index = trace.ev.index(fn.file);
  if (index === undefined) return;
  if (index.readsArguments(fn.function)) trace.lose(flow, "`arguments` is read");
  const parameters = index.body.functions[fn.function]?.parameters ?? [];
  const at = position + (fn.bound?.length ?? 0);
  const rest = parameters.findIndex((parameter) => parameter.rest);
  if (rest >= 0 && at >= rest) trace.visitAll(index, index.parameters(fn.function, rest), path.under(String(at - rest)));
  else trace.visitAll(index, index.parameters(fn.function, at), path);
}

/** A standard function gets it. */
function intoBuiltin(trace: Trace, flow: Flow, name: string, position: number, path: KeyPath, call: Call): void {
  const { file } = flow.index;
  const at: Located = { file, expression: call };
  if (HARMLESS.test(name)) return;
  if (RETURNS_FIRST.test(name)) trace.visitAt(at, path);
  else if (name === "Object.assign") intoAssign(trace, flow, position, path, call);
  else if (name === "Reflect.get") pop(trace, path, at);
  else if (name === "Reflect.set") {
    const [, key, value] = call.arguments.map((argument) => argument.value);
    if (position > 0) trace.lose(flow, "it is stored where it cannot be followed");
    else if (path.isWhole && key !== undefined && value !== undefined) trace.wrote({ at, kind: "set", key: { file, expression: key }, value: { file, expression: value } });
  } else if (REWRITES.test(name)) {
    if (position > 0) trace.lose(flow, "it is stored where it cannot be followed");
    else if (path.isWhole) trace.wrote({ at, kind: "unknown" });
  } else if (COLLECTS.test(name)) intoCollection(trace, flow, name, position, path, call);
  else trace.leaves(flow, `"${name}" gets it`);
}

function pop(trace: Trace, path: KeyPath, at: Located): void {
  if (!path.isWhole) trace.visitAt(at, path.inner);
}

function intoAssign(trace: Trace, flow: Flow, position: number, path: KeyPath, call: Call): void {
  const { file } = flow.index;
  const at: Located = { file, expression: call };
  if (position === 0) {
    // A spread among the sources cannot be told from the whole call.
    const sources = call.arguments.slice(1).map(({ value, spread }): Located => ({ file, expression: spread ? call : value }));
    if (path.isWhole) trace.wrote({ at, kind: "merge", sources });
    trace.visitAt(at, path);
    return;
  }
  const target = call.arguments[0]?.value;
  if (path.isWhole || target === undefined) return;
  trace.visitAt(at, path);
  if (target.kind !== "object") hold(trace, flow, target, path);
}

function intoCollection(trace: Trace, flow: Flow, name: string, position: number, path: KeyPath, call: Call): void {
  const at: Located = { file: flow.index.file, expression: call };
  const list: readonly Argument[] = call.arguments;
  if (name === "Array.of") trace.visitAt(at, path.under(String(position)));
  else if (name === "Promise.resolve") trace.visitAt(at, path.awaited().under(AWAITED));
  else if (name === "Array.from" && position === 1) {
    const source = list[0]?.value;
    if (source !== undefined) trace.calledBack({ at, receiver: { file: at.file, expression: source }, method: "map" });
  } else if (path.isWhole) return;
  else if (name.startsWith("Promise.")) {
    const each = path.inner.awaited();
    trace.visitAt(at, (name === "Promise.all" ? each.asElement() : each).under(AWAITED));
  } else if (name === "Array.from" && list[1] !== undefined) intoFunction(trace, flow, list[1].value, 0, path.inner, call);
  else if (name === "Object.entries") trace.visitAt(at, path.inner.under("1").under(ANY));
  // Entries stand as `[position, "1", …]`.
  else if (name === "Map" || name === "Object.fromEntries") trace.visitAt(at, path.inner.inner.asElement());
  else trace.visitAt(at, path.inner.asElement());
}
