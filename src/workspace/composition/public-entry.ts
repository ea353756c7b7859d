import type { Path } from "../../files/path.js";
import { jsonProperty } from "../json.js";
import { memo } from "../memo.js";
import { readPackageSpecifier } from "../specifier.js";
import type { Project, Workspace } from "../workspace.js";

/** What finding a project's public entries asks of the workspace. */
export type EntryGround = Pick<Workspace, "json" | "resolve">;

/** Says of an import by which way it enters a project. */
export interface EntryQuestion {
  /** Whether a module is what a package's name, or a subpath that it exports, leads to. */
  isPublic(project: Project, module: Path): boolean;
  /** Whether an import of a module goes past the project's public entries, or through its source folder. */
  isPast(project: Project, module: Path, specifier: string, isPrivate: boolean): boolean;
}

/** Makes the question "does this import enter a project by a door that it opens?". */
export function entryQuestion(ground: EntryGround): EntryQuestion {
  const subpathsOf = memo((project: Project): readonly string[] => {
    const exported = project.packageJson && jsonProperty(ground.json(project.packageJson)?.root, "exports")?.value;
    if (exported?.kind !== "object") return ["."];
    const keys = exported.properties.map(({ key }) => key).filter((key) => key.startsWith("."));
    return keys.length === 0 ? ["."] : keys;
  });
  const isPublic = (project: Project, module: Path): boolean =>
    subpathsOf(project).some((subpath) => spellings(subpath, insideOf(project, module)).some((one) => leadsTo(project, one, module)));
  const leadsTo = (project: Project, subpath: string, module: Path): boolean => {
    const to = ground.resolve(project.folder, project.name + subpath.slice(1));
    return to.kind === "file" && !to.private && to.path === module;
  };
  return {
    isPublic,
    isPast(project, module, specifier, isPrivate) {
      const { name, subpath } = readPackageSpecifier(specifier);
      if (name === project.name) return isPrivate || SOURCE_FOLDER.test(subpath);
      return SOURCE_FOLDER.test(below(project, specifier)) || !isPublic(project, module);
    },
  };
}

const SOURCE_FOLDER = /(?:^|\/)src(?:\/|$)/u;

/** What a path spells below the project's own folder; nothing where it does not spell the folder. */
function below(project: Project, specifier: string): string {
  const folder = `/${project.folder}/`;
  const at = `/${specifier}/`.lastIndexOf(folder);
  if (at >= 0) return specifier.slice(at + folder.length - 1);
  const name = project.folder.split("/").at(-1) ?? "";
  const rest = specifier.split(`/${name}/`);
  return rest.length > 1 ? (rest.at(-1) ?? "") : "";
}

/** A module's path inside its project, without extension. */
function insideOf(project: Project, module: Path): string {
  return module.slice(project.folder === "" ? 0 : project.folder.length + 1).replace(/\.[cm]?[jt]sx?$/u, "");
}

/** The names that a subpath pattern can give a module: its `*` stands for some tail of the module's path. */
function spellings(subpath: string, inside: string): readonly string[] {
  if (!subpath.includes("*")) return [subpath];
  const segments = inside.split("/");
  return segments.map((_, from) => subpath.replace("*", segments.slice(from).join("/")));
}
