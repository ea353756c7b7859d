import type { Cursor } from "../../facts/cursor.js";
import type { Expression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Located, Workspace } from "../workspace.js";

/** What judging a declaration asks of the workspace. */
export type ImpurityAsk = Pick<Workspace, "policy" | "body" | "source" | "cursors" | "originsOf" | "manifestModules" | "ownerOf">;

/** Something that a module does, though it should only declare. */
export interface Impurity {
  readonly at: Located;
  /** In words that follow "the manifest": `constructs Map`, `reads process.env`. */
  readonly does: string;
}

/** The language's own functions that only look or rearrange. */
const PURE = /^(?:Object\.(?:freeze|entries|keys|values|fromEntries|assign)|Array\.(?:from|of|isArray)|String|Number|Boolean|Symbol|Symbol\.for|structuredClone)$/u;
const ENVIRONMENT: ReadonlySet<string> = new Set(["process", "Bun", "Deno", "window", "document", "localStorage"]);
const REARRANGES = /^(?:map|filter|flatMap|concat|slice|join|flat|toSorted|at|find|some|every|includes|reduce)$/u;

/** Everything in the manifest's modules that is more than a declaration. */
export function impurities(ask: ImpurityAsk): readonly Impurity[] {
  return ask.manifestModules.flatMap((file) => [...mutableState(ask, file), ...(ask.cursors(file)?.all ?? []).flatMap((cursor) => ofCursor(ask, file, cursor))]);
}

function* mutableState(ask: ImpurityAsk, file: Path): Generator<Impurity> {
  for (const { name, kind, function: fn, span, writes } of ask.body(file)?.bindings ?? []) {
    if (fn !== 0 || (kind !== "let" && kind !== "var") || (kind === "var" && writes.length === 0)) continue;
    yield { at: { file, expression: { kind: "global", name, span } }, does: `keeps mutable state in \`${name}\`` };
  }
}

function ofCursor(ask: ImpurityAsk, file: Path, cursor: Cursor): readonly Impurity[] {
  if (cursor.of !== "expression" || isInType(cursor)) return [];
  const { node } = cursor;
  const impure = (does: string): readonly Impurity[] => [{ at: { file, expression: node }, does }];
  switch (node.kind) {
    case "new":
      return impure(`constructs \`${nameOf(node.callee)}\``);
    case "reference":
      return isEnvironmentModule(ask, file, node.binding) ? impure(`reads \`${node.name}\``) : [];
    case "member":
      return node.object.kind === "global" && node.object.name === "globalThis" && node.key.kind === "string" && ENVIRONMENT.has(node.key.value) ? impure(`reads \`${node.key.value}\``) : [];
    case "assign": {
      const kept = node.target.kind === "member" && cursor.function !== 0 ? rootOf(node.target) : undefined;
      const isKept = kept?.kind === "reference" && ask.body(file)?.bindings[kept.binding]?.function === 0;
      return isKept ? impure(`keeps mutable state in \`${kept.name}\``) : [];
    }
    case "global":
      return ENVIRONMENT.has(node.name) ? impure(`reads \`${node.name}\``) : [];
    case "import-meta":
      return impure("reads `import.meta`");
    case "await":
      return impure("waits for something");
    case "import":
      return impure("loads a module when it runs");
    case "call":
      return isDeclaring(ask, { file, expression: node }, 3) ? [] : impure(`calls \`${nameOf(node.callee)}\``);
    default:
      return [];
  }
}

/** `process` can be imported as well. */
function isEnvironmentModule(ask: ImpurityAsk, file: Path, id: number): boolean {
  const from = ask.body(file)?.bindings[id]?.import;
  const specifier = from === undefined ? undefined : ask.source(file)?.imports[from.index]?.specifier;
  return specifier?.kind === "string" && /^(?:node:)?process$/u.test(specifier.value);
}

function rootOf(expression: Expression): Expression {
  return expression.kind === "member" ? rootOf(expression.object) : expression;
}

function isInType(cursor: Cursor): boolean {
  for (let at = cursor.parent; at !== undefined; at = at.parent) if (at.of === "type") return true;
  return false;
}

function nameOf(callee: Expression): string {
  if (callee.kind === "reference" || callee.kind === "global") return callee.name;
  if (callee.kind === "member" && callee.key.kind === "string") return `${callee.object.kind === "reference" || callee.object.kind === "global" ? `${callee.object.name}.` : ""}${callee.key.value}`;
  return "a function";
}

/** Whether a call only declares: a plugin's factory, the manifest's own function, or a function of the workspace that does nothing else. */
function isDeclaring(ask: ImpurityAsk, at: Located, reach: number): boolean {
  const { file, expression } = at;
  if (expression.kind !== "call") return false;
  const { callee } = expression;
  const name = nameOf(callee);
  if (callee.kind === "global" || (callee.kind === "member" && callee.object.kind === "global")) return PURE.test(name);
  if (callee.kind === "member" && callee.key.kind === "string" && REARRANGES.test(callee.key.value)) return true;
  const functions = ask.originsOf({ file, expression: callee }).origins.filter(({ kind }) => kind !== "typed");
  if (functions.length === 0) return false;
  return functions.every((origin) => {
    const owner = ask.ownerOf(origin.at.file);
    // What a plugin does when it is registered is the plugin's own business.
    if (owner?.plugin !== undefined && origin.kind !== "unknown") return true;
    if (origin.kind !== "literal" || origin.at.expression.kind !== "function") return false;
    return ask.manifestModules.includes(origin.at.file) || (reach > 0 && isPure(ask, origin.at.file, origin.at.expression.function, reach));
  });
}

/** Whether a function of a package constructs nothing, reads nothing from outside and calls only such functions. */
function isPure(ask: ImpurityAsk, file: Path, fn: number, reach: number): boolean {
  return (ask.cursors(file)?.all ?? []).every((cursor) => {
    if (cursor.function !== fn || cursor.of !== "expression") return true;
    const { node } = cursor;
    if (node.kind === "new") return node.callee.kind === "global" && /^(?:Map|Set|Error|TypeError|RangeError)$/u.test(node.callee.name);
    if (node.kind === "global") return !ENVIRONMENT.has(node.name) && node.name !== "fetch";
    return node.kind !== "call" || isDeclaring(ask, { file, expression: node }, reach - 1);
  });
}
