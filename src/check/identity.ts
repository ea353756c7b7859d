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
  const subject = withoutPlaces(problem.subject, file, workspace);
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

/**
 * The code at a place without what a formatter may change (white space, quotes, commas, semicolons and parentheses), and relative
 * specifiers without the way from here to there, which another folder changes.
 */
function codeAt(place: Place, workspace: Workspace, textOf: TextOf): string {
  const text = textOf(place.file);
  const lineStarts = workspace.facts(place.file)?.lineStarts;
  if (text === undefined || lineStarts === undefined) return "";
  const start = (lineStarts[place.line - 1] ?? 0) + place.column - 1;
  const end = (lineStarts[place.endLine - 1] ?? 0) + place.endColumn - 1;
  return text
    .slice(start, end)
    .replace(/(?<=["'`])\.{1,2}\/(?:[^\s"'`]*\/)?(?=[^\s"'`/]*["'`])/gu, "")
    .replace(/[\s"'`,;()]+/gu, "");
}
