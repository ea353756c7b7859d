import type { Path } from "../../files/path.js";
import { globMatcher } from "../../policy/glob.js";
import { bridgeId, bridgeImports, type Bridge } from "../bridges.js";
import { readPackage } from "../package.js";
import type { ImportEdge, Place, Workspace } from "../workspace.js";

/** A way to cross a bridge that nobody allowed. */
export type BridgeLeak =
  /** A module that is not listed imports it, or passes it on. */
  | { readonly kind: "importer" | "barrel"; readonly from: Path; readonly at: Place }
  /** The package offers it to everybody. */
  | { readonly kind: "exported"; readonly entry: string }
  /** More modules import it than when the baseline was written. */
  | { readonly kind: "more"; readonly recorded: number; readonly imports: readonly ImportEdge[] };

/**
 * Every way around the list of importers that a registry or comment gives; without a list only those that open it to everybody.
 *
 * @remarks One that passes another on is no barrel: both go.
 */
export function bridgeLeaks(workspace: Workspace, bridge: Bridge): readonly BridgeLeak[] {
  const isListed = bridge.importers === undefined ? undefined : globMatcher(bridge.importers);
  const leaks = new Map<Path, BridgeLeak>();
  for (const edge of bridgeImports(workspace, bridge)) {
    const { from, fact } = edge;
    if (isListed?.(from) === true) continue;
    const isBarrel = passesOn(workspace, edge, bridge) && !workspace.bridges.some(({ file, names }) => file === from && names === undefined);
    if (!isBarrel && isListed === undefined) continue;
    leaks.set(from, { kind: isBarrel ? "barrel" : "importer", from, at: workspace.place(from, fact.specifier.span) });
  }
  const offered = isListed === undefined && bridge.names === undefined && bridge.sign !== "forwarding" ? entriesOf(workspace, bridge.file) : [];
  return [...growthOf(workspace, bridge), ...leaks.values(), ...offered.map((entry) => ({ kind: "exported", entry }) as const)];
}

function growthOf(workspace: Workspace, bridge: Bridge): readonly BridgeLeak[] {
  const recorded = workspace.baseline?.importers.find(({ name }) => name === bridgeId(bridge))?.count;
  const imports = [...new Map(bridgeImports(workspace, bridge).map((edge) => [edge.from, edge])).values()];
  return recorded === undefined || imports.length <= recorded ? [] : [{ kind: "more", recorded, imports }];
}

/** Whether an import is there to export what it takes of the bridge. */
function passesOn(workspace: Workspace, { from, fact }: ImportEdge, { names }: Bridge): boolean {
  if (fact.form === "export-from") return true;
  const taken = fact.names.filter(({ name }) => names === undefined || name === "*" || names.includes(name)).map(({ local }) => local);
  return workspace.source(from)?.exports.some(({ local }) => local !== undefined && taken.includes(local)) === true;
}

/** The names under which a package offers a module explicitly, beside its main entry; what a pattern takes in is nobody's decision. */
function entriesOf(workspace: Workspace, file: Path): readonly string[] {
  const { packageJson, name } = workspace.projectOf(file) ?? {};
  const facts = packageJson === undefined ? undefined : workspace.json(packageJson);
  const { exports: offers = {} } = readPackage(facts?.root);
  return Object.keys(offers)
    .filter((key) => key !== "." && !key.includes("*"))
    .map((key) => `${name ?? ""}${key.slice(1)}`)
    .filter((specifier) => {
      const to = workspace.resolve(file, specifier);
      return to.kind === "file" && to.path === file;
    });
}
