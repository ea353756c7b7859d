import type { Span } from "./expression.js";

/** One escape sequence or line break, or any other single character, as string and template literals spell them. */
const SPELLED = /\\(?:x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|u\{[\dA-Fa-f]+\}|[0-3]?[0-7]{1,2}|\r\n|[^])|\r\n|[^]/gu;

/**
 * Where each character of a literal's text stands in its spelling, quotes aside.
 *
 * @returns a span for each UTF-16 unit of the text, relative to the first character after the quote
 */
export function decodeLiteral(spelling: string): Span[] {
  const places: Span[] = [];
  for (const { 0: spelled, index } of spelling.matchAll(SPELLED)) {
    for (let unit = 0; unit < unitsOf(spelled); unit += 1) places.push([index, index + spelled.length]);
  }
  return places;
}

/** How many UTF-16 units of text a spelling stands for. */
function unitsOf(spelled: string): number {
  if (!spelled.startsWith("\\")) return spelled === "\r\n" ? 1 : spelled.length;
  // A line break after a backslash continues the line.
  if (/^\\[\n\r\u2028\u2029]/u.test(spelled)) return 0;
  const point = /^\\u\{(.+)\}$/u.exec(spelled)?.[1];
  if (point !== undefined) return Number.parseInt(point, 16) > 0xffff ? 2 : 1;
  return /^\\[xu\d]/u.test(spelled) ? 1 : spelled.length - 1;
}
