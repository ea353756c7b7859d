import type { Expression, ModuleBody, Span } from "../facts/expression.js";
import type { JsonNode } from "../facts/facts.js";
import type { Cursor } from "../facts/cursor.js";
import type { Path } from "../files/path.js";
import { calledName, holderOfLiteral, holderOfType, holderOfValue, keyNames, strings, type Holder, type HolderAsk } from "./holders.js";
import { isRefused } from "./refusal.js";
import type { Located } from "./workspace.js";

/** A place where code spells the name of a property. */
export interface KeyUse {
  /** The wanted names that it can be: one, but for computed keys. */
  readonly keys: readonly string[];
  readonly file: Path;
  /** Where the name is spelled. */
  readonly span: Span;
  /**
   * `read`: the property is read or written; `tested`: asked for; `declared`: given by an object, type, schema or class;
   * `named`: a variable, parameter or export has the name; `emitted`: it stands in a JSON text inside a literal.
   */
  readonly how: "read" | "tested" | "declared" | "named" | "emitted";
  /** What is known of the object that has the property; nothing for `named`. */
  holder(): Holder;
  /** The property is only looked for, and its presence is refused. */
  refused(): boolean;
}

const NO_HOLDER: Holder = { keys: new Set(), under: new Set() };
const OWN_TEST = /^(?:hasOwn|hasOwnProperty|has|hasIn|hasPath|includes|propertyIsEnumerable)$/u;
const ACCESSOR = /^(?:get|getOr|set|unset|pick|omit|prop|propOr|path|pathOr|pluck|result|update|getProperty|deleteProperty|defineProperty|getOwnPropertyDescriptor)$/u;
const KEY_LISTS = /^(?:keys|entries|getOwnPropertyNames|ownKeys)$/u;
const KEY_TYPES = /^(?:Pick|Omit|Record|Extract)$/u;
/** How many helper functions a key is followed through. */
const REACH = 3;

/**
 * Every place where a file spells one of the wanted property names, however it is written.
 *
 * @param ask questions on the workspace
 * @param file the source file
 * @param wanted property names
 */
export function keyUses(ask: HolderAsk, file: Path, wanted: ReadonlySet<string>): readonly KeyUse[] {
  const body = ask.body(file);
  const index = ask.cursors(file);
  if (body === undefined || index === undefined) return [];
  const collector = new Collector(ask, file, body, wanted);
  for (const cursor of index.all) {
    if (cursor.of === "expression") collector.expression(cursor, cursor.node);
    else if (cursor.of === "type") collector.type(cursor);
    else if (cursor.of === "class") collector.class(cursor);
    else collector.statement(cursor);
  }
  collector.names();
  for (const { root } of body.embedded) collector.embedded(root, undefined);
  return collector.uses.toSorted((a, b) => a.span[0] - b.span[0]);
}

class Collector {
  readonly uses: KeyUse[] = [];
  readonly #seen = new Set<string>();

  readonly ask: HolderAsk;
  readonly file: Path;
  readonly body: ModuleBody;
  readonly wanted: ReadonlySet<string>;

  constructor(ask: HolderAsk, file: Path, body: ModuleBody, wanted: ReadonlySet<string>) {
    this.ask = ask;
    this.file = file;
    this.body = body;
    this.wanted = wanted;
  }

  expression(cursor: Cursor, node: Expression): void {
    switch (node.kind) {
      case "member":
        if (node.computed && isParameter(this.body, node.key)) return;
        this.#add(keyNames(this.ask, this.file, node), node.keySpan, "read", () => this.#value(node.object), cursor, "value");
        return;
      case "object":
        for (const entry of node.entries) {
          if (entry.kind === "property") {
            const forbids = isNever(entry.value);
            this.#add(keyNames(this.ask, this.file, entry), entry.keySpan, "declared", () => holderOfLiteral(this.ask, this.#located(node)), forbids ? "forbids" : undefined);
          }
        }
        return;
      case "jsx":
        for (const entry of node.attributes) if (entry.kind === "property") this.#add(keyNames(this.ask, this.file, entry), entry.keySpan, "named", () => NO_HOLDER);
        return;
      case "binary":
        this.#binary(cursor, node);
        return;
      case "call":
        this.#call(cursor, node);
        return;
      default:
    }
  }

  #binary(cursor: Cursor, node: Extract<Expression, { kind: "binary" }>): void {
    if (node.operator === "in") {
      if (!isParameter(this.body, node.left)) this.#add(this.#strings(node.left), node.left.span, "tested", () => this.#value(node.right), cursor, "present");
      return;
    }
    if (!/^[!=]==?$/u.test(node.operator)) return;
    for (const [side, other] of [[node.left, node.right], [node.right, node.left]] as const) {
      const keyed = side.kind === "string" && this.wanted.has(side.value) ? this.#keyedObject(other) : undefined;
      if (keyed !== undefined) this.#add([side.kind === "string" ? side.value : ""], side.span, "tested", () => this.#value(keyed), cursor, node.operator.startsWith("=") ? "present" : "absent");
    }
  }

  #call(cursor: Cursor, node: Extract<Expression, { kind: "call" }>): void {
    const name = calledName(node.callee);
    const receiver = node.callee.kind === "member" ? node.callee.object : undefined;
    const [first, second] = node.arguments.map((argument) => argument.value);
    if (name === "includes" && receiver !== undefined && first !== undefined) {
      // `Object.keys(x).includes("key")`, and a list of names that a key of x is looked up in.
      const list = this.#keyList(receiver);
      if (list !== undefined) this.#add(this.#strings(first), first.span, "tested", () => this.#value(list), cursor, "present");
      return;
    }
    const through = name === "call" && receiver?.kind === "member" ? calledName(receiver) : name;
    if (OWN_TEST.test(through) || ACCESSOR.test(through)) {
      const how = OWN_TEST.test(through) ? "tested" : "read";
      const start = how === "tested" ? "present" : "value";
      if (second !== undefined && first !== undefined) {
        // `Object.hasOwn(x, "key")`, `Reflect.get(x, "key")`, `get(x, "a.key")`, `pick(x, ["key"])`.
        for (const [names, span] of this.#pathNames(second)) this.#add(names, span, how, () => this.#pathHolder(first, second, names), cursor, start);
      } else if (first !== undefined && receiver !== undefined && !isParameter(this.body, first)) {
        // `x.hasOwnProperty("key")`; a Map's `get` only when the Map is made of the object.
        this.#add(this.#strings(first), first.span, how, () => this.#value(receiver), cursor, start, true);
      }
      return;
    }
    for (const [position, argument] of node.arguments.entries()) {
      if (argument.value.kind !== "string" || !this.wanted.has(argument.value.value)) continue;
      const objects = this.#keyedByParameter(node.callee, position, REACH);
      const value = argument.value;
      if (objects.length > 0) this.#add([value.value], value.span, "read", () => merged(objects.map((object) => holderOfValue(this.ask, object))));
    }
  }

  /** The names and places in a key argument: one key, a list of keys, or a dotted path. */
  #pathNames(argument: Expression): readonly (readonly [readonly string[], Span])[] {
    if (argument.kind === "array") return argument.items.map(({ value }) => [this.#strings(value), value.span] as const);
    if (isParameter(this.body, argument)) return [];
    return [[this.#strings(argument).map((text) => text.split(".").at(-1) ?? text), argument.span]];
  }

  #pathHolder(object: Expression, argument: Expression, names: readonly string[]): Holder {
    const paths = argument.kind === "array" ? [argument.items.flatMap(({ value }) => this.#strings(value))] : this.#strings(argument).map((text) => text.split("."));
    const above = paths.flatMap((path) => (names.includes(path.at(-1) ?? "") ? path.slice(-2, -1) : []));
    const holder = this.#value(object);
    return { keys: holder.keys, under: new Set([...holder.under, ...above]) };
  }

  statement(cursor: Extract<Cursor, { of: "statement" }>): void {
    if (cursor.node.kind !== "switch") return;
    const object = this.#keyedObject(cursor.node.on);
    if (object === undefined) return;
    for (const { test } of cursor.node.cases) {
      if (test !== undefined) this.#add(this.#strings(test), test.span, "tested", () => this.#value(object));
    }
  }

  type(cursor: Extract<Cursor, { of: "type" }>): void {
    const node = cursor.node;
    if (node.kind === "members") {
      for (const member of node.members) {
        const forbids = member.type?.kind === "other" && (member.type.what === "never" || member.type.what === "undefined");
        this.#add([member.key], member.keySpan, "declared", () => holderOfType(this.ask, this.file, cursor), forbids ? "forbids" : undefined);
      }
      return;
    }
    if (node.kind === "indexed" && node.index.kind === "literal" && typeof node.index.value === "string") {
      this.#add([node.index.value], node.index.span, "declared", () => ({ keys: new Set(this.ask.membersOf({ file: this.file, type: node.object })), under: indexedUnder(node) }));
    }
    if (node.kind === "named" && KEY_TYPES.test(node.name)) {
      for (const argument of node.arguments) this.#keyType(argument, node.arguments[0] === argument ? undefined : node.arguments[0], cursor);
    }
  }

  #keyType(type: Extract<Cursor, { of: "type" }>["node"], object: Extract<Cursor, { of: "type" }>["node"] | undefined, cursor: Extract<Cursor, { of: "type" }>): void {
    const parts = type.kind === "union" ? type.parts : [type];
    for (const part of parts) {
      if (part.kind !== "literal" || typeof part.value !== "string") continue;
      this.#add([part.value], part.span, "declared", () => (object === undefined ? holderOfType(this.ask, this.file, cursor) : { keys: new Set(this.ask.membersOf({ file: this.file, type: object })), under: new Set() }));
    }
  }

  class(cursor: Extract<Cursor, { of: "class" }>): void {
    for (const member of cursor.node.members) this.#add(keyNames(this.ask, this.file, member), member.keySpan, "declared", () => holderOfType(this.ask, this.file, cursor));
  }

  /** Variables, parameters, functions, types and imports that carry the name. */
  names(): void {
    for (const binding of this.body.bindings) this.#add([binding.name], binding.span, "named", () => NO_HOLDER);
  }

  embedded(node: JsonNode, under: string | undefined): void {
    if (node.kind === "array") for (const item of node.items) this.embedded(item, under);
    if (node.kind !== "object") return;
    const keys = new Set(node.properties.map((property) => property.key));
    for (const property of node.properties) {
      this.#add([property.key], property.keySpan, "emitted", () => ({ keys, under: new Set(under === undefined ? [] : [under]) }));
      this.embedded(property.value, property.key);
    }
  }

  #add(
    names: readonly string[],
    span: Span,
    how: KeyUse["how"],
    holder: () => Holder,
    cursor?: Cursor | "forbids",
    starts: "value" | "present" | "absent" = "value",
    onlyWithHolder = false,
  ): void {
    const keys = names.filter((name) => this.wanted.has(name));
    const identity = `${String(span[0])}:${String(span[1])}`;
    if (keys.length === 0 || this.#seen.has(identity)) return;
    this.#seen.add(identity);
    if (onlyWithHolder && holder().under.size === 0 && holder().keys.size === 0) return;
    const { ask, file } = this;
    const refused = (): boolean => cursor === "forbids" || (cursor !== undefined && isRefused(ask, file, cursor, starts));
    this.uses.push({ keys, file, span, how, holder, refused });
  }

  #located(expression: Expression): Located {
    return { file: this.file, expression };
  }

  #value(expression: Expression): Holder {
    return holderOfValue(this.ask, this.#located(expression));
  }

  #strings(expression: Expression): readonly string[] {
    return expression.kind === "string" ? [expression.value] : strings(this.ask.valueOf(this.#located(expression)));
  }

  /** The object whose property names an expression runs through: `k` of `for (k in x)` or of `Object.keys(x)`. */
  #keyedObject(expression: Expression, reach = REACH): Expression | undefined {
    if (reach < 0) return undefined;
    switch (expression.kind) {
      case "reference": {
        const value = this.body.bindings[expression.binding]?.value;
        return value === undefined ? undefined : this.#keyedObject(value, reach - 1);
      }
      case "key-of":
        return expression.of;
      case "element":
        // An entry's first item is its key.
        return this.#keyList(expression.of) ?? (expression.index === 0 ? this.#keyedObject(expression.of, reach - 1) : undefined);
      case "parameter":
        return this.#callbackKeyList(expression.function);
      case "member":
        return expression.key.kind === "number" && expression.key.value === 0 ? this.#keyedObject(expression.object, reach - 1) : undefined;
      default:
        return undefined;
    }
  }

  /** `x` of `Object.keys(x)` and its kin, through a name. */
  #keyList(expression: Expression): Expression | undefined {
    if (expression.kind === "reference") {
      const value = this.body.bindings[expression.binding]?.value;
      return value === undefined || value.kind === "reference" ? undefined : this.#keyList(value);
    }
    if (expression.kind !== "call" || !KEY_LISTS.test(calledName(expression.callee))) return undefined;
    return expression.arguments[0]?.value;
  }

  /** `x` when a function is the callback of `Object.keys(x).some(…)`. */
  #callbackKeyList(fn: number): Expression | undefined {
    const call = this.ask.cursors(this.file)?.functionSite(fn)?.parent;
    if (call?.of !== "expression" || call.node.kind !== "call" || call.node.callee.kind !== "member") return undefined;
    return this.#keyList(call.node.callee.object);
  }

  /** The objects that a called function reads with its n-th parameter as key. */
  #keyedByParameter(callee: Expression, position: number, reach: number, file: Path = this.file): readonly Located[] {
    if (reach === 0) return [];
    const objects: Located[] = [];
    for (const origin of this.ask.originsOf({ file, expression: callee }).origins) {
      if (origin.kind !== "literal" || origin.at.expression.kind !== "function") continue;
      const home = origin.at.file;
      const body = this.ask.body(home);
      const binding = body?.functions[origin.at.expression.function]?.parameters[position]?.binding;
      if (body === undefined || binding === undefined) continue;
      for (const reference of this.ask.cursors(home)?.references(binding) ?? []) {
        const parent = reference.parent;
        if (parent?.of !== "expression") continue;
        const node = parent.node;
        if (node.kind === "member" && reference.role === "key") objects.push({ file: home, expression: node.object });
        else if (node.kind === "binary" && node.operator === "in" && reference.role === "left") objects.push({ file: home, expression: node.right });
        else if (node.kind === "call" && reference.role === "argument") {
          const at = node.arguments.findIndex((argument) => argument.value === reference.node);
          const first = node.arguments[0]?.value;
          if (OWN_TEST.test(calledName(node.callee)) && at === 1 && first !== undefined) objects.push({ file: home, expression: first });
          else objects.push(...this.#keyedByParameter(node.callee, at, reach - 1, home));
        }
      }
    }
    return objects;
  }
}

function isParameter(body: ModuleBody, expression: Expression): boolean {
  return expression.kind === "reference" && body.bindings[expression.binding]?.kind === "parameter" && body.bindings[expression.binding]?.value?.kind === "parameter";
}

/** A schema that admits no value: `Type.Never()`, `z.never()`, `z.undefined()`. */
function isNever(expression: Expression): boolean {
  if (expression.kind === "call") return /^(?:never|undefined|Never|Undefined)$/u.test(calledName(expression.callee)) || expression.arguments.some((argument) => isNever(argument.value)) || (expression.callee.kind === "member" && isNever(expression.callee.object));
  return false;
}

function indexedUnder(node: { readonly object: { readonly kind: string; readonly index?: { readonly kind: string; readonly value?: unknown } } }): ReadonlySet<string> {
  const index = node.object.kind === "indexed" ? node.object.index : undefined;
  return new Set(index?.kind === "literal" && typeof index.value === "string" ? [index.value] : []);
}

function merged(holders: readonly Holder[]): Holder {
  return { keys: new Set(holders.flatMap((holder) => [...holder.keys])), under: new Set(holders.flatMap((holder) => [...holder.under])) };
}
