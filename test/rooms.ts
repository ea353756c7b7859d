import type { ModuleBody, Expression } from "../src/facts/expression.js";
import type { ImportFact, SourceFacts } from "../src/facts/facts.js";
import { joinPath, parentOf, type Path } from "../src/files/path.js";

/** What the modules of one room may read. */
interface Room {
  /** Rooms beside its own; `type:x` for one of which only types are read. */
  readonly rooms: readonly string[];
  /** Packages, Node's own with `node:`. */
  readonly packages: readonly string[];
}

/** Which room may read which room and which package: the rooms stand in the order in which data walks through them. */
export const ROOMS: Readonly<Record<string, Room>> = {
  files: { rooms: [], packages: ["node:buffer", "node:crypto", "node:fs", "node:path", "node:zlib", "ignore"] },
  history: { rooms: ["files"], packages: ["node:child_process"] },
  facts: { rooms: ["files"], packages: ["ts-morph", "jsonc-parser", "yaml"] },
  policy: { rooms: ["files", "facts"], packages: ["zod", "fastest-levenshtein", "minimatch"] },
  workspace: { rooms: ["files", "facts", "policy"], packages: ["resolve.exports", "semver"] },
  rule: { rooms: ["files", "facts", "policy", "workspace"], packages: [] },
  check: { rooms: ["files", "history", "facts", "policy", "workspace", "rule"], packages: [] },
  reporters: { rooms: ["files", "workspace", "rule", "check"], packages: ["node:util"] },
  rules: { rooms: ["files", "facts", "policy", "workspace", "rule"], packages: [] },
  pipeline: { rooms: ["files", "history", "facts", "policy", "workspace", "rule", "check", "reporters", "rules"], packages: [] },
  eslint: {
    rooms: ["files", "facts", "policy", "workspace", "rule", "check", "pipeline"],
    packages: ["eslint", "@eslint/json", "@typescript-eslint/parser", "@typescript-eslint/utils"],
  },
  cli: { rooms: ["files", "history", "policy", "workspace", "rule", "rules", "check", "reporters", "pipeline"], packages: ["node:module", "commander"] },
  entry: { rooms: ["reporters", "rules", "pipeline", "eslint", "type:rule"], packages: [] },
};

/** Modules that stand in no folder of their own. */
const LONE: Readonly<Record<string, string>> = { "src/run.ts": "pipeline", "src/open.ts": "pipeline", "src/changed.ts": "pipeline", "src/cache.ts": "pipeline", "src/cached-facts.ts": "pipeline", "src/today.ts": "pipeline", "src/past.ts": "pipeline", "src/kept-runs.ts": "pipeline", "src/shared-facts.ts": "pipeline", "src/write-facts.ts": "pipeline", "src/index.ts": "entry" };

/** Packages that one module opens for its whole room. */
const DOORS: Readonly<Record<string, string>> = { "ts-morph": "src/facts/compiler.cjs" };

/** Names that any code could read, and the only rooms that do. */
const GLOBALS: Readonly<Record<string, readonly string[]>> = {
  process: ["cli"],
  globalThis: [],
};

/** Where mutable state may live: the editor's session. */
const STATEFUL: ReadonlySet<string> = new Set(["src/eslint/session.ts"]);

const VAGUE_FOLDERS: ReadonlySet<string> = new Set(["utils", "util", "common", "helpers", "types", "shared", "lib", "misc"]);

/** One module of ours with its facts. */
export interface OwnModule {
  readonly path: Path;
  readonly facts: SourceFacts;
  readonly body: ModuleBody;
}

/** The room that a path lies in; undefined outside all of them. */
export function roomOf(path: Path): string | undefined {
  const [top, folder, ...rest] = path.split("/");
  if (top === "rules") return "rules";
  if (top !== "src") return undefined;
  if (rest.length === 0) return LONE[path];
  return folder !== undefined && folder in ROOMS && !["rules", ...Object.values(LONE)].includes(folder) ? folder : undefined;
}

/** Everything about a module that the house does not allow, as sentences. */
export function breachesOf(module: OwnModule): string[] {
  const room = roomOf(module.path);
  if (room === undefined) return [`${module.path} is in no room`];
  const vague = module.path
    .split("/")
    .slice(0, -1)
    .filter((folder) => VAGUE_FOLDERS.has(folder));
  return [
    ...vague.map((folder) => `${module.path} is in a folder named ${folder}`),
    ...module.facts.imports.flatMap((fact) => importBreach(module.path, room, fact)),
    ...globalBreaches(module, room),
    ...(STATEFUL.has(module.path) ? [] : stateBreaches(module)),
  ];
}

/** The package that an import names; undefined for a path. */
export function packageOf(fact: ImportFact): string | undefined {
  if (fact.specifier.kind !== "string" || fact.specifier.value.startsWith(".")) return undefined;
  const [first = "", second = ""] = fact.specifier.value.split("/");
  return first.startsWith("@") ? `${first}/${second}` : first;
}

function importBreach(path: Path, room: string, fact: ImportFact): string[] {
  const allowed = ROOMS[room] ?? { rooms: [], packages: [] };
  if (fact.specifier.kind !== "string") return [`${path} imports something that cannot be read off`];
  const specifier = fact.specifier.value;
  const name = packageOf(fact);
  if (name !== undefined) {
    if (!allowed.packages.includes(name)) return [`${path} (${room}) imports the package ${name}`];
    return (DOORS[name] ?? path) === path ? [] : [`${path} imports ${name} past ${DOORS[name] ?? ""}`];
  }
  const target = joinPath(parentOf(path), specifier);
  const targetRoom = target === undefined ? undefined : roomOf(asSource(target));
  if (targetRoom === room || (target === "package.json" && room === "files")) return [];
  if (targetRoom === undefined) return [`${path} imports ${specifier}, which is in no room`];
  const typesOnly = allowed.rooms.includes(`type:${targetRoom}`);
  if (allowed.rooms.includes(targetRoom) || (typesOnly && fact.typeOnly)) return [];
  return [`${path} (${room}) imports ${specifier} (${targetRoom})${typesOnly ? " for more than types" : ""}`];
}

function asSource(path: Path): Path {
  return joinPath(parentOf(path), path.slice(path.lastIndexOf("/") + 1).replace(/\.js$/u, ".ts")) ?? path;
}

function globalBreaches({ path, facts, body }: OwnModule, room: string): string[] {
  const suspects = Object.keys(GLOBALS).filter((name) => facts.names.includes(name) && GLOBALS[name]?.includes(room) !== true);
  if (suspects.length === 0) return [];
  const read = new Set(expressionsIn(body).flatMap((expression) => (expression.kind === "global" ? [expression.name] : [])));
  return suspects.filter((name) => read.has(name)).map((name) => `${path} (${room}) reads the global ${name}`);
}

/** Module-level names that change: `let`, and constants whose value is changed through a method, an assignment or `delete`. */
function stateBreaches({ path, body }: OwnModule): string[] {
  const declared = body.bindings.filter((binding) => binding.function === 0 && (binding.kind === "let" || binding.kind === "var"));
  const changed = new Set(expressionsIn(body).flatMap((expression) => changedBinding(body, expression)));
  return [
    ...declared.map((binding) => `${path} declares the variable ${binding.name} at module level`),
    ...[...changed].map((name) => `${path} changes ${name}, which lives at module level`),
  ];
}

const CHANGING_METHODS: ReadonlySet<string> = new Set([
  "add",
  "clear",
  "copyWithin",
  "delete",
  "fill",
  "pop",
  "push",
  "reverse",
  "set",
  "shift",
  "sort",
  "splice",
  "unshift",
]);

/** The name of the module-level binding whose value an expression changes. */
function changedBinding(body: ModuleBody, expression: Expression): string[] {
  const changed = changedObject(expression);
  const root = changed === undefined ? undefined : rootOf(changed);
  if (root?.kind !== "reference") return [];
  const binding = body.bindings[root.binding];
  return binding?.function === 0 && binding.kind !== "let" && binding.kind !== "var" ? [binding.name] : [];
}

function changedObject(expression: Expression): Expression | undefined {
  if (expression.kind === "assign" && expression.target.kind === "member") return expression.target.object;
  if (expression.kind === "unary" && expression.operator === "delete" && expression.operand.kind === "member")
    return expression.operand.object;
  if (expression.kind !== "call") return undefined;
  const { callee } = expression;
  if (callee.kind === "member" && callee.key.kind === "string" && CHANGING_METHODS.has(callee.key.value)) return callee.object;
  return undefined;
}

function rootOf(expression: Expression): Expression {
  return expression.kind === "member" ? rootOf(expression.object) : expression;
}

const EXPRESSION_KINDS: ReadonlySet<unknown> = new Set(["global", "assign", "unary", "call"] satisfies Expression["kind"][]);

/** Every expression of the asked kinds, wherever it stands: facts are plain JSON, so looking at every value finds them all. */
function expressionsIn(value: unknown): Expression[] {
  const out: Expression[] = [];
  const visit = (at: unknown): void => {
    if (typeof at !== "object" || at === null) return;
    if (isExpression(at)) out.push(at);
    for (const inner of Object.values(at)) visit(inner);
  };
  visit(value);
  return out;
}

function isExpression(value: object): value is Expression {
  return "kind" in value && "span" in value && EXPRESSION_KINDS.has(value.kind);
}
