import { ts } from "./compiler.cjs";
import type { Language, SourceText } from "../files/snapshot.js";
import type { SyntaxErrorFact } from "./facts.js";

/**
 * How deep syntax may nest before its inner parts are left out of the facts.
 *
 * @remarks Hand-written code stays below fifty; the limit keeps recursion, here and in every consumer, far from the end of the stack.
 */
export const MAX_DEPTH = 400;

/** A parsed file and what its parser complained about. */
export interface ParsedSource {
  readonly file: ts.SourceFile;
  readonly syntaxErrors: readonly SyntaxErrorFact[];
}

/** Parses a source text; never throws, the tree holds what could be recovered. */
export function parseSource({ path, text, language }: SourceText): ParsedSource {
  try {
    const file = createFile(path, text, language);
    return { file, syntaxErrors: parseDiagnosticsOf(file).map((diagnostic) => syntaxError(diagnostic, text.length)) };
  } catch (error) {
    // TypeScript's parser is recursive: a text nested some thousand levels deep overflows its stack.
    if (!(error instanceof RangeError)) throw error;
    return { file: createFile(path, "", language), syntaxErrors: [{ message: "Code is nested too deeply to be parsed.", span: [0, text.length] }] };
  }
}

function createFile(path: string, text: string, language: Language): ts.SourceFile {
  const options: ts.CreateSourceFileOptions = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  return ts.createSourceFile(path, text, options, false, scriptKindOf(language));
}

function scriptKindOf(language: Language): ts.ScriptKind {
  switch (language) {
    case "ts":
      return ts.ScriptKind.TS;
    case "tsx":
      return ts.ScriptKind.TSX;
    case "jsx":
      return ts.ScriptKind.JSX;
    default:
      return ts.ScriptKind.JS;
  }
}

/** The parser's own complaints, which TypeScript keeps on the file without declaring the field. */
function parseDiagnosticsOf(file: ts.SourceFile): ts.DiagnosticWithLocation[] {
  const found: unknown = Reflect.get(file, "parseDiagnostics");
  return Array.isArray(found) ? found.filter(isDiagnostic) : [];
}

function isDiagnostic(value: unknown): value is ts.DiagnosticWithLocation {
  return typeof value === "object" && value !== null && "messageText" in value && "start" in value && typeof value.start === "number";
}

function syntaxError(diagnostic: ts.DiagnosticWithLocation, length: number): SyntaxErrorFact {
  const start = Math.min(diagnostic.start, length);
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  return { message, span: [start, Math.max(start, Math.min(diagnostic.start + diagnostic.length, length))] };
}
