import type { Expression, Span } from "../../facts/expression.js";
import type { ImportFact } from "../../facts/facts.js";
import { nameOf, type Path } from "../../files/path.js";
import { globMatcher } from "../../policy/glob.js";
import { aliasedImport } from "../import-alias.js";
import { jsonString } from "../json.js";
import { onlyForwards } from "../manifest.js";
import type { ImportEdge, Located, Plugin, Resolution, Workspace } from "../workspace.js";

/** What finding second authorities asks of the workspace. */
export type AuthorityAsk = Pick<
  Workspace,
  | "policy" | "paths" | "plugins" | "source" | "json" | "body" | "cursors" | "manifest" | "manifestModules" | "isTest" | "matches" | "matching"
  | "importersOf" | "importsOf" | "resolve" | "projectOf" | "ownerOf" | "originsOf" | "exported"
>;

/** Something that composes beside the manifest, or could. */
export type SecondAuthority = { readonly file: Path; readonly span: Span } & (
  /** Another module that is a manifest. */
  | { readonly kind: "manifest" }
  /** A module that takes the manifest's value and is no entry. */
  | { readonly kind: "importer"; readonly specifier: string; readonly face: Path }
  /** A value that puts capabilities together. */
  | { readonly kind: "aggregate"; readonly plugins: readonly Plugin[] }
);

/** Everything that is a second authority beside the manifest. */
export function secondAuthorities(ask: AuthorityAsk): readonly SecondAuthority[] {
  const { manifest } = ask;
  if (ask.policy.layout.manifest.files.length === 0) return [];
  const besides = manifest === undefined ? [] : [...otherManifests(ask, manifest), ...importers(ask, manifest)];
  return [...besides, ...aggregates(ask)];
}

function isJudged(ask: AuthorityAsk, path: Path): boolean {
  const facts = ask.source(path);
  return facts !== undefined && !facts.generated && !ask.isTest(path) && !ask.matches(path, ask.policy.layout.generated);
}

function* otherManifests(ask: AuthorityAsk, manifest: Path): Generator<SecondAuthority> {
  const { files, export: name } = ask.policy.layout.manifest;
  const seams = ask.policy.composition.seams.map((seam) => seam.split(".")[0] ?? seam);
  for (const file of ask.paths) {
    const facts = ask.source(file);
    if (facts === undefined || !isJudged(ask, file) || ask.manifestModules.includes(file)) continue;
    const isNamed = globMatcher(files)(file) || nameOf(file) === nameOf(manifest);
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
      if (!isJudged(ask, from) || faces.has(from) || ask.manifestModules.includes(from) || ask.matches(from, ask.policy.layout.manifest.entries)) continue;
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
  if (convergence.bridges.some((bridge) => globMatcher([bridge.path])(path))) return true;
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

/** Values outside plugins, tests and the manifest that put together what two or more plugins with a capability of the server offer. */
function* aggregates(ask: AuthorityAsk): Generator<SecondAuthority> {
  const registered = new Set(ask.manifestModules.flatMap((path) => ask.importsOf(path).flatMap(({ to }) => pluginAt(ask, to)?.kind ?? [])));
  const served = ask.plugins.filter(({ kind }) => registered.has(kind) || /^(?:api|workflows|schedules)$/u.test(kind));
  if (served.length < 2) return;
  const isServed = new Set(served.map(({ folder }) => folder));
  for (const file of ask.paths) {
    if (!isJudged(ask, file) || ask.manifestModules.includes(file)) continue;
    const plugins = new Set(ask.importsOf(file).flatMap(({ fact, to }) => (fact.typeOnly ? [] : (pluginAt(ask, to)?.folder ?? []))));
    if (ask.ownerOf(file)?.plugin !== undefined || [...plugins].filter((folder) => isServed.has(folder)).length < 2) continue;
    yield* aggregatesIn(ask, file, served);
  }
}

/** The plugin that a specifier leads into, be the file there or not. */
function pluginAt(ask: AuthorityAsk, to: Resolution): Plugin | undefined {
  const path = to.kind === "file" ? to.path : to.kind === "missing" ? to.looked[0] : undefined;
  return path === undefined ? undefined : ask.ownerOf(path)?.plugin;
}

function* aggregatesIn(ask: AuthorityAsk, file: Path, served: readonly Plugin[]): Generator<SecondAuthority> {
  const found: Span[] = [];
  for (const { of, node } of ask.cursors(file)?.all ?? []) {
    if (of !== "expression" || found.some(([start, end]) => start <= node.span[0] && node.span[1] <= end)) continue;
    const parts = partsOf(node);
    if (parts.length < 2) continue;
    const sources = parts.map((part) => pluginsIn(ask, { file, expression: part }, served, 3));
    const capabilities = new Map(sources.flat().map((plugin) => [capabilityOf(ask, plugin), plugin]));
    if (capabilities.size < 2 || sources.filter((one) => one.length > 0).length < 2) continue;
    found.push(node.span);
    yield { kind: "aggregate", file, span: node.span, plugins: [...capabilities.values()] };
  }
}

/** The values that an expression puts together. */
function partsOf(node: Expression): readonly Expression[] {
  if (node.kind === "object") return node.entries.map(({ value }) => value);
  if (node.kind === "array") return node.items.map(({ value }) => value);
  // `mergeRouters(orders, billing)`; handing over two things to a function of one's own says no more than that.
  const isMerge = node.kind === "call" && /(?:merge|combine|compose|assign|router)/iu.test(node.callee.kind === "reference" ? node.callee.name : node.callee.kind === "member" && node.callee.key.kind === "string" ? node.callee.key.value : "");
  return isMerge ? node.arguments.map(({ value }) => value) : [];
}

/** The plugins whose offer an expression is: contracts are none. */
function pluginsIn(ask: AuthorityAsk, at: Located, served: readonly Plugin[], reach: number): readonly Plugin[] {
  const { file, expression } = at;
  const next = (inner: Expression): readonly Plugin[] => pluginsIn(ask, { file, expression: inner }, served, reach);
  switch (expression.kind) {
    case "reference": {
      const binding = ask.body(file)?.bindings[expression.binding];
      if (binding?.import === undefined) return binding?.value === undefined || reach === 0 ? [] : pluginsIn(ask, { file, expression: binding.value }, served, reach - 1);
      const specifier = ask.source(file)?.imports[binding.import.index]?.specifier;
      const to = specifier?.kind === "string" ? ask.resolve(file, specifier.value) : undefined;
      const plugin = to === undefined ? undefined : pluginAt(ask, to);
      return plugin === undefined || !served.some(({ folder }) => folder === plugin.folder) || isContract(ask, at) ? [] : [plugin];
    }
    case "member":
      return isContract(ask, at) ? [] : next(expression.object);
    case "call":
    case "new":
      return [...next(expression.callee), ...expression.arguments.flatMap(({ value }) => next(value))];
    case "typed":
    case "await":
      return next(expression.operand);
    case "object":
      return expression.entries.flatMap(({ value }) => next(value));
    case "array":
      return expression.items.flatMap(({ value }) => next(value));
    default:
      return [];
  }
}

/** Whether a value is put together from contracts alone: what can be called, and nothing that answers. */
function isContract(ask: AuthorityAsk, at: Located): boolean {
  const modules = modulesBehind(ask, at, 4);
  return modules.some((module) => /^@orpc\/contract/u.test(module)) && !modules.some((module) => /^(?:@orpc\/server|inngest)/u.test(module));
}

function modulesBehind(ask: AuthorityAsk, at: Located, reach: number): readonly string[] {
  if (reach === 0) return [];
  return ask.originsOf(at).origins.flatMap((origin): readonly string[] => {
    if (origin.kind === "external") return [origin.module];
    const { file, expression } = origin.at;
    if (origin.kind === "call") return modulesBehind(ask, origin.callee, reach - 1);
    if (origin.kind === "member") return modulesBehind(ask, origin.object, reach - 1);
    if (origin.kind !== "literal" || expression.kind !== "object") return [];
    return expression.entries.flatMap(({ value }) => modulesBehind(ask, { file, expression: value }, reach - 1));
  });
}

/** The capability that a plugin declares: in package.json, as a tag, or by its folder's name. */
export function capabilityOf(ask: Pick<Workspace, "json" | "projectOf">, plugin: Plugin): string {
  const declared = plugin.packageJson === undefined ? undefined : jsonString(ask.json(plugin.packageJson)?.root, "rawr", "capability");
  const tag = ask.projectOf(plugin.projectJson ?? plugin.packageJson ?? plugin.folder)?.tags.find((one) => one.startsWith("capability:"));
  return declared ?? tag?.slice("capability:".length) ?? plugin.name;
}
