import { parseJson } from "../../src/facts/json.js";
import type { FileFacts, SourceFacts } from "../../src/facts/facts.js";
import { languageOf } from "../../src/files/language.js";
import { toPath } from "../../src/files/path.js";
import { loadPolicy, type PolicyInput } from "../../src/policy/load.js";
import type { Policy } from "../../src/policy/policy.js";

/** A workspace in memory: text by path; a source's facts are only its exports. */
export function inMemory(files: Readonly<Record<string, string>>): PolicyInput {
  return {
    paths: Object.keys(files).sort().map(toPath),
    read: (path) => {
      const text = files[path];
      return text === undefined ? undefined : { text, facts: factsOf(path, text) };
    },
  };
}

function factsOf(path: string, text: string): FileFacts {
  return languageOf(toPath(path)) === "json" ? parseJson(text) : exportsOf(text);
}

/** Outline of modules as these tests write them: one statement a line, `export const x`, `export { x } from`, `import { x } from`. */
function exportsOf(text: string): SourceFacts {
  const span = [0, text.length] as const;
  const imports: SourceFacts["imports"][number][] = [];
  const exports: SourceFacts["exports"][number][] = [];
  for (const line of text.split("\n")) {
    const from = /from "([^"]+)"/u.exec(line)?.[1];
    const names = /\{ ([^}]+) \}/u.exec(line)?.[1]?.split(", ") ?? (line.includes("*") ? ["*"] : []);
    if (from !== undefined) {
      const form = line.startsWith("export") ? "export-from" : "import";
      const specifier = { kind: "string", value: from, span } as const;
      imports.push({ form, specifier, typeOnly: false, names: names.map((name) => ({ name, local: name, typeOnly: false, span })), span });
      if (form === "export-from")
        for (const name of names) exports.push({ name, from: { import: imports.length - 1, name }, typeOnly: false, span });
    } else if (line.startsWith("export {")) {
      for (const name of names) exports.push({ name, local: name, typeOnly: false, span });
    } else {
      const [, keyword, name] = /^export (const|function|type) (\w+)/u.exec(line) ?? [];
      if (name !== undefined) exports.push({ name, local: name, typeOnly: keyword === "type", span });
    }
  }
  return {
    kind: "source",
    lineStarts: [0],
    syntaxErrors: [],
    imports,
    exports,
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
}

export const MANIFEST = "export const rawrHqManifest = {};";

/** A config file in a workspace that follows the default preset. */
export function withConfig(config: string, files: Readonly<Record<string, string>> = { "rawr.hq.ts": MANIFEST }): PolicyInput {
  return inMemory({ ...files, "drift-guard.config.json": config });
}

/** The policy of a workspace whose config has no faults. */
export function policyOf(input: PolicyInput): Policy {
  const loaded = loadPolicy(input);
  if ("policy" in loaded) return loaded.policy;
  throw new Error(loaded.faults.map(({ message }) => message).join("\n"));
}

/** The faults of a config as `<what the span covers> → <message>`. */
export function faultsOf(input: PolicyInput, file = "drift-guard.config.json"): readonly string[] {
  const loaded = loadPolicy(input);
  if ("policy" in loaded) return [];
  const text = input.read(toPath(file))?.text ?? "";
  return loaded.faults.map(({ message, span }) => (span === undefined ? message : `${text.slice(...span)} → ${message}`));
}
