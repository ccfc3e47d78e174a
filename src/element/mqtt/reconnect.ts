import type { Test } from '../../model/index.js';
import type { MqttError, MqttSession, MqttWaiter } from '../../protocol/index.js';
import type { Connection, Library } from './connection.js';

/** Milliseconds before an attempt, counted from 0; undefined = there is none. */
export type Delays = (attempt: number) => number | undefined;

const NEVER: Delays = () => undefined;

/**
 * The HiveMQ client's automatic reconnect: 1 s, doubled up to two minutes, a quarter more or less; it never gives up, and the
 * number says no more than that it is wanted.
 */
const hiveDelays: Delays = (attempt) => Math.min(1000 * 2 ** attempt, 120_000) * (0.75 + Math.random() / 2);

/** fusesource: as often as the number says (-1 = for ever), after (10 n)² ms, at most 30 s. */
const fuseDelays =
  (most: number): Delays =>
  (attempt) =>
    most < 0 || attempt < most ? Math.min((10 * attempt) ** 2, 30_000) : undefined;

/** How the library tries again when a connection is lost. */
export function delaysOf(library: Library, reconnects: number): Delays {
  if (library === 'fusesource') return fuseDelays(reconnects);
  return reconnects > 0 ? hiveDelays : NEVER;
}

/** How it tries again when the first connection cannot be made: the HiveMQ client does as later. */
export function firstDelaysOf(library: Library, attempts: number, reconnects: number): Delays {
  return library === 'fusesource' ? fuseDelays(attempts) : delaysOf(library, reconnects);
}

/** The first connection, with as many attempts as there is time for. */
export class Opening implements MqttWaiter {
  readonly #deadline: number;
  #attempt = 0;
  #pause: { readonly alarm: { cancel(): void }; readonly error: MqttError } | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly open: (waiter: MqttWaiter) => MqttSession,
    private readonly delays: Delays,
    private readonly test: Test,
    timeout: number,
    private readonly waiter: MqttWaiter,
  ) {
    this.#deadline = test.clock.now() + timeout;
    this.#open();
  }

  done(ack: Parameters<MqttWaiter['done']>[0]): void {
    this.waiter.done(ack);
  }

  failed(error: MqttError): void {
    const { fault } = error;
    const final = fault === 'timeout' || fault === 'ended' || (fault === 'refused' && this.#ofFuse);
    const delay = final ? undefined : this.delays(this.#attempt++);
    if (delay === undefined) {
      this.waiter.failed(error);
      return;
    }
    const left = this.#deadline - this.test.clock.now();
    const again = (): void => {
      this.#pause = undefined;
      if (delay < left) this.#open();
      else this.waiter.failed(error);
    };
    this.#pause = { alarm: this.test.after(Math.min(delay, left), again), error };
  }

  /** Ends the pause between two attempts. */
  cancel(): void {
    const pause = this.#pause;
    this.#pause = undefined;
    pause?.alarm.cancel();
    if (pause) this.waiter.failed(pause.error);
  }

  get #ofFuse(): boolean {
    return this.connection.library === 'fusesource';
  }

  #open(): void {
    this.connection.session = this.open(this);
  }
}

/** Who waits until the connection is back. */
export interface Returner {
  back(): void;
  gone(error: MqttError): void;
}

/** Makes a lost connection anew. */
export class Reconnection implements MqttWaiter {
  /** It gave up. */
  over = false;
  #attempt = 0;
  #waiting: Returner[] = [];

  constructor(
    private readonly connection: Connection,
    private readonly open: (waiter: MqttWaiter) => MqttSession,
    private readonly delays: Delays,
    private readonly test: Test,
  ) {}

  /** Begins, or tries once more. */
  lost(error: MqttError): void {
    const delay = this.delays(this.#attempt++);
    if (delay !== undefined) {
      this.test.after(delay, () => {
        this.connection.session = this.open(this);
      });
      return;
    }
    this.over = true;
    for (const waiter of this.#waiting.splice(0)) waiter.gone(error);
  }

  done(): void {
    this.#attempt = 0;
    this.connection.returned();
    for (const waiter of this.#waiting.splice(0)) waiter.back();
  }

  failed(error: MqttError): void {
    this.lost(error);
  }

  whenBack(waiter: Returner): void {
    this.#waiting.push(waiter);
  }

  forget(waiter: Returner): void {
    this.#waiting = this.#waiting.filter((one) => one !== waiter);
  }
}
