import type { Hook, Mount, MountedPath, PathPart } from "../mounts.js";
import type { Located, Step } from "../workspace.js";
import type { Base, HookRecord, MountAsk, Scope, Slot } from "./apps.js";
import { handlerPrefixes, pathnameTests } from "./handlers.js";
import { isCatchAll, isUnder, joinPaths, normalPath, shadows } from "./route-path.js";
import type { Attach, Leaf, Run } from "./run.js";

/** One way in which an app answers: inside which others, under which prefixes. */
interface Way {
  readonly root: string;
  readonly slots: readonly Slot[];
  readonly key: readonly number[];
  readonly hooks: readonly HookRecord[];
  readonly through: readonly Located[];
}

const MAX_WAYS = 24;
const MAX_PATHS = 128;

/** Puts what was registered together: every route under all prefixes of the apps that its app is part of. */
export function composeMounts(ask: MountAsk, run: Run): readonly Mount[] {
  const composition = new Composition(ask, run);
  return composition.mounts();
}

class Composition {
  readonly #ask: MountAsk;
  readonly #run: Run;
  /** Apps that are the same: found by different ways. */
  readonly #same = new Map<string, string>();

  constructor(ask: MountAsk, run: Run) {
    this.#ask = ask;
    this.#run = run;
  }

  mounts(): readonly Mount[] {
    this.#unify();
    this.#spreadHooks();
    const found = this.#run.leaves.flatMap((leaf) => this.#waysOf(leaf.app.base, []).flatMap((way) => this.#mount(leaf, way)));
    const roots = [...new Set(found.map(({ mount }) => mount.app))];
    found.sort((a, b) => roots.indexOf(a.mount.app) - roots.indexOf(b.mount.app) || compareKeys(a.key, b.key));
    return withoutCopies(found.map(({ mount }) => mount)).map((mount, order) => ({ ...mount, order }));
  }

  /** One app may be found with and without the calls that lead to it. */
  #unify(): void {
    const byPlace = new Map<string, Set<string>>();
    for (const { id } of this.#bases()) {
      const place = id.slice(0, id.indexOf("@"));
      byPlace.set(place, (byPlace.get(place) ?? new Set<string>()).add(id));
    }
    for (const [place, ids] of byPlace) {
      const run = [...ids].filter((id) => !id.endsWith("@"));
      const [only] = run;
      if (only !== undefined && run.length === 1 && ids.has(`${place}@`)) this.#same.set(`${place}@`, only);
    }
  }

  *#bases(): Generator<Base> {
    for (const { app } of this.#run.leaves) yield app.base;
    for (const { parent, child } of this.#run.attaches) {
      yield parent.base;
      yield child.base;
    }
  }

  #idOf({ id }: Base): string {
    return this.#same.get(id) ?? id;
  }

  /** Hooks of an Elysia app that also run for the app which uses it. */
  #spreadHooks(): void {
    for (const { parent, child, seq } of this.#run.attaches.toSorted((a, b) => a.seq - b.seq)) {
      if (parent.base.framework !== "elysia") continue;
      for (const hook of child.base.scope.hooks) if (hook.spreads) parent.scope.hooks.push({ ...hook, seq });
    }
  }

  #waysOf(base: Base, open: readonly string[]): readonly Way[] {
    const id = this.#idOf(base);
    if (open.includes(id)) return [];
    const attaches = this.#run.attaches.filter(({ child }) => this.#idOf(child.base) === id);
    if (attaches.length === 0) return [{ root: id, slots: [], key: [], hooks: [], through: [] }];
    return attaches.flatMap((attach) => this.#waysOf(attach.parent.base, [...open, id]).map((way) => within(way, attach))).slice(0, MAX_WAYS);
  }

  #mount(leaf: Leaf, way: Way): readonly { readonly mount: Mount; readonly key: readonly number[] }[] {
    const { app, slot, call, receiver } = leaf;
    const slots = [...way.slots, ...app.base.slots, ...app.slots, ...(slot === undefined ? [] : [slot])];
    const own = this.#paths(slots);
    const prefixes = handlerPrefixes(this.#ask, leaf.handler);
    const inner = this.#innerPaths(leaf, own.paths, prefixes);
    const paths = inner ?? own.paths;
    const subtree = leaf.subtree || inner !== undefined;
    const { handler, options } = leaf;
    const mount: Mount = {
      file: call.file,
      call,
      framework: app.base.framework,
      receiver,
      evidence: app.base.evidence,
      app: way.root,
      ...(slot !== undefined && { pathAt: slot.at }),
      paths,
      ...(own.blocked !== undefined && { blocked: own.blocked }),
      subtree,
      methods: leaf.methods,
      ...(handler !== undefined && { handler }),
      ...(options !== undefined && { options }),
      hooks: this.#hooks(leaf, way, paths, subtree),
      handlerPrefixes: prefixes,
      through: [...way.through, ...leaf.through],
      order: 0,
    };
    // A server without routes of its own answers where its handlers look at the path.
    if (app.base.framework === "bun" && slot === undefined && inner === undefined) return [];
    return [{ mount, key: [...way.key, leaf.seq] }];
  }

  /** Paths that a handler mounted at everything answers at: those it tests for and the prefixes of the handlers it asks. */
  #innerPaths(leaf: Leaf, paths: readonly MountedPath[], prefixes: readonly Located[]): readonly MountedPath[] | undefined {
    const isEverything = paths.length > 0 && paths.every(({ path }) => path === "/" || /^\/(?:\*\w*|\{\*\w+\})$/u.test(path)) && (leaf.subtree || paths.some(({ path }) => path !== "/"));
    if (!isEverything || leaf.handler === undefined) return undefined;
    const tests = pathnameTests(this.#ask, leaf.handler);
    const found = [...tests, ...prefixes].flatMap((at) => {
      const value = this.#ask.valueOf(at);
      const known = value.kind === "known" ? value.values : [];
      return known.flatMap((constant): MountedPath[] => {
        if (constant.kind !== "primitive" || typeof constant.value !== "string" || !constant.value.startsWith("/")) return [];
        const part: PathPart = { text: constant.value, call: leaf.call, at, steps: constant.steps };
        return [{ path: normalPath(constant.value), parts: [part] }];
      });
    });
    return found.length === 0 ? undefined : found.filter((one, at) => found.findIndex((other) => other.path === one.path) === at);
  }

  /** Every path that the pieces make together. */
  #paths(slots: readonly Slot[]): { readonly paths: readonly MountedPath[]; readonly blocked?: NonNullable<Mount["blocked"]> } {
    let rows: readonly (readonly PathPart[])[] = [[]];
    let blocked: Mount["blocked"];
    for (const slot of slots) {
      const { parts, gap } = this.#parts(slot);
      blocked ??= gap;
      rows = rows.flatMap((row) => parts.map((part) => [...row, part]));
      if (rows.length > MAX_PATHS) {
        blocked ??= { at: stepAt(slot.at, "it can be too many different paths"), reason: "it can be too many different paths", steps: [] };
        rows = rows.slice(0, MAX_PATHS);
      }
    }
    const paths = rows.map((parts): MountedPath => ({ path: joinPaths(parts.map(({ text }) => text)), parts }));
    const distinct = paths.filter((one, at) => paths.findIndex((other) => other.path === one.path) === at);
    return { paths: distinct, ...(blocked !== undefined && { blocked }) };
  }

  #parts(slot: Slot): { readonly parts: readonly PathPart[]; readonly gap?: NonNullable<Mount["blocked"]> } {
    const { value } = slot;
    const parts: PathPart[] = [];
    let gap: Mount["blocked"] = value.kind === "unprovable" ? { at: value.at, reason: value.reason, steps: value.steps } : undefined;
    const text = (read: string, steps: readonly Step[]): void => {
      parts.push({ text: read, call: slot.site, at: slot.at, steps });
    };
    for (const constant of value.kind === "known" ? value.values : value.partial) {
      if (constant.kind === "primitive" && typeof constant.value === "string") text(constant.value, constant.steps);
      else if (constant.kind === "primitive" && (constant.value === undefined || constant.value === null)) text("", constant.steps);
      else if (constant.kind === "array") {
        for (const item of constant.items) {
          const inner = this.#parts({ ...slot, value: this.#ask.valueOf(item) });
          for (const part of inner.parts) text(part.text, [...constant.steps, ...part.steps]);
          gap ??= inner.gap;
        }
        if (!constant.complete) gap ??= { at: stepAt(slot.at, "not all its elements are known"), reason: "not all its elements are known", steps: constant.steps };
      } else gap ??= { at: stepAt(slot.at, "it is no text"), reason: "it is no text", steps: constant.steps };
    }
    return { parts, ...(gap !== undefined && { gap }) };
  }

  #hooks(leaf: Leaf, way: Way, paths: readonly MountedPath[], subtree: boolean): readonly Hook[] {
    const records = [...way.hooks, ...inScope(leaf.app.scope, leaf.seq, leaf.app.base.framework === "fastify"), ...leaf.hooks];
    return records.flatMap((record): readonly Hook[] => {
      const { kind, at, call, slots } = record;
      if (slots === undefined) return [{ kind, at, call, certain: true }];
      const pattern = this.#paths([...way.slots, ...leaf.app.base.slots, ...slots]);
      const covers = (path: string): boolean => pattern.paths.some((one) => isUnder(path, withoutRest(one.path)) || (isCatchAll(one.path) && shadows(one.path, true, path)));
      const meets = (path: string): boolean => covers(path) || pattern.paths.some((one) => isUnder(withoutRest(one.path), path) || shadows(path, subtree, one.path));
      if (pattern.blocked === undefined && !paths.some(({ path }) => meets(path))) return [];
      return [{ kind, at, call, certain: pattern.blocked === undefined && pattern.paths.length === 1 && paths.length > 0 && paths.every(({ path }) => covers(path)) }];
    });
  }
}

/** One app, made by several programs in the same way, counts once. */
function withoutCopies(mounts: readonly Mount[]): readonly Mount[] {
  const apps = new Map<string, Mount[]>();
  for (const mount of mounts) apps.set(mount.app, [...(apps.get(mount.app) ?? []), mount]);
  const seen = new Set<string>();
  return [...apps].flatMap(([app, own]) => {
    const signature = JSON.stringify([
      app.slice(0, app.indexOf("@")),
      own.map(({ file, call, paths, blocked, hooks }) => [file, call.expression.span, paths.map(({ path }) => path), blocked?.at.span, hooks.map(({ at }) => [at.file, at.expression.span])]),
    ]);
    if (seen.has(signature)) return [];
    seen.add(signature);
    return own;
  });
}

function within(way: Way, { parent, child, slot, seq, through }: Attach): Way {
  return {
    root: way.root,
    slots: [...way.slots, ...parent.base.slots, ...parent.slots, ...(slot === undefined ? [] : [slot]), ...child.slots],
    key: [...way.key, seq],
    hooks: [...way.hooks, ...inScope(parent.scope, seq, parent.base.framework === "fastify")],
    through: [...way.through, ...through],
  };
}

/** The hooks of a scope and those around it that run for what is registered at a moment. */
function inScope(scope: Scope, seq: number, always: boolean): readonly HookRecord[] {
  const outer = scope.parent === undefined ? [] : inScope(scope.parent, seq, always);
  return [...outer, ...scope.hooks.filter((hook) => always || hook.seq < seq)];
}

/** The pattern up to its catch-all. */
function withoutRest(path: string): string {
  return isCatchAll(path) ? normalPath(path.slice(0, path.search(/\/(?:\*|\{\*|\(\.\*\)|:\w+[*+{(])/u))) : path;
}

function stepAt({ file, expression }: Located, note: string): Step {
  return { file, span: expression.span, note };
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? -1) - (b[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
