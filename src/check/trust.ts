import { isData } from "../files/language.js";
import type { UnreadableFile } from "../files/snapshot.js";
import type { RunProblem } from "../rule/finding.js";
import { jsonProperty } from "../workspace/json.js";
import type { Project, Workspace } from "../workspace/workspace.js";

/**
 * What keeps an answer about this workspace from being trusted, although the rest of it was analysed: files that could not be read
 * or parsed, and projects that claim one name.
 */
export function trustProblems(workspace: Workspace, unreadable: readonly UnreadableFile[]): readonly RunProblem[] {
  return [...unreadable.map(({ path, message }) => ({ message, file: path })), ...syntaxErrors(workspace), ...duplicateNames(workspace)];
}

/** The first syntax error of each file; those behind it are mostly its echo. Nothing is promised of data, so it may be broken. */
function* syntaxErrors(workspace: Workspace): Iterable<RunProblem> {
  for (const file of workspace.paths) {
    if (isData(file)) continue;
    const [first, ...rest] = workspace.facts(file)?.syntaxErrors ?? [];
    if (first === undefined) continue;
    const { line } = workspace.place(file, first.span);
    const more = rest.length === 0 ? "" : ` (and ${rest.length} more)`;
    yield { message: `"${file}" cannot be parsed: ${first.message.replace(/\.$/u, "")}${more}.`, file, line };
  }
}

function* duplicateNames(workspace: Workspace): Iterable<RunProblem> {
  const owners = new Map<string, Project>();
  for (const project of workspace.projects) {
    const file = project.packageJson ?? project.projectJson;
    const owner = owners.get(project.name);
    if (owner === undefined || file === undefined) {
      owners.set(project.name, owner ?? project);
      continue;
    }
    const name = jsonProperty(workspace.json(file)?.root, "name")?.value;
    const line = name === undefined ? 1 : workspace.place(file, name.span).line;
    yield { message: `"${owner.folder}" and "${project.folder}" are both called "${project.name}"; rename one, or imports of it mean either.`, file, line };
  }
}
