import type { JtlSample } from './jtl-sample.js';

/** The figures of one row of the Aggregate Report (SamplingStatCalculator, StatCalculator): percentiles are exact. */
export class AggregateFigures {
  count = 0;
  errors = 0;
  /** Milliseconds; of a row that stands for several samples, what one of them took on average. */
  max = Number.NEGATIVE_INFINITY;
  #min = Number.POSITIVE_INFINITY;
  #sum = 0;
  #bytes = 0;
  #sentBytes = 0;
  #firstStart = Number.POSITIVE_INFINITY;
  #lastEnd = 0;
  /** How many samples took so many milliseconds. */
  readonly #times = new Map<number, number>();

  add(sample: JtlSample): void {
    const { elapsed, sampleCount } = sample;
    const each = sampleCount > 1 ? Math.trunc(elapsed / sampleCount) : elapsed;
    this.count += sampleCount;
    this.errors += sample.errorCount;
    this.#sum += elapsed;
    this.#times.set(each, (this.#times.get(each) ?? 0) + sampleCount);
    if (each > this.max) this.max = each;
    if (each < this.#min) this.#min = each;
    this.#bytes += sample.bytes;
    this.#sentBytes += sample.sentBytes;
    if (sample.startTime < this.#firstStart) this.#firstStart = sample.startTime;
    if (sample.endTime > this.#lastEnd) this.#lastEnd = sample.endTime;
  }

  /** Times below zero, of a clock that was set back, show as 0 here and only here. */
  get min(): number {
    return Math.max(0, this.#min);
  }

  /** Rounded towards zero; infinite when only rows of no samples took time, which the MQTT plugin writes. */
  get mean(): number {
    return this.#sum === 0 ? 0 : Math.trunc(this.#sum / this.count);
  }

  /** From 0 to 1. */
  get errorRate(): number {
    return this.count === 0 ? 0 : this.errors / this.count;
  }

  /** Samples per second from the first start to the last end; infinite when no time went by. */
  get throughput(): number {
    return this.count === 0 ? 0 : (this.count / (this.#lastEnd - this.#firstStart)) * 1000;
  }

  get receivedKilobytesPerSecond(): number {
    return this.#kilobytesPerSecond(this.#bytes);
  }

  get sentKilobytesPerSecond(): number {
    return this.#kilobytesPerSecond(this.#sentBytes);
  }

  /** For each of the fractions (0 to 1), the smallest time whose samples, with all faster ones, are that part of all. */
  percentiles(fractions: readonly number[]): readonly number[] {
    const times = [...this.#times].sort(([a], [b]) => a - b);
    if (this.count === 0) return fractions.map(() => 0);
    return fractions.map((fraction) => (fraction >= 1 ? this.max : this.#percentile(times, fraction)));
  }

  #percentile(times: readonly (readonly [ms: number, count: number])[], fraction: number): number {
    let left = Math.round(this.count * fraction);
    for (const [ms, count] of times) {
      left -= count;
      if (left <= 0) return ms;
    }
    return 0;
  }

  #kilobytesPerSecond(bytes: number): number {
    const elapsed = this.#lastEnd === 0 ? 0 : this.#lastEnd - this.#firstStart;
    return elapsed > 0 && bytes > 0 ? bytes / (elapsed / 1000) / 1024 : 0;
  }
}
