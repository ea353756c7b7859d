import type { Path } from "../../files/path.js";
import { outgoing } from "../facets.js";
import type { Workspace } from "../workspace.js";

/** Layers whose modules are adapters: forwarding to a package is what they are for. */
const ADAPTERS: ReadonlySet<string> = new Set(["plugin", "app", "host"]);

/**
 * The modules of other projects that a module only forwards to; none where it makes or owns something, or forwards where it should.
 *
 * @remarks Apps and plugins may forward: that is how they adapt what packages own. So may the project of the manifest; a manifest's old place in
 * another project is a bridge to the new one.
 */
export function forwardedTo(workspace: Workspace, path: Path): readonly Path[] {
  if (workspace.facet(path, outgoing)?.forwards !== true) return [];
  const owner = workspace.ownerOf(path);
  if (owner === undefined || path === workspace.manifest) return [];
  const targets = targetsOf(workspace, path, new Set([path]));
  if (targets === undefined || targets.length === 0) return [];
  if (targets.some((target) => workspace.ownerOf(target)?.folder === owner.folder && target !== workspace.manifest)) return [];
  const toManifest = targets.includes(workspace.manifest ?? path) && workspace.projectOf(path) !== workspace.projectOf(workspace.manifest ?? path);
  const isShared = owner.layer !== undefined && owner.layer !== "manifest" && !ADAPTERS.has(owner.layer) && owner.plugin === undefined;
  return isShared || (toManifest && owner.layer !== "host") ? targets : [];
}

/** Where everything that a module passes on is made, through forwarding modules beside it; undefined where it passes on something from outside. */
function targetsOf(workspace: Workspace, path: Path, seen: Set<Path>): readonly Path[] | undefined {
  const home = workspace.ownerOf(path)?.folder;
  const targets: Path[] = [];
  const edges = workspace.linksOf(path);
  for (const { to } of edges) {
    if (to.kind !== "file") return undefined;
    const isOwn = workspace.ownerOf(to.path)?.folder === home && to.path !== workspace.manifest;
    if (!isOwn || workspace.facet(to.path, outgoing)?.forwards !== true || seen.has(to.path)) {
      targets.push(to.path);
      continue;
    }
    seen.add(to.path);
    const further = targetsOf(workspace, to.path, seen);
    if (further === undefined) return undefined;
    targets.push(...further);
  }
  return targets;
}
