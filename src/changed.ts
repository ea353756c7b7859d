import { checkWorkspace } from "./check/check.js";
import { changesSince, stagedChanges, type Changes } from "./history/changes.js";
import { GitError, repositoryAround, type Repository } from "./history/git.js";
import { filesOfCommit, filesOfIndex } from "./history/trees.js";
import { diskSources, type Sources } from "./open.js";
import type { Finding } from "./rule/finding.js";
import type { Rule } from "./rule/rule.js";
import { open, rulesOf, type RunOptions } from "./run.js";

/** What a report is to be about: what has changed since another commit, or what the next commit will change. */
export type ChangeSpan = { readonly since: string } | { readonly staged: true };

/** A run over the whole workspace of which only what a change has to do with is reported. */
export interface ChangedRun {
  /** The run as it was asked for, over the files that are meant. */
  readonly run: RunOptions;
  /** Whether a finding has to do with the change. */
  readonly concerns: (finding: Finding) => boolean;
}

/**
 * Limits a run to a change.
 *
 * A finding has to do with it when it stands in a changed file, when a changed file is among what led to it, or when it did not count
 * before: so also what a deleted file leaves behind elsewhere is seen. What was before is only looked at when there is need to.
 *
 * @throws GitError when git cannot tell what has changed
 */
export function limitedTo(span: ChangeSpan, run: RunOptions, selected: readonly Rule[] | undefined): ChangedRun {
  const repository = repositoryAround(run.root);
  if (repository === undefined) throw new GitError(`"${run.root}" lies in no git repository, so nothing can be said of changes.`);
  const disk = run.cache ?? diskSources(run.root);
  const changes = "since" in span ? changesSince(repository, span.since) : stagedChanges(repository);
  const { root } = disk;
  const next = "since" in span ? run : { ...run, sources: { root, ...filesOfIndex(repository, disk) } };
  let before: ReadonlySet<string> | undefined;
  const countedBefore = (key: string): boolean => {
    before ??= countedAt(changes, repository, disk, run, selected);
    return before.has(key);
  };
  const isTouched = ({ file }: { readonly file: string }): boolean => isChanged(file, changes);
  return {
    run: next,
    concerns: (finding) => {
      const { related, chain = [], state, key } = finding;
      return [finding, ...related, ...chain].some(isTouched) || (state === "new" && !countedBefore(key));
    },
  };
}

/** Whether a file, or a folder above it that is another repository's, has changed. */
function isChanged(file: string, { paths }: Changes): boolean {
  const names: ReadonlySet<string> = paths;
  for (let end = file.length; end > 0; end = file.lastIndexOf("/", end - 1)) if (names.has(file.slice(0, end))) return true;
  return false;
}

/** The keys of what counted in the commit that is compared with; where that cannot be opened, nothing did. */
function countedAt(
  { base }: Changes,
  repository: Repository,
  disk: Sources,
  run: RunOptions,
  selected: readonly Rule[] | undefined,
): ReadonlySet<string> {
  const sources = base === undefined ? undefined : sourcesAt(base, repository, disk);
  if (sources === undefined) return new Set();
  const opening = open({ ...run, sources }, selected);
  if ("faults" in opening) return new Set();
  const { workspace, textOf } = opening;
  const { findings } = checkWorkspace(workspace, rulesOf(selected), { textOf, among: rulesOf(undefined) });
  return new Set(findings.filter(({ state }) => state === "new").map(({ key }) => key));
}

/** The files of a commit; undefined where a partial clone lacks them. */
function sourcesAt(commit: string, repository: Repository, disk: Sources): Sources | undefined {
  try {
    return { root: disk.root, ...filesOfCommit(repository, commit, disk) };
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
