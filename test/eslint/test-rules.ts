import { defineRule, type Family, type FindingLanguage, type Rule } from "../../src/rule/rule.js";
import { jsonProperty } from "../../src/workspace/json.js";

const family: Family<undefined> = { name: "guard", sentence: "Tests need rules.", slice: () => undefined };

/** A finding in one file whose cause is in another, with a suggestion. */
export const noTakenName = defineRule({
  name: "no-taken-name",
  family,
  summary: "No module exports a name that taken.json lists.",
  decisions: [],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: { taken: 'The name "{{name}}" is taken by {{owner}}.' },
  help: { taken: "Choose another name." },
  subjects: ({ workspace }) => workspace.paths,
  *check(path, { workspace }) {
    const taken = workspace.paths.filter((file) => file.endsWith("taken.json")).flatMap((file) => workspace.json(file)?.root ?? []);
    for (const { name, span } of workspace.source(path)?.exports ?? []) {
      const entry = taken.map((root) => jsonProperty(root, name)?.value).find((value) => value !== undefined);
      if (entry?.kind !== "value") continue;
      yield {
        message: "taken",
        data: { name, owner: String(entry.value) },
        at: workspace.place(path, span),
        subject: name,
        suggestions: [{ title: `Rename "${name}"`, edits: [{ span, text: `${name}2` }] }],
      };
    }
  },
});

/** A finding in package.json that can be fixed. */
export const noDraft = defineRule({
  name: "no-draft",
  family,
  summary: "No package is a draft.",
  decisions: [],
  languages: ["package.json"],
  fixable: true,
  severity: "warn",
  messages: { draft: "This package is a draft." },
  help: { draft: "Finish it." },
  subjects: ({ workspace }) => workspace.paths.filter((path) => path.endsWith("package.json")),
  *check(path, { workspace }) {
    const draft = jsonProperty(workspace.json(path)?.root, "draft");
    if (draft?.value.kind !== "value" || draft.value.value !== true) return;
    const { span } = draft.value;
    yield { message: "draft", data: {}, at: workspace.place(path, draft.keySpan), subject: path, fix: [{ span, text: "false" }] };
  },
});

/** Rules that never find anything. */
export const anotherRule = idle("another-rule", ["source", "package.json"]);
export const configRule = idle("config-rule", ["config"]);

function idle(name: string, languages: readonly FindingLanguage[]): Rule {
  return defineRule({
    name,
    family,
    summary: "All is well.",
    decisions: [],
    languages,
    fixable: false,
    severity: "error",
    messages: { never: "Never." },
    help: { never: "Never." },
    subjects: () => [],
    check: () => [],
  });
}

/** A rule with an error in it. */
export const crashing = defineRule({
  name: "crashing",
  family,
  summary: "This rule works.",
  decisions: [],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: { never: "Never." },
  help: { never: "Never." },
  subjects: ({ workspace }) => workspace.paths,
  check: () => {
    throw new Error("out of order");
  },
});
