import { crc32 } from 'node:zlib';
import { JavaError } from '../../java/index.js';
import { codeOf } from '../line/index.js';
import { gzipHeader, zipError } from './gzip-header.js';
import type { Field, ResponseHead } from './response-head.js';
import { ZlibSteps } from './zlib-steps.js';

export interface DecodingSettings {
  /** A stream that ends too early is taken as far as it goes. */
  readonly lenientGzip: boolean;
  readonly lenientDeflate: boolean;
}

/** Where decoded bytes go to. */
export type Sink = (bytes: Buffer) => void;

/** Undoes one encoding piece by piece. */
export interface Decoder {
  /** Throws the exceptions of Java's streams (ZipException, EOFException, IOException). */
  add(bytes: Buffer, sink: Sink): void;
  /** Nothing more comes. */
  end(sink: Sink): void;
  /** Frees what the decoder has taken. */
  close(): void;
  /** The header was read. */
  readonly opened?: boolean;
}

const MOVED = ['content-length', 'content-encoding', 'content-md5'];
const KNOWN = new Set(['gzip', 'x-gzip', 'deflate', 'br']);
const NONE: readonly string[] = [];

/** The encodings of a body that are undone, in the order in which they are; those that are not known are left. */
export function codingsOf(contentEncoding: string | undefined, contentLength: number): readonly string[] {
  if (contentEncoding === undefined || contentLength === 0) return NONE;
  return contentEncoding
    .split(',')
    .map((coding) => coding.split(';', 1)[0]?.trim().toLowerCase() ?? '')
    .filter((coding) => KNOWN.has(coding));
}

/** The head's text; the headers about a body that was decoded stand at its end, as JMeter puts them back. */
export const decodedHead = (head: ResponseHead): string => (head.codings.length === 0 ? head.text : textOf(head));

function textOf(head: ResponseHead): string {
  const isMoved = ({ name }: Field): boolean => MOVED.includes(name.toLowerCase());
  const rest = head.fields.filter((field) => !isMoved(field));
  // Of several headers of one name only the first comes back.
  const back = MOVED.flatMap((moved) => head.fields.find(({ name }) => name.toLowerCase() === moved) ?? []);
  let text = `${head.version} ${head.status} ${head.reason}\n`;
  for (const { line } of [...rest, ...back]) text += `${line}\n`;
  return text;
}

export function decoderFor(coding: string, { lenientGzip, lenientDeflate }: DecodingSettings): Decoder {
  switch (coding) {
    case 'deflate':
      return new DeflateDecoder(lenientDeflate);
    case 'br':
      return new BrotliDecoder();
    default:
      return new GzipDecoder(lenientGzip);
  }
}

const EMPTY = Buffer.alloc(0);
/** What Java reads at once: an error there takes with it what came before. */
const FIRST = 512;
/** Of zeros this makes 4 MB. */
const PIECE = 4096;

const endOfFile = (message?: string): JavaError => new JavaError('java.io.EOFException', message);
const cutShort = (): JavaError => endOfFile('Unexpected end of ZLIB input stream');

/** A deflated stream, until its end. */
class Inflating {
  readonly #steps: ZlibSteps;
  #piece = FIRST;
  constructor(format: 'raw' | 'zlib') {
    this.#steps = new ZlibSteps(format);
  }

  /** Gives what stands behind the stream; undefined = it has not shown its end. Throws ZipException. */
  add(bytes: Buffer, sink: Sink): Buffer | undefined {
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + this.#piece);
      const { output, used } = this.#step(piece);
      this.#piece = PIECE;
      if (output.length > 0) sink(output);
      at += used;
      if (used < piece.length) return bytes.subarray(at);
    }
    return undefined;
  }

  #step(piece: Buffer): { readonly output: Buffer; readonly used: number } {
    try {
      return this.#steps.step(piece);
    } catch (error) {
      if (error instanceof Error && codeOf(error).startsWith('Z_')) throw zipError(error.message);
      throw error;
    }
  }

  close(): void {
    this.#steps.close();
  }

  /** Whether the stream is at its end. */
  get whole(): boolean {
    try {
      this.#steps.finish();
      return true;
    } catch {
      return false;
    }
  }
}

/** GZIPInputStream of Java 17: members one after the other; what is no member behind the first is not looked at. */
class GzipDecoder implements Decoder {
  #state: 'header' | 'body' | 'trailer' | 'over' = 'header';
  /** Of a header or trailer that has not come in full. */
  #held: Buffer = EMPTY;
  #inflating = new Inflating('raw');
  #first = true;
  #check = 0;
  #size = 0;
  constructor(private readonly lenient: boolean) {}

  add(bytes: Buffer, sink: Sink): void {
    let rest: Buffer | undefined = bytes;
    while (rest !== undefined && rest.length > 0 && this.#state !== 'over') rest = this.#next(rest, sink);
  }

  #next(bytes: Buffer, sink: Sink): Buffer | undefined {
    if (this.#state === 'body') {
      const rest = this.#inflating.add(bytes, (output) => {
        this.#check = crc32(output, this.#check);
        this.#size = (this.#size + output.length) % 2 ** 32;
        sink(output);
      });
      if (rest !== undefined) this.#state = 'trailer';
      return rest;
    }
    const held: Buffer = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const length = this.#state === 'header' ? this.#header(held) : this.#trailer(held);
    this.#held = length === undefined ? Buffer.from(held) : EMPTY;
    return length === undefined ? undefined : held.subarray(length);
  }

  #header(held: Buffer): number | undefined {
    try {
      const length = gzipHeader(held);
      if (length !== undefined) this.#state = 'body';
      return length;
    } catch (error) {
      if (this.#first) throw error;
      this.#state = 'over';
      return held.length;
    }
  }

  #trailer(held: Buffer): number | undefined {
    if (held.length < 8) return undefined;
    if (held.readUInt32LE(0) !== this.#check || held.readUInt32LE(4) !== this.#size)
      throw zipError('Corrupt GZIP trailer');
    this.#state = 'header';
    this.#first = false;
    this.#inflating.close();
    this.#inflating = new Inflating('raw');
    this.#check = this.#size = 0;
    return 8;
  }

  end(): void {
    if (this.#state === 'over') return;
    if (this.#state === 'header') {
      if (this.#first) throw endOfFile();
      return;
    }
    if (this.lenient) return;
    throw this.#state === 'body' && !this.#inflating.whole ? cutShort() : endOfFile();
  }

  get opened(): boolean {
    return this.#state !== 'header' || !this.#first;
  }

  close(): void {
    this.#inflating.close();
  }
}

/** DeflateInputStream 4.5.14: a stream without the zlib header is taken too. */
class DeflateDecoder implements Decoder {
  #held: Buffer = EMPTY;
  #inflating: Inflating | undefined;
  #over = false;
  constructor(private readonly lenient: boolean) {}

  add(bytes: Buffer, sink: Sink): void {
    if (this.#over) return;
    let rest = bytes;
    if (this.#inflating === undefined) {
      rest = Buffer.concat([this.#held, bytes]);
      const [first, second] = rest;
      this.#held = rest;
      if (first === undefined || second === undefined) return;
      const wrapped = (first & 15) === 8 && first >> 4 <= 7 && (first * 256 + second) % 31 === 0;
      this.#inflating = new Inflating(wrapped ? 'zlib' : 'raw');
      this.#held = EMPTY;
    }
    this.#over = this.#inflating.add(rest, sink) !== undefined;
  }

  end(): void {
    if (this.#inflating === undefined) throw zipError('Unexpected end of stream');
    if (!this.#over && !this.lenient && !this.#inflating.whole) throw cutShort();
  }

  close(): void {
    this.#inflating?.close();
  }
}

/** BrotliInputStream gives nothing before JMeter's first 8 KB are full, and takes nothing behind the end. */
class BrotliDecoder implements Decoder {
  readonly #steps = new ZlibSteps('brotli');
  #held: Buffer[] | undefined = [];
  #size = 0;

  add(bytes: Buffer, sink: Sink): void {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const piece = bytes.subarray(at, at + PIECE);
      const { output, used } = this.#attempt(() => this.#steps.step(piece));
      if (output.length > 0) this.#give(output, sink);
      if (used < piece.length) throw broken();
    }
  }

  #give(output: Buffer, sink: Sink): void {
    this.#size += output.length;
    if (this.#held === undefined) sink(output);
    else this.#held.push(Buffer.from(output));
    if (this.#size >= FULL) this.#pour(sink);
  }

  #pour(sink: Sink): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const bytes of held) sink(bytes);
  }

  end(sink: Sink): void {
    this.#attempt(() => this.#steps.finish());
    this.#pour(sink);
  }

  close(): void {
    this.#steps.close();
  }

  #attempt<T>(work: () => T): T {
    try {
      return work();
    } catch {
      throw broken();
    }
  }
}

const FULL = 8192;
const broken = (): JavaError => new JavaError('java.io.IOException', 'Brotli stream decoding failed');
