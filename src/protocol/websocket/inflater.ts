import { constants, inflateRawSync } from 'node:zlib';
import { JavaError } from '../../java/index.js';

const TAIL = Buffer.from([0, 0, 0xff, 0xff]);
const WINDOW = 32768;
const EMPTY = Buffer.alloc(0);

/**
 * The receiving half of permessage-deflate (RFC 7692). With context takeover the last 32 KiB of what was inflated are
 * the dictionary of the next message, so a connection that waits holds no zlib state.
 */
export class Inflater {
  #parts: Buffer[] = [];
  #window: Buffer = EMPTY;

  constructor(readonly contextTakeover: boolean) {}

  /** Adds a frame's payload (kept, so it must be the caller's own copy). */
  add(payload: Buffer): void {
    this.#parts.push(payload);
  }

  /**
   * The whole message. Bad data throws RuntimeException with zlib's words, and as in the Java client they stay in front
   * of the next message.
   */
  message(): Buffer {
    if (this.contextTakeover) this.#parts.push(TAIL);
    const packed = Buffer.concat(this.#parts);
    let data: Buffer;
    try {
      data = inflateRawSync(packed, { dictionary: this.#window, finishFlush: constants.Z_SYNC_FLUSH });
    } catch (error) {
      this.#parts = [packed];
      this.#window = EMPTY;
      const words = error instanceof Error ? error.message : String(error);
      throw new JavaError('java.lang.RuntimeException', `java.util.zip.DataFormatException: ${words}`);
    }
    this.#parts = [];
    if (this.contextTakeover) this.#window = lastOf(this.#window, data);
    return data;
  }
}

function lastOf(window: Buffer, data: Buffer): Buffer {
  if (data.length >= WINDOW) return Buffer.from(data.subarray(data.length - WINDOW));
  const kept = window.subarray(Math.max(0, window.length + data.length - WINDOW));
  return Buffer.concat([kept, data]);
}
