import type { Expression } from "../../facts/expression.js";
import type { Cursor } from "../../facts/cursor.js";
import type { ExpressionCursor, ModuleIndex } from "../module-index.js";
import type { Uses, Write } from "../uses.js";
import type { Located } from "../workspace.js";
import type { Evaluation } from "./evaluation.js";
import { callFrame, frameOf, type CallFrame } from "./frame.js";

/**
 * The writes into a value that is built up before anything else sees it, in order.
 *
 * `const o = {}; o.a = 1; o.b = 2; use(o)`: every write is a statement of the list in which the value gets its name, and every other
 * use of the name comes later. Then all uses see the value as it is after the last write.
 *
 * @returns undefined when reads and writes may interleave
 */
export function settledWrites(ev: Evaluation, made: Located, uses: Uses): readonly Write[] | undefined {
  if (uses.writes.length === 0) return [];
  const index = ev.index(made.file);
  const [place, other] = index?.occurrences(made.expression) ?? [];
  if (index === undefined || place === undefined || other !== undefined) return undefined;
  const declaration = declarationOf(place);
  if (declaration === undefined || declaration.node.kind !== "declare") return undefined;
  const { binding } = declaration.node;
  if (index.body.bindings[binding]?.writes.length !== 0) return undefined;
  const statements = new Set<Expression>();
  for (const write of uses.writes) {
    if (write.at.file !== made.file || !isSibling(index, declaration, write)) return undefined;
    statements.add(write.at.expression);
  }
  const last = Math.max(...uses.writes.map((write) => write.at.expression.span[1]));
  const others = index.references(binding).filter((reference) => !isTarget(reference, statements));
  if (!others.every((reference) => reference.node.span[0] >= last && !isHoisted(index, reference, place))) return undefined;
  return uses.writes.toSorted((a, b) => a.at.expression.span[0] - b.at.expression.span[0]);
}

/** The circumstances of a write, when it stands in the function whose call made the value. */
export function writeFrame(ev: Evaluation, made: Located, write: Write): { readonly frame?: CallFrame } {
  const frame = callFrame(made);
  if (frame === undefined || write.at.file !== made.file) return {};
  const [place] = ev.index(write.at.file)?.occurrences(write.at.expression) ?? [];
  const own = place === undefined ? undefined : frameOf(frame, made.file, place.function);
  return own === undefined ? {} : { frame: own };
}

/** The declaration whose initialiser the expression is, assertions aside. */
function declarationOf(place: ExpressionCursor): Extract<Cursor, { of: "statement" }> | undefined {
  let at: Cursor | undefined = place;
  while (at?.parent?.of === "expression" && at.parent.node.kind === "typed") at = at.parent;
  return at?.parent?.of === "statement" ? at.parent : undefined;
}

function isSibling(index: ModuleIndex, declaration: Extract<Cursor, { of: "statement" }>, write: Write): boolean {
  return index.occurrences(write.at.expression).some((cursor) => {
    const statement = cursor.parent;
    if (statement?.of !== "statement" || statement.node.kind !== "expression") return false;
    return statement.parent === declaration.parent && statement.role === declaration.role && statement.role !== "case-body" && statement.function === declaration.function && statement.node.span[0] > declaration.node.span[0];
  });
}

/** `o` in `o.a = 1`, `delete o.a`, `o.push(1)` and `Object.assign(o, …)` of one of the statements. */
function isTarget(reference: ExpressionCursor, statements: ReadonlySet<Expression>): boolean {
  let at: Cursor = reference;
  while (at.parent?.of === "expression" && (at.parent.node.kind === "typed" || (at.parent.node.kind === "member" && at.role === "object"))) at = at.parent;
  const parent = at.parent;
  if (parent?.of !== "expression" || !statements.has(parent.node)) return false;
  if (at.role === "target" || at.role === "operand" || at.role === "callee") return true;
  return parent.node.kind === "call" && at.role === "argument" && parent.node.arguments[0]?.value === at.node;
}

/** Whether the reference stands in a function that can run before the code around it gets there. */
function isHoisted(index: ModuleIndex, reference: ExpressionCursor, place: ExpressionCursor): boolean {
  for (let fn = reference.function; fn !== place.function; fn = index.body.functions[fn]?.parent ?? place.function) {
    if (index.functionSites(fn).some((site) => site.parent === undefined || index.namesOf(site.node).some((id) => index.body.bindings[id]?.kind === "function"))) return true;
  }
  return false;
}
