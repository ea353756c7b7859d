import type { Expression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Machine } from "./machine.js";
import { readName } from "./names.js";
import { sameForm } from "./operators.js";
import { scopeOf, varKey, type Scope } from "./scope.js";
import { State } from "./state.js";
import { isNothing, truthOf, type Form } from "./values.js";

/** What a name is known to be where its test came out one way. */
export function refine(machine: Machine, test: Expression, positive: boolean, scope: Scope | undefined, file: Path, state: State): void {
  if (state.dead) return;
  if (test.kind === "unary" && test.operator === "!") {
    refine(machine, test.operand, !positive, scope, file, state);
    return;
  }
  if (test.kind === "logical" && (test.operator === "&&" ? positive : !positive) && test.operator !== "??") {
    refine(machine, test.left, positive, scope, file, state);
    refine(machine, test.right, positive, scope, file, state);
    return;
  }
  const counted = countedList(test, positive);
  if (counted !== undefined) state.nonEmpty = new Set(state.nonEmpty).add(`${file}:${String(counted)}`);
  const question = askedName(test, positive);
  if (question === undefined) return;
  const value = readName(machine, question.name, scope, file, state);
  const kept = value.alternatives.filter(({ form }) => question.keeps(form) !== false);
  const binding = machine.ask.body(file)?.bindings[question.name.binding];
  const home = binding === undefined ? undefined : scopeOf(scope, file, binding.function);
  if (home !== undefined && kept.length > 0) state.vars.set(varKey(home, question.name.binding), { ...value, alternatives: kept });
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
