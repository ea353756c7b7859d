import type { SourceFacts } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import type { Code } from "./code.js";
import type { Noted } from "./ledger.js";
import type { Exported } from "./workspace.js";

/** Answers what stands behind exported names, each once. */
export type ExportedQuestion = (file: Path, name: string) => Exported;

/**
 * Makes the question "what stands behind this exported name?", which looks through re-exports, barrels and imports that are exported again.
 *
 * Answers depend on the outlines of the file and of all modules that it forwards to, and on resolution.
 */
export function exportedOf(code: Code): ExportedQuestion {
  const known = new Map<string, Noted<Exported>>();
  const find = (file: Path, name: string, asking: ReadonlySet<string>): Exported => {
    const question = `${file}\0${name}`;
    const noted = known.get(question);
    if (noted !== undefined) {
      code.ledger.rest(noted.reads);
      return noted.answer;
    }
    if (asking.has(question)) return missing(`"${name}" is re-exported in a circle`);
    const found = code.ledger.gather(() => search(code, file, name, (next, nextName) => find(next, nextName, new Set([...asking, question]))));
    if (asking.size === 0) known.set(question, found);
    return found.answer;
  };
  return (file, name) => find(file, name, new Set());
}

function search(code: Code, file: Path, name: string, find: ExportedQuestion): Exported {
  const facts = code.source(file);
  if (facts === undefined) return missing(`${file} is not analysed`);
  const own = facts.exports.find((fact) => fact.name === name && !fact.typeOnly) ?? facts.exports.find((fact) => fact.name === name);
  if (own !== undefined) {
    if (own.from !== undefined) return through(code, file, facts, own.from, find);
    return own.local === undefined ? missing(`"${name}" has no declaration`) : local(code, file, facts, own.local, find);
  }
  if (name !== "default") {
    for (const star of facts.exports) {
      if (star.name !== "*" || star.from === undefined) continue;
      const found = through(code, file, facts, { import: star.from.import, name }, find);
      if (found.kind === "binding" || found.kind === "namespace") return found;
    }
    // Only a package can still provide the name, when one is forwarded whole.
    for (const star of facts.exports) {
      if (star.name !== "*" || star.from === undefined) continue;
      const found = through(code, file, facts, { import: star.from.import, name }, find);
      if (found.kind === "external") return found;
    }
  }
  return missing(`${file} does not export "${name}"`);
}

function through(code: Code, file: Path, facts: SourceFacts, from: { readonly import: number; readonly name: string }, find: ExportedQuestion): Exported {
  const specifier = facts.imports[from.import]?.specifier;
  if (specifier?.kind !== "string") return missing("the module it is re-exported from is not a literal");
  const to = code.resolve(file, specifier.value);
  if (to.kind === "missing") return missing(`"${specifier.value}" is not found`);
  if (to.kind === "external") return { kind: "external", module: specifier.value, name: from.name };
  return from.name === "*" ? { kind: "namespace", file: to.path } : find(to.path, from.name);
}

/** A module-level name; one that is itself imported is looked through. */
function local(code: Code, file: Path, facts: SourceFacts, name: string, find: ExportedQuestion): Exported {
  const body = code.body(file);
  const named = [...(body?.bindings.entries() ?? [])].filter(([, candidate]) => candidate.name === name && candidate.function === 0 && candidate.depth === 0);
  // A value and a type may share a name; the value is what runs.
  const [binding, found] = named.find(([, candidate]) => candidate.kind !== "type" && candidate.kind !== "interface") ?? named[0] ?? [-1, undefined];
  if (found === undefined) return missing(`"${name}" is not declared in ${file}`);
  return found.import === undefined ? { kind: "binding", file, binding } : through(code, file, facts, { import: found.import.index, name: found.import.name }, find);
}

function missing(reason: string): Exported {
  return { kind: "missing", reason };
}
