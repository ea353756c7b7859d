import type { Expression, FunctionId } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Located, Origin, Workspace } from "../workspace.js";

/** What finding factories asks of the workspace. */
export type FactoryAsk = Pick<Workspace, "body" | "originsOf" | "manifestModules" | "cursors">;

/** A function or class that the manifest builds its seams with. */
export interface Factory {
  readonly file: Path;
  /** Where it is made: tells factories apart. */
  readonly at: Located;
  readonly name: string;
  /** The manifest's call of it. */
  readonly calledAt: Located;
  /** Whether it makes anything; found when asked for, since it takes a look at all that it puts together. */
  makesSomething(): boolean;
}

/**
 * The functions of the workspace that the manifest calls to build what it offers, the manifest's own aside.
 *
 * @remarks What only wraps its argument makes nothing, and what gives a text or a number is no seam: hosts may use both.
 */
export function seamFactories(ask: FactoryAsk): readonly Factory[] {
  const found = new Map<string, Factory>();
  for (const file of ask.manifestModules) {
    for (const { of, node, parent } of ask.cursors(file)?.all ?? []) {
      if (of !== "expression" || (node.kind !== "call" && node.kind !== "new")) continue;
      if (parent?.of === "statement" && parent.node.kind === "expression") continue; // Its result is dropped.
      for (const made of madeBy(ask, { file, expression: node.callee })) {
        const key = identity(made);
        if (found.has(key) || ask.manifestModules.includes(made.file)) continue;
        const calledAt = { file, expression: node };
        found.set(key, { file: made.file, at: made, name: nameOf(ask, made, node.callee), calledAt, makesSomething: () => makesSomething(ask, made) });
      }
    }
  }
  return [...found.values()];
}

/** The factory among those given that a callee is, if it makes something. */
export function factoryCalled(ask: Pick<Workspace, "originsOf">, callee: Located, factories: ReadonlyMap<string, Factory>): Factory | undefined {
  return madeBy(ask, callee).map((made) => factories.get(identity(made))).find((factory) => factory?.makesSomething() === true);
}

/** Tells functions and classes apart. */
export function identity({ file, expression }: Located): string {
  return expression.kind === "function" ? `${file}#${String(expression.function)}` : `${file}:${String(expression.span[0])}`;
}

/** The functions and classes of the workspace that a callee can be. */
function madeBy(ask: Pick<Workspace, "originsOf">, callee: Located): readonly Located[] {
  return ask.originsOf(callee).origins.flatMap(({ kind, at }) => (kind === "literal" && (at.expression.kind === "function" || at.expression.kind === "class") ? [at] : []));
}

function makesSomething(ask: FactoryAsk, made: Located): boolean {
  if (made.expression.kind !== "function") return true;
  const fn = made.expression.function;
  const origins = returnsOf(ask, made.file, fn).flatMap((expression) => ask.originsOf({ file: made.file, expression }).origins);
  const results = origins.filter(({ kind }) => kind !== "typed");
  if (results.some(({ kind }) => kind === "call")) return true;
  const isWrapper = results.some((origin) => origin.kind === "parameter" && origin.function === fn && origin.at.file === made.file);
  const takes = (ask.body(made.file)?.functions[fn]?.parameters.length ?? 0) > 0;
  return !isWrapper && results.some((origin) => isComposite(origin, takes));
}

/** A function that is returned by one that takes something is what wraps it. */
function isComposite({ kind, at: { expression } }: Origin, takesSomething: boolean): boolean {
  if (kind !== "literal") return kind !== "parameter" && kind !== "unknown";
  return expression.kind === "object" || expression.kind === "array" || expression.kind === "class" || (expression.kind === "function" && !takesSomething);
}

function returnsOf(ask: FactoryAsk, file: Path, fn: FunctionId): readonly Expression[] {
  return (ask.cursors(file)?.all ?? []).flatMap((cursor) =>
    cursor.of === "statement" && cursor.function === fn && cursor.node.kind === "return" && cursor.node.value !== undefined ? [cursor.node.value] : [],
  );
}

function nameOf(ask: FactoryAsk, { file, expression }: Located, callee: Expression): string {
  const own = expression.kind === "function" ? ask.body(file)?.functions[expression.function]?.name : expression.kind === "class" ? expression.class.name : undefined;
  if (own !== undefined) return own;
  return callee.kind === "reference" ? callee.name : callee.kind === "member" && callee.key.kind === "string" ? callee.key.value : "a factory";
}
