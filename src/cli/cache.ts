import { Cache, cacheFolder } from "../cache.js";
import { entryAt } from "../files/entry.js";
import { absoluteFrom } from "../files/named.js";
import { CliError } from "./cli-error.js";
import type { Io } from "./io.js";
import { refusalOf } from "./output.js";

/** Flags of commands that keep facts between runs. */
export interface CacheOptions {
  readonly cache?: boolean;
  readonly cacheLocation?: string;
  readonly debug?: boolean;
}

/** The cache of a workspace, where one is wanted. */
export function cacheOf(root: string, { cache = true, cacheLocation }: CacheOptions, io: Io): Cache | undefined {
  if (!cache) return undefined;
  if (cacheLocation === undefined) return new Cache(root, cacheFolder(root));
  const folder = absoluteFrom(io.cwd, cacheLocation);
  if (entryAt(folder) === "file") throw new CliError(`The cache location "${cacheLocation}" is a file; name a folder.`);
  return new Cache(root, folder);
}

/**
 * Keeps what a run has learned. A cache that cannot be written costs time and nothing else, so the run goes on; who named a place for
 * it is told.
 */
export function keep(cache: Cache, { cacheLocation, debug = false }: CacheOptions, io: Io): void {
  try {
    cache.save();
  } catch (error) {
    const why = refusalOf(error);
    if (why === undefined) throw error;
    if (cacheLocation !== undefined || debug) {
      io.stderr.write(`The cache cannot be written: ${why}. The answer is right all the same; the next run will be no faster.\n`);
    }
  }
}
