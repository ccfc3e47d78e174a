import type { JavaError } from '../../java/index.js';
import type { Wire } from '../line/index.js';
import { httpError } from './error.js';

const LF = 10;
const CR = 13;
const MAX_LINE = 1024 * 1024;

/** Finds the chunks of a body on a line, as ChunkedInputStream of HttpCore 4.4.16 does. */
export class ChunkReader {
  #state: 'size' | 'data' | 'end' | 'trailer' = 'size';
  #size = 0;
  #left = 0;

  /**
   * How many bytes of data stand at the line's start, to be taken before the next call; 0 = the body is at its end, undefined
   * = more must come first. Throws MalformedChunkCodingException.
   */
  next(wire: Wire): number | undefined {
    for (;;) {
      if (this.#state === 'data') {
        if (this.#left > 0) {
          const available = wire.end - wire.start;
          if (available === 0) return undefined;
          const n = Math.min(this.#left, available);
          this.#left -= n;
          return n;
        }
        this.#state = 'end';
      }
      const line = takeLine(wire);
      if (line === undefined) return undefined;
      if (this.#state === 'end') {
        if (line !== '') throw httpError.chunk('Unexpected content at the end of chunk');
        this.#state = 'size';
      } else if (this.#state === 'size') this.#begin(line);
      else if (line === '') return 0;
      else if (!/^[ \t]/.test(line) && line.indexOf(':') < 1)
        throw httpError.chunk(`Invalid footer: Invalid header: ${line}`);
    }
  }

  #begin(line: string): void {
    const semicolon = line.indexOf(';');
    const text = (semicolon < 0 ? line : line.slice(0, semicolon)).trim();
    if (!/^[+-]?[\da-f]{1,16}$/i.test(text)) throw httpError.chunk(`Bad chunk header: ${text}`);
    this.#size = Number.parseInt(text, 16);
    if (this.#size < 0) throw httpError.chunk('Negative chunk size');
    this.#left = this.#size;
    this.#state = this.#size === 0 ? 'trailer' : 'data';
  }

  /** What it means that the stream ends here. */
  cut(): JavaError {
    if (this.#state === 'data' && this.#left > 0) return httpError.truncatedChunk(this.#size, this.#size - this.#left);
    if (this.#state === 'size')
      return httpError.closed('Premature end of chunk coded message body: closing chunk expected');
    return httpError.chunk('CRLF expected at end of chunk');
  }

  /** The end of the stream is as good as the empty line behind the trailers. */
  get inTrailer(): boolean {
    return this.#state === 'trailer';
  }
}

function takeLine(wire: Wire): string | undefined {
  const { bytes, start, end } = wire;
  for (let i = start; i < end; i++) {
    if (bytes[i] !== LF) continue;
    wire.start = i + 1;
    return bytes.toString('latin1', start, i > start && bytes[i - 1] === CR ? i - 1 : i);
  }
  if (wire.ended && end > start) {
    wire.start = end;
    return bytes.toString('latin1', start, end);
  }
  if (end - start > MAX_LINE) throw httpError.tooLong('Maximum line length limit exceeded');
  return undefined;
}
