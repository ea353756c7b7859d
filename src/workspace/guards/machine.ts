import type { Argument, Binding, ClassFact, Expression, FunctionFact, ModuleBody, Statement } from "../../facts/expression.js";
import type { SourceFacts } from "../../facts/facts.js";
import type { Path } from "../../files/path.js";
import type { CallFrame } from "../values/frame.js";
import type { Exported, Located, Resolution, Value } from "../workspace.js";
import { both, decided, joined, NOTHING, PROVEN, strongest, UNKNOWN, without, DISTRUSTED, type Claim, type Level, type Token } from "./claims.js";
import { comparesDigest, has } from "./comparisons.js";
import { isDenyingName, refuses, saysDenied } from "./denials.js";
import { callExternal, callMethod, constructExternal } from "./calls.js";
import { headerLabels, requestMember } from "./requests.js";
import { scopeOf, type Scope } from "./scope.js";
import { beyond, meet, State } from "./state.js";
import { constant, constantOf, derived, digestsOf, either, label, labelsOf, lazily, only, some, truthOf, under, withAlternatives, type AbstractValue, type Alternative, type Form } from "./values.js";

/** What running code on paper asks of the workspace. */
export interface GuardAsk {
  body(path: Path): ModuleBody | undefined;
  source(path: Path): SourceFacts | undefined;
  resolve(from: Path, specifier: string): Resolution;
  exported(file: Path, name: string): Exported;
  callersOf(file: Path, fn: number): readonly Located[];
  valueOf(at: Located): Value;
  isTest(path: Path): boolean;
}

/** What is to be shown of the code: that it compares a signature, or that it asks who is calling. */
export type Mode = "signature" | "gate";

/** What a machine is told. */
export interface MachineOptions {
  readonly mode: Mode;
  /** `name` or `module#name`. */
  readonly trusted: readonly string[];
  /** Where the manifest stands: what its `inngest` gives answers the runtime. */
  readonly manifest: Path | undefined;
}

/** A run of what is protected. */
export interface Reach {
  readonly what: "ingress" | "rpc" | "answer";
  readonly id: string;
  readonly at: Located;
  readonly claim: Claim;
}

interface Ended {
  readonly state: State;
  readonly value: AbstractValue;
}

interface Jump {
  readonly kind: "break" | "continue";
  readonly label: string | undefined;
  readonly state: State;
}

/** How the statements of one function end. */
interface Ends {
  readonly returns: Ended[];
  readonly jumps: Jump[];
}

const BUDGET = 20_000;
/** What looking up one thing that was made before may cost, and what of it counts. */
const ASIDE_BUDGET = 2_000;
const ASIDE_COST = 10;
const MAX_DEPTH = 40;
const MAX_SAME = 2;
const MAX_PAIRS = 64;
const ROUNDS = 3;

/** The code is too much to run on paper. */
export class Exhausted extends Error {}

/**
 * Runs code on paper: every way through it at once, each with what was decided on it.
 *
 * @remarks An abstract interpreter (Cousot and Cousot, 1977) whose values remember the decisions that they rest on. Ways are joined where
 * they meet; a decision survives where it holds on all of them.
 */
export class Machine {
  readonly ask: GuardAsk;
  readonly options: MachineOptions;
  readonly reaches: Reach[] = [];
  /** Comparisons of a signature, wherever they stand. */
  readonly comparisons: Located[] = [];
  /** Promises whose truth was asked instead of what they promise. */
  readonly unawaited: Located[] = [];
  /** Answers of 401, 403 or 404 before what is protected runs. */
  denials = 0;
  /** What continues to the handler, while a hook runs. */
  continued: Claim[] = [];
  /** States at the places that may throw, for the innermost `try`. */
  #throws: State[] | undefined;
  #budget = BUDGET;
  #serial = 0;
  #stack: string[] = [];
  /** A request is being handled; else what was made before any came is looked up. */
  #isLive = false;
  #isAside = false;
  /** Runs of functions while a request is handled. */
  readonly #live = new Set<string>();
  readonly #module = new Map<string, AbstractValue | "open">();
  readonly #frames = new Map<number, Scope>();
  readonly #cells = new Map<string, AbstractValue>();
  #cellsChanged = false;

  constructor(ask: GuardAsk, options: MachineOptions) {
    this.ask = ask;
    this.options = options;
  }

  /** The value of an expression, read where nothing around it has run. */
  ambient(at: Located): AbstractValue {
    return this.#aside(at, () => this.evaluate(at.expression, this.#scopeOfFrame(at.frame?.kind === "call" ? at.frame : undefined), at.file, new State()));
  }

  /** Reads what was made before any request came: only what is asked for is found, and nothing else is run. */
  #aside(at: Located, read: () => AbstractValue): AbstractValue {
    if (!this.#isLive && this.#isAside) return read();
    const before = { isLive: this.#isLive, isAside: this.#isAside, throws: this.#throws, budget: this.#budget, stack: this.#stack };
    this.#isLive = false;
    this.#isAside = true;
    this.#throws = undefined;
    this.#stack = [];
    this.#budget = ASIDE_BUDGET;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Exhausted)) throw error;
      return some(at, label.other | label.unsure);
    } finally {
      this.#isLive = before.isLive;
      this.#isAside = before.isAside;
      this.#throws = before.throws;
      this.#stack = before.stack;
      this.#budget = before.budget - ASIDE_COST;
    }
  }

  /** A part of what is read aside: found when it is asked for. */
  #part(expression: Expression, scope: Scope | undefined, file: Path, state: State): AbstractValue {
    if (this.#isLive || expression.kind === "string") return this.evaluate(expression, scope, file, state);
    return lazily(() => this.#aside({ file, expression }, () => this.evaluate(expression, scope, file, state)));
  }

  fresh(): string {
    this.#serial += 1;
    return String(this.#serial);
  }

  site(at: Located, scope: Scope | undefined): string {
    return `${at.file}:${at.expression.span.join("-")}#${scope?.serial ?? ""}`;
  }

  evaluate(node: Expression, scope: Scope | undefined, file: Path, state: State): AbstractValue {
    this.#budget -= 1;
    if (this.#budget < 0) throw new Exhausted();
    const at: Located = { file, expression: node };
    const part = (expression: Expression): AbstractValue => this.evaluate(expression, scope, file, state);
    switch (node.kind) {
      case "string":
      case "number":
      case "boolean":
        return constant(at, node.value);
      case "nothing":
        if (node.operand !== undefined) part(node.operand);
        return constant(at, node.value === "null" ? null : undefined);
      case "template": {
        const parts = node.parts.map((piece) => (typeof piece === "string" ? constant(at, piece) : part(piece)));
        const constants = parts.map(constantOf);
        if (node.tag === undefined && constants.every((one) => one !== undefined)) return constant(at, constants.map((one) => String(one.value)).join(""), labelsOf(parts));
        return derived(at, parts);
      }
      case "reference":
        return this.#reference(node, scope, file, state);
      case "global":
        return node.name === "undefined" ? constant(at, undefined) : only(at, { kind: "external", module: "global", name: node.name });
      case "this":
        return this.#self(at, scope, state);
      case "member":
        return this.#member(at, node, scope, state);
      case "call":
        return this.#call(at, node, scope, state);
      case "new": {
        const callee = part(node.callee);
        return this.#construct(at, callee, this.#arguments(node.arguments, scope, file, state), scope, state);
      }
      case "object":
        return this.#object(at, node, scope, state);
      case "array": {
        const items = this.#arguments(node.items, scope, file, state);
        const form: Form = { kind: "list", id: this.site(at, scope), items, exact: !node.items.some(({ spread }) => spread) };
        return this.#isLive ? { ...only(at, form, labelsOf(items) | label.list), digests: digestsOf(items) } : only(at, form, label.other | label.list);
      }
      case "function":
        return only(at, { kind: "closure", file, function: node.function, scope });
      case "class":
        return only(at, { kind: "class", file, fact: node.class, scope });
      case "conditional":
        return this.#conditional(at, node, scope, state);
      case "logical":
        return this.#logical(at, node, scope, state);
      case "binary":
        return this.#binary(at, node.operator, part(node.left), part(node.right), scope);
      case "unary": {
        const operand = part(node.operand);
        return node.operator === "!" ? this.#not(at, operand, scope) : node.operator === "typeof" ? some(at, operand.labels) : derived(at, [operand]);
      }
      case "assign":
        return this.#assign(at, node, scope, state);
      case "sequence":
        return node.items.map(part).at(-1) ?? constant(at, undefined);
      case "await":
        return this.await(part(node.operand), state);
      case "yield":
        if (node.operand !== undefined) part(node.operand);
        return some(at);
      case "typed":
        return part(node.operand);
      case "element":
        return this.elementOf(at, part(node.of), node.index);
      case "key-of":
        return derived(at, [part(node.of)]);
      case "rest": {
        const of = part(node.of);
        return withAlternatives(of, of.alternatives.map((one) => (one.form.kind === "object" ? { ...one, form: { ...one.form, members: new Map([...one.form.members].filter(([key]) => !node.without.includes(key))) } } : one)));
      }
      case "default": {
        const operand = part(node.operand);
        const given = operand.alternatives.filter(({ form }) => !(form.kind === "constant" && form.value === undefined));
        if (given.length === operand.alternatives.length && operand.alternatives.every(({ form }) => form.kind !== "some")) return operand;
        return either([{ ...operand, alternatives: given }, part(node.fallback)]);
      }
      case "parameter":
        return this.#parameter(at, node, scope);
      case "opaque":
        return derived(at, node.operands.map(part));
      case "import":
        part(node.specifier);
        return this.#loaded(at, file, node.specifier);
      case "jsx":
      case "regex":
      case "import-meta":
        return some(at);
    }
  }

  #loaded(at: Located, file: Path, specifier: Expression): AbstractValue {
    if (specifier.kind !== "string") return some(at, label.unsure);
    const to = this.ask.resolve(file, specifier.value);
    if (to.kind === "file") return only(at, { kind: "namespace", file: to.path });
    return only(at, { kind: "external", module: specifier.value, name: "*" });
  }

  #arguments(list: readonly Argument[], scope: Scope | undefined, file: Path, state: State): readonly AbstractValue[] {
    return list.flatMap(({ value, spread }) => {
      const found = this.#part(value, scope, file, state);
      if (!spread) return [found];
      const [one, ...others] = found.alternatives;
      return one?.form.kind === "list" && one.form.exact && others.length === 0 ? one.form.items : [this.elementOf({ file, expression: value }, found, undefined)];
    });
  }

  // ---- names

  #reference(node: Extract<Expression, { kind: "reference" }>, scope: Scope | undefined, file: Path, state: State): AbstractValue {
    const at: Located = { file, expression: node };
    const binding = this.ask.body(file)?.bindings[node.binding];
    if (binding === undefined) return some(at, label.unsure);
    if (binding.import !== undefined) return this.#imported(at, file, binding.import.index, binding.import.name);
    const home = binding.function === 0 ? undefined : scopeOf(scope, file, binding.function);
    if (home === undefined) return this.#moduleName(at, node.binding, binding, scope, file);
    const key = varKey(home, node.binding);
    const known = state.vars.get(key);
    if (known !== undefined) return known;
    if (!this.#live.has(home.serial)) return this.#moduleName(at, node.binding, binding, home, file);
    const value = this.#initial(at, binding, home, file, state);
    if (binding.writes.length === 0) {
      state.vars.set(key, value);
      return value;
    }
    if (this.#stack.includes(runKey(file, binding.function))) return value;
    return either([value, ...this.#written(binding, home, file)]);
  }

  #initial(at: Located, binding: Binding, scope: Scope | undefined, file: Path, state: State): AbstractValue {
    if (binding.value !== undefined) return this.evaluate(binding.value, scope, file, state);
    if (binding.kind === "let" || binding.kind === "var") return constant(at, undefined);
    return some(at);
  }

  #written(binding: Binding, scope: Scope | undefined, file: Path): readonly AbstractValue[] {
    return binding.writes.map((write) => (write.kind === "assign" ? this.evaluate(write.value, scope, file, new State()) : some({ file, expression: write })));
  }

  /** A name whose function has not been entered: what it is bound to, in any of its writes. */
  #moduleName(at: Located, id: number, binding: Binding, scope: Scope | undefined, file: Path): AbstractValue {
    const key = `${file}:${String(id)}:${scopeOf(scope, file, binding.function)?.serial ?? ""}`;
    const known = this.#module.get(key);
    if (known === "open") return some(at);
    if (known !== undefined) return known;
    this.#module.set(key, "open");
    const value = this.#aside(at, () => {
      const initial = this.#initial(at, binding, scope, file, new State());
      return binding.writes.length === 0 ? initial : this.#shared(at, either([initial, ...this.#written(binding, scope, file)]));
    });
    this.#module.set(key, value);
    return value;
  }

  /** What other requests may have left in a name: nothing that was decided about them holds for this one. */
  #shared(at: Located, value: AbstractValue): AbstractValue {
    const isDecision = value.alternatives.some(({ form, claim }) => form.kind === "constant" && claim.size > 0);
    return isDecision ? some(at, value.labels | label.unsure) : { ...value, alternatives: value.alternatives.map((one) => ({ ...one, claim: NOTHING })) };
  }

  #imported(at: Located, file: Path, index: number, name: string): AbstractValue {
    const specifier = this.ask.source(file)?.imports[index]?.specifier;
    if (specifier?.kind !== "string") return some(at, label.unsure);
    const to = this.ask.resolve(file, specifier.value);
    if (to.kind === "external") return only(at, { kind: "external", module: specifier.value, name }, label.other);
    if (to.kind === "missing") return some(at, label.unsure);
    return name === "*" ? only(at, { kind: "namespace", file: to.path }) : this.#exported(at, to.path, name);
  }

  #exported(at: Located, file: Path, name: string): AbstractValue {
    const found = this.ask.exported(file, name);
    if (found.kind === "external") return only(at, { kind: "external", module: found.module, name: found.name }, label.other);
    if (found.kind === "namespace") return only(at, { kind: "namespace", file: found.file });
    const binding = found.kind === "binding" ? this.ask.body(found.file)?.bindings[found.binding] : undefined;
    if (found.kind !== "binding" || binding === undefined) return some(at, label.unsure);
    const value = this.#moduleName({ file: found.file, expression: binding.value ?? at.expression }, found.binding, binding, undefined, found.file);
    return this.options.manifest === found.file ? this.#ofManifest(value) : value;
  }

  /** Marks what the manifest's Inngest seam gives. */
  #ofManifest(value: AbstractValue): AbstractValue {
    return withAlternatives(value, value.alternatives.map((one) => {
      const seam = one.form.kind === "object" ? one.form.members.get("inngest") : undefined;
      if (one.form.kind !== "object" || seam === undefined) return one;
      return { ...one, form: { ...one.form, members: new Map(one.form.members).set("inngest", { ...seam, labels: seam.labels | label.ingress }) } };
    }));
  }

  #self(at: Located, scope: Scope | undefined, state: State): AbstractValue {
    for (let home = scope; home !== undefined; home = home.outer) {
      const fact = this.#fact(home.file, home.function);
      if (fact?.arrow === true) continue;
      return state.vars.get(`${home.serial}:this`) ?? home.self ?? some(at, label.other);
    }
    return some(at, label.other);
  }

  #parameter(at: Located, node: Extract<Expression, { kind: "parameter" }>, scope: Scope | undefined): AbstractValue {
    const home = scopeOf(scope, at.file, node.function);
    if (home !== undefined) {
      if (node.rest) {
        const items = home.arguments.slice(node.index).map((read) => read());
        return only(at, { kind: "list", id: this.site(at, scope), items, exact: true }, labelsOf(items) | label.list);
      }
      return home.arguments[node.index]?.() ?? constant(at, undefined);
    }
    if (node.rest) return some(at, label.other);
    const passed = this.ask.callersOf(at.file, node.function).flatMap((call) => {
      const { expression } = call;
      // What tests pass is not what runs.
      if (this.ask.isTest(call.file)) return [];
      const argument = expression.kind === "call" || expression.kind === "new" ? expression.arguments[node.index] : undefined;
      return argument === undefined || argument.spread ? [] : [{ file: call.file, expression: argument.value, ...(call.frame !== undefined && { frame: call.frame }) }];
    });
    if (passed.length === 0) return some(at, label.other | label.unsure);
    return either(passed.map((one) => this.ambient(one)));
  }

  #scopeOfFrame(frame: CallFrame | undefined): Scope | undefined {
    if (frame === undefined) return undefined;
    const known = this.#frames.get(frame.serial);
    if (known !== undefined) return known;
    const read = frame.arguments.map(({ at }) => {
      let value: AbstractValue | undefined;
      return () => (value ??= this.ambient(at));
    });
    const scope: Scope = {
      serial: `f${String(frame.serial)}`,
      file: frame.file,
      function: frame.function,
      arguments: read,
      ...(frame.self !== undefined && { self: this.ambient(frame.self) }),
      outer: this.#scopeOfFrame(frame.outer),
      depth: frame.depth,
      top: false,
    };
    this.#frames.set(frame.serial, scope);
    return scope;
  }

  // ---- members

  #member(at: Located, node: Extract<Expression, { kind: "member" }>, scope: Scope | undefined, state: State): AbstractValue {
    const object = this.evaluate(node.object, scope, at.file, state);
    const keys = this.#keys(object, node.key, scope, at.file, state);
    const key = keys?.length === 1 ? keys[0] : undefined;
    return this.member(at, object, key, keys, scope, state);
  }

  /** The texts that a key can be; undefined where that is not known. */
  #keys(object: AbstractValue, node: Expression, scope: Scope | undefined, file: Path, state: State): readonly string[] | undefined {
    if (node.kind === "string") return [node.value];
    const known = constantOf(this.evaluate(node, scope, file, state));
    if (known !== undefined) return [String(known.value)];
    // Which header is read matters even where it is one of several.
    return object.alternatives.some(({ form }) => form.kind === "headers") ? this.textsOf({ file, expression: node }) : undefined;
  }

  textsOf(at: Located): readonly string[] | undefined {
    const value = this.ask.valueOf(at);
    if (value.kind !== "known") return undefined;
    return value.values.flatMap((one) => (one.kind === "primitive" ? [String(one.value)] : []));
  }

  member(at: Located, object: AbstractValue, key: string | undefined, keys: readonly string[] | undefined, scope: Scope | undefined, state: State): AbstractValue {
    const inherited = object.labels & label.ingress;
    const found = object.alternatives.map((one) => under(this.#memberOf(at, object, one, key, keys, scope, state), one.claim));
    const value = either(found);
    return inherited === 0 ? value : { ...value, labels: value.labels | inherited };
  }

  #memberOf(at: Located, object: AbstractValue, { form }: Alternative, key: string | undefined, keys: readonly string[] | undefined, scope: Scope | undefined, state: State): AbstractValue {
    switch (form.kind) {
      case "object": {
        if (key === undefined) return either([...form.members.values(), some(at, object.labels)]);
        const member = form.members.get(key);
        if (member !== undefined) return this.#read(at, member, object, state);
        return form.open ? only(at, { kind: "method", of: object, name: key }, object.labels) : constant(at, undefined);
      }
      case "class":
        return this.#classMember(at, form, key, scope, state);
      case "namespace":
        return key === undefined ? some(at, label.unsure) : this.#exported(at, form.file, key);
      case "external":
        return this.#externalMember(at, form, key);
      case "request": {
        const { kind, labels } = requestMember(key);
        return kind === "some" ? only(at, { kind: "method", of: object, name: key }, labels) : only(at, { kind }, labels);
      }
      case "headers":
        return only(at, { kind: "method", of: object, name: key }, key !== undefined && /^(?:get|has|getAll|forEach|entries|keys|values)$/u.test(key) ? object.labels : headerLabels(keys));
      case "constant":
        if (form.value === undefined || form.value === null) return constant(at, undefined);
        if (typeof form.value === "string" && key === "length") return constant(at, form.value.length);
        return only(at, { kind: "method", of: object, name: key }, object.labels);
      case "list":
        if (key === "length") return form.exact ? constant(at, form.items.length) : some(at, object.labels & ~label.list);
        if (key !== undefined && /^\d+$/u.test(key)) return form.exact ? (form.items[Number(key)] ?? constant(at, undefined)) : either([...form.items, constant(at, undefined)]);
        return only(at, { kind: "method", of: object, name: key }, object.labels);
      case "closure":
        if (key === undefined || !/^(?:call|apply|bind)$/u.test(key)) return some(at);
        return only(at, { kind: "method", of: object, name: key }, object.labels);
      default: {
        // What the parameters of an address say is the caller's to know.
        const extra = has(object, label.request) && key === "searchParams" ? label.caller : 0;
        if (key !== undefined && SIZES.test(key)) return some(at, object.labels & ~(label.digest | label.list));
        return only(at, { kind: "method", of: object, name: key }, object.labels | extra);
      }
    }
  }

  #read(at: Located, member: AbstractValue, object: AbstractValue, state: State): AbstractValue {
    // A getter is kept as a method that takes its receiver at once.
    const getter = member.alternatives.find(({ form }) => form.kind === "closure" && form.self === GETTER);
    return getter?.form.kind === "closure" ? this.call(at, { ...member, alternatives: [{ ...getter, form: { ...getter.form, self: object } }] }, [], state, undefined) : member;
  }

  #externalMember(at: Located, form: Extract<Form, { kind: "external" }>, key: string | undefined): AbstractValue {
    if (key === undefined) return some(at, label.other);
    if (form.module === "global" && form.name === "process" && key === "env") return some(at, label.other);
    const name = form.name === "*" || form.name === "default" ? key : `${form.name}.${key}`;
    return only(at, { kind: "external", module: form.module, name });
  }

  #classMember(at: Located, form: Extract<Form, { kind: "class" }>, key: string | undefined, scope: Scope | undefined, state: State): AbstractValue {
    const member = form.fact.members.find((one) => one.static && one.key.kind === "string" && one.key.value === key);
    return member?.value === undefined ? some(at) : this.evaluate(member.value, form.scope ?? scope, form.file, state.copy());
  }

  /** An element of what is iterated or destructured. */
  elementOf(at: Located, list: AbstractValue, index: number | undefined): AbstractValue {
    return either(
      list.alternatives.map(({ form, claim }) => {
        if (form.kind === "list") {
          const exact = form.exact && index !== undefined ? form.items[index] : undefined;
          if (exact !== undefined) return under(exact, claim);
          if (form.exact && index !== undefined) return constant(at, undefined);
          return under(form.items.length === 0 ? some(at, list.labels & ~label.list) : either(form.items), claim);
        }
        if (form.kind === "headers") return some(at, headerLabels(undefined));
        return under(some(at, list.labels & ~label.list, list.digests), claim);
      }),
    );
  }

  // ---- objects

  #object(at: Located, node: Extract<Expression, { kind: "object" }>, scope: Scope | undefined, state: State): AbstractValue {
    const members = new Map<string, AbstractValue>();
    let open = false;
    let labels = 0;
    for (const entry of node.entries) {
      const value = this.#part(entry.value, scope, at.file, state);
      labels |= this.#isLive ? value.labels : label.other;
      if (entry.kind === "spread") {
        const [one, ...others] = value.alternatives;
        if (one?.form.kind === "object" && others.length === 0) {
          for (const [key, member] of one.form.members) members.set(key, member);
          open ||= one.form.open;
        } else open = true;
        continue;
      }
      const key = constantOf(this.evaluate(entry.key, scope, at.file, state));
      if (key === undefined) open = true;
      else members.set(String(key.value), entry.accessor === "get" ? asGetter(value) : value);
    }
    const made = only(at, { kind: "object", id: this.site(at, scope), members, open }, labels & ~label.ingress & ~label.list);
    return this.#isLive ? { ...made, digests: digestsOf([...members.values()]) } : made;
  }

  #construct(at: Located, callee: AbstractValue, passed: readonly AbstractValue[], scope: Scope | undefined, state: State): AbstractValue {
    return either(
      callee.alternatives.map(({ form, claim }) => {
        if (form.kind === "class") {
          const made = this.#instance(at, form.file, form.fact, form.scope, passed, scope, state);
          if (isDenyingName(form.fact.name ?? "") || saysDenied(made)) this.deny(state);
          return under(made, claim);
        }
        if (form.kind === "external") return constructExternal(this, at, form, passed, scope, state);
        return derived(at, passed, label.other | label.unsure);
      }),
    );
  }

  #instance(at: Located, file: Path, fact: ClassFact, home: Scope | undefined, passed: readonly AbstractValue[], scope: Scope | undefined, state: State): AbstractValue {
    const members = new Map<string, AbstractValue>();
    let labels = 0;
    const parent = fact.extends === undefined ? undefined : this.evaluate(fact.extends, home, file, state);
    for (const { form } of parent?.alternatives ?? []) {
      if (form.kind !== "class") continue;
      const inherited = this.#instance(at, form.file, form.fact, form.scope, passed, scope, state);
      for (const one of inherited.alternatives) if (one.form.kind === "object") for (const [key, value] of one.form.members) members.set(key, value);
    }
    const inner = this.#enter(file, fact.constructorFunction ?? 0, home, passed, undefined, scope);
    const open = parent !== undefined && parent.alternatives.every(({ form }) => form.kind !== "class");
    const id = `${this.site(at, scope)}new`;
    for (const member of fact.members) {
      if (member.static || member.key.kind !== "string" || member.role === "set") continue;
      const value = member.value === undefined ? constant(at, undefined) : this.evaluate(member.value, inner, file, state);
      labels |= value.labels;
      members.set(member.key.value, member.role === "get" ? asGetter(value) : value);
    }
    const self = only(at, { kind: "object", id, members, open }, labels);
    const body = fact.constructorFunction === undefined ? undefined : this.#fact(file, fact.constructorFunction);
    if (body === undefined) return self;
    state.vars.set(`${inner.serial}:this`, self);
    this.#run(body, { ...inner, self }, state);
    return state.vars.get(`${inner.serial}:this`) ?? self;
  }

  #assign(at: Located, node: Extract<Expression, { kind: "assign" }>, scope: Scope | undefined, state: State): AbstractValue {
    const { target, operator } = node;
    if (operator === "&&=" || operator === "||=" || operator === "??=") {
      const value = this.#logical(at, { kind: "logical", operator: operator === "&&=" ? "&&" : operator === "||=" ? "||" : "??", left: target, right: node.value, span: node.span }, scope, state);
      this.#write(target, value, scope, at.file, state);
      return value;
    }
    const given = this.evaluate(node.value, scope, at.file, state);
    const value = operator === "=" ? given : this.#compound(at, operator, this.evaluate(target, scope, at.file, state), given, scope);
    this.#write(target, value, scope, at.file, state);
    return value;
  }

  #compound(at: Located, operator: string, before: AbstractValue, given: AbstractValue, scope: Scope | undefined): AbstractValue {
    const operation = operator.replace(/=$/u, "");
    // `ok |= match` and `ok &= match` collect truths.
    if (operation === "|" && !has(given, label.difference)) return either([before, given]);
    return this.#binary(at, operation, before, given, scope);
  }

  #write(target: Expression, value: AbstractValue, scope: Scope | undefined, file: Path, state: State): void {
    if (target.kind === "reference") {
      const binding = this.ask.body(file)?.bindings[target.binding];
      const home = binding === undefined ? undefined : scopeOf(scope, file, binding.function);
      if (home !== undefined) state.vars.set(varKey(home, target.binding), value);
      return;
    }
    if (target.kind !== "member") return;
    const key = target.key.kind === "string" ? target.key.value : undefined;
    const object = this.evaluate(target.object, scope, file, state);
    // `set.status = 403`, `res.statusCode = 403`.
    if (key !== undefined && /^(?:status|statusCode)$/u.test(key) && constantOf(value) !== undefined && [401, 403, 404].includes(Number(constantOf(value)?.value)) && object.alternatives.some(({ form }) => form.kind !== "object")) this.deny(state);
    if (key === undefined) return;
    const changed = withAlternatives(object, object.alternatives.map((one) => (one.form.kind === "object" ? { ...one, form: { ...one.form, members: new Map(one.form.members).set(key, value) } } : one)));
    if (target.object.kind === "this") {
      for (let home = scope; home !== undefined; home = home.outer) {
        if (this.#fact(home.file, home.function)?.arrow === true) continue;
        state.vars.set(`${home.serial}:this`, changed);
        return;
      }
    }
    if (target.object.kind === "reference") this.#write(target.object, changed, scope, file, state);
  }

  // ---- decisions

  /** How much asking this value says, and which way. */
  #leaf(value: AbstractValue, positive: boolean): Level | 0 {
    if (this.options.mode === "signature") {
      if (has(value, label.difference)) return positive ? 0 : PROVEN;
      return has(value, label.unsure) && has(value, label.request) ? UNKNOWN : 0;
    }
    if (!has(value, label.caller)) return 0;
    if (has(value, label.cookie | label.userAgent)) return DISTRUSTED;
    if (has(value, label.authorization) && !has(value, label.other)) return DISTRUSTED;
    return has(value, label.unsure) ? UNKNOWN : PROVEN;
  }

  /** A value's alternatives by truth, each under what asking it decides. */
  split(value: AbstractValue, at: Located, scope: Scope | undefined): { readonly yes: AbstractValue; readonly no: AbstractValue } {
    const sides = { yes: [] as Alternative[], no: [] as Alternative[] };
    for (const one of value.alternatives) {
      const truth = truthOf(one.form);
      if (one.form.kind === "promise") this.unawaited.push(at);
      if (truth !== undefined) {
        sides[truth ? "yes" : "no"].push(one);
        continue;
      }
      for (const positive of [true, false]) {
        const level = this.#leaf(one.own === undefined ? value : { ...value, labels: one.own }, positive);
        const token: Token | undefined = level === 0 ? undefined : { site: `leaf ${this.site(at, scope)}`, positive, level, at, note: noteOf(level) };
        sides[positive ? "yes" : "no"].push({ ...one, form: { kind: "some", truth: positive }, claim: token === undefined ? one.claim : decided(one.claim, token) });
      }
    }
    return { yes: withAlternatives(value, sides.yes), no: withAlternatives(value, sides.no) };
  }

  /** The states behind a question, each with what its answer decides. */
  #decide(value: AbstractValue, at: Located, scope: Scope | undefined, state: State): { readonly yes: State; readonly no: State; readonly site: string } {
    const { yes, no } = this.split(value, at, scope);
    const site = this.site(at, scope);
    const side = (of: AbstractValue, positive: boolean): State => {
      const next = state.copy();
      if (of.alternatives.length === 0) {
        next.dead = true;
        return next;
      }
      const best = strongest(joined(of.alternatives.map(({ claim }) => claim)));
      next.claim = best === undefined ? without(next.claim, site) : decided(next.claim, { site, positive, level: best.level, at: best.at, note: best.note });
      return next;
    };
    return { yes: side(yes, true), no: side(no, false), site };
  }

  /** What a name is known to be where its test came out one way. */
  #refine(test: Expression, positive: boolean, scope: Scope | undefined, file: Path, state: State): void {
    if (state.dead) return;
    if (test.kind === "unary" && test.operator === "!") {
      this.#refine(test.operand, !positive, scope, file, state);
      return;
    }
    if (test.kind === "logical" && (test.operator === "&&" ? positive : !positive) && test.operator !== "??") {
      this.#refine(test.left, positive, scope, file, state);
      this.#refine(test.right, positive, scope, file, state);
      return;
    }
    const counted = countedList(test, positive);
    if (counted !== undefined) state.nonEmpty = new Set(state.nonEmpty).add(`${file}:${String(counted)}`);
    const question = askedName(test, positive);
    if (question === undefined) return;
    const value = this.#reference(question.name, scope, file, state);
    const kept = value.alternatives.filter(({ form }) => question.keeps(form) !== false);
    const binding = this.ask.body(file)?.bindings[question.name.binding];
    const home = binding === undefined ? undefined : scopeOf(scope, file, binding.function);
    if (home !== undefined && kept.length > 0) state.vars.set(varKey(home, question.name.binding), { ...value, alternatives: kept });
  }

  #conditional(at: Located, node: Extract<Expression, { kind: "conditional" }>, scope: Scope | undefined, state: State): AbstractValue {
    const test = this.evaluate(node.test, scope, at.file, state);
    const before = state.claim;
    const { yes, no, site } = this.#decide(test, { file: at.file, expression: node.test }, scope, state);
    this.#refine(node.test, true, scope, at.file, yes);
    this.#refine(node.test, false, scope, at.file, no);
    if (this.options.mode === "gate" && node.then.kind === "boolean" && node.then.value) no.claim = without(no.claim, site);
    if (this.options.mode === "gate" && node.else.kind === "boolean" && node.else.value) yes.claim = without(yes.claim, site);
    const values: AbstractValue[] = [];
    for (const [side, expression] of [[yes, node.then], [no, node.else]] as const) {
      if (side.dead) continue;
      const value = this.evaluate(expression, scope, at.file, side);
      if (!side.dead) values.push(under(value, beyond(side.claim, before)));
    }
    state.become(meet([yes, no]));
    return either(values);
  }

  #logical(at: Located, node: Extract<Expression, { kind: "logical" }>, scope: Scope | undefined, state: State): AbstractValue {
    const { operator } = node;
    const leftAt: Located = { file: at.file, expression: node.left };
    const left = this.evaluate(node.left, scope, at.file, state);
    const before = state.claim;
    const asked = operator === "??" ? this.#present(left) : left;
    const { yes, no, site } = this.#decide(asked, leftAt, scope, state);
    const sides = this.split(asked, leftAt, scope);
    const [goesOn, stops] = operator === "&&" ? [yes, no] : [no, yes];
    const kept = operator === "&&" ? sides.no : operator === "||" ? sides.yes : { ...left, alternatives: left.alternatives.filter(({ form }) => !isNothing(form)) };
    this.#refine(node.left, operator === "&&", scope, at.file, goesOn);
    const values: AbstractValue[] = [];
    if (!stops.dead) values.push(kept);
    if (!goesOn.dead) {
      const right = this.evaluate(node.right, scope, at.file, goesOn);
      if (!goesOn.dead) values.push(this.#behind(right, at, node, scope, beyond(goesOn.claim, before), site));
    }
    state.become(meet([yes, no]));
    return either(values);
  }

  /**
   * The right side of a short circuit, under what the left side decided.
   *
   * That a caller was not let in by the left side is no reason to let it in by the right one.
   */
  #behind(right: AbstractValue, at: Located, { operator, right: node }: Extract<Expression, { kind: "logical" }>, scope: Scope | undefined, claim: Claim, site: string): AbstractValue {
    if (this.options.mode !== "gate" || operator === "??") return operator === "??" ? right : under(right, claim);
    const { yes, no } = this.split(right, { file: at.file, expression: node }, scope);
    const free = without(claim, site);
    return either([under(yes, operator === "&&" ? claim : free), under(no, operator === "&&" ? free : claim)]);
  }

  /** Whether a value is there, as a truth. */
  #present(value: AbstractValue): AbstractValue {
    return withAlternatives(value, value.alternatives.flatMap((one): Alternative[] => (one.form.kind === "some" ? [one] : [{ ...one, form: { kind: "constant", value: !isNothing(one.form) } }])));
  }

  #not(at: Located, operand: AbstractValue, scope: Scope | undefined): AbstractValue {
    const { yes, no } = this.split(operand, at, scope);
    if (operand.alternatives.length === 1 && operand.alternatives[0]?.form.kind === "some" && operand.alternatives[0].form.truth === undefined && !has(operand, label.difference)) return operand;
    const as = (of: AbstractValue, value: boolean): Alternative[] => of.alternatives.map((one) => ({ ...one, form: { kind: "constant", value } }));
    return withAlternatives(operand, [...as(yes, false), ...as(no, true)]);
  }

  /** A question whose yes proves a signature. */
  compared(at: Located, scope: Scope | undefined, labels: number, equalIs = true): AbstractValue {
    this.comparisons.push(at);
    const token: Token = { site: `compare ${this.site(at, scope)}`, positive: true, level: PROVEN, at, note: "the signature is compared here" };
    const proven: Alternative = { form: { kind: "constant", value: equalIs }, claim: this.options.mode === "signature" ? decided(NOTHING, token) : gateClaim(token), at };
    const refused: Alternative = { form: { kind: "constant", value: !equalIs }, claim: this.options.mode === "signature" ? NOTHING : gateClaim({ ...token, positive: false }), at };
    return { alternatives: [proven, refused], labels, digests: new Set() };
  }

  #binary(at: Located, operator: string, left: AbstractValue, right: AbstractValue, scope: Scope | undefined): AbstractValue {
    const labels = labelsOf([left, right]) & ~label.list;
    const isEqual = operator === "===" || operator === "==";
    const isUnequal = operator === "!==" || operator === "!=";
    if (isEqual || isUnequal) {
      if (comparesDigest(left, right)) return this.compared(at, scope, labels & ~(label.digest | label.difference), isEqual);
      return this.#equality(at, left, right, isEqual, labels, scope);
    }
    if (operator === "^" && comparesDigest(left, right)) {
      this.comparisons.push(at);
      return some(at, labels | label.difference);
    }
    const [first, second] = [constantOf(left), constantOf(right)];
    if (first !== undefined && second !== undefined) {
      const folded = fold(operator, first.value, second.value);
      if (folded !== undefined) return constant(at, folded, labels);
    }
    if (operator === "&" || operator === "|") {
      // Truths as numbers.
      const pairs = left.alternatives.flatMap((one) => right.alternatives.map((other) => [one, other] as const));
      if (pairs.every(([one, other]) => one.form.kind === "constant" && other.form.kind === "constant")) {
        return { alternatives: pairs.map(([one, other]) => ({ form: { kind: "constant", value: operator === "&" ? truthOf(one.form) === true && truthOf(other.form) === true : truthOf(one.form) === true || truthOf(other.form) === true }, claim: both(one.claim, other.claim), at })), labels, digests: new Set() };
      }
    }
    if (operator === "instanceof") {
      return { alternatives: left.alternatives.flatMap((one): Alternative[] => (one.form.kind === "response" ? [{ ...one, form: { kind: "constant", value: true } }] : one.form.kind === "constant" ? [{ ...one, form: { kind: "constant", value: false } }] : [{ ...one, form: { kind: "some" } }])), labels, digests: new Set() };
    }
    if (/^[<>]=?$/u.test(operator) && left.alternatives.length * right.alternatives.length <= MAX_PAIRS) {
      return withAlternatives(some(at, labels), left.alternatives.flatMap((one) => right.alternatives.map((other): Alternative => {
        const folded = one.form.kind === "constant" && other.form.kind === "constant" ? fold(operator, one.form.value, other.form.value) : undefined;
        return { form: folded === undefined ? { kind: "some" } : { kind: "constant", value: folded }, claim: both(one.claim, other.claim), at };
      })));
    }
    return { ...some(at, labels), digests: digestsOf([left, right]) };
  }

  #equality(at: Located, left: AbstractValue, right: AbstractValue, isEqual: boolean, labels: number, scope: Scope | undefined): AbstractValue {
    if (left.alternatives.length * right.alternatives.length > MAX_PAIRS) return some(at, labels);
    // The difference of a digest and what was given is zero: they are equal.
    if ([left, right].some((side) => has(side, label.difference)) && [left, right].some((side) => constantOf(side)?.value === 0)) {
      this.comparisons.push(at);
      return this.compared(at, scope, labels & ~label.difference, isEqual);
    }
    const alternatives = left.alternatives.flatMap((one) =>
      right.alternatives.map((other): Alternative => {
        const same = sameForm(one.form, other.form);
        return { form: same === undefined ? { kind: "some" } : { kind: "constant", value: same === isEqual }, claim: both(one.claim, other.claim), at: one.at };
      }),
    );
    return withAlternatives({ alternatives: [], labels, digests: new Set() }, alternatives);
  }

  // ---- calls

  #call(at: Located, node: Extract<Expression, { kind: "call" }>, scope: Scope | undefined, state: State): AbstractValue {
    const { callee } = node;
    if (callee.kind === "member") {
      const object = this.evaluate(callee.object, scope, at.file, state);
      const keys = this.#keys(object, callee.key, scope, at.file, state);
      const fn = this.member({ file: at.file, expression: callee }, object, keys?.length === 1 ? keys[0] : undefined, keys, scope, state);
      const passed = this.#arguments(node.arguments, scope, at.file, state);
      const cell = this.#cell(at, callee, keys?.[0], passed, scope, state);
      if (cell !== undefined) return cell;
      return this.call(at, fn, passed, state, scope, object);
    }
    const fn = this.evaluate(callee, scope, at.file, state);
    const passed = this.#arguments(node.arguments, scope, at.file, state);
    return this.call(at, fn, passed, state, scope);
  }

  /**
   * What a cache gives: nothing, or what the same code put there.
   *
   * Runs are repeated until what caches hold no longer changes.
   */
  #cell(at: Located, callee: Extract<Expression, { kind: "member" }>, method: string | undefined, passed: readonly AbstractValue[], scope: Scope | undefined, state: State): AbstractValue | undefined {
    if ((method !== "get" && method !== "set") || scope === undefined || passed.length !== (method === "get" ? 1 : 2)) return undefined;
    const name = `${at.file} ${placeless(callee.object)}`;
    if (!this.#isCache(at.file, callee.object)) return undefined;
    if (method === "set") {
      const value = passed[1] ?? constant(at, undefined);
      const put = under(value, state.claim);
      const known = this.#cells.get(name);
      const next = known === undefined ? put : either([known, put]);
      if (known === undefined || weightOf(next) !== weightOf(known)) {
        this.#cells.set(name, next);
        this.#cellsChanged = true;
      }
      return some(at);
    }
    const held = this.#cells.get(name);
    return held === undefined ? constant(at, undefined) : either([held, constant(at, undefined)]);
  }

  /** Whether code of this file puts something into the collection: then it is a cache of the file's own. */
  #isCache(file: Path, object: Expression): boolean {
    const body = this.ask.body(file);
    if (body === undefined || !/^(?:reference|member|this)$/u.test(object.kind)) return false;
    return this.#sets(file, body).has(placeless(object));
  }

  readonly #setsByFile = new Map<Path, ReadonlySet<string>>();

  #sets(file: Path, body: ModuleBody): ReadonlySet<string> {
    const known = this.#setsByFile.get(file);
    if (known !== undefined) return known;
    const found = new Set<string>();
    collectSets(body, found);
    this.#setsByFile.set(file, found);
    return found;
  }

  call(at: Located, fn: AbstractValue, passed: readonly AbstractValue[], state: State, scope: Scope | undefined, self?: AbstractValue): AbstractValue {
    if (state.dead) return some(at);
    this.mayThrow(state);
    if ((fn.labels & label.ingress) !== 0 && passed.some((value) => has(value, label.request)) && fn.alternatives.every(({ form }) => form.kind !== "closure" && form.kind !== "target")) {
      return this.reach("ingress", "manifest", at, state);
    }
    const start = state.copy();
    const states: State[] = [];
    const values: AbstractValue[] = [];
    for (const { form, claim } of fn.alternatives) {
      const each = start.copy();
      values.push(under(this.#callForm(at, form, fn, passed, each, scope, self), claim));
      states.push(each);
    }
    if (states.length > 0) state.become(states.length === 1 ? (states[0] ?? start) : meet(states));
    const value = either(values);
    const inherited = fn.labels & label.ingress;
    return inherited === 0 ? value : { ...value, labels: value.labels | inherited };
  }

  #callForm(at: Located, form: Form, fn: AbstractValue, passed: readonly AbstractValue[], state: State, scope: Scope | undefined, self: AbstractValue | undefined): AbstractValue {
    switch (form.kind) {
      case "closure":
        if (this.#isTrusted(form)) return this.#trusted(at, scope, passed);
        // What runs behind the guard and the handler is behind the guard.
        if (this.#isLive && state.reached && strongest(state.claim)?.level === PROVEN && !passed.some(runs)) return derived(at, passed, label.answer);
        return this.#invoke(at, form, passed, form.self ?? self, state, scope);
      case "external":
        return callExternal(this, at, form, passed, state, scope);
      case "method":
        return callMethod(this, at, form.of, form.name, passed, state, scope, fn);
      case "target":
        return this.reach(form.what, form.id, at, state);
      case "next":
        this.continued.push(state.claim);
        return some(at);
      case "constant":
        return constant(at, undefined);
      default:
        return this.unknownCall(at, fn, passed, state, scope);
    }
  }

  /** A call that nobody can look into. */
  unknownCall(at: Located, fn: AbstractValue, passed: readonly AbstractValue[], state: State, scope: Scope | undefined): AbstractValue {
    const results = passed.flatMap((value) => this.runCallbacks(at, value, [], state, scope) ?? []);
    const answers = passed.some((value) => value.alternatives.some(({ form }) => form.kind === "request")) ? label.answer : 0;
    return derived(at, [fn, ...passed, ...results], label.other | label.unsure | answers);
  }

  /** Runs the functions among the alternatives of a value, which code outside may or may not call. */
  runCallbacks(at: Located, value: AbstractValue, passed: readonly AbstractValue[], state: State, scope: Scope | undefined, always = false): AbstractValue | undefined {
    // What packages are given before any request came, they run when one comes, if at all.
    if (!this.#isLive) return undefined;
    const closures = value.alternatives.filter(({ form }) => form.kind === "closure");
    if (closures.length === 0) return undefined;
    const ran = state.copy();
    const result = this.call(at, { ...value, alternatives: closures }, passed, ran, scope);
    if (always) state.become(ran);
    else state.become(meet([state, ran]));
    return result;
  }

  reach(what: "ingress" | "rpc" | "answer", id: string, at: Located, state: State): AbstractValue {
    this.reaches.push({ what, id, at, claim: state.claim });
    state.reached = true;
    return some(at, label.answer);
  }

  deny(state: State): void {
    state.denied = true;
    if (!state.reached) this.denials += 1;
  }

  #isTrusted(form: Extract<Form, { kind: "closure" }>): boolean {
    const name = this.#fact(form.file, form.function)?.name ?? this.#boundName(form.file, form.function);
    return name !== undefined && this.isTrustedName(form.file, name);
  }

  #boundName(file: Path, fn: number): string | undefined {
    return this.ask.body(file)?.bindings.find(({ value }) => value?.kind === "function" && value.function === fn)?.name;
  }

  /** Whether the policy names a function as one that needs no proof. */
  isTrustedName(module: string, name: string): boolean {
    return this.options.trusted.some((entry) => {
      const [wanted, ...rest] = entry.split("#").toReversed();
      const from = rest[0];
      return wanted === name && (from === undefined || from === module || module.startsWith(`${from}.`) || module.startsWith(`${from}/`));
    });
  }

  #trusted(at: Located, scope: Scope | undefined, passed: readonly AbstractValue[]): AbstractValue {
    return this.compared(at, scope, labelsOf(passed) & ~label.list);
  }

  /** What the policy trusts answers a truth, or a promise of one that is awaited. */
  trusted(at: Located, scope: Scope | undefined, passed: readonly AbstractValue[]): AbstractValue {
    return this.#trusted(at, scope, passed);
  }

  #enter(file: Path, fn: number, outer: Scope | undefined, passed: readonly AbstractValue[], self: AbstractValue | undefined, caller: Scope | undefined, top = false): Scope {
    return { serial: this.fresh(), file, function: fn, arguments: passed.map((value) => () => value), ...(self !== undefined && { self }), outer, depth: (caller?.depth ?? 0) + 1, top };
  }

  /** Runs a function that the framework calls. */
  start(at: Located, fn: AbstractValue, passed: readonly AbstractValue[], state: State): AbstractValue {
    this.#isLive = true;
    this.#isAside = false;
    const results: AbstractValue[] = [];
    for (const { form, claim } of fn.alternatives) {
      if (form.kind !== "closure") {
        results.push(this.call(at, { ...fn, alternatives: [{ form, claim, at }] }, passed, state, undefined));
        continue;
      }
      results.push(this.#invoke(at, form, passed, form.self, state, undefined, true));
    }
    return either(results);
  }

  #invoke(at: Located, form: Extract<Form, { kind: "closure" }>, passed: readonly AbstractValue[], self: AbstractValue | undefined, state: State, caller: Scope | undefined, top = false): AbstractValue {
    const fact = this.#fact(form.file, form.function);
    const key = runKey(form.file, form.function);
    const isTooDeep = (caller?.depth ?? 0) >= MAX_DEPTH || this.#stack.filter((one) => one === key).length >= (this.#isLive ? MAX_SAME : 1);
    if (fact === undefined || fact.generator || isTooDeep) return derived(at, passed, label.unsure);
    const scope = this.#enter(form.file, form.function, form.scope, passed, self, caller, top);
    if (this.#isLive) this.#live.add(scope.serial);
    const before = state.claim;
    this.#stack.push(key);
    const value = top ? this.#repeat(fact, scope, state) : this.#run(fact, scope, state);
    this.#stack.pop();
    if (this.#isLive && !value.alternatives.some(({ form: made }) => made.kind === "closure" || made.kind === "object" || made.kind === "promise")) forget(state, scope);
    if (!fact.async) return value;
    // What an async function decides holds once it is awaited.
    const { dead } = state;
    const done = beyond(state.claim, before);
    state.claim = before;
    state.dead = false;
    return dead ? only(at, { kind: "promise", id: `${scope.serial}`, of: either([]), done }) : { ...only(at, { kind: "promise", id: scope.serial, of: this.#flat(value), done }, value.labels), digests: value.digests };
  }

  /** Runs a body; again where a cache turned out to hold more. */
  #repeat(fact: FunctionFact, scope: Scope, state: State): AbstractValue {
    const start = state.copy();
    let value = either([]);
    for (let round = 0; round < ROUNDS; round += 1) {
      this.#cellsChanged = false;
      this.#budget = BUDGET;
      state.become(start.copy());
      const reached = this.reaches.length;
      const { denials } = this;
      value = this.#run(fact, scope, state);
      if (!this.#cellsChanged || round === ROUNDS - 1) break;
      // What an unfinished round saw is seen again.
      this.reaches.length = reached;
      this.denials = denials;
    }
    return value;
  }

  #flat(value: AbstractValue): AbstractValue {
    return withAlternatives(value, value.alternatives.flatMap((one) => (one.form.kind === "promise" ? under(one.form.of, both(one.claim, one.form.done)).alternatives : [one])));
  }

  await(value: AbstractValue, state: State): AbstractValue {
    const promises = value.alternatives.filter(({ form }) => form.kind === "promise");
    if (promises.length === 0) return value;
    this.mayThrow(state);
    const done = joined(value.alternatives.map(({ form }) => (form.kind === "promise" ? form.done : NOTHING)));
    state.claim = both(state.claim, done);
    const flat = this.#flat(value);
    const inner = promises.flatMap(({ form }) => (form.kind === "promise" ? [form.of] : []));
    if (flat.alternatives.length === 0) state.dead = true;
    return { ...flat, labels: flat.labels | labelsOf(inner), digests: digestsOf([flat, ...inner]) };
  }

  #fact(file: Path, fn: number): FunctionFact | undefined {
    return this.ask.body(file)?.functions[fn];
  }

  // ---- statements

  /** Runs a function's body; the state afterwards is that of all ways that return. */
  #run(fact: FunctionFact, scope: Scope, state: State): AbstractValue {
    const ends: Ends = { returns: [], jumps: [] };
    this.#statements(fact.body, scope, state, ends);
    const nowhere: Located = { file: scope.file, expression: { kind: "nothing", value: "undefined", span: fact.span } };
    if (!state.dead) ends.returns.push({ state: state.copy(), value: constant(nowhere, undefined) });
    const end = meet(ends.returns.map((one) => one.state));
    if (ends.returns.length === 0) {
      state.dead = true;
      return either([]);
    }
    const values = ends.returns.map((one) => under(one.value, one.state.claim));
    state.become(end);
    return either(values);
  }

  #statements(list: readonly Statement[], scope: Scope, state: State, ends: Ends): void {
    for (const statement of list) {
      if (state.dead) return;
      this.#statement(statement, scope, state, ends);
    }
  }

  #statement(node: Statement, scope: Scope, state: State, ends: Ends): void {
    this.#budget -= 1;
    if (this.#budget < 0) throw new Exhausted();
    const { file } = scope;
    switch (node.kind) {
      case "expression":
        if (this.#isLive || node.expression.kind === "assign") this.evaluate(node.expression, scope, file, state);
        return;
      case "declare": {
        const binding = this.ask.body(file)?.bindings[node.binding];
        if (binding === undefined) return;
        const at: Located = { file, expression: binding.value ?? { kind: "nothing", value: "undefined", span: binding.span } };
        const home = scopeOf(scope, file, binding.function) ?? scope;
        state.vars.set(varKey(home, node.binding), binding.value === undefined ? this.#initial(at, binding, scope, file, state) : this.#part(binding.value, scope, file, state));
        return;
      }
      case "if":
        this.#if(node, scope, state, ends);
        return;
      case "return": {
        const at: Located = { file, expression: node.value ?? { kind: "nothing", value: "undefined", span: node.span } };
        const value = node.value === undefined ? constant(at, undefined) : this.evaluate(node.value, scope, file, state);
        if (!state.dead) ends.returns.push({ state: state.copy(), value });
        state.dead = true;
        return;
      }
      case "throw":
        this.evaluate(node.value, scope, file, state);
        this.mayThrow(state);
        state.dead = true;
        return;
      case "loop":
        this.#loop(node, scope, state, ends);
        return;
      case "switch":
        this.#switch(node, scope, state, ends);
        return;
      case "try":
        this.#try(node, scope, state, ends);
        return;
      case "block": {
        this.#statements(node.body, scope, state, ends);
        if (node.label === undefined) return;
        const { label: name } = node;
        state.become(meet([state, ...this.#landing(ends, (jump) => jump.kind === "break" && jump.label === name)]));
        return;
      }
      case "break":
      case "continue":
        ends.jumps.push({ kind: node.kind, label: node.label, state: state.copy() });
        state.dead = true;
        return;
      case "class":
        if (node.binding !== undefined) state.vars.set(varKey(scope, node.binding), only({ file, expression: { kind: "class", class: node.class, span: node.span } }, { kind: "class", file, fact: node.class, scope }));
        return;
    }
  }

  /** Takes the jumps that end here. */
  #landing(ends: Ends, lands: (jump: Jump) => boolean): State[] {
    const landed = ends.jumps.filter(lands);
    const others = ends.jumps.filter((jump) => !lands(jump));
    ends.jumps.splice(0, ends.jumps.length, ...others);
    return landed.map(({ state }) => state);
  }

  #if(node: Extract<Statement, { kind: "if" }>, scope: Scope, state: State, ends: Ends): void {
    const { file } = scope;
    const test = this.evaluate(node.test, scope, file, state);
    if (state.dead) return;
    const { yes, no, site } = this.#decide(test, { file, expression: node.test }, scope, state);
    this.#refine(node.test, true, scope, file, yes);
    this.#refine(node.test, false, scope, file, no);
    const first = ends.returns.length;
    const { denied } = state;
    this.#statements(node.then, scope, yes, ends);
    // Only a branch that refuses makes a gate of the way around it.
    if (yes.dead && this.#letsIn(ends.returns.slice(first), scope, denied)) no.claim = without(no.claim, site);
    const second = ends.returns.length;
    this.#statements(node.else, scope, no, ends);
    if (no.dead && !yes.dead && this.#letsIn(ends.returns.slice(second), scope, denied)) yes.claim = without(yes.claim, site);
    state.become(meet([yes, no]));
  }

  /** Whether returning early lets the caller in, or answers it as if it might come in. */
  #letsIn(returns: readonly Ended[], scope: Scope, denied: boolean): boolean {
    if (this.options.mode !== "gate") return false;
    return returns.some(({ state, value }) => !(state.denied && !denied) && !state.reached && !refuses(value, scope.top));
  }

  #loop(node: Extract<Statement, { kind: "loop" }>, scope: Scope, state: State, ends: Ends): void {
    const { file } = scope;
    this.#statements(node.init, scope, state, ends);
    const each = node.each === undefined ? undefined : this.evaluate(node.each, scope, file, state);
    const exits: State[] = [];
    const isMine = (jump: Jump): boolean => jump.label === undefined || jump.label === node.label;
    const sure = each === undefined ? node.once : isFilled(each);
    let entry = state.copy();
    for (let round = 0; round < (this.#isLive ? ROUNDS : 1) && !entry.dead; round += 1) {
      const turn = entry.copy();
      if (each !== undefined || (node.once && round === 0)) {
        if (!(sure && round === 0)) exits.push(entry.copy());
      } else if (node.test !== undefined) {
        const test = this.evaluate(node.test, scope, file, turn);
        const { yes, no } = this.#decide(test, { file, expression: node.test }, scope, turn);
        exits.push(no);
        turn.become(yes);
      }
      this.#statements(node.body, scope, turn, ends);
      const again = meet([turn, ...this.#landing(ends, (jump) => jump.kind === "continue" && isMine(jump))]);
      exits.push(...this.#landing(ends, (jump) => jump.kind === "break" && isMine(jump)));
      if (!again.dead && node.update !== undefined) this.evaluate(node.update, scope, file, again);
      if (node.once && node.test !== undefined && !again.dead) {
        const test = this.evaluate(node.test, scope, file, again);
        const { yes, no } = this.#decide(test, { file, expression: node.test }, scope, again);
        exits.push(no);
        again.become(yes);
      }
      entry = round === 0 ? again : meet([entry, again]);
    }
    // Where the loop ends by itself, after however many turns.
    if (!entry.dead && (each !== undefined || node.test !== undefined)) exits.push(entry);
    state.become(exits.length === 0 ? deadEnd(state) : meet(exits));
  }

  #switch(node: Extract<Statement, { kind: "switch" }>, scope: Scope, state: State, ends: Ends): void {
    const { file } = scope;
    const on = this.evaluate(node.on, scope, file, state);
    let waiting = state.copy();
    let falling: State | undefined;
    const bodies: { readonly body: readonly Statement[]; readonly entry: State | undefined }[] = [];
    for (const { test, body } of node.cases) {
      if (test === undefined) {
        bodies.push({ body, entry: undefined });
        continue;
      }
      const at: Located = { file, expression: test };
      const value = this.#equality(at, on, this.evaluate(test, scope, file, waiting), true, on.labels, scope);
      const { yes, no } = this.#decide(value, at, scope, waiting);
      bodies.push({ body, entry: yes });
      waiting = no;
    }
    const exits: State[] = [];
    for (const { body, entry } of bodies) {
      const from = meet([entry ?? waiting, ...(falling === undefined ? [] : [falling])]);
      this.#statements(body, scope, from, ends);
      exits.push(...this.#landing(ends, (jump) => jump.kind === "break" && jump.label === undefined));
      falling = from;
    }
    const hasDefault = node.cases.some(({ test }) => test === undefined);
    state.become(meet([...exits, ...(falling === undefined ? [] : [falling]), ...(hasDefault ? [] : [waiting])]));
  }

  #try(node: Extract<Statement, { kind: "try" }>, scope: Scope, state: State, ends: Ends): void {
    const outer = this.#throws;
    const thrown: State[] = [];
    const first = ends.returns.length;
    this.#throws = node.handler === undefined ? outer : thrown;
    const entered = state.copy();
    this.#statements(node.block, scope, state, ends);
    this.#throws = outer;
    if (node.handler !== undefined) {
      const caught = meet(thrown.length === 0 ? [entered] : thrown);
      if (node.caught !== undefined) caught.vars.set(varKey(scope, node.caught), some({ file: scope.file, expression: { kind: "nothing", value: "undefined", span: node.span } }));
      this.#statements(node.handler, scope, caught, ends);
      state.become(meet([state, caught]));
    }
    if (node.finalizer === undefined) return;
    const before = ends.returns.length;
    const last = state.dead ? meet([entered]) : state;
    this.#statements(node.finalizer, scope, last, ends);
    // A `finally` that returns has the last word.
    if (ends.returns.length > before && last.dead) ends.returns.splice(first, before - first);
    if (!state.dead) state.become(last);
  }

  /** Notes that control may leave here. */
  mayThrow(state: State): void {
    if (this.#throws !== undefined && !state.dead) this.#throws.push(state.copy());
  }

  /** Whether a list is known to hold something, by its name. */
  isFilled(list: Expression, value: AbstractValue, file: Path, state: State): boolean {
    return isFilled(value) || (list.kind === "reference" && state.nonEmpty.has(`${file}:${String(list.binding)}`));
  }
}

/** Whether a value is something to run. */
function runs({ alternatives }: AbstractValue): boolean {
  return alternatives.some(({ form }) => form.kind === "closure" || form.kind === "target" || form.kind === "next");
}

/** Tells whether what a cache holds has become more, or less decided. */
function weightOf({ alternatives, labels }: AbstractValue): string {
  return `${String(labels)} ${alternatives.map(({ claim }) => strongest(claim)?.level ?? 0).join(" ")}`;
}

/** Drops the names of a run that nothing can read any more. */
function forget(state: State, scope: Scope): void {
  const prefix = `${scope.serial}:`;
  for (const name of [...state.vars.keys()]) if (name.startsWith(prefix)) state.vars.delete(name);
}

const SIZES = /^(?:length|size|byteLength)$/u;

/** Stands for the receiver of a getter until it is read. */
const GETTER: AbstractValue = { alternatives: [], labels: 0, digests: new Set() };

function asGetter(value: AbstractValue): AbstractValue {
  return withAlternatives(value, value.alternatives.map((one) => (one.form.kind === "closure" ? { ...one, form: { ...one.form, self: GETTER } } : one)));
}

function deadEnd(state: State): State {
  const next = state.copy();
  next.dead = true;
  return next;
}

function isFilled({ alternatives }: AbstractValue): boolean {
  return alternatives.length > 0 && alternatives.every(({ form }) => form.kind === "list" && form.exact && form.items.length > 0);
}

function isNothing(form: Form): boolean {
  return form.kind === "constant" && (form.value === undefined || form.value === null);
}

function varKey(scope: Scope, binding: number): string {
  return `${scope.serial}:${String(binding)}`;
}

function runKey(file: Path, fn: number): string {
  return `${file}:${String(fn)}`;
}

function gateClaim(token: Token): Claim {
  return decided(NOTHING, token);
}

function noteOf(level: Level): string {
  switch (level) {
    case PROVEN:
      return "who is calling is asked here";
    case DISTRUSTED:
      return "this rests on what any caller can send";
    case UNKNOWN:
      return "what this answers cannot be told";
  }
}

/** Whether two shapes are the same value; undefined where that depends. */
function sameForm(one: Form, other: Form): boolean | undefined {
  if (one.kind === "constant" && other.kind === "constant") return one.value === other.value;
  const [constantForm, otherForm] = one.kind === "constant" ? [one, other] : other.kind === "constant" ? [other, one] : [undefined, undefined];
  if (constantForm === undefined || otherForm === undefined) return undefined;
  if (otherForm.kind === "some") {
    if (otherForm.truth === undefined || typeof constantForm.value === "string") return otherForm.truth === false && Boolean(constantForm.value) ? false : undefined;
    return Boolean(constantForm.value) === otherForm.truth ? undefined : false;
  }
  return otherForm.kind === "external" || otherForm.kind === "method" ? undefined : false;
}

function fold(operator: string, left: string | number | boolean | null | undefined, right: string | number | boolean | null | undefined): string | number | boolean | undefined {
  if (operator === "+" && (typeof left === "string" || typeof right === "string")) return String(left) + String(right);
  if (typeof left !== "number" || typeof right !== "number") return undefined;
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "<":
      return left < right;
    case ">":
      return left > right;
    case "<=":
      return left <= right;
    case ">=":
      return left >= right;
    default:
      return undefined;
  }
}

/** The list whose length a test found to be more than zero. */
function countedList(test: Expression, positive: boolean): number | undefined {
  if (test.kind === "binary") {
    const { left, right, operator } = test;
    const isZero = right.kind === "number" && right.value === 0;
    const says = isZero && ((/^[!]==?$/u.test(operator) || operator === ">") ? positive : (/^===?$/u.test(operator) || operator === "<=") && !positive);
    const isOne = right.kind === "number" && right.value === 1 && ((operator === ">=" && positive) || (operator === "<" && !positive));
    return says || isOne ? lengthOf(left) : undefined;
  }
  return positive ? lengthOf(test) : undefined;
}

function lengthOf(node: Expression): number | undefined {
  return node.kind === "member" && node.key.kind === "string" && /^(?:length|size)$/u.test(node.key.value) && node.object.kind === "reference" ? node.object.binding : undefined;
}

/** The name that a test asks about, and which shapes the answer leaves. */
function askedName(test: Expression, positive: boolean): { readonly name: Extract<Expression, { kind: "reference" }>; readonly keeps: (form: Form) => boolean | undefined } | undefined {
  if (test.kind === "reference") return { name: test, keeps: (form) => (truthOf(form) === undefined ? undefined : truthOf(form) === positive) };
  if (test.kind !== "binary") return undefined;
  const { operator, left, right } = test;
  if (operator === "instanceof" && left.kind === "reference" && right.kind === "global" && right.name === "Response") {
    return { name: left, keeps: (form) => (form.kind === "some" ? undefined : (form.kind === "response") === positive) };
  }
  const isEqual = /^===?$/u.test(operator);
  if (!isEqual && !/^!==?$/u.test(operator)) return undefined;
  const [name, other] = left.kind === "reference" ? [left, right] : right.kind === "reference" ? [right, left] : [undefined, undefined];
  if (name === undefined || other === undefined) return undefined;
  if (other.kind !== "nothing" && other.kind !== "boolean" && other.kind !== "string") return undefined;
  const wanted: Form = { kind: "constant", value: other.kind === "nothing" ? (other.value === "null" ? null : undefined) : other.value };
  const isLoose = operator.length === 2 && other.kind === "nothing";
  return {
    name,
    keeps: (form) => {
      const same = isLoose && form.kind === "constant" ? isNothing(form) : sameForm(form, wanted);
      return same === undefined ? undefined : same === (isEqual === positive);
    },
  };
}

/** An expression without its places: the same for the same spelling of the same names. */
function placeless(node: Expression): string {
  switch (node.kind) {
    case "reference":
      return `r${String(node.binding)}`;
    case "this":
      return "this";
    case "member":
      return `${placeless(node.object)}.${node.key.kind === "string" ? node.key.value : "?"}`;
    case "typed":
      return placeless(node.operand);
    default:
      return `${node.kind}${node.span.join("-")}`;
  }
}

function collectSets(body: ModuleBody, found: Set<string>): void {
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (isSetCall(value)) found.add(placeless(value.callee.object));
    for (const child of Object.values(value)) visit(child);
  };
  visit(body.functions);
  visit(body.bindings);
}

function isSetCall(value: object): value is { callee: Extract<Expression, { kind: "member" }> } {
  if (!("kind" in value) || value.kind !== "call" || !("callee" in value)) return false;
  const { callee } = value;
  if (typeof callee !== "object" || callee === null || !("kind" in callee) || callee.kind !== "member" || !("key" in callee)) return false;
  const { key } = callee;
  return typeof key === "object" && key !== null && "kind" in key && key.kind === "string" && "value" in key && key.value === "set";
}
