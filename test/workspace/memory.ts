import type { FileFacts, SourceFacts } from "../../src/facts/facts.js";
import { parseJson } from "../../src/facts/json.js";
import { parseYaml } from "../../src/facts/yaml.js";
import { languageOf } from "../../src/files/language.js";
import { toPath, type Path } from "../../src/files/path.js";
import { mergeConfig } from "../../src/policy/merge.js";
import type { LayoutPolicy, Policy } from "../../src/policy/policy.js";
import { layOut, type Layout } from "../../src/workspace/layout.js";
import type { Resolution } from "../../src/workspace/workspace.js";

/** Texts by path; anything but a string is written as JSON. */
export type Files = Readonly<Record<string, unknown>>;

const emptySource: SourceFacts = {
  kind: "source",
  lineStarts: [0],
  syntaxErrors: [],
  imports: [],
  exports: [],
  names: [],
  foldsKeys: false,
  directives: [],
  generated: false,
};

/** The policy of preset `none` with some of its layout set. */
export function policyWith(layout: Partial<LayoutPolicy> = {}): Policy {
  const policy = mergeConfig("none", {});
  return { ...policy, layout: { ...policy.layout, ...layout }, required: [] };
}

/** Facts of files in which sources say nothing: for questions that only ask which files there are. */
export function factsOf(files: Files): ReadonlyMap<Path, FileFacts> {
  return new Map(
    Object.entries(files).flatMap(([name, content]) => {
      const path = toPath(name);
      const text = typeof content === "string" ? content : JSON.stringify(content, undefined, 2);
      const language = languageOf(path);
      if (language === undefined) return [];
      return [[path, language === "json" ? parseJson(text) : language === "yaml" ? parseYaml(text) : emptySource] as const];
    }),
  );
}

/** The layout of a workspace in memory. */
export function layoutOf(files: Files, layout: Partial<LayoutPolicy> = {}): Layout {
  return layOut({ policy: policyWith(layout), facts: factsOf(files), listed: Object.keys(files).map(toPath) });
}

/** Where a specifier leads, in few words: the path, `private <path>`, `external <name>` or `missing`. */
export function resolved({ resolver }: Layout, from: string, specifier: string): string {
  return inWords(resolver.resolve(toPath(from), specifier));
}

export function inWords(resolution: Resolution): string {
  switch (resolution.kind) {
    case "file":
      return `${resolution.private ? "private " : ""}${resolution.path}`;
    case "external":
      return `external ${resolution.name}`;
    case "missing":
      return "missing";
  }
}
