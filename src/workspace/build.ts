import type { ModuleBody } from "../facts/expression.js";
import type { FileFacts, JsonFacts, SourceFacts } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import type { Policy } from "../policy/policy.js";
import { BASELINE_FILE, readBaseline } from "./baseline.js";
import { findBridges } from "./bridges.js";
import { briefFrom, type Brief } from "./brief.js";
import type { Code } from "./code.js";
import { codeQuestions } from "./code-questions.js";
import { indexCursors, type CursorIndex } from "./cursors.js";
import type { CopySurvey } from "./copies/survey.js";
import { secondAuthorities } from "./composition/authorities.js";
import { capabilityOf } from "./composition/capability.js";
import { seamFactories } from "./composition/factories.js";
import { impurities } from "./composition/impurities.js";
import { localCompositions } from "./composition/local.js";
import { manifestModules } from "./composition/manifest-modules.js";
import { registrationBreaches } from "./composition/registration.js";
import { shamSeams } from "./composition/seam-reads.js";
import { answersIn, COPIES, standing } from "./standing.js";
import { findCopies } from "./copies.js";
import { edgesOf } from "./edges.js";
import { externalCallsOf } from "./external-calls.js";
import { guardsOf } from "./guards.js";
import { importBreachesOf } from "./import-breaches.js";
import { indexImports } from "./imports.js";
import { keySources } from "./key-sources.js";
import { keyUses } from "./keys.js";
import { indexOwners } from "./layers.js";
import { directed, generated, links } from "./facets.js";
import { withFacts, type FactsByPath } from "./facts-by-path.js";
import { layOut, type Layout } from "./layout.js";
import { findManifest, namedManifest } from "./manifest.js";
import { Ledger, WHOLE } from "./ledger.js";
import { memo as remember, memoOn } from "./memo.js";
import { addressesOf } from "./addresses.js";
import { evidenceOf } from "./evidence.js";
import { findMounts } from "./mounts.js";
import { lineOf, placeOf } from "./place.js";
import { findProblems } from "./problems.js";
import { runtimeLoad } from "./runtime-load.js";
import { seamValues } from "./seams.js";
import { spelledAddressesOf } from "./spelled-addresses.js";
import type { Workspace } from "./workspace.js";

/** What a workspace is built from. */
export interface WorkspaceInput {
  readonly policy: Policy;
  /** The day that due dates are judged on, `YYYY-MM-DD` in UTC. */
  readonly now: string;
  /** Every analysed file. */
  readonly facts: FactsByPath;
  /** Everything that runs in a source file; asked at most once for each. */
  readonly bodyOf: (path: Path) => ModuleBody | undefined;
  /** Every file there is, analysed or not, so that imports of styles, assets and excluded files find them; left out, the analysed ones. */
  readonly listed?: readonly Path[];
  /** The baseline that was asked for; left out, the one in the root, which may be absent. */
  readonly baselineFile?: Path;
  /** Where to record what each answer rests on; left out, nothing is. */
  readonly ledger?: Ledger | undefined;
  /** Briefs of files that are known without their facts. */
  readonly briefOf?: ((path: Path) => Brief | undefined) | undefined;
}

/** What follows from a body alone, and is found once for all workspaces that differ by a text. */
interface Shared {
  cursors(body: ModuleBody): CursorIndex;
}

/** Builds the model of a repository; what no question asks for is not computed. */
export function buildWorkspace(input: WorkspaceInput): Workspace {
  return compose(input, layOut(input), { cursors: memoOn(indexCursors) });
}

/** The workspace as it would be with this file in it, new or changed. */
export function withFile(workspace: Workspace, path: Path, facts: FileFacts, body: () => ModuleBody | undefined): Workspace {
  return workspace.with(path, facts, body);
}

function compose(input: WorkspaceInput, layout: Layout, shared: Shared): Workspace {
  const { policy, facts } = input;
  const { paths, projects, plugins, index, resolver } = layout;
  const { ledger = new Ledger(false) } = input;
  const { memo } = ledger;
  const factsOf = (path: Path): FileFacts | undefined => {
    ledger.read(WHOLE, path);
    return facts.get(path);
  };
  /** The outline of a source file, for who notes himself what he reads of it. */
  const outlineOf = (path: Path): SourceFacts | undefined => {
    const found = facts.get(path);
    return found?.kind === "source" ? found : undefined;
  };
  const source = (path: Path): SourceFacts | undefined => {
    ledger.read(WHOLE, path);
    return outlineOf(path);
  };
  const json = (path: Path): JsonFacts | undefined => {
    const found = factsOf(path);
    return found?.kind === "json" ? found : undefined;
  };
  const bodyOf = memo((path: Path) => (source(path) === undefined ? undefined : input.bodyOf(path)));
  const cursors = memo((path: Path) => {
    const body = bodyOf(path);
    return body && shared.cursors(body);
  });
  const linkLists = remember((path: Path) => {
    const found = outlineOf(path);
    return found === undefined ? [] : links.of(found);
  });
  const tests = memo((path: Path) => index.matches(path, policy.layout.tests));

  const workspace: Workspace = {
    ledger,
    policy,
    now: input.now,
    paths,
    projects: projects.all,
    plugins,
    facts: factsOf,
    source,
    facet: (path, facet) => {
      ledger.read(facet.key, path);
      const found = outlineOf(path);
      return found && facet.of(found);
    },
    linksIn: (path) => {
      ledger.read(links.key, path);
      return linkLists(path);
    },
    hasDirectives: (path) => {
      ledger.read(directed.key, path);
      return brief(path).directed;
    },
    brief: (path) => brief(path),
    json,
    body: bodyOf,
    cursors,
    place: (path, span) => placeOf(factsOf(path), path, span),
    line: (path, line) => lineOf(factsOf(path), path, line),
    matching: (globs) => index.matching(globs),
    matches: (path, globs) => index.matches(path, globs),
    names: (glob) => layout.names(glob),
    isTest: tests,
    isJudged: (path) => workspace.facet(path, generated) === false && !tests(path) && !index.matches(path, policy.layout.generated),
    projectOf: (path) => projects.of(path),
    resolve: (from, specifier) => resolver.resolve(from, specifier),
    linksOf: (path) => imports.linksOf(path),
    importsOf: (path) => imports.importsOf(path),
    importersOf: (path) => imports.importersOf(path),
    ownerOf: (path) => owners(undefined)(path),
    edgesOf: (path) => edges(path),
    importBreachesOf: (path) => importBreaches(path),
    valueOf: (at) => questions.valueOf(at),
    glance: (at) => questions.glance(at),
    originsOf: (at) => questions.originsOf(at),
    externalCallsOf: (path, wanted) => externalCalls(path, wanted),
    runtimeLoad: (at) => runtimeLoad(workspace, at),
    callersOf: (file, fn) => questions.callersOf(file, fn),
    membersOf: (type) => questions.membersOf(type),
    exported: (file, name) => questions.exported(file, name),
    keyUses: (path, wanted) => {
      const depth = keyDepth(wanted)(path);
      return depth === "none" ? [] : keyUses({ ...keyAsk, valueOf: depth === "full" ? questions.look : questions.glance }, path, new Set(wanted), depth);
    },
    copiesAmong: (files, terms) => {
      // Who owns what they compare hangs on the manifest.
      void workspace.manifest;
      const search = ledger.aside(COPIES, () => findCopies(workspace, files, terms));
      copySurvey = search.survey;
      return search.copies;
    },
    get copySurvey() {
      return copySurvey;
    },
    get manifest() {
      return ledger.aside("manifest", () => manifest(undefined));
    },
    get manifestModules() {
      return ledger.aside("manifestModules", () => modules(undefined));
    },
    get localCompositions() {
      return local(undefined);
    },
    get secondAuthorities() {
      return authorities(undefined);
    },
    get registrationBreaches() {
      return registrations(undefined);
    },
    capabilityOf: (plugin) => capabilityOf(workspace, plugin),
    get impurities() {
      return impure(undefined);
    },
    get shamSeams() {
      return shams(undefined);
    },
    get seamFactories() {
      return factories(undefined);
    },
    get manifestValue() {
      return manifestValue(undefined);
    },
    seam: (path) => seams(path),
    evidenceFor: (prefix, host) => evidence(prefix, host),
    addressesTo: (prefixes) => addresses(prefixes),
    spelledAddresses: (path, prefixes) => spelledAddresses(path, prefixes),
    get mounts() {
      return mounts(undefined);
    },
    guardsOf: (mount, mode) => guards(mount, mode),
    get bridges() {
      return bridges(undefined);
    },
    get baseline() {
      return baseline(undefined);
    },
    get home() {
      return lineOf(undefined, policy.configFile ?? workspace.manifest ?? ("package.json" as Path), 1);
    },
    get problems() {
      return problems(undefined);
    },
    with(path, next, body) {
      const changed: WorkspaceInput = {
        ...input,
        ledger: undefined,
        facts: withFacts(facts, path, next),
        briefOf: isOfSource(path, next) ? (asked) => (asked === path ? undefined : brief(asked)) : undefined,
        bodyOf: (asked) => (asked === path ? body() : bodyOf(asked)),
      };
      return isOfSource(path, next) ? compose(changed, layout, shared) : compose(changed, layOut(changed), shared);
    },
    standing(path, changed, survey) {
      const [before, after] = [outlineOf(path), changed.source(path)];
      return before !== undefined && after !== undefined ? standing(answersIn(workspace, survey), changed, [{ path, before, after }]) : undefined;
    },
  };

  // Which files there are, and what JSON and YAML say, lays out the workspace; the text of a source file does not.
  const isOfSource = (path: Path, next: FileFacts): boolean => next.kind === "source" && outlineOf(path) !== undefined;
  let copySurvey: CopySurvey | undefined;
  const imports = indexImports(workspace, facts, (path) => brief(path));
  const brief = remember((path: Path) => input.briefOf?.(path) ?? briefFrom(facts.get(path), imports.literalEdgesOf(path)));
  const { resolve, isTest, originsOf, callersOf, membersOf } = workspace;
  const code: Code = { ledger, source, body: bodyOf, cursors, json, resolve, importersOf: imports.literalImportersOf, isTest };
  const questions = codeQuestions(code);
  // Who owns a file depends on which one is the manifest, which is found when somebody asks.
  const owners = memo(() => indexOwners(workspace));
  const edges = edgesOf(workspace);
  const keyAsk = { source, body: bodyOf, cursors, originsOf, callersOf, membersOf };
  const keyDepth = memo((wanted: readonly string[]) => keySources(workspace, wanted));
  const externalCalls = externalCallsOf(workspace);
  const importBreaches = importBreachesOf(workspace);
  const manifest = memo(() => findManifest(workspace, policy.layout.manifest));
  const manifestValue = memo(() => {
    const file = namedManifest(workspace, policy.layout.manifest);
    return file === undefined ? undefined : workspace.exported(file, policy.layout.manifest.export);
  });
  const modules = memo(() => manifestModules(workspace));
  const authorities = memo(() => secondAuthorities(workspace));
  const registrations = memo(() => registrationBreaches(workspace));
  const impure = memo(() => impurities(workspace));
  const shams = memo(() => shamSeams(workspace));
  const factories = memo(() => seamFactories(workspace));
  const local = memo(() => localCompositions(workspace));
  const bridges = memo(() => findBridges(workspace));
  const baseline = memo(() => {
    const file = input.baselineFile ?? BASELINE_FILE;
    return input.baselineFile === undefined && !facts.has(file) ? undefined : readBaseline(file, factsOf(file));
  });
  const problems = memo(() => [...findProblems(projects.all, factsOf), ...(workspace.baseline?.problems ?? [])]);
  const guards = guardsOf(workspace);
  const addresses = addressesOf(workspace);
  const evidence = evidenceOf(workspace);
  const spelledAddresses = spelledAddressesOf(workspace);
  // Where no family is named, no mount is any rule's business.
  const mounts = memo(() => (Object.keys(policy.routes.families).length === 0 ? [] : findMounts(workspace, questions, code)));
  const seams = memo((path: string) => {
    const value = workspace.manifestValue;
    return value?.kind === "binding" ? seamValues(workspace, value, path.split(".")) : [];
  });
  return workspace;
}
