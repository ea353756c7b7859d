import { entryAt } from "../files/entry.js";
import { absoluteFrom, pathFrom } from "../files/named.js";
import { writeFacts } from "../write-facts.js";
import { CliError } from "./cli-error.js";
import type { CommonOptions } from "./common-options.js";
import type { ExitCode, Io } from "./io.js";
import { orSayWhy } from "./output.js";
import { rootOf } from "./root.js";

/** Flags of `facts`. */
export interface FactsOptions extends CommonOptions {
  readonly project: string;
  readonly outputFile: string;
}

/** Writes down the facts of one project, for a `check --facts` that joins those of all. */
export function facts({ root: named, project, outputFile }: FactsOptions, io: Io): ExitCode {
  const root = rootOf(named, io);
  const folder = absoluteFrom(io.cwd, project);
  if (entryAt(folder) !== "folder") throw new CliError(`The project "${project}" is no folder.`);
  const path = pathFrom(root, folder);
  if (path === ".." || path.startsWith("../")) throw new CliError(`The project "${project}" lies outside the workspace ("${root}").`);
  const file = absoluteFrom(io.cwd, outputFile);
  const { files, unreadable } = orSayWhy(outputFile, () => writeFacts(root, path, file));
  for (const { message } of unreadable) io.stderr.write(`${message}\n`);
  if (files === 0) throw new CliError(`The project "${project}" has no file that could be analysed.`);
  return unreadable.length > 0 ? 2 : 0;
}
