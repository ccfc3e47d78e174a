/** What is in a frame: a file that is to be opened (JSON), rows of such a file, text of the run log. */
export type FrameKind = 'open' | 'rows' | 'log';
const KINDS: readonly FrameKind[] = ['open', 'rows', 'log'];

/** A piece of the stream of rows that a shard sends: whole rows, so that a shard that dies leaves no torn one. */
export interface Frame {
  readonly kind: FrameKind;
  /** Which file of the shard, counted from 0. */
  readonly file: number;
  /** Whose rows these are: so many events. */
  readonly events: number;
  readonly payload: Buffer;
}

/** Length of the payload, events (4 bytes each), file, kind (2 bytes each). */
const HEAD = 12;

/** A frame as it stands in the stream; a text is written as UTF-8. */
export function encodeFrame({ kind, file, events }: Omit<Frame, 'payload'>, payload: string | Uint8Array): Buffer {
  const length = Buffer.byteLength(payload);
  const bytes = Buffer.allocUnsafe(HEAD + length);
  bytes.writeUInt32LE(length, 0);
  bytes.writeUInt32LE(events, 4);
  bytes.writeUInt16LE(file, 8);
  bytes.writeUInt16LE(KINDS.indexOf(kind), 10);
  if (typeof payload === 'string') bytes.write(payload, HEAD, 'utf8');
  else bytes.set(payload, HEAD);
  return bytes;
}

/** Takes a stream apart; what of a last frame is missing is never told. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  constructor(private readonly hear: (frame: Frame) => void) {}

  push(chunk: Buffer): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (bytes.length >= HEAD) {
      const end = HEAD + bytes.readUInt32LE(0);
      if (bytes.length < end) break;
      const kind = KINDS[bytes.readUInt16LE(10)];
      if (kind === undefined) throw new Error('a shard sent what is no frame');
      const payload = bytes.subarray(HEAD, end);
      this.hear({ kind, file: bytes.readUInt16LE(8), events: bytes.readUInt32LE(4), payload });
      bytes = bytes.subarray(end);
    }
    this.#rest = bytes;
  }
}
