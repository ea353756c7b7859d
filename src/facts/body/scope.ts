import type { ts } from "../compiler.cjs";
import type { Binding, BindingId, Expression, FunctionId, Span } from "../expression.js";
import type { BindingDraft, ModuleDraft } from "./draft.js";

/** What a name stands for in a scope: a binding, or (for an enum's members inside the enum) an expression where it is used. */
export type Meaning = BindingId | ((span: Span) => Expression);

/** A lexical scope: names of values and names of types, with the way outwards. */
export class Scope {
  readonly module: ModuleDraft;
  readonly parent: Scope | undefined;
  /** The function whose scope this is or lies in. */
  readonly function: FunctionId;
  /** Block nesting inside that function. */
  readonly depth: number;
  /** Whether what is declared here is made elsewhere: a declaration file, `declare namespace`. */
  readonly ambient: boolean;
  readonly values = new Map<string, Meaning>();
  /** A name without binding hides outer ones: type parameters. */
  readonly types = new Map<string, BindingId | undefined>();

  constructor(
    module: ModuleDraft,
    parent: Scope | undefined,
    fn: FunctionId,
    { depth, ambient }: { readonly depth: number; readonly ambient: boolean },
  ) {
    this.module = module;
    this.parent = parent;
    this.function = fn;
    this.depth = depth;
    this.ambient = ambient;
  }

  /** A scope inside this one, in the same function. */
  block(ambient = this.ambient): Scope {
    return new Scope(this.module, this, this.function, { depth: this.depth + 1, ambient });
  }

  /** The own scope of a function that stands here. */
  inFunction(id: FunctionId): Scope {
    return new Scope(this.module, this, id, { depth: 0, ambient: this.ambient });
  }

  /** What a value's name stands for here; undefined for globals. */
  value(name: string): Meaning | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const meaning = scope.values.get(name);
      if (meaning !== undefined) return meaning;
    }
    return undefined;
  }

  /** The binding that a type's name stands for here. */
  type(name: string): BindingId | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      if (scope.types.has(name)) return scope.types.get(name);
    }
    return undefined;
  }

  /** The binding of a value's name, ready to be completed. */
  binding(name: string): { readonly id: BindingId; readonly draft: BindingDraft } | undefined {
    const id = this.value(name);
    return typeof id === "number" ? this.draft(id) : undefined;
  }

  draft(id: BindingId): { readonly id: BindingId; readonly draft: BindingDraft } | undefined {
    const draft = this.module.bindings[id];
    return draft && { id, draft };
  }

  /** Declares a name as value; a second declaration in the same scope (`var`, overloads, merging) is the same binding. */
  declareValue(name: string, kind: Binding["kind"], node: ts.Node): BindingId {
    const known = this.values.get(name) ?? this.types.get(name);
    const id = typeof known === "number" && this.#merges(known, kind) ? known : this.#bind(name, kind, node);
    this.values.set(name, id);
    return id;
  }

  /** Declares a name as type. */
  declareType(name: string, kind: Binding["kind"], node: ts.Node): BindingId {
    const id = this.types.get(name) ?? this.#bind(name, kind, node);
    this.types.set(name, id);
    return id;
  }

  /** Declares a name that is value and type at once: class, enum, namespace, import. */
  declareBoth(name: string, kind: Binding["kind"], node: ts.Node): BindingId {
    const id = this.declareValue(name, kind, node);
    if (!this.types.has(name)) this.types.set(name, id);
    return id;
  }

  /** Binds a value that the source gives no name. */
  bindUnnamed(name: string, value: Expression, span: Span): BindingId {
    return this.module.bind({ name, span, kind: "const", function: this.function, depth: this.depth, value });
  }

  /** A type of the same name is a binding of its own; an interface is one with the class that it adds to. */
  #merges(id: BindingId, kind: Binding["kind"]): boolean {
    const known = this.module.bindings[id];
    if (known?.kind === "interface" && kind === "class") known.kind = "class";
    return known?.kind !== "type" && known?.kind !== "interface";
  }

  #bind(name: string, kind: Binding["kind"], node: ts.Node): BindingId {
    return this.module.bind({ name, span: this.module.spanOf(node), kind, function: this.function, depth: this.depth });
  }
}
