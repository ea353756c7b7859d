import type { Expression, FunctionId, TypeExpression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import { spellsOne } from "../facets.js";
import type { ExpressionCursor, ModuleIndex } from "../module-index.js";
import { appType } from "./app-types.js";
import type { MountAsk } from "./apps.js";
import { directCall } from "./direct-call.js";
import { frameworkOf, MOUNTING } from "./frameworks.js";

type Call = Extract<Expression, { kind: "call" }>;

/** A call that may mount something, or that leads to one that may. */
export interface Event {
  readonly call: Call;
  readonly cursor: ExpressionCursor;
  /** Whether it runs, or takes, a function with such calls. */
  readonly leads: boolean;
}

/** Names that tell from the outline that a file may mount something. */
const isTelling = spellsOne([...MOUNTING, "basePath", "serve"]);
const spellsBun = spellsOne(["Bun"]);
const spellsServe = spellsOne(["serve"]);

/** What people call an app, or what makes one. */
const APP_NAME = /app|server|router|elysia|hono|fastify|express|host/iu;

/**
 * Finds the code that can have to do with mounts: calls that read like mounting, and all calls that lead to them.
 *
 * @remarks Bodies are read of files that use a framework, of those that import them, and of those to which they pass what may be an app.
 */
export class Scan {
  readonly #ask: MountAsk;
  readonly #files = new Set<Path>();
  readonly #waiting: Path[] = [];
  readonly #events = new Map<string, Map<Call, Event>>();

  constructor(ask: MountAsk) {
    this.#ask = ask;
    for (const path of ask.paths) if (this.#isSeed(path)) this.#add(path);
    for (let path = this.#waiting.shift(); path !== undefined; path = this.#waiting.shift()) this.#file(path);
  }

  /** Files with code that can have to do with mounts. */
  get files(): ReadonlySet<Path> {
    return this.#files;
  }

  /** The functions with such code, by file. */
  get functions(): readonly { readonly file: Path; readonly function: FunctionId }[] {
    return [...this.#events.keys()].map((key) => {
      const at = key.lastIndexOf("#");
      return { file: key.slice(0, at) as Path, function: Number(key.slice(at + 1)) };
    });
  }

  /** The calls of a function, in the order in which they run. */
  eventsOf(file: Path, fn: FunctionId): readonly Event[] {
    return [...(this.#events.get(`${file}#${fn}`)?.values() ?? [])].toSorted((a, b) => a.call.span[1] - b.call.span[1] || b.call.span[0] - a.call.span[0]);
  }

  has(file: Path, fn: FunctionId): boolean {
    return this.#events.has(`${file}#${fn}`);
  }

  #isSeed(path: Path): boolean {
    if (this.#ask.isTest(path)) return false;
    if (this.#ask.linksIn(path).some(({ specifier }) => specifier !== undefined && (frameworkOf(specifier) !== undefined || specifier === "bun"))) return true;
    return this.#ask.facet(path, spellsBun) === true && this.#ask.facet(path, spellsServe) === true;
  }

  #add(path: Path): void {
    if (this.#files.has(path) || this.#ask.isTest(path)) return;
    this.#files.add(path);
    this.#waiting.push(path);
    // Who imports it may have its apps, or their types.
    for (const { from } of this.#ask.importersOf(path)) if (this.#isTelling(from)) this.#add(from);
  }

  #isTelling(path: Path): boolean {
    return this.#ask.facet(path, isTelling) === true;
  }

  #file(path: Path): void {
    const index = this.#ask.index(path);
    if (index === undefined) return;
    for (const cursor of index.all) {
      if (cursor.node.kind !== "call") continue;
      if (this.#mayMount(index, cursor.node)) this.#mark(index, cursor, cursor.node, false);
      this.#passOn(index, cursor.node);
    }
  }

  #mayMount(index: ModuleIndex, call: Call): boolean {
    const { callee, arguments: list } = directCall(call);
    if (list.length === 0) return false;
    if (callee.kind === "reference") {
      const value = index.body.bindings[callee.binding]?.value;
      const method = value?.kind === "call" && value.callee.kind === "member" && value.callee.key.kind === "string" && value.callee.key.value === "bind" ? value.callee.object : value;
      return method?.kind === "member" && method.key.kind === "string" && MOUNTING.has(method.key.value) && this.#mayBeApp(index, method.object);
    }
    if (callee.kind !== "member") return false;
    if (callee.key.kind === "string") {
      if (callee.key.value === "serve" && callee.object.kind === "global" && callee.object.name === "Bun") return true;
      if (!MOUNTING.has(callee.key.value)) return false;
    } else if (list.length < 2) return false;
    return this.#mayBeApp(index, callee.object);
  }

  /** Whether an expression may be an app, as far as one file tells without asking others. */
  #mayBeApp(index: ModuleIndex, node: Expression, reach = 24): boolean {
    if (reach === 0) return true;
    switch (node.kind) {
      case "reference": {
        const binding = index.body.bindings[node.binding];
        if (binding === undefined) return false;
        if (binding.import !== undefined) return true;
        if (binding.type !== undefined && !this.#mayBeAppType(index, binding.type)) return false;
        return binding.value === undefined ? binding.writes.length > 0 : this.#mayBeApp(index, binding.value, reach - 1);
      }
      case "call":
        if (node.callee.kind === "member") {
          const reduced = node.callee.key.kind === "string" && node.callee.key.value.startsWith("reduce") ? node.arguments[1] : undefined;
          return this.#mayBeApp(index, reduced?.value ?? node.callee.object, reach - 1);
        }
        return node.callee.kind !== "global";
      case "new":
        return node.callee.kind !== "global";
      case "member":
        return node.object.kind !== "global";
      case "typed":
      case "await":
      case "default":
        return this.#mayBeApp(index, node.operand, reach - 1);
      case "logical":
        return this.#mayBeApp(index, node.left, reach - 1) || this.#mayBeApp(index, node.right, reach - 1);
      case "conditional":
        return this.#mayBeApp(index, node.then, reach - 1) || this.#mayBeApp(index, node.else, reach - 1);
      case "parameter":
      case "this":
      case "sequence":
      case "assign":
      case "element":
      case "rest":
      case "import":
        return true;
      default:
        return false;
    }
  }

  /** Types that nothing but the language declares are no apps. */
  #mayBeAppType(index: ModuleIndex, type: TypeExpression): boolean {
    switch (type.kind) {
      case "named":
        return type.binding !== undefined || /^(?:ReturnType|Awaited|Pick|Omit|Readonly|Partial|[A-Z])/u.test(type.name) === false || !/^(?:Map|Set|WeakMap|WeakSet|Request|Response|Headers|URL|URLSearchParams|FormData|Promise|Record|Array|ReadonlyMap|ReadonlySet|ReadonlyArray|Date|Error|RegExp|Storage|Cache)$/u.test(type.name);
      case "literal":
      case "array":
      case "tuple":
      case "function":
        return false;
      case "union":
      case "intersection":
        return type.parts.some((part) => this.#mayBeAppType(index, part));
      case "other":
        return !/^(?:string|number|boolean|symbol|bigint|object)/u.test(type.what);
      default:
        return true;
    }
  }

  /** A call that hands what may be an app to a function of another file: that file may mount on it. */
  #passOn(index: ModuleIndex, { callee, arguments: list }: Call): void {
    if (callee.kind !== "reference" && !(callee.kind === "member" && callee.object.kind === "reference" && callee.key.kind === "string")) return;
    const reference = callee.kind === "member" ? callee.object : callee;
    const binding = reference.kind === "reference" ? index.body.bindings[reference.binding] : undefined;
    if (binding?.import === undefined || !list.some(({ value }) => this.#isLikelyApp(index, value))) return;
    const specifier = this.#ask.source(index.file)?.imports[binding.import.index]?.specifier;
    const to = specifier?.kind === "string" ? this.#ask.resolve(index.file, specifier.value) : undefined;
    if (to?.kind !== "file") return;
    const name = binding.import.name === "*" && callee.kind === "member" && callee.key.kind === "string" ? callee.key.value : binding.import.name;
    const exported = this.#ask.exported(to.path, name);
    if (exported.kind === "binding" && this.#isTelling(exported.file)) this.#add(exported.file);
    else if (exported.kind === "binding") this.#waitThrough(exported.file);
  }

  /** A file that mounts nothing itself may pass the app on. */
  #waitThrough(file: Path): void {
    this.#add(file);
  }

  /** Narrower than {@link #mayBeApp}: what nothing speaks for is none. */
  #isLikelyApp(index: ModuleIndex, node: Expression): boolean {
    if (node.kind === "reference") {
      const binding = index.body.bindings[node.binding];
      if (binding === undefined || binding.import !== undefined) return binding !== undefined && APP_NAME.test(binding.name);
      if (binding.kind === "parameter") {
        if (binding.type === undefined) return true;
        return (binding.type.kind === "other" && binding.type.what === "any") || appType(this.#ask, { file: index.file, type: binding.type }) !== undefined || APP_NAME.test(binding.name);
      }
      return binding.value !== undefined && this.#isLikelyApp(index, binding.value);
    }
    if (node.kind === "typed" || node.kind === "await") return this.#isLikelyApp(index, node.operand);
    if (node.kind === "call" && node.callee.kind === "member") return this.#isLikelyApp(index, node.callee.object);
    if (node.kind === "call" || node.kind === "new") return node.callee.kind === "reference" && APP_NAME.test(node.callee.name);
    return node.kind === "parameter";
  }

  #mark(index: ModuleIndex, cursor: ExpressionCursor, call: Call, leads: boolean): void {
    const key = `${index.file}#${cursor.function}`;
    const events = this.#events.get(key);
    if (events !== undefined) {
      events.set(call, { call, cursor, leads: leads || events.get(call)?.leads === true });
      return;
    }
    this.#events.set(key, new Map([[call, { call, cursor, leads }]]));
    if (cursor.function !== 0) this.#lead(index, cursor.function);
  }

  /** Marks the calls that run a function. */
  #lead(index: ModuleIndex, fn: FunctionId): void {
    for (const { file, expression } of this.#ask.callersOf(index.file, fn)) {
      if (this.#ask.isTest(file) || expression.kind !== "call") continue;
      const home = this.#ask.index(file);
      const [cursor] = home?.occurrences(expression) ?? [];
      if (home !== undefined && cursor?.node.kind === "call") {
        this.#files.add(file);
        this.#mark(home, cursor, cursor.node, true);
      }
    }
    for (const site of index.functionSites(fn)) {
      this.#markTaker(index, site);
      for (const name of index.namesOf(site.node)) for (const reference of index.references(name)) this.#markTaker(index, reference);
    }
  }

  /** Marks the call that a function is an argument of. */
  #markTaker(index: ModuleIndex, cursor: ExpressionCursor): void {
    const { parent } = cursor;
    if (cursor.role === "argument" && parent?.of === "expression" && parent.node.kind === "call") this.#mark(index, parent, parent.node, true);
  }
}
