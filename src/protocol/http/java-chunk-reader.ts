import { JavaError } from '../../java/index.js';
import type { Wire } from '../line/index.js';
import type { Chunks } from './chunk-reader.js';

const LF = 10;
const CR = 13;
/** Bytes in which a size must have ended. */
const MOST = 2050;

/** Finds the chunks of a body on a line, as sun.net.www.http.ChunkedInputStream of Java 17 does. */
export class JavaChunkReader implements Chunks {
  #state: 'size' | 'data' | 'end' | 'trailer' = 'size';
  #left = 0;
  readonly inTrailer = false;

  next(wire: Wire): number | undefined {
    for (;;) {
      const available = wire.end - wire.start;
      if (this.#state === 'data' && this.#left > 0) {
        const n = Math.min(this.#left, available);
        this.#left -= n;
        return n === 0 ? undefined : n;
      }
      if (this.#state === 'data') this.#state = 'end';
      if (this.#state === 'end') {
        if (available < 2) return undefined;
        if (wire.bytes[wire.start] !== CR) throw broken('missing CR');
        if (wire.bytes[wire.start + 1] !== LF) throw broken('missing LF');
        wire.start += 2;
        this.#state = 'size';
      }
      const line = takeLine(wire);
      if (line === undefined && this.#state === 'size' && available > MOST) throw broken('Chunk header too long');
      if (line === undefined) return undefined;
      if (this.#state === 'size') this.#begin(line);
      else if (this.#ends(line)) return 0;
    }
  }

  #begin(line: string): void {
    const size = Number.parseInt(/^[\da-f]{1,32}/i.exec(line)?.[0] ?? '', 16);
    if (!(size < 2 ** 31)) throw broken('Bogus chunk size');
    this.#left = size;
    this.#state = size === 0 ? 'trailer' : 'data';
  }

  #ends(line: string): boolean {
    if (!line.endsWith('\r')) throw broken('LF should be proceeded by CR');
    if (line !== '\r' && !line.includes(':')) throw broken('Malformed tailer - format should be key:value');
    return line === '\r';
  }

  get left(): number {
    return this.#left;
  }

  cut(): JavaError {
    return broken('Premature EOF');
  }
}

const broken = (message: string): JavaError => new JavaError('java.io.IOException', message);

/** A line without its line feed. */
function takeLine(wire: Wire): string | undefined {
  const { bytes, start, end } = wire;
  const feed = bytes.subarray(start, end).indexOf(LF);
  if (feed < 0) return undefined;
  wire.start = start + feed + 1;
  return bytes.toString('latin1', start, start + feed);
}
