/** Key that stands for any key, any element. */
export const ANY = "*";
/** Key of what a promise becomes. */
export const AWAITED = "#await";

/** Key of what a getter returns, below the getter's name. */
export const GOT = "#got";

/** Keys from what stands somewhere down to a value: the whole is the value itself. One object for each path, so that paths compare by identity. */
export class KeyPath {
  readonly #longer = new Map<string, KeyPath>();
  /** The first key; undefined for the whole. */
  readonly head: string | undefined;
  readonly rest: KeyPath | undefined;
  readonly length: number;

  constructor(head?: string, rest?: KeyPath) {
    this.head = head;
    this.rest = rest;
    this.length = rest === undefined ? 0 : rest.length + 1;
  }

  get isWhole(): boolean {
    return this.rest === undefined;
  }

  /** The path when what stands here is put under a key. */
  under(key: string): KeyPath {
    let longer = this.#longer.get(key);
    if (longer === undefined) this.#longer.set(key, (longer = new KeyPath(key, this)));
    return longer;
  }

  /** The path below the first key, whatever that is. */
  get inner(): KeyPath {
    return this.rest ?? this;
  }

  /** The path when what stands here is put into a list. */
  asElement(): KeyPath {
    return this.under(ANY);
  }

  /** The same with the first key forgotten. */
  anywhere(): KeyPath {
    return this.rest === undefined ? this : this.rest.under(ANY);
  }

  /** The path when what stands here is awaited, or is no promise. */
  awaited(): KeyPath {
    return this.head === AWAITED ? this.inner : this;
  }
}

/** Whether a key is that of an array element. */
export function isElement(key: string | undefined): boolean {
  return key === ANY || (key !== undefined && /^\d+$/u.test(key));
}
