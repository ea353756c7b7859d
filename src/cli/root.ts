import { absoluteFrom } from "../files/named.js";
import { entryAt } from "../files/entry.js";
import { findRoot } from "../files/root.js";
import { CliError } from "./cli-error.js";
import type { Io } from "./io.js";

/** The workspace's folder: the one that was named, else the one around the current folder. */
export function rootOf(named: string | undefined, { cwd }: Io): string {
  if (named === undefined) return findRoot(cwd);
  const root = absoluteFrom(cwd, named);
  const entry = entryAt(root);
  if (entry === undefined) throw new CliError(`The root "${named}" does not exist.`);
  if (entry === "file") throw new CliError(`The root "${named}" is a file; name the folder of the workspace.`);
  return root;
}

/** The config file that was named, absolute; undefined when none was. */
export function configOf(named: string | undefined, { cwd }: Io): string | undefined {
  if (named === undefined) return undefined;
  const file = absoluteFrom(cwd, named);
  const entry = entryAt(file);
  if (entry === undefined) throw new CliError(`The config file "${named}" does not exist.`);
  if (entry === "folder") throw new CliError(`The config file "${named}" is a folder.`);
  if (!/\.jsonc?$/u.test(file)) throw new CliError(`The config file "${named}" must be a .json or .jsonc file.`);
  return file;
}
