import { createHash, type Hash } from 'node:crypto';
import { type Decoder, type DecodingSettings, decoderFor, type Sink } from './content-decoding.js';
import type { ResponseHead } from './response-head.js';

/** What becomes of the bodies of responses. */
export interface IntakeTerms {
  /** How encodings are undone; undefined = not at all. */
  readonly decoding?: DecodingSettings | undefined;
  /** The response is read as HttpURLConnection of Java 17 reads it. */
  readonly java?: boolean;
  /** A body that is not empty is kept as its MD5 in hexadecimal digits. */
  readonly md5: boolean;
  /** Bytes that are kept; 0 = all. */
  readonly most: number;
  /** Whether this response's body is wanted though the request's is. */
  wants?(head: ResponseHead): boolean;
}

const NONE: readonly string[] = [];

/** The intake for a body; undefined = it is taken as it comes. */
export function intakeFor(head: ResponseHead, keep: boolean, terms: IntakeTerms): BodyIntake | undefined {
  const { decoding, java, md5, most } = terms;
  const codings = decoding === undefined || (java && head.contentEncoding !== 'gzip') ? NONE : head.codings;
  if (codings.length === 0 && !md5 && most === 0) return undefined;
  const decoders = decoding === undefined ? [] : codings.map((coding) => decoderFor(coding, decoding));
  return new BodyIntake(decoders, keep, terms);
}

/** Takes in a body piece by piece: decodes it, and keeps of it no more than is wanted. */
export class BodyIntake {
  /** Bytes that came out. */
  size = 0;
  /** Why it cannot be decoded; what comes then is no longer looked at. */
  failure: unknown;
  readonly #parts: Buffer[] = [];
  readonly #hash: Hash | undefined;
  readonly #sinks: Sink[];
  /** It should be gzip and does not begin so, which Java takes for nothing. */
  unopened = false;

  constructor(
    private readonly decoders: readonly Decoder[],
    private readonly keep: boolean,
    private readonly terms: IntakeTerms,
  ) {
    this.#hash = terms.md5 ? createHash('md5') : undefined;
    // Each decoder pours into the next one, the last one here.
    this.#sinks = decoders.map((_, i) => {
      const next = decoders[i + 1];
      return next === undefined ? (bytes) => this.#keep(bytes) : (bytes) => next.add(bytes, this.#sinkOf(i + 1));
    });
  }

  /** The bytes may be overwritten afterwards. */
  add(bytes: Buffer): void {
    const [first] = this.decoders;
    if (this.failure !== undefined) return;
    try {
      if (first === undefined) this.#keep(bytes);
      else if (!this.unopened) first.add(bytes, this.#sinkOf(0));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The body is at its end. */
  end(): void {
    try {
      if (this.failure === undefined && !this.unopened)
        this.decoders.forEach((decoder, i) => void decoder.end(this.#sinkOf(i)));
    } catch (error) {
      this.#fail(error);
    }
    for (const decoder of this.decoders) decoder.close();
  }

  /** What was kept; asked for once, when nothing more comes. */
  get body(): Buffer {
    if (this.#hash === undefined) return Buffer.concat(this.#parts.splice(0));
    return this.size === 0 ? Buffer.alloc(0) : Buffer.from(this.#hash.digest('hex'));
  }

  /** What JMeter cannot open as gzip is an empty body to its Java implementation. */
  #fail(error: unknown): void {
    if (this.terms.java && !this.decoders[0]?.opened) this.unopened = true;
    else this.failure = error;
  }

  #sinkOf(i: number): Sink {
    return this.#sinks[i] ?? (() => {});
  }

  #keep(bytes: Buffer): void {
    const { most } = this.terms;
    const before = this.size;
    this.size += bytes.length;
    if (this.#hash !== undefined) this.#hash.update(bytes);
    else if (this.keep && (most === 0 || before < most))
      this.#parts.push(Buffer.from(most === 0 ? bytes : bytes.subarray(0, most - before)));
  }
}
