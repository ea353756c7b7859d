import { walk, type Cursor } from "../../facts/cursor.js";
import type { BindingId, Statement } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import { memo } from "../memo.js";
import type { Workspace } from "../workspace.js";
import { nameOf } from "./value.js";

/** Names by which code says that a test fails, or waits for an error to look at it. */
const FAILS = /^(?:expect|assert|fail|done|reject|unreachable)$/u;
/** What is told to these is read by nobody. */
const LOGS = /^(?:console|log|logger)$/u;

/** Tells whether code that catches an error lets it, or something of it, fail the test. */
export class Failures {
  readonly #cursorsOf: (file: Path) => readonly Cursor[];

  constructor(ground: Pick<Workspace, "body">) {
    this.#cursorsOf = memo((file: Path) => {
      const body = ground.body(file);
      return body === undefined ? [] : walk(body);
    });
  }

  /** Whether a handler throws, fails the test, or uses the error for more than a log: it may be kept for later. */
  passesOn(file: Path, handler: readonly Statement[], caught: BindingId | undefined): boolean {
    const [start = 0, end = 0] = [handler[0]?.span[0], handler.at(-1)?.span[1]];
    return this.#cursorsOf(file).some((cursor) => {
      if (cursor.of === "type" || cursor.of === "class" || cursor.node.span[0] < start || cursor.node.span[1] > end) return false;
      if (cursor.of === "statement") return cursor.node.kind === "throw";
      const { node } = cursor;
      if (node.kind === "reference" && node.binding === caught) return !isLost(cursor);
      return FAILS.test(nameOf(node) ?? "");
    });
  }
}

/** Whether a mention goes nowhere: into a log, or into `void`. */
function isLost(cursor: Cursor): boolean {
  for (let at: Cursor | undefined = cursor; at?.of === "expression"; at = at.parent) {
    if (at.node.kind === "nothing") return true;
    if (at.node.kind !== "call" || at.node.callee.kind !== "member") continue;
    if (LOGS.test(nameOf(at.node.callee.object) ?? "")) return true;
  }
  return false;
}
