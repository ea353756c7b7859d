import type { BindingId, ClassFact, Expression, FunctionId, ModuleBody } from "../facts/expression.js";
import type { Cursor } from "../facts/cursor.js";
import type { Path } from "../files/path.js";
import type { CursorIndex } from "./cursors.js";

/** A visited expression. */
export type ExpressionCursor = Extract<Cursor, { of: "expression" }>;
export type ObjectLiteral = Extract<Expression, { kind: "object" }>;

/** The class or object literal whose member a function is. */
export type Owner = { readonly kind: "class"; readonly fact: ClassFact; readonly static: boolean } | { readonly kind: "object"; readonly literal: ObjectLiteral };

/** A module seen from its values: where they go, and what holds its functions. */
export interface ModuleIndex {
  readonly file: Path;
  readonly body: ModuleBody;
  readonly all: readonly ExpressionCursor[];
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
 * Indexes a module by what its expressions flow into. Depends on the module's own body alone.
 *
 * @param file the module's path
 * @param body its body
 * @param cursors its cursors
 */
export function indexModule(file: Path, body: ModuleBody, cursors: CursorIndex): ModuleIndex {
  const all = cursors.all.filter((cursor): cursor is ExpressionCursor => cursor.of === "expression");
  const classes = cursors.all.filter((cursor) => cursor.of === "class");
  const places = grouped(all, ({ node }) => placeOf(node));
  const spans = grouped(all, ({ node }) => `${node.span[0]}:${node.span[1]}`);
  const references = grouped(all, ({ node }) => (node.kind === "reference" ? node.binding : undefined));
  const parameters = grouped(all, ({ node }) => (node.kind === "parameter" ? `${node.function}:${node.index}` : undefined));
  const sites = grouped(all, ({ node }) => (node.kind === "function" ? node.function : undefined));
  const names = grouped([...body.bindings.entries()], ([, binding]) => binding.value);
  const owners = ownersOf(all, classes);
  const selfOf = (fn: FunctionId): Owner | undefined => {
    for (let at = fn; at > 0; ) {
      const owner = owners.get(at);
      const fact = body.functions[at];
      if (fact?.arrow !== true) return owner;
      // A field's arrow belongs to the instance; any other arrow to the function around it.
      if (owner?.kind === "class") return owner;
      at = fact.parent;
    }
    return undefined;
  };
  const ownerOfThis = (self: ExpressionCursor): Owner | undefined => selfOf(self.function) ?? fieldOwner(self);
  const made = new Map<string, Extract<Expression, { kind: "class" }>>();
  for (const node of [...all.map((cursor) => cursor.node), ...body.bindings.map(({ value }) => value)]) if (node?.kind === "class") made.set(classKey(node.class), node);
  const selves = grouped(all, (cursor) => {
    if (cursor.node.kind !== "this") return undefined;
    const owner = ownerOfThis(cursor);
    return owner?.kind === "class" ? classKey(owner.fact) : owner?.literal;
  });
  const plainFunction = (fn: FunctionId): FunctionId => (body.functions[fn]?.arrow === true ? plainFunction(body.functions[fn].parent) : fn);
  const selvesIn = grouped(all, ({ node, function: fn }) => (node.kind === "this" ? plainFunction(fn) : undefined));
  const readers = new Set(all.flatMap(({ node, function: fn }) => (node.kind === "global" && node.name === "arguments" ? [plainFunction(fn)] : [])));
  const returns = new Map<FunctionId, Expression[]>();
  for (const cursor of cursors.all) {
    if (cursor.of !== "statement" || cursor.node.kind !== "return" || cursor.node.value === undefined) continue;
    const list = returns.get(cursor.function);
    if (list === undefined) returns.set(cursor.function, [cursor.node.value]);
    else list.push(cursor.node.value);
  }
  return {
    file,
    body,
    all,
    classes,
    occurrences: (node) => {
      const here = places.get(placeOf(node)) ?? [];
      if (here.length < 2) return here;
      const text = JSON.stringify(node);
      return here.filter((cursor) => cursor.node === node || JSON.stringify(cursor.node) === text);
    },
    namesOf: (value) => (names.get(value) ?? []).map(([id]) => id),
    references: (binding) => references.get(binding) ?? [],
    parameters: (fn, index) => parameters.get(`${fn}:${index}`) ?? [],
    functionSites: (fn) => sites.get(fn) ?? [],
    selfOf,
    ownerOfThis,
    classExpression: (fact) => made.get(classKey(fact)),
    selves: (owner) => selves.get("kind" in owner ? owner : classKey(owner)) ?? [],
    selvesIn: (fn) => selvesIn.get(fn) ?? [],
    readsArguments: (fn) => readers.has(fn),
    returns: (fn) => returns.get(fn) ?? [],
    spanning: (start, end) => spans.get(`${start}:${end}`) ?? [],
  };
}

function placeOf(node: Expression): string {
  return node.kind === "function" ? `function ${node.function}` : `${node.kind} ${node.span[0]}:${node.span[1]}`;
}

function ownersOf(all: readonly ExpressionCursor[], classes: readonly Extract<Cursor, { of: "class" }>[]): ReadonlyMap<FunctionId, Owner> {
  const owners = new Map<FunctionId, Owner>();
  for (const { node: fact } of classes) {
    if (fact.constructorFunction !== undefined) owners.set(fact.constructorFunction, { kind: "class", fact, static: false });
    for (const { value, static: isStatic } of fact.members) {
      // A static block is a function that is called where it stands.
      const fn = value?.kind === "call" && isStatic ? value.callee : value;
      if (fn?.kind === "function") owners.set(fn.function, { kind: "class", fact, static: isStatic });
    }
  }
  for (const { node } of all) {
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
