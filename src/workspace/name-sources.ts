import type { SourceFacts } from "../facts/facts.js";
import type { Span } from "../facts/expression.js";
import type { Path } from "../files/path.js";
import type { ImportedName } from "./import-alias.js";
import type { Workspace } from "./workspace.js";

/** A module that passes a name on that another one makes, and where it does so. */
export interface Relay {
  readonly file: Path;
  readonly span: Span;
}

/** Where a name that a module exports is made. */
export interface NameSource {
  readonly file: Path;
  /** Only a type arrives: the name is one, or is passed on as one. */
  readonly typeOnly: boolean;
  /** The modules that pass it on, the asked one first. */
  readonly through: readonly Relay[];
}

/** Makes the question from which modules an exported name comes; `*` asks for every name. */
export type NameSourcesQuestion = (file: Path, name: string) => readonly NameSource[];

/** What names are followed by. */
type Ground = Pick<Workspace, "ledger" | "source" | "resolve">;

/** Tells of a module-level name that it only stands for an imported one: `export const x = imported`. */
export type AliasQuestion = (file: Path, local: string) => ImportedName | undefined;

/**
 * Follows exported names to the modules that make them, by outlines alone.
 *
 * @param ground outlines and resolution
 * @param aliasOf tells what else stands only for an imported name
 */
export function nameSourcesOf(ground: Ground, aliasOf: AliasQuestion): NameSourcesQuestion {
  const answer = ground.ledger.memo((question: string): readonly NameSource[] => {
    const [file = "", name = ""] = question.split("\0");
    return [...new Search(ground, aliasOf).sources(file as Path, name)];
  });
  return (file, name) => answer(`${file}\0${name}`);
}

class Search {
  readonly #ground: Ground;
  readonly #aliasOf: AliasQuestion;
  readonly #asked = new Set<string>();

  constructor(ground: Ground, aliasOf: AliasQuestion) {
    this.#ground = ground;
    this.#aliasOf = aliasOf;
  }

  *sources(file: Path, name: string): Generator<NameSource> {
    // A circle of re-exports makes nothing.
    if (this.#asked.has(`${file}\0${name}`)) return;
    this.#asked.add(`${file}\0${name}`);
    const facts = this.#ground.source(file);
    if (facts === undefined) return;
    if (name === "*") {
      yield { file, typeOnly: false, through: [] };
      for (const exported of facts.exports) {
        if (exported.name !== "*") yield* this.sources(file, exported.name);
        else if (exported.from !== undefined) yield* this.#through(file, facts, exported.from.import, "*", exported);
      }
      return;
    }
    const own = facts.exports.filter((exported) => exported.name === name);
    // A value and a type may share a name; the value is what arrives.
    const found = own.find(({ typeOnly }) => !typeOnly) ?? own[0];
    if (found === undefined) {
      if (name !== "default") {
        yield* this.#starred(file, facts, name);
        yield* this.#assigned(file, facts, name);
      }
    } else if (found.from !== undefined) {
      yield* this.#through(file, facts, found.from.import, found.from.name, found);
    } else {
      const passed = found.local === undefined ? undefined : (importedAs(facts, found.local) ?? this.#aliasOf(file, found.local));
      if (passed === undefined) yield { file, typeOnly: found.typeOnly, through: [] };
      else yield* this.#through(file, facts, passed.import, passed.name, found);
    }
  }

  *#starred(file: Path, facts: SourceFacts, name: string): Generator<NameSource> {
    for (const exported of facts.exports) {
      if (exported.name === "*" && exported.from !== undefined) yield* this.#through(file, facts, exported.from.import, name, exported);
    }
  }

  /** What `module.exports = require("…")` passes on. */
  *#assigned(file: Path, facts: SourceFacts, name: string): Generator<NameSource> {
    const whole = facts.exports.find(({ local }) => local === "*default*");
    const passed = whole?.local === undefined ? undefined : this.#aliasOf(file, whole.local);
    if (whole !== undefined && passed?.name === "*") yield* this.#through(file, facts, passed.import, name, whole);
  }

  /** What arrives through one import of a module. */
  *#through(file: Path, facts: SourceFacts, index: number, name: string, by: { readonly typeOnly: boolean; readonly span: Span }): Generator<NameSource> {
    const fact = facts.imports[index];
    if (fact?.specifier.kind !== "string") return;
    const to = this.#ground.resolve(file, fact.specifier.value);
    if (to.kind !== "file") return;
    const isType = by.typeOnly || fact.typeOnly || fact.names.some((taken) => taken.name === name && taken.typeOnly);
    for (const { file: made, typeOnly, through } of this.sources(to.path, name)) {
      yield { file: made, typeOnly: typeOnly || isType, through: [{ file, span: by.span }, ...through] };
    }
  }
}

/** The import that a module-level name is. */
function importedAs({ imports }: SourceFacts, local: string): ImportedName | undefined {
  for (const [index, fact] of imports.entries()) {
    if (fact.form !== "import" && fact.form !== "import-equals") continue;
    const taken = fact.names.find((name) => name.local === local);
    if (taken !== undefined) return { import: index, name: taken.name };
  }
  return undefined;
}
