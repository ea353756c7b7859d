import type { BindingId, Expression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Located, Workspace } from "../workspace.js";
import { isManifestType, type ProvenanceAsk } from "./provenance.js";

/** What looking for the manifest behind a value asks of the workspace. */
export type ReachAsk = ProvenanceAsk & Pick<Workspace, "cursors" | "callersOf">;

/** More pieces than this are looked at for no value. */
const MAX_PIECES = 6000;

/**
 * Whether anything that a value is put together from is the manifest's.
 *
 * @remarks Coarser than origins: every piece of every expression on the way counts, callbacks and what is pushed into a list too. It tells
 * whether a host that realises declarations starts from the manifest's, not what it makes of them.
 */
export function reachesManifest(ask: ReachAsk, start: Located): boolean {
  const queue: Located[] = [start];
  const seen = new Set<string>();
  for (const at of queue) {
    if (ask.manifestModules.includes(at.file)) return true;
    const place = `${at.file} ${at.expression.kind} ${at.expression.span.join(":")}`;
    if (seen.has(place)) continue;
    seen.add(place);
    if (seen.size > MAX_PIECES) return false;
    const next = pieces(ask, at);
    if (next === "manifest") return true;
    queue.push(...next);
  }
  return false;
}

/**
 * What a value is put together from, one step back; nothing where the manifest is reached.
 *
 * @remarks Finer than {@link reachesManifest}: declared types tell nothing here, nor what a callback is called with.
 */
export function behind(ask: ReachAsk, at: Located): readonly Located[] {
  const next = pieces(ask, at, false);
  return next === "manifest" ? [] : next;
}

function pieces(ask: ReachAsk, at: Located, isCoarse = true): readonly Located[] | "manifest" {
  const { file, expression } = at;
  const inside = (one: Expression): Located => ({ file, expression: one });
  if (expression.kind === "reference") return behindName(ask, file, expression.binding, isCoarse);
  if (expression.kind === "parameter") return behindParameter(ask, file, expression.function, expression.index, isCoarse);
  if (expression.kind === "function") return returnedBy(ask, file, expression.function);
  if (isCoarse && expression.kind === "typed" && expression.type !== undefined && isManifestType(ask, { file, type: expression.type })) return "manifest";
  return piecesOf(expression).map(inside);
}

function behindName(ask: ReachAsk, file: Path, id: BindingId, isCoarse: boolean): readonly Located[] | "manifest" {
  const binding = ask.body(file)?.bindings[id];
  if (binding === undefined) return [];
  if (binding.import !== undefined) {
    const specifier = ask.source(file)?.imports[binding.import.index]?.specifier;
    const to = specifier?.kind === "string" ? ask.resolve(file, specifier.value) : undefined;
    if (to?.kind !== "file" || ask.isTest(to.path)) return [];
    if (ask.manifestModules.includes(to.path)) return "manifest";
    const exported = ask.exported(to.path, binding.import.name);
    return exported.kind === "binding" ? behindName(ask, exported.file, exported.binding, isCoarse) : [];
  }
  if (ask.manifestModules.includes(file)) return "manifest";
  const isValue = binding.kind !== "type" && binding.kind !== "interface";
  if (isCoarse && isValue && binding.type !== undefined && isManifestType(ask, { file, type: binding.type })) return "manifest";
  const given = binding.value === undefined ? binding.writes : [binding.value, ...binding.writes];
  return [...given, ...putInto(ask, file, id)].map((expression) => ({ file, expression }));
}

/** What methods of a constant are given: `list.push(item)`, `map.set(key, value)`. */
function putInto(ask: ReachAsk, file: Path, id: BindingId): readonly Expression[] {
  return (ask.cursors(file)?.references(id) ?? []).flatMap(({ parent }) => {
    const call = parent?.of === "expression" && parent.node.kind === "member" ? parent.parent : undefined;
    if (call?.of !== "expression" || call.node.kind !== "call" || call.node.callee !== parent?.node) return [];
    return call.parent?.of === "statement" ? call.node.arguments.map(({ value }) => value) : [];
  });
}

function behindParameter(ask: ReachAsk, file: Path, fn: number, index: number, isCoarse: boolean): readonly Located[] | "manifest" {
  const type = ask.body(file)?.functions[fn]?.parameters[index]?.type;
  if (isCoarse && type !== undefined && isManifestType(ask, { file, type })) return "manifest";
  const passed = ask.callersOf(file, fn).flatMap((caller): readonly Located[] => {
    const { expression } = caller;
    if (ask.isTest(caller.file) || (expression.kind !== "call" && expression.kind !== "new")) return [];
    const known = expression.arguments.some(({ spread }) => spread) ? expression.arguments : expression.arguments.slice(index, index + 1);
    return known.map(({ value }) => ({ file: caller.file, expression: value }));
  });
  if (!isCoarse) return passed;
  // A callback is given parts of what the call that takes it works on.
  const site = ask.cursors(file)?.functionSite(fn)?.parent;
  const around = site?.of === "expression" && site.node.kind === "call" ? site.node : undefined;
  const worked = around === undefined ? [] : [around.callee, ...around.arguments.map(({ value }) => value)];
  const others = worked.filter((one) => one.kind !== "function" || one.function !== fn);
  return [...passed, ...others.map((expression) => ({ file, expression }))];
}

function returnedBy(ask: ReachAsk, file: Path, fn: number): readonly Located[] {
  return (ask.cursors(file)?.all ?? []).flatMap((cursor) => {
    if (cursor.function !== fn) return [];
    if (cursor.of === "statement" && cursor.node.kind === "return" && cursor.node.value !== undefined) return [{ file, expression: cursor.node.value }];
    return cursor.of === "expression" && cursor.node.kind === "yield" && cursor.node.operand !== undefined ? [{ file, expression: cursor.node.operand }] : [];
  });
}

/** The expressions directly inside another, its types aside. */
function piecesOf(expression: Expression): readonly Expression[] {
  return Object.entries(expression).flatMap(([name, value]) => (name === "type" || name === "typeArguments" || name === "span" ? [] : expressionsIn(value)));
}

function expressionsIn(value: unknown): readonly Expression[] {
  if (Array.isArray(value)) return value.flatMap(expressionsIn);
  if (typeof value !== "object" || value === null) return [];
  return isExpression(value) ? [value] : Object.values(value).flatMap(expressionsIn);
}

/** Whether a piece of facts is an expression; an entry of an object literal has a kind as well, and no span. */
function isExpression(value: object): value is Expression {
  return "kind" in value && "span" in value;
}
