import { hashText } from "../files/hash.js";
import type { Path } from "../files/path.js";
import type { RenderedProblem, Rule } from "../rule/rule.js";
import type { Place, Workspace } from "../workspace/workspace.js";

/** Text of an analysed file; undefined for one that was not read. */
export type TextOf = (path: Path) => string | undefined;

/**
 * What makes a problem the same problem tomorrow: its rule, its project, its subject and the code that it points at.
 *
 * @remarks Lines, columns and the file's own path are left out on purpose, so that moved lines, reformatting and `git mv` within the
 * project keep the identity. Identical twins share it; {@link numberTwins} tells them apart.
 */
export function identityOf(rule: Rule, problem: RenderedProblem, workspace: Workspace, textOf: TextOf): string {
  const { file } = problem.at;
  const project = workspace.projectOf(file);
  const subject = withinProject(problem.subject, file, project?.folder);
  return hashText(
    JSON.stringify([rule.name, project?.name ?? "", subject, problem.messageId, codeAt(problem.at, workspace, textOf)]),
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

function withinProject(subject: string, file: Path, folder: Path | undefined): string {
  if (subject === file || subject.startsWith(`${file}:`)) return subject.slice(file.length);
  return folder !== undefined && folder !== "" && subject.startsWith(`${folder}/`) ? subject.slice(folder.length + 1) : subject;
}

/** The code at a place without what a formatter may change: white space, quotes, commas, semicolons and parentheses. */
function codeAt(place: Place, workspace: Workspace, textOf: TextOf): string {
  const text = textOf(place.file);
  const lineStarts = workspace.facts(place.file)?.lineStarts;
  if (text === undefined || lineStarts === undefined) return "";
  const start = (lineStarts[place.line - 1] ?? 0) + place.column - 1;
  const end = (lineStarts[place.endLine - 1] ?? 0) + place.endColumn - 1;
  return text.slice(start, end).replace(/[\s"'`,;()]+/gu, "");
}
