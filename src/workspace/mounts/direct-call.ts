import type { Argument, Expression } from "../../facts/expression.js";

type Call = Extract<Expression, { kind: "call" }>;

/** A call as it runs: `get.call(app, path)`, `get.apply(app, [path])` and `Reflect.apply(get, app, [path])` are `get(path)`. */
export function directCall(call: Call): Call {
  const { callee } = call;
  if (callee.kind !== "member" || callee.key.kind !== "string") return call;
  const { object, key } = callee;
  const [first, second, third] = call.arguments;
  if (key.value === "apply" && object.kind === "global" && object.name === "Reflect" && first !== undefined) return { ...call, callee: first.value, arguments: listed(third, second) };
  if (object.kind !== "member" && object.kind !== "reference") return call;
  if (key.value === "call" && first !== undefined) return { ...call, callee: object, arguments: call.arguments.slice(1) };
  return key.value === "apply" && first !== undefined ? { ...call, callee: object, arguments: listed(second, first) } : call;
}

/** The arguments that a list holds; a `this` alone has none. */
function listed(list: Argument | undefined, self: Argument | undefined): readonly Argument[] {
  if (list === undefined || self === undefined) return [];
  return list.value.kind === "array" ? list.value.items : [{ value: list.value, spread: true }];
}
