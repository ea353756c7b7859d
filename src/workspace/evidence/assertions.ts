import { claimOf, isIn } from "./expectations.js";
import type { TestReader } from "./reader.js";
import { equal, NEVER, not, NOTHING, textOf, UNKNOWN, type Answer, type Value } from "./value.js";

type Expectation = Extract<Value, { kind: "expectation" }>;
type Response = Extract<Value, { kind: "response" }>;

/** `expect(…).matcher(…)`. */
export function expected(reader: TestReader, expectation: Expectation, matcher: string, passed: readonly Value[]): Value {
  const claim = claimOf(matcher, expectation.of, passed, reader);
  if (claim !== undefined) reader.claims.add(expectation.negated ? not(claim) : claim);
  return expectation;
}

/** Words between `expect(…)` and its matcher; some are matchers themselves. */
export function grammar(reader: TestReader, expectation: Expectation, word: string): Value {
  if (word === "not") return { ...expectation, negated: !expectation.negated };
  if (word === "ok" || word === "true" || word === "false") expected(reader, expectation, word, []);
  return expectation;
}

/** `expect.soft(…)` and its like. */
export function expectWith(reader: TestReader, key: string, passed: readonly Value[]): Value {
  const [first = UNKNOWN] = passed;
  if (key === "soft") return { kind: "expectation", of: first, negated: false };
  if (key === "poll") return { kind: "expectation", of: reader.call(first, []), negated: false };
  if (key === "objectContaining" || key === "arrayContaining") return first;
  return key === "unreachable" || key === "fail" ? NEVER : UNKNOWN;
}

/** `assert.equal(…)` and its like. */
export function asserted(reader: TestReader, key: string, passed: readonly Value[]): Value {
  if (key === "fail") return NEVER;
  const [first = UNKNOWN, ...others] = passed;
  const [second = UNKNOWN] = others;
  const member = (of: Value, name: string): Value => reader.member(of, name);
  const isBare = key === "ok" || key === "true" || key === "assert" || key === "isTrue";
  const claim = key === "oneOf" ? isIn(first, second, member) : key === "include" || key === "includes" ? isIn(second, first, member) : claimOf(isBare ? "ok" : key, first, others, reader);
  if (claim !== undefined) reader.claims.add(claim);
  return NOTHING;
}

/** Methods of an answer; chains of supertest go on with it. */
export function ofResponse(reader: TestReader, response: Response, key: string, passed: readonly Value[]): Value {
  const [first = UNKNOWN] = passed;
  const status = reader.member(response, "status");
  const member = (of: Value, name: string): Value => reader.member(of, name);
  if (key === "expect") {
    if (first.kind === "primitive" && typeof first.value === "number") reader.claims.add(equal(status, first, member));
    else if (first.kind === "array") reader.claims.add(isIn(status, first, member));
    else if (first.kind === "function") reader.call(first, [response]);
    return response;
  }
  if (key === "assertStatus") {
    reader.claims.add(equal(status, first, member));
    return response;
  }
  if (key === "then" || key === "tap") return reader.call(first, [response]);
  if (key === "set" || key === "header" || key === "headers") return { kind: "response", answer: withHeader(response.answer, passed) };
  if (/^(?:json|text|arrayBuffer|blob|formData|bytes|get)$/u.test(key)) return UNKNOWN;
  return response;
}

function withHeader(answer: Answer, passed: readonly Value[]): Answer {
  return { ...answer, caller: answer.caller === undefined ? undefined : `${answer.caller}\n${passed.map(textOf).join(": ")}` };
}
