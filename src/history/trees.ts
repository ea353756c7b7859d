import { isForeign } from "../files/list.js";
import { isData, languageOf } from "../files/language.js";
import { isInside, joinPath, parentOf, type Path } from "../files/path.js";
import { sourceIn } from "../files/read.js";
import type { SourceText, UnreadableFile } from "../files/snapshot.js";
import { git, GitError, namesIn, within, type Repository } from "./git.js";

/** Files by name, and how they are read. */
export interface FileSet {
  /** Sorted. */
  readonly paths: readonly Path[];
  /** What is there and could not be listed. */
  readonly unreadable: readonly UnreadableFile[];
  read(paths: readonly Path[]): { readonly files: readonly SourceText[]; readonly unreadable: readonly UnreadableFile[] };
}

/** A file as git has stored it. */
interface Blob {
  readonly path: Path;
  /** `120000`: a link, `160000`: a commit of another repository. */
  readonly mode: string;
  readonly hash: string;
}

/** The files of a commit. */
export function filesOfCommit(repository: Repository, commit: string, disk: FileSet): FileSet {
  const rows = namesIn(git(repository, ["ls-tree", "-r", "-z", "--full-tree", commit])).flatMap((row) => {
    const { mode = "", hash = "", name = "" } = /^(?<mode>\d+) \w+ (?<hash>\w+)\t(?<name>[\s\S]*)$/u.exec(row)?.groups ?? {};
    return within(repository, [name]).map((path): Blob => ({ path, mode, hash }));
  });
  return filesOf(repository, rows, disk);
}

/**
 * The files of the index: what a commit would hold.
 *
 * @param disk what is read instead where it is the same, since facts of it may be known
 * @throws GitError while a merge is unfinished: then no commit can be made either
 */
export function filesOfIndex(repository: Repository, disk: FileSet): FileSet {
  const changed = new Set(namesIn(git(repository, ["diff-files", "--name-only", "-z", "--no-ext-diff"])));
  const same = new Set<Path>();
  const rows = namesIn(git(repository, ["ls-files", "--stage", "-v", "-z"])).flatMap((row) => {
    const { tag, mode = "", hash = "", stage, name = "" } = ROW.exec(row)?.groups ?? {};
    if (stage !== "0") throw new GitError(`"${name}" is not merged yet.`);
    return within(repository, [name]).map((path): Blob => {
      // Of files under any other tag git has been told not to look at the disk.
      if (tag === "H" && mode.startsWith("100") && !changed.has(name)) same.add(path);
      return { path, mode, hash };
    });
  });
  return filesOf(repository, rows, disk, same);
}

const ROW = /^(?<tag>\S) (?<mode>\d+) (?<hash>\w+) (?<stage>\d)\t(?<name>[\s\S]*)$/u;

function filesOf(repository: Repository, rows: readonly Blob[], disk: FileSet, same: ReadonlySet<Path> = new Set()): FileSet {
  const blobs = new Map(rows.filter(({ path }) => !isForeign(path)).map((blob) => [blob.path, blob]));
  // What another repository has checked out here is part of the tree, and only the disk has it.
  const borrowed = [...blobs.values()].filter(({ mode }) => mode === COMMIT).map(({ path }) => path);
  const isBorrowed = (path: Path): boolean => path.startsWith("../") || borrowed.some((folder) => isInside(path, folder));
  const own = [...blobs.values()].filter(({ mode, path }) => mode !== COMMIT && !isBorrowed(path)).map(({ path }) => path);
  const fromDisk = (path: Path): boolean => isBorrowed(path) || same.has(path);
  return {
    paths: [...own, ...disk.paths.filter(isBorrowed)].sort(),
    unreadable: disk.unreadable.filter(({ path }) => isBorrowed(path)),
    read(paths) {
      const near = disk.read(paths.filter(fromDisk));
      const far = paths.filter((path) => !fromDisk(path) && languageOf(path) !== undefined);
      const targets = linkTargets(repository, far.flatMap((path) => blobs.get(path) ?? []));
      const hashOf = (path: Path): string | undefined => blobs.get(targets.get(path) ?? path)?.hash;
      const texts = textsOf(repository, far.flatMap((path) => hashOf(path) ?? []));
      const read = far.map((path) => {
        const bytes = texts.get(hashOf(path) ?? "");
        return bytes === undefined ? { path, message: `"${path}" is not there.` } : sourceIn(path, bytes);
      });
      return {
        files: [...near.files, ...read.flatMap((one) => ("text" in one ? [one] : []))].sort(byPath),
        unreadable: [...near.unreadable, ...read.flatMap((one) => ("text" in one || isData(one.path) ? [] : [one]))],
      };
    },
  };
}

const LINK = "120000";
const COMMIT = "160000";

/** Where the links among some files lead; as on disk, a link to a file counts as the file. */
function linkTargets(repository: Repository, blobs: readonly Blob[]): ReadonlyMap<Path, Path | undefined> {
  const links = blobs.filter(({ mode }) => mode === LINK);
  const texts = textsOf(repository, links.map(({ hash }) => hash));
  return new Map(links.map(({ path, hash }) => [path, joinPath(parentOf(path), texts.get(hash)?.toString("utf8") ?? "")]));
}

/** What git has stored under hashes, each asked for once. */
function textsOf(repository: Repository, hashes: readonly string[]): ReadonlyMap<string, Buffer> {
  const wanted = [...new Set(hashes)];
  const texts = new Map<string, Buffer>();
  if (wanted.length === 0) return texts;
  const output = git(repository, ["cat-file", "--batch"], `${wanted.join("\n")}\n`);
  let at = 0;
  for (const hash of wanted) {
    const end = output.indexOf("\n", at);
    const size = /^\w+ blob (?<size>\d+)$/u.exec(output.toString("latin1", at, end))?.groups?.["size"];
    at = end + 1;
    if (size === undefined) continue;
    texts.set(hash, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return texts;
}

function byPath(left: SourceText, right: SourceText): number {
  return left.path < right.path ? -1 : 1;
}
