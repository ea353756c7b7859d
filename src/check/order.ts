import type { Finding } from "../rule/finding.js";

type Ordered = Pick<Finding, "file" | "line" | "column" | "rule" | "message" | "endLine" | "endColumn">;

/** The order in which findings are printed: file, line, column, rule; what is left is settled by end and message. */
export function byPlace(left: Ordered, right: Ordered): number {
  return (
    compareText(left.file, right.file) ||
    left.line - right.line ||
    left.column - right.column ||
    compareText(left.rule, right.rule) ||
    left.endLine - right.endLine ||
    left.endColumn - right.endColumn ||
    compareText(left.message, right.message)
  );
}

/** By UTF-16 code unit, so that the order is the same on every machine and in every locale. */
function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
