/** Choices that a program is made by, so that shrinking them shrinks it; the first alternative of each choice is the plainest. */
export class Tape {
  readonly #choices: readonly number[];
  #at = 0;

  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }

  choose(count: number): number {
    const choice = this.#choices[this.#at] ?? 0;
    this.#at += 1;
    return choice % count;
  }

  pick<Item>(items: readonly Item[], otherwise: Item): Item {
    return items[this.choose(items.length)] ?? otherwise;
  }
}
