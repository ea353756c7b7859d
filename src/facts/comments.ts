import { startOf, type ts } from "./compiler.cjs";
import type { CommentFact, CommentTag, ExportFact } from "./facts.js";
import { boundNames, hasModifier } from "./syntax.js";
import {
  canHaveModifiers,
  getLeadingCommentRanges,
  getShebang,
  isClassDeclaration,
  isEnumDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isFunctionDeclaration,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isInterfaceDeclaration,
  isModuleDeclaration,
  isTypeAliasDeclaration,
  isVariableStatement,
  SyntaxKind,
} from "./typescript.js";

/** What is on its way out says so in one of these words; other comments are not kept. */
const MENTION = /bridge|shim|compat|transitional|temporary|deprecated|retire/iu;

/** Tags by which a comment says that it speaks of the whole file, wherever it stands. */
const OF_MODULE = /@(?:fileoverview|file|module|packageDocumentation)\b/u;

/** Tags that may follow each other on one line. */
const INLINE = /(?<=\s)(?=@(?:bridge|deprecated|owner|retire-when|retire-by|importers)\b)/u;

/** A block comment, or line comments without a gap between them. */
interface Comment {
  readonly pos: number;
  readonly end: number;
  readonly isBlock: boolean;
}

/**
 * The comments that head a file or its exports, in source order, as far as they speak of what is on its way out.
 *
 * @param forwards whether the file holds nothing of its own: then all of them matter
 */
export function headingComments(file: ts.SourceFile, exports: readonly ExportFact[], forwards: boolean): CommentFact[] {
  const { text, statements } = file;
  const speaks = (written: string): boolean => forwards || MENTION.test(written);
  if (!speaks(text)) return [];
  const names = namesByLocal(exports);
  const facts: CommentFact[] = [];
  let first = getShebang(text)?.length ?? 0;
  for (const statement of [...statements, file.endOfFileToken]) {
    const comments = commentsBefore(text, first, statement.pos);
    const heads = headedNames(statement, names);
    const lastBlock = comments.findLast(({ isBlock }) => isBlock);
    for (const [index, comment] of comments.entries()) {
      const written = text.slice(comment.pos, comment.end);
      if (!speaks(written)) continue;
      const isNext = isFollowed(text, [...comments.slice(index), { pos: startOf(statement, file) }]);
      // What stands above the first statement heads the file, unless that statement is what it stands at.
      const isOfModule = OF_MODULE.test(written) || (statement.pos === 0 && !(isNext && isDeclared(statement)));
      // As TypeScript reads it: the last block belongs to the declaration, whatever lines stand between them.
      const isOfExport = heads.length > 0 && (isNext || comment === lastBlock);
      if (isOfModule) facts.push(commentFact(text, comment));
      else if (isOfExport) facts.push({ heads, ...commentFact(text, comment) });
    }
    first = 0;
  }
  return facts;
}

function commentsBefore(text: string, shebang: number, pos: number): Comment[] {
  const comments: Comment[] = [];
  for (const range of getLeadingCommentRanges(text, Math.max(shebang, pos)) ?? []) {
    const isBlock = range.kind === SyntaxKind.MultiLineCommentTrivia;
    const before = comments.at(-1);
    if (before && !before.isBlock && !isBlock && !hasGap(text, before.end, range.pos))
      comments.splice(-1, 1, { ...before, end: range.end });
    else comments.push({ pos: range.pos, end: range.end, isBlock });
  }
  return comments;
}

/** Whether there is no empty line between any of these and the next. */
function isFollowed(text: string, [at, next, ...rest]: readonly { readonly pos: number; readonly end?: number }[]): boolean {
  if (at === undefined || next === undefined) return true;
  return !hasGap(text, at.end ?? at.pos, next.pos) && isFollowed(text, [next, ...rest]);
}

/** Whether an empty line lies between two offsets. */
function hasGap(text: string, from: number, to: number): boolean {
  return (text.slice(from, to).match(/\r\n|[\n\r\u2028\u2029]/gu)?.length ?? 0) > 1;
}

function commentFact(text: string, { pos, end }: Comment): Omit<CommentFact, "heads"> {
  const prose: string[] = [];
  const tags: CommentTag[] = [];
  let at = pos;
  for (const line of text.slice(pos, end).split(/(?<=\r\n|[\n\r](?!\n)|[\u2028\u2029])/u)) {
    const content = line.replace(/^\s*(?:\/\*+!?|\/{2,}!?|\*(?!\/))?[^\S\r\n]?/u, "");
    const start = at + line.length - content.length;
    at += line.length;
    const said = content.replace(/\s*\*\/\s*$/u, "").trimEnd();
    let offset = start;
    // Only a line that begins with a tag goes on with others: in prose an `@` is a mention.
    for (const piece of /^\s*@/u.test(said) ? said.split(INLINE) : [said]) {
      const { indent = "", name, rest = "" } = /^(?<indent>\s*)@(?<name>[\w-]+)(?<rest>[\s\S]*)$/u.exec(piece)?.groups ?? {};
      const last = tags.at(-1);
      if (name !== undefined) {
        const begin = offset + indent.length;
        tags.push({ name, text: rest.trim(), span: [begin, offset + piece.trimEnd().length] });
      } else if (last) tags.splice(-1, 1, { ...last, text: `${last.text}\n${piece}`.trimEnd() });
      else prose.push(piece);
      offset += piece.length;
    }
  }
  return { text: prose.join("\n").trim(), tags, span: [pos, end] };
}

function namesByLocal(exports: readonly ExportFact[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { name, local } of exports) if (local !== undefined) names.set(local, [...(names.get(local) ?? []), name]);
  return names;
}

/** The exported names that a statement declares or passes on. */
function headedNames(statement: ts.Node, names: ReadonlyMap<string, readonly string[]>): string[] {
  if (isExportDeclaration(statement)) {
    const { exportClause: clause } = statement;
    if (!clause) return ["*"];
    return "elements" in clause ? clause.elements.map(({ name }) => name.text) : [clause.name.text];
  }
  if (isExportAssignment(statement)) return ["default"];
  const exported = canHaveModifiers(statement) && hasModifier(statement, SyntaxKind.DefaultKeyword) ? ["default"] : undefined;
  return exported ?? localNames(statement).flatMap((local) => names.get(local) ?? []);
}

function localNames(statement: ts.Node): string[] {
  if (isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap((declaration) => boundNames(declaration.name)).map(({ text }) => text);
  }
  const isNamed =
    isFunctionDeclaration(statement) ||
    isClassDeclaration(statement) ||
    isInterfaceDeclaration(statement) ||
    isTypeAliasDeclaration(statement) ||
    isEnumDeclaration(statement) ||
    isModuleDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

/** Whether a statement declares or exports something, so that the comment right above it is about that. */
function isDeclared(statement: ts.Node): boolean {
  return !isImportDeclaration(statement) && !isImportEqualsDeclaration(statement) && statement.kind !== SyntaxKind.EndOfFileToken;
}
