import type { BindingId, Expression, ModuleBody } from "../facts/expression.js";

/** A name of another module. */
export interface ImportedName {
  /** Index into the outline's imports. */
  readonly import: number;
  readonly name: string;
}

/**
 * The imported name that a module-level name only stands for: `const x = imported`, `const x = namespace.y`, `export default imported`.
 *
 * @returns undefined when the name holds anything of the module's own
 */
export function aliasedImport(body: ModuleBody | undefined, local: string): ImportedName | undefined {
  if (body === undefined) return undefined;
  const binding = body.bindings.findIndex(({ name, function: fn, depth }) => name === local && fn === 0 && depth === 0);
  return ofBinding(body, binding, new Set());
}

function ofBinding(body: ModuleBody, id: BindingId, seen: Set<BindingId>): ImportedName | undefined {
  const binding = body.bindings[id];
  if (binding === undefined || seen.has(id)) return undefined;
  seen.add(id);
  if (binding.import !== undefined) return { import: binding.import.index, name: binding.import.name };
  return binding.value && binding.writes.length === 0 ? ofExpression(body, binding.value, seen) : undefined;
}

function ofExpression(body: ModuleBody, expression: Expression, seen: Set<BindingId>): ImportedName | undefined {
  switch (expression.kind) {
    case "reference":
      return ofBinding(body, expression.binding, seen);
    case "typed":
      return ofExpression(body, expression.operand, seen);
    case "member": {
      const owner = ofExpression(body, expression.object, seen);
      return owner?.name === "*" && expression.key.kind === "string" ? { import: owner.import, name: expression.key.value } : undefined;
    }
    default:
      return undefined;
  }
}
