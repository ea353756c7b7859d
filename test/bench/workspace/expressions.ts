import type { Random } from "./random.js";
import { camel, noun, thing } from "./words.js";

/** The sorts of values that generated code computes with: enough to be type-correct, few enough to be read. */
export type Sort = "number" | "string" | "boolean" | "strings" | "table" | { readonly record: Entity } | { readonly list: Entity };

/** An interface or schema of the generated workspace. */
export interface Entity {
  readonly name: string;
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: string;
  readonly sort: "number" | "string" | "boolean" | "strings";
}

export interface Variable {
  /** How it is written: a name, or `this.name`. */
  readonly name: string;
  readonly sort: Sort;
}

/** A function that a scope can call. */
export interface Callable {
  readonly name: string;
  readonly parameters: readonly Sort[];
  readonly returns: Sort;
  readonly async: boolean;
}

/** What an expression may use. */
export interface Scope {
  readonly random: Random;
  readonly variables: readonly Variable[];
  readonly callables: readonly Callable[];
  /** Whether `await` is allowed. */
  readonly async: boolean;
}

/** How a sort is spelt as a type. */
export function typeOf(sort: Sort): string {
  if (sort === "strings") return "string[]";
  if (sort === "table") return "Record<string, string>";
  if (typeof sort === "string") return sort;
  return "record" in sort ? sort.record.name : `${sort.list.name}[]`;
}

/** The entities that a sort needs to be in scope. */
export function entityOf(sort: Sort): Entity | undefined {
  if (typeof sort === "string") return undefined;
  return "record" in sort ? sort.record : sort.list;
}

export function sameSort(left: Sort, right: Sort): boolean {
  if (typeof left === "string" || typeof right === "string") return left === right;
  return "record" in left === "record" in right && entityOf(left) === entityOf(right);
}

/** Writes an expression of the wanted sort; `depth` is how deep it may still nest. */
export function expression(scope: Scope, sort: Sort, depth: number): string {
  const { random } = scope;
  if (depth > 0 && random.chance(0.3)) {
    const call = callOf(scope, sort, depth - 1);
    if (call !== undefined) return call;
  }
  const known = variableOf(scope, sort);
  if (known !== undefined && random.chance(depth > 0 ? 0.5 : 0.75)) return known;
  if (typeof sort !== "string") return "record" in sort ? record(scope, sort.record, depth) : list(scope, sort.list, depth);
  if (sort === "number") return number(scope, depth);
  if (sort === "string") return string(scope, depth);
  if (sort === "boolean") return boolean(scope, depth);
  return sort === "strings" ? strings(scope, depth) : table(scope, depth);
}

/** A variable or a member of one that has the sort. */
function variableOf(scope: Scope, sort: Sort): string | undefined {
  const found = scope.variables.flatMap((variable) => {
    if (sameSort(variable.sort, sort)) return [variable.name];
    if (typeof variable.sort === "string" || !("record" in variable.sort)) return [];
    return variable.sort.record.fields.filter((field) => field.sort === sort).map((field) => `${variable.name}.${field.name}`);
  });
  return scope.random.any(found);
}

function callOf(scope: Scope, sort: Sort, depth: number): string | undefined {
  const fitting = scope.callables.filter((callable) => sameSort(callable.returns, sort) && (scope.async || !callable.async));
  const callable = scope.random.any(fitting);
  if (callable === undefined) return undefined;
  const call = `${callable.name}(${callable.parameters.map((parameter) => expression(scope, parameter, depth)).join(", ")})`;
  return callable.async ? `(await ${call})` : call;
}

function number(scope: Scope, depth: number): string {
  const { random } = scope;
  const inner = (): string => expression(scope, "number", depth - 1);
  if (depth <= 0) return literalNumber(random);
  return random.pick([
    () => literalNumber(random),
    () => `${operand(inner())} ${random.pick(["+", "-", "*", "%"])} ${operand(inner())}`,
    () => `Math.${random.pick(["max", "min"])}(${inner()}, ${inner()})`,
    () => `Math.${random.pick(["round", "floor", "ceil", "abs"])}(${inner()} ${random.pick(["/", "*"])} ${String(random.int(2, 90))})`,
    () => `${receiver(expression(scope, "strings", depth - 1))}.length`,
    () => `${receiver(expression(scope, "string", depth - 1))}.length`,
    () => `(${expression(scope, "boolean", depth - 1)} ? ${inner()} : ${inner()})`,
    () => reduction(scope, depth),
  ])();
}

function reduction(scope: Scope, depth: number): string {
  const source = listVariable(scope);
  const field = source === undefined ? undefined : scope.random.any(source.entity.fields.filter((each) => each.sort === "number"));
  if (source === undefined || field === undefined) return `Number.parseInt(${expression(scope, "string", depth - 1)}, 10)`;
  const [sum, item] = ["sum", source.item];
  return `${source.name}.reduce((${sum}, ${item}) => ${sum} + ${item}.${field.name}, ${literalNumber(scope.random)})`;
}

function string(scope: Scope, depth: number): string {
  const { random } = scope;
  const inner = (sort: Sort = "string"): string => expression(scope, sort, depth - 1);
  if (depth <= 0) return literalString(random);
  const known = variableOf(scope, "table");
  if (known !== undefined && random.chance(0.25)) return `(${known}[${expression(scope, "string", 1)}] ?? ${literalString(random)})`;
  return random.pick([
    () => literalString(random),
    () => `\`${thing(random).join(" ")} \${${inner()}}${random.pick([":", " -", ","])} \${${inner(random.pick(["number", "string"]))}}\``,
    () => `${receiver(inner())}.${random.pick(["trim()", "toLowerCase()", "toUpperCase()", "normalize()"])}`,
    () => `${receiver(inner())}.slice(${String(random.int(0, 4))}, ${String(random.int(5, 40))})`,
    () => `${receiver(inner())}.replaceAll(${literalString(random)}, ${inner()})`,
    () => `${receiver(expression(scope, "strings", depth - 1))}.join(${random.pick(['", "', '" · "', '"\\n"', '"; "'])})`,
    () => `(${expression(scope, "boolean", depth - 1)} ? ${inner()} : ${inner()})`,
    () => `String(${expression(scope, "number", depth - 1)})`,
  ])();
}

function boolean(scope: Scope, depth: number): string {
  const { random } = scope;
  const inner = (sort: Sort = "boolean"): string => expression(scope, sort, depth - 1);
  if (depth <= 0) {
    return (
      variableOf(scope, "boolean") ??
      `${operand(expression(scope, "number", 0))} ${random.pick([">", "<", ">=", "<="])} ${literalNumber(random)}`
    );
  }
  return random.pick([
    () => `${operand(inner("number"))} ${random.pick([">", "<", ">=", "<=", "!=="])} ${operand(inner("number"))}`,
    () => `${receiver(inner("string"))}.${random.pick(["startsWith", "endsWith", "includes"])}(${expression(scope, "string", 0)})`,
    () => `${receiver(expression(scope, "strings", depth - 1))}.includes(${expression(scope, "string", 0)})`,
    () => `!${receiver(inner())}`,
    () => `(${inner()} ${random.pick(["&&", "||"])} ${inner()})`,
    () => `/^${noun(random)}[-_ ]?\\w{${String(random.int(1, 4))},}$/u.test(${expression(scope, "string", 0)})`,
    () => quantified(scope, depth),
  ])();
}

function quantified(scope: Scope, depth: number): string {
  const source = listVariable(scope);
  if (source === undefined) return `Number.isFinite(${expression(scope, "number", depth - 1)})`;
  const inside = withVariables(scope, [{ name: source.item, sort: { record: source.entity } }], false);
  return `${source.name}.${scope.random.pick(["some", "every"])}((${source.item}) => ${boolean(inside, depth - 1)})`;
}

function strings(scope: Scope, depth: number): string {
  const { random } = scope;
  const source = listVariable(scope);
  const field = source === undefined ? undefined : random.any(source.entity.fields.filter((each) => each.sort === "string"));
  if (source !== undefined && field !== undefined && random.chance(0.6))
    return `${source.name}.map((${source.item}) => ${source.item}.${field.name})`;
  if (depth <= 0) return `[${literalString(random)}, ${literalString(random)}]`;
  return random.pick([
    () => `[${Array.from({ length: random.int(1, 4) }, () => expression(scope, "string", depth - 1)).join(", ")}]`,
    () => `${receiver(expression(scope, "string", depth - 1))}.split(${random.pick(['","', '" "', '"-"', "/\\s+/u"])})`,
    () => `[...${expression(scope, "strings", depth - 1)}, ${expression(scope, "string", 0)}]`,
    () => `${receiver(expression(scope, "strings", depth - 1))}.filter((word) => word.length > ${String(random.int(1, 12))})`,
  ])();
}

/** A dictionary: spelled out, made of a list, or one at hand with an entry more. */
function table(scope: Scope, depth: number): string {
  const { random } = scope;
  const source = listVariable(scope);
  const field = source === undefined ? undefined : random.any(source.entity.fields.filter((each) => each.sort === "string"));
  if (source !== undefined && field !== undefined && random.chance(0.5)) {
    return `Object.fromEntries(${source.name}.map((${source.item}) => [${source.item}.id, ${source.item}.${field.name}]))`;
  }
  const known = variableOf(scope, "table");
  if (known !== undefined && random.chance(0.5)) {
    return `{ ...${known}, [${expression(scope, "string", depth - 1)}]: ${expression(scope, "string", 0)} }`;
  }
  const keys = [...new Set(Array.from({ length: random.int(2, 4) }, () => literalString(random)))];
  return `{ ${keys.map((key) => `${key}: ${expression(scope, "string", 0)}`).join(", ")} }`;
}

/** An object literal of an entity, or a changed copy of one at hand. */
export function record(scope: Scope, entity: Entity, depth: number): string {
  const { random } = scope;
  const base = variableOf(scope, { record: entity });
  if (base !== undefined && random.chance(0.6)) {
    const changed = random.sample(entity.fields, random.int(1, 2));
    return `{ ...${base}, ${changed.map((field) => `${field.name}: ${expression(scope, field.sort, depth - 1)}`).join(", ")} }`;
  }
  return `{ ${entity.fields.map((field) => `${field.name}: ${expression(scope, field.sort, 0)}`).join(", ")} }`;
}

function list(scope: Scope, entity: Entity, depth: number): string {
  const { random } = scope;
  const base = variableOf(scope, { list: entity });
  if (base === undefined || random.chance(0.2)) return `[${expression(scope, { record: entity }, depth - 1)}]`;
  const item = camel([noun(random), "item"]);
  const inside = withVariables(scope, [{ name: item, sort: { record: entity } }], false);
  const ordered = entity.fields.find((field) => field.sort === "number");
  return random.pick([
    () => `${base}.filter((${item}) => ${expression(inside, "boolean", depth - 1)})`,
    () => `${base}.slice(0, ${String(random.int(2, 50))})`,
    () => `[...${base}, ${expression(scope, { record: entity }, depth - 1)}]`,
    () => `${base}.map((${item}) => (${record(inside, entity, depth - 1)}))`,
    () =>
      ordered === undefined ? `[...${base}].reverse()` : `[...${base}].sort((left, right) => left.${ordered.name} - right.${ordered.name})`,
  ])();
}

/** A scope with more names in it. */
export function withVariables(scope: Scope, more: readonly Variable[], async: boolean = scope.async): Scope {
  return { ...scope, async, variables: [...scope.variables, ...more] };
}

function listVariable(scope: Scope): { name: string; entity: Entity; item: string } | undefined {
  const lists = scope.variables.flatMap(({ name, sort }) =>
    typeof sort !== "string" && "list" in sort ? [{ name, entity: sort.list }] : [],
  );
  const found = scope.random.any(lists);
  return found === undefined ? undefined : { ...found, item: camel(["each", ...thing(scope.random).slice(1)]) };
}

export function literalNumber(random: Random): string {
  return random.chance(0.15)
    ? `${String(random.int(0, 99))}.${String(random.int(1, 9))}`
    : String(random.int(0, random.pick([9, 99, 4096])));
}

export function literalString(random: Random): string {
  return JSON.stringify(random.chance(0.5) ? thing(random).join("-") : random.chance(0.5) ? noun(random) : thing(random).join(" "));
}

/** A sub-expression that stands beside an operator. */
function operand(text: string): string {
  return /^[\w.]+$/u.test(text) || /^[\w.]+\([^()]*\)$/u.test(text) ? text : `(${text})`;
}

/** A sub-expression whose member is read. */
function receiver(text: string): string {
  return /^[A-Za-z_][\w.]*$/u.test(text) || (/^\(.*\)$/u.test(text) && balanced(text)) || /^"[^"]*"$/u.test(text) ? text : `(${text})`;
}

/** Whether the first parenthesis closes at the very end. */
function balanced(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth -= 1;
    if (depth === 0) return at === text.length - 1;
  }
  return false;
}
