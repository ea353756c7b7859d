const UNCOMMON_BREAK = /[\r\u2028\u2029]/u;

/**
 * Offsets at which the lines of a text begin; the first is 0.
 *
 * @remarks Breaks as ECMAScript (and ESLint) counts them: LF, CR, CRLF, U+2028, U+2029.
 */
export function lineStartsOf(text: string): number[] {
  const starts = [0];
  if (!UNCOMMON_BREAK.test(text)) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return starts;
  }
  const breaks = /\r\n|[\n\r\u2028\u2029]/gu;
  while (breaks.exec(text) !== null) starts.push(breaks.lastIndex);
  return starts;
}

/**
 * The 1-based line and column of an offset.
 *
 * @param lineStarts ascending, as facts keep them
 */
export function lineColumn(lineStarts: readonly number[], offset: number): { readonly line: number; readonly column: number } {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}
