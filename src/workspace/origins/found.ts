import type { FunctionId } from "../../facts/expression.js";
import type { Located, LocatedType } from "../workspace.js";
import type { Trail } from "../values/outcome.js";

/** An origin while it is looked for: with a trail instead of steps. */
export type Found = { readonly at: Located; readonly trail: Trail } & FoundKind;

export type FoundKind =
  | { readonly kind: "literal" }
  | { readonly kind: "member"; readonly key: string | undefined; readonly object: Located }
  | { readonly kind: "call"; readonly callee: Located }
  | { readonly kind: "external"; readonly module: string; readonly name: string }
  | { readonly kind: "parameter"; readonly function: FunctionId; readonly index: number }
  | { readonly kind: "typed"; readonly type: LocatedType }
  | { readonly kind: "unknown"; readonly reason: string };

/** An origin at the place where the search ends. */
export function found(at: Located, kind: FoundKind): Found {
  return { at, trail: { from: [] }, ...kind };
}

/** Nothing is known of what is behind this place. */
export function unknown(at: Located, reason: string): Found {
  return found(at, { kind: "unknown", reason });
}

/** Replaces declared types by others, such as those of what a promise becomes. */
export function mapTypes(origins: readonly Found[], next: (type: LocatedType) => readonly LocatedType[]): readonly Found[] {
  return origins.flatMap((origin): readonly Found[] => (origin.kind === "typed" ? next(origin.type).map((type) => ({ ...origin, type })) : [origin]));
}

/** Declared types as origins. */
export function typed(at: Located, types: readonly LocatedType[]): readonly Found[] {
  return types.map((type) => found(at, { kind: "typed", type }));
}

/** Puts a step before the trails of origins. */
export function after(at: Located, note: string, origins: readonly Found[]): readonly Found[] {
  const step = { file: at.file, span: at.expression.span, note };
  return origins.map((origin) => ({ ...origin, trail: { step, from: [origin.trail] } }));
}

/** One of each. */
export function distinct(origins: readonly Found[]): readonly Found[] {
  const seen = new Map<string, Found>();
  for (const origin of origins) {
    const identity = identityOf(origin);
    if (!seen.has(identity)) seen.set(identity, origin);
  }
  return [...seen.values()];
}

function identityOf(origin: Found): string {
  const place = `${origin.kind} ${origin.at.file} ${origin.at.expression.kind} ${origin.at.expression.span.join(":")}`;
  switch (origin.kind) {
    case "member":
      return `${place} ${origin.key ?? ""} ${origin.object.file} ${origin.object.expression.span.join(":")}`;
    case "typed":
      return `typed ${origin.type.file} ${origin.type.type.kind} ${origin.type.type.span.join(":")}`;
    case "external":
      return `external ${origin.module} ${origin.name}`;
    case "parameter":
      return `${place} ${origin.function} ${origin.index}`;
    default:
      return place;
  }
}
