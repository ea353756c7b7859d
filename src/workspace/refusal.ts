import type { Expression, Statement } from "../facts/expression.js";
import type { Cursor } from "../facts/cursor.js";
import type { Path } from "../files/path.js";
import { calledName, propertiesOf, type HolderAsk } from "./holders.js";
import { isCollection, nameOf, refusing, refusingExpression, tellsName, type RefusalAsk } from "./refusing-code.js";

/**
 * What a value says of a property's presence.
 *
 * `value`: the property's own value; `present`/`absent`: truthy exactly then; `index`: its place in a list, -1 when absent.
 */
export type PresenceSign = "value" | "present" | "absent" | "index";

/** The same while it is followed upwards; `list`: not empty only when present. */
type Says = PresenceSign | "list";

const REACH = 4;
const ASSERTION = /^(?:assert|invariant|ok|ensure|expect|precondition)/iu;
/** What arrays do that leaves a list of hits one. */
const LIST_METHODS = /^(?:map|flat|flatMap|filter|slice|concat|sort|toSorted|reverse|toReversed|values|toArray)$/u;

/**
 * Whether a use of a property only asks if it is there, and the answer yes is refused: it throws, returns an error, or collects a
 * violation.
 *
 * @param ask questions on the workspace
 * @param file where the use stands
 * @param use the expression that reads or tests the property
 * @param sign what the use says of the property
 * @param overList the name is one of many that are gone through
 */
export function isRefused(ask: HolderAsk, file: Path, use: Cursor, sign: PresenceSign, overList: boolean): boolean {
  return follow({ ...ask, overList }, file, use, sign, REACH);
}

function follow(ask: RefusalAsk, file: Path, from: Cursor, starts: Says, reach: number): boolean {
  let at = from;
  let says = starts;
  for (;;) {
    const parent = at.parent;
    if (parent === undefined) return false;
    if (parent.of === "statement") return followStatement(ask, file, at, parent, says, reach);
    if (parent.of !== "expression") return false;
    const next = step(ask, file, at, parent, says, reach);
    if (typeof next === "boolean") return next;
    says = next;
    at = parent;
  }
}

/** One step up: what the parent says, or the verdict. */
function step(
  ask: RefusalAsk,
  file: Path,
  at: Cursor,
  parent: Extract<Cursor, { of: "expression" }>,
  says: Says,
  reach: number,
): Says | boolean {
  const node = parent.node;
  switch (node.kind) {
    case "typed":
    case "await":
      return says;
    case "unary":
      if (node.operator === "!") return says === "absent" ? "present" : "absent";
      return node.operator === "typeof" && says === "value" ? "value" : false;
    case "binary":
      return compared(node, at.node, says);
    case "logical": {
      if (at.role === "right") return says;
      const otherSide = node.right;
      if (node.operator === "&&") return says !== "absent" && refusingExpression(ask, file, otherSide, reach) ? true : says;
      if (node.operator === "||") return says === "absent" ? refusingExpression(ask, file, otherSide, reach) : says;
      return false;
    }
    case "conditional":
      if (at.role !== "test") return false;
      return refusesHit(ask, file, says === "absent" ? node.else : node.then, reach);
    case "member":
      if (says !== "list" || at.role !== "object") return false;
      if (node.key.kind !== "string") return node.key.kind === "number" ? "present" : false;
      return node.key.value === "length" ? "value" : parent.role === "callee" ? "list" : false;
    case "call":
      return says === "list" && at.role === "callee" ? throughListMethod(ask, file, node, reach) : called(node, at, says);
    case "function":
      return false;
    case "element":
      // `const [first] = hits`.
      return says === "list" ? "present" : false;
    case "yield":
      return says === "list" && ask.overList;
    case "array":
      if (says === "list" && at.role === "spread") return says;
      return insideRefusal(parent);
    case "object":
      return (ask.overList && isVerdictProperty(node, at.node, says)) || insideRefusal(parent);
    case "template":
    case "new":
      // The key's value goes into an error that is thrown.
      return insideRefusal(parent);
    default:
      return false;
  }
}

/** Whether a branch refuses, or gives the name to a list of hits: `key in x ? [key] : []`. */
function refusesHit(ask: RefusalAsk, file: Path, branch: Expression, reach: number): boolean {
  const isList =
    ask.overList && branch.kind === "array" && branch.items.some(({ value, spread }) => !spread && tellsName(ask, file, value));
  return isList || refusingExpression(ask, file, branch, reach);
}

/** `hits.map(…)` is a list of hits, `hits.some(Boolean)` says whether there is one, `hits.forEach(…)` may refuse each. */
function throughListMethod(ask: RefusalAsk, file: Path, node: Extract<Expression, { kind: "call" }>, reach: number): Says | boolean {
  const name = calledName(node.callee);
  if (LIST_METHODS.test(name)) return "list";
  if (/^(?:some|find|at|shift|pop|join)$/u.test(name)) return "present";
  const callback = node.arguments[0]?.value;
  return (
    name === "forEach" &&
    callback?.kind === "function" &&
    refusing(ask, file, ask.body(file)?.functions[callback.function]?.body ?? [], reach)
  );
}

/** Whether an object says by this property that something is wrong: `{ violations: hits }`, `{ ok: hits.length === 0 }`. */
function isVerdictProperty(node: Expression, value: unknown, says: Says): boolean {
  return propertiesOf(node).some((property) => {
    if (property.value !== value || property.key.kind !== "string") return false;
    return says === "absent"
      ? /^(?:ok|valid|success|passed)$/u.test(property.key.value)
      : says === "list" && isCollection(property.key.value);
  });
}

function compared(node: Extract<Expression, { kind: "binary" }>, self: unknown, says: Says): Says | false {
  const other = node.left === self ? node.right : node.left;
  const equal = node.operator === "===" || node.operator === "==";
  const unequal = node.operator === "!==" || node.operator === "!=";
  if (says === "value") {
    const nothing = isNothing(other) || (other.kind === "string" && other.value === "undefined");
    if (nothing && equal) return "absent";
    if (nothing && unequal) return "present";
    if (other.kind === "number" && other.value === 0) return equal ? "absent" : node.operator === ">" || unequal ? "present" : false;
    return false;
  }
  if (says === "present" && isNothing(other)) return equal ? "absent" : unequal ? "present" : false;
  if (says === "index") {
    const isMinusOne = other.kind === "unary" ? other.operator === "-" : other.kind === "number" && other.value === -1;
    if (isMinusOne) return equal ? "absent" : unequal || node.operator === ">" ? "present" : false;
    if (other.kind !== "number" || other.value !== 0) return false;
    return node.operator === ">=" ? "present" : node.operator === "<" ? "absent" : false;
  }
  if (other.kind === "boolean" && (equal || unequal)) return equal === other.value ? says : says === "present" ? "absent" : "present";
  return false;
}

function called(node: Extract<Expression, { kind: "call" }>, at: Cursor, says: Says): Says | boolean {
  const name = calledName(node.callee);
  if (at.role === "callee") return false;
  if (at.role === "object") return false;
  if (at.role === "spread" && says === "list" && node.callee.kind === "member") return isCollection(nameOf(node.callee.object));
  // `assert.equal(x.key, undefined)`.
  if (says === "value" && isEqualityAssertion(node)) return node.arguments.some(({ value }) => isNothing(value));
  if (name === "Boolean") return says === "absent" ? "absent" : "present";
  if (ASSERTION.test(name)) return says === "absent";
  return insideRefusal({ of: "expression", node, role: at.parent?.role ?? "", parent: at.parent?.parent, function: at.function });
}

function isNothing(expression: Expression): boolean {
  return expression.kind === "nothing" || (expression.kind === "global" && expression.name === "undefined");
}

function isEqualityAssertion({ callee }: Extract<Expression, { kind: "call" }>): boolean {
  return (
    callee.kind === "member" &&
    /^assert/iu.test(nameOf(callee.object)) &&
    /^(?:equal|strictEqual|isUndefined|notExists?)$/u.test(calledName(callee))
  );
}

/** Whether an expression only serves to build what is thrown. */
function insideRefusal(from: Cursor): boolean {
  for (let at: Cursor | undefined = from; at !== undefined; at = at.parent) {
    if (at.of === "statement") return at.node.kind === "throw";
    if (at.of !== "expression") return false;
  }
  return false;
}

function followStatement(
  ask: RefusalAsk,
  file: Path,
  at: Cursor,
  parent: Extract<Cursor, { of: "statement" }>,
  says: Says,
  reach: number,
): boolean {
  const node = parent.node;
  switch (node.kind) {
    case "throw":
      return true;
    case "if":
      if (says === "list" || says === "index" || at.role !== "test") return false;
      if (says !== "absent") return refusing(ask, file, node.then, reach) || (ask.overList && node.then.some(isNo));
      if (node.else.length > 0) return refusing(ask, file, node.else, reach);
      return leaves(node.then) && refusing(ask, file, after(ask, file, parent), reach);
    case "declare": {
      if (reach === 0) return false;
      const references = ask.cursors(file)?.references(node.binding) ?? [];
      return references.some((reference) => follow(ask, file, reference, says, reach - 1));
    }
    case "return":
      return returned(ask, file, at, says, reach);
    case "loop":
      return says === "list" && at.role === "each" && (ask.overList || refusing(ask, file, node.body, reach));
    case "switch":
      return at.role === "case" && says === "present" && refusing(ask, file, caseBody(node, at.node), reach);
    default:
      return false;
  }
}

/** What runs for a case: its own statements, or those of the next case that has any. */
function caseBody({ cases }: Extract<Statement, { kind: "switch" }>, test: unknown): readonly Statement[] {
  return cases.slice(cases.findIndex((one) => one.test === test)).find(({ body }) => body.length > 0)?.body ?? [];
}

/** `return false`. */
function isNo(statement: Statement): boolean {
  return statement.kind === "return" && statement.value?.kind === "boolean" && !statement.value.value;
}

/** A verdict on what a function returns: through the array method that takes it as a callback, or through its callers. */
function returned(ask: RefusalAsk, file: Path, at: Cursor, says: Says, reach: number): boolean {
  if (reach === 0) return false;
  const site = ask.cursors(file)?.functionSite(at.function);
  const call = site?.parent;
  if (site?.role === "argument" && call?.of === "expression" && call.node.kind === "call") {
    const next = throughCallback(calledName(call.node.callee), says);
    return typeof next === "boolean" ? next : follow(ask, file, call, next, reach - 1);
  }
  if (ask.overList && (says === "list" || says === "absent")) return true;
  return ask.callersOf(file, at.function).some((caller) => {
    const cursor = ask.cursors(caller.file)?.of(caller.expression);
    return cursor !== undefined && follow(ask, caller.file, cursor, says, reach - 1);
  });
}

function throughCallback(method: string, says: Says): Says | boolean {
  switch (method) {
    case "some":
    case "find":
    case "findLast":
      return says === "absent" ? false : "present";
    case "findIndex":
    case "findLastIndex":
      return says === "absent" ? false : "index";
    case "every":
      return says === "absent" ? "absent" : false;
    case "filter":
    case "flatMap":
      return says === "absent" ? false : "list";
    case "refine":
    case "check":
      return says === "absent";
    default:
      return false;
  }
}

/** The statements that follow in the same list. */
function after(ask: RefusalAsk, file: Path, statement: Extract<Cursor, { of: "statement" }>): readonly Statement[] {
  const list = listsAround(ask, file, statement).find((candidate) => candidate.includes(statement.node)) ?? [];
  return list.slice(list.indexOf(statement.node) + 1);
}

function listsAround(ask: RefusalAsk, file: Path, statement: Extract<Cursor, { of: "statement" }>): readonly (readonly Statement[])[] {
  if (statement.parent?.of !== "statement") return [ask.body(file)?.functions[statement.function]?.body ?? []];
  const holder = statement.parent.node;
  switch (holder.kind) {
    case "loop":
    case "block":
      return [holder.body];
    case "if":
      return [holder.then, holder.else];
    case "try":
      return [holder.block, holder.handler ?? [], holder.finalizer ?? []];
    case "switch":
      return holder.cases.map((one) => one.body);
    default:
      return [];
  }
}

function leaves(statements: readonly Statement[]): boolean {
  return statements.some((statement) => statement.kind === "continue" || statement.kind === "break" || statement.kind === "return");
}
