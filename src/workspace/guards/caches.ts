import type { Expression, ModuleBody } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Located } from "../workspace.js";
import { strongest } from "./claims.js";
import type { Machine } from "./machine.js";
import type { Scope } from "./scope.js";
import { State } from "./state.js";
import { constant, either, some, under, type AbstractValue } from "./values.js";

/**
 * What a cache gives: nothing, or what the same code put there.
 *
 * Runs are repeated until what caches hold no longer changes.
 */
export function cellOf(machine: Machine, at: Located, callee: Extract<Expression, { kind: "member" }>, method: string | undefined, passed: readonly AbstractValue[], scope: Scope | undefined, state: State): AbstractValue | undefined {
  if ((method !== "get" && method !== "set") || scope === undefined || passed.length !== (method === "get" ? 1 : 2)) return undefined;
  const name = `${at.file} ${placeless(callee.object)}`;
  if (!isCache(machine, at.file, callee.object)) return undefined;
  machine.cellsTouched += 1;
  if (method === "set") {
    const value = passed[1] ?? constant(at, undefined);
    const put = under(value, state.claim);
    const known = machine.cells.get(name);
    const next = known === undefined ? put : either([known, put]);
    if (known === undefined || weightOf(next) !== weightOf(known)) {
      machine.cells.set(name, next);
      machine.cellsChanged = true;
    }
    return some(at);
  }
  const held = machine.cells.get(name);
  return held === undefined ? constant(at, undefined) : either([held, constant(at, undefined)]);
}

/** Whether code of this file puts something into the collection: then it is a cache of the file's own. */
function isCache(machine: Machine, file: Path, object: Expression): boolean {
  const body = machine.ask.body(file);
  if (body === undefined || !/^(?:reference|member|this)$/u.test(object.kind)) return false;
  return setsOf(machine, file, body).has(placeless(object));
}

function setsOf(machine: Machine, file: Path, body: ModuleBody): ReadonlySet<string> {
  const { setsByFile } = machine.options;
  const known = setsByFile.get(file);
  if (known !== undefined) return known;
  const found = new Set<string>();
  if (machine.ask.source(file)?.names.includes("set") === true) collectSets(body, found);
  setsByFile.set(file, found);
  return found;
}

/** Tells whether what a cache holds has become more, or less decided. */
function weightOf({ alternatives, labels }: AbstractValue): string {
  return `${String(labels)} ${alternatives.map(({ claim }) => strongest(claim)?.level ?? 0).join(" ")}`;
}

/** An expression without its places: the same for the same spelling of the same names. */
function placeless(node: Expression): string {
  switch (node.kind) {
    case "reference":
      return `r${String(node.binding)}`;
    case "this":
      return "this";
    case "member":
      return `${placeless(node.object)}.${node.key.kind === "string" ? node.key.value : "?"}`;
    case "typed":
      return placeless(node.operand);
    default:
      return `${node.kind}${node.span.join("-")}`;
  }
}

function collectSets(body: ModuleBody, found: Set<string>): void {
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (isSetCall(value)) found.add(placeless(value.callee.object));
    for (const child of Object.values(value)) visit(child);
  };
  visit(body.functions);
  visit(body.bindings);
}

function isSetCall(value: object): value is { callee: Extract<Expression, { kind: "member" }> } {
  if (!("kind" in value) || value.kind !== "call" || !("callee" in value)) return false;
  const { callee } = value;
  if (typeof callee !== "object" || callee === null || !("kind" in callee) || callee.kind !== "member" || !("key" in callee)) return false;
  const { key } = callee;
  return typeof key === "object" && key !== null && "kind" in key && key.kind === "string" && "value" in key && key.value === "set";
}
