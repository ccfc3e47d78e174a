import type net from 'node:net';
import type tls from 'node:tls';
import { type Address, dial } from './dial.js';
import { codeOf, connectFailure, LineError, TimeoutError } from './error.js';
import { nextEnd } from './local-ends.js';
import { flushSoon } from './outbox.js';
import { type Handshake, TlsClient } from './tls.js';
import type { Alarms, Waiter } from './waiter.js';

/** All plain sockets read into this one buffer; what is not taken at once is copied. */
const shared = Buffer.allocUnsafeSlow(65536);
const EMPTY = Buffer.alloc(0);
/** Unread bytes at which a server that talks too much has to wait, as it has to with a client that does not read. */
const ENOUGH = 65536;

/** Who has nothing to show, and trusts everybody. */
const ANYBODY = new TlsClient({});

const NO_ALARM = { cancel(): void {} };

/** Whom a socket reads for, once it is connected. */
interface Reader {
  wire: Wire | undefined;
}
/** Made here, so that a line that lives long keeps nothing of what only its making needed. */
const readingInto =
  (reader: Reader) =>
  (n: number): boolean =>
    reader.wire?.received(shared, n) ?? true;

/**
 * A TCP or TLS connection that is read as Java's blocking sockets are: whoever reads says how long he waits, and what
 * comes in between is kept.
 */
export class Wire {
  /** Received and not taken: `bytes` from `start` to `end`. */
  bytes: Buffer = EMPTY;
  start = 0;
  end = 0;
  /** Set when the other side has ended the stream or broken it. */
  ended = false;
  /** What broke the stream. */
  error: Error | undefined;
  #socket: net.Socket;
  /** To be sent soon, one byte per character. */
  #unsent: string | undefined;
  #resetTold = false;
  #waiter: Waiter | undefined;
  #timeout = 0;
  #deadline = Number.POSITIVE_INFINITY;
  /** One alarm for wait after wait: when it rings too early for the deadline, it is set anew. */
  #alarm: { cancel(): void } | undefined;
  #alarmAt = 0;
  #paused = false;
  #secured = false;
  #alpn: string | undefined;

  /** Of a socket that is connected. */
  protected constructor(
    socket: net.Socket,
    readonly alarms: Alarms,
  ) {
    this.#socket = socket;
  }

  /** Connects within `timeout` ms (0 = for ever); throws LineError or TimeoutError in Java's words. */
  static open(
    to: Address,
    timeout: number,
    alarms: Alarms,
    onAbort: (abort: () => void) => void,
    make = (socket: net.Socket): Wire => new Wire(socket, alarms),
  ): Promise<Wire> {
    // Java's resolver takes names as they are, Node would ask for their ASCII form.
    if (!ASCII.test(to.host)) return Promise.reject(new LineError(to.named, 'java.net.UnknownHostException'));
    return new Promise((resolve, reject) => {
      const reader: Reader = { wire: undefined };
      const from = to.localAddress === undefined ? nextEnd() : { localAddress: to.localAddress };
      const options = {
        host: to.host,
        port: to.port,
        noDelay: true,
        allowHalfOpen: true,
        ...(to.secure ? {} : { onread: { buffer: shared, callback: readingInto(reader) } }),
      };
      const fail = (error: LineError): void => {
        alarm.cancel();
        hangUp();
        reject(error);
      };
      const hangUp = dial(options, from, {
        failed: (error) => fail(connectFailure(error, to.named)),
        connected(socket) {
          alarm.cancel();
          const wire = make(socket);
          reader.wire = wire;
          wire.#listen();
          resolve(wire);
        },
      });
      const alarm = timeout > 0 ? alarms.after(timeout, () => fail(new TimeoutError('Connect timed out'))) : NO_ALARM;
      onAbort(() => fail(new LineError('Socket closed', 'java.net.SocketException')));
    });
  }

  #listen(): void {
    const socket = this.#socket;
    const over = (why?: unknown): void => {
      if (why instanceof Error) this.error ??= why;
      this.over();
    };
    socket.on('end', over);
    socket.on('close', over);
    socket.on('error', over);
  }

  /** Reads through `data` events, which a socket that TLS will take over can give up again. */
  readPlainly(): void {
    this.#socket.on('data', (chunk: Buffer) => void this.received(chunk, chunk.length));
  }

  /**
   * TLS handshake within `timeout` ms; `failure` words what went wrong (undefined = the other side closed). The client says
   * whom to trust and who we are; without one every certificate is trusted, as JMeter does.
   */
  secure(
    host: string,
    timeout: number,
    failure: (error: Error | undefined) => Error,
    { client = ANYBODY.with(() => undefined, false), alpn }: Handshake = {},
  ): Promise<void> {
    const plain = this.#socket;
    plain.removeAllListeners();
    plain.on('error', () => {});
    let socket: tls.TLSSocket;
    try {
      socket = client.begin(plain, host, alpn);
    } catch (error) {
      this.dispose();
      throw error;
    }
    this.#socket = socket;
    this.#secured = true;
    return new Promise((resolve, reject) => {
      const failed = (error: Error): void => {
        this.#finish();
        this.dispose();
        reject(error);
      };
      const broken = (error: Error): void => failed(failure(error));
      const closed = (): void => failed(failure(undefined));
      this.wait({ again: () => false, failed }, timeout);
      socket.on('error', broken);
      socket.once('close', closed);
      socket.once('secureConnect', () => {
        this.#finish();
        socket.off('error', broken);
        socket.off('close', closed);
        this.#alpn = socket.alpnProtocol || undefined;
        this.#listen();
        if (this.#alpn !== 'h2') this.readPlainly();
        resolve();
      });
    });
  }

  /** The protocol that both sides agreed on in the handshake. */
  get alpn(): string | undefined {
    return this.#alpn;
  }

  /** Gives the socket to somebody else, who reads it from the start; the line is of no use from then on. */
  handOver(): net.Socket {
    this.#silence();
    this.#socket.removeAllListeners('error');
    this.#socket.allowHalfOpen = false;
    return this.#socket;
  }

  /** Sends; throws what Java's write would. */
  write(data: Buffer | string, encoding: BufferEncoding = 'utf8'): void {
    const socket = this.#socket;
    if (this.error !== undefined || socket.destroyed) throw this.#brokenWrite();
    this.flush();
    socket.write(data, encoding);
    if (socket.errored) {
      this.error ??= socket.errored;
      throw this.#brokenWrite();
    }
  }

  /** Sends text, one byte per character, with that of other lines; a failure is told to who waits for the answer. */
  writeSoon(text: string): void {
    if (this.error !== undefined || this.#socket.destroyed) throw this.#brokenWrite();
    this.flush();
    this.#unsent = text;
    flushSoon(this);
  }

  /** Sends what is to be sent soon. */
  flush(): void {
    const text = this.#unsent;
    if (text === undefined) return;
    this.#unsent = undefined;
    const socket = this.#socket;
    if (!socket.destroyed) socket.write(text, 'latin1');
    if (socket.errored) this.error ??= socket.errored;
    if (this.error !== undefined) this.#finish()?.failed(this.#brokenWrite());
  }

  /** A promise while the other side is slow to take what was sent; short writes that wait count as taken. */
  drained(): Promise<void> | undefined {
    const socket = this.#socket;
    if (socket.writableLength < socket.writableHighWaterMark) return undefined;
    return new Promise((resolve, reject) => {
      const again = (): boolean => {
        if (socket.destroyed) reject(this.#brokenWrite());
        else if (socket.writableNeedDrain) return false;
        else resolve();
        return true;
      };
      this.wait({ again, failed: reject }, 0);
      socket.once('drain', () => this.wake());
    });
  }

  /** Gives what `step` gives, now or once enough bytes came; see {@link wait}. */
  until<T>(step: () => T | undefined, timeout: number): T | Promise<T> {
    const ready = step();
    if (ready !== undefined) return ready;
    return new Promise<T>((resolve, reject) => {
      const again = (): boolean => {
        try {
          const value = step();
          if (value === undefined) return false;
          resolve(value);
        } catch (error) {
          reject(error);
        }
        return true;
      };
      this.wait({ again, failed: reject }, timeout);
    });
  }

  /**
   * Has the waiter try again whenever something came; it takes bytes by moving `start`. Each wait for more bytes lasts at
   * most `timeout` ms (0 = for ever), as SO_TIMEOUT does; then it fails with TimeoutError, and nothing is lost.
   */
  wait(waiter: Waiter, timeout: number): void {
    this.#waiter = waiter;
    this.#timeout = timeout;
    if (this.#paused) {
      this.#paused = false;
      this.#socket.resume();
    }
    this.#setDeadline();
  }

  /** Throws when the stream was broken, not ended: Java tells a reset to the first who meets it, and to all readers. */
  throwIfReset(): void {
    if (this.error === undefined || codeOf(this.error) !== 'ECONNRESET') return;
    this.#resetTold = true;
    throw new LineError('Connection reset', 'java.net.SocketException');
  }

  /** Ends a wait at once. */
  cancel(error: Error = new LineError('Socket closed', 'java.net.SocketException')): void {
    this.#finish()?.failed(error);
  }

  /** Whether small writes go out at once (TCP_NODELAY); a new line has it set. */
  setNoDelay(on: boolean): void {
    this.#socket.setNoDelay(on);
  }

  /** Closes the connection; what was written is still sent, unless it is reset (SO_LINGER of 0). */
  dispose(reset = false): void {
    this.flush();
    const socket = this.#socket;
    this.#silence();
    this.bytes = EMPTY;
    this.start = this.end = 0;
    if (socket.destroyed) return;
    socket.removeAllListeners();
    socket.on('error', () => {});
    if (reset) socket.resetAndDestroy();
    else socket.destroySoon();
    if (this.#secured) socket.resume();
  }

  /** Leaves the connection open with nobody reading; it does not keep the process alive. */
  leave(): void {
    this.flush();
    this.#silence();
    this.#socket.pause();
    this.#socket.unref();
  }

  /** Bytes came; false tells the socket to stop reading. Called from the socket's read callback. */
  received(buffer: Buffer, n: number): boolean {
    if (this.start === this.end) {
      this.bytes = buffer;
      this.start = 0;
      this.end = n;
    } else this.#append(buffer, n);
    this.wake();
    if (this.start === this.end) {
      this.bytes = EMPTY;
      this.start = this.end = 0;
    } else if (this.bytes === buffer) {
      this.bytes = Buffer.from(buffer.subarray(this.start, this.end));
      this.end -= this.start;
      this.start = 0;
    }
    if (this.#waiter !== undefined || this.end - this.start < ENOUGH) return true;
    return this.hold();
  }

  /** Has the other side wait until somebody reads. */
  protected hold(): false {
    this.#paused = true;
    if (this.#secured) this.#socket.pause();
    return false;
  }

  #append(buffer: Buffer, n: number): void {
    const kept = this.end - this.start;
    if (this.end + n > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(kept + n, 2 * kept));
      this.bytes.copy(larger, 0, this.start, this.end);
      this.bytes = larger;
      this.start = 0;
      this.end = kept;
    }
    buffer.copy(this.bytes, this.end, 0, n);
    this.end += n;
  }

  /** The other side has ended the stream. */
  protected over(): void {
    if (this.ended && this.#waiter === undefined) return;
    this.ended = true;
    this.wake();
  }

  protected wake(): void {
    const waiter = this.#waiter;
    if (waiter === undefined) return;
    // It may be waited for anew before `again` returns.
    this.#waiter = undefined;
    if (waiter.again() || this.#waiter !== undefined) return;
    this.#waiter = waiter;
    this.#setDeadline();
  }

  #setDeadline(): void {
    const timeout = this.#timeout;
    this.#deadline = timeout > 0 ? this.alarms.now() + timeout : Number.POSITIVE_INFINITY;
    if (timeout <= 0 || (this.#alarm !== undefined && this.#alarmAt <= this.#deadline)) return;
    this.#alarm?.cancel();
    this.#arm(timeout);
  }

  #arm(ms: number): void {
    this.#alarmAt = this.#deadline;
    this.#alarm = this.alarms.after(ms, this.#ring);
  }

  readonly #ring = (): void => {
    this.#alarm = undefined;
    if (this.#waiter === undefined || this.#deadline === Number.POSITIVE_INFINITY) return;
    const left = this.#deadline - this.alarms.now();
    if (left > 0) this.#arm(left);
    else this.#finish()?.failed(new TimeoutError('Read timed out'));
  };

  #silence(): void {
    this.#alarm?.cancel();
    this.#alarm = undefined;
  }

  #finish(): Waiter | undefined {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    return waiter;
  }

  #brokenWrite(): LineError {
    const first = this.error !== undefined && codeOf(this.error) === 'ECONNRESET' && !this.#resetTold;
    // The kernel tells the reset once; after that the stream is just at its end, and writes find a broken pipe.
    if (first) this.error = new Error('reset');
    return new LineError(first ? 'Connection reset by peer' : 'Broken pipe', 'java.net.SocketException');
  }
}

const ASCII = /^[ -~]*$/;
