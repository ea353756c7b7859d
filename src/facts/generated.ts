import type { ts } from "./compiler.cjs";
import { getLeadingCommentRanges, getShebang } from "./typescript.js";

const GENERATED = /@generated\b|\bdo not (?:manually )?(?:edit|modify)\b/iu;

/** Whether a file begins with a comment that says it is generated. */
export function isGenerated(file: ts.SourceFile): boolean {
  const start = getShebang(file.text)?.length ?? 0;
  const comments = getLeadingCommentRanges(file.text, start) ?? [];
  return comments.some(({ pos, end }) => GENERATED.test(file.text.slice(pos, end)));
}
