import { Cache, cacheFolder } from "../cache.js";
import { entryAt } from "../files/entry.js";
import { expandGlob } from "../files/expand.js";
import { absoluteFrom } from "../files/named.js";
import { alternativesOf, globMatcher } from "../policy/glob.js";
import { SharedFacts } from "../shared-facts.js";
import { CliError } from "./cli-error.js";
import type { Io } from "./io.js";
import { refusalOf } from "./output.js";

/** Flags of commands that keep facts between runs. */
export interface CacheOptions {
  readonly cache?: boolean;
  readonly cacheLocation?: string;
  /** Globs of files that `drift-guard facts` wrote. */
  readonly facts?: readonly string[];
  readonly debug?: boolean;
}

/** The cache of a workspace, where one is wanted. */
export function cacheOf(root: string, options: CacheOptions, io: Io): Cache | undefined {
  const folder = folderOf(root, options, io);
  if (options.facts !== undefined) return new Cache(root, folder, sharedFacts(options.facts, io));
  return folder === undefined ? undefined : new Cache(root, folder);
}

function folderOf(root: string, { cache = true, cacheLocation }: CacheOptions, io: Io): string | undefined {
  if (!cache) return undefined;
  if (cacheLocation === undefined) return cacheFolder(root);
  const folder = absoluteFrom(io.cwd, cacheLocation);
  if (entryAt(folder) === "file") throw new CliError(`The cache location "${cacheLocation}" is a file; name a folder.`);
  return folder;
}

/** @throws CliError for a glob that names nothing: a typing error must not look like a slow run */
function sharedFacts(globs: readonly string[], io: Io): SharedFacts {
  const files = globs.flatMap((glob) => {
    const found = alternativesOf(glob).flatMap((one) => expandGlob(io.cwd, one, (segment) => globMatcher([segment])));
    if (found.length === 0) throw new CliError(`--facts "${glob}" names no file; "drift-guard facts" writes them.`);
    return found;
  });
  const shared = new SharedFacts(files);
  for (const file of shared.useless) {
    io.stderr.write(`"${file}" holds no facts of this version of drift-guard: what it is about is parsed anew. Write it again.\n`);
  }
  return shared;
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
