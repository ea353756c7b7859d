import type { JsonNode } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import type { FactsByPath } from "./facts-by-path.js";
import { globMatcher } from "../policy/glob.js";
import type { Policy } from "../policy/policy.js";
import { indexPaths, type PathIndex } from "./paths.js";
import { findPlugins } from "./plugins.js";
import { indexProjects, type ProjectIndex } from "./projects.js";
import { Resolver } from "./resolve.js";
import { treeOf } from "./tree.js";
import type { Plugin } from "./workspace.js";

/** What depends only on which files there are and on what JSON and YAML say: it outlives every edit of a source file. */
export interface Layout {
  /** The analysed files, sorted. */
  readonly paths: readonly Path[];
  readonly index: PathIndex;
  readonly projects: ProjectIndex;
  readonly plugins: readonly Plugin[];
  readonly resolver: Resolver;
  /** Whether a glob of files or folders, or a `tag:`, means anything here. */
  names(glob: string): boolean;
}

interface LayoutInput {
  readonly policy: Policy;
  readonly facts: FactsByPath;
  readonly listed?: readonly Path[];
}

/** Lays out a workspace. */
export function layOut({ policy, facts, listed = [] }: LayoutInput): Layout {
  const paths = [...facts.keys()].sort();
  const tree = treeOf([...paths, ...listed]);
  const json = (path: Path): JsonNode | undefined => {
    const found = facts.get(path);
    return found === undefined || found.kind === "source" ? undefined : found.root;
  };
  const plugins = findPlugins(paths, policy.layout);
  const projects = indexProjects(
    { paths, json },
    policy.layout,
    plugins.map(({ folder }) => folder),
  );
  return {
    paths,
    index: indexPaths(paths),
    projects,
    plugins,
    resolver: new Resolver({ tree, json }, projects),
    names: (glob) => {
      const isTagged = projects.all.some(({ tags }) => tags.some((tag) => globMatcher([glob])(`tag:${tag}`)));
      return isTagged || [...tree.folders, ...tree.files].some(globMatcher([glob]));
    },
  };
}
