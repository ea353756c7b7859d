import { walk } from "../facts/cursor.js";
import type { Argument, BindingId, Expression, FunctionId, ModuleBody } from "../facts/expression.js";
import { joinPath, parentOf, type Path } from "../files/path.js";
import type { Located, Workspace } from "./workspace.js";

/** What is known of a module whose name is made at run time. */
export interface RuntimeLoad {
  /** It is a file's URL or path: code that loads files, no import. */
  readonly isFile: boolean;
  /** Where it is proven to lie, as a specifier of the importing file; `*` stands for what is not known. */
  readonly specifier?: string;
}

/** What the question asks of the workspace. */
type Ground = Pick<Workspace, "valueOf" | "originsOf" | "callersOf" | "body" | "exported" | "source" | "resolve">;

/** A file's URL or path made at run time; `place` where it is proven, `open` when only its beginning is. */
interface FilePath {
  readonly place?: Path;
  readonly open: boolean;
}

/** Functions of Node that make a path or a file's URL. */
const MAKES_PATH =
  /^(?:node:)?(?:url|path|path\/posix|path\/win32|fs|fs\/promises|process|os)#(?:(?:default|posix|win32|promises)\.)*(pathToFileURL|fileURLToPath|join|resolve|dirname|normalize|toNamespacedPath|realpath|realpathSync|mkdtemp|mkdtempSync|cwd|homedir|tmpdir)$/u;
const MAX_DEPTH = 12;
const unknownPlace: FilePath = { open: true };

/**
 * What is known of a specifier that cannot be evaluated.
 *
 * @param at the specifier
 * @returns undefined when nothing is
 */
export function runtimeLoad(ground: Ground, at: Located): RuntimeLoad | undefined {
  const path = pathOf(ground, at, MAX_DEPTH);
  if (path !== undefined) {
    return path.place === undefined ? { isFile: true } : { isFile: true, specifier: specifierTo(at.file, path.place) + (path.open ? "/*" : "") };
  }
  const start = beginning(ground, at);
  const folder = /^(?:\.{1,2}\/|@[^/]+\/[^/]+\/|[^@./][^/]*\/)(?:[^?]*\/)?/u.exec(start)?.[0];
  return folder === undefined ? undefined : { isFile: false, specifier: `${folder}*` };
}

function pathOf(ground: Ground, at: Located, depth: number): FilePath | undefined {
  if (depth === 0) return undefined;
  const node = at.expression;
  const of = (expression: Expression): FilePath | undefined => pathOf(ground, { ...at, expression }, depth - 1);
  switch (node.kind) {
    case "string":
      return /^(?:file:|\/)/u.test(node.value) ? unknownPlace : undefined;
    case "template":
      return node.tag === undefined ? continued(ground, at, node.parts, of) : undefined;
    case "binary":
      return node.operator === "+" ? continued(ground, at, [node.left, node.right], of) : undefined;
    case "conditional":
      return either(of(node.then), of(node.else));
    case "logical":
      return node.operator === "&&" ? of(node.right) : either(of(node.left), of(node.right));
    case "default":
      return either(of(node.operand), of(node.fallback));
    case "typed":
    case "await":
      return of(node.operand);
    case "global":
      return node.name === "__dirname" ? { place: parentOf(at.file), open: false } : node.name === "__filename" ? { place: at.file, open: false } : undefined;
    case "reference":
      return named(ground, at, node.binding, depth - 1);
    case "parameter":
      return passed(ground, at, node, depth - 1);
    case "member":
      return node.key.kind === "string" ? memberPath(at.file, node, node.key.value, of) : undefined;
    case "new":
      return node.callee.kind === "global" && node.callee.name === "URL" ? urlPath(ground, at, node.arguments, of) : undefined;
    case "call":
      return callPath(ground, at, node, of, depth - 1);
    default:
      return undefined;
  }
}

function either(a: FilePath | undefined, b: FilePath | undefined): FilePath | undefined {
  if (a === undefined || b === undefined) return undefined;
  return a.place === b.place ? a : unknownPlace;
}

/** A text that begins with a path. */
function continued(ground: Ground, at: Located, parts: readonly (string | Expression)[], of: (expression: Expression) => FilePath | undefined): FilePath | undefined {
  const [first, ...rest] = parts.filter((part) => part !== "");
  if (first === undefined) return undefined;
  if (typeof first === "string") return first.startsWith("file:") || first.startsWith("/") ? unknownPlace : undefined;
  const base = of(first);
  if (base?.place === undefined) return base;
  const texts = rest.map((part) => (typeof part === "string" ? part : textOf(ground, { ...at, expression: part })));
  return extended(base, texts);
}

/** A path with more text behind it, up to where the text is not known. */
function extended(base: FilePath, texts: readonly (string | undefined)[]): FilePath {
  const end = texts.indexOf(undefined);
  const known = (end < 0 ? texts : texts.slice(0, end)).join("");
  const query = known.search(/[?#]/u);
  const text = query < 0 ? known : known.slice(0, query);
  const isOpen = end >= 0 && query < 0;
  if (base.place === undefined || base.open) return base;
  const whole = isOpen ? text.slice(0, Math.max(0, text.lastIndexOf("/"))) : text;
  const place = whole === "" ? base.place : joinPath("" as Path, `${base.place}${whole}`);
  return place === undefined ? unknownPlace : { place, open: isOpen };
}

/** What a name holds: every value that it is given. */
function named(ground: Ground, at: Located, id: BindingId, depth: number): FilePath | undefined {
  const binding = ground.body(at.file)?.bindings[id];
  if (binding === undefined || depth <= 0) return undefined;
  if (binding.import !== undefined) {
    const specifier = ground.source(at.file)?.imports[binding.import.index]?.specifier;
    const to = specifier?.kind === "string" ? ground.resolve(at.file, specifier.value) : undefined;
    const exported = to?.kind === "file" ? ground.exported(to.path, binding.import.name) : undefined;
    return exported?.kind === "binding" ? named(ground, { file: exported.file, expression: at.expression }, exported.binding, depth - 1) : undefined;
  }
  const values = [...(binding.value === undefined ? [] : [binding.value]), ...binding.writes.flatMap((write) => (write.kind === "assign" ? [write.value] : []))];
  return allOf(values.filter(({ kind }) => kind !== "nothing").map((expression) => pathOf(ground, { file: at.file, expression }, depth)));
}

/** What the known callers pass. */
function passed(ground: Ground, at: Located, node: Extract<Expression, { kind: "parameter" }>, depth: number): FilePath | undefined {
  const given = ground.callersOf(at.file, node.function).map(({ file, expression }) => {
    const argument = expression.kind === "call" || expression.kind === "new" ? expression.arguments[node.index] : undefined;
    return argument === undefined || argument.spread ? undefined : pathOf(ground, { file, expression: argument.value }, depth);
  });
  return allOf(given);
}

function memberPath(file: Path, node: Extract<Expression, { kind: "member" }>, key: string, of: (expression: Expression) => FilePath | undefined): FilePath | undefined {
  if (node.object.kind === "import-meta") {
    const place = key === "url" || key === "filename" || key === "path" ? file : key === "dirname" || key === "dir" ? parentOf(file) : undefined;
    return place === undefined ? undefined : { place, open: false };
  }
  return key === "href" || key === "pathname" ? of(node.object) : undefined;
}

/** `new URL(relative, base)`, `new URL("file:…")`. */
function urlPath(ground: Ground, at: Located, [relative, base]: readonly Argument[], of: (expression: Expression) => FilePath | undefined): FilePath | undefined {
  if (relative === undefined) return undefined;
  if (base === undefined) return of(relative.value);
  const from = of(base.value);
  if (from?.place === undefined || from.open) return from;
  const start = beginning(ground, { ...at, expression: relative.value });
  const isWhole = textOf(ground, { ...at, expression: relative.value }) !== undefined;
  const place = joinPath(parentOf(from.place), isWhole ? start : start.slice(0, start.lastIndexOf("/") + 1));
  return place === undefined ? unknownPlace : { place, open: !isWhole };
}

function callPath(ground: Ground, at: Located, node: Extract<Expression, { kind: "call" }>, of: (expression: Expression) => FilePath | undefined, depth: number): FilePath | undefined {
  const { callee } = node;
  const [first, ...rest] = node.arguments;
  const method = callee.kind === "member" && callee.key.kind === "string" ? callee.key.value : undefined;
  if (callee.kind === "member" && (method === "toString" || method === "resolve") && callee.object.kind === "import-meta") return unknownPlace;
  // What `require.resolve` gives is a path; what it is asked for is an import of its own.
  if (method === "resolve" && ground.source(at.file)?.imports.some(({ form, span }) => form === "require" && span[0] === node.span[0] && span[1] === node.span[1]) === true) return unknownPlace;
  if (callee.kind === "member" && method === "toString") return of(callee.object);
  if (callee.kind === "global" && callee.name === "String" && first !== undefined) return of(first.value);
  const external = ground.originsOf({ ...at, expression: callee }).origins.find((origin) => origin.kind === "external");
  const made = external?.kind === "external" ? MAKES_PATH.exec(`${external.module}#${external.name}`) : null;
  if (made !== null) return madePath(ground, at, made[1] ?? "", first === undefined ? [] : [first, ...rest], of);
  const fn = ground.valueOf({ ...at, expression: callee });
  const functions = fn.kind === "known" ? fn.values.flatMap((value) => (value.kind === "function" ? [value] : [])) : [];
  return allOf(functions.flatMap(({ file, function: id }) => returnsOf(ground.body(file), id).map((expression) => pathOf(ground, { file, expression }, depth))));
}

/** What one of Node's functions makes of paths. */
function madePath(ground: Ground, at: Located, name: string, given: readonly Argument[], of: (expression: Expression) => FilePath | undefined): FilePath {
  const [first, ...rest] = given;
  const base = first === undefined || first.spread ? undefined : of(first.value);
  if (base?.place === undefined || base.open) return unknownPlace;
  if (name === "dirname") return { place: parentOf(base.place), open: false };
  if (name !== "join" && name !== "resolve") return base;
  const texts = rest.map(({ value, spread }) => (spread ? undefined : textOf(ground, { ...at, expression: value })));
  // An absolute part starts anew, at a place that nobody knows here.
  if (name === "resolve" && texts.some((text) => text?.startsWith("/") === true)) return unknownPlace;
  return extended(base, texts.map((text) => (text === undefined ? undefined : `/${text}`)));
}

function returnsOf(body: ModuleBody | undefined, fn: FunctionId): readonly Expression[] {
  if (body === undefined) return [];
  const found: Expression[] = [];
  for (const { of, node, function: home } of walk(body)) {
    if (of === "statement" && node.kind === "return" && home === fn && node.value !== undefined) found.push(node.value);
  }
  return found;
}

/** The text that an expression is; undefined when it can be another. */
function textOf(ground: Ground, at: Located): string | undefined {
  const value = ground.valueOf(at);
  const [only, second] = value.kind === "known" ? value.values : [];
  return only?.kind === "primitive" && second === undefined && only.value !== undefined && only.value !== null ? String(only.value) : undefined;
}

/** The text that an expression begins with. */
function beginning(ground: Ground, at: Located): string {
  const whole = textOf(ground, at);
  if (whole !== undefined) return whole;
  const { expression } = at;
  const parts = expression.kind === "template" && expression.tag === undefined ? expression.parts : expression.kind === "binary" && expression.operator === "+" ? [expression.left, expression.right] : [];
  let text = "";
  for (const part of parts) {
    const known = typeof part === "string" ? part : textOf(ground, { ...at, expression: part });
    if (known === undefined) return typeof part === "string" ? text : text + beginning(ground, { ...at, expression: part });
    text += known;
  }
  return text;
}

function allOf(paths: readonly (FilePath | undefined)[]): FilePath | undefined {
  const [first, ...rest] = paths;
  return rest.reduce((all, path) => either(all, path), first);
}

/** A path as a file of the workspace would import it. */
function specifierTo(from: Path, to: Path): string {
  const start = parentOf(from).split("/").filter((segment) => segment !== "");
  const end = to.split("/").filter((segment) => segment !== "");
  const shared = end.findIndex((segment, index) => segment !== start[index]);
  const common = shared < 0 ? Math.min(end.length, start.length) : Math.min(shared, start.length);
  return [...(common === start.length ? ["."] : start.slice(common).map(() => "..")), ...end.slice(common)].join("/");
}
