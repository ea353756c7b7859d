import type { Argument, Expression, ModuleBody, Statement } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Hook } from "../mounts.js";
import type { Located } from "../workspace.js";
import type { AppRef, Apps, HookRecord, MountAsk, Scope, Slot } from "./apps.js";
import { directCall } from "./direct-call.js";
import { homeOf, rootEnvironment, type Environment, type Row } from "./environment.js";
import { BEFORE, EARLY, methodsOf, MOUNTING } from "./frameworks.js";
import type { Event, Scan } from "./scan.js";

type Call = Extract<Expression, { kind: "call" }>;

/** A call that makes an app answer at a path. */
export interface Leaf {
  readonly app: AppRef;
  readonly call: Located;
  readonly receiver: Located;
  readonly slot?: Slot;
  readonly subtree: boolean;
  readonly methods: readonly string[] | "all";
  readonly handler?: Located;
  readonly options?: Located;
  /** What only this call runs before its handler. */
  readonly hooks: readonly HookRecord[];
  readonly seq: number;
  readonly through: readonly Located[];
  readonly root: string;
}

/** A call that makes one app part of another. */
export interface Attach {
  readonly parent: AppRef;
  readonly child: AppRef;
  readonly slot?: Slot;
  readonly call: Located;
  readonly seq: number;
  readonly through: readonly Located[];
  readonly root: string;
}

const MAX_ROWS = 64;
const MAX_RUNS = 4000;
/** A function that calls itself is followed this deep. */
const MAX_NESTED = 6;
/** Packages whose functions run before handlers and answer nothing themselves. */
const MIDDLEWARE = /^(?:cors|helmet|compression|morgan|cookie-parser|body-parser|express-session|express-rate-limit|hono\/.+|@hono\/.+|express|@fastify\/.+|pino-http|response-time|connect-.+)$/u;

/** Runs the code that can have to do with mounts, as far as mounting goes, and notes what it registers in order. */
export class Run {
  readonly leaves: Leaf[] = [];
  readonly attaches: Attach[] = [];
  readonly #ask: MountAsk;
  readonly #apps: Apps;
  readonly #scan: Scan;
  /** Functions that ran because something calls them. */
  readonly #called = new Set<string>();
  /** How often each function is running: more than once where it calls itself. */
  readonly #active = new Map<string, number>();
  readonly #ran = new Set<string>();
  #seq = 0;
  #runs = 0;
  #root = "";

  constructor(ask: MountAsk, apps: Apps, scan: Scan) {
    this.#ask = ask;
    this.#apps = apps;
    this.#scan = scan;
  }

  /** Runs all modules, then the functions that nobody calls. */
  all(): void {
    const done = new Set<Path>();
    const module = (file: Path): void => {
      if (done.has(file)) return;
      done.add(file);
      // Modules run after what they import.
      for (const { specifier, typeOnly, form } of this.#ask.source(file)?.imports ?? []) {
        if (specifier.kind !== "string" || typeOnly || (form !== "import" && form !== "export-from")) continue;
        const to = this.#ask.resolve(file, specifier.value);
        if (to.kind === "file" && this.#scan.files.has(to.path)) module(to.path);
      }
      this.#start(rootEnvironment(file));
    };
    for (const file of [...this.#scan.files].toSorted()) module(file);
    const functions = this.#scan.functions.filter((one) => one.function !== 0);
    const outermost = (file: Path, fn: number): boolean => !functions.some((one) => one.file === file && one.function !== fn && this.#isAround(file, one.function, fn));
    for (const isOuter of [true, false]) {
      for (const { file, function: fn } of functions) {
        if (!this.#called.has(`${file}#${fn}`) && outermost(file, fn) === isOuter) this.#start(rootEnvironment(file, fn));
      }
    }
    const counts = ({ root }: { readonly root: string }): boolean => root.endsWith("#0") || !this.#called.has(root);
    this.leaves.splice(0, this.leaves.length, ...this.leaves.filter(counts));
    this.attaches.splice(0, this.attaches.length, ...this.attaches.filter(counts));
  }

  #isAround(file: Path, outer: number, inner: number): boolean {
    const functions = this.#ask.body(file)?.functions ?? [];
    for (let at = functions[inner]?.parent ?? 0; at !== 0; at = functions[at]?.parent ?? 0) if (at === outer) return true;
    return false;
  }

  #start(env: Environment): void {
    this.#root = `${env.file}#${env.function}`;
    this.#run(env);
  }

  #run(env: Environment): void {
    const key = `${env.file}#${env.function}`;
    this.#runs += 1;
    const nested = this.#active.get(key) ?? 0;
    if (nested >= MAX_NESTED || this.#runs > MAX_RUNS) return;
    this.#ran.add(key);
    this.#active.set(key, nested + 1);
    this.#list(env, this.#scan.eventsOf(env.file, env.function), 0);
    this.#active.set(key, nested);
  }

  /** Runs calls in order; those in one loop for each of its rows. */
  #list(env: Environment, events: readonly Event[], depth: number): void {
    for (let at = 0; at < events.length; ) {
      const event = events[at];
      if (event === undefined) return;
      const loop = loopsOf(event)[depth];
      if (loop === undefined) {
        this.#fire(env, event);
        at += 1;
        continue;
      }
      const end = events.findIndex((other, position) => position > at && loopsOf(other)[depth] !== loop);
      const inside = events.slice(at, end < 0 ? events.length : end);
      const over = iterated(loop, this.#ask.body(env.file));
      const size = over === undefined ? undefined : this.#sizeOf(env, over.each);
      if (over === undefined || size === undefined) this.#list(env, inside, depth + 1);
      else for (let index = 0; index < size; index += 1) this.#list({ ...env, rows: [...env.rows, { kind: "loop", span: loop.span, ...over, index }] }, inside, depth + 1);
      at += inside.length;
    }
  }

  /** How many elements something has, where they are known one by one. */
  #sizeOf(env: Environment, of: Expression): number | undefined {
    const value = this.#ask.valueOf(this.#apps.locate(env, of));
    const [list, other] = value.kind === "known" ? value.values : [];
    return list?.kind === "array" && list.complete && other === undefined && list.items.length <= MAX_ROWS ? list.items.length : undefined;
  }

  #fire(env: Environment, { call: written, leads }: Event): void {
    const call = directCall(written);
    if (this.#isBunServe(call)) {
      this.#bunServe(env, call);
      return;
    }
    const target = this.#target(env, call);
    if (target !== undefined && target.apps.length > 0) {
      for (const method of target.methods) if (MOUNTING.has(method)) for (const app of target.apps) this.#mount(env, call, target.receiver, app, method);
      return;
    }
    if (!leads) return;
    for (const fn of this.#apps.functionsOf(env, call.callee)) {
      if (!this.#scan.has(fn.file, fn.function)) continue;
      const inner = this.#apps.entered(env, call, fn);
      if (inner === undefined) continue;
      this.#called.add(`${fn.file}#${fn.function}`);
      this.#run(inner);
    }
    for (const { value } of call.arguments) this.#callback(env, call, value);
  }

  /** The app and the method that a call is of. */
  #target(env: Environment, { callee }: Call): { readonly apps: readonly AppRef[]; readonly methods: readonly string[]; readonly receiver: Expression } | undefined {
    if (callee.kind === "member") return { apps: this.#apps.of(env, callee.object), methods: this.#apps.textsOf(env, callee.key), receiver: callee.object };
    if (callee.kind !== "reference") return undefined;
    // `const { all } = app`, `const all = app.all.bind(app)`.
    const binding = this.#ask.body(env.file)?.bindings[callee.binding];
    const home = binding === undefined ? undefined : (homeOf(env, binding.function) ?? rootEnvironment(env.file, binding.function));
    let value = binding?.value;
    if (value?.kind === "call" && value.callee.kind === "member" && value.callee.key.kind === "string" && value.callee.key.value === "bind") value = value.callee.object;
    if (home === undefined || value?.kind !== "member") return undefined;
    return { apps: this.#apps.of(home, value.object), methods: this.#apps.textsOf(home, value.key), receiver: value.object };
  }

  /** A function that some call takes and runs: a standard method on its elements, anything else once. */
  #callback(env: Environment, call: Call, argument: Expression): void {
    if (argument.kind !== "function" && argument.kind !== "reference") return;
    for (const fn of this.#apps.functionsOf(env, argument)) {
      if (!this.#scan.has(fn.file, fn.function)) continue;
      this.#called.add(`${fn.file}#${fn.function}`);
      const { callee } = call;
      const method = callee.kind === "member" && callee.key.kind === "string" ? callee.key.value : "";
      const reduces = /^reduce(?:Right)?$/u.test(method);
      const iterates = reduces || /^(?:forEach|map|flatMap|every|some|filter)$/u.test(method);
      const size = iterates && fn.file === env.file && callee.kind === "member" ? this.#sizeOf(env, callee.object) : undefined;
      // What is reduced into an app is that app in every turn.
      const initial = reduces ? call.arguments[1]?.value : undefined;
      const inner = this.#inside(env, fn, initial === undefined ? new Map() : new Map([[`${fn.file}#${fn.function}`, this.#apps.of(env, initial)]]));
      if (size === undefined || callee.kind !== "member") {
        this.#run(inner);
        continue;
      }
      for (let index = 0; index < size; index += 1) {
        const row: Row = { kind: "callback", span: argument.span, function: fn.function, receiver: callee.object, parameter: reduces ? 1 : 0, index };
        this.#run({ ...inner, chain: `${inner.chain}#${index}`, rows: [...env.rows, row] });
      }
    }
  }

  /** The environment of a function that a framework or a standard method runs. */
  #inside(env: Environment, fn: { readonly file: Path; readonly function: number; readonly outer: Environment }, apps: ReadonlyMap<string, readonly AppRef[]>): Environment {
    const { outer } = fn;
    return {
      file: fn.file,
      function: fn.function,
      ...(outer.frame !== undefined && { frame: outer.frame }),
      chain: env.chain,
      depth: env.depth + 1,
      rows: fn.file === env.file ? env.rows : [],
      outer,
      apps: new Map([...env.apps, ...apps]),
      through: env.through,
    };
  }

  /** Runs a function that the framework calls with an app. */
  #withApp(env: Environment, call: Call, argument: Expression, app: AppRef): boolean {
    const functions = this.#apps.functionsOf(env, argument);
    for (const fn of functions) {
      this.#called.add(`${fn.file}#${fn.function}`);
      if (env.depth > 12) continue;
      const inner = this.#inside(env, fn, new Map([[`${fn.file}#${fn.function}`, [app]]]));
      this.#run({ ...inner, chain: `${env.chain}>${env.file}:${call.span[1]}`, through: [...env.through, this.#apps.locate(env, call)] });
    }
    return functions.length > 0;
  }

  #mount(env: Environment, call: Call, receiver: Expression, app: AppRef, method: string): void {
    const list = this.#argumentsOf(env, call);
    const [first, second, third] = list;
    if (first === undefined) return;
    const { framework } = app.base;
    const at: At = { env, call, receiver, app };
    const before = framework === "elysia" ? BEFORE[method] : undefined;
    if (before !== undefined) this.#hook(at, before, list);
    else if (method === "addHook") this.#addHook(at, list);
    else if (method === "guard") this.#guard(at, list);
    else if (method === "group") this.#group(at, list);
    else if (method === "use") this.#use(at, list);
    else if (method === "mount") this.#mountWhole(at, list);
    else if (method === "register") this.#register(at, list);
    else if (method === "on") {
      if (framework === "hono" && second !== undefined) this.#route(at, this.#words(this.#apps.locate(env, first)), second, list.slice(2));
    } else if (method === "route") {
      if (framework === "hono" && second !== undefined) this.#attachAll(at, second, first);
      else if (framework === "fastify") this.#routeObject(at, first);
      else if (framework === "elysia" && second !== undefined && third !== undefined) this.#route(at, this.#words(this.#apps.locate(env, first)), second, list.slice(2));
    } else {
      const methods = methodsOf(method);
      if (methods === undefined) return;
      if (app.routed) this.#route(at, methods, undefined, list);
      // One argument reads a setting or removes an entry; a function first continues the path before.
      else if (second !== undefined && first.kind !== "function") this.#route(at, methods, first, list.slice(1));
    }
  }

  /** The arguments, spread ones one by one where they are known. */
  #argumentsOf(env: Environment, call: Call): readonly Expression[] {
    return call.arguments.flatMap(({ value, spread }: Argument): readonly Expression[] => {
      if (!spread) return [value];
      const size = this.#sizeOf(env, value) ?? 1;
      return Array.from({ length: size }, (_, index): Expression => ({ kind: "element", of: value, index, span: value.span }));
    });
  }

  /** The HTTP methods that are named somewhere. */
  #words(at: Located): readonly string[] | "all" {
    const value = this.#ask.valueOf(at);
    const words = value.kind !== "known" ? [] : value.values.flatMap((constant) => (constant.kind === "primitive" ? [String(constant.value)] : constant.kind === "array" ? constant.items.flatMap((item) => this.#textAt(item)) : []));
    return words.length === 0 || words.some((word) => /^(?:all|\*)$/iu.test(word)) ? "all" : words.map((word) => word.toUpperCase());
  }

  #textAt(at: Located): readonly string[] {
    const value = this.#ask.valueOf(at);
    return value.kind === "known" ? value.values.flatMap((constant) => (constant.kind === "primitive" && typeof constant.value === "string" ? [constant.value] : [])) : [];
  }

  /** A route: what comes after the path are handlers, and at most one object of options. */
  #route(at: At, methods: readonly string[] | "all", path: Expression | undefined, rest: readonly Expression[]): void {
    const { framework } = at.app.base;
    const { env, call } = at;
    const flat = rest.flatMap((node) => (node.kind === "array" ? node.items.map(({ value }) => value) : [node]));
    let handlers: readonly Expression[] = flat.filter((node) => node.kind !== "object");
    let options: Expression | undefined = flat.find((node) => node.kind === "object");
    if (framework === "elysia") {
      handlers = flat.slice(0, 1);
      options = flat[1];
    } else if (framework === "fastify") {
      handlers = flat.slice(-1);
      options = flat.length > 1 ? flat[0] : undefined;
    }
    if (path !== undefined && this.#isLeftOut(env, path)) return;
    const handler = handlers.at(-1);
    const hooks = handlers.slice(0, -1).map((node) => this.#record(at, "middleware", node));
    const located = options === undefined ? undefined : this.#apps.locate(env, options);
    this.#leaf(at, {
      ...(path !== undefined && { slot: this.#apps.slot(env, call, path) }),
      subtree: false,
      methods,
      ...(handler !== undefined && { handler: this.#apps.locate(env, handler) }),
      ...(located !== undefined && { options: located }),
      hooks: [...hooks, ...(located === undefined ? [] : this.#optionHooks(at, located))],
    });
  }

  /** Whether there is no path: a row of a table that its own condition leaves out, or the end of a list that a function calls itself for. */
  #isLeftOut(env: Environment, path: Expression): boolean {
    const value = this.#ask.valueOf(this.#apps.locate(env, path));
    if (value.kind === "unprovable") return value.unreached === true && (env.rows.length > 0 || (this.#active.get(`${env.file}#${env.function}`) ?? 0) > 1);
    return value.values.length > 0 && value.values.every((constant) => constant.kind === "primitive" && constant.value === undefined);
  }

  #routeObject(at: At, node: Expression): void {
    const options = this.#apps.locate(at.env, node);
    const url = this.#apps.option(options, "url") ?? this.#apps.option(options, "path");
    const handler = this.#apps.option(options, "handler");
    const method = this.#apps.option(options, "method");
    if (url === undefined) return;
    this.#leaf(at, {
      slot: this.#apps.slotAt(at.env, at.call, url, node),
      subtree: false,
      methods: method === undefined ? "all" : this.#words(method),
      ...(handler !== undefined && { handler }),
      options,
      hooks: this.#optionHooks(at, options),
    });
  }

  #leaf({ env, call, receiver, app }: At, part: Pick<Leaf, "slot" | "subtree" | "methods" | "handler" | "options" | "hooks">): void {
    const own = this.#apps.locate(env, call);
    this.leaves.push({ app, call: own, receiver: this.#apps.locate(env, receiver), seq: this.#next(), through: [...env.through, own], root: this.#root, ...part });
  }

  #attach({ env, call, app }: At, child: AppRef, slot: Slot | undefined): void {
    const own = this.#apps.locate(env, call);
    this.attaches.push({ parent: app, child, ...(slot !== undefined && { slot }), call: own, seq: this.#next(), through: [...env.through, own], root: this.#root });
  }

  /** Makes the apps that an expression stands for parts of an app; false when it stands for none. */
  #attachAll(at: At, node: Expression, path: Expression | undefined): boolean {
    const children = this.#apps.of(at.env, node).filter(({ base }) => base !== at.app.base);
    const slot = path === undefined || children.length === 0 ? undefined : this.#apps.slot(at.env, at.call, path);
    for (const child of children) this.#attach(at, child, slot);
    return children.length > 0;
  }

  #use(at: At, list: readonly Expression[]): void {
    const { env, app } = at;
    if (app.base.framework === "elysia") {
      for (const node of list) this.#plugin(at, node);
      return;
    }
    const [first, ...others] = list;
    if (first === undefined) return;
    const path = this.#isPath(env, first, others.length > 0) ? first : undefined;
    const rest = (path === undefined ? list : others).flatMap((node) => (node.kind === "array" ? node.items.map(({ value }) => value) : [node]));
    const slot = path === undefined ? undefined : this.#apps.slot(env, at.call, path);
    for (const node of rest) {
      if (this.#attachAll(at, node, path)) continue;
      if (this.#answers(env, node)) {
        this.#leaf(at, { ...(slot !== undefined && { slot }), subtree: true, methods: "all", handler: this.#apps.locate(env, node), hooks: [] });
      } else app.scope.hooks.push({ ...this.#record(at, "middleware", node), ...(slot !== undefined && { slots: [...app.slots, slot] }) });
    }
  }

  /** Whether the first of several arguments is a path. */
  #isPath(env: Environment, node: Expression, hasMore: boolean): boolean {
    if (node.kind === "string" || node.kind === "template" || node.kind === "regex") return true;
    if (node.kind === "function" || node.kind === "object" || node.kind === "new" || this.#apps.of(env, node).length > 0) return false;
    const value = this.#ask.valueOf(this.#apps.locate(env, node));
    const known = value.kind === "known" ? value.values : value.partial;
    const isText = known.some((constant) => (constant.kind === "primitive" ? typeof constant.value === "string" : constant.kind === "array" && constant.items.some((item) => this.#textAt(item).length > 0)));
    if (isText || value.kind === "known") return isText;
    return hasMore && node.kind !== "call" && this.#apps.functionsOf(env, node).length === 0;
  }

  /** Whether something that stands before handlers answers itself: it hands the request to another handler. */
  #answers(env: Environment, node: Expression): boolean {
    if (node.kind === "function" || node.kind === "reference") {
      const functions = this.#apps.functionsOf(env, node);
      if (functions.length > 0) return functions.some((fn) => this.#handsOn(fn.file, fn.function));
    }
    const { origins } = this.#ask.originsOf(this.#apps.locate(env, node));
    return origins.some((origin) => {
      if (origin.kind !== "call") return false;
      return this.#ask.originsOf(origin.callee).origins.some((made) => made.kind === "external" && !MIDDLEWARE.test(made.module) && /^(?:inngest|@orpc\/|@trpc\/|@apollo\/|graphql)/u.test(made.module));
    });
  }

  #handsOn(file: Path, fn: number): boolean {
    const index = this.#ask.index(file);
    const functions = index?.body.functions ?? [];
    const isInside = (at: number): boolean => at === fn || (at !== 0 && isInside(functions[at]?.parent ?? 0));
    return (index?.all ?? []).some(({ node, function: home }) => node.kind === "call" && isInside(home) && node.callee.kind === "member" && node.callee.key.kind === "string" && node.callee.key.value === "handle" && node.arguments.length > 0);
  }

  /** What an Elysia app uses: another app, or a function that gets the app. */
  #plugin(at: At, node: Expression): void {
    if (node.kind === "array") {
      for (const { value } of node.items) this.#plugin(at, value);
      return;
    }
    const loaded = node.kind === "import" ? { kind: "member" as const, object: { kind: "await" as const, operand: node, span: node.span }, key: { kind: "string" as const, value: "default", span: node.span }, keySpan: node.span, computed: false, optional: false, span: node.span } : node;
    if (this.#attachAll(at, loaded, undefined)) return;
    this.#withApp(at.env, at.call, loaded, at.app);
  }

  #mountWhole(at: At, list: readonly Expression[]): void {
    const [first, second] = list;
    if (first === undefined) return;
    const path = second === undefined ? undefined : first;
    const whole = second ?? first;
    // `sub.fetch`, `sub.handle`: the app itself.
    const inner = whole.kind === "member" && whole.key.kind === "string" && /^(?:fetch|handle|handler)$/u.test(whole.key.value) ? whole.object : whole;
    if (this.#attachAll(at, inner, path)) return;
    this.#leaf(at, { ...(path !== undefined && { slot: this.#apps.slot(at.env, at.call, path) }), subtree: true, methods: "all", handler: this.#apps.locate(at.env, whole), hooks: [] });
  }

  #register(at: At, list: readonly Expression[]): void {
    const [plugin, options] = list;
    if (plugin === undefined || at.app.base.framework !== "fastify") return;
    const prefix = options === undefined ? undefined : this.#apps.option(this.#apps.locate(at.env, options), "prefix");
    const slots = prefix === undefined || options === undefined ? at.app.slots : [...at.app.slots, this.#apps.slotAt(at.env, at.call, prefix, options)];
    this.#withApp(at.env, at.call, plugin, { ...at.app, slots, scope: { parent: at.app.scope, hooks: [] } });
  }

  #group(at: At, list: readonly Expression[]): void {
    const [path, ...rest] = list;
    const callback = rest.at(-1);
    if (path === undefined || callback === undefined) return;
    const scope: Scope = { parent: at.app.scope, hooks: [] };
    if (rest[0] !== undefined && rest[0] !== callback) scope.hooks.push(...this.#optionHooks(at, this.#apps.locate(at.env, rest[0])));
    this.#withApp(at.env, at.call, callback, { ...at.app, slots: [...at.app.slots, this.#apps.slot(at.env, at.call, path)], scope });
  }

  #guard(at: At, list: readonly Expression[]): void {
    const [options, callback] = list;
    if (options === undefined) return;
    const hooks = this.#optionHooks(at, this.#apps.locate(at.env, options));
    if (callback === undefined) at.app.scope.hooks.push(...hooks);
    else this.#withApp(at.env, at.call, callback, { ...at.app, scope: { parent: at.app.scope, hooks: [...hooks] } });
  }

  #hook(at: At, kind: Hook["kind"], list: readonly Expression[]): void {
    const node = list.at(-1);
    if (node === undefined) return;
    const [options] = list.length > 1 ? list : [];
    const as = options === undefined ? undefined : this.#apps.option(this.#apps.locate(at.env, options), "as");
    const spreads = kind === "onRequest" || (as !== undefined && this.#textAt(as).some((word) => word !== "local"));
    for (const one of node.kind === "array" ? node.items.map(({ value }) => value) : [node]) at.app.scope.hooks.push({ ...this.#record(at, kind, one), spreads });
  }

  #addHook(at: At, [name, fn]: readonly Expression[]): void {
    if (name === undefined || fn === undefined || at.app.base.framework !== "fastify") return;
    if (this.#textAt(this.#apps.locate(at.env, name)).some((word) => EARLY.has(word))) at.app.scope.hooks.push(this.#record(at, "middleware", fn));
  }

  /** What the options of a route, group or guard run before the handler. */
  #optionHooks(at: At, options: Located): readonly HookRecord[] {
    const { framework } = at.app.base;
    const names: readonly (readonly [string, Hook["kind"]])[] = framework === "elysia" ? ["transform", "derive", "beforeHandle", "resolve"].map((name) => [name, BEFORE[name] ?? "beforeHandle"]) : framework === "fastify" ? [...EARLY].map((name) => [name, "middleware"]) : [];
    return names.flatMap(([name, kind]) => {
      const value = this.#apps.option(options, name);
      if (value === undefined || value === options) return [];
      const all = value.expression.kind === "array" ? value.expression.items.map((item): Located => ({ ...value, expression: item.value })) : [value];
      return all.map((one): HookRecord => ({ kind, at: one, call: this.#apps.locate(at.env, at.call), seq: this.#next(), spreads: false }));
    });
  }

  #record(at: At, kind: Hook["kind"], node: Expression): HookRecord {
    return { kind, at: this.#apps.locate(at.env, node), call: this.#apps.locate(at.env, at.call), seq: this.#next(), spreads: false };
  }

  #next(): number {
    this.#seq += 1;
    return this.#seq;
  }

  #isBunServe({ callee }: Call): boolean {
    return callee.kind === "member" && callee.object.kind === "global" && callee.object.name === "Bun" && callee.key.kind === "string" && callee.key.value === "serve";
  }

  /** `Bun.serve({ routes })`: one mount for each property. */
  #bunServe(env: Environment, call: Call): void {
    const [options] = call.arguments;
    if (options === undefined) return;
    const located = this.#apps.locate(env, options.value);
    const app: AppRef = { base: { id: `${env.file}:${call.span.join("-")}@${env.chain}`, framework: "bun", at: this.#apps.locate(env, call), evidence: "`Bun.serve`", slots: [], scope: { hooks: [] } }, slots: [], scope: { hooks: [] }, routed: false };
    const at: At = { env, call, receiver: call, app };
    const routes = this.#apps.option(located, "routes");
    for (const { at: table } of routes === undefined ? [] : this.#ask.originsOf(routes).origins) {
      if (table.expression.kind !== "object") continue;
      for (const entry of table.expression.entries) {
        if (entry.kind !== "property") continue;
        const key: Located = { ...table, expression: entry.key };
        const methods = entry.value.kind === "object" ? entry.value.entries.flatMap((one) => (one.kind === "property" && one.key.kind === "string" ? [one.key.value] : [])) : "all";
        this.#leaf(at, { slot: this.#apps.slotAt(env, call, key, entry.key), subtree: false, methods, handler: { ...table, expression: entry.value }, hooks: [] });
      }
    }
    const fetch = this.#apps.option(located, "fetch");
    if (fetch !== undefined && fetch !== located) this.#leaf(at, { subtree: true, methods: "all", handler: fetch, hooks: [] });
  }
}

/** What a mounting call is about. */
interface At {
  readonly env: Environment;
  readonly call: Call;
  readonly receiver: Expression;
  readonly app: AppRef;
}

type Loop = Extract<Statement, { kind: "loop" }>;

/** What a loop goes through element by element: by itself, or by counting its positions. */
function iterated({ each, test, update, init }: Loop, body: ModuleBody | undefined): Pick<Extract<Row, { kind: "loop" }>, "each" | "counter"> | undefined {
  if (each !== undefined) return { each };
  if (test?.kind !== "binary" || test.operator !== "<" || test.left.kind !== "reference" || update?.kind !== "assign") return undefined;
  const { left: { binding: counter }, right: length } = test;
  const first = body?.bindings[counter]?.value;
  const starts = init.some((one) => one.kind === "declare" && one.binding === counter) && first?.kind === "number" && first.value === 0;
  const steps = update.target.kind === "reference" && update.target.binding === counter && (update.operator === "++" || (update.operator === "+=" && update.value.kind === "number" && update.value.value === 1));
  const isLength = length.kind === "member" && length.key.kind === "string" && length.key.value === "length";
  return starts && steps && isLength ? { each: length.object, counter } : undefined;
}

/** The loops around a call in its function, outermost first. */
function loopsOf({ cursor }: Event): readonly Loop[] {
  const loops: Loop[] = [];
  for (let inner: Event["cursor"]["parent"] = cursor, at = cursor.parent; at !== undefined && at.function === cursor.function; inner = at, at = at.parent) {
    if (at.of === "statement" && at.node.kind === "loop" && inner?.role === "body") loops.unshift(at.node);
  }
  return loops;
}
