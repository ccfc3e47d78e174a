import type { ResponseHead } from './response-head.js';

/** Heads that are kept, and how long they may be. */
const KEPT = 8;
const LONGEST = 4096;

/** A head with the bytes that it was made of, up to the end of the empty line. */
class RecentHead {
  /** The place of a byte that told it from others. */
  #telling = 0;

  constructor(
    readonly bytes: Buffer,
    readonly head: ResponseHead,
  ) {}

  isAt(bytes: Buffer, at: number, end: number): boolean {
    const own = this.bytes;
    const { length } = own;
    if (end - at < length || bytes[at + this.#telling] !== own[this.#telling]) return false;
    if (bytes.compare(own, 0, length, at, at + length) === 0) return true;
    let i = 0;
    while (own[i] === bytes[at + i]) i++;
    this.#telling = i;
    return false;
  }
}

/** What servers said last, the latest first: they say the same to all users until the second of their Date is over. */
const recent: RecentHead[] = [];

/** The head that stands at a place, with its length, when it is one of those that came lately. */
export function recentHead(bytes: Buffer, at: number, end: number): RecentHead | undefined {
  for (let i = 0; i < recent.length; i++) {
    const one = recent[i];
    if (one?.isAt(bytes, at, end)) return one;
  }
  return undefined;
}

/** Keeps a head that was made of those bytes. */
export function keepHead(head: ResponseHead, bytes: Buffer, from: number, to: number): void {
  if (to - from > LONGEST) return;
  recent.unshift(new RecentHead(Buffer.from(bytes.subarray(from, to)), head));
  if (recent.length > KEPT) recent.pop();
}
