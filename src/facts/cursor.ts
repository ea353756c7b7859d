import type { Argument, BindingId, ClassFact, Expression, FunctionId, ModuleBody, ObjectEntry, Statement, TypeExpression } from "./expression.js";

/** A visited piece of a module with the way back to what holds it. */
export type Cursor =
  | { readonly of: "expression"; readonly node: Expression; readonly role: string; readonly parent: Cursor | undefined; readonly function: FunctionId }
  | { readonly of: "statement"; readonly node: Statement; readonly role: string; readonly parent: Cursor | undefined; readonly function: FunctionId }
  | { readonly of: "type"; readonly node: TypeExpression; readonly role: string; readonly parent: Cursor | undefined; readonly function: FunctionId }
  | { readonly of: "class"; readonly node: ClassFact; readonly role: string; readonly parent: Cursor | undefined; readonly function: FunctionId };

/**
 * Visits everything in a module once, outermost first, in source order within each function.
 *
 * A function's body is visited where the function stands, so that a callback's cursor leads back to the call that takes it.
 * `role` names how a piece sits in its parent (`"test"`, `"callee"`, `"argument"`, `"then"`, …).
 *
 * @param body the module
 */
export function* walk(body: ModuleBody): Generator<Cursor> {
  const walker = new Walker(body);
  yield* walker.functionBody(0, undefined);
  // Declarations that no statement reaches: hoisted functions, classes, types, imports' own types.
  for (let id = 0; id < body.bindings.length; id += 1) yield* walker.binding(id, undefined, body.bindings[id]?.function ?? 0);
  for (let id = 1; id < body.functions.length; id += 1) yield* walker.functionBody(id, undefined);
}

class Walker {
  readonly #body: ModuleBody;
  readonly #bindings = new Set<BindingId>();
  readonly #functions = new Set<FunctionId>();
  readonly #classes = new Set<ClassFact>();
  readonly #parameters: ReadonlyMap<FunctionId, readonly BindingId[]>;

  constructor(body: ModuleBody) {
    this.#body = body;
    const parameters = new Map<FunctionId, BindingId[]>();
    for (const [id, binding] of body.bindings.entries()) {
      if (binding.kind !== "parameter") continue;
      const list = parameters.get(binding.function);
      if (list === undefined) parameters.set(binding.function, [id]);
      else list.push(id);
    }
    this.#parameters = parameters;
  }

  *functionBody(id: FunctionId, parent: Cursor | undefined): Generator<Cursor> {
    const fact = this.#body.functions[id];
    if (fact === undefined || this.#functions.has(id)) return;
    this.#functions.add(id);
    for (const parameter of this.#parameters.get(id) ?? []) yield* this.binding(parameter, parent, id);
    for (const parameter of fact.parameters) yield* this.type(parameter.type, "parameter-type", parent, id);
    yield* this.type(fact.returns, "returns", parent, id);
    yield* this.statements(fact.body, "body", parent, id);
  }

  *binding(id: BindingId, parent: Cursor | undefined, fn: FunctionId): Generator<Cursor> {
    const binding = this.#body.bindings[id];
    if (binding === undefined || this.#bindings.has(id)) return;
    this.#bindings.add(id);
    yield* this.type(binding.type, binding.kind === "type" || binding.kind === "interface" ? "declaration" : "annotation", parent, fn);
    // A function or class expression that has a name is visited where it stands, not again where it sees itself.
    if (binding.value?.kind === "function" && this.#functions.has(binding.value.function)) return;
    if (binding.value?.kind === "class" && this.#classes.has(binding.value.class)) return;
    yield* this.expression(binding.value, "value", parent, fn);
  }

  /** What an assignment makes (`exports.a = …` inside an expression) is visited there. */
  #made(id: BindingId, value: Expression): void {
    const made = this.#body.bindings[id]?.value;
    if (made?.kind === value.kind && made.span[0] === value.span[0] && made.span[1] === value.span[1]) this.#bindings.add(id);
  }

  *statements(list: readonly Statement[], role: string, parent: Cursor | undefined, fn: FunctionId): Generator<Cursor> {
    for (const node of list) {
      const at: Cursor = { of: "statement", node, role, parent, function: fn };
      yield at;
      yield* this.insideStatement(node, at, fn);
    }
  }

  *insideStatement(node: Statement, at: Cursor, fn: FunctionId): Generator<Cursor> {
    switch (node.kind) {
      case "expression":
        yield* this.expression(node.expression, "expression", at, fn);
        break;
      case "declare":
        yield* this.binding(node.binding, at, fn);
        break;
      case "if":
        yield* this.expression(node.test, "test", at, fn);
        yield* this.statements(node.then, "then", at, fn);
        yield* this.statements(node.else, "else", at, fn);
        break;
      case "return":
      case "throw":
        yield* this.expression(node.value, "value", at, fn);
        break;
      case "loop":
        yield* this.statements(node.init, "init", at, fn);
        yield* this.expression(node.each, "each", at, fn);
        yield* this.expression(node.test, "test", at, fn);
        yield* this.expression(node.update, "update", at, fn);
        yield* this.statements(node.body, "body", at, fn);
        break;
      case "switch":
        yield* this.expression(node.on, "on", at, fn);
        for (const { test, body } of node.cases) {
          yield* this.expression(test, "case", at, fn);
          yield* this.statements(body, "case-body", at, fn);
        }
        break;
      case "try":
        yield* this.statements(node.block, "try", at, fn);
        yield* this.statements(node.handler ?? [], "catch", at, fn);
        yield* this.statements(node.finalizer ?? [], "finally", at, fn);
        break;
      case "block":
        yield* this.statements(node.body, "body", at, fn);
        break;
      case "class":
        if (node.binding !== undefined) this.#bindings.add(node.binding);
        yield* this.class(node.class, "declaration", at, fn);
        break;
      case "break":
      case "continue":
        break;
    }
  }

  *expression(node: Expression | undefined, role: string, parent: Cursor | undefined, fn: FunctionId): Generator<Cursor> {
    if (node === undefined) return;
    const at: Cursor = { of: "expression", node, role, parent, function: fn };
    yield at;
    switch (node.kind) {
      case "nothing":
      case "await":
      case "unary":
      case "yield":
        yield* this.expression(node.operand, "operand", at, fn);
        break;
      case "template":
        yield* this.expression(node.tag, "tag", at, fn);
        for (const part of node.parts) if (typeof part !== "string") yield* this.expression(part, "hole", at, fn);
        break;
      case "member":
        yield* this.expression(node.object, "object", at, fn);
        if (node.computed) yield* this.expression(node.key, "key", at, fn);
        break;
      case "call":
      case "new":
        yield* this.expression(node.callee, "callee", at, fn);
        for (const type of node.typeArguments ?? []) yield* this.type(type, "type-argument", at, fn);
        yield* this.arguments(node.arguments, "argument", at, fn);
        break;
      case "import":
        yield* this.expression(node.specifier, "specifier", at, fn);
        break;
      case "object":
        yield* this.entries(node.entries, at, fn);
        break;
      case "array":
        yield* this.arguments(node.items, "item", at, fn);
        break;
      case "function":
        yield* this.functionBody(node.function, at);
        break;
      case "class":
        yield* this.class(node.class, "expression", at, fn);
        break;
      case "conditional":
        yield* this.expression(node.test, "test", at, fn);
        yield* this.expression(node.then, "then", at, fn);
        yield* this.expression(node.else, "else", at, fn);
        break;
      case "logical":
      case "binary":
        yield* this.expression(node.left, "left", at, fn);
        yield* this.expression(node.right, "right", at, fn);
        break;
      case "assign":
        if (node.target.kind === "reference") this.#made(node.target.binding, node.value);
        yield* this.expression(node.target, "target", at, fn);
        yield* this.expression(node.value, "value", at, fn);
        break;
      case "sequence":
        for (const item of node.items) yield* this.expression(item, "item", at, fn);
        break;
      case "typed":
        yield* this.expression(node.operand, "operand", at, fn);
        yield* this.type(node.type, "type", at, fn);
        break;
      case "element":
      case "key-of":
      case "rest":
        yield* this.expression(node.of, "of", at, fn);
        break;
      case "default":
        yield* this.expression(node.operand, "operand", at, fn);
        yield* this.expression(node.fallback, "fallback", at, fn);
        break;
      case "jsx":
        yield* this.expression(node.component, "component", at, fn);
        yield* this.entries(node.attributes, at, fn);
        for (const child of node.children) yield* this.expression(child, "child", at, fn);
        break;
      case "opaque":
        for (const operand of node.operands) yield* this.expression(operand, "operand", at, fn);
        break;
      default:
        break;
    }
  }

  *arguments(list: readonly Argument[], role: string, at: Cursor, fn: FunctionId): Generator<Cursor> {
    for (const argument of list) yield* this.expression(argument.value, argument.spread ? "spread" : role, at, fn);
  }

  *entries(list: readonly ObjectEntry[], at: Cursor, fn: FunctionId): Generator<Cursor> {
    for (const entry of list) {
      if (entry.kind === "property" && entry.computed) yield* this.expression(entry.key, "key", at, fn);
      yield* this.expression(entry.value, entry.kind === "spread" ? "spread" : "property", at, fn);
    }
  }

  *class(node: ClassFact, role: string, parent: Cursor | undefined, fn: FunctionId): Generator<Cursor> {
    const at: Cursor = { of: "class", node, role, parent, function: fn };
    yield at;
    this.#classes.add(node);
    for (const decorator of node.decorators ?? []) yield* this.expression(decorator, "decorator", at, fn);
    yield* this.expression(node.extends, "extends", at, fn);
    if (node.constructorFunction !== undefined) yield* this.functionBody(node.constructorFunction, at);
    for (const member of node.members) {
      if (member.computed) yield* this.expression(member.key, "key", at, fn);
      for (const decorator of member.decorators ?? []) yield* this.expression(decorator, "decorator", at, fn);
      yield* this.type(member.type, "annotation", at, fn);
      yield* this.expression(member.value, "member", at, fn);
    }
  }

  *type(node: TypeExpression | undefined, role: string, parent: Cursor | undefined, fn: FunctionId): Generator<Cursor> {
    if (node === undefined) return;
    const at: Cursor = { of: "type", node, role, parent, function: fn };
    yield at;
    switch (node.kind) {
      case "named":
      case "import":
        for (const argument of node.arguments) yield* this.type(argument, "type-argument", at, fn);
        break;
      case "members":
        for (const member of node.members) yield* this.type(member.type, `member:${member.key}`, at, fn);
        yield* this.type(node.index, "index-signature", at, fn);
        break;
      case "array":
        yield* this.type(node.element, "element", at, fn);
        break;
      case "tuple":
        for (const element of node.elements) yield* this.type(element, "element", at, fn);
        break;
      case "union":
      case "intersection":
      case "other":
        for (const part of node.parts) yield* this.type(part, "part", at, fn);
        break;
      case "function":
        for (const parameter of node.parameters) yield* this.type(parameter, "parameter-type", at, fn);
        yield* this.type(node.returns, "returns", at, fn);
        break;
      case "typeof":
        yield* this.expression(node.expression, "typeof", at, fn);
        break;
      case "indexed":
        yield* this.type(node.object, "object", at, fn);
        yield* this.type(node.index, "index", at, fn);
        break;
      case "literal":
        break;
    }
  }
}
