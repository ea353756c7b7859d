import type { ts } from "../compiler.cjs";
import type { Expression, Span } from "../expression.js";
import { binaryChain } from "../syntax.js";
import { SyntaxKind, tokenToString } from "../typescript.js";
import { collectEmbedded } from "./embed.js";
import type { Scope } from "./scope.js";

/** Chains up to this length nest as they are written; longer ones are kept flat. */
const MAX_NESTED = 64;

interface Operation {
  readonly operator: string;
  readonly right: Expression;
  readonly span: Span;
}

/**
 * Lowers a chain of binary operators (`a + b + …`) without recursion along it.
 *
 * @remarks A long chain would nest as deep as it is long. Where the operator is associative it takes another shape of the same value:
 * a text of many parts becomes a template, a long `&&`, `||` or `??` a balanced tree; others become opaque.
 */
export function lowerChain(scope: Scope, node: ts.BinaryExpression, name: string | undefined): Expression {
  const { module } = scope;
  if (node.operatorToken.kind === SyntaxKind.PlusToken) collectEmbedded(module, node);
  const { first, operations } = binaryChain(node);
  const start = module.lower.expression(scope, first, name);
  const lowered = operations.map((operation): Operation => ({
    operator: tokenToString(operation.operatorToken.kind) ?? "?",
    right: module.lower.expression(scope, operation.right, name),
    span: module.spanOf(operation),
  }));
  return lowered.length <= MAX_NESTED ? lowered.reduce(combine, start) : flat(start, lowered, module.spanOf(node));
}

function combine(left: Expression, { operator, right, span }: Operation): Expression {
  switch (operator) {
    case ",":
      return { kind: "sequence", items: left.kind === "sequence" ? [...left.items, right] : [left, right], span };
    case "&&":
    case "||":
    case "??":
      return { kind: "logical", operator, left, right, span };
    default:
      return { kind: "binary", operator, left, right, span };
  }
}

function flat(start: Expression, operations: readonly Operation[], span: Span): Expression {
  const operands = [start, ...operations.map((operation) => operation.right)];
  const operator = operations[0]?.operator;
  if (operations.some((operation) => operation.operator !== operator)) return tooLong(operands, span);
  switch (operator) {
    case ",":
      return { kind: "sequence", items: operands, span };
    case "&&":
    case "||":
    case "??":
      return balanced(operands, operator, span);
    case "+":
      return text(operands, span) ?? tooLong(operands, span);
    default:
      return tooLong(operands, span);
  }
}

function tooLong(operands: readonly Expression[], span: Span): Expression {
  return { kind: "opaque", what: "a long chain of operators", operands, span };
}

function balanced(operands: readonly Expression[], operator: "&&" | "||" | "??", span: Span): Expression {
  const [only] = operands;
  if (only && operands.length === 1) return only;
  const middle = operands.length >> 1;
  const [left, right] = [operands.slice(0, middle), operands.slice(middle)];
  return { kind: "logical", operator, left: balanced(left, operator, span), right: balanced(right, operator, span), span };
}

/** A sum is a text from its first text on; only what stands before that may be numbers. */
function text(operands: readonly Expression[], span: Span): Expression | undefined {
  const start = operands.findIndex((operand) => operand.kind === "string" || operand.kind === "template");
  if (start < 0 || start > MAX_NESTED) return undefined;
  const before = operands.slice(0, start);
  const parts: (string | Expression)[] = [""];
  const [head] = before;
  if (head) {
    const sum = before
      .slice(1)
      .reduce((left, right): Expression => ({ kind: "binary", operator: "+", left, right, span: [left.span[0], right.span[1]] }), head);
    parts.push(sum, "");
  }
  for (const operand of operands.slice(start)) {
    if (operand.kind === "string") parts.push(`${String(parts.pop())}${operand.value}`);
    else parts.push(operand, "");
  }
  return { kind: "template", parts, span };
}
