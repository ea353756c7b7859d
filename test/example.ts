import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { checkWorkspace } from "../src/check/check.js";
import { extractBody } from "../src/facts/body.js";
import { extractOutline } from "../src/facts/outline.js";
import { languageOf } from "../src/files/language.js";
import { toPath } from "../src/files/path.js";
import type { SourceText } from "../src/files/snapshot.js";
import { openSources } from "../src/open.js";
import type { Finding } from "../src/rule/finding.js";
import type { Rule } from "../src/rule/rule.js";
import { memo } from "../src/workspace/memo.js";

/** Changes of an example: a new text, a change of the old one, or nothing for a file or folder that goes. */
export type Edits = Readonly<Record<string, string | ((old: string) => string) | undefined>>;

// Nearly every file is the same in every case.
const sources = memo((key: string): SourceText | undefined => {
  const [name = "", ...text] = key.split("\0");
  const file = toPath(name);
  const language = languageOf(file);
  return language && { path: file, language, text: text.join("\0") };
});
const outlines = memo(extractOutline);
const bodies = memo(extractBody);

/** The files of an example below `fixtures/`, by path. */
export const textsOf = memo((example: string): ReadonlyMap<string, string> => {
  const root = rootOf(example);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(root, file).replaceAll(path.sep, "/"), readFileSync(file, "utf8")] as const;
    }),
  );
});

/** What some rules find in an example after a change; nothing may keep the run from being trusted. */
export function findingsIn(example: string, edits: Edits, judges: readonly Rule[]): readonly Finding[] {
  const texts = changed(textsOf(example), edits);
  const opened = openSources(
    {
      root: rootOf(example),
      paths: [...texts.keys()].sort().map(toPath),
      unreadable: [],
      read: (paths) => ({ files: paths.flatMap((file) => (texts.has(file) ? (sources(`${file}\0${texts.get(file) ?? ""}`) ?? []) : [])), unreadable: [] }),
    },
    { only: judges, extractor: { outline: outlines, body: bodies }, now: "2026-06-01" },
  );
  if ("faults" in opened) throw new Error(opened.faults.map(({ message }) => message).join("\n"));
  const { findings, problems } = checkWorkspace(opened.workspace, judges, { textOf: opened.textOf, debug: true });
  expect(problems).toEqual([]);
  return findings;
}

/** Puts texts in the place of others, each of which must be there. */
export function edit(...pairs: readonly (readonly [from: string, to: string])[]): (old: string) => string {
  return (old) => pairs.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The text to change is not there: ${from}`);
    return text.replaceAll(from, () => to);
  }, old);
}

function changed(original: ReadonlyMap<string, string>, edits: Edits): ReadonlyMap<string, string> {
  const texts = new Map(original);
  for (const [file, change] of Object.entries(edits)) {
    if (change === undefined) for (const name of [...texts.keys()]) if (name === file || name.startsWith(`${file}/`)) texts.delete(name);
    if (typeof change === "string") texts.set(file, change);
    if (typeof change !== "function") continue;
    const old = texts.get(file);
    if (old === undefined) throw new Error(`The example has no ${file}`);
    texts.set(file, change(old));
  }
  return texts;
}

function rootOf(example: string): string {
  return path.resolve(import.meta.dirname, "../fixtures", example);
}
