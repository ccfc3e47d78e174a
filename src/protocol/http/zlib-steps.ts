import { constants, createBrotliDecompress, createInflate, createInflateRaw } from 'node:zlib';

/** What a step gave. */
export interface Step {
  /** Overwritten by the next step. */
  readonly output: Buffer;
  /** Bytes of the input that were used; fewer than given once the stream is at its end. */
  readonly used: number;
}

const EMPTY = Buffer.alloc(0);

/**
 * One zlib or brotli stream that is fed piece by piece and answers at once. Node has the one or the other; its own step for
 * whole data can be taken again when its handle is kept from being closed (as npm's tar does it).
 */
export class ZlibSteps {
  readonly #stream: ReturnType<typeof createBrotliDecompress | typeof createInflate | typeof createInflateRaw>;
  readonly #flush: number;
  readonly #finish: number;

  constructor(format: 'raw' | 'zlib' | 'brotli') {
    const brotli = format === 'brotli';
    this.#flush = brotli ? constants.BROTLI_OPERATION_FLUSH : constants.Z_SYNC_FLUSH;
    this.#finish = brotli ? constants.BROTLI_OPERATION_FINISH : constants.Z_FINISH;
    if (brotli) this.#stream = createBrotliDecompress();
    else this.#stream = format === 'raw' ? createInflateRaw() : createInflate();
  }

  /** Throws zlib's error. */
  step(input: Buffer): Step {
    return this.#step(input, this.#flush);
  }

  /** Throws when the stream is not at its end. */
  finish(): void {
    this.#step(EMPTY, this.#finish);
  }

  /** Frees what zlib has taken; no step may follow. */
  close(): void {
    this.#stream.close();
  }

  #step(input: Buffer, flush: number): Step {
    const stream = this.#stream;
    const process: unknown = Reflect.get(stream, '_processChunk');
    const handle: unknown = Reflect.get(stream, '_handle');
    if (typeof process !== 'function' || typeof handle !== 'object' || handle === null)
      throw new Error('this Node.js has another zlib');
    const close: unknown = Reflect.get(handle, 'close');
    Reflect.set(handle, 'close', () => {});
    try {
      const output: unknown = Reflect.apply(process, stream, [input, flush]);
      return { output: output instanceof Buffer ? output : EMPTY, used: stream.bytesWritten };
    } finally {
      Reflect.set(handle, 'close', close);
      Reflect.set(stream, '_handle', handle);
      // Each step leaves a listener behind.
      stream.removeAllListeners('error');
      stream.on('error', () => {});
    }
  }
}
