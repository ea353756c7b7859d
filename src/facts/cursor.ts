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
export function walk(body: ModuleBody): readonly Cursor[] {
  const walker = new Walker(body);
  walker.functionBody(0, undefined);
  // Declarations that no statement reaches: hoisted functions, classes, types, imports' own types.
  for (let id = 0; id < body.bindings.length; id += 1) walker.binding(id, undefined, body.bindings[id]?.function ?? 0);
  for (let id = 1; id < body.functions.length; id += 1) walker.functionBody(id, undefined);
  return walker.found;
}

class Walker {
  readonly found: Cursor[] = [];
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

  functionBody(id: FunctionId, parent: Cursor | undefined): void {
    const fact = this.#body.functions[id];
    if (fact === undefined || this.#functions.has(id)) return;
    this.#functions.add(id);
    for (const parameter of this.#parameters.get(id) ?? []) this.binding(parameter, parent, id);
    for (const parameter of fact.parameters) this.type(parameter.type, "parameter-type", parent, id);
    this.type(fact.returns, "returns", parent, id);
    this.statements(fact.body, "body", parent, id);
  }

  binding(id: BindingId, parent: Cursor | undefined, fn: FunctionId): void {
    const binding = this.#body.bindings[id];
    if (binding === undefined || this.#bindings.has(id)) return;
    this.#bindings.add(id);
    this.type(binding.type, binding.kind === "type" || binding.kind === "interface" ? "declaration" : "annotation", parent, fn);
    // A function or class expression that has a name is visited where it stands, not again where it sees itself.
    if (binding.value?.kind === "function" && this.#functions.has(binding.value.function)) return;
    if (binding.value?.kind === "class" && this.#classes.has(binding.value.class)) return;
    this.expression(binding.value, "value", parent, fn);
  }

  /** What an assignment makes (`exports.a = …` inside an expression) is visited there. */
  #made(id: BindingId, value: Expression): void {
    const made = this.#body.bindings[id]?.value;
    if (made?.kind === value.kind && made.span[0] === value.span[0] && made.span[1] === value.span[1]) this.#bindings.add(id);
  }

  statements(list: readonly Statement[], role: string, parent: Cursor | undefined, fn: FunctionId): void {
    for (const node of list) {
      const at: Cursor = { of: "statement", node, role, parent, function: fn };
      this.found.push(at);
      this.insideStatement(node, at, fn);
    }
  }

  insideStatement(node: Statement, at: Cursor, fn: FunctionId): void {
    switch (node.kind) {
      case "expression":
        this.expression(node.expression, "expression", at, fn);
        break;
      case "declare":
        this.binding(node.binding, at, fn);
        break;
      case "if":
        this.expression(node.test, "test", at, fn);
        this.statements(node.then, "then", at, fn);
        this.statements(node.else, "else", at, fn);
        break;
      case "return":
      case "throw":
        this.expression(node.value, "value", at, fn);
        break;
      case "loop":
        this.statements(node.init, "init", at, fn);
        this.expression(node.each, "each", at, fn);
        this.expression(node.test, "test", at, fn);
        this.expression(node.update, "update", at, fn);
        this.statements(node.body, "body", at, fn);
        break;
      case "switch":
        this.expression(node.on, "on", at, fn);
        for (const { test, body } of node.cases) {
          this.expression(test, "case", at, fn);
          this.statements(body, "case-body", at, fn);
        }
        break;
      case "try":
        this.statements(node.block, "try", at, fn);
        this.statements(node.handler ?? [], "catch", at, fn);
        this.statements(node.finalizer ?? [], "finally", at, fn);
        break;
      case "block":
        this.statements(node.body, "body", at, fn);
        break;
      case "class":
        if (node.binding !== undefined) this.#bindings.add(node.binding);
        this.class(node.class, "declaration", at, fn);
        break;
      case "break":
      case "continue":
        break;
    }
  }

  expression(node: Expression | undefined, role: string, parent: Cursor | undefined, fn: FunctionId): void {
    if (node === undefined) return;
    const at: Cursor = { of: "expression", node, role, parent, function: fn };
    this.found.push(at);
    switch (node.kind) {
      case "nothing":
      case "await":
      case "unary":
      case "yield":
        this.expression(node.operand, "operand", at, fn);
        break;
      case "template":
        this.expression(node.tag, "tag", at, fn);
        for (const part of node.parts) if (typeof part !== "string") this.expression(part, "hole", at, fn);
        break;
      case "member":
        this.expression(node.object, "object", at, fn);
        if (node.computed) this.expression(node.key, "key", at, fn);
        break;
      case "call":
      case "new":
        this.expression(node.callee, "callee", at, fn);
        for (const type of node.typeArguments ?? []) this.type(type, "type-argument", at, fn);
        this.arguments(node.arguments, "argument", at, fn);
        break;
      case "import":
        this.expression(node.specifier, "specifier", at, fn);
        break;
      case "object":
        this.entries(node.entries, at, fn);
        break;
      case "array":
        this.arguments(node.items, "item", at, fn);
        break;
      case "function":
        this.functionBody(node.function, at);
        break;
      case "class":
        this.class(node.class, "expression", at, fn);
        break;
      case "conditional":
        this.expression(node.test, "test", at, fn);
        this.expression(node.then, "then", at, fn);
        this.expression(node.else, "else", at, fn);
        break;
      case "logical":
      case "binary":
        this.expression(node.left, "left", at, fn);
        this.expression(node.right, "right", at, fn);
        break;
      case "assign":
        if (node.target.kind === "reference") this.#made(node.target.binding, node.value);
        this.expression(node.target, "target", at, fn);
        this.expression(node.value, "value", at, fn);
        break;
      case "sequence":
        for (const item of node.items) this.expression(item, "item", at, fn);
        break;
      case "typed":
        this.expression(node.operand, "operand", at, fn);
        this.type(node.type, "type", at, fn);
        break;
      case "element":
      case "key-of":
      case "rest":
        this.expression(node.of, "of", at, fn);
        break;
      case "default":
        this.expression(node.operand, "operand", at, fn);
        this.expression(node.fallback, "fallback", at, fn);
        break;
      case "jsx":
        this.expression(node.component, "component", at, fn);
        this.entries(node.attributes, at, fn);
        for (const child of node.children) this.expression(child, "child", at, fn);
        break;
      case "opaque":
        for (const operand of node.operands) this.expression(operand, "operand", at, fn);
        break;
      default:
        break;
    }
  }

  arguments(list: readonly Argument[], role: string, at: Cursor, fn: FunctionId): void {
    for (const argument of list) this.expression(argument.value, argument.spread ? "spread" : role, at, fn);
  }

  entries(list: readonly ObjectEntry[], at: Cursor, fn: FunctionId): void {
    for (const entry of list) {
      if (entry.kind === "property" && entry.computed) this.expression(entry.key, "key", at, fn);
      this.expression(entry.value, entry.kind === "spread" ? "spread" : "property", at, fn);
    }
  }

  class(node: ClassFact, role: string, parent: Cursor | undefined, fn: FunctionId): void {
    const at: Cursor = { of: "class", node, role, parent, function: fn };
    this.found.push(at);
    this.#classes.add(node);
    for (const decorator of node.decorators ?? []) this.expression(decorator, "decorator", at, fn);
    this.expression(node.extends, "extends", at, fn);
    if (node.constructorFunction !== undefined) this.functionBody(node.constructorFunction, at);
    for (const member of node.members) {
      if (member.computed) this.expression(member.key, "key", at, fn);
      for (const decorator of member.decorators ?? []) this.expression(decorator, "decorator", at, fn);
      this.type(member.type, "annotation", at, fn);
      this.expression(member.value, "member", at, fn);
    }
  }

  type(node: TypeExpression | undefined, role: string, parent: Cursor | undefined, fn: FunctionId): void {
    if (node === undefined) return;
    const at: Cursor = { of: "type", node, role, parent, function: fn };
    this.found.push(at);
    switch (node.kind) {
      case "named":
      case "import":
        for (const argument of node.arguments) this.type(argument, "type-argument", at, fn);
        break;
      case "members":
        for (const member of node.members) this.type(member.type, `member:${member.key}`, at, fn);
        this.type(node.index, "index-signature", at, fn);
        break;
      case "array":
        this.type(node.element, "element", at, fn);
        break;
      case "tuple":
        for (const element of node.elements) this.type(element, "element", at, fn);
        break;
      case "union":
      case "intersection":
      case "other":
        for (const part of node.parts) this.type(part, "part", at, fn);
        break;
      case "function":
        for (const parameter of node.parameters) this.type(parameter, "parameter-type", at, fn);
        this.type(node.returns, "returns", at, fn);
        break;
      case "typeof":
        this.expression(node.expression, "typeof", at, fn);
        break;
      case "indexed":
        this.type(node.object, "object", at, fn);
        this.type(node.index, "index", at, fn);
        break;
      case "literal":
        break;
    }
  }
}
