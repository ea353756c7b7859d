import { EXTRACTOR_VERSION } from "./facts/facts.js";
import { ownPackage } from "./files/package.js";
import type { Path } from "./files/path.js";
import { PartReader, readRecords, type Slot } from "./files/records.js";

/** Facts that others have written down, by the text that they are about. */
export class SharedFacts {
  readonly #rows = new Map<string, { readonly slots: ReadonlyMap<string, Slot>; readonly reader: PartReader }>();
  /** Files in which there is nothing that this version of drift-guard could use. */
  readonly useless: readonly string[];

  /** @param files absolute */
  constructor(files: readonly string[]) {
    const useless: string[] = [];
    for (const file of files) {
      const { rows, intact } = readRecords(file, sharedBrand());
      const reader = new PartReader(file);
      // There may be as many of them as projects: none is held open.
      reader.close();
      if (!intact) useless.push(file);
      for (const [name, { note, parts }] of rows) {
        const hash: unknown = Array.isArray(note) ? note[0] : undefined;
        if (typeof hash === "string") this.#rows.set(keyOf(name, hash), { slots: parts, reader });
      }
    }
    this.useless = useless;
  }

  /** What is written of a file with this text under a name. */
  partOf(path: Path, hash: string, part: string): Buffer | undefined {
    const row = this.#rows.get(keyOf(path, hash));
    const slot = row?.slots.get(part);
    return slot && row?.reader.read(slot);
  }
}

function keyOf(name: string, hash: string): string {
  return `${name}\u0000${hash}`;
}

/** What facts that go from machine to machine are marked with: it cannot know of anything but the version. */
export function sharedBrand(): string {
  return `shared facts ${String(EXTRACTOR_VERSION)} of ${ownPackage().version}`;
}
