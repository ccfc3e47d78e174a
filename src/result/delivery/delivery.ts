import { Subscriptions } from './expected.js';
import { DeliveryFigures, type DeliveryFiguresPart } from './figures.js';
import { Spending, type Spent } from './spending.js';

/** Subscriptions that began (1) or ended (-1), by time. */
export interface SubscriptionChange {
  readonly filter: string;
  readonly by: 1 | -1;
  /** µs of the clock that all processes of the machine share. */
  readonly at: number;
}

/** What was published, by time: topic (index in `topics`), QoS and time of each message. */
export interface Publications {
  readonly topics: readonly string[];
  readonly topic: readonly number[];
  readonly qos: readonly number[];
  /** µs of the same clock. */
  readonly at: readonly number[];
}

/** What one process has of the delivery since its last report. */
export interface DeliveryPart {
  /** Which process, counted from 0. */
  readonly from: number;
  /** Everything up to here is told; µs of the clock. */
  readonly until: number;
  readonly figures: DeliveryFiguresPart;
  readonly changes: readonly SubscriptionChange[];
  readonly publications: Publications;
  readonly spent: Spent;
}

/** Messages that may wait for a process that does not report, and how long they do (µs). */
const MOST_WAITING = 1_000_000;
const PATIENCE = 10_000_000;

interface Waiting extends Publications {
  /** The first that was not counted yet. */
  next: number;
}

/** The figures of all processes of a run. How many arrivals are to be is told by what all of them publish and subscribe to. */
export class Delivery {
  readonly figures = new DeliveryFigures();
  readonly spending = new Spending();
  readonly #subscriptions = new Subscriptions();
  readonly #until = new Map<number, number>();
  #changes: SubscriptionChange[] = [];
  #waiting: Waiting[] = [];

  /** So many processes are to report, numbered from 0. */
  constructor(processes: number) {
    for (let i = 0; i < processes; i++) this.#until.set(i, Number.NEGATIVE_INFINITY);
  }

  absorb({ from, until, figures, changes, publications, spent }: DeliveryPart): void {
    this.figures.absorb(figures);
    this.spending.absorb(from, spent);
    this.#changes.push(...changes);
    if (publications.at.length > 0) this.#waiting.push({ ...publications, next: 0 });
    this.#until.set(from, until);
    const waiting = this.#waiting.reduce((sum, { at, next }) => sum + at.length - next, 0);
    const patience = waiting > MOST_WAITING ? 0 : PATIENCE;
    this.#settle(Math.max(Math.min(...this.#until.values()), Math.max(...this.#until.values()) - patience));
  }

  /** All processes have told everything. */
  end(): void {
    this.#settle(Number.POSITIVE_INFINITY);
  }

  /** Counts what was published up to this time, of which all have told. */
  #settle(until: number): void {
    const changes = this.#changes.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
    this.#changes = this.#changes.filter(({ at }) => at > until);
    // What was sent before a change is counted before it.
    let next = this.#nextAt();
    for (const { filter, by, at } of changes) {
      if (next < at) {
        this.#countUntil(at - 1);
        next = this.#nextAt();
      }
      this.#subscriptions.change(filter, by);
    }
    this.#countUntil(until);
  }

  /** When the first message was published that waits. */
  #nextAt(): number {
    return Math.min(...this.#waiting.map(({ at, next }) => at[next] ?? Number.POSITIVE_INFINITY));
  }

  #countUntil(until: number): void {
    for (const waiting of this.#waiting) this.#countFrom(waiting, until);
    this.#waiting = this.#waiting.filter(({ at, next }) => next < at.length);
  }

  #countFrom(waiting: Waiting, until: number): void {
    const { topics, topic, qos, at } = waiting;
    const receivers: number[] = [];
    for (; waiting.next < at.length && (at[waiting.next] ?? 0) <= until; waiting.next++) {
      const index = topic[waiting.next] ?? 0;
      const name = topics[index] ?? '';
      receivers[index] ??= this.#subscriptions.receivers(name);
      this.figures.rowOf(name, qos[waiting.next] ?? 0).expected += receivers[index] ?? 0;
    }
  }
}
