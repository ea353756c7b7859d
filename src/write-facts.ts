import { extractBody } from "./facts/body.js";
import { encodeFacts } from "./facts/encoding.js";
import { extractOutline } from "./facts/outline.js";
import { absoluteFolder } from "./files/disk.js";
import { hashText } from "./files/hash.js";
import { listFiles } from "./history/listing.js";
import { isInside, type Path } from "./files/path.js";
import { readFiles } from "./files/read.js";
import { type Keeping, writeWhole } from "./files/records.js";
import type { SourceText, UnreadableFile } from "./files/snapshot.js";
import { sharedBrand } from "./shared-facts.js";

/** What came of writing facts down. */
export interface WrittenFacts {
  readonly files: number;
  readonly unreadable: readonly UnreadableFile[];
}

/**
 * Writes the facts of everything below a folder of a workspace into a file that other machines can use: the map step of a check that a
 * build engine distributes.
 *
 * @remarks The same texts make the same bytes, wherever and whenever.
 *
 * @param file absolute
 * @throws Error when the disk refuses to be written to
 */
export function writeFacts(root: string, folder: Path, file: string): WrittenFacts {
  const top = absoluteFolder(root);
  const listing = listFiles(top);
  const { files, unreadable } = readFiles(
    top,
    listing.paths.filter((path) => isInside(path, folder)),
  );
  writeWhole(file, sharedBrand(), keepingsOf(files));
  return { files: files.length, unreadable: [...listing.unreadable.filter(({ path }) => isInside(path, folder)), ...unreadable] };
}

function* keepingsOf(sources: readonly SourceText[]): Iterable<Keeping> {
  for (const source of sources) yield keepingOf(source);
}

function keepingOf(source: SourceText): Keeping {
  const parts = new Map([["outline", encodeFacts(extractOutline(source))]]);
  if (source.language !== "json" && source.language !== "yaml") parts.set("body", encodeFacts(extractBody(source)));
  return { name: source.path, note: [hashText(source.text)], parts };
}
