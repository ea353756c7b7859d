import type { TextOf } from "./check/identity.js";
import { narrowed } from "./check/select.js";
import { trustProblems, unreadProblem } from "./check/trust.js";
import { extractBody } from "./facts/body.js";
import type { ModuleBody } from "./facts/expression.js";
import type { FileFacts } from "./facts/facts.js";
import { extractOutline } from "./facts/outline.js";
import { lineColumn } from "./facts/position.js";
import { absoluteFolder } from "./files/disk.js";
import { listFiles } from "./history/listing.js";
import type { Path } from "./files/path.js";
import { readFiles } from "./files/read.js";
import type { Snapshot, SourceText, UnreadableFile } from "./files/snapshot.js";
import type { PolicyFiles } from "./policy/detect.js";
import { globMatcher } from "./policy/glob.js";
import { type Before, beforeOf, groundOf, type Past } from "./past.js";
import { CONFIG_FILE, loadPolicy } from "./policy/load.js";
import type { Policy, PolicyFault } from "./policy/policy.js";
import type { RunProblem } from "./rule/finding.js";
import type { Rule } from "./rule/rule.js";
import { today } from "./today.js";
import { BASELINE_FILE } from "./workspace/baseline.js";
import { buildWorkspace, withFile } from "./workspace/build.js";
import { Ledger } from "./workspace/ledger.js";
import type { Workspace } from "./workspace/workspace.js";

/** Where the files of a workspace come from: the disk, or what an editor knows of it. */
export interface Sources {
  /** Absolute folder. */
  readonly root: string;
  /** Every file under the root, in whatever language, sorted. */
  readonly paths: readonly Path[];
  /** What is there and could not be listed. */
  readonly unreadable: readonly UnreadableFile[];
  /** Texts of the files that are in our languages. */
  read(paths: readonly Path[]): Pick<Snapshot, "files" | "unreadable">;
}

/** How text becomes facts; a host that keeps facts from earlier puts its own here. */
export interface Extractor {
  outline(source: SourceText): FileFacts;
  /** Asked for source files only. */
  body(source: SourceText): ModuleBody | undefined;
}

/** What one opening may vary. */
export interface OpenOptions {
  /** The config file; left out, the one in the root, which may be absent. */
  readonly configFile?: Path;
  /** The baseline; left out, the one in the root, which may be absent. */
  readonly baselineFile?: Path;
  /** The rules that will run: only what they lose their ground without is required. Left out, everything is. */
  readonly only?: readonly Rule[];
  readonly extractor?: Extractor;
  /** The day that due dates are judged on, `YYYY-MM-DD`; left out, today. */
  readonly now?: string;
  /** What is known from earlier; with it, what each answer rests on is recorded. Left out, nothing is. */
  readonly memory?: Memory | undefined;
}

/** What is known from earlier. */
export interface Memory {
  readonly past?: Past | undefined;
  /** The hash of a file's text. */
  readonly hashOf: (source: SourceText) => string;
}

/** A workspace with the files that it was built from. */
export interface Opened {
  readonly workspace: Workspace;
  readonly snapshot: Snapshot;
  /** Every file under the root, analysed or not. */
  readonly listed: readonly Path[];
  /** What keeps an answer about it from being trusted. */
  readonly problems: readonly RunProblem[];
  readonly textOf: TextOf;
  /** What everything in it may rest on, and what is known of it from earlier; where there is a memory. */
  readonly ground?: string;
  readonly before?: Before;
}

/** Why a workspace could not be opened. */
export interface Refused {
  readonly faults: readonly RunProblem[];
  /** Every file under the root, where it got as far as listing them. */
  readonly listed?: readonly Path[];
}

/** Facts extracted from every text that they are asked of. */
export const freshly: Extractor = { outline: extractOutline, body: extractBody };

/** From a folder on disk to a workspace that can be asked. */
export function openWorkspace(root: string, options: OpenOptions = {}): Opened | Refused {
  return openSources(diskSources(root), options);
}

/** What a config can be proposed from: the files under a folder on disk. */
export function policyFiles(root: string): PolicyFiles {
  const sources = diskSources(root);
  return { paths: sources.paths, read: readerOf(sources, (source) => extractOutline(source)).read };
}

/** The files under a folder on disk. */
export function diskSources(folder: string): Sources {
  const root = absoluteFolder(folder);
  return { root, ...listFiles(root), read: (paths) => readFiles(root, paths) };
}

/** From files to a workspace that can be asked: policy first, since it says which files are analysed. */
export function openSources(sources: Sources, options: OpenOptions = {}): Opened | Refused {
  const { configFile, baselineFile, only, extractor = freshly, now = today(), memory } = options;
  const outlines = new Map<Path, FileFacts>();
  const outlineOf = (source: SourceText): FileFacts => {
    const facts = outlines.get(source.path) ?? extractor.outline(source);
    outlines.set(source.path, facts);
    return facts;
  };
  const { read, unread } = readerOf(sources, outlineOf);
  const loaded = loadPolicy({ paths: sources.paths, read, ...(configFile === undefined ? {} : { configFile }) });
  if ("faults" in loaded) {
    const faults = loaded.faults.map((fault) => placed(fault, (path) => read(path)?.facts));
    // That there is no config is no fault; that one cannot be read is.
    const inTheWay = [...sources.unreadable, ...unread].filter(({ path }) => path !== CONFIG_FILE || sources.paths.includes(path));
    return { faults: [...faults, ...inTheWay.map(unreadProblem)], listed: sources.paths };
  }

  const policy = only === undefined ? loaded.policy : narrowed(loaded.policy, only);
  const { files, unreadable } = sources.read(analysedPaths(sources.paths, policy, baselineFile));
  const texts = new Map(files.map((file) => [file.path, file]));
  const snapshot: Snapshot = { root: sources.root, files, unreadable: [...sources.unreadable, ...unreadable] };
  const ground = memory && groundOf({ policy, now, listed: sources.paths, baselineFile, ...snapshot }, memory.hashOf);
  const before = ground === undefined ? undefined : beforeOf(memory?.past, ground, files);
  const workspace = buildWorkspace({
    policy,
    now,
    ...(memory !== undefined && { ledger: before?.past.ledger ?? new Ledger(true) }),
    ...(before !== undefined && { briefOf: (path) => (before.changed.has(path) ? undefined : before.past.briefOf(path)) }),
    listed: sources.paths,
    ...(baselineFile === undefined ? {} : { baselineFile }),
    facts: {
      keys: () => texts.keys(),
      has: (path) => texts.has(path),
      get: (path) => {
        const file = texts.get(path);
        return file && outlineOf(file);
      },
    },
    bodyOf: (path) => {
      const source = texts.get(path);
      return source && extractor.body(source);
    },
  });
  return { ...opened(workspace, snapshot, sources.paths), ...(ground !== undefined && { ground }), ...(before !== undefined && { before }) };
}

/** The same workspace with new texts in some of its files; what the policy says is not read anew. */
export function withTexts({ workspace, snapshot, listed }: Opened, texts: ReadonlyMap<Path, string>): Opened {
  const files = snapshot.files.map((file) => ({ ...file, text: texts.get(file.path) ?? file.text }));
  let next = workspace;
  for (const file of files) if (texts.has(file.path)) next = withFile(next, file.path, extractOutline(file), () => extractBody(file));
  return opened(next, { ...snapshot, files }, listed);
}

function opened(workspace: Workspace, snapshot: Snapshot, listed: readonly Path[]): Opened {
  // Texts are taken when they are asked for: a file whose facts are known from earlier is not read before.
  const sources = new Map(snapshot.files.map((file) => [file.path, file]));
  return { workspace, snapshot, listed, problems: trustProblems(workspace, snapshot.unreadable), textOf: (path) => sources.get(path)?.text };
}

/** Reads single files before the policy says which are analysed, and keeps what was in the way. */
function readerOf(
  sources: Sources,
  outlineOf: Extractor["outline"],
): Pick<PolicyFiles, "read"> & { readonly unread: readonly UnreadableFile[] } {
  const unread: UnreadableFile[] = [];
  const read: PolicyFiles["read"] = (path) => {
    const {
      files: [source],
      unreadable,
    } = sources.read([path]);
    unread.push(...unreadable);
    return source && { text: source.text, facts: outlineOf(source) };
  };
  return { read, unread };
}

/**
 * What the policy does not exclude; config and baseline in any case, wherever they lie: findings may stand in them, and to exclude the
 * baseline is no way to be rid of it.
 */
function analysedPaths(paths: readonly Path[], { exclude, configFile }: Policy, baselineFile: Path | undefined): readonly Path[] {
  const isExcluded = globMatcher(exclude);
  const own = [configFile, baselineFile ?? paths.find((path) => path === BASELINE_FILE)];
  return [...new Set([...paths.filter((path) => !isExcluded(path)), ...own.filter((path) => path !== undefined)])].sort();
}

function placed({ message, file, span }: PolicyFault, factsOf: (path: Path) => FileFacts | undefined): RunProblem {
  if (file === undefined || span === undefined) return { message, ...(file === undefined ? {} : { file }) };
  return { message, file, line: lineColumn(factsOf(file)?.lineStarts ?? [0], span[0]).line };
}
