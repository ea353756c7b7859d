import type { Expression, Span } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import { generated } from "../facets.js";
import { directCall } from "../mounts/direct-call.js";
import type { Located, Step, Workspace } from "../workspace.js";
import { alternativesOf, type AlternativesAsk } from "./alternatives.js";
import { factoryCalled, identity, type Factory } from "./factories.js";
import { contributionsOf, isManifests, type Contribution } from "./provenance.js";
import { reachesManifest, type ReachAsk } from "./reach.js";

/** What finding local composition asks of the workspace. */
export type LocalAsk = ReachAsk &
  AlternativesAsk &
  Pick<Workspace, "policy" | "paths" | "facet" | "cursors" | "externalCallsOf" | "seamFactories" | "secondAuthorities" | "matches">;

/** Something that a host composes itself. */
export type LocalComposition = { readonly at: Located } & (
  /** It calls what the manifest builds its seams with. */
  | { readonly kind: "factory"; readonly factory: Factory }
  /** It calls what policy forbids. */
  | { readonly kind: "forbidden"; readonly name: string }
  /** What it mounts is made past the manifest; `mountedAt` takes it. */
  | { readonly kind: "mounted"; readonly mountedAt: Located; readonly made: Located; readonly steps: readonly Step[] }
  /** What it mounts is meant for tests. */
  | { readonly kind: "testing"; readonly mountedAt: Located; readonly name: string }
  /** Nobody can tell where what it mounts comes from. */
  | { readonly kind: "unprovable"; readonly mountedAt: Located; readonly blocked: Located; readonly reason: string; readonly steps: readonly Step[] }
);

/** What serves a router or a list of functions, and which argument takes it. */
const SERVERS = [
  "@orpc/server/*#RPCHandler",
  "@orpc/openapi/*#OpenAPIHandler",
  "@orpc/server/standard#StandardRPCHandler",
  "@orpc/openapi/standard#StandardOpenAPIHandler",
  "inngest/*#serve",
];

/** Everything that host code composes past the manifest, in the order of files and places. */
export function localCompositions(ask: LocalAsk): readonly LocalComposition[] {
  if (ask.policy.layout.manifest.files.length === 0) return [];
  const hosts = ask.paths.filter((path) => isHost(ask, path));
  const isOwn = new Set(hosts);
  const found: LocalComposition[] = [];
  const servers = ask.paths.filter((path) => isOwn.has(path) || mayHelp(ask, path));
  for (const path of servers) {
    for (const { at, name } of ask.externalCallsOf(path, SERVERS)) {
      const served = servedBy(ask, at, name);
      if (served === undefined) continue;
      for (const one of alternativesOf(ask, served)) {
        const judged = isOwn.has(one.file) ? judge(ask, one, at) : undefined;
        if (judged !== undefined && !found.some(({ at: known }) => isInside(one, { file: known.file, span: known.expression.span }))) found.push(judged);
      }
    }
  }
  // What is mounted, or put together beside the manifest, speaks for the calls that it is made with.
  const told = [...found.map(({ at: { file, expression } }) => ({ file, span: expression.span })), ...ask.secondAuthorities.filter(({ kind }) => kind === "aggregate")];
  const calls = hosts.flatMap((path) => [...callsIn(ask, path)]);
  return [...found, ...calls.filter(({ at }) => !told.some((one) => isInside(at, one)))];
}

function isInside({ file, expression }: Located, outer: { readonly file: Path; readonly span: Span }): boolean {
  const [start, end] = outer.span;
  return file === outer.file && start <= expression.span[0] && expression.span[1] <= end;
}

function isHost(ask: LocalAsk, path: Path): boolean {
  return ask.facet(path, generated) === false && ask.matches(path, ask.policy.layout.host) && !ask.isTest(path);
}

/** A package may hold the helper that a host gives its router to; tests, plugins and the manifest have their own business. */
function mayHelp(ask: LocalAsk, path: Path): boolean {
  return ask.matches(path, ["packages/**", "services/**", "resources/**"]) && !ask.isTest(path);
}

/** The router of a handler, or the functions of an endpoint. */
function servedBy(ask: LocalAsk, at: Located, name: string): Located | undefined {
  const { file, expression } = inheritedCall(ask, at) ?? at;
  if (expression.kind !== "call" && expression.kind !== "new") return undefined;
  const [first] = expression.arguments;
  if (first === undefined || first.spread) return undefined;
  const { value } = first;
  if (name !== "serve") return { file, expression: value };
  if (value.kind !== "object") return { file, expression: memberOf(value, "functions") };
  const functions = value.entries.find((entry) => entry.kind === "property" && entry.key.kind === "string" && entry.key.value === "functions");
  return functions && { file, expression: functions.value };
}

/** Of a class of one's own that is constructed: what its constructor gives to the one it extends. */
function inheritedCall(ask: LocalAsk, { file, expression }: Located): Located | undefined {
  if (expression.kind !== "new") return undefined;
  for (const { kind, at } of ask.originsOf({ file, expression: expression.callee }).origins) {
    const fn = kind === "literal" && at.expression.kind === "class" ? at.expression.class.constructorFunction : undefined;
    for (const cursor of fn === undefined ? [] : (ask.cursors(at.file)?.all ?? [])) {
      if (cursor.of !== "expression" || cursor.function !== fn || cursor.node.kind !== "call") continue;
      if (cursor.node.callee.kind === "opaque" && cursor.node.callee.what === "super") return { file: at.file, expression: cursor.node };
    }
  }
  return undefined;
}

/** `object.key`, standing where the object does. */
function memberOf(object: Expression, key: string): Expression {
  const { span } = object;
  return { kind: "member", object, key: { kind: "string", value: key, span }, keySpan: span, computed: false, optional: false, span };
}

function judge(ask: LocalAsk, at: Located, mountedAt: Located): LocalComposition | undefined {
  const testing = testingName(ask, at, TESTING_REACH);
  if (testing !== undefined) return { kind: "testing", at, mountedAt, name: testing };
  const contributions = contributionsOf(ask, at);
  // A host that realises declarations builds routers; what counts is that all of them start from the manifest's.
  const isRealised = ask.policy.layout.manifest.mode === "declaration" && reachesManifest(ask, at);
  const isOwn = (one: Contribution): boolean => !isRealised || (one.kind === "made" && one.router && isHost(ask, one.at.file) && !isGivenManifest(ask, one.at));
  const made = contributions.find((one) => one.kind === "made" && isOwn(one));
  if (made?.kind === "made") return { kind: "mounted", at, mountedAt, made: made.at, steps: made.steps };
  if (isRealised) return undefined;
  const unknown = contributions.find((one) => one.kind === "unknown");
  if (unknown?.kind !== "unknown" || isManifests(contributions) || reachesManifest(ask, at)) return undefined;
  return { kind: "unprovable", at, mountedAt, blocked: unknown.at, reason: unknown.reason, steps: unknown.steps };
}

/** Whether anything of the manifest is put into what a call makes; whose method is called does not matter. */
function isGivenManifest(ask: LocalAsk, { file, expression }: Located): boolean {
  const given = expression.kind === "call" || expression.kind === "new" ? expression.arguments.map(({ value }) => value) : [expression];
  return given.some((value) => reachesManifest(ask, { file, expression: value }));
}

/** The calls in a host file that build what is the manifest's to build. */
function* callsIn(ask: LocalAsk, path: Path): Generator<LocalComposition> {
  const factories = new Map(ask.seamFactories.map((factory) => [identity(factory.at), factory]));
  const names = new Set(ask.seamFactories.map(({ name }) => name));
  const forbidden = ask.policy.composition.forbiddenInHost;
  const external = new Map(ask.externalCallsOf(path, forbidden).map((call) => [call.at.expression, call.name]));
  for (const { of, node } of ask.cursors(path)?.all ?? []) {
    if (of !== "expression" || (node.kind !== "call" && node.kind !== "new")) continue;
    const at = { file: path, expression: node };
    for (const callee of calledIn(node)) {
      const name = external.get(node) ?? forbiddenName(ask, path, callee, forbidden);
      const factory = name !== undefined || factories.size === 0 || !isLikely(ask, path, callee, names) ? undefined : factoryCalled(ask, { file: path, expression: callee }, factories);
      if (name !== undefined) yield { kind: "forbidden", at, name };
      else if (factory !== undefined) yield { kind: "factory", at, factory };
      else continue;
      break;
    }
  }
}

const CALLS_BACK = /^(?:map|flatMap|then|from|forEach)$/u;

/** What a call calls: its callee, looked through `call` and `apply`, and a function that it has called for each item. */
function calledIn(node: Extract<Expression, { kind: "call" | "new" }>): readonly Expression[] {
  if (node.kind === "new") return [node.callee];
  const { callee } = directCall(node);
  const handed = callee.kind === "member" && callee.key.kind === "string" && CALLS_BACK.test(callee.key.value) ? node.arguments : [];
  const functions = handed.map(({ value }) => (value.kind === "typed" ? value.operand : value));
  return [callee, ...functions.filter(({ kind }) => kind === "reference")];
}

/** Whether a callee is worth a look: a plain name, a member of an import or of a table, or a member that is called like a factory. */
function isLikely(ask: LocalAsk, path: Path, callee: Expression, names: ReadonlySet<string>): boolean {
  if (callee.kind === "reference") return true;
  if (callee.kind !== "member") return callee.kind === "typed" || callee.kind === "sequence";
  if (callee.key.kind !== "string" || names.has(callee.key.value)) return true;
  const holder = callee.object.kind === "reference" ? ask.body(path)?.bindings[callee.object.binding] : undefined;
  return holder !== undefined && (holder.import !== undefined || holder.value?.kind === "object");
}

/** A function that policy forbids by the module and name that the host imports it by. */
function forbiddenName(ask: LocalAsk, path: Path, callee: Expression, forbidden: readonly string[]): string | undefined {
  const root = callee.kind === "member" ? callee.object : callee;
  const taken = root.kind === "reference" ? ask.body(path)?.bindings[root.binding]?.import : undefined;
  const specifier = taken === undefined ? undefined : ask.source(path)?.imports[taken.index]?.specifier;
  if (taken === undefined || specifier?.kind !== "string") return undefined;
  const name = callee.kind === "member" ? (callee.key.kind === "string" ? callee.key.value : "") : taken.name;
  const isForbidden = forbidden.includes(`${specifier.value}#${name}`) || (forbidden.includes(name) && ask.resolve(path, specifier.value).kind === "external");
  return isForbidden ? name : undefined;
}

const TESTING = /(?:^|[a-z\d_])(?:Testing|Mock|Fake|Stub|Fixture)s?(?=[A-Z\d_]|$)|(?:^|[a-z\d])Test(?=Router|Seam|Bundle|Functions|Handler|Host|Api|Manifest|Composition)|^(?:testing|mock|fake|stub|fixture)s?(?=[A-Z\d_]|$)/u;
const TESTING_MODULE = /(?:^|[/._-])(?:testing|mocks?|fakes?|stubs?|fixtures?)(?=[/._-]|$)/u;

/** How many functions deep a name is looked for that says that something is for tests. */
const TESTING_REACH = 4;

/** The name by which something that is mounted, or what makes it, says that it is meant for tests. */
function testingName(ask: LocalAsk, at: Located, reach: number): string | undefined {
  const spelled = namesIn(at.expression).find((name) => TESTING.test(name));
  if (spelled !== undefined || reach === 0) return spelled;
  const call = innerCall(at.expression);
  if (call === undefined) return undefined;
  for (const { kind, at: made } of ask.originsOf({ ...at, expression: call.callee }).origins) {
    if (kind !== "literal" || made.expression.kind !== "function") continue;
    if (made.file !== at.file && TESTING_MODULE.test(made.file)) return made.file;
    const fn = made.expression.function;
    for (const cursor of ask.cursors(made.file)?.all ?? []) {
      if (cursor.of !== "statement" || cursor.function !== fn || cursor.node.kind !== "return" || cursor.node.value === undefined) continue;
      const named = testingName(ask, { file: made.file, expression: cursor.node.value }, reach - 1);
      if (named !== undefined) return named;
    }
  }
  return undefined;
}

/** The call that a chain of reads begins with. */
function innerCall(expression: Expression): Extract<Expression, { kind: "call" }> | undefined {
  switch (expression.kind) {
    case "call":
      return expression;
    case "member":
      return innerCall(expression.object);
    case "typed":
    case "await":
      return innerCall(expression.operand);
    default:
      return undefined;
  }
}

/** The names that a chain of reads and calls spells. */
function namesIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case "reference":
      return [expression.name];
    case "member":
      return [...namesIn(expression.object), ...(expression.key.kind === "string" ? [expression.key.value] : [])];
    case "call":
    case "new":
      return namesIn(expression.callee);
    case "typed":
    case "await":
      return namesIn(expression.operand);
    default:
      return [];
  }
}
