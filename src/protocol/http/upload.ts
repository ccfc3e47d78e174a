import fs from 'node:fs';
import { JavaError } from '../../java/index.js';
import type { Wire } from '../line/index.js';

/** A file that is sent; so many bytes of it, whatever becomes of it meanwhile. */
export interface FilePart {
  readonly file: string;
  readonly size: number;
}

/** A body that is too large to be held: bytes and files, one after the other. */
export class Parts {
  readonly length: number;
  constructor(readonly list: readonly (Buffer | FilePart)[]) {
    this.length = list.reduce((sum, part) => sum + ('file' in part ? part.size : part.length), 0);
  }

  /** All of it at once, for the few who must know it before it is sent. */
  whole(): Buffer {
    return Buffer.concat(
      this.list.map((part) => ('file' in part ? fs.readFileSync(part.file).subarray(0, part.size) : part)),
    );
  }

  /** The bytes, piece by piece. Throws IOException when a file cannot be read. */
  async *pieces(): AsyncGenerator<Buffer> {
    for (const part of this.list) {
      if (!('file' in part)) yield part;
      else if (part.size > 0) yield* readFile(part);
    }
  }
}

/** What a request can send; text goes out one byte per character. */
export type Content = Buffer | string | Parts;

/** Bytes that go out at once. */
const PIECE = 65536;

async function* readFile({ file, size }: FilePart): AsyncGenerator<Buffer> {
  try {
    for await (const piece of fs.createReadStream(file, { end: size - 1, highWaterMark: PIECE })) yield piece;
  } catch (error) {
    throw new JavaError('java.io.IOException', error instanceof Error ? error.message : String(error));
  }
}

/**
 * Sends a body as fast as the other side takes it; nothing is read meanwhile, as in HttpClient. Throws what Java's write
 * does.
 */
export async function pour(content: Content, wire: Wire): Promise<void> {
  // Whoever waits for an answer now is told later to wait again.
  await undefined;
  if (content instanceof Parts) for await (const piece of content.pieces()) await pourBytes(piece, wire);
  else await pourBytes(typeof content === 'string' ? Buffer.from(content, 'latin1') : content, wire);
}

async function pourBytes(bytes: Buffer, wire: Wire): Promise<void> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    wire.write(bytes.subarray(at, at + PIECE));
    const slow = wire.drained();
    if (slow !== undefined) await slow;
  }
}
