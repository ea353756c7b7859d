import type { Expression, Span } from "./expression.js";

/** Raised whenever a fact changes meaning or shape, so that no cache serves the old ones. */
export const EXTRACTOR_VERSION = 11;

/** What is known of one file from its text alone; plain JSON. */
export type FileFacts = SourceFacts | JsonFacts | YamlFacts;

/**
 * Where keys of a file come by names that it does not spell: of texts that it takes from elsewhere or gets from a call, as they are or put
 * together; or of texts that it changes (cuts, replaces parts, folds case).
 *
 * @remarks A parameter alone is none: its callers spell what they pass.
 */
export interface OpenKeys {
  readonly taken: readonly Span[];
  readonly changed: readonly Span[];
}

/** Outline of a TypeScript or JavaScript file. */
export interface SourceFacts {
  readonly kind: "source";
  /** Offset of each line's first character. */
  readonly lineStarts: readonly number[];
  readonly syntaxErrors: readonly SyntaxErrorFact[];
  /** Import statements and re-exports first, in source order; then all other forms in source order. */
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  /**
   * Every name that the file spells as code: identifiers, property keys, and string or template texts that read as one
   * (`/^[\w$-]+$/`), constant concatenations folded; unique, those in texts first. A prefilter: absent here means absent from the file.
   */
  readonly names: readonly string[];
  /** How many of the names stand in texts of the file. */
  readonly texts: number;
  /** The property keys, `in` operands and `hasOwn` arguments that are expressions and may be a name that is not in `names`. */
  readonly openKeys: OpenKeys;
  /** What stands after a `/` in the texts of literals that may be addresses (no specifiers), up to the next character that no name has; unique, in no order. A prefilter, like `names`. */
  readonly segments: readonly string[];
  readonly directives: readonly DirectiveFact[];
  /** The comments that head the module or something that it exports, of those that speak of what is on its way out; all of them where the file only forwards. */
  readonly comments: readonly CommentFact[];
  /** Nothing stands in the file but imports and re-exports, of which there is one at least. */
  readonly forwards: boolean;
  /** The file begins with a comment that says it is generated (`@generated`, "do not edit"). */
  readonly generated: boolean;
  readonly code: CodeFacts;
}

/** What a file's code says, apart from how it is laid out and what its locals are called; imports and what only forwards them left out. */
export interface CodeFacts {
  /** Its normalised tokens in order, one character each. */
  readonly tokens: string;
  /** From the first statement that counts to the end of the last. */
  readonly span: Span;
  /** The declarations of the module itself. */
  readonly declarations: readonly DeclarationFact[];
}

/** A declaration at the top of a module. */
export interface DeclarationFact {
  /** `*default*` for what is exported without a name. */
  readonly name: string;
  /** `vocabulary`: a list of texts and nothing else, as type, enum or value. */
  readonly kind: "code" | "type" | "vocabulary";
  /** Of the name, where there is one. */
  readonly at: Span;
  readonly span: Span;
  /** Where its tokens stand in the file's. */
  readonly tokens: readonly [from: number, to: number];
  /** What a set of: the members of a type that declares all of them, each as its tokens; the texts of a vocabulary. */
  readonly elements?: readonly string[];
  /** The local names of the imported types that a type or vocabulary mentions, its annotation included. */
  readonly types?: readonly string[];
}

/** A JSON or JSONC file. */
export interface JsonFacts {
  readonly kind: "json";
  readonly lineStarts: readonly number[];
  readonly syntaxErrors: readonly SyntaxErrorFact[];
  /** Absent when the text holds no value at all. */
  readonly root?: JsonNode;
}

/** A YAML file, read as the JSON value that it stands for. */
export interface YamlFacts {
  readonly kind: "yaml";
  readonly lineStarts: readonly number[];
  readonly syntaxErrors: readonly SyntaxErrorFact[];
  readonly root?: JsonNode;
}

export interface SyntaxErrorFact {
  readonly message: string;
  readonly span: Span;
}

/** A JSON value with its place. Duplicate keys are all kept, in source order. */
export type JsonNode =
  | { readonly kind: "object"; readonly properties: readonly JsonProperty[]; readonly span: Span }
  | { readonly kind: "array"; readonly items: readonly JsonNode[]; readonly span: Span }
  | { readonly kind: "value"; readonly value: string | number | boolean | null; readonly span: Span };

export interface JsonProperty {
  readonly key: string;
  /** The key with its quotes. */
  readonly keySpan: Span;
  readonly value: JsonNode;
}

/** How a module names another. */
export type ImportForm =
  | "import" | "export-from" | "import-type" | "dynamic" | "require" | "import-equals" | "new-url" | "meta-resolve" | "mock" | "reference";

export interface ImportFact {
  readonly form: ImportForm;
  /**
   * The specifier; a `string` expression for literals, else the expression to evaluate, its bindings those of the file's body. Literal
   * paths of `reference` and `new-url` are relative even where they are written bare: those are given `./`.
   */
  readonly specifier: Expression;
  /** No value is imported: `import type`, import types, or every name marked `type`. */
  readonly typeOnly: boolean;
  /** Names taken (`"default"`, `"*"`, or the exported name); empty for side-effect and whole-module forms. */
  readonly names: readonly { readonly name: string; readonly local: string; readonly typeOnly: boolean; readonly span: Span }[];
  readonly span: Span;
}

export interface ExportFact {
  /** Exported name, `"default"`, or `"*"` for `export * from`. */
  readonly name: string;
  /**
   * Name of the module-level binding behind it; absent for re-exports. `export default <expression>`, `export = x` and
   * `module.exports = x` are held by a binding named `*default*`, `exports.x = …` and `module.exports = { x }` by one named `*x*`.
   */
  readonly local?: string;
  /** For re-exports: index into `imports`, and the name there (`"*"` for a namespace or star). */
  readonly from?: { readonly import: number; readonly name: string };
  readonly typeOnly: boolean;
  readonly span: Span;
}

/** A comment that heads a module or an export: a block, or lines without a gap. */
export interface CommentFact {
  /** The exported names that it heads (`"*"` for `export *`); absent: it heads the module. */
  readonly heads?: readonly string[];
  /** What it says before its first tag; marks of the comment taken off, lines kept. */
  readonly text: string;
  readonly tags: readonly CommentTag[];
  readonly span: Span;
}

/** `@name text`; the text may go on over several lines. */
export interface CommentTag {
  readonly name: string;
  readonly text: string;
  /** From the `@` to the end of its first line. */
  readonly span: Span;
}

/** An ESLint directive comment (`eslint-disable`, `-enable`, `-line`, `-next-line`). */
export interface DirectiveFact {
  readonly type: "disable" | "enable" | "disable-line" | "disable-next-line";
  /** Rule ids as written, unprefixed ones included; empty: all rules. */
  readonly rules: readonly string[];
  /** Text after ` -- `. */
  readonly reason?: string;
  /** The comment, delimiters included. */
  readonly span: Span;
}
