import type { Path } from "../../files/path.js";
import { generated } from "../facets.js";
import type { Workspace } from "../workspace.js";

/** What finding the manifest's modules asks of the workspace. */
type Ground = Pick<Workspace, "policy" | "manifest" | "linksOf" | "projectOf" | "isTest" | "matches" | "facet">;

/**
 * The modules that the manifest is written in: its own, and those of its project that it takes values from.
 *
 * @remarks A manifest that is split over files is still one manifest. Hosts and entries are none of it, wherever they stand, and neither
 * is what another layer owns.
 */
export function manifestModules(ground: Ground): readonly Path[] {
  const { manifest, policy } = ground;
  if (manifest === undefined) return [];
  const home = ground.projectOf(manifest)?.folder;
  const isPart = (path: Path): boolean =>
    ground.facet(path, generated) !== undefined &&
    ground.projectOf(path)?.folder === home &&
    !ground.isTest(path) &&
    !ground.matches(path, policy.layout.host) &&
    !ground.matches(path, policy.layout.manifest.entries);
  const found = new Set<Path>([manifest]);
  for (const path of found) {
    for (const { typeOnly, to } of ground.linksOf(path)) if (!typeOnly && to.kind === "file" && isPart(to.path)) found.add(to.path);
  }
  return [...found];
}
