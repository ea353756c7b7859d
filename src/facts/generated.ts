import { ts } from "./compiler.cjs";

const GENERATED = /@generated\b|\bdo not (?:manually )?(?:edit|modify)\b/iu;

/** Whether a file begins with a comment that says it is generated. */
export function isGenerated(file: ts.SourceFile): boolean {
  const start = ts.getShebang(file.text)?.length ?? 0;
  const comments = ts.getLeadingCommentRanges(file.text, start) ?? [];
  return comments.some(({ pos, end }) => GENERATED.test(file.text.slice(pos, end)));
}
