import type { Located } from "../workspace.js";
import { both, decided, NOTHING, PROVEN, type Claim, type Token } from "./claims.js";
import { comparesDigest, has } from "./comparisons.js";
import type { Machine } from "./machine.js";
import { isPath } from "./paths.js";
import type { Scope } from "./scope.js";
import { asBoolean, constant, constantOf, digestsOf, label, labelsOf, some, truthOf, withAlternatives, type AbstractValue, type Alternative, type Form } from "./values.js";

const MAX_PAIRS = 64;

/** A question whose yes proves a signature. */
export function compared(machine: Machine, at: Located, scope: Scope | undefined, labels: number, equalIs = true): AbstractValue {
  machine.comparisons.push(at);
  const token: Token = { site: `compare ${machine.site(at, scope)}`, positive: true, level: PROVEN, at, note: "the signature is compared here" };
  const proven: Alternative = { form: { kind: "constant", value: equalIs }, claim: machine.options.mode === "signature" ? decided(NOTHING, token) : gateClaim(token), at };
  const refused: Alternative = { form: { kind: "constant", value: !equalIs }, claim: machine.options.mode === "signature" ? NOTHING : gateClaim({ ...token, positive: false }), at };
  return { alternatives: [proven, refused], labels, digests: new Set() };
}

/** `left operator right`. */
export function binary(machine: Machine, at: Located, operator: string, left: AbstractValue, right: AbstractValue, scope: Scope | undefined): AbstractValue {
  const labels = labelsOf([left, right]) & ~label.list;
  const isEqual = operator === "===" || operator === "==";
  const isUnequal = operator === "!==" || operator === "!=";
  if (isEqual || isUnequal) {
    if (comparesDigest(left, right)) return machine.compared(at, scope, labels & ~(label.digest | label.difference), isEqual);
    return equality(machine, at, left, right, isEqual, labels, scope);
  }
  if (operator === "^" && comparesDigest(left, right)) {
    machine.comparisons.push(at);
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
    return { alternatives: left.alternatives.flatMap((one): Alternative[] => (one.form.kind === "response" ? [{ ...one, form: { kind: "constant", value: true } }] : one.form.kind === "constant" ? [{ ...one, form: { kind: "constant", value: false } }] : [{ ...one, form: { kind: "boolean" } }])), labels, digests: new Set() };
  }
  if (/^[<>]=?$/u.test(operator) && left.alternatives.length * right.alternatives.length <= MAX_PAIRS) {
    return withAlternatives(some(at, labels), left.alternatives.flatMap((one) => right.alternatives.map((other): Alternative => {
      const folded = one.form.kind === "constant" && other.form.kind === "constant" ? fold(operator, one.form.value, other.form.value) : undefined;
      return { form: folded === undefined ? { kind: "boolean" } : { kind: "constant", value: folded }, claim: both(one.claim, other.claim), at };
    })));
  }
  return { ...some(at, labels), digests: digestsOf([left, right]) };
}

/** Whether two values are equal, for each shape that they can have. */
export function equality(machine: Machine, at: Located, left: AbstractValue, right: AbstractValue, isEqual: boolean, labels: number, scope: Scope | undefined): AbstractValue {
  if (left.alternatives.length * right.alternatives.length > MAX_PAIRS) return asBoolean(some(at, labels));
  // The difference of a digest and what was given is zero: they are equal.
  if ([left, right].some((side) => has(side, label.difference)) && [left, right].some((side) => constantOf(side)?.value === 0)) {
    machine.comparisons.push(at);
    return machine.compared(at, scope, labels & ~label.difference, isEqual);
  }
  const alternatives = left.alternatives.flatMap((one) =>
    right.alternatives.map((other): Alternative => {
      const same = sameForm(one.form, other.form) ?? samePath(machine, one.own ?? left.labels, other.form) ?? samePath(machine, other.own ?? right.labels, one.form);
      const open: Form = names(one.form, left) || names(other.form, right) ? { kind: "boolean", proves: isEqual } : { kind: "boolean" };
      return { form: same === undefined ? open : { kind: "constant", value: same === isEqual }, claim: both(one.claim, other.claim), at: one.at };
    }),
  );
  return withAlternatives({ alternatives: [], labels, digests: new Set() }, alternatives);
}

/** Whether the path of every request that is judged is a text. */
function samePath({ options }: Machine, labels: number, form: Form): boolean | undefined {
  return (labels & label.path) !== 0 && options.route !== undefined && form.kind === "constant" && typeof form.value === "string" ? isPath(options.route, form.value) : undefined;
}

/** Whether one side of a comparison names somebody: a text of our own, or what no caller sends. */
function names(form: Form, of: AbstractValue): boolean {
  return !has(of, label.request) && (form.kind === "constant" ? typeof form.value === "string" && form.value !== "" : form.kind !== "boolean");
}

function gateClaim(token: Token): Claim {
  return decided(NOTHING, token);
}

/** Whether two shapes are the same value; undefined where that depends. */
export function sameForm(one: Form, other: Form): boolean | undefined {
  if (one.kind === "constant" && other.kind === "constant") return one.value === other.value;
  const [constantForm, otherForm] = one.kind === "constant" ? [one, other] : other.kind === "constant" ? [other, one] : [undefined, undefined];
  if (constantForm === undefined || otherForm === undefined) return undefined;
  if (otherForm.kind === "boolean") return typeof constantForm.value === "boolean" ? undefined : false;
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
