import type { Expression, FunctionId, TypeExpression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import { inside, passedBy } from "../values/evaluation.js";
import type { Form } from "../values/form.js";
import { callFrame, type CallFrame } from "../values/frame.js";
import type { Located, LocatedType } from "../workspace.js";
import { cheaply, placed, textsOf, writesInto, type OriginAsk, type Origins } from "./ask.js";
import { ofElement } from "./elements.js";
import { after, found, typed, type Found } from "./found.js";
import { ofModule } from "./names.js";

type Call = Extract<Expression, { kind: "call" }>;

/** Standard functions whose result is, or holds, what they are given. */
const PASSES_ON = /^(?:Object\.(?:freeze|seal|assign|preventExtensions)|structuredClone|Promise\.(?:resolve|all|race|any|allSettled)|Array\.(?:from|of)|Object)$/u;
/** Standard methods whose result is, or holds, what the receiver holds. */
const SELECTS: ReadonlySet<string> = new Set([
  "filter", "slice", "concat", "reverse", "toReversed", "sort", "toSorted", "flat", "splice", "toSpliced", "values", "finally", "catch", "bind",
]);
/** Standard methods whose result is an element of the receiver. */
const PICKS: ReadonlySet<string> = new Set(["find", "findLast", "at", "pop", "shift", "next"]);
/** Standard methods whose result is, or holds, what their callback returns. */
const MAPS: ReadonlySet<string> = new Set(["map", "flatMap", "then"]);

/** What a call derives from: what a known callee returns, else its receiver and its arguments. */
export function ofCall(ask: OriginAsk, at: Located, node: Call): Origins {
  const { callee } = node;
  const [first] = node.arguments;
  if (callee.kind === "global" && callee.name === "require") return ofModule(ask, at, first === undefined ? undefined : textsOf(ask, inside(at, first.value)));
  const outcome = cheaply(ask, inside(at, callee));
  const results = outcome.values.map(({ form }) => ofKnown(ask, at, node, form));
  const entered = results.some((result) => result !== undefined);
  const origins = [...ofTypeArguments(at, node.typeArguments), ...results.flatMap((result) => result ?? [])];
  return entered && outcome.gap === undefined ? origins : [...origins, ...fromOutside(ask, at, node, entered)];
}

/** A construction; one that cannot be entered derives from its arguments. */
export function ofNew(ask: OriginAsk, at: Located, node: Extract<Expression, { kind: "new" }>): Origins {
  const callee = inside(at, node.callee);
  const isOwn = cheaply(ask, callee).values.some(({ form }) => form.kind === "class");
  const given = isOwn ? [] : node.arguments.flatMap(({ value }) => ofEntries(ask, inside(at, value)));
  return [...ofTypeArguments(at, node.typeArguments), ...ofNamedType(at, node), found(at, { kind: "call", callee }), ...given];
}

/** What a function returns: in one call, or in any. */
export function ofReturned(ask: OriginAsk, file: Path, fn: FunctionId, frame: CallFrame | undefined): Origins {
  const index = ask.ev.index(file);
  const fact = index?.body.functions[fn];
  if (index === undefined || fact === undefined) return [];
  const yielded = (): readonly Expression[] => index.all.flatMap(({ node, function: home }) => (home === fn && node.kind === "yield" && node.operand !== undefined ? [node.operand] : []));
  const origins = (fact.generator ? yielded() : index.returns(fn)).flatMap((expression) => ask.find(placed(file, expression, frame)));
  const [site] = index.functionSites(fn);
  return fact.returns === undefined || site === undefined ? origins : [...typed({ file, expression: site.node }, [{ file, type: fact.returns }]), ...origins];
}

/** A call of something known; undefined when it cannot be entered. */
function ofKnown(ask: OriginAsk, at: Located, node: Call, form: Form): Origins | undefined {
  if (form.kind === "builtin" && PASSES_ON.test(form.name)) return node.arguments.flatMap(({ value }) => ask.find(inside(at, value)));
  if (form.kind !== "closure") return undefined;
  if ((callFrame(at)?.depth ?? 0) >= ask.calls) return after(at, "what it returns", ofReturned(ask, form.file, form.function, undefined));
  const self = node.callee.kind === "member" ? inside(at, node.callee.object) : undefined;
  const frame = ask.ev.enter(at, form, [...(form.bound ?? []), ...passedBy(at, node.arguments)], form.self ?? self);
  return after(at, "what it returns", ofReturned(ask, form.file, form.function, frame));
}

/** A call that cannot be entered derives from its receiver and its arguments; standard methods say how. */
function fromOutside(ask: OriginAsk, at: Located, node: Call, entered: boolean): Origins {
  const { callee } = node;
  const given = node.arguments.map(({ value }) => inside(at, value));
  const results: Found[] = entered ? [] : [found(at, { kind: "call", callee: inside(at, callee) })];
  results.push(...declaredReturns(ask, at, callee));
  const ofGiven = (): Origins => given.flatMap((argument) => ask.find(argument));
  if (callee.kind !== "member") return [...results, ...ofGiven()];
  const [method] = textsOf(ask, inside(at, callee.key)) ?? [];
  if (callee.object.kind === "global" && callee.object.name === "Object") return [...results, ...given.flatMap((argument) => listedIn(ask, argument, method))];
  return [...results, ...byMethod(ask, inside(at, callee.object), method, given)];
}

function byMethod(ask: OriginAsk, receiver: Located, method: string | undefined, given: readonly Located[]): Origins {
  const [first, ...rest] = given;
  const ofGiven = given.flatMap((argument) => ask.find(argument));
  if (method !== undefined && MAPS.has(method) && first !== undefined) return ofCallback(ask, first);
  if (method?.startsWith("reduce") === true) return [...given.flatMap((argument) => ofCallback(ask, argument)), ...rest.flatMap((argument) => ask.find(argument))];
  const origins = ask.find(receiver);
  if (method === "filter" && first !== undefined) return [...origins, ...ofGuarded(ask, receiver, first)];
  if ((method === "values" || method === "entries") && given.length === 0) return origins.flatMap((origin) => (origin.kind === "typed" && ask.types.valueTypes(origin.type).length > 0 ? listed(ask, receiver, origin.type, method) : [origin]));
  if (method !== undefined && SELECTS.has(method)) return method === "concat" ? [...origins, ...ofGiven] : origins;
  if (method !== undefined && PICKS.has(method)) return ofElement(ask, origins, undefined);
  if (method === "get") return [...ofStored(ask, receiver, origins), ...ofGiven.filter(({ kind }) => kind === "external")];
  return [...origins.filter(({ kind }) => kind !== "typed"), ...ofGiven];
}

/** What `Object.values` and `Object.entries` list derives from the object; a declared one has declared values. */
function listedIn(ask: OriginAsk, at: Located, method: string | undefined): Origins {
  const origins = ask.find(at);
  if (method !== "values" && method !== "entries") return origins;
  return origins.flatMap((origin) => (origin.kind === "typed" ? listed(ask, at, origin.type, method) : [origin]));
}

/** The list of what a declared record or map holds, as a type. */
function listed(ask: OriginAsk, at: Located, type: LocatedType, method: "values" | "entries"): Origins {
  return typed(at, ask.types.valueTypes(type).map(({ file, type: value }): LocatedType => {
    const { span } = value;
    const key: TypeExpression = { kind: "other", what: "string", parts: [], span };
    return { file, type: { kind: "array", element: method === "values" ? value : { kind: "tuple", elements: [key, value], span }, span } };
  }));
}

/** What a list holds of which a type guard says what it is. */
function ofGuarded(ask: OriginAsk, receiver: Located, callback: Located): Origins {
  return typed(receiver, cheaply(ask, callback).values.flatMap(({ form }) => {
    const returns = form.kind === "closure" ? ask.ev.index(form.file)?.body.functions[form.function]?.returns : undefined;
    const guarded = returns?.kind === "other" && returns.what === "predicate" ? returns.parts[0] : undefined;
    return guarded === undefined || form.kind !== "closure" ? [] : [{ file: form.file, type: { kind: "array" as const, element: guarded, span: guarded.span } }];
  }));
}

function ofCallback(ask: OriginAsk, callback: Located): Origins {
  return cheaply(ask, callback).values.flatMap(({ form }) => (form.kind === "closure" ? ofReturned(ask, form.file, form.function, form.outer) : []));
}

/** What `get` on a map can give: values that are set, those of its first entries, and its declared type's. */
function ofStored(ask: OriginAsk, receiver: Located, origins: Origins): Origins {
  return origins.flatMap((origin): Origins => {
    if (origin.kind === "typed") return typed(receiver, ask.types.valueTypes(origin.type));
    if (origin.kind !== "call" || origin.at.expression.kind !== "new") return [origin];
    const set = writesInto(ask, origin.at).flatMap((write) => (write.kind === "method" && write.method === "set" ? write.arguments.slice(1, 2).map(({ value }) => ({ file: write.at.file, expression: value })) : []));
    return [origin, ...set.flatMap((value) => ask.find(value))];
  });
}

/** The types that calling a declared function type gives. */
function declaredReturns(ask: OriginAsk, at: Located, callee: Expression): Origins {
  return ask.find(inside(at, callee)).flatMap((origin) => (origin.kind === "typed" ? typed(at, ask.types.returnTypes(origin.type)) : []));
}

function ofTypeArguments(at: Located, types: readonly TypeExpression[] | undefined): Origins {
  return typed(at, (types ?? []).map((type) => ({ file: at.file, type })));
}

/** `new Map<string, T>()` is a `Map<string, T>`. */
function ofNamedType({ file }: Located, { callee, typeArguments, span }: Extract<Expression, { kind: "new" }>): Origins {
  if (callee.kind !== "global" || typeArguments === undefined) return [];
  const type: TypeExpression = { kind: "named", name: callee.name, arguments: typeArguments, span };
  return typed({ file, expression: callee }, [{ file, type }]);
}

/** A collection derives from what the list that it is made of holds. */
function ofEntries(ask: OriginAsk, at: Located): Origins {
  const { expression } = at;
  if (expression.kind !== "array") return ask.find(at);
  return [...ask.find(at), ...expression.items.flatMap(({ value }) => (value.kind === "array" ? value.items.flatMap((item) => ask.find(inside(at, item.value))) : []))];
}
