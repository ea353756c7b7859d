import { EXTRACTOR_VERSION } from "./facts/facts.js";
import { absoluteFolder, absolutePath } from "./files/disk.js";
import { hashText } from "./files/hash.js";
import { languageOf } from "./files/language.js";
import { listFiles } from "./history/listing.js";
import { absoluteFrom, pathFrom } from "./files/named.js";
import { ownCode } from "./files/package.js";
import type { Path } from "./files/path.js";
import { readFiles } from "./files/read.js";
import { type Keeping, type Kept, PartReader, noRecords, readRecords, type Records, type Slot, writeRecords } from "./files/records.js";
import type { Language, Snapshot, SourceText, UnreadableFile } from "./files/snapshot.js";
import type { SharedFacts } from "./shared-facts.js";
import { type FileStamp, isSettled, isSameStamp, stampOf } from "./files/stat.js";

/** The one file of a cache. */
const FILE = "facts.bin";

/** Under which name something that is not about one file is kept; no path has such a one. */
const ASIDE = "\u0001";

/** Under which name the last answer of a kind is kept; no path has such a one. */
const ANSWER = "\u0000";

/** Where the cache of a workspace is kept when nobody says otherwise. */
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
  readonly fresh: Map<string, () => Buffer>;
  /** The note is not the one that is kept. */
  readonly isRestamped: boolean;
}

/**
 * What earlier runs knew of a workspace: a file that has not changed since is neither parsed nor, where its stamp says so, read.
 *
 * It is where a run gets its files from, and what it hands its findings about them to. Nothing that may stand in the cache's file makes
 * an answer wrong: what is kept is found by the hash of the text and the state of drift-guard's own code.
 */
export class Cache {
  /** Absolute. */
  readonly root: string;
  /** Every file under the root, whatever its language, sorted. */
  readonly paths: readonly Path[];
  /** What is there and could not be listed. */
  readonly unreadable: readonly UnreadableFile[];
  readonly #shared: SharedFacts | undefined;
  readonly #isKept: boolean;
  readonly #code: string;
  readonly #file: string;
  readonly #records: Records;
  readonly #reader: PartReader;
  readonly #entries = new Map<Path, Entry>();
  readonly #bySource = new WeakMap<SourceText, Entry>();
  readonly #unfit = new Map<Path, UnreadableFile>();
  readonly #changed = new Set<Path>();
  /** Files outside the list that somebody looked for. */
  readonly #strays = new Set<Path>();
  readonly #listed: ReadonlySet<string>;
  /** What is to be kept that is not about one file. */
  readonly #besides = new Map<string, Keeping>();

  /**
   * @param folder absolute, where the cache's file is kept; left out, nothing is kept
   * @param shared what others have found out of files
   */
  constructor(root: string, folder: string | undefined, shared?: SharedFacts) {
    this.root = absoluteFolder(root);
    this.#shared = shared;
    this.#isKept = folder !== undefined;
    this.#file = `${absoluteFolder(folder ?? cacheFolder(root))}/${FILE}`;
    this.#code = ownCode();
    this.#records = this.#isKept ? readRecords(this.#file, this.#brand) : noRecords;
    this.#reader = new PartReader(this.#file);
    const { paths, unreadable } = listFiles(this.root);
    // A cache that is kept among the files of the workspace is none of them.
    this.paths = paths.filter((path) => !absolutePath(this.root, path).startsWith(this.#file));
    this.unreadable = unreadable;
    this.#listed = new Set(this.paths);
  }

  /** Files that turned out to be others than their stamps said, after what was kept of them had been believed. */
  get changed(): readonly Path[] {
    return [...this.#changed].sort();
  }

  /** The files of a run; texts of those that have not changed are read when somebody wants them. */
  read(paths: readonly Path[]): Pick<Snapshot, "files" | "unreadable"> {
    const files: SourceText[] = [];
    const unreadable: UnreadableFile[] = [];
    for (const path of paths) {
      const entry = this.#entryOf(path);
      const unfit = this.#unfit.get(path);
      if (entry !== undefined) files.push(entry.source);
      else if (unfit !== undefined) unreadable.push(unfit);
      if (!this.#listed.has(path)) this.#strays.add(path);
    }
    return { files, unreadable };
  }

  /** What is kept of a file under a name, as long as it is the same file. */
  partOf(source: SourceText, part: string): Buffer | undefined {
    const entry = this.#bySource.get(source);
    const slot = entry?.slots.get(part);
    return (slot && this.#reader.read(slot)) ?? (entry && this.#shared?.partOf(source.path, entry.note.hash, part));
  }

  /** Hands in what has been found out of a file, to be put into bytes when it is written down. */
  keepPart(source: SourceText, part: string, bytes: () => Buffer): void {
    const entry = this.#bySource.get(source);
    // Finding out is what reads the text: only now it may show that it is not the one that the entry is about.
    if (entry !== undefined && !this.#changed.has(source.path)) entry.fresh.set(part, bytes);
  }

  /**
   * The last answer, if it was one to the same question about the same workspace.
   *
   * @param kind one answer of each kind is kept
   * @param question whatever makes an answer another besides the files
   */
  recall(kind: string, question: readonly string[]): string | undefined {
    const kept = this.#records.rows.get(ANSWER + kind);
    if (kept === undefined || !Array.isArray(kept.note)) return undefined;
    const [key, ...strays]: readonly unknown[] = kept.note;
    for (const stray of strays) if (typeof stray === "string") this.#strays.add(pathFrom(this.root, absoluteFrom(this.root, stray)));
    const slot = kept.parts.get("answer");
    return slot !== undefined && key === this.#keyTo(question) ? this.#reader.read(slot)?.toString("utf8") : undefined;
  }

  /** Keeps an answer for the next run that asks the same. */
  remember(kind: string, question: readonly string[], answer: string): void {
    const parts = new Map([["answer", Buffer.from(answer, "utf8")]]);
    this.#keepBeside({ name: ANSWER + kind, note: [this.#keyTo(question), ...this.#strays], parts });
  }

  /** The hash of the text of one of the files. */
  hashOf(source: SourceText): string {
    return this.#bySource.get(source)?.note.hash ?? hashText(source.text);
  }

  /** What is kept of a file as it was, if that is how it was when it was last looked at. */
  outdated(path: Path, hash: string, part: string): Buffer | undefined {
    const kept = this.#records.rows.get(path);
    const slot = kept === undefined || noteIn(kept)?.hash !== hash ? undefined : kept.parts.get(part);
    return slot && this.#reader.read(slot);
  }

  /** Keeps something that is not about one file; who takes it up sees for himself whether it still means anything. */
  setAside(name: string, parts: ReadonlyMap<string, Buffer>): void {
    this.#keepBeside({ name: ASIDE + name, note: [], parts });
  }

  /** What was set aside under a name by the last run that did. */
  takeUp(name: string, part: string): Buffer | undefined {
    const slot = this.#records.rows.get(ASIDE + name)?.parts.get(part);
    return slot && this.#reader.read(slot);
  }

  /**
   * Writes down what this run has learned.
   *
   * @throws Error when the disk refuses
   */
  save(): void {
    this.#reader.close();
    const news = [...this.#entries.values()].filter((entry) => this.#changed.has(entry.source.path) || entry.isRestamped || entry.fresh.size > 0);
    const others = this.#changed.size > 0 ? [] : [...this.#besides.values()];
    if (!this.#isKept || (news.length === 0 && others.length === 0)) return;
    const renewed = new Set<string>([...news.map(({ source }) => source.path), ...others.map(({ name }) => name)]);
    const isWanted = (name: string): boolean => !renewed.has(name) && (name.startsWith(ANSWER) || name.startsWith(ASIDE) || this.#listed.has(name));
    writeRecords(this.#file, this.#brand, this.#records, this.#keepings(news, others), isWanted);
  }

  *#keepings(news: readonly Entry[], others: readonly Keeping[]): Iterable<Keeping> {
    for (const entry of news) yield this.#changed.has(entry.source.path) ? forgetting(entry) : keepingOf(entry);
    yield* others;
  }

  #keepBeside(keeping: Keeping): void {
    this.#besides.set(keeping.name, keeping);
  }

  get #brand(): string {
    return `facts ${String(EXTRACTOR_VERSION)} of ${this.#code}`;
  }

  #entryOf(path: Path): Entry | undefined {
    return this.#entries.get(path) ?? this.#look(path);
  }

  #look(path: Path): Entry | undefined {
    const language = languageOf(path);
    if (language === undefined || this.#unfit.has(path)) return undefined;
    const kept = this.#records.rows.get(path);
    const note = kept && noteIn(kept);
    const at = Date.now();
    const stamp = stampOf(this.root, path);
    if (kept !== undefined && note?.stamp !== undefined && stamp !== undefined && isSameStamp(note.stamp, stamp)) {
      const source = new UnreadSource(path, language, note.hash, () => this.#text(path, note.hash));
      return this.#enter({ source, note, slots: kept.parts, fresh: new Map(), isRestamped: false });
    }
    const {
      files: [source],
      unreadable: [unfit],
    } = readFiles(this.root, [path]);
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

  #text(path: Path, hash: string): string {
    const text = readFiles(this.root, [path]).files[0]?.text;
    if (text === undefined || hashText(text) !== hash) this.#changed.add(path);
    return text ?? "";
  }

  /** Equal for equal questions about equal workspaces. */
  #keyTo(question: readonly string[]): string {
    // A file of which nothing is kept was not analysed, or is new: its stamp says enough.
    const states = this.paths.map((path) => {
      if (languageOf(path) === undefined) return path;
      const isKnown = this.#entries.has(path) || this.#records.rows.has(path);
      const entry = isKnown ? this.#entryOf(path) : undefined;
      return [path, entry?.note.hash ?? stampOf(this.root, path)];
    });
    const strays = [...this.#strays].map((path) => [path, this.#entryOf(path)?.note.hash]);
    return hashText(JSON.stringify([this.#code, question, states, strays, this.unreadable]));
  }
}

/** A file that has not changed: its text is read when somebody wants it. */
class UnreadSource implements SourceText {
  readonly path: Path;
  readonly language: Language;
  readonly #hash: string;
  readonly #read: () => string;
  #text: string | undefined;

  constructor(path: Path, language: Language, hash: string, read: () => string) {
    this.path = path;
    this.language = language;
    this.#hash = hash;
    this.#read = read;
  }

  get text(): string {
    this.#text ??= this.#read();
    return this.#text;
  }

  isText(text: string): boolean {
    return this.#text === undefined ? hashText(text) === this.#hash : text === this.#text;
  }
}

function keepingOf({ source, note: { hash, stamp }, slots, fresh }: Entry): Keeping {
  return {
    name: source.path,
    note: stamp === undefined ? [hash] : [hash, stamp.size, stamp.mtimeMs, stamp.ctimeMs],
    parts: new Map<string, Buffer | Slot>([...slots, ...[...fresh].map(([part, bytes]) => [part, bytes()] as const)]),
  };
}

function forgetting({ source }: Entry): Keeping {
  return { name: source.path, note: [], parts: new Map() };
}

function noteIn({ note }: Kept): Note | undefined {
  if (!Array.isArray(note)) return undefined;
  const [hash, size, mtimeMs, ctimeMs]: readonly unknown[] = note;
  if (typeof hash !== "string") return undefined;
  const isStamped = typeof size === "number" && typeof mtimeMs === "number" && typeof ctimeMs === "number";
  return { hash, stamp: isStamped ? { size, mtimeMs, ctimeMs } : undefined };
}
