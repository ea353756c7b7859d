import type { Expression, ModuleBody } from "../facts/expression.js";
import type { Path } from "../files/path.js";
import { keyNames } from "./holders.js";
import type { Located, Origins, Value } from "./workspace.js";

/** What finding a seam asks of the workspace. */
export interface SeamAsk {
  body(path: Path): ModuleBody | undefined;
  originsOf(at: Located): Origins;
  valueOf(at: Located): Value;
}

/** How deep spreads and factories are looked through. */
const REACH = 8;

/**
 * The values at a dotted path below a binding: `orpc.router` of the manifest.
 *
 * @param ask questions on the workspace
 * @param root the manifest's value; for a factory its results count
 * @param path member names, outermost first
 * @returns every value that can stand there; empty when none does
 */
export function seamValues(ask: SeamAsk, root: { readonly file: Path; readonly binding: number }, path: readonly string[]): readonly Located[] {
  const value = ask.body(root.file)?.bindings[root.binding]?.value;
  if (value === undefined) return [];
  let values: readonly Located[] = [{ file: root.file, expression: value }];
  for (const key of path) values = values.flatMap((at) => membersAt(ask, at, key, REACH));
  return values;
}

/** The values that a member can have, through factories, spreads and calls that take the object. */
function membersAt(ask: SeamAsk, at: Located, key: string, reach: number): readonly Located[] {
  if (reach === 0) return [];
  const inside = (next: Located): readonly Located[] => membersAt(ask, next, key, reach - 1);
  // What is spread into a literal derives it as well, and yet a member of its own comes later.
  if (at.expression.kind === "object") return membersOfLiteral(ask, at.file, at.expression, key, inside);
  return ask.originsOf(at).origins.flatMap((origin): readonly Located[] => {
    const { file, expression } = origin.at;
    if (expression.kind === "function") return returnsOf(ask, file, expression.function).flatMap(inside);
    if (expression.kind === "call") return expression.arguments.flatMap(({ value }) => inside({ file, expression: value }));
    return expression.kind === "object" ? membersOfLiteral(ask, file, expression, key, inside) : [];
  });
}

function membersOfLiteral(
  ask: SeamAsk,
  file: Path,
  { entries }: Extract<Expression, { kind: "object" }>,
  key: string,
  inside: (next: Located) => readonly Located[],
): readonly Located[] {
  const own = entries.flatMap((entry) => (entry.kind === "property" && keyNames(ask, file, entry).includes(key) ? [entry.value] : []));
  const last = own.at(-1);
  if (last !== undefined) return [{ file, expression: last }];
  return entries.flatMap((entry) => (entry.kind === "spread" ? inside({ file, expression: entry.value }) : []));
}

function returnsOf(ask: SeamAsk, file: Path, fn: number): readonly Located[] {
  const body = ask.body(file)?.functions[fn]?.body ?? [];
  return body.flatMap((statement) => (statement.kind === "return" && statement.value !== undefined ? [{ file, expression: statement.value }] : []));
}
