import type { ts } from "../compiler.cjs";
import type { Expression, Span } from "../expression.js";
import { isComputedPropertyName } from "../typescript.js";
import type { Scope } from "./scope.js";

/** The key of a member, property or class member, with its own place. */
export interface LoweredKey {
  readonly key: Expression;
  readonly keySpan: Span;
  readonly computed: boolean;
}

/** Lowers a property name; one that is written out is a string, private ones with their `#`. */
export function lowerKey(scope: Scope, name: ts.PropertyName | ts.MemberName): LoweredKey {
  const { module } = scope;
  const keySpan = module.spanOf(name);
  if (isComputedPropertyName(name)) return { key: module.lower.expression(scope, name.expression), keySpan, computed: true };
  return { key: { kind: "string", value: name.text, span: keySpan }, keySpan, computed: false };
}
