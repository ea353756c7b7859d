import type { BindingId } from "../facts/expression.js";
import type { ImportFact, SourceFacts } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import type { Code } from "./code.js";
import { AWAITED } from "./follow/key-path.js";
import type { Effort } from "./table.js";
import type { ExpressionCursor, ModuleIndex } from "./module-index.js";

/** What looking into a module that takes a name costs, against an answer. */
const MODULE_COST = 5;

/** A place in another module where an exported name arrives; `path` leads from what stands there to the name's value. */
export interface Arrival {
  readonly file: Path;
  readonly cursor: ExpressionCursor;
  readonly path: readonly string[];
}

/** What finding arrivals asks. */
export interface ArrivalAsk {
  readonly code: Code;
  readonly effort: Effort;
  index(file: Path): ModuleIndex | undefined;
}

/**
 * Where a module-level name arrives in the other modules: its references there, references to namespaces that hold it, and loads of the
 * whole module, also through re-exports.
 *
 * @remarks Reads the bodies of those modules only that take the name.
 */
export function* arrivalsOf(ask: ArrivalAsk, file: Path, binding: BindingId, seen = new Set<string>()): Generator<Arrival> {
  const facts = ask.code.source(file);
  const name = ask.index(file)?.body.bindings[binding];
  if (facts === undefined || name === undefined || name.function !== 0 || name.depth !== 0) return;
  for (const exported of facts.exports) {
    if (exported.from === undefined && exported.local === name.name) yield* arrivalsOfExport(ask, file, exported.name, seen);
  }
}

/** The same for an exported name. */
export function* arrivalsOfExport(ask: ArrivalAsk, file: Path, name: string, seen: Set<string>): Generator<Arrival> {
  const question = `${file}\0${name}`;
  if (seen.has(question)) return;
  seen.add(question);
  for (const edge of ask.code.importersOf(file)) {
    const facts = ask.code.source(edge.from);
    if (facts === undefined || edge.fact.typeOnly) continue;
    const index = facts.imports.findIndex((fact) => fact === edge.fact || isSame(fact, edge.fact));
    if (edge.fact.form === "export-from") yield* forwarded(ask, edge.from, facts, index, name, seen);
    else if (edge.fact.form === "import" || edge.fact.form === "import-equals") yield* imported(ask, edge.from, index, edge.fact, name, seen);
    else if (edge.fact.form === "dynamic" || edge.fact.form === "require") yield* loaded(ask, edge.from, edge.fact, name);
  }
}

function* forwarded(ask: ArrivalAsk, file: Path, facts: SourceFacts, index: number, name: string, seen: Set<string>): Generator<Arrival> {
  for (const fact of facts.exports) {
    if (fact.from?.import !== index) continue;
    if (fact.name === "*") {
      if (name !== "default") yield* arrivalsOfExport(ask, file, name, seen);
    } else if (fact.from.name === name) yield* arrivalsOfExport(ask, file, fact.name, seen);
    else if (fact.from.name === "*") for (const { path, ...arrival } of arrivalsOfExport(ask, file, fact.name, seen)) yield { ...arrival, path: [...path, name] };
  }
}

function* imported(ask: ArrivalAsk, file: Path, index: number, fact: ImportFact, name: string, seen: Set<string>): Generator<Arrival> {
  if (fact.form === "import" && !fact.names.some((taken) => !taken.typeOnly && (taken.name === name || taken.name === "*"))) return;
  ask.effort.spend(MODULE_COST);
  const module = ask.index(file);
  for (const [id, binding] of module?.body.bindings.entries() ?? []) {
    if (binding.import?.index !== index || (binding.import.name !== name && binding.import.name !== "*")) continue;
    const path = binding.import.name === "*" ? [name] : [];
    for (const cursor of module?.references(id) ?? []) yield { file, cursor, path };
    // What is imported may be exported again under a name.
    for (const arrival of arrivalsOf(ask, file, id, seen)) yield { ...arrival, path: [...arrival.path, ...path] };
  }
}

function* loaded(ask: ArrivalAsk, file: Path, fact: ImportFact, name: string): Generator<Arrival> {
  for (const cursor of ask.index(file)?.spanning(fact.span[0], fact.span[1]) ?? []) {
    if (cursor.node.kind === "import") yield { file, cursor, path: [AWAITED, name] };
    else if (cursor.node.kind === "call") yield* name === "default" ? [{ file, cursor, path: [name] }, { file, cursor, path: [] }] : [{ file, cursor, path: [name] }];
  }
}

function isSame(a: ImportFact, b: ImportFact): boolean {
  return a.span[0] === b.span[0] && a.span[1] === b.span[1] && a.form === b.form;
}
