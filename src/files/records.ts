import { closeSync, constants, fstatSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { createHash, randomUUID } from "node:crypto";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";

/** Where a part lies in its file. */
export interface Slot {
  readonly at: number;
  readonly length: number;
  readonly crc: number;
}

/** What is kept under a name: a small note that is always read, and parts that are read when somebody asks. */
export interface Kept {
  readonly note: unknown;
  readonly parts: ReadonlyMap<string, Slot>;
}

/** The same before it is written; a slot names a part that the file has already. */
export interface Keeping {
  readonly name: string;
  readonly note: unknown;
  readonly parts: ReadonlyMap<string, Buffer | Slot>;
}

/** What a file of records held when it was read. */
export interface Records {
  readonly rows: ReadonlyMap<string, Kept>;
  /** The file is whole and of our brand, so that more can be written behind it. */
  readonly intact: boolean;
  readonly bytes: number;
  readonly blocks: number;
}

const MAGIC = Buffer.from("driftgd1");
const BRAND = 16;
/** Magic, checksum of the rest, brand, length and checksum of the index, length of the parts. */
const HEADER = MAGIC.length + 4 + BRAND + 4 + 4 + 6;
/** More blocks than this are slower to read than one is to write. */
const MOST_BLOCKS = 64;
/** What a file may carry along that nobody wants any more, beside what is wanted: as much again, and this. */
const SLACK = 2 ** 20;
/** How many bytes of parts a block holds, about: so much is in memory at once when it is written. */
const BATCH = 2 ** 25;
/** A file half written that is older than this, in milliseconds, belongs to a process that was killed. */
const ABANDONED = 10 * 60_000;

/** No file at all. */
export const noRecords: Records = { rows: new Map(), intact: false, bytes: 0, blocks: 0 };

/**
 * Reads what stands in a file of records; one that is missing, torn, corrupt or another brand's holds what can be trusted of it.
 *
 * @remarks The file is a row of blocks, each of which has an index (JSON) with checksums of itself and of all parts. A block is
 * written at once behind the others, and later rows win over earlier ones of the same name. What a killed writer leaves behind is no block.
 */
export function readRecords(file: string, brand: string): Records {
  const handle = opened(file);
  if (handle === undefined) return noRecords;
  try {
    const { size } = fstatSync(handle);
    const rows = new Map<string, Kept>();
    let [at, blocks] = [0, 0];
    for (; at < size; blocks += 1) {
      const length = readBlock(handle, at, size, brandOf(brand), rows);
      if (length === undefined) return { rows, intact: false, bytes: at, blocks };
      at += length;
    }
    return { rows, intact: blocks > 0, bytes: size, blocks };
  } catch {
    // A disk that fails under the cache is a cache that is not there.
    return noRecords;
  } finally {
    closeSync(handle);
  }
}

/** Reads parts, as many as somebody wants; once it is closed, it opens the file for each of them. */
export class PartReader {
  readonly #file: string;
  #handle: number | undefined;
  #missing = false;
  #isClosed = false;

  constructor(file: string) {
    this.#file = file;
  }

  /** @returns undefined where the part is not what was written */
  read({ at, length, crc }: Slot): Buffer | undefined {
    if (this.#missing) return undefined;
    this.#handle ??= opened(this.#file);
    this.#missing = this.#handle === undefined;
    const bytes = this.#handle === undefined ? undefined : bytesAt(this.#handle, at, length);
    if (this.#isClosed) this.close();
    return bytes !== undefined && crc32(bytes) === crc ? bytes : undefined;
  }

  close(): void {
    this.#isClosed = true;
    if (this.#handle !== undefined) closeSync(this.#handle);
    this.#handle = undefined;
  }
}

/**
 * Writes records into a file: behind what is there, or the whole file anew where too much of it is of no use any more.
 *
 * @param known what the file held when it was read
 * @param more what is new; made one by one as it is written, since all of it may be large
 * @param isWanted whether a record that is there already, and is not among the new ones, is worth carrying along
 * @throws Error when the disk refuses
 */
export function writeRecords(file: string, brand: string, known: Records, more: Iterable<Keeping>, isWanted: (name: string) => boolean): void {
  const carried = [...known.rows].flatMap(([name, { note, parts }]): readonly Keeping[] => (isWanted(name) ? [{ name, note, parts }] : []));
  const useful = carried.reduce((sum, { parts }) => sum + lengthOf([...parts.values()]), 0);
  const isWorthIt = known.intact && known.blocks < MOST_BLOCKS && known.bytes <= 2 * useful + SLACK;
  // Never created here: a block that names parts of a file that is gone would be worthless.
  const handle = isWorthIt ? openedFor(file, constants.O_WRONLY | constants.O_APPEND) : undefined;
  if (handle === undefined) {
    writeWhole(file, brand, concatenated(carried, more));
    return;
  }
  try {
    for (const rows of batches(more)) writeSync(handle, encodeBlock(brand, rows));
  } finally {
    closeSync(handle);
  }
}

/**
 * Makes a file of records that holds these and nothing else; equal records make equal bytes.
 *
 * @throws Error when the disk refuses
 */
export function writeWhole(file: string, brand: string, all: Iterable<Keeping>): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  dropAbandoned(folder);
  const draft = `${file}.${randomUUID()}.tmp`;
  const old = new PartReader(file);
  try {
    const handle = openSync(draft, "wx");
    try {
      for (const rows of batches(all)) writeSync(handle, encodeBlock(brand, rows.map((row) => copied(row, old))));
    } finally {
      closeSync(handle);
      old.close();
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function* concatenated(first: Iterable<Keeping>, second: Iterable<Keeping>): Iterable<Keeping> {
  yield* first;
  yield* second;
}

/** As many records as one block is to hold. */
function* batches(rows: Iterable<Keeping>): Iterable<readonly Keeping[]> {
  let batch: Keeping[] = [];
  let bytes = 0;
  for (const row of rows) {
    batch.push(row);
    bytes += lengthOf([...row.parts.values()]);
    if (bytes < BATCH) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

/** A record with its parts in hand; one that cannot be read any more is left out. */
function copied({ name, note, parts }: Keeping, old: PartReader): Keeping {
  const read = [...parts].flatMap(([part, what]): readonly (readonly [string, Buffer])[] => {
    const bytes = isSlot(what) ? old.read(what) : what;
    return bytes === undefined ? [] : [[part, bytes]];
  });
  return { name, note, parts: new Map(read) };
}

function dropAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith(".tmp")) continue;
    const status = statSync(`${folder}/${name}`, { throwIfNoEntry: false });
    if (status !== undefined && Math.abs(Date.now() - status.mtimeMs) > ABANDONED) rmSync(`${folder}/${name}`, { force: true });
  }
}

function encodeBlock(brand: string, rows: readonly Keeping[]): Buffer {
  const fresh = rows.flatMap(({ parts }) => [...parts.values()].flatMap((part) => (isSlot(part) ? [] : [part])));
  const entries = rows.map(({ name, note, parts }) => [
    name,
    note,
    // A part that is in the file already stays where it is.
    [...parts].map(([part, what]) => (isSlot(what) ? [part, what.length, what.crc, what.at] : [part, what.length, crc32(what)])),
  ]);
  const index = Buffer.from(JSON.stringify(entries));
  return Buffer.concat([headerOf(brand, index, lengthOf(fresh)), index, ...fresh]);
}

function headerOf(brand: string, index: Buffer, partsLength: number): Buffer {
  const header = Buffer.alloc(HEADER);
  MAGIC.copy(header);
  let at = MAGIC.length + 4;
  at += brandOf(brand).copy(header, at);
  at = header.writeUInt32LE(index.length, at);
  at = header.writeUInt32LE(crc32(index), at);
  header.writeUIntLE(partsLength, at, 6);
  header.writeUInt32LE(crc32(header.subarray(MAGIC.length + 4)), MAGIC.length);
  return header;
}

/** Takes the rows of one block in. @returns how long the block is; undefined where there is none of our brand */
function readBlock(handle: number, start: number, end: number, brand: Buffer, rows: Map<string, Kept>): number | undefined {
  const header = bytesAt(handle, start, HEADER);
  if (header === undefined || !header.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const rest = header.subarray(MAGIC.length + 4);
  if (crc32(rest) !== header.readUInt32LE(MAGIC.length) || !rest.subarray(0, BRAND).equals(brand)) return undefined;
  const indexLength = rest.readUInt32LE(BRAND);
  const partsStart = start + HEADER + indexLength;
  const length = HEADER + indexLength + rest.readUIntLE(BRAND + 8, 6);
  if (start + length > end) return undefined;
  const index = bytesAt(handle, start + HEADER, indexLength);
  if (index === undefined || crc32(index) !== rest.readUInt32LE(BRAND + 4)) return undefined;
  const parsed: unknown = JSON.parse(index.toString("utf8"));
  if (!isIndex(parsed)) return undefined;
  let at = partsStart;
  for (const [name, note, parts] of parsed) {
    const slots = new Map<string, Slot>();
    for (const [part, size, crc, place] of parts) {
      slots.set(part, { at: place ?? at, length: size, crc });
      if (place === undefined) at += size;
    }
    rows.set(name, { note, parts: slots });
  }
  return length;
}

type Index = readonly (readonly [
  name: string,
  note: unknown,
  parts: readonly (readonly [part: string, length: number, crc: number, at?: number])[],
])[];

/** What has the right checksum was written by us: it is enough to see that it is an index at all. */
function isIndex(value: unknown): value is Index {
  return Array.isArray(value) && value.every((row) => Array.isArray(row) && typeof row[0] === "string" && Array.isArray(row[2]));
}

function isSlot(part: Buffer | Slot): part is Slot {
  return "crc" in part;
}

function lengthOf(parts: readonly (Buffer | Slot)[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

function brandOf(brand: string): Buffer {
  return createHash("sha256").update(brand, "utf8").digest().subarray(0, BRAND);
}

function opened(file: string): number | undefined {
  // Without O_NONBLOCK (which Windows lacks) a pipe of that name would be waited for.
  const { O_RDONLY, O_NONBLOCK = 0 } = constants;
  return openedFor(file, O_RDONLY | O_NONBLOCK);
}

function openedFor(file: string, flags: number): number | undefined {
  try {
    return openSync(file, flags);
  } catch {
    return undefined;
  }
}

function bytesAt(handle: number, at: number, length: number): Buffer | undefined {
  const bytes = Buffer.allocUnsafe(length);
  try {
    for (let filled = 0; filled < length; ) {
      const got = readSync(handle, bytes, filled, length - filled, at + filled);
      if (got === 0) return undefined;
      filled += got;
    }
  } catch {
    return undefined;
  }
  return bytes;
}
