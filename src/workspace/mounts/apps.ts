import type { Expression, FunctionId, Span } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import { superCall, type ModuleIndex } from "../module-index.js";
import type { Framework, Hook } from "../mounts.js";
import type { CallFrame, FrameArgument } from "../values/frame.js";
import type { Located, LocatedType, Value, Workspace } from "../workspace.js";
import { appType, hasAppShape } from "./app-types.js";
import { homeOf, locate, rootEnvironment, rowsAt, type Environment } from "./environment.js";
import { LEAVES, madeBy } from "./frameworks.js";
import { named } from "./names.js";

type Call = Extract<Expression, { kind: "call" }>;
type New = Extract<Expression, { kind: "new" }>;

/** What finding apps and mounts asks. */
export interface MountAsk extends Pick<
  Workspace,
  "source" | "facet" | "linksIn" | "body" | "resolve" | "importersOf" | "isTest" | "exported" | "valueOf" | "originsOf" | "callersOf" | "membersOf" | "paths"
> {
  index(file: Path): ModuleIndex | undefined;
  enter(at: Located, fn: { readonly file: Path; readonly function: FunctionId; readonly outer: CallFrame | undefined }, passed: readonly FrameArgument[], self?: Located): CallFrame;
}

/** One app: what one construction makes, in one run. */
export interface Base {
  readonly id: string;
  readonly framework: Framework;
  readonly at: Located;
  readonly evidence: string;
  readonly slots: readonly Slot[];
  readonly scope: Scope;
}

/** A piece of a path, as a call gives it. */
export interface Slot {
  /** The call that gives it. */
  readonly call: Located;
  readonly at: Located;
  readonly value: Value;
  /** The call where the text stands, when a helper gets it as an argument. */
  readonly site: Located;
}

/** Hooks, and the app or part of an app that they belong to. */
export interface Scope {
  readonly parent?: Scope;
  readonly hooks: HookRecord[];
}

export interface HookRecord {
  readonly kind: Hook["kind"];
  readonly at: Located;
  readonly call: Located;
  readonly seq: number;
  /** The pattern that limits it, after the prefixes of its app. */
  readonly slots?: readonly Slot[];
  /** Elysia: it also runs for the app that uses this one. */
  readonly spreads: boolean;
}

/** An app as an expression stands for it: under a prefix, in a group. */
export interface AppRef {
  readonly base: Base;
  readonly slots: readonly Slot[];
  readonly scope: Scope;
  /** `app.route(path)` of Express: its methods take no path. */
  readonly routed: boolean;
}

/** What makes an app: a name of a package, and the class of the workspace that extends it, where one does. */
interface Maker {
  readonly module: string;
  readonly name: string;
  readonly as?: { readonly file: Path; readonly expression: Extract<Expression, { kind: "class" }> };
}

const MAX_DEPTH = 10;

/** Finds the apps that expressions stand for. */
export class Apps {
  readonly #ask: MountAsk;
  readonly #bases = new Map<string, Base>();
  readonly #known = new WeakMap<Environment, Map<Expression, readonly AppRef[]>>();
  /** Questions that are being asked, by the run that they are asked in. */
  readonly #open = new Map<Expression, Set<string>>();
  /** How often a question came back to one that is still open: what is found meanwhile may not be all. */
  #circles = 0;

  constructor(ask: MountAsk) {
    this.#ask = ask;
  }

  locate(env: Environment, expression: Expression): Located {
    return locate(env, expression, this.#ask.body(env.file));
  }

  /** The apps that an expression stands for; empty when it is none. */
  of(env: Environment, expression: Expression): readonly AppRef[] {
    const known = this.#known.get(env) ?? new Map<Expression, readonly AppRef[]>();
    this.#known.set(env, known);
    const answer = known.get(expression);
    if (answer !== undefined) return answer;
    const open = this.#open.get(expression) ?? new Set<string>();
    if (open.has(env.chain)) {
      this.#circles += 1;
      return [];
    }
    const circles = this.#circles;
    this.#open.set(expression, open.add(env.chain));
    const found = distinct(this.#find(env, expression));
    open.delete(env.chain);
    if (open.size === 0) this.#open.delete(expression);
    if (circles === this.#circles || this.#open.size === 0) known.set(expression, found);
    return found;
  }

  /** A piece of a path, at the call that gives it. */
  slot(env: Environment, call: Expression, at: Expression): Slot {
    const located = this.locate(env, at);
    return this.slotAt(env, call, located, at);
  }

  slotAt(env: Environment, call: Expression, located: Located, spelled: Expression): Slot {
    const own = this.locate(env, call);
    return { call: own, at: located, value: this.#ask.valueOf(located), site: this.#siteOf(env, spelled, own) };
  }

  /** The functions of the workspace that an expression stands for, as they are in these circumstances. */
  functionsOf(env: Environment, expression: Expression): readonly { readonly file: Path; readonly function: FunctionId; readonly outer: Environment }[] {
    const plain = named(this.#ask, env.file, expression);
    if (plain?.kind === "function") return [{ file: plain.file, function: plain.function, outer: this.outerOf(env, plain.file, plain.function) }];
    if (plain?.kind === "external") return [];
    return this.#ask.originsOf(this.locate(env, expression)).origins.flatMap((origin) => {
      if (origin.kind !== "literal" || origin.at.expression.kind !== "function") return [];
      const fn = origin.at.expression.function;
      const outer = origin.at.frame === undefined ? this.outerOf(env, origin.at.file, fn) : this.#around(env, origin.at);
      return [{ file: origin.at.file, function: fn, outer }];
    });
  }

  /** The environment around a function: the run of the function that it stands in, where there is one among those around. */
  outerOf(env: Environment, file: Path, fn: FunctionId): Environment {
    const parent = this.#ask.body(file)?.functions[fn]?.parent ?? 0;
    if (file === env.file) {
      const home = homeOf(env, parent);
      if (home !== undefined) return home;
    }
    return rootEnvironment(file, parent);
  }

  /** The environment of one call of a function. */
  entered(env: Environment, call: Call, fn: { readonly file: Path; readonly function: FunctionId; readonly outer: Environment }): Environment | undefined {
    if (env.depth >= MAX_DEPTH) return undefined;
    const at = this.locate(env, call);
    const passed = at.expression.kind === "call" ? at.expression.arguments : call.arguments;
    const inside = (value: Expression): Located => (at.frame === undefined ? { file: at.file, expression: value } : { file: at.file, expression: value, frame: at.frame });
    const callee = at.expression.kind === "call" ? at.expression.callee : call.callee;
    const self = callee.kind === "member" ? inside(callee.object) : undefined;
    const frame = this.#ask.enter(at, { file: fn.file, function: fn.function, outer: fn.outer.frame }, passed.map(({ value, spread }) => ({ at: inside(value), spread })), self);
    return {
      file: fn.file,
      function: fn.function,
      frame,
      chain: `${env.chain}>${env.file}:${call.span[0]}${rowsAt(env, call.span)}`,
      depth: env.depth + 1,
      rows: fn.outer.rows,
      outer: fn.outer,
      caller: env,
      call,
      apps: new Map([...fn.outer.apps, ...env.apps]),
      through: [...env.through, at],
    };
  }

  #find(env: Environment, node: Expression): readonly AppRef[] {
    const of = (expression: Expression): readonly AppRef[] => this.of(env, expression);
    switch (node.kind) {
      case "reference":
        return this.#reference(env, node.binding);
      case "parameter":
        return this.#parameter(env, node);
      case "call":
        return this.#call(env, node);
      case "new":
        return this.#made(env, node);
      case "this":
        return this.#self(env, node);
      case "conditional":
        return [...of(node.then), ...of(node.else)];
      case "logical":
        return node.operator === "&&" ? of(node.right) : [...of(node.left), ...of(node.right)];
      case "default":
        return [...of(node.operand), ...of(node.fallback)];
      case "sequence":
        return node.items.slice(-1).flatMap(of);
      case "assign":
        return of(node.value);
      case "await":
        return of(node.operand);
      case "typed": {
        const circles = this.#circles;
        const found = of(node.operand);
        return found.length > 0 || node.type === undefined || circles !== this.#circles ? found : this.#typed(env, node, [{ file: env.file, type: node.type }]);
      }
      case "member":
      case "element":
      case "rest":
      case "import":
        return this.#derived(env, node);
      default:
        return [];
    }
  }

  #reference(env: Environment, id: number): readonly AppRef[] {
    const binding = this.#ask.body(env.file)?.bindings[id];
    if (binding === undefined) return [];
    if (binding.import !== undefined) {
      const specifier = this.#ask.source(env.file)?.imports[binding.import.index]?.specifier;
      const to = specifier?.kind === "string" ? this.#ask.resolve(env.file, specifier.value) : undefined;
      if (to?.kind !== "file") return [];
      const exported = this.#ask.exported(to.path, binding.import.name);
      return exported.kind === "binding" ? this.#reference(rootEnvironment(exported.file), exported.binding) : [];
    }
    const home = binding.function === env.function ? env : (homeOf(env, binding.function) ?? rootEnvironment(env.file, binding.function));
    const values = [binding.value, ...binding.writes.flatMap((write) => (write.kind === "assign" ? [write.value] : []))];
    const circles = this.#circles;
    const found = values.flatMap((value) => (value === undefined ? [] : this.of(home, value)));
    if (found.length > 0 || circles !== this.#circles || binding.type === undefined || binding.kind === "type" || binding.kind === "interface") return found;
    return this.#typed(home, { kind: "reference", binding: id, name: binding.name, span: binding.span }, [{ file: env.file, type: binding.type }]);
  }

  #parameter(env: Environment, node: Extract<Expression, { kind: "parameter" }>): readonly AppRef[] {
    const home = homeOf(env, node.function) ?? env;
    const bound = node.index === 0 ? home.apps.get(`${env.file}#${node.function}`) : undefined;
    if (bound !== undefined) return bound;
    if (home.function === node.function && home.caller !== undefined && home.call !== undefined && !node.rest) {
      const passed = home.call.arguments;
      const argument = passed.slice(0, node.index + 1).some(({ spread }) => spread) ? undefined : passed[node.index];
      const circles = this.#circles;
      const found = argument === undefined ? [] : this.of(home.caller, argument.value);
      if (found.length > 0 || circles !== this.#circles) return found;
    }
    const body = this.#ask.body(env.file);
    const declared = body?.functions[node.function]?.parameters[node.index];
    if (declared?.type !== undefined) {
      const byType = this.#typed(env, node, [{ file: env.file, type: declared.type }]);
      if (byType.length > 0) return byType;
    }
    const derived = this.#derived(env, node);
    if (derived.length > 0) return derived;
    // Nothing says what it is but its name, and nobody that says otherwise calls the function.
    const name = declared?.binding === undefined ? undefined : body?.bindings[declared.binding]?.name;
    const isUntyped = declared?.type === undefined || (declared.type.kind === "other" && /^(?:any|unknown)$/u.test(declared.type.what));
    if (home.caller !== undefined || name === undefined || !isUntyped || !/^(?:app|server|router|elysia|hono|fastify)$/iu.test(name)) return [];
    return [this.#ref(env, node, "elysia", `its name, \`${name}\``)];
  }

  #call(env: Environment, node: Call): readonly AppRef[] {
    const { callee } = node;
    if (callee.kind === "member") {
      const receivers = this.of(env, callee.object);
      if (receivers.length > 0) {
        const [method] = this.textsOf(env, callee.key);
        if (method === undefined || LEAVES.has(method)) return [];
        return receivers.map((app) => this.#after(env, app, method, node));
      }
    }
    const made = this.#made(env, node);
    if (made.length > 0) return made;
    const reduced = callee.kind === "member" && callee.key.kind === "string" && /^reduce(?:Right)?$/u.test(callee.key.value) ? node.arguments[1] : undefined;
    if (reduced !== undefined) return this.of(env, reduced.value);
    const functions = this.functionsOf(env, callee);
    const returned = functions.flatMap((fn) => {
      const inner = this.entered(env, node, fn);
      return inner === undefined ? [] : (this.#ask.index(fn.file)?.returns(fn.function) ?? []).flatMap((value) => this.of(inner, value));
    });
    if (returned.length > 0) return returned;
    // A wrapper of another package gives back what it was given.
    return functions.length > 0 || callee.kind === "member" ? [] : node.arguments.flatMap(({ value }) => (value.kind === "object" || value.kind === "function" ? [] : this.of(env, value)));
  }

  /** What a method of an app returns. */
  #after(env: Environment, app: AppRef, method: string, node: Call): AppRef {
    const [first] = node.arguments;
    if (first === undefined) return app;
    if (method === "basePath" && app.base.framework === "hono") return { ...app, slots: [...app.slots, this.slot(env, node, first.value)] };
    if (method === "route" && app.base.framework === "express" && node.arguments.length === 1) {
      return { ...app, slots: [...app.slots, this.slot(env, node, first.value)], routed: true };
    }
    return app;
  }

  /** A construction by a framework. */
  #made(env: Environment, node: Call | New): readonly AppRef[] {
    for (const { module, name, as } of this.#externals(env, node.callee)) {
      const framework = madeBy(module, name);
      if (framework === undefined || (framework !== "express" && framework !== "fastify" && node.kind !== "new")) continue;
      // What a constructor mounts on its own app is mounted on what it makes, wherever that is made.
      if (as?.expression.class.constructorFunction !== undefined) return [this.#ref(rootEnvironment(as.file), as.expression, framework, `made by \`${module}\``)];
      return [this.#ref(env, node, framework, `made by \`${module}\``)];
    }
    return [];
  }

  /** An app that mounts on itself: an instance of a class that extends one. */
  #self(env: Environment, node: Expression): readonly AppRef[] {
    const index = this.#ask.index(env.file);
    const [place] = index?.occurrences(node) ?? [];
    const owner = place === undefined ? undefined : index?.ownerOfThis(place);
    const made = owner?.kind === "class" && !owner.static ? index?.classExpression(owner.fact) : undefined;
    if (made?.class.extends === undefined) return [];
    const root = rootEnvironment(env.file);
    for (const { module, name } of this.#externals(root, made.class.extends)) {
      const framework = madeBy(module, name);
      if (framework !== undefined) return [this.#ref(root, made, framework, `made by \`${module}\``)];
    }
    return [];
  }

  #externals(env: Environment, callee: Expression, reach = 4): readonly Maker[] {
    const plain = named(this.#ask, env.file, callee);
    if (plain?.kind === "external") return [plain];
    if (plain?.kind === "function" || callee.kind === "global") return [];
    if (callee.kind === "member" && !this.#mayBeModule(env, callee.object)) return [];
    return this.#ask.originsOf(this.locate(env, callee)).origins.flatMap((origin) => {
      if (origin.kind === "external") return [{ module: origin.module, name: origin.name }];
      // A class that extends an app is one.
      const { file, expression } = origin.at;
      const parent = origin.kind === "literal" && expression.kind === "class" ? expression.class.extends : undefined;
      if (parent === undefined || expression.kind !== "class" || reach === 0) return [];
      return this.#externals(rootEnvironment(file), parent, reach - 1).map((maker) => ({ ...maker, as: { file, expression } }));
    });
  }

  /** Whether something may be a module that is loaded while the program runs: only then a member of it makes an app. */
  #mayBeModule(env: Environment, node: Expression): boolean {
    const plain = named(this.#ask, env.file, node);
    const value = plain?.kind === "value" ? plain.value : node;
    if (value.kind === "await") return value.operand.kind === "import";
    return value.kind === "call" && value.callee.kind === "global" && value.callee.name === "require";
  }

  /** What an expression derives from elsewhere: members of objects, fields of classes. */
  #derived(env: Environment, node: Expression): readonly AppRef[] {
    const located = this.locate(env, node);
    const found: AppRef[] = [];
    const types: LocatedType[] = [];
    for (const origin of this.#ask.originsOf(located).origins) {
      if (origin.kind === "typed") types.push(origin.type);
      if (origin.kind !== "call" || origin.at.expression === node) continue;
      const { expression } = origin.at;
      if (expression.kind === "new" || expression.kind === "call") found.push(...this.of(this.#around(env, origin.at), expression));
    }
    return found.length > 0 ? found : this.#typed(env, node, types);
  }

  /** The circumstances of something that was found elsewhere. */
  #around(env: Environment, at: Located): Environment {
    for (let home: Environment | undefined = env; home !== undefined; home = home.caller) {
      if (home.file === at.file && home.frame === at.frame) return home;
    }
    if (at.frame?.kind !== "call") return rootEnvironment(at.file);
    return { ...rootEnvironment(at.file, at.frame.function), frame: at.frame, chain: chainOf(at.frame) };
  }

  #typed(env: Environment, node: Expression, types: readonly LocatedType[]): readonly AppRef[] {
    for (const type of types) {
      const framework = appType(this.#ask, type) ?? (hasAppShape(this.#ask, type) ? "elysia" : undefined);
      if (framework !== undefined) return [this.#ref(env, node, framework, "its declared type")];
    }
    return [];
  }

  #ref(env: Environment, node: Expression, framework: Framework, evidence: string): AppRef {
    const id = `${env.file}:${node.span[0]}-${node.span[1]}@${env.chain}${rowsAt(env, node.span)}`;
    let base = this.#bases.get(id);
    if (base === undefined) {
      base = { id, framework, at: this.locate(env, node), evidence, slots: this.#ownSlots(env, node), scope: { hooks: [] } };
      this.#bases.set(id, base);
    }
    return { base, slots: [], scope: base.scope, routed: false };
  }

  /** The prefix that an app is made with. */
  #ownSlots(env: Environment, node: Expression): readonly Slot[] {
    const index = node.kind === "class" ? this.#ask.index(env.file) : undefined;
    const maker = node.kind === "class" && index !== undefined ? superCall(index, node.class) : node.kind === "new" ? node : undefined;
    const [options] = maker?.arguments ?? [];
    if (maker === undefined || options === undefined) return [];
    const prefix = this.option(this.locate(env, options.value), "prefix");
    return prefix === undefined ? [] : [this.slotAt(env, maker, prefix, options.value)];
  }

  /** An option of an options object; the object itself where it cannot be told whether it has the option. */
  option(options: Located, key: string): Located | undefined {
    const { expression } = options;
    if (expression.kind === "object") {
      const own = expression.entries.findLast((entry) => entry.kind === "property" && entry.key.kind === "string" && entry.key.value === key);
      if (own?.kind === "property") return { ...options, expression: own.value };
      if (expression.entries.every((entry) => entry.kind === "property" && entry.key.kind === "string")) return undefined;
    }
    const value = this.#ask.valueOf(options);
    if (value.kind === "unprovable") return expression.kind === "object" || expression.kind === "call" ? undefined : options;
    for (const constant of value.values) {
      if (constant.kind !== "object") continue;
      const member = constant.members.get(key);
      if (member !== undefined) return member;
    }
    return undefined;
  }

  /** The texts that a key can be. */
  textsOf(env: Environment, key: Expression): readonly string[] {
    if (key.kind === "string") return [key.value];
    const value = this.#ask.valueOf(this.locate(env, key));
    if (value.kind !== "known") return [];
    return value.values.flatMap((constant) => (constant.kind === "primitive" && typeof constant.value === "string" ? [constant.value] : []));
  }

  /** The call at which a text is chosen: that of the helper that gets it as an argument. */
  #siteOf(env: Environment, spelled: Expression, own: Located): Located {
    for (const parameter of this.#parametersIn(env, spelled, new Set())) {
      const home = homeOf(env, parameter.function);
      if (home?.caller === undefined || home.call === undefined) continue;
      const argument = home.call.arguments[parameter.index];
      const call = this.locate(home.caller, home.call);
      return argument === undefined ? call : this.#siteOf(home.caller, argument.value, call);
    }
    return own;
  }

  *#parametersIn(env: Environment, node: Expression, open: Set<number>): Generator<Extract<Expression, { kind: "parameter" }>> {
    switch (node.kind) {
      case "parameter":
        yield node;
        return;
      case "reference": {
        const binding = this.#ask.body(env.file)?.bindings[node.binding];
        if (binding?.value === undefined || open.has(node.binding)) return;
        open.add(node.binding);
        yield* this.#parametersIn(env, binding.value, open);
        return;
      }
      case "member":
        yield* this.#parametersIn(env, node.object, open);
        return;
      case "template":
        for (const part of node.parts) if (typeof part !== "string") yield* this.#parametersIn(env, part, open);
        return;
      case "binary":
      case "logical":
        yield* this.#parametersIn(env, node.left, open);
        yield* this.#parametersIn(env, node.right, open);
        return;
      case "conditional":
        yield* this.#parametersIn(env, node.then, open);
        yield* this.#parametersIn(env, node.else, open);
        return;
      case "call":
        if (node.callee.kind === "member") yield* this.#parametersIn(env, node.callee.object, open);
        for (const { value } of node.arguments) yield* this.#parametersIn(env, value, open);
        return;
      case "typed":
      case "default":
      case "await":
        yield* this.#parametersIn(env, node.operand, open);
        return;
      case "element":
        yield* this.#parametersIn(env, node.of, open);
        return;
      default:
    }
  }
}

function chainOf(frame: CallFrame): string {
  const { at } = frame;
  const [start]: Span = at.expression.span;
  return `${at.frame?.kind === "call" ? chainOf(at.frame) : ""}>${at.file}:${start}`;
}

function distinct(found: readonly AppRef[]): readonly AppRef[] {
  return found.filter((app, at) => found.findIndex((other) => other.base === app.base && other.scope === app.scope && other.slots.length === app.slots.length && other.slots.every((slot, position) => slot.at === app.slots[position]?.at)) === at);
}
