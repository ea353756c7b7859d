import type { Expression, ModuleBody, TypeExpression } from "../facts/expression.js";
import { calledName, isSentence, propertiesOf } from "./holders.js";

/** Whether a schema admits no value: `Type.Never()`, `z.never().optional()`, `z.undefined()`. */
export function admitsNothing(schema: Expression): boolean {
  if (schema.kind !== "call") return false;
  const { callee } = schema;
  if (/^(?:never|undefined|Never|Undefined)$/u.test(calledName(callee))) return true;
  return schema.arguments.some(({ value }) => admitsNothing(value)) || (callee.kind === "member" && admitsNothing(callee.object));
}

/** Whether a JSON schema refuses every value: `false` and `{ not: {} }`. */
export function refusesAll(schema: Expression): boolean {
  if (schema.kind === "boolean") return !schema.value;
  return propertiesOf(schema).some(({ key, value }) => key.kind === "string" && key.value === "not" && propertiesOf(value).length === 0);
}

/** Whether a type admits no value. */
export function isEmptyType(type: TypeExpression | undefined): boolean {
  return type?.kind === "other" && (type.what === "never" || type.what === "undefined");
}

/**
 * Whether a table is a list of refused names with something to say to each: it has no other names, and gives either reasons or, for all
 * names alike, a mark.
 *
 * @param rows the names with what is said to each
 * @param refused the names that are refused
 */
export function isDenyTable(
  rows: readonly (readonly [name: string | undefined, said: Expression | undefined])[],
  refused: ReadonlySet<string>,
): boolean {
  if (rows.length < 2 || !rows.every(([name]) => name !== undefined && refused.has(name))) return false;
  if (rows.every(([, said]) => said !== undefined && isReason(said))) return true;
  return rows.length === refused.size && rows.every(([, said]) => said?.kind === "boolean" && said.value);
}

/** The rows of an object literal or of a list of pairs; none for anything else. */
export function rowsOf(table: Expression): readonly (readonly [name: string | undefined, said: Expression | undefined])[] {
  if (table.kind === "typed") return rowsOf(table.operand);
  if (table.kind === "object") {
    return table.entries.map((entry) =>
      entry.kind === "property" && entry.key.kind === "string" ? [entry.key.value, entry.value] : [undefined, undefined],
    );
  }
  if (table.kind === "array") return table.items.map(({ value }) => pairOf(value) ?? [undefined, undefined]);
  if (table.kind !== "new" && table.kind !== "call") return [];
  const [first] = table.arguments;
  return first === undefined || !/^(?:Map|freeze|fromEntries)$/u.test(calledName(table.callee)) ? [] : rowsOf(first.value);
}

function pairOf(item: Expression): readonly [string | undefined, Expression | undefined] | undefined {
  if (item.kind === "typed") return pairOf(item.operand);
  if (item.kind !== "array" || item.items.length !== 2) return undefined;
  const [name, said] = item.items;
  return [name?.value.kind === "string" ? name.value.value : undefined, said?.value];
}

function isReason(said: Expression): boolean {
  if (said.kind === "string") return isSentence(said.value);
  if (said.kind === "template") return said.parts.some((part) => typeof part === "string" && isSentence(part));
  return said.kind === "typed" && isReason(said.operand);
}

/** Whether an expression is what a loop or callback hands out one by one (of entries the key), and not one name that is asked for. */
export function runsOverList(body: ModuleBody, key: Expression): boolean {
  if (key.kind === "typed") return runsOverList(body, key.operand);
  if (key.kind !== "reference") return false;
  const value = body.bindings[key.binding]?.value;
  return value !== undefined && isHandedOut(value);
}

function isHandedOut(value: Expression): boolean {
  if (value.kind === "element") return (value.index ?? 0) === 0;
  if (value.kind === "member") return isHandedOut(value.object);
  return value.kind === "key-of" || value.kind === "parameter";
}
