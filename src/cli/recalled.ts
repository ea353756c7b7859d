import type { Cache } from "../cache.js";
import { reportOf } from "../check/report.js";
import type { Report } from "../rule/finding.js";
import { today } from "../today.js";
import { type CacheOptions, cacheOf, keep } from "./cache.js";
import type { CheckOptions } from "./check.js";
import { conclude } from "./conclude.js";
import type { ExitCode, Io } from "./io.js";
import { configOf, rootOf } from "./root.js";
import { covering } from "./targets.js";

/** Under which name reports are kept. */
export const CHECK = "check";

/** Flags that make no difference to what is found, and those that {@link questionOf} or the cache's place take in. */
const recallable: ReadonlySet<string> = new Set<keyof CheckOptions>([
  "root",
  "config",
  "color",
  "format",
  "outputFile",
  "maxWarnings",
  "now",
  "showSuppressed",
  "quiet",
  "cache",
  "cacheLocation",
  "facts",
]);

/** Whether the answer to a command line is the whole answer about the workspace, which the next run may want. */
export function isRecallable(options: CheckOptions): boolean {
  return Object.entries(options).every(([name, value]) => value === undefined || recallable.has(name));
}

/** What makes an answer another besides the files. */
export function questionOf({ now = today() }: CheckOptions, config: string | undefined): readonly string[] {
  return [now, config ?? ""];
}

/** What can be said at once, or what whoever has to find out can build on. */
export type Recalled = { readonly code: ExitCode } | { readonly cache: Cache | undefined };

/**
 * Answers as the last run did, if it was asked the same and no file has changed since.
 *
 * @remarks It lives apart from `check`, which loads the parser, the rules' questions and all that they need: most runs change nothing.
 */
export function recalled(paths: readonly string[], options: CheckOptions & CacheOptions, io: Io): Recalled {
  const started = performance.now();
  const root = rootOf(options.root, io);
  const config = configOf(options.config, io);
  const cache = cacheOf(root, options, io);
  if (cache === undefined || !isRecallable(options)) return { cache };
  const answer = cache.recall(CHECK, questionOf(options, config));
  const last: unknown = answer === undefined ? undefined : JSON.parse(answer);
  if (!isReport(last)) return { cache };
  const covers = paths.length === 0 ? undefined : covering(paths, root, cache.paths, io.cwd);
  const full = reportOf(
    { ...last, root: cache.root || "/", files: last.summary.files, ms: Math.round(performance.now() - started) },
    { showSuppressed: options.showSuppressed ?? false, ...(covers === undefined ? {} : { covers }) },
  );
  const texts = new Map(cache.read([...new Set(full.findings.map(({ file }) => file))]).files.map(({ path, text }) => [path, text]));
  if (cache.changed.length > 0) return { cache };
  keep(cache, options, io);
  return { code: conclude(full, (path) => texts.get(path), options, io) };
}

/** What has the right checksum was written by us: it is enough to see that it is a report at all. */
function isReport(value: unknown): value is Report {
  return typeof value === "object" && value !== null && "findings" in value && "examined" in value && "summary" in value;
}
