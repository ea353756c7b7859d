import type { Path } from "../files/path.js";
import type { Span } from "../facts/expression.js";

export type PresetName = "rawr-hq" | "rawr-hq-shell" | "none";
export type Severity = "off" | "warn" | "error";
export type Audience = "first-party" | "public" | "workflow" | "runtime";
/** The layers of the import matrix; a project is in the first whose globs or tags it meets. */
export type Layer = string;

/** The repository's description, complete: preset and config merged, every key present. */
export interface Policy {
  readonly preset: PresetName;
  /** Globs of what is never analysed: build output of this workspace first, then what preset or config say. */
  readonly exclude: readonly string[];
  readonly layout: LayoutPolicy;
  readonly metadata: MetadataPolicy;
  readonly routes: RoutesPolicy;
  readonly composition: CompositionPolicy;
  readonly authority: AuthorityPolicy;
  readonly convergence: ConvergencePolicy;
  /** Severities that the config sets, by rule name without prefix. */
  readonly rules: Readonly<Record<string, Severity>>;
  /** What must exist, each with the place that asks for it. */
  readonly required: readonly Requirement[];
  /** Where the config file stands, when there is one. */
  readonly configFile?: Path;
}

/** What preset and config say together, before the workspace is asked for anything. */
export type MergedPolicy = Omit<Policy, "required" | "configFile">;

/**
 * Where things are.
 *
 * @remarks In every list of globs the last entry that matches decides and `!` takes away: ask `globMatcher`.
 */
export interface LayoutPolicy {
  readonly manifest: {
    readonly files: readonly string[];
    readonly export: string;
    readonly mode: "composition" | "declaration";
    /** Globs of the modules that may import the manifest's value. */
    readonly entries: readonly string[];
  };
  /** Globs of host files; test files among them are none. */
  readonly host: readonly string[];
  /** Layer → globs of project folders, or `tag:<nx tag>`. */
  readonly layers: Readonly<Record<Layer, readonly string[]>>;
  /** Glob of plugin folders → kind. */
  readonly pluginRoots: Readonly<Record<string, string>>;
  readonly packageless: boolean;
  readonly tests: readonly string[];
  readonly generated: readonly string[];
}

export interface MetadataPolicy {
  /** `"when-used"`: as soon as one plugin carries a `rawr` block. */
  readonly required: boolean | "when-used";
  readonly kinds: readonly string[];
  readonly legacyKeys: readonly string[];
}

export interface RouteFamily {
  readonly prefix: string;
  readonly audience: Audience;
  readonly mountedIn: readonly string[];
}

export interface RoutesPolicy {
  readonly families: Readonly<Record<string, RouteFamily>>;
  readonly auxiliary: readonly string[];
  readonly sharedClient: readonly string[];
  readonly verifiers: readonly string[];
  readonly gates: readonly string[];
}

export interface CompositionPolicy {
  readonly seams: readonly string[];
  readonly forbiddenInHost: readonly string[];
}

export interface AuthorityPolicy {
  /** Layer → the layers that it may import; `manifest` and `host` are layers too; a layer that is not listed is not limited. */
  readonly mayImport: Readonly<Record<Layer, readonly Layer[]>>;
  /** `name` or `module#name`; in the module `*` stands for any text without `/`. */
  readonly adapters: readonly string[];
  readonly adapterPackages: readonly string[];
  readonly duplicates: { readonly minLines: number; readonly ignore: readonly string[] };
}

export interface BridgeEntry {
  readonly path: string;
  readonly owner?: string;
  readonly retireWhen?: string;
  readonly retireBy?: string;
  readonly importers?: readonly string[];
}

export interface ConvergencePolicy {
  readonly bridges: readonly BridgeEntry[];
}

/**
 * Something that the policy names and that must be found in the workspace, or protection is silently off.
 *
 * @remarks A run that is limited to some rules asks only for what those lose their ground without.
 */
export interface Requirement {
  readonly kind: "glob" | "manifest" | "export" | "seam" | "family" | "plugins" | "bridge";
  /**
   * What must be found. `glob`: a glob, or `tag:<nx tag>`, that a file or project folder meets (see `scope`); `manifest`: a glob of
   * manifest files; `export`: the name that the manifest exports; `seam`: a dotted path into it; `family`: a route family that is
   * mounted; `plugins`: the plugin roots, of which one at least holds a plugin; `bridge`: a file. Entries that take away (`!glob`)
   * stand here without the mark.
   */
  readonly subject: string;
  /** Whether a glob must meet a file or the folder of a project. */
  readonly scope: "file" | "folder";
  /** The configuration key that names it, e.g. `layout.manifest.files[0]`. */
  readonly key: string;
  /** The rules that lose their ground without it; none: it guards nothing, it is only dead. */
  readonly rules: readonly string[];
  /** The families of those rules. */
  readonly families: readonly string[];
  /** Where the config spells it; absent for what only the preset names. */
  readonly at?: { readonly file: Path; readonly span: Span };
}

/** Why no policy could be made: every fault of the config at once. */
export interface PolicyFault {
  /** A full sentence that names the key or what was looked for, and the nearest valid word where there is one. */
  readonly message: string;
  readonly file?: Path;
  readonly span?: Span;
}
