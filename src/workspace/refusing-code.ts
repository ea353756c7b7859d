import type { Expression, Statement } from "../facts/expression.js";
import type { Path } from "../files/path.js";
import { runsOverList } from "./deny-list.js";
import { calledName, isSentence, propertiesOf, type HolderAsk } from "./holders.js";

/** What following a verdict asks of the workspace, and what it has to know of the use. */
export interface RefusalAsk extends HolderAsk {
  /** The name is one of many that are gone through, so that a list of hits is a list of names. */
  readonly overList: boolean;
}

/** Names of functions that refuse. */
const REFUSING = new RegExp(
  `^(?:${[
    ...["throw", "fail", "reject", "refuse", "panic", "abort", "die", "bail", "deny", "forbid", "invalid", "violation", "fatal"],
    ...["err", "problem", "issue", "addIssue", "report", "onIssue", "onError", "onViolation", "onProblem"],
  ].join("|")})`,
  "iu",
);
const BAD = /^(?:err|invalid|violat|issue|problem|fail)|(?:Err|Invalid|Violat|Issue|Problem|Fail)/u;
const GOOD = /^(?:is|are)?(?:ok|valid|clean|success)/iu;

/** Whether a branch refuses: throws, returns an error, or collects a violation. */
export function refusing(ask: RefusalAsk, file: Path, statements: readonly Statement[], reach: number): boolean {
  return statements.some((statement) => {
    switch (statement.kind) {
      case "throw":
        return true;
      case "return":
        return (
          statement.value !== undefined &&
          (isError(statement.value) || (statement.value.kind === "call" && refusingExpression(ask, file, statement.value, reach)))
        );
      case "expression":
        return refusingExpression(ask, file, statement.expression, reach);
      case "block":
        return refusing(ask, file, statement.body, reach);
      default:
        return false;
    }
  });
}

/** Whether an expression refuses, or is what a refusal gives. */
export function refusingExpression(ask: RefusalAsk, file: Path, expression: Expression, reach: number): boolean {
  if (expression.kind === "await" || expression.kind === "yield") {
    // A generator of hits gives the names themselves.
    if (expression.kind === "yield" && ask.overList && expression.operand?.kind === "reference") return true;
    return expression.operand !== undefined && refusingExpression(ask, file, expression.operand, reach);
  }
  if (expression.kind === "assign") return isBadVerdict(expression);
  if (expression.kind !== "call") return isError(expression);
  const name = calledName(expression.callee);
  if (/^(?:push|add|unshift)$/u.test(name) && expression.callee.kind === "member") {
    return (
      isCollection(nameOf(expression.callee.object)) ||
      (ask.overList && expression.arguments.some(({ value }) => tellsName(ask, file, value)))
    );
  }
  if (REFUSING.test(name)) return true;
  if (name === "exit") return true;
  if (reach === 0) return false;
  return ask.originsOf({ file, expression: expression.callee }).origins.some((origin) => {
    if (origin.kind !== "literal" || origin.at.expression.kind !== "function") return false;
    const fact = ask.body(origin.at.file)?.functions[origin.at.expression.function];
    return fact !== undefined && refusing(ask, origin.at.file, fact.body, reach - 1);
  });
}

/** Whether a collected value is the name that is gone through, or words about it. */
export function tellsName(ask: RefusalAsk, file: Path, value: Expression): boolean {
  const body = ask.body(file);
  return value.kind === "template" || (body !== undefined && runsOverList(body, value));
}

/** Whether a name is one of what violations are collected in. */
export function isCollection(name: string): boolean {
  return /^err|Err/u.test(name) || /issue|violat|problem|finding|diagnos|forbid|invalid|reject|offend|message|fault|fail|complain/iu.test(name);
}

/** `valid = false`, `errors.count += 1`, `failed = true`. */
function isBadVerdict({ target, value }: Extract<Expression, { kind: "assign" }>): boolean {
  const names = [nameOf(target), target.kind === "member" ? nameOf(target.object) : ""];
  const isYes = value.kind === "boolean" && value.value;
  const isNo = value.kind === "boolean" && !value.value;
  return (!isNo && names.some((name) => BAD.test(name))) || (!isYes && names.some((name) => GOOD.test(name)));
}

/** The last name of a reference or member read. */
export function nameOf(expression: Expression): string {
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
        return (
          /^(?:errors?|issues?|violations?|reason|problems?|message|messageId|failure)$/u.test(key.value) ||
          (/^(?:ok|valid|success)$/u.test(key.value) && value.kind === "boolean" && !value.value)
        );
      });
    case "array":
      return expression.items.some(({ value }) => isError(value));
    default:
      return false;
  }
}
