import type { SourceText } from "../files/snapshot.js";
import { codeOf } from "./code/code.js";
import { headingComments } from "./comments.js";
import type { ts } from "./compiler.cjs";
import { directivesOf } from "./directives.js";
import { exportsOf, forwardsOnly } from "./exports.js";
import type { FileFacts, SourceFacts, SyntaxErrorFact } from "./facts.js";
import { isGenerated } from "./generated.js";
import { importFact, isImportStatement } from "./imports.js";
import { parseJson } from "./json.js";
import { importedLoaders } from "./loads.js";
import { otherImports } from "./other-imports.js";
import { walkOutline } from "./outline-walk.js";
import { MAX_DEPTH, parseSource } from "./parse.js";
import { lineStartsOf } from "./position.js";
import { spanOf } from "./syntax.js";
import { parseYaml } from "./yaml.js";

/** The facts of a file from its text alone. */
export function extractOutline(source: SourceText): FileFacts {
  if (source.language === "yaml") return parseYaml(source.text);
  if (source.language === "json") return parseJson(source.text, { strict: isStrictJson(source.path) });
  return sourceFacts(source);
}

/** Package managers read package.json as plain JSON; the tools behind other files allow comments. */
function isStrictJson(path: string): boolean {
  return path === "package.json" || path.endsWith("/package.json");
}

function sourceFacts(source: SourceText): SourceFacts {
  const { file, syntaxErrors } = parseSource(source);
  const statements = file.statements.filter(isImportStatement).flatMap((statement) => importFact(statement, file) ?? []);
  const taken = statements.flatMap((fact) => fact.names);
  const exports = exportsOf(file);
  const forwards = forwardsOnly(file);
  const finds = walkOutline(file, importedLoaders(taken), taken);
  return {
    kind: "source",
    lineStarts: lineStartsOf(source.text),
    syntaxErrors: [...syntaxErrors, ...tooDeep(finds.tooDeep, file)],
    imports: [...statements, ...otherImports(file, finds, importedLoaders(taken))],
    exports,
    names: finds.names,
    texts: finds.texts,
    segments: finds.segments,
    openKeys: finds.openKeys,
    directives: directivesOf(file),
    comments: headingComments(file, exports, forwards),
    forwards,
    generated: isGenerated(file),
    code: codeOf(file),
  };
}

function tooDeep(node: ts.Node | undefined, file: ts.SourceFile): SyntaxErrorFact[] {
  if (!node) return [];
  return [{ message: `Code is nested deeper than ${MAX_DEPTH} levels; what stands inside is not analysed.`, span: spanOf(node, file) }];
}
