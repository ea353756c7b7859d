import type { Located } from "../workspace.js";
import { both, decided, joined, NOTHING, UNKNOWN, type Claim } from "./claims.js";
import type { Machine } from "./machine.js";
import type { Scope } from "./scope.js";
import { meet, State } from "./state.js";
import { constant, digestsOf, either, isFilled, label, labelsOf, only, some, under, withAlternatives, type AbstractValue } from "./values.js";

type Sides = ReturnType<Machine["split"]>;

/** Methods that run a function on the elements of a list, none or many times. */
export function overList(machine: Machine, at: Located, list: AbstractValue, name: string, passed: readonly AbstractValue[], state: State, scope: Scope | undefined): AbstractValue {
  const [callback, initial] = passed;
  if (callback === undefined) return some(at);
  const rows = machine.rowsOf(list);
  const elements = rows ?? [machine.elementOf(at, list, undefined)];
  const filled = isKnownFilled(at, list, state);
  const results: { readonly value: AbstractValue; readonly element: AbstractValue }[] = [];
  let folded = initial;
  for (const [turn, element] of elements.entries()) {
    const ran = state.copy();
    const reduces = name.startsWith("reduce");
    const given = reduces ? [folded ?? element, element] : [element, some(at), list];
    const value = machine.turn(turn, () => machine.call(at, callback, given, ran, scope));
    if (reduces) folded = either([...(folded === undefined ? [] : [folded]), value]);
    results.push({ value, element });
    state.become(ran.dead ? state : meet([state, ran]));
  }
  if (name.startsWith("reduce")) {
    const [element] = elements;
    const more = element === undefined || folded === undefined ? undefined : [folded, element];
    const again = more === undefined ? undefined : machine.turn(elements.length, () => machine.call(at, callback, more, state.copy(), scope));
    return either([...(folded === undefined ? [] : [folded]), ...(again === undefined ? [] : [again])]);
  }
  const value = either(results.map((one) => one.value));
  const { yes, no } = machine.split(value, at, scope);
  const element = either(elements);
  const sides = (): readonly Sides[] => results.map((one, turn) => machine.turn(turn, () => machine.split(one.value, at, scope)));
  switch (name) {
    case "some":
      if (rows !== undefined) return { ...either(ofAll(at, sides(), true)), labels: value.labels | (list.labels & ~label.list) };
      return { ...either([withTruth(yes, true), withTruth(no, false), constant(at, false)]), labels: value.labels | (list.labels & ~label.list) };
    case "every": {
      if (rows !== undefined) return { ...either(ofAll(at, sides(), false)), labels: value.labels | (list.labels & ~label.list) };
      const empty = filled ? [] : [under(constant(at, true), emptyClaim(machine, at, scope))];
      return { ...either([withTruth(yes, true), withTruth(no, false), ...empty]), labels: value.labels | (list.labels & ~label.list) };
    }
    case "find":
    case "findLast":
      return either([under({ ...element, alternatives: element.alternatives.map((one) => (one.form.kind === "some" || one.form.kind === "method" ? { ...one, form: { kind: "some", truth: true } } : one)) }, joined(yes.alternatives.map(({ claim }) => claim))), constant(at, undefined, value.labels)]);
    case "findIndex":
    case "findLastIndex":
      return either([under(constant(at, 1, value.labels), joined(yes.alternatives.map(({ claim }) => claim))), constant(at, -1, value.labels)]);
    case "filter": {
      // What is left of a list is not empty only where the callback said yes.
      const kept = under(element, joined(yes.alternatives.map(({ claim }) => claim)));
      const claim = joined(yes.alternatives.map((one) => one.claim));
      return {
        ...either([under(only(at, { kind: "list", id: `${machine.site(at, scope)}kept`, items: [kept], exact: true }), claim), only(at, { kind: "list", id: `${machine.site(at, scope)}none`, items: [], exact: true })]),
        labels: list.labels | value.labels | label.list,
        digests: list.digests,
      };
    }
    case "map":
    case "flatMap": {
      const exact = list.alternatives.length === 1 && list.alternatives.every(({ form }) => form.kind === "list" && form.exact);
      const items = results.map((one) => one.value);
      return { ...only(at, { kind: "list", id: `${machine.site(at, scope)}mapped`, items, exact: exact && name === "map" }, labelsOf(items) | label.list), digests: digestsOf(items) };
    }
    default:
      return constant(at, undefined);
  }
}

/**
 * What `some` or `every` answers of a list of which each element is known.
 *
 * @param decisive the answer of one element that decides: yes for `some`, no for `every`
 */
function ofAll(at: Located, sides: readonly Sides[], decisive: boolean): readonly AbstractValue[] {
  const [deciding, others] = decisive ? ([({ yes }: Sides) => yes, ({ no }: Sides) => no] as const) : ([({ no }: Sides) => no, ({ yes }: Sides) => yes] as const);
  const decided = sides.map((one) => withTruth(deciding(one), decisive));
  const rest = sides.map((one) => others(one).alternatives.map(({ claim }) => claim));
  if (rest.some((claims) => claims.length === 0)) return decided;
  return [...decided, under(constant(at, !decisive), rest.reduce<Claim>((whole, claims) => both(whole, joined(claims)), NOTHING))];
}

function withTruth(of: AbstractValue, truth: boolean): AbstractValue {
  return withAlternatives(of, of.alternatives.map((one) => ({ ...one, form: { kind: "constant", value: truth } })));
}

/** All of an empty list is anything: nobody can tell whether something was asked. */
function emptyClaim(machine: Machine, at: Located, scope: Scope | undefined): Claim {
  return decided(NOTHING, { site: `empty ${machine.site(at, scope)}`, positive: true, level: UNKNOWN, at, note: "`every` says yes to an empty list" });
}


/** Whether the list that a method is called on holds something: by what it is, or by a test of its length. */
function isKnownFilled(at: Located, list: AbstractValue, state: State): boolean {
  const node = at.expression;
  const receiver = node.kind === "call" && node.callee.kind === "member" ? node.callee.object : undefined;
  if (receiver === undefined) return false;
  return isFilled(list) || (receiver.kind === "reference" && state.nonEmpty.has(`${at.file}:${String(receiver.binding)}`));
}
