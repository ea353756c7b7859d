import { parentOf, type Path } from "../files/path.js";
import { memo } from "./memo.js";
import type { Plugin, Project, Workspace } from "./workspace.js";

/** Who owns a file, as far as imports are judged. */
export interface Owner {
  /** The project, or the folder of the plugin around it. */
  readonly folder: Path;
  /** As people call it. */
  readonly name: string;
  /** `manifest` and `host` are layers too; undefined where no layer covers the file. */
  readonly layer?: string;
  /** Its package.json, by whose name others can import it. */
  readonly packageJson?: Path;
  /** The plugin that the file is part of. */
  readonly plugin?: Plugin;
}

/** What owners are found by. */
type Ground = Pick<Workspace, "policy" | "projects" | "plugins" | "projectOf" | "manifest" | "matches" | "isTest">;

/**
 * Makes the question "who owns this file?".
 *
 * @remarks A project inside a plugin is part of the plugin, and one that no layer names is of the layer of the project around it: splitting
 * a folder into Nx projects moves no boundary.
 */
export function indexOwners(ground: Ground): (path: Path) => Owner | undefined {
  const plugins = new Map(ground.plugins.map((plugin) => [plugin.folder, plugin]));
  const projects = new Map(ground.projects.map((project) => [project.folder, project]));
  const around = memo((folder: Path): readonly Project[] => {
    const above = folder === "" ? [] : around(parentOf(folder));
    const project = projects.get(folder);
    return project === undefined ? above : [project, ...above];
  });
  const ofProject = memo((project: Project): Owner => {
    const all = around(project.folder);
    const plugin = all.map(({ folder }) => plugins.get(folder)).find((found) => found !== undefined);
    const layer = all.find((one) => one.layer !== undefined)?.layer;
    const { folder, name, packageJson } = all.find((one) => one.folder === plugin?.folder) ?? project;
    return { folder, name, ...(packageJson !== undefined && { packageJson }), ...(layer !== undefined && { layer }), ...(plugin !== undefined && { plugin }) };
  });
  return (path) => {
    const project = ground.projectOf(path);
    if (project === undefined) return undefined;
    const owner = ofProject(project);
    if (path === ground.manifest) return { ...owner, layer: "manifest" };
    return ground.matches(path, ground.policy.layout.host) && !ground.isTest(path) ? { ...owner, layer: "host" } : owner;
  };
}

/** Whether the import matrix lets code of a layer import code of another; `*` is every layer that the layout names. */
export function mayImport({ layout, authority }: Workspace["policy"], from: string | undefined, to: string | undefined): boolean {
  if (from === undefined || to === undefined) return true;
  const allowed = authority.mayImport[from];
  return allowed === undefined || allowed.includes(to) || (allowed.includes("*") && Object.hasOwn(layout.layers, to));
}
