import { JavaError, toInt } from '../../java/index.js';

export type EndOfChunks = 'end';

const LF = 10;
const CR = 13;
/** Bytes that a line with a size may have. */
const LINE_ROOM = 1024;

/** Chunks of a file: a line that begins with a number of bytes, and then so many bytes. */
export class Chunks {
  #at = 0;

  constructor(private readonly data: Buffer) {}

  rewind(): void {
    this.#at = 0;
  }

  /** The next chunk; a size of 0 ends the file. Throws JavaError for a size that is none, or a chunk that is cut off. */
  next(): Buffer | EndOfChunks {
    const line = this.#line();
    if (line === undefined) return 'end';
    const size = toInt(line.trim().split(/[ \t\n\v\f\r]/, 1)[0] ?? '');
    if (size === undefined) throw failed();
    if (size === 0) return 'end';
    if (size < 0) throw new JavaError('java.lang.IllegalArgumentException', `capacity < 0: (${size} < 0)`);
    const chunk = this.data.subarray(this.#at, this.#at + size);
    this.#at += chunk.length;
    if (chunk.length < size) throw failed();
    return chunk;
  }

  /** The next line that is not empty; a line end at the very end of the file counts as the end. */
  #line(): string | undefined {
    const bytes: number[] = [];
    for (;;) {
      const byte = this.data[this.#at++];
      if (byte === undefined) return this.#ended();
      if (byte !== LF && byte !== CR) {
        if (bytes.length === LINE_ROOM) throw new JavaError('java.nio.BufferOverflowException');
        bytes.push(byte);
        continue;
      }
      // A line feed behind any line end is taken with it, also one that belongs to the chunk.
      const after = this.data[this.#at];
      if (after === undefined) return this.#ended();
      if (after === LF) this.#at++;
      if (bytes.length > 0) return Buffer.from(bytes).toString();
    }
  }

  #ended(): undefined {
    this.#at = this.data.length;
    return undefined;
  }
}

const failed = (): JavaError => new JavaError('java.lang.RuntimeException', 'Error reading next chunk');
