import type { PolicyFiles } from "./detect.js";
import { propose } from "./propose.js";
import { SCHEMA_PATH } from "./schema.js";

/**
 * The config that `init` writes: the preset that the workspace follows, and only what differs from it.
 *
 * @returns JSON with comments, ready to be written
 */
export function renderConfig(files: PolicyFiles): string {
  const { config, reasons } = propose(files);
  const reasonOf = new Map(Object.entries(reasons));
  const entries = Object.entries({ $schema: SCHEMA_PATH, ...config }).map(([key, value]) => {
    const reason = reasonOf.get(key);
    const entry = `${JSON.stringify(key)}: ${JSON.stringify(value, null, 2)}`;
    return (reason === undefined ? entry : `// ${reason}\n${entry}`).replaceAll(/^/gmu, "  ");
  });
  return `{\n${entries.join(",\n")}\n}\n`;
}
