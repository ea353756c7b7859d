import type { Finding } from "../rule/finding.js";
import type { Paint } from "./paint.js";
import type { ReportOptions } from "./report-options.js";
import { visible } from "./words.js";

/** Longer lines of code (minified files, mostly) say nothing on a terminal. */
const MAX_WIDTH = 160;

/** The line that a finding starts on and below it marks for what of it is meant; nothing where no code is known. */
export function codeFrame(
  { file, line, column, endLine, endColumn }: Finding,
  lineOf: ReportOptions["lineOf"],
  paint: Paint,
): readonly string[] {
  const text = lineOf?.(file, line)?.trimEnd() ?? "";
  const indent = text.length - text.trimStart().length;
  if (text.length === indent || text.length - indent > MAX_WIDTH) return [];
  const start = Math.max(column - 1, indent);
  const end = Math.max(endLine === line ? Math.min(endColumn - 1, text.length) : text.length, start + 1);
  const before = visible(text.slice(indent, start));
  const meant = visible(text.slice(start, end));
  return [
    `${paint("dim", "│")} ${before}${meant}${visible(text.slice(end))}`,
    `${paint("dim", "│")} ${" ".repeat(before.length)}${paint("red", "^".repeat(Math.max(1, meant.length)))}`,
  ];
}
