import type { Cache } from "../cache.js";
import { absoluteFolder } from "../files/disk.js";
import { languageOf } from "../files/language.js";
import type { Path } from "../files/path.js";
import { readFiles } from "../files/read.js";
import type { SourceText, UnreadableFile } from "../files/snapshot.js";
import { type FileStamp, isSameStamp, isSettled, statFiles } from "../files/stat.js";
import { listFiles, type Sources } from "../run.js";

/** What stands on disk under a root at one moment, read and kept. */
export interface Picture {
  readonly root: string;
  /** Every file, in whatever language, sorted. */
  readonly paths: readonly Path[];
  /** Texts of those in a language of ours. */
  readonly files: ReadonlyMap<Path, SourceText>;
  /** Those of ours that could not be taken in. */
  readonly unfit: ReadonlyMap<Path, UnreadableFile>;
  /** What could not even be listed. */
  readonly unlisted: readonly UnreadableFile[];
}

/** A picture, and by what it is noticed that it is out of date. */
export interface Sighting {
  readonly picture: Picture;
  readonly stamps: ReadonlyMap<Path, FileStamp>;
  /** When the stamps were taken, in milliseconds since the epoch. */
  readonly at: number;
  /** How long it took to see what has changed, in milliseconds; reading it apart. */
  readonly effort: number;
}

/** The first look at a root, through the eyes of earlier runs. */
export function lookThrough(cache: Cache): Sighting {
  const at = Date.now();
  const begin = performance.now();
  const ours = cache.paths.filter((path) => languageOf(path) !== undefined);
  const stamps = statFiles(cache.root, ours);
  const { files, unreadable } = cache.read(ours);
  const effort = performance.now() - begin;
  const picture = { root: cache.root, paths: cache.paths, files: byPath(files), unfit: byPath(unreadable), unlisted: cache.unreadable };
  return { picture, stamps, at, effort };
}

/**
 * Looks at a root, reading only what has changed since the last look.
 *
 * @returns texts that did not change are the same objects as before, and so is the whole picture when nothing has changed
 */
export function lookAt(root: string, before?: Sighting): Sighting {
  const at = Date.now();
  const begin = performance.now();
  const { paths, unreadable: unlisted } = listFiles(root);
  const ours = paths.filter((path) => languageOf(path) !== undefined);
  const stamps = statFiles(root, ours);
  const effort = performance.now() - begin;
  const changed = new Set(ours.filter((path) => before === undefined || hasChanged(path, before, stamps)));
  const read = readFiles(root, [...changed]);
  const fresh = { files: byPath(read.files), unfit: byPath(read.unreadable) };

  const files = new Map<Path, SourceText>();
  const unfit = new Map<Path, UnreadableFile>();
  for (const path of ours) {
    const known = before?.picture.files.get(path);
    const latest = changed.has(path) ? fresh : before?.picture;
    const file = latest?.files.get(path);
    const fault = latest?.unfit.get(path);
    if (file !== undefined) files.set(path, known?.text === file.text ? known : file);
    if (fault !== undefined) unfit.set(path, fault);
  }

  const picture = { root: absoluteFolder(root), paths, files, unfit, unlisted };
  return { picture: before !== undefined && isSame(before.picture, picture) ? before.picture : picture, stamps, at, effort };
}

/** The picture as it would be if one file had this text. */
export function pictureWith(picture: Picture, source: SourceText): Picture {
  const paths = picture.files.has(source.path) ? picture.paths : [...picture.paths, source.path].sort();
  return { ...picture, paths, files: new Map(picture.files).set(source.path, source) };
}

/** A picture as the pipeline reads it. */
export function sourcesOf({ root, paths, files, unfit, unlisted }: Picture): Sources {
  const among = <Value>(known: ReadonlyMap<Path, Value>, wanted: readonly Path[]): readonly Value[] =>
    wanted.flatMap((path) => known.get(path) ?? []);
  return { root, paths, unreadable: unlisted, read: (wanted) => ({ files: among(files, wanted), unreadable: among(unfit, wanted) }) };
}

function hasChanged(path: Path, before: Sighting, stamps: ReadonlyMap<Path, FileStamp>): boolean {
  const [old, now] = [before.stamps.get(path), stamps.get(path)];
  if (old === undefined || now === undefined) return true;
  return !isSameStamp(old, now) || !isSettled(old, before.at);
}

function byPath<Item extends { readonly path: Path }>(items: readonly Item[]): ReadonlyMap<Path, Item> {
  return new Map(items.map((item) => [item.path, item]));
}

function isSame(a: Picture, b: Picture): boolean {
  return (
    a.paths.length === b.paths.length &&
    a.paths.every((path, index) => path === b.paths[index] && a.files.get(path) === b.files.get(path)) &&
    JSON.stringify([...a.unfit.values(), ...a.unlisted]) === JSON.stringify([...b.unfit.values(), ...b.unlisted])
  );
}
