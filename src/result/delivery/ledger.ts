/** Keys numbered in the order they came, in typed arrays: some 20 bytes each. */
class KeyIndex {
  #table = new Int32Array(512);
  keys = new Float64Array(256);
  count = 0;

  /** The number of a key; a new one gets the next. */
  numberOf(key: number): number {
    const at = this.#placeOf(key);
    const known = this.#table[at] ?? 0;
    return known > 0 ? known - 1 : this.#add(key, at);
  }

  /** -1 = it is not there. */
  find(key: number): number {
    return (this.#table[this.#placeOf(key)] ?? 0) - 1;
  }

  #placeOf(key: number): number {
    const mask = this.#table.length - 1;
    let at = (key ^ (key / 2 ** 32)) & mask;
    for (let known = this.#table[at] ?? 0; known > 0 && this.keys[known - 1] !== key; known = this.#table[at] ?? 0)
      at = (at + 1) & mask;
    return at;
  }

  #add(key: number, at: number): number {
    const { keys, count } = this;
    if (count === keys.length) {
      this.keys = grown(keys);
      this.#table = new Int32Array(this.#table.length * 2);
      for (let i = 0; i < count; i++) this.#table[this.#placeOf(this.keys[i] ?? 0)] = i + 1;
      return this.numberOf(key);
    }
    this.#table[at] = count + 1;
    keys[count] = key;
    return this.count++;
  }
}

function grown(cells: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(cells.length * 2);
  larger.set(cells);
  return larger;
}

/**
 * Some numbers for each of very many keys. It forgets a key that was not asked for while `most` others were, so that its
 * memory has a bound: two times `most` times 20 bytes and 8 for each number.
 */
export class Ledger {
  /** The numbers of all keys; another array after a call of {@link at}. */
  cells: Float64Array<ArrayBuffer>;
  #index = new KeyIndex();
  #before: { readonly index: KeyIndex; readonly cells: Float64Array } | undefined;

  constructor(
    private readonly width: number,
    private readonly most = Number.POSITIVE_INFINITY,
  ) {
    this.cells = new Float64Array(256 * width);
  }

  get count(): number {
    return this.#index.count;
  }

  /** Where the numbers of a key begin in {@link cells}; those of a new key are 0. */
  at(key: number): number {
    const { width } = this;
    let { count } = this.#index;
    let at = this.#index.numberOf(key) * width;
    if (this.#index.count === count) return at;
    if (count >= this.most) {
      this.#before = { index: this.#index, cells: this.cells };
      this.#index = new KeyIndex();
      this.cells = new Float64Array(256 * width);
      count = 0;
      at = this.#index.numberOf(key) * width;
    }
    if (at >= this.cells.length) this.cells = grown(this.cells);
    this.#takeOver(key, at);
    return at;
  }

  #takeOver(key: number, at: number): void {
    const before = this.#before;
    const number = before?.index.find(key) ?? -1;
    if (before !== undefined && number >= 0)
      this.cells.set(before.cells.subarray(number * this.width, (number + 1) * this.width), at);
  }

  /** The first number of a key, 0 when there is none. */
  first(key: number): number {
    const number = this.#index.find(key);
    return number < 0 ? 0 : (this.cells[number * this.width] ?? 0);
  }

  /** Forgets the keys whose first number is 0. */
  sweep(): void {
    const { width, cells } = this;
    const { keys, count } = this.#index;
    this.#index = new KeyIndex();
    this.cells = new Float64Array(256 * width);
    for (let i = 0; i < count; i++) {
      const from = i * width;
      if ((cells[from] ?? 0) !== 0) {
        const at = this.at(keys[i] ?? 0);
        this.cells.set(cells.subarray(from, from + width), at);
      }
    }
  }
}
