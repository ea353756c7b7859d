import { extractBody } from "../../src/facts/body.js";
import type { ModuleBody } from "../../src/facts/expression.js";
import type { FileFacts, SourceFacts } from "../../src/facts/facts.js";
import { parseJson } from "../../src/facts/json.js";
import { extractOutline } from "../../src/facts/outline.js";
import { parseYaml } from "../../src/facts/yaml.js";
import { languageOf } from "../../src/files/language.js";
import { toPath, type Path } from "../../src/files/path.js";
import type { SourceText } from "../../src/files/snapshot.js";
import { mergeConfig } from "../../src/policy/merge.js";
import type { LayoutPolicy, Policy } from "../../src/policy/policy.js";
import { buildWorkspace, withFile } from "../../src/workspace/build.js";
import { layOut, type Layout } from "../../src/workspace/layout.js";
import type { Resolution, Workspace } from "../../src/workspace/workspace.js";

/** Texts by path; anything but a string is written as JSON. */
export type Files = Readonly<Record<string, unknown>>;

const emptySource: SourceFacts = {
  kind: "source",
  lineStarts: [0],
  syntaxErrors: [],
  imports: [],
  exports: [],
  names: [],
  texts: 0,
  segments: [],
  openKeys: { taken: [], changed: [] },
  directives: [],
  comments: [],
  forwards: false,
  generated: false,
  code: { tokens: "", span: [0, 0], declarations: [] },
};

function textOf(content: unknown): string {
  return typeof content === "string" ? content : JSON.stringify(content, undefined, 2);
}

/** The policy of preset `none` with some of its layout set, and the families of `rawr-hq`, so that mounts are looked for. */
export function policyWith(layout: Partial<LayoutPolicy> = {}): Policy {
  const policy = mergeConfig("none", {});
  return { ...policy, layout: { ...policy.layout, ...layout }, routes: mergeConfig("rawr-hq", {}).routes, required: [] };
}

/** Facts of files in which sources say nothing: for questions that only ask which files there are. */
export function factsOf(files: Files): ReadonlyMap<Path, FileFacts> {
  return new Map(
    Object.entries(files).flatMap(([name, content]) => {
      const path = toPath(name);
      const language = languageOf(path);
      if (language === undefined) return [];
      const text = textOf(content);
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

/** A workspace in memory, its sources read in full. */
export function workspaceOf(files: Files, policy: Policy = policyWith(), now = "2026-06-01"): Workspace {
  const sources = new Map(
    Object.entries(files).flatMap(([name, content]) => [...sourceOf(name, content)].map((source) => [source.path, source] as const)),
  );
  return buildWorkspace({
    policy,
    now,
    facts: new Map([...sources].map(([path, source]) => [path, extractOutline(source)])),
    bodyOf: (path) => bodyIn(sources.get(path)),
    listed: Object.keys(files).map(toPath),
  });
}

/** The same workspace with one file's text swapped in. */
export function withText(workspace: Workspace, name: string, text: string): Workspace {
  const [source] = sourceOf(name, text);
  if (source === undefined) throw new Error(`"${name}" is in no language of ours`);
  return withFile(workspace, source.path, extractOutline(source), () => bodyIn(source));
}

function* sourceOf(name: string, content: unknown): Iterable<SourceText> {
  const language = languageOf(toPath(name));
  if (language !== undefined) yield { path: toPath(name), language, text: textOf(content) };
}

function bodyIn(source: SourceText | undefined): ModuleBody | undefined {
  return source && extractBody(source);
}
