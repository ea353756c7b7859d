import type { Expression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Located } from "../workspace.js";
import { conditional, logical, negated } from "./decisions.js";
import type { Machine } from "./machine.js";
import { memberAccess } from "./members.js";
import { loadedModule, parameterOf, readName, selfOf } from "./names.js";
import { assign, construct, objectLiteral } from "./objects.js";
import { binary } from "./operators.js";
import { argumentsOf, callExpression } from "./runs.js";
import type { Scope } from "./scope.js";
import { State } from "./state.js";
import { constant, constantOf, derived, digestsOf, either, label, labelsOf, only, some, withAlternatives, type AbstractValue, type Form } from "./values.js";

/** What an expression is, here. */
export function evaluate(machine: Machine, node: Expression, scope: Scope | undefined, file: Path, state: State): AbstractValue {
  machine.step();
  const at: Located = { file, expression: node };
  const part = (expression: Expression): AbstractValue => machine.evaluate(expression, scope, file, state);
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
      return readName(machine, node, scope, file, state);
    case "global":
      return node.name === "undefined" ? constant(at, undefined) : only(at, { kind: "external", module: "global", name: node.name });
    case "this":
      return selfOf(machine, at, scope, state);
    case "member":
      return memberAccess(machine, at, node, scope, state);
    case "call":
      return callExpression(machine, at, node, scope, state);
    case "new": {
      const callee = part(node.callee);
      return construct(machine, at, callee, argumentsOf(machine, node.arguments, scope, file, state), scope, state);
    }
    case "object":
      return objectLiteral(machine, at, node, scope, state);
    case "array": {
      const items = argumentsOf(machine, node.items, scope, file, state);
      const form: Form = { kind: "list", id: machine.site(at, scope), items, exact: !node.items.some(({ spread }) => spread) };
      return machine.isLive ? { ...only(at, form, labelsOf(items) | label.list), digests: digestsOf(items) } : only(at, form, label.other | label.list);
    }
    case "function":
      return only(at, { kind: "closure", file, function: node.function, scope });
    case "class":
      return only(at, { kind: "class", file, fact: node.class, scope });
    case "conditional":
      return conditional(machine, at, node, scope, state);
    case "logical":
      return logical(machine, at, node, scope, state);
    case "binary":
      return binary(machine, at, node.operator, part(node.left), part(node.right), scope);
    case "unary": {
      const operand = part(node.operand);
      if (node.operator === "!") return negated(machine, at, operand, scope);
      if (node.operator === "typeof") return some(at, operand.labels);
      const known = constantOf(operand)?.value;
      return node.operator === "-" && typeof known === "number" ? constant(at, -known, operand.labels) : derived(at, [operand]);
    }
    case "assign":
      return assign(machine, at, node, scope, state);
    case "sequence":
      return node.items.map(part).at(-1) ?? constant(at, undefined);
    case "await":
      return machine.await(part(node.operand), state);
    case "yield":
      if (node.operand !== undefined) part(node.operand);
      return some(at);
    case "typed":
      return part(node.operand);
    case "element":
      return (node.index === undefined ? machine.rowOf({ file, expression: node.of }) : undefined) ?? machine.elementOf(at, part(node.of), node.index);
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
      return parameterOf(machine, at, node, scope);
    case "opaque":
      return derived(at, node.operands.map(part));
    case "import":
      part(node.specifier);
      return loadedModule(machine, at, file, node.specifier);
    case "jsx":
    case "regex":
    case "import-meta":
      return some(at);
  }
}
