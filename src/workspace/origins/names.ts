import type { Expression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import { callFrame, frameOf, type CallFrame } from "../values/frame.js";
import { definitionsAt, type Definition } from "../values/reaching.js";
import type { Located } from "../workspace.js";
import { cheaply, placed, type OriginAsk, type Origins } from "./ask.js";
import { found, typed, unknown, type Found } from "./found.js";

/** What a name derives from where it is read. */
export function ofReference(ask: OriginAsk, at: Located, node: Extract<Expression, { kind: "reference" }>): Origins {
  return ofBinding(ask, at, at.file, node.binding, callFrame(at), node);
}

/** What a name taken from a module derives from. */
export function ofTaken(ask: OriginAsk, at: Located, specifier: string, name: string): Origins {
  const to = ask.ev.code.resolve(at.file, specifier);
  if (to.kind === "missing") return [unknown(at, `"${specifier}" is not found`)];
  if (to.kind === "external") return [found(at, { kind: "external", module: specifier, name })];
  if (to.path.endsWith(".json")) {
    const facts = ask.ev.code.json(to.path);
    return facts?.root === undefined ? [unknown(at, `${to.path} cannot be read`)] : ask.find({ file: to.path, expression: ask.ev.json(facts.root) });
  }
  return name === "*" ? [unknown(at, "it is a module")] : ofExported(ask, at, to.path, name);
}

/** What a loaded module derives from; `specifiers` are undefined when they are not known. */
export function ofModule(ask: OriginAsk, at: Located, specifiers: readonly string[] | undefined): Origins {
  return specifiers === undefined ? [unknown(at, "the module it loads is not known")] : specifiers.flatMap((specifier) => ofTaken(ask, at, specifier, "*"));
}

/** For a module used as an object: how a name is taken from it. */
export function namespacesAt(ask: OriginAsk, object: Located): ((key: string) => Origins) | undefined {
  const { values, gap } = cheaply(ask, object);
  const files = values.flatMap(({ form }) => (form.kind === "namespace" ? [form.file] : []));
  if (gap !== undefined || files.length === 0 || files.length < values.length) return undefined;
  return (key) => files.flatMap((file) => ofExported(ask, object, file, key));
}

function ofExported(ask: OriginAsk, at: Located, file: Path, name: string): Origins {
  const exported = ask.ev.exported(file, name);
  switch (exported.kind) {
    case "binding":
      return ofBinding(ask, at, exported.file, exported.binding, undefined, undefined);
    case "external":
      return [found(at, { kind: "external", module: exported.module, name: exported.name })];
    case "namespace":
      return [unknown(at, "it is a module")];
    case "missing":
      return [unknown(at, exported.reason)];
  }
}

/** A name derives from its declared type, its value and what is assigned to it. */
function ofBinding(ask: OriginAsk, at: Located, file: Path, id: number, frame: CallFrame | undefined, reference: Expression | undefined): Origins {
  const index = ask.ev.index(file);
  const binding = index?.body.bindings[id];
  if (index === undefined || binding === undefined) return [unknown(at, "its declaration is not found")];
  if (binding.import !== undefined) {
    const specifier = ask.ev.code.source(file)?.imports[binding.import.index]?.specifier;
    if (specifier?.kind !== "string") return [unknown(at, "the module it is imported from is not a literal")];
    return ofTaken(ask, { file, expression: at.expression }, specifier.value, binding.import.name);
  }
  const origins: Found[] = [];
  const isValue = binding.kind !== "type" && binding.kind !== "interface" && binding.kind !== "class";
  if (binding.type !== undefined && isValue) origins.push(...typed(at, [{ file, type: binding.type }]));
  const definitions: readonly Definition[] = binding.writes.length === 0 ? ["initial"] : definitionsAt(index, id, reference);
  for (const definition of definitions) {
    if (definition === "none") continue;
    if (definition === "initial") {
      if (binding.value !== undefined) origins.push(...ask.find(placed(file, binding.value, frameOf(frame, file, binding.function))));
      continue;
    }
    const [place] = index.occurrences(definition);
    origins.push(...ask.find(placed(file, definition, place === undefined ? undefined : frameOf(frame, file, place.function))));
  }
  if (origins.length > 0) return origins;
  return [unknown(at, binding.kind === "catch" ? "it is what was thrown" : `\`${binding.name}\` has no value that can be followed`)];
}
