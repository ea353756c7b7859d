import type { ts } from "../compiler.cjs";
import { embeddedJson } from "../embedded.js";
import type { ModuleDraft } from "./draft.js";

/** Keeps the JSON object that a literal's text is, if it is one. */
export function collectEmbedded(module: ModuleDraft, node: ts.Expression): void {
  const found = embeddedJson(node, module.file);
  if (found) module.embedded.push(found);
}
