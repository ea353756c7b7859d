import type { ImportForm, SourceFacts } from "../facts/facts.js";

/**
 * Something about a source file that stays the same through most edits.
 *
 * @remarks Who only asks for a facet of a file need not be asked again because something else in it has changed. A facet is a pure function
 * of the file's outline, and plain JSON, so that two of them can be compared.
 */
export interface Facet<Value> {
  /** Tells it from all others, and is enough to make it anew: {@link facetFrom}. */
  readonly key: string;
  of(source: SourceFacts): Value;
}

/** An import, wherever it stands. */
export interface Link {
  readonly form: ImportForm;
  /** Absent where it is computed. */
  readonly specifier?: string;
  readonly typeOnly: boolean;
  /** The names that it takes. */
  readonly names: readonly string[];
}

/** What a file says of itself, and whether it only passes on what others make. */
export interface Outgoing {
  readonly forwards: boolean;
  readonly comments: readonly { readonly text: string; readonly tags: readonly { readonly name: string; readonly text: string }[] }[];
}

/** How facets are made, by name. */
const makers = {
  generated: (): Facet<boolean>["of"] => (source) => source.generated,
  names: (wanted: readonly string[]): Facet<boolean>["of"] => {
    const set = new Set(wanted);
    return ({ names }) => names.some((name) => set.has(name));
  },
  texts: (wanted: readonly string[]): Facet<boolean>["of"] => {
    const set = new Set(wanted);
    return ({ names, texts }) => names.slice(0, texts).some((name) => set.has(name));
  },
  addresses: (prefixes: readonly string[]): Facet<boolean>["of"] => {
    const wanted = prefixes.flatMap((prefix) => prefix.split("/").slice(-1));
    // Without a slash before it, it is part of a path only where a list is joined.
    return ({ segments, names }) => wanted.some((segment) => segments.includes(segment) || (names.includes(segment) && names.includes("join")));
  },
  outgoing: (): Facet<Outgoing>["of"] => ({ comments, forwards }) => ({
    forwards,
    comments: comments.map(({ text, tags }) => ({ text, tags: tags.map(({ name, text: said }) => ({ name, text: said })) })),
  }),
  directed: (): Facet<boolean>["of"] => ({ directives }) => directives.length > 0,
  like: ([pattern = ""]: readonly string[]): Facet<boolean>["of"] => {
    const like = new RegExp(pattern, "u");
    return ({ names }) => names.some((name) => like.test(name));
  },
  exported: (wanted: readonly string[]): Facet<boolean>["of"] => {
    const set = new Set(wanted);
    return ({ exports }) => exports.some(({ name }) => set.has(name));
  },
  links: (): Facet<readonly Link[]>["of"] => ({ imports }) =>
    imports.map(({ form, specifier, typeOnly, names }) => ({
      form,
      typeOnly,
      names: names.map(({ name }) => name),
      ...(specifier.kind === "string" && { specifier: specifier.value }),
    })),
};

/** Whether a tool wrote the file. */
export const generated = facet("generated", [], makers.generated());

/** What the file imports. */
export const links = facet("links", [], makers.links());

/** What may say that it is on its way out. */
export const outgoing = facet("outgoing", [], makers.outgoing());

/** Whether it has ESLint directives. */
export const directed = facet("directed", [], makers.directed());

/** Whether the file's literals hold the last segment of one of some prefixes: nothing else can lead there. */
export function spellsAddress(prefixes: readonly string[]): Facet<boolean> {
  return facet("addresses", prefixes, makers.addresses(prefixes));
}

/** Whether the file exports one of some names. */
export function exportsOne(names: readonly string[]): Facet<boolean> {
  return facet("exported", names, makers.exported(names));
}

/** Whether the file spells one of some names. */
export function spellsOne(names: readonly string[]): Facet<boolean> {
  return facet("names", names, makers.names(names));
}

/** Whether one of some names stands in a text of the file. */
export function hasText(names: readonly string[]): Facet<boolean> {
  return facet("texts", names, makers.texts(names));
}

/** Whether the file spells a name that looks like something. */
export function spellsLike({ source }: RegExp): Facet<boolean> {
  return facet("like", [source], makers.like([source]));
}

function facet<Value>(name: keyof typeof makers, about: readonly string[], of: Facet<Value>["of"]): Facet<Value> {
  return { key: JSON.stringify([name, ...about]), of };
}

/** The facet with a key; undefined for what is the key of none. */
export function facetFrom(key: string): Facet<unknown> | undefined {
  const parts: unknown = key.startsWith("[") ? JSON.parse(key) : undefined;
  if (!Array.isArray(parts)) return undefined;
  const [name, ...about] = parts.filter((part) => typeof part === "string");
  const maker = Object.entries(makers).find(([known]) => known === name)?.[1];
  return maker && { key, of: maker(about) };
}
