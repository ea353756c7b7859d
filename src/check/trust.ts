import type { UnreadableFile } from "../files/snapshot.js";
import type { RunProblem } from "../rule/finding.js";
import type { Workspace } from "../workspace/workspace.js";

/**
 * What keeps an answer about this workspace from being trusted, although the rest of it was analysed: files that could not be read,
 * sources that could not be parsed, and faults in the description of the workspace.
 */
export function trustProblems(workspace: Workspace, unreadable: readonly UnreadableFile[]): readonly RunProblem[] {
  return [...unreadable.map(unreadProblem), ...brokenSources(workspace), ...workspace.problems];
}

/** What is wrong with a run in which a file, or the root itself, could not be read. */
export function unreadProblem({ path, message }: UnreadableFile): RunProblem {
  return path === "" ? { message } : { message, file: path };
}

/** The first syntax error of each source file; those behind it are mostly its echo. */
function* brokenSources(workspace: Workspace): Iterable<RunProblem> {
  for (const file of workspace.paths) {
    const error = workspace.brief(file).broken ? workspace.source(file)?.syntaxErrors[0] : undefined;
    if (error === undefined) continue;
    yield {
      message: `"${file}" cannot be parsed: ${error.message.replace(/\.$/u, "")}.`,
      file,
      line: workspace.place(file, error.span).line,
    };
  }
}
