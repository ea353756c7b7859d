import type { Expression } from "../facts/expression.js";
import { inside, type Evaluation } from "./values/evaluation.js";
import { keyText } from "./values/objects.js";
import type { Located } from "./workspace.js";

/** Properties that a schema describes, with the schema of each. */
export type SchemaMembers = ReadonlyMap<string, Located>;

/** Builders whose first argument lists properties: Zod, TypeBox, Valibot, Yup, ArkType and their kin. */
const OBJECTS = /^(?:object|strictObject|looseObject|interface|Object|Struct|struct|shape)$/u;
/** Methods and builders that add the members of what they are given. */
const ADDS = /^(?:extend|safeExtend|merge|and|augment|concat|setKey|intersection|union|or|discriminatedUnion|Intersect|Union|Composite|intersect|variant)$/u;
const REACH = 16;

/** The properties that a schema describes, as far as it is built of literals. */
export function schemaMembers(ev: Evaluation, at: Located, reach = REACH): SchemaMembers {
  if (reach === 0) return new Map();
  const { expression } = at;
  const of = (inner: Expression): SchemaMembers => schemaMembers(ev, inside(at, inner), reach - 1);
  switch (expression.kind) {
    case "reference":
    case "member":
      return throughName(ev, at, expression, reach);
    case "typed":
    case "await":
      return of(expression.operand);
    case "object":
      return propertiesOf(ev, at, expression, reach);
    case "array":
      return union(expression.items.map(({ value }) => of(value)));
    case "conditional":
      return union([of(expression.then), of(expression.else)]);
    case "function":
      return union((ev.index(at.file)?.returns(expression.function) ?? []).map(of));
    case "call":
      return called(ev, at, expression, reach);
    default:
      return new Map();
  }
}

function called(ev: Evaluation, at: Located, node: Extract<Expression, { kind: "call" }>, reach: number): SchemaMembers {
  const of = (inner: Expression): SchemaMembers => schemaMembers(ev, inside(at, inner), reach - 1);
  const { callee } = node;
  const name = callee.kind === "member" ? (callee.key.kind === "string" ? callee.key.value : "") : callee.kind === "reference" ? callee.name : "";
  const given = node.arguments.map(({ value }) => value);
  const [first] = given;
  if (OBJECTS.test(name)) return first === undefined ? new Map() : of(first);
  // `base.extend(…)` is a schema of its own; `z.intersection(…)` only takes some.
  const base = callee.kind === "member" ? of(callee.object) : new Map<string, Located>();
  if (name === "pick" || name === "omit" || name === "Pick" || name === "Omit") {
    const source = base.size > 0 || first === undefined ? base : of(first);
    const keys = new Set(given.slice(base.size > 0 ? 0 : 1).flatMap((keyed) => keysIn(ev, inside(at, keyed))));
    return new Map([...source].filter(([key]) => keys.has(key) === /^pick$/iu.test(name)));
  }
  if (ADDS.test(name)) return union([base, ...given.map(of)]);
  if (base.size > 0) return base;
  // A wrapper: `z.array(x)`, `Type.Partial(x)`, `z.lazy(() => x)`, a function of the workspace that builds one.
  const built = ev.evaluate(inside(at, callee)).values.flatMap(({ form }) => (form.kind === "closure" ? (ev.index(form.file)?.returns(form.function) ?? []).map((value) => ({ file: form.file, expression: value })) : []));
  return union([...built.map((value) => schemaMembers(ev, value, reach - 1)), ...given.map(of)]);
}

function propertiesOf(ev: Evaluation, at: Located, node: Extract<Expression, { kind: "object" }>, reach: number): SchemaMembers {
  const members = new Map<string, Located>();
  for (const entry of node.entries) {
    if (entry.kind === "spread") for (const [key, value] of schemaMembers(ev, inside(at, entry.value), reach - 1)) members.set(key, value);
    else for (const { form } of ev.evaluate(inside(at, entry.key)).values) if (form.kind === "primitive") members.set(String(form.value), inside(at, entry.value));
  }
  return members;
}

/** A name or member stands for what it is initialised with; `schema.shape` has the members of the schema. */
function throughName(ev: Evaluation, at: Located, node: Extract<Expression, { kind: "reference" | "member" }>, reach: number): SchemaMembers {
  if (node.kind === "member") {
    const key = node.key.kind === "string" ? node.key.value : "";
    const inner = schemaMembers(ev, inside(at, node.object), reach - 1);
    const found = inner.get(key);
    if (found !== undefined) return schemaMembers(ev, found, reach - 1);
    return /^(?:shape|properties|entries|fields|element|options|items)$/u.test(key) ? inner : new Map();
  }
  const binding = ev.index(at.file)?.body.bindings[node.binding];
  if (binding?.import !== undefined) {
    const specifier = ev.code.source(at.file)?.imports[binding.import.index]?.specifier;
    const to = specifier?.kind === "string" ? ev.code.resolve(at.file, specifier.value) : undefined;
    const found = to?.kind === "file" ? ev.exported(to.path, binding.import.name) : undefined;
    const value = found?.kind === "binding" ? ev.index(found.file)?.body.bindings[found.binding]?.value : undefined;
    return found?.kind === "binding" && value !== undefined ? schemaMembers(ev, { file: found.file, expression: value }, reach - 1) : new Map();
  }
  return binding?.value === undefined ? new Map() : schemaMembers(ev, { file: at.file, expression: binding.value }, reach - 1);
}

/** The keys that `pick` and `omit` are given: `{ a: true }`, `["a"]`, `"a"`. */
function keysIn(ev: Evaluation, at: Located): readonly string[] {
  const { expression } = at;
  if (expression.kind === "object") return expression.entries.flatMap((entry) => (entry.kind === "property" ? keysIn(ev, inside(at, entry.key)) : []));
  if (expression.kind === "array") return expression.items.flatMap(({ value }) => keysIn(ev, inside(at, value)));
  return ev.evaluate(at).values.flatMap((possible) => keyText(possible) ?? []);
}

function union(all: readonly SchemaMembers[]): SchemaMembers {
  return new Map(all.flatMap((members) => [...members]));
}
