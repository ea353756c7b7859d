import type { Argument, Expression, FunctionId, TypeExpression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import { Table, type Effort } from "../table.js";
import type { Types } from "../types.js";
import type { Callback, Write } from "../uses.js";
import { inside, passedBy, type Evaluation } from "../values/evaluation.js";
import type { Form } from "../values/form.js";
import { callFrame, frameOf, type CallFrame, type FrameArgument } from "../values/frame.js";
import { keyText } from "../values/objects.js";
import { usesOfFunction } from "../values/parameters.js";
import { blocked, type Outcome } from "../values/outcome.js";
import { definitionsAt } from "../values/reaching.js";
import type { Located, LocatedType } from "../workspace.js";
import { after, distinct, found, typed, type Found } from "./found.js";

type Origins = readonly Found[];
type Call = Extract<Expression, { kind: "call" }>;
type ObjectLiteral = Extract<Expression, { kind: "object" }>;

/** More origins than this are no answer. */
const MAX_ORIGINS = 300;

/** What finding out one callee, one key or one set of callers may cost. */
const SIDE_QUESTION = 400;

/** Standard functions whose result is, or holds, what they are given. */
const PASSES_ON = /^(?:Object\.(?:freeze|seal|assign|preventExtensions)|structuredClone|Promise\.(?:resolve|all|race|any|allSettled)|Array\.(?:from|of)|Object)$/u;
/** Standard methods whose result is, or holds, what the receiver holds. */
const SELECTS: ReadonlySet<string> = new Set([
  "filter", "slice", "concat", "reverse", "toReversed", "sort", "toSorted", "flat", "splice", "toSpliced", "values", "finally", "catch", "bind",
]);
/** Standard methods whose result is an element of the receiver. */
const PICKS: ReadonlySet<string> = new Set(["find", "findLast", "at", "pop", "shift", "next"]);
const ELEMENT_FIRST: ReadonlySet<string> = new Set([
  "map", "forEach", "filter", "some", "every", "find", "findIndex", "findLast", "findLastIndex", "flatMap", "sort", "toSorted", "toSpliced",
]);

/** Follows values backwards to everything they derive from. */
export class OriginSearch {
  readonly #ev: Evaluation;
  readonly #types: Types;
  readonly #calls: number;
  readonly #answers: Table<Origins>;
  /** Member reads that the program does not spell: of what is spread, for a name that the spreading object is asked for. */
  readonly #reads = new WeakMap<Expression, Map<string, Expression>>();

  /** @param calls how many calls in a row are told apart; further in, a function is taken as it is called from everywhere */
  constructor(ev: Evaluation, types: Types, effort: Effort, calls: number) {
    this.#calls = calls;
    this.#ev = ev;
    this.#types = types;
    this.#answers = new Table(effort);
  }

  find(at: Located): Origins {
    // What was made on the way derives from what its making expression derives from.
    const place: Located = at.frame?.kind === "pinned" ? { file: at.file, expression: at.expression } : at;
    return this.#answers.ask(place.expression, place.frame, true, () => distinct(this.#search(place, place.expression)).slice(0, MAX_ORIGINS), () => []);
  }

  #search(at: Located, node: Expression): Origins {
    const of = (expression: Expression): Origins => this.find(inside(at, expression));
    switch (node.kind) {
      case "string":
      case "number":
      case "boolean":
      case "nothing":
      case "regex":
      case "function":
      case "class":
      case "unary":
        return [found(at, { kind: "literal" })];
      case "template":
        return [...(node.tag === undefined ? [found(at, { kind: "literal" })] : [found(at, { kind: "call", callee: inside(at, node.tag) })]), ...node.parts.flatMap((part) => (typeof part === "string" ? [] : of(part)))];
      case "object":
        return [found(at, { kind: "literal" }), ...node.entries.flatMap((entry) => (entry.kind === "spread" ? of(entry.value) : [])), ...this.#merged(at)];
      case "array":
        return [found(at, { kind: "literal" }), ...node.items.flatMap((item) => (item.spread ? of(item.value) : []))];
      case "binary":
        return node.operator === "+" ? [found(at, { kind: "literal" }), ...of(node.left), ...of(node.right)] : [found(at, { kind: "literal" })];
      case "reference":
        return after(at, `\`${node.name}\``, this.#reference(at, node));
      case "parameter":
        return this.#parameter(at, node);
      case "member":
        return this.#member(at, node);
      case "call":
        return this.#call(at, node);
      case "new":
        return [...this.#typeArguments(at, node.typeArguments), ...this.#constructed(at, node)];
      case "import":
        return this.#module(at, this.#strings(inside(at, node.specifier)));
      case "conditional":
        return [...of(node.then), ...of(node.else)];
      case "logical":
        return node.operator === "&&" ? [...of(node.right), ...of(node.left).filter((origin) => origin.kind !== "literal")] : [...of(node.left), ...of(node.right)];
      case "default":
        return [...of(node.operand), ...of(node.fallback)];
      case "sequence":
        return node.items.length === 0 ? [] : node.items.slice(-1).flatMap(of);
      case "assign":
        return node.operator === "=" ? of(node.value) : [...of(node.target), ...of(node.value)];
      case "await":
        return this.#mapTypes(of(node.operand), (type) => this.#types.awaitedTypes(type));
      case "typed":
        return [...(node.type === undefined ? [] : typed(at, [{ file: at.file, type: node.type }])), ...of(node.operand)];
      case "element":
        return this.#element(of(node.of), node.index);
      case "key-of":
      case "rest":
        return of(node.of);
      case "yield":
        return [found(at, { kind: "unknown", reason: "what a generator receives is not known" })];
      case "this":
        return this.#self(at);
      case "global":
        return [found(at, { kind: "unknown", reason: `\`${node.name}\` is a global` })];
      case "import-meta":
      case "jsx":
        return [found(at, { kind: "literal" })];
      case "opaque":
        return [found(at, { kind: "unknown", reason: `${node.what} cannot be followed` }), ...node.operands.flatMap(of)];
    }
  }

  #reference(at: Located, node: Extract<Expression, { kind: "reference" }>): Origins {
    const binding = this.#ev.index(at.file)?.body.bindings[node.binding];
    if (binding === undefined) return [found(at, { kind: "unknown", reason: "its declaration is not found" })];
    if (binding.import !== undefined) return this.#imported(at, binding.import);
    return this.#binding(at, at.file, node.binding, callFrame(at), node);
  }

  #imported(at: Located, from: { readonly index: number; readonly name: string }): Origins {
    const specifier = this.#ev.code.source(at.file)?.imports[from.index]?.specifier;
    return specifier?.kind === "string" ? this.#taken(at, specifier.value, from.name) : [found(at, { kind: "unknown", reason: "the module it is imported from is not a literal" })];
  }

  /** A name taken from a module. */
  #taken(at: Located, specifier: string, name: string): Origins {
    const to = this.#ev.code.resolve(at.file, specifier);
    if (to.kind === "missing") return [found(at, { kind: "unknown", reason: `"${specifier}" is not found` })];
    if (to.kind === "external") return [found(at, { kind: "external", module: specifier, name })];
    if (to.path.endsWith(".json")) {
      const facts = this.#ev.code.json(to.path);
      return facts?.root === undefined ? [found(at, { kind: "unknown", reason: `${to.path} cannot be read` })] : this.find({ file: to.path, expression: this.#ev.json(facts.root) });
    }
    return name === "*" ? [found(at, { kind: "unknown", reason: "it is a module" })] : this.#exported(at, to.path, name);
  }

  #exported(at: Located, file: Path, name: string): Origins {
    const exported = this.#ev.exported(file, name);
    switch (exported.kind) {
      case "binding":
        return this.#binding(at, exported.file, exported.binding, undefined, undefined);
      case "external":
        return [found(at, { kind: "external", module: exported.module, name: exported.name })];
      case "namespace":
        return [found(at, { kind: "unknown", reason: "it is a module" })];
      case "missing":
        return [found(at, { kind: "unknown", reason: exported.reason })];
    }
  }

  #module(at: Located, specifiers: readonly string[] | undefined): Origins {
    return specifiers === undefined ? [found(at, { kind: "unknown", reason: "the module it loads is not known" })] : specifiers.flatMap((specifier) => this.#taken(at, specifier, "*"));
  }

  #binding(at: Located, file: Path, id: number, frame: CallFrame | undefined, reference: Expression | undefined): Origins {
    const index = this.#ev.index(file);
    const binding = index?.body.bindings[id];
    if (index === undefined || binding === undefined) return [];
    if (binding.import !== undefined) return this.#imported({ file, expression: at.expression }, binding.import);
    const origins: Found[] = [];
    if (binding.type !== undefined && binding.kind !== "type" && binding.kind !== "interface" && binding.kind !== "class") origins.push(...typed(at, [{ file, type: binding.type }]));
    const home = frameOf(frame, file, binding.function);
    const locate = (expression: Expression, own: CallFrame | undefined): Located => (own === undefined ? { file, expression } : { file, expression, frame: own });
    for (const definition of binding.writes.length === 0 ? (["initial"] as const) : definitionsAt(index, id, reference)) {
      if (definition === "none") continue;
      if (definition !== "initial") {
        const [place] = index.occurrences(definition);
        origins.push(...this.find(locate(definition, place === undefined ? undefined : frameOf(frame, file, place.function))));
      } else if (binding.value !== undefined) origins.push(...this.find(locate(binding.value, home)));
    }
    if (origins.length === 0) origins.push(found(at, { kind: "unknown", reason: binding.kind === "catch" ? "it is what was thrown" : `\`${binding.name}\` has no value that can be followed` }));
    return origins;
  }

  #parameter(at: Located, node: Extract<Expression, { kind: "parameter" }>): Origins {
    const index = this.#ev.index(at.file);
    const declared = index?.body.functions[node.function]?.parameters[node.index]?.type;
    const origins: Found[] = [found(at, { kind: "parameter", function: node.function, index: node.index })];
    if (declared !== undefined) origins.push(...typed(at, [{ file: at.file, type: declared }]));
    origins.push(...typed(at, this.#contextualTypes(at.file, node.function, node.index)));
    const frame = frameOf(callFrame(at), at.file, node.function);
    if (frame !== undefined) return [...origins, ...this.#passed(frame.arguments, node)];
    const uses = this.#ev.effort.attempt(SIDE_QUESTION, () => usesOfFunction(this.#ev, at.file, node.function), () => undefined);
    for (const one of uses?.invocations ?? []) origins.push(...after(one.at, "it is called here", this.#passed(passedBy(one.at, one.arguments), node)));
    for (const one of uses?.callbacks ?? []) origins.push(...after(one.at, "it is called here", this.#fromMethod(one, node.index)));
    const known = (uses?.invocations.length ?? 0) + (uses?.callbacks.length ?? 0);
    if (uses === undefined || uses.escape !== undefined || known === 0) origins.push(found(at, { kind: "unknown", reason: uses?.escape === undefined ? "no call of the function is known" : `who calls the function is not known: ${uses.escape.reason}` }));
    return origins;
  }

  /** The type that the place where a function stands gives its parameter. */
  #contextualTypes(file: Path, fn: FunctionId, position: number): readonly LocatedType[] {
    const index = this.#ev.index(file);
    const types: LocatedType[] = [];
    for (const site of index?.functionSites(fn) ?? []) {
      for (const name of index?.namesOf(site.node) ?? []) {
        const type = index?.body.bindings[name]?.type;
        if (type !== undefined) types.push({ file, type });
      }
      const { parent } = site;
      if (parent?.of === "expression" && parent.node.kind === "typed" && parent.node.type !== undefined) types.push({ file, type: parent.node.type });
    }
    return types.flatMap((type) => this.#types.parameterTypes(type, position));
  }

  #passed(passed: readonly FrameArgument[], node: { readonly index: number; readonly rest: boolean }): Origins {
    if (node.rest) return passed.slice(node.index).flatMap(({ at }) => this.find(at));
    const spread = passed.findIndex((argument) => argument.spread);
    if (spread >= 0 && spread <= node.index) return passed.slice(spread).flatMap((argument) => (argument.spread ? this.#element(this.find(argument.at), node.index - spread) : this.find(argument.at)));
    const argument = passed[node.index];
    return argument === undefined ? [] : this.find(argument.at);
  }

  /** What a standard method passes to its callback. */
  #fromMethod({ receiver, method }: Callback, position: number): Origins {
    const origins = this.find(receiver);
    if (method === "then") return position === 0 ? this.#mapTypes(origins, (type) => this.#types.awaitedTypes(type)) : [];
    const isElement = method.startsWith("reduce") ? position === 1 : position === 0 || ((method === "sort" || method === "toSorted") && position === 1);
    if (isElement && (ELEMENT_FIRST.has(method) || method.startsWith("reduce"))) return this.#element(origins, undefined);
    return position === 2 ? origins : [];
  }

  /** What an element of something derives from, given what that derives from. */
  #element(origins: Origins, index: number | undefined): Origins {
    return origins.flatMap((origin): Origins => {
      if (origin.kind === "typed") return typed(origin.at, this.#types.itemTypes(origin.type, index));
      if (origin.kind !== "literal" || origin.at.expression.kind !== "array") return [origin];
      const { items } = origin.at.expression;
      // A list may be spread into itself.
      return this.#answers.ask(items, `${String(index)} ${callFrame(origin.at)?.serial ?? ""}`, true, () => distinct(this.#itemsOf(origin.at, items, index)), () => []);
    });
  }

  /** What an element of an array literal, or one that is put in later, derives from. */
  #itemsOf(at: Located, items: readonly Argument[], index: number | undefined): Origins {
    const fixed = index !== undefined && items.slice(0, index + 1).every((item) => !item.spread);
    const chosen = fixed ? items.slice(index, index + 1) : items;
    const stored = this.#writes(at).flatMap((write) => {
      if (write.kind === "method") return write.arguments.map(({ value }) => ({ file: write.at.file, expression: value }));
      return write.kind === "set" ? [write.value] : [];
    });
    const own = chosen.flatMap(({ value, spread }) => (spread ? this.#element(this.find(inside(at, value)), undefined) : this.find(inside(at, value))));
    return [...own, ...stored.flatMap((value) => this.find(value))];
  }

  #self(at: Located): Origins {
    for (const { form } of this.#evaluate(at).values) {
      const made = form.kind === "instance" ? form.of : form.kind === "class" ? form : undefined;
      const expression = made === undefined ? undefined : this.#ev.index(made.file)?.classExpression(made.fact);
      if (made !== undefined && expression !== undefined) return [found({ file: made.file, expression }, { kind: "literal" })];
    }
    const index = this.#ev.index(at.file);
    const owner = index?.occurrences(at.expression).map((place) => index.ownerOfThis(place))[0];
    if (owner?.kind === "object") return this.find({ file: at.file, expression: owner.literal });
    return [found(at, { kind: "unknown", reason: "what `this` is is not known" })];
  }

  #member(at: Located, node: Extract<Expression, { kind: "member" }>): Origins {
    const object = inside(at, node.object);
    const keys = this.#strings(inside(at, node.key));
    const namespaces = this.#namespaces(object);
    if (namespaces !== undefined && keys !== undefined) return keys.flatMap((key) => namespaces.flatMap((taken) => taken(key)));
    const origins = this.find(object);
    const results: Found[] = [];
    // A parameter or a declared type stands beside what was really passed: only without that it is all there is.
    const real = origins.some(({ kind }) => kind !== "parameter" && kind !== "typed");
    const through = new Set<string | undefined>(keys ?? [undefined]);
    for (const key of keys ?? [undefined]) {
      const parts = origins.map((origin) => ({ origin, inner: this.#memberOf(origin, key) }));
      for (const { inner } of parts) results.push(...(inner?.origins ?? []));
      const isSeen = real && parts.every(({ origin, inner }) => origin.kind === "parameter" || origin.kind === "typed" || inner?.whole === true);
      if (isSeen) through.delete(key);
    }
    for (const key of through) results.push(found(at, { kind: "member", key, object }));
    return results;
  }

  /** What a member of one origin derives from; `whole` when nothing else can be behind it. */
  #memberOf(origin: Found, key: string | undefined): { readonly origins: Origins; readonly whole: boolean } | undefined {
    const { at } = origin;
    if (origin.kind === "typed") return key === undefined ? undefined : { origins: typed(at, this.#memberTypes(origin.type, key)), whole: false };
    if (origin.kind === "external") return key === undefined ? undefined : { origins: [found(at, { kind: "external", module: origin.module, name: origin.name === "*" ? key : `${origin.name}.${key}` })], whole: false };
    if (origin.kind === "call" && at.expression.kind === "new") return this.#instanceMember(at, key);
    if (origin.kind !== "literal") return undefined;
    if (at.expression.kind === "object") return this.#literalMember(at, at.expression, key);
    if (at.expression.kind === "class") return this.#classMember(at, at.expression.class, key);
    if (at.expression.kind === "array" && key !== undefined && /^\d+$/u.test(key)) return { origins: this.#element([origin], Number(key)), whole: true };
    return undefined;
  }

  #memberTypes(type: LocatedType, key: string): readonly LocatedType[] {
    const declared = this.#types.memberTypes(type, key);
    return /^\d+$/u.test(key) && declared.length === 0 ? this.#types.itemTypes(type, Number(key)) : declared;
  }

  #literalMember(at: Located, node: ObjectLiteral, key: string | undefined): { readonly origins: Origins; readonly whole: boolean } | undefined {
    const origins: Found[] = [];
    let whole = false;
    for (const entry of node.entries.toReversed()) {
      if (entry.kind === "spread") {
        origins.push(...(key === undefined ? this.find(inside(at, entry.value)) : this.find(inside(at, this.#read(entry.value, key)))));
        // The spread may have the key or not: what it says of it is said by its own origins.
        whole = true;
        continue;
      }
      const names = this.#strings(inside(at, entry.key));
      if (key !== undefined && names !== undefined && !names.includes(key)) continue;
      origins.push(...(entry.accessor === "get" && entry.value.kind === "function" ? this.#returned(at.file, entry.value.function, undefined) : this.find(inside(at, entry.value))));
      whole = true;
      if (key !== undefined && names?.length === 1) break;
    }
    for (const write of this.#writes(at)) {
      if (write.kind === "set") {
        const names = this.#strings(write.key);
        if (key !== undefined && names !== undefined && !names.includes(key)) continue;
        origins.push(...this.find(write.value));
        whole = true;
      } else if (write.kind === "merge") {
        for (const source of write.sources) origins.push(...this.find(key === undefined ? source : inside(source, this.#read(source.expression, key))));
        whole = true;
      }
    }
    return whole ? { origins, whole } : undefined;
  }

  /** Sources that are merged into an object after it is made. */
  #merged(at: Located): Origins {
    return this.#writes(at).flatMap((write) => (write.kind === "merge" ? write.sources.flatMap((source) => this.find(source)) : []));
  }

  #writes(at: Located): readonly Write[] {
    return this.#ev.effort.attempt(SIDE_QUESTION, () => this.#ev.usesOf(at).writes, () => []);
  }

  /** `expression.key`, which the program does not spell. */
  #read(expression: Expression, key: string): Expression {
    const reads = this.#reads.get(expression) ?? new Map<string, Expression>();
    this.#reads.set(expression, reads);
    const { span } = expression;
    const read = reads.get(key) ?? { kind: "member", object: expression, key: { kind: "string", value: key, span }, keySpan: span, computed: false, optional: false, span };
    reads.set(key, read);
    return read;
  }

  #instanceMember(at: Located, key: string | undefined): { readonly origins: Origins; readonly whole: boolean } | undefined {
    if (at.expression.kind !== "new") return undefined;
    const origins: Found[] = [];
    let known = false;
    for (const { form } of this.#evaluate(inside(at, at.expression.callee)).values) {
      const expression = form.kind === "class" ? this.#ev.index(form.file)?.classExpression(form.fact) : undefined;
      if (form.kind !== "class" || expression === undefined) continue;
      const inner = this.#classMember({ file: form.file, expression }, expression.class, key);
      origins.push(...(inner?.origins ?? []));
      known ||= inner !== undefined;
    }
    for (const write of this.#writes(at)) {
      if (write.kind !== "set" || (key !== undefined && this.#strings(write.key)?.includes(key) === false)) continue;
      origins.push(...this.find(write.value));
      known = true;
    }
    return known ? { origins, whole: true } : undefined;
  }

  /** A member of a class or of its instances: fields, what its code assigns to `this`, methods, and declared types. */
  #classMember(at: Located, fact: Extract<Expression, { kind: "class" }>["class"], key: string | undefined, reach = 8): { readonly origins: Origins; readonly whole: boolean } | undefined {
    const index = this.#ev.index(at.file);
    const origins: Found[] = [];
    let known = false;
    for (const member of fact.members) {
      if (key !== undefined && this.#strings({ file: at.file, expression: member.key })?.includes(key) === false) continue;
      known = true;
      if (member.type !== undefined) origins.push(...typed(at, [{ file: at.file, type: member.type }]));
      if (member.role === "get" && member.value?.kind === "function") origins.push(...this.#returned(at.file, member.value.function, undefined));
      else if (member.role !== "set" && member.value !== undefined) origins.push(...this.find({ file: at.file, expression: member.value }));
    }
    for (const self of index?.selves(fact) ?? []) {
      const member = self.parent;
      const assign = member?.parent;
      if (member?.of !== "expression" || member.node.kind !== "member" || member.role !== "target" || assign?.of !== "expression" || assign.node.kind !== "assign") continue;
      if (key !== undefined && this.#strings({ file: at.file, expression: member.node.key })?.includes(key) === false) continue;
      known = true;
      origins.push(...this.find({ file: at.file, expression: assign.node.value }));
    }
    if (fact.extends !== undefined && reach > 0) {
      for (const { form } of this.#evaluate({ file: at.file, expression: fact.extends }).values) {
        const expression = form.kind === "class" ? this.#ev.index(form.file)?.classExpression(form.fact) : undefined;
        const inner = form.kind === "class" && expression !== undefined ? this.#classMember({ file: form.file, expression }, form.fact, key, reach - 1) : undefined;
        origins.push(...(inner?.origins ?? []));
        known ||= inner !== undefined;
      }
    }
    return known ? { origins, whole: true } : undefined;
  }

  #call(at: Located, node: Call): Origins {
    const declared = this.#typeArguments(at, node.typeArguments);
    const { callee } = node;
    if (callee.kind === "global" && callee.name === "require") return this.#module(at, node.arguments[0] === undefined ? undefined : this.#strings(inside(at, node.arguments[0].value)));
    const outcome = this.#evaluate(inside(at, callee));
    const origins: Found[] = [...declared];
    let entered = false;
    for (const { form } of outcome.values) {
      const inner = this.#run(at, node, form);
      entered ||= inner !== undefined;
      origins.push(...(inner ?? []));
    }
    if (!entered || outcome.gap !== undefined) origins.push(...this.#outside(at, node, entered));
    return origins;
  }

  /** A call of something known; undefined when it cannot be entered. */
  #run(at: Located, node: Call, form: Form): Origins | undefined {
    if (form.kind === "closure") {
      if ((callFrame(at)?.depth ?? 0) >= this.#calls) return after(at, "what it returns", this.#returned(form.file, form.function, undefined));
      const self = node.callee.kind === "member" ? inside(at, node.callee.object) : undefined;
      const frame = this.#ev.enter(at, form, [...(form.bound ?? []), ...passedBy(at, node.arguments)], form.self ?? self);
      return after(at, "what it returns", this.#returned(form.file, form.function, frame));
    }
    if (form.kind === "builtin" && PASSES_ON.test(form.name)) return node.arguments.flatMap(({ value }) => this.find(inside(at, value)));
    return undefined;
  }

  #returned(file: Path, fn: FunctionId, frame: CallFrame | undefined): Origins {
    const index = this.#ev.index(file);
    const fact = index?.body.functions[fn];
    if (index === undefined || fact === undefined) return [];
    const values = fact.generator ? index.all.flatMap(({ node, function: home }) => (home === fn && node.kind === "yield" && node.operand !== undefined ? [node.operand] : [])) : index.returns(fn);
    const origins = values.flatMap((expression) => this.find(frame === undefined ? { file, expression } : { file, expression, frame }));
    const [site] = index.functionSites(fn);
    return fact.returns === undefined || site === undefined ? origins : [...typed({ file, expression: site.node }, [{ file, type: fact.returns }]), ...origins];
  }

  /** A call that cannot be entered derives from its receiver and its arguments; standard methods say how. */
  #outside(at: Located, node: Call, entered: boolean): Origins {
    const { callee } = node;
    const given = node.arguments.map(({ value }) => inside(at, value));
    const results: Found[] = entered ? [] : [found(at, { kind: "call", callee: inside(at, callee) })];
    results.push(...this.#declaredReturns(at, callee));
    if (callee.kind !== "member") return [...results, ...given.flatMap((argument) => this.find(argument))];
    if (callee.object.kind === "global" && callee.object.name === "Object") return [...results, ...given.flatMap((argument) => this.#listed(argument, this.#strings(inside(at, callee.key))))];
    const receiver = inside(at, callee.object);
    const [method] = this.#strings(inside(at, callee.key)) ?? [];
    const origins = this.find(receiver);
    if (method !== undefined && ELEMENT_FIRST.has(method) && given[0] !== undefined && /^(?:map|flatMap)$/u.test(method)) return [...results, ...this.#callbackResults(given[0])];
    if (method === "then" && given[0] !== undefined) return [...results, ...this.#callbackResults(given[0])];
    if (method !== undefined && method.startsWith("reduce")) return [...results, ...given.flatMap((argument) => this.#callbackResults(argument)), ...given.slice(1).flatMap((argument) => this.find(argument))];
    if (method !== undefined && SELECTS.has(method)) return [...results, ...origins, ...(method === "concat" ? given.flatMap((argument) => this.find(argument)) : [])];
    if (method !== undefined && PICKS.has(method)) return [...results, ...this.#element(origins, undefined)];
    if (method === "get") return [...results, ...this.#stored(receiver, origins), ...given.flatMap((argument) => this.find(argument).filter(({ kind }) => kind === "external"))];
    return [...results, ...origins.filter(({ kind }) => kind !== "typed"), ...given.flatMap((argument) => this.find(argument))];
  }

  /** What `Object.values` and `Object.entries` list derives from the object; a declared one has declared values. */
  #listed(at: Located, [method]: readonly string[] = []): Origins {
    const origins = this.find(at);
    if (method !== "values" && method !== "entries") return origins;
    return this.#mapTypes(origins, (type) =>
      this.#types.valueTypes(type).map(({ file, type: value }): LocatedType => {
        const { span } = value;
        const key: TypeExpression = { kind: "other", what: "string", parts: [], span };
        return { file, type: { kind: "array", element: method === "values" ? value : { kind: "tuple", elements: [key, value], span }, span } };
      }),
    );
  }

  #callbackResults(callback: Located): Origins {
    return this.#evaluate(callback).values.flatMap(({ form }) => (form.kind === "closure" ? this.#returned(form.file, form.function, form.outer) : []));
  }

  /** What `get` on a map can give: values that are set, those of its first entries, and its declared type's. */
  #stored(receiver: Located, origins: Origins): Origins {
    return origins.flatMap((origin): Origins => {
      if (origin.kind === "typed") return typed(receiver, this.#types.valueTypes(origin.type));
      if (origin.kind !== "call" || origin.at.expression.kind !== "new") return [origin];
      const set = this.#writes(origin.at).flatMap((write) => (write.kind === "method" && write.method === "set" ? write.arguments.slice(1, 2).map(({ value }) => ({ file: write.at.file, expression: value })) : []));
      return [origin, ...set.flatMap((value) => this.find(value))];
    });
  }

  /** The types that calling a declared function type gives. */
  #declaredReturns(at: Located, callee: Expression): Origins {
    return this.find(inside(at, callee)).flatMap((origin) => (origin.kind === "typed" ? typed(at, this.#types.returnTypes(origin.type)) : []));
  }

  #typeArguments(at: Located, types: readonly LocatedType["type"][] | undefined): Origins {
    return typed(at, (types ?? []).map((type) => ({ file: at.file, type })));
  }

  #constructed(at: Located, node: Extract<Expression, { kind: "new" }>): Origins {
    const callee = inside(at, node.callee);
    const isOwn = this.#evaluate(callee).values.some(({ form }) => form.kind === "class");
    return [found(at, { kind: "call", callee }), ...(isOwn ? [] : node.arguments.flatMap(({ value }) => this.#entriesOf(inside(at, value))))];
  }

  /** A collection derives from what the list that it is made of holds. */
  #entriesOf(at: Located): Origins {
    const { expression } = at;
    if (expression.kind !== "array") return this.find(at);
    return [...this.find(at), ...expression.items.flatMap(({ value }) => (value.kind === "array" ? value.items.flatMap((item) => this.find(inside(at, item.value))) : []))];
  }

  #mapTypes(origins: Origins, next: (type: LocatedType) => readonly LocatedType[]): Origins {
    return origins.flatMap((origin): Origins => (origin.kind === "typed" ? next(origin.type).map((type) => ({ ...origin, type })) : [origin]));
  }

  /** For a module used as an object: how a name is taken from it. */
  #namespaces(object: Located): readonly ((key: string) => Origins)[] | undefined {
    const { values, gap } = this.#evaluate(object);
    const taken: ((key: string) => Origins)[] = [];
    for (const { form } of values) if (form.kind === "namespace") taken.push((key) => this.#exported(object, form.file, key));
    return gap === undefined && taken.length > 0 && taken.length === values.length ? taken : undefined;
  }

  /** What something can be, as far as that is cheap to tell. */
  #evaluate(at: Located): Outcome {
    return this.#ev.effort.attempt(SIDE_QUESTION, () => this.#ev.evaluate(at), () => blocked(at, "finding out what it is takes too long"));
  }

  /** The texts that a key can be; undefined when that is not known. */
  #strings(at: Located): readonly string[] | undefined {
    if (at.expression.kind === "string") return [at.expression.value];
    const { values, gap } = this.#evaluate(at);
    const texts = values.map((possible) => keyText(possible));
    return gap === undefined && texts.length > 0 && texts.every((text) => text !== undefined) ? texts : undefined;
  }
}
