import type { CommonJsExport } from "../commonjs.js";
import type { ts } from "../compiler.cjs";
import type {
  Binding, BindingId, ClassFact, EmbeddedJson, Expression, FunctionFact, FunctionId, Span, Statement, TypeExpression,
} from "../expression.js";
import { MAX_DEPTH } from "../parse.js";
import { spanOf } from "../syntax.js";
import type { Scope } from "./scope.js";

type Mutable<Fact> = { -readonly [Key in keyof Fact]: Fact[Key] };

/** A binding while its module is being lowered. */
export type BindingDraft = Mutable<Omit<Binding, "writes">> & { readonly writes: Expression[] };

/** A function while its module is being lowered. */
export type FunctionDraft = Mutable<FunctionFact>;

/** Syntax that makes a function of its own. */
export type FunctionNode =
  | ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration
  | ts.ConstructorDeclaration | ts.GetAccessorDeclaration | ts.SetAccessorDeclaration;

/**
 * How each sort of syntax becomes facts.
 *
 * @remarks Expressions hold functions, functions hold statements, statements hold expressions: this table ties the knot, so that the
 * files of this folder need not import one another in a circle.
 */
export interface Lowering {
  /** @param name what a function or class expression is called after, when it has no name of its own */
  expression(scope: Scope, node: ts.Expression, name?: string): Expression;
  statements(scope: Scope, nodes: readonly ts.Statement[]): Statement[];
  type(scope: Scope, node: ts.TypeNode): TypeExpression;
  typeMembers(scope: Scope, members: readonly ts.TypeElement[], span: Span): TypeExpression;
  function(scope: Scope, node: FunctionNode, name: string | undefined): FunctionId;
  class(scope: Scope, node: ts.ClassLikeDeclaration, name: string | undefined): ClassFact;
}

/** One module while it is being lowered: everything that grows. */
export class ModuleDraft {
  readonly bindings: BindingDraft[] = [];
  readonly functions: FunctionDraft[] = [];
  readonly embedded: EmbeddedJson[] = [];
  /** What became of the wanted expressions. */
  readonly lowered = new Map<ts.Expression, Expression>();
  readonly file: ts.SourceFile;
  readonly lower: Lowering;
  /** Place of each import statement among the file's imports. */
  readonly importIndex: ReadonlyMap<ts.Node, number>;
  /** What each assignment to `exports` or `module.exports` exports. */
  readonly commonJs: ReadonlyMap<ts.Node, readonly CommonJsExport[]>;
  /** Expressions whose lowered form is asked for. */
  readonly wanted: ReadonlySet<ts.Expression>;
  #depth = 0;

  constructor(given: Pick<ModuleDraft, "file" | "lower" | "importIndex" | "commonJs" | "wanted">) {
    this.file = given.file;
    this.lower = given.lower;
    this.importIndex = given.importIndex;
    this.commonJs = given.commonJs;
    this.wanted = given.wanted;
  }

  spanOf(node: ts.Node): Span {
    return spanOf(node, this.file);
  }

  /** Goes one level deeper into the syntax, unless that is too deep; who entered leaves again. */
  enter(): boolean {
    if (this.#depth >= MAX_DEPTH) return false;
    this.#depth += 1;
    return true;
  }

  leave(): void {
    this.#depth -= 1;
  }

  bind({ name, span, kind, function: fn, depth, value }: Omit<Binding, "writes">): BindingId {
    this.bindings.push({ name, span, kind, function: fn, depth, ...(value && { value }), writes: [] });
    return this.bindings.length - 1;
  }
}
