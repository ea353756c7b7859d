import { EXTRACTOR_VERSION, type FileFacts } from "./facts/facts.js";
import { extractBody } from "./facts/body.js";
import { decodeBody, decodeOutline, encodeFacts } from "./facts/encoding.js";
import type { ModuleBody } from "./facts/expression.js";
import { extractOutline } from "./facts/outline.js";
import { absoluteFolder, absolutePath } from "./files/disk.js";
import { hashText } from "./files/hash.js";
import { languageOf } from "./files/language.js";
import { listPaths } from "./files/list.js";
import { ownCode } from "./files/package.js";
import type { Path } from "./files/path.js";
import { readFiles } from "./files/read.js";
import { type Keeping, type Kept, PartReader, readRecords, type Records, type Slot, writeRecords } from "./files/records.js";
import type { Language, SourceText, UnreadableFile } from "./files/snapshot.js";
import { type FileStamp, isSettled, isSameStamp, stampOf } from "./files/stat.js";
import type { Extractor, Sources } from "./open.js";

/** The one file of a cache. */
const FILE = "facts.bin";

/** Where the facts of a workspace are kept when nobody says otherwise. */
export function cacheFolder(root: string): string {
  return `${absoluteFolder(root)}/node_modules/.cache/drift-guard`;
}

/** What is known of a file besides its facts: the hash of its text, and by which stamp it is known without reading it. */
interface Note {
  readonly hash: string;
  /** Absent where the file was too young when it was looked at for its stamp to mean anything. */
  readonly stamp: FileStamp | undefined;
}

/** A file of this run. */
interface Entry {
  readonly source: SourceText;
  readonly note: Note;
  /** What is kept of it already. */
  readonly slots: ReadonlyMap<string, Slot>;
  /** What is new. */
  readonly fresh: Map<string, FileFacts | ModuleBody>;
  /** The note is not the one that is kept. */
  readonly isRestamped: boolean;
}

/**
 * Facts of earlier runs: a file that has not changed since is neither parsed nor, where its stamp says so, read.
 *
 * It is where a run gets its files and facts from, and takes in what it had to extract. Nothing that may stand in the cache's file makes
 * an answer wrong: facts are found by the hash of the text and the version of the extractor.
 */
export class FactsCache implements Extractor {
  readonly sources: Sources;
  readonly #extractor: Extractor;
  readonly #file: string;
  readonly #records: Records;
  readonly #reader: PartReader;
  readonly #entries = new Map<Path, Entry>();
  readonly #bySource = new WeakMap<SourceText, Entry>();
  readonly #unfit = new Map<Path, UnreadableFile>();
  readonly #changed = new Set<Path>();

  /**
   * @param folder absolute, where the cache's file is kept
   * @param extractor how the facts of what has changed are had
   */
  constructor(root: string, folder: string, extractor: Extractor = { outline: extractOutline, body: extractBody }) {
    this.#extractor = extractor;
    const top = absoluteFolder(root);
    this.#file = `${absoluteFolder(folder)}/${FILE}`;
    this.#records = readRecords(this.#file, brand());
    this.#reader = new PartReader(this.#file);
    const { paths, unreadable } = listPaths(top);
    // A cache that is kept among the files of the workspace is none of them.
    const listed = paths.filter((path) => !absolutePath(top, path).startsWith(this.#file));
    this.sources = { root: top, paths: listed, unreadable, read: (wanted) => this.#read(top, wanted) };
  }

  outline(source: SourceText): FileFacts {
    return this.#facts(source, "outline", decodeOutline, (it) => this.#extractor.outline(it));
  }

  body(source: SourceText): ModuleBody | undefined {
    return this.#facts(source, "body", decodeBody, (it) => this.#extractor.body(it));
  }

  /** Files that turned out to be others than their stamps said, after what was kept of them had been believed. */
  get changed(): readonly Path[] {
    return [...this.#changed].sort();
  }

  /**
   * Keeps what this run has learned.
   *
   * @throws Error when the disk refuses
   */
  save(): void {
    this.#reader.close();
    const more = [...this.#entries.values()].flatMap((entry) => (this.#changed.has(entry.source.path) ? forgetting(entry) : keepingOf(entry)));
    const listed: ReadonlySet<string> = new Set(this.sources.paths);
    if (more.length > 0) writeRecords(this.#file, brand(), this.#records, more, (name) => listed.has(name));
  }

  #read(root: string, paths: readonly Path[]): { files: readonly SourceText[]; unreadable: readonly UnreadableFile[] } {
    const files: SourceText[] = [];
    const unreadable: UnreadableFile[] = [];
    for (const path of paths) {
      const entry = this.#entries.get(path) ?? this.#look(root, path);
      const unfit = this.#unfit.get(path);
      if (entry !== undefined) files.push(entry.source);
      else if (unfit !== undefined) unreadable.push(unfit);
    }
    return { files, unreadable };
  }

  #look(root: string, path: Path): Entry | undefined {
    const language = languageOf(path);
    if (language === undefined || this.#unfit.has(path)) return undefined;
    const kept = this.#records.rows.get(path);
    const note = kept && noteIn(kept);
    const at = Date.now();
    const stamp = stampOf(root, path);
    if (kept !== undefined && note?.stamp !== undefined && stamp !== undefined && isSameStamp(note.stamp, stamp)) {
      const source = new UnreadSource(path, language, () => this.#text(root, path, note.hash));
      return this.#enter({ source, note, slots: kept.parts, fresh: new Map(), isRestamped: false });
    }
    const {
      files: [source],
      unreadable: [unfit],
    } = readFiles(root, [path]);
    if (unfit !== undefined) this.#unfit.set(path, unfit);
    if (source === undefined) return undefined;
    const hash = hashText(source.text);
    const isSame = kept !== undefined && note?.hash === hash;
    const fresh = { hash, stamp: stamp !== undefined && isSettled(stamp, at) ? stamp : undefined };
    const isRestamped = !isSame || fresh.stamp !== undefined || note.stamp !== undefined;
    return this.#enter({ source, note: fresh, slots: isSame ? kept.parts : new Map(), fresh: new Map(), isRestamped });
  }

  #enter(entry: Entry): Entry {
    this.#entries.set(entry.source.path, entry);
    this.#bySource.set(entry.source, entry);
    return entry;
  }

  #text(root: string, path: Path, hash: string): string {
    const text = readFiles(root, [path]).files[0]?.text;
    if (text === undefined || hashText(text) !== hash) this.#changed.add(path);
    return text ?? "";
  }

  #facts<Facts extends FileFacts | ModuleBody | undefined>(
    source: SourceText,
    part: string,
    decode: (bytes: Buffer) => Facts | undefined,
    extract: (source: SourceText) => Facts,
  ): Facts {
    const entry = this.#bySource.get(source);
    const slot = entry?.slots.get(part);
    const bytes = slot && this.#reader.read(slot);
    const known = bytes && decode(bytes);
    if (known !== undefined) return known;
    const facts = extract(source);
    // Extracting is what reads the text: only now it may show that it is not the one that the entry is about.
    if (facts !== undefined && !this.#changed.has(source.path)) entry?.fresh.set(part, facts);
    return facts;
  }
}

/** A file whose facts are known: its text is read when somebody wants it. */
class UnreadSource implements SourceText {
  readonly path: Path;
  readonly language: Language;
  readonly #read: () => string;
  #text: string | undefined;

  constructor(path: Path, language: Language, read: () => string) {
    this.path = path;
    this.language = language;
    this.#read = read;
  }

  get text(): string {
    this.#text ??= this.#read();
    return this.#text;
  }
}

/** Facts of another extractor are none. */
function brand(): string {
  return `facts ${String(EXTRACTOR_VERSION)} of ${ownCode()}`;
}

function keepingOf({ source, note, slots, fresh, isRestamped }: Entry): Keeping[] {
  if (fresh.size === 0 && !isRestamped) return [];
  const parts = new Map<string, Buffer | Slot>(slots);
  for (const [part, facts] of fresh) parts.set(part, encodeFacts(facts));
  const { hash, stamp } = note;
  return [{ name: source.path, note: stamp === undefined ? [hash] : [hash, stamp.size, stamp.mtimeMs, stamp.ctimeMs], parts }];
}

function forgetting({ source }: Entry): Keeping[] {
  return [{ name: source.path, note: [], parts: new Map() }];
}

function noteIn({ note }: Kept): Note | undefined {
  if (!Array.isArray(note)) return undefined;
  const [hash, size, mtimeMs, ctimeMs]: readonly unknown[] = note;
  if (typeof hash !== "string") return undefined;
  const isStamped = typeof size === "number" && typeof mtimeMs === "number" && typeof ctimeMs === "number";
  return { hash, stamp: isStamped ? { size, mtimeMs, ctimeMs } : undefined };
}
