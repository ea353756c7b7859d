import { rules } from "../../rules/index.js";
import { findingsIn, type Edits } from "../example.js";

export { edit, type Edits } from "../example.js";

/** What a change does, and the rules that must speak of it. */
export type Case = readonly [name: string, rules: readonly string[], edits: Edits];

/** The rules of the composition family, the registration of plugins, and what says of imports that no composition rule speaks of. */
const ASKED = new Set([
  ...rules.filter(({ family }) => family.name === "composition").map(({ name }) => name),
  ...["no-unregistered-plugin", "no-kind-mismatch", "require-plugin-metadata", "no-cross-project-relative-import", "no-upward-import"],
]);

/** The rules about composition that find something in an example headquarters after a change. */
export function judged(edits: Edits, example: "hq" | "hq-shell" = "hq"): readonly string[] {
  const found = findingsIn(example, edits, rules.filter(({ name }) => ASKED.has(name)));
  return [...new Set(found.map(({ rule }) => rule))].sort();
}

export const RAWR = "apps/server/src/rawr.ts";
export const ORPC = "apps/server/src/orpc.ts";
export const PORTS = "apps/server/src/ports.ts";
export const MANIFEST = "rawr.hq.ts";
