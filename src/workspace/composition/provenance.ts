import type { Expression } from "../../facts/expression.js";
import type { Located, LocatedType, Origin, Step, Workspace } from "../workspace.js";

/** What tracing provenance asks of the workspace. */
export type ProvenanceAsk = Pick<Workspace, "body" | "source" | "resolve" | "exported" | "originsOf" | "manifestModules" | "isTest">;

/** One thing that a value derives from. */
export type Contribution =
  /** What the manifest owns. */
  | { readonly kind: "manifest" }
  /** Something that is made past the manifest; `router` where it is known to be what callers reach. */
  | { readonly kind: "made"; readonly at: Located; readonly router: boolean; readonly steps: readonly Step[] }
  | { readonly kind: "unknown"; readonly at: Located; readonly reason: string; readonly steps: readonly Step[] };

type CallExpression = Extract<Expression, { kind: "call" | "new" }>;

const REACH = 7;

/**
 * What a value derives from, as far as composition is concerned.
 *
 * A call derives from what it is given: what wraps or merges something of the manifest is the manifest's, unless something that makes
 * routes of its own is merged in. A call that is given nothing of it makes something of its own.
 */
export function contributionsOf(ask: ProvenanceAsk, at: Located): readonly Contribution[] {
  return new Tracing(ask).of(at, REACH);
}

class Tracing {
  readonly #ask: ProvenanceAsk;
  readonly #open = new Set<string>();

  constructor(ask: ProvenanceAsk) {
    this.#ask = ask;
  }

  of(at: Located, reach: number): readonly Contribution[] {
    const place = `${at.file} ${at.expression.kind} ${at.expression.span.join(":")}`;
    if (reach === 0 || this.#open.has(place)) return [];
    this.#open.add(place);
    const origins = this.#ask.originsOf(at).origins.filter((origin) => !this.#isOfTest(origin));
    // The origins of what a call is given are origins of the call as well: they speak through it.
    const given = new Set(origins.flatMap((origin) => (isCall(origin) ? this.#derived(origin) : [])));
    const found = origins.flatMap((origin) => (given.has(identityOf(origin)) ? [] : this.#ofOrigin(origin, reach)));
    this.#open.delete(place);
    return found;
  }

  #derived(origin: Origin): readonly string[] {
    const own = identityOf(origin);
    return givenTo(origin.at).flatMap((part) => this.#ask.originsOf(part).origins.map(identityOf)).filter((identity) => identity !== own);
  }

  #ofOrigin(origin: Origin, reach: number): readonly Contribution[] {
    if (this.#isThroughManifest(origin)) return [{ kind: "manifest" }];
    const { at, steps } = origin;
    switch (origin.kind) {
      case "typed":
        return isManifestType(this.#ask, origin.type) ? [{ kind: "manifest" }] : [];
      case "parameter":
        return [];
      case "external":
        return [{ kind: "made", at, router: isRouterLibrary(origin.module), steps }];
      case "unknown":
        return [{ kind: "unknown", at, reason: origin.reason, steps }];
      case "member":
        return this.#ofMember(origin, reach);
      case "literal":
        return this.#ofLiteral(at, reach);
      case "call":
        return this.#ofCall(origin, reach);
    }
  }

  #ofMember(origin: Extract<Origin, { kind: "member" }>, reach: number): readonly Contribution[] {
    const inner = this.of(origin.object, reach - 1);
    return inner.length > 0 ? inner : [{ kind: "unknown", at: origin.at, reason: "what it is read from cannot be followed", steps: origin.steps }];
  }

  #ofLiteral(at: Located, reach: number): readonly Contribution[] {
    const { expression } = at;
    const inside = (value: Expression): readonly Contribution[] => this.of({ ...at, expression: value }, reach - 1);
    if (expression.kind === "object") return expression.entries.flatMap(({ value }) => inside(value));
    if (expression.kind !== "array") return [];
    // What is pushed into it later is an element as well.
    return [...expression.items.map(({ value }) => value), { kind: "element", of: expression, span: expression.span } as const].flatMap(inside);
  }

  #ofCall(origin: Extract<Origin, { kind: "call" }>, reach: number): readonly Contribution[] {
    const { at } = origin;
    if (at.expression.kind !== "call" && at.expression.kind !== "new") return [];
    const passed = at.expression.arguments.flatMap(({ value }) => this.#passed({ ...at, expression: value }, reach - 1));
    const receiver = receiverOf(at);
    const isStandard = isStandardCall(at.expression);
    const own = receiver === undefined || isStandard === "namespace" ? [] : this.of(receiver, reach - 1);
    if (makesFunction(origin.callee)) return [{ kind: "made", at, router: true, steps: origin.steps }];
    if (isManifests(passed)) return [{ kind: "manifest" }, ...passed.filter((one) => one.kind === "made" && one.router)];
    if (isManifests(own)) return [{ kind: "manifest" }, ...passed.filter((one) => one.kind === "made" && one.router)];
    if (isStandard !== undefined) return [...own, ...passed];
    const unknown = [...own, ...passed].filter(({ kind }) => kind === "unknown");
    const router = this.#isRouter(origin.callee);
    // Nobody knows what is passed: it may well be the manifest's.
    return unknown.length > 0 && !router ? unknown : [{ kind: "made", at, router, steps: origin.steps }];
  }

  /** What an argument brings: a callback brings what it returns. */
  #passed(at: Located, reach: number): readonly Contribution[] {
    if (at.expression.kind !== "function") return this.of(at, reach);
    const returned = this.#ask.body(at.file)?.functions[at.expression.function]?.body ?? [];
    return returned.flatMap((statement) => (statement.kind === "return" && statement.value !== undefined ? this.of({ ...at, expression: statement.value }, reach) : []));
  }

  /** Whether what is called is part of a library that makes routes, or of something that it made, or makes a durable function. */
  #isRouter(callee: Located, reach = 4): boolean {
    if (makesFunction(callee)) return true;
    return this.#ask.originsOf(rootOf(callee)).origins.some((origin) => {
      if (origin.kind === "external") return isRouterLibrary(origin.module);
      return origin.kind === "call" && reach > 0 && this.#isRouter(origin.callee, reach - 1);
    });
  }

  #isThroughManifest({ at, steps }: Origin): boolean {
    const modules = this.#ask.manifestModules;
    return modules.includes(at.file) || steps.some(({ file }) => modules.includes(file));
  }

  #isOfTest({ at, steps }: Origin): boolean {
    return this.#ask.isTest(at.file) || steps.some(({ file }) => this.#ask.isTest(file));
  }
}

/** Whether anything of the manifest is in it. */
export function isManifests(contributions: readonly Contribution[]): boolean {
  return contributions.some(({ kind }) => kind === "manifest");
}

function isCall(origin: Origin): origin is Extract<Origin, { kind: "call" }> {
  return origin.kind === "call";
}

/** What a call derives from: its receiver and its arguments. */
function givenTo(at: Located): readonly Located[] {
  const { expression } = at;
  if (expression.kind !== "call" && expression.kind !== "new") return [];
  const receiver = receiverOf(at);
  const passed = expression.arguments.map(({ value }) => ({ ...at, expression: value }));
  return receiver === undefined ? passed : [receiver, ...passed];
}

function receiverOf(at: Located): Located | undefined {
  const { expression } = at;
  if (expression.kind !== "call" || expression.callee.kind !== "member") return undefined;
  return { ...at, expression: expression.callee.object };
}

/** `os` of `os.a.b.handler`. */
function rootOf(at: Located): Located {
  let { expression } = at;
  while (expression.kind === "member" || expression.kind === "call") expression = expression.kind === "member" ? expression.object : expression.callee;
  return { ...at, expression };
}

/** Calls of the language's own objects only rearrange what they are given: `Object.fromEntries(…)`, `list.map(…)`. */
function isStandardCall({ callee }: CallExpression): "namespace" | "method" | undefined {
  if (callee.kind === "global") return "namespace";
  if (callee.kind !== "member") return undefined;
  if (callee.object.kind === "global") return "namespace";
  return callee.key.kind === "string" && /^(?:map|filter|flatMap|flat|concat|slice|reduce|entries|values|then|sort|toSorted|reverse|at|find|get)$/u.test(callee.key.value) ? "method" : undefined;
}

/** `client.createFunction(…)`: whoever's the client, the function is made here. */
function makesFunction({ expression }: Located): boolean {
  return expression.kind === "member" && expression.key.kind === "string" && expression.key.value === "createFunction";
}

function isRouterLibrary(module: string): boolean {
  return /^@orpc\/server(?:\/|$)/u.test(module);
}

function identityOf(origin: Origin): string {
  const place = `${origin.kind} ${origin.at.file} ${origin.at.expression.span.join(":")}`;
  return origin.kind === "external" ? `external ${origin.module} ${origin.name}` : place;
}

/** Whether a declared type is the manifest's, or a part of it. */
export function isManifestType(ask: ProvenanceAsk, { file, type }: LocatedType): boolean {
  if (ask.manifestModules.includes(file) && type.kind !== "other") return true;
  const inner = (next: LocatedType["type"]): boolean => isManifestType(ask, { file, type: next });
  const isOfManifest = (binding: number | undefined): boolean => {
    const from = binding === undefined ? undefined : ask.body(file)?.bindings[binding]?.import;
    const specifier = from === undefined ? undefined : ask.source(file)?.imports[from.index]?.specifier;
    const to = specifier?.kind === "string" ? ask.resolve(file, specifier.value) : undefined;
    if (from === undefined || to?.kind !== "file") return false;
    if (ask.manifestModules.includes(to.path)) return true;
    const exported = ask.exported(to.path, from.name);
    return exported.kind === "binding" && ask.manifestModules.includes(exported.file);
  };
  switch (type.kind) {
    case "indexed":
      return inner(type.object);
    case "named": {
      if (isOfManifest(type.binding)) return true;
      const declared = type.binding === undefined ? undefined : ask.body(file)?.bindings[type.binding];
      const isAlias = declared?.kind === "type" && declared.type !== undefined && declared.type !== type && (declared.type.kind === "indexed" || declared.type.kind === "typeof");
      return (isAlias && declared.type !== undefined && inner(declared.type)) || type.arguments.some(inner);
    }
    case "typeof": {
      const root = rootOf({ file, expression: type.expression }).expression;
      return root.kind === "reference" && isOfManifest(root.binding);
    }
    case "union":
    case "intersection":
      return type.parts.some(inner);
    case "import": {
      const to = ask.resolve(file, type.specifier);
      return to.kind === "file" && ask.manifestModules.includes(to.path);
    }
    default:
      return false;
  }
}
