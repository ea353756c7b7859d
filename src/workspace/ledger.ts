/** Something that can be read: what, and of which file; the same key as long as it says the same. */
export interface Key {
  readonly what: string;
  readonly of: string;
}

/** What is read of a file by who may look at everything in it. */
export const WHOLE = "file";

/** What is read by who asks for an answer that is compared itself, by its name, whatever it rests on. */
export const ANSWER = "answer";

/** What has been read by who asks what may change with anything. */
export const ANYTHING = "anything";

/** What an answer rests on: a set of keys, one object for each set. */
export interface Reads {
  readonly id: number;
  /** Numbers of keys, ascending. */
  readonly keys: readonly number[];
  /** Large sets that are in it as wholes: what much rests on is written down once. */
  readonly parts: readonly Reads[];
}

/** A question that is being answered, with what has been read for it so far. */
export interface Entry {
  readonly around: Entry | undefined;
  reads: Reads;
  /** What has been read, once there is too much of it to make a set at each step. */
  many: Many | undefined;
}

/** A large set in the making. */
interface Many {
  readonly keys: Set<number>;
  /** The sets whose keys are in it, and the large ones that it has as parts. */
  readonly sets: Set<Reads>;
}

/** A remembered answer. */
export interface Noted<Answer> {
  readonly answer: Answer;
  readonly reads: Reads;
}

/** Sets that grow beyond this are put together when they are complete. */
const SMALL = 24;

/**
 * Keeps a record of what each answer has read, so that an answer can be used again as long as that is the same.
 *
 * @remarks Reading is noted for the question under way and for all around it; a remembered answer stands for everything that was read to
 * find it. (Salsa and Adapton do the same; here a set of keys takes the place of their graph, since answers are kept or thrown away as
 * wholes.)
 */
export class Ledger {
  readonly nothing: Reads = { id: 0, keys: [], parts: [] };
  /** Whether anything is recorded. */
  readonly isOn: boolean;
  readonly #numbers = new Map<string, Map<string, number>>();
  readonly #keys: Key[] = [];
  readonly #singles: Reads[] = [];
  readonly #sets = new Map<string, Reads>();
  readonly #unions = new Map<number, Reads>();
  #count = 1;
  #top: Entry | undefined;

  /**
   * @param isOn whether anything is recorded; what is thrown away after one use need not be
   * @param keys what has been read before, whose numbers go on to be theirs
   */
  constructor(isOn: boolean, keys: readonly Key[] = []) {
    this.isOn = isOn;
    for (const { what, of } of keys) this.numberOf(what, of);
  }

  /** How many sets have been made. */
  get size(): number {
    return this.#count;
  }

  /** All keys, by their numbers. */
  get keys(): readonly Key[] {
    return this.#keys;
  }

  /** What has been read, whatever of. */
  get whats(): Iterable<string> {
    return this.#numbers.keys();
  }

  /** The number of a key that has been read. */
  known({ what, of }: Key): number | undefined {
    return this.#numbers.get(what)?.get(of);
  }

  /** The number of a key. */
  numberOf(what: string, of: string): number {
    const numbers = this.#numbers.get(what) ?? new Map<string, number>();
    this.#numbers.set(what, numbers);
    const known = numbers.get(of);
    if (known !== undefined) return known;
    const number = this.#keys.length;
    numbers.set(of, number);
    this.#keys.push({ what, of });
    return number;
  }

  /** Notes that something has been read. */
  read(what: string, of: string): void {
    if (this.#top !== undefined) this.rest(this.#single(this.numberOf(what, of)));
  }

  /** Notes that the question under way rests on a remembered answer. */
  rest(reads: Reads): void {
    const top = this.#top;
    if (top === undefined || top.reads === reads) return;
    if (top.many === undefined) {
      if (top.reads.parts.length + reads.parts.length === 0 && top.reads.keys.length + reads.keys.length <= SMALL) {
        top.reads = this.#union(top.reads, reads);
        return;
      }
      top.many = { keys: new Set(), sets: new Set() };
      add(top.many, top.reads);
    }
    add(top.many, reads);
  }

  /** Answers a question and says what has been read for it. */
  gather<Answer>(ask: () => Answer): Noted<Answer> {
    const entry = this.open();
    try {
      const answer = ask();
      return { answer, reads: this.close(entry) };
    } catch (error) {
      this.close(entry);
      throw error;
    }
  }

  /** Answers a question of which the one around it reads the answer and nothing else. */
  aside<Answer>(name: string, ask: () => Answer): Answer {
    this.read(ANSWER, name);
    const top = this.#top;
    this.#top = undefined;
    try {
      return ask();
    } finally {
      this.#top = top;
    }
  }

  /** Begins a question. */
  open(): Entry | undefined {
    if (!this.isOn) return undefined;
    this.#top = { around: this.#top, reads: this.nothing, many: undefined };
    return this.#top;
  }

  /** Ends a question, answered or not: what was read for it was read for the one around it. */
  close(entry: Entry | undefined): Reads {
    if (entry === undefined) return this.nothing;
    const reads = entry.many === undefined ? entry.reads : this.#setOfMany(entry.many);
    this.#top = entry.around;
    this.rest(reads);
    return reads;
  }

  /** Answers each question once and remembers. */
  readonly memo = <Key, Answer>(ask: (key: Key) => Answer): ((key: Key) => Answer) => {
    const known = new Map<Key, Noted<Answer>>();
    return (key) => {
      const noted = known.get(key);
      if (noted !== undefined) {
        this.rest(noted.reads);
        return noted.answer;
      }
      const found = this.gather(() => ask(key));
      known.set(key, found);
      return found.answer;
    };
  };

  /**
   * The set of some keys.
   *
   * @param keys ascending
   * @param parts sets that are in it as wholes, ascending too
   */
  #setOf(keys: readonly number[], parts: readonly Reads[]): Reads {
    if (keys.length === 0 && parts.length <= 1) return parts[0] ?? this.nothing;
    const text = parts.length === 0 ? keys.join(" ") : `${keys.join(" ")};${parts.map(({ id }) => id).join(" ")}`;
    const known = this.#sets.get(text);
    if (known !== undefined) return known;
    const made: Reads = { id: this.#count, keys, parts };
    this.#count += 1;
    this.#sets.set(text, made);
    return made;
  }

  /** A set from before; the keys ascend or not, none twice. */
  adopt(keys: readonly number[], parts: readonly Reads[]): Reads {
    if (keys.length === 0 && parts.length === 0) return this.nothing;
    const set: Reads = { id: this.#count, keys: keys.toSorted((one, other) => one - other), parts };
    this.#count += 1;
    return set;
  }

  #single(key: number): Reads {
    const known = this.#singles[key];
    if (known !== undefined) return known;
    const single = this.#setOf([key], []);
    this.#singles[key] = single;
    return single;
  }

  #union(one: Reads, other: Reads): Reads {
    if (one === this.nothing) return other;
    if (other === this.nothing || one === other) return one;
    const [low, high] = one.id < other.id ? [one.id, other.id] : [other.id, one.id];
    const pair = low * 2 ** 26 + high;
    const known = this.#unions.get(pair);
    if (known !== undefined) return known;
    const union = this.#setOf(merged(one.keys, other.keys), []);
    this.#unions.set(pair, union);
    return union;
  }

  #setOfMany({ keys, sets }: Many): Reads {
    const parts = [...sets].filter(isLarge);
    return this.#setOf(Array.from(Uint32Array.from(keys).sort()), parts.sort((one, other) => one.id - other.id));
  }
}

/** Two ascending lists as one, each number once. */
function merged(one: readonly number[], other: readonly number[]): readonly number[] {
  const all: number[] = [];
  let [left, right] = [0, 0];
  for (;;) {
    const [a = Infinity, b = Infinity] = [one[left], other[right]];
    if (a === Infinity && b === Infinity) return all;
    all.push(Math.min(a, b));
    if (a <= b) left += 1;
    if (b <= a) right += 1;
  }
}

function isLarge({ keys }: Reads): boolean {
  return keys.length > SMALL;
}

function add({ keys, sets }: Many, reads: Reads): void {
  if (sets.has(reads)) return;
  sets.add(reads);
  if (isLarge(reads)) return;
  // What only adds a little to others is taken apart, or sets would nest as deep as questions do.
  for (const key of reads.keys) keys.add(key);
  for (const part of reads.parts) add({ keys, sets }, part);
}
