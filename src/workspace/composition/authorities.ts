import type { Span } from "../../facts/expression.js";
import type { ImportFact } from "../../facts/facts.js";
import { nameOf, type Path } from "../../files/path.js";
import { exportsOne } from "../facets.js";
import { aliasedImport } from "../import-alias.js";
import { onlyForwards } from "../manifest.js";
import type { ImportEdge, Workspace } from "../workspace.js";
import { aggregates, type Aggregate, type AggregateAsk } from "./aggregates.js";

/** What finding second authorities asks of the workspace. */
export type AuthorityAsk = AggregateAsk & Pick<Workspace, "facet" | "matches" | "importersOf" | "projectOf">;

/** Something that composes beside the manifest, or could. */
export type SecondAuthority =
  | Aggregate
  /** Another module that is a manifest. */
  | { readonly kind: "manifest"; readonly file: Path; readonly span: Span }
  /** A module that takes the manifest's value and is no entry. */
  | { readonly kind: "importer"; readonly file: Path; readonly span: Span; readonly specifier: string; readonly face: Path };

/** Everything that is a second authority beside the manifest. */
export function secondAuthorities(ask: AuthorityAsk): readonly SecondAuthority[] {
  const { manifest } = ask;
  if (ask.policy.layout.manifest.files.length === 0) return [];
  const besides = manifest === undefined ? [] : [...otherManifests(ask, manifest), ...importers(ask, manifest)];
  return [...besides, ...aggregates(ask)];
}

function* otherManifests(ask: AuthorityAsk, manifest: Path): Generator<SecondAuthority> {
  const { files, export: name } = ask.policy.layout.manifest;
  const seams = ask.policy.composition.seams.map((seam) => seam.split(".")[0] ?? seam);
  const exportsManifest = exportsOne([name]);
  for (const file of ask.paths) {
    const isNamed = ask.matches(file, files) || nameOf(file) === nameOf(manifest);
    if ((!isNamed && ask.facet(file, exportsManifest) !== true) || !ask.isJudged(file) || ask.manifestModules.includes(file)) continue;
    const facts = ask.source(file);
    if (facts === undefined) continue;
    const looksLikeOne = isNamed && seams.some((seam) => facts.names.includes(seam));
    const own = facts.exports.find((one) => one.local !== undefined && !one.typeOnly && (one.name === name || looksLikeOne));
    if (own?.local === undefined || aliasedImport(ask.body(file), own.local) !== undefined) continue;
    yield { kind: "manifest", file, span: own.span };
  }
}

function importers(ask: AuthorityAsk, manifest: Path): readonly SecondAuthority[] {
  const found: SecondAuthority[] = [];
  const faces = new Set<Path>([manifest]);
  for (const face of faces) {
    for (const edge of ask.importersOf(face)) {
      const { from, fact, specifier } = edge;
      if (!ask.isJudged(from) || faces.has(from) || ask.manifestModules.includes(from) || ask.matches(from, ask.policy.layout.manifest.entries)) continue;
      if (!takesValue(ask, edge, face)) continue;
      if (isFace(ask, from, manifest)) faces.add(from);
      else found.push({ kind: "importer", file: from, span: fact.specifier.span, specifier, face });
    }
  }
  return found;
}

/** Whether a module only passes the manifest on where it may: in the manifest's project, as one of its names, or as a registered bridge. */
function isFace(ask: AuthorityAsk, path: Path, manifest: Path): boolean {
  const { layout, convergence } = ask.policy;
  if (convergence.bridges.some((bridge) => ask.matches(path, [bridge.path]))) return true;
  const body = ask.body(path);
  if (body === undefined || !onlyForwards(body)) return false;
  return ask.projectOf(path)?.folder === ask.projectOf(manifest)?.folder || ask.matches(path, layout.manifest.files) || nameOf(path) === nameOf(manifest);
}

const VALUE_FORMS: ReadonlySet<ImportFact["form"]> = new Set(["import", "export-from", "dynamic", "require", "import-equals"]);

/** Whether a value arrives; names that the importer only uses in types bring none. */
function takesValue(ask: AuthorityAsk, { from, fact }: ImportEdge, face: Path): boolean {
  if (fact.typeOnly || !VALUE_FORMS.has(fact.form)) return false;
  if (fact.form !== "import" || fact.names.length === 0) return true;
  const exports = ask.source(face)?.exports ?? [];
  return fact.names.some((taken) => {
    const own = exports.filter(({ name }) => name === taken.name);
    if (taken.typeOnly || (own.length > 0 && own.every(({ typeOnly }) => typeOnly))) return false;
    return isUsedAsValue(ask, from, taken.local);
  });
}

function isUsedAsValue(ask: AuthorityAsk, file: Path, local: string): boolean {
  const body = ask.body(file);
  const id = body?.bindings.findIndex(({ name, import: from }) => name === local && from !== undefined) ?? -1;
  if (id < 0 || ask.source(file)?.exports.some((one) => one.local === local) === true) return true;
  const references = ask.cursors(file)?.references(id) ?? [];
  return references.length === 0 ? false : references.some((cursor) => {
    for (let at = cursor.parent; at !== undefined; at = at.parent) if (at.of === "type") return false;
    return true;
  });
}
