import type { Expression, ModuleBody } from "../facts/expression.js";
import type { Cursor } from "../facts/cursor.js";
import type { Path } from "../files/path.js";
import { calledName, type HolderAsk } from "./holders.js";
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
      return callbackKeyList(ask, file, expression.function);
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

/** The accesses that a called function makes with its n-th argument as key. */
export function accessesByArgument(
  ask: HolderAsk,
  file: Path,
  callee: Expression,
  given: readonly Located[],
  position: number,
  reach = REACH,
): readonly NamedAccess[] {
  if (reach === 0) return [];
  const found: NamedAccess[] = [];
  for (const origin of ask.originsOf({ file, expression: callee }).origins) {
    if (origin.kind !== "literal" || origin.at.expression.kind !== "function") continue;
    const home = origin.at.file;
    const parameters = ask.body(home)?.functions[origin.at.expression.function]?.parameters ?? [];
    const binding = parameters[position]?.binding;
    if (binding === undefined) continue;
    /** What a parameter stands for in this call. */
    const passed = (object: Expression): Located => {
      const index = object.kind === "reference" ? parameters.findIndex((parameter) => parameter.binding === object.binding) : -1;
      return given[index] ?? { file: home, expression: object };
    };
    for (const reference of ask.cursors(home)?.references(binding) ?? []) {
      const at = reference.parent;
      if (at?.of !== "expression") continue;
      const { node } = at;
      if (node.kind === "member" && reference.role === "key") found.push({ file: home, object: passed(node.object), at, sign: "value" });
      else if (node.kind === "binary" && node.operator === "in" && reference.role === "left")
        found.push({ file: home, object: passed(node.right), at, sign: "present" });
      else if (node.kind === "call" && reference.role === "argument") {
        const index = node.arguments.findIndex(({ value }) => value === reference.node);
        const first = node.arguments[0]?.value;
        if (OWN_TEST.test(calledName(node.callee)) && index === 1 && first !== undefined)
          found.push({ file: home, object: passed(first), at, sign: "present" });
        else
          found.push(
            ...accessesByArgument(
              ask,
              home,
              node.callee,
              node.arguments.map(({ value }) => passed(value)),
              index,
              reach - 1,
            ),
          );
      }
    }
  }
  return found;
}
