import type { Expression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Located } from "../workspace.js";
import { inside, type Evaluation } from "./evaluation.js";
import { callFrame, frameOf, type CallFrame } from "./frame.js";
import { constantAt, objectOf, ShapeBuilder, slotValue } from "./objects.js";
import { binary, logical } from "./operators.js";
import { blocked, constant, each, only, union, via, type Outcome } from "./outcome.js";
import { definitionsAt, isShortCircuit, type Definition } from "./reaching.js";

type Reference = Extract<Expression, { kind: "reference" }>;
type Assign = Extract<Expression, { kind: "assign" }>;

/** What a name can stand for where it is read. */
export function referenceValue(ev: Evaluation, at: Located, node: Reference): Outcome {
  const binding = ev.index(at.file)?.body.bindings[node.binding];
  if (binding === undefined) return blocked(at, "its declaration is not found");
  if (binding.import !== undefined) return via(at.file, binding.span, `\`${node.name}\` is imported`, importedValue(ev, at, binding.import));
  const value = bindingValue(ev, at, at.file, node.binding, callFrame(at), node);
  return binding.kind === "parameter" ? value : via(at.file, binding.span, `\`${node.name}\` is declared`, value);
}

/** What going on in another module costs, against an answer. */
const CROSSING_COST = 5;

/** What can be behind an exported name, for an expression that reads it. */
export function exportedValue(ev: Evaluation, at: Located, file: Path, name: string): Outcome {
  ev.effort.spend(CROSSING_COST);
  const found = ev.exported(file, name);
  switch (found.kind) {
    case "binding": {
      const span = ev.index(found.file)?.body.bindings[found.binding]?.span;
      const value = bindingValue(ev, at, found.file, found.binding, undefined, undefined);
      return span === undefined ? value : via(found.file, span, `\`${name}\` is declared`, value);
    }
    case "namespace":
      return only({ kind: "namespace", file: found.file });
    case "external":
      return only({ kind: "external", module: found.module, name: found.name });
    case "missing":
      return blocked(at, found.reason);
  }
}

/** The module that a specifier leads to, as an object or, for JSON, its value. */
export function moduleValue(ev: Evaluation, at: Located, specifier: string, name: string): Outcome {
  const to = ev.code.resolve(at.file, specifier);
  if (to.kind === "missing") return blocked(at, `"${specifier}" is not found`);
  if (to.kind === "external") return only({ kind: "external", module: specifier, name });
  if (to.path.endsWith(".json")) return jsonValue(ev, at, to.path, name);
  return name === "*" ? only({ kind: "namespace", file: to.path }) : exportedValue(ev, at, to.path, name);
}

/** What `require(specifier)` returns: what the module sets `module.exports` to, else the module. */
export function requiredModule(ev: Evaluation, at: Located, specifier: Outcome): Outcome {
  const [only_, other] = specifier.values;
  if (only_?.form.kind !== "primitive" || typeof only_.form.value !== "string" || other !== undefined || specifier.gap !== undefined) {
    return blocked(at, "the module it loads is not known");
  }
  const to = ev.code.resolve(at.file, only_.form.value);
  if (to.kind !== "file" || to.path.endsWith(".json")) return moduleValue(ev, at, only_.form.value, to.kind === "file" ? "default" : "*");
  const whole = ev.code.source(to.path)?.exports ?? [];
  const isCommonJs = whole.some((fact) => fact.name === "default" && fact.local === "*default*") && whole.every((fact) => fact.local?.startsWith("*") === true);
  return isCommonJs ? exportedValue(ev, at, to.path, "default") : only({ kind: "namespace", file: to.path });
}

function jsonValue(ev: Evaluation, at: Located, file: Path, name: string): Outcome {
  const facts = ev.code.json(file);
  if (facts?.root === undefined || facts.syntaxErrors.length > 0) return blocked(at, `${file} cannot be read`);
  const whole = ev.evaluate({ file, expression: ev.json(facts.root) });
  if (name === "default" || name === "*") return whole;
  return union(at, whole.values.map((possible) => ev.member(at, possible, name)));
}

function importedValue(ev: Evaluation, at: Located, from: { readonly index: number; readonly name: string }): Outcome {
  const specifier = ev.code.source(at.file)?.imports[from.index]?.specifier;
  return specifier?.kind === "string" ? moduleValue(ev, at, specifier.value, from.name) : blocked(at, "the module it is imported from is not a literal");
}

/** What a name can stand for; `reference` is the read when it is in the same module. */
function bindingValue(ev: Evaluation, at: Located, file: Path, id: number, frame: CallFrame | undefined, reference: Reference | undefined): Outcome {
  const index = ev.index(file);
  const binding = index?.body.bindings[id];
  if (index === undefined || binding === undefined) return blocked(at, "its declaration is not found");
  if (binding.kind === "type" || binding.kind === "interface") return blocked(at, "it is a type");
  if (binding.kind === "catch") return blocked(at, "it is what was thrown");
  if (binding.ambient === true) return blocked(at, `\`${binding.name}\` is declared without a value`);
  if (binding.import !== undefined) return importedValue(ev, { file, expression: at.expression }, binding.import);
  const home = frameOf(frame, file, binding.function);
  const initial = (): Outcome => {
    if (binding.value === undefined) return blocked(at, `\`${binding.name}\` has no value that can be followed`);
    const value = ev.evaluate(home === undefined ? { file, expression: binding.value } : { file, expression: binding.value, frame: home });
    return binding.kind === "enum" ? enumValue(ev, at, value) : value;
  };
  const changes = binding.writes.length > 0;
  if (!changes && binding.kind !== "var") return binding.value === undefined && binding.kind === "let" ? constant(undefined) : initial();
  if (binding.writes.some((write) => write.kind !== "assign")) return blocked(at, `\`${binding.name}\` is written in a way that cannot be followed`);
  const define = (definition: Definition): Outcome => {
    if (definition === "none") return constant(undefined);
    if (definition === "initial") return initial();
    const [place] = index.occurrences(definition);
    const own = place === undefined ? undefined : frameOf(frame, file, place.function);
    return ev.evaluate(own === undefined ? { file, expression: definition } : { file, expression: definition, frame: own });
  };
  return union(at, definitionsAt(index, id, reference).map(define));
}

/** An enum's members, and for those with numbers their names under the numbers. */
function enumValue(ev: Evaluation, at: Located, value: Outcome): Outcome {
  return each(at, value, ({ form, trail }) => {
    if (form.kind !== "object") return { values: [{ form, trail }] };
    const both = objectOf(() => {
      const builder = new ShapeBuilder(form.shape());
      for (const [name, slot] of form.shape().slots) {
        const numbers = slotValue(ev, at, slot);
        if (numbers.gap !== undefined) builder.blur(numbers.gap);
        for (const possible of numbers.values) {
          if (possible.form.kind === "primitive" && typeof possible.form.value === "number") builder.set(String(possible.form.value), constantAt(at, name));
        }
      }
      return builder.build();
    });
    return only({ kind: "object", shape: both.shape }, trail);
  });
}

/** The value that an assignment puts into its target. */
export function assignedValue(ev: Evaluation, at: Located, node: Assign): Outcome {
  const value = inside(at, node.value);
  if (node.operator === "=") return ev.evaluate(value);
  const before = inside(at, node.target);
  if (isShortCircuit(node.operator)) {
    const operator = node.operator === "&&=" ? "&&" : node.operator === "||=" ? "||" : "??";
    return logical(at, operator, ev.evaluate(before), () => ev.evaluate(value));
  }
  if (node.operator === "++" || node.operator === "--") return blocked(at, "it is counted");
  return binary(ev, at, node.operator.slice(0, -1), ev.evaluate(before), ev.evaluate(value));
}
