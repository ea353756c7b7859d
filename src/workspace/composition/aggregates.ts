import type { BindingId, Expression, Span } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import { calledName } from "../holders.js";
import type { Located, Plugin, Resolution, Workspace } from "../workspace.js";
import { capabilityOf } from "./capability.js";

/** What finding aggregates asks of the workspace. */
export type AggregateAsk = Pick<
  Workspace,
  | "policy" | "paths" | "plugins" | "source" | "json" | "body" | "cursors" | "manifest" | "manifestModules" | "isJudged"
  | "linksOf" | "resolve" | "projectOf" | "ownerOf" | "originsOf" | "exported"
>;

/** A value that puts capabilities together. */
export interface Aggregate {
  readonly kind: "aggregate";
  readonly file: Path;
  readonly span: Span;
  readonly plugins: readonly Plugin[];
}

/** More pieces than this are looked into for no value. */
const MAX_PIECES = 60;

/** Values outside plugins, tests and the manifest that put together what two or more plugins with a capability of the server offer. */
export function* aggregates(ask: AggregateAsk): Generator<Aggregate> {
  const registered = new Set(ask.manifestModules.flatMap((path) => ask.linksOf(path).flatMap(({ to }) => pluginAt(ask, to)?.kind ?? [])));
  const served = ask.plugins.filter(({ kind }) => registered.has(kind) || /^(?:api|workflows|schedules)$/u.test(kind));
  if (served.length < 2) return;
  const isServed = new Set(served.map(({ folder }) => folder));
  for (const file of ask.paths) {
    if (!ask.isJudged(file) || ask.manifestModules.includes(file)) continue;
    if (ask.ownerOf(file)?.plugin !== undefined) continue;
    const plugins = [...pluginsTaken(ask, file)].filter((folder) => isServed.has(folder));
    if (plugins.length > 1) yield* aggregatesIn(ask, file, served);
  }
}

/** The plugins that a file takes something of, itself or through a module that it imports. */
function pluginsTaken(ask: AggregateAsk, file: Path, reach = 1): ReadonlySet<Path> {
  const folders = new Set<Path>();
  for (const { typeOnly, to } of ask.linksOf(file)) {
    if (typeOnly) continue;
    const plugin = pluginAt(ask, to);
    if (plugin !== undefined) folders.add(plugin.folder);
    else if (reach > 0 && to.kind === "file" && ask.isJudged(to.path) && !ask.manifestModules.includes(to.path)) for (const folder of pluginsTaken(ask, to.path, reach - 1)) folders.add(folder);
  }
  return folders;
}

/** The plugin that a specifier leads into, be the file there or not. */
function pluginAt(ask: AggregateAsk, to: Resolution): Plugin | undefined {
  const path = to.kind === "file" ? to.path : to.kind === "missing" ? to.looked[0] : undefined;
  return path === undefined ? undefined : ask.ownerOf(path)?.plugin;
}

function* aggregatesIn(ask: AggregateAsk, file: Path, served: readonly Plugin[]): Generator<Aggregate> {
  const found: Span[] = [];
  for (const { span, parts } of puttingsTogether(ask, file)) {
    if (parts.length < 2 || found.some(([start, end]) => start <= span[0] && span[1] <= end)) continue;
    const sources = parts.map((part) => pluginsIn(ask, { file, expression: part }, served, 3));
    const capabilities = new Map(sources.flat().map((plugin) => [capabilityOf(ask, plugin), plugin]));
    if (capabilities.size < 2 || sources.filter((one) => one.length > 0).length < 2) continue;
    found.push(span);
    yield { kind: "aggregate", file, span, plugins: [...capabilities.values()] };
  }
  yield* reexported(ask, file, served);
}

/** A module that exports again what two plugins offer is what they are put together in. */
function* reexported(ask: AggregateAsk, file: Path, served: readonly Plugin[]): Generator<Aggregate> {
  const facts = ask.source(file);
  const again = (facts?.exports ?? []).flatMap(({ from, typeOnly, span }) => {
    const fact = from === undefined ? undefined : facts?.imports[from.import];
    if (from === undefined || fact === undefined || typeOnly || fact.typeOnly || fact.specifier.kind !== "string") return [];
    const plugin = pluginExporting(ask, file, fact.specifier.value, from.name, served);
    return plugin === undefined ? [] : [{ plugin, span }];
  });
  const plugins = new Map(again.map(({ plugin }) => [capabilityOf(ask, plugin), plugin]));
  const [first] = again;
  if (first !== undefined && plugins.size > 1) yield { kind: "aggregate", file, span: first.span, plugins: [...plugins.values()] };
}

/** The plugin that a module exports a value of, contracts aside. */
function pluginExporting(ask: AggregateAsk, from: Path, specifier: string, name: string, served: readonly Plugin[]): Plugin | undefined {
  const to = ask.resolve(from, specifier);
  const plugin = pluginAt(ask, to);
  if (plugin === undefined || !served.some(({ folder }) => folder === plugin.folder) || to.kind !== "file") return undefined;
  const exported = ask.exported(to.path, name);
  if (exported.kind !== "binding") return exported.kind === "external" ? undefined : plugin;
  const binding = ask.body(exported.file)?.bindings[exported.binding];
  if (binding === undefined || binding.kind === "type" || binding.kind === "interface") return undefined;
  const reference: Expression = { kind: "reference", binding: exported.binding, name: binding.name, span: binding.span };
  return isContract(ask, { file: exported.file, expression: reference }) ? undefined : plugin;
}

/** Values that a place in a file puts together. */
interface Together {
  readonly span: Span;
  readonly parts: readonly Expression[];
}

/** What a file puts together: in a literal, a merging call or a class, or piece by piece in a name's value. */
function puttingsTogether(ask: AggregateAsk, file: Path): readonly Together[] {
  const together: Together[] = [];
  const filled = new Map<BindingId, Expression[]>();
  const fill = (object: Expression, parts: readonly Expression[]): void => {
    if (object.kind === "reference") filled.set(object.binding, [...(filled.get(object.binding) ?? []), ...parts]);
  };
  for (const { of, node } of ask.cursors(file)?.all ?? []) {
    if (of === "class") {
      const [first] = node.members;
      if (first !== undefined) together.push({ span: first.keySpan, parts: node.members.flatMap(({ role, value }) => (role === "field" && value !== undefined ? [value] : [])) });
    } else if (of === "expression") {
      together.push({ span: node.span, parts: partsOf(node) });
      if (node.kind === "assign" && node.target.kind === "member") fill(node.target.object, [node.value]);
      else if (node.kind === "call" && node.callee.kind === "member" && node.callee.key.kind === "string" && FILLS.test(node.callee.key.value)) {
        fill(node.callee.object, node.arguments.map(({ value }) => value));
      }
    }
  }
  for (const [binding, parts] of filled) {
    const span = ask.body(file)?.bindings[binding]?.span;
    if (span !== undefined) together.push({ span, parts });
  }
  return together;
}

/** The values that an expression puts together. */
function partsOf(node: Expression): readonly Expression[] {
  if (node.kind === "object") return node.entries.map(({ value }) => value);
  if (node.kind === "array") return node.items.map(({ value }) => value);
  // `mergeRouters(orders, billing)`; handing over two things to a function of one's own says no more than that.
  const isMerge = node.kind === "call" && /(?:merge|combine|compose|assign|router)/iu.test(calledName(node.callee));
  return isMerge ? node.arguments.map(({ value }) => value) : [];
}

/** Methods that put something into what they are called on. */
const FILLS = /^(?:push|unshift|set|add)$/u;

/** The plugins whose offer an expression is: contracts are none. */
function pluginsIn(ask: AggregateAsk, at: Located, served: readonly Plugin[], reach: number): readonly Plugin[] {
  const { file, expression } = at;
  const next = (inner: Expression): readonly Plugin[] => pluginsIn(ask, { file, expression: inner }, served, reach);
  switch (expression.kind) {
    case "reference": {
      const binding = ask.body(file)?.bindings[expression.binding];
      if (binding?.import === undefined) return binding?.value === undefined || reach === 0 ? [] : pluginsIn(ask, { file, expression: binding.value }, served, reach - 1);
      const specifier = ask.source(file)?.imports[binding.import.index]?.specifier;
      const to = specifier?.kind === "string" ? ask.resolve(file, specifier.value) : undefined;
      const plugin = to === undefined ? undefined : pluginAt(ask, to);
      if (plugin === undefined) return to?.kind === "file" && reach > 0 ? pluginsPassedOn(ask, to.path, binding.import.name, served, reach - 1) : [];
      return !served.some(({ folder }) => folder === plugin.folder) || isContract(ask, at) ? [] : [plugin];
    }
    case "import": {
      const plugin = expression.specifier.kind === "string" ? pluginAt(ask, ask.resolve(file, expression.specifier.value)) : undefined;
      return plugin === undefined || !served.some(({ folder }) => folder === plugin.folder) ? [] : [plugin];
    }
    case "member":
      return isContract(ask, at) ? [] : next(expression.object);
    case "call":
    case "new":
      return [...next(expression.callee), ...expression.arguments.flatMap(({ value }) => next(value))];
    case "typed":
    case "await":
      return next(expression.operand);
    case "object":
      return expression.entries.flatMap(({ value }) => next(value));
    case "array":
      return expression.items.flatMap(({ value }) => next(value));
    default:
      return [];
  }
}

/** The plugins whose offer a module outside plugins and the manifest exports under a name. */
function pluginsPassedOn(ask: AggregateAsk, path: Path, name: string, served: readonly Plugin[], reach: number): readonly Plugin[] {
  const exported = ask.isJudged(path) ? ask.exported(path, name) : undefined;
  if (exported?.kind !== "binding" || ask.manifestModules.includes(exported.file) || ask.ownerOf(exported.file)?.plugin !== undefined) return [];
  const value = ask.body(exported.file)?.bindings[exported.binding]?.value;
  return value === undefined ? [] : pluginsIn(ask, { file: exported.file, expression: value }, served, reach);
}

/** Whether a value is put together from contracts alone: what can be called, and nothing that answers. */
function isContract(ask: AggregateAsk, at: Located): boolean {
  const modules = [...modulesBehind(ask, at)];
  return modules.some((module) => /^@orpc\/contract/u.test(module)) && !modules.some((module) => /^(?:@orpc\/server|inngest)/u.test(module));
}

/** The packages that anything within a value comes from, each piece looked into once. */
function modulesBehind(ask: AggregateAsk, start: Located): ReadonlySet<string> {
  const modules = new Set<string>();
  const queue: Located[] = [start];
  const seen = new Set<string>();
  for (const at of queue) {
    const place = `${at.file} ${at.expression.kind} ${at.expression.span.join(":")}`;
    if (seen.has(place) || seen.size > MAX_PIECES) continue;
    seen.add(place);
    for (const origin of ask.originsOf(at).origins) {
      const { file, expression } = origin.at;
      if (origin.kind === "external") modules.add(origin.module);
      else if (origin.kind === "call") queue.push(origin.callee);
      else if (origin.kind === "member") queue.push(origin.object);
      else if (origin.kind === "literal" && expression.kind === "object") queue.push(...expression.entries.map(({ value }) => ({ file, expression: value })));
    }
  }
  return modules;
}
