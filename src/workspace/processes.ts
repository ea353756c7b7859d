import type { Path } from "../files/path.js";
import { generated } from "./facets.js";
import type { Workspace } from "./workspace.js";

/**
 * The programs that hosts run, each as the modules whose values it loads: one for every entry that is no host file itself, or else one
 * for all host files and the manifest.
 *
 * @remarks Follows every import of the workspace's own modules; asked only by who has found two of something.
 */
export function processesOf(workspace: Workspace): readonly ReadonlySet<Path>[] {
  const { host, manifest } = workspace.policy.layout;
  const isSource = (path: Path): boolean => workspace.facet(path, generated) !== undefined && !workspace.isTest(path);
  const hosts = workspace.matching(host).filter(isSource);
  const entries = workspace.matching(manifest.entries).filter((path) => isSource(path) && !hosts.includes(path));
  const starts = entries.length > 0 ? entries.map((entry) => [entry]) : [[...hosts, ...(workspace.manifest === undefined ? [] : [workspace.manifest])]];
  return starts.map((start) => loadedFrom(workspace, start));
}

function loadedFrom(workspace: Workspace, start: readonly Path[]): ReadonlySet<Path> {
  const loaded = new Set<Path>(start);
  for (const path of loaded) {
    for (const { typeOnly, to } of workspace.linksOf(path)) if (!typeOnly && to.kind === "file") loaded.add(to.path);
  }
  return loaded;
}
