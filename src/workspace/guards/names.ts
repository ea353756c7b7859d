import type { Binding, Expression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { CallFrame } from "../values/frame.js";
import type { Located } from "../workspace.js";
import { NOTHING } from "./claims.js";
import type { Machine } from "./machine.js";
import { runKey, scopeOf, varKey, type Scope } from "./scope.js";
import { State } from "./state.js";
import { constant, either, label, labelsOf, only, some, withAlternatives, type AbstractValue } from "./values.js";

/** What a name holds here. */
export function readName(machine: Machine, node: Extract<Expression, { kind: "reference" }>, scope: Scope | undefined, file: Path, state: State): AbstractValue {
  const at: Located = { file, expression: node };
  const binding = machine.ask.body(file)?.bindings[node.binding];
  if (binding === undefined) return some(at, label.unsure);
  if (binding.import !== undefined) return importedValue(machine, at, file, binding.import.index, binding.import.name);
  const home = binding.function === 0 ? undefined : scopeOf(scope, file, binding.function);
  if (home === undefined) return nameOutside(machine, at, node.binding, binding, scope, file);
  const key = varKey(home, node.binding);
  const known = state.vars.get(key);
  if (known !== undefined) return known;
  if (!machine.live.has(home.serial)) return nameOutside(machine, at, node.binding, binding, home, file);
  const value = initialOf(machine, at, binding, home, file, state);
  if (binding.writes.length === 0) {
    state.vars.set(key, value);
    return value;
  }
  if (machine.stack.includes(runKey(file, binding.function))) return value;
  return either([value, ...writtenTo(machine, binding, home, file)]);
}

/** What a name holds at its declaration. */
export function initialOf(machine: Machine, at: Located, binding: Binding, scope: Scope | undefined, file: Path, state: State): AbstractValue {
  if (binding.value !== undefined) return machine.evaluate(binding.value, scope, file, state);
  if (binding.kind === "let" || binding.kind === "var") return constant(at, undefined);
  return some(at);
}

function writtenTo(machine: Machine, binding: Binding, scope: Scope | undefined, file: Path): readonly AbstractValue[] {
  return binding.writes.map((write) => (write.kind === "assign" ? machine.evaluate(write.value, scope, file, new State()) : some({ file, expression: write })));
}

/** A name whose function has not been entered: what it is bound to, in any of its writes. */
function nameOutside(machine: Machine, at: Located, id: number, binding: Binding, scope: Scope | undefined, file: Path): AbstractValue {
  const key = `${file}:${String(id)}:${scopeOf(scope, file, binding.function)?.serial ?? ""}`;
  const known = machine.outside.get(key);
  if (known === "open") return some(at);
  if (known !== undefined) return known;
  machine.outside.set(key, "open");
  const value = machine.aside(at, () => {
    const initial = initialOf(machine, at, binding, scope, file, new State());
    return binding.writes.length === 0 ? initial : sharedValue(at, either([initial, ...writtenTo(machine, binding, scope, file)]));
  });
  machine.outside.set(key, value);
  return value;
}

/** What other requests may have left in a name: nothing that was decided about them holds for this one. */
function sharedValue(at: Located, value: AbstractValue): AbstractValue {
  const isDecision = value.alternatives.some(({ form, claim }) => form.kind === "constant" && claim.size > 0);
  return isDecision ? some(at, value.labels | label.unsure) : { ...value, alternatives: value.alternatives.map((one) => ({ ...one, claim: NOTHING })) };
}

function importedValue(machine: Machine, at: Located, file: Path, index: number, name: string): AbstractValue {
  const specifier = machine.ask.source(file)?.imports[index]?.specifier;
  if (specifier?.kind !== "string") return some(at, label.unsure);
  const to = machine.ask.resolve(file, specifier.value);
  if (to.kind === "external") return only(at, { kind: "external", module: specifier.value, name }, label.other);
  if (to.kind === "missing") return some(at, label.unsure);
  return name === "*" ? only(at, { kind: "namespace", file: to.path }) : exportedValue(machine, at, to.path, name);
}

/** What a module gives under a name. */
export function exportedValue(machine: Machine, at: Located, file: Path, name: string): AbstractValue {
  const found = machine.ask.exported(file, name);
  if (found.kind === "external") return only(at, { kind: "external", module: found.module, name: found.name }, label.other);
  if (found.kind === "namespace") return only(at, { kind: "namespace", file: found.file });
  const binding = found.kind === "binding" ? machine.ask.body(found.file)?.bindings[found.binding] : undefined;
  if (found.kind !== "binding" || binding === undefined) return some(at, label.unsure);
  const value = nameOutside(machine, { file: found.file, expression: binding.value ?? at.expression }, found.binding, binding, undefined, found.file);
  return machine.options.manifest === found.file ? ofManifest(value) : value;
}

/** Marks what the manifest's Inngest seam gives. */
function ofManifest(value: AbstractValue): AbstractValue {
  return withAlternatives(value, value.alternatives.map((one) => {
    const seam = one.form.kind === "object" ? one.form.members.get("inngest") : undefined;
    if (one.form.kind !== "object" || seam === undefined) return one;
    return { ...one, form: { ...one.form, members: new Map(one.form.members).set("inngest", { ...seam, labels: seam.labels | label.ingress }) } };
  }));
}

/** What `this` is. */
export function selfOf(machine: Machine, at: Located, scope: Scope | undefined, state: State): AbstractValue {
  for (let home = scope; home !== undefined; home = home.outer) {
    const fact = machine.fact(home.file, home.function);
    if (fact?.arrow === true) continue;
    return state.vars.get(`${home.serial}:this`) ?? home.self ?? some(at, label.other);
  }
  return some(at, label.other);
}

/** What a parameter is given: in this run, or by whoever calls the function. */
export function parameterOf(machine: Machine, at: Located, node: Extract<Expression, { kind: "parameter" }>, scope: Scope | undefined): AbstractValue {
  const home = scopeOf(scope, at.file, node.function);
  if (home !== undefined) {
    if (node.rest) {
      const items = home.arguments.slice(node.index).map((read) => read());
      return only(at, { kind: "list", id: machine.site(at, scope), items, exact: true }, labelsOf(items) | label.list);
    }
    return home.arguments[node.index]?.() ?? constant(at, undefined);
  }
  if (node.rest) return some(at, label.other);
  const passed = machine.ask.callersOf(at.file, node.function).flatMap((call) => {
    const { expression } = call;
    // What tests pass is not what runs.
    if (machine.ask.isTest(call.file)) return [];
    const argument = expression.kind === "call" || expression.kind === "new" ? expression.arguments[node.index] : undefined;
    return argument === undefined || argument.spread ? [] : [{ file: call.file, expression: argument.value, ...(call.frame !== undefined && { frame: call.frame }) }];
  });
  if (passed.length === 0) return some(at, label.other | label.unsure);
  return either(passed.map((one) => machine.ambient(one)));
}

/** What `import()` gives. */
export function loadedModule(machine: Machine, at: Located, file: Path, specifier: Expression): AbstractValue {
  if (specifier.kind !== "string") return some(at, label.unsure);
  const to = machine.ask.resolve(file, specifier.value);
  if (to.kind === "file") return only(at, { kind: "namespace", file: to.path });
  return only(at, { kind: "external", module: specifier.value, name: "*" });
}

/** The run that a call's frame describes. */
export function scopeOfFrame(machine: Machine, frame: CallFrame | undefined): Scope | undefined {
  if (frame === undefined) return undefined;
  const known = machine.frames.get(frame.serial);
  if (known !== undefined) return known;
  const read = frame.arguments.map(({ at }) => {
    let value: AbstractValue | undefined;
    return () => (value ??= machine.ambient(at));
  });
  const scope: Scope = {
    serial: `f${String(frame.serial)}`,
    file: frame.file,
    function: frame.function,
    arguments: read,
    ...(frame.self !== undefined && { self: machine.ambient(frame.self) }),
    outer: scopeOfFrame(machine, frame.outer),
    depth: frame.depth,
    top: false,
  };
  machine.frames.set(frame.serial, scope);
  return scope;
}
