import type { Path } from "../files/path.js";
import { memo } from "./memo.js";
import { sourcesOf } from "./sources-of.js";
import type { Located, Origin, Workspace } from "./workspace.js";

type Ask = Pick<Workspace, "originsOf" | "source" | "body" | "cursors" | "resolve" | "linksOf" | "projectOf" | "paths">;

/** What a value is made of. */
export interface Piece {
  /** The place that makes it, or the name that another package exports. */
  readonly id: string;
  readonly origin: Origin;
  /** The members of an object that is itself the value. */
  readonly parts: readonly Part[];
}

/** A member of an object; what it is made of is found when asked for. */
interface Part {
  readonly at: Located;
  pieces(): readonly Piece[];
}

/** How deep objects are looked into. */
const REACH = 6;

/**
 * What a value is made of: the calls and literals it derives from, objects by their members.
 *
 * Two values of one factory are made at the same places; what only one of them was given tells them apart.
 */
export function madeOf(ask: Pick<Ask, "originsOf">, at: Located, reach = REACH): readonly Piece[] {
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
      const parts = entries.map(({ value }): Part => {
        const member = { ...origin.at, expression: value };
        return { at: member, pieces: () => madeOf(ask, member, reach - 1) };
      });
      pieces.push({ id: place, origin, parts });
    }
  }
  // Names of packages are words that all use; they tell only where there is nothing else.
  const own = pieces.filter(({ id }) => !id.includes("#"));
  return own.length > 0 ? own : pieces;
}

/** What a value and everything in it is made of, looked into as far as it takes to answer. */
export class Makings {
  readonly #ids = new Set<string>();
  readonly #unopened = new Set<Part>();
  readonly #mayHold: (part: Part, made: Located) => boolean;

  constructor(ask: Ask, pieces: readonly Piece[]) {
    this.#mayHold = partsThatMayHold(ask);
    this.#note(pieces);
  }

  /** Whether everything that a value is made of is in this one too. */
  include(inner: readonly Piece[]): boolean {
    const isIn = (piece: Piece): boolean => this.#has(piece) || (piece.parts.length > 0 && piece.parts.every((part) => part.pieces().every(isIn)));
    return inner.length > 0 && inner.every(isIn);
  }

  /** Where something that both are made of comes from, the first that is found. */
  sharedWith(inner: readonly Piece[]): Origin | undefined {
    for (const piece of inner) {
      if (this.#has(piece)) return piece.origin;
      for (const part of piece.parts) {
        const shared = this.sharedWith(part.pieces());
        if (shared !== undefined) return shared;
      }
    }
    return undefined;
  }

  #has({ id, origin }: Piece): boolean {
    for (const part of this.#unopened) {
      if (this.#ids.has(id)) return true;
      if (origin.kind !== "external" && !this.#mayHold(part, origin.at)) continue;
      this.#unopened.delete(part);
      this.#note(part.pieces());
    }
    return this.#ids.has(id);
  }

  #note(pieces: readonly Piece[]): void {
    for (const { id, parts } of pieces) {
      this.#ids.add(id);
      for (const part of parts) this.#unopened.add(part);
    }
  }
}

/**
 * Tells by imports alone whether a part may hold something that is made at a place: what the part is taken from loads that file, or a
 * neighbour of that file loads a neighbour of what the part is taken from, and may give it something.
 */
function partsThatMayHold(ask: Ask): (part: Part, made: Located) => boolean {
  const projectOf = (path: Path): string => ask.projectOf(path)?.folder ?? "";
  const loads = (path: Path): readonly Path[] => ask.linksOf(path).flatMap(({ to, typeOnly }) => (to.kind === "file" && !typeOnly ? [to.path] : []));
  const groundOf = memo((part: Part) => {
    const sources = sourcesOf(ask, part.at);
    if (sources === undefined) return undefined;
    const loaded = new Set(sources.files);
    for (const path of loaded) for (const next of loads(path)) loaded.add(next);
    return { spans: sources.spans, loaded, projects: new Set([...sources.files].map(projectOf)) };
  });
  const neighbours = memo((folder: string) => new Set(ask.paths.filter((path) => projectOf(path) === folder).flatMap((path) => loads(path)).map(projectOf)));
  return (part, { file, expression: { span } }) => {
    const ground = groundOf(part);
    if (ground === undefined || ground.loaded.has(file)) return true;
    if (file === part.at.file) return ground.spans.some(([start, end]) => start <= span[0] && span[1] <= end);
    const home = projectOf(file);
    return ground.projects.has(home) || [...ground.projects].some((folder) => neighbours(home).has(folder));
  };
}
