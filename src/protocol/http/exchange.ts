import { codeOf, type Waiter, type Wire } from '../line/index.js';
import { type BodyIntake, type IntakeTerms, intakeFor } from './body-intake.js';
import { ChunkReader, type Chunks } from './chunk-reader.js';
import { grouped, httpError } from './error.js';
import { JavaChunkReader } from './java-chunk-reader.js';
import { keepHead, recentHead } from './recent-heads.js';
import {
  type Framing,
  framingOf,
  isStatusLine,
  knownHead,
  lastLength,
  parseHead,
  type ResponseHead,
} from './response-head.js';
import { hostAndPort } from './route.js';
import { tlsFailure } from './tls-failure.js';

/** What the answer depends on. */
interface Asked {
  readonly method: string;
  /** The server, as failures name it. */
  readonly target: { readonly host: string; readonly port: number };
  readonly keepBody: boolean;
  readonly intake?: IntakeTerms | undefined;
}

/** Who takes a response. */
export interface ExchangeListener {
  /** The head of the response is there; what it throws ends the exchange. */
  began(head: ResponseHead): void;
  /** An interim response came; true when what was received before is not to be counted. */
  interim(status: number): boolean;
  /** The first bytes of the body came, or its end when it is empty; not called when there can be no body. */
  firstByte(): void;
  finished(exchange: Exchange): void;
  failed(error: unknown): void;
}

/** `HTTP/` at that place. */
const beginsPlainly = (bytes: Buffer, at: number): boolean =>
  bytes[at] === 72 && bytes[at + 1] === 84 && bytes[at + 2] === 84 && bytes[at + 3] === 80 && bytes[at + 4] === 47;

/** Bytes of a head beyond which a server is taken for mad. */
const MAX_HEAD = 64 * 1024 * 1024;
/** Bytes that HttpCore reads at most, and JMeter. */
const BUFFER = 8192;
const LF = 10;
const CR = 13;
const EMPTY = Buffer.alloc(0);

/**
 * One request and its response on one line, and the next one when it begins anew: interim responses are skipped, and all
 * that came since the request was sent is counted. Failures are those of Apache HttpCore 4.4.16.
 */
export class Exchange implements Waiter {
  head: ResponseHead | undefined;
  /** Bytes received since the request was sent: heads, interim responses, chunk sizes, trailers. */
  received = 0;
  /** What was kept of the body. */
  body: Buffer = EMPTY;
  /** The same, when it came at once and is ASCII: nothing is in `body` then. */
  text: string | undefined;
  /** Bytes of the body that came, without chunk sizes. */
  bodyReceived = 0;
  /** undefined until the head is there. */
  framing: Framing | undefined;
  /** The body came to its end as it should, so the line may be used again if both sides want. */
  complete = false;
  #wire: Wire;
  #asked: Asked;
  /** Whether the body is to be kept. */
  #wants: boolean;
  #left = 0;
  #parts: Buffer[] | undefined;
  #chunks: Chunks | undefined;
  #first = false;
  #unread = 0;
  #scanned = 0;
  #statusSeen = false;
  /** Lines that were no status line stood where a response should begin. */
  #skipped = false;
  #intake: BodyIntake | undefined;
  #joined = false;

  constructor(
    wire: Wire,
    asked: Asked,
    private readonly listener: ExchangeListener,
  ) {
    this.#wire = wire;
    this.#asked = asked;
    this.#wants = asked.keepBody;
    this.#unread = wire.end - wire.start;
  }

  /** Begins anew, with another request that is about to be sent. */
  begin(wire: Wire, asked: Asked): void {
    this.clear();
    this.#wire = wire;
    this.#asked = asked;
    this.#wants = asked.keepBody;
    this.#unread = wire.end - wire.start;
  }

  /** Forgets the answer. */
  clear(): void {
    this.head = this.framing = this.text = this.#parts = this.#chunks = this.#intake = undefined;
    this.body = EMPTY;
    this.received = this.bodyReceived = this.#left = this.#scanned = 0;
    this.complete = this.#first = this.#statusSeen = this.#skipped = this.#joined = false;
  }

  /** Waits for the response; each wait for bytes lasts at most `timeout` ms (0 = for ever). */
  read(timeout: number): void {
    try {
      if (!this.#step()) {
        this.#wire.wait(this, timeout);
        return;
      }
    } catch (error) {
      this.listener.failed(error);
      return;
    }
    this.listener.finished(this);
  }

  again(): boolean {
    try {
      if (!this.#step()) return false;
    } catch (error) {
      this.listener.failed(error);
      return true;
    }
    this.listener.finished(this);
    return true;
  }

  failed(error: Error): void {
    this.listener.failed(error);
  }

  /** HttpCore has a buffer, and fills it but for larger rests of a body. */
  asks(): number {
    const { framing, head } = this;
    if (this.#asked.intake?.java || head?.contentEncoding !== undefined) return BUFFER;
    const left = framing === 'length' ? this.#left : (this.#chunks?.left ?? 0);
    return left > 512 && left < BUFFER ? left : BUFFER;
  }

  /** True when the response is whole. */
  #step(): boolean {
    const wire = this.#wire;
    const came = wire.end - wire.start - this.#unread;
    this.received += came;
    const done = (this.framing !== undefined || this.#readHead()) && this.#readBody();
    this.#unread = wire.end - wire.start;
    if (!done && wire.ended) throw this.#cut();
    return done;
  }

  /** True once the head of the final response is taken. */
  #readHead(): boolean {
    for (;;) {
      const head = this.#takeHead();
      if (head === undefined) return false;
      if (head.status < 100) throw httpError.protocol();
      this.#statusSeen = this.#skipped = false;
      if (head.status < 200) {
        if (this.listener.interim(head.status)) this.received = this.#wire.end - this.#wire.start;
        continue;
      }
      this.head = head;
      const { method, intake } = this.#asked;
      this.framing = framingOf(head, method);
      if (intake !== undefined) this.#prepare(head, intake);
      this.#left = head.contentLength;
      if (this.framing === 'chunked') this.#chunks = intake?.java ? new JavaChunkReader() : new ChunkReader();
      this.listener.began(head);
      return true;
    }
  }

  #prepare(head: ResponseHead, terms: IntakeTerms): void {
    if (this.#wants && terms.wants?.(head) === false) this.#wants = false;
    if (this.framing !== 'none') this.#intake = intakeFor(head, this.#wants, terms);
  }

  /** Bytes of the body without its encoding. */
  get bodySize(): number {
    return this.#intake?.size ?? this.bodyReceived;
  }

  /** Why the body, which came as it should, cannot be decoded. */
  get failure(): unknown {
    return this.#intake?.failure;
  }

  /** Takes a whole head; the end of the stream ends it too. */
  #takeHead(): ResponseHead | undefined {
    const wire = this.#wire;
    const { bytes, end } = wire;
    if (this.#asked.intake?.java && !this.#statusSeen && !this.#beginsAsJavaWants()) return undefined;
    const recent = this.#scanned === 0 ? recentHead(bytes, wire.start, end) : undefined;
    if (recent !== undefined) {
      wire.start += recent.bytes.length;
      return recent.head;
    }
    let i = wire.start + this.#scanned;
    let line = this.#scanned === 0 ? wire.start : -1;
    for (; i < end; i++) {
      if (bytes[i] !== LF) continue;
      if (!this.#statusSeen) {
        if (line < 0) line = wire.start;
        if (!beginsPlainly(bytes, line) && !isStatusLine(bytes.toString('latin1', line, i))) {
          // HttpCore looks for the first line that is one.
          this.#skipped = true;
          wire.start = i + 1;
          this.#scanned = 0;
          line = i + 1;
          continue;
        }
        this.#statusSeen = true;
      }
      const next = bytes[i + 1];
      const after = next === LF ? i + 2 : next === CR && bytes[i + 2] === LF ? i + 3 : 0;
      if (after === 0 || after > end) continue;
      return this.#cutHead(i, after);
    }
    if (end - wire.start > MAX_HEAD) throw httpError.tooLong('Maximum line length limit exceeded');
    // A line feed may be told from the end of the head only by what follows.
    this.#scanned = Math.max(0, end - wire.start - 2);
    if (!wire.ended || end === wire.start) return undefined;
    wire.throwIfReset();
    return this.#statusSeen || isStatusLine(bytes.toString('latin1', wire.start, end))
      ? this.#cutHead(end, end)
      : undefined;
  }

  /** Java looks at the first bytes only, and waits for all of them; throws ClientProtocolException when they are others. */
  #beginsAsJavaWants(): boolean {
    const { bytes, start, end } = this.#wire;
    if (end - start < 8) return false;
    if (beginsPlainly(bytes, start) && bytes[start + 5] === 49 && bytes[start + 6] === 46) return true;
    throw httpError.protocol();
  }

  #cutHead(end: number, after: number): ResponseHead {
    const wire = this.#wire;
    const { bytes, start } = wire;
    let stop = end;
    while (stop > start && (bytes[stop - 1] === CR || bytes[stop - 1] === LF)) stop--;
    wire.start = after;
    this.#scanned = 0;
    const raw = bytes.toString('latin1', start, stop);
    const known = knownHead(raw);
    if (known === undefined) return parseHead(raw);
    // A head that the end of the stream ended is none in the midst of it.
    if (after > end) keepHead(known, bytes, start, after);
    return known;
  }

  #readBody(): boolean {
    switch (this.framing) {
      case 'none':
        break;
      case 'length':
        if (this.#left > 0 && !this.#readLength()) return false;
        break;
      case 'chunked':
        if (!this.#readChunks()) return false;
        break;
      default: {
        const wire = this.#wire;
        this.#take(wire.end - wire.start);
        if (!wire.ended) return false;
        wire.throwIfReset();
        this.#whole();
        return true;
      }
    }
    this.#whole();
    this.complete = true;
    return true;
  }

  /** The body is at its end. */
  #whole(): void {
    this.#intake?.end();
    if (this.#intake?.unopened) this.bodyReceived = 0;
    if (!this.#first && this.framing !== 'none' && this.failure === undefined) this.#tellFirst();
    this.join();
  }

  #readLength(): boolean {
    const available = this.#wire.end - this.#wire.start;
    const n = available < this.#left ? available : this.#left;
    this.#take(n);
    this.#left -= n;
    return this.#left === 0;
  }

  #readChunks(): boolean {
    const wire = this.#wire;
    const chunks = this.#chunks ?? new ChunkReader();
    for (;;) {
      const n = chunks.next(wire);
      if (n === undefined && !(wire.ended && chunks.inTrailer)) return false;
      if (n === undefined || n === 0) return true;
      this.#take(n);
    }
  }

  #take(n: number): void {
    if (n === 0) return;
    const wire = this.#wire;
    this.bodyReceived += n;
    if (this.#intake !== undefined) {
      this.#intake.add(wire.bytes.subarray(wire.start, wire.start + n));
      if (!this.#first && this.#intake.size > 0) this.#tellFirst();
      wire.start += n;
      return;
    }
    if (!this.#first) this.#tellFirst();
    if (this.#wants) this.#keep(wire, n);
    wire.start += n;
  }

  #keep({ bytes, start }: Wire, n: number): void {
    const isWhole = n === this.#left && n === this.bodyReceived;
    if (isWhole && n <= BUFFER) this.text = asciiText(bytes, start, start + n);
    if (this.text !== undefined) return;
    // The line's buffer is shared by all lines.
    const part = Buffer.allocUnsafe(n);
    bytes.copy(part, 0, start, start + n);
    if (this.#parts !== undefined) this.#parts.push(part);
    else if (this.body.length === 0) this.body = part;
    else this.#parts = [this.body, part];
  }

  /** Makes the body of what came of it. */
  join(): void {
    if (this.#intake !== undefined) {
      if (!this.#joined) this.body = this.#intake.body;
      this.#joined = true;
    }
    if (this.#parts !== undefined) this.body = Buffer.concat(this.#parts);
    this.#parts = undefined;
  }

  #tellFirst(): void {
    this.#first = true;
    this.listener.firstByte();
  }

  /** The stream ended too early. */
  #cut(): Error {
    const wire = this.#wire;
    wire.throwIfReset();
    const { head, framing } = this;
    const { target, intake } = this.#asked;
    if (wire.error !== undefined && codeOf(wire.error).startsWith('ERR_SSL'))
      return tlsFailure(wire.error, hostAndPort(target));
    if (head === undefined || framing === undefined)
      return this.#skipped || (wire.end > wire.start && !intake?.java)
        ? httpError.protocol()
        : httpError.noResponse(hostAndPort(target));
    if (framing === 'chunked' && this.#chunks) return this.#chunks.cut();
    const expected = lastLength(head.fields) ?? 0n;
    const words = `(expected: ${grouped(expected)}; received: ${grouped(this.bodyReceived)})`;
    return httpError.closed(`Premature end of Content-Length delimited message body ${words}`);
  }
}

/** The text of bytes that are ASCII; undefined for others. What is not, is fewer characters than bytes, or replaced. */
function asciiText(bytes: Buffer, from: number, to: number): string | undefined {
  const text = bytes.toString('utf8', from, to);
  return text.length === to - from && !text.includes('\ufffd') ? text : undefined;
}
