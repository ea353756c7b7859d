import type { Cursor } from "../../facts/cursor.js";
import type { Path } from "../../files/path.js";
import { spellsOne } from "../facets.js";
import type { Located, Workspace } from "../workspace.js";
import { manifestObjects, membersAt, objectsAt, type TreeAsk } from "./manifest-tree.js";

/** What finding the reads of a seam asks of the workspace. */
export type ReadsAsk = TreeAsk & Pick<Workspace, "policy" | "paths" | "source" | "facet" | "resolve" | "isTest" | "matches" | "manifestModules" | "importersOf">;

/** A place outside the manifest where a seam is read. */
export interface SeamRead {
  readonly at: Located;
  /** Nothing is done with what is read: `void seam`, a comma, a name that nobody uses, a log line. */
  readonly sham: boolean;
  /** It goes somewhere as a whole, not only for one of its members. */
  readonly whole: boolean;
}

/** A seam that is read for show: there is something in it, and nothing that is read of it is used. */
export interface ShamSeam {
  readonly seam: string;
  readonly reads: readonly Located[];
}

/** The seams that policy names and that code only pretends to use. */
export function shamSeams(ask: ReadsAsk): readonly ShamSeam[] {
  return ask.policy.composition.seams.flatMap((seam): readonly ShamSeam[] => {
    if (membersAt(ask, seam).every(({ value }) => isEmpty(ask, value))) return [];
    const reads = readsOf(ask, seam);
    if (reads.length === 0 || reads.some(({ sham }) => !sham)) return [];
    const keys = seam.split(".");
    // Who is given the manifest, or a part of it that holds the seam, may use it out of sight.
    const isPassedOn = keys.slice(1).some((_, index) => readsOf(ask, keys.slice(0, index + 1).join(".")).some(({ whole }) => whole)) || isGivenAway(ask, keys[0] ?? seam);
    return isPassedOn ? [] : [{ seam, reads: reads.map(({ at }) => at) }];
  });
}

function isEmpty(ask: ReadsAsk, value: Located): boolean {
  if (value.expression.kind === "nothing") return true;
  const { origins } = ask.originsOf(value);
  return origins.length > 0 && origins.every(({ at: { expression } }) => (expression.kind === "object" && expression.entries.length === 0) || (expression.kind === "array" && expression.items.length === 0));
}

/** Whether the manifest's value as a whole goes anywhere. */
function isGivenAway(ask: ReadsAsk, key: string): boolean {
  return readers(ask, key).some((file) => {
    const imports = ask.source(file)?.imports ?? [];
    return (ask.body(file)?.bindings ?? []).some((binding, id) => {
      const specifier = binding.import === undefined ? undefined : imports[binding.import.index]?.specifier;
      const to = specifier?.kind === "string" ? ask.resolve(file, specifier.value) : undefined;
      if (to?.kind !== "file" || !ask.manifestModules.includes(to.path) || binding.import?.name === "*") return false;
      return (ask.cursors(file)?.references(id) ?? []).some((cursor) => isUsed(ask, file, cursor, REACH, true));
    });
  });
}

/** Where code of the workspace reads a seam of the manifest, tests aside. */
export function readsOf(ask: ReadsAsk, seam: string): readonly SeamRead[] {
  const keys = seam.split(".");
  const key = keys.at(-1) ?? seam;
  const parent = keys.slice(0, -1).join(".");
  const containers = parent === "" ? manifestObjects(ask) : membersAt(ask, parent).flatMap(({ value }) => objectsAt(ask, value));
  const known = new Set(containers.map(placeOf));
  return readers(ask, key).flatMap((file) =>
    (ask.cursors(file)?.all ?? []).flatMap((cursor): readonly SeamRead[] => {
      if (cursor.of !== "expression" || cursor.node.kind !== "member" || cursor.node.key.kind !== "string" || cursor.node.key.value !== key) return [];
      const { origins } = ask.originsOf({ file, expression: cursor.node.object });
      if (!origins.some((origin) => origin.kind === "literal" && known.has(placeOf(origin.at)))) return [];
      return [{ at: { file, expression: cursor.node }, sham: !isUsed(ask, file, cursor, REACH), whole: isUsed(ask, file, cursor, REACH, true) }];
    }),
  );
}

const REACH = 12;

/** Files that could read it: hosts, entries, and what imports the manifest. */
function readers(ask: ReadsAsk, key: string): readonly Path[] {
  const importers = new Set(ask.manifestModules.flatMap((module) => ask.importersOf(module).map(({ from }) => from)));
  const { host, manifest } = ask.policy.layout;
  const spellsKey = spellsOne([key]);
  return ask.paths.filter((path) => {
    if (ask.facet(path, spellsKey) !== true || ask.isTest(path) || ask.manifestModules.includes(path)) return false;
    return importers.has(path) || ask.matches(path, host) || ask.matches(path, manifest.entries);
  });
}

function placeOf({ file, expression }: Located): string {
  return `${file} ${expression.span.join(":")}`;
}

/** Whether anything is done with the value of an expression; `whole`: with more than one of its members. */
function isUsed(ask: ReadsAsk, file: Path, cursor: Cursor, reach: number, whole = false): boolean {
  const { parent } = cursor;
  if (parent === undefined || reach === 0) return true;
  if (parent.of === "statement") {
    if (parent.node.kind === "expression") return false;
    if (parent.node.kind === "declare") return isNameUsed(ask, file, parent.node.binding, reach, whole);
    // Whether there is something is asked of many things that nobody uses.
    return parent.node.kind !== "if";
  }
  if (parent.of !== "expression") return true;
  const up = (): boolean => isUsed(ask, file, parent, reach - 1, whole);
  const { node } = parent;
  switch (node.kind) {
    case "nothing":
    case "unary":
      return false;
    case "binary":
      return node.operator === "+" && up();
    case "sequence":
      return node.items.at(-1) === cursor.node && up();
    case "conditional":
      return cursor.role !== "test" && up();
    case "logical":
      return !(node.operator === "&&" && node.left === cursor.node) && up();
    case "member":
      return !whole && up();
    case "typed":
    case "await":
    case "default":
    case "object":
    case "array":
    case "element":
    case "rest":
    case "template":
      return up();
    case "call":
    case "new":
      if (node.callee === cursor.node) return up();
      return !isLog(node.callee) && isTaken(ask, file, node, cursor, reach, whole);
    default:
      return true;
  }
}

function isNameUsed(ask: ReadsAsk, file: Path, binding: number, reach: number, whole: boolean): boolean {
  const name = ask.body(file)?.bindings[binding];
  const isExported = name?.function === 0 && ask.source(file)?.exports.some(({ local }) => local === name.name) === true;
  return isExported || (ask.cursors(file)?.references(binding) ?? []).some((reference) => isUsed(ask, file, reference, reach - 1, whole));
}

/** `console.log(seam)` tells of it and uses nothing. */
function isLog(callee: Extract<Cursor, { of: "expression" }>["node"]): boolean {
  return callee.kind === "member" && callee.object.kind === "global" && callee.object.name === "console";
}

/** Whether a function of the workspace does anything with an argument; of others that is taken for granted. */
function isTaken(ask: ReadsAsk, file: Path, call: Extract<Located["expression"], { kind: "call" | "new" }>, cursor: Cursor, reach: number, whole: boolean): boolean {
  const index = call.arguments.findIndex(({ value }) => value === cursor.node);
  const functions = ask.originsOf({ file, expression: call.callee }).origins.flatMap((origin) =>
    origin.kind === "literal" && origin.at.expression.kind === "function" ? [{ file: origin.at.file, function: origin.at.expression.function }] : [],
  );
  if (functions.length === 0 || index < 0 || call.arguments.some(({ spread }) => spread)) return true;
  return functions.some((fn) => {
    const parameters = ask.body(fn.file)?.functions[fn.function]?.parameters ?? [];
    const parameter = parameters[index] ?? parameters.find(({ rest }) => rest);
    if (parameter === undefined) return false;
    // A pattern takes it apart into names of its own.
    return parameter.binding === undefined || isNameUsed(ask, fn.file, parameter.binding, reach, whole);
  });
}
