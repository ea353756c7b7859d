import type { ModuleBody } from "../facts/expression.js";
import type { SourceFacts } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import type { Policy } from "../policy/policy.js";
import { generated } from "./facets.js";
import type { Workspace } from "./workspace.js";

/** What finding the manifest asks of the workspace. */
type Ground = Pick<Workspace, "matching" | "source" | "facet" | "body" | "resolve">;

/**
 * The manifest: the first file that the layout names, or where that one forwards to.
 *
 * @remarks A module forwards when it does nothing but export again what another module of the workspace exports.
 */
export function findManifest(ground: Ground, layout: Policy["layout"]["manifest"]): Path | undefined {
  const start = namedManifest(ground, layout);
  const passed = new Set<Path>();
  for (let at = start; at !== undefined;) {
    passed.add(at);
    const next = forwardedTo(ground, at, layout.export);
    // Modules that forward to each other in a circle own nothing: the one that was named answers for them.
    if (next === undefined) return at;
    if (passed.has(next)) return start;
    at = next;
  }
  return undefined;
}

/** The first file that the layout names as the manifest and that is there; it may forward. */
export function namedManifest(ground: Pick<Ground, "matching" | "facet">, { files }: Policy["layout"]["manifest"]): Path | undefined {
  return files.flatMap((glob) => ground.matching([glob])).find((path) => ground.facet(path, generated) !== undefined);
}

/** The local module whose export a module that only forwards passes on. */
function forwardedTo(ground: Ground, file: Path, name: string): Path | undefined {
  const facts = ground.source(file);
  const body = ground.body(file);
  if (facts === undefined || body === undefined || !onlyForwards(body)) return undefined;
  const specifier = facts.imports[sourceOf(facts, body, name) ?? -1]?.specifier;
  const to = specifier?.kind === "string" ? ground.resolve(file, specifier.value) : undefined;
  return to?.kind === "file" ? to.path : undefined;
}

/** Whether a module declares and does nothing of its own; `export default imported` declares only a name for it. */
export function onlyForwards({ bindings, functions }: ModuleBody): boolean {
  const isPassed = (binding: number): boolean => {
    const value = bindings[binding]?.value;
    return value?.kind === "reference" && bindings[value.binding]?.import !== undefined;
  };
  return (functions[0]?.body ?? []).every((statement) => statement.kind === "declare" && isPassed(statement.binding));
}

/** Which of a module's imports an exported name comes from. */
function sourceOf({ exports }: SourceFacts, { bindings }: ModuleBody, name: string): number | undefined {
  const fact = exports.find((candidate) => candidate.name === name) ?? exports.find((candidate) => candidate.name === "*");
  if (fact?.from !== undefined) return fact.from.import;
  let binding = bindings.find((candidate) => candidate.name === fact?.local && candidate.function === 0 && candidate.depth === 0);
  if (binding?.value?.kind === "reference") binding = bindings[binding.value.binding];
  return binding?.import?.index;
}
