import type { Argument, ClassFact, Expression, FunctionId } from "../facts/expression.js";
import type { Cursor } from "../facts/cursor.js";
import type { Path } from "../files/path.js";
import { AWAITED, arrivalsOf } from "./imported-names.js";
import type { ExpressionCursor, ModuleIndex } from "./module-index.js";
import type { Blame, Callback, Invocation, Uses, Write } from "./uses.js";
import type { Evaluation } from "./values/evaluation.js";
import type { ClosureForm } from "./values/form.js";
import type { Possible } from "./values/outcome.js";
import { keyText } from "./values/objects.js";
import type { Located } from "./workspace.js";

/** Standard methods that change their receiver. */
export const MUTATORS: ReadonlySet<string> = new Set([
  "push", "unshift", "splice", "pop", "shift", "sort", "reverse", "fill", "copyWithin", "set", "add", "delete", "clear",
]);
/** Standard methods that run their first argument on elements of the receiver, or on what the promise becomes. */
const ITERATORS: ReadonlySet<string> = new Set([
  "map", "forEach", "filter", "some", "every", "find", "findIndex", "findLast", "findLastIndex", "flatMap", "reduce", "reduceRight", "sort", "toSorted", "then", "catch", "finally",
]);
/** Standard methods that return elements of the receiver in another array. */
const SELECTORS: ReadonlySet<string> = new Set([
  "filter", "slice", "concat", "reverse", "toReversed", "sort", "toSorted", "flat", "splice", "toSpliced", "with", "values", "fill", "copyWithin",
]);
/** Standard methods that return one element of the receiver. */
const PICKERS: ReadonlySet<string> = new Set(["at", "find", "findLast", "pop", "shift", "get"]);
/** Standard functions that neither keep, run nor change what they are given. */
const HARMLESS =
  /^(?:console\.\w+|JSON\.\w+|String|Number|Boolean|BigInt|parse(?:Int|Float)|isNaN|isFinite|structuredClone|(?:en|de)codeURI(?:Component)?|Math\.\w+|Number\.\w+|Array\.isArray|Object\.(?:keys|is|hasOwn|getOwnPropertyNames|getPrototypeOf|isFrozen|isSealed)|Reflect\.(?:has|ownKeys))$/u;
const RETURNS_FIRST = /^Object\.(?:freeze|seal|preventExtensions)$/u;
/** Builds a collection of what it is given. */
const COLLECTS = /^(?:Array\.(?:from|of)|Promise\.(?:all|race|any|allSettled|resolve)|Object\.(?:values|entries|fromEntries)|Set|Map)$/u;

/** Any key, any element. */
const ANY = "*";
const MAX_PATH = 6;
const MAX_PLACES = 3000;

/** A value, or what holds it, at a place on its way. */
interface Flow {
  readonly file: Path;
  readonly cursor: ExpressionCursor;
  /** Keys from what stands here to the value; empty when it is the value itself. */
  readonly path: readonly string[];
}

/**
 * Follows a value forward from where it is made: through names, imports and exports, arguments of known functions, returns, members of
 * objects and elements of arrays.
 *
 * @param ev answers what is called and which keys are read
 * @param made the expression that makes the value: a function, class, object or array literal, or a construction
 */
export function follow(ev: Evaluation, made: Located): Uses {
  const follower = new Follower(ev);
  follower.start(made);
  return follower.finish();
}

class Follower {
  readonly #ev: Evaluation;
  readonly #invocations: Invocation[] = [];
  readonly #callbacks: Callback[] = [];
  readonly #writes: Write[] = [];
  #escape: Blame | undefined;
  #doubt: Blame | undefined;
  readonly #seen = new Set<string>();
  readonly #reported = new Set<string>();
  readonly #waiting: Flow[] = [];
  #made: Located | undefined;
  /** Paths by which the value's own calls return it. */
  readonly #returns: (readonly string[])[] = [];
  /** Nobody is taken to write into it. */
  #frozen = false;

  constructor(ev: Evaluation) {
    this.#ev = ev;
  }

  start(made: Located): void {
    this.#made = made;
    const index = this.#ev.index(made.file);
    if (index === undefined) return;
    const { expression } = made;
    const places = index.occurrences(expression);
    this.#frozen = places.some(isFrozen);
    this.#visit(made.file, places, []);
    if (expression.kind === "object") this.#visit(made.file, index.selves(expression), []);
    if (expression.kind === "class") {
      this.#visit(made.file, index.selves(expression.class).filter((self) => isStatic(index, self)), []);
      // A declared class stands in no expression.
      for (const binding of index.namesOf(expression)) this.#names(index, binding, []);
    }
  }

  finish(): Uses {
    for (let flow = this.#waiting.shift(); flow !== undefined; flow = this.#waiting.shift()) {
      if (this.#seen.size > MAX_PLACES) {
        this.#blame(flow, "it goes to too many places", true);
        break;
      }
      this.#step(flow);
    }
    return {
      invocations: this.#invocations,
      callbacks: this.#callbacks,
      writes: this.#writes,
      ...(this.#escape !== undefined && { escape: this.#escape }),
      ...(this.#doubt !== undefined && { doubt: this.#doubt }),
    };
  }

  #visit(file: Path, cursors: Iterable<ExpressionCursor>, path: readonly string[]): void {
    for (const cursor of cursors) {
      if (path.length > MAX_PATH) {
        this.#blame({ file, cursor, path }, "it lies too deep in other values", true);
        continue;
      }
      const { span, kind } = cursor.node;
      const parent = cursor.parent;
      const place = `${file}\0${kind} ${span[0]}:${span[1]} ${cursor.role} ${parent === undefined ? "" : `${parent.node && "span" in parent.node ? parent.node.span.join(":") : ""}`}\0${path.join("\0")}`;
      if (this.#seen.has(place)) continue;
      this.#seen.add(place);
      this.#waiting.push({ file, cursor, path });
    }
  }

  /** Everywhere a name's value arrives. */
  #names(index: ModuleIndex, binding: number, path: readonly string[]): void {
    this.#visit(index.file, index.references(binding), path);
    for (const arrival of arrivalsOf(this.#ev, index.file, binding)) this.#visit(arrival.file, [arrival.cursor], [...arrival.path, ...path]);
  }

  #step(flow: Flow): void {
    const { cursor, file, path } = flow;
    const index = this.#ev.index(file);
    if (index === undefined) return;
    for (const binding of index.namesOf(cursor.node)) this.#names(index, binding, path);
    const { parent } = cursor;
    if (parent === undefined) return;
    if (parent.of === "expression") this.#expression(flow, index, parent);
    else if (parent.of === "statement") this.#statement(flow, index, parent.node.kind);
    else if (parent.of === "class") this.#member(flow, index, parent.node);
  }

  #statement(flow: Flow, index: ModuleIndex, kind: string): void {
    if (kind === "return") this.#returned(flow, index, flow.cursor.function);
    else if (kind === "throw") this.#blame(flow, "it is thrown");
  }

  /** A function returns it: it goes to the calls of that function. */
  #returned({ file, path, cursor }: Flow, index: ModuleIndex, fn: FunctionId): void {
    const fact = index.body.functions[fn];
    const [site] = index.functionSites(fn);
    if (fact === undefined || site === undefined || fact.generator) {
      this.#blame({ file, cursor, path }, "it is returned to unknown code");
      return;
    }
    const out = fact.async ? [AWAITED, ...path] : path;
    // The function that is followed itself: to its calls, those found so far and those to come.
    if (index.file === this.#made?.file && this.#made.expression.kind === "function" && this.#made.expression.function === fn) {
      this.#returns.push(out);
      for (const { at } of this.#invocations) this.#visit(at.file, this.#ev.index(at.file)?.occurrences(at.expression) ?? [], out);
      return;
    }
    const uses = this.#ev.usesOf({ file, expression: site.node });
    for (const { at } of uses.invocations) this.#visit(at.file, this.#ev.index(at.file)?.occurrences(at.expression) ?? [], out);
    for (const { at, method } of uses.callbacks) {
      const result = method === "map" ? [ANY, ...out] : method === "flatMap" ? out : method === "then" ? [AWAITED, ...path.filter((_, at) => at > 0 || path[0] !== AWAITED)] : undefined;
      if (result !== undefined) this.#visit(at.file, this.#ev.index(at.file)?.occurrences(at.expression) ?? [], result);
      else if (method.startsWith("reduce")) this.#blame({ file, cursor, path }, "it is returned to a reduction");
    }
    if (uses.escape !== undefined) this.#blame({ file, cursor, path }, "it is returned to unknown code");
  }

  /** A class member holds it. */
  #member(flow: Flow, index: ModuleIndex, fact: ClassFact): void {
    const { file, cursor, path } = flow;
    if (cursor.role === "extends") {
      this.#blame(flow, "a class extends it");
      return;
    }
    const member = fact.members.find((candidate) => candidate.value === cursor.node);
    if (member === undefined) return;
    const [key] = this.#keys({ file, expression: member.key });
    if (key === undefined || member.role === "get" || member.role === "set") {
      this.#blame(flow, "a class reads it by an accessor");
      return;
    }
    const inner = [key, ...path];
    this.#visit(file, index.selves(fact).filter((self) => isStatic(index, self) === member.static), inner);
    this.#class(flow, index, fact, member.static, inner);
  }

  /** A class, or its instances, hold it. */
  #class(flow: Flow, index: ModuleIndex, fact: ClassFact, isStaticMember: boolean, inner: readonly string[]): void {
    const made = index.classExpression(fact);
    if (made === undefined) {
      this.#blame(flow, "its class cannot be followed");
      return;
    }
    if (isStaticMember) {
      this.#visit(index.file, index.occurrences(made), inner);
      for (const binding of index.namesOf(made)) this.#names(index, binding, inner);
      return;
    }
    const uses = this.#ev.usesOf({ file: index.file, expression: made });
    for (const { at } of uses.invocations) this.#visit(at.file, this.#ev.index(at.file)?.occurrences(at.expression) ?? [], inner);
    if (uses.escape !== undefined) this.#blame(flow, "its class goes to unknown code");
  }

  #expression(flow: Flow, index: ModuleIndex, parent: ExpressionCursor): void {
    const { file, cursor, path } = flow;
    const node = parent.node;
    const up = (to: readonly string[] = path): void => {
      this.#visit(file, [parent], to);
    };
    switch (node.kind) {
      case "typed":
        up();
        return;
      case "default":
        up();
        return;
      case "conditional":
        if (cursor.role !== "test") up();
        return;
      case "logical":
        if (cursor.role === "right" || node.operator !== "&&") up();
        return;
      case "sequence":
        if (node.items.at(-1) === cursor.node) up();
        return;
      case "await":
        up(path[0] === AWAITED ? path.slice(1) : path);
        return;
      case "assign":
        this.#assigned(flow, index, parent, node);
        return;
      case "member":
        if (cursor.role === "object") this.#read(flow, parent, node);
        return;
      case "element":
        this.#pop(flow, parent, node.index === undefined ? ANY : String(node.index));
        return;
      case "rest":
        if (path.length > 0 && !node.without.includes(path[0] ?? "")) up(node.without.length === 0 ? [ANY, ...path.slice(1)] : path);
        return;
      case "object":
        this.#entry(flow, parent, node);
        return;
      case "array": {
        const spread = cursor.role === "spread";
        if (spread && path.length === 0) return;
        const at = node.items.findIndex((item) => item.value === cursor.node);
        const fixed = at >= 0 && !spread && node.items.slice(0, at).every((item) => !item.spread);
        up([fixed ? String(at) : ANY, ...(spread ? path.slice(1) : path)]);
        return;
      }
      case "call":
      case "new":
        this.#passed(flow, parent, node);
        return;
      case "unary":
        return;
      case "template":
        if (cursor.role === "tag" || node.tag !== undefined) this.#blame(flow, "a template tag gets it");
        return;
      case "yield":
      case "opaque":
      case "jsx":
        this.#blame(flow, "it goes where it cannot be followed");
        return;
      default:
    }
  }

  #assigned(flow: Flow, index: ModuleIndex, parent: ExpressionCursor, node: Extract<Expression, { kind: "assign" }>): void {
    if (flow.cursor.role !== "value" || !/^(?:=|\?\?=|\|\|=|&&=)$/u.test(node.operator)) return;
    this.#visit(flow.file, [parent], flow.path);
    this.#store(flow, index, node.target, flow.path);
  }

  /** It is put into a name or a member. */
  #store(flow: Flow, index: ModuleIndex, target: Expression, path: readonly string[]): void {
    if (target.kind === "typed") this.#store(flow, index, target.operand, path);
    else if (target.kind === "reference") this.#names(index, target.binding, path);
    else if (target.kind === "member") {
      for (const key of this.#keys({ file: flow.file, expression: target.key })) this.#hold(flow, index, target.object, [key, ...path]);
    } else this.#blame(flow, "it is stored where it cannot be followed");
  }

  /** A container gets it: whoever has the container has it too. */
  #hold(flow: Flow, index: ModuleIndex, container: Expression, path: readonly string[]): void {
    if (container.kind === "typed") this.#hold(flow, index, container.operand, path);
    else if (container.kind === "reference") {
      const binding = index.body.bindings[container.binding];
      this.#names(index, container.binding, path);
      // The container may have other names: those of what it is made of.
      if (binding?.kind !== "const" || (binding.value !== undefined && !isMaking(binding.value))) this.#blame(flow, "it is stored in a value with other names");
    } else if (container.kind === "this") {
      const self = index.selfOf(index.occurrences(container)[0]?.function ?? 0);
      if (self === undefined) this.#blame(flow, "it is stored in an unknown object");
      else if (self.kind === "object") this.#visit(flow.file, [...index.selves(self.literal), ...index.occurrences(self.literal)], path);
      else {
        this.#visit(flow.file, index.selves(self.fact), path);
        this.#class(flow, index, self.fact, self.static, path);
      }
    } else if (container.kind === "member") {
      for (const key of this.#keys({ file: flow.file, expression: container.key })) this.#hold(flow, index, container.object, [key, ...path]);
    } else this.#blame(flow, "it is stored where it cannot be followed");
  }

  /** `x.key`, where `x` is or holds the value. */
  #read(flow: Flow, member: ExpressionCursor, node: Extract<Expression, { kind: "member" }>): void {
    const { file, path } = flow;
    const use = this.#useOf(member);
    if (path.length === 0) {
      const at: Located = { file, expression: use.node };
      const key: Located = { file, expression: node.key };
      if (use.role === "target" && use.node.kind === "assign") this.#write({ at, kind: "set", key, value: at });
      else if (use.role === "delete") this.#write({ at, kind: "delete", key });
      else if (use.role === "callee" && use.node.kind === "call") this.#method(flow, node, use.node);
      return;
    }
    if (use.role === "target" && use.node.kind === "assign" && use.node.operator === "=") return;
    if (use.role === "delete") return;
    if (use.role === "callee" && use.node.kind === "call" && this.#heldMethod(flow, node, use.node)) return;
    for (const key of this.#keys({ file, expression: node.key })) this.#pop(flow, member, key);
  }

  /** What is done with a member read. */
  #useOf(member: ExpressionCursor): { readonly role: "target" | "delete" | "callee" | "read"; readonly node: Expression } {
    const { parent } = member;
    if (parent?.of !== "expression") return { role: "read", node: member.node };
    const { node } = parent;
    if (node.kind === "typed") return this.#useOf(parent);
    if (node.kind === "assign" && member.role === "target") return { role: "target", node };
    if (node.kind === "unary" && node.operator === "delete") return { role: "delete", node };
    if (node.kind === "call" && member.role === "callee") return { role: "callee", node };
    return { role: "read", node: member.node };
  }

  /** A method of the value itself is called. */
  #method(flow: Flow, member: Extract<Expression, { kind: "member" }>, call: Extract<Expression, { kind: "call" }>): void {
    const at: Located = { file: flow.file, expression: call };
    for (const key of this.#keys({ file: flow.file, expression: member.key })) {
      if (key === "call") this.#invoked({ at, arguments: call.arguments.slice(1) });
      else if (key === "apply") {
        const list = call.arguments[1]?.value;
        this.#invoked({ at, arguments: list === undefined ? [] : [{ value: list, spread: true }] });
      } else if (key === "bind") this.#blame(flow, "it is bound");
      else if (MUTATORS.has(key)) this.#write({ at, kind: "method", method: key, arguments: call.arguments });
      else if (key === ANY) this.#write({ at, kind: "unknown" });
      if (SELECTORS.has(key) && (key === "reverse" || key === "sort" || key === "fill" || key === "copyWithin")) this.#visit(flow.file, this.#ev.index(flow.file)?.occurrences(call) ?? [], []);
      if (key === "set" || key === "add") this.#visit(flow.file, this.#ev.index(flow.file)?.occurrences(call) ?? [], []);
    }
  }

  /** A standard method of an array, map or promise that holds the value; false when it is not one. */
  #heldMethod(flow: Flow, member: Extract<Expression, { kind: "member" }>, call: Extract<Expression, { kind: "call" }>): boolean {
    const { file, path } = flow;
    const [method] = this.#keys({ file, expression: member.key });
    if (method === undefined || method === ANY || method === path[0]) return false;
    const calls = this.#ev.index(file)?.occurrences(call) ?? [];
    const [head = ANY, ...rest] = path;
    if (ITERATORS.has(method)) {
      const callback = call.arguments[0]?.value;
      const position = method === "reduce" || method === "reduceRight" ? 1 : 0;
      if (callback !== undefined) this.#intoFunction(flow, { file, expression: callback }, position, head === AWAITED || isElement(head) ? rest : path, call);
    }
    if (SELECTORS.has(method)) this.#visit(file, calls, [ANY, ...rest]);
    else if (PICKERS.has(method)) this.#visit(file, calls, rest[0] !== undefined && method === "get" ? rest : rest);
    else if (method === "entries") this.#visit(file, calls, [ANY, "1", ...rest]);
    else if (method === "then" || method === "catch" || method === "finally") this.#visit(file, calls, path);
    return ITERATORS.has(method) || SELECTORS.has(method) || PICKERS.has(method) || MUTATORS.has(method) || method === "entries" || method === "includes" || method === "indexOf" || method === "join" || method === "has" || method === "keys";
  }

  /** A known function gets it as a parameter. */
  #intoFunction(flow: Flow, callee: Located, position: number, path: readonly string[], call: Expression): void {
    const outcome = this.#ev.evaluate(callee);
    for (const possible of outcome.values) this.#parameter(flow, possible, position, path, call);
    if (outcome.gap !== undefined && outcome.values.length === 0) this.#blame(flow, "it goes to an unknown function", this.#isOwn(callee));
  }

  /** Whether an unknown function is code of the workspace: a parameter, say. What is declared or global is not. */
  #isOwn({ file, expression }: Located): boolean {
    return expression.kind === "reference" && this.#ev.index(file)?.body.bindings[expression.binding]?.ambient !== true;
  }

  #parameter(flow: Flow, { form }: Possible, position: number, path: readonly string[], call: Expression): void {
    switch (form.kind) {
      case "closure":
        this.#bind(form, position, path);
        return;
      case "class": {
        const fn = form.fact.constructorFunction;
        if (fn !== undefined) this.#bind({ file: form.file, function: fn }, position, path);
        else if (form.fact.extends !== undefined) this.#blame(flow, "a constructor gets it");
        return;
      }
      case "builtin":
        this.#builtin(flow, form.name, position, path, call);
        return;
      case "external":
        this.#blame(flow, `"${form.module}" gets it`);
        return;
      default:
        if (form.kind !== "primitive") this.#blame(flow, "it goes to an unknown function");
    }
  }

  #bind(fn: Pick<ClosureForm, "file" | "function"> & { readonly bound?: ClosureForm["bound"] }, position: number, path: readonly string[]): void {
    const index = this.#ev.index(fn.file);
    const parameters = index?.body.functions[fn.function]?.parameters ?? [];
    const at = position + (fn.bound?.length ?? 0);
    const rest = parameters.findIndex((parameter) => parameter.rest);
    if (rest >= 0 && at >= rest) this.#visit(fn.file, index?.parameters(fn.function, rest) ?? [], [String(at - rest), ...path]);
    else this.#visit(fn.file, index?.parameters(fn.function, at) ?? [], path);
  }

  /** A standard function gets it. */
  #builtin(flow: Flow, name: string, position: number, path: readonly string[], call: Expression): void {
    const { file } = flow;
    const calls = this.#ev.index(file)?.occurrences(call) ?? [];
    const list = call.kind === "call" || call.kind === "new" ? call.arguments : [];
    const at: Located = { file, expression: call };
    if (HARMLESS.test(name)) return;
    if (RETURNS_FIRST.test(name)) this.#visit(file, calls, path);
    else if (name === "Object.assign") {
      if (position > 0) {
        const index = this.#ev.index(file);
        const target = list[0]?.value;
        if (path.length === 0 || index === undefined || target === undefined) return;
        this.#visit(file, calls, path);
        if (target.kind !== "object") this.#hold(flow, index, target, path);
      } else {
        if (path.length === 0) this.#write({ at, kind: "merge", sources: list.slice(1).map(({ value, spread }) => ({ file, expression: spread ? call : value })) });
        this.#visit(file, calls, path);
      }
    } else if (/^(?:Object\.defineProperty|Reflect\.(?:set|defineProperty))$/u.test(name)) {
      const [, key, value] = list.map((argument) => argument.value);
      if (position === 0 && path.length === 0) this.#write(name === "Reflect.set" && key !== undefined && value !== undefined ? { at, kind: "set", key: { file, expression: key }, value: { file, expression: value } } : { at, kind: "unknown" });
      else if (position > 0) this.#blame(flow, "it is stored where it cannot be followed");
    } else if (/^(?:Object\.(?:defineProperties|setPrototypeOf)|Reflect\.(?:deleteProperty|setPrototypeOf))$/u.test(name)) {
      if (position === 0 && path.length === 0) this.#write({ at, kind: "unknown" });
    } else if (name === "Reflect.get") {
      if (path.length > 0) this.#visit(file, calls, path.slice(1));
    } else if (COLLECTS.test(name)) this.#collected(flow, name, position, path, calls, list);
    else this.#blame(flow, `"${name}" gets it`);
  }

  #collected(flow: Flow, name: string, position: number, path: readonly string[], calls: readonly ExpressionCursor[], list: readonly Argument[]): void {
    const { file } = flow;
    const rest = path.slice(1);
    if (name === "Array.of") this.#visit(file, calls, [String(position), ...path]);
    else if (name === "Promise.resolve") this.#visit(file, calls, [AWAITED, ...(path[0] === AWAITED ? rest : path)]);
    else if (name.startsWith("Promise.")) {
      if (path.length > 0) this.#visit(file, calls, name === "Promise.all" ? [AWAITED, ANY, ...rest.filter((key, at) => at > 0 || key !== AWAITED)] : [AWAITED, ...rest.filter((key, at) => at > 0 || key !== AWAITED)]);
    } else if (name === "Array.from" && position === 1) this.#callbacks.push({ at: { file, expression: calls[0]?.node ?? flow.cursor.node }, receiver: { file, expression: list[0]?.value ?? flow.cursor.node }, method: "map" });
    else if (path.length === 0) return;
    else if (name === "Array.from") {
      if (list.length > 1) this.#blame(flow, "it goes through a mapping");
      else this.#visit(file, calls, [ANY, ...rest]);
    } else if (name === "Object.values" || name === "Set") this.#visit(file, calls, [ANY, ...rest]);
    else if (name === "Object.entries") this.#visit(file, calls, [ANY, "1", ...rest]);
    // Entries: [position, "1", …]
    else this.#visit(file, calls, [ANY, ...rest.slice(1)]);
  }

  /** It is called, constructed, or passed to something that is. */
  #passed(flow: Flow, parent: ExpressionCursor, node: Extract<Expression, { kind: "call" | "new" }>): void {
    const { file, cursor, path } = flow;
    const at: Located = { file, expression: node };
    if (cursor.role === "callee") {
      if (path.length > 0) return;
      this.#invoked({ at, arguments: node.arguments });
      return;
    }
    const position = node.arguments.findIndex((argument) => argument.value === cursor.node);
    const before = node.arguments.slice(0, Math.max(position, 0));
    const spread = node.arguments[position]?.spread ?? false;
    if (spread && path.length === 0) return;
    if (position < 0 || before.some((argument) => argument.spread)) {
      this.#blame(flow, "its position among the arguments is not known", true);
      return;
    }
    if (node.callee.kind === "member" && this.#toMethod(flow, node, node.callee, position)) return;
    if (spread && path[0] === ANY) {
      this.#blame(flow, "its position among the arguments is not known", true);
      return;
    }
    this.#intoFunction(flow, { file, expression: node.callee }, spread ? position + Number(path[0]) : position, spread ? path.slice(1) : path, node);
    void parent;
  }

  /** It is passed to a standard method: a callback of `map`, an item of `push`. */
  #toMethod(flow: Flow, call: Extract<Expression, { kind: "call" | "new" }>, callee: Extract<Expression, { kind: "member" }>, position: number): boolean {
    const { file, path } = flow;
    const [method] = this.#keys({ file, expression: callee.key });
    const receiver: Located = { file, expression: callee.object };
    if (method === undefined || call.kind === "new") return false;
    const isCallback = position === 0 || (method === "then" && position === 1);
    if (path.length === 0 && isCallback && ITERATORS.has(method) && this.#isStandard(receiver, method)) {
      this.#callbacks.push({ at: { file, expression: call }, receiver, method: method === "then" && position === 1 ? "catch" : method });
      return true;
    }
    const index = this.#ev.index(file);
    if (index === undefined) return false;
    if ((method === "push" || method === "unshift" || method === "add" || (method === "set" && position === 1)) && this.#isStandard(receiver, method)) {
      this.#hold(flow, index, callee.object, [ANY, ...path]);
      return true;
    }
    if (method === "concat" && this.#isStandard(receiver, method)) {
      this.#visit(file, index.occurrences(call), path.length === 0 ? [ANY] : [ANY, ...path.slice(isElement(path[0] ?? "") ? 1 : 0)]);
      return true;
    }
    return (method === "includes" || method === "indexOf" || method === "has" || method === "isPrototypeOf") && this.#isStandard(receiver, method);
  }

  /** Whether the receiver is an array, map, set or promise for all that is known: nothing else has been seen there. */
  #isStandard(receiver: Located, method: string): boolean {
    const { values, gap } = this.#ev.evaluate(receiver);
    if (values.length === 0) return gap !== undefined && !/^(?:set|add|catch|then)$/u.test(method);
    return values.every(({ form }) => form.kind === "array" || form.kind === "map" || form.kind === "set" || form.kind === "promise" || form.kind === "iterator");
  }

  #entry(flow: Flow, parent: ExpressionCursor, node: Extract<Expression, { kind: "object" }>): void {
    const { file, cursor, path } = flow;
    for (const entry of node.entries) {
      if (entry.value !== cursor.node) continue;
      if (entry.kind === "spread") {
        if (path.length > 0) this.#visit(file, [parent], path);
      } else if (entry.accessor !== undefined) this.#blame(flow, "an accessor reads it");
      else for (const key of this.#keys({ file, expression: entry.key })) this.#visit(file, [parent], [key, ...path]);
    }
  }

  #pop({ file, path }: Flow, to: ExpressionCursor, key: string): void {
    const [head, ...rest] = path;
    if (head === undefined || head === AWAITED) return;
    if (head === key || head === ANY || key === ANY) this.#visit(file, [to], rest);
  }

  /** The names that a key can be; any when that is not known. */
  #keys(key: Located): readonly string[] {
    if (key.expression.kind === "string") return [key.expression.value];
    const outcome = this.#ev.evaluate(key);
    return outcome.gap === undefined ? outcome.values.map((possible) => keyText(possible) ?? ANY) : [ANY];
  }

  #invoked(invocation: Invocation): void {
    const { file, expression } = invocation.at;
    const place = `call ${file} ${expression.span.join(":")}`;
    if (this.#reported.has(place)) return;
    this.#reported.add(place);
    this.#invocations.push(invocation);
    for (const path of this.#returns) this.#visit(file, this.#ev.index(file)?.occurrences(expression) ?? [], path);
  }

  #write(write: Write): void {
    const place = `write ${write.at.file} ${write.at.expression.span.join(":")} ${write.kind}`;
    if (!this.#reported.has(place)) this.#writes.push(write);
    this.#reported.add(place);
  }

  #blame({ file, cursor }: Flow, reason: string, doubtful = false): void {
    const blame: Blame = { at: { file, expression: cursor.node }, reason };
    this.#escape ??= blame;
    if (doubtful && !this.#frozen) this.#doubt ??= blame;
  }
}

function isStatic(index: ModuleIndex, self: ExpressionCursor): boolean {
  const owner = index.selfOf(self.function);
  return owner?.kind === "class" && owner.static;
}

/** Whether a literal is declared constant (`as const`, also around it) or frozen where it is made. */
function isFrozen(place: ExpressionCursor): boolean {
  for (let at: Cursor | undefined = place.parent; at?.of === "expression"; at = at.parent) {
    const { node } = at;
    if (node.kind === "typed" && node.how === "const") return true;
    if (node.kind === "call") return at === place.parent && node.callee.kind === "member" && node.callee.object.kind === "global" && node.callee.object.name === "Object" && node.callee.key.kind === "string" && node.callee.key.value === "freeze";
    if (node.kind !== "typed" && node.kind !== "object" && node.kind !== "array") return false;
  }
  return false;
}

/** Whether an expression makes a value that has no other name yet. */
function isMaking(node: Expression): boolean {
  if (node.kind === "typed") return isMaking(node.operand);
  return node.kind === "object" || node.kind === "array" || node.kind === "new" || node.kind === "class" || node.kind === "function";
}

function isElement(key: string): boolean {
  return key === ANY || /^\d+$/u.test(key);
}

