import { garbage, tooLarge } from './error.js';

/** The size of the packet at `from`, its head included; 0 = not to be told yet. Throws MqttError for a length of five bytes. */
export function packetSize(bytes: Buffer, from: number, to: number): number {
  let length = 0;
  let factor = 1;
  for (let at = from + 1; at < to; at++) {
    const byte = bytes[at] ?? 0;
    length += (byte & 127) * factor;
    if (byte < 128) return at + 1 - from + length;
    if (factor === 2097152) throw garbage('The length of a packet has more than four bytes.');
    factor *= 128;
  }
  return 0;
}

/** Grown by doubling, so that a long packet costs what has come of it, not what it says it will be. */
const FIRST = 4096;

/** A packet of which the end has not come yet. */
export class Partial {
  bytes: Buffer;
  end = 0;
  #size = 0;

  constructor(private readonly longest: number) {
    this.bytes = NOTHING;
  }

  /** Takes what belongs to the packet and gives the position after it; the packet is `complete` then, or everything was taken. */
  take(from: Buffer, start: number, to: number): number {
    let at = start;
    while (this.#size === 0 && at < to) {
      this.#add(from, at, ++at);
      this.#size = packetSize(this.bytes, 0, this.end);
      if (this.#size > this.longest) throw tooLarge(this.#size, this.longest);
    }
    const end = Math.min(to, at + this.#size - this.end);
    if (this.#size === 0 || end <= at) return at;
    this.#add(from, at, end);
    return end;
  }

  get complete(): boolean {
    return this.#size !== 0 && this.end === this.#size;
  }

  #add(from: Buffer, start: number, end: number): void {
    const needed = this.end + end - start;
    if (needed > this.bytes.length) {
      const room = Math.max(needed, Math.min(this.#size || HEAD, Math.max(2 * this.bytes.length, FIRST)));
      const larger = Buffer.allocUnsafeSlow(room);
      this.bytes.copy(larger, 0, 0, this.end);
      this.bytes = larger;
    }
    from.copy(this.bytes, this.end, start, end);
    this.end = needed;
  }
}

/** Room for the first byte and the length. */
const HEAD = 5;
const NOTHING = Buffer.alloc(0);
