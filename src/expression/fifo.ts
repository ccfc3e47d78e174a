import type { Test, User } from '../model/index.js';

/** What a wait gives that is cut off when the run stops now. */
export const INTERRUPTED = 'INTERRUPTED';

/** The named queues of the Inter-Thread Communication plugin, shared by all users of a run (FifoMap). */
export class Fifos {
  readonly #queues = new Map<string, Fifo>();

  static of(test: Test): Fifos {
    return test.state(KEY, () => new Fifos());
  }

  /** Seconds that a pop waits unless it is told otherwise. */
  static timeout({ properties }: Test): number {
    return properties.int('kg.apc.jmeter.functions.FifoTimeout', Number.POSITIVE_INFINITY);
  }

  queue(name: string, { properties }: Test): Fifo {
    let queue = this.#queues.get(name);
    if (queue === undefined) {
      queue = new Fifo(properties.int('kg.apc.jmeter.functions.FifoCapacity', Number.POSITIVE_INFINITY));
      this.#queues.set(name, queue);
    }
    return queue;
  }

  /** Forgets all queues; who waits at one of them waits on. */
  clear(): void {
    this.#queues.clear();
  }
}

const KEY = {};

interface Waiter {
  /** What a full queue has no room for yet. */
  readonly value: string;
  done(value: string): void;
}

/** One queue; users that wait are served in the order in which they came. */
export class Fifo {
  readonly #values: string[] = [];
  readonly #takers: Waiter[] = [];
  readonly #putters: Waiter[] = [];

  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.#values.length;
  }

  peek(): string | undefined {
    return this.#values[0];
  }

  /** The oldest value, waiting for one so many seconds; undefined when none came, INTERRUPTED when the run stopped. */
  take(user: User, seconds: number): string | undefined | Promise<string | undefined> {
    const value = this.#values.shift();
    if (value === undefined) return seconds > 0 ? waitIn(this.#takers, '', user, seconds) : undefined;
    const putter = this.#putters.shift();
    if (putter) {
      this.#values.push(putter.value);
      putter.done(putter.value);
    }
    return value;
  }

  /** Adds a value; a promise while the queue is full. It gives the value, or INTERRUPTED when the run stopped. */
  put(user: User, value: string): string | Promise<string | undefined> {
    const taker = this.#takers.shift();
    if (taker) taker.done(value);
    else if (this.#values.length < this.capacity) this.#values.push(value);
    else return waitIn(this.#putters, value, user, Number.POSITIVE_INFINITY);
    return value;
  }
}

/** Longer waits are no different from endless ones. */
const LONGEST = 2_000_000;

function waitIn(line: Waiter[], value: string, user: User, seconds: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const end = (given: string | undefined): void => {
      alarm?.cancel();
      user.onInterrupt = undefined;
      const place = line.indexOf(waiter);
      if (place >= 0) line.splice(place, 1);
      resolve(given);
    };
    const waiter: Waiter = { value, done: end };
    const alarm = seconds < LONGEST ? user.test.after(seconds * 1000, () => end(undefined)) : undefined;
    line.push(waiter);
    user.onInterrupt = () => end(INTERRUPTED);
  });
}
