import type { BindingId, ClassFact, Expression, FunctionId, ModuleBody, Statement } from "../facts/expression.js";
import type { Cursor } from "../facts/cursor.js";
import type { Path } from "../files/path.js";
import type { CursorIndex } from "./cursors.js";
import { once } from "./memo.js";

/** A visited expression. */
export type ExpressionCursor = Extract<Cursor, { of: "expression" }>;
type ReturnCursor = Cursor & { readonly of: "statement"; readonly node: Extract<Statement, { kind: "return" }> };
export type ObjectLiteral = Extract<Expression, { kind: "object" }>;

/** The class or object literal whose member a function is. */
export type Owner = { readonly kind: "class"; readonly fact: ClassFact; readonly static: boolean } | { readonly kind: "object"; readonly literal: ObjectLiteral };

/** A module seen from its values: where they go, and what holds its functions. */
export interface ModuleIndex {
  readonly file: Path;
  readonly body: ModuleBody;
  readonly all: readonly ExpressionCursor[];
  /** The expressions in a function, functions inside of it included. */
  within(fn: FunctionId): readonly ExpressionCursor[];
  /** Every place where an expression stands: desugaring may repeat one. */
  occurrences(node: Expression): readonly ExpressionCursor[];
  /** Names whose value the expression is. */
  namesOf(value: Expression): readonly BindingId[];
  references(binding: BindingId): readonly ExpressionCursor[];
  /** Reads of a parameter, `rest` included. */
  parameters(fn: FunctionId, index: number): readonly ExpressionCursor[];
  /** Where a function is made: function expressions, methods, and the values of function declarations. */
  functionSites(fn: FunctionId): readonly ExpressionCursor[];
  /** What `this` is in code of a function; undefined for plain functions and the module. */
  selfOf(fn: FunctionId): Owner | undefined;
  /** The same for a `this` expression, which may stand in a field's initialiser. */
  ownerOfThis(self: ExpressionCursor): Owner | undefined;
  /** The expression whose value a class is: a class expression, or the value of its declaration. */
  classExpression(fact: ClassFact): Extract<Expression, { kind: "class" }> | undefined;
  /** The `this` expressions that stand for a class instance, the class itself, or an object literal. */
  selves(owner: ClassFact | ObjectLiteral): readonly ExpressionCursor[];
  /** The `this` expressions of a plain function, those of its arrows included. */
  selvesIn(fn: FunctionId): readonly ExpressionCursor[];
  /** Whether a function reads `arguments`, through which its parameters have other names. */
  readsArguments(fn: FunctionId): boolean;
  returns(fn: FunctionId): readonly Expression[];
  /** The cursor at a place of the outline. */
  spanning(start: number, end: number): readonly ExpressionCursor[];
  /** Classes with the cursor where each stands. */
  readonly classes: readonly Extract<Cursor, { of: "class" }>[];
}

/**
 * Indexes a module by what its expressions flow into. Depends on the module's own body alone; each part is made when it is asked for.
 *
 * @param file the module's path
 * @param body its body
 * @param cursors its cursors
 */
export function indexModule(file: Path, body: ModuleBody, cursors: CursorIndex): ModuleIndex {
  const all = cursors.all.filter((cursor): cursor is ExpressionCursor => cursor.of === "expression");
  const classes = cursors.all.filter((cursor) => cursor.of === "class");
  const kinds = once(() => grouped(all, ({ node }) => node.kind));
  const ofKind = (kind: Expression["kind"]): readonly ExpressionCursor[] => kinds().get(kind) ?? [];
  const starts = once(() => grouped(all, ({ node }) => node.span[0]));
  const references = once(() => grouped(ofKind("reference"), ({ node }) => (node.kind === "reference" ? node.binding : undefined)));
  const parameters = once(() => grouped(ofKind("parameter"), ({ node }) => (node.kind === "parameter" ? `${node.function}:${node.index}` : undefined)));
  const sites = once(() => grouped(ofKind("function"), ({ node }) => (node.kind === "function" ? node.function : undefined)));
  const names = once(() => grouped([...body.bindings.entries()], ([, binding]) => binding.value));
  const owners = once(() => ownersOf(ofKind("object"), classes));
  const returns = once(() => grouped(cursors.all.filter(isReturn), (cursor) => cursor.function));
  const made = once(() => {
    const nodes = [...ofKind("class").map((cursor) => cursor.node), ...body.bindings.map(({ value }) => value)];
    return new Map(nodes.flatMap((node) => (node?.kind === "class" ? [[classKey(node.class), node] as const] : [])));
  });
  const selfOf = (fn: FunctionId): Owner | undefined => {
    for (let at = fn; at > 0; ) {
      const owner = owners().get(at);
      const fact = body.functions[at];
      // A field's arrow belongs to the instance; any other arrow to the function around it.
      if (fact?.arrow !== true || owner?.kind === "class") return owner;
      at = fact.parent;
    }
    return undefined;
  };
  const ownerOfThis = (self: ExpressionCursor): Owner | undefined => selfOf(self.function) ?? fieldOwner(self);
  const selves = once(() =>
    grouped(ofKind("this"), (cursor) => {
      const owner = ownerOfThis(cursor);
      return owner?.kind === "class" ? classKey(owner.fact) : owner?.literal;
    }),
  );
  const plainFunction = (fn: FunctionId): FunctionId => {
    const fact = body.functions[fn];
    return fact?.arrow === true ? plainFunction(fact.parent) : fn;
  };
  const selvesIn = once(() => grouped(ofKind("this"), (cursor) => plainFunction(cursor.function)));
  const readers = once(() => new Set(ofKind("global").flatMap(({ node, function: fn }) => (node.kind === "global" && node.name === "arguments" ? [plainFunction(fn)] : []))));
  const placesOf = (node: Expression): readonly ExpressionCursor[] => {
    if (node.kind === "function") return sites().get(node.function) ?? [];
    return (starts().get(node.span[0]) ?? []).filter((cursor) => cursor.node.kind === node.kind && cursor.node.span[1] === node.span[1]);
  };
  const inside = once(() => {
    const found = new Map<FunctionId, ExpressionCursor[]>();
    for (const cursor of all) {
      for (let at = cursor.function; at > 0; at = body.functions[at]?.parent ?? 0) {
        const known = found.get(at);
        if (known === undefined) found.set(at, [cursor]);
        else known.push(cursor);
      }
    }
    return found;
  });
  return {
    file,
    body,
    all,
    classes,
    within: (fn) => (fn === 0 ? all : (inside().get(fn) ?? [])),
    occurrences: (node) => {
      const here = placesOf(node);
      if (here.length < 2 || node.kind === "function") return here;
      const text = JSON.stringify(node);
      return here.filter((cursor) => cursor.node === node || JSON.stringify(cursor.node) === text);
    },
    namesOf: (value) => (names().get(value) ?? []).map(([id]) => id),
    references: (binding) => references().get(binding) ?? [],
    parameters: (fn, index) => parameters().get(`${fn}:${index}`) ?? [],
    functionSites: (fn) => sites().get(fn) ?? [],
    selfOf,
    ownerOfThis,
    classExpression: (fact) => made().get(classKey(fact)),
    selves: (owner) => selves().get("kind" in owner ? owner : classKey(owner)) ?? [],
    selvesIn: (fn) => selvesIn().get(fn) ?? [],
    readsArguments: (fn) => readers().has(fn),
    returns: (fn) => (returns().get(fn) ?? []).flatMap(({ node }) => node.value ?? []),
    spanning: (start, end) => (starts().get(start) ?? []).filter(({ node }) => node.span[1] === end),
  };
}

function isReturn(cursor: Cursor): cursor is ReturnCursor {
  return cursor.of === "statement" && cursor.node.kind === "return";
}

function ownersOf(literals: readonly ExpressionCursor[], classes: readonly Extract<Cursor, { of: "class" }>[]): ReadonlyMap<FunctionId, Owner> {
  const owners = new Map<FunctionId, Owner>();
  for (const { node: fact } of classes) {
    if (fact.constructorFunction !== undefined) owners.set(fact.constructorFunction, { kind: "class", fact, static: false });
    for (const { value, static: isStatic } of fact.members) {
      // A static block is a function that is called where it stands.
      const fn = value?.kind === "call" && isStatic ? value.callee : value;
      if (fn?.kind === "function") owners.set(fn.function, { kind: "class", fact, static: isStatic });
    }
  }
  for (const { node } of literals) {
    if (node.kind !== "object") continue;
    for (const { value } of node.entries) if (value.kind === "function" && !owners.has(value.function)) owners.set(value.function, { kind: "object", literal: node });
  }
  return owners;
}

/** `super(…)` in a class's constructor. */
export function superCall(index: ModuleIndex, { constructorFunction }: ClassFact): Extract<Expression, { kind: "call" }> | undefined {
  if (constructorFunction === undefined) return undefined;
  for (const { function: fn, node } of index.all) {
    if (fn === constructorFunction && node.kind === "call" && node.callee.kind === "opaque" && node.callee.what === "super") return node;
  }
  return undefined;
}

/** The class in whose field initialiser an expression stands. */
function fieldOwner(self: Cursor): Owner | undefined {
  let field: Cursor = self;
  for (let at = self.parent; at !== undefined; field = at, at = at.parent) {
    if (at.of === "class") return { kind: "class", fact: at.node, static: at.node.members.some((member) => member.value === field.node && member.static) };
    if (at.of === "statement") return undefined;
  }
  return undefined;
}

/** Tells classes apart; cached facts hold the class of a declaration twice. */
export function classKey(fact: ClassFact): string {
  return `${fact.name ?? ""} ${fact.constructorFunction ?? ""} ${fact.members.map(({ keySpan }) => keySpan[0]).join(" ")}`;
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key | undefined): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
