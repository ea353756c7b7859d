/**
 * The small language in which facts keep code: expressions and statements as plain JSON, without syntax nodes.
 *
 * Names are resolved while extracting (a reference holds the index of its binding) and syntax is desugared (destructuring becomes
 * member reads, optional chaining becomes a flag), so that questions asked later never deal with spelling.
 */

/** Half-open range of UTF-16 offsets in the file's text (byte order mark not counted). */
export type Span = readonly [start: number, end: number];

/** Index into {@link ModuleBody.bindings}. */
export type BindingId = number;

/** Index into {@link ModuleBody.functions}; 0 is the module itself. */
export type FunctionId = number;

export type Expression =
  | { readonly kind: "string"; readonly value: string; readonly span: Span }
  | { readonly kind: "number"; readonly value: number; readonly span: Span }
  | { readonly kind: "boolean"; readonly value: boolean; readonly span: Span }
  /** `null`, `undefined` and `void x` (which keeps the operand it evaluates). */
  | { readonly kind: "nothing"; readonly value: "null" | "undefined"; readonly operand?: Expression; readonly span: Span }
  | { readonly kind: "regex"; readonly pattern: string; readonly flags: string; readonly span: Span }
  /** Text and holes alternate in source order; `tag` for tagged templates. */
  | { readonly kind: "template"; readonly parts: readonly (string | Expression)[]; readonly tag?: Expression; readonly span: Span }
  | { readonly kind: "reference"; readonly binding: BindingId; readonly name: string; readonly span: Span }
  /** A name that no binding of the file declares. */
  | { readonly kind: "global"; readonly name: string; readonly span: Span }
  | { readonly kind: "this"; readonly span: Span }
  /** Member read `object.key`, `object[key]`, `object?.key`; `keySpan` is the key's own place; `super.x` has object `this`. */
  | { readonly kind: "member"; readonly object: Expression; readonly key: Expression; readonly keySpan: Span; readonly computed: boolean; readonly optional: boolean; readonly span: Span }
  | { readonly kind: "call"; readonly callee: Expression; readonly arguments: readonly Argument[]; readonly optional: boolean; readonly typeArguments?: readonly TypeExpression[]; readonly span: Span }
  | { readonly kind: "new"; readonly callee: Expression; readonly arguments: readonly Argument[]; readonly typeArguments?: readonly TypeExpression[]; readonly span: Span }
  /** Dynamic `import(specifier)`; the same place stands in the outline's imports. */
  | { readonly kind: "import"; readonly specifier: Expression; readonly span: Span }
  | { readonly kind: "import-meta"; readonly span: Span }
  | { readonly kind: "object"; readonly entries: readonly ObjectEntry[]; readonly span: Span }
  | { readonly kind: "array"; readonly items: readonly Argument[]; readonly span: Span }
  | { readonly kind: "function"; readonly function: FunctionId; readonly span: Span }
  | { readonly kind: "class"; readonly class: ClassFact; readonly span: Span }
  | { readonly kind: "conditional"; readonly test: Expression; readonly then: Expression; readonly else: Expression; readonly span: Span }
  /** Short circuit; the right side may not run. */
  | { readonly kind: "logical"; readonly operator: "&&" | "||" | "??"; readonly left: Expression; readonly right: Expression; readonly span: Span }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Expression; readonly right: Expression; readonly span: Span }
  | { readonly kind: "unary"; readonly operator: "!" | "-" | "+" | "~" | "typeof" | "delete"; readonly operand: Expression; readonly span: Span }
  /** `target = value`, also compound (`operator` `+=`, `??=`, …) and `++`/`--`; a destructuring target is desugared into a sequence of these. */
  | { readonly kind: "assign"; readonly operator: string; readonly target: Expression; readonly value: Expression; readonly span: Span }
  /** Comma: all run, the last is the value. */
  | { readonly kind: "sequence"; readonly items: readonly Expression[]; readonly span: Span }
  | { readonly kind: "await"; readonly operand: Expression; readonly span: Span }
  | { readonly kind: "yield"; readonly operand?: Expression; readonly span: Span }
  /** `x as T`, `<T>x`, `x satisfies T`; `as const` has no type. Non-null `x!` and parentheses leave no trace. */
  | { readonly kind: "typed"; readonly operand: Expression; readonly how: "as" | "satisfies" | "const"; readonly type?: TypeExpression; readonly span: Span }
  /** An element of what is iterated: the value that `for…of` or array destructuring binds; `index` where it is known. */
  | { readonly kind: "element"; readonly of: Expression; readonly index?: number; readonly span: Span }
  /** A property name of the operand: what `for…in` binds. */
  | { readonly kind: "key-of"; readonly of: Expression; readonly span: Span }
  /** What is left of an object (or array, then `without` is empty) after destructuring took the named keys. */
  | { readonly kind: "rest"; readonly of: Expression; readonly without: readonly string[]; readonly span: Span }
  /** `fallback` when `operand` is undefined: destructuring and parameter defaults. */
  | { readonly kind: "default"; readonly operand: Expression; readonly fallback: Expression; readonly span: Span }
  /** The n-th argument of the call that runs the enclosing function (`rest`: that and all after it). */
  | { readonly kind: "parameter"; readonly function: FunctionId; readonly index: number; readonly rest: boolean; readonly span: Span }
  /** `component` when the name is no element of the page but a value of the code. */
  | { readonly kind: "jsx"; readonly name: string; readonly component?: Expression; readonly attributes: readonly ObjectEntry[]; readonly children: readonly Expression[]; readonly span: Span }
  /** Syntax whose value nobody asks for, or that is nested too deeply; `what` names it for messages, `operands` are evaluated inside it. */
  | { readonly kind: "opaque"; readonly what: string; readonly operands: readonly Expression[]; readonly span: Span };

/** An argument or array item; `spread` for `...x`. */
export interface Argument {
  readonly value: Expression;
  readonly spread: boolean;
}

/** A property of an object literal in source order. */
export type ObjectEntry =
  | { readonly kind: "property"; readonly key: Expression; readonly keySpan: Span; readonly computed: boolean; readonly shorthand: boolean; readonly value: Expression; readonly accessor?: "get" | "set" }
  | { readonly kind: "spread"; readonly value: Expression };

/** A class with what the law asks of one: its parent and its members. */
export interface ClassFact {
  readonly name?: string;
  readonly extends?: Expression;
  /** Methods, accessors, fields and parameter properties; a field without initialiser has no value. */
  readonly members: readonly ClassMember[];
  /** The constructor, when it is written. */
  readonly constructorFunction?: FunctionId;
  readonly decorators?: readonly Expression[];
}

export interface ClassMember {
  readonly key: Expression;
  readonly keySpan: Span;
  readonly computed: boolean;
  readonly static: boolean;
  readonly role: "method" | "get" | "set" | "field";
  readonly value?: Expression;
  readonly type?: TypeExpression;
  /** Those of a method's parameters included. */
  readonly decorators?: readonly Expression[];
}

export type TypeExpression =
  /** A named type, `A.B` with its qualifier in `name`; `binding` when the file declares or imports its first part. */
  | { readonly kind: "named"; readonly name: string; readonly binding?: BindingId; readonly arguments: readonly TypeExpression[]; readonly span: Span }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null; readonly span: Span }
  /** `index` is the value type of an index signature. */
  | { readonly kind: "members"; readonly members: readonly TypeMember[]; readonly index?: TypeExpression; readonly span: Span }
  | { readonly kind: "array"; readonly element: TypeExpression; readonly span: Span }
  | { readonly kind: "tuple"; readonly elements: readonly TypeExpression[]; readonly span: Span }
  | { readonly kind: "union" | "intersection"; readonly parts: readonly TypeExpression[]; readonly span: Span }
  | { readonly kind: "function"; readonly returns?: TypeExpression; readonly parameters: readonly (TypeExpression | undefined)[]; readonly span: Span }
  /** `typeof x.y` in a type. */
  | { readonly kind: "typeof"; readonly expression: Expression; readonly span: Span }
  /** `T[K]`. */
  | { readonly kind: "indexed"; readonly object: TypeExpression; readonly index: TypeExpression; readonly span: Span }
  /** `import("x").Y`; the specifier stands in the outline's imports. */
  | { readonly kind: "import"; readonly specifier: string; readonly name?: string; readonly arguments: readonly TypeExpression[]; readonly span: Span }
  /** Mapped, conditional, template-literal types and keywords; `parts` are the types inside. */
  | { readonly kind: "other"; readonly what: string; readonly parts: readonly TypeExpression[]; readonly span: Span };

export interface TypeMember {
  readonly key: string;
  readonly keySpan: Span;
  readonly optional: boolean;
  readonly type?: TypeExpression;
}

/**
 * A name that the file declares, in any scope.
 *
 * @remarks Names between asterisks are the extractor's own: `*default*` and `*x*` hold what is exported without a name (`export default
 * …`, `exports.x = …`), `*destructured*`, `*iterated*` and `*caught*` a value that several parts are read from, so that what makes it
 * stands in the facts once.
 */
export interface Binding {
  readonly name: string;
  readonly span: Span;
  readonly kind: "const" | "let" | "var" | "using" | "parameter" | "function" | "class" | "enum" | "namespace" | "type" | "interface" | "catch" | "import";
  /** The function whose scope holds the name (0: module level). */
  readonly function: FunctionId;
  /** Block nesting inside that function; 0 for the function's (or module's) own scope. */
  readonly depth: number;
  /** What the name is bound to, desugared; absent for `let x;`, types, and imports. */
  readonly value?: Expression;
  /** Declared without being made (`declare const`, `declare function`): a name without value that is not undefined. */
  readonly ambient?: boolean;
  /** The declared type; for `type` and `interface` the type itself (heritage of an interface is an intersection). */
  readonly type?: TypeExpression;
  /** Later assignments to the name: the `assign` expressions themselves, in source order; empty for a name that never changes. */
  readonly writes: readonly Expression[];
  /** For imports: index into the outline's imports, and the exported name (`"*"` for a namespace). */
  readonly import?: { readonly index: number; readonly name: string };
}

/** A function, method, accessor, arrow, class static block or the module itself. */
export interface FunctionFact {
  readonly name?: string;
  readonly span: Span;
  readonly parent: FunctionId;
  readonly async: boolean;
  readonly generator: boolean;
  /** An arrow function: `this` is that of the function around it. */
  readonly arrow: boolean;
  /** One per declared parameter, after desugaring: the bindings that hold simple parameters, undefined for patterns. */
  readonly parameters: readonly { readonly binding?: BindingId; readonly type?: TypeExpression; readonly rest: boolean; readonly optional: boolean }[];
  readonly returns?: TypeExpression;
  /** For an arrow with an expression body: one `return`. */
  readonly body: readonly Statement[];
}

export type Statement =
  | { readonly kind: "expression"; readonly expression: Expression; readonly span: Span }
  /** A declaration with initialiser is reached; its value stands in the binding. */
  | { readonly kind: "declare"; readonly binding: BindingId; readonly span: Span }
  | { readonly kind: "if"; readonly test: Expression; readonly then: readonly Statement[]; readonly else: readonly Statement[]; readonly span: Span }
  | { readonly kind: "return"; readonly value?: Expression; readonly span: Span }
  | { readonly kind: "throw"; readonly value: Expression; readonly span: Span }
  /** Every loop: `each` for for-of/for-in (what is iterated), `test` for the others; `once` for do-while. */
  | { readonly kind: "loop"; readonly each?: Expression; readonly await: boolean; readonly test?: Expression; readonly update?: Expression; readonly once: boolean; readonly init: readonly Statement[]; readonly body: readonly Statement[]; readonly label?: string; readonly span: Span }
  | { readonly kind: "switch"; readonly on: Expression; readonly cases: readonly { readonly test?: Expression; readonly body: readonly Statement[] }[]; readonly span: Span }
  | { readonly kind: "try"; readonly block: readonly Statement[]; readonly caught?: BindingId; readonly handler?: readonly Statement[]; readonly finalizer?: readonly Statement[]; readonly span: Span }
  | { readonly kind: "block"; readonly body: readonly Statement[]; readonly label?: string; readonly span: Span }
  | { readonly kind: "break" | "continue"; readonly label?: string; readonly span: Span }
  /** A class is declared: its static parts run here. */
  | { readonly kind: "class"; readonly binding?: BindingId; readonly class: ClassFact; readonly span: Span };

/** Everything that runs in one module, from its text alone. */
export interface ModuleBody {
  readonly bindings: readonly Binding[];
  /** Index 0 is the module: its body holds the top-level statements. */
  readonly functions: readonly FunctionFact[];
  /** JSON texts inside string and template literals (scaffolds that emit a package.json, say); holes read as `null`. */
  readonly embedded: readonly EmbeddedJson[];
}

/** A literal whose text is a JSON object. */
export interface EmbeddedJson {
  readonly span: Span;
  readonly root: import("./facts.js").JsonNode;
}
