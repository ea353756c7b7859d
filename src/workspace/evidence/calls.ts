import type { Argument, Expression } from "../../facts/expression.js";
import type { Located } from "../workspace.js";
import { asserted, expected, expectWith, ofResponse } from "./assertions.js";
import { callBlock } from "./blocks.js";
import { builtin, methodOf } from "./library.js";
import type { TestReader } from "./reader.js";
import { addressIn, answerTo, DOUBLES, isInProcess, isSending } from "./requests.js";
import { doubleOf, nameOf, NEVER, NOTHING, textOf, truth, UNKNOWN, type Scope, type Value } from "./value.js";

type Call = Extract<Expression, { kind: "call" }>;

/** Assertions that a test's context offers. */
const CONTEXT_ASSERTS = /^(?:is|equal|strictEqual|deepEqual|ok|true|same|notEqual|assert)$/u;

/** `callee(…)`. */
export function callExpression(reader: TestReader, node: Call, scope: Scope): Value {
  const { callee } = node;
  const at: Located = { file: scope.file, expression: node };
  if (callee.kind === "member") {
    const key = textOf(reader.evaluate(callee.key, scope));
    const read = (): Value => reader.evaluate(callee.object, scope);
    const object = swallows(reader, node, key, scope) ? reader.claims.unheard(read) : read();
    const passed = listOf(reader, node.arguments, scope);
    if (object.kind === "never" || passed.some(({ kind }) => kind === "never")) return NEVER;
    return callMethod(reader, object, key, passed, at);
  }
  const fn = reader.evaluate(callee, scope);
  const passed = listOf(reader, node.arguments, scope);
  if (passed.some(({ kind }) => kind === "never")) return NEVER;
  return apply(reader, fn, passed, at, nameOf(callee) ?? "");
}

/** Whether a promise's failures end here: `check().catch(() => {})`. */
function swallows(reader: TestReader, node: Call, key: string, scope: Scope): boolean {
  const handler = node.arguments[key === "catch" ? 0 : 1]?.value;
  if ((key !== "catch" && key !== "then") || handler?.kind !== "function") return false;
  const fact = reader.ground.body(scope.file)?.functions[handler.function];
  return fact !== undefined && !reader.failures.passesOn(scope.file, fact.body, fact.parameters[0]?.binding);
}

function callMethod(reader: TestReader, object: Value, key: string, passed: readonly Value[], at: Located): Value {
  if (object.kind === "expectation") return expected(reader, object, key, passed);
  if (object.kind === "response") return ofResponse(reader, object, key, passed);
  if (object.kind === "native" && object.name === "expect") return expectWith(reader, key, passed);
  if (object.kind === "native" && object.name === "assert") return asserted(reader, key, passed);
  if (object.kind === "native" && object.name === "vi") return doubled(reader, key, passed, at);
  if (object.kind === "instance" && object.double === true && key.startsWith("mock")) reader.doubledMethods = new Set([...reader.doubledMethods, object.of]);
  if (reader.doubledMethods.has(key)) return outside(reader, object, key, passed, at);
  if (key === "skip" && (object.kind === "native" || object.kind === "unknown") && !passed.some((value) => truth(value) === false)) {
    // The test takes itself out.
    reader.claims.clear();
    return NEVER;
  }
  if (object.kind === "block" || object.kind === "module") return apply(reader, reader.member(object, key), passed, at, key);
  const found = methodOf(object, key, passed, reader);
  if (found !== undefined) return found;
  const member = reader.member(object, key);
  if (member.kind === "function") return apply(reader, member, passed, at, key, object);
  if (passed.some(({ kind }) => kind === "depends") && CONTEXT_ASSERTS.test(key)) return asserted(reader, key, passed);
  return outside(reader, object, key, passed, at);
}

function apply(reader: TestReader, fn: Value, passed: readonly Value[], at: Located, name: string, self?: Value): Value {
  switch (fn.kind) {
    case "function":
      return reader.ground.isTest(fn.file) || reader.isGlancing ? reader.call(fn, passed, self) : ours(reader, fn, passed);
    case "block":
      return callBlock(reader, fn, passed);
    case "native":
      return native(reader, fn.name, passed, at, name);
    case "never":
      return NEVER;
    default:
      return outside(reader, fn, name, passed, at);
  }
}

/** A function of the code that is tested: it answers requests, or makes texts and tables. */
function ours(reader: TestReader, fn: Value, passed: readonly Value[]): Value {
  for (const value of passed) if (value.kind === "instance") value.seen.ours = true;
  const request = passed.find(({ kind }) => kind === "request");
  if (request?.kind === "request") return { kind: "response", answer: answerTo(request.url, request.init, request.at, { real: true, inProcess: true }) };
  const value = reader.glance(fn, passed);
  if (value.kind === "primitive" ? value.value !== undefined : /^(?:text|array|object|request)$/u.test(value.kind)) return value;
  return called(reader, passed) ?? UNKNOWN;
}

function native(reader: TestReader, name: string, passed: readonly Value[], at: Located, spelled: string): Value {
  const [first = UNKNOWN] = passed;
  switch (name) {
    case "expect":
      return { kind: "expectation", of: first, negated: false };
    case "assert":
      return asserted(reader, "ok", passed);
    case "hook":
      // What a hook sets stays, what it claims is no test.
      reader.claims.aside(() => reader.call(passed.at(-1) ?? UNKNOWN, []));
      return NOTHING;
    case "later":
      return NOTHING;
    case "skip":
      reader.claims.clear();
      return NEVER;
    case "elsewhere":
      // A module of ours that is not there to be read.
      for (const value of passed) if (value.kind === "instance") value.seen.ours = true;
      break;
    default:
      if (name.startsWith("assert.")) return asserted(reader, name.slice("assert.".length), passed);
  }
  return builtin(name, passed, reader) ?? outside(reader, { kind: "native", name }, spelled === "" ? name : spelled, passed, at);
}

/** A call of code that is not read: it may send a request, or run what it is given. */
function outside(reader: TestReader, object: Value, key: string, passed: readonly Value[], at: Located): Value {
  if (object.kind === "instance" && passed.some(({ kind }) => kind === "unknown" || kind === "native")) object.seen.ours = true;
  const isDouble = (object.kind === "instance" && (object.double === true || !object.seen.ours)) || reader.doubledMethods.has(key) || (key === "fetch" && reader.isFetchDouble);
  const real = !isDouble;
  const how = { real, inProcess: isInProcess(key, object.kind !== "native" || object.name !== "fetch") };
  const request = passed.find(({ kind }) => kind === "request");
  if (request?.kind === "request") return { kind: "response", answer: answerTo(request.url, request.init, request.at, how) };
  const url = isSending(key) ? addressIn(key, passed) : undefined;
  if (url !== undefined) return { kind: "response", answer: answerTo(url.text, url.init, at, how) };
  const response = object.kind === "native" || object.kind === "unknown" ? called(reader, passed) : undefined;
  return response ?? (object.kind === "instance" ? object : UNKNOWN);
}

/** Runs the functions among what is passed, and gives the answer that one of them gets. */
function called(reader: TestReader, passed: readonly Value[]): Value | undefined {
  for (const fn of passed) {
    if (fn.kind !== "function" || !reader.ground.isTest(fn.file)) continue;
    const value = reader.call(fn, []);
    if (value.kind === "response" || value.kind === "depends") return value;
  }
  return undefined;
}

/** Doubles that a test puts in place of the network, of a module, or of a method. */
function doubled(reader: TestReader, key: string, passed: readonly Value[], at: Located): Value {
  const [first, second] = passed;
  if (DOUBLES.test(key) && passed.map(textOf).includes("fetch")) reader.isFetchDouble = true;
  if ((key === "mock" || key === "doMock" || key === "module") && first?.kind === "primitive" && !keepsActual(reader, second)) {
    const to = reader.ground.resolve(at.file, String(first.value));
    if (to.kind === "file") reader.doubledModules.add(to.path);
  }
  if (key === "fn" || key === "mocked") return first ?? doubleOf("function");
  return doubleOf(second === undefined ? "double" : textOf(second));
}

/** Whether what makes a module's double asks for the module itself: it leaves most of it as it is. */
function keepsActual({ ground }: TestReader, factory: Value | undefined): boolean {
  return factory?.kind === "function" && (ground.body(factory.file)?.functions[factory.function]?.parameters.length ?? 0) > 0;
}

/** What a call, or a list, is given. */
export function listOf(reader: TestReader, items: readonly Argument[], scope: Scope): readonly Value[] {
  return items.flatMap(({ value, spread }) => {
    const one = reader.evaluate(value, scope);
    return spread ? (one.kind === "array" || one.kind === "set" ? one.items : [UNKNOWN]) : [one];
  });
}
