import type { Span } from "../facts/expression.js";
import type { FileFacts, JsonNode } from "../facts/facts.js";
import { hashText } from "../files/hash.js";
import type { Path } from "../files/path.js";
import type { RenderedProblem, Rule } from "../rule/rule.js";
import type { Place, Workspace } from "../workspace/workspace.js";

/** Text of an analysed file; undefined for one that was not read. */
export type TextOf = (path: Path) => string | undefined;

/**
 * What makes a problem the same problem tomorrow: its rule, its project, its subject, what it stands in and the code that it points at.
 *
 * @remarks Lines, columns and the file's own path are left out on purpose, so that moved lines, reformatting and `git mv` within the
 * project keep the identity. Identical twins share it; {@link numberTwins} tells them apart.
 */
export function identityOf(rule: Rule, problem: RenderedProblem, workspace: Workspace, textOf: TextOf): string {
  const { file } = problem.at;
  const project = workspace.projectOf(file);
  const subject = withoutPlaces(problem.subject, file, workspace);
  return hashText(
    JSON.stringify([
      rule.name,
      project?.name ?? "",
      subject,
      problem.messageId,
      namesAround(problem.at, workspace),
      codeAt(problem.at, workspace, textOf),
    ]),
  ).slice(0, 16);
}

/**
 * Gives identical twins an ordinal, in the order given.
 *
 * @returns one unique key per identity: the first keeps its own, the second gets `-2`, and so on
 */
export function numberTwins(identities: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return identities.map((identity) => {
    const ordinal = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, ordinal);
    return ordinal === 1 ? identity : `${identity}-${ordinal}`;
  });
}

/** A subject in which files stand for their projects, since they may move within them, and the finding's own file for nothing. */
function withoutPlaces(subject: string, file: Path, workspace: Workspace): string {
  const folder = workspace.projectOf(file)?.folder ?? "";
  return subject.replace(/[^\s<>=~#,:]+/gu, (name) => {
    if (name === file) return "";
    const path = workspace.paths.find((one) => one === name);
    const owner = path === undefined ? undefined : workspace.projectOf(path);
    if (owner !== undefined) return owner.name;
    return folder !== "" && name.startsWith(`${folder}/`) ? name.slice(folder.length + 1) : name;
  });
}

/** What a place stands in: the declaration of a module, or the keys of a JSON file; so is one breach told from the like of it elsewhere. */
function namesAround(place: Place, workspace: Workspace): readonly string[] {
  const facts = workspace.facts(place.file);
  const offset = offsetOf(place.line, place.column, facts);
  if (facts === undefined || offset === undefined) return [];
  if (facts.kind === "source") return facts.code.declarations.filter(({ span }) => holds(span, offset)).map(({ name }) => name);
  return facts.root === undefined ? [] : keysAround(facts.root, offset);
}

function keysAround(node: JsonNode, offset: number): readonly string[] {
  if (node.kind === "value") return [];
  if (node.kind === "array") return node.items.filter(({ span }) => holds(span, offset)).flatMap((item) => keysAround(item, offset));
  const property = node.properties.find(({ keySpan, value }) => holds([keySpan[0], value.span[1]], offset));
  return property === undefined ? [] : [property.key, ...keysAround(property.value, offset)];
}

function holds([start, end]: Span, offset: number): boolean {
  return start <= offset && offset < end;
}

function offsetOf(line: number, column: number, facts: FileFacts | undefined): number | undefined {
  const start = facts?.lineStarts[line - 1];
  return start === undefined ? undefined : start + column - 1;
}

/**
 * The code at a place without what a formatter may change (white space, quotes, commas, semicolons and parentheses), and relative
 * specifiers without the way from here to there, which another folder changes.
 */
function codeAt(place: Place, workspace: Workspace, textOf: TextOf): string {
  const text = textOf(place.file);
  const facts = workspace.facts(place.file);
  const start = offsetOf(place.line, place.column, facts);
  const end = offsetOf(place.endLine, place.endColumn, facts);
  if (text === undefined || start === undefined) return "";
  return text
    .slice(start, end)
    .replace(/(?<=["'`])\.{1,2}\/(?:[^\s"'`]*\/)?(?=[^\s"'`/]*["'`])/gu, "")
    .replace(/[\s"'`,;()]+/gu, "");
}
