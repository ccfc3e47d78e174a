import { Ledger } from './ledger.js';

/** Pairs of sender and topic that are told apart at a time, in each direction. */
const MOST = 500_000;
/** Messages back from the newest one of which each is known to be there or not. */
const WINDOW = 64;

/** Numbers messages: each key has a row of its own that only grows. */
export class Numbers {
  readonly #ledger = new Ledger(1, MOST);
  #given = 0;

  next(key: number): number {
    const at = this.#ledger.at(key);
    const last = this.#ledger.cells[at] ?? 0;
    // A key that was forgotten goes on above every number it can have had.
    const next = last === 0 ? this.#given + 1 : last + 1;
    this.#given++;
    this.#ledger.cells[at] = next;
    return next;
  }
}

/** What a message is in its row. */
export type Place = 'next' | 'late' | 'again';

/** Tells by their numbers which messages of a row came twice, and which came behind a later one. */
export class Windows {
  /** The highest number; which of the 64 up to it have come, newest in bit 0, in two halves. */
  readonly #ledger = new Ledger(3, MOST);

  /** `maybeAgain`: the broker says that it may have sent the message before; asked when it is too old to be known. */
  place(key: number, number: number, maybeAgain: boolean): Place {
    const at = this.#ledger.at(key);
    const { cells } = this.#ledger;
    const last = cells[at] ?? 0;
    const low = cells[at + 1] ?? 0;
    const high = cells[at + 2] ?? 0;
    if (number > last) {
      const by = last === 0 ? WINDOW : number - last;
      cells[at] = number;
      cells[at + 1] = (by < 32 ? (low << by) | 1 : 1) >>> 0;
      cells[at + 2] = shiftedHigh(high, low, by);
      return 'next';
    }
    const back = last - number;
    if (back >= WINDOW) return maybeAgain ? 'again' : 'late';
    const half = at + (back < 32 ? 1 : 2);
    const bit = (1 << (back & 31)) >>> 0;
    const seen = cells[half] ?? 0;
    if ((seen & bit) !== 0) return 'again';
    cells[half] = (seen | bit) >>> 0;
    return 'late';
  }
}

/** The upper half after a shift to the left. */
function shiftedHigh(high: number, low: number, by: number): number {
  if (by >= WINDOW) return 0;
  if (by > 32) return (low << (by - 32)) >>> 0;
  if (by === 32) return low;
  return ((high << by) | (low >>> (32 - by))) >>> 0;
}
