import type { Binding, BindingId, Expression, FunctionId, ModuleBody } from "../facts/expression.js";
import type { Cursor } from "../facts/cursor.js";
import type { Path } from "../files/path.js";
import { calledName, propertiesOf, type HolderAsk } from "./holders.js";
import type { PresenceSign } from "./refusal.js";
import type { Located } from "./workspace.js";

/** Tests of an object for a key. */
export const OWN_TEST = /^(?:hasOwn|hasOwnProperty|has|hasIn|hasPath|includes|propertyIsEnumerable)$/u;
/** Calls that list an object's keys. */
const KEY_LISTS = /^(?:keys|entries|getOwnPropertyNames|ownKeys)$/u;
/** How many names and helper functions a key is followed through. */
const REACH = 3;

/** The object whose property names an expression runs through: `k` of `for (k in x)` or of `Object.keys(x)`. */
export function keyedObject(ask: HolderAsk, at: Located, reach = REACH): Expression | undefined {
  if (reach < 0) return undefined;
  const { file, expression } = at;
  const inner = (next: Expression): Expression | undefined => keyedObject(ask, { file, expression: next }, reach - 1);
  switch (expression.kind) {
    case "typed":
      return inner(expression.operand);
    case "reference": {
      const value = ask.body(file)?.bindings[expression.binding]?.value;
      return value === undefined ? undefined : inner(value);
    }
    case "key-of":
      return expression.of;
    case "element":
      // An entry's first item is its key.
      return keyList(ask, { file, expression: expression.of }) ?? (expression.index === 0 ? inner(expression.of) : undefined);
    case "parameter":
      return callbackKeyList(ask, file, expression.function) ?? (expression.index === 1 ? trapped(ask, file, expression.function) : undefined);
    case "member":
      return expression.key.kind === "number" && expression.key.value === 0 ? inner(expression.object) : undefined;
    default:
      return undefined;
  }
}

/** `x` of `Object.keys(x)` and its kin, through a name and through `new Set(Object.keys(x))`. */
export function keyList(ask: HolderAsk, { file, expression }: Located): Expression | undefined {
  if (expression.kind === "reference") {
    const value = ask.body(file)?.bindings[expression.binding]?.value;
    return value === undefined || value.kind === "reference" ? undefined : keyList(ask, { file, expression: value });
  }
  if (expression.kind !== "call" && expression.kind !== "new") return undefined;
  const first = expression.arguments[0]?.value;
  if (expression.kind === "new") return first === undefined ? undefined : keyList(ask, { file, expression: first });
  return KEY_LISTS.test(calledName(expression.callee)) ? first : undefined;
}

/** `x` when a function is the callback of `Object.keys(x).some(…)`. */
function callbackKeyList(ask: HolderAsk, file: Path, fn: number): Expression | undefined {
  const call = ask.cursors(file)?.functionSite(fn)?.parent;
  if (call?.of !== "expression" || call.node.kind !== "call" || call.node.callee.kind !== "member") return undefined;
  return keyList(ask, { file, expression: call.node.callee.object });
}

/** `x` when a function is a trap of `new Proxy(x, { get(target, key) { … } })`. */
function trapped(ask: HolderAsk, file: Path, fn: FunctionId): Expression | undefined {
  const traps = ask.cursors(file)?.functionSite(fn)?.parent;
  const made = traps?.of === "expression" && traps.node.kind === "object" ? traps.parent : undefined;
  if (made?.of !== "expression" || made.node.kind !== "new" || made.node.callee.kind !== "global" || made.node.callee.name !== "Proxy") return undefined;
  return made.node.arguments[1]?.value === traps?.node ? made.node.arguments[0]?.value : undefined;
}

/** Whether an expression is a parameter of a function that is called by name: its calls say what the key is. */
export function isNamedCallsKey(ask: HolderAsk, file: Path, body: ModuleBody, key: Expression): boolean {
  if (key.kind !== "reference") return false;
  const binding = body.bindings[key.binding];
  if (binding?.kind !== "parameter" || binding.value?.kind !== "parameter") return false;
  return ask.cursors(file)?.functionSite(binding.value.function)?.role !== "argument";
}

/** An access inside a function to the property that its caller names. */
export interface NamedAccess {
  readonly file: Path;
  readonly object: Located;
  /** The read or test itself, and what it says of the property. */
  readonly at: Cursor;
  readonly sign: PresenceSign;
}

/** Where a call hands something over: an argument, or a property of an argument that is an object literal. */
export interface Slot {
  readonly position: number;
  readonly property?: string;
}

/** The accesses that a called function makes with what is handed over in a slot as key. */
export function accessesByArgument(
  ask: HolderAsk,
  file: Path,
  callee: Expression,
  given: readonly Located[],
  slot: Slot,
  reach = REACH,
): readonly NamedAccess[] {
  if (reach === 0) return [];
  return ask.originsOf({ file, expression: callee }).origins.flatMap(({ kind, at }): readonly NamedAccess[] => {
    if (kind !== "literal" || at.expression.kind !== "function") return [];
    const home = at.file;
    const fn = at.expression.function;
    const parameters = ask.body(home)?.functions[fn]?.parameters ?? [];
    /** What a parameter stands for in this call, or a name that takes an option. */
    const passed = (object: Expression): Located => {
      if (object.kind !== "reference") return { file: home, expression: object };
      const option = optionOf(ask.body(home)?.bindings[object.binding], fn);
      const index = option?.position ?? parameters.findIndex((parameter) => parameter.binding === object.binding);
      const argument = given[index];
      if (argument === undefined || option?.property === undefined) return argument ?? { file: home, expression: object };
      const own = propertiesOf(argument.expression).find(({ key }) => key.kind === "string" && key.value === option.property);
      return { file: argument.file, expression: own?.value ?? argument.expression };
    };
    return handedOver(ask, home, fn, slot).flatMap((cursor) => accessBy(ask, home, cursor, passed, reach));
  });
}

/** Where a function has in its hands what is handed over in a slot. */
function handedOver(ask: HolderAsk, file: Path, fn: FunctionId, { position, property }: Slot): readonly Cursor[] {
  const body = ask.body(file);
  const references = (id: BindingId): readonly Cursor[] => ask.cursors(file)?.references(id) ?? [];
  const own = body?.functions[fn]?.parameters[position]?.binding;
  if (property === undefined) return own === undefined ? [] : references(own);
  const names = (body?.bindings ?? []).flatMap((binding, id) => {
    const option = optionOf(binding, fn);
    return option?.position === position && option.property === property ? [id] : [];
  });
  const reads = (own === undefined ? [] : references(own)).flatMap(({ parent, role }) =>
    parent?.of === "expression" && role === "object" && parent.node.kind === "member" && parent.node.key.kind === "string" && parent.node.key.value === property ? [parent] : [],
  );
  return [...names.flatMap(references), ...reads];
}

/** The option that a name takes of a function's parameter: `{ key }` of its first, say. */
function optionOf(binding: Binding | undefined, fn: FunctionId): Slot | undefined {
  const value = binding?.value?.kind === "default" ? binding.value.operand : binding?.value;
  if (value?.kind !== "member" || value.key.kind !== "string" || value.object.kind !== "parameter" || value.object.function !== fn) return undefined;
  return { position: value.object.index, property: value.key.value };
}

/** The access that a piece of code makes with what stands there as key, itself or through what it calls. */
function accessBy(ask: HolderAsk, home: Path, key: Cursor, passed: (object: Expression) => Located, reach: number): readonly NamedAccess[] {
  const at = key.parent;
  if (at?.of !== "expression") return [];
  const { node } = at;
  if (node.kind === "member" && key.role === "key") return [{ file: home, object: passed(node.object), at, sign: "value" }];
  if (node.kind === "binary" && node.operator === "in" && key.role === "left") return [{ file: home, object: passed(node.right), at, sign: "present" }];
  if (node.kind !== "call" || key.role !== "argument") return [];
  const position = node.arguments.findIndex(({ value }) => value === key.node);
  const first = node.arguments[0]?.value;
  if (OWN_TEST.test(calledName(node.callee)) && position === 1 && first !== undefined) return [{ file: home, object: passed(first), at, sign: "present" }];
  return accessesByArgument(ask, home, node.callee, node.arguments.map(({ value }) => passed(value)), { position }, reach - 1);
}
