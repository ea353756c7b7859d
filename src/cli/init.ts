import { absoluteFrom } from "../files/named.js";
import { writeText } from "../files/write.js";
import { renderConfig } from "../policy/init.js";
import { CONFIG_FILE } from "../policy/load.js";
import { policyFiles } from "../run.js";
import { CliError } from "./cli-error.js";
import type { CommonOptions } from "./common-options.js";
import type { ExitCode, Io } from "./io.js";
import { orSayWhy } from "./output.js";
import { rootOf } from "./root.js";

/** Writes a config that describes the workspace as it is. */
export function init(options: CommonOptions, io: Io): ExitCode {
  const root = rootOf(options.root, io);
  const file = options.config === undefined ? absoluteFrom(root, CONFIG_FILE) : absoluteFrom(io.cwd, options.config);
  const text = renderConfig(policyFiles(root));
  if (!orSayWhy(file, () => writeText(file, text, "create"))) throw new CliError(`"${file}" is there already, and init never overwrites.`);
  io.stdout.write(`Wrote ${file}:\n\n${text}\n${next}`);
  return 0;
}

const next = `Next:
  1. Read it: it says what drift-guard takes for granted about this workspace.
  2. Run drift-guard; whatever the config names and the workspace lacks is reported.
  3. Add drift-guard to eslint.config.js: { extends: ["drift-guard/recommended"] }
`;
