import type { ResponseHead } from './response-head.js';

/** Heads that are kept, and how long they may be. */
const KEPT = 8;
const LONGEST = 4096;

/** A head with the bytes that it was made of, up to the end of the empty line. */
class RecentHead {
  /** The place of a byte that told it from others. */
  #telling = 0;
  readonly #view: DataView;

  constructor(
    readonly bytes: Buffer,
    readonly head: ResponseHead,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  isAt(bytes: Buffer, at: number, end: number): boolean {
    const own = this.bytes;
    const { length } = own;
    if (end - at < length || bytes[at + this.#telling] !== own[this.#telling]) return false;
    for (let i = this.#wordsAt(viewOf(bytes), at); i < length; i++) {
      if (own[i] === bytes[at + i]) continue;
      this.#telling = i;
      return false;
    }
    return true;
  }

  /** How many bytes are the same, as far as four at once tell it: four times as fast as one by one. */
  #wordsAt(view: DataView, at: number): number {
    const own = this.#view;
    const last = this.bytes.length - 4;
    let i = 0;
    while (i <= last && own.getInt32(i) === view.getInt32(at + i)) i += 4;
    return i;
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

/** What servers said more than once, the latest first: they say the same to all users until the second of their Date is over. */
const recent: RecentHead[] = [];

/** The head that stands at a place, when it is one of those that came lately. */
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
