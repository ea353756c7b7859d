import { languageOf } from "../../src/files/language.js";
import { toPath } from "../../src/files/path.js";
import type { UnreadableFile } from "../../src/files/snapshot.js";
import { defineRule, type Family, type Rule } from "../../src/rule/rule.js";
import { openSources, type Opened } from "../../src/run.js";

/** Opens a workspace that exists in memory only; without a config of its own it follows no preset. */
export function openTexts(texts: Readonly<Record<string, string>>, unreadable: readonly UnreadableFile[] = []): Opened {
  const files = new Map(
    Object.entries({ "drift-guard.config.json": '{ "extends": "none" }', ...texts }).map(([path, text]) => [toPath(path), text]),
  );
  const opened = openSources({
    root: "/workspace",
    paths: [...files.keys()].sort(),
    unreadable,
    read: (paths) => ({
      files: paths.flatMap((path) => {
        const [language, text] = [languageOf(path), files.get(path)];
        return language === undefined || text === undefined ? [] : [{ path, language, text }];
      }),
      unreadable: [],
    }),
  });
  if ("faults" in opened) throw new Error(opened.faults.map(({ message }) => message).join("\n"));
  return opened;
}

const family: Family<undefined> = { name: "authority", sentence: "Imports are counted.", slice: () => undefined };

/** A rule that reports every import. */
export function importRule(over: Partial<Pick<Rule, "name" | "severity" | "distrust">> = {}): Rule {
  return defineRule({
    name: "no-import",
    family,
    summary: "Nothing is imported.",
    decisions: [],
    languages: ["source"],
    fixable: true,
    severity: "error",
    messages: { imported: '"{{specifier}}" is imported.' },
    help: { imported: 'Do without "{{specifier}}".' },
    subjects: ({ workspace }) => workspace.paths.filter((path) => workspace.source(path) !== undefined),
    *check(path, { workspace }) {
      for (const { specifier, span } of workspace.source(path)?.imports ?? []) {
        const name = specifier.kind === "string" ? specifier.value : "?";
        yield { message: "imported", data: { specifier: name }, at: workspace.place(path, span), subject: name, fix: [{ span, text: "" }] };
      }
    },
    ...over,
  });
}
