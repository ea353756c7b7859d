import type { BindingId, Expression, ModuleBody } from "../facts/expression.js";
import type { ImportFact } from "../facts/facts.js";

/** A name of another module. */
export interface ImportedName {
  /** Index into the outline's imports. */
  readonly import: number;
  readonly name: string;
}

/**
 * The imported name that a module-level name only stands for: `const x = imported`, `const x = namespace.y`, `export default imported`,
 * `const { x } = await import("…")`, `exports.x = require("…").y`.
 *
 * @param imports the outline's imports, among which loads by a call are found
 * @returns undefined when the name holds anything of the module's own
 */
export function aliasedImport(body: ModuleBody | undefined, local: string, imports: readonly ImportFact[] = []): ImportedName | undefined {
  if (body === undefined) return undefined;
  const binding = body.bindings.findIndex(({ name, function: fn, depth }) => name === local && fn === 0 && depth === 0);
  return ofBinding({ body, imports }, binding, new Set());
}

interface Ground {
  readonly body: ModuleBody;
  readonly imports: readonly ImportFact[];
}

function ofBinding(ground: Ground, id: BindingId, seen: Set<BindingId>): ImportedName | undefined {
  const binding = ground.body.bindings[id];
  if (binding === undefined || seen.has(id)) return undefined;
  seen.add(id);
  if (binding.import !== undefined) return { import: binding.import.index, name: binding.import.name };
  return binding.value && binding.writes.length === 0 ? ofExpression(ground, binding.value, seen) : undefined;
}

function ofExpression(ground: Ground, expression: Expression, seen: Set<BindingId>): ImportedName | undefined {
  switch (expression.kind) {
    case "reference":
      return ofBinding(ground, expression.binding, seen);
    case "typed":
      return ofExpression(ground, expression.operand, seen);
    case "await":
      return expression.operand.kind === "import" ? loadAt(ground, expression.operand) : ofExpression(ground, expression.operand, seen);
    case "call":
      return loadAt(ground, expression);
    case "member": {
      const own = propertyOf(ground, expression);
      if (own !== undefined) return ofExpression(ground, own, seen);
      const owner = ofExpression(ground, expression.object, seen);
      return owner?.name === "*" && expression.key.kind === "string" ? { import: owner.import, name: expression.key.value } : undefined;
    }
    default:
      return undefined;
  }
}

/** What a property of an object that is written out holds: `module.exports = { x: imported.y }` exports `x` so. */
function propertyOf({ body }: Ground, { object, key }: Extract<Expression, { readonly kind: "member" }>): Expression | undefined {
  const binding = object.kind === "reference" ? body.bindings[object.binding] : undefined;
  if (binding?.value?.kind !== "object" || binding.writes.length > 0 || key.kind !== "string") return undefined;
  const { entries } = binding.value;
  const named = entries.filter((entry) => entry.kind === "property" && entry.key.kind === "string" && entry.key.value === key.value);
  const [only, ...more] = named;
  return only?.kind === "property" && more.length === 0 && only.accessor === undefined ? only.value : undefined;
}

/** The module that an awaited `import(…)` or a `require(…)` gives. */
function loadAt({ imports }: Ground, { span }: Expression): ImportedName | undefined {
  const index = imports.findIndex((fact) => (fact.form === "dynamic" || fact.form === "require") && fact.span[0] === span[0] && fact.span[1] === span[1]);
  return index < 0 ? undefined : { import: index, name: "*" };
}
