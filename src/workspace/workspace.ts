import type { BindingId, Expression, FunctionId, ModuleBody, Span, TypeExpression } from "../facts/expression.js";
import type { FileFacts, JsonFacts, SourceFacts, ImportFact } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import type { Baseline } from "./baseline.js";
import type { Bridge } from "./bridges.js";
import type { SecondAuthority } from "./composition/authorities.js";
import type { Factory } from "./composition/factories.js";
import type { Impurity } from "./composition/impurities.js";
import type { Brief } from "./brief.js";
import type { Copy, CopyTerms } from "./copies.js";
import type { CopySurvey } from "./copies/survey.js";
import type { LocalComposition } from "./composition/local.js";
import type { RegistrationBreach } from "./composition/registration.js";
import type { ShamSeam } from "./composition/seam-reads.js";
import type { CursorIndex } from "./cursors.js";
import type { Edge } from "./edges.js";
import type { ExternalCall } from "./external-calls.js";
import type { Guards } from "./guards.js";
import type { Mode } from "./guards/machine.js";
import type { ImportBreach } from "./import-breaches.js";
import type { KeyUse } from "./keys.js";
import type { AddressedCall } from "./addresses.js";
import type { Evidence } from "./evidence.js";
import type { Mount } from "./mounts.js";
import type { SpelledAddress } from "./spelled-addresses.js";
import type { Owner } from "./layers.js";
import type { Ledger, Reads } from "./ledger.js";
import type { Facet, Link } from "./facets.js";
import type { Policy } from "../policy/policy.js";
import type { RuntimeLoad } from "./runtime-load.js";
import type { Frame } from "./values/frame.js";

/** A place in a file, as people read it: 1-based, end exclusive. */
export interface Place {
  readonly file: Path;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A package or Nx project: a folder that owns the files below it up to the next project. */
export interface Project {
  readonly folder: Path;
  /** package.json#name, else project.json#name, else the folder's path. */
  readonly name: string;
  /** Path of its package.json, when it has one. */
  readonly packageJson?: Path;
  readonly projectJson?: Path;
  /** Layer from policy; undefined when no glob or tag covers it. */
  readonly layer?: string;
  readonly tags: readonly string[];
}

/** A folder under a plugin root. */
export interface Plugin {
  readonly folder: Path;
  /** The last segment of the folder. */
  readonly name: string;
  /** The glob of the root it lives under (the longest that matches), and the kind that root holds. */
  readonly root: string;
  readonly kind: string;
  readonly packageJson?: Path;
  readonly projectJson?: Path;
  /** Its source files (tests included), sorted. */
  readonly sources: readonly Path[];
}

/** Where a specifier leads. */
export type Resolution =
  | { readonly kind: "file"; readonly path: Path; readonly project?: Project; /** The package's exports do not offer this path. */ readonly private: boolean }
  /** A package that no project of the workspace provides, or a built-in module. */
  | { readonly kind: "external"; readonly name: string }
  /** It should be in the workspace and is not: a relative path without file, a workspace scope without project. */
  | { readonly kind: "missing"; readonly looked: readonly Path[] };

/** A source file whose imports are being asked about. */
export interface ImportEdge {
  readonly from: Path;
  readonly fact: ImportFact;
  /** The specifier; one of its values where it is computed. */
  readonly specifier: string;
  readonly to: Resolution;
}

/** Where an import of a source file leads. */
export interface LinkEdge extends Pick<Link, "typeOnly" | "names"> {
  readonly to: Resolution;
}

/** What an expression can be, as constants. */
export type Value =
  /** Every value it can take; `steps` are the places the proof went through, outermost first. */
  | { readonly kind: "known"; readonly values: readonly Constant[]; readonly steps: readonly Step[] }
  /**
   * No proof; `at` is the expression that blocks it and `reason` says why. `partial` is what it can be nonetheless, on other branches;
   * `unreached` where nothing blocks it and no value gets there.
   */
  | { readonly kind: "unprovable"; readonly at: Step; readonly reason: string; readonly steps: readonly Step[]; readonly partial: readonly Constant[]; readonly unreached?: boolean };

/**
 * A constant: primitive, or structured through `members` and `items`; `steps` say how this one of the values came about.
 *
 * `complete`: there are no other members; the items are all, one by one and in order.
 */
export type Constant = { readonly steps: readonly Step[] } & (
  | { readonly kind: "primitive"; readonly value: string | number | boolean | null | undefined }
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, Located>; readonly complete: boolean }
  | { readonly kind: "array"; readonly items: readonly Located[]; readonly complete: boolean }
  | { readonly kind: "function"; readonly file: Path; readonly function: number }
);

/** An expression together with the file it stands in. */
export interface Located {
  readonly file: Path;
  readonly expression: Expression;
  /** The call that it is read in, when an answer was found by entering one; without it, any known call of the functions around. */
  readonly frame?: Frame;
}

/**
 * Where a value comes from: a derives-from set.
 *
 * Looked through on the way: names, destructuring, defaults, ternaries and short circuits (all branches), `await`, type assertions,
 * spreads, element reads of known arrays, parameters (the arguments of every known caller), returns of known functions, imports.
 */
export interface Origins {
  readonly origins: readonly Origin[];
  /** Whether nothing was left out for lack of budget. */
  readonly complete: boolean;
}

export type Origin = { readonly at: Located; readonly steps: readonly Step[] } & (
  /** An object, array, function, class or constant literal: `at` is the literal. */
  | { readonly kind: "literal" }
  /** A member read whose object could not be looked through to a literal that has the key; `key` when it folds to one name. */
  | { readonly kind: "member"; readonly key: string | undefined; readonly object: Located }
  /** A call or construction that cannot be entered (external or unknown callee); derives from its arguments. */
  | { readonly kind: "call"; readonly callee: Located }
  /** A name that another package exports. */
  | { readonly kind: "external"; readonly module: string; readonly name: string }
  /** A parameter; given as well when callers are known, since its declared type speaks too. */
  | { readonly kind: "parameter"; readonly function: FunctionId; readonly index: number }
  /** A declared type that the value was given on the way (annotation, assertion, return type, element of `T[]`, awaited `Promise<T>`). */
  | { readonly kind: "typed"; readonly type: LocatedType }
  | { readonly kind: "unknown"; readonly reason: string }
);

/** A type expression together with the file it stands in. */
export interface LocatedType {
  readonly file: Path;
  readonly type: TypeExpression;
}

/** What stands behind an exported name. */
export type Exported =
  | { readonly kind: "binding"; readonly file: Path; readonly binding: BindingId }
  | { readonly kind: "namespace"; readonly file: Path }
  | { readonly kind: "external"; readonly module: string; readonly name: string }
  | { readonly kind: "missing"; readonly reason: string };

/** One link of an evidence chain. */
export interface Step {
  readonly file: Path;
  readonly span: Span;
  readonly note: string;
}

/**
 * The repository at one moment; immutable, built once, then only asked.
 *
 * Each question is answered by the file of its name in this room; answers are memoised.
 */
export interface Workspace {
  /** What each answer rests on, where that is recorded. */
  readonly ledger: Ledger;
  readonly policy: Policy;
  /** The day that due dates are judged on, `YYYY-MM-DD` in UTC. */
  readonly now: string;
  /** All analysed files, sorted by path. */
  readonly paths: readonly Path[];
  readonly projects: readonly Project[];
  readonly plugins: readonly Plugin[];
  facts(path: Path): FileFacts | undefined;
  /** The outline of a source file. */
  source(path: Path): SourceFacts | undefined;
  /** Something about a source file that outlives most edits: who asks no more need not be asked again after them. */
  facet<Value>(path: Path, facet: Facet<Value>): Value | undefined;
  /** What a source file imports: a facet. */
  linksIn(path: Path): readonly Link[];
  /** Whether a source file has ESLint directives: a facet. */
  hasDirectives(path: Path): boolean;
  /** The little of a file that is asked about all files: nothing that is recorded. */
  brief(path: Path): Brief;
  /** A JSON file's facts. */
  json(path: Path): JsonFacts | undefined;
  /** Everything that runs in a source file; extracted on first demand. */
  body(path: Path): ModuleBody | undefined;
  /** The same with the way from every piece to what holds it. */
  cursors(path: Path): CursorIndex | undefined;
  place(path: Path, span: Span): Place;
  /** A whole line, 1-based. */
  line(path: Path, line: number): Place;
  /** Paths that match any of the globs. */
  matching(globs: readonly string[]): readonly Path[];
  matches(path: Path, globs: readonly string[]): boolean;
  /** Whether a glob (or `tag:<nx tag>`) means anything here: it matches a file, a folder above one, an excluded file, or a tag in use. */
  names(glob: string): boolean;
  /** Whether a file is test code by policy. */
  isTest(path: Path): boolean;
  /** Whether a source file is judged as people's own: tests may do anything, and a generator answers for what it writes. */
  isJudged(path: Path): boolean;
  projectOf(path: Path): Project | undefined;
  resolve(from: Path, specifier: string): Resolution;
  importsOf(path: Path): readonly ImportEdge[];
  /** Where a file's imports lead, for those who do not ask by which words. */
  linksOf(path: Path): readonly LinkEdge[];
  importersOf(path: Path): readonly ImportEdge[];
  /** The project or plugin that a file belongs to, with its layer. */
  ownerOf(path: Path): Owner | undefined;
  /** The imports of a file that leave its project, laundered ones followed to where what they take is made. */
  edgesOf(path: Path): readonly Edge[];
  /** The imports of a file that some rule forbids, each with the most specific of these rules. */
  importBreachesOf(path: Path): readonly ImportBreach[];
  /** What an expression can be, as constants; followed across files. */
  valueOf(at: Located): Value;
  /** The same for little effort: what is not found soon is unprovable. For what is asked of every expression of a file. */
  glance(at: Located): Value;
  /** Where a value comes from. */
  originsOf(at: Located): Origins;
  /** What is known of a module specifier that is made at run time. */
  runtimeLoad(at: Located): RuntimeLoad | undefined;
  /** The calls and constructions in a file of exports of packages, each written `name` or `module#name` as in the policy. */
  externalCallsOf(path: Path, wanted: readonly string[]): readonly ExternalCall[];
  /** Every call in the workspace that is proven to run a function, with the file it stands in. */
  callersOf(file: Path, fn: FunctionId): readonly Located[];
  /** The binding or expression behind an exported name, looking through re-exports and barrels. */
  exported(file: Path, name: string): Exported;
  /** Every place where a source file spells one of the wanted property names. */
  keyUses(path: Path, wanted: readonly string[]): readonly KeyUse[];
  /** Names of a declared type's members, through aliases, heritage, imports and the standard wrappers. */
  membersOf(type: LocatedType): readonly string[];
  /** What some files carry of what another project has too, each with who owns it. */
  copiesAmong(files: readonly Path[], terms: CopyTerms): readonly Copy[];
  /** What the last search for copies compared; undefined where there was none. */
  readonly copySurvey: CopySurvey | undefined;
  /** The manifest module, where the forwarding ends. */
  readonly manifest: Path | undefined;
  /** The modules that the manifest is written in, its own first; empty where there is none. */
  readonly manifestModules: readonly Path[];
  /** Everything that host code composes past the manifest. */
  readonly localCompositions: readonly LocalComposition[];
  /** Everything that composes beside the manifest, or could. */
  readonly secondAuthorities: readonly SecondAuthority[];
  /** Every disagreement between the plugins that there are and what the manifest says. */
  readonly registrationBreaches: readonly RegistrationBreach[];
  /** The capability that a plugin declares: in package.json, as a tag, or by its folder's name. */
  capabilityOf(plugin: Plugin): string;
  /** Everything in the manifest's modules that is more than a declaration. */
  readonly impurities: readonly Impurity[];
  /** The seams that code of the workspace only pretends to use. */
  readonly shamSeams: readonly ShamSeam[];
  /** The functions and classes of the workspace that the manifest builds its seams with. */
  readonly seamFactories: readonly Factory[];
  /** What stands behind the manifest's export, through its forwarding; undefined where there is no manifest. */
  readonly manifestValue: Exported | undefined;
  /** The values at a dotted path of the manifest's export, `orpc.router` say; empty when none can be found. */
  seam(path: string): readonly Located[];
  /** Every call outside tests that makes a server app answer at a path, in order of registration within each app. */
  readonly mounts: readonly Mount[];
  /** What tests that run prove of the paths under a prefix that a file mounts. */
  evidenceFor(prefix: string, host: Path): readonly Evidence[];
  /** The calls outside tests that address paths under prefixes of this system, by whatever client. */
  addressesTo(prefixes: readonly string[]): readonly AddressedCall[];
  /** Where a file spells paths under prefixes as addresses. */
  spelledAddresses(path: Path, prefixes: readonly string[]): readonly SpelledAddress[];
  /** What is decided before a mount's handler runs: that the signature is right, or who is calling. */
  guardsOf(mount: Mount, mode: Mode): Guards;
  /** Everything that only stands until others have moved on. */
  readonly bridges: readonly Bridge[];
  /** The findings that are known; undefined where no baseline stands. */
  readonly baseline: Baseline | undefined;
  /** Where to report what no file is guilty of: line 1 of the config, else of the manifest, else of the root package.json. */
  readonly home: Place;
  /** What keeps the description of the workspace itself from being trusted. */
  readonly problems: readonly WorkspaceProblem[];
  /** The workspace as it would be with this file in it, new or changed: what an editor has not saved. Nothing is recorded in it. */
  with(path: Path, facts: FileFacts, body: () => ModuleBody | undefined): Workspace;
  /**
   * Which answers still stand in the workspace that {@link Workspace.with} made of this one.
   *
   * @param survey what was compared in the search for copies that answers of this one rest on
   * @returns undefined where anything may rest on the change
   */
  standing(path: Path, changed: Workspace, survey: () => CopySurvey | undefined): ((reads: Reads) => boolean) | undefined;
}

/** A fault in the files that say what the workspace is made of. */
export interface WorkspaceProblem {
  /** A full sentence. */
  readonly message: string;
  readonly file: Path;
  readonly line: number;
}
