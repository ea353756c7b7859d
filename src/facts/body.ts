import type { SourceText } from "../files/snapshot.js";
import { lowerClass } from "./body/classes.js";
import { declareStatements, hoistVariables } from "./body/declare.js";
import { type Lowering, ModuleDraft } from "./body/draft.js";
import { lowerExpression } from "./body/expressions.js";
import { lowerFunction } from "./body/functions.js";
import { Scope } from "./body/scope.js";
import { lowerStatements } from "./body/statements.js";
import { lowerType, lowerTypeMembers } from "./body/types.js";
import { type CommonJsExport, commonJsExports } from "./commonjs.js";
import type { ts } from "./compiler.cjs";
import type { EmbeddedJson, Expression, ModuleBody } from "./expression.js";
import { isImportStatement } from "./imports.js";
import { parseSource } from "./parse.js";

const lowering: Lowering = {
  expression: lowerExpression,
  statements: lowerStatements,
  type: lowerType,
  typeMembers: lowerTypeMembers,
  function: lowerFunction,
  class: lowerClass,
};

/** Everything that runs in a source file, from its text alone; a file of another language has an empty module. */
export function extractBody(source: SourceText): ModuleBody {
  const { file } = parseSource(source.language === "json" || source.language === "yaml" ? { ...source, text: "" } : source);
  const { bindings, functions, embedded } = lowerModule(file, new Set());
  return { bindings, functions, embedded: outermost(embedded) };
}

/** What {@link extractBody} makes of some expressions of a file, by node. */
export function loweredExpressions(file: ts.SourceFile, nodes: readonly ts.Expression[]): ReadonlyMap<ts.Expression, Expression> {
  return lowerModule(file, new Set(nodes)).lowered;
}

function lowerModule(file: ts.SourceFile, wanted: ReadonlySet<ts.Expression>): ModuleDraft {
  const exported = commonJsExports(file);
  const module = new ModuleDraft({ file, lower: lowering, importIndex: importIndexes(file), commonJs: byAssignment(exported), wanted });
  const scope = new Scope(module, undefined, 0, { depth: 0, ambient: file.isDeclarationFile });
  module.functions.push({ span: [0, file.text.length], parent: 0, async: false, generator: false, arrow: false, parameters: [], body: [] });
  hoistVariables(scope, file.statements);
  declareStatements(scope, file.statements);
  for (const { local, node } of exported) scope.declareValue(local, "const", node);
  const body = lowerStatements(scope, file.statements);
  const [main] = module.functions;
  if (main) main.body = body;
  return module;
}

function importIndexes(file: ts.SourceFile): ReadonlyMap<ts.Node, number> {
  return new Map(file.statements.filter(isImportStatement).map((statement, index) => [statement, index]));
}

function byAssignment(exported: readonly CommonJsExport[]): ReadonlyMap<ts.Node, readonly CommonJsExport[]> {
  const groups = new Map<ts.Node, CommonJsExport[]>();
  for (const one of exported) groups.set(one.assignment, [...(groups.get(one.assignment) ?? []), one]);
  return groups;
}

/** A text may be found in a whole and in its parts: the whole counts. */
function outermost(found: readonly EmbeddedJson[]): EmbeddedJson[] {
  return found.filter(
    ({ span: [start, end] }, index) =>
      !found.some(({ span }, other) => other !== index && span[0] <= start && end <= span[1] && span[1] - span[0] > end - start),
  );
}
