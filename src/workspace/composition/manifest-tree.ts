import type { Expression, ObjectEntry } from "../../facts/expression.js";
import { keyNames } from "../holders.js";
import type { Located, Workspace } from "../workspace.js";

/** What reading the manifest's value asks of the workspace. */
export type TreeAsk = Pick<Workspace, "body" | "cursors" | "originsOf" | "valueOf" | "manifestValue">;

/** A member of the manifest's value. */
export interface ManifestMember {
  /** Its dotted path: `orpc.router`. */
  readonly path: string;
  readonly key: string;
  /** The property that gives it. */
  readonly at: Located;
  readonly value: Located;
}

type ObjectLiteral = Located & { readonly expression: Extract<Expression, { kind: "object" }> };

const REACH = 8;

/** The object literals that the manifest's export is: directly, through a factory, or given to a call that defines it. */
export function manifestObjects(ask: TreeAsk): readonly ObjectLiteral[] {
  const value = ask.manifestValue;
  const expression = value?.kind === "binding" ? ask.body(value.file)?.bindings[value.binding]?.value : undefined;
  return value?.kind === "binding" && expression !== undefined ? objectsAt(ask, { file: value.file, expression }) : [];
}

/** The object literals that a value can be or is made from. */
export function objectsAt(ask: TreeAsk, at: Located, reach = REACH): readonly ObjectLiteral[] {
  if (reach === 0) return [];
  // What is spread into a literal derives it as well; it speaks through the literal.
  if (at.expression.kind === "object") return [{ file: at.file, expression: at.expression }];
  return ask.originsOf(at).origins.flatMap((origin): readonly ObjectLiteral[] => {
    const { file, expression } = origin.at;
    if (expression.kind === "object" && origin.kind === "literal") return [{ file, expression }];
    if (expression.kind === "class" && origin.kind === "literal") return [{ file, expression: classAsObject(expression, true) }];
    if (expression.kind === "new" && origin.kind === "call") return instancesOf(ask, origin.callee);
    if (expression.kind !== "function" || origin.kind !== "literal") return [];
    const fn = expression.function;
    return (ask.cursors(file)?.all ?? []).flatMap((cursor) => {
      if (cursor.of !== "statement" || cursor.function !== fn || cursor.node.kind !== "return" || cursor.node.value === undefined) return [];
      return objectsAt(ask, { file, expression: cursor.node.value }, reach - 1);
    });
  });
}

/** What constructing a class of the workspace makes, written as object literals. */
function instancesOf(ask: TreeAsk, callee: Located): readonly ObjectLiteral[] {
  return ask.originsOf(callee).origins.flatMap(({ kind, at: { file, expression } }) => (kind === "literal" && expression.kind === "class" ? [{ file, expression: classAsObject(expression, false) }] : []));
}

/** The fields and getters of a class, or of its instances, as the object literal that would have them. */
function classAsObject({ class: { members }, span }: Extract<Expression, { kind: "class" }>, isStatic: boolean): ObjectLiteral["expression"] {
  const own = members.filter((member) => member.static === isStatic);
  const entries = own.flatMap(({ key, keySpan, computed, role, value }): readonly ObjectEntry[] =>
    value === undefined || (role !== "field" && role !== "get") ? [] : [{ kind: "property", key, keySpan, computed, shorthand: false, value, ...(role === "get" && { accessor: role }) }],
  );
  return { kind: "object", entries, span };
}

/** The members of an object literal, those that it spreads included; a later one of a name takes its place. */
export function membersIn(ask: TreeAsk, literal: ObjectLiteral, prefix = "", reach = REACH): readonly ManifestMember[] {
  const members = new Map<string, ManifestMember>();
  for (const entry of literal.expression.entries) {
    if (entry.kind === "spread") {
      if (reach === 0) continue;
      const spread = objectsAt(ask, { file: literal.file, expression: entry.value });
      for (const inner of spread) for (const member of membersIn(ask, inner, prefix, reach - 1)) members.set(member.key, member);
      continue;
    }
    const value: Located = { file: literal.file, expression: entry.value };
    for (const key of keyNames(ask, literal.file, entry)) {
      members.set(key, { path: `${prefix}${key}`, key, at: { file: literal.file, expression: { ...entry.key, span: entry.keySpan } }, value });
    }
  }
  return [...members.values()];
}

/** The members at a dotted path, however the objects on the way are put together. */
export function membersAt(ask: TreeAsk, path: string): readonly ManifestMember[] {
  const keys = path.split(".");
  let objects = manifestObjects(ask);
  let found: readonly ManifestMember[] = [];
  for (const [index, key] of keys.entries()) {
    const prefix = keys.slice(0, index).map((one) => `${one}.`).join("");
    found = objects.flatMap((object) => membersIn(ask, object, prefix)).filter((member) => member.key === key);
    objects = found.flatMap(({ value }) => objectsAt(ask, value));
  }
  return found;
}

/** The members below a dotted path; those of the manifest itself for none. */
export function membersBelow(ask: TreeAsk, path: string): readonly ManifestMember[] {
  const objects = path === "" ? manifestObjects(ask) : membersAt(ask, path).flatMap(({ value }) => objectsAt(ask, value));
  return objects.flatMap((object) => membersIn(ask, object, path === "" ? "" : `${path}.`));
}
