import type { Expression, FunctionId } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Workspace } from "../workspace.js";

type Ask = Pick<Workspace, "source" | "body" | "resolve" | "exported">;

/** What a name stands for, as far as declarations, imports and exports tell by themselves. */
export type Named =
  | { readonly kind: "function"; readonly file: Path; readonly function: FunctionId }
  | { readonly kind: "external"; readonly module: string; readonly name: string }
  /** Some other expression, of a name that is never assigned again. */
  | { readonly kind: "value"; readonly file: Path; readonly value: Expression; readonly in: FunctionId };

/**
 * Reads a name, or a name taken from a namespace, without evaluating anything.
 *
 * @returns undefined when the expression is no name or the name can change
 */
export function named(ask: Ask, file: Path, node: Expression): Named | undefined {
  if (node.kind === "function") return { kind: "function", file, function: node.function };
  if (node.kind === "typed") return named(ask, file, node.operand);
  if (node.kind === "member" && node.object.kind === "reference" && node.key.kind === "string") {
    const binding = ask.body(file)?.bindings[node.object.binding];
    if (binding?.import === undefined) return undefined;
    const { index, name } = binding.import;
    if (name === "*") return taken(ask, file, index, node.key.value);
    const whole = taken(ask, file, index, name);
    return whole?.kind === "external" ? { ...whole, name: `${whole.name}.${node.key.value}` } : undefined;
  }
  return node.kind === "reference" ? bound(ask, file, node.binding) : undefined;
}

function bound(ask: Ask, file: Path, id: number): Named | undefined {
  const binding = ask.body(file)?.bindings[id];
  if (binding === undefined) return undefined;
  if (binding.import !== undefined) return taken(ask, file, binding.import.index, binding.import.name);
  if (binding.value === undefined || binding.writes.length > 0 || binding.kind === "parameter") return undefined;
  if (binding.value.kind === "function") return { kind: "function", file, function: binding.value.function };
  return { kind: "value", file, value: binding.value, in: binding.function };
}

function taken(ask: Ask, file: Path, index: number, name: string): Named | undefined {
  const specifier = ask.source(file)?.imports[index]?.specifier;
  if (specifier?.kind !== "string") return undefined;
  const to = ask.resolve(file, specifier.value);
  if (to.kind === "external") return { kind: "external", module: specifier.value, name };
  if (to.kind !== "file" || name === "*") return undefined;
  const exported = ask.exported(to.path, name);
  if (exported.kind === "external") return { kind: "external", module: exported.module, name: exported.name };
  return exported.kind === "binding" ? bound(ask, exported.file, exported.binding) : undefined;
}
