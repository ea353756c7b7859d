import type { Expression, ModuleBody, Span } from "../facts/expression.js";
import type { JsonNode } from "../facts/facts.js";
import type { Cursor } from "../facts/cursor.js";
import type { Path } from "../files/path.js";
import { admitsNothing, isDenyTable, refusesAll, rowsOf, runsOverList } from "./deny-list.js";
import {
  calledName,
  holderOfLiteral,
  holderOfType,
  holderOfValue,
  keyNames,
  possibleStrings,
  propertiesOf,
  type Holder,
  type HolderAsk,
} from "./holders.js";
import { isConstantName, type Depth } from "./key-sources.js";
import { keysInType } from "./key-types.js";
import { accessesByArgument, isNamedCallsKey, keyedObject, keyList, OWN_TEST, type Slot } from "./keyed-objects.js";
import { isRefused, type PresenceSign } from "./refusal.js";
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
const ACCESSORS: ReadonlySet<string> = new Set([
  ...["get", "getOr", "getProperty", "getOwnPropertyDescriptor", "prop", "propOr", "property", "path", "pathOr", "pluck", "result"],
  ...["set", "unset", "update", "append", "defineProperty", "deleteProperty", "pick", "omit", "select", "where"],
  ...["groupBy", "keyBy", "sortBy", "orderBy", "countBy", "indexBy", "uniqBy", "minBy", "maxBy"],
]);

/** Expressions whose methods are the language's own, and what makes a collection. */
const STANDARD: ReadonlySet<Expression["kind"]> = new Set(["array", "string", "template", "regex", "number"]);
const COLLECTIONS: ReadonlySet<string> = new Set(["Map", "Set", "WeakMap", "WeakSet", "Array"]);

/** Expressions that can be a text. */
const TEXTS: ReadonlySet<Expression["kind"]> = new Set(["string", "template", "binary", "conditional", "typed", "member", "element"]);

/**
 * Every place where a file spells one of the wanted property names, however it is written.
 *
 * @param ask questions on the workspace
 * @param file the source file
 * @param wanted property names
 * @param depth how hard to look
 */
export function keyUses(ask: HolderAsk, file: Path, wanted: ReadonlySet<string>, depth: Exclude<Depth, "none">): readonly KeyUse[] {
  const body = ask.body(file);
  const index = ask.cursors(file);
  if (body === undefined || index === undefined) return [];
  const collector = new Collector(ask, file, body, wanted, depth);
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

/** A use before it is known whether any of its names is wanted. */
export interface Candidate {
  readonly names: readonly string[];
  readonly span: Span;
  readonly how: KeyUse["how"];
  readonly holder?: () => Holder;
  readonly refused?: () => boolean;
}

class Collector {
  readonly uses: KeyUse[] = [];
  readonly #seen = new Set<string>();

  readonly ask: HolderAsk;
  readonly file: Path;
  readonly body: ModuleBody;
  readonly wanted: ReadonlySet<string>;
  /** The file spells one of the names. */
  readonly #spells: boolean;
  readonly #depth: Depth;
  /** The keys that may be names which the file does not spell. */
  readonly #open: readonly Span[];

  constructor(ask: HolderAsk, file: Path, body: ModuleBody, wanted: ReadonlySet<string>, depth: Depth) {
    this.ask = ask;
    this.file = file;
    this.body = body;
    this.wanted = wanted;
    this.#depth = depth;
    const { names = [], openKeys = { taken: [], changed: [] } } = ask.source(file) ?? {};
    this.#spells = names.some((name) => wanted.has(name));
    this.#open = depth === "full" ? [...openKeys.taken, ...openKeys.changed] : openKeys.changed;
  }

  expression(cursor: Cursor, node: Expression): void {
    switch (node.kind) {
      case "member":
        this.#member(cursor, node);
        return;
      case "object":
        this.#object(cursor, node);
        return;
      case "array":
        this.#pairs(node);
        return;
      case "jsx": {
        const properties = node.attributes.filter((entry) => entry.kind === "property");
        const names = new Set(properties.flatMap((entry) => this.#keyNames(entry)));
        for (const entry of properties) {
          this.#add({
            names: this.#keyNames(entry),
            span: entry.keySpan,
            how: "declared",
            holder: () => ({ keys: names, under: new Set() }),
          });
        }
        return;
      }
      case "binary":
        this.#binary(cursor, node);
        return;
      case "call":
        this.#call(cursor, node);
        return;
      case "global":
        this.#add({ names: [node.name], span: node.span, how: "named" });
        return;
      default:
    }
  }

  #member(cursor: Cursor, node: Extract<Expression, { kind: "member" }>): void {
    if (node.computed && isNamedCallsKey(this.ask, this.file, this.body, node.key)) return;
    this.#add({
      names: node.computed ? this.#strings(node.key) : this.#keyNames(node),
      span: node.keySpan,
      how: "read",
      holder: () => this.#value(node.object),
      refused: () => this.#isDenyTable(node.object) || this.#isRefused(cursor, "value", node.key),
    });
  }

  #object(cursor: Cursor, node: Extract<Expression, { kind: "object" }>): void {
    for (const entry of node.entries) {
      if (entry.kind !== "property") continue;
      this.#add({
        names: this.#keyNames(entry),
        span: entry.keySpan,
        how: "declared",
        holder: () => holderOfLiteral(this.ask, this.#located(node)),
        refused: () =>
          admitsNothing(entry.value) || (isInSchema(cursor) && refusesAll(entry.value)) || isDenyTable(rowsOf(node), this.wanted),
      });
    }
  }

  /** The rows of `new Map([["key", value]])` and of what `Object.fromEntries` is given. */
  #pairs(node: Extract<Expression, { kind: "array" }>): void {
    const pairs = node.items.flatMap(({ value }) => (value.kind === "array" && value.items.length === 2 ? value.items.slice(0, 1) : []));
    const holder = (): Holder => {
      const { under } = holderOfLiteral(this.ask, this.#located(node));
      return { keys: new Set(pairs.flatMap(({ value }) => this.#strings(value))), under };
    };
    for (const { value } of pairs)
      this.#add({
        names: this.#strings(value),
        span: value.span,
        how: "declared",
        holder,
        refused: () => isDenyTable(rowsOf(node), this.wanted),
      });
  }

  #binary(cursor: Cursor, node: Extract<Expression, { kind: "binary" }>): void {
    if (node.operator === "in") {
      if (isNamedCallsKey(this.ask, this.file, this.body, node.left)) return;
      const refused = (): boolean => this.#isRefused(cursor, "present", node.left);
      this.#add({ names: this.#strings(node.left), span: node.left.span, how: "tested", holder: () => this.#value(node.right), refused });
      return;
    }
    if (!/^[!=]==?$/u.test(node.operator)) return;
    const sign = node.operator.startsWith("=") ? "present" : "absent";
    for (const [side, other] of [
      [node.left, node.right],
      [node.right, node.left],
    ] as const) {
      if (side.kind === "string") this.#keyTest(side, other, () => this.#isRefused(cursor, sign, other));
    }
  }

  statement(cursor: Extract<Cursor, { of: "statement" }>): void {
    const { node } = cursor;
    if (node.kind !== "switch") return;
    for (const { test } of node.cases) {
      const at = test === undefined ? undefined : this.ask.cursors(this.file)?.of(test);
      if (test !== undefined && at !== undefined) this.#keyTest(test, node.on, () => isRefused(this.ask, this.file, at, "present", false));
    }
  }

  /** A name is compared with what may be the key of an object. */
  #keyTest(name: Expression, key: Expression, refused: () => boolean): void {
    const object = keyedObject(this.ask, this.#located(key));
    this.#add({
      names: this.#strings(name),
      span: name.span,
      how: "tested",
      refused,
      ...(object !== undefined && { holder: () => this.#value(object) }),
    });
  }

  #call(cursor: Cursor, node: Extract<Expression, { kind: "call" }>): void {
    const name = calledName(node.callee);
    const receiver = node.callee.kind === "member" ? node.callee.object : undefined;
    const [first, second] = node.arguments.map((argument) => argument.value);
    const list = receiver === undefined ? undefined : keyList(this.ask, this.#located(receiver));
    if (first !== undefined && list !== undefined && /^(?:includes|has|indexOf|lastIndexOf)$/u.test(name)) {
      // `Object.keys(x).includes("key")`, `new Set(Object.keys(x)).has("key")`.
      const refused = (): boolean => this.#isRefused(cursor, name.endsWith("ndexOf") ? "index" : "present", first);
      this.#add({ names: this.#strings(first), span: first.span, how: "tested", holder: () => this.#value(list), refused });
      return;
    }
    const through = name === "call" && receiver?.kind === "member" ? calledName(receiver) : name;
    if (name === "includes") return;
    // A function of the workspace says itself what it does, whatever it is called.
    this.#named(node);
    if (OWN_TEST.test(through) || ACCESSORS.has(through)) this.#access(cursor, through, receiver, first, second);
  }

  #access(
    cursor: Cursor,
    name: string,
    receiver: Expression | undefined,
    first: Expression | undefined,
    second: Expression | undefined,
  ): void {
    const isTest = OWN_TEST.test(name);
    const how = isTest ? "tested" : "read";
    const sign = isTest ? "present" : "value";
    // `Object.hasOwn(x, "key")`, `Reflect.get(x, "key")`, `get(x, "a.key")`, `pick(x, ["key"])`, also `set(x, "key", value)`.
    if (first !== undefined && second !== undefined) {
      for (const [names, key] of this.#pathNames(second)) {
        this.#add({
          names,
          span: key.span,
          how,
          holder: () => this.#pathHolder(first, second, names),
          refused: () => this.#isRefused(cursor, sign, key),
        });
      }
    }
    // `x.hasOwnProperty("key")`, `new Map(Object.entries(x)).get("key")`, `property("a.key")`.
    if (first === undefined || isNamedCallsKey(this.ask, this.file, this.body, first)) return;
    for (const [names, key] of this.#pathNames(first)) {
      const refused = (): boolean => (receiver !== undefined && this.#isDenyTable(receiver)) || this.#isRefused(cursor, sign, key);
      this.#add({ names, span: key.span, how, holder: () => this.#pathHolder(receiver, first, names), refused });
    }
  }

  /** Whether what is called belongs to a global object, or is a method of a list, a text or a collection that the file makes. */
  #isOfLanguage(callee: Expression): boolean {
    const root = rootOf(callee);
    if (root.kind === "global") return true;
    if (callee.kind !== "member" || callee.object !== root) return false;
    const made = root.kind === "reference" ? this.body.bindings[root.binding]?.value : root;
    return made !== undefined && (STANDARD.has(made.kind) || (made.kind === "new" && made.callee.kind === "global" && COLLECTIONS.has(made.callee.name)));
  }

  /** A function of the workspace is called with the name of the property that it reads, be it one of its options. */
  #named(node: Extract<Expression, { kind: "call" | "new" }>): void {
    if (this.#isOfLanguage(node.callee)) return;
    const given = node.arguments.map(({ value }) => this.#located(value));
    for (const [position, { value }] of node.arguments.entries()) {
      if (value.kind !== "object") this.#passed(node, given, { position }, value);
      else {
        for (const { key, value: option } of propertiesOf(value)) if (key.kind === "string") this.#passed(node, given, { position, property: key.value }, option);
      }
    }
  }

  /** Whether a value can be one of the names by its looks: most arguments are none, and finding out costs a look at what they are. */
  #mayName(value: Expression): boolean {
    if (value.kind === "string") return this.wanted.has(value.value);
    if (value.kind === "typed") return this.#mayName(value.operand);
    // A file that spells no name can only pass one that it takes, by the name of a constant.
    if (!this.#spells) return this.#isTakenConstant(value);
    const named = value.kind === "member" ? value.object : value;
    const binding = named.kind === "reference" ? this.body.bindings[named.binding] : undefined;
    if (value.kind === "template") return value.parts.every((part) => typeof part !== "string" || [...this.wanted].some((name) => name.includes(part)));
    if (value.kind === "binary" || value.kind === "conditional") return true;
    if (binding === undefined) return false;
    if (binding.import !== undefined || binding.kind === "enum") return true;
    if (value.kind === "member") return binding.value?.kind === "object" || binding.value?.kind === "typed";
    return binding.kind === "parameter" || (binding.value !== undefined && TEXTS.has(binding.value.kind));
  }

  #passed(node: Extract<Expression, { kind: "call" | "new" }>, given: readonly Located[], slot: Slot, value: Expression): void {
    if (!this.#mayName(value) || isNamedCallsKey(this.ask, this.file, this.body, value)) return;
    const names = this.#strings(value).filter((name) => this.wanted.has(name));
    const accesses = names.length === 0 ? [] : accessesByArgument(this.ask, this.file, node.callee, given, slot);
    if (accesses.length === 0) return;
    this.#add({
      names,
      span: value.span,
      how: "read",
      holder: () => merged(accesses.map(({ object }) => holderOfValue(this.ask, object))),
      refused: () => accesses.every(({ file, at, sign }) => isRefused(this.ask, file, at, sign, runsOverList(this.body, value))),
    });
  }

  /** The names in a key argument, each with its expression: one key, a list of keys, or a dotted path. */
  #pathNames(argument: Expression): readonly (readonly [readonly string[], Expression])[] {
    if (argument.kind === "array") return argument.items.map(({ value }) => [this.#strings(value), value] as const);
    if (isNamedCallsKey(this.ask, this.file, this.body, argument)) return [];
    return [[this.#strings(argument).map((text) => text.split(".").at(-1) ?? text), argument]];
  }

  #pathHolder(object: Expression | undefined, argument: Expression, names: readonly string[]): Holder {
    const paths =
      argument.kind === "array"
        ? [argument.items.flatMap(({ value }) => this.#strings(value))]
        : this.#strings(argument).map((text) => text.split("."));
    const above = paths.flatMap((path) => (names.includes(path.at(-1) ?? "") ? path.slice(-2, -1) : []));
    const { keys, under } = object === undefined ? NO_HOLDER : this.#value(object);
    return { keys, under: new Set([...under, ...above]) };
  }

  type(cursor: Extract<Cursor, { of: "type" }>): void {
    for (const candidate of keysInType(this.ask, this.file, cursor, this.wanted)) this.#add(candidate);
  }

  class(cursor: Extract<Cursor, { of: "class" }>): void {
    for (const member of cursor.node.members) {
      this.#add({
        names: this.#keyNames(member),
        span: member.keySpan,
        how: "declared",
        holder: () => holderOfType(this.ask, this.file, cursor),
      });
    }
  }

  /** Variables, parameters, functions, types, imports and exports that carry the name. */
  names(): void {
    for (const { name, span, import: imported } of this.body.bindings)
      this.#add({ names: imported === undefined ? [name] : [name, imported.name], span, how: "named" });
    for (const { name, from, span } of this.ask.source(this.file)?.exports ?? [])
      this.#add({ names: from === undefined ? [name] : [name, from.name], span, how: "named" });
  }

  embedded(node: JsonNode, under: string | undefined): void {
    if (node.kind === "array") for (const item of node.items) this.embedded(item, under);
    if (node.kind !== "object") return;
    const keys = new Set(node.properties.map((property) => property.key));
    for (const { key, keySpan, value } of node.properties) {
      this.#add({
        names: [key],
        span: keySpan,
        how: "emitted",
        holder: () => ({ keys, under: new Set(under === undefined ? [] : [under]) }),
      });
      this.embedded(value, key);
    }
  }

  #add({ names, span, how, holder = () => NO_HOLDER, refused = () => false }: Candidate): void {
    const keys = [...new Set(names.map((name) => name.replace(/^#/u, "")))].filter((name) => this.wanted.has(name));
    const identity = `${String(span[0])}:${String(span[1])}`;
    if (keys.length === 0 || this.#seen.has(identity)) return;
    this.#seen.add(identity);
    this.uses.push({ keys, file: this.file, span, how, holder, refused });
  }

  #isRefused(cursor: Cursor, sign: PresenceSign, key: Expression): boolean {
    return isRefused(this.ask, this.file, cursor, sign, runsOverList(this.body, key));
  }

  /** Whether a value is a table of refused names: looking up what it says to one is no use of the name. */
  #isDenyTable(table: Expression): boolean {
    const { origins } = this.ask.originsOf(this.#located(table));
    const made = origins.filter(({ kind }) => kind !== "typed");
    return made.length > 0 && made.every(({ at }) => isDenyTable(rowsOf(at.expression), this.wanted));
  }

  #located(expression: Expression): Located {
    return { file: this.file, expression };
  }

  #value(expression: Expression): Holder {
    return holderOfValue(this.ask, this.#located(expression));
  }

  /** The names that a property can have. */
  #keyNames(entry: { readonly key: Expression; readonly computed: boolean }): readonly string[] {
    return entry.key.kind === "string" || this.#mayBeWanted(entry.key) ? keyNames(this.ask, this.file, entry) : [];
  }

  #strings(expression: Expression): readonly string[] {
    if (expression.kind === "string") return [expression.value];
    return this.#mayBeWanted(expression) ? possibleStrings(this.ask.valueOf(this.#located(expression))) : [];
  }

  /** Whether it may pay to find out what an expression is: where no name is spelled, only some keys and taken constants can be one. */
  #mayBeWanted(expression: Expression): boolean {
    const [start, end] = expression.span;
    return this.#spells || this.#open.some(([from, to]) => from <= start && end <= to) || this.#isTakenConstant(expression);
  }

  /** Whether an expression is a name that the file takes, and that is written as constants are, or a member of it. */
  #isTakenConstant(value: Expression): boolean {
    if (this.#depth !== "full") return false;
    if (value.kind === "typed") return this.#isTakenConstant(value.operand);
    const named = value.kind === "member" ? value.object : value;
    const taken = named.kind === "reference" ? this.body.bindings[named.binding]?.import : undefined;
    return taken !== undefined && isConstantName(taken.name);
  }
}

/** What a chain of reads and calls begins with: what is called of a global object is no function of the workspace. */
function rootOf(expression: Expression): Expression {
  if (expression.kind === "member") return rootOf(expression.object);
  return expression.kind === "call" ? rootOf(expression.callee) : expression;
}

/** Whether an object literal lists the properties of a JSON schema. */
function isInSchema(cursor: Cursor): boolean {
  const above = cursor.parent;
  if (above?.of !== "expression" || above.node.kind !== "object") return false;
  return above.node.entries.some(
    (entry) => entry.kind === "property" && entry.value === cursor.node && entry.key.kind === "string" && entry.key.value === "properties",
  );
}

function merged(holders: readonly Holder[]): Holder {
  return { keys: new Set(holders.flatMap((holder) => [...holder.keys])), under: new Set(holders.flatMap((holder) => [...holder.under])) };
}
