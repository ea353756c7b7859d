import { walk, type Cursor } from "../facts/cursor.js";
import type { Expression } from "../facts/expression.js";
import type { ImportFact } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import { memo } from "./memo.js";
import type { Workspace } from "./workspace.js";

/**
 * The names that a file reads of a module which it imports whole: by a namespace, `import()` or `require`.
 *
 * @returns undefined when the module goes where its names are not read one by one
 */
export function membersRead({ source, body: bodyOf }: Pick<Workspace, "source" | "body">, file: Path, fact: ImportFact): readonly string[] | undefined {
  const facts = source(file);
  const body = bodyOf(file);
  if (facts === undefined || body === undefined) return undefined;
  const cursors = walk(body);
  const references = memo((id: number) => cursors.filter(({ of, node }) => of === "expression" && node.kind === "reference" && node.binding === id));
  const names = new Set<string>();
  const isReadThrough = (cursor: Cursor): boolean => {
    const { parent, node, role } = cursor;
    if (role === "value" && (parent === undefined || (parent.of === "statement" && parent.node.kind === "declare"))) {
      return [...body.bindings.keys()].filter((id) => body.bindings[id]?.value === node).every(isBindingRead);
    }
    // Nobody takes the value of a statement.
    if (parent?.of === "statement" && parent.node.kind === "expression") return true;
    if (parent?.of !== "expression") return false;
    if (parent.node.kind === "await" || parent.node.kind === "typed") return isReadThrough(parent);
    if (cursor.of === "expression" && cursor.node.kind === "import" && parent.node.kind === "member") return isHandedOver(parent.node, parent.parent);
    if (parent.node.kind !== "member" || role !== "object" || parent.node.key.kind !== "string") return false;
    names.add(parent.node.key.value);
    return true;
  };
  const asked = new Set<number>();
  const isBindingRead = (id: number): boolean => {
    if (asked.has(id)) return true;
    asked.add(id);
    const name = body.bindings[id]?.name;
    const isExported = body.bindings[id]?.function === 0 && facts.exports.some(({ local }) => local === name);
    return !isExported && references(id).every(isReadThrough);
  };
  /** `import(…).then((module) => module.name)`: the callback's parameter is the module. */
  const isHandedOver = (member: Extract<Expression, { readonly kind: "member" }>, call: Cursor | undefined): boolean => {
    if (member.key.kind !== "string" || member.key.value !== "then") return false;
    const [callback] = call?.of === "expression" && call.node.kind === "call" && call.node.callee === member ? call.node.arguments : [];
    const fn = callback?.value.kind === "function" ? callback.value.function : undefined;
    const parameter = fn === undefined ? undefined : body.functions[fn]?.parameters[0];
    if (fn === undefined || parameter === undefined) return fn !== undefined;
    if (parameter.binding !== undefined) return isBindingRead(parameter.binding);
    return cursors.filter(({ of, node: one }) => of === "expression" && one.kind === "parameter" && one.function === fn && one.index === 0).every(isReadThrough);
  };
  const index = facts.imports.indexOf(fact);
  const namespaces = [...body.bindings.keys()].filter((id) => body.bindings[id]?.import?.index === index);
  const loads = cursors.filter(
    ({ of, node }) => of === "expression" && (node.kind === "import" || node.kind === "call") && node.span[0] === fact.span[0] && node.span[1] === fact.span[1],
  );
  if (namespaces.length + loads.length === 0) return undefined;
  return namespaces.every(isBindingRead) && loads.every(isReadThrough) ? [...names] : undefined;
}
