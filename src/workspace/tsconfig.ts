import type { JsonNode } from "../facts/facts.js";
import { childPath, joinPath, parentOf, type Path } from "../files/path.js";
import { jsonProperty, jsonString } from "./json.js";
import { memo } from "./memo.js";
import { stringItems } from "./package.js";

/** What resolution reads of a tsconfig.json, `extends` followed. */
export interface CompilerSettings {
  /** Where bare specifiers are tried first. */
  readonly baseUrl?: Path;
  readonly aliases: readonly Alias[];
  readonly rootDir?: Path;
  readonly outDir?: Path;
}

/** An entry of `paths`. */
export interface Alias {
  /** Before and after the `*`; without `after` only the whole specifier matches. */
  readonly before: string;
  readonly after?: string;
  /** Targets in order, `*` still in them; those outside the workspace are left out. */
  readonly targets: readonly Path[];
}

/** Where configurations are looked up. */
export interface TsconfigGround {
  json(path: Path): JsonNode | undefined;
  /** The folder of the workspace package of a name, for configurations that are shared as packages. */
  packageFolder(name: string): Path | undefined;
}

export interface TsconfigIndex {
  /** Settings for the modules of a folder: those of the nearest configuration at or above it. */
  of(folder: Path): CompilerSettings;
  /** Aliases that the root declares for all, whether or not a project's own configuration takes them over. */
  readonly shared: CompilerSettings;
}

const none: CompilerSettings = { aliases: [] };

/** Indexes the TypeScript configurations of a workspace; each is read once. */
export function indexTsconfigs(ground: TsconfigGround): TsconfigIndex {
  const settingsAt = memo((file: Path) => readSettings(ground, file));
  const firstOf = (folder: Path, names: readonly string[]): Path | undefined =>
    names.map((name) => childPath(folder, name)).find((file) => ground.json(file) !== undefined);
  const ofFolder = memo((folder: Path): CompilerSettings | undefined => {
    const file = firstOf(folder, ["tsconfig.json", "jsconfig.json"]);
    if (file !== undefined) return withReferences(ground, file, settingsAt);
    return folder === "" ? undefined : ofFolder(parentOf(folder));
  });
  // Nx keeps the aliases of all projects in a root file that the projects extend.
  const base = firstOf("" as Path, ["tsconfig.base.json", "tsconfig.json", "jsconfig.json"]);
  const shared = base === undefined ? none : settingsAt(base);
  return { of: (folder) => ofFolder(folder) ?? shared, shared };
}

/** A configuration that only points to others (`files: []`, `references`) speaks through the first of them that has aliases. */
function withReferences(ground: TsconfigGround, file: Path, settingsAt: (file: Path) => CompilerSettings): CompilerSettings {
  const own = settingsAt(file);
  if (own.aliases.length > 0 || own.baseUrl !== undefined) return own;
  const references = jsonProperty(ground.json(file), "references")?.value;
  const paths = references?.kind === "array" ? references.items.flatMap((item) => jsonString(item, "path") ?? []) : [];
  const settings = paths.flatMap((path) => configFile(ground, parentOf(file), path) ?? []).map(settingsAt);
  const { aliases, baseUrl } = settings.find((candidate) => candidate.aliases.length > 0 || candidate.baseUrl !== undefined) ?? none;
  return { ...own, aliases, ...(baseUrl !== undefined && { baseUrl }) };
}

/** Options as they are spelled, each with the folder that its relative paths start from. */
interface Options {
  readonly baseUrl?: Path;
  readonly rootDir?: Path;
  readonly outDir?: Path;
  readonly paths?: { readonly node: JsonNode & { readonly kind: "object" }; readonly folder: Path };
}

function readSettings(ground: TsconfigGround, file: Path): CompilerSettings {
  const leaf = parentOf(file);
  const { paths, ...settings } = readOptions(ground, file, leaf, new Set());
  // Aliases start from `baseUrl` wherever that was set, even below the configuration that spells them.
  return { ...settings, aliases: paths === undefined ? [] : aliasesIn(paths.node, settings.baseUrl ?? paths.folder, leaf) };
}

/** Reads one configuration over what it extends; `leaf` is the folder that `${configDir}` stands for. */
function readOptions(ground: TsconfigGround, file: Path, leaf: Path, above: ReadonlySet<Path>): Options {
  // A circle of `extends` adds nothing on its second round.
  if (above.has(file)) return {};
  const folder = parentOf(file);
  const root = ground.json(file);
  const own = jsonProperty(root, "compilerOptions")?.value;
  const located = (key: "baseUrl" | "rootDir" | "outDir"): Options => {
    const text = jsonString(own, key);
    const path = text === undefined ? undefined : locate(text, folder, leaf);
    return path === undefined ? {} : { [key]: path };
  };
  const paths = jsonProperty(own, "paths")?.value;
  return Object.assign(
    {},
    ...extendedBy(jsonProperty(root, "extends")?.value)
      .flatMap((specifier) => parentFile(ground, folder, specifier) ?? [])
      .map((parent) => readOptions(ground, parent, leaf, new Set([...above, file]))),
    located("baseUrl"),
    located("rootDir"),
    located("outDir"),
    paths?.kind === "object" ? { paths: { node: paths, folder } } : {},
  );
}

function extendedBy(node: JsonNode | undefined): readonly string[] {
  return node?.kind === "value" && typeof node.value === "string" ? [node.value] : stringItems(node);
}

function aliasesIn(paths: JsonNode & { readonly kind: "object" }, base: Path, leaf: Path): readonly Alias[] {
  const aliases = paths.properties.map(({ key, value }): Alias => {
    const [before = "", after] = key.split("*", 2);
    const targets = stringItems(value).flatMap((target) => locate(target, base, leaf) ?? []);
    return { before, ...(after !== undefined && { after }), targets };
  });
  // TypeScript takes the exact key first, then the one with the longest text before the star.
  return aliases.sort((a, b) => Number(a.after !== undefined) - Number(b.after !== undefined) || b.before.length - a.before.length);
}

/** A path as a configuration spells it, relative to its own folder or to the leaf's by `${configDir}`. */
function locate(text: string, folder: Path, leaf: Path): Path | undefined {
  const configDir = "${configDir}";
  return text.startsWith(configDir) ? joinPath(leaf, `.${text.slice(configDir.length)}`) : joinPath(folder, text);
}

function parentFile(ground: TsconfigGround, folder: Path, specifier: string): Path | undefined {
  if (/^\.\.?(?:\/|$)/u.test(specifier)) return configFile(ground, folder, specifier);
  const [, name, subpath = ""] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/u.exec(specifier) ?? [];
  const shared = name === undefined ? undefined : ground.packageFolder(name);
  return shared === undefined ? undefined : configFile(ground, shared, subpath);
}

/** The configuration that a path names, which may leave out `.json` or name only the folder. */
function configFile(ground: TsconfigGround, folder: Path, text: string): Path | undefined {
  const path = joinPath(folder, text);
  if (path === undefined) return undefined;
  return [path, `${path}.json` as Path, childPath(path, "tsconfig.json")].find((candidate) => ground.json(candidate) !== undefined);
}

/** The targets that an alias gives a specifier. */
export function targetsOf({ before, after, targets }: Alias, specifier: string): readonly Path[] | undefined {
  if (after === undefined) return specifier === before ? targets : undefined;
  if (!specifier.startsWith(before) || !specifier.endsWith(after) || specifier.length < before.length + after.length) return undefined;
  const star = specifier.slice(before.length, specifier.length - after.length);
  const spelled = targets.map((target) => target.replace("*", () => star));
  return spelled.flatMap((target) => joinPath("" as Path, target) ?? []);
}
