import type net from 'node:net';
import type { Handshake } from './tls.js';
import type { Alarms, Waiter } from './waiter.js';
import { Wire } from './wire.js';

/** Characters per second that a line takes and gives; 0 = as many as there are. */
export interface Speeds {
  readonly plain: number;
  /** Once the line speaks TLS. */
  readonly secure: number;
}

interface Pause {
  cancel(): void;
}

/** Who reads, and how. */
interface Reader extends Waiter {
  readonly timeout: number;
  asks(): number;
}

/** What somebody who does not say it is taken to ask a stream for. */
const MOST = 8192;
/** Bytes nobody has asked for at which the other side has to wait. */
const ENOUGH = 65536;

/**
 * A line with streams as JMeter's SlowSocket and SlowSSLSocket have them: each write and each read sleeps before it begins,
 * for as long as the bytes that it has or asks for take, however many of them come (CPSPauser).
 */
export class SlowWire extends Wire {
  #speed: number;
  /** What came and was not read. */
  #inbox: Buffer[] = [];
  #kept = 0;
  /** The other side has ended the stream behind that. */
  #isOver = false;
  #reader: Reader | undefined;
  /** Bytes that the read under way takes at most; 0 = there is none. */
  #asked = 0;
  #readPause: Pause | undefined;
  readonly #outbox: { readonly data: Buffer | string; readonly encoding: BufferEncoding }[] = [];
  #writePause: Pause | undefined;
  #onlyDrains = false;

  constructor(
    socket: net.Socket,
    alarms: Alarms,
    private readonly speeds: Speeds,
  ) {
    super(socket, alarms);
    this.#speed = speeds.plain;
  }

  /** The handshake itself is not slow. */
  override async secure(
    host: string,
    timeout: number,
    failure: (error: Error | undefined) => Error,
    handshake?: Handshake,
  ): Promise<void> {
    this.#speed = 0;
    await super.secure(host, timeout, failure, handshake);
    this.#speed = this.speeds.secure;
  }

  /** A write that fails is told to who waits, for it happens later. */
  override write(data: Buffer | string, encoding: BufferEncoding = 'utf8'): void {
    if (this.#speed <= 0) {
      super.write(data, encoding);
      return;
    }
    this.#outbox.push({ data, encoding });
    if (this.#outbox.length === 1) this.#writeNext();
  }

  override writeSoon(text: string): void {
    this.write(text, 'latin1');
  }

  override drained(): Promise<void> | undefined {
    if (this.#outbox.length === 0) return this.#drained();
    this.#stopReading();
    return new Promise<void>((resolve, reject) => {
      const again = (): boolean => {
        if (this.#outbox.length > 0) return false;
        resolve();
        return true;
      };
      super.wait({ again, failed: reject }, 0);
    }).then(() => this.#drained());
  }

  #drained(): Promise<void> | undefined {
    this.#onlyDrains = true;
    try {
      return super.drained();
    } finally {
      this.#onlyDrains = false;
    }
  }

  /** The time runs once the sleep is over, as it does in Java. */
  override wait(waiter: Waiter, timeout: number): void {
    if (this.#speed <= 0 || this.#onlyDrains) {
      super.wait(waiter, timeout);
      return;
    }
    const reader: Reader = {
      timeout,
      asks: () => waiter.asks?.() ?? MOST,
      again: () => {
        if (!waiter.again()) return false;
        // It may wait anew already.
        if (this.#reader === reader) this.#stopReading();
        return true;
      },
      failed: (error) => {
        this.#stopReading();
        waiter.failed(error);
      },
    };
    this.#stopReading();
    this.#reader = reader;
    super.wait(reader, 0);
    if (this.#outbox.length === 0) this.#readNext(reader);
  }

  override received(buffer: Buffer, n: number): boolean {
    if (this.#speed <= 0) return super.received(buffer, n);
    this.#inbox.push(Buffer.from(buffer.subarray(0, n)));
    this.#kept += n;
    this.#give();
    return this.#kept < ENOUGH || this.hold();
  }

  override dispose(reset?: boolean): void {
    this.#stopReading();
    this.#writePause?.cancel();
    this.#outbox.length = this.#inbox.length = this.#kept = 0;
    super.dispose(reset);
  }

  /** The end is seen by who has read all before it. */
  protected override over(): void {
    this.#isOver = true;
    const sleeps = this.#reader !== undefined && this.#asked === 0;
    if (!sleeps && this.#kept === 0) super.over();
  }

  #writeNext(): void {
    const [next] = this.#outbox;
    if (next === undefined) {
      if (this.#reader !== undefined) this.#readNext(this.#reader);
      else this.wake();
      return;
    }
    const { data, encoding } = next;
    this.#writePause = this.#sleep(typeof data === 'string' ? Buffer.byteLength(data, encoding) : data.length, () => {
      try {
        super.write(data, encoding);
      } catch (error) {
        this.#outbox.length = 0;
        this.cancel(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      this.#outbox.shift();
      this.#writeNext();
    });
  }

  #readNext(reader: Reader): void {
    const length = reader.asks();
    this.#readPause = this.#sleep(length, () => {
      this.#readPause = undefined;
      this.#asked = length;
      super.wait(reader, reader.timeout);
      this.#give();
    });
  }

  /** Gives the read under way what there is. */
  #give(): void {
    const reader = this.#reader;
    if (reader === undefined || this.#asked === 0) return;
    if (this.#kept === 0) {
      if (this.#isOver) super.over();
      return;
    }
    const part = this.#take(this.#asked);
    this.#asked = 0;
    super.received(part, part.length);
    if (this.#reader === reader) this.#readNext(reader);
    else if (this.#isOver) this.over();
  }

  #take(most: number): Buffer {
    const all = this.#inbox.length === 1 ? this.#inbox[0] : undefined;
    const whole = all ?? Buffer.concat(this.#inbox);
    const part = whole.subarray(0, most);
    this.#inbox = part.length < whole.length ? [whole.subarray(part.length)] : [];
    this.#kept = whole.length - part.length;
    return part;
  }

  #stopReading(): void {
    this.#readPause?.cancel();
    this.#readPause = undefined;
    this.#asked = 0;
    this.#reader = undefined;
  }

  /** Java's sleep of a whole number of milliseconds and as many nanoseconds takes a millisecond more. */
  #sleep(bytes: number, then: () => void): Pause | undefined {
    const ms = Math.floor((bytes * 1000) / this.#speed);
    if (ms > 0) return this.alarms.after(ms + 1, then);
    then();
    return undefined;
  }
}
