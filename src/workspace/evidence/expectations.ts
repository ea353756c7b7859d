import { all, equal, lift, not, operate, primitive, some, UNKNOWN, type Value } from "./value.js";

/** How matchers ask for members and run predicates. */
export interface Reading {
  member(of: Value, key: string): Value;
  call(fn: Value, passed: readonly Value[]): Value;
}

const EQUAL = /^(?:toBe|toEqual|toStrictEqual|equals?|eq|eql|strictEqual|deepEqual|deepStrictEqual|is|same|toMatchObject|containSubset|partialDeepStrictEqual|match|toHaveStatus|status)$/u;
const IN = /^(?:toContain|toContainEqual|contain|contains|includes?|toInclude)$/u;
const COMPARE: Readonly<Record<string, string>> = {
  toBeLessThan: "<",
  toBeLessThanOrEqual: "<=",
  toBeGreaterThan: ">",
  toBeGreaterThanOrEqual: ">=",
  below: "<",
  lessThan: "<",
  most: "<=",
  lte: "<=",
  lt: "<",
  above: ">",
  greaterThan: ">",
  least: ">=",
  gte: ">=",
  gt: ">",
};

/** What a matcher claims of its subject, as a value that is true where the claim holds; undefined for one that says nothing we read. */
export function claimOf(matcher: string, subject: Value, passed: readonly Value[], reading: Reading): Value | undefined {
  const [first = UNKNOWN, second] = passed;
  const member = (of: Value, key: string): Value => reading.member(of, key);
  const operator = COMPARE[matcher];
  if (operator !== undefined) return operate(operator, subject, first);
  if (EQUAL.test(matcher)) return equal(matcher === "toHaveStatus" || matcher === "status" ? member(subject, "status") : subject, first, member);
  if (IN.test(matcher)) return isIn(first, subject, member);
  switch (matcher) {
    case "toBeOneOf":
    case "oneOf":
      return isIn(subject, first, member);
    case "toBeTruthy":
    case "ok":
    case "true":
    case "toBeTrue":
    case "isTrue":
      return subject;
    case "toBeFalsy":
    case "false":
    case "toBeFalse":
    case "isFalse":
    case "notOk":
      return not(subject);
    case "toMatchInlineSnapshot":
      return first.kind === "primitive" && /^\d+$/u.test(String(first.value)) ? equal(subject, primitive(Number(first.value)), member) : undefined;
    case "toSatisfy":
    case "satisfy":
    case "satisfies":
      return reading.call(first, [subject]);
    case "property":
    case "toHaveProperty":
      return first.kind === "primitive" && typeof first.value === "string" && second !== undefined ? equal(first.value.split(".").reduce(member, subject), second, member) : undefined;
    case "within":
      return second === undefined ? undefined : all([operate(">=", subject, first), operate("<=", subject, second)]);
    case "notEqual":
    case "notStrictEqual":
    case "notDeepEqual":
      return not(equal(subject, first, member));
    default:
      return undefined;
  }
}

/** Whether a value is among those of a list. */
export function isIn(value: Value, list: Value, member: Reading["member"]): Value {
  return lift([list, value], ([among = UNKNOWN, one = UNKNOWN]) => {
    if (among.kind === "array" || among.kind === "set") return some(among.items.map((item) => equal(item, one, member)));
    if (among.kind === "primitive" && typeof among.value === "string" && one.kind === "primitive") return primitive(among.value.includes(String(one.value)));
    return UNKNOWN;
  });
}
