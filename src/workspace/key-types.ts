import type { TypeExpression } from "../facts/expression.js";
import type { Cursor } from "../facts/cursor.js";
import type { Path } from "../files/path.js";
import { isEmptyType } from "./deny-list.js";
import { holderOfType, type Holder, type HolderAsk } from "./holders.js";
import type { Candidate } from "./keys.js";

/** Standard types that are told names of keys, beside `Record`. */
const SELECTING = /^(?:Pick|Omit|Extract)$/u;

type TypeCursor = Extract<Cursor, { of: "type" }>;

/** The names of properties that one type spells: its members, and the keys that it maps, selects or indexes with. */
export function* keysInType(ask: HolderAsk, file: Path, cursor: TypeCursor, wanted: ReadonlySet<string>): Generator<Candidate> {
  const { node } = cursor;
  const holder = (): Holder => holderOfType(ask, file, cursor);
  const membersOf = (type: TypeExpression): readonly string[] => ask.membersOf({ file, type });
  if (node.kind === "members") {
    for (const { key, keySpan, type } of node.members) {
      yield { names: [key], span: keySpan, how: "declared", holder, refused: () => isEmptyType(type) };
    }
  } else if (node.kind === "union") {
    // `"kind" | "channel"` are names of keys; a union of nothing but wanted names only says which are.
    const literals = node.parts.filter((part) => part.kind === "literal");
    if (literals.every(({ value }) => wanted.has(String(value)))) return;
    for (const { value, span } of literals) yield { names: [String(value)], span, how: "declared" };
  } else if (node.kind === "indexed") {
    yield* literalKeys(node.index, () => ({ keys: new Set(membersOf(node.object)), under: indexedUnder(node) }));
  } else if (node.kind === "other" && node.what === "mapped") {
    const [keys, value] = node.parts;
    if (keys !== undefined) yield* givenKeys(keys, membersOf(node), wanted, holder, value);
  } else if (node.kind === "named") {
    const [first, second] = node.arguments;
    if (first === undefined) return;
    if (node.name === "Record") yield* givenKeys(first, membersOf(node), wanted, holder, second);
    else if (second !== undefined && SELECTING.test(node.name)) {
      yield* literalKeys(second, () => ({ keys: new Set(membersOf(first)), under: new Set() }));
    }
  }
}

/** Keys that a type gives its members: literals, or the name of a union that has others beside the wanted ones. */
function* givenKeys(
  keys: TypeExpression,
  members: readonly string[],
  wanted: ReadonlySet<string>,
  holder: () => Holder,
  value: TypeExpression | undefined,
): Generator<Candidate> {
  const refused = (): boolean => isEmptyType(value);
  for (const candidate of literalKeys(keys, holder)) yield { ...candidate, refused };
  if (members.every((member) => wanted.has(member))) return;
  for (const part of partsOf(keys)) if (part.kind === "named") yield { names: members, span: part.span, how: "declared", holder, refused };
}

function* literalKeys(keys: TypeExpression, holder: () => Holder): Generator<Candidate> {
  for (const part of partsOf(keys)) {
    if (part.kind === "literal" && typeof part.value === "string") yield { names: [part.value], span: part.span, how: "declared", holder };
  }
}

function partsOf(type: TypeExpression): readonly TypeExpression[] {
  return type.kind === "union" ? type.parts : [type];
}

function indexedUnder({ object }: Extract<TypeExpression, { kind: "indexed" }>): ReadonlySet<string> {
  const index = object.kind === "indexed" ? object.index : undefined;
  return new Set(index?.kind === "literal" && typeof index.value === "string" ? [index.value] : []);
}
