import type { Span } from "../facts/expression.js";
import type { FileFacts } from "../facts/facts.js";
import { lineColumn } from "../facts/position.js";
import type { Path } from "../files/path.js";
import type { Place } from "./workspace.js";

/** A span as people read it; the start of the file where nothing is known of its lines. */
export function placeOf(facts: FileFacts | undefined, file: Path, [start, end]: Span): Place {
  const lineStarts = facts?.lineStarts ?? [0];
  const from = lineColumn(lineStarts, start);
  const to = lineColumn(lineStarts, end);
  return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** A whole line, 1-based, without what ends it; an empty place where the line is the last, whose length facts do not tell. */
export function lineOf(facts: FileFacts | undefined, file: Path, line: number): Place {
  const lineStarts = facts?.lineStarts ?? [0];
  const start = lineStarts[line - 1] ?? 0;
  return { file, line, column: 1, endLine: line, endColumn: Math.max(1, (lineStarts[line] ?? start) - start) };
}
