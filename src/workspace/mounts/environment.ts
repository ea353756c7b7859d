import type { BindingId, Expression, FunctionId, ModuleBody, Span } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { CallFrame } from "../values/frame.js";
import type { Located } from "../workspace.js";
import type { AppRef } from "./apps.js";

/** The circumstances in which code runs while mounts are looked for: which call, and which rows of the tables that loops go through. */
export interface Environment {
  readonly file: Path;
  readonly function: FunctionId;
  readonly frame?: CallFrame;
  /** Tells runs of the same code apart: the calls that lead to it. */
  readonly chain: string;
  readonly depth: number;
  readonly rows: readonly Row[];
  /** The run of the function around it, where that is known. */
  readonly outer?: Environment;
  /** Where the call stands that runs the function. */
  readonly caller?: Environment;
  readonly call?: Extract<Expression, { kind: "call" }>;
  /** Apps that a framework passes as first argument, by function. */
  readonly apps: ReadonlyMap<string, readonly AppRef[]>;
  readonly through: readonly Located[];
}

/** One element of what a loop or a callback goes through. */
export type Row = { readonly span: Span; readonly index: number } & (
  | { readonly kind: "loop"; readonly each: Expression; /** The name that counts its positions. */ readonly counter?: BindingId }
  | { readonly kind: "callback"; readonly function: FunctionId; readonly receiver: Expression; /** Which parameter is the element. */ readonly parameter: number }
);

/** Code of a module, or of a function that nobody is known to call. */
export function rootEnvironment(file: Path, fn: FunctionId = 0): Environment {
  return { file, function: fn, chain: fn === 0 ? "" : `${file}#${fn}`, depth: 0, rows: [], apps: new Map(), through: [] };
}

/** The environment of the function that a name belongs to. */
export function homeOf(env: Environment, fn: FunctionId): Environment | undefined {
  for (let at: Environment | undefined = env; at !== undefined; at = at.outer) {
    if (at.file === env.file && at.function === fn) return at;
  }
  return undefined;
}

/** Which rows a place lies in, as text. */
export function rowsAt(env: Environment, [start, end]: Span): string {
  return env.rows.filter(({ span }) => span[0] <= start && end <= span[1]).map(({ index }) => `#${index}`).join("");
}

/** An expression as it is in these circumstances: elements that loops go through are those of the current row. */
export function locate(env: Environment, expression: Expression, body: ModuleBody | undefined): Located {
  const chosen = env.rows.length === 0 || body === undefined ? expression : new Substitution(env.rows, body).of(expression);
  return env.frame === undefined ? { file: env.file, expression: chosen } : { file: env.file, expression: chosen, frame: env.frame };
}

class Substitution {
  readonly #rows: readonly Row[];
  readonly #body: ModuleBody;
  readonly #open = new Set<BindingId>();

  constructor(rows: readonly Row[], body: ModuleBody) {
    this.#rows = rows;
    this.#body = body;
  }

  /** The same object where nothing in it depends on a row. */
  of(node: Expression): Expression {
    switch (node.kind) {
      case "element": {
        const row = node.index === undefined ? this.#rows.find((one) => one.kind === "loop" && isSame(one.each, node.of)) : undefined;
        if (row !== undefined) return { ...node, index: row.index };
        return this.#with(node, "of", node.of);
      }
      case "parameter": {
        const row = this.#rows.find((one) => one.kind === "callback" && one.function === node.function);
        if (row?.kind !== "callback") return node;
        if (node.index === row.parameter && !node.rest) return { kind: "element", of: this.of(row.receiver), index: row.index, span: node.span };
        return node.index === row.parameter + 1 ? { kind: "number", value: row.index, span: node.span } : node;
      }
      case "reference": {
        const row = this.#rows.find((one) => one.kind === "loop" && one.counter === node.binding);
        if (row !== undefined) return { kind: "number", value: row.index, span: node.span };
        const binding = this.#body.bindings[node.binding];
        if (binding?.value === undefined || binding.writes.length > 0 || this.#open.has(node.binding)) return node;
        if (binding.value.kind === "function" || binding.value.kind === "class") return node;
        this.#open.add(node.binding);
        const value = this.of(binding.value);
        this.#open.delete(node.binding);
        return value === binding.value ? node : value;
      }
      case "member": {
        const { key, object } = node;
        const row = key.kind === "reference" ? this.#rows.find((one) => one.kind === "loop" && one.counter === key.binding && isSame(one.each, object)) : undefined;
        if (row !== undefined) return { kind: "element", of: object, index: row.index, span: node.span };
        return this.#with(this.#with(node, "object", object), "key", key);
      }
      case "call":
      case "new": {
        const callee = this.of(node.callee);
        const list = node.arguments.map((argument) => this.#with(argument, "value", argument.value));
        const same = callee === node.callee && list.every((argument, at) => argument === node.arguments[at]);
        return same ? node : { ...node, callee, arguments: list };
      }
      case "template": {
        const parts = node.parts.map((part) => (typeof part === "string" ? part : this.of(part)));
        return parts.every((part, at) => part === node.parts[at]) ? node : { ...node, parts };
      }
      case "object": {
        const entries = node.entries.map((entry) => this.#with(entry, "value", entry.value));
        return entries.every((entry, at) => entry === node.entries[at]) ? node : { ...node, entries };
      }
      case "array": {
        const items = node.items.map((item) => this.#with(item, "value", item.value));
        return items.every((item, at) => item === node.items[at]) ? node : { ...node, items };
      }
      case "conditional":
        return this.#with(this.#with(this.#with(node, "test", node.test), "then", node.then), "else", node.else);
      case "logical":
      case "binary":
        return this.#with(this.#with(node, "left", node.left), "right", node.right);
      case "typed":
      case "await":
        return this.#with(node, "operand", node.operand);
      case "default":
        return this.#with(this.#with(node, "operand", node.operand), "fallback", node.fallback);
      case "rest":
        return this.#with(node, "of", node.of);
      default:
        return node;
    }
  }

  #with<Holder extends object, Key extends keyof Holder>(holder: Holder, key: Key, value: Expression): Holder {
    const next = this.of(value);
    return next === value ? holder : { ...holder, [key]: next };
  }
}

function isSame(a: Expression, b: Expression): boolean {
  if (a.kind === "reference" && b.kind === "reference") return a.binding === b.binding;
  return a.kind === b.kind && a.span[0] === b.span[0] && a.span[1] === b.span[1];
}
