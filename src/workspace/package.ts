import type { JsonNode } from "../facts/facts.js";
import { jsonProperty, jsonString } from "./json.js";

/** What discovery and resolution read of a package.json. */
export interface PackageJson {
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** Workspace globs in order, `!` ones included. */
  readonly workspaces: readonly string[];
  /** Every target by exported subpath (`"."`, `"./x"`, `"./*"`), all conditions in order; undefined without `exports`. */
  readonly exports: Targets | undefined;
  /** The same by `#name`. */
  readonly imports: Targets | undefined;
  /** Entry files by the fields from before `exports`, those nearest to the source first. */
  readonly entries: readonly string[];
  /** Version range by dependency name, of every kind of dependency. */
  readonly dependencies: ReadonlyMap<string, string>;
}

/** Targets by key of a package's `exports` or `imports`; no targets where a key is closed with `null`. */
export type Targets = Readonly<Record<string, readonly string[]>>;

const entryFields = ["source", "module", "main", "types", "typings", "browser"] as const;
const dependencyFields = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"] as const;

/** Reads a package.json, taking wrongly typed fields for absent. */
export function readPackage(root: JsonNode | undefined): PackageJson {
  const exported = jsonProperty(root, "exports")?.value;
  const internal = jsonProperty(root, "imports")?.value;
  return {
    name: jsonString(root, "name"),
    version: jsonString(root, "version"),
    workspaces: workspacesOf(jsonProperty(root, "workspaces")?.value),
    exports: exported && targetsByKey(exported, "."),
    imports: internal && targetsByKey(internal, "#"),
    entries: entryFields.flatMap((field) => jsonString(root, field) ?? []),
    dependencies: new Map(dependencyFields.flatMap((field) => stringProperties(jsonProperty(root, field)?.value))),
  };
}

/** npm and Yarn list globs; Yarn classic and Bun may put them under `packages`. */
function workspacesOf(node: JsonNode | undefined): readonly string[] {
  return stringItems(node?.kind === "object" ? jsonProperty(node, "packages")?.value : node);
}

/** The strings of an array. */
export function stringItems(node: JsonNode | undefined): readonly string[] {
  return node?.kind === "array" ? node.items.flatMap(textIn) : [];
}

function stringProperties(node: JsonNode | undefined): readonly (readonly [string, string])[] {
  if (node?.kind !== "object") return [];
  return node.properties.flatMap(({ key, value }) => textIn(value).map((text) => [key, text] as const));
}

function textIn(node: JsonNode): readonly string[] {
  return node.kind === "value" && typeof node.value === "string" ? [node.value] : [];
}

/**
 * The targets behind every key of `exports` or `imports`.
 *
 * @remarks No condition is left out: which one a tool takes depends on the tool, and all lead to the same authority.
 */
function targetsByKey(node: JsonNode, mark: "." | "#"): Targets {
  const hasKeys = node.kind === "object" && node.properties.some(({ key }) => key.startsWith(mark));
  if (!hasKeys) return mark === "." ? { ".": targetsIn(node) } : {};
  return Object.fromEntries(node.properties.filter(({ key }) => key.startsWith(mark)).map(({ key, value }) => [key, targetsIn(value)]));
}

function targetsIn(node: JsonNode): readonly string[] {
  switch (node.kind) {
    case "value":
      return textIn(node);
    case "array":
      return node.items.flatMap(targetsIn);
    case "object":
      return node.properties.flatMap(({ value }) => targetsIn(value));
  }
}
