import { LineError, type Wire } from '../line/index.js';

/** What all answers that are being received may take together, and each by itself. */
export interface Room {
  /** Bytes for one answer. */
  readonly each: number;
  /** Bytes that are left for all of them. */
  left: number;
}

/** An answer that does not fit into the room it was given. */
export class TooLong extends LineError {
  constructor(size: number) {
    super(`the answer is too long, bytes read: ${size}`);
  }
}

/** What came and was not taken: `bytes` from `start` to `end`. */
export type Unread = Pick<Wire, 'bytes' | 'start' | 'end'>;

const EMPTY = Buffer.alloc(0);
const STEP = 4096;
/** So much every answer may have, however much the others take. */
const SMALL = 65_536;

/** An answer as far as it came; it takes its room from the others until it is released. */
export class Answer {
  size = 0;
  #bytes = EMPTY;

  constructor(
    private readonly room: Room,
    /** Called when the first bytes are taken. */
    private readonly begun: () => void,
  ) {}

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.size);
  }

  /** Takes up to `most` of the bytes that came; throws TooLong when there is no room for them. */
  take(wire: Unread, most: number): void {
    const count = Math.min(most, wire.end - wire.start);
    if (count <= 0) return;
    if (this.size === 0) this.begun();
    this.#makeRoom(this.size + count);
    wire.bytes.copy(this.#bytes, this.size, wire.start, wire.start + count);
    wire.start += count;
    this.size += count;
  }

  /** Gives the last bytes back to the line that they were just taken from. */
  giveBack(wire: Unread, count: number): void {
    wire.start -= count;
    this.size -= count;
  }

  /** The answer, filled up with zeros to that size. */
  padded(size: number): Buffer {
    if (size <= this.size) return this.bytes;
    this.#makeRoom(size);
    return this.#bytes.fill(0, this.size, size).subarray(0, size);
  }

  /** Its room is free for others; the bytes stay with who has them. */
  release(): void {
    this.room.left += this.#bytes.length;
    this.#bytes = EMPTY;
    this.size = 0;
  }

  #makeRoom(size: number): void {
    const had = this.#bytes.length;
    if (size <= had) return;
    const { each, left } = this.room;
    if (size > each || (size > SMALL && size - had > left)) throw new TooLong(this.size);
    // What comes in one piece is kept in one of its size.
    const larger = Buffer.allocUnsafe(
      had === 0 ? size : Math.max(size, Math.min(each, had + left, Math.max(2 * had, STEP))),
    );
    this.#bytes.copy(larger, 0, 0, this.size);
    this.#bytes = larger;
    this.room.left -= larger.length - had;
  }
}
