import type { Expression } from "../../facts/expression.js";
import type { TestReader } from "./reader.js";
import { SKIPS } from "./tools.js";
import { NEVER, NOTHING, truth, UNKNOWN, type Scope, type Value } from "./value.js";

type Block = Extract<Value, { kind: "block" }>;

/** A call of `it`, `describe` and their like: with a table, a condition, or a function to run. */
export function callBlock(reader: TestReader, block: Block, passed: readonly Value[]): Value {
  const last = block.marks.at(-1);
  const [first = UNKNOWN] = passed;
  if (block.rows === undefined && (last === "each" || last === "for")) return { ...block, rows: rowsOf(first, last) };
  if (last === "skipIf" || last === "runIf") {
    const marks = block.marks.slice(0, -1);
    return { ...block, marks: truth(first) === (last === "skipIf") ? [...marks, "skip"] : marks };
  }
  const fn = passed.find(({ kind }) => kind === "function");
  if (fn === undefined) {
    // `test.skip(condition)` inside of a test.
    if (last === undefined || !SKIPS.has(last) || !reader.claims.isOpen || truth(first) === false) return NOTHING;
    reader.claims.clear();
    return NEVER;
  }
  const options = passed.find(({ kind }) => kind === "object");
  const isSet = (key: string): boolean => options !== undefined && !isOff(reader.member(options, key));
  const dead = block.marks.some((mark) => SKIPS.has(mark)) || isSet("skip") || isSet("todo") || isSet("fails");
  const only = block.marks.includes("only") || isSet("only");
  for (const row of block.rows ?? [[]]) reader.register(block.role, fn, row, { dead, only });
  return NOTHING;
}

/** `it.each` with a table that is written as a template. */
export function tagged(reader: TestReader, tag: Value, parts: readonly (string | Expression)[], scope: Scope): Value {
  if (tag.kind !== "block") return UNKNOWN;
  const [head] = parts;
  const names = typeof head === "string" ? (head.trim().split("\n", 1)[0] ?? "").split("|").map((name) => name.trim()).filter((name) => name !== "") : [];
  const cells = parts.flatMap((part) => (typeof part === "string" ? [] : [reader.evaluate(part, scope)]));
  const rows: Value[][] = [];
  for (let at = 0; names.length > 0 && at < cells.length; at += names.length) rows.push([{ kind: "object", members: new Map(names.map((name, column) => [name, cells[at + column] ?? UNKNOWN])), open: false }]);
  return { ...tag, rows };
}

function rowsOf(table: Value, mark: "each" | "for"): readonly (readonly Value[])[] {
  if (table.kind === "array") return table.items.map((row) => (row.kind === "array" && mark === "each" ? row.items : [row]));
  return table.kind === "object" ? [...table.members.values()].map((row) => [row]) : [];
}

function isOff(value: Value): boolean {
  return value.kind === "primitive" && (value.value === false || value.value === undefined);
}
