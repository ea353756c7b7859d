import type { Located, Origin, Workspace } from "./workspace.js";

type Ask = Pick<Workspace, "originsOf">;

/** What a value is made of. */
export interface Piece {
  /** The place that makes it, or the name that another package exports. */
  readonly id: string;
  readonly origin: Origin;
  /** Of an object that is itself the value: what its members are made of, found when asked for. */
  readonly parts: readonly (() => readonly Piece[])[];
}

/** How deep objects are looked into. */
const REACH = 6;

/**
 * What a value is made of: the calls and literals it derives from, objects by their members.
 *
 * Two values of one factory are made at the same places; what only one of them was given tells them apart.
 */
export function madeOf(ask: Ask, at: Located, reach = REACH): readonly Piece[] {
  const { origins } = ask.originsOf(at);
  // What a call is given belongs to its result as it is; an object without a call is the value itself.
  const isCalled = origins.some(({ kind }) => kind === "call");
  const pieces: Piece[] = [];
  for (const origin of origins) {
    const { file, expression } = origin.at;
    const place = `${file}:${expression.kind} ${expression.span.join("-")}`;
    if (origin.kind === "external") pieces.push({ id: `${origin.module}#${origin.name}`, origin, parts: [] });
    else if (origin.kind === "call" || origin.kind === "unknown" || origin.kind === "member") pieces.push({ id: place, origin, parts: [] });
    else if (origin.kind === "literal" && /^(?:object|function|class)$/u.test(expression.kind)) {
      const entries = expression.kind === "object" && !isCalled && reach > 0 ? expression.entries : [];
      pieces.push({ id: place, origin, parts: entries.map(({ value }) => () => madeOf(ask, { ...origin.at, expression: value }, reach - 1)) });
    }
  }
  // Names of packages are words that all use; they tell only where there is nothing else.
  const own = pieces.filter(({ id }) => !id.includes("#"));
  return own.length > 0 ? own : pieces;
}

/** Where something that both are made of comes from, the first that is found. */
export function sharedOrigin(inner: readonly Piece[], outer: readonly Piece[]): Origin | undefined {
  const ids = idsIn(outer);
  for (const { id, origin, parts } of inner) {
    if (ids.has(id)) return origin;
    for (const part of parts) {
      const shared = sharedOrigin(part(), outer);
      if (shared !== undefined) return shared;
    }
  }
  return undefined;
}

/** Whether everything that one value is made of is in the other too. */
export function isPartOf(inner: readonly Piece[], outer: readonly Piece[]): boolean {
  const ids = idsIn(outer);
  const isIn = ({ id, parts }: Piece): boolean => ids.has(id) || (parts.length > 0 && parts.every((part) => part().every(isIn)));
  return inner.length > 0 && inner.every(isIn);
}

/** What a value and everything in it is made of. */
function idsIn(pieces: readonly Piece[]): ReadonlySet<string> {
  const ids = new Set<string>();
  const note = (inner: readonly Piece[]): void => {
    for (const { id, parts } of inner) {
      ids.add(id);
      for (const part of parts) note(part());
    }
  };
  note(pieces);
  return ids;
}
