import type { Edit } from "../rule/rule.js";

/** A text after fixes, and how many of them it took. */
export interface Fixed {
  readonly text: string;
  readonly applied: number;
}

/**
 * Applies fixes to one file's text.
 *
 * Each fix is taken whole or not at all; one that overlaps or touches an earlier one waits for the next pass, since its edits were
 * made for the text as it was (ESLint does the same).
 */
export function applyFixes(text: string, fixes: readonly (readonly Edit[])[]): Fixed {
  const accepted: Edit[] = [];
  let applied = 0;
  let reached = -1;
  const inOrder = fixes.flatMap(extentOf).sort((a, b) => a.start - b.start || a.end - b.end);
  for (const { edits, start, end } of inOrder) {
    if (start <= reached) continue;
    reached = end;
    applied += 1;
    accepted.push(...edits);
  }
  // Rules write \n; a file whose lines end otherwise keeps its own.
  const lineEnd = /\r?\n/u.exec(text)?.[0] ?? "\n";
  let fixed = text;
  for (const edit of accepted.toReversed()) {
    const [start, end] = edit.span;
    fixed = fixed.slice(0, start) + edit.text.replace(/\r?\n/gu, lineEnd) + fixed.slice(end);
  }
  return { text: fixed, applied };
}

/** A fix with the whole range that it speaks of, its edits in order; nothing for one that has none. */
function extentOf(fix: readonly Edit[]): readonly { readonly edits: readonly Edit[]; readonly start: number; readonly end: number }[] {
  const edits = [...fix].sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]);
  const [first] = edits;
  return first === undefined ? [] : [{ edits, start: first.span[0], end: Math.max(...edits.map(({ span }) => span[1])) }];
}
