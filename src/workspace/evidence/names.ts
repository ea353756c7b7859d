import type { BindingId, Expression, FunctionId } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { TestReader } from "./reader.js";
import { exportedBy } from "./tools.js";
import { doubleOf, NOTHING, UNKNOWN, type Scope, type Value } from "./value.js";

/** The scope among those around that a function's names belong to. */
export function homeOf(reader: TestReader, scope: Scope, fn: FunctionId): Scope {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) if (at.file === scope.file && at.function === fn) return at;
  return fn === 0 ? reader.module(scope.file) : scope;
}

/** Puts what a declaration says into its name. */
export function declare(reader: TestReader, id: BindingId, scope: Scope): Value {
  const binding = reader.ground.body(scope.file)?.bindings[id];
  const home = homeOf(reader, scope, binding?.function ?? scope.function);
  const value = binding?.value === undefined ? NOTHING : reader.evaluate(binding.value, scope);
  home.cells.set(id, value);
  return value;
}

/** What a name holds. */
export function readName(reader: TestReader, id: BindingId, scope: Scope): Value {
  const binding = reader.ground.body(scope.file)?.bindings[id];
  if (binding === undefined) return UNKNOWN;
  if (binding.import !== undefined) return imported(reader, scope.file, binding.import);
  const home = homeOf(reader, scope, binding.function);
  const cell = home.cells.get(id);
  if (cell !== undefined) return cell;
  if (binding.value === undefined) return binding.kind === "catch" || binding.kind === "enum" ? UNKNOWN : NOTHING;
  // A name that is read before its declaration was reached: functions, and what other modules export.
  home.cells.set(id, UNKNOWN);
  const value = reader.evaluate(binding.value, home);
  if (binding.kind === "parameter" || binding.kind === "function" || binding.function === 0 || value.kind !== "unknown") home.cells.set(id, value);
  else home.cells.delete(id);
  return value;
}

/** Puts a value into a name. */
export function writeName(reader: TestReader, id: BindingId, value: Value, scope: Scope): void {
  const binding = reader.ground.body(scope.file)?.bindings[id];
  if (binding !== undefined) homeOf(reader, scope, binding.function).cells.set(id, value);
}

function imported(reader: TestReader, file: Path, from: { readonly index: number; readonly name: string }): Value {
  const { ground } = reader;
  const specifier = ground.source(file)?.imports[from.index]?.specifier;
  if (specifier?.kind !== "string") return UNKNOWN;
  const to = ground.resolve(file, specifier.value);
  if (to.kind === "external") return exportedBy(specifier.value, from.name);
  if (to.kind === "missing") return { kind: "native", name: "elsewhere" };
  if (reader.doubledModules.has(to.path)) return doubleOf("module");
  if (from.name === "*") return { kind: "module", file: to.path };
  return exportedFrom(reader, to.path, from.name);
}

/** What a module of the workspace gives under a name. */
export function exportedFrom(reader: TestReader, file: Path, name: string): Value {
  const exported = reader.ground.exported(file, name);
  if (exported.kind === "external") return exportedBy(exported.module, exported.name);
  if (exported.kind === "namespace") return { kind: "module", file: exported.file };
  if (exported.kind !== "binding") return { kind: "native", name: "elsewhere" };
  return readName(reader, exported.binding, reader.module(exported.file));
}

/** What `this` is. */
export function selfOf(scope: Scope): Value {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) if (at.self !== undefined) return at.self;
  return UNKNOWN;
}

/** The element that a loop over something is at. */
export function rowOf(of: Expression, scope: Scope): Value | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const row = at.file === scope.file ? at.rows.get(rowKey(of)) : undefined;
    if (row !== undefined) return row;
  }
  return undefined;
}

/** Tells what loops go through apart. */
export function rowKey({ span }: Expression): string {
  return `${String(span[0])}:${String(span[1])}`;
}
