import type { FileFacts } from "../facts/facts.js";
import { childPath, type Path } from "../files/path.js";
import { jsonProperty } from "./json.js";
import { placeOf } from "./place.js";
import type { Project, WorkspaceProblem } from "./workspace.js";

/** Files that say what a project is; a broken one elsewhere (a fixture, say) says nothing about this workspace. */
const descriptions = ["package.json", "project.json", "tsconfig.json", "jsconfig.json"] as const;

/**
 * The faults in the description of the workspace: descriptions that cannot be parsed, and names that several projects claim.
 *
 * @remarks All else is still analysed; of projects with one name the first by folder is the one that imports reach.
 */
export function findProblems(projects: readonly Project[], factsOf: (path: Path) => FileFacts | undefined): readonly WorkspaceProblem[] {
  const files = projects.flatMap(({ folder }) => descriptions.map((name) => childPath(folder, name)));
  return [...brokenFiles([...files, "pnpm-workspace.yaml" as Path, "nx.json" as Path], factsOf), ...claimedTwice(projects, factsOf)];
}

/** The first syntax error of each file; those behind it are mostly its echo. */
function brokenFiles(files: readonly Path[], factsOf: (path: Path) => FileFacts | undefined): readonly WorkspaceProblem[] {
  return files.flatMap((file) => {
    const facts = factsOf(file);
    const error = facts?.syntaxErrors[0];
    if (facts === undefined || error === undefined) return [];
    const message = `"${file}" cannot be parsed: ${error.message.replace(/\.$/u, "")}.`;
    return [{ message, file, line: placeOf(facts, file, error.span).line }];
  });
}

function claimedTwice(projects: readonly Project[], factsOf: (path: Path) => FileFacts | undefined): readonly WorkspaceProblem[] {
  const owners = new Map<string, Project>();
  const problems: WorkspaceProblem[] = [];
  for (const project of projects) {
    const owner = owners.get(project.name);
    if (owner === undefined) {
      owners.set(project.name, project);
      continue;
    }
    const file = project.packageJson ?? project.projectJson;
    const facts = file && factsOf(file);
    if (file === undefined || facts === undefined) continue;
    const name = facts.kind === "source" ? undefined : jsonProperty(facts.root, "name");
    const both = `"${folderName(owner)}" and "${folderName(project)}"`;
    problems.push({
      message: `${both} are both named "${project.name}". Rename one, or imports of it mean either.`,
      file,
      line: name === undefined ? 1 : placeOf(facts, file, name.value.span).line,
    });
  }
  return problems;
}

function folderName({ folder }: Project): string {
  return folder === "" ? "." : folder;
}
