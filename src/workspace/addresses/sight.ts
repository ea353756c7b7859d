import type { Argument, BindingId, Expression, FunctionId, Statement } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Located, Workspace } from "../workspace.js";

/** What sights are followed by. */
export type Ground = Pick<Workspace, "ledger" | "source" | "body" | "resolve" | "exported" | "glance" | "callersOf" | "isTest">;

/** An expression in the calls that led to it. */
export interface Sight {
  readonly file: Path;
  readonly expression: Expression;
  readonly run?: Run;
  /** The call of a local function through whose parameter it came, where one did: the caller that speaks. */
  readonly caller?: Located;
}

/** One run of a function: what its parameters stand for. */
interface Run {
  readonly file: Path;
  readonly function: FunctionId;
  readonly passed: readonly Argument[];
  readonly from: Sight;
}

/** Where following ends: an expression that is no name for another, or a name that a package exports. */
export type End = Sight & { readonly external?: { readonly module: string; readonly name: string } };

const MAX_DEPTH = 24;
/** What is there for sure. */
const LITERALS: ReadonlySet<Expression["kind"]> = new Set(["string", "number", "boolean", "template", "object", "array", "function", "class"]);
const MAX_CALLERS = 60;

/** A part of an expression, in the same circumstances. */
export function part(of: Sight, expression: Expression): Sight {
  return { file: of.file, expression, ...(of.run !== undefined && { run: of.run }), ...(of.caller !== undefined && { caller: of.caller }) };
}

/** Follows names, choices, parameters, members of literals and returns of known functions to what they stand for; every branch counts. */
export class Sighting {
  readonly #ground: Ground;
  readonly #returns: (place: string) => readonly Expression[];

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#returns = ground.ledger.memo((place: string) => {
      const cut = place.lastIndexOf("#");
      const fact = ground.body(place.slice(0, cut) as Path)?.functions[Number(place.slice(cut + 1))];
      return fact === undefined ? [] : [...returnsIn(fact.body)];
    });
  }

  ends(at: Sight, depth = 0): readonly End[] {
    if (depth > MAX_DEPTH) return [at];
    const { expression: node } = at;
    const into = (expression: Expression): readonly End[] => this.ends(part(at, expression), depth + 1);
    switch (node.kind) {
      case "typed":
      case "await":
        return into(node.operand);
      case "conditional":
        return [...into(node.then), ...into(node.else)];
      case "logical":
        return node.operator === "&&" ? into(node.right) : [...into(node.left), ...into(node.right)];
      case "default": {
        const given = into(node.operand);
        return given.every(({ expression, external }) => external === undefined && LITERALS.has(expression.kind)) ? given : [...given, ...into(node.fallback)];
      }
      case "sequence":
        return node.items.slice(-1).flatMap(into);
      case "assign":
        return node.operator === "=" ? into(node.value) : [at];
      case "reference":
        return this.#reference(at, node.binding, depth);
      case "parameter":
        return node.rest ? [at] : this.#parameter(at, node, depth);
      case "member":
        return this.#member(at, node, depth);
      case "element":
        return this.#elements(at, node, depth);
      case "call":
        return this.#call(at, node, depth);
      default:
        return [at];
    }
  }

  /** The values of a property of an object, as far as literals spell it. */
  property(object: Sight, key: string, depth = 0): readonly End[] {
    return this.ends(object, depth).flatMap((end) => this.#propertyOf(end, key, depth));
  }

  #reference(at: Sight, id: BindingId, depth: number): readonly End[] {
    const binding = this.#ground.body(at.file)?.bindings[id];
    if (binding === undefined) return [at];
    if (binding.import !== undefined) return this.#imported(at, binding.import, depth);
    const values = [...(binding.value === undefined ? [] : [binding.value]), ...binding.writes.flatMap((write) => (write.kind === "assign" && write.operator === "=" ? [write.value] : []))];
    return values.length === 0 ? [at] : values.flatMap((value) => (value === at.expression ? [at] : this.ends(part(at, value), depth + 1)));
  }

  #imported(at: Sight, from: { readonly index: number; readonly name: string }, depth: number): readonly End[] {
    const specifier = this.#ground.source(at.file)?.imports[from.index]?.specifier;
    if (specifier?.kind !== "string") return [at];
    const to = this.#ground.resolve(at.file, specifier.value);
    if (to.kind === "external") return [{ ...at, external: { module: specifier.value, name: from.name } }];
    if (to.kind === "missing" || from.name === "*") return [at];
    return this.#exported(at, to.path, from.name, depth);
  }

  #exported(at: Sight, file: Path, name: string, depth: number): readonly End[] {
    const exported = this.#ground.exported(file, name);
    if (exported.kind === "external") return [{ ...at, external: { module: exported.module, name: exported.name } }];
    const value = exported.kind === "binding" ? this.#ground.body(exported.file)?.bindings[exported.binding]?.value : undefined;
    if (exported.kind !== "binding" || value === undefined) return [at];
    return this.ends({ file: exported.file, expression: value, ...(at.caller !== undefined && { caller: at.caller }) }, depth + 1);
  }

  #parameter(at: Sight, node: Extract<Expression, { kind: "parameter" }>, depth: number): readonly End[] {
    for (let { run } = at; run !== undefined; run = run.from.run) {
      if (run.file !== at.file || run.function !== node.function) continue;
      const passed = run.passed.some(({ spread }) => spread) ? undefined : run.passed[node.index]?.value;
      return passed === undefined ? [at] : this.ends(part(run.from, passed), depth + 1);
    }
    const callers = this.#ground.callersOf(at.file, node.function).filter(({ file }) => !this.#ground.isTest(file)).slice(0, MAX_CALLERS);
    const found = callers.flatMap((caller): readonly End[] => {
      const { file, expression: call } = caller;
      if (call.kind !== "call" && call.kind !== "new") return [];
      const passed = call.arguments.some(({ spread }) => spread) ? undefined : call.arguments[node.index]?.value;
      return passed === undefined ? [] : this.ends({ file, expression: passed, caller }, depth + 1);
    });
    return found.length === 0 ? [at] : found;
  }

  #member(at: Sight, node: Extract<Expression, { kind: "member" }>, depth: number): readonly End[] {
    const key = node.key.kind === "string" ? node.key.value : this.#text(part(at, node.key));
    if (key === undefined) return [at];
    const namespace = this.#namespace(at, node.object);
    if (namespace !== undefined) return this.#exported(at, namespace, key, depth);
    const found = this.ends(part(at, node.object), depth + 1).flatMap((end): readonly End[] => {
      if (end.external !== undefined) return [{ ...at, external: { module: end.external.module, name: end.external.name === "*" ? key : `${end.external.name}.${key}` } }];
      return this.#propertyOf(end, key, depth);
    });
    return found.length === 0 ? [at] : found;
  }

  #namespace(at: Sight, object: Expression): Path | undefined {
    const binding = object.kind === "reference" ? this.#ground.body(at.file)?.bindings[object.binding] : undefined;
    if (binding?.import?.name !== "*") return undefined;
    const specifier = this.#ground.source(at.file)?.imports[binding.import.index]?.specifier;
    const to = specifier?.kind === "string" ? this.#ground.resolve(at.file, specifier.value) : undefined;
    return to?.kind === "file" ? to.path : undefined;
  }

  #propertyOf(end: End, key: string, depth: number): readonly End[] {
    const { expression } = end;
    if (expression.kind === "array" && /^\d+$/u.test(key)) return expression.items.slice(Number(key), Number(key) + 1).flatMap(({ value }) => this.ends(part(end, value), depth + 1));
    if (expression.kind === "class") {
      return expression.class.members.flatMap((member) => (member.key.kind === "string" && member.key.value === key && member.value !== undefined ? this.ends(part(end, member.value), depth + 1) : []));
    }
    // Members that code sets on `this` are found by their own question.
    if (expression.kind !== "object") return [];
    for (const entry of expression.entries.toReversed()) {
      if (entry.kind === "spread") {
        const inner = this.property(part(end, entry.value), key, depth + 1);
        if (inner.length > 0) return inner;
      } else if ((entry.key.kind === "string" ? entry.key.value : this.#text(part(end, entry.key))) === key) return this.ends(part(end, entry.value), depth + 1);
    }
    return [];
  }

  /** All elements of what is iterated, or the one that is known. */
  #elements(at: Sight, node: Extract<Expression, { kind: "element" }>, depth: number): readonly End[] {
    const found = this.ends(part(at, node.of), depth + 1).flatMap((end): readonly End[] => {
      const { expression } = end;
      if (expression.kind !== "array") return [];
      const items = node.index === undefined ? expression.items : expression.items.slice(node.index, node.index + 1);
      return items.flatMap(({ value, spread }) => (spread ? [] : this.ends(part(end, value), depth + 1)));
    });
    return found.length === 0 ? [at] : found;
  }

  #call(at: Sight, node: Extract<Expression, { kind: "call" }>, depth: number): readonly End[] {
    const { callee } = node;
    // A function that is bound to its `this` is that function.
    if (callee.kind === "member" && callee.key.kind === "string" && callee.key.value === "bind" && node.arguments.length <= 1) return this.ends(part(at, callee.object), depth + 1);
    const made = this.ends(part(at, node.callee), depth + 1).flatMap((end): readonly End[] => {
      if (end.external !== undefined || end.expression.kind !== "function" || this.#isRunning(at, end.file, end.expression.function)) return [];
      const run: Run = { file: end.file, function: end.expression.function, passed: node.arguments, from: at };
      return this.#returns(`${end.file}#${end.expression.function}`).flatMap((value) => this.ends({ ...part(at, value), file: end.file, run }, depth + 1));
    });
    return made.length === 0 ? [at] : made;
  }

  #isRunning(at: Sight, file: Path, fn: FunctionId): boolean {
    for (let { run } = at; run !== undefined; run = run.from.run) if (run.file === file && run.function === fn) return true;
    return false;
  }

  #text({ file, expression }: Sight): string | undefined {
    const value = this.#ground.glance({ file, expression });
    const [only] = value.kind === "known" && value.values.length === 1 ? value.values : [];
    return only?.kind === "primitive" && typeof only.value !== "boolean" && only.value !== undefined && only.value !== null ? String(only.value) : undefined;
  }
}

/** What a function's own statements return. */
function* returnsIn(statements: readonly Statement[]): Generator<Expression> {
  for (const statement of statements) {
    switch (statement.kind) {
      case "return":
        if (statement.value !== undefined) yield statement.value;
        break;
      case "if":
        yield* returnsIn([...statement.then, ...statement.else]);
        break;
      case "loop":
      case "block":
        yield* returnsIn(statement.body);
        break;
      case "switch":
        yield* returnsIn(statement.cases.flatMap(({ body }) => body));
        break;
      case "try":
        yield* returnsIn([...statement.block, ...(statement.handler ?? []), ...(statement.finalizer ?? [])]);
        break;
      default:
        break;
    }
  }
}
