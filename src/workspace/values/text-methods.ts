import type { Located } from "../workspace.js";
import { arrayOf } from "./arrays.js";
import type { Evaluation } from "./evaluation.js";
import type { Primitive } from "./form.js";
import type { FrameArgument } from "./frame.js";
import { constantAt } from "./objects.js";
import { checked } from "./operators.js";
import { blocked, combine, joined, only, type Outcome, type Possible } from "./outcome.js";

/** Methods of texts whose result is told by their arguments alone. */
const TEXT_METHODS: ReadonlySet<string> = new Set([
  "at", "charAt", "charCodeAt", "codePointAt", "concat", "endsWith", "includes", "indexOf", "lastIndexOf", "match", "normalize", "padEnd", "padStart", "repeat", "replace",
  "replaceAll", "search", "slice", "split", "startsWith", "substr", "substring", "toLowerCase", "toString", "toUpperCase", "trim", "trimEnd", "trimStart", "valueOf",
]);
const NUMBER_METHODS: ReadonlySet<string> = new Set(["toString", "toFixed", "toPrecision", "toExponential", "valueOf"]);
const MAX_MATCHED = 2000;

type Argument = Primitive | RegExp;

/** What a standard method of a text, number or boolean returns. */
export function primitiveMethod(ev: Evaluation, at: Located, of: Possible, value: string | number | boolean, name: string, passed: readonly FrameArgument[]): Outcome {
  const known = typeof value === "string" ? TEXT_METHODS : typeof value === "number" ? NUMBER_METHODS : new Set(["toString", "valueOf"]);
  if (!known.has(name)) return blocked(at, `\`${name}\` is not evaluated`);
  if (passed.some((argument) => argument.spread)) return blocked(at, `what \`${name}\` is given is not known`);
  return combine(at, passed.map((argument) => ev.evaluate(argument.at)), (values) => {
    const list: Argument[] = [];
    for (const possible of values) {
      const argument = asArgument(possible);
      if (argument === undefined) return blocked(at, `what \`${name}\` is given is no constant`);
      list.push(argument.value);
    }
    if (typeof value === "string" && list.some((argument) => argument instanceof RegExp) && value.length > MAX_MATCHED) return blocked(at, "the text is too long to match");
    // `repeat` and padding could ask for more memory than there is.
    if (typeof value === "string" && /^(?:repeat|pad)/u.test(name) && !(Number(list[0]) * Math.max(1, value.length) <= 10_000)) return blocked(at, "the text is too long");
    return resultOf(at, invoke(value, name, list), joined([of, ...values]));
  });
}

function asArgument({ form }: Possible): { readonly value: Argument } | undefined {
  if (form.kind === "primitive") return { value: form.value };
  const pattern = form.kind === "regex" ? regExp(form.pattern, form.flags) : undefined;
  return pattern === undefined ? undefined : { value: pattern };
}

/** A regular expression that cannot take long: no repetition inside a repeated group, no references. */
export function regExp(pattern: string, flags: string): RegExp | undefined {
  if (pattern.length > 200 || /\)[*+{]|\\\d|\\k|\(\?<[=!]/u.test(pattern) || (pattern.match(/[*+{]/gu)?.length ?? 0) > 4) return undefined;
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}

/** Runs a method of the language itself. */
function invoke(value: string | number | boolean, name: string, list: readonly Argument[]): unknown {
  const method: unknown = Reflect.get(Object(value) as object, name);
  try {
    return typeof method === "function" ? Reflect.apply(method, value, [...list]) : FAILED;
  } catch {
    // It throws in the analysed program too: no value.
    return THROWS;
  }
}

const FAILED = Symbol("not evaluated");
const THROWS = Symbol("throws");

function resultOf(at: Located, result: unknown, trail: ReturnType<typeof joined>): Outcome {
  if (result === THROWS) return { values: [] };
  if (isPrimitive(result)) return checked(at, result, trail);
  // `split` and `match`.
  if (Array.isArray(result)) {
    const items: Located[] = [];
    for (const item of result as readonly unknown[]) {
      if (!isPrimitive(item)) return blocked(at, "its result is not evaluated");
      items.push(constantAt(at, item));
    }
    return only(arrayOf(items), trail);
  }
  return blocked(at, "its result is not evaluated");
}

function isPrimitive(value: unknown): value is Primitive {
  return value === null || value === undefined || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
