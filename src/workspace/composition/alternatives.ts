import type { Binding, Expression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import { propertiesOf } from "../holders.js";
import type { Located, Workspace } from "../workspace.js";

/** What telling alternatives apart asks of the workspace. */
export type AlternativesAsk = Pick<Workspace, "body" | "callersOf" | "isTest">;

/** How far names, options and callers are followed. */
const REACH = 12;

/**
 * What an expression can be, each written out where it stands: both sides of `a ?? b`, a default and what it stands in for, what callers
 * pass.
 *
 * @remarks Origins are one set; here each way to come by the value keeps its own, since one local fallback is a breach however good the
 * other side is. What cannot be taken apart is an alternative itself.
 */
export function alternativesOf(ask: AlternativesAsk, at: Located): readonly Located[] {
  const seen = new Set<string>();
  const of = (one: Located, reach: number): readonly Located[] => {
    const { expression } = one;
    const key = `${one.file} ${expression.kind} ${expression.span.join(":")}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const next = (inner: Expression): readonly Located[] => of({ ...one, expression: inner }, reach - 1);
    if (reach === 0) return [one];
    switch (expression.kind) {
      case "logical":
        return expression.operator === "&&" ? next(expression.right) : [...next(expression.left), ...next(expression.right)];
      case "conditional":
        return [...next(expression.then), ...next(expression.else)];
      case "default":
        return [...next(expression.operand), ...next(expression.fallback)];
      case "typed":
      case "await":
        return next(expression.operand);
      case "sequence":
        return expression.items.slice(-1).flatMap(next);
      case "assign":
        return next(expression.value);
      case "reference":
        return valuesOf(ask.body(one.file)?.bindings[expression.binding]).flatMap(next).concat(isOpen(ask, one) ? [one] : []);
      case "parameter":
        return orItself(one, passedTo(ask, one, [], reach, of));
      case "member":
        if (isMissing(ask, one.file, expression)) return [];
        return orItself(one, expression.key.kind === "string" ? readFrom(ask, one, [expression.key.value], expression.object, reach, of) : []);
      default:
        return [one];
    }
  };
  return of(at, REACH);
}

/** Whether a member is read of an object literal that is nowhere else and has none of the name: `const { router = seam } = {}`. */
function isMissing(ask: AlternativesAsk, file: Path, { object, key }: Extract<Expression, { kind: "member" }>): boolean {
  const taken = object.kind === "reference" ? ask.body(file)?.bindings[object.binding] : undefined;
  const literal = taken?.name === "*destructured*" ? taken.value : object;
  if (literal?.kind !== "object" || key.kind !== "string") return false;
  return literal.entries.every((entry) => entry.kind === "property" && entry.key.kind === "string" && entry.key.value !== key.value);
}

type Expand = (one: Located, reach: number) => readonly Located[];

function orItself(one: Located, found: readonly Located[]): readonly Located[] {
  return found.length === 0 ? [one] : found;
}

/** Everything a name is given. */
function valuesOf(binding: Binding | undefined): readonly Expression[] {
  if (binding === undefined || binding.import !== undefined) return [];
  const written = binding.writes.flatMap((write) => (write.kind === "assign" ? [write.value] : []));
  return binding.value === undefined ? written : [binding.value, ...written];
}

/** Whether a name has no value in its own file. */
function isOpen(ask: AlternativesAsk, { file, expression }: Located): boolean {
  return expression.kind === "reference" && valuesOf(ask.body(file)?.bindings[expression.binding]).length === 0;
}

/** What a member of an options object is: `options.router`, where the object is a parameter or a constant. */
function readFrom(ask: AlternativesAsk, one: Located, path: readonly string[], object: Expression, reach: number, of: Expand): readonly Located[] {
  if (reach === 0) return [];
  switch (object.kind) {
    case "typed":
      return readFrom(ask, one, path, object.operand, reach - 1, of);
    case "reference":
      return valuesOf(ask.body(one.file)?.bindings[object.binding]).flatMap((value) => readFrom(ask, one, path, value, reach - 1, of));
    case "parameter":
      return passedTo(ask, { ...one, expression: object }, path, reach, of);
    case "default":
      return readFrom(ask, one, path, object.operand, reach - 1, of);
    case "member":
      return object.key.kind === "string" ? readFrom(ask, one, [object.key.value, ...path], object.object, reach - 1, of) : [];
    case "object":
      return memberOf(ask, one, path, object, reach, of);
    default:
      return [];
  }
}

function memberOf(ask: AlternativesAsk, one: Located, path: readonly string[], object: Extract<Expression, { kind: "object" }>, reach: number, of: Expand): readonly Located[] {
  const [key, ...rest] = path;
  const own = propertiesOf(object).findLast((entry) => entry.key.kind === "string" && entry.key.value === key);
  // What a getter gives is found by asking for the member.
  if (own?.accessor !== undefined) return [];
  if (own !== undefined) return rest.length === 0 ? of({ ...one, expression: own.value }, reach - 1) : readFrom(ask, one, rest, own.value, reach - 1, of);
  const spreads = object.entries.filter((entry) => entry.kind === "spread");
  return spreads.flatMap(({ value }) => readFrom(ask, one, path, value, reach - 1, of));
}

/** What the callers of a function pass for a parameter, or for a member of it; a caller that passes nothing adds nothing. */
function passedTo(ask: AlternativesAsk, { file, expression }: Located, path: readonly string[], reach: number, of: Expand): readonly Located[] {
  if (expression.kind !== "parameter" || expression.rest || reach === 0) return [];
  return ask.callersOf(file, expression.function).flatMap((caller): readonly Located[] => {
    if (ask.isTest(caller.file) || (caller.expression.kind !== "call" && caller.expression.kind !== "new")) return [];
    const passed = caller.expression.arguments;
    const argument = passed.slice(0, expression.index + 1).some(({ spread }) => spread) ? undefined : passed[expression.index];
    if (argument === undefined) return [];
    const at = { file: caller.file, expression: argument.value };
    return path.length === 0 ? of(at, reach - 1) : readFrom(ask, at, path, argument.value, reach - 1, of);
  });
}
