import satisfies from "semver/functions/satisfies.js";
import { childPath, joinPath, parentOf, type Path } from "../files/path.js";
import { enterPackage, findOffered, findTarget, internalTargets, type EnterablePackage } from "./entry.js";
import { findEntry, findModule, findSource, spellingsOf, type LookupGround } from "./lookup.js";
import { memo } from "./memo.js";
import { readPackage } from "./package.js";
import type { ProjectIndex } from "./projects.js";
import { hasScheme, isRelative, readPackageSpecifier, scopeOf, withoutQuery } from "./specifier.js";
import { indexTsconfigs, targetsOf, type CompilerSettings, type TsconfigIndex } from "./tsconfig.js";
import type { Resolution } from "./workspace.js";

/** A dependency's range that can only mean a package from elsewhere: a registry, a repository, a tag or an archive. */
const foreignRange = /^(?:(?:npm|jsr|catalog|git[\w+]*|bitbucket|gist|https?):|[\w.-]+\/[\w.-]+(?:#|$)|[a-z]+$|[\^~<>=v\s]*\d)/u;

/** A dependency's range that names a folder. */
const folderRange = /^(?:file|link|portal|workspace):(\.\.?(?:\/.*)?)$/u;

/** A dependency's range that names a package under another name. */
const aliasRange = /^(?:npm|workspace):((?:@[^/@]+\/)?[^/@]+)@/u;

/**
 * Finds where specifiers lead, by the workspace's own files alone: neither installed packages nor built outputs are asked.
 *
 * Bare specifiers are tried as TypeScript, bundlers and Bun do: aliases (`paths`), `baseUrl`, `#imports`, then packages by name.
 */
export class Resolver {
  readonly #ground: LookupGround;
  readonly #projects: ProjectIndex;
  readonly #tsconfigs: TsconfigIndex;
  /** Folders of the workspace's packages by name; the first of a name has it. */
  readonly #named = new Map<string, Path>();
  readonly #scopes: ReadonlySet<string>;
  readonly #answers = memo((folder: Path) => memo((specifier: string) => this.#answer(folder, specifier)));
  readonly #packageAt = memo((folder: Path): EnterablePackage => ({
    folder,
    json: readPackage(this.#ground.json(childPath(folder, "package.json"))),
    settings: this.#tsconfigs.of(folder),
  }));
  readonly #isOffered = memo((path: Path) => this.#offers(path));

  constructor(ground: LookupGround, projects: ProjectIndex) {
    this.#ground = ground;
    this.#projects = projects;
    // A name that a package.json gives can be imported; one that only Nx knows is a better guess than none.
    const byPackage = projects.all.filter(({ packageJson }) => packageJson !== undefined);
    for (const { name, folder } of [...byPackage, ...projects.all]) if (!this.#named.has(name)) this.#named.set(name, folder);
    this.#scopes = new Set([...this.#named.keys()].flatMap((name) => scopeOf(name) ?? []));
    this.#tsconfigs = indexTsconfigs({
      json: (path) => ground.json(path),
      packageFolder: (name) => this.#named.get(name),
    });
  }

  /** Where a specifier leads from a file; files of one folder share their answers. */
  resolve(from: Path, specifier: string): Resolution {
    return this.#answers(parentOf(from))(specifier);
  }

  #answer(folder: Path, written: string): Resolution {
    const specifier = withoutQuery(written);
    const installed = /(?:^|\/)node_modules\/(?!.*\/node_modules\/)(.+)$/u.exec(specifier)?.[1];
    // The way through an installed folder is a link to the package, wherever the folder lies.
    if (installed !== undefined) return this.#package(folder, installed);
    if (isRelative(specifier)) return this.#relative(folder, specifier);
    if (specifier.startsWith("/")) return this.#rooted(folder, specifier);
    return hasScheme(specifier) ? { kind: "external", name: specifier } : this.#bare(folder, specifier);
  }

  #relative(folder: Path, specifier: string): Resolution {
    const target = joinPath(folder, specifier);
    if (target === undefined) return { kind: "missing", looked: [] };
    // A trailing slash or dots name the folder, even where a file has the same name.
    const namesFolder = /(?:^|\/)\.{0,2}$/u.test(specifier);
    const found = namesFolder ? findEntry(this.#ground, target) : findModule(this.#ground, target);
    if (found !== undefined) return this.#file(folder, found);
    const built = this.#source(target);
    if (built !== undefined) return this.#file(folder, built);
    const asUrl = pathOfUrl(specifier);
    if (asUrl !== specifier) return this.#relative(folder, asUrl);
    return { kind: "missing", looked: namesFolder ? [childPath(target, "index.ts")] : spellingsOf(target) };
  }

  /** Vite reads `/x` from the project's folder, others from the workspace's; on disk it would be outside both. */
  #rooted(folder: Path, specifier: string): Resolution {
    for (const base of [this.#projects.of(childPath(folder, "package.json"))?.folder ?? ("" as Path), "" as Path]) {
      const target = joinPath(base, `.${specifier}`);
      const found = target === undefined ? undefined : findModule(this.#ground, target);
      if (found !== undefined) return this.#file(folder, found);
    }
    return { kind: "external", name: specifier };
  }

  #bare(folder: Path, specifier: string): Resolution {
    const nearest = this.#tsconfigs.of(folder);
    const aliased = this.#aliased(nearest, specifier);
    if (aliased !== undefined) return this.#file(folder, aliased);
    const answer = specifier.startsWith("#") ? this.#internal(folder, specifier) : this.#package(folder, specifier);
    if (answer.kind === "file") return answer;
    // A configuration that does not take over the root's aliases may still run under a tool that does.
    const shared = this.#aliased(this.#tsconfigs.shared, specifier);
    if (shared !== undefined) return this.#file(folder, shared);
    const looked = [nearest, this.#tsconfigs.shared].flatMap((settings) => promisedBy(settings, specifier));
    return looked.length === 0 ? answer : { kind: "missing", looked };
  }

  /** By `paths` and `baseUrl`. */
  #aliased({ aliases, baseUrl }: CompilerSettings, specifier: string): Path | undefined {
    const targets = aliases.map((alias) => targetsOf(alias, specifier)).find((found) => found !== undefined) ?? [];
    for (const target of targets) {
      const found = findModule(this.#ground, target) ?? this.#source(target);
      if (found !== undefined) return found;
    }
    const based = baseUrl === undefined ? undefined : joinPath(baseUrl, specifier);
    return based && findModule(this.#ground, based);
  }

  /** By the `imports` of the nearest package.json. */
  #internal(folder: Path, specifier: string): Resolution {
    const pack = this.#packageAround(folder);
    const targets = pack === undefined ? [] : internalTargets(pack.json, specifier);
    if (pack === undefined || targets.length === 0) return { kind: "missing", looked: [] };
    const local = targets.filter(isRelative);
    const found = findTarget(this.#ground, pack.folder, local, pack.settings);
    if (found !== undefined) return this.#file(folder, found);
    const answers = targets.filter((target) => !isRelative(target)).map((target) => this.#package(pack.folder, target));
    const looked = local.flatMap((target) => joinPath(pack.folder, target) ?? []);
    return answers.find(({ kind }) => kind === "file") ?? answers[0] ?? { kind: "missing", looked };
  }

  /** By package name, its own included. */
  #package(folder: Path, specifier: string): Resolution {
    if (hasScheme(specifier)) return { kind: "external", name: specifier };
    const { name, subpath } = readPackageSpecifier(specifier);
    const range = this.#rangeOf(folder, name);
    const provider = this.#named.get(name) ?? this.#renamed(folder, range);
    if (provider !== undefined && this.#isNamesake(provider, name, range)) return { kind: "external", name };
    if (provider === undefined) {
      const isOurs = this.#scopes.has(scopeOf(name) ?? "") && !foreignRange.test(range ?? "");
      // `@/x` and `~/x` can be no package: they are aliases of a bundler, and lead inside.
      return isOurs || /^[@~]\//u.test(specifier) ? { kind: "missing", looked: [] } : { kind: "external", name };
    }
    const entry = enterPackage(this.#ground, this.#packageAt(provider), subpath);
    return "path" in entry ? this.#asFile(entry.path, entry.private) : { kind: "missing", looked: entry.looked };
  }

  /** How the nearest package.json, or else the root's, depends on a package. */
  #rangeOf(folder: Path, name: string): string | undefined {
    return this.#packageAround(folder)?.json.dependencies.get(name) ?? this.#packageAt("" as Path).json.dependencies.get(name);
  }

  /**
   * Whether a dependency means a package of a registry that a workspace package only shares its name with: an app named after its tool.
   *
   * @remarks A name in a scope is the scope's owner's, whatever the range says.
   */
  #isNamesake(provider: Path, name: string, range: string | undefined): boolean {
    if (range === undefined || scopeOf(name) !== undefined || !foreignRange.test(range) || aliasRange.test(range)) return false;
    return range.startsWith("catalog:") || !satisfies(this.#packageAt(provider).json.version ?? "", range, { includePrerelease: true });
  }

  /** The workspace folder that a dependency of another name stands for. */
  #renamed(folder: Path, range: string | undefined): Path | undefined {
    if (range === undefined) return undefined;
    const linked = folderRange.exec(range)?.[1];
    if (linked !== undefined) return joinPath(this.#packageAround(folder)?.folder ?? folder, linked);
    return this.#named.get(aliasRange.exec(range)?.[1] ?? "");
  }

  /** The package whose package.json is nearest, as Node has it. */
  #packageAround(folder: Path): EnterablePackage | undefined {
    for (let at = folder; ; at = parentOf(at)) {
      if (this.#ground.json(childPath(at, "package.json")) !== undefined) return this.#packageAt(at);
      if (at === "") return undefined;
    }
  }

  /**
   * The folder of the package that owns what is in a folder.
   *
   * @remarks Nx projects may stand inside a package, and a package.json that only sets a module type is none.
   */
  #ownerOf(folder: Path): Path {
    const project = this.#projects.of(childPath(folder, "package.json"));
    if (project === undefined || project.folder === "") return "" as Path;
    return project.packageJson === undefined ? this.#ownerOf(parentOf(project.folder)) : project.folder;
  }

  /** The source of a file that the build of its project would make. */
  #source(target: Path): Path | undefined {
    const folder = this.#projects.of(target)?.folder;
    return folder === undefined ? undefined : findSource(this.#ground, folder, target, this.#tsconfigs.of(folder));
  }

  /** A file that was reached by its path: private when it lies in another package whose exports do not lead to it. */
  #file(folder: Path, path: Path): Resolution {
    return this.#asFile(path, this.#ownerOf(folder) !== this.#ownerOf(parentOf(path)) && !this.#isOffered(path));
  }

  #asFile(path: Path, isPrivate: boolean): Resolution {
    const project = this.#projects.of(path);
    return { kind: "file", path, ...(project !== undefined && { project }), private: isPrivate };
  }

  #offers(path: Path): boolean {
    const pack = this.#packageAt(this.#ownerOf(parentOf(path)));
    if (pack.json.exports === undefined) return true;
    // What a star may stand for: any tail of the path, with its extension or without.
    const segments = path.slice(pack.folder === "" ? 0 : pack.folder.length + 1).split("/");
    const tails = segments.map((_, index) => segments.slice(index).join("/"));
    const stars = [...tails, ...tails.map((tail) => tail.replace(/(?:\.d)?\.[^.]+$/u, ""))];
    const subpathsOf = (key: string): readonly string[] => (key.includes("*") ? stars.map((star) => key.replace("*", () => star)) : [key]);
    return Object.keys(pack.json.exports).some((key) =>
      subpathsOf(key).some((subpath) => findOffered(this.#ground, pack, subpath) === path),
    );
  }
}

/** Specifiers are URLs to Node: they may have a fragment and escapes (`%2e%2e`). What is no valid escape stands for itself. */
function pathOfUrl(specifier: string): string {
  const path = specifier.replace(/#.*$/u, "");
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * The places inside the workspace that an alias promises for a specifier.
 *
 * @remarks A bare `*` and aliases into installed packages or of declarations promise nothing: they only say where to look first.
 */
function promisedBy({ aliases }: CompilerSettings, specifier: string): readonly Path[] {
  const promising = aliases.filter(({ before, after }) => before !== "" || (after ?? "") !== "");
  const targets = promising.map((alias) => targetsOf(alias, specifier)).find((found) => found !== undefined) ?? [];
  return targets.filter((target) => !/(?:^|\/)node_modules\/|\.d\.[cm]?ts$/u.test(target));
}
