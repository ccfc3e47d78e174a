import { charsetDecoder } from '../java/index.js';
import type { LoopAction } from './stop.js';

/** The texts that differ, of the earlier sample and of the later one; both lists are of the same length. */
export interface Compared {
  readonly base: readonly string[];
  readonly secondary: readonly string[];
}

/** What an assertion said of a sample. */
export class AssertionResult {
  failure = false;
  error = false;
  /** undefined = null in JMeter: not written, and skipped when the first message is looked for. */
  message: string | undefined;
  /** What a comparison of samples found; its result is another class in JMeter's XML. */
  compared: Compared | undefined;
  constructor(public name: string) {}

  /** Fails with this message. */
  fail(message: string): this {
    this.failure = true;
    this.error = false;
    this.message = message;
    return this;
  }
}

/** The extra fields of an HTTP sample's XML row (`<httpSample>`); undefined fields are not written. */
export interface HttpDetails {
  method?: string;
  queryString?: string;
  cookies?: string;
  redirectLocation?: string;
}

const EMPTY = Buffer.alloc(0);
const LONES = /[\ud800-\udfff]/gu;
const NOT_LATIN1 = /[^\0-\xff]/gu;
const NOT_ASCII = /[^\0-\x7f]/gu;
/** The usual names of charsets in which ASCII is written as it is. */
const KEEP_ASCII = new Set(['UTF-8', 'utf-8', 'ISO-8859-1', 'iso-8859-1', 'US-ASCII', 'us-ascii']);
/** How the header begins, in lower case only. */
const BINARY = /^(?:image|audio|video)\//;
const CHARSET = /charset=([^;]*)/i;
const QUOTED = /^["']/;
const TEXT_ANYWAY = /^(?:audio\/x-mpegurl|audio\/mpegurl|video\/f4m|image\/svg\+xml)/;

/**
 * One result, with JMeter's defaults of a fresh SampleResult (org.apache.jmeter.samplers.SampleResult 5.6.3).
 * Times are milliseconds; stamps count from the epoch and stay 0 until set.
 */
export class Sample {
  label = '';
  code = '';
  message = '';
  success = false;
  threadName = '';
  groupThreads = 0;
  allThreads = 0;
  startTime = 0;
  endTime = 0;
  /** Pauses inside the sample, not part of `elapsed`. */
  idleTime = 0;
  elapsed = 0;
  latency = 0;
  connectTime = 0;
  dataType = '';
  /** As the sampler set it; undefined = none (the default encoding is used then). */
  encoding: string | undefined;
  responseHeaders = '';
  headersSize = 0;
  /** 0 = the length of the data. */
  bodySize = 0;
  /** Counts only when headers and body are empty (SampleResult.setBytes). */
  explicitBytes = 0;
  sentBytes = 0;
  /** External form, or undefined = `null` in the CSV. */
  url: string | undefined;
  contentType = '';
  http: HttpDetails | undefined;
  subSamples: Sample[] | undefined;
  assertions: AssertionResult[] | undefined;
  /** Names of result files that have this sample already; managed by the results writer. */
  writtenTo: readonly string[] | undefined;

  // What hardly a sample has stands on the prototype until it is set: less weight while answers are waited for.
  declare fileName: string;
  declare sampleCount: number;
  /** Neither post-processors nor assertions nor listeners see an ignored sample. */
  declare ignore: boolean;
  declare stopThread: boolean;
  declare stopTest: boolean;
  declare stopTestNow: boolean;
  declare action: LoopAction;

  #requestHeaders: { toString(): string } = '';
  #samplerData: string | undefined;
  #text: string | undefined;
  #bytes: Buffer | undefined;
  #started = false;

  /** May be set to what makes the text when somebody asks for it. */
  get requestHeaders(): string {
    if (typeof this.#requestHeaders === 'string') return this.#requestHeaders;
    const text = `${this.#requestHeaders}`;
    this.#requestHeaders = text;
    return text;
  }
  set requestHeaders(lines: { toString(): string }) {
    this.#requestHeaders = lines;
  }

  /** What was asked, in words; for an HTTP sample the request, with what was set behind it. */
  get samplerData(): string | undefined {
    return this.http === undefined ? this.#samplerData : requestText(this.http, this.url) + (this.#samplerData ?? '');
  }
  set samplerData(text: string | undefined) {
    this.#samplerData = text;
  }

  /** Marks the start. */
  start(now: number): void {
    this.startTime = now;
    this.#started = true;
  }
  /** Marks the end; elapsed stays 0 when the sample never started, as in JMeter. */
  end(now: number): void {
    this.endTime = now;
    if (this.#started) this.elapsed = this.#span(now);
  }
  /** A sample whose times are known: it started at `start` and took `elapsed` (SampleResult.setStampAndTime). */
  stamp(start: number, elapsed: number): void {
    this.startTime = start;
    this.endTime = start + elapsed;
    this.elapsed = elapsed;
    this.#started = true;
  }
  get started(): boolean {
    return this.#started;
  }
  connected(now: number): void {
    this.connectTime = this.#span(now);
  }
  firstByte(now: number): void {
    this.latency = this.#span(now);
  }
  /** From the start to then without pauses; whole, which spares the box of a number that may have a fraction. */
  #span(now: number): number {
    return Math.trunc(now - this.startTime - this.idleTime);
  }

  /** 200 and OK. */
  ok(): void {
    this.code = '200';
    this.message = 'OK';
    this.success = true;
  }

  /** Sets the data from text; `encoding` stays as it is (UTF-8 is used for the bytes). */
  setText(text: string): void {
    // Java keeps the bytes, in which half of a surrogate pair is a `?`.
    const kept = text.isWellFormed() ? text : text.replace(LONES, '?');
    this.#text = bufferEncoding(this.encoding) === 'utf8' ? kept : encodable(kept, this.encoding);
    this.#bytes = undefined;
  }
  /** Sets the data from text whose characters are its bytes. */
  setAscii(text: string): void {
    if (!KEEP_ASCII.has(this.encodingOrDefault)) {
      this.setData(Buffer.from(text, 'latin1'));
      return;
    }
    this.#text = text;
    this.#bytes = undefined;
  }
  setData(data: Buffer): void {
    this.#bytes = data;
    this.#text = undefined;
  }
  /** The data as text in the sample's encoding; decoded once. */
  get text(): string {
    if (this.#text === undefined) this.#text = this.#bytes === undefined ? '' : decode(this.#bytes, this.encoding);
    return this.#text;
  }
  get data(): Buffer {
    if (this.#bytes === undefined)
      this.#bytes = this.#text ? Buffer.from(this.#text, bufferEncoding(this.encoding)) : EMPTY;
    return this.#bytes;
  }
  get dataLength(): number {
    if (this.#bytes !== undefined) return this.#bytes.length;
    return this.#text ? Buffer.byteLength(this.#text, bufferEncoding(this.encoding)) : 0;
  }
  /** Size of the body: what was set, else the length of the data. */
  get body(): number {
    return this.bodySize === 0 ? this.dataLength : this.bodySize;
  }
  /** The `bytes` column: headers + body, else the explicit number. */
  get bytes(): number {
    const sum = this.headersSize + this.body;
    return sum === 0 ? this.explicitBytes : sum;
  }
  get errorCount(): number {
    return this.success ? 0 : 1;
  }
  get encodingOrDefault(): string {
    return this.encoding || defaults.encoding;
  }

  /** Takes data type and encoding from a Content-Type header (SampleResult.setEncodingAndType). */
  setContentType(contentType: string): void {
    // Mostly that of the last sample.
    if (contentType !== lastType.text) lastType = readContentType(contentType);
    this.contentType = contentType;
    this.dataType = lastType.dataType;
    if (lastType.encoding !== undefined) this.encoding = lastType.encoding;
  }

  /** Adds an assertion's verdict: the sample stays successful only if it neither failed nor erred. */
  addAssertion(result: AssertionResult): void {
    if (result.failure || result.error) this.success = false;
    const before = this.assertions;
    const first = before?.[0];
    if (before === undefined || first === undefined) this.assertions = [result];
    // The first push makes room for many, and most samples have one or two.
    else if (before.length === 1) this.assertions = [first, result];
    else before.push(result);
  }
  /** The first assertion message that is not null, also of assertions that passed (JTL `failureMessage`). */
  get failureMessage(): string {
    if (this.assertions !== undefined)
      for (const { message } of this.assertions) if (message !== undefined) return message;
    return '';
  }

  /** A sample with the same fields and the same list of sub-samples (the copy constructor of SampleResult). */
  copy(): Sample {
    const copy = Object.assign(new Sample(), this);
    copy.http = this.http && { ...this.http };
    copy.writtenTo = undefined;
    copy.#requestHeaders = this.#requestHeaders;
    copy.#samplerData = this.#samplerData;
    copy.#text = this.#text;
    copy.#bytes = this.#bytes;
    copy.#started = this.#started;
    return copy;
  }

  /** Adds a sub-sample and its sizes, and stretches the end (SampleResult.addSubResult). */
  addSubSample(sub: Sample, rename = defaults.renameSubSamples): void {
    if (this.threadName !== '') sub.threadName = this.threadName;
    this.end(Math.max(this.endTime, sub.endTime));
    this.explicitBytes = this.bytes + sub.bytes;
    this.sentBytes += sub.sentBytes;
    this.headersSize += sub.headersSize;
    this.bodySize = this.body + sub.body;
    this.addRawSubSample(sub, rename);
  }
  /** Adds a sub-sample and changes nothing else; it is named `<label>-<n>` unless renaming is off. */
  addRawSubSample(sub: Sample, rename = defaults.renameSubSamples): void {
    const list = this.subSamples ?? [];
    this.subSamples = list;
    if (rename) sub.label = `${this.label}-${list.length}`;
    list.push(sub);
  }
}

Object.assign(Sample.prototype, {
  fileName: '',
  sampleCount: 1,
  ignore: false,
  stopThread: false,
  stopTest: false,
  stopTestNow: false,
  action: 'continue',
} satisfies Partial<Sample>);

/** What a Content-Type header says. */
interface ContentType {
  readonly text: string;
  readonly dataType: string;
  readonly encoding: string | undefined;
}
let lastType = readContentType('');

function readContentType(text: string): ContentType {
  const charset = CHARSET.exec(text)?.[1];
  return {
    text,
    dataType: BINARY.test(text) && !TEXT_ANYWAY.test(text) ? 'bin' : 'text',
    encoding: charset ? (QUOTED.test(charset) ? charset.slice(1, -1) : charset) : undefined,
  };
}

const NO_BODY = new Set(['HEAD', 'OPTIONS', 'TRACE']);

/** HTTPSampleResult.getSamplerData 5.6.3. */
function requestText(
  { method = 'null', queryString = '', cookies = '' }: HttpDetails,
  url: string | undefined,
): string {
  if (url === undefined) return method;
  const body = NO_BODY.has(method) ? '' : `\n${method} data:\n${queryString}\n`;
  return `${method} ${url}\n${body}${cookies === '' ? '\n[no cookies]' : `\nCookie Data:\n${cookies}`}\n`;
}

/** Settings that JMeter keeps per process: from `sampleresult.default.encoding`, `subresults.disable_renaming`, functional mode. */
export const defaults = { encoding: 'UTF-8', renameSubSamples: true };

/** What a Java encoder keeps of a text: a `?` for each character that a single-byte charset lacks. */
function encodable(text: string, encoding: string | undefined): string {
  if (bufferEncoding(encoding) !== 'latin1') return text;
  return text.replace((encoding || defaults.encoding).toLowerCase() === 'us-ascii' ? NOT_ASCII : NOT_LATIN1, '?');
}

/** Text of bytes in a Java charset name; an unknown name falls back to UTF-8. */
export function decode(bytes: Buffer, encoding: string | undefined): string {
  const name = encoding || defaults.encoding;
  if (name === 'UTF-8' || name === 'utf-8') return bytes.toString('utf8');
  return charsetDecoder(name)?.(bytes, true) ?? bytes.toString('utf8');
}

/** Node's name of a Java charset for encoding; UTF-8 for what Node cannot encode. */
export function bufferEncoding(encoding: string | undefined): BufferEncoding {
  switch ((encoding || defaults.encoding).toLowerCase()) {
    case 'iso-8859-1':
    case 'iso8859-1':
    case 'latin1':
    case 'us-ascii':
      return 'latin1';
    case 'utf-16le':
      return 'utf16le';
    default:
      return 'utf8';
  }
}
