import type { JsonFacts, SourceFacts } from "../facts/facts.js";
import type { ModuleBody } from "../facts/expression.js";
import type { Path } from "../files/path.js";
import type { CursorIndex } from "./cursors.js";
import type { Ledger } from "./ledger.js";
import type { ImportEdge, Resolution } from "./workspace.js";

/** What the questions about values, origins, callers and types ask of the workspace. */
export interface Code {
  readonly ledger: Ledger;
  source(path: Path): SourceFacts | undefined;
  body(path: Path): ModuleBody | undefined;
  cursors(path: Path): CursorIndex | undefined;
  json(path: Path): JsonFacts | undefined;
  resolve(from: Path, specifier: string): Resolution;
  /** Edges into a file; those of specifiers that only evaluation could tell may be missing. */
  importersOf(path: Path): readonly ImportEdge[];
  isTest(path: Path): boolean;
}
