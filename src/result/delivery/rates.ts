/** Messages of one second of the clock. */
export type Second = readonly [second: number, sent: number, arrived: number];

/** Seconds for which late reports of other processes are waited for. */
const OPEN = 10;
const SECOND = 1_000_000;

/** How many messages went and came per second, from counts of whole seconds. */
export class Rates {
  /** Of a second that is over: the most there were. */
  peakSent = 0;
  peakArrived = 0;
  /** µs of the clock. */
  firstSent = Number.POSITIVE_INFINITY;
  lastSent = Number.NEGATIVE_INFINITY;
  firstArrived = Number.POSITIVE_INFINITY;
  lastArrived = Number.NEGATIVE_INFINITY;
  readonly #seconds = new Map<number, [sent: number, arrived: number]>();
  #last: [number, number] = [0, 0];
  #lastSecond = Number.NaN;

  sent(at: number): void {
    this.#count(at)[0]++;
    if (at < this.firstSent) this.firstSent = at;
    if (at > this.lastSent) this.lastSent = at;
  }

  arrived(at: number): void {
    this.#count(at)[1]++;
    if (at < this.firstArrived) this.firstArrived = at;
    if (at > this.lastArrived) this.lastArrived = at;
  }

  #count(at: number): [number, number] {
    const second = Math.floor(at / SECOND);
    if (second !== this.#lastSecond) {
      this.#last = this.#second(second);
      this.#lastSecond = second;
    }
    return this.#last;
  }

  #second(second: number): [number, number] {
    let counts = this.#seconds.get(second);
    if (counts === undefined) {
      counts = [0, 0];
      this.#seconds.set(second, counts);
    }
    return counts;
  }

  part(): RatesPart {
    const seconds = [...this.#seconds].map(([second, [sent, arrived]]): Second => [second, sent, arrived]);
    const { firstSent, lastSent, firstArrived, lastArrived } = this;
    return { seconds, firstSent, lastSent, firstArrived, lastArrived };
  }

  /** Adds what a process counted. */
  absorb({ seconds, firstSent, lastSent, firstArrived, lastArrived }: RatesPart): void {
    for (const [second, sent, arrived] of seconds) {
      const counts = this.#second(second);
      counts[0] += sent;
      counts[1] += arrived;
      this.peakSent = Math.max(this.peakSent, counts[0]);
      this.peakArrived = Math.max(this.peakArrived, counts[1]);
    }
    this.firstSent = Math.min(this.firstSent, firstSent);
    this.lastSent = Math.max(this.lastSent, lastSent);
    this.firstArrived = Math.min(this.firstArrived, firstArrived);
    this.lastArrived = Math.max(this.lastArrived, lastArrived);
    const newest = Math.max(...this.#seconds.keys());
    for (const second of this.#seconds.keys()) if (second < newest - OPEN) this.#seconds.delete(second);
  }

  /** Messages per second from the first to the last; 0 when there is no time between them. */
  mean(what: 'sent' | 'arrived', count: number): number {
    const us = what === 'sent' ? this.lastSent - this.firstSent : this.lastArrived - this.firstArrived;
    return us > 0 ? (count / us) * SECOND : 0;
  }

  /** Those of the last second of which all processes, which report once a second, have told. */
  lately(now: number): { readonly sent: number; readonly arrived: number } {
    const [sent, arrived] = this.#seconds.get(Math.floor(now / SECOND) - 2) ?? [0, 0];
    return { sent, arrived };
  }
}

/** Rates as plain data. */
export interface RatesPart extends Pick<Rates, 'firstSent' | 'lastSent' | 'firstArrived' | 'lastArrived'> {
  readonly seconds: readonly Second[];
}
