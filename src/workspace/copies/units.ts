import type { DeclarationFact, SourceFacts } from "../../facts/facts.js";
import type { Span } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import { lineColumn } from "../../facts/position.js";
import type { Owner } from "../layers.js";

export type UnitKind = "module" | DeclarationFact["kind"];

/** Something that can be copied: a whole module, or one declaration of its top level. */
export interface Unit {
  readonly file: Path;
  readonly owner: Owner;
  readonly kind: UnitKind;
  /** Empty for modules. */
  readonly name: string;
  /** Others can have it: it is exported, or a module. */
  readonly public: boolean;
  /** Where to report it. */
  readonly at: Span;
  readonly lines: number;
  /** Its normalised tokens. */
  readonly tokens: string;
  /** What makes up a set. */
  readonly elements?: readonly string[];
  /** The local names of the imported types that a set is written with. */
  readonly types?: readonly string[];
}

/** Fewer members than this make no type or vocabulary of their own. */
const MIN_MEMBERS = 4;

/** The units of a file, its module first. */
export function unitsOf(file: Path, owner: Owner, { code, exports, lineStarts }: SourceFacts): readonly Unit[] {
  const { tokens, span, declarations } = code;
  const linesIn = ([start, end]: Span): number => lineColumn(lineStarts, end).line - lineColumn(lineStarts, start).line + 1;
  const exported = new Set(exports.map(({ local }) => local));
  const module: Unit = { file, owner, kind: "module", name: "", public: true, at: [0, 0], lines: linesIn(span), tokens };
  const rest = declarations.flatMap((one): Unit[] => {
    const unit: Unit = {
      file,
      owner,
      kind: one.kind,
      name: one.name,
      public: exported.has(one.name),
      at: one.at,
      lines: linesIn(one.span),
      tokens: tokens.slice(...one.tokens),
      ...(one.elements && { elements: one.elements }),
      ...(one.types && { types: one.types }),
    };
    return unit.elements === undefined ? [unit] : unit.elements.length < MIN_MEMBERS ? [] : [unit];
  });
  return [module, ...rest];
}
