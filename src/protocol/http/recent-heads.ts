import type { ResponseHead } from './response-head.js';

/** Heads that are kept, and how long they may be. */
const KEPT = 8;
const LONGEST = 4096;

/** A head with the bytes that it was made of, up to the end of the empty line. */
class RecentHead {
  /** The place of a byte that told it from others. */
  #telling = 0;

  readonly #words: Int32Array;

  constructor(
    readonly bytes: Buffer,
    readonly head: ResponseHead,
  ) {
    this.#words = Int32Array.from({ length: bytes.length >> 2 }, (_, i) => bytes.readInt32BE(4 * i));
  }

  isAt(bytes: Buffer, at: number, end: number): boolean {
    const own = this.bytes;
    const { length } = own;
    if (end - at < length || bytes[at + this.#telling] !== own[this.#telling]) return false;
    const same = this.#wordsAt(viewOf(bytes), at);
    for (let i = same; i < length; i++) {
      if (own[i] === bytes[at + i]) continue;
      this.#telling = i;
      return false;
    }
    return true;
  }

  /** How many bytes are the same, as far as four at once tell it: four times as fast as one by one. */
  #wordsAt(view: DataView, at: number): number {
    const words = this.#words;
    for (let i = 0; i < words.length; i++) if (words[i] !== view.getInt32(at + 4 * i)) return 4 * i;
    return 4 * words.length;
  }
}

let viewed: Buffer | undefined;
let view: DataView = new DataView(new ArrayBuffer(0));

/** All plain lines read into one buffer. */
function viewOf(bytes: Buffer): DataView {
  if (bytes !== viewed) {
    viewed = bytes;
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }
  return view;
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
