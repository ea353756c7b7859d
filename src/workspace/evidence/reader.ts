import type { Argument, BindingId, Expression, FunctionId, ObjectEntry, Statement } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Located, Workspace } from "../workspace.js";
import { claimOf, isIn, type Reading } from "./expectations.js";
import { builtin, memberOf, methodOf } from "./library.js";
import { addressIn, answerTo, DOUBLES, isInProcess, isSending } from "./requests.js";
import { equal, lift, nameOf, NEVER, not, NOTHING, operate, primitive, textOf, toText, truth, UNKNOWN, type Answer, type Scope, type Value } from "./value.js";

export type Ground = Pick<Workspace, "source" | "body" | "resolve" | "exported" | "isTest">;
type Call = Extract<Expression, { kind: "call" | "new" }>;

/** A test's claim about the status of an answer. */
export interface Claim {
  readonly answer: Answer;
  /** The statuses with which the test passes. */
  readonly accepts: ReadonlySet<number>;
}

/** One test of a file, with what it claims. */
export interface TestRun {
  readonly only: boolean;
  readonly claims: readonly Claim[];
}

/** Final ones: a test sees no other. */
const STATUSES: readonly number[] = Array.from({ length: 400 }, (_, at) => at + 200);
const MAX_STEPS = 400_000;
const MAX_DEPTH = 60;
const MAX_ROUNDS = 300;
/** Steps that looking into code that is no test may take. */
const MAX_GLANCE = 4_000;

const TESTS = /^(?:it|test|specify|fit)$/u;
const SUITES = /^(?:describe|suite|context|fdescribe)$/u;
const SKIPPED_NAMES = /^x(?:it|test|describe|context|specify)$/u;
const HOOKS = /^(?:before|beforeAll|beforeEach|setup|suiteSetup|aroundEach)$/u;
const LATER_HOOKS = /^(?:after|afterAll|afterEach|teardown|suiteTeardown|onTestFinished)$/u;
const TOOLS = /^(?:vitest|bun:test|node:test|test|@jest\/globals|mocha|chai|@playwright\/test|(?:node:)?assert(?:\/strict)?|uvu(?:\/assert)?|ava|tap|@japa\/runner|@effect\/vitest)$/u;
const SKIPS: ReadonlySet<string> = new Set(["skip", "todo", "fails", "failing", "fixme", "fail"]);

/**
 * Reads test code as it would run: the module registers tests, tables are gone through row by row, helpers are entered, and each test's
 * requests and claims are noted.
 *
 * @remarks Bounded, and without what only the run knows: a status is a name for every status, and a test claims those with which it passes.
 */
export class TestReader implements Reading {
  readonly #ground: Ground;
  readonly #modules = new Map<Path, Scope>();
  readonly #runs: TestRun[] = [];
  #claims: Map<Answer, Set<number>> | undefined;
  #context: { readonly dead: boolean; readonly only: boolean } = { dead: false, only: false };
  #isFetchDouble = false;
  #isGlancing = false;
  #steps = 0;
  #limit = MAX_STEPS;
  #depth = 0;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** The tests of a file that run. */
  tests(file: Path): readonly TestRun[] {
    const body = this.#ground.body(file)?.functions[0]?.body;
    if (body !== undefined) this.#run(body, this.#module(file));
    const isLimited = this.#runs.some(({ only }) => only);
    return this.#runs.filter(({ only }) => only || !isLimited);
  }

  // --- statements

  /** Runs statements; the value that is returned, or undefined when the end is reached. */
  #run(statements: readonly Statement[], scope: Scope): Value | undefined {
    for (const [at, statement] of statements.entries()) {
      if (!this.#step()) return undefined;
      const rest = (): Value | undefined => this.#run(statements.slice(at + 1), scope);
      const outcome = this.#statement(statement, scope, rest);
      if (outcome !== undefined) return outcome.value;
    }
    return undefined;
  }

  /** Runs one statement; undefined when the next one follows. */
  #statement(statement: Statement, scope: Scope, rest: () => Value | undefined): { readonly value: Value | undefined } | undefined {
    switch (statement.kind) {
      case "expression":
        return this.evaluate(statement.expression, scope).kind === "never" ? { value: NEVER } : undefined;
      case "declare": {
        const value = this.#declared(statement.binding, scope);
        return value.kind === "never" ? { value } : undefined;
      }
      case "return":
        return { value: statement.value === undefined ? NOTHING : this.evaluate(statement.value, scope) };
      case "throw":
        return { value: NEVER };
      case "if":
        return this.#branch(this.evaluate(statement.test, scope), () => this.#run(statement.then, scope), () => this.#run(statement.else, scope), rest);
      case "loop":
        return this.#loop(statement, scope);
      case "block":
        return ended(this.#run(statement.body, scope));
      case "try": {
        const value = this.#run(statement.block, scope);
        const caught = value?.kind === "never" && statement.handler !== undefined ? this.#run(statement.handler, scope) : value;
        const last = statement.finalizer === undefined ? undefined : this.#run(statement.finalizer, scope);
        return ended(last ?? caught);
      }
      case "switch":
        return this.#switch(statement, scope);
      case "break":
      case "continue":
        return { value: undefined };
      default:
        return undefined;
    }
  }

  #branch(test: Value, then: () => Value | undefined, otherwise: () => Value | undefined, rest: () => Value | undefined): { readonly value: Value | undefined } | undefined {
    const is = truth(test);
    if (is !== undefined) return ended(is ? then() : otherwise());
    const [yes, no] = [then(), otherwise()];
    if (yes === undefined && no === undefined) return undefined;
    if (yes?.kind === "never" && no?.kind !== "never") {
      this.#claim(not(test));
      return ended(no);
    }
    if (no?.kind === "never") {
      this.#claim(test);
      return ended(yes);
    }
    const after = yes === undefined || no === undefined ? rest() : undefined;
    return { value: choose(test, yes ?? after ?? NOTHING, no ?? after ?? NOTHING) };
  }

  #loop(statement: Extract<Statement, { kind: "loop" }>, scope: Scope): { readonly value: Value | undefined } | undefined {
    this.#run(statement.init, scope);
    if (statement.each !== undefined) {
      const each = this.evaluate(statement.each, scope);
      const rows = each.kind === "array" || each.kind === "set" ? each.items : each.kind === "object" ? [...each.members.keys()].map(primitive) : [UNKNOWN];
      const key = rowKey(statement.each);
      for (const row of rows.slice(0, MAX_ROUNDS)) {
        scope.rows.set(key, row);
        const value = this.#run(statement.body, scope);
        if (value !== undefined && value.kind !== "never") return { value };
        if (value?.kind === "never") return { value };
      }
      scope.rows.delete(key);
      return undefined;
    }
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const is = statement.test === undefined || (statement.once && round === 0) ? true : truth(this.evaluate(statement.test, scope));
      if (is === false) return undefined;
      const value = this.#run(statement.body, scope);
      if (value !== undefined) return { value };
      if (statement.update !== undefined) this.evaluate(statement.update, scope);
      if (is === undefined || statement.test === undefined || !this.#step()) return undefined;
    }
    return undefined;
  }

  #switch(statement: Extract<Statement, { kind: "switch" }>, scope: Scope): { readonly value: Value | undefined } | undefined {
    const on = this.evaluate(statement.on, scope);
    const isHit = statement.cases.map(({ test }) => (test === undefined ? undefined : truth(operate("===", on, this.evaluate(test, scope)))));
    const hit = isHit.indexOf(true);
    const chosen = hit >= 0 ? [hit] : isHit.every((is, at) => is === false || statement.cases[at]?.test === undefined) ? [statement.cases.findIndex(({ test }) => test === undefined)] : statement.cases.map((_, at) => at);
    for (const from of chosen) {
      if (from < 0) continue;
      for (const { body } of statement.cases.slice(from)) {
        const value = this.#run(body, scope);
        if (value !== undefined) return { value };
        if (body.some(({ kind }) => kind === "break")) break;
      }
    }
    return undefined;
  }

  // --- names

  #module(file: Path): Scope {
    const known = this.#modules.get(file);
    if (known !== undefined) return known;
    const scope: Scope = { file, function: 0, passed: [], cells: new Map(), rows: new Map() };
    this.#modules.set(file, scope);
    return scope;
  }

  #home(scope: Scope, fn: FunctionId): Scope {
    for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) if (at.file === scope.file && at.function === fn) return at;
    return fn === 0 ? this.#module(scope.file) : scope;
  }

  #declared(id: BindingId, scope: Scope): Value {
    const binding = this.#ground.body(scope.file)?.bindings[id];
    const home = this.#home(scope, binding?.function ?? scope.function);
    const value = binding?.value === undefined ? NOTHING : this.evaluate(binding.value, scope);
    home.cells.set(id, value);
    return value;
  }

  #reference(id: BindingId, name: string, scope: Scope): Value {
    const binding = this.#ground.body(scope.file)?.bindings[id];
    if (binding === undefined) return UNKNOWN;
    if (binding.import !== undefined) return this.#imported(scope.file, binding.import);
    const home = this.#home(scope, binding.function);
    const cell = home.cells.get(id);
    if (cell !== undefined) return cell;
    if (binding.value === undefined) return binding.kind === "catch" || binding.kind === "enum" ? UNKNOWN : NOTHING;
    // A name that is read before its declaration was reached: functions, and what other modules export.
    home.cells.set(id, UNKNOWN);
    const value = this.evaluate(binding.value, home);
    if (binding.kind === "parameter" || binding.kind === "function" || binding.function === 0 || value.kind !== "unknown") home.cells.set(id, value);
    else home.cells.delete(id);
    return name === "" ? UNKNOWN : value;
  }

  #imported(file: Path, from: { readonly index: number; readonly name: string }): Value {
    const specifier = this.#ground.source(file)?.imports[from.index]?.specifier;
    if (specifier?.kind !== "string") return UNKNOWN;
    const to = this.#ground.resolve(file, specifier.value);
    if (to.kind === "external") return outside(specifier.value, from.name);
    if (to.kind === "missing") return { kind: "native", name: "elsewhere" };
    if (from.name === "*") return { kind: "native", name: `module ${to.path}` };
    return this.#exported(to.path, from.name);
  }

  #exported(file: Path, name: string): Value {
    const exported = this.#ground.exported(file, name);
    if (exported.kind === "external") return outside(exported.module, exported.name);
    if (exported.kind === "namespace") return { kind: "native", name: `module ${exported.file}` };
    if (exported.kind !== "binding") return { kind: "native", name: "elsewhere" };
    return this.#reference(exported.binding, name, this.#module(exported.file));
  }

  // --- expressions

  evaluate(node: Expression, scope: Scope): Value {
    if (!this.#step()) return UNKNOWN;
    const of = (inner: Expression): Value => this.evaluate(inner, scope);
    switch (node.kind) {
      case "string":
      case "number":
      case "boolean":
        return primitive(node.value);
      case "nothing":
        if (node.operand !== undefined) of(node.operand);
        return primitive(node.value === "null" ? null : undefined);
      case "regex":
        return regexOf(node.pattern, node.flags);
      case "template":
        return node.tag === undefined ? toText(node.parts.map((part) => (typeof part === "string" ? part : textOf(of(part)))).join("")) : this.#tagged(of(node.tag), node.parts, scope);
      case "reference":
        return this.#reference(node.binding, node.name, scope);
      case "global":
        return globalOf(node.name);
      case "this":
        return this.#selfOf(scope);
      case "member":
        return this.member(of(node.object), textOf(of(node.key)));
      case "call":
        return this.#call(node, scope);
      case "new":
        return this.#make(node, scope);
      case "object":
        return this.#object(node.entries, scope);
      case "array":
        return { kind: "array", items: this.#list(node.items, scope) };
      case "function":
        return { kind: "function", file: scope.file, function: node.function, scope };
      case "class":
        return { kind: "class", fact: node.class, scope };
      case "conditional": {
        const test = of(node.test);
        const is = truth(test);
        return is === undefined ? choose(test, of(node.then), of(node.else)) : of(is ? node.then : node.else);
      }
      case "logical":
        return this.#logical(node, scope);
      case "binary":
        return node.operator === "in" || node.operator === "instanceof" ? UNKNOWN : operate(node.operator, of(node.left), of(node.right));
      case "unary":
        return this.#unary(node.operator, of(node.operand));
      case "assign":
        return this.#assign(node, scope);
      case "sequence":
        return node.items.map(of).at(-1) ?? UNKNOWN;
      case "await":
      case "typed":
        return of(node.operand);
      case "element": {
        const row = node.index === undefined ? this.#row(node.of, scope) : undefined;
        if (row !== undefined) return row;
        const list = of(node.of);
        return node.index === undefined ? UNKNOWN : this.member(list, String(node.index));
      }
      case "key-of":
        return this.#row(node.of, scope) ?? UNKNOWN;
      case "rest": {
        const whole = of(node.of);
        if (whole.kind !== "object") return whole;
        return { ...whole, members: new Map([...whole.members].filter(([key]) => !node.without.includes(key))) };
      }
      case "default": {
        const value = of(node.operand);
        return value.kind === "primitive" && value.value === undefined ? of(node.fallback) : value;
      }
      case "parameter": {
        const home = this.#home(scope, node.function);
        return node.rest ? { kind: "array", items: home.passed.slice(node.index) } : (home.passed[node.index] ?? NOTHING);
      }
      default:
        return UNKNOWN;
    }
  }

  /** A member of a value. */
  member(of: Value, key: string): Value {
    if (of.kind === "native" && of.name.startsWith("module ")) return this.#exported(of.name.slice("module ".length) as Path, key);
    if (of.kind === "expectation") return this.#grammar(of, key);
    return memberOf(of, key);
  }

  /** Runs a function. */
  call(fn: Value, passed: readonly Value[], self?: Value): Value {
    if (fn.kind !== "function" || this.#depth > MAX_DEPTH) return UNKNOWN;
    const fact = this.#ground.body(fn.file)?.functions[fn.function];
    if (fact === undefined) return UNKNOWN;
    const own = self ?? fn.self;
    const scope: Scope = { file: fn.file, function: fn.function, passed, outer: fn.scope, cells: new Map(), rows: new Map(), ...(own !== undefined && { self: own }) };
    this.#depth += 1;
    const value = this.#run(fact.body, scope);
    this.#depth -= 1;
    // A rejected promise that nobody waits for stops nothing; who awaits one gets no further.
    return value ?? NOTHING;
  }

  #call(node: Extract<Call, { kind: "call" }>, scope: Scope): Value {
    const { callee } = node;
    const at: Located = { file: scope.file, expression: node };
    if (callee.kind === "member") {
      const object = this.evaluate(callee.object, scope);
      const key = textOf(this.evaluate(callee.key, scope));
      const passed = this.#list(node.arguments, scope);
      if (object.kind === "never" || passed.some(({ kind }) => kind === "never")) return NEVER;
      return this.#method(object, key, passed, at);
    }
    const fn = this.evaluate(callee, scope);
    const passed = this.#list(node.arguments, scope);
    if (passed.some(({ kind }) => kind === "never")) return NEVER;
    return this.#apply(fn, passed, at, nameOf(callee) ?? "");
  }

  #method(object: Value, key: string, passed: readonly Value[], at: Located): Value {
    if (object.kind === "expectation") return this.#expected(object, key, passed);
    if (object.kind === "response") return this.#ofResponse(object, key, passed);
    if (object.kind === "native" && object.name === "expect") return this.#expectWith(key, passed);
    if (object.kind === "native" && object.name === "assert") return this.#asserted(key, passed);
    if (object.kind === "native" && object.name === "vi") return this.#doubled(key, passed);
    if (key === "skip" && (object.kind === "native" || object.kind === "unknown") && !passed.some((value) => truth(value) === false)) {
      // The test takes itself out.
      this.#claims?.clear();
      return NEVER;
    }
    if (object.kind === "block" || (object.kind === "native" && object.name.startsWith("module "))) return this.#apply(this.member(object, key), passed, at, key);
    const found = methodOf(object, key, passed, this);
    if (found !== undefined) return found;
    const member = this.member(object, key);
    if (member.kind === "function") return this.#apply(member, passed, at, key, object);
    // Assertions that a test's context offers.
    if (passed.some(({ kind }) => kind === "depends") && /^(?:is|equal|strictEqual|deepEqual|ok|true|same|notEqual|assert)$/u.test(key)) return this.#asserted(key, passed);
    return this.#outside(object, key, passed, at);
  }

  #apply(fn: Value, passed: readonly Value[], at: Located, name: string, self?: Value): Value {
    switch (fn.kind) {
      case "function":
        if (this.#ground.isTest(fn.file) || this.#isGlancing) return this.call(fn, passed, self);
        return this.#ours(fn, passed);
      case "block":
        return this.#block(fn, passed);
      case "native":
        return this.#native(fn.name, passed, at, name);
      case "never":
        return NEVER;
      default:
        return this.#outside(fn, name, passed, at);
    }
  }

  /** A function of the code that is tested: it answers requests, or makes texts and tables. */
  #ours(fn: Value, passed: readonly Value[]): Value {
    for (const value of passed) if (value.kind === "instance") value.seen.ours = true;
    const request = passed.find(({ kind }) => kind === "request");
    if (request?.kind === "request") return { kind: "response", answer: answerTo(request.url, request.init, request.at, { real: true, inProcess: true }) };
    const [claims, limit, isGlancing] = [this.#claims, this.#limit, this.#isGlancing];
    this.#claims = undefined;
    this.#isGlancing = true;
    this.#limit = Math.min(limit, this.#steps + MAX_GLANCE);
    const value = this.call(fn, passed);
    [this.#claims, this.#limit, this.#isGlancing] = [claims, limit, isGlancing];
    if (value.kind === "primitive" ? value.value !== undefined : /^(?:text|array|object|request)$/u.test(value.kind)) return value;
    return this.#called(passed) ?? UNKNOWN;
  }

  #native(name: string, passed: readonly Value[], at: Located, spelled: string): Value {
    const [first = UNKNOWN] = passed;
    if (name === "expect") return { kind: "expectation", of: first, negated: false };
    if (name === "assert") return this.#asserted("ok", passed);
    if (name.startsWith("assert.")) return this.#asserted(name.slice("assert.".length), passed);
    // A module of ours that is not there to be read.
    if (name === "elsewhere") for (const value of passed) if (value.kind === "instance") value.seen.ours = true;
    if (name === "hook") {
      this.#aside(passed.at(-1) ?? UNKNOWN);
      return NOTHING;
    }
    if (name === "later") return NOTHING;
    if (name === "skip") {
      this.#claims?.clear();
      return NEVER;
    }
    return builtin(name, passed, this) ?? this.#outside({ kind: "native", name }, spelled === "" ? name : spelled, passed, at);
  }

  /** A call of code that is not read: it may send a request, or run what it is given. */
  #outside(object: Value, key: string, passed: readonly Value[], at: Located): Value {
    if (object.kind === "instance" && passed.some(({ kind }) => kind === "unknown" || kind === "native")) object.seen.ours = true;
    const real = !(object.kind === "instance" && !object.seen.ours) && !(key === "fetch" && this.#isFetchDouble);
    const how = { real, inProcess: isInProcess(key, object.kind !== "native" || object.name !== "fetch") };
    const request = passed.find(({ kind }) => kind === "request");
    if (request?.kind === "request") return { kind: "response", answer: answerTo(request.url, request.init, at, how) };
    const url = isSending(key) ? addressIn(key, passed) : undefined;
    if (url !== undefined) return { kind: "response", answer: answerTo(url.text, url.init, at, how) };
    const response = object.kind === "native" || object.kind === "unknown" ? this.#called(passed) : undefined;
    return response ?? (object.kind === "instance" ? object : UNKNOWN);
  }

  /** Runs the functions among what is passed, and gives the answer that one of them gets. */
  #called(passed: readonly Value[]): Value | undefined {
    for (const fn of passed) {
      if (fn.kind !== "function" || !this.#ground.isTest(fn.file)) continue;
      const value = this.call(fn, []);
      if (value.kind === "response" || value.kind === "depends") return value;
    }
    return undefined;
  }

  /** Runs a hook: what it sets stays, what it claims is no test. */
  #aside(fn: Value): void {
    const claims = this.#claims;
    this.#claims = undefined;
    this.call(fn, []);
    this.#claims = claims;
  }

  // --- tests and claims

  #block(block: Extract<Value, { kind: "block" }>, passed: readonly Value[]): Value {
    const last = block.marks.at(-1);
    const [first = UNKNOWN] = passed;
    if (block.rows === undefined && (last === "each" || last === "for")) {
      const rows = first.kind === "array" ? first.items.map((row) => (row.kind === "array" && last === "each" ? row.items : [row])) : first.kind === "object" ? [...first.members.values()].map((row) => [row]) : [];
      return { ...block, rows };
    }
    if (last === "skipIf" || last === "runIf") {
      const is = truth(first);
      const marks = block.marks.slice(0, -1);
      return { ...block, marks: is === (last === "skipIf") ? [...marks, "skip"] : marks };
    }
    const fn = passed.find(({ kind }) => kind === "function");
    const options = passed.find(({ kind }) => kind === "object");
    const off = (key: string): boolean => options !== undefined && !["primitive false", "primitive undefined"].includes(described(this.member(options, key)));
    if (fn === undefined) {
      // `test.skip(condition)` inside of a test.
      if (last !== undefined && SKIPS.has(last) && this.#claims !== undefined && truth(first) !== false) {
        this.#claims.clear();
        return NEVER;
      }
      return NOTHING;
    }
    const dead = this.#context.dead || block.marks.some((mark) => SKIPS.has(mark)) || off("skip") || off("todo") || off("fails");
    const only = this.#context.only || block.marks.includes("only") || off("only");
    for (const row of block.rows ?? [[]]) this.#register(block.role, fn, row, { dead, only });
    return NOTHING;
  }

  #register(role: "test" | "suite", fn: Value, row: readonly Value[], context: { readonly dead: boolean; readonly only: boolean }): void {
    if (context.dead || this.#isGlancing) return;
    const outer = this.#context;
    this.#context = context;
    if (role === "suite") this.call(fn, row);
    else {
      const claims = this.#claims;
      this.#claims = new Map();
      this.call(fn, [...row, { kind: "native", name: "test context" }]);
      this.#runs.push({ only: context.only, claims: [...this.#claims].map(([answer, accepts]) => ({ answer, accepts })) });
      this.#claims = claims;
    }
    this.#context = outer;
  }

  #tagged(tag: Value, parts: readonly (string | Expression)[], scope: Scope): Value {
    if (tag.kind !== "block") return UNKNOWN;
    const [head] = parts;
    const names = typeof head === "string" ? (head.trim().split("\n", 1)[0] ?? "").split("|").map((name) => name.trim()).filter((name) => name !== "") : [];
    const cells = parts.flatMap((part) => (typeof part === "string" ? [] : [this.evaluate(part, scope)]));
    const rows: Value[][] = [];
    for (let at = 0; names.length > 0 && at < cells.length; at += names.length) rows.push([{ kind: "object", members: new Map(names.map((name, column) => [name, cells[at + column] ?? UNKNOWN])), open: false }]);
    return { ...tag, rows };
  }

  #claim(value: Value): void {
    if (value.kind !== "depends" || this.#claims === undefined) return;
    const accepts = STATUSES.filter((status) => truth(value.of(status)) !== false);
    const known = this.#claims.get(value.on);
    this.#claims.set(value.on, new Set(known === undefined ? accepts : accepts.filter((status) => known.has(status))));
  }

  #expected(expectation: Extract<Value, { kind: "expectation" }>, matcher: string, passed: readonly Value[]): Value {
    const claim = claimOf(matcher, expectation.of, passed, this);
    if (claim !== undefined) this.#claim(expectation.negated ? not(claim) : claim);
    return expectation;
  }

  /** Words between `expect(…)` and its matcher; some are matchers themselves. */
  #grammar(expectation: Extract<Value, { kind: "expectation" }>, word: string): Value {
    if (word === "not") return { ...expectation, negated: !expectation.negated };
    if (word === "ok" || word === "true" || word === "false") this.#expected(expectation, word, []);
    return expectation;
  }

  #expectWith(key: string, passed: readonly Value[]): Value {
    const [first = UNKNOWN] = passed;
    if (key === "soft") return { kind: "expectation", of: first, negated: false };
    if (key === "poll") return { kind: "expectation", of: this.call(first, []), negated: false };
    if (key === "objectContaining" || key === "arrayContaining") return first;
    if (key === "unreachable" || key === "fail") return NEVER;
    return UNKNOWN;
  }

  #asserted(key: string, passed: readonly Value[]): Value {
    const [first = UNKNOWN, ...others] = passed;
    const isBare = key === "ok" || key === "true" || key === "assert" || key === "isTrue";
    const claim = key === "include" || key === "includes" || key === "oneOf" ? isIn(key === "oneOf" ? first : (others[0] ?? UNKNOWN), key === "oneOf" ? (others[0] ?? UNKNOWN) : first, (of, name) => this.member(of, name)) : claimOf(isBare ? "ok" : key, first, others, this);
    if (key === "fail") return NEVER;
    if (claim !== undefined) this.#claim(claim);
    return NOTHING;
  }

  /** Doubles that a test puts in place of the network. */
  #doubled(key: string, passed: readonly Value[]): Value {
    const texts = passed.map(textOf);
    if (DOUBLES.test(key) && texts.includes("fetch")) this.#isFetchDouble = true;
    if (key === "fn" || key === "mocked") return passed[0] ?? { kind: "instance", of: "double", seen: { ours: false } };
    return { kind: "instance", of: "double", seen: { ours: false } };
  }

  /** Methods of an answer; chains of supertest go on with it. */
  #ofResponse(response: Extract<Value, { kind: "response" }>, key: string, passed: readonly Value[]): Value {
    const [first = UNKNOWN] = passed;
    if (key === "expect") {
      const status = this.member(response, "status");
      if (first.kind === "primitive" && typeof first.value === "number") this.#claim(equal(status, first, (of, name) => this.member(of, name)));
      else if (first.kind === "array") this.#claim(isIn(status, first, (of, name) => this.member(of, name)));
      else if (first.kind === "function") this.call(first, [response]);
      return response;
    }
    if (key === "assertStatus") {
      this.#claim(equal(this.member(response, "status"), first, (of, name) => this.member(of, name)));
      return response;
    }
    if (key === "then" || key === "tap") return this.call(first, [response]);
    if (key === "set" || key === "header" || key === "headers") return { kind: "response", answer: withHeader(response.answer, passed) };
    if (/^(?:json|text|arrayBuffer|blob|formData|bytes|get)$/u.test(key)) return UNKNOWN;
    return response;
  }

  // --- pieces of expressions

  #make(node: Extract<Call, { kind: "new" }>, scope: Scope): Value {
    const callee = this.evaluate(node.callee, scope);
    const passed = this.#list(node.arguments, scope);
    const [first = UNKNOWN, second] = passed;
    if (callee.kind === "class") return this.#instance(callee, passed);
    const name = callee.kind === "native" ? callee.name : (nameOf(node.callee) ?? "");
    if (name === "Request") return { kind: "request", url: textOf(first), init: second ?? (first.kind === "request" ? first.init : undefined), at: { file: scope.file, expression: node } };
    const made = builtin(`new ${name}`, passed, this);
    if (made !== undefined) return made;
    return callee.kind === "function" ? UNKNOWN : { kind: "instance", of: name, seen: { ours: name === "elsewhere" } };
  }

  #instance(made: Extract<Value, { kind: "class" }>, passed: readonly Value[]): Value {
    const self: Value = { kind: "object", members: new Map(), open: true };
    const scope: Scope = { ...made.scope, self };
    for (const member of made.fact.members) {
      if (member.static || member.value === undefined || member.key.kind !== "string" || member.role === "get" || member.role === "set") continue;
      const value = this.evaluate(member.value, scope);
      self.members.set(member.key.value, value.kind === "function" ? { ...value, self } : value);
    }
    const { constructorFunction } = made.fact;
    if (constructorFunction !== undefined) this.call({ kind: "function", file: made.scope.file, function: constructorFunction, scope: made.scope }, passed, self);
    return self;
  }

  #selfOf(scope: Scope): Value {
    for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) if (at.self !== undefined) return at.self;
    return UNKNOWN;
  }

  #object(entries: readonly ObjectEntry[], scope: Scope): Value {
    const members = new Map<string, Value>();
    let open = false;
    for (const entry of entries) {
      const value = this.evaluate(entry.value, scope);
      if (entry.kind === "property") members.set(textOf(this.evaluate(entry.key, scope)), value);
      else if (value.kind === "object") {
        for (const [key, inner] of value.members) members.set(key, inner);
        open ||= value.open;
      } else open ||= value.kind !== "primitive";
    }
    return { kind: "object", members, open };
  }

  #list(items: readonly Argument[], scope: Scope): readonly Value[] {
    return items.flatMap(({ value, spread }) => {
      const one = this.evaluate(value, scope);
      return spread ? (one.kind === "array" || one.kind === "set" ? one.items : [UNKNOWN]) : [one];
    });
  }

  #logical(node: Extract<Expression, { kind: "logical" }>, scope: Scope): Value {
    const left = this.evaluate(node.left, scope);
    const isSet = left.kind === "primitive" ? left.value !== undefined && left.value !== null : left.kind === "unknown" || left.kind === "depends" ? undefined : true;
    const is = node.operator === "??" ? isSet : truth(left);
    if (is !== undefined) return is === (node.operator === "&&") ? this.evaluate(node.right, scope) : left;
    const right = this.evaluate(node.right, scope);
    if (node.operator === "&&") return choose(left, right, left);
    return node.operator === "||" ? choose(left, left, right) : right;
  }

  #unary(operator: string, value: Value): Value {
    if (operator === "!") return not(value);
    if (operator === "typeof") return lift([value], ([one = UNKNOWN]) => (one.kind === "primitive" ? primitive(one.value === null ? "object" : typeof one.value) : one.kind === "text" ? primitive("string") : one.kind === "function" ? primitive("function") : one.kind === "unknown" ? UNKNOWN : primitive("object")));
    return operator === "-" ? operate("-", primitive(0), value) : operator === "+" ? value : UNKNOWN;
  }

  #assign({ operator, target, value }: Extract<Expression, { kind: "assign" }>, scope: Scope): Value {
    const given = this.evaluate(value, scope);
    const old = operator === "=" ? UNKNOWN : this.evaluate(target, scope);
    const next = operator === "=" ? given : operator === "++" || operator === "--" ? operate(operator.slice(1), old, primitive(1)) : operate(operator.slice(0, -1), old, given);
    if (target.kind === "reference") {
      const binding = this.#ground.body(scope.file)?.bindings[target.binding];
      if (binding !== undefined) this.#home(scope, binding.function).cells.set(target.binding, next);
    } else if (target.kind === "member") {
      const key = textOf(this.evaluate(target.key, scope));
      const object = this.evaluate(target.object, scope);
      if (object.kind === "object") object.members.set(key, next);
      if (key === "fetch" && target.object.kind === "global") this.#isFetchDouble = true;
    }
    return next;
  }

  #row(of: Expression, scope: Scope): Value | undefined {
    for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
      const row = at.file === scope.file ? at.rows.get(rowKey(of)) : undefined;
      if (row !== undefined) return row;
    }
    return undefined;
  }

  #step(): boolean {
    this.#steps += 1;
    return this.#steps < this.#limit;
  }
}

function ended(value: Value | undefined): { readonly value: Value } | undefined {
  return value === undefined ? undefined : { value };
}

function rowKey({ span }: Expression): string {
  return `${String(span[0])}:${String(span[1])}`;
}

/** The value of a choice whose test is not known. */
function choose(test: Value, yes: Value, no: Value): Value {
  return lift([test, yes, no], ([is = UNKNOWN, then = UNKNOWN, otherwise = UNKNOWN]) => {
    const known = truth(is);
    if (known !== undefined) return known ? then : otherwise;
    return then.kind === "never" ? otherwise : otherwise.kind === "never" ? then : UNKNOWN;
  });
}

function described(value: Value): string {
  return value.kind === "primitive" ? `primitive ${String(value.value)}` : value.kind;
}

function regexOf(pattern: string, flags: string): Value {
  try {
    return { kind: "regex", regex: new RegExp(pattern, flags.replace(/[gy]/gu, "")) };
  } catch {
    return UNKNOWN;
  }
}

function withHeader(answer: Answer, passed: readonly Value[]): Answer {
  return { ...answer, caller: answer.caller === undefined ? undefined : `${answer.caller}\n${passed.map(textOf).join(": ")}` };
}

/** A name that a package exports. */
function outside(module: string, name: string): Value {
  if (!TOOLS.test(module)) return { kind: "native", name: name === "default" ? module : name };
  if (/assert/u.test(module)) return { kind: "native", name: name === "default" || name === "*" || name === "strict" ? "assert" : `assert.${name}` };
  return tool(name === "default" || name === "*" ? "test" : name) ?? { kind: "native", name };
}

function globalOf(name: string): Value {
  if (name === "undefined") return NOTHING;
  return tool(name) ?? { kind: "native", name };
}

/** What test tools offer under a name. */
function tool(name: string): Value | undefined {
  if (SKIPPED_NAMES.test(name)) return { kind: "block", role: /describe|context/u.test(name) ? "suite" : "test", marks: ["skip"] };
  if (TESTS.test(name)) return { kind: "block", role: "test", marks: name === "fit" ? ["only"] : [] };
  if (SUITES.test(name)) return { kind: "block", role: "suite", marks: name === "fdescribe" ? ["only"] : [] };
  if (HOOKS.test(name)) return { kind: "native", name: "hook" };
  if (LATER_HOOKS.test(name)) return { kind: "native", name: "later" };
  if (name === "expect" || name === "assert") return { kind: "native", name };
  return name === "vi" || name === "jest" || name === "mock" || name === "sinon" ? { kind: "native", name: "vi" } : undefined;
}
