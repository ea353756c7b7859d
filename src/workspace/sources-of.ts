import type { Cursor } from "../facts/cursor.js";
import type { BindingId, Expression, Span } from "../facts/expression.js";
import type { Path } from "../files/path.js";
import type { Located, Workspace } from "./workspace.js";

type Ask = Pick<Workspace, "source" | "body" | "cursors" | "resolve">;

/** What an expression may be made of, as far as its own module says. */
export interface Sources {
  /** The files that the module takes it from. */
  readonly files: ReadonlySet<Path>;
  /** Where it is made in the module itself. */
  readonly spans: readonly Span[];
}

/**
 * Where a module has an expression from: what the expression mentions, itself or through names of the module, and what is put into that.
 *
 * @returns undefined where the module does not say
 */
export function sourcesOf(ask: Ask, { file, expression }: Located): Sources | undefined {
  const search = new Search(ask, file);
  search.expression(expression);
  return search.isLost ? undefined : search;
}

class Search implements Sources {
  readonly files = new Set<Path>();
  readonly spans: Span[] = [];
  /** Something that is mentioned may come from anywhere. */
  isLost = false;
  readonly #ask: Ask;
  readonly #file: Path;
  readonly #seen = new Set<BindingId>();

  constructor(ask: Ask, file: Path) {
    this.#ask = ask;
    this.#file = file;
  }

  expression({ span }: Expression): void {
    if (this.spans.some(([start, end]) => start <= span[0] && span[1] <= end)) return;
    this.spans.push(span);
    for (const { of, node } of this.#ask.cursors(this.#file)?.all ?? []) {
      if (of !== "expression" || node.span[0] < span[0] || node.span[1] > span[1]) continue;
      if (node.kind === "reference") this.#name(node.binding);
      else if (node.kind === "import") this.#taken(node.specifier);
      else if (node.kind === "this" || node.kind === "parameter" || (node.kind === "global" && node.name === "require")) this.isLost ||= !this.#isInside(node);
    }
  }

  #name(id: BindingId): void {
    const binding = this.#ask.body(this.#file)?.bindings[id];
    if (binding === undefined || this.#seen.has(id)) return;
    this.#seen.add(id);
    if (binding.import !== undefined) this.#taken(this.#ask.source(this.#file)?.imports[binding.import.index]?.specifier);
    else if (binding.value !== undefined) this.expression(binding.value);
    for (const write of binding.writes) this.expression(write);
    for (const reference of this.#ask.cursors(this.#file)?.references(id) ?? []) this.#given(reference);
  }

  #taken(specifier: Expression | undefined): void {
    const to = specifier?.kind === "string" ? this.#ask.resolve(this.#file, specifier.value) : undefined;
    if (to?.kind === "file") this.files.add(to.path);
    this.isLost ||= to === undefined;
  }

  /** What stands beside a name may be put into what it holds: `router.extra = …`, `registry.push(…)`, `Object.assign(router, …)`. */
  #given(reference: Cursor): void {
    let at = reference;
    while (at.parent?.of === "expression" && at.role === "object") at = at.parent;
    const holder = at.parent?.of === "expression" ? at.parent.node : undefined;
    if (holder?.kind === "assign" || holder?.kind === "call" || holder?.kind === "new") this.expression(holder);
  }

  /** Parameters and `this` of functions that are looked at as a whole say nothing of what is outside. */
  #isInside(node: Expression): boolean {
    if (node.kind !== "parameter") return false;
    const fn = this.#ask.body(this.#file)?.functions[node.function];
    return fn !== undefined && this.spans.some(([start, end]) => start <= fn.span[0] && fn.span[1] <= end);
  }
}
