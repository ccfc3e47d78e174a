import http2, { type ClientHttp2Session } from 'node:http2';
import { connect, type HttpClient, type HttpRequest, needsTunnel, type Route, tunnel } from '../http/index.js';
import { LineError, TimeoutError } from '../line/index.js';

/** What a user is willing to speak. */
export interface Http2Terms {
  /** Whether HTTP/1.1 is offered beside HTTP/2. */
  readonly http1: boolean;
  /** Whether HTTP/2 is offered in TLS. */
  readonly http2: boolean;
  /** Whether HTTP/2 is tried without TLS, in the hope that the server knows it (prior knowledge, RFC 9113 §3.3). */
  readonly cleartext: boolean;
  /** The request is made as Jetty's client makes it: its headers are all there are, and only what a server that says goodbye has not seen is sent again. */
  readonly jetty: boolean;
}

interface Waiting {
  abort: (() => void) | undefined;
}

/** A server's session, or that there is none because it speaks HTTP/1.1 only; a promise while that is found out. */
type Line = ClientHttp2Session | 'http/1.1';

/** The sessions of one client; all requests to one server share one. */
export class Http2Lines {
  readonly #lines = new Map<string, Line | Promise<Line>>();

  constructor(private readonly client: HttpClient) {}

  /** The lines of that client. */
  static of(client: HttpClient): Http2Lines {
    if (client.beside instanceof Http2Lines) return client.beside;
    const lines = new Http2Lines(client);
    client.beside = lines;
    return lines;
  }

  /** Connects if need be; `connected` is told when that was needed. Throws as an HTTP/1.1 connection does. */
  async line(
    route: Route,
    request: HttpRequest,
    terms: Http2Terms,
    waiting: Waiting,
    connected: () => void,
  ): Promise<Line> {
    const { target } = request;
    if (target.secure ? !terms.http2 : !terms.cleartext || route.proxy !== undefined) return 'http/1.1';
    const known = this.#lines.get(route.key);
    if (known !== undefined) {
      const line = await known;
      if (line === 'http/1.1' || !(line.closed || line.destroyed)) return line;
      // Another request may have opened the next one meanwhile.
      if (this.#lines.get(route.key) !== known) return this.line(route, request, terms, waiting, connected);
    }
    const opening = this.#open(route, request, terms, waiting, connected);
    this.#lines.set(route.key, opening);
    try {
      const line = await opening;
      this.#lines.set(route.key, line);
      return line;
    } catch (error) {
      this.#lines.delete(route.key);
      throw error;
    }
  }

  close(): void {
    for (const line of this.#lines.values()) if (typeof line === 'object' && 'close' in line) line.close();
    this.#lines.clear();
  }

  async #open(
    route: Route,
    request: HttpRequest,
    terms: Http2Terms,
    waiting: Waiting,
    connected: () => void,
  ): Promise<Line> {
    const { target } = request;
    const { client } = this;
    const alpn = [...(terms.http2 ? ['h2'] : []), ...(terms.http1 ? ['http/1.1'] : [])];
    const handshake = { client: client.tls, alpn, handedOver: true };
    const wire = await connect(route, request.connectTimeout, client.around, waiting, handshake).finally(connected);
    if (needsTunnel(request)) await tunnel(wire, request, client, { shown: '' }, alpn);
    if (target.secure && wire.alpn !== 'h2') {
      const now = client.around.now();
      client.pool.release({ wire, route, born: now, used: now, expires: 0, below: undefined }, undefined);
      return 'http/1.1';
    }
    const session = http2.connect(`${target.secure ? 'https' : 'http'}://${target.hostHeader}`, {
      createConnection: () => wire.handOver(),
      settings: { enablePush: false },
    });
    session.on('error', () => {});
    session.on('goaway', () => session.close());
    return target.secure || (await greets(session, request.responseTimeout, client, waiting)) ? session : 'http/1.1';
  }
}

/** Whether the other side answers in HTTP/2 at all, within `timeout` ms (0 = for ever). */
function greets(
  session: ClientHttp2Session,
  timeout: number,
  { around }: HttpClient,
  waiting: Waiting,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: LineError): void => {
      session.destroy();
      reject(error);
    };
    const late = (): void => failed(new TimeoutError('Read timed out'));
    const alarm = timeout > 0 ? around.after(timeout, late) : undefined;
    const told = (speaks: boolean): void => {
      alarm?.cancel();
      resolve(speaks);
    };
    waiting.abort = () => failed(new LineError('Socket closed', 'java.net.SocketException'));
    session.once('remoteSettings', () => told(true));
    session.once('close', () => told(false));
  });
}
