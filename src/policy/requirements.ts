import type { Path } from "../files/path.js";
import type { ConfigSource } from "./fault.js";
import { globMatcher, positive } from "./glob.js";
import { familiesOf, law, type RuleName } from "./law.js";
import type { MergedPolicy, Requirement } from "./policy.js";
import { presets, type RequiredKey } from "./presets.js";
import { locate, spell, type KeyPath } from "./tree.js";

/** Something that a policy names, whoever named it. */
interface Named {
  readonly kind: Requirement["kind"];
  readonly subject: string;
  readonly path: KeyPath;
  readonly rules: readonly RuleName[];
  readonly scope?: "folder";
  /** The key under which a preset can require it. */
  readonly required?: RequiredKey;
}

const needManifest: readonly RuleName[] = [
  ...law.composition,
  "no-unregistered-plugin",
  "no-shared-trigger-router",
  "no-published-internal-router",
  "no-adapter-bootstrap",
];
const needSeams: readonly RuleName[] = [
  "no-local-composition",
  "no-unregistered-plugin",
  "no-shared-trigger-router",
  "no-published-internal-router",
];
const needHost: readonly RuleName[] = [
  "no-misplaced-mount",
  "no-unprovable-mount",
  "no-host-import-in-manifest",
  "no-deep-import",
  "no-local-composition",
  "no-upward-import",
  "no-adapter-bootstrap",
];
const needMounts: readonly RuleName[] = [
  "no-misplaced-mount",
  "no-unprovable-mount",
  "no-mount-reorder",
  "no-untested-family",
  "no-wrong-transport",
  "no-route-literal-in-package",
  "no-local-composition",
];
const needMountsOf: Readonly<Record<string, readonly RuleName[]>> = {
  ingress: ["no-unsigned-ingress"],
  rpc: ["no-ungated-rpc"],
  openapi: ["no-published-internal-router"],
};
const needLayers: readonly RuleName[] = [...law.authority, "no-deep-import", "no-route-literal-in-package", "no-wrong-transport"];
const needPlugins: readonly RuleName[] = [
  "require-plugin-metadata",
  "no-kind-mismatch",
  "no-unregistered-plugin",
  "no-plugin-to-plugin-import",
  "no-unprovable-import",
];
const needTests: readonly RuleName[] = [
  "no-legacy-metadata-key",
  "no-wrong-transport",
  "no-untested-family",
  "no-second-authority",
  "no-upward-import",
  "no-cross-project-relative-import",
];
const needSharedClient: readonly RuleName[] = ["no-wrong-transport", "no-route-literal-in-package"];

/**
 * What must be found in the workspace: everything that the config names, and of what the preset names what its list of required keys says.
 *
 * @param source the config file, when there is one
 * @param paths all files, excluded ones included: an `exclude` that meets one of them is alive, and nobody can ask later
 */
export function requirementsOf(policy: MergedPolicy, source: ConfigSource | undefined, paths: readonly Path[]): readonly Requirement[] {
  const preset = presets[policy.preset];
  const fromConfig: Requirement[] = [];
  const fromPreset = new Map<string, Requirement>();
  for (const entry of [...namedIn(policy), ...deadExcludes(policy, paths)]) {
    const found = source && locate(source.root, entry.path);
    if (found !== undefined && source !== undefined) {
      fromConfig.push({ ...requirement(entry), at: { file: source.file, span: found.keySpan ?? found.value.span } });
    } else if (entry.required !== undefined && preset.required.includes(entry.required)) {
      const twin = `${entry.kind} ${entry.subject}`;
      if (!fromPreset.has(twin)) fromPreset.set(twin, requirement(entry));
    }
  }
  const roots = Object.keys(policy.layout.pluginRoots);
  if (preset.required.includes("layout.pluginRoots")) {
    fromPreset.set("plugins", requirement({ kind: "plugins", subject: roots.join(", "), path: ["layout", "pluginRoots"], rules: needPlugins }));
  }
  return [...fromConfig, ...fromPreset.values()];
}

function requirement({ kind, subject, path, rules, scope }: Named): Requirement {
  return { kind, subject, scope: scope ?? "file", key: spell(path), rules, families: familiesOf(rules) };
}

function* namedIn({ layout, routes, composition, authority, convergence }: MergedPolicy): Iterable<Named> {
  const { manifest } = layout;
  yield* each(manifest.files, ["layout", "manifest", "files"], {
    kind: "manifest",
    rules: needManifest,
    required: "layout.manifest.files",
  });
  yield {
    kind: "export",
    subject: manifest.export,
    path: ["layout", "manifest", "export"],
    rules: needManifest,
    required: "layout.manifest.export",
  };
  yield* each(manifest.entries, ["layout", "manifest", "entries"], {
    kind: "glob",
    rules: ["no-second-authority"],
    required: "layout.manifest.entries",
  });
  yield* each(layout.host, ["layout", "host"], { kind: "glob", rules: needHost });
  for (const [layer, globs] of Object.entries(layout.layers)) {
    yield* each(globs, ["layout", "layers", layer], { kind: "glob", scope: "folder", rules: needLayers });
  }
  for (const root of Object.keys(layout.pluginRoots)) {
    yield { kind: "glob", subject: root, scope: "folder", path: ["layout", "pluginRoots", root], rules: needPlugins };
  }
  yield* each(layout.tests, ["layout", "tests"], { kind: "glob", rules: needTests });
  yield* each(layout.generated, ["layout", "generated"], { kind: "glob", rules: ["no-duplicate-authority"] });
  for (const [name, { mountedIn }] of Object.entries(routes.families)) {
    const rules = [...needMounts, ...(needMountsOf[name] ?? [])];
    const path = ["routes", "families", name];
    yield { kind: "family", subject: name, path, rules, required: "routes.families" };
    yield* each(mountedIn, [...path, "mountedIn"], { kind: "glob", rules, required: "routes.families.mountedIn" });
  }
  yield* each(routes.sharedClient, ["routes", "sharedClient"], { kind: "glob", scope: "folder", rules: needSharedClient });
  yield* each(composition.seams, ["composition", "seams"], { kind: "seam", rules: needSeams, required: "composition.seams" });
  yield* each(authority.adapterPackages, ["authority", "adapterPackages"], {
    kind: "glob",
    scope: "folder",
    rules: ["no-adapter-bootstrap"],
  });
  yield* each(authority.duplicates.ignore, ["authority", "duplicates", "ignore"], { kind: "glob", rules: ["no-duplicate-authority"] });
  for (const [index, bridge] of convergence.bridges.entries()) {
    const path = ["convergence", "bridges", index];
    yield { kind: "bridge", subject: bridge.path, path: [...path, "path"], rules: law.convergence };
    yield* each(bridge.importers ?? [], [...path, "importers"], { kind: "glob", rules: ["no-bridge-leak"] });
  }
}

function each(subjects: readonly string[], path: KeyPath, named: Omit<Named, "subject" | "path">): readonly Named[] {
  return subjects.map((subject, index) => ({ ...named, subject: positive(subject), path: [...path, index] }));
}

/** Entries of `exclude` that meet no file. */
function deadExcludes({ exclude }: MergedPolicy, paths: readonly Path[]): readonly Named[] {
  return each(exclude, ["exclude"], { kind: "glob", rules: [] }).filter(({ subject }) => !paths.some(globMatcher([subject])));
}
