import type { BindingId, ClassFact, Expression, FunctionId, ModuleBody, Statement, TypeExpression } from "../facts/expression.js";
import { walk, type Cursor } from "../facts/cursor.js";
import { once } from "./memo.js";

/** A module with the way from every piece to what holds it. */
export interface CursorIndex {
  /** Everything in the module, outermost first. */
  readonly all: readonly Cursor[];
  of(node: Expression | Statement | TypeExpression | ClassFact): Cursor | undefined;
  /** References to a name, its declaration aside. */
  references(binding: BindingId): readonly Cursor[];
  /** Where a function expression stands; undefined for declarations and methods. */
  functionSite(fn: FunctionId): Cursor | undefined;
}

/**
 * Indexes a module for walking upwards.
 *
 * @param body the module
 */
export function indexCursors(body: ModuleBody): CursorIndex {
  const all = walk(body);
  const byNode = once(() => {
    const found = new Map<unknown, Cursor>();
    for (const cursor of all) if (!found.has(cursor.node)) found.set(cursor.node, cursor);
    return found;
  });
  const references = new Map<BindingId, Cursor[]>();
  const sites = new Map<FunctionId, Cursor>();
  for (const cursor of all) {
    if (cursor.of !== "expression") continue;
    if (cursor.node.kind === "function") sites.set(cursor.node.function, cursor);
    if (cursor.node.kind !== "reference") continue;
    const list = references.get(cursor.node.binding);
    if (list === undefined) references.set(cursor.node.binding, [cursor]);
    else list.push(cursor);
  }
  return {
    all,
    of: (node) => byNode().get(node),
    references: (binding) => references.get(binding) ?? [],
    functionSite: (fn) => sites.get(fn),
  };
}
