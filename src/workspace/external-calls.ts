import { walk } from "../facts/cursor.js";
import type { Expression, ModuleBody, Span } from "../facts/expression.js";
import type { ImportFact } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import { aliasedImport } from "./import-alias.js";
import type { Link } from "./facets.js";
import type { Located, Step, Workspace } from "./workspace.js";

/** A call or construction of something that a package exports. */
export interface ExternalCall {
  readonly at: Located;
  /** What is called or constructed. */
  readonly callee: Span;
  readonly module: string;
  readonly name: string;
  /** How the callee came here. */
  readonly steps: readonly Step[];
}

/** Makes the question "where does a file call one of these exports?"; they are written `name` or `module#name`, as in the policy. */
export type ExternalCallsQuestion = (path: Path, wanted: readonly string[]) => readonly ExternalCall[];

type Ground = Pick<Workspace, "ledger" | "paths" | "source" | "linksIn" | "body" | "resolve" | "importersOf" | "originsOf">;

/** The wanted exports. */
interface Wanted {
  readonly names: ReadonlySet<string>;
  has(module: string, name: string): boolean;
}

export function externalCallsOf(ground: Ground): ExternalCallsQuestion {
  // A list's text is its identity: callers build theirs anew.
  const callsBy = ground.ledger.memo((list: string) => {
    const texts = list.split("\0");
    const wanted = wantedOf(texts);
    const mayCall = reachers(ground, texts);
    return ground.ledger.memo((path: Path) => (mayCall(path) ? callsIn(ground, path, wanted) : []));
  });
  return (path, wanted) => (wanted.length === 0 ? [] : callsBy(wanted.join("\0"))(path));
}

function callsIn(ground: Ground, file: Path, wanted: Wanted): readonly ExternalCall[] {
  const body = ground.body(file);
  if (body === undefined) return [];
  const calls: ExternalCall[] = [];
  for (const { of, node } of walk(body)) {
    if (of !== "expression" || (node.kind !== "call" && node.kind !== "new")) continue;
    const callee = calledBy(node);
    if (!isLikely(body, callee, wanted.names)) continue;
    const found = externalBehind(ground, { file, expression: callee }, wanted);
    if (found !== undefined) calls.push({ at: { file, expression: node }, callee: callee.span, ...found });
  }
  return calls;
}

/** What a call calls in the end: `Reflect.construct(what, …)` is a way to say `new what(…)`. */
function calledBy(node: Extract<Expression, { readonly kind: "call" | "new" }>): Expression {
  const { callee } = node;
  const isReflected =
    callee.kind === "member" && callee.object.kind === "global" && callee.object.name === "Reflect" &&
    callee.key.kind === "string" && (callee.key.value === "construct" || callee.key.value === "apply");
  return (isReflected ? node.arguments[0]?.value : undefined) ?? callee;
}

/** The wanted export that a callee can be; a class that extends one is that one too. */
function externalBehind(ground: Ground, callee: Located, wanted: Wanted, depth = 3): Pick<ExternalCall, "module" | "name" | "steps"> | undefined {
  for (const origin of ground.originsOf(callee).origins) {
    if (origin.kind === "external") {
      // Of a CommonJS module that is called, the whole is what others call its default.
      const name = origin.name === "*" ? "default" : origin.name.replace(/^default\.(?=.)/u, "");
      if (wanted.has(origin.module, name)) return { module: origin.module, name, steps: origin.steps };
    }
    const parent = origin.kind === "literal" ? parentClass(origin.at.expression) : undefined;
    const inner = parent === undefined || depth === 0 ? undefined : externalBehind(ground, { ...origin.at, expression: parent }, wanted, depth - 1);
    if (inner !== undefined) return { ...inner, steps: [...origin.steps, ...inner.steps] };
  }
  return undefined;
}

/**
 * Whether a callee can be one of the exports by its looks: a name, a member of an import, or a member that is called like one of them.
 *
 * @remarks Finding out where a receiver comes from can cost a look at every caller, and `list.map` is what most callees look like.
 */
function isLikely({ bindings }: Pick<ModuleBody, "bindings">, callee: Expression, names: ReadonlySet<string>): boolean {
  if (callee.kind === "typed") return isLikely({ bindings }, callee.operand, names);
  if (callee.kind !== "member") return callee.kind !== "global";
  if (callee.key.kind !== "string" || names.has(callee.key.value)) return true;
  return callee.object.kind === "reference" && bindings[callee.object.binding]?.import !== undefined;
}

function parentClass(expression: Expression): Expression | undefined {
  return expression.kind === "class" ? expression.class.extends : undefined;
}

function wantedOf(texts: readonly string[]): Wanted {
  const patterns = texts.map((text) => {
    const cut = text.lastIndexOf("#");
    return { module: cut < 0 ? undefined : modulePattern(text.slice(0, cut)), name: text.slice(cut + 1) };
  });
  return {
    names: new Set(patterns.map(({ name }) => name.slice(name.lastIndexOf(".") + 1))),
    has: (module, name) => patterns.some((pattern) => pattern.name === name && pattern.module?.test(module) !== false),
  };
}

/** A module with `*` for any text without `/`. */
function modulePattern(module: string): RegExp {
  return new RegExp(`^${module.split("*").map((text) => text.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&")).join("[^/]*")}$`, "u");
}

/**
 * The files that can come to one of the exports, by outlines alone: those that import the package, and those that import a module which
 * passes on what it has of it.
 */
function reachers(ground: Ground, texts: readonly string[]): (path: Path) => boolean {
  const modules = texts.flatMap((text) => (text.includes("#") ? [modulePattern(text.slice(0, text.lastIndexOf("#")))] : []));
  // A bare name may come from any package.
  if (modules.length < texts.length) return () => true;
  const leadsToPackage = (path: Path, { typeOnly, specifier }: Pick<Link, "typeOnly" | "specifier">): boolean =>
    !typeOnly && specifier !== undefined && modules.some((module) => module.test(specifier)) && ground.resolve(path, specifier).kind === "external";
  const importsPackage = (path: Path, { typeOnly, specifier }: ImportFact): boolean => specifier.kind === "string" && leadsToPackage(path, { typeOnly, specifier: specifier.value });
  const reaching = new Set(ground.paths.filter((path) => ground.linksIn(path).some((link) => leadsToPackage(path, link))));
  const relays = new Set([...reaching].filter((path) => passesOn(ground, path, (fact) => importsPackage(path, fact))));
  for (const relay of relays) {
    for (const { from, fact } of ground.importersOf(relay)) {
      if (fact.typeOnly) continue;
      reaching.add(from);
      if (passesOn(ground, from, (other) => other === fact)) relays.add(from);
    }
  }
  return (path) => reaching.has(path);
}

/** Whether a file exports again what some of its imports give, be it under the name of a constant. */
function passesOn(ground: Ground, path: Path, isWanted: (fact: ImportFact) => boolean): boolean {
  const facts = ground.source(path);
  const wanted = new Set(facts?.imports.flatMap((fact, index) => (isWanted(fact) ? [index] : [])));
  if (facts === undefined || wanted.size === 0) return false;
  const locals = new Set([...wanted].flatMap((index) => facts.imports[index]?.names.map(({ local }) => local) ?? []));
  return facts.exports.some(({ from, local }) => {
    if (from !== undefined) return wanted.has(from.import);
    return local !== undefined && (locals.has(local) || wanted.has(aliasedImport(ground.body(path), local)?.import ?? -1));
  });
}
