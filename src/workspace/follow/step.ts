import type { ClassFact, Expression, FunctionId } from "../../facts/expression.js";
import { superCall, type ExpressionCursor, type ModuleIndex } from "../module-index.js";
import type { Subclass } from "../uses.js";
import { passed } from "./arguments.js";
import { ANY, AWAITED, GOT, isElement, type KeyPath } from "./key-path.js";
import { pop, read, store } from "./members.js";
import type { Flow, Trace } from "./trace.js";

/** Looks where a value goes from one place. */
export function step(trace: Trace, flow: Flow): void {
  const { index, cursor, path } = flow;
  if (path.head === GOT) {
    // Reading the property runs the getter.
    trace.invoked({ at: { file: index.file, expression: cursor.node }, arguments: [] });
    return;
  }
  for (const binding of index.namesOf(cursor.node)) trace.names(index, binding, path);
  const { parent } = cursor;
  if (parent === undefined) return;
  if (parent.of === "expression") intoExpression(trace, flow, parent);
  else if (parent.of === "class") intoClass(trace, flow, parent.node);
  else if (parent.of === "statement" && parent.node.kind === "return") returned(trace, flow, cursor.function);
  else if (parent.of === "statement" && parent.node.kind === "throw") trace.lose(flow, "it is thrown");
}

function intoExpression(trace: Trace, flow: Flow, parent: ExpressionCursor): void {
  const { index, cursor, path } = flow;
  const { node } = parent;
  switch (node.kind) {
    case "typed":
    case "default":
      trace.visit(index, parent, path);
      return;
    case "conditional":
      if (cursor.role !== "test") trace.visit(index, parent, path);
      return;
    case "logical":
      // The left of `&&` is the value only where it is falsy; nothing that is followed is.
      if (cursor.role === "right" || node.operator !== "&&") trace.visit(index, parent, path);
      return;
    case "sequence":
      if (node.items.at(-1) === cursor.node) trace.visit(index, parent, path);
      return;
    case "await":
      trace.visit(index, parent, path.awaited());
      return;
    case "assign":
      if (cursor.role !== "value" || !/^(?:\?\?|\|\||&&)?=$/u.test(node.operator)) return;
      trace.visit(index, parent, path);
      store(trace, flow, node.target, path);
      return;
    case "member":
      if (cursor.role === "object") read(trace, flow, parent, node);
      return;
    case "element":
      pop(trace, flow, parent, node.index === undefined ? ANY : String(node.index));
      return;
    case "rest":
      if (!path.isWhole && !node.without.includes(path.head ?? "")) trace.visit(index, parent, node.without.length === 0 ? path.anywhere() : path);
      return;
    case "object":
      intoObject(trace, flow, parent, node);
      return;
    case "array":
      intoArray(trace, flow, parent, node);
      return;
    case "call":
    case "new":
      passed(trace, flow, node);
      return;
    case "template":
      if (node.tag !== undefined) trace.lose(flow, "a template tag gets it");
      return;
    case "yield":
      yielded(trace, flow);
      return;
    case "jsx":
      trace.leaves(flow, "an element gets it");
      return;
    case "opaque":
      trace.lose(flow, "it goes where it cannot be followed");
      return;
    default:
      // Operators make new values.
      return;
  }
}

function intoObject(trace: Trace, flow: Flow, parent: ExpressionCursor, node: Extract<Expression, { kind: "object" }>): void {
  const { index, cursor, path } = flow;
  for (const entry of node.entries) {
    if (entry.value !== cursor.node) continue;
    if (entry.kind === "spread") {
      if (!path.isWhole) trace.visit(index, parent, path);
    } else if (entry.accessor === "set") trace.lose(flow, "a setter is not followed");
    else if (entry.accessor === "get") for (const key of trace.keys(flow, entry.key)) trace.visit(index, parent, path.under(GOT).under(key));
    else for (const key of trace.keys(flow, entry.key)) trace.visit(index, parent, path.under(key));
  }
}

function intoArray(trace: Trace, flow: Flow, parent: ExpressionCursor, node: Extract<Expression, { kind: "array" }>): void {
  const { index, cursor, path } = flow;
  const spread = cursor.role === "spread";
  if (spread && path.isWhole) return;
  const position = node.items.findIndex((item) => item.value === cursor.node);
  const fixed = position >= 0 && !spread && node.items.slice(0, position).every((item) => !item.spread);
  trace.visit(index, parent, (spread ? path.inner : path).under(fixed ? String(position) : ANY));
}

/** A function returns it: it goes to the calls of that function. */
function returned(trace: Trace, flow: Flow, fn: FunctionId): void {
  const { index, path } = flow;
  const fact = index.body.functions[fn];
  const [site] = index.functionSites(fn);
  if (fact === undefined || site === undefined || fact.generator) {
    trace.lose(flow, "it is returned to unknown code");
    return;
  }
  const out = fact.async ? path.under(AWAITED) : path;
  const { made } = trace;
  if (made.file === index.file && made.expression.kind === "function" && made.expression.function === fn) {
    trace.returnsSelf(out);
    return;
  }
  const uses = trace.ev.usesOf({ file: index.file, expression: site.node });
  for (const { at } of uses.invocations) trace.visitAt(at, out);
  for (const { at, method } of uses.callbacks) {
    const result = resultOfCallback(method, out);
    if (result !== undefined) trace.visitAt(at, result);
    // What a reduction returns is what it gets next.
    if (method.startsWith("reduce")) trace.visitAll(index, index.parameters(fn, 0), out);
  }
  if (uses.doubt !== undefined) trace.lose(flow, "it is returned to unknown code");
  else if (uses.escape !== undefined) trace.leaves(flow, "it is returned to unknown code");
}

/** A generator yields it: it is an element of what calls of the generator give. */
function yielded(trace: Trace, flow: Flow): void {
  const { index, cursor, path } = flow;
  const [site] = index.functionSites(cursor.function);
  if (site === undefined) {
    trace.lose(flow, "it is yielded to unknown code");
    return;
  }
  const uses = trace.ev.usesOf({ file: index.file, expression: site.node });
  for (const { at } of uses.invocations) {
    trace.visitAt(at, path.asElement());
    // `yield*` passes on what the iterable holds.
    if (!path.isWhole) trace.visitAt(at, path.anywhere());
  }
  if (uses.escape !== undefined) trace.lose(flow, "it is yielded to unknown code");
}

/** Where what a callback returns stands in the result of the standard method that runs it. */
function resultOfCallback(method: string, path: KeyPath): KeyPath | undefined {
  if (method === "map") return path.asElement();
  if (method === "flatMap") return isElement(path.head) ? path.anywhere() : path.asElement();
  if (method.startsWith("reduce")) return path;
  return method === "then" ? path.awaited().under(AWAITED) : undefined;
}

/** A class member holds it. */
function intoClass(trace: Trace, flow: Flow, fact: ClassFact): void {
  const { index, cursor, path } = flow;
  if (cursor.role === "extends") {
    extended(trace, flow, fact);
    return;
  }
  const member = fact.members.find((candidate) => candidate.value === cursor.node);
  if (member === undefined) return;
  const [key] = trace.keys(flow, member.key);
  if (key === undefined || member.role === "set") {
    trace.lose(flow, "a setter is not followed");
    return;
  }
  const inner = (member.role === "get" ? path.under(GOT) : path).under(key);
  trace.visitAll(index, index.selves(fact).filter((self) => isStatic(index, self) === member.static), inner);
  throughClass(trace, flow, fact, member.static, inner);
}

/** A class extends it: what constructs the one constructs the other. */
function extended(trace: Trace, flow: Flow, fact: ClassFact): void {
  const { index, path } = flow;
  const made = index.classExpression(fact);
  if (!path.isWhole || made === undefined) {
    trace.lose(flow, "a class extends it");
    return;
  }
  trace.subclasses.push({ file: index.file, fact });
  const call = superCall(index, fact);
  if (call !== undefined) trace.invoked({ at: { file: index.file, expression: call }, arguments: call.arguments });
  if (fact.constructorFunction !== undefined || !isConstructedHere(trace)) return;
  // Without a constructor of its own the subclass passes on what it gets.
  const uses = trace.ev.usesOf({ file: index.file, expression: made });
  for (const invocation of uses.invocations) trace.invoked(invocation);
  if (uses.escape !== undefined) trace.leaves(flow, "a class that extends it goes to unknown code");
}

/** Whether the followed class, or a parent of it in the workspace, has a constructor that somebody may ask the arguments of. */
function isConstructedHere({ ev, made }: Trace): boolean {
  if (made.expression.kind !== "class") return true;
  const { constructorFunction, extends: parent } = made.expression.class;
  if (constructorFunction !== undefined) return true;
  return parent !== undefined && ev.evaluate({ file: made.file, expression: parent }).values.some(({ form }) => form.kind === "class");
}

/** A class (when `isOfClass`), or its instances, hold it. */
export function throughClass(trace: Trace, flow: Flow, fact: ClassFact, isOfClass: boolean, path: KeyPath): void {
  const { index } = flow;
  const made = index.classExpression(fact);
  if (made === undefined) {
    trace.lose(flow, "its class cannot be followed");
  } else if (isOfClass) {
    trace.visitAll(index, index.occurrences(made), path);
    for (const binding of index.namesOf(made)) trace.names(index, binding, path);
  } else {
    const uses = trace.ev.usesOf({ file: index.file, expression: made });
    for (const { at } of uses.invocations) trace.visitAt(at, path);
    for (const subclass of uses.subclasses) throughSubclass(trace, flow, subclass, path);
    if (uses.doubt !== undefined) trace.lose(flow, "its class goes to unknown code");
    else if (uses.escape !== undefined) trace.leaves(flow, "its class goes to unknown code");
  }
}

/** Instances of a subclass hold what those of its parent do. */
function throughSubclass(trace: Trace, flow: Flow, { file, fact }: Subclass, path: KeyPath): void {
  const index = trace.ev.index(file);
  if (index === undefined) return;
  trace.visitAll(index, index.selves(fact).filter((self) => !isStatic(index, self)), path);
  throughClass(trace, { ...flow, index }, fact, false, path);
}

/** Whether a `this` stands for the class itself. */
export function isStatic(index: ModuleIndex, self: ExpressionCursor): boolean {
  const owner = index.ownerOfThis(self);
  return owner?.kind === "class" && owner.static;
}

