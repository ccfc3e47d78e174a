import { JavaError } from '../../java/index.js';
import type { Speeds, Wire } from '../line/index.js';
import type { HttpClient } from './client.js';
import { type Abortable, connect } from './connect.js';
import { httpError } from './error.js';
import { Exchange, type ExchangeListener } from './exchange.js';
import { Hops } from './hops.js';
import type { Idle } from './pool.js';
import { needsTunnel, proxyAnswer, TunnelRefused, tunnel } from './proxy.js';
import type { Follow, HttpRequest } from './request.js';
import { httpClientHead, type Lines, type Shows } from './request-head.js';
import { keepsAlive, type ResponseHead } from './response-head.js';
import type { Route } from './route.js';
import { type Content, Parts, pour } from './upload.js';

/** One request and its response, whatever line they take. */
export interface Call {
  readonly head: ResponseHead | undefined;
  /** Whether the response can have a body. */
  readonly hasBody: boolean;
  /** What was kept of it. */
  readonly body: Buffer;
  /** The same as text, when it is ASCII and was at hand as such; it need not be made to bytes first. */
  readonly text: string | undefined;
  /** Its bytes without encoding, and as they came. */
  readonly bodySize: number;
  readonly bodyReceived: number;
  /** Bytes of the last request, and of what came since. */
  readonly sent: number;
  readonly received: number;
  /** After redirects the last one. */
  readonly request: HttpRequest;
  /** The headers that were sent, each line with a line feed, cookies left out; empty before that. */
  readonly shown: Lines;
  start(): void;
  /** Ends the request at once, with what Java says when a socket is closed under it. */
  cancel(): void;
  /** Says of a finished call that nobody will ask it any more: it may serve another request. */
  release(): void;
}

/** Who made a request, and hears of it. */
export interface CallListener {
  /** A connection was made, or could not be made. */
  connected(): void;
  /** The head of a response came over HTTP/2. */
  answers?(): void;
  /** The first bytes of the body came. */
  firstByte(): void;
  /** The response is whole. */
  finished(call: Call): void;
  failed(error: unknown): void;
}

const EMPTY = Buffer.alloc(0);
const NOBODY: CallListener = { connected() {}, firstByte() {}, finished() {}, failed() {} };

/** Calls that were released: with many users on their way it is their calls that the garbage collector would copy most. */
const spare: HttpCall[] = [];
const MOST_SPARE = 1000;

/**
 * One request as HttpClient's chain of executors makes it: a connection from the pool or a new one, the request in one
 * write, the response, and the connection back to the pool; again after a failure as often as is set.
 */
export class HttpCall implements Call, ExchangeListener, Abortable, Shows {
  sent = 0;
  abort: (() => void) | undefined;
  shown: Lines = '';
  #route: Route;
  #headText = '';
  #idle: Idle | undefined;
  #exchange: Exchange | undefined;
  /** A body that waits for `100 Continue`. */
  #body: { send(): void; forget(): void } | undefined;
  /** What is sent next, because the response asks for it. */
  #next: HttpRequest | undefined;
  #hops: Hops | undefined;
  #tries = 0;
  #aborted = false;
  /** Something other than the answer may still tell of itself. */
  #lasts = false;

  constructor(
    private client: HttpClient,
    public request: HttpRequest,
    private listener: CallListener,
  ) {
    this.#route = client.routeOf(request);
  }

  /** A call for a request: a new one, or one that was released. */
  static of(client: HttpClient, request: HttpRequest, listener: CallListener): HttpCall {
    const call = spare.pop();
    if (call === undefined) return new HttpCall(client, request, listener);
    call.client = client;
    call.request = request;
    call.listener = listener;
    call.#route = client.routeOf(request);
    return call;
  }

  release(): void {
    if (this.#lasts || this.listener === NOBODY || spare.length >= MOST_SPARE) return;
    this.listener = NOBODY;
    this.#exchange?.clear();
    this.shown = '';
    this.sent = this.#tries = 0;
    this.#hops = undefined;
    this.#aborted = false;
    spare.push(this);
  }

  get head(): ResponseHead | undefined {
    return this.#exchange?.head;
  }
  get hasBody(): boolean {
    return this.#exchange?.framing !== 'none';
  }
  get body(): Buffer {
    const { text } = this;
    return text === undefined ? (this.#exchange?.body ?? EMPTY) : Buffer.from(text, 'latin1');
  }
  get text(): string | undefined {
    return this.#exchange?.text;
  }
  get bodySize(): number {
    return this.#exchange?.bodySize ?? 0;
  }
  get bodyReceived(): number {
    return this.#exchange?.bodyReceived ?? 0;
  }
  get received(): number {
    return this.#exchange?.received ?? 0;
  }

  start(): void {
    this.#tries++;
    if (this.#aborted) {
      this.listener.failed(httpError.aborted());
      return;
    }
    if (this.request.target.failure) {
      this.listener.failed(this.request.target.failure);
      return;
    }
    try {
      const makeHead = this.request.makeHead ?? httpClientHead;
      this.#headText = makeHead(this.request, this.client, this);
    } catch (error) {
      this.#failed(error);
      return;
    }
    const idle = this.client.pool.lease(this.#route);
    if (idle !== undefined) this.#send(idle);
    else this.#connect();
  }

  #connect(): void {
    this.#open().catch((error: unknown) => this.#failed(error));
  }

  /** Ends the request at once, with what Java says when a socket is closed under it. */
  cancel(): void {
    this.#aborted = true;
    if (this.abort) this.abort();
    else this.#idle?.wire.cancel();
  }

  async #open(): Promise<void> {
    const { request, client } = this;
    let wire: Wire;
    try {
      const terms = { client: client.tls, speeds: speedsOf(request, client) };
      wire = await connect(this.#route, request.connectTimeout, client.around, this, terms);
    } finally {
      this.abort = undefined;
      this.listener.connected();
    }
    const idle = { wire, route: this.#route, born: client.around.now(), used: 0, expires: 0, below: undefined };
    this.#idle = idle;
    if (needsTunnel(request)) await tunnel(wire, request, client, this);
    this.#send(idle);
  }

  #send(idle: Idle): void {
    this.#idle = idle;
    const { request } = this;
    const { wire } = idle;
    if (this.#exchange === undefined) this.#exchange = new Exchange(wire, request, this);
    else this.#exchange.begin(wire, request);
    try {
      if (wire.ended) wire.throwIfReset();
      else if (this.#write(wire)) return;
    } catch (error) {
      this.#failed(error);
      return;
    }
    this.#exchange.read(request.responseTimeout);
  }

  /**
   * Head and body in one write, or a large body after the head: true = the answer is to be read when it is sent. A server
   * that is asked first gets the body when it says so.
   */
  #write(wire: Wire): boolean {
    const head = this.#headText;
    const { entity } = this.request;
    if (entity?.failure !== undefined) throw entity.failure;
    const content = entity?.content ?? '';
    this.sent = head.length + content.length;
    if (content !== '' && this.request.headers.first('expect')?.toLowerCase() === '100-continue') {
      wire.write(head, 'latin1');
      this.#sendLater(wire, content);
    } else if (content instanceof Parts || content.length > LARGE) {
      wire.write(head, 'latin1');
      this.#pour(wire, content);
      return true;
    } else if (typeof content === 'string') wire.writeSoon(content === '' ? head : head + content);
    else {
      const whole = Buffer.allocUnsafe(this.sent);
      whole.write(head, 0, 'latin1');
      content.copy(whole, head.length);
      wire.write(whole);
    }
    return false;
  }

  #pour(wire: Wire, content: Content): void {
    this.#lasts = true;
    pour(content, wire).then(
      () => this.#exchange?.read(this.request.responseTimeout),
      (error: unknown) => this.#failed(error),
    );
  }

  #sendLater(wire: Wire, content: Content): void {
    const send = (): void => {
      alarm.cancel();
      this.#body = undefined;
      if (wire.ended) return;
      this.#pour(wire, content);
    };
    const alarm = this.client.around.after(WAIT_FOR_CONTINUE, send);
    this.#body = { send, forget: () => alarm.cancel() };
  }

  #forgetBody(): void {
    this.#body?.forget();
    this.#body = undefined;
  }

  interim(status: number): boolean {
    if (status === 101 && this.request.switches) throw httpError.switched();
    if (this.#body === undefined) return false;
    if (status !== 100) throw httpError.protocol();
    this.#body.send();
    return true;
  }

  began(head: ResponseHead): void {
    const { request, client } = this;
    this.#forgetBody();
    if (head.status === 407 && proxyAnswer(head, request, client)) this.#next = request;
    else if (head.status === 401 && request.authorizer?.challenged(request, head)) this.#next = request;
    else if (request.follow?.goes(request, head)) this.#next = this.#goOn(request.follow, head);
  }

  #goOn(follow: Follow, head: ResponseHead): HttpRequest {
    this.#hops ??= new Hops(this.client.settings.maxRedirects);
    return this.#hops.next(follow, this.request, head);
  }

  firstByte(): void {
    if (this.#next === undefined) this.listener.firstByte();
  }

  finished(exchange: Exchange): void {
    const { head } = exchange;
    const idle = this.#idle;
    if (head === undefined || idle === undefined) return;
    this.#giveBack(idle, exchange, head);
    const next = this.#next;
    if (next === undefined) {
      this.#tell(exchange);
      return;
    }
    this.#next = undefined;
    this.request = next;
    this.#route = this.client.routeOf(next);
    this.#tries = 0;
    this.start();
  }

  #tell(exchange: Exchange): void {
    if (exchange.failure === undefined) this.listener.finished(this);
    else this.listener.failed(exchange.failure);
  }

  #giveBack(idle: Idle, exchange: Exchange, head: ResponseHead): void {
    this.#idle = undefined;
    const { request, client } = this;
    if (!exchange.complete || request.headers.closes || !keepsAlive(head, request.method)) {
      idle.wire.dispose();
      return;
    }
    const { idleTimeout } = client.settings;
    client.pool.release(idle, head.keepAliveTime ?? (idleTimeout > 0 ? idleTimeout : undefined));
  }

  failed(error: unknown): void {
    this.#failed(error);
  }

  #failed(error: unknown): void {
    this.#forgetBody();
    this.#next = undefined;
    this.#idle?.wire.dispose();
    this.#idle = undefined;
    if (error instanceof TunnelRefused) {
      if (error.mayAgree) {
        this.start();
        return;
      }
      this.sent = error.sent;
      this.listener.firstByte();
      // Which has its own listener.
      this.#lasts = true;
      this.#exchange = error.exchange;
      this.#tell(error.exchange);
      return;
    }
    this.#exchange?.join();
    if (this.head === undefined && this.#mayRetry(error)) this.start();
    else {
      const told = this.#aborted && !(error instanceof JavaError) ? httpError.aborted() : error;
      // What is wrong with the body is found before the line breaks, and told when the rest was waited for.
      this.listener.failed(this.#exchange?.failure ?? told);
    }
  }

  /** StandardHttpRequestRetryHandler 4.5.14. */
  #mayRetry(error: unknown): boolean {
    const { retries, retrySent } = this.client.settings;
    if (this.#aborted || this.#tries > retries || !(error instanceof JavaError) || FINAL.test(error.javaClass))
      return false;
    return retrySent || IDEMPOTENT.has(this.request.method);
  }
}

/** HttpURLConnection is slow with TLS only. */
const speedsOf = ({ intake }: HttpRequest, { settings: { speeds } }: HttpClient): Speeds | undefined =>
  speeds && intake?.java ? { ...speeds, plain: 0 } : speeds;

/** Bytes of a body that is not sent at once. */
const LARGE = 65536;
/** Milliseconds after which a body is sent unasked. */
const WAIT_FOR_CONTINUE = 3000;

const FINAL = /SocketTimeout|ConnectTimeout|UnknownHost|ConnectException|NoRouteToHost|\.ssl\.|ClientProtocol/;
const IDEMPOTENT = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']);
