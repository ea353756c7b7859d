import type { ClassFact, Expression, ModuleBody, ObjectEntry, TypeExpression } from "../facts/expression.js";
import type { SourceFacts } from "../facts/facts.js";
import type { Cursor } from "../facts/cursor.js";
import type { Path } from "../files/path.js";
import type { CursorIndex } from "./cursors.js";
import type { Located, LocatedType, Origins, Value } from "./workspace.js";

/** What is known of the object that has a property: the names beside it and the key it stands under itself. */
export interface Holder {
  /** Names of the properties that the object is seen to have. */
  readonly keys: ReadonlySet<string>;
  /** Keys under which the object is seen to stand in another (`rawr` in `{ rawr: { … } }` and in `pkg.rawr`). */
  readonly under: ReadonlySet<string>;
}

/** What finding a holder asks of the workspace. */
export interface HolderAsk {
  source(path: Path): SourceFacts | undefined;
  body(path: Path): ModuleBody | undefined;
  cursors(path: Path): CursorIndex | undefined;
  valueOf(at: Located): Value;
  originsOf(at: Located): Origins;
  callersOf(file: Path, fn: number): readonly Located[];
  /** Names of a declared type's members, through aliases, heritage and imports. */
  membersOf(type: LocatedType): readonly string[];
}

/** How far a value is followed upwards through names, calls and returns. */
const REACH = 6;

/** Where schemas keep what they say of properties. */
const SCHEMA_MEMBERS = /^(?:properties|optionalProperties|shape|fields|entries)$/u;

/** Calls whose result has the properties of their receiver and of all their arguments. */
const MERGING =
  /^(?:assign|extend|safeExtend|merge|mergeDeep|defaults|defaultsDeep|and|augment|composite|intersect|intersection|spread)$/iu;

/** What an object is known to be from where its value comes from. */
export function holderOfValue(ask: HolderAsk, object: Located, reach = REACH): Holder {
  const keys = new Set<string>();
  const under = new Set<string>();
  if (reach === 0) return { keys, under };
  // What a member read spells is the way to the object, whatever is known of what stands there.
  const { expression } = object;
  if (expression.kind === "member" && expression.key.kind === "string") under.add(expression.key.value);
  for (const origin of ask.originsOf(object).origins) {
    if (origin.kind === "member") {
      if (origin.key !== undefined) under.add(origin.key);
    } else if (origin.kind === "parameter") {
      // A parameter is called after the property whose value it takes.
      const binding = ask.body(origin.at.file)?.functions[origin.function]?.parameters[origin.index]?.binding;
      const name = binding === undefined ? undefined : ask.body(origin.at.file)?.bindings[binding]?.name;
      if (name !== undefined) under.add(name);
    } else if (origin.kind === "literal") {
      if (origin.at.expression.kind === "object") take({ keys, under }, holderOfLiteral(ask, origin.at, reach - 1));
    } else if (origin.kind === "typed") {
      for (const member of ask.membersOf(origin.type)) keys.add(member);
      for (const key of keysAboveType(ask, origin.type)) under.add(key);
    } else if (origin.kind === "call" && origin.at.expression.kind === "call") {
      for (const { value } of origin.at.expression.arguments) {
        if (value.kind === "object")
          for (const key of literalKeys(ask, { file: origin.at.file, expression: value }, reach - 1)) keys.add(key);
      }
    }
  }
  if (expression.kind === "reference") for (const type of guardedTypes(ask, object.file, expression.binding)) for (const member of ask.membersOf(type)) keys.add(member);
  return { keys, under };
}

/** The types that type guards say a name has: `isPlugin(x)`, `assertPlugin(x)`, whichever way the answer goes. */
function guardedTypes(ask: HolderAsk, file: Path, binding: number): readonly LocatedType[] {
  return (ask.cursors(file)?.references(binding) ?? []).flatMap(({ parent, role, node }): readonly LocatedType[] => {
    if (parent?.of !== "expression" || parent.node.kind !== "call" || role !== "argument" || parent.node.arguments[0]?.value !== node) return [];
    return ask.originsOf({ file, expression: parent.node.callee }).origins.flatMap(({ kind, at }): readonly LocatedType[] => {
      const returns = kind === "literal" && at.expression.kind === "function" ? ask.body(at.file)?.functions[at.expression.function]?.returns : undefined;
      return returns?.kind === "other" && returns.what === "predicate" ? returns.parts.map((type) => ({ file: at.file, type })) : [];
    });
  });
}

/** What an object literal is known to be: its own names, those merged into it, and where it is put. */
export function holderOfLiteral(ask: HolderAsk, literal: Located, reach = REACH): Holder {
  const keys = new Set(literalKeys(ask, literal, reach));
  const under = new Set<string>();
  const cursor = ask.cursors(literal.file)?.of(literal.expression);
  for (const entry of literal.expression.kind === "object" ? literal.expression.entries : []) {
    if (entry.kind !== "spread" || reach === 0) continue;
    const spread: Located = { file: literal.file, expression: entry.value };
    take({ keys, under }, holderOfValue(ask, spread, reach - 1));
    for (const key of schemaKeys(ask, spread)) keys.add(key);
  }
  if (cursor !== undefined) climb(ask, literal.file, cursor, { keys, under }, reach);
  return { keys, under };
}

/** What a member of a type literal, interface or class stands beside and under. */
export function holderOfType(ask: HolderAsk, file: Path, cursor: Cursor): Holder {
  const keys = new Set<string>();
  const under = new Set<string>();
  if (cursor.of === "class") {
    for (const member of cursor.node.members) if (member.key.kind === "string") keys.add(member.key.value);
    for (const key of heritageKeys(ask, file, cursor.node)) keys.add(key);
    return { keys, under };
  }
  if (cursor.of !== "type") return { keys, under };
  let at: Cursor = cursor;
  for (const member of ask.membersOf({ file, type: cursor.node })) keys.add(member);
  for (;;) {
    if (at.role.startsWith("member:")) {
      under.add(at.role.slice("member:".length));
      break;
    }
    const parent: Cursor | undefined = at.parent;
    if (parent?.of === "type" && (parent.node.kind === "intersection" || parent.node.kind === "union" || parent.node.kind === "named")) {
      if (parent.node.kind === "intersection") for (const member of ask.membersOf({ file, type: parent.node })) keys.add(member);
      at = parent;
      continue;
    }
    if (at.role === "annotation")
      for (const { name, kind, type } of ask.body(file)?.bindings ?? []) if (kind === "parameter" && type === at.node) under.add(name);
    if (at.role === "declaration") for (const key of keysAboveType(ask, { file, type: cursor.node })) under.add(key);
    break;
  }
  return { keys, under };
}

function heritageKeys(ask: HolderAsk, file: Path, { extends: parent }: ClassFact): Iterable<string> {
  if (parent === undefined) return [];
  if (parent.kind !== "reference") return holderOfValue(ask, { file, expression: parent }, 2).keys;
  return ask.membersOf({ file, type: { kind: "named", name: parent.name, binding: parent.binding, arguments: [], span: parent.span } });
}

/** The properties that a schema describes, where `schema.shape` and its kin are spread. */
function schemaKeys(ask: HolderAsk, { file, expression }: Located): readonly string[] {
  if (expression.kind !== "member" || expression.key.kind !== "string" || !SCHEMA_MEMBERS.test(expression.key.value)) return [];
  const { span } = expression;
  return ask.membersOf({ file, type: { kind: "named", name: "z.infer", arguments: [{ kind: "typeof", expression, span }], span } });
}

/** Member names whose declared type is this declaration, in its own file. */
function keysAboveType(ask: HolderAsk, located: LocatedType): readonly string[] {
  const index = ask.cursors(located.file);
  const body = ask.body(located.file);
  const home = index?.of(located.type);
  if (index === undefined || body === undefined || home === undefined) return [];
  if (home.role.startsWith("member:")) return [home.role.slice("member:".length)];
  const declared = body.bindings.findIndex(
    (binding) => binding.type === located.type && (binding.kind === "type" || binding.kind === "interface"),
  );
  if (declared < 0) return [];
  const keys: string[] = [];
  for (const cursor of index.all) {
    if (cursor.of !== "type" || cursor.node.kind !== "named" || cursor.node.binding !== declared) continue;
    let at: Cursor | undefined = cursor;
    while (at?.parent?.of === "type" && !at.role.startsWith("member:") && isTransparent(at.parent.node)) at = at.parent;
    if (at?.role.startsWith("member:") === true) keys.push(at.role.slice("member:".length));
  }
  return keys;
}

function isTransparent(type: TypeExpression): boolean {
  return type.kind === "union" || type.kind === "intersection" || type.kind === "named";
}

/** The names that a literal spells, computed ones where they fold. */
function literalKeys(ask: HolderAsk, literal: Located, reach: number): readonly string[] {
  if (literal.expression.kind !== "object" || reach < 0) return [];
  return literal.expression.entries.flatMap((entry) => (entry.kind === "property" ? keyNames(ask, literal.file, entry) : []));
}

/** The names that one property can have. */
export function keyNames(
  ask: Pick<HolderAsk, "valueOf">,
  file: Path,
  entry: { readonly key: Expression; readonly computed: boolean },
): readonly string[] {
  // ArkType marks optional properties in their names.
  if (entry.key.kind === "string") return [entry.key.value.replace(/\?$/u, "")];
  return entry.computed ? strings(ask.valueOf({ file, expression: entry.key })) : [];
}

/** The string constants that a value can be; none when it cannot be proven. */
export function strings(value: Value): readonly string[] {
  return value.kind === "unprovable" ? [] : possibleStrings(value);
}

/** The string constants that a value can be, those included that it is only on some branches of what cannot be proven as a whole. */
export function possibleStrings(value: Value): readonly string[] {
  const constants = value.kind === "unprovable" ? value.partial : value.values;
  return constants.flatMap((constant) => (constant.kind === "primitive" && typeof constant.value === "string" ? [constant.value] : []));
}

interface Sink {
  readonly keys: Set<string>;
  readonly under: Set<string>;
}

function take(into: Sink, holder: Holder): void {
  for (const key of holder.keys) into.keys.add(key);
  for (const key of holder.under) into.under.add(key);
}

/** Follows where a value is put: property, assignment, merge, name, return. */
function climb(ask: HolderAsk, file: Path, from: Cursor, into: Sink, reach: number): void {
  let at = from;
  for (;;) {
    const parent = at.parent;
    if (parent === undefined) return;
    if (parent.of === "statement") {
      if (reach > 0) climbStatement(ask, file, at, parent, into, reach - 1);
      return;
    }
    if (parent.of !== "expression") return;
    const node = parent.node;
    switch (node.kind) {
      case "object": {
        const entry = node.entries.find((candidate) => candidate.value === at.node);
        if (entry?.kind === "property") {
          const names = keyNames(ask, file, entry);
          for (const key of names) into.under.add(key);
          if (names.some((name) => SCHEMA_MEMBERS.test(name))) climb(ask, file, parent, { keys: new Set(), under: into.under }, reach);
        } else if (entry?.kind === "spread") take(into, holderOfMerged(ask, file, parent, reach));
        return;
      }
      case "assign": {
        if (at.role !== "value") return;
        if (node.target.kind === "member") for (const key of keyNames(ask, file, node.target)) into.under.add(key);
        return;
      }
      case "jsx": {
        const entry = node.attributes.find((candidate) => candidate.value === at.node);
        if (entry?.kind === "property") for (const key of keyNames(ask, file, entry)) into.under.add(key);
        return;
      }
      case "member":
        // `schema.optional()` stands where the schema would.
        if (at.role !== "object" || parent.role !== "callee") return;
        break;
      case "call":
        if (MERGING.test(calledName(node.callee))) takeMerged(ask, file, node, at.node, into, reach);
        break;
      case "array":
      case "conditional":
      case "logical":
      case "typed":
      case "await":
      case "default":
        break;
      default:
        return;
    }
    at = parent;
  }
}

function holderOfMerged(ask: HolderAsk, file: Path, cursor: Cursor, reach: number): Holder {
  return cursor.of === "expression" && reach > 0
    ? holderOfLiteral(ask, { file, expression: cursor.node }, reach - 1)
    : { keys: new Set(), under: new Set() };
}

/** What the receiver and the other arguments of a merging call bring. */
function takeMerged(
  ask: HolderAsk,
  file: Path,
  call: Extract<Expression, { kind: "call" }>,
  self: unknown,
  into: Sink,
  reach: number,
): void {
  if (reach === 0) return;
  const others: Expression[] = call.callee.kind === "member" ? [call.callee.object] : [];
  for (const { value } of call.arguments) others.push(...(value.kind === "array" ? value.items.map((item) => item.value) : [value]));
  for (const other of others) {
    if (other !== self && !(other.kind === "call" && other.arguments.some((argument) => argument.value === self))) {
      take(into, holderOfValue(ask, { file, expression: other }, reach - 1));
    }
  }
}

function climbStatement(
  ask: HolderAsk,
  file: Path,
  at: Cursor,
  statement: Extract<Cursor, { of: "statement" }>,
  into: Sink,
  reach: number,
): void {
  const index = ask.cursors(file);
  if (index === undefined) return;
  if (statement.node.kind === "declare") {
    const name = ask.body(file)?.bindings[statement.node.binding]?.name;
    if (name !== undefined) into.under.add(name);
    for (const reference of index.references(statement.node.binding)) climb(ask, file, reference, into, reach);
    return;
  }
  if (statement.node.kind !== "return") return;
  // `z.lazy(() => schema)` stands where the schema would.
  const site = index.functionSite(at.function);
  if (site?.role === "argument") climb(ask, file, site, into, reach);
  for (const caller of ask.callersOf(file, at.function)) {
    const cursor = ask.cursors(caller.file)?.of(caller.expression);
    if (cursor !== undefined) climb(ask, caller.file, cursor, into, reach);
  }
}

/** The last name of what is called: `assign` for `Object.assign`. */
export function calledName(callee: Expression): string {
  if (callee.kind === "member") return callee.key.kind === "string" ? callee.key.value : "";
  return callee.kind === "reference" || callee.kind === "global" ? callee.name : "";
}

/** Messages are sentences; a single word is a value. */
export function isSentence(text: string): boolean {
  return /\w\s+\w/u.test(text);
}

/** Properties of an object literal, spreads aside. */
export function propertiesOf(expression: Expression): readonly Extract<ObjectEntry, { kind: "property" }>[] {
  return expression.kind === "object" ? expression.entries.filter((entry) => entry.kind === "property") : [];
}
