import type { Language, SourceText } from "../files/snapshot.js";
import type { ts } from "./compiler.cjs";
import type { SyntaxErrorFact } from "./facts.js";
import { createSourceFile, flattenDiagnosticMessageText, JSDocParsingMode, ScriptKind, ScriptTarget } from "./typescript.js";

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
    return {
      file: createFile(path, "", language),
      syntaxErrors: [{ message: "Code is nested too deeply to be parsed.", span: [0, text.length] }],
    };
  }
}

function createFile(path: string, text: string, language: Language): ts.SourceFile {
  const options: ts.CreateSourceFileOptions = { languageVersion: ScriptTarget.Latest, jsDocParsingMode: JSDocParsingMode.ParseNone };
  return createSourceFile(path, text, options, false, scriptKindOf(language));
}

function scriptKindOf(language: Language): ts.ScriptKind {
  switch (language) {
    case "ts":
      return ScriptKind.TS;
    case "tsx":
      return ScriptKind.TSX;
    case "jsx":
      return ScriptKind.JSX;
    default:
      return ScriptKind.JS;
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
  const message = flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  return { message, span: [start, Math.max(start, Math.min(diagnostic.start + diagnostic.length, length))] };
}
