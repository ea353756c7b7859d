import { startOf, type ts } from "./compiler.cjs";
import type { DirectiveFact } from "./facts.js";
import { createScanner, forEachChild, LanguageVariant, ScriptTarget, SyntaxKind } from "./typescript.js";

const MENTION = /eslint-(?:disable|enable)/gu;
const LABEL = /^eslint-(disable|enable|disable-line|disable-next-line)(?:\s|$)/u;

/** The ESLint directive comments of a file, in source order, read exactly as ESLint reads them. */
export function directivesOf(file: ts.SourceFile): DirectiveFact[] {
  const directives: DirectiveFact[] = [];
  if (!file.text.includes("eslint-")) return directives;
  let done = 0;
  for (const mention of file.text.matchAll(MENTION)) {
    if (mention.index < done) continue;
    const comment = commentAt(file, mention.index);
    if (!comment) continue;
    done = comment.end;
    const directive = directiveIn(file.text, comment);
    if (directive) directives.push(directive);
  }
  return directives;
}

function directiveIn(text: string, { kind, pos, end }: ts.CommentRange): DirectiveFact | undefined {
  const isLine = kind === SyntaxKind.SingleLineCommentTrivia;
  const content = text.slice(pos + 2, isLine ? end : end - 2);
  const [body = "", ...reasons] = content.split(/\s-{2,}\s/u);
  const command = body.trim();
  const type = LABEL.exec(command)?.[1];
  if (!isDirectiveType(type)) return undefined;
  // ESLint takes ranges only from block comments, and a disable-line only when it stands on one line.
  if (isLine && (type === "disable" || type === "enable")) return undefined;
  if (type === "disable-line" && /[\n\r\u2028\u2029]/u.test(content)) return undefined;
  const rules = command.slice(`eslint-${type}`.length).split(",").map(ruleName).filter((rule) => rule !== "");
  const reason = content.slice(body.length).replace(/^\s-{2,}\s/u, "").trim();
  return { type, rules: [...new Set(rules)], ...(reasons.length > 0 && reason !== "" && { reason }), span: [pos, end] };
}

function isDirectiveType(type: string | undefined): type is DirectiveFact["type"] {
  return type !== undefined;
}

function ruleName(written: string): string {
  return written.trim().replace(/^(['"]?)(.*)\1$/su, "$2");
}

/**
 * The comment that holds an offset, if one does.
 *
 * @remarks Comments are no nodes: they stand in the gaps between a node's children, and such a gap holds nothing else but punctuation
 * and keywords, so that a plain scanner reads it right whatever surrounds it.
 */
function commentAt(file: ts.SourceFile, offset: number): ts.CommentRange | undefined {
  let node: ts.Node = file;
  for (;;) {
    let inside: ts.Node | undefined;
    let start = node.pos;
    let end = node.end;
    forEachChild(node, (child) => {
      if (child.pos <= offset && offset < child.end) inside = child;
      else if (child.end <= offset) start = Math.max(start, child.end);
      else end = Math.min(end, child.pos);
    });
    if (inside) {
      node = inside;
      continue;
    }
    const isToken = node.kind < SyntaxKind.FirstNode;
    return commentInGap(file.text, start, isToken ? startOf(node, file) : end, offset);
  }
}

function commentInGap(text: string, start: number, end: number, offset: number): ts.CommentRange | undefined {
  const scanner = createScanner(ScriptTarget.Latest, false, LanguageVariant.Standard, text, undefined, start, Math.max(0, end - start));
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (scanner.getTokenEnd() <= offset) continue;
    if (scanner.getTokenStart() > offset) return undefined;
    if (kind !== SyntaxKind.SingleLineCommentTrivia && kind !== SyntaxKind.MultiLineCommentTrivia) return undefined;
    return { kind, pos: scanner.getTokenStart(), end: scanner.getTokenEnd(), hasTrailingNewLine: false };
  }
  return undefined;
}
