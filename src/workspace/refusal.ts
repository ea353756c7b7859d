import type { Expression, Statement } from "../facts/expression.js";
import type { Cursor } from "../facts/cursor.js";
import type { Path } from "../files/path.js";
import { calledName, propertiesOf, type HolderAsk } from "./holders.js";

/**
 * What a value says of a property's presence while it is followed upwards.
 *
 * `value`: the property's own value; `present`/`absent`: truthy exactly then; `list`: not empty only when present.
 */
type Says = "value" | "present" | "absent" | "list";

const REACH = 4;
const ASSERTION = /^(?:assert|invariant|ok|ensure|expect|precondition)/iu;
const REFUSING = /^(?:throw|fail|reject|refuse|panic|abort|die|bail|deny|forbid|invalid|violation|err|error|addIssue|problem|issue|report)/iu;
const COLLECTION = /err|issue|violation|problem|finding|diagnostic|forbidden|legacy|invalid|reject|offend|found|hit/iu;

/**
 * Whether a use of a property only asks if it is there, and the answer yes is refused: it throws, returns an error, or collects a violation.
 *
 * @param ask questions on the workspace
 * @param file where the use stands
 * @param use the expression that reads or tests the property
 * @param starts `"value"` for a read, `"present"` for an `in` or `hasOwn` test, `"absent"` for a comparison that is false for the key
 */
export function isRefused(ask: HolderAsk, file: Path, use: Cursor, starts: "value" | "present" | "absent"): boolean {
  return follow(ask, file, use, starts, REACH);
}

function follow(ask: HolderAsk, file: Path, from: Cursor, starts: Says, reach: number): boolean {
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
function step(ask: HolderAsk, file: Path, at: Cursor, parent: Extract<Cursor, { of: "expression" }>, says: Says, reach: number): Says | boolean {
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
      return refusingExpression(ask, file, says === "absent" ? node.else : node.then, reach);
    case "member":
      return says === "list" && at.role === "object" && node.key.kind === "string" && node.key.value === "length" ? "value" : false;
    case "call":
      return called(node, at, says);
    case "function":
      return false;
    case "array":
    case "template":
    case "object":
    case "new":
      // The key's value goes into an error that is thrown.
      return insideRefusal(parent);
    default:
      return false;
  }
}

function compared(node: Extract<Expression, { kind: "binary" }>, self: unknown, says: Says): Says | false {
  const other = node.left === self ? node.right : node.left;
  const equal = node.operator === "===" || node.operator === "==";
  const unequal = node.operator === "!==" || node.operator === "!=";
  if (says === "value") {
    const nothing = other.kind === "nothing" || (other.kind === "string" && other.value === "undefined") || (other.kind === "global" && other.name === "undefined");
    if (nothing && equal) return "absent";
    if (nothing && unequal) return "present";
    if (other.kind === "number" && other.value === 0) return equal ? "absent" : node.operator === ">" || unequal ? "present" : false;
    return false;
  }
  if (other.kind === "boolean" && (equal || unequal)) return equal === other.value ? says : says === "present" ? "absent" : "present";
  return false;
}

function called(node: Extract<Expression, { kind: "call" }>, at: Cursor, says: Says): Says | boolean {
  const name = calledName(node.callee);
  if (at.role === "callee") return false;
  if (at.role === "object") return false;
  if (name === "Boolean") return says === "absent" ? "absent" : "present";
  if (ASSERTION.test(name)) return says === "absent";
  return insideRefusal({ of: "expression", node, role: at.parent?.role ?? "", parent: at.parent?.parent, function: at.function });
}

/** Whether an expression only serves to build what is thrown. */
function insideRefusal(from: Cursor): boolean {
  for (let at: Cursor | undefined = from; at !== undefined; at = at.parent) {
    if (at.of === "statement") return at.node.kind === "throw";
    if (at.of !== "expression") return false;
  }
  return false;
}

function followStatement(ask: HolderAsk, file: Path, at: Cursor, parent: Extract<Cursor, { of: "statement" }>, says: Says, reach: number): boolean {
  const node = parent.node;
  switch (node.kind) {
    case "throw":
      return true;
    case "if":
      if (says === "list" || at.role !== "test") return false;
      if (says !== "absent") return refusing(ask, file, node.then, reach);
      if (node.else.length > 0) return refusing(ask, file, node.else, reach);
      return leaves(node.then) && refusing(ask, file, after(ask, file, parent), reach);
    case "declare": {
      if (reach === 0) return false;
      const references = ask.cursors(file)?.references(node.binding) ?? [];
      return references.some((reference) => follow(ask, file, reference, says, reach - 1));
    }
    case "return":
      return returned(ask, file, at, says, reach);
    default:
      return false;
  }
}

/** A verdict on what a function returns: through the array method that takes it as a callback, or through its callers. */
function returned(ask: HolderAsk, file: Path, at: Cursor, says: Says, reach: number): boolean {
  if (reach === 0) return false;
  const site = ask.cursors(file)?.functionSite(at.function);
  const call = site?.parent;
  if (site?.role === "argument" && call?.of === "expression" && call.node.kind === "call") {
    const next = throughCallback(calledName(call.node.callee), says);
    return typeof next === "boolean" ? next : follow(ask, file, call, next, reach - 1);
  }
  if (says === "list") return true;
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
function after(ask: HolderAsk, file: Path, statement: Extract<Cursor, { of: "statement" }>): readonly Statement[] {
  const list = listsAround(ask, file, statement).find((candidate) => candidate.includes(statement.node)) ?? [];
  return list.slice(list.indexOf(statement.node) + 1);
}

function listsAround(ask: HolderAsk, file: Path, statement: Extract<Cursor, { of: "statement" }>): readonly (readonly Statement[])[] {
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

/** Whether a branch refuses: throws, returns an error, or collects a violation. */
function refusing(ask: HolderAsk, file: Path, statements: readonly Statement[], reach: number): boolean {
  return statements.some((statement) => {
    switch (statement.kind) {
      case "throw":
        return true;
      case "return":
        return statement.value !== undefined && isError(statement.value);
      case "expression":
        return refusingExpression(ask, file, statement.expression, reach);
      case "block":
        return refusing(ask, file, statement.body, reach);
      default:
        return false;
    }
  });
}

function refusingExpression(ask: HolderAsk, file: Path, expression: Expression, reach: number): boolean {
  if (expression.kind === "await" || expression.kind === "yield") return expression.operand !== undefined && refusingExpression(ask, file, expression.operand, reach);
  if (expression.kind === "assign") return expression.target.kind !== "member" && /err|ok|valid|violation/iu.test(nameOf(expression.target));
  if (expression.kind !== "call") return isError(expression);
  const name = calledName(expression.callee);
  if (/^(?:push|add|unshift)$/u.test(name) && expression.callee.kind === "member") return COLLECTION.test(nameOf(expression.callee.object));
  if (REFUSING.test(name)) return true;
  if (name === "exit") return true;
  if (reach === 0) return false;
  return ask.originsOf({ file, expression: expression.callee }).origins.some((origin) => {
    if (origin.kind !== "literal" || origin.at.expression.kind !== "function") return false;
    const fact = ask.body(origin.at.file)?.functions[origin.at.expression.function];
    return fact !== undefined && refusing(ask, origin.at.file, fact.body, reach - 1);
  });
}

function nameOf(expression: Expression): string {
  if (expression.kind === "reference" || expression.kind === "global") return expression.name;
  return expression.kind === "member" && expression.key.kind === "string" ? expression.key.value : "";
}

/** Whether a returned value reads as an error: an error object, a failed result, a message. */
function isError(expression: Expression): boolean {
  switch (expression.kind) {
    case "string":
      return isSentence(expression.value);
    case "template":
      return expression.parts.some((part) => typeof part === "string" && isSentence(part));
    case "new":
      return /(?:Error|Exception|Issue|Response)$/u.test(calledName(expression.callee));
    case "call":
      return REFUSING.test(calledName(expression.callee));
    case "await":
      return isError(expression.operand);
    case "object":
      return propertiesOf(expression).some(({ key, value }) => {
        if (key.kind !== "string") return false;
        return /^(?:error|errors|issues|violations|reason|problem|problems)$/u.test(key.value) || (/^(?:ok|valid|success)$/u.test(key.value) && value.kind === "boolean" && !value.value);
      });
    case "array":
      return expression.items.some(({ value }) => isError(value));
    default:
      return false;
  }
}

/** Messages are sentences; a single word is a value. */
function isSentence(text: string): boolean {
  return /\w\s+\w/u.test(text);
}
