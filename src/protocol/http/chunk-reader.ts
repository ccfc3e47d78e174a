import type { JavaError } from '../../java/index.js';
import type { Wire } from '../line/index.js';
import { httpError } from './error.js';
import { parseLong } from './response-head.js';

const LF = 10;
const CR = 13;
/** Bytes of a line beyond which a server is taken for mad. */
const MAX_LINE = 64 * 1024 * 1024;

/** Who finds the chunks of a body on a line. */
export interface Chunks {
  /**
   * How many bytes of data stand at the line's start, to be taken before the next call; 0 = the body is at its end, undefined
   * = more must come first. Throws what Java does for what is no chunk.
   */
  next(wire: Wire): number | undefined;
  /** What it means that the stream ends here. */
  cut(): JavaError;
  /** The end of the stream is as good as the empty line behind the trailers. */
  readonly inTrailer: boolean;
  /** Bytes of the chunk under way that are still to come. */
  readonly left: number;
}

/** Chunks as ChunkedInputStream of HttpCore 4.4.16 finds them. */
export class ChunkReader implements Chunks {
  #state: 'size' | 'data' | 'end' | 'trailer' = 'size';
  #size = 0n;
  #left = 0;
  #came = 0;
  /** A trailer came before. */
  #trailed = false;
  /** Bytes of the line to come that hold no end of it. */
  #scanned = 0;

  next(wire: Wire): number | undefined {
    for (;;) {
      if (this.#state === 'data') {
        if (this.#left > 0) {
          const available = wire.end - wire.start;
          if (available === 0) return undefined;
          const n = Math.min(this.#left, available);
          this.#left -= n;
          this.#came += n;
          return n;
        }
        this.#state = 'end';
      }
      const line = this.#takeLine(wire);
      if (line === undefined) return undefined;
      if (this.#state === 'end') {
        if (line !== '') throw httpError.chunk('Unexpected content at the end of chunk');
        this.#state = 'size';
      } else if (this.#state === 'size') this.#begin(line);
      else if (line === '') return 0;
      else {
        // One that begins with a blank goes on a trailer before it.
        if (!(this.#trailed && /^[ \t]/.test(line)) && line.slice(0, line.indexOf(':') + 1).trim().length < 2)
          throw httpError.chunk(`Invalid footer: Invalid header: ${line}`);
        this.#trailed = true;
      }
    }
  }

  #begin(line: string): void {
    const semicolon = line.indexOf(';');
    const text = (semicolon < 0 ? line : line.slice(0, semicolon)).trim();
    const size = parseLong(text, 16);
    if (size === undefined) throw httpError.chunk(`Bad chunk header: ${text}`);
    if (size < 0n) throw httpError.chunk('Negative chunk size');
    this.#size = size;
    this.#left = Number(size);
    this.#came = 0;
    this.#state = size === 0n ? 'trailer' : 'data';
  }

  cut(): JavaError {
    if (this.#state === 'data' && this.#left > 0) return httpError.truncatedChunk(this.#size, this.#came);
    if (this.#state === 'size')
      return httpError.closed('Premature end of chunk coded message body: closing chunk expected');
    return httpError.chunk('CRLF expected at end of chunk');
  }

  get inTrailer(): boolean {
    return this.#state === 'trailer';
  }

  get left(): number {
    return this.#left;
  }

  #takeLine(wire: Wire): string | undefined {
    const { bytes, start, end } = wire;
    for (let i = start + this.#scanned; i < end; i++) if (bytes[i] === LF) return this.#cutLine(wire, i, i + 1);
    if (wire.ended && end > start) return this.#cutLine(wire, end, end);
    if (end - start > MAX_LINE) throw httpError.tooLong('Maximum line length limit exceeded');
    this.#scanned = end - start;
    return undefined;
  }

  #cutLine(wire: Wire, end: number, after: number): string {
    const { bytes, start } = wire;
    this.#scanned = 0;
    wire.start = after;
    return bytes.toString('latin1', start, end > start && bytes[end - 1] === CR ? end - 1 : end);
  }
}
