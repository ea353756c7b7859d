import { extractBody } from "../../src/facts/body.js";
import type { Binding, ModuleBody } from "../../src/facts/expression.js";
import type { SourceFacts } from "../../src/facts/facts.js";
import { extractOutline } from "../../src/facts/outline.js";
import { toPath } from "../../src/files/path.js";
import type { Language, SourceText } from "../../src/files/snapshot.js";

/** A source text as the files room would give it. */
export function sourceText(text: string, language: Language = "ts", path = `file.${language}`): SourceText {
  return { path: toPath(path), language, text };
}

/** The outline of a source text. */
export function outlineOf(text: string, language: Language = "ts", path?: string): SourceFacts {
  const facts = extractOutline(sourceText(text, language, path));
  if (facts.kind !== "source") throw new Error(`${language} is no source language`);
  return facts;
}

/** The body of a source text. */
export function bodyOf(text: string, language: Language = "ts"): ModuleBody {
  return extractBody(sourceText(text, language));
}

/** The first binding of a name. */
export function bindingIn(body: ModuleBody, name: string): Binding {
  const found = body.bindings.find((binding) => binding.name === name);
  if (!found) throw new Error(`no binding "${name}"`);
  return found;
}
