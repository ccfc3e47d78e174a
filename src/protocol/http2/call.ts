import { STATUS_CODES } from 'node:http';
import { type ClientHttp2Session, type ClientHttp2Stream, constants } from 'node:http2';
import { Readable } from 'node:stream';
import { JavaError } from '../../java/index.js';
import {
  type BodyIntake,
  type Call,
  type CallListener,
  framingOf,
  Hops,
  HttpCall,
  type HttpClient,
  type HttpRequest,
  httpError,
  intakeFor,
  type Lines,
  Parts,
  parseHead,
  type ResponseHead,
  routeOf,
} from '../http/index.js';
import { LineError, TimeoutError } from '../line/index.js';
import { Http2Lines, type Http2Terms } from './lines.js';
import { fieldsOf } from './request-fields.js';

export type { Http2Terms } from './lines.js';

const EMPTY = Buffer.alloc(0);
const NO_ALARM = { cancel(): void {} };

/**
 * One request over HTTP/2: a session with its server that is there or is made, a stream, and again if the response asks for
 * it. A server that speaks HTTP/1.1 only gets an HttpCall. Heads and requests count with the bytes that they would have in
 * HTTP/1.1, since HPACK makes the real ones depend on what was sent before.
 */
export class Http2Call implements Call {
  head: ResponseHead | undefined;
  hasBody = true;
  body: Buffer = EMPTY;
  readonly text = undefined;
  bodySize = 0;
  bodyReceived = 0;
  received = 0;
  abort: (() => void) | undefined;
  /** It was sent once more, for the server had not looked at it. */
  repeated = false;
  #sent = 0;
  #shown: Lines = '';
  #older: HttpCall | undefined;
  #stream: ClientHttp2Stream | undefined;
  #session: ClientHttp2Session | undefined;
  #parts: Buffer[] = [];
  #intake: BodyIntake | undefined;
  #alarm = NO_ALARM;
  #aborted = false;
  #over = false;
  /** The listener has heard the end. */
  #told = false;
  #hops: Hops | undefined;

  constructor(
    private readonly client: HttpClient,
    public request: HttpRequest,
    private readonly listener: CallListener,
    private readonly terms: Http2Terms,
  ) {}

  get shown(): Lines {
    return this.#older?.shown ?? this.#shown;
  }

  get sent(): number {
    return this.#older?.sent ?? this.#sent;
  }

  start(): void {
    this.#run().catch((error: unknown) => this.#failed(error));
  }

  release(): void {}

  cancel(): void {
    this.#aborted = true;
    if (this.#older) this.#older.cancel();
    else if (this.#stream) this.#failed(new LineError('Socket closed', 'java.net.SocketException'));
    else this.abort?.();
  }

  async #run(): Promise<void> {
    const { request, client, terms, listener } = this;
    const { target, proxy, localAddress } = request;
    const route = routeOf(target.secure, target.host, target.port, proxy, localAddress);
    const line = await Http2Lines.of(client).line(route, request, terms, this, () => listener.connected());
    this.abort = undefined;
    if (this.#aborted) throw httpError.aborted();
    if (line !== 'http/1.1') {
      this.#send(line);
      return;
    }
    this.#older = new HttpCall(client, request, listener);
    this.#older.start();
  }

  #send(session: ClientHttp2Session): void {
    const { request, client } = this;
    const { entity } = request;
    if (entity?.failure !== undefined) throw entity.failure;
    const { headers, shown, length } = fieldsOf(request, client, this.terms.jetty);
    this.#shown = shown;
    this.#sent = length;
    this.#parts = [];
    this.#intake = undefined;
    this.bodyReceived = this.bodySize = 0;
    this.#over = false;
    const content = entity?.content ?? EMPTY;
    let stream: ClientHttp2Stream;
    try {
      stream = session.request(headers, { endStream: content.length === 0 });
    } catch (error) {
      // Node refuses what may not stand in a header.
      throw new JavaError('java.lang.IllegalArgumentException', error instanceof Error ? error.message : String(error));
    }
    this.#stream = stream;
    this.#session = session;
    this.#listen(stream);
    if (content instanceof Parts)
      Readable.from(content.pieces())
        .on('error', (error) => this.#failed(error))
        .pipe(stream);
    else if (content.length > 0) stream.end(typeof content === 'string' ? Buffer.from(content, 'latin1') : content);
    this.#wait();
  }

  #listen(stream: ClientHttp2Stream): void {
    const mine = (work: () => void): void => {
      if (this.#stream !== stream || this.#over) return;
      try {
        work();
      } catch (error) {
        this.#failed(error);
      }
    };
    stream.on('response', (_headers, _flags, raw?: readonly string[]) => mine(() => this.#began(raw ?? [])));
    stream.on('data', (part: Buffer) => mine(() => this.#take(part)));
    stream.on('end', () => mine(() => this.#finish()));
    stream.on('error', () => {});
    stream.on('close', () => mine(() => this.#broken(stream)));
  }

  /** Each wait for more lasts at most as long as is set. */
  #wait(): void {
    const { responseTimeout } = this.request;
    this.#alarm.cancel();
    if (responseTimeout <= 0) return;
    this.#alarm = this.client.around.after(responseTimeout, () => this.#failed(new TimeoutError('Read timed out')));
  }

  #began(raw: readonly string[]): void {
    this.#wait();
    let status = '';
    let lines = '';
    for (let i = 0; i + 1 < raw.length; i += 2) {
      if (raw[i] === ':status') status = raw[i + 1] ?? '';
      else lines += `\r\n${raw[i]}: ${raw[i + 1]}`;
    }
    this.listener.answers?.();
    this.head = parseHead(`HTTP/2.0 ${status} ${STATUS_CODES[status] ?? ''}${lines}`);
    this.hasBody = framingOf(this.head, this.request.method) !== 'none';
    this.received = this.head.text.length + this.head.fields.length + 3;
    const { keepBody, intake } = this.request;
    this.#intake = this.hasBody && intake ? intakeFor(this.head, keepBody, intake) : undefined;
  }

  #take(part: Buffer): void {
    this.#wait();
    const { request, listener } = this;
    this.received += part.length;
    this.bodyReceived += part.length;
    const before = this.bodySize;
    if (this.#intake !== undefined) this.#intake.add(part);
    else if (request.keepBody) this.#parts.push(part);
    this.bodySize = this.#intake?.size ?? this.bodyReceived;
    if (before === 0 && this.bodySize > 0) listener.firstByte();
  }

  #finish(): void {
    const { head, request } = this;
    // A stream that was reset ends as well.
    if (head === undefined || this.#stream?.rstCode) return;
    this.#done();
    const next = this.#next(request, head);
    if (next !== undefined) {
      this.request = next;
      this.#stream = undefined;
      this.start();
      return;
    }
    this.#intake?.end();
    const failure = this.#intake?.failure;
    const before = this.bodySize;
    this.bodySize = this.#intake?.size ?? this.bodyReceived;
    if (before === 0 && this.hasBody && failure === undefined) this.listener.firstByte();
    this.body = this.#intake?.body ?? Buffer.concat(this.#parts);
    this.#told = true;
    if (failure === undefined) this.listener.finished(this);
    else this.listener.failed(failure);
  }

  #next(request: HttpRequest, head: ResponseHead): HttpRequest | undefined {
    if (head.status === 401 && request.authorizer?.challenged(request, head)) return request;
    if (!request.follow?.goes(request, head)) return undefined;
    this.#hops ??= new Hops(this.client.settings.maxRedirects);
    return this.#hops.next(request.follow, request, head);
  }

  /** The stream ended without a whole response; what the server has not looked at is sent once more. */
  #broken(stream: ClientHttp2Stream): void {
    const code = stream.rstCode ?? 0;
    const refused = code === constants.NGHTTP2_REFUSED_STREAM;
    // The stream has forgotten its session.
    const closed = this.#session?.closed ?? true;
    const unseen = this.terms.jetty ? refused && closed : refused || closed;
    const bodied = this.terms.jetty && Boolean(this.request.entity);
    if (this.head === undefined && !this.repeated && unseen && !bodied) {
      this.repeated = true;
      this.#done();
      this.#stream = undefined;
      this.start();
    } else if (this.terms.jetty) this.#failed(new StreamReset(NAMES.get(code) ?? `${code}`, closed, unseen));
    else this.#failed(streamError(code, this.request));
  }

  #done(): void {
    this.#over = true;
    this.#alarm.cancel();
  }

  #failed(error: unknown): void {
    if (this.#told) return;
    this.#told = true;
    this.#done();
    const stream = this.#stream;
    if (stream !== undefined && !stream.closed) stream.close(constants.NGHTTP2_CANCEL);
    this.body = Buffer.concat(this.#parts);
    this.listener.failed(error);
  }
}

/** The server ended a stream that had no whole response. */
export class StreamReset extends LineError {
  constructor(
    /** The code by its name in RFC 9113. */
    readonly reason: string,
    /** The connection ended with it. */
    readonly cut: boolean,
    /** The server said goodbye before it looked at the request. */
    readonly unseen = false,
  ) {
    super(`HTTP/2 stream was reset: ${reason}`);
  }
}

const NAMES = new Map(
  Object.entries(constants).flatMap(([name, code]) =>
    /^NGHTTP2_(?:NO_ERROR|.*_ERROR|REFUSED_STREAM|SETTINGS_TIMEOUT|CANCEL|STREAM_CLOSED|CONNECT_ERROR|ENHANCE_YOUR_CALM|INADEQUATE_SECURITY|HTTP_1_1_REQUIRED)$/.test(
      name,
    ) && typeof code === 'number'
      ? [[code, name.slice('NGHTTP2_'.length)] as const]
      : [],
  ),
);

/** HTTP/2 has no failures in JMeter's own client: the line's are told as in HTTP/1.1, a reset stream by its code. */
function streamError(code: number, { target }: HttpRequest): Error {
  if (code === constants.NGHTTP2_NO_ERROR || code === constants.NGHTTP2_CANCEL)
    return httpError.noResponse(`${target.host}:${target.port}`);
  return new StreamReset(NAMES.get(code) ?? `${code}`, false);
}
