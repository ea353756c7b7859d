import type { Argument, Binding, BindingId, Expression, Statement } from "../../facts/expression.js";
import type { ModuleIndex } from "../module-index.js";

/** What a read of a name may see: its initial value, nothing yet, or an assignment. */
export type Definition = "initial" | "none" | Extract<Expression, { kind: "assign" }>;

type State = ReadonlySet<Definition>;
/** After a jump no code follows. */
const UNREACHED: State = new Set();

/**
 * The definitions of a name that reach a reference.
 *
 * Within the function that declares the name it follows the control flow (reaching definitions); where closures write the name, or the
 * reference stands in one, every definition counts, and none only where the code around may leave the name unset.
 *
 * @param index the module
 * @param binding the name
 * @param reference the read; undefined for a read from another module, which sees every definition
 */
export function definitionsAt(index: ModuleIndex, binding: BindingId, reference: Expression | undefined): readonly Definition[] {
  const fact = index.body.bindings[binding];
  if (fact === undefined) return [];
  const writes = fact.writes.filter((write) => write.kind === "assign");
  const initial: Definition = fact.value === undefined && fact.kind !== "parameter" ? "none" : "initial";
  const all: readonly Definition[] = [initial, ...writes];
  const home = fact.function;
  const places = reference === undefined ? [] : index.occurrences(reference);
  const local = [...places, ...writes.flatMap((write) => index.occurrences(write))].every((cursor) => cursor.function === home);
  const search = new Search(index.body.bindings, binding, reference);
  const start: Definition = fact.kind === "parameter" || fact.kind === "function" || fact.kind === "class" ? "initial" : "none";
  const end = search.statements(index.body.functions[home]?.body ?? [], new Set([start]));
  if (reference === undefined || places.length === 0 || !local) {
    // What runs later finds the name set where every way through the code around it sets it.
    return end.size === 0 || end.has("none") ? all : all.filter((definition) => definition !== "none");
  }
  // A reference that the walk does not meet stands in a place with an order of its own, such as a parameter's default.
  return search.met ? [...search.seen] : all;
}

interface Jumps {
  readonly label: string | undefined;
  readonly breaks: Set<Definition>;
  readonly continues: Set<Definition>;
  readonly loop: boolean;
}

class Search {
  readonly seen = new Set<Definition>();
  met = false;
  readonly #bindings: readonly Binding[];
  readonly #binding: BindingId;
  readonly #reference: Expression | undefined;
  readonly #targets: Jumps[] = [];
  /** What was assigned inside each open `try`, since its handler can follow any of it. */
  readonly #tries: Set<Definition>[] = [];

  constructor(bindings: readonly Binding[], binding: BindingId, reference: Expression | undefined) {
    this.#bindings = bindings;
    this.#binding = binding;
    this.#reference = reference;
  }

  statements(list: readonly Statement[], state: State): State {
    let at = state;
    for (const statement of list) at = this.#statement(statement, at);
    return at;
  }

  #statement(node: Statement, state: State): State {
    switch (node.kind) {
      case "expression":
        return this.#expression(node.expression, state);
      case "declare":
        return this.#declare(node.binding, state);
      case "if": {
        const tested = this.#expression(node.test, state);
        return merged(this.statements(node.then, tested), this.statements(node.else, tested));
      }
      case "return":
      case "throw":
        if (node.value !== undefined) this.#expression(node.value, state);
        return UNREACHED;
      case "loop":
        return this.#loop(node, state);
      case "switch":
        return this.#switch(node, state);
      case "try":
        return this.#try(node, state);
      case "block": {
        const jumps = this.#open(node.label, false);
        const end = this.statements(node.body, state);
        this.#targets.pop();
        return merged(end, jumps.breaks);
      }
      case "break":
      case "continue":
        this.#jump(node, state);
        return UNREACHED;
      case "class":
        return this.#class(node, state);
    }
  }

  /** An initialiser runs where its declaration stands. */
  #declare(id: BindingId, state: State): State {
    const value = this.#bindings[id]?.value;
    const at = value === undefined ? state : this.#expression(value, state);
    return id === this.#binding ? this.#define("initial") : at;
  }

  #class(node: Extract<Statement, { kind: "class" }>, state: State): State {
    let at = state;
    for (const member of node.class.members) if (member.static && member.value !== undefined) at = this.#expression(member.value, at);
    return node.binding === this.#binding ? this.#define("initial") : at;
  }

  #loop(node: Extract<Statement, { kind: "loop" }>, state: State): State {
    let entry = this.statements(node.init.filter((statement) => statement.kind !== "declare" || node.each === undefined), state);
    if (node.each !== undefined) entry = this.#expression(node.each, entry);
    const jumps = this.#open(node.label, true);
    let exit: State = UNREACHED;
    let head = entry;
    for (;;) {
      let at = head;
      if (!node.once && node.test !== undefined) at = this.#expression(node.test, at);
      if (!node.once && (node.test !== undefined || node.each !== undefined)) exit = merged(exit, at);
      if (node.each !== undefined) at = this.statements(node.init, at);
      at = merged(this.statements(node.body, at), jumps.continues);
      if (node.once && node.test !== undefined) {
        at = this.#expression(node.test, at);
        exit = merged(exit, at);
      }
      if (node.update !== undefined) at = this.#expression(node.update, at);
      const next = merged(head, at);
      if (next.size === head.size) break;
      head = next;
    }
    this.#targets.pop();
    return merged(exit, jumps.breaks);
  }

  #switch(node: Extract<Statement, { kind: "switch" }>, state: State): State {
    let at = this.#expression(node.on, state);
    const jumps = this.#open(undefined, false);
    let falls: State = UNREACHED;
    for (const { test, body } of node.cases) {
      if (test !== undefined) at = this.#expression(test, at);
      falls = this.statements(body, merged(at, falls));
    }
    this.#targets.pop();
    const exhaustive = node.cases.some((one) => one.test === undefined);
    return merged(exhaustive ? falls : merged(at, falls), jumps.breaks);
  }

  #try(node: Extract<Statement, { kind: "try" }>, state: State): State {
    const assigned = new Set<Definition>(state);
    this.#tries.push(assigned);
    let end = this.statements(node.block, state);
    this.#tries.pop();
    if (node.handler !== undefined) end = merged(end, this.statements(node.handler, assigned));
    if (node.finalizer === undefined) return end;
    // The finalizer also runs after a jump or an error; the code behind it only after a normal end.
    this.statements(node.finalizer, merged(assigned, end));
    return this.statements(node.finalizer, end);
  }

  #jump(node: Extract<Statement, { kind: "break" | "continue" }>, state: State): void {
    const target = this.#targets.findLast((jumps) => (node.label === undefined ? node.kind === "break" || jumps.loop : jumps.label === node.label));
    const into = node.kind === "break" ? target?.breaks : target?.continues;
    for (const definition of state) into?.add(definition);
  }

  #open(label: string | undefined, loop: boolean): Jumps {
    const jumps: Jumps = { label, breaks: new Set(), continues: new Set(), loop };
    this.#targets.push(jumps);
    return jumps;
  }

  #define(definition: Definition): State {
    for (const assigned of this.#tries) assigned.add(definition);
    return new Set([definition]);
  }

  /** By place: cached facts hold an expression once for each way to it. */
  #isReference(node: Expression): boolean {
    const [start, end] = this.#reference?.span ?? [];
    return node.kind === "reference" && node.binding === this.#binding && node.span[0] === start && node.span[1] === end;
  }

  #expressions(list: readonly (Expression | undefined)[], state: State): State {
    let at = state;
    for (const item of list) if (item !== undefined) at = this.#expression(item, at);
    return at;
  }

  #arguments(list: readonly Argument[], state: State): State {
    return this.#expressions(list.map(({ value }) => value), state);
  }

  /** Walks an expression in the order in which it is evaluated. */
  #expression(node: Expression, state: State): State {
    if (this.#isReference(node)) {
      this.met = true;
      for (const definition of state) this.seen.add(definition);
      return state;
    }
    switch (node.kind) {
      case "assign":
        return this.#assign(node, state);
      case "conditional": {
        const tested = this.#expression(node.test, state);
        return merged(this.#expression(node.then, tested), this.#expression(node.else, tested));
      }
      case "logical": {
        const left = this.#expression(node.left, state);
        return merged(left, this.#expression(node.right, left));
      }
      case "default": {
        const operand = this.#expression(node.operand, state);
        return merged(operand, this.#expression(node.fallback, operand));
      }
      case "call": {
        const callee = this.#expression(node.callee, state);
        const after = this.#arguments(node.arguments, callee);
        return node.optional ? merged(callee, after) : after;
      }
      case "member": {
        const object = this.#expression(node.object, state);
        const after = node.computed ? this.#expression(node.key, object) : object;
        return node.optional ? merged(object, after) : after;
      }
      case "object":
        return this.#expressions(node.entries.flatMap((entry) => (entry.kind === "property" && entry.computed ? [entry.key, entry.value] : [entry.value])), state);
      case "class":
        return this.#class({ kind: "class", class: node.class, span: node.span }, state);
      default:
        return this.#expressions(operandsOf(node), state);
    }
  }

  #assign(node: Extract<Expression, { kind: "assign" }>, state: State): State {
    const target = node.target.kind === "typed" ? node.target.operand : node.target;
    const toName = target.kind === "reference" && target.binding === this.#binding;
    let at = state;
    if (target.kind === "member") at = this.#expressions([target.object, target.computed ? target.key : undefined], at);
    // A compound assignment reads its target first.
    if (node.operator !== "=") at = this.#expression(target, at);
    const valued = this.#expression(node.value, at);
    // `a ??= b` defines `a` in any case: its value is the old one or the new one.
    if (toName) return this.#define(node);
    return isShortCircuit(node.operator) ? merged(at, valued) : valued;
  }
}

function merged(left: State, right: State): State {
  if (right.size === 0 || left === right) return left;
  return left.size === 0 ? right : new Set([...left, ...right]);
}

/** `&&=`, `||=`, `??=`: the assignment may not run. */
export function isShortCircuit(operator: string): boolean {
  return operator === "&&=" || operator === "||=" || operator === "??=";
}

/** The expressions that an expression without branches evaluates, in order; function bodies run later and do not count. */
function operandsOf(node: Expression): readonly (Expression | undefined)[] {
  switch (node.kind) {
    case "nothing":
    case "await":
    case "unary":
    case "yield":
    case "typed":
      return [node.operand];
    case "template":
      return [node.tag, ...node.parts.filter((part) => typeof part !== "string")];
    case "new":
      return [node.callee, ...node.arguments.map(({ value }) => value)];
    case "import":
      return [node.specifier];
    case "array":
      return node.items.map(({ value }) => value);
    case "binary":
      return [node.left, node.right];
    case "sequence":
      return node.items;
    case "element":
    case "key-of":
    case "rest":
      return [node.of];
    case "jsx":
      return [...node.attributes.map(({ value }) => value), ...node.children];
    case "opaque":
      return node.operands;
    default:
      return [];
  }
}
