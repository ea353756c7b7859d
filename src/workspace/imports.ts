import type { FileFacts, ImportFact, ImportForm } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import { isComputed, type Brief } from "./brief.js";
import type { FactsByPath } from "./facts-by-path.js";
import { memo, once } from "./memo.js";
import type { Key } from "./ledger.js";
import { hasScheme, isRelative } from "./specifier.js";
import type { ImportEdge, LinkEdge, Resolution, Value, Workspace } from "./workspace.js";

/** The import graph, both ways. */
export interface ImportIndex {
  importsOf(path: Path): readonly ImportEdge[];
  /** Those of {@link importsOf} whose specifier is written out. */
  literalEdgesOf(path: Path): readonly ImportEdge[];
  linksOf(path: Path): readonly LinkEdge[];
  importersOf(path: Path): readonly ImportEdge[];
  /** Those of {@link importersOf} whose specifier is written out: known without evaluating anything. */
  literalImportersOf(path: Path): readonly ImportEdge[];
}

/** What the graph is made from. */
type Ground = Pick<Workspace, "ledger" | "paths" | "source" | "linksIn" | "resolve" | "valueOf" | "runtimeLoad">;

/**
 * Indexes the imports of a workspace. A specifier that is computed gives one edge for every value that it is known to take; whether
 * these are all, and if not why, is for `valueOf` to say.
 *
 * @param facts of every analysed file
 * @param briefOf briefs of them, which spare most facts
 */
export function indexImports(ground: Ground, facts: Pick<FactsByPath, "get">, briefOf: (path: Path) => Brief): ImportIndex {
  const { ledger, paths } = ground;
  const literalEdgesOf = memo((path: Path) => literalEdges(ground, path, facts.get(path)));
  const importers = once(() => {
    const byTarget = new Map<Path, Path[]>();
    for (const from of paths) {
      for (const to of briefOf(from).targets) {
        const known = byTarget.get(to);
        if (known === undefined) byTarget.set(to, [from]);
        else known.push(from);
      }
    }
    return byTarget;
  });
  const literal = memo((path: Path) => (importers().get(path) ?? []).flatMap((from) => literalEdgesOf(from).filter(({ to }) => to.kind === "file" && to.path === path)));
  const computed = ledger.memo((_: undefined) => {
    ledger.read(COMPUTED_IMPORTS, "");
    return reverse(paths.filter((path) => briefOf(path).computes).flatMap((path) => edgesOf(ground, path, importsIn(ground.source(path)).filter(isComputed))));
  });
  const literalImportersOf = (path: Path): readonly ImportEdge[] => {
    // Who asks for the importers of one module rests on the imports that lead to it, and on no other module's.
    ledger.read(IMPORTERS, path);
    return literal(path);
  };
  const importsOf = ledger.memo((path: Path) => edgesOf(ground, path, importsIn(ground.source(path))));
  return {
    importsOf,
    literalEdgesOf,
    linksOf: ledger.memo((path: Path) => {
      const found = ground.linksIn(path);
      return found.some(({ specifier }) => specifier === undefined)
        ? importsOf(path).map(({ to, fact }) => ({ to, typeOnly: fact.typeOnly, names: fact.names.map(({ name }) => name) }))
        : found.flatMap(({ form, specifier = "", typeOnly, names }) => {
            const { to } = readingOf(ground, path, form, specifier);
            return isEdge(form, to) ? [{ to, typeOnly, names }] : [];
          });
    }),
    importersOf: (path) => [...literalImportersOf(path), ...(computed(undefined).get(path) ?? [])],
    literalImportersOf,
  };
}

/** What who asks for importers has read: the imports that lead to a file, and those whose specifier is computed. */
const IMPORTERS = "importers";
const COMPUTED_IMPORTS = "computed imports";

/**
 * What an edit of a file changes for those who ask for importers.
 *
 * @returns the keys that are no longer what they were
 */
export function* changedImports(ground: Pick<Ground, "resolve">, { path, before, after }: { readonly path: Path; readonly before: FileFacts; readonly after: FileFacts }): Generator<Key> {
  const [old, now] = [before, after].map((facts) => reverse(literalEdges(ground, path, facts)));
  for (const target of new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])) {
    if (JSON.stringify(old?.get(target)) !== JSON.stringify(now?.get(target))) yield { what: IMPORTERS, of: target };
  }
  if ([before, after].some((facts) => importsIn(facts).some(isComputed))) yield { what: COMPUTED_IMPORTS, of: "" };
}

function literalEdges(ground: Pick<Ground, "resolve">, path: Path, facts: FileFacts | undefined): readonly ImportEdge[] {
  return importsIn(facts).flatMap((fact) => (fact.specifier.kind === "string" ? edgesBy(ground, path, fact, [fact.specifier.value]) : []));
}

function importsIn(facts: FileFacts | undefined): readonly ImportFact[] {
  return facts?.kind === "source" ? facts.imports : [];
}

function edgesOf(ground: Ground, from: Path, facts: readonly ImportFact[]): readonly ImportEdge[] {
  return facts.flatMap((fact) => edgesBy(ground, from, fact, specifiersOf(ground, from, fact)));
}

function edgesBy(ground: Pick<Ground, "resolve">, from: Path, fact: ImportFact, specifiers: readonly string[]): readonly ImportEdge[] {
  return specifiers.map((specifier) => edgeOf(ground, from, fact, specifier)).filter(({ to }) => isEdge(fact.form, to));
}

function edgeOf(ground: Pick<Ground, "resolve">, from: Path, fact: ImportFact, written: string): ImportEdge {
  return { from, fact, ...readingOf(ground, from, fact.form, written) };
}

/** Where a specifier leads: the first of its readings that leads to a file, else the first. */
function readingOf(ground: Pick<Ground, "resolve">, from: Path, form: ImportForm, written: string): Pick<ImportEdge, "specifier" | "to"> {
  const readings = readingsOf(form, written).map((specifier) => ({ specifier, to: ground.resolve(from, specifier) }));
  return readings.find(({ to }) => to.kind === "file") ?? { specifier: written, to: ground.resolve(from, written) };
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
function readingsOf(form: ImportForm, specifier: string): readonly string[] {
  if (form !== "new-url" && form !== "reference") return [specifier];
  if (specifier.startsWith("./")) return [specifier, specifier.slice(2)];
  return isRelative(specifier) || specifier.startsWith("/") || hasScheme(specifier) ? [specifier] : [`./${specifier}`, specifier];
}

/** A URL may name a folder, an output, anything: it is an import only where it leads to a file. */
function isEdge(form: ImportForm, to: Resolution): boolean {
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
