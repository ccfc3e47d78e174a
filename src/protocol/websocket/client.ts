import { randomBytes } from 'node:crypto';
import { JavaError } from '../../java/index.js';
import { type Alarms, LineError, type Waiter, Wire } from '../line/index.js';
import { FrameDecoder } from './decoder.js';
import { illegalState, UpgradeError } from './error.js';
import { closePayload, encodeFrame, type Frame, OPCODE } from './frame.js';
import { acceptedHeaders, deflateAsked, expectStatus, type Header, HeadReader, upgradeRequest } from './handshake.js';
import { Inflater } from './inflater.js';

export type State = 'CLOSED' | 'CONNECTING' | 'CONNECTED' | 'CLOSED_CLIENT' | 'CLOSED_SERVER';

/** What to connect to: names as the request says them. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** Path and query, as they are sent. */
  readonly path: string;
  /** The whole URL: what the request names when it goes through a proxy. */
  readonly url: string;
}

export interface WebSocketProxy {
  readonly host: string;
  readonly port: number;
  /** Sent when both are known. */
  readonly user: string | undefined;
  readonly password: string | undefined;
}

/** What the client takes from its surroundings. */
export interface Surroundings extends Alarms {
  /** The address to really connect to. */
  connectTo(host: string, port: number): { readonly host: string; readonly port: number };
}

export interface ConnectOptions {
  readonly headers: readonly Header[];
  /** Milliseconds. */
  readonly connectTimeout: number;
  /** Milliseconds for each read; 0 = no limit. */
  readonly readTimeout: number;
  readonly proxy?: WebSocketProxy | undefined;
}

/** A finished upgrade; sizes in bytes as sent and received. */
export interface Upgrade {
  readonly headers: readonly Header[];
  readonly requestSize: number;
  readonly responseSize: number;
}

/** Who reads a frame that is not there yet. */
export interface FrameReader {
  frame(frame: Frame): void;
  failed(error: unknown): void;
}

/** What frames are read from, one by one. */
export interface FrameSource {
  /**
   * The next frame if it is there; undefined when the reader will hear of it. Each wait for bytes lasts at most `timeout`
   * ms (0 = no limit), and a frame cut by it is kept.
   */
  read(timeout: number, reader: FrameReader): Frame | undefined;
}

/**
 * One WebSocket connection with the behaviour of Peter Doornbosch's Java client (eu.luminis.websocket 1.3.1): frames are
 * read one by one when asked, nothing is answered by itself, and its states allow what they allow there.
 * Failures of the line are LineErrors, wrong calls and bad frames JavaErrors of other classes.
 */
export class WebSocketClient implements FrameSource {
  state: State = 'CLOSED';
  readonly #decoder = new FrameDecoder();
  #wire: Wire | undefined;
  #abort: (() => void) | undefined;
  #reader: FrameReader | undefined;
  readonly #waiter: Waiter = {
    again: () => this.#readAgain(),
    failed: (error) => this.#takeReader()?.failed(error),
  };

  constructor(
    readonly target: Target,
    private readonly surroundings: Surroundings,
  ) {}

  get connected(): boolean {
    return this.state === 'CONNECTED';
  }

  /** Connects and upgrades; a closed client may connect again. */
  async connect(options: ConnectOptions): Promise<Upgrade> {
    if (this.state !== 'CLOSED') throw illegalState(`Cannot connect when state is ${this.state}`);
    this.state = 'CONNECTING';
    const wire = await this.#open(options);
    this.#wire = wire;
    try {
      const upgrade = await this.#upgrade(wire, options);
      this.state = 'CONNECTED';
      return upgrade;
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** Sends a text or binary message as one frame; gives its size on the wire. */
  send(data: string | Buffer): number {
    if (this.state !== 'CONNECTED') throw illegalState(`Cannot send data frame when state is ${this.state}`);
    return this.#write(encodeFrame(typeof data === 'string' ? OPCODE.text : OPCODE.binary, data));
  }

  ping(data: Buffer): number {
    if (this.state !== 'CONNECTED') throw illegalState(`Cannot send ping frame when state is ${this.state}`);
    return this.#write(encodeFrame(OPCODE.ping, data));
  }

  pong(data: Buffer): number {
    if (this.state !== 'CONNECTED') throw illegalState(`Cannot send pong frame when state is ${this.state}`);
    return this.#write(encodeFrame(OPCODE.pong, data));
  }

  /** Sends a close frame; the answer is read as any frame. */
  sendClose(status: number, reason: string): number {
    if (this.state !== 'CONNECTED' && this.state !== 'CLOSED_SERVER')
      throw illegalState(`Cannot close when state is ${this.state}`);
    const size = this.#write(encodeFrame(OPCODE.close, closePayload(status, reason)));
    if (this.state === 'CONNECTED') this.state = 'CLOSED_CLIENT';
    else this.dispose();
    return size;
  }

  /** A promise while the other side is slow to take what was sent. */
  drained(): Promise<void> | undefined {
    return this.#wire?.drained();
  }

  read(timeout: number, reader: FrameReader): Frame | undefined {
    const wire = this.#wire;
    if (wire === undefined || (this.state !== 'CONNECTED' && this.state !== 'CLOSED_CLIENT'))
      throw illegalState(`Cannot receive data frame when state is ${this.state}`);
    const frame = this.#nextFrame(wire);
    if (frame === undefined) {
      this.#reader = reader;
      wire.wait(this.#waiter, timeout);
    }
    return frame;
  }

  /** Ends what waits, at once, with `Socket closed`. */
  readonly cancel = (): void => {
    if (this.#abort) this.#abort();
    else this.#wire?.cancel();
  };

  /** Closes the connection; nothing is said to the other side. */
  dispose(): void {
    this.#wire?.dispose();
    this.state = 'CLOSED';
  }

  /** Leaves the connection as it is, with nobody reading from it. */
  leave(): void {
    this.#wire?.leave();
  }

  async #open({ connectTimeout, readTimeout, proxy }: ConnectOptions): Promise<Wire> {
    const { host, port, secure } = this.target;
    const first = proxy ?? this.target;
    const named = first.host;
    const address = this.surroundings.connectTo(named, first.port);
    // Java takes no name for its own machine.
    const to = { port: address.port, host: address.host.replace(/^\[|\]$/g, '') || '127.0.0.1', secure, named };
    const opened = Wire.open(to, connectTimeout, this.surroundings, (abort) => {
      this.#abort = abort;
    });
    const wire = await opened
      .catch((error: unknown) => {
        throw proxy && error instanceof LineError && error.javaClass === 'java.net.ConnectException'
          ? new LineError(`Proxy connection setup error: ${error.message}`, error.javaClass)
          : error;
      })
      .finally(() => {
        this.#abort = undefined;
      });
    this.#wire = wire;
    if (proxy) {
      if (secure) wire.readPlainly();
      await tunnel(wire, host, port, proxy);
    }
    // A server that says nothing is waited for twice.
    if (secure) await wire.secure(host, 2 * readTimeout, socketIsClosed);
    return wire;
  }

  async #upgrade(wire: Wire, { headers, readTimeout, proxy }: ConnectOptions): Promise<Upgrade> {
    const { host, port, path, url } = this.target;
    const asked = deflateAsked(headers);
    if (asked) this.#decoder.inflater = new Inflater(asked.contextTakeover);
    const key = randomBytes(16).toString('base64');
    const request = upgradeRequest(proxy ? url : path, `${host}:${port}`, headers, key);
    try {
      wire.write(request);
    } catch {
      // The Java client's writer swallows failures; reading the answer tells them.
    }
    const head = new HeadReader();
    let checked = false;
    await readHead(wire, head, readTimeout, (status) => {
      if (!checked) expectStatus(status, 101);
      checked = true;
    });
    if (head.lines.length === 0) throw new LineError('Empty response; connection closed.');
    return {
      headers: acceptedHeaders(head.lines.slice(1), key),
      requestSize: Buffer.byteLength(request),
      responseSize: head.size,
    };
  }

  #readAgain(): boolean {
    const wire = this.#wire;
    if (wire === undefined) return true;
    let frame: Frame | undefined;
    try {
      frame = this.#nextFrame(wire);
    } catch (error) {
      this.#takeReader()?.failed(error);
      return true;
    }
    if (frame === undefined) return false;
    this.#takeReader()?.frame(frame);
    return true;
  }

  #takeReader(): FrameReader | undefined {
    const reader = this.#reader;
    this.#reader = undefined;
    return reader;
  }

  #nextFrame(wire: Wire): Frame | undefined {
    const decoder = this.#decoder;
    try {
      const frame = decoder.decode(wire.bytes, wire.start, wire.end);
      if (frame === undefined && wire.ended) {
        wire.throwIfReset();
        decoder.end(wire.bytes, wire.start, wire.end);
      }
      if (frame?.kind === 'close') this.#closed();
      return frame;
    } finally {
      // What a bad frame took is gone; after a dispose there is nothing left to take.
      wire.start = Math.min(decoder.next, wire.end);
    }
  }

  #closed(): void {
    if (this.state === 'CONNECTED') this.state = 'CLOSED_SERVER';
    else this.dispose();
  }

  #write(frame: Buffer): number {
    this.#wire?.write(frame);
    return frame.length;
  }
}

/** Asks a proxy for a way through; no limit for its answer, as in the Java client. */
async function tunnel(wire: Wire, host: string, port: number, { user, password }: WebSocketProxy): Promise<void> {
  const authorization =
    user === undefined || password === undefined
      ? ''
      : `Proxy-Authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}\r\n`;
  const head = new HeadReader();
  try {
    wire.write(`CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}\r\n${authorization}\r\n`);
    await readHead(wire, head, 0, () => {});
    const [status] = head.lines;
    if (status === undefined)
      throw new JavaError(
        'java.lang.NullPointerException',
        'Cannot invoke "java.lang.CharSequence.length()" because "this.text" is null',
      );
    expectStatus(status, 200);
  } catch (error) {
    wire.dispose();
    if (error instanceof UpgradeError)
      throw new UpgradeError(`Connecting proxy failed with status code ${error.status}`, error.status);
    throw error;
  }
}

async function readHead(
  wire: Wire,
  head: HeadReader,
  timeout: number,
  onStatus: (line: string) => void,
): Promise<void> {
  await wire.until(() => {
    wire.start = head.take(wire.bytes, wire.start, wire.end);
    const [status] = head.lines;
    if (status !== undefined) onStatus(status);
    if (head.done) return true;
    if (!wire.ended) return undefined;
    wire.throwIfReset();
    head.end();
    if (head.lines[0] !== undefined) onStatus(head.lines[0]);
    return true;
  }, timeout);
}

/** Whatever a TLS handshake fails of: the Java client's writer swallows it and then finds the socket closed. */
const socketIsClosed = (): LineError => new LineError('Socket is closed', 'java.net.SocketException');
