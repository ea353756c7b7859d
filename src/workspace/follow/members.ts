import type { BindingId, Expression } from "../../facts/expression.js";
import type { ExpressionCursor, ModuleIndex } from "../module-index.js";
import type { Located } from "../workspace.js";
import { intoFunction } from "./arguments.js";
import { ANY, AWAITED, isElement, type KeyPath } from "./key-path.js";
import { ITERATORS, LOOKERS, MUTATORS, PICKERS, RETURNS_RECEIVER, SELECTORS } from "./standard.js";
import { throughClass } from "./step.js";
import type { Flow, Trace } from "./trace.js";

type Member = Extract<Expression, { kind: "member" }>;
type Call = Extract<Expression, { kind: "call" }>;

/** `x.key`, where `x` is or holds the value. */
export function read(trace: Trace, flow: Flow, cursor: ExpressionCursor, member: Member): void {
  const { index, path } = flow;
  const use = useOf(cursor);
  if (path.isWhole) {
    const at: Located = { file: index.file, expression: use.node };
    const key: Located = { file: index.file, expression: member.key };
    if (use.role === "target") trace.wrote({ at, kind: "set", key, value: at });
    else if (use.role === "delete") trace.wrote({ at, kind: "delete", key });
    else if (use.role === "callee" && use.node.kind === "call") ownMethod(trace, flow, member, use.node);
    else if (takesMethod(trace, flow, member)) trace.lose(flow, "a method that changes it is taken from it");
    return;
  }
  // What is overwritten or deleted goes nowhere.
  if (use.role === "delete" || (use.role === "target" && use.node.kind === "assign" && use.node.operator === "=")) return;
  if (use.role === "callee" && use.node.kind === "call" && holdersMethod(trace, flow, member, use.node)) return;
  for (const key of trace.keys(flow, member.key)) pop(trace, flow, cursor, key);
}

/** A key is read of what holds the value. */
export function pop(trace: Trace, { index, path }: Flow, to: ExpressionCursor, key: string): void {
  const { head } = path;
  if (head === undefined || head === AWAITED) return;
  if (head === key || head === ANY || key === ANY) trace.visit(index, to, path.inner);
}

/** It is put into a name or a member. */
export function store(trace: Trace, flow: Flow, target: Expression, path: KeyPath): void {
  if (target.kind === "typed") store(trace, flow, target.operand, path);
  else if (target.kind === "reference") trace.names(flow.index, target.binding, path);
  else if (target.kind === "member") for (const key of trace.keys(flow, target.key)) hold(trace, flow, target.object, path.under(key));
  else trace.lose(flow, "it is stored where it cannot be followed");
}

/** A container gets it: whoever has the container has it too. */
export function hold(trace: Trace, flow: Flow, container: Expression, path: KeyPath): void {
  const { index } = flow;
  switch (container.kind) {
    case "typed":
      hold(trace, flow, container.operand, path);
      return;
    case "reference":
      holdInName(trace, flow, index, container.binding, path);
      return;
    case "this":
      holdInSelf(trace, flow, container, path);
      return;
    case "member":
      for (const key of trace.keys(flow, container.key)) hold(trace, flow, container.object, path.under(key));
      return;
    default:
      trace.lose(flow, "it is stored where it cannot be followed");
  }
}

function holdInName(trace: Trace, flow: Flow, index: ModuleIndex, id: BindingId, path: KeyPath): void {
  const binding = index.body.bindings[id];
  trace.names(index, id, path);
  const specifier = binding?.import === undefined ? undefined : trace.ev.code.source(index.file)?.imports[binding.import.index]?.specifier;
  const to = specifier?.kind === "string" ? trace.ev.code.resolve(index.file, specifier.value) : undefined;
  if (binding?.import !== undefined && to?.kind === "file") {
    const exported = trace.ev.exported(to.path, binding.import.name);
    const home = exported.kind === "binding" ? trace.ev.index(exported.file) : undefined;
    if (exported.kind === "binding" && home !== undefined) {
      holdInName(trace, flow, home, exported.binding, path);
      return;
    }
  }
  // The container may have other names: those of what it is made of.
  if (binding?.kind !== "const" || (binding.value !== undefined && !isMaking(binding.value))) trace.lose(flow, "it is stored in a value with other names");
}

function holdInSelf(trace: Trace, flow: Flow, container: Expression, path: KeyPath): void {
  const { index } = flow;
  const [place] = index.occurrences(container);
  const owner = place === undefined ? undefined : index.ownerOfThis(place);
  if (owner === undefined) trace.lose(flow, "it is stored in an unknown object");
  else if (owner.kind === "object") trace.visitAll(index, [...index.selves(owner.literal), ...index.occurrences(owner.literal)], path);
  else {
    trace.visitAll(index, index.selves(owner.fact), path);
    throughClass(trace, flow, owner.fact, owner.static, path);
  }
}

/** What is done with a member read. */
function useOf(member: ExpressionCursor): { readonly role: "target" | "delete" | "callee" | "read"; readonly node: Expression } {
  const { parent } = member;
  if (parent?.of !== "expression") return { role: "read", node: member.node };
  const { node } = parent;
  if (node.kind === "typed") return useOf(parent);
  if (node.kind === "assign" && member.role === "target") return { role: "target", node };
  if (node.kind === "unary" && node.operator === "delete") return { role: "delete", node };
  if (node.kind === "call" && member.role === "callee") return { role: "callee", node };
  return { role: "read", node: member.node };
}

/** A method of the value itself is called. */
function ownMethod(trace: Trace, flow: Flow, member: Member, call: Call): void {
  const at: Located = { file: flow.index.file, expression: call };
  for (const key of trace.keys(flow, member.key)) {
    if (key === "call") trace.invoked({ at, arguments: call.arguments.slice(1) });
    else if (key === "apply") {
      const list = call.arguments[1]?.value;
      trace.invoked({ at, arguments: list === undefined ? [] : [{ value: list, spread: true }] });
    } else if (key === "bind") trace.lose(flow, "it is bound");
    else if (MUTATORS.has(key)) trace.wrote({ at, kind: "method", method: key, arguments: call.arguments });
    else if (key === ANY) trace.wrote({ at, kind: "unknown" });
    if (RETURNS_RECEIVER.has(key)) trace.visitAt(at, flow.path);
    trace.callsOwn(flow, key);
    const callback = call.arguments[0]?.value;
    // The last that a standard method passes to its callback is the list itself.
    if (ITERATORS.has(key) && callback !== undefined && trace.made.expression.kind !== "object") intoFunction(trace, flow, callback, key.startsWith("reduce") ? 3 : 2, flow.path, call);
  }
}

/** `a.push` without calling it, `A.prototype`: what is done with it later is not followed. */
function takesMethod(trace: Trace, flow: Flow, member: Member): boolean {
  const { kind } = trace.made.expression;
  if (kind === "object") return false;
  return trace.keys(flow, member.key).some((key) => (kind === "class" || kind === "function" ? key === "prototype" : MUTATORS.has(key)));
}

/** A standard method of an array, map or promise that holds the value; false when it is not one. */
function holdersMethod(trace: Trace, flow: Flow, member: Member, call: Call): boolean {
  const { index, path } = flow;
  const { head } = path;
  const [method] = trace.keys(flow, member.key);
  // What is held under a name is held by no collection.
  if (method === undefined || method === ANY || !(isElement(head) || head === AWAITED)) return false;
  const at: Located = { file: index.file, expression: call };
  const iterates = ITERATORS.has(method);
  if (iterates) {
    const callback = call.arguments[0]?.value;
    const inner = head === AWAITED || isElement(head) ? path.inner : path;
    if (callback !== undefined) intoFunction(trace, flow, callback, method.startsWith("reduce") ? 1 : 0, inner, call);
    // Without a start, the first element is what a reduction begins with; the second of a sort is an element as well.
    if (callback !== undefined && method.startsWith("reduce") && call.arguments.length < 2) {
      intoFunction(trace, flow, callback, 0, inner, call);
      trace.visitAt(at, inner);
    }
    if (callback !== undefined && (method === "sort" || method === "toSorted")) intoFunction(trace, flow, callback, 1, inner, call);
    if (callback !== undefined && isElement(head)) intoFunction(trace, flow, callback, method.startsWith("reduce") ? 3 : 2, path, call);
  }
  if (method === "flat" && isElement(path.inner.head)) trace.visitAt(at, path.inner.anywhere());
  if (SELECTORS.has(method)) trace.visitAt(at, path.anywhere());
  else if (PICKERS.has(method)) trace.visitAt(at, path.inner);
  else if (method === "entries") trace.visitAt(at, path.inner.under("1").under(ANY));
  else if (method === "then" || method === "catch" || method === "finally") trace.visitAt(at, path);
  return iterates || SELECTORS.has(method) || PICKERS.has(method) || MUTATORS.has(method) || LOOKERS.has(method) || method === "entries";
}

/** Whether an expression makes a value that has no other name yet. */
function isMaking(node: Expression): boolean {
  if (node.kind === "typed") return isMaking(node.operand);
  return node.kind === "object" || node.kind === "array" || node.kind === "new" || node.kind === "class" || node.kind === "function";
}
