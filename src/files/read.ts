import { isUtf8 } from "node:buffer";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { absoluteFolder, absolutePath } from "./disk.js";
import { whyUnreadable } from "./failure.js";
import { isData, languageOf } from "./language.js";
import type { Path } from "./path.js";
import type { Language, Snapshot, SourceText, UnreadableFile } from "./snapshot.js";

const mebibyte = 1024 * 1024;

/** Larger sources are bundles or generated; reading them as code helps nobody. */
const sourceLimit = 8 * mebibyte;

/** JSON that is only data is worth reading where code may import a constant from it, not when it is a dump. */
const dataLimit = mebibyte / 16;

/**
 * Reads files as text.
 *
 * @remarks Text is kept as it stands but for the byte order mark. Files in no language of ours are left out, and so is data that is
 * large or no text: nothing is promised of it, so it cannot fail a run.
 *
 * @param root absolute folder
 */
export function readFiles(root: string, paths: readonly Path[]): Snapshot {
  const folder = absoluteFolder(root);
  const files: SourceText[] = [];
  const unreadable: UnreadableFile[] = [];
  for (const path of paths) {
    const language = languageOf(path);
    if (language === undefined) continue;
    const read = readText(folder, path, language);
    if ("text" in read) files.push(read);
    else if (!isData(path)) unreadable.push(read);
  }
  return { root: folder, files, unreadable };
}

function readText(root: string, path: Path, language: Language): SourceText | UnreadableFile {
  let bytes: Buffer;
  try {
    bytes = readBytes(absolutePath(root, path), limitOf(path));
  } catch (error) {
    const why = error instanceof UnfitFile ? error.message : whyUnreadable(error);
    return { path, message: `"${path}" ${why}` };
  }
  return decoded(path, language, bytes);
}

/**
 * The text of a file whose bytes somebody else has read.
 *
 * @param path in a language of ours
 */
export function sourceIn(path: Path, bytes: Buffer): SourceText | UnreadableFile {
  const language = languageOf(path);
  if (language === undefined) return { path, message: `"${path}" is in no language that is analysed.` };
  const why = tooLarge(bytes.length, limitOf(path));
  return why === undefined ? decoded(path, language, bytes) : { path, message: `"${path}" ${why}` };
}

function decoded(path: Path, language: Language, bytes: Buffer): SourceText | UnreadableFile {
  if (isUtf16(bytes)) return { path, message: `"${path}" is UTF-16 text. Save it as UTF-8.` };
  if (!isUtf8(bytes)) return { path, message: `"${path}" is not valid UTF-8 text. Save it as UTF-8, or exclude it.` };
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return { path, language, text: bytes.toString("utf8", start) };
}

function limitOf(path: Path): number {
  return isData(path) ? dataLimit : sourceLimit;
}

function tooLarge(size: number, limit: number): string | undefined {
  if (size <= limit) return undefined;
  return `is ${(size / mebibyte).toFixed(1)} MiB; more than ${String(limit / mebibyte)} MiB is not analysed. Exclude it.`;
}

/** A file that could be read and is not fit to be. */
class UnfitFile extends Error {}

function readBytes(file: string, limit: number): Buffer {
  // Without O_NONBLOCK (which Windows lacks) opening a pipe would wait for somebody to write to it.
  const { O_RDONLY, O_NONBLOCK = 0 } = constants;
  const handle = openSync(file, O_RDONLY | O_NONBLOCK);
  try {
    const status = fstatSync(handle);
    if (!status.isFile()) throw new UnfitFile("is no file. Rename or ignore it.");
    const why = tooLarge(status.size, limit);
    if (why !== undefined) throw new UnfitFile(why);
    const bytes = Buffer.allocUnsafe(status.size);
    let filled = 0;
    for (let got = -1; filled < bytes.length && got !== 0; filled += got) {
      got = readSync(handle, bytes, filled, bytes.length - filled, null);
    }
    return bytes.subarray(0, filled);
  } finally {
    closeSync(handle);
  }
}

function isUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
