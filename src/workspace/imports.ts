import type { ImportFact } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import { memo } from "./memo.js";
import { hasScheme, isRelative } from "./specifier.js";
import type { ImportEdge, Resolution, Value, Workspace } from "./workspace.js";

/** The import graph, both ways. */
export interface ImportIndex {
  importsOf(path: Path): readonly ImportEdge[];
  importersOf(path: Path): readonly ImportEdge[];
  /** Those of {@link importersOf} whose specifier is written out: known without evaluating anything. */
  literalImportersOf(path: Path): readonly ImportEdge[];
}

/** What the graph is made from. */
type Ground = Pick<Workspace, "paths" | "source" | "resolve" | "valueOf" | "runtimeLoad">;

/**
 * Indexes the imports of a workspace. A specifier that is computed gives one edge for every value that it is known to take; whether
 * these are all, and if not why, is for `valueOf` to say.
 */
export function indexImports(ground: Ground): ImportIndex {
  const reversed = memo((literal: boolean) =>
    reverse(ground.paths.flatMap((path) => edgesOf(ground, path, (fact) => isLiteral(fact) === literal))),
  );
  const importersBy = (literal: boolean, path: Path): readonly ImportEdge[] => reversed(literal).get(path) ?? [];
  return {
    importsOf: memo((path: Path) => edgesOf(ground, path, () => true)),
    importersOf: (path) => [...importersBy(true, path), ...importersBy(false, path)],
    literalImportersOf: (path) => importersBy(true, path),
  };
}

function isLiteral({ specifier }: ImportFact): boolean {
  return specifier.kind === "string";
}

function edgesOf(ground: Ground, from: Path, wanted: (fact: ImportFact) => boolean): readonly ImportEdge[] {
  const facts = (ground.source(from)?.imports ?? []).filter(wanted);
  return facts.flatMap((fact) =>
    specifiersOf(ground, from, fact)
      .map((specifier) => edgeOf(ground, from, fact, specifier))
      .filter(({ to }) => isEdge(fact, to)),
  );
}

/** The edge of one specifier: of the first of its readings that leads to a file, else of the first. */
function edgeOf(ground: Ground, from: Path, fact: ImportFact, written: string): ImportEdge {
  const readings = readingsOf(fact, written).map((specifier) => ({ from, fact, specifier, to: ground.resolve(from, specifier) }));
  return readings.find(({ to }) => to.kind === "file") ?? { from, fact, specifier: written, to: ground.resolve(from, written) };
}

/** The specifiers that an import takes, as far as they are known. */
function specifiersOf(ground: Ground, file: Path, { specifier }: ImportFact): readonly string[] {
  if (specifier.kind === "string") return [specifier.value];
  const at = { file, expression: specifier };
  const value = ground.valueOf(at);
  const place = value.kind === "known" ? undefined : ground.runtimeLoad(at)?.specifier;
  return [...textsIn(value), ...(place === undefined ? [] : [place])];
}

function textsIn(value: Value): readonly string[] {
  const constants = value.kind === "known" ? value.values : value.partial;
  return constants.flatMap((constant) => (constant.kind === "primitive" && typeof constant.value === "string" ? [constant.value] : []));
}

/**
 * What a specifier may mean: `new URL("x", import.meta.url)` and `/// <reference path="x" />` start from the file though they do not look
 * relative, and bundlers take such an address for a package when no file is there.
 */
function readingsOf({ form }: ImportFact, specifier: string): readonly string[] {
  if (form !== "new-url" && form !== "reference") return [specifier];
  if (specifier.startsWith("./")) return [specifier, specifier.slice(2)];
  return isRelative(specifier) || specifier.startsWith("/") || hasScheme(specifier) ? [specifier] : [`./${specifier}`, specifier];
}

/** A URL may name a folder, an output, anything: it is an import only where it leads to a file. */
function isEdge({ form }: ImportFact, to: Resolution): boolean {
  return form !== "new-url" || to.kind === "file";
}

function reverse(edges: readonly ImportEdge[]): ReadonlyMap<Path, readonly ImportEdge[]> {
  const byTarget = new Map<Path, ImportEdge[]>();
  for (const edge of edges) {
    if (edge.to.kind !== "file") continue;
    const group = byTarget.get(edge.to.path);
    if (group === undefined) byTarget.set(edge.to.path, [edge]);
    else group.push(edge);
  }
  return byTarget;
}
